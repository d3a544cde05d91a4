/**
 * Entries of the journal and their leaves (docs/spec/journal.md).
 *
 * The leaf is what is published: when, what kind of event, and a commitment. The entry stays sealed with its case. Each
 * entry has a salt of its own, derived from that of its case, so that showing one entry opens no other to guessing; when the
 * salt of the case is destroyed, every proof stays valid and nothing can be proven about the contents any more.
 */
import {
  bytesToHex,
  canonicalJson,
  hmacSha256,
  type Json,
  ok,
  type Result,
  type Role,
  refuse,
  roles,
  sha256,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'
import { sameBytes } from './merkle-tree.ts'

/** A row of the state that an action wrote; `digest` by `rowDigest`. */
export type RowDigest = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly digest: string
}

export type JournalEntry = {
  readonly id: string
  /** ISO 8601, UTC, milliseconds. */
  readonly at: string
  /** A name of the audit vocabulary, as `case.open`. */
  readonly event: string
  /** The kind of thing it is about. */
  readonly of: string
  readonly recordId: string
  readonly caseId: string | null
  readonly actor: { readonly kind: 'person' | 'machine'; readonly id: string; readonly role: ActorRole }
  /** What the policies answered. */
  readonly decision: Json
  readonly body: Json
  readonly rows: readonly RowDigest[]
}

/** `node`: the node itself, by its clock or before anybody is signed in. `unknown`: a caller who was denied. */
export type ActorRole = Role | 'node' | 'unknown'

const actorRoles: readonly ActorRole[] = [...roles, 'node', 'unknown']

export type Leaf = {
  readonly v: 1
  readonly at: string
  readonly event: string
  readonly of: string
  /** 64 hexadecimal digits. */
  readonly commitment: string
}

/** Names of vocabularies only: no name of a person fits in here by accident. */
const NAME = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const HEX32 = /^[0-9a-f]{64}$/
/** Leaves stay well below the 65,535 bytes that a bundle could carry. */
const MAX_NAME = 64

/** The salt of one entry: HMAC-SHA-256 under the 32 bytes of its case. */
export function entrySalt(caseSalt: Uint8Array, entryId: string): Uint8Array {
  if (caseSalt.length !== 32) throw new RangeError('the salt of a case has 32 bytes')
  return hmacSha256(caseSalt, textToBytes(`comity/journal/entry/${entryId}`))
}

/** HMAC-SHA-256 under the entry's salt of the SHA-256 of the entry's canonical JSON. */
export function commitment(salt: Uint8Array, entry: JournalEntry): string {
  return bytesToHex(hmacSha256(salt, sha256(textToBytes(canonicalJson(entry as unknown as Json)))))
}

/** The bytes of the leaf of an entry. A name outside the vocabulary's form is a fault: it would be published. */
export function leafOfEntry(entry: JournalEntry, salt: Uint8Array): Uint8Array {
  const { at, event, of } = entry
  if (!isName(event) || !isName(of) || !TIME.test(at)) throw new RangeError('a leaf holds names and a time only')
  const leaf: Leaf = { v: 1, at, event, of, commitment: commitment(salt, entry) }
  return textToBytes(canonicalJson(leaf))
}

export function parseLeaf(bytes: Uint8Array): Result<Leaf> {
  const no = (what: string) =>
    refuse('LEAF_MALFORMED', `This is no leaf of a journal: ${what}.`, { fix: 'Fetch the entry again.' })
  const read = strictJson(bytes, { maxBytes: 65_535, maxDepth: 1 })
  if (!read.ok) return read
  const leaf = read.value
  if (!isObject(leaf)) return no('it is not an object')
  const { v, at, event, of, commitment } = leaf
  if (Object.keys(leaf).length !== 5 || v !== 1) return no('it has other members than v, at, event, of, commitment')
  if (typeof at !== 'string' || !TIME.test(at)) return no('its time is malformed')
  if (!isName(event) || !isName(of)) return no('a name is malformed')
  if (typeof commitment !== 'string' || !HEX32.test(commitment)) return no('its commitment is malformed')
  if (!sameBytes(textToBytes(canonicalJson(leaf)), bytes)) return no('it is not canonical')
  return ok({ v, at, event, of, commitment })
}

