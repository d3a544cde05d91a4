/** What the exchange server takes besides messages: each with what its attempt is signed over, how large it may be, and what it counts as. */
import type { IncomingMessage } from 'node:http'
import type { Refusal } from '../../kernel/index.ts'
import type { Counted } from './budget.ts'
import type { Peer } from './members.ts'

/** A request that has passed everything before the inbox. */
export type Asked = {
  readonly peer: Peer
  /** What follows the path of the route. */
  readonly rest: string
  readonly body: Uint8Array
  field(name: string): string | undefined
  /** The signed request without its body, as proof of who asked for what. */
  readonly attempt: Readonly<Record<string, string>>
}

export type Given =
  | { readonly status: number; readonly type: string; readonly body: Uint8Array }
  | { readonly status: number; readonly refusal: Refusal }

export type ExchangeRoute = {
  readonly method: 'GET' | 'PUT' | 'POST'
  /** All of the path, or, ending with a slash, its beginning. */
  readonly path: string
  /** What the signature of an attempt covers: these and nothing else. */
  readonly components: readonly string[]
  /** The media type of the body and its most bytes; null where there is none. */
  readonly body: { readonly type: string; readonly most: number } | null
  readonly counts: Counted
  answer(asked: Asked): Promise<Given>
}

export function routeOf(routes: readonly ExchangeRoute[], { method, url = '' }: IncomingMessage): ExchangeRoute | null {
  return (
    routes.find(
      (one) => one.method === method && (one.path.endsWith('/') ? url.startsWith(one.path) : url === one.path),
    ) ?? null
  )
}

/** The fields that the signature of a request covers, and the signature. */
export function attemptShown(
  {
    method,
    targetUri,
    fields,
  }: {
    readonly method: string
    readonly targetUri: string
    readonly fields: readonly { readonly name: string; readonly value: string }[]
  },
  components: readonly string[],
): Readonly<Record<string, string>> {
  const shown = fields.filter(
    ({ name }) => components.includes(name) || name === 'signature' || name === 'signature-input',
  )
  return { method, targetUri, ...Object.fromEntries(shown.map(({ name, value }) => [name, value])) }
}
