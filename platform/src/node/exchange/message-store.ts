/**
 * The messages of a node in PostgreSQL. Each transaction is an act of the node at its door, so that what a message does, its row,
 * its receipt and its entry in the journal commit together. The journal names every row in each state that it comes to.
 *
 * Past four hundred lines on purpose: what a transaction reads together and writes together has to be seen in one place.
 */

import type { StateRow } from '../../evidence/index.ts'
import {
  ASKED_FOR_MS,
  type Chain,
  type DeliveryStore,
  type DeliveryTx,
  type Exchange,
  type Leased,
  type Outgoing,
  type Received,
} from '../../exchange/delivery/index.ts'
import { eachRow, type Sql } from '../../io/postgres/index.ts'
import { seal, unseal } from '../../kernel/crypto/index.ts'
import { canonicalJson, catchRefusal, type Event, type Json, ok, orStop, type Result } from '../../kernel/index.ts'
import type { Door, NodeWork } from '../door/door.ts'
import type { NodeKeys } from '../keys.ts'
import { askedTogether } from './asked-together.ts'
import { receiptEvent } from './receipt-entry.ts'

export interface NodeTx extends DeliveryTx {
  readonly work: NodeWork
  /** An event of this transaction for the journal. */
  tell(event: Event): void
  /** Puts a message of another agency that belonged to no case under the key of one. */
  file(from: string, id: string, caseId: string): Promise<void>
}

type OutRow = {
  readonly id: string
  readonly version: number
  readonly peer: string
  readonly exchange: string
  readonly opens: boolean
  readonly seq: number
  readonly digest: string
  readonly type: string
  readonly case_id: string | null
  readonly sealed: Uint8Array
  readonly deadline: Date
  readonly state: Outgoing['state']
  readonly attempts: number
  readonly next_at: Date
  readonly leased_until: Date
  readonly problem: string | null
  readonly problem_times: number
  readonly receipt: Uint8Array | null
  readonly skip: Uint8Array | null
  readonly skipped: boolean
  readonly at: Date
}

type InRow = {
  readonly sender: string
  readonly id: string
  readonly version: number
  readonly exchange: string
  readonly seq: number
  readonly prev: string | null
  readonly digest: string
  readonly type: string
  readonly case_id: string | null
  readonly sealed: Uint8Array
  readonly state: Received['state']
  readonly receipt: Uint8Array | null
  readonly at: Date
}

export function messageStore(door: Door, keys: NodeKeys): DeliveryStore<NodeTx> {
  return {
    transaction: async <T>(work: (tx: NodeTx) => Promise<T>) =>
      orStop(
        await door.asNode<T>(async (opened) => {
          const events: Event[] = []
          const { tx, write } = txOf(opened, keys, events, true)
          const result = await work(tx)
          write()
          return ok({ result, events })
        }),
      ),
  }
}

/** Rows that a worker may have to do with: as the indexes say it. */
const OPEN = `state IN ('queued', 'non-delivered')`

const NEW_EXCHANGE =
  'INSERT INTO exchange (id, opener, other, at) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])'
const CHANGE_OUT = `UPDATE message_out m SET state = n.state, attempts = n.attempts, next_at = n.next_at, leased_until = n.leased_until,
    problem = n.problem, problem_times = n.problem_times, receipt = n.receipt, skip = n.skip, skipped = n.skipped, version = n.version, at = n.at
  FROM unnest($1::text[], $2::text[], $3::integer[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::integer[], $8::bytea[], $9::bytea[],
    $10::boolean[], $11::integer[], $12::timestamptz[])
    AS n (id, state, attempts, next_at, leased_until, problem, problem_times, receipt, skip, skipped, version, at)
  WHERE m.id = n.id`
