/**
 * The check of every row that a node keeps against the rows that its journal names: records, what they are found by, exhibits and
 * their custody, uploads and objects of the vault. One pass, row by row; only names and digests are held.
 *
 * Not rows in this sense: what lives for a moment or is made anew from the rest (`transient`).
 */
import { type JournalEntry, rowDigest, type StateRow } from '../evidence/index.ts'
import { custodyRows, vaultRows } from '../evidence/store/custody.ts'
import { INBOX, type InboxBody } from '../exchange/desk/index.ts'
import { eachRow, type Sql } from '../io/postgres/index.ts'
import { unseal } from '../kernel/crypto/index.ts'
import type { Json, Progress } from '../kernel/index.ts'
import { attachmentRows, passingOfAttachments } from './exchange/attachment-rows.ts'
import { forkRows } from './exchange/journal-forks.ts'
import { messageRows } from './exchange/message-store.ts'
import type { NodeKeys } from './keys.ts'
import { journalSalt } from './store/journal-append.ts'
import { REFS, refsState, rowPurpose } from './store/records.ts'

/** Tables that are not checked here, each with the reason. */
export const transient: Readonly<Record<string, string>> = {
  attachment_draft: 'what is being written to the store of files; gone when it is written',
  anchor: 'checked by the stamps themselves',
  cosigned_checkpoint: 'checked by the signatures of journal and witnesses on it',
  challenge: 'one-time values that lapse in minutes',
  custody_transition: 'the rules of custody, held to the code by a test',
  download_ticket: 'tickets that lapse in a minute',
  idempotency: 'answers kept for a day, sealed',
  journal_entry: 'checked against the tiles',
  migration: 'checked by their checksums at each start',
  peer_log: 'what was seen of the journals of others: each checkpoint is signed by its journal',
  webhook_place: 'how far each webhook has been told',
  witness_tree:
    'checkpoints of others that were cosigned, signed by their journals; an entry for each would keep two witnesses busy for ever',
}
export const checkedTables = [
  'record',
  'record_head',
  'record_ref',
  'exhibit',
  'custody_event',
  'vault_upload',
  'vault_object',
  'exchange',
  'message_out',
  'message_in',
  'attachment_out',
  'attachment_in',
  'journal_fork',
] as const

/** Columns that come and go while a message is on its way, and that nothing relies on afterwards. */
export const passing: Readonly<Record<string, readonly string[]>> = {
  // What comes with a receipt later is checked by itself: signed by the journal of who gave it.
  message_out: [
    ...['attempts', 'next_at', 'leased_until', 'problem', 'problem_times'],
    ...['proof', 'proof_size', 'proof_witnesses', 'proof_asks', 'proof_next_at'],
  ],
  // Names the entry in which the receipt stands; another one would say something else.
  message_in: ['entry'],
  ...passingOfAttachments,
}

export type RowCheck = { readonly rows: number; readonly erased: number }

/** The rows that entries name, taken up as the entries are read. */
export class NamedRows {
  private readonly digestByRow = new Map<string, string>()
  /** The version since which a record is found as it is now, by the name of the record. */
  private readonly refsVersion = new Map<string, number>()
  /** What of messages was named under a case: from there it comes under no other. */
  private readonly inCase = new Set<string>()

  add({ caseId, rows }: JournalEntry): void {
    for (const { kind, id, version, digest } of rows) {
      if (kind.startsWith('message.')) {
        // Of a message the last state stands, in place of those before it.
        this.digestByRow.delete(nameOf(kind, id, version - 1))
        if (caseId !== null) this.inCase.add(`${kind}/${id}`)
      }
      if (kind !== REFS) {
        this.digestByRow.set(nameOf(kind, id, version), digest)
        continue
      }
      const before = this.refsVersion.get(id)
      if (before !== undefined && before > version) continue
      if (before !== undefined) this.digestByRow.delete(nameOf(kind, id, before))
      this.refsVersion.set(id, version)
      this.digestByRow.set(nameOf(kind, id, version), digest)
    }
  }

  versionOfRefs(record: string): number | undefined {
    return this.refsVersion.get(record)
  }

  /** The digest of a row, which is then no longer looked for. */
  take(kind: string, id: string, version: number): string | undefined {
    const name = nameOf(kind, id, version)
    const digest = this.digestByRow.get(name)
    this.digestByRow.delete(name)
    return digest
  }

  /**
   * Of a message that came under a case which is erased, what the node said of it before stands for nothing any more. False where its
   * present state, or any state of it under a case, was named by what can still be read: then it belongs to no erased case, whatever the
   * row says.
   */
  forget({ kind, id, version }: { readonly kind: string; readonly id: string; readonly version: number }): boolean {
    if (this.digestByRow.has(nameOf(kind, id, version)) || this.inCase.has(`${kind}/${id}`)) return false
    for (let one = 1; one < version; one++) this.digestByRow.delete(nameOf(kind, id, one))
    return true
  }

  /** What was named and not taken. */
  left(): Iterable<string> {
    return this.digestByRow.keys()
  }
}

function nameOf(kind: string, id: string, version: number): string {
  return `${kind}/${id} version ${version}`
}

