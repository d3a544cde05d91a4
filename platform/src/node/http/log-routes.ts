/**
 * The published journal, as C2SP tlog-tiles lays it out: for witnesses, monitors and mirrors. It holds commitments, times
 * and names of events; anybody may fetch it, so that nobody need be believed. `/log/anchors` gives the newest stamp of each
 * time-stamping authority, with the checkpoint that it is on; `/log/checkpoint` the newest checkpoint, with the cosignatures that
 * are known on it, and `/log/cosigned` the newest that has any.
 */
import type { FastifyInstance } from 'fastify'
import type { Database } from '../../io/postgres/index.ts'
import { stop } from '../../kernel/index.ts'
import { latestAnchors } from '../anchors.ts'
import { cosignedCheckpoint, withCosignatures } from '../exchange/cosigning.ts'
import type { NodeJournal } from '../journal.ts'

const TILE = /^tile\/(entries|[0-9]{1,2})(\/x[0-9]{3})*\/[0-9]{3}(\.p\/[0-9]{1,3})?$/

export function logRoutes({ log, vkey }: NodeJournal, database: Database): (server: FastifyInstance) => void {
  return (server) => {
    server.get('/log/anchors', async () => ({
      items: (await latestAnchors(database)).map(({ size, authority, checkpoint, token, nonce, at }) => ({
        size,
        authority,
        at,
        checkpoint: Buffer.from(checkpoint).toString('utf8'),
        token: Buffer.from(token).toString('base64'),
        nonce,
      })),
    }))
    server.get('/log/checkpoint', async (_request, reply) => {
      const checkpoint = await log.checkpoint()
      if (!checkpoint)
        stop('ACTION_UNKNOWN', 'The journal has no checkpoint yet.', { fix: 'Ask again in some seconds.' })
      return reply.type('text/plain; charset=utf-8').send(Buffer.from(await withCosignatures(database, checkpoint)))
    })
    // The newest that witnesses have cosigned: on a busy node the very newest is a moment ahead of them.
    server.get('/log/cosigned', async (_request, reply) => {
      const cosigned = await cosignedCheckpoint(database, 1)
      if (!cosigned)
        stop('ACTION_UNKNOWN', 'No witness has cosigned a checkpoint of this journal yet.', {
          fix: 'Ask for /log/checkpoint, which the journal itself has signed.',
        })
      return reply.type('text/plain; charset=utf-8').send(Buffer.from(cosigned.note))
    })
    server.get('/log/key', async (_request, reply) => reply.type('text/plain; charset=utf-8').send(`${vkey}\n`))
    server.get('/log/*', async (request, reply) => {
      const path = (request.params as { '*': string })['*']
      const bytes = TILE.test(path) ? await log.read(path) : null
      if (!bytes) stop('ACTION_UNKNOWN', 'The journal has no such tile.', { place: path.slice(0, 100) })
      return reply
        .header('cache-control', path.includes('.p/') ? 'no-store' : 'public, max-age=31536000, immutable')
        .type('application/octet-stream')
        .send(Buffer.from(bytes))
    })
  }
}
