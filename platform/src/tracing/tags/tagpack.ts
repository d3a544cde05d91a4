/**
 * TagPack files (GraphSense): a header and a list of tags; every field of a tag that stands in the header is the
 * default of all tags, and a tag overrides it.
 *
 * Mandatory for a tag: `address` or `tx_hash`, `label`, `source`, `currency` or `network`. An entry without them says
 * nothing that could be used, and is refused with its place. Older packs have no `network`: the currency names it.
 * `confidence` is mandatory in the present schema and optional in the former one; neither sets a default.
 */
import { canonicalJson, ok, type Result } from '../../kernel/index.ts'
import { confidenceOf } from './confidence.ts'
import { type DefectList, defectList, type EntryPlace } from './defect-list.ts'
import { parseStatedInstant } from './instant.ts'
import { readAddressSubject, readTransactionSubject } from './subject.ts'
import {
  newTag,
  subjectKey,
  type Tag,
  type TagConfidence,
  type TagFile,
  type TagFileContent,
  type TagSubject,
} from './tag.ts'
import {
  parseYamlFlag,
  readYamlPack,
  textField,
  textListField,
  type YamlEntry,
  type YamlFields,
} from './yaml-document.ts'

const ownHeaderFields = new Set(['title', 'creator', 'description', 'owner', 'is_public'])
const tagFields = new Set([
  'label',
  'source',
  'currency',
  'network',
  'context',
  'confidence',
  'is_cluster_definer',
  'lastmod',
  'category',
  'abuse',
  'address',
  'tx_hash',
  'actor',
  'concepts',
  'tag_type',
])
/** A place on the ledger belongs to one tag; it is never inherited. */
const neverInherited = new Set(['address', 'tx_hash'])
const tagTypes = new Set(['actor', 'event', 'attribute', 'mention'])

export function parseTagPack(file: TagFile): Result<TagFileContent> {
  const pack = readYamlPack(file, 'tags')
  if (!pack.ok) return pack
  const { header, entries } = pack.value
  const defects = defectList(file)
  const defaults = inheritedFields(header, defects)
  const creator = headerText(header, 'creator', defects)
  const title = headerText(header, 'title', defects) ?? file.name
  const tags: Tag[] = []
  for (const entry of entries) {
    const tag = readEntry(entry, defaults, creator, file, defects)
    if (tag) tags.push(tag)
  }
  reportDuplicates(tags, defects)
  return ok({
    kind: 'tagpack',
    title,
    creator,
    tags,
    actors: [],
    read: entries.length,
    refused: entries.length - tags.length,
    defects: [...pack.value.defects, ...defects.list()],
  })
}

/** Two entries of one file that the format holds to be one tag: same subject, label and source. Both are kept. */
export function reportDuplicates(tags: readonly Tag[], defects: DefectList): void {
  const first = new Map<string, Tag>()
  for (const tag of tags) {
    const key = JSON.stringify([
      subjectKey(tag.subject),
      tag.subject.currency,
      tag.subject.network,
      tag.label,
      tag.source,
    ])
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, tag)
    else {
      const message = `${tag.subject.text} has the same label and source as entry ${earlier.provenance.index}; both are kept.`
      defects.add('TAG_DUPLICATE', message, { list: 'tags', ...tag.provenance })
    }
  }
}

function inheritedFields(header: YamlFields, defects: DefectList): YamlFields {
  const inherited: Record<string, YamlFields[string]> = {}
  for (const [name, value] of Object.entries(header)) {
    if (tagFields.has(name) && !neverInherited.has(name)) inherited[name] = value
    else if (!ownHeaderFields.has(name))
      defects.add('TAG_FIELD_UNKNOWN', `The header field "${name}" is not part of the format and is not read.`, null)
  }
  return inherited
}

function headerText(header: YamlFields, name: string, defects: DefectList): string | null {
  const text = textField(header, name)
  if (typeof text === 'string') return text
  defects.add('TAG_HEADER_INCOMPLETE', `The header has no readable "${name}".`, null)
  return null
}

