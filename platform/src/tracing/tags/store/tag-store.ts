/**
 * Attribution tags in a DuckDB file of their own, tags.duckdb: tags are shared between cases and outlive ledgers, which
 * can be imported again at any time.
 *
 * A file is imported once, in one transaction. Acts on tags are appended; nothing is updated.
 */
import { type DuckDb, type DuckDbRow, type DuckDbSession, openDuckDb } from '../../../io/duckdb.ts'
import { ok, type Result, refuse } from '../../../kernel/index.ts'
import {
  type Actor,
  applyTagEvents,
  detectTagFile,
  endTag,
  parseTagFileAs,
  readingOf,
  retractTag,
  supersedeTag,
  type Tag,
  type TagAct,
  type TagDefect,
  type TagEvent,
  type TagFile,
  type TagFileKind,
  type TagMoment,
  tagSetDigest,
} from '../index.ts'
import {
  nextFileId,
  readActors,
  readCounts,
  readDefects,
  readEvents,
  readFiles,
  readImport,
  readTags,
  readTagsById,
  readTagsOf,
  readTagsOfFiles,
  readTagsOn,
  type StoreCounts,
} from './queries.ts'
import { actorToRow, defectToRow, eventToRow, fileToRow, type StoredTagFile, tagToRow } from './rows.ts'
import { actorTable, createTables, defectTable, eventTable, fileTable, type Table, tagTable } from './tables.ts'

export type TagImport = {
  readonly file: StoredTagFile
  readonly defects: readonly TagDefect[]
  /** Whether these very bytes were imported before; then nothing was written. */
  readonly known: boolean
}

export interface TagStore {
  /** Imports a file once. `at`: seconds, by the clock of the caller; `kind`: only where the name does not show it. */
  importFile(file: TagFile, at: number, kind?: TagFileKind): Promise<Result<TagImport>>
  /** In order of import. */
  files(): Promise<readonly StoredTagFile[]>
  /** Defects of all files in order of import, then actors that tags name and no pack describes. */
  defects(): Promise<readonly TagDefect[]>
  /**
   * Tags in force at the moment, by address, the most confident first; addresses without tags are absent.
   * `chain`: CAIP-2 id, or `null` for tags whose file leaves the chain open. Made for frontiers of 100,000 addresses.
   */
  tagsOf(
    chain: string | null,
    addresses: readonly string[],
    moment: TagMoment,
  ): Promise<ReadonlyMap<string, readonly Tag[]>>
  /** All tags of a chain that are in force at the moment. */
  tagsOn(chain: string, moment: TagMoment): Promise<readonly Tag[]>
  /** All tags, or those of the files named by hash, in their present state, in a fixed order. */
  tags(files?: readonly string[]): Promise<readonly Tag[]>
  tagsById(ids: readonly string[]): Promise<readonly Tag[]>
  actors(ids: readonly string[]): Promise<readonly Actor[]>
  counts(): Promise<StoreCounts>
  retract(tagId: string, act: TagAct): Promise<Result<Tag>>
  supersede(tagId: string, replacedBy: string, act: TagAct): Promise<Result<Tag>>
  end(tagId: string, validTo: number, act: TagAct): Promise<Result<Tag>>
  /** The acts on tags in the order in which they were appended. */
  events(): Promise<readonly TagEvent[]>
  /** Digest of all tags in their present state; trace records name it. */
  digest(): Promise<string>
  close(): Promise<void>
}

