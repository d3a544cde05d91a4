/**
 * Requests to a server that the user named, and to no other: redirects are refused. Answers are bounded in time and size;
 * 429 and 5xx and broken connections are tried again, each time after twice the pause. Credentials never appear in a
 * message.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { stop } from '../../kernel/index.ts'
import { MAX_ITEM_BYTES } from '../json-splitter.ts'
import type { ImportOptions } from './importer.ts'
import { exchange } from './server-connection.ts'

export type ServerRequest = {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly body?: string
  readonly credentials?: string
  /** Whether an answer with status 5xx is meant as an answer, so that asking again would change nothing. */
  readonly isFinal?: (text: string) => boolean
}

export type ServerAnswer = { readonly status: number; readonly text: string }
export type ServerBytes = { readonly status: number; readonly bytes: Uint8Array }

const PATIENCE = { timeout: 60_000, tries: 6, pause: 1_000 }
const LONGEST_PAUSE = 60_000

/** The answer, unless it is 429 or 5xx without being final; refuses with SERVER_UNREACHABLE when patience ends. */
export async function askServer(request: ServerRequest, options: ImportOptions): Promise<ServerAnswer> {
  const { status, bytes } = await askServerBytes(request, options)
  return { status, text: textOf(bytes) }
}

/** The same, for an answer that is no text. */
export async function askServerBytes(request: ServerRequest, options: ImportOptions): Promise<ServerBytes> {
  const { timeout, tries, pause } = options.patience ?? PATIENCE
  let why = ''
  for (let attempt = 0; attempt < tries; attempt++) {
    if (attempt > 0) await sleep(Math.min(LONGEST_PAUSE, pause * 2 ** (attempt - 1)))
    const answer = await attemptOnce(request, timeout)
    if (typeof answer === 'string') why = answer
    else if (answer.status === 429 || (answer.status >= 500 && !request.isFinal?.(textOf(answer.bytes))))
      why = `it answered ${answer.status}`
    else return answer
  }
  return stop('SERVER_UNREACHABLE', `The server did not answer ${tries} requests: ${why}.`, {
    place: shownUrl(request.url),
    fix: 'Try again later; what was fetched so far is kept.',
  })
}

/** The URL as it may be shown: without user name, password and query. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`
}

async function attemptOnce(
  { url, method, body, credentials }: ServerRequest,
  timeout: number,
): Promise<ServerBytes | string> {
  const target = new URL(url)
  target.username = ''
  target.password = ''
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'comity' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (credentials !== undefined) headers.authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
  const asked = { url: target, method, headers, timeoutMs: timeout, maxBytes: MAX_ITEM_BYTES }
  const answer = await exchange(body === undefined ? asked : { ...asked, body })
  if (answer.status === undefined) {
    if (answer.fault === 'too-large')
      stop('SERVER_ANSWER', `The server answers with more than ${MAX_ITEM_BYTES} bytes.`, { place: shownUrl(url) })
    return answer.fault === 'timeout' ? `no answer within ${timeout} ms` : 'the connection failed'
  }
  if (answer.status >= 300 && answer.status < 400)
    stop('SERVER_ANSWER', 'The server points to another address; it was not followed.', {
      place: shownUrl(url),
      fix: 'Name the other address yourself, if you trust it.',
    })
  return answer
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
}
