/**
 * Where the node takes messages of other nodes: TLS 1.3 with the key of a member on either side. Checked in this order, each before
 * the next costs anything: whose connection it is, the size that is announced, the budget, the signature of the attempt, and that it
 * was not seen before; then the body, which the signature names by its digest. Only then the inbox reads the message.
 */
import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import {
  MAX_POUCH_ANSWER_BYTES,
  MAX_POUCH_BYTES,
  type PouchAnswer,
  type Reply,
  readPouch,
  writePouchAnswers,
} from '../../exchange/delivery/index.ts'
import { MAX_ENVELOPE_BYTES, type Signer } from '../../exchange/wire/index.ts'
import type { Refusal } from '../../kernel/index.ts'
import { signAnswer } from './answer-signature.ts'
import { checkAttempt, contentDigest } from './attempt-signature.ts'
import { openBudget } from './budget.ts'
import { attemptShown, type ExchangeRoute, routeOf } from './exchange-route.ts'
import type { Members, Peer } from './members.ts'
import { WINDOW_MS, watchPace } from './pace.ts'

export const INBOX_PATH = '/comity/v1/inbox'
export const POUCH_PATH = '/comity/v1/pouch'
export const RECEIPTS_PATH = '/comity/v1/receipts/'
export const ENVELOPE_TYPE = 'application/vnd.dsse.envelope.v1+json'

export const POUCH_TYPE = 'application/vnd.comity.pouch.v1+json-seq'
export const POUCH_ANSWERS_TYPE = 'application/vnd.comity.pouch-answers.v1+json-seq'

/** What is posted here besides what routes take. */
const POSTED = new Map([
  [INBOX_PATH, { type: ENVELOPE_TYPE, most: MAX_ENVELOPE_BYTES }],
  [POUCH_PATH, { type: POUCH_TYPE, most: MAX_POUCH_BYTES }],
])

export type ExchangeServerSetting = {
  readonly key: string
  readonly certificate: string
  /** This node's endpoint as the directory gives it: what attempts are signed for. */
  readonly endpoint: string
  readonly members: Members
  /** Signs each answer: unsigned, it would be believed by nobody. */
  readonly signer: Signer
  /** What else is taken here. */
  readonly routes?: readonly ExchangeRoute[]
  readonly now: () => number
  readonly receive: (bytes: Uint8Array, peer: string) => Promise<Reply>
  readonly receiptOf: (peer: string, id: string) => Promise<Uint8Array | null>
  /** Told of every refusal before the inbox, for the log and the metrics; and of faults. */
  readonly refused: (peer: string | null, code: string) => void
  readonly fault: (thrown: unknown) => void
  /** Within how many milliseconds a body must have moved. */
  readonly windowMs?: number
}

export type ExchangeServer = { readonly port: number; close(): Promise<void> }

