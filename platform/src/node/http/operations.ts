/** What keeps a node running asks here: is it alive, is it ready, how is it doing. No case is touched. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parseCheckpoint } from '../../evidence/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { stop } from '../../kernel/index.ts'
import { isLoopback } from '../config.ts'
import type { NodeJournal } from '../journal.ts'
import type { Metrics } from '../metrics.ts'

export type Operations = { readonly database: Database; readonly journal: NodeJournal; readonly metrics: Metrics }

export function operationRoutes({ database, journal, metrics }: Operations): (server: FastifyInstance) => void {
  return (server) => {
    server.get('/healthz', async () => ({ alive: true }))
    server.get('/readyz', async (_request, reply) => {
      const answers = await database.query('SELECT 1').then(
        () => true,
        () => false,
      )
      const checkpoint = await journal.log.checkpoint()
      const ready = answers && checkpoint !== null
      return reply.code(ready ? 200 : 503).send({ ready, database: answers, journal: checkpoint !== null })
    })
    server.get('/metrics', async (request, reply) => {
      onlyFromHere(request)
      const checkpoint = await journal.log.checkpoint()
      const parsed = checkpoint ? parseCheckpoint(checkpoint) : null
      if (parsed?.ok) metrics.journalSize.set(Number(parsed.value.size))
      return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
    })
  }
}

/** Metrics say how much is going on, which is nobody's business outside; collectors run on the same machine. */
function onlyFromHere({ socket, headers }: FastifyRequest): void {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  if (!isLoopback(address) || headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined)
    stop('NOT_PERMITTED', 'Metrics are read from this machine only.', { fix: 'Run the collector beside the node.' })
}
