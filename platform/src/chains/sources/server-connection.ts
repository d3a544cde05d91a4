/**
 * One exchange with a server, over connections that stay open: who follows a chain asks hundreds of times in a second, and
 * `fetch` takes three times the processor time for the same question.
 */
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

export type Exchange = {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
  readonly maxBytes: number
}

/** `too-large`: more bytes than may be, in the answer or once it is unpacked. */
export type ExchangeFault = 'timeout' | 'connection' | 'too-large'

export type Exchanged =
  | { readonly status: number; readonly bytes: Uint8Array }
  | { readonly fault: ExchangeFault; readonly status?: undefined }

const unpack = promisify(gunzip)
const agents = { http: new Agent({ keepAlive: true }), https: new SecureAgent({ keepAlive: true }) }

/** Redirects are answers like others; nobody goes where they point. */
export async function exchange(asked: Exchange): Promise<Exchanged> {
  const first = await attempt(asked)
  // A server may close a connection that waits in the very moment at which it is used again.
  const again = first === 'closed-before' ? await attempt(asked) : first
  return again === 'closed-before' ? { fault: 'connection' } : again
}

function attempt({ url, method, headers, body, timeoutMs, maxBytes }: Exchange): Promise<Exchanged | 'closed-before'> {
  return new Promise((resolve) => {
    const done = (outcome: Exchanged | 'closed-before') => {
      clearTimeout(timer)
      resolve(outcome)
    }
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const options = { method, headers: { ...headers, ...length, 'accept-encoding': 'gzip' } }
    const sent: ClientRequest =
      url.protocol === 'https:'
        ? secureRequest(url, { ...options, agent: agents.https })
        : request(url, { ...options, agent: agents.http })
    const timer = setTimeout(() => {
      done({ fault: 'timeout' })
      sent.destroy()
    }, timeoutMs)
    sent.on('error', () => done(sent.reusedSocket ? 'closed-before' : { fault: 'connection' }))
    sent.on('response', (response) => {
      read(response, maxBytes).then(done, () => done({ fault: 'connection' }))
    })
    sent.end(body)
  })
}

async function read(response: IncomingMessage, maxBytes: number): Promise<Exchanged> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Uint8Array>) {
    size += part.length
    if (size > maxBytes) return { fault: 'too-large' }
    parts.push(part)
  }
  const [only] = parts
  const bytes = parts.length === 1 && only ? only : Buffer.concat(parts)
  const status = response.statusCode ?? 0
  if (response.headers['content-encoding'] !== 'gzip') return { status, bytes }
  try {
    return { status, bytes: await unpack(bytes, { maxOutputLength: maxBytes }) }
  } catch (thrown) {
    const tooLarge = thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_BUFFER_TOO_LARGE'
    return { fault: tooLarge ? 'too-large' : 'connection' }
  }
}