export async function startExchangeServer(
  setting: ExchangeServerSetting,
  listen: { readonly host: string; readonly port: number },
): Promise<ExchangeServer> {
  const budget = openBudget()
  const peerBySocket = new WeakMap<object, Peer>()
  const seen = openNonces()
  const server: Server = createServer({
    key: setting.key,
    cert: setting.certificate,
    minVersion: 'TLSv1.3',
    requestCert: true,
    // Whom a certificate belongs to, the directory says, by the key in it.
    rejectUnauthorized: false,
    maxHeaderSize: 16_384,
    headersTimeout: 20_000,
    // A body may take long as long as it moves: see `pace.ts`.
    requestTimeout: 0,
    keepAliveTimeout: 120_000,
  })
  server.on('secureConnection', (socket: TLSSocket) => {
    const peer = setting.members.byPin(pinOf(socket) ?? '')
    if (!peer || !budget.connect(peer)) {
      setting.refused(peer?.id ?? null, peer ? 'EXCHANGE_CONNECTIONS' : 'EXCHANGE_PEER_UNKNOWN')
      socket.destroy()
      return
    }
    peerBySocket.set(socket, peer)
    socket.once('close', () => budget.disconnect(peer))
  })
  server.on('tlsClientError', (_, socket) => socket.destroy())
  server.on('request', (request, response) => {
    const done = watchPace(() => request.socket.bytesRead, setting.windowMs ?? WINDOW_MS, {
      moving: () => {
        if (!response.headersSent && !request.complete) response.writeProcessing()
      },
      stalled: () => {
        if (!request.complete) request.socket.destroy()
      },
    })
    // Of a request whose body nobody reads no end is told; of its answer it is.
    request.once('close', done)
    response.once('close', done)
    answer(request, response).catch((thrown: unknown) => {
      // Who goes away in the middle, or was too slow, is no fault of this side.
      if (!request.complete && request.socket.destroyed) return
      setting.fault(thrown)
      if (!response.headersSent) problem(response, 500, FAULT)
      else response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listen.port, listen.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 2000).unref()
      }),
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const peer = peerBySocket.get(request.socket)
    if (!peer) return void request.socket.destroy()
    const made = attemptOf(request)
    sealBy.set(response, (status, fields) =>
      signAnswer({ status, fields, request: made }, setting.signer, setting.now()),
    )
    const refusedWith = (status: number, refusal: Refusal) => {
      setting.refused(peer.id, refusal.code)
      problem(response, status, refusal)
    }
    const posted = request.method === 'POST' ? POSTED.get(request.url ?? '') : undefined
    const asked = request.method === 'GET' && request.url?.startsWith(RECEIPTS_PATH)
    const route = posted || asked ? null : routeOf(setting.routes ?? [], request)
    if (!posted && !asked && !route)
      return refusedWith(404, {
        code: 'ACTION_UNKNOWN',
        message: 'There is nothing here.',
        fix: `Post to ${INBOX_PATH}.`,
      })
    const taken = posted ?? route?.body ?? null
    const { type, most } = taken ?? { type: ENVELOPE_TYPE, most: MAX_ENVELOPE_BYTES }
    const hasBody = taken !== null
    const size = hasBody ? Number(request.headers['content-length'] ?? Number.NaN) : 0
    if (!(size <= most))
      return refusedWith(413, {
        code: 'EXCHANGE_SIZE',
        message: `What is sent here has at most ${most} bytes, and says how many.`,
        place: 'Content-Length',
        fix: 'Attach what is large.',
      })
    const within = budget.spend(peer, size, setting.now(), route?.counts)
    if (!within.ok) return refusedWith(429, within.refusal)
    const encoding = request.headers['content-encoding']
    if (hasBody && (request.headers['content-type'] !== type || (encoding ?? 'identity') !== 'identity'))
      return refusedWith(415, {
        code: 'EXCHANGE_MEDIA',
        message: `This travels as ${type}, not compressed.`,
        place: 'Content-Type',
        fix: 'Send it so.',
      })
    const attempt = await checkAttempt(made, setting.members, setting.now(), route?.components)
    if (!attempt.ok) return refusedWith(401, attempt.refusal)
    if (attempt.value.agency !== peer.id)
      return refusedWith(403, {
        code: 'EXCHANGE_PEER',
        message: 'The request is signed by another agency than the connection belongs to.',
        place: 'Signature-Input',
        fix: 'Sign with a key of your own.',
      })
    if (!seen.first(`${peer.id} ${attempt.value.nonce}`, attempt.value.expires, setting.now()))
      return refusedWith(401, {
        code: 'EXCHANGE_REPLAY',
        message: 'This very request was made before.',
        place: 'Signature-Input',
        fix: 'Sign each attempt anew.',
      })
    const body = hasBody ? await bodyOf(request, size) : new Uint8Array()
    if (hasBody && request.headers['content-digest'] !== contentDigest(body))
      return refusedWith(400, {
        code: 'EXCHANGE_CONTENT_DIGEST',
        message: 'The body is not what Content-Digest says.',
        place: 'Content-Digest',
        fix: 'Send it again.',
      })
    if (route) {
      const given = await route.answer({
        peer,
        rest: (request.url ?? '').slice(route.path.length),
        body,
        field: (name) => made.fields.find((one) => one.name === name)?.value,
        attempt: attemptShown(made, route.components),
      })
      if ('refusal' in given) return refusedWith(given.status, given.refusal)
      return send(response, given.status, given.type, given.body)
    }
    if (asked) {
      const receipt = await setting.receiptOf(
        peer.id,
        decodeURIComponent((request.url ?? '').slice(RECEIPTS_PATH.length)),
      )
      if (receipt) return send(response, 200, ENVELOPE_TYPE, receipt)
      return problem(response, 404, { code: 'EXCHANGE_NO_RECEIPT', message: 'No receipt was given for this.' })
    }
    const refused = (code: string) => setting.refused(peer.id, code)
    if (request.url === INBOX_PATH) {
      const { status, type, body: said } = answerTo(await setting.receive(body, peer.id), refused)
      return send(response, status, type, said)
    }
    const pouch = readPouch(body)
    if (!pouch.ok) return refusedWith(422, pouch.refusal)
    send(response, 200, POUCH_ANSWERS_TYPE, writePouchAnswers(await unpacked(peer, pouch.value, refused)))
  }

  /** Each as if it had come alone, in their order; all at once, so that those of different chains share a transaction. */
  async function unpacked(
    peer: Peer,
    messages: readonly Uint8Array[],
    refused: (code: string) => void,
  ): Promise<readonly PouchAnswer[]> {
    const answers = await Promise.all(
      messages.map(async (bytes, at) => {
        // The first was counted with the request.
        const within = at === 0 ? null : budget.spend(peer, 0, setting.now())
        if (within && !within.ok) return refusedTo(429, within.refusal, refused)
        try {
          return answerTo(await setting.receive(bytes, peer.id), refused)
        } catch (thrown) {
          setting.fault(thrown)
          return problemOf(500, FAULT)
        }
      }),
    )
    let room = MAX_POUCH_ANSWER_BYTES
    return answers.map((answer) => {
      if (answer.body.length > room) return refusedTo(503, NO_ROOM, refused)
      room -= answer.body.length
      return answer
    })
  }

  function attemptOf(request: IncomingMessage) {
    const fields: { name: string; value: string }[] = []
    for (let at = 0; at < request.rawHeaders.length; at += 2)
      fields.push({
        name: (request.rawHeaders[at] as string).toLowerCase(),
        value: request.rawHeaders[at + 1] as string,
      })
    return { method: request.method ?? '', targetUri: `${setting.endpoint}${request.url ?? ''}`, fields }
  }
}