/** Opens or creates tags.duckdb at `path`; `:memory:` for a store that is gone when closed. */
export async function openTagStore(path: string): Promise<TagStore> {
  const database = await openDuckDb(path)
  await database.writing((session) => session.run(createTables))
  return {
    importFile: (file, at, kind) => importFile(database, file, at, kind),
    files: () => database.reading(readFiles),
    defects: () => database.reading(readDefects),
    tagsOf: (chain, addresses, moment) => database.reading((session) => readTagsOf(session, chain, addresses, moment)),
    tagsOn: (chain, moment) => database.reading((session) => readTagsOn(session, chain, moment)),
    tags: (files) =>
      database.reading((session) => (files === undefined ? readTags(session, '') : readTagsOfFiles(session, files))),
    tagsById: (ids) => database.reading((session) => readTagsById(session, ids)),
    actors: (ids) => database.reading((session) => readActors(session, ids)),
    counts: () => database.reading(readCounts),
    retract: (tagId, act) => actOn(database, tagId, (tag) => retractTag(tag, act)),
    supersede: (tagId, replacedBy, act) =>
      actOn(database, tagId, async (tag, session) => {
        const replacement = await findTag(session, replacedBy)
        return replacement.ok ? supersedeTag(tag, replacement.value, act) : replacement
      }),
    end: (tagId, validTo, act) => actOn(database, tagId, (tag) => endTag(tag, validTo, act)),
    events: () => database.reading((session) => readEvents(session, '')),
    digest: () => database.reading(async (session) => tagSetDigest(await readTags(session, ''))),
    close: () => database.close(),
  }
}

async function importFile(
  database: DuckDb,
  file: TagFile,
  at: number,
  stated: TagFileKind | undefined,
): Promise<Result<TagImport>> {
  const kind = stated === undefined ? detectTagFile(file) : ok(stated)
  if (!kind.ok) return kind
  const reading = readingOf(file, kind.value)
  const before = await database.reading((session) => readImport(session, file.sha256, reading))
  if (before) return ok({ ...before, known: true })
  const content = parseTagFileAs(file, kind.value)
  if (!content.ok) return content
  const { tags, actors, defects, title, creator, read, refused } = content.value
  const { sha256, name, bytes } = file
  const stored: StoredTagFile = {
    sha256,
    reading,
    name,
    bytes,
    kind: kind.value,
    title,
    creator,
    read,
    refused,
    tags: tags.length,
    actors: actors.length,
    importedAt: at,
  }
  return database.writing(async (session) => {
    // Another caller may have imported the same file while this one was parsing.
    const meanwhile = await readImport(session, sha256, reading)
    if (meanwhile) return ok({ ...meanwhile, known: true })
    const id = await nextFileId(session)
    await append(session, fileTable, [fileToRow(id, stored)])
    await append(
      session,
      tagTable,
      tags.map((tag) => tagToRow(id, tag)),
    )
    await append(
      session,
      actorTable,
      actors.map((actor) => actorToRow(id, actor)),
    )
    await append(
      session,
      defectTable,
      defects.map((defect, place) => defectToRow(id, defect, place)),
    )
    return ok({ file: stored, defects, known: false })
  })
}

type Decide = (tag: Tag, session: DuckDbSession) => Result<TagEvent> | Promise<Result<TagEvent>>

/** One act on one tag: read, decide by the rule, append; all in one transaction, so that two acts cannot cross. */
async function actOn(database: DuckDb, tagId: string, decide: Decide): Promise<Result<Tag>> {
  return database.writing(async (session) => {
    const tag = await findTag(session, tagId)
    if (!tag.ok) return tag
    const event = await decide(tag.value, session)
    if (!event.ok) return event
    await append(session, eventTable, [eventToRow(event.value)])
    const [after = tag.value] = applyTagEvents([tag.value], [event.value])
    return ok(after)
  })
}

async function findTag(session: DuckDbSession, tagId: string): Promise<Result<Tag>> {
  const [tag] = await readTagsById(session, [tagId])
  if (tag) return ok(tag)
  return refuse('TAG_NOT_FOUND', `No imported tag has the id "${tagId.slice(0, 80)}".`, {
    fix: 'List the tags of the address; an id has 64 hexadecimal digits.',
  })
}

async function append(session: DuckDbSession, table: Table, rows: readonly DuckDbRow[]): Promise<void> {
  const kinds = table.columns.map(([, kind]) => kind)
  const columns = kinds.map((_, column) => rows.map((row) => row[column]))
  await session.append(table.name, kinds, columns)
}
