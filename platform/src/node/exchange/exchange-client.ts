/** One attempt to bring bytes to another node: to the address, and to nobody but the keys, that the directory gives. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { connect } from 'node:tls'
import { type Answer, readPouchAnswers, writePouch } from '../../exchange/delivery/index.ts'
import { MAX_ENVELOPE_BYTES, type Signer } from '../../exchange/wire/index.ts'
import { isAnswerOf } from './answer-signature.ts'
import { contentDigest, signAttempt } from './attempt-signature.ts'
import {
  ENVELOPE_TYPE,
  INBOX_PATH,
  POUCH_ANSWERS_TYPE,
  POUCH_PATH,
  POUCH_TYPE,
  pinOf,
  RECEIPTS_PATH,
} from './exchange-server.ts'
import type { Members, Peer } from './members.ts'
import { LEAST_BYTES_PER_S, openSlots } from './pace.ts'

/** What the directory's keepers give a member who asks for nothing else. */
const CONNECTIONS = 8
/** Without any sign that the other side reads, or answers. */
const ANSWER_WITHIN_MS = 30_000
/** A proof of conflict holds two envelopes in base64. */
const MAX_ANSWER_BYTES = 3 * MAX_ENVELOPE_BYTES

export type ExchangeClientSetting = {
  readonly key: string
  readonly certificate: string
  readonly members: Members
  readonly signer: Signer
  readonly now: () => number
  readonly answerWithinMs?: number
  /** At one time to one member: no more than the directory lets this agency open. */
  readonly connections?: () => number
}

export type ExchangeClient = {
  post(peer: string, id: string, bytes: Uint8Array): Promise<Answer>
  /** Several messages in one request: an answer for each, in their order; null where the peer does not take these so. */
  postPouch(peer: string, messages: readonly Uint8Array[]): Promise<readonly Answer[] | null>
  ask(peer: string, id: string): Promise<Answer>
  /** Anything else that the exchange server of a peer takes; null for silence, which is also what an answer counts as that is not signed. */
  call(peer: string, call: Call): Promise<Called | null>
  /** A service of the peer that takes and gives envelopes: what it answers stands as `receipt`. */
  service(
    peer: string,
    path: string,
    question: { readonly id: string; readonly bytes: Uint8Array } | null,
  ): Promise<Answer>
  close(): void
}

export type Call = {
  readonly method: 'GET' | 'PUT' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  /** What the signature of the attempt covers; where nothing is said, what that of a message or of a question does. */
  readonly components?: readonly string[]
  readonly body?: Uint8Array
}

export type Called = { readonly status: number; readonly type: string; readonly bytes: Uint8Array }

