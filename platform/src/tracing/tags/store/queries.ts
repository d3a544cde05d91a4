/** What is asked of tags.duckdb, one function per question; each runs in the transaction of its caller. */
import type { DuckDbRow, DuckDbSession } from '../../../io/duckdb.ts'
import { isHex } from '../../../kernel/index.ts'
import {
  type Actor,
  applyTagEvents,
  byRank,
  isInForce,
  type Tag,
  type TagDefect,
  type TagEvent,
  type TagMoment,
  unknownActor,
} from '../index.ts'
import { rowToActor, rowToDefect, rowToEvent, rowToFile, rowToTag, type StoredTagFile } from './rows.ts'
import { actorTable, columnsOf, eventTable, fileTable, tagTable } from './tables.ts'

export type StoreCounts = {
  readonly files: number
  readonly tags: number
  readonly actors: number
  readonly events: number
}

export async function readFiles(session: DuckDbSession): Promise<readonly StoredTagFile[]> {
  return (await session.rows(`SELECT ${columnsOf(fileTable, 'f')} FROM tag_file f ORDER BY f.file_id`)).map(rowToFile)
}

/** The import of these bytes under this reading, with its defects; `null` if there was none. */
export async function readImport(
  session: DuckDbSession,
  sha256: string,
  reading: string,
): Promise<{ readonly file: StoredTagFile; readonly defects: readonly TagDefect[] } | null> {
  const where = `f.sha256 = ${blobs([sha256])} AND f.reading = ${quoted(reading)}`
  const [row] = await session.rows(`SELECT ${columnsOf(fileTable, 'f')} FROM tag_file f WHERE ${where}`)
  if (row === undefined) return null
  const defects = await session.rows(
    `SELECT d.code, d.message, d.place, d.occurrences FROM tag_defect d JOIN tag_file f USING (file_id) WHERE ${where} ORDER BY d.place_in_file`,
  )
  return { file: rowToFile(row), defects: defects.map(rowToDefect) }
}

export async function nextFileId(session: DuckDbSession): Promise<number> {
  const [row] = await session.rows('SELECT coalesce(max(file_id), 0) + 1 FROM tag_file')
  return Number(row?.[0])
}

/** Defects of files in order of import, then one per actor that tags name and no imported pack describes. */
export async function readDefects(session: DuckDbSession): Promise<readonly TagDefect[]> {
  const ofFiles = await session.rows(
    'SELECT code, message, place, occurrences FROM tag_defect ORDER BY file_id, place_in_file',
  )
  const place = '(f.name, f.sha256, t.place)'
  const unknown = await session.rows(
    `SELECT t.actor, count(*), arg_min(f.name, ${place}), arg_min(t.place, ${place}), arg_min(coalesce(t.line, 0), ${place})
     FROM tag t JOIN tag_file f USING (file_id)
     WHERE t.actor IS NOT NULL AND t.actor NOT IN (SELECT actor_id FROM actor)
     GROUP BY t.actor ORDER BY t.actor`,
  )
  return [...ofFiles.map(rowToDefect), ...unknown.map(rowToUnknownActor)]
}

export async function readTagsOf(
  session: DuckDbSession,
  chain: string | null,
  addresses: readonly string[],
  moment: TagMoment,
): Promise<ReadonlyMap<string, readonly Tag[]>> {
  if (addresses.length === 0) return new Map()
  // A temporary table belongs to this connection and this transaction: a reading that fails takes it along.
  await session.run('CREATE OR REPLACE TEMP TABLE wanted_subject (subject VARCHAR)')
  await session.append('wanted_subject', ['text'], [[...new Set(addresses)]])
  const onChain = chain === null ? 't.chain IS NULL' : `t.chain = ${quoted(chain)}`
  const tags = await readTags(
    session,
    `WHERE ${onChain} AND t.address_check <> 'refused' AND t.subject IN (SELECT subject FROM wanted_subject)`,
  )
  await session.run('DROP TABLE wanted_subject')
  const found = Map.groupBy(
    tags.filter((tag) => isInForce(tag, moment)),
    (tag) => tag.subject.text,
  )
  for (const group of found.values()) group.sort(byRank)
  return found
}

export async function readTagsOn(session: DuckDbSession, chain: string, moment: TagMoment): Promise<readonly Tag[]> {
  const tags = await readTags(session, `WHERE t.chain = ${quoted(chain)} AND t.address_check <> 'refused'`)
  return tags.filter((tag) => isInForce(tag, moment))
}

/** Tags in their present state, in an order that does not depend on the order of import. */
export async function readTags(session: DuckDbSession, where: string): Promise<readonly Tag[]> {
  const rows = await session.rows(
    `SELECT ${columnsOf(tagTable, 't')}, f.name, f.sha256 FROM tag t JOIN tag_file f USING (file_id) ${where}
     ORDER BY f.sha256, f.reading, t.place`,
  )
  if (rows.length === 0) return []
  const tags = rows.map(rowToTag)
  const ids = `SELECT t.tag_id FROM tag t JOIN tag_file f USING (file_id) ${where}`
  return applyTagEvents(tags, await readEvents(session, `WHERE e.tag_id IN (${ids})`))
}

export async function readTagsById(session: DuckDbSession, ids: readonly string[]): Promise<readonly Tag[]> {
  return readTags(session, `WHERE t.tag_id IN (${blobs(ids)})`)
}

export async function readTagsOfFiles(session: DuckDbSession, sha256s: readonly string[]): Promise<readonly Tag[]> {
  return readTags(session, `WHERE f.sha256 IN (${blobs(sha256s)})`)
}

/** Acts in the order in which they were appended. */
export async function readEvents(session: DuckDbSession, where: string): Promise<readonly TagEvent[]> {
  const rows = await session.rows(`SELECT ${columnsOf(eventTable, 'e')} FROM tag_event e ${where} ORDER BY e.rowid`)
  return rows.map(rowToEvent)
}

export async function readActors(session: DuckDbSession, ids: readonly string[]): Promise<readonly Actor[]> {
  if (ids.length === 0) return []
  const rows = await session.rows(
    `SELECT ${columnsOf(actorTable, 'a')}, f.name, f.sha256 FROM actor a JOIN tag_file f USING (file_id)
     WHERE a.actor_id IN (${ids.map(quoted).join(', ')}) ORDER BY a.actor_id, f.sha256, a.place`,
  )
  return rows.map(rowToActor)
}

export async function readCounts(session: DuckDbSession): Promise<StoreCounts> {
  const [row = []] = await session.rows(
    'SELECT (SELECT count(*) FROM tag_file), (SELECT count(*) FROM tag), (SELECT count(*) FROM actor), (SELECT count(*) FROM tag_event)',
  )
  const [files, tags, actors, events] = row.map(Number)
  return { files: files ?? 0, tags: tags ?? 0, actors: actors ?? 0, events: events ?? 0 }
}

function rowToUnknownActor([id, count, file, index, line]: DuckDbRow): TagDefect {
  const first = { file: String(file), sha256: '', index: Number(index), line: Number(line) || null }
  return unknownActor(String(id), first, Number(count))
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** Hashes as a list of blob literals; what is not hexadecimal can be no key of these tables and is left out. */
function blobs(hashes: readonly string[]): string {
  const literals = hashes.filter((hash) => isHex(hash)).map((hash) => `from_hex('${hash}')`)
  return literals.length === 0 ? 'NULL' : literals.join(', ')
}
