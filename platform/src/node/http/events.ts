/**
 * Live updates as server-sent events: what happens in the cases that the caller may read, in the order of the log.
 *
 * A client that comes back with Last-Event-ID misses nothing. Rights are asked for each batch of events, so that who
 * loses a right hears nothing more.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../../io/postgres/index.ts'
import { stop } from '../../kernel/index.ts'
import { hear } from '../case-events.ts'
import type { Caller, Door } from '../door/door.ts'
import { PLACED } from '../journal.ts'
import type { NodeKeys } from '../keys.ts'

export type EventSetting = {
  readonly database: Database
  readonly keys: NodeKeys
  readonly door: Door
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
}

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
    const silence = await database.listen(PLACED, () => {
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
      const { raw } = reply
      // Gone while they were being asked who they are: nothing would tell of it any more.
      if (raw.destroyed || raw.socket === null || raw.socket.destroyed) return reply.hijack()
      const open = openByCaller.get(caller.personId) ?? 0
      if (open >= PER_CALLER)
        stop('TOO_MANY_REQUESTS', `You have ${open} streams open already.`, { fix: 'Close one of them.' })
      openByCaller.set(caller.personId, open + 1)
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
      // Whoever goes on to the next screen closes one and opens another: a line that is gone counts no more, whatever is still being read for it.
      let isCounted = true
      const discount = () => {
        if (isCounted) openByCaller.set(caller.personId, (openByCaller.get(caller.personId) ?? 1) - 1)
        isCounted = false
      }
      raw.on('close', () => {
        discount()
        end()
      })
      let after = await startOf(request).catch((thrown: unknown) => {
        discount()
        throw thrown
      })
      reply.hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) raw.setHeader(name, value)
      raw.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' })
      raw.write(`retry: 2000\nid: ${after}\n\n`)
      rings.add(ring)
      streams.add(end)
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
        }
      } finally {
        rings.delete(ring)
        streams.delete(end)
        discount()
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
    const { events, last, more } = await hear(database, keys, door, caller, after)
    const lines = events.map(
      ({ index, ...event }) => `id: ${index}\nevent: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`,
    )
    return { text: lines.join(''), last, more }
  }
}
