/**
 * One call of a node over HTTP, as web/src/shared/api.ts makes it for every action. A refusal is a value with its problem;
 * what is thrown is a broken connection or a broken node.
 */

/** RFC 9457, as the node writes it. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly place?: string
  readonly fix?: string
}

export type Answer<T> =
  | {
      readonly ok: true
      readonly value: T
      /** The version of the result, to be given as `seen` when it is changed; `null` where it has none. */
      readonly version: number | null
      /** The act was done before under the same key, and this is its answer. */
      readonly repeated: boolean
    }
  | { readonly ok: false; readonly problem: Problem }

export type Connection = {
  /** Where the node is; empty in a browser, for the origin of the page. */
  readonly base?: string
  /** A session or an API key. Absent in a browser: there the cookie goes along. */
  readonly token?: string
  readonly fetch?: typeof fetch
}

export type CallOptions = {
  /** To repeat an act that may have been done already, give the key with which it was sent first. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

export type Call = CallOptions & {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly input: object
  /** The input holds `seen`, which travels in If-Match. */
  readonly conditional?: boolean
}

/** The node was not reached, or its answer was lost on the way: what was asked may have been done. */
export class NotReached extends Error {}

/** The answer to a `fetch`; whatever a browser calls the line that broke, it is `NotReached`. */
export async function reached(sent: Promise<Response>): Promise<Response> {
  try {
    return await sent
  } catch (thrown) {
    throw thrown instanceof TypeError ? new NotReached(thrown.message, { cause: thrown }) : thrown
  }
}

export async function callNode<T>(connection: Connection, call: Call): Promise<Answer<T>> {
  const { base = '', token, fetch: send = fetch } = connection
  const { seen, ...body } = call.input as Record<string, unknown>
  const input = call.conditional ? body : call.input
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token !== undefined) headers.authorization = `Bearer ${token}`
  if (call.method === 'POST') {
    headers['content-type'] = 'application/json'
    headers['idempotency-key'] = call.idempotencyKey ?? crypto.randomUUID()
    if (call.conditional) headers['if-match'] = `"${seen}"`
  }
  const response = await reached(
    send(`${base}${call.path}${call.method === 'GET' ? queryOf(input) : ''}`, {
      method: call.method,
      headers,
      credentials: 'same-origin',
      ...(call.method === 'POST' ? { body: JSON.stringify(input) } : {}),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
    }),
  )
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('application/problem+json')) {
    const problem = (await response.json()) as Problem
    if (problem.code === 'FAULT') throw new Error(problem.detail)
    return { ok: false, problem }
  }
  if (!response.ok || !type.startsWith('application/json'))
    throw new Error(`${call.path} answered ${response.status} ${type}: this is not a node`)
  const version = /^"(\d+)"$/.exec(response.headers.get('etag') ?? '')?.[1]
  return {
    ok: true,
    value: (await response.json()) as T,
    version: version === undefined ? null : Number(version),
    repeated: response.headers.get('idempotent-replayed') === 'true',
  }
}

/** Texts and numbers as they are, lists and objects as JSON: as the node reads a query. */
function queryOf(input: object): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(input)) {
    if (value !== undefined) query.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  }
  return query.size === 0 ? '' : `?${query}`
}
