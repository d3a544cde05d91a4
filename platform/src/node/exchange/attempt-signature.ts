/**
 * The signature of one attempt (RFC 9421): that this request, to this address, with this body, is made now by that agency. The
 * message inside is signed on its own and never changes; freshness belongs to the attempt alone.
 */
import { createHash } from 'node:crypto'
import { createSignature, isSignatureError, verifySignature } from 'http-message-sig'
import type { Signer } from '../../exchange/wire/index.ts'
import { newNonce } from '../../kernel/crypto/index.ts'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { checkSignature } from './checked-keys.ts'
import type { Members } from './members.ts'

const TAG = 'comity-v1'
/** How long an attempt is good for, and how far two clocks may be apart, in seconds. */
const EXPIRES_S = 300
const SKEW_S = 300
const LABEL = 'sig1'
export const POST_COVERS = ['@method', '@target-uri', 'content-type', 'content-digest', 'idempotency-key']
export const GET_COVERS = ['@method', '@target-uri']

export type Attempt = {
  readonly method: string
  readonly targetUri: string
  readonly fields: readonly { readonly name: string; readonly value: string }[]
}

/** RFC 9530. */
export function contentDigest(body: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
}

/** The two fields that are added to a request. */
export async function signAttempt(
  attempt: Attempt,
  signer: Signer,
  now: number,
  components: readonly string[] = usual(attempt),
): Promise<Record<string, string>> {
  const created = Math.floor(now / 1000)
  const { signature, signatureInput } = await createSignature(
    { kind: 'request', ...attempt },
    {
      label: LABEL,
      components,
      parameters: {
        created,
        expires: created + EXPIRES_S,
        nonce: Buffer.from(newNonce(16)).toString('base64url'),
        keyid: signer.keyId,
        alg: 'ed25519',
        tag: TAG,
      },
      signer: { algorithm: 'ed25519', sign: (bytes) => signer.sign(bytes) },
    },
  )
  return { signature, 'signature-input': signatureInput }
}

export type CheckedAttempt = { readonly agency: string; readonly nonce: string; readonly expires: number }

export async function checkAttempt(
  attempt: Attempt,
  members: Members,
  now: number,
  required: readonly string[] = usual(attempt),
): Promise<Result<CheckedAttempt>> {
  let agency: string | null = null
  try {
    const { parameters, components } = await verifySignature(
      { kind: 'request', ...attempt },
      {
        label: LABEL,
        policy: {
          algorithms: ['ed25519'],
          requiredComponents: required,
          requiredParameters: ['created', 'expires', 'nonce', 'keyid', 'tag'],
          maxAge: EXPIRES_S + SKEW_S,
          clockSkew: SKEW_S,
          now: Math.floor(now / 1000),
        },
        resolveVerifier: ({ parameters: { keyid } }) => {
          const key = typeof keyid === 'string' ? members.keyOf(keyid) : null
          agency = key?.agency ?? null
          return {
            algorithm: 'ed25519',
            verify: (bytes, signature) => key !== null && checkSignature(key.publicKey, bytes, signature),
          }
        },
      },
    )
    const { nonce, expires, tag } = parameters
    const isExact = components.length === required.length && tag === TAG
    if (agency === null || typeof nonce !== 'string' || typeof expires !== 'number' || !isExact)
      return broken('it covers something else')
    return ok({ agency, nonce, expires: expires * 1000 })
  } catch (thrown) {
    if (isSignatureError(thrown)) return broken(thrown.code)
    throw thrown
  }
}

/** What is covered where a route says nothing else: of a message all that it travels with, of a question its address. */
function usual({ method }: Attempt): readonly string[] {
  return method === 'POST' ? POST_COVERS : GET_COVERS
}

function broken(why: string): Result<never> {
  return refuse('EXCHANGE_ATTEMPT', `The signature of the request is missing, wrong, or out of its time (${why}).`, {
    place: 'Signature',
    fix: 'Sign each attempt anew, with a key of the directory and a clock that is right.',
  })
}
