/** ActorPack files (GraphSense): the real-world actors to whom tags refer by id. */
import { canonicalJson, type Json, ok, type Result } from '../../kernel/index.ts'
import { type DefectList, defectList, type EntryPlace, placeOf } from './defect-list.ts'
import { parseStatedInstant } from './instant.ts'
import type { Actor, Tag, TagDefect, TagFile, TagFileContent, TagProvenance } from './tag.ts'
import { readYamlPack, textField, textListField, type YamlEntry, type YamlFields } from './yaml-document.ts'

const ownHeaderFields = new Set(['title', 'creator', 'description', 'owner', 'is_public'])
const actorFields = new Set(['id', 'uri', 'label', 'lastmod', 'categories', 'jurisdictions', 'context', 'aliases'])
const inheritable = new Set(['lastmod', 'categories', 'jurisdictions'])

export function parseActorPack(file: TagFile): Result<TagFileContent> {
  const pack = readYamlPack(file, 'actors')
  if (!pack.ok) return pack
  const { header, entries } = pack.value
  const defects = defectList(file)
  const defaults: Record<string, YamlFields[string]> = {}
  for (const [name, value] of Object.entries(header)) {
    if (inheritable.has(name)) defaults[name] = value
    else if (!ownHeaderFields.has(name))
      defects.add('TAG_FIELD_UNKNOWN', `The header field "${name}" is not part of the format and is not read.`, null)
  }
  const actors: Actor[] = []
  const ids = new Set<string>()
  for (const entry of entries) {
    const actor = readActor(entry, defaults, file, defects)
    if (actor === null) continue
    if (ids.has(actor.id)) {
      defects.add(
        'ACTOR_DUPLICATE',
        `The actor id "${actor.id}" occurs before in this file; the first entry is kept.`,
        placeOfEntry(entry),
      )
      continue
    }
    ids.add(actor.id)
    actors.push(actor)
  }
  return ok({
    kind: 'actorpack',
    title: textField(header, 'title') ?? file.name,
    creator: textField(header, 'creator') ?? null,
    tags: [],
    actors,
    read: entries.length,
    refused: entries.length - actors.length,
    defects: [...pack.value.defects, ...defects.list()],
  })
}

/** One defect per actor id that tags name and nobody describes, in order of id. */
export function unknownActors(tags: Iterable<Tag>, actorIds: ReadonlySet<string>): readonly TagDefect[] {
  const places = new Map<string, { readonly tag: Tag; readonly count: number }>()
  for (const tag of tags) {
    if (tag.actor === null || actorIds.has(tag.actor)) continue
    const known = places.get(tag.actor)
    places.set(tag.actor, { tag: known?.tag ?? tag, count: (known?.count ?? 0) + 1 })
  }
  return [...places]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([id, { tag, count }]) => unknownActor(id, tag.provenance, count))
}

export function unknownActor(id: string, first: TagProvenance, count: number): TagDefect {
  return {
    code: 'TAG_ACTOR_UNKNOWN',
    message: `No imported ActorPack describes the actor "${id}"; the tags that name it are kept.`,
    place: placeOf(first.file, { list: 'tags', ...first }),
    count,
  }
}

function readActor(entry: YamlEntry, defaults: YamlFields, file: TagFile, defects: DefectList): Actor | null {
  const place = placeOfEntry(entry)
  if (entry.fields === null) {
    defects.add('TAG_ENTRY_UNREADABLE', `The entry ${entry.why}; it is not kept.`, place)
    return null
  }
  const fields: YamlFields = { ...defaults, ...entry.fields }
  for (const name of Object.keys(entry.fields)) {
    if (!actorFields.has(name))
      defects.tally('TAG_FIELD_UNKNOWN', `The actor field "${name}" is not part of the format and is not read.`, place)
  }
  const id = textField(fields, 'id')
  const label = textField(fields, 'label')
  if (typeof id !== 'string' || typeof label !== 'string') {
    defects.add('TAG_FIELD_MISSING', 'The entry lacks a readable id or label; it is not kept.', place)
    return null
  }
  return {
    id,
    label,
    uri: textField(fields, 'uri') ?? null,
    date: dateOf(fields, place, defects),
    categories: texts(fields, 'categories', place, defects),
    jurisdictions: texts(fields, 'jurisdictions', place, defects).filter((code) => isCountry(code, place, defects)),
    aliases: texts(fields, 'aliases', place, defects),
    context: fields.context === undefined || fields.context === null ? null : canonicalJson(fields.context as Json),
    provenance: { file: file.name, sha256: file.sha256, index: entry.index, line: entry.line },
  }
}

function dateOf(fields: YamlFields, place: EntryPlace, defects: DefectList): string | null {
  const text = textField(fields, 'lastmod')
  if (typeof text !== 'string') return null
  const date = parseStatedInstant(text)
  if (date.ok) return date.value.text
  defects.add(date.refusal.code, `${date.refusal.message} The actor is kept without it.`, place)
  return null
}

function texts(fields: YamlFields, name: string, place: EntryPlace, defects: DefectList): readonly string[] {
  const list = textListField(fields, name)
  if (list === null)
    defects.add('TAG_FIELD_UNREADABLE', `The field "${name}" is not a list of texts and is left out.`, place)
  return list ?? []
}

/** The form of ISO 3166-1 alpha-2; whether the code is assigned is the business of the jurisdiction packs. */
function isCountry(code: string, place: EntryPlace, defects: DefectList): boolean {
  if (/^[A-Z]{2}$/.test(code)) return true
  defects.add(
    'ACTOR_JURISDICTION_UNREADABLE',
    `"${code.slice(0, 40)}" is not a country code of two capital letters; it is left out.`,
    place,
  )
  return false
}

function placeOfEntry(entry: YamlEntry): EntryPlace {
  return { list: 'actors', index: entry.index, line: entry.line }
}
