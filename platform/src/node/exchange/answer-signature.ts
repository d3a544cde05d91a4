/**
 * The signature of an answer (RFC 9421): that this member gave it, to this very request. It covers the signature of the request,
 * which no two requests share, so that no answer can be given twice or be carried from one request to another.
 *
 * A receipt verifies by itself and for ever; a refusal or `held` does not, and without this whoever sits on the line could have a
 * message given up.
 */
import {
  type ComponentDescriptor,
  component,
  createSignatureSync,
  isSignatureError,
  verifySignature,
} from 'http-message-sig'
import type { Signer } from '../../exchange/wire/index.ts'
import type { Attempt } from './attempt-signature.ts'
import { checkSignature } from './checked-keys.ts'
import type { Members } from './members.ts'

const TAG = 'comity-answer-v1'
const LABEL = 'sig1'
const ANY_TIME_S = 1e11

export type SignedAnswer = {
  readonly status: number
  readonly fields: readonly { readonly name: string; readonly value: string }[]
  /** The request that it answers, with its signature. */
  readonly request: Attempt
}

/** The two fields that are added to an answer; none where the request bore no signature that an answer could be bound to. */
export function signAnswer(answer: SignedAnswer, signer: Signer, now: number): Readonly<Record<string, string>> {
  try {
    const { signature, signatureInput } = createSignatureSync(
      { kind: 'response', ...answer, request: { kind: 'request', ...answer.request } },
      {
        label: LABEL,
        components: componentsFor(answer.request),
        parameters: { created: Math.floor(now / 1000), keyid: signer.keyId, alg: 'ed25519', tag: TAG },
        signer: { algorithm: 'ed25519', sign: (bytes) => signer.sign(bytes) },
      },
    )
    return { signature, 'signature-input': signatureInput }
  } catch (thrown) {
    if (isSignatureError(thrown)) return {}
    throw thrown
  }
}

/** Whether `peer` gave this answer to this request. */
export async function isAnswerOf(peer: string, answer: SignedAnswer, members: Members): Promise<boolean> {
  const required = componentsFor(answer.request)
  try {
    const { components, parameters } = await verifySignature(
      { kind: 'response', ...answer, request: { kind: 'request', ...answer.request } },
      {
        label: LABEL,
        policy: {
          algorithms: ['ed25519'],
          requiredComponents: required,
          requiredParameters: ['created', 'keyid', 'tag'],
          // It answers this very request, which is fresh: what the clock of the other side says of the time adds nothing.
          clockSkew: ANY_TIME_S,
        },
        resolveVerifier: ({ parameters: { keyid } }) => {
          const key = typeof keyid === 'string' ? members.keyOf(keyid) : null
          return {
            algorithm: 'ed25519',
            verify: (bytes, signature) => key?.agency === peer && checkSignature(key.publicKey, bytes, signature),
          }
        },
      },
    )
    return components.length === required.length && parameters.tag === TAG
  } catch (thrown) {
    if (isSignatureError(thrown)) return false
    throw thrown
  }
}

function componentsFor({ fields }: Attempt): readonly (string | ComponentDescriptor)[] {
  const ofRequest = (name: string) => component(name, { req: true })
  return [
    '@status',
    'content-type',
    'content-digest',
    ofRequest('@method'),
    ofRequest('@target-uri'),
    ...(fields.some(({ name }) => name === 'content-digest') ? [ofRequest('content-digest')] : []),
    component('signature', { req: true, key: LABEL }),
  ]
}
