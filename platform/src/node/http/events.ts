/**
 * Live updates as server-sent events: what happens in the cases that the caller may read, in the order of the log.
 *
 * An event names the case, the kind of act and the record; what it says is fetched through the door, where it is asked for
 * anew. A client that comes back with Last-Event-ID misses nothing. Rights are asked for each batch of events, so that who
 * loses a right hears nothing more.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JournalEntry } from '../../evidence/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { unseal } from '../../kernel/crypto/index.ts'
import { stop } from '../../kernel/index.ts'
import type { Caller, Door } from '../door/door.ts'
import type { NodeKeys } from '../keys.ts'
import { entryPurpose } from '../store/journal-append.ts'

export type EventSetting = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly door: Door
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
}

const BATCH = 200
const PULSE_MS = 15_000
const PER_CALLER = 5

export function eventRoutes({
  database,
  keys,
  door,
  authenticate,
}: EventSetting): (server: FastifyInstance) => Promise<void> {
  const rings = new Set<() => void>()
  const openByCaller = new Map<string, number>()
  return async (server) => {
    const silence = await database.listen('comity_journal', () => {
      for (const ring of rings) ring()
    })
    const streams = new Set<() => void>()
    // Streams never end by themselves; a stopping server must not wait for them.
    server.addHook('preClose', async () => {
      for (const end of streams) end()
      await silence()
    })
    server.get('/v1/events', async (request, reply) => {
      const caller = await authenticate(request)
      if (!caller) stop('NOT_SIGNED_IN', 'You are not signed in.', { fix: 'Sign in, or send a key.' })
      const open = openByCaller.get(caller.personId) ?? 0
      if (open >= PER_CALLER)
        stop('TOO_MANY_REQUESTS', `You have ${open} streams open already.`, { fix: 'Close one of them.' })
      openByCaller.set(caller.personId, open + 1)
      let after = await startOf(request)
      reply.hijack()
      const { raw } = reply
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value)
      raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
      raw.write(`retry: 2000\nid: ${after}\n\n`)
      let wanted = true
      let rung = true
      let wake: () => void = () => {}
      const ring = () => {
        rung = true
        wake()
      }
      const end = () => {
        wanted = false
        wake()
      }
      rings.add(ring)
      streams.add(end)
      raw.on('close', end)
      try {
        while (wanted) {
          rung = false
          // A session that has ended, or a key that was revoked, hears no more.
          if ((await authenticate(request)) === null) break
          const batch = await nextBatch(caller, after)
          after = batch.last
          if (batch.text !== '') raw.write(batch.text)
          if (batch.more || rung) continue
          const rang = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(false), PULSE_MS)
            wake = () => {
              clearTimeout(timer)
              resolve(true)
            }
          })
          if (!rang && wanted) raw.write(': still here\n\n')
          // The entry is committed before it has its place in the log; the sequencer follows at once.
          if (rang) await new Promise((resolve) => setTimeout(resolve, 150))
        }
      } finally {
        rings.delete(ring)
        streams.delete(end)
        openByCaller.set(caller.personId, (openByCaller.get(caller.personId) ?? 1) - 1)
        raw.end()
      }
    })
  }

  async function startOf({ headers }: FastifyRequest): Promise<number> {
    const last = headers['last-event-id']
    if (typeof last === 'string' && /^-?\d{1,15}$/.test(last)) return Number(last)
    const [row] = await database.query<{ n: string | null }>('SELECT max(log_index) AS n FROM journal_entry')
    return Number(row?.n ?? -1)
  }

  async function nextBatch(caller: Caller, after: number): Promise<{ text: string; last: number; more: boolean }> {
    const rows = await database.query<{
      log_index: string
      id: string
      event: string
      case_id: string | null
      sealed: Uint8Array
    }>(
      'SELECT log_index, id, event, case_id, sealed FROM journal_entry WHERE log_index > $1 ORDER BY log_index LIMIT $2',
      [after, BATCH],
    )
    const allowed = new Map<string, boolean>()
    let text = ''
    for (const { log_index, id, event, case_id, sealed } of rows) {
      if (case_id === null) continue
      let may = allowed.get(case_id)
      if (may === undefined) {
        may = await door.maySee(caller, { right: 'readCase', subject: { type: 'case', id: case_id } })
        allowed.set(case_id, may)
      }
      const key = may ? keys.caseKey(case_id) : null
      const plain = key === null ? null : unseal(key, sealed, entryPurpose(id))
      if (!plain?.ok) continue
      const entry = JSON.parse(new TextDecoder().decode(plain.value)) as JournalEntry
      // An item may be for fewer people than its case: then even that it exists is not told.
      if (entry.of !== 'case' && !(await mayHear(caller, entry))) continue
      const data = JSON.stringify({ event, caseId: case_id, of: entry.of, id: entry.recordId, at: entry.at })
      text += `id: ${log_index}\nevent: ${event}\ndata: ${data}\n\n`
    }
    return { text, last: Number(rows.at(-1)?.log_index ?? after), more: rows.length === BATCH }
  }

  function mayHear(caller: Caller, entry: JournalEntry): Promise<boolean> {
    return door.maySee(caller, { right: 'readRecord', subject: { type: 'record', kind: entry.of, id: entry.recordId } })
  }
}
