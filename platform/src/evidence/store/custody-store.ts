/** The rows of exhibits and of their custody, in the transaction of an action. The port `custody`. */
import { eachRow, type Sql } from '../../io/postgres/index.ts'
import { bytesToHex, hexToBytes, type Json, Stop } from '../../kernel/index.ts'
import { eventCommitment, exhibitCommitment } from '../custody/chain.ts'
import type { CustodyEvent, CustodyStore, Exhibit } from '../custody/exhibit.ts'
import type { RowNotes, StateRow } from '../journal/entry.ts'
import { type CaseKeys, type CaseSeal, caseSeal } from './sealed-text.ts'
import { unnoted } from './unnoted.ts'

const USE = 'custody'

/** `ports.set('custody', custodyStore(keys))` */
export function custodyStore(keys: CaseKeys): (sql: Sql, notes?: RowNotes) => CustodyStore {
  return (sql, notes = unnoted) => {
    const sealByCase = new Map<string, CaseSeal>()
    return { nextNumber, exhibit, exhibitsOf, last, history, add, append }

    function sealOf(caseId: string): CaseSeal {
      const known = sealByCase.get(caseId) ?? caseSeal(keys, caseId, USE)
      sealByCase.set(caseId, known)
      return known
    }

    async function nextNumber(caseId: string): Promise<number> {
      // Two exhibits added at the same time: the second waits here, and sees the number of the first.
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`exhibit number ${caseId}`])
      const [row] = await sql.query<{ n: number }>(
        'SELECT coalesce(max(number), 0) + 1 AS n FROM exhibit WHERE case_id = $1',
        [caseId],
      )
      return row?.n ?? 1
    }

    async function exhibit(id: string): Promise<Exhibit | null> {
      const [row] = await sql.query<ExhibitRow>('SELECT * FROM exhibit WHERE id = $1', [id])
      return row ? rowToExhibit(row, sealOf(row.case_id)) : null
    }

    async function exhibitsOf(caseId: string, after: number, limit: number) {
      const rows = await sql.query<ExhibitRow>(
        'SELECT * FROM exhibit WHERE case_id = $1 AND number > $2 ORDER BY number LIMIT $3',
        [caseId, after, limit + 1],
      )
      const items = rows.slice(0, limit).flatMap((row) => rowToExhibit(row, sealOf(row.case_id)) ?? [])
      return { items, next: rows.length > limit ? (rows[limit - 1]?.number ?? null) : null }
    }

    async function last(id: string): Promise<CustodyEvent | null> {
      await sql.query('SELECT id FROM exhibit WHERE id = $1 FOR UPDATE', [id])
      const [row] = await sql.query<EventRow>(
        'SELECT * FROM custody_event WHERE exhibit = $1 ORDER BY seq DESC LIMIT 1',
        [id],
      )
      return row ? rowToEvent(row, sealOf(row.case_id)) : null
    }

    async function history(id: string): Promise<readonly CustodyEvent[]> {
      const rows = await sql.query<EventRow>('SELECT * FROM custody_event WHERE exhibit = $1 ORDER BY seq', [id])
      return rows.flatMap((row) => rowToEvent(row, sealOf(row.case_id)) ?? [])
    }

    async function add(one: Exhibit, first: CustodyEvent): Promise<void> {
      const { seal } = sealOf(one.caseId)
      await insert(sql, 'exhibit', {
        id: one.id,
        case_id: one.caseId,
        number: one.number,
        kind: one.kind,
        hash_of: one.hashOf,
        sha256: hexToBytes(one.sha256),
        sha512: one.sha512 === null ? null : hexToBytes(one.sha512),
        vault_object: one.vaultObject,
        source_exhibit: one.sourceExhibit,
        acquirer: one.acquirer,
        recorded_by: one.recordedBy,
        authority: seal(one.authority, ['exhibit', one.id, 'authority']),
        place: seal(one.place, ['exhibit', one.id, 'place']),
        salt: seal(one.salt, ['exhibit', one.id, 'salt']),
        commitment: hexToBytes(exhibitCommitment(one)),
        acquired_at: one.acquiredAt,
        recorded_at: one.recordedAt,
        digest: hexToBytes(one.digest),
      })
      notes.note(exhibitState(one, exhibitCommitment(one)))
      await insertEvent(first, one.acquiredAt)
    }

    async function append(event: CustodyEvent): Promise<void> {
      const [row] = await sql.query<{ ended: Date }>(
        'SELECT ended FROM custody_event WHERE exhibit = $1 AND seq = $2',
        [event.exhibit, event.seq - 1],
      )
      if (!row) throw new Error(`exhibit ${event.exhibit} has no event ${event.seq - 1}`)
      await insertEvent(event, row.ended.toISOString())
    }

    async function insertEvent(event: CustodyEvent, previousEnded: string): Promise<void> {
      const { seal } = sealOf(event.caseId)
      const purpose = (part: string) => ['custody', event.exhibit, event.seq, part]
      await insert(sql, 'custody_event', {
        exhibit: event.exhibit,
        seq: event.seq,
        case_id: event.caseId,
        kind: event.kind,
        act: event.act,
        from_state: event.from,
        to_state: event.to,
        actor: event.actor,
        witness: event.witness,
        holder_before: event.holderBefore,
        holder_after: event.holderAfter,
        recipient: event.recipient,
        release_seq: event.releaseSeq,
        seal_before: event.sealBefore,
        seal_after: event.sealAfter,
        control_before: event.controlBefore,
        control_after: event.controlAfter,
        proof: event.proof,
        derived: event.derived,
        previous_ended: previousEnded,
        began: event.began,
        ended: event.ended,
        recorded_at: event.recordedAt,
        authority: seal(event.authority, purpose('authority')),
        place: seal(event.place, purpose('place')),
        details: seal(event.details as Json, purpose('details')),
        chain_tx: event.chainTx === null ? null : seal(event.chainTx as Json, purpose('chain-tx')),
        salt: seal(event.salt, purpose('salt')),
        commitment: hexToBytes(eventCommitment(event)),
        prev: hexToBytes(event.prev),
        digest: hexToBytes(event.digest),
      })
      notes.note(eventState(event, previousEnded, eventCommitment(event)))
    }
  }
}

