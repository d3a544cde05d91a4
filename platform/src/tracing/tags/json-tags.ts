/**
 * Wallets out of the JSON formats in which agencies share what they know: STIX 2.1 bundles, MISP events, FollowTheMoney
 * entities (OpenSanctions, Aleph). What is read here is who is said to hold an address; the rest of such a file belongs to
 * a case and is taken in there.
 *
 * No currency is guessed from the look of an address: where the format does not say it, the chain stays open.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { type DefectList, defectList } from './defect-list.ts'
import { parseStatedInstant } from './instant.ts'
import { readAddressSubject } from './subject.ts'
import { newTag, type StatedTag, type Tag, type TagFile, type TagFileContent, type TagFileKind } from './tag.ts'
import { reportDuplicates } from './tagpack.ts'

export type JsonFields = { readonly [name: string]: unknown }

/** What an entry says. Without a label it says nothing of a holder and is not kept. */
export type WalletEntry = {
  readonly address: string
  readonly currency: string | null
  /** A CAIP-2 id, where the entry states one. */
  readonly chain: string | null
  readonly label: string | null
  readonly source: string
  readonly creator: string | null
  readonly date: string | null
  readonly concepts: readonly string[]
  readonly abuse: string | null
  readonly actor: string | null
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly confidence: StatedTag['confidence']
  readonly context: Readonly<Record<string, string>>
}

export const emptyEntry: Omit<WalletEntry, 'address' | 'source'> = {
  ...{ currency: null, chain: null, label: null, creator: null, date: null, concepts: [], abuse: null, actor: null },
  ...{ validFrom: null, validTo: null, confidence: null, context: {} },
}

export type ReadWallets = {
  readonly title: string
  readonly creator: string | null
  readonly list: string
  readonly entries: readonly WalletEntry[]
}

export function walletsToContent(file: TagFile, kind: TagFileKind, read: ReadWallets): TagFileContent {
  const defects = defectList(file)
  const tags = read.entries.flatMap((entry, index): Tag[] =>
    toTag(entry, file, { list: read.list, index, line: null }, defects),
  )
  reportDuplicates(tags, defects)
  return {
    kind,
    title: read.title,
    creator: read.creator,
    tags,
    actors: [],
    read: read.entries.length,
    refused: read.entries.length - tags.length,
    defects: defects.list(),
  }
}

function toTag(
  entry: WalletEntry,
  file: TagFile,
  place: { readonly list: string; readonly index: number; readonly line: null },
  defects: DefectList,
): Tag[] {
  const { address, currency, chain, label, confidence, context } = entry
  if (label === null || address.trim() === '') {
    defects.add(
      'TAG_FIELD_MISSING',
      `The entry lacks ${label === null ? 'a holder or name' : 'an address'}; it is not kept.`,
      place,
    )
    return []
  }
  const times = [entry.validFrom, entry.validTo, entry.date].map((text) =>
    text === null ? ok(null) : parseStatedInstant(text),
  )
  const [from, to, date] = times.map((time) => (time.ok ? time.value : null))
  // Without its validity a tag would say more than its author did.
  if (times.slice(0, 2).some((time) => !time.ok) || (from && to && to.seconds <= from.seconds)) {
    defects.add(
      'TAG_VALIDITY_UNREADABLE',
      'The time from which, or until which, it holds cannot be read. The entry is not kept.',
      place,
    )
    return []
  }
  if (times[2]?.ok === false)
    defects.add('TAG_DATE_UNREADABLE', 'The date of the entry cannot be read; it is left out.', place)
  const { subject, flaws } = readAddressSubject(address, currency, chain)
  for (const flaw of flaws) defects.add(flaw.code, flaw.message, place)
  if (confidence === null)
    defects.tally(
      'TAG_CONFIDENCE_MISSING',
      'The tag states no confidence; it is kept without one and meets no threshold.',
      place,
    )
  return [
    newTag({
      subject,
      label: label.trim(),
      source: entry.source,
      date: date?.text ?? null,
      confidence,
      category: null,
      concepts: entry.concepts,
      abuse: entry.abuse,
      actor: entry.actor,
      tagType: null,
      isClusterDefiner: null,
      context: Object.keys(context).length === 0 ? null : JSON.stringify(context),
      creator: entry.creator,
      validFrom: from?.seconds ?? null,
      validTo: to?.seconds ?? null,
      provenance: { file: file.name, sha256: file.sha256, index: place.index, line: place.line },
    }),
  ]
}

/** The JSON value of a file; for `.jsonl` and the like, one value a line, as a list. */
export function readJsonFile(file: TagFile): Result<unknown> {
  const text = file.text.replace(/^\uFEFF/, '')
  const whole = tryJson(text)
  if (whole !== undefined) return ok(whole)
  const values: unknown[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const value = tryJson(line)
    if (value === undefined) {
      return refuse('TAG_FILE_UNREADABLE', `${file.name} is not JSON, nor one JSON value a line.`, {
        place: `${file.name}: line ${at + 1}`,
        fix: 'Give a STIX 2.1 bundle, a MISP event, or FollowTheMoney entities, one a line.',
      })
    }
    values.push(value)
  }
  return ok(values)
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (thrown) {
    // RangeError: nested so deeply that the reader gave up.
    if (thrown instanceof SyntaxError || thrown instanceof RangeError) return undefined
    throw thrown
  }
}

export function isFields(value: unknown): value is JsonFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listIn(fields: JsonFields, name: string): readonly unknown[] {
  const value = fields[name]
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

export function textIn(fields: JsonFields, name: string): string | null {
  const value = fields[name]
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

/** Which of the JSON formats it is; `null` for none. */
export function detectJsonTags(file: TagFile): 'stix' | 'misp' | 'ftm' | null {
  const read = readJsonFile(file)
  if (!read.ok) return null
  const { value } = read
  if (isFields(value)) {
    if (value.type === 'bundle' && Array.isArray(value.objects)) return 'stix'
    if (isFields(value.Event) || listIn(value, 'response').some((one) => isFields(one) && isFields(one.Event)))
      return 'misp'
    return isEntity(value) ? 'ftm' : null
  }
  if (!Array.isArray(value) || value.length === 0) return null
  if (value.every((one) => isFields(one) && isFields(one.Event))) return 'misp'
  return value.some(isEntity) ? 'ftm' : null
}

export function isEntity(value: unknown): value is JsonFields {
  return (
    isFields(value) && typeof value.id === 'string' && typeof value.schema === 'string' && isFields(value.properties)
  )
}