export function openExchangeClient(setting: ExchangeClientSetting): ExchangeClient {
  const agents = new Map<string, Agent>()
  const slots = new Map<string, ReturnType<typeof openSlots>>()
  const within = setting.answerWithinMs ?? ANSWER_WITHIN_MS
  return {
    post: (peer, id, bytes) => attempt(peer, 'POST', INBOX_PATH, { id, bytes }),
    postPouch,
    ask: (peer, id) => attempt(peer, 'GET', `${RECEIPTS_PATH}${encodeURIComponent(id)}`, null),
    call,
    service: (peer, path, question) => attempt(peer, question ? 'POST' : 'GET', path, question),
    close: () => {
      for (const agent of agents.values()) agent.destroy()
    },
  }

  function connectionsNow(): number {
    return Math.max(1, setting.connections?.() ?? CONNECTIONS)
  }

  async function attempt(
    id: string,
    method: 'POST' | 'GET',
    path: string,
    message: { readonly id: string; readonly bytes: Uint8Array } | null,
  ): Promise<Answer> {
    if (!setting.members.peer(id)) return NO_MEMBER
    return slotsOf(id)(() => attemptNow(id, method, path, message))
  }

  function slotsOf(id: string): ReturnType<typeof openSlots> {
    const known = slots.get(id) ?? openSlots(connectionsNow())
    slots.set(id, known)
    return known
  }

  async function postPouch(id: string, messages: readonly Uint8Array[]): Promise<readonly Answer[] | null> {
    const each = (answer: Answer) => messages.map(() => answer)
    if (!setting.members.peer(id)) return each(NO_MEMBER)
    const body = writePouch(messages)
    const headers = { 'content-type': POUCH_TYPE, 'idempotency-key': `"${sha256Hex(body)}"` }
    const called = await slotsOf(id)(() => call(id, { method: 'POST', path: POUCH_PATH, headers, body }))
    if (called === null) return each({ kind: 'silence' })
    if (called.status === 200 && called.type === POUCH_ANSWERS_TYPE) {
      const answers = readPouchAnswers(called.bytes, messages.length)
      return answers?.map(({ status, body: bytes }) => answerOf({ status, bytes })) ?? each({ kind: 'silence' })
    }
    const answer = answerOf(called)
    // What was refused as a whole says nothing of any one message.
    return answer.kind === 'silence' || (answer.kind === 'problem' && answer.again) ? each(answer) : null
  }

  async function attemptNow(
    id: string,
    method: 'POST' | 'GET',
    path: string,
    message: { readonly id: string; readonly bytes: Uint8Array } | null,
  ): Promise<Answer> {
    const asked: Call = message
      ? {
          ...{ method, path },
          headers: { 'content-type': ENVELOPE_TYPE, 'idempotency-key': `"${message.id}"` },
          body: message.bytes,
        }
      : { method, path }
    const called = await call(id, asked)
    return called ? answerOf(called) : { kind: 'silence' }
  }

  async function call(
    id: string,
    { method, path, headers: said = {}, components, body }: Call,
  ): Promise<Called | null> {
    const peer = setting.members.peer(id)
    if (!peer) return null
    const targetUri = `${peer.endpoint}${path}`
    const headers: Record<string, string> = { ...said, ...(body ? { 'content-digest': contentDigest(body) } : {}) }
    const requestNow = () => ({
      method,
      targetUri,
      fields: Object.entries(headers).map(([name, value]) => ({ name, value })),
    })
    Object.assign(headers, await signAttempt(requestNow(), setting.signer, setting.now(), components))
    const made = requestNow()
    if (body) headers['content-length'] = String(body.length)
    try {
      const { response, bytes } = await ask(peer, targetUri, method, headers, body ?? null)
      const { statusCode: status = 0, headers: answered } = response
      if (answered['content-digest'] !== contentDigest(bytes)) return null
      const answer = { status, fields: rawFields(response), request: made }
      // Who is not the peer could say anything: it is as if nobody had answered.
      if (!(await isAnswerOf(id, answer, setting.members))) return null
      return { status, type: answered['content-type'] ?? '', bytes }
    } catch {
      return null
    }
  }

  function ask(
    peer: Peer,
    url: string,
    method: string,
    headers: Record<string, string>,
    body: Uint8Array | null,
  ): Promise<{ readonly response: IncomingMessage; readonly bytes: Uint8Array }> {
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent: agentOf(peer) }, (response) => {
        read(response, (size) => {
          bytes += size
          moved()
        }).then((whole) => resolve({ response, bytes: whole }), reject)
      })
      const begun = performance.now()
      let last = begun
      let bytes = body?.length ?? 0
      const moved = () => {
        last = performance.now()
      }
      const timer = setInterval(() => {
        const now = performance.now()
        // However it moves: no longer than the slowest pace takes.
        const longest = within + (bytes / LEAST_BYTES_PER_S) * 1000
        if (now - last > within || now - begun > longest) sent.destroy(new Error('no answer'))
      }, within / 10)
      sent.once('close', () => clearInterval(timer))
      sent.once('socket', moved)
      // The other side says that it is still reading.
      sent.on('information', moved)
      sent.once('error', reject)
      sent.end(body ?? undefined)
    })
  }

  /** A connection is handed out only when the other side has shown a key of this member. */
  function agentOf(peer: Peer): Agent {
    const known = agents.get(peer.id)
    if (known) return known
    const agent = new Agent({ keepAlive: true, maxSockets: connectionsNow(), keepAliveMsecs: 30_000 })
    agent.createConnection = (options, connected) => {
      const { host, port } = options as { host?: string; port?: number | string }
      const socket = connect({
        host: host ?? '',
        port: Number(port),
        ...(host && !/^[\d.:]+$/.test(host) ? { servername: host } : {}),
        key: setting.key,
        cert: setting.certificate,
        minVersion: 'TLSv1.3',
        rejectUnauthorized: false,
      })
      // A request that is given up has no socket yet to end: without this it waits as long as the system tries to connect.
      socket.setTimeout(within, () => socket.destroy(new Error('no connection')))
      socket.once('secureConnect', () => {
        socket.setTimeout(0)
        const pins = setting.members.peer(peer.id)?.tlsPins ?? []
        if (pins.includes(pinOf(socket) ?? '')) connected?.(null, socket)
        else {
          socket.destroy()
          connected?.(new Error('the other side is not who the directory says'), socket)
        }
      })
      socket.once('error', (thrown) => connected?.(thrown, socket))
      return undefined as never
    }
    agents.set(peer.id, agent)
    return agent
  }
}

async function read(response: IncomingMessage, came: (size: number) => void): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response as AsyncIterable<Uint8Array>) {
    size += piece.length
    came(piece.length)
    if (size > MAX_ANSWER_BYTES) {
      response.destroy()
      throw new Error('an answer without end')
    }
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const NO_MEMBER: Answer = { kind: 'problem', code: 'EXCHANGE_NO_MEMBER', again: true }

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function answerOf({ status, bytes }: Pick<Called, 'status' | 'bytes'>): Answer {
  if (status === 200) return { kind: 'receipt', bytes }
  if (status === 202) return { kind: 'held' }
  if (status === 409) return { kind: 'conflict', evidence: bytes }
  if (status === 404) return { kind: 'held' }
  const code = codeOf(bytes)
  if (code === null || status === 401) return { kind: 'silence' }
  return { kind: 'problem', code, again: status === 429 || status >= 500 }
}

function rawFields({ rawHeaders }: IncomingMessage): readonly { readonly name: string; readonly value: string }[] {
  const fields: { name: string; value: string }[] = []
  for (let at = 0; at < rawHeaders.length; at += 2)
    fields.push({ name: (rawHeaders[at] as string).toLowerCase(), value: rawHeaders[at + 1] as string })
  return fields
}

/** The code of a refusal as it travels; null where there is none. */
export function codeOf(bytes: Uint8Array): string | null {
  try {
    const { code } = JSON.parse(new TextDecoder().decode(bytes)) as { code?: unknown }
    return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : null
  } catch {
    return null
  }
}