/** The trigger lets only a held one be written over. */
const PUT_IN = `INSERT INTO message_in (sender, id, version, exchange, seq, prev, digest, type, case_id, sealed, state, receipt, at, entry)
  SELECT * FROM unnest($1::text[], $2::text[], $3::integer[], $4::text[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::uuid[],
    $10::bytea[], $11::text[], $12::bytea[], $13::timestamptz[], $14::uuid[])
  ON CONFLICT (sender, id) DO UPDATE SET version = excluded.version, digest = excluded.digest, case_id = excluded.case_id,
    sealed = excluded.sealed, state = excluded.state, receipt = excluded.receipt, at = excluded.at, entry = excluded.entry`

/** Rows as the columns that `unnest` takes. */
function columnsOf(rows: readonly (readonly unknown[])[]): unknown[][] {
  return (rows[0] ?? []).map((_, at) => rows.map((row) => row[at]))
}

/** What an act of the node reads and writes of messages; its events are put with the others of the act. */
export function nodeTx(work: NodeWork, keys: NodeKeys, events: Event[]): NodeTx {
  return txOf(work, keys, events, false).tx
}

/** Where rows may be held back they go in one statement with others of their kind, and `write` sends the last of them. */
function txOf(
  work: NodeWork,
  keys: NodeKeys,
  events: Event[],
  holdsBack: boolean,
): { readonly tx: NodeTx; readonly write: () => void } {
  const { sql, records } = work
  const tell = (event: Event) => void events.push(event)
  // Locked once in a transaction, a row stays as it was read until it is changed here.
  const rows = new Map<string, OutRow>()
  const about = (name: string, id: string, caseId: string | null, body: Json) =>
    tell({ name, of: 'message', id, caseId, body })
  // What is asked for several messages in one turn is one statement, in the order in which the kinds were first asked for.
  const lock = askedTogether(async (names: readonly string[]) => {
    // In one order everywhere, so that no two wait for each other.
    await sql.query('SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest($1::text[]) AS n (name)', [
      [...names].sort(),
    ])
    return names.map(() => undefined)
  })
  const exchange = askedTogether(async (ids: readonly string[]) => {
    const found = await sql.query<Exchange>('SELECT id, opener, other FROM exchange WHERE id = ANY ($1)', [ids])
    const byId = new Map(found.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? null)
  })
  const chain = askedTogether((keys: readonly { readonly exchange: string; readonly sender: string }[]) =>
    eachOf<Chain>(
      keys,
      `SELECT k.place, c.seq, c.digest FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS k (exchange, sender, place)
       CROSS JOIN LATERAL (SELECT seq, digest FROM message_out WHERE exchange = k.exchange AND peer <> k.sender
         UNION ALL SELECT seq, digest FROM message_in WHERE exchange = k.exchange AND sender = k.sender AND state <> 'held'
         ORDER BY seq DESC LIMIT 1) c`,
      [keys.map((key) => key.exchange), keys.map(({ sender }) => sender)],
    ),
  )
  const received = askedTogether((ids: readonly { readonly from: string; readonly id: string }[]) =>
    eachOf<InRow>(
      ids,
      `SELECT k.place, m.* FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS k (sender, id, place)
       CROSS JOIN LATERAL (SELECT * FROM message_in WHERE sender = k.sender AND id = k.id LIMIT 1) m`,
      [ids.map(({ from }) => from), ids.map(({ id }) => id)],
    ),
  )
  const receivedAt = askedTogether(
    (places: readonly { readonly exchange: string; readonly from: string; readonly seq: number }[]) =>
      eachOf<InRow>(
        places,
        `SELECT k.place, m.* FROM unnest($1::text[], $2::text[], $3::integer[]) WITH ORDINALITY AS k (exchange, sender, seq, place)
         CROSS JOIN LATERAL (SELECT * FROM message_in WHERE exchange = k.exchange AND sender = k.sender AND seq = k.seq LIMIT 1) m`,
        [places.map((place) => place.exchange), places.map(({ from }) => from), places.map(({ seq }) => seq)],
      ),
  )
  const newExchange = askedTogether(async (rows: readonly (readonly unknown[])[]) => {
    sql.last(NEW_EXCHANGE, columnsOf(rows))
    return rows
  })
  let changed: (readonly unknown[])[] = []
  let put: (readonly unknown[])[] = []
  const write = () => {
    if (changed.length > 0) sql.last(CHANGE_OUT, columnsOf(changed))
    if (put.length > 0) sql.last(PUT_IN, columnsOf(put))
    changed = []
    put = []
  }
  /** What is read is what was written. */
  const written = <A extends readonly unknown[], R>(read: (...given: A) => R) => {
    return (...given: A): R => {
      write()
      return read(...given)
    }
  }
  const outRows = askedTogether(async (ids: readonly string[]) => {
    const found = await sql.query<OutRow>('SELECT * FROM message_out WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [ids])
    for (const row of found) rows.set(row.id, row)
    return ids.map((id) => rows.get(id))
  })
  const tx: NodeTx = {
    work,
    tell,
    lock: (id, sender) => lock(`exchange ${id} ${sender}`),
    exchange,
    putExchange: async ({ id, opener, other }) => {
      const at = new Date(work.now).toISOString()
      await newExchange([id, opener, other, at])
      records.note(exchangeState({ id, opener, other }, at))
    },
    chain: written(async (id: string, sender: string) => {
      const row = await chain({ exchange: id, sender })
      return row ? { seq: row.seq, digest: row.digest } : null
    }),

    outgoing: written(async (id: string) => {
      const row = await outRow(id)
      return row ? outgoingOf(row, keys) : null
    }),
    addOutgoing: async (row) => {
      const at = new Date(work.now)
      sql.last(
        `INSERT INTO message_out (id, peer, exchange, opens, seq, digest, type, case_id, sealed, deadline, state, next_at, leased_until, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          ...[row.id, row.peer, row.exchange, row.opens, row.seq, row.digest, row.type, row.caseId],
          sealed(keys, row.caseId, row.envelope, outPurpose(row)),
          ...[new Date(row.deadline), row.state, new Date(row.nextAt), new Date(row.leasedUntil), at],
        ],
      )
      records.note(outState(row, 1, at.toISOString()))
      about('message.queued', row.id, row.caseId, { peer: row.peer, type: row.type, digest: row.digest })
    },
    changeOutgoing: async (row) => {
      const before = await outRow(row.id)
      if (!before) throw new Error(`no message ${row.id}`)
      const isSettled = before.state !== row.state || before.skipped !== row.skipped
      const at = new Date(work.now)
      rows.delete(row.id)
      changed.push([
        ...[row.id, row.state, row.attempts, new Date(row.nextAt), new Date(row.leasedUntil)],
        ...[row.problem?.code ?? null, row.problem?.times ?? 0, row.receipt, row.skip, row.skipped],
        ...[before.version + (isSettled ? 1 : 0), isSettled ? at : before.at],
      ])
      if (!holdsBack) write()
      if (!isSettled) return
      records.note(outState(row, before.version + 1, at.toISOString()))
      about('message.settled', row.id, row.caseId, { peer: row.peer, state: row.state, skipped: row.skipped })
    },
    // Rows are asked for by arrays of ids, and what stands before one in the order of its chain: joined and without an order,
    // PostgreSQL goes through all rows that there ever were, each time.
    lease: written(async (now: number, until: number, limit: number, perPeer: number) => {
      const found = await sql.query<OutRow & { after_gap: boolean }>(
        `WITH RECURSIVE peers AS (
             (SELECT peer FROM message_out WHERE ${OPEN} ORDER BY peer LIMIT 1)
             UNION ALL
             SELECT (SELECT m.peer FROM message_out m WHERE m.${OPEN} AND m.peer > p.peer ORDER BY m.peer LIMIT 1)
             FROM peers p WHERE p.peer IS NOT NULL),
           due AS (SELECT d.id, d.next_at, d.seq FROM peers p CROSS JOIN LATERAL (
             SELECT m.id, m.next_at, m.seq FROM message_out m
             WHERE m.peer = p.peer AND m.${OPEN} AND m.next_at <= $1 AND m.leased_until <= $1 AND (
               (m.state = 'queued' AND m.deadline > $1 AND (
                 SELECT e.seq FROM message_out e WHERE e.exchange = m.exchange AND e.state = 'queued' AND e.seq < m.seq
                 ORDER BY e.seq DESC LIMIT 1) IS NULL)
               OR (m.state = 'non-delivered' AND m.deadline > $5))
             ORDER BY m.next_at LIMIT greatest(0, $4 - (
               SELECT count(*) FROM message_out b WHERE b.peer = p.peer AND b.${OPEN} AND b.leased_until > $1))) d
             WHERE p.peer IS NOT NULL),
           free AS (SELECT m.id FROM message_out m WHERE m.id = ANY (ARRAY(SELECT id FROM due ORDER BY next_at, seq LIMIT $3))
             AND m.leased_until <= $1 FOR UPDATE SKIP LOCKED)
         UPDATE message_out m SET attempts = m.attempts + 1, leased_until = $2 WHERE m.id = ANY (ARRAY(SELECT id FROM free))
         RETURNING m.*, EXISTS (SELECT 1 FROM message_out g WHERE g.exchange = m.exchange AND g.seq < m.seq AND g.skip IS NOT NULL
           AND NOT g.skipped AND g.state IN ('non-delivered', 'quarantined', 'conflict')) AS after_gap`,
        [new Date(now), new Date(until), limit, perPeer, new Date(now - ASKED_FOR_MS)],
      )
      return found.map((row): Leased => ({ ...outgoingOf(row, keys), afterGap: row.after_gap }))
    }),
    overdue: written(async (now: number, limit: number) => {
      const found = await sql.query<OutRow>(
        `SELECT * FROM message_out WHERE state = 'queued' AND deadline <= $1 AND leased_until <= $1
         ORDER BY deadline LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [new Date(now), limit],
      )
      return found.map((row) => outgoingOf(row, keys))
    }),
    behind: written(async (exchange: string, seq: number) => {
      const found = await sql.query<OutRow>(
        `SELECT * FROM message_out WHERE exchange = $1 AND seq > $2 AND state = 'queued' ORDER BY seq FOR UPDATE`,
        [exchange, seq],
      )
      return found.map((row) => outgoingOf(row, keys))
    }),
    gapsBefore: written(async (exchange: string, seq: number) => {
      const found = await sql.query<OutRow>(
        `SELECT * FROM message_out WHERE exchange = $1 AND seq < $2 AND skip IS NOT NULL AND NOT skipped
           AND state IN ('non-delivered', 'quarantined', 'conflict') ORDER BY seq`,
        [exchange, seq],
      )
      return found.map((row) => outgoingOf(row, keys))
    }),

    waitingFor: written(async (peer: string, now: number, limit: number) => {
      const found = await sql.query<OutRow>(
        `SELECT m.* FROM message_out m JOIN exchange e ON e.id = m.exchange
         WHERE m.peer = $1 AND ((m.state = 'queued' AND m.deadline > $2)
           OR (m.skip IS NOT NULL AND NOT m.skipped AND m.state IN ('non-delivered', 'quarantined', 'conflict')))
         ORDER BY e.at, m.exchange, m.seq LIMIT $3`,
        [peer, new Date(now), limit],
      )
      return found.map((row) => outgoingOf(row, keys))
    }),
    endedFrom: written(async (peer: string, limit: number) => {
      const found = await sql.query<InRow>(
        `SELECT * FROM message_in WHERE sender = $1 AND state <> 'held' ORDER BY at DESC, id LIMIT $2`,
        [peer, limit],
      )
      return found.map((row) => receivedOf(row, keys))
    }),

    received: written(async (from: string, id: string) => {
      const row = await received({ from, id })
      return row ? receivedOf(row, keys) : null
    }),
    receivedAt: written(async (id: string, from: string, seq: number) => {
      const row = await receivedAt({ exchange: id, from, seq })
      return row ? receivedOf(row, keys) : null
    }),
    putReceived: async (row) => {
      const at = new Date(row.at)
      const entry = row.receipt === null ? null : work.newId()
      put.push([
        ...[row.from, row.id, row.version, row.exchange, row.seq, row.prev, row.digest, row.type, row.caseId],
        sealed(keys, row.caseId, row.envelope, inPurpose(row)),
        ...[row.state, row.receipt, at, entry],
      ])
      if (!holdsBack) write()
      records.note(inState(row, row.version, at.toISOString()))
      const name = { held: 'message.held', skipped: 'message.skipped' }[row.state as string] ?? 'message.received'
      about(name, row.id, row.caseId, { from: row.from, type: row.type, digest: row.digest, state: row.state })
      if (entry !== null && row.receipt !== null) tell(receiptEvent(row, row.receipt, entry))
    },

    file: async (from, id, caseId) => {
      write()
      const found = await received({ from, id })
      const row = found && receivedOf(found, keys)
      if (row === null || row.caseId !== null) throw new Error(`no message of ${from} to file`)
      const at = new Date(work.now)
      const filed: Received = { ...row, caseId, version: row.version + 1, at: work.now }
      sql.last('UPDATE message_in SET version = $3, case_id = $4, sealed = $5, at = $6 WHERE sender = $1 AND id = $2', [
        ...[from, id, filed.version, caseId],
        ...[sealed(keys, caseId, row.envelope, inPurpose(row)), at],
      ])
      records.note(inState(filed, filed.version, at.toISOString()))
      about('message.filed', id, caseId, { from, type: row.type, digest: row.digest })
    },

    attempt: async <T>(inner: () => Promise<Result<T>>) => {
      const [told, noted] = [events.length, records.written.length]
      // What was held back before may be sent within: it is undone with the rest, and is then still to be written.
      const before = { changed: [...changed], put: [...put] }
      // Its answer comes with that of the first statement after it.
      const begun = sql.query('SAVEPOINT attempt')
      begun.catch(() => {})
      const done = await inner()
      await begun
      if (done.ok) {
        // Those of a group do not stand inside one another.
        sql.last('RELEASE SAVEPOINT attempt', [])
        return done
      }
      await sql.query('ROLLBACK TO SAVEPOINT attempt')
      events.length = told
      records.undo(noted)
      ;({ changed, put } = before)
      rows.clear()
      return done
    },
  }
  return { tx, write }

  async function outRow(id: string): Promise<OutRow | undefined> {
    const known = rows.get(id)
    if (known) return known
    write()
    return outRows(id)
  }

  /** For each key the row that was found for it, or null. */
  async function eachOf<R extends object>(asked: readonly unknown[], text: string, values: readonly unknown[]) {
    const found = await sql.query<R & { readonly place: string }>(text, values)
    const byPlace = new Map(found.map((row) => [Number(row.place), row]))
    return asked.map((_, at): R | null => byPlace.get(at + 1) ?? null)
  }
}