/** An entry as disclosed: canonical JSON with exactly these members. */
export function parseEntry(json: Json): Result<JournalEntry> {
  const no = (path: string) =>
    refuse('ENTRY_MALFORMED', `An entry of the journal is malformed at ${path}.`, {
      place: path,
      fix: 'Ask for the entry again.',
    })
  if (!isObject(json) || !hasOnly(json, ENTRY_MEMBERS)) return no('$')
  const { id, at, event, of, recordId, caseId, actor, decision, body, rows } = json
  if (!isText(id)) return no('$.id')
  if (typeof at !== 'string' || !TIME.test(at)) return no('$.at')
  if (!isName(event)) return no('$.event')
  if (!isName(of)) return no('$.of')
  if (!isText(recordId)) return no('$.recordId')
  if (caseId !== null && !isText(caseId)) return no('$.caseId')
  if (!isObject(actor) || !hasOnly(actor, ['kind', 'id', 'role'])) return no('$.actor')
  const role = actorRoles.find((one) => one === actor.role)
  if (actor.kind !== 'person' && actor.kind !== 'machine') return no('$.actor.kind')
  if (!isText(actor.id)) return no('$.actor.id')
  if (role === undefined) return no('$.actor.role')
  if (decision === undefined) return no('$.decision')
  if (body === undefined) return no('$.body')
  if (!Array.isArray(rows)) return no('$.rows')
  const parsed: RowDigest[] = []
  for (const [at, row] of (rows as readonly Json[]).entries()) {
    if (!isObject(row) || !hasOnly(row, ['kind', 'id', 'version', 'digest'])) return no(`$.rows[${at}]`)
    const { kind, id, version, digest } = row
    if (!isText(kind) || !isText(id) || typeof version !== 'number' || !isDigest(digest)) return no(`$.rows[${at}]`)
    parsed.push({ kind, id, version, digest })
  }
  return ok({
    id,
    at,
    event,
    of,
    recordId,
    caseId,
    actor: { kind: actor.kind, id: actor.id, role },
    decision,
    body,
    rows: parsed,
  })
}

/** Whether a disclosed entry is what the leaf commits to. */
export function checkDisclosure(leaf: Leaf, entry: JournalEntry, salt: Uint8Array): Result<null> {
  const no = (what: string) =>
    refuse('COMMITMENT_WRONG', `The journal does not hold this entry: ${what}.`, {
      fix: 'Compare the entry with the one of the agency that disclosed it.',
    })
  if (leaf.at !== entry.at || leaf.event !== entry.event || leaf.of !== entry.of)
    return no('its time or its event is another one than the leaf says')
  if (salt.length !== 32) return no('its salt does not have 32 bytes')
  return commitment(salt, entry) === leaf.commitment ? ok(null) : no('it does not match the commitment')
}

export type StateRow = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly caseId: string | null
  readonly body: Json
  readonly at: string
}

/** Told of every row that is written, so that the journal names it. */
export type RowNotes = { note(row: StateRow): void }

/**
 * The digest of a state row under the salt of its case: whoever is shown an entry cannot guess rows from it, and whoever
 * keeps the salt finds a row that was changed behind the journal's back.
 */
export function rowDigest(caseSalt: Uint8Array, row: StateRow): string {
  const { kind, id, version, caseId, body, at } = row
  const key = hmacSha256(caseSalt, textToBytes('comity/journal/rows'))
  return bytesToHex(hmacSha256(key, sha256(textToBytes(canonicalJson({ kind, id, version, caseId, body, at })))))
}

const ENTRY_MEMBERS = ['id', 'at', 'event', 'of', 'recordId', 'caseId', 'actor', 'decision', 'body', 'rows']

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasOnly(object: object, members: readonly string[]): boolean {
  const keys = Object.keys(object)
  return keys.length === members.length && members.every((member) => keys.includes(member))
}

function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME && NAME.test(value)
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

function isDigest(value: Json | undefined): value is string {
  return typeof value === 'string' && HEX32.test(value)
}
