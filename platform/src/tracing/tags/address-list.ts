/**
 * Plain address lists (one address per line, the currency in the file name) and their dated history.
 *
 * Such a list says nothing about its entries but that they are on it. What that means (label, source, confidence) is
 * data of packs/tags/lists.json. A history of dated snapshots gives validity: an address is on the list from the
 * snapshot that first has it until the snapshot that has it no longer. A delisting ends validity; it is no retraction,
 * because the address was on the list.
 */
import listPack from '../../../../packs/tags/lists.json' with { type: 'json' }
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { confidenceOf } from './confidence.ts'
import { type DefectList, defectList, type EntryPlace } from './defect-list.ts'
import { parseStatedInstant, type StatedInstant } from './instant.ts'
import { readAddressSubject } from './subject.ts'
import { newTag, type Tag, type TagFile, type TagFileContent } from './tag.ts'
import { reportDuplicates } from './tagpack.ts'

export type ListDescription = {
  readonly id: string
  readonly filePattern: string
  readonly historyPattern: string
  readonly label: string
  readonly source: string
  readonly creator: string
  readonly abuse: string
  readonly confidence: string
}

export const listDescriptions: readonly ListDescription[] = listPack.lists

type Validity = { readonly from: number | null; readonly to: number | null; readonly context: string | null }

/** The list that a file name belongs to, and the currency it names. */
export function findAddressList(
  fileName: string,
): { readonly list: ListDescription; readonly currency: string } | null {
  for (const list of listDescriptions) {
    const currency = new RegExp(list.filePattern).exec(fileName)?.[1]
    if (currency !== undefined) return { list, currency }
  }
  return null
}

export function findListHistory(fileName: string): ListDescription | null {
  return listDescriptions.find((list) => new RegExp(list.historyPattern).test(fileName)) ?? null
}

export function parseAddressList(file: TagFile): Result<TagFileContent> {
  const found = findAddressList(file.name)
  if (found === null) {
    return refuse('TAG_LIST_UNKNOWN', `${file.name} is not the name of a known address list.`, {
      place: file.name,
      fix: 'Name the file as packs/tags/lists.json describes (sanctioned_addresses_XBT.txt), describe the list there, or use the CSV form.',
    })
  }
  const defects = defectList(file)
  const tags: Tag[] = []
  let read = 0
  for (const [at, written] of file.text.split(/\r?\n/).entries()) {
    if (written.trim() === '') continue
    const place = { list: 'addresses', index: read, line: at + 1 }
    read += 1
    tags.push(
      listTag(found.list, found.currency, written, { from: null, to: null, context: null }, file, place, defects),
    )
  }
  reportDuplicates(tags, defects)
  return ok({
    kind: 'address-list',
    title: `${found.list.label}, ${found.currency}`,
    creator: found.list.creator,
    tags,
    actors: [],
    read,
    refused: 0,
    defects: defects.list(),
  })
}

/**
 * `[{ "commit", "date", "counts": {"XBT": 277}, "changes": {"XBT": {"added": […], "removed": […]}} }]`, oldest first.
 * An address that comes back after a removal gives a second tag with its own validity.
 */
export function parseListHistory(file: TagFile): Result<TagFileContent> {
  const list = findListHistory(file.name)
  const snapshots = list === null ? null : readSnapshots(file.text)
  if (list === null || snapshots === null) {
    return refuse('TAG_FILE_UNREADABLE', `${file.name} is not a history of a known address list.`, {
      place: file.name,
      fix: 'Give a JSON list of snapshots with "commit", "date" and "changes" by currency, oldest first, under the file name of packs/tags/lists.json.',
    })
  }
  const defects = defectList(file)
  const spans = collectSpans(snapshots, defects)
  const tags = spans.map((span, index) => {
    const context =
      span.removedBy === null ? { addedBy: span.addedBy } : { addedBy: span.addedBy, removedBy: span.removedBy }
    const validity = { from: span.from, to: span.to, context: JSON.stringify(context) }
    return listTag(list, span.currency, span.address, validity, file, { list: 'additions', index, line: null }, defects)
  })
  return ok({
    kind: 'list-history',
    title: `${list.label}, history`,
    creator: list.creator,
    tags,
    actors: [],
    read: spans.length,
    refused: 0,
    defects: defects.list(),
  })
}

function listTag(
  list: ListDescription,
  currency: string,
  written: string,
  validity: Validity,
  file: TagFile,
  place: EntryPlace,
  defects: DefectList,
): Tag {
  const { subject, flaws } = readAddressSubject(written, currency, null)
  for (const flaw of flaws) defects.add(flaw.code, flaw.message, place)
  return newTag({
    subject,
    label: list.label,
    source: list.source,
    date: null,
    confidence: confidenceOf(list.confidence),
    category: null,
    concepts: [],
    abuse: list.abuse,
    actor: null,
    tagType: null,
    isClusterDefiner: null,
    context: validity.context,
    creator: list.creator,
    validFrom: validity.from,
    validTo: validity.to,
    provenance: { file: file.name, sha256: file.sha256, index: place.index, line: place.line },
  })
}