function sealed(keys: NodeKeys, caseId: string | null, plain: Uint8Array, purpose: string): Uint8Array {
  return seal(keyOf(keys, caseId), plain, purpose)
}

function keyOf(keys: NodeKeys, caseId: string | null): Uint8Array {
  const key = caseId === null ? keys.nodeKey('messages') : keys.caseKey(caseId)
  if (key === null) throw new Error('a message of an erased case')
  return key
}

/** What was sealed under the key of a case that is erased is gone; that there was a message is still known. */
function opened(keys: NodeKeys, caseId: string | null, bytes: Uint8Array, purpose: string): Uint8Array {
  if (caseId !== null && keys.caseKey(caseId) === null) return new Uint8Array()
  return orStop(unseal(keyOf(keys, caseId), bytes, purpose))
}

function outPurpose({ id, digest }: Pick<Outgoing, 'id' | 'digest'>): string {
  return canonicalJson(['message', 'out', id, digest])
}

function inPurpose({ from, id, digest }: Pick<Received, 'from' | 'id' | 'digest'>): string {
  return canonicalJson(['message', 'in', from, id, digest])
}

function outgoingOf(row: OutRow, keys: NodeKeys): Outgoing {
  const { id, peer, exchange, opens, seq, digest, type, state, attempts, receipt, skip, skipped } = row
  return {
    ...{ id, peer, exchange, opens, seq, digest, type, state, attempts, receipt, skip, skipped },
    caseId: row.case_id,
    envelope: opened(keys, row.case_id, row.sealed, outPurpose(row)),
    deadline: row.deadline.getTime(),
    nextAt: row.next_at.getTime(),
    leasedUntil: row.leased_until.getTime(),
    problem: row.problem === null ? null : { code: row.problem, times: row.problem_times },
  }
}