/** Every row of exhibits and custody as the journal names it; `null` in the place of one that does not open. */
export async function* custodyRows(
  sql: Sql,
  keys: CaseKeys,
): AsyncGenerator<{ readonly place: string; readonly row: StateRow | null }> {
  const sealOf = (caseId: string) => (keys.caseKey(caseId) === null ? null : caseSeal(keys, caseId, USE))
  type Exact = { readonly commitment: Uint8Array }
  for await (const row of eachRow<ExhibitRow & Exact>(sql, 'SELECT * FROM exhibit ORDER BY id')) {
    const seal = sealOf(row.case_id)
    if (seal === null) continue
    const one = opened(() => rowToExhibit(row, seal))
    yield { place: `exhibit ${row.id}`, row: one && exhibitState(one, bytesToHex(row.commitment)) }
  }
  type EventExact = EventRow & Exact & { readonly previous_ended: Date }
  for await (const row of eachRow<EventExact>(sql, 'SELECT * FROM custody_event ORDER BY exhibit, seq')) {
    const seal = sealOf(row.case_id)
    if (seal === null) continue
    const one = opened(() => rowToEvent(row, seal))
    const state = one && eventState(one, row.previous_ended.toISOString(), bytesToHex(row.commitment))
    yield { place: `custody of exhibit ${row.exhibit}, event ${row.seq}`, row: state }
  }
}

function opened<T>(read: () => T): T | null {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof Stop) return null
    throw thrown
  }
}

function exhibitState(one: Exhibit, commitment: string): StateRow {
  const body = { ...one, commitment } as unknown as Json
  return { kind: 'custody.exhibit', id: one.id, version: 1, caseId: one.caseId, body, at: one.recordedAt }
}

function eventState(event: CustodyEvent, previousEnded: string, commitment: string): StateRow {
  const { exhibit, seq, caseId, recordedAt } = event
  const body = { ...event, previousEnded, commitment } as unknown as Json
  return { kind: 'custody.event', id: `${exhibit}/${seq}`, version: 1, caseId, body, at: recordedAt }
}

