/**
 * Files over HTTP: uploads of evidence (tus), their download by ticket, the letter of a request, the bundle of a case. Each is
 * decided at the door first; here bytes are only moved.
 */
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Language, languages } from '../../casework/letter/index.ts'
import { findUpload, redeemTicket, vaultStore } from '../../evidence/store/custody.ts'
import { downloadHeaders, parseRange } from '../../evidence/vault/index.ts'
import type { Database } from '../../io/postgres/index.ts'
import { tusHandler, type Vault } from '../../io/vault/index.ts'
import { hexToBytes, isHex, ok, orStop, Stop, stop } from '../../kernel/index.ts'
import type { Caller, Door } from '../door/door.ts'
import { type BundleDesk, type Exported, writeCaseBundle } from '../export/bundles.ts'
import { pictureLetter, renderLetter } from '../export/letters.ts'
import { sendZip } from './send-zip.ts'

export type FileRoutes = {
  readonly database: Database
  readonly door: Door
  readonly vault: Vault
  readonly bundles: BundleDesk
  /** Where bundles are made; each in a folder of its own, which goes once it is sent. */
  readonly folder: string
  readonly authenticate: (request: FastifyRequest) => Promise<Caller | null>
  readonly fault: (thrown: unknown) => void
}

export const UPLOADS = '/v1/uploads'

export function fileRoutes(setting: FileRoutes): (server: FastifyInstance) => void {
  const { database, door, vault, authenticate } = setting
  const callers = new WeakMap<IncomingMessage, Caller>()
  const act = async (request: IncomingMessage, action: string, input: object) => {
    const caller = callers.get(request)
    if (!caller) throw new Error('an upload without a caller')
    return door.run({ caller, action, input })
  }
  const tus = tusHandler({
    vault,
    path: UPLOADS,
    find: async (request, uploadId) => {
      const caller = callers.get(request)
      const { upload, object } = await database.transaction(async (sql) => ({
        upload: await findUpload(sql, uploadId),
        object: await vaultStore(sql).object(uploadId),
      }))
      return upload && !object && !upload.abandoned && upload.actor === caller?.personId ? upload : null
    },
    begin: async (request, size, metadata) => {
      const begun = await act(request, 'exhibit.upload.begin', { caseId: metadata.get('caseId') ?? '', size })
      return begun.ok ? ok((begun.value.result as { uploadId: string }).uploadId) : begun
    },
    abandon: (request, { id, caseId }) => act(request, 'exhibit.upload.abandon', { caseId, uploadId: id }),
    fault: setting.fault,
  })
  return (server) => {
    // Bytes go from the line to the vault; nothing holds them in between.
    server.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null))
    for (const url of [UPLOADS, `${UPLOADS}/:id`]) {
      server.route({
        method: ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
        url,
        handler: async (request, reply) => {
          callers.set(request.raw, await signedIn(request))
          reply.hijack()
          for (const [name, value] of Object.entries(reply.getHeaders()))
            if (value !== undefined) reply.raw.setHeader(name, value)
          await tus(request.raw, reply.raw)
        },
      })
    }
    server.get('/v1/exhibit/content', async (request, reply) => download(request, reply))
    server.get('/v1/request/letter.pdf', async (request, reply) => letter(request, reply))
    server.get('/v1/request/letter.svg', async (request, reply) => picture(request, reply))
    server.post('/v1/case/bundle.zip', async (request, reply) => bundle(request, reply))
  }

  async function signedIn(request: FastifyRequest): Promise<Caller> {
    return (
      (await authenticate(request)) ??
      stop('NOT_SIGNED_IN', 'You are not signed in.', { fix: 'Sign in, or send a key.' })
    )
  }

  /** The ticket travels in a header: an address stays in histories and logs. */
  async function download(request: FastifyRequest, reply: FastifyReply) {
    const caller = await signedIn(request)
    const ticket = String(request.headers['exhibit-ticket'] ?? '')
    const redeemed = isHex(ticket, 32)
      ? await database.transaction((sql) =>
          redeemTicket(sql, hexToBytes(ticket), caller.personId, new Date(setting.bundles.clock()).toISOString()),
        )
      : null
    if (!redeemed)
      return stop('NOT_PERMITTED', 'The ticket is not known, was used, or has lapsed.', {
        fix: 'Ask for a new one: exhibit.download.',
      })
    const { object, exhibit } = redeemed
    const range = parseRange(request.headers.range, object.size)
    if (range === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${object.size}`).send()
    const part = range === 'all' ? undefined : range
    for (const [name, value] of Object.entries(
      downloadHeaders({ fileName: exhibit, size: object.size, ...(part ? { range: part } : {}) }),
    ))
      reply.header(name, value)
    return reply.code(part ? 206 : 200).send(Readable.from(part ? vault.read(object, part) : vault.read(object)))
  }

  async function letter(request: FastifyRequest, reply: FastifyReply) {
    const { id, language } = await letterAsked(request)
    const made = await door.asNode(async ({ records }) =>
      ok({ result: await renderLetter(records, id, language, setting.bundles.letters), events: [] }),
    )
    return reply
      .header('content-disposition', `attachment; filename="request-${id}-${language}.pdf"`)
      .type('application/pdf')
      .send(Buffer.from(orStop(made).pdf))
  }

  /** The pages of the letter, for the screen on which it is written. It holds paths only, and its policy lets nothing run. */
  async function picture(request: FastifyRequest, reply: FastifyReply) {
    const { id, language } = await letterAsked(request)
    const made = await door.asNode(async ({ records }) =>
      ok({ result: await pictureLetter(records, id, language, setting.bundles.letters), events: [] }),
    )
    return reply
      .headers({ 'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'no-store' })
      .type('image/svg+xml')
      .send(orStop(made))
  }

  async function letterAsked(request: FastifyRequest): Promise<{ id: string; language: Language }> {
    const caller = await signedIn(request)
    const { id = '', language = 'en' } = request.query as { id?: string; language?: string }
    const read = await door.run({ caller, action: 'request.letter', input: { id, language } })
    if (!read.ok) throw new Stop(read.refusal)
    if (!(languages as readonly string[]).includes(language))
      return stop('INPUT_INVALID', 'There are no letters in that language.', { place: '/language' })
    return { id, language: language as Language }
  }

  async function bundle(request: FastifyRequest, reply: FastifyReply) {
    const caller = await signedIn(request)
    const { caseId } = (request.body ?? {}) as { caseId?: unknown }
    const exported = await door.run({ caller, action: 'case.export', input: { caseId } })
    if (!exported.ok) throw new Stop(exported.refusal)
    const what = exported.value.result as Exported
    return sendZip(reply, {
      under: setting.folder,
      name: what.bundle,
      prefix: 'bundle-',
      write: (folder) => writeCaseBundle(setting.bundles, String(caseId), what, folder),
    })
  }
}