type Snapshot = {
  readonly commit: string
  readonly date: StatedInstant
  readonly counts: Readonly<Record<string, number>> | null
  readonly changes: Readonly<Record<string, { readonly added: readonly string[]; readonly removed: readonly string[] }>>
}

type Span = {
  readonly currency: string
  readonly address: string
  readonly from: number
  readonly addedBy: string
  to: number | null
  removedBy: string | null
}

function collectSpans(snapshots: readonly Snapshot[], defects: DefectList): readonly Span[] {
  const spans: Span[] = []
  const open = new Map<string, Span>()
  const onList = new Map<string, number>()
  let populated = false
  for (const [index, snapshot] of snapshots.entries()) {
    const place: EntryPlace = { list: 'snapshots', index, line: null }
    let added = 0
    for (const [currency, change] of Object.entries(snapshot.changes)) {
      for (const address of change.removed) {
        const span = open.get(`${currency} ${address}`)
        if (span === undefined) {
          defects.add('TAG_HISTORY_BROKEN', `${currency} ${address} is removed but was not on the list.`, place)
          continue
        }
        span.to = snapshot.date.seconds
        span.removedBy = snapshot.commit
        open.delete(`${currency} ${address}`)
        onList.set(currency, (onList.get(currency) ?? 0) - 1)
      }
      for (const address of change.added) {
        if (open.has(`${currency} ${address}`)) {
          defects.add('TAG_HISTORY_BROKEN', `${currency} ${address} is added but was on the list already.`, place)
          continue
        }
        const span: Span = {
          currency,
          address,
          from: snapshot.date.seconds,
          addedBy: snapshot.commit,
          to: null,
          removedBy: null,
        }
        spans.push(span)
        open.set(`${currency} ${address}`, span)
        onList.set(currency, (onList.get(currency) ?? 0) + 1)
        added += 1
      }
    }
    if (added > 0 && !populated) {
      populated = true
      const message = `The first snapshot with addresses is of ${snapshot.date.text}: its ${added} addresses were listed on that day at the latest. Their validity begins there; an earlier beginning is not in this file.`
      defects.add('TAG_VALIDITY_START_UNKNOWN', message, place)
    }
    reportCounts(snapshot, onList, place, defects)
  }
  return spans
}

/** A snapshot states how long each list is: a second witness for the changes. */
function reportCounts(
  snapshot: Snapshot,
  onList: ReadonlyMap<string, number>,
  place: EntryPlace,
  defects: DefectList,
): void {
  if (snapshot.counts === null) return
  for (const currency of new Set([...Object.keys(snapshot.counts), ...onList.keys()])) {
    const stated = snapshot.counts[currency] ?? 0
    const counted = onList.get(currency) ?? 0
    if (stated !== counted)
      defects.add(
        'TAG_HISTORY_BROKEN',
        `The snapshot states ${stated} addresses of ${currency}; its changes give ${counted}.`,
        place,
      )
  }
}

function readSnapshots(text: string): readonly Snapshot[] | null {
  const parsed = parseJsonOrNull(text)
  if (!Array.isArray(parsed)) return null
  const snapshots: Snapshot[] = []
  for (const item of parsed as readonly unknown[]) {
    const snapshot = readSnapshot(item)
    const before = snapshots.at(-1)
    if (snapshot === null || (before && before.date.seconds > snapshot.date.seconds)) return null
    snapshots.push(snapshot)
  }
  return snapshots
}

function readSnapshot(item: unknown): Snapshot | null {
  if (!isRecord(item) || typeof item.commit !== 'string' || typeof item.date !== 'string' || !isRecord(item.changes))
    return null
  const date = parseStatedInstant(item.date)
  if (!date.ok) return null
  const changes: Record<string, { added: readonly string[]; removed: readonly string[] }> = {}
  for (const [currency, change] of Object.entries(item.changes)) {
    if (!isRecord(change) || !isTexts(change.added) || !isTexts(change.removed)) return null
    changes[currency] = { added: change.added, removed: change.removed }
  }
  return { commit: item.commit, date: date.value, counts: readCounts(item.counts), changes }
}

function readCounts(value: unknown): Readonly<Record<string, number>> | null {
  if (!isRecord(value)) return null
  const counts: Record<string, number> = {}
  for (const [currency, count] of Object.entries(value)) if (typeof count === 'number') counts[currency] = count
  return counts
}

function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
