/** The desk of messages over this node's agency: a message is queued in the transaction of whoever acts. */

import type { MessageDesk, Queued, Self, Sending } from '../../exchange/desk/index.ts'
import type { DirectoryView } from '../../exchange/directory/index.ts'
import { goesOn, isSuspended, suspended } from '../../exchange/together/index.ts'
import { messageTypes, ownMajors, readKept, usualDeadline } from '../../exchange/wire/index.ts'
import type { Sql } from '../../io/postgres/index.ts'
import { checkJwk } from '../../kernel/crypto/index.ts'
import { type ActionContext, type Event, ok, orStop, type Result, refuse, Stop } from '../../kernel/index.ts'
import type { NodeWork } from '../door/door.ts'
import type { NodeKeys } from '../keys.ts'
import type { RecordWork } from '../store/records.ts'
import type { Agency } from './agency.ts'
import type { ForkRow } from './journal-forks.ts'
import { nodeTx } from './message-store.ts'

export type DeskSetting = {
  readonly me: string
  readonly keys: NodeKeys
  readonly agency: () => Pick<Agency, 'queue'>
  readonly directory: () => DirectoryView
  readonly self: Self
}

/** The port of a node that takes part in no exchange: it has received nothing, and sends nothing. */
export function noDesk(self: Self): MessageDesk {
  return {
    me: '',
    self,
    checkJwk,
    queue: async () =>
      refuse('EXCHANGE_OFF', 'This node takes part in no exchange.', {
        fix: 'Join one: comity node join. See docs/guides/exchange.md.',
      }),
    exchange: async () => null,
    message: async () => null,
    casesOf: async () => [],
    received: async () => null,
    kept: async () => null,
    file: async () => [],
    members: () => [],
    forks: async () => [],
  }
}

/** The port `messages`, made anew for each act with its transaction. */
export function messageDesk({
  me,
  keys,
  agency,
  directory,
  self,
}: DeskSetting): (sql: Sql, records: RecordWork) => MessageDesk {
  return (sql, records) => ({
    me,
    self,
    checkJwk,
    members: () => {
      const seen = directory()
      return seen.members().map(({ member }) => {
        const { id, name, country, kind, roles, status, contact, scopes, signingKeys } = member
        const { mayOpen, because } = seen.standingOf(id)
        const keys = signingKeys.map(({ keyid, from, until }) => ({ id: keyid, from, until }))
        return { id, name, country, kind, roles, status, contact, scopes, keys, mayOpen, because }
      })
    },
    forks: async () =>
      (await sql.query<ForkRow>('SELECT id, agency, statement, at FROM journal_fork ORDER BY at, id')).map(
        ({ id, agency, statement, at }) => ({
          ...{ id, agency, at: at.toISOString() },
          statement: Buffer.from(statement).toString('base64'),
        }),
      ),
    received: async (from, id) => {
      const row = await nodeTx(workOf(sql, records, null), keys, []).received(from, id)
      return row === null || row.envelope.length === 0 || row.state !== 'accepted'
        ? null
        : orStop(readKept(row.envelope))
    },
    kept: async (direction, peer, id) => {
      const tx = nodeTx(workOf(sql, records, null), keys, [])
      const row = direction === 'out' ? await tx.outgoing(id) : await tx.received(peer, id)
      if (row === null || row.envelope.length === 0) return null
      const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
      return { envelope: base64(row.envelope), receipt: row.receipt === null ? null : base64(row.receipt) }
    },
    file: async (context, from, id, caseId) => {
      const events: Event[] = []
      await nodeTx(workOf(sql, records, context), keys, events).file(from, id, caseId)
      return events
    },
    queue: async (context, sending) => {
      const allowed = maySend(directory(), me, sending)
      if (!allowed.ok) return allowed
      if (!goesOn(sending.type) && (await isSuspended(records, sending.peer))) return suspended(sending.peer)
      return queue(sql, records, context, sending)
    },
    exchange: async (id) => {
      const [row] = await sql.query<{ opener: string; other: string; opening_type: string; case_id: string | null }>(
        `SELECT e.opener, e.other, coalesce(o.type, i.type) AS opening_type, coalesce(o.case_id, i.case_id) AS case_id
         FROM exchange e LEFT JOIN message_out o ON o.exchange = e.id AND o.opens
         LEFT JOIN message_in i ON i.exchange = e.id AND i.seq = 1 AND i.sender = e.opener WHERE e.id = $1`,
        [id],
      )
      return row ? { opener: row.opener, other: row.other, openingType: row.opening_type, caseId: row.case_id } : null
    },
    message: async (digest) => {
      const [row] = await sql.query<{
        exchange: string
        sender: string
        receiver: string
        type: string
        case_id: string | null
        state: string
      }>(
        `SELECT exchange, $2::text AS sender, peer AS receiver, type, case_id, state FROM message_out WHERE digest = $1
         UNION ALL SELECT exchange, sender, $2::text, type, case_id, state FROM message_in WHERE digest = $1 LIMIT 1`,
        [digest, me],
      )
      if (!row) return null
      const { exchange, sender: from, receiver: to, type, case_id: caseId, state } = row
      return { exchange, from, to, type, caseId, state }
    },
    casesOf: async (exchange) => {
      const rows = await sql.query<{ case_id: string }>(
        `SELECT case_id FROM message_out WHERE exchange = $1 AND case_id IS NOT NULL
         UNION SELECT case_id FROM message_in WHERE exchange = $1 AND case_id IS NOT NULL ORDER BY 1`,
        [exchange],
      )
      return rows.map((row) => row.case_id)
    },
  })

  async function queue(
    sql: Sql,
    records: RecordWork,
    context: ActionContext,
    sending: Sending,
  ): Promise<Result<Queued>> {
    const { now } = context
    const { type, major = newestMajor(type), deadline = usualDeadline(type, now), ...rest } = sending
    if (deadline === null || Date.parse(deadline) <= Date.parse(now))
      return refuse('EXCHANGE_DEADLINE', 'The message could not be delivered in time: its deadline has passed.', {
        place: '/deadline',
        fix: 'State a later one, or none.',
      })
    const events: Event[] = []
    const tx = nodeTx(workOf(sql, records, context), keys, events)
    try {
      const { id, exchange, digest } = await agency().queue(tx, {
        ...rest,
        ...{ type, major, deadline: Date.parse(deadline) },
        header: { ...rest.header, deadline },
      })
      return ok({ id, exchange, digest, events })
    } catch (thrown) {
      if (thrown instanceof Stop) return { ok: false, refusal: thrown.refusal }
      throw thrown
    }
  }
}

