import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { orStop, stop } from '../../kernel/index.ts'
import { conflictsOf, type Tag } from '../../tracing/tags/index.ts'
import { readTagFile } from '../../tracing/tags/sources/read-tag-file.ts'
import type { CommandDefinition } from '../command.ts'
import { count, plain } from '../present.ts'

export const tagsImport: CommandDefinition = {
  path: ['tags', 'import'],
  summary:
    'Read attribution tags: TagPacks, ActorPacks, lists of sanctioned addresses, tables, wallets of STIX, MISP, FollowTheMoney',
  about:
    'Tags keep their source, date, confidence and provenance. Entries that cannot be used are reported as defects and the rest is kept. The same file twice changes nothing.',
  arguments: [{ name: '<file...>', help: 'files or folders (.yaml, .yaml.gz, .txt, .json, .jsonl, .csv)' }],
  options: [],
  examples: ['comity tags import samples/tags/packs/*.yaml', 'comity tags import sanctioned_addresses_XBT.txt'],
  async run(desk, args) {
    const store = await desk.tagStore()
    const paths = args.flatMap(filesOf)
    const imports = []
    for (const [index, path] of paths.entries()) {
      desk.progress.report(index, paths.length, path)
      imports.push(orStop(await store.importFile(orStop(await readTagFile(path)), Math.floor(Date.now() / 1000))))
    }
    desk.progress.done()
    const counts = await store.counts()
    const defects = imports.flatMap((one) => one.defects)
    const digest = await store.digest()
    return {
      exit: 0,
      json: {
        files: imports.map(({ file, known, defects: ofFile }) => ({
          name: file.name,
          sha256: file.sha256,
          kind: file.kind,
          known,
          tags: file.tags,
          defects: ofFile.length,
        })),
        tags: counts.tags,
        actors: counts.actors,
        tagSet: digest,
        defects: defects.map((defect) => ({ ...defect })),
      },
      text: [
        ...imports.map(
          ({ file, known, defects: ofFile }) =>
            `${plain(file.name)}: ${known ? 'was imported before' : `${count(file.tags, 'tag')}`}${ofFile.length > 0 ? `, ${count(ofFile.length, 'defect')}` : ''}`,
        ),
        ...defects
          .slice(0, 20)
          .map(
            (defect) =>
              `  ! ${defect.code}${defect.count > 1 ? ` ×${defect.count}` : ''}: ${plain(defect.message)} (${plain(defect.place)})`,
          ),
        ...(defects.length > 20 ? [`  … and ${defects.length - 20} more defects (--json lists all)`] : []),
        `${count(counts.tags, 'tag')} and ${count(counts.actors, 'actor')} in all; tag set ${digest}`,
      ].join('\n'),
    }
  },
}

export const tagsShow: CommandDefinition = {
  path: ['tags', 'show'],
  summary: 'Show all tags of an address, with their source, confidence and conflicts',
  arguments: [{ name: '<address>', help: 'the address as tags state it' }],
  options: [{ flags: '--chain <caip2>', help: 'only tags on this chain' }],
  examples: ['comity tags show 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
  async run(desk, [address = ''], flags) {
    const store = await desk.tagStore()
    const chain = flags.chain === undefined ? undefined : desk.chain(String(flags.chain)).caip2
    const all = (await store.tags()).filter(
      ({ subject }) =>
        (subject.text === address || subject.stated === address) && (chain === undefined || subject.chain === chain),
    )
    const conflicts = conflictsOf(all)
    return {
      exit: 0,
      json: {
        address,
        tags: all.map(tagToJson),
        conflicts: conflicts.map(({ about, sides }) => ({
          about,
          sides: sides.map((side) => ({ value: side.value, tagIds: [...side.tagIds] })),
        })),
      },
      text:
        all.length === 0
          ? `No tag names ${plain(address)}.`
          : [
              ...all.map(tagToText),
              ...conflicts.map(
                ({ about, sides }) =>
                  `! the tags disagree about the ${about}: ${sides.map(({ value }) => plain(value)).join(' / ')}`,
              ),
            ].join('\n'),
    }
  },
}

export const tagsRetract: CommandDefinition = {
  path: ['tags', 'retract'],
  summary: 'Take a tag back; it stays visible, with who, when and why',
  arguments: [{ name: '<tag-id>', help: 'as tags show gives it' }],
  options: [
    { flags: '--by <who>', help: 'who takes it back', required: true },
    { flags: '--reason <text>', help: 'why', required: true },
  ],
  examples: ['comity tags retract 3f2a… --by "Analyst 7" --reason "address belongs to another service"'],
  async run(desk, [id = ''], flags) {
    const tag = orStop(
      await (await desk.tagStore()).retract(id, {
        at: Math.floor(Date.now() / 1000),
        by: String(flags.by),
        reason: String(flags.reason),
      }),
    )
    return { exit: 0, json: tagToJson(tag), text: tagToText(tag) }
  },
}

function filesOf(path: string): string[] {
  let info: ReturnType<typeof statSync>
  try {
    info = statSync(path)
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file or folder.', { place: path, fix: 'Check the path.' })
  }
  if (!info.isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ya?ml|txt|json|jsonl|ndjson|ijson|csv)(\.gz)?$/.test(entry.name))
    .map((entry) => join(path, entry.name))
    .sort()
}

function tagToJson(tag: Tag) {
  return {
    id: tag.id,
    chain: tag.subject.chain,
    address: tag.subject.text,
    label: tag.label,
    source: tag.source,
    date: tag.date,
    confidence: tag.confidence ? { ...tag.confidence } : null,
    category: tag.category,
    abuse: tag.abuse,
    actor: tag.actor,
    creator: tag.creator,
    validFrom: tag.validFrom,
    validTo: tag.validTo,
    retracted: tag.retracted ? { ...tag.retracted } : null,
    provenance: { ...tag.provenance },
  }
}

function tagToText(tag: Tag): string {
  const state = tag.retracted ? ` RETRACTED by ${plain(tag.retracted.by)}: ${plain(tag.retracted.reason)};` : ''
  return `${plain(tag.label)} (${tag.category ?? tag.abuse ?? 'no category'};${state} confidence ${tag.confidence?.id ?? 'not stated'}; ${tag.date ?? 'no date'}; ${plain(tag.source)}; ${plain(tag.provenance.file)}; id ${tag.id})`
}