export async function checkRows(
  sql: Sql,
  keys: NodeKeys,
  named: NamedRows,
  found: (place: string, problem: string) => void,
  progress: Progress,
): Promise<RowCheck> {
  // In which case the inbox says that a message was filed, by its name; null: in none.
  const filedIn = new Map<string, string | null>()
  const forgotten = (row: Pick<StateRow, 'kind' | 'id' | 'version' | 'caseId'>) => {
    const filed = row.kind === 'message.in' ? filedIn.get(row.id) : undefined
    const isElsewhere = filed !== undefined && filed !== row.caseId
    if (!named.forget(row) || isElsewhere)
      found(`${row.kind} ${row.id}`, 'was put under a case to which it does not belong')
  }
  let [rows, erased] = [0, 0]
  const saltByCase = new Map<string | null, Uint8Array | null>()
  const saltOf = (caseId: string | null) => {
    const known = saltByCase.get(caseId)
    if (known !== undefined) return known
    const salt = journalSalt(keys, caseId)
    saltByCase.set(caseId, salt)
    return salt
  }
  await checkRecords()
  await checkRefs()
  for await (const { place, row } of custodyRows(sql, keys)) {
    if (row) check(row, place)
    else found(place, 'does not open: it was changed')
  }
  for await (const row of vaultRows(sql, keys)) check(row, `${row.kind} ${row.id}`)
  for await (const one of messageRows(sql, keys)) {
    if ('erased' in one) forgotten(one.erased)
    else if (one.row) check(one.row, one.place)
    else found(one.place, 'does not open: it was changed')
  }
  for await (const { row, erased: isErased } of attachmentRows(sql, keys)) {
    if (isErased) forgotten(row)
    else check(row, `${row.kind} ${row.id}`)
  }
  for await (const row of forkRows(sql)) check(row, `${row.kind} ${row.id}`)
  for (const name of named.left()) found(placeOf(name), 'is missing')
  await checkHeads()
  return { rows, erased }

  function check(row: StateRow, place: string): void {
    rows++
    progress.report(rows, undefined, `rows: ${rows}`)
    const salt = saltOf(row.caseId)
    const said = named.take(row.kind, row.id, row.version)
    if (said === undefined) found(place, 'is in no entry of the journal')
    else if (salt === null || said !== rowDigest(salt, row)) found(place, 'was changed')
  }

  async function checkRecords(): Promise<void> {
    const keyByCase = new Map<string | null, Uint8Array | null>()
    for await (const row of eachRow<RecordRow>(
      sql,
      'SELECT kind, id, version, case_id, sealed, at FROM record ORDER BY case_id, kind, id, version',
    )) {
      const { kind, id, version, case_id: caseId } = row
      if (!keyByCase.has(caseId))
        keyByCase.set(caseId, caseId === null ? keys.nodeKey('records') : keys.caseKey(caseId))
      const key = keyByCase.get(caseId) ?? null
      if (key === null) {
        rows++
        erased++
        continue
      }
      const place = placeOf(nameOf(kind, id, version))
      const plain = unseal(key, row.sealed, rowPurpose(row))
      if (!plain.ok) {
        rows++
        named.take(kind, id, version)
        found(place, 'does not open: it was changed')
        continue
      }
      const body = JSON.parse(new TextDecoder().decode(plain.value)) as Json
      // In the order of versions: the last one stands.
      if (kind === INBOX) {
        const { from, messageId, filed } = body as InboxBody
        filedIn.set(`${from}/${messageId}`, filed?.caseId ?? null)
      }
      check({ kind, id, version, caseId, body, at: row.at.toISOString() }, place)
    }
  }

  /** What a record is found by: the tokens of now are those of the version that last said so. */
  async function checkRefs(): Promise<void> {
    for await (const { kind, id, case_id: caseId, refs } of eachRow<RefRow>(
      sql,
      `SELECT h.kind, h.id, h.case_id, array_agg(f.ref || ' ' || encode(f.token, 'hex')) FILTER (WHERE f.ref IS NOT NULL) AS refs
       FROM record_head h LEFT JOIN record_ref f ON f.kind = h.kind AND f.id = h.id
       GROUP BY h.kind, h.id ORDER BY h.kind, h.id`,
    )) {
      if (saltOf(caseId) === null) continue
      const version = named.versionOfRefs(`${kind}/${id}`)
      const place = `what record ${kind}/${id} is found by`
      if (version === undefined) {
        if (refs !== null) found(place, 'is in no entry of the journal')
        continue
      }
      const tokens = (refs ?? []).map((one): [string, Uint8Array] => {
        const at = one.lastIndexOf(' ')
        return [one.slice(0, at), Buffer.from(one.slice(at + 1), 'hex')]
      })
      check(refsState({ kind, id, version, caseId }, tokens), place)
    }
  }

  async function checkHeads(): Promise<void> {
    const heads = await sql.query<{ kind: string; id: string }>(
      `SELECT coalesce(h.kind, r.kind) AS kind, coalesce(h.id, r.id) AS id FROM record_head h
       FULL JOIN (SELECT kind, id, max(version) AS version, max(case_id::text) AS case_id FROM record GROUP BY kind, id) r
         ON r.kind = h.kind AND r.id = h.id
       WHERE h.version IS DISTINCT FROM r.version OR h.case_id::text IS DISTINCT FROM r.case_id`,
    )
    for (const { kind, id } of heads) found(`record ${kind}/${id}`, 'does not stand at its last version')
  }
}

/** As people look for it. */
function placeOf(name: string): string {
  if (name.startsWith(`${REFS}/`)) return `what record ${name.slice(REFS.length + 1)} is found by`
  return /^(custody|vault|message|journal)\.|^exchange\//.test(name) ? name : `record ${name}`
}

type RecordRow = {
  readonly kind: string
  readonly id: string
  readonly version: number
  readonly case_id: string | null
  readonly sealed: Uint8Array
  readonly at: Date
}
type RefRow = {
  readonly kind: string
  readonly id: string
  readonly case_id: string | null
  readonly refs: readonly string[] | null
}