function receivedOf(row: InRow, keys: NodeKeys): Received {
  const { sender: from, id, version, exchange, seq, prev, digest, type, state, receipt } = row
  const envelope = opened(keys, row.case_id, row.sealed, inPurpose({ from, id, digest }))
  return {
    from,
    id,
    version,
    exchange,
    seq,
    prev,
    digest,
    type,
    state,
    receipt,
    envelope,
    caseId: row.case_id,
    at: row.at.getTime(),
  }
}

function exchangeState({ id, opener, other }: Exchange, at: string): StateRow {
  return { kind: 'exchange', id, version: 1, caseId: null, body: { opener, other }, at }
}

function outState(row: Outgoing, version: number, at: string): StateRow {
  const { id, caseId, peer, exchange, opens, seq, digest, type, deadline, state, skipped } = row
  const body = {
    ...{ peer, exchange, opens, seq, digest, type, deadline, state, skipped },
    receipt: hexOf(row.receipt),
    skip: hexOf(row.skip),
  }
  return { kind: 'message.out', id, version, caseId, body, at }
}

function inState(row: Received, version: number, at: string): StateRow {
  const { from, id, caseId, exchange, seq, prev, digest, type, state } = row
  const body = { exchange, seq, prev, digest, type, state, receipt: hexOf(row.receipt) }
  return { kind: 'message.in', id: `${from}/${id}`, version, caseId, body, at }
}

