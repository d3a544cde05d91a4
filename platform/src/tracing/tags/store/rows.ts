/** Rows of tags.duckdb to domain values and back. The order of values is the order of columns in tables.ts. */
import type { DuckDbRow } from '../../../io/duckdb.ts'
import type { Actor, AddressCheck, Tag, TagConfidence, TagDefect, TagEvent, TagFileKind } from '../index.ts'

/** A tag file that was imported. `read` entries = `tags` + `actors` + `refused`. */
export type StoredTagFile = {
  readonly sha256: string
  /** What decides, beside the bytes, what the file says: its kind, and the currency where only the name has it. */
  readonly reading: string
  readonly name: string
  readonly bytes: number
  readonly kind: TagFileKind
  readonly title: string
  readonly creator: string | null
  readonly read: number
  readonly refused: number
  readonly tags: number
  readonly actors: number
  /** Seconds, as the importer was told. */
  readonly importedAt: number
}

export function fileToRow(fileId: number, file: StoredTagFile): DuckDbRow {
  return [
    fileId,
    file.sha256,
    file.reading,
    file.name,
    file.bytes,
    file.kind,
    file.title,
    file.creator,
    file.read,
    file.refused,
    file.importedAt,
  ]
}

export function rowToFile(row: DuckDbRow): StoredTagFile {
  const [, sha256, reading, name, bytes, kind, title, creator, read, refused, importedAt] = row
  const kept = number(read) - number(refused)
  return {
    sha256: text(sha256),
    reading: text(reading),
    name: text(name),
    bytes: number(bytes),
    kind: text(kind) as TagFileKind,
    title: text(title),
    creator: textOrNull(creator),
    read: number(read),
    refused: number(refused),
    // A file holds tags or actors, never both.
    tags: kind === 'actorpack' ? 0 : kept,
    actors: kind === 'actorpack' ? kept : 0,
    importedAt: number(importedAt),
  }
}

export function tagToRow(fileId: number, tag: Tag): DuckDbRow {
  const { subject, provenance, confidence } = tag
  return [
    tag.id,
    fileId,
    provenance.index,
    provenance.line,
    subject.kind,
    subject.chain,
    subject.text,
    subject.stated,
    subject.currency,
    subject.network,
    subject.check,
    tag.label,
    tag.source,
    tag.date,
    confidence?.id ?? null,
    confidence?.level ?? null,
    tag.category,
    JSON.stringify(tag.concepts),
    tag.abuse,
    tag.actor,
    tag.tagType,
    tag.isClusterDefiner,
    tag.context,
    tag.creator,
    tag.validFrom,
    tag.validTo,
  ]
}

/** `row`: the columns of `tag`, then name and hash of its file. */
export function rowToTag(row: DuckDbRow): Tag {
  const [
    id,
    ,
    index,
    line,
    kind,
    chain,
    subject,
    stated,
    currency,
    network,
    check,
    label,
    source,
    date,
    confidence,
    level,
    category,
    concepts,
    abuse,
    actor,
    tagType,
    isClusterDefiner,
    context,
    creator,
    validFrom,
    validTo,
    file,
    sha256,
  ] = row
  return {
    id: text(id),
    subject: {
      kind: text(kind) as Tag['subject']['kind'],
      chain: textOrNull(chain),
      text: text(subject),
      stated: text(stated),
      currency: textOrNull(currency),
      network: textOrNull(network),
      check: text(check) as AddressCheck,
    },
    label: text(label),
    source: text(source),
    date: textOrNull(date),
    confidence: confidenceOfRow(confidence, level),
    category: textOrNull(category),
    concepts: texts(concepts),
    abuse: textOrNull(abuse),
    actor: textOrNull(actor),
    tagType: textOrNull(tagType),
    isClusterDefiner: typeof isClusterDefiner === 'boolean' ? isClusterDefiner : null,
    context: textOrNull(context),
    creator: textOrNull(creator),
    validFrom: numberOrNull(validFrom),
    validTo: numberOrNull(validTo),
    provenance: { file: text(file), sha256: text(sha256), index: number(index), line: numberOrNull(line) },
    retracted: null,
    superseded: null,
    ended: null,
  }
}

export function actorToRow(fileId: number, actor: Actor): DuckDbRow {
  const { provenance } = actor
  return [
    actor.id,
    fileId,
    provenance.index,
    provenance.line,
    actor.label,
    actor.uri,
    actor.date,
    JSON.stringify(actor.categories),
    JSON.stringify(actor.jurisdictions),
    JSON.stringify(actor.aliases),
    actor.context,
  ]
}

/** `row`: the columns of `actor`, then name and hash of its file. */
export function rowToActor(row: DuckDbRow): Actor {
  const [id, , index, line, label, uri, date, categories, jurisdictions, aliases, context, file, sha256] = row
  return {
    id: text(id),
    label: text(label),
    uri: textOrNull(uri),
    date: textOrNull(date),
    categories: texts(categories),
    jurisdictions: texts(jurisdictions),
    aliases: texts(aliases),
    context: textOrNull(context),
    provenance: { file: text(file), sha256: text(sha256), index: number(index), line: numberOrNull(line) },
  }
}

export function eventToRow(event: TagEvent): DuckDbRow {
  const replacedBy = event.kind === 'superseded' ? event.replacedBy : null
  const validTo = event.kind === 'ended' ? event.validTo : null
  return [event.tagId, event.kind, event.at, event.by, event.reason, replacedBy, validTo]
}

export function rowToEvent(row: DuckDbRow): TagEvent {
  const [tagId, kind, at, by, reason, replacedBy, validTo] = row
  const act = { tagId: text(tagId), at: number(at), by: text(by), reason: text(reason) }
  if (kind === 'superseded') return { kind, ...act, replacedBy: text(replacedBy) }
  if (kind === 'ended') return { kind, ...act, validTo: number(validTo) }
  if (kind === 'retracted') return { kind, ...act }
  throw new Error(`tags.duckdb holds an act of unknown kind ${String(kind)}`)
}

export function defectToRow(fileId: number, defect: TagDefect, place: number): DuckDbRow {
  return [fileId, place, defect.code, defect.message, defect.place, defect.count]
}

/** `row`: code, message, place, occurrences. */
export function rowToDefect(row: DuckDbRow): TagDefect {
  const [code, message, place, count] = row
  return { code: text(code), message: text(message), place: text(place), count: number(count) }
}

function confidenceOfRow(id: unknown, level: unknown): TagConfidence | null {
  return id === null ? null : { id: text(id), level: numberOrNull(level) }
}

function text(value: unknown): string {
  if (typeof value !== 'string') throw new Error(`tags.duckdb: text expected, found ${typeof value}`)
  return value
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : text(value)
}

function texts(value: unknown): readonly string[] {
  return JSON.parse(text(value)) as readonly string[]
}

function number(value: unknown): number {
  const whole = Number(value)
  if (typeof value !== 'bigint' || !Number.isSafeInteger(whole))
    throw new Error(`tags.duckdb: whole number expected, found ${String(value)}`)
  return whole
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : number(value)
}