function readEntry(
  entry: YamlEntry,
  defaults: YamlFields,
  creator: string | null,
  file: TagFile,
  defects: DefectList,
): Tag | null {
  const place: EntryPlace = { list: 'tags', index: entry.index, line: entry.line }
  if (entry.fields === null) {
    defects.add('TAG_ENTRY_UNREADABLE', `The entry ${entry.why}; it is not kept.`, place)
    return null
  }
  for (const name of Object.keys(entry.fields)) {
    if (!tagFields.has(name))
      defects.tally('TAG_FIELD_UNKNOWN', `The tag field "${name}" is not part of the format and is not read.`, place)
  }
  const fields: YamlFields = { ...defaults, ...entry.fields }
  const text = (name: string): string | null => optionalText(fields, name, place, defects)
  const subject = subjectOf(text, place, defects)
  const label = text('label')
  const source = text('source')
  if (subject === null || label === null || source === null) {
    const missing = [
      ...(subject ? [] : ['address or tx_hash, with currency or network']),
      ...(label ? [] : ['label']),
      ...(source ? [] : ['source']),
    ]
    defects.add('TAG_FIELD_MISSING', `The entry lacks ${missing.join(', ')}; it is not kept.`, place)
    return null
  }
  return newTag({
    subject,
    label,
    source,
    date: dateOf(text('lastmod'), place, defects),
    confidence: readConfidence(text('confidence'), place, defects),
    category: text('category'),
    concepts: readConcepts(fields, place, defects),
    abuse: text('abuse'),
    actor: text('actor'),
    tagType: tagTypeOf(text('tag_type'), place, defects),
    isClusterDefiner: flagOf(text('is_cluster_definer'), place, defects),
    context: contextOf(fields),
    creator,
    validFrom: null,
    validTo: null,
    provenance: { file: file.name, sha256: file.sha256, index: entry.index, line: entry.line },
  })
}

function subjectOf(text: (name: string) => string | null, place: EntryPlace, defects: DefectList): TagSubject | null {
  const address = text('address')
  const hash = text('tx_hash')
  const currency = text('currency')
  const network = text('network')
  if (currency === null && network === null) return null
  if (address !== null && hash !== null)
    defects.add(
      'TAG_SUBJECT_AMBIGUOUS',
      'The entry names an address and a transaction; the address is kept as its subject.',
      place,
    )
  const stated = address ?? hash
  if (stated === null) return null
  const reading =
    address === null ? readTransactionSubject(stated, currency, network) : readAddressSubject(stated, currency, network)
  for (const flaw of reading.flaws) defects.add(flaw.code, flaw.message, place)
  return reading.subject
}

function optionalText(fields: YamlFields, name: string, place: EntryPlace, defects: DefectList): string | null {
  if (name === 'context') return null
  const value = textField(fields, name)
  if (value === null) defects.add('TAG_FIELD_UNREADABLE', `The field "${name}" is not text and is left out.`, place)
  return value ?? null
}

/** Shared with the other formats: the id as stated, a defect where it is missing or not one of the fourteen. */
export function readConfidence(id: string | null, place: EntryPlace, defects: DefectList): TagConfidence | null {
  if (id === null) {
    defects.tally(
      'TAG_CONFIDENCE_MISSING',
      'The tag states no confidence; it is kept without one and meets no threshold.',
      place,
    )
    return null
  }
  const confidence = confidenceOf(id)
  if (confidence.level === null) {
    defects.tally(
      'TAG_CONFIDENCE_UNKNOWN',
      `The confidence "${id}" is not one of the format's ids; it is kept without a level and meets no threshold.`,
      place,
    )
  }
  return confidence
}

function readConcepts(fields: YamlFields, place: EntryPlace, defects: DefectList): readonly string[] {
  const concepts = textListField(fields, 'concepts')
  if (concepts === null)
    defects.add('TAG_FIELD_UNREADABLE', 'The field "concepts" is not a list of texts and is left out.', place)
  return concepts ?? []
}

function dateOf(text: string | null, place: EntryPlace, defects: DefectList): string | null {
  if (text === null) return null
  const date = parseStatedInstant(text)
  if (date.ok) return date.value.text
  defects.add(date.refusal.code, `${date.refusal.message} The tag is kept without it.`, place)
  return null
}

function flagOf(text: string | null, place: EntryPlace, defects: DefectList): boolean | null {
  if (text === null) return null
  const flag = parseYamlFlag(text)
  if (flag === null)
    defects.add(
      'TAG_FLAG_UNREADABLE',
      `is_cluster_definer is "${text.slice(0, 40)}", not true or false; it is left out.`,
      place,
    )
  return flag
}

function tagTypeOf(text: string | null, place: EntryPlace, defects: DefectList): string | null {
  if (text !== null && !tagTypes.has(text))
    defects.tally(
      'TAG_TYPE_UNKNOWN',
      `The tag type "${text.slice(0, 40)}" is not one of the format's; it is kept as stated.`,
      place,
    )
  return text
}

/** Context is JSON text in most packs and a map in some; a map becomes canonical JSON. */
function contextOf(fields: YamlFields): string | null {
  const value = fields.context
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'string' ? value : canonicalJson(value)
}