type Said = { readonly status: number; readonly type: string; readonly body: Uint8Array }

/** How a reply of the inbox is said, whether the message came alone or with others. */
function answerTo(given: Reply, refused: (code: string) => void): Said {
  switch (given.kind) {
    case 'receipt':
      return { status: 200, type: ENVELOPE_TYPE, body: given.bytes }
    case 'held':
      return { status: 202, type: 'application/json', body: new TextEncoder().encode('{"state":"held"}') }
    case 'conflict':
      refused('EXCHANGE_CONFLICT')
      return { status: 409, type: 'application/json', body: given.evidence }
    case 'problem':
      return refusedTo(statusOf(given.refusal.code), given.refusal, refused)
  }
}

function refusedTo(status: number, refusal: Refusal, refused: (code: string) => void): Said {
  refused(refusal.code)
  return problemOf(status, refusal)
}

const FAULT: Refusal = { code: 'FAULT', message: 'Something is broken here.' }
const NO_ROOM: Refusal = {
  code: 'EXCHANGE_SIZE',
  message: 'The answers to these messages are larger than one answer may be.',
  place: 'body',
  fix: 'Send this one again, by itself.',
}

/** Refusals that only time may change. */
const WAIT = new Set(['DIRECTORY_EXPIRED', 'EXCHANGE_BUDGET'])

function statusOf(code: string): number {
  return WAIT.has(code) ? 503 : 422
}

function problemOf(status: number, { code, message, place, fix }: Refusal): Said {
  const said = {
    type: `urn:comity:error:${code}`,
    title: message,
    status,
    code,
    ...(place ? { place } : {}),
    ...(fix ? { fix } : {}),
  }
  return { status, type: 'application/problem+json', body: new TextEncoder().encode(JSON.stringify(said)) }
}

function problem(response: ServerResponse, status: number, refusal: Refusal): void {
  const { type, body } = problemOf(status, refusal)
  send(response, status, type, body)
}

/** How the answer to a request is signed. */
const sealBy = new WeakMap<
  ServerResponse,
  (
    status: number,
    fields: readonly { readonly name: string; readonly value: string }[],
  ) => Readonly<Record<string, string>>
>()

function send(response: ServerResponse, status: number, type: string, body: Uint8Array): void {
  const headers = { 'content-type': type, 'content-digest': contentDigest(body) }
  const fields = Object.entries(headers).map(([name, value]) => ({ name, value }))
  response.writeHead(status, { ...headers, 'content-length': body.length, ...sealBy.get(response)?.(status, fields) })
  response.end(body)
}

/** Refuses more than was announced; what never comes is ended by its pace. */
async function bodyOf(request: IncomingMessage, size: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let read = 0
  for await (const piece of request as AsyncIterable<Uint8Array>) {
    read += piece.length
    if (read > size) throw new Error('a body longer than announced')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

export function pinOf(socket: TLSSocket): string | null {
  const certificate = socket.getPeerX509Certificate()
  if (!certificate) return null
  return createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

/** Nonces until they expire, so many at most; with several processes each keeps its own, and the inbox takes nothing twice anyhow. */
function openNonces(most = 200_000) {
  const expiresBy = new Map<string, number>()
  return {
    first(nonce: string, expires: number, now: number): boolean {
      if (expiresBy.has(nonce)) return false
      for (const [old, until] of expiresBy) {
        if (until > now && expiresBy.size < most) break
        expiresBy.delete(old)
      }
      expiresBy.set(nonce, expires)
      return true
    },
  }
}