/** For reads there is no context, and none is needed. */
function workOf(sql: Sql, records: RecordWork, context: ActionContext | null): NodeWork {
  const missing = (): never => {
    throw new Error('a read has written')
  }
  return {
    sql,
    records,
    now: context === null ? 0 : Date.parse(context.now),
    newId: context?.newId ?? missing,
    context: () => context ?? missing(),
  }
}

/** What is said to nobody, and what the directory lets neither side do, is not queued: it would only be refused there. */
function maySend(directory: DirectoryView, me: string, { peer, type, exchange }: Sending): Result<null> {
  const standing = directory.standingOf(peer)
  const no = (code: string, message: string, place: string, fix: string) => refuse(code, message, { place, fix })
  if (!messageTypes.has(type))
    return no(
      'EXCHANGE_TYPE_UNKNOWN',
      `There is no message of the type ${type}.`,
      '/type',
      'See docs/spec/exchange.md.',
    )
  if (exchange === null ? !standing.mayOpen : !standing.mayStill)
    return no(
      'EXCHANGE_NO_MEMBER',
      `Nothing can be sent to ${peer} now: ${standing.because}.`,
      '/peer',
      'See comity directory members, or ask its keepers.',
    )
  if (!mayExchange(directory, me, peer, type))
    return no(
      'EXCHANGE_SCOPE',
      `The directory does not let ${me} send ${peer} messages of the type ${type}.`,
      '/type',
      'Ask those who keep the directory for the scope, or a member that takes them.',
    )
  return ok(null)
}

/**
 * Whether the directory lets one send and the other receive messages of this type. What only follows goes with the scope of what
 * opened its exchange: whoever is a party of that may answer in it.
 */
export function mayExchange(directory: DirectoryView, from: string, to: string, type: string): boolean {
  if (messageTypes.get(type)?.scope === 'of-the-opening') return true
  return directory.maySend(from, type) && directory.mayReceive(to, type)
}

function newestMajor(type: string): number {
  return Math.max(...(ownMajors[type] ?? [0]))
}
