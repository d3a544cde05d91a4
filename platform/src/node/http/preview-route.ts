/**
 * The picture of a page of an exhibit. What is evidence is never shown inside the node's own pages; a picture that a sandboxed
 * program has painted of it may be. The act is decided and journalled at the door like any other reading.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { vaultStore } from '../../evidence/store/custody.ts'
import type { Database } from '../../io/postgres/index.ts'
import { previewPage, type Vault } from '../../io/vault/index.ts'
import { orStop, Stop, stop } from '../../kernel/index.ts'
import type { Caller, Door } from '../door/door.ts'

export type PreviewRoute = {
  readonly database: Database
  readonly door: Door
  readonly vault: Pick<Vault, 'read'>
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
  /** Folders that the sandboxed program must not see. */
  readonly hidden: readonly string[]
}

/** A page is painted from the whole file, which is in memory meanwhile. */
const LARGEST_FILE = 64 * 1024 * 1024
/** Each takes a processor for as long as it runs. */
const AT_ONCE = 2
const PDF = '%PDF-'

export function previewRoute({ database, door, vault, authenticate, hidden }: PreviewRoute) {
  let running = 0
  return (server: FastifyInstance): void => {
    server.get('/v1/exhibit/preview.png', async (request, reply) => {
      const caller =
        (await authenticate(request)) ??
        stop('NOT_SIGNED_IN', 'You are not signed in.', { fix: 'Sign in, or send a key.' })
      const { exhibitId, page = '1' } = request.query as { exhibitId?: string; page?: string }
      const asked = await door.run({ caller, action: 'exhibit.preview', input: { exhibitId, page: Number(page) } })
      if (!asked.ok) throw new Stop(asked.refusal)
      const answer = asked.value.result as { object: string; size: number; page: number }
      if (answer.size > LARGEST_FILE)
        return stop('PREVIEW_FAILED', `The file has ${answer.size} bytes; previews end at ${LARGEST_FILE}.`, {
          fix: 'Download the file and look at it on a machine for that.',
        })
      if (running >= AT_ONCE)
        return stop('TOO_MANY_REQUESTS', 'Other previews are being made.', { fix: 'Ask again in some seconds.' })
      running++
      try {
        const picture = orStop(await previewPage(await bytesOf(answer.object), answer.page, hidden))
        return reply
          .headers({ 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'no-store' })
          .type('image/png')
          .send(Buffer.from(picture))
      } finally {
        running--
      }
    })
  }

  async function bytesOf(id: string): Promise<Uint8Array> {
    const object = await database.transaction((sql) => vaultStore(sql).object(id))
    if (object === null) throw new Error('an exhibit whose object is not there')
    const parts: Uint8Array[] = []
    for await (const part of vault.read(object)) {
      parts.push(part)
      if (parts.length === 1 && Buffer.from(part).toString('latin1', 0, PDF.length) !== PDF)
        stop('PREVIEW_FAILED', 'The file is no PDF, and only of PDF files a preview can be made.', {
          fix: 'Download the file and look at it on a machine for that.',
        })
    }
    return Buffer.concat(parts)
  }
}