async function insert(sql: Sql, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row)
  const places = columns.map((_, index) => `$${index + 1}`)
  await sql.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`, Object.values(row))
}

type ExhibitRow = {
  readonly id: string
  readonly case_id: string
  readonly number: number
  readonly kind: Exhibit['kind']
  readonly hash_of: Exhibit['hashOf']
  readonly sha256: Uint8Array
  readonly sha512: Uint8Array | null
  readonly vault_object: string | null
  readonly source_exhibit: string | null
  readonly acquirer: Exhibit['acquirer']
  readonly recorded_by: string
  readonly authority: Uint8Array
  readonly place: Uint8Array
  readonly salt: Uint8Array
  readonly acquired_at: Date
  readonly recorded_at: Date
  readonly digest: Uint8Array
}

function rowToExhibit(row: ExhibitRow, { open }: CaseSeal): Exhibit | null {
  const authority = open<string>(row.authority, ['exhibit', row.id, 'authority'])
  const place = open<string>(row.place, ['exhibit', row.id, 'place'])
  const salt = open<string>(row.salt, ['exhibit', row.id, 'salt'])
  if (authority === null || place === null || salt === null) return null
  return {
    id: row.id,
    caseId: row.case_id,
    number: row.number,
    kind: row.kind,
    hashOf: row.hash_of,
    sha256: bytesToHex(row.sha256),
    sha512: row.sha512 === null ? null : bytesToHex(row.sha512),
    vaultObject: row.vault_object,
    sourceExhibit: row.source_exhibit,
    acquirer: row.acquirer,
    recordedBy: row.recorded_by,
    authority,
    place,
    acquiredAt: row.acquired_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    salt,
    digest: bytesToHex(row.digest),
  }
}

type EventRow = {
  readonly exhibit: string
  readonly seq: number
  readonly case_id: string
  readonly kind: CustodyEvent['kind']
  readonly act: CustodyEvent['act']
  readonly from_state: CustodyEvent['from']
  readonly to_state: CustodyEvent['to']
  readonly actor: string
  readonly witness: string | null
  readonly holder_before: CustodyEvent['holderBefore']
  readonly holder_after: CustodyEvent['holderAfter']
  readonly recipient: CustodyEvent['recipient']
  readonly release_seq: number | null
  readonly seal_before: string
  readonly seal_after: string
  readonly control_before: boolean
  readonly control_after: boolean
  readonly proof: string | null
  readonly derived: string | null
  readonly began: Date
  readonly ended: Date
  readonly recorded_at: Date
  readonly authority: Uint8Array
  readonly place: Uint8Array
  readonly details: Uint8Array
  readonly chain_tx: Uint8Array | null
  readonly salt: Uint8Array
  readonly prev: Uint8Array
  readonly digest: Uint8Array
}

function rowToEvent(row: EventRow, { open }: CaseSeal): CustodyEvent | null {
  const read = <T>(sealed: Uint8Array, part: string) => open<T>(sealed, ['custody', row.exhibit, row.seq, part])
  const authority = read<string>(row.authority, 'authority')
  const place = read<string>(row.place, 'place')
  const details = read<CustodyEvent['details']>(row.details, 'details')
  const salt = read<string>(row.salt, 'salt')
  if (authority === null || place === null || details === null || salt === null) return null
  return {
    exhibit: row.exhibit,
    caseId: row.case_id,
    kind: row.kind,
    seq: row.seq,
    act: row.act,
    from: row.from_state,
    to: row.to_state,
    actor: row.actor,
    witness: row.witness,
    holderBefore: row.holder_before,
    holderAfter: row.holder_after,
    recipient: row.recipient,
    releaseSeq: row.release_seq,
    sealBefore: row.seal_before,
    sealAfter: row.seal_after,
    controlBefore: row.control_before,
    controlAfter: row.control_after,
    proof: row.proof,
    derived: row.derived,
    began: row.began.toISOString(),
    ended: row.ended.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    authority,
    place,
    details,
    chainTx: row.chain_tx === null ? null : read<CustodyEvent['chainTx']>(row.chain_tx, 'chain-tx'),
    salt,
    prev: bytesToHex(row.prev),
    digest: bytesToHex(row.digest),
  }
}