function hexOf(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('hex')
}

/** A row that has come under the key of a case since, which is destroyed: what was said of it before stands in the journal of the node. */
export type ErasedRow = Pick<StateRow, 'kind' | 'id' | 'version' | 'caseId'>

/** Every row as the journal must name it, for the check of the journal; `row` is null where it does not open. Of one of an erased case nothing is left to compare: `erased`. */
export async function* messageRows(
  sql: Sql,
  keys: NodeKeys,
): AsyncGenerator<{ readonly place: string; readonly row: StateRow | null } | { readonly erased: ErasedRow }> {
  const isErased = (caseId: string | null) => caseId !== null && keys.caseKey(caseId) === null
  const read = (place: string, state: () => StateRow) => {
    const row = catchRefusal(state)
    return { place, row: row.ok ? row.value : null }
  }
  for await (const row of eachRow<Exchange & { at: Date }>(sql, 'SELECT * FROM exchange ORDER BY id'))
    yield { place: `exchange ${row.id}`, row: exchangeState(row, row.at.toISOString()) }
  for await (const row of eachRow<OutRow>(sql, 'SELECT * FROM message_out ORDER BY id'))
    if (!isErased(row.case_id))
      yield read(`message.out ${row.id}`, () => outState(outgoingOf(row, keys), row.version, row.at.toISOString()))
  for await (const row of eachRow<InRow>(sql, 'SELECT * FROM message_in ORDER BY sender, id'))
    if (isErased(row.case_id))
      yield { erased: { kind: 'message.in', id: `${row.sender}/${row.id}`, version: row.version, caseId: row.case_id } }
    else
      yield read(`message.in ${row.sender}/${row.id}`, () =>
        inState(receivedOf(row, keys), row.version, row.at.toISOString()),
      )
}
