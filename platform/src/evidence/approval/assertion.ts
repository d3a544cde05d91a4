/**
 * The assertion of an authenticator (WebAuthn level 3) under an approval, as it is kept in the journal and checked by whoever
 * is given the entry: the same questions that the node asked when it took it, but for the counter, which only the node knows.
 */
import {
  base64ToBytes,
  bytesToHex,
  concatBytes,
  type Json,
  ok,
  type Result,
  refuse,
  sha256,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'
import { sameBytes } from '../journal/merkle-tree.ts'

/** A public key as JWK (RFC 7517): P-256, Ed25519 or RSA. */
export type PublicJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }

export type AssertionProof = {
  readonly publicKey: PublicJwk
  /** The host for which the key was made, and the origin of the page on which it was used. */
  readonly rpId: string
  readonly origin: string
  /** base64url, as WebAuthn gives them. */
  readonly authenticatorData: string
  readonly clientDataJSON: string
  readonly signature: string
}

/** Whether the bytes are a signature under the key: kernel/crypto's `checkJwk`, passed in by plumbing. */
export type JwkCheck = (key: PublicJwk, message: Uint8Array, signature: Uint8Array) => boolean

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const BACKUP_ELIGIBLE = 0x08
const MAX_TEXT = 10_000

/** Refused unless the authenticator signed this challenge, for this origin, with its user there and verified. */
export function checkAssertion(proof: AssertionProof, challenge: string, check: JwkCheck): Result<null> {
  const no = (why: string) =>
    refuse('ASSERTION_WRONG', `The authenticator did not sign this approval: ${why}.`, {
      fix: 'Do not rely on the approval.',
    })
  const [authenticator, client, signature] = [proof.authenticatorData, proof.clientDataJSON, proof.signature].map(
    base64urlToBytes,
  )
  if (!authenticator || !client || !signature) return no('a part of the assertion is not base64url')
  const stated = strictJson(client)
  if (!stated.ok || typeof stated.value !== 'object' || stated.value === null || Array.isArray(stated.value))
    return no('what the browser says of it cannot be read')
  const said = stated.value as { readonly [name: string]: Json }
  if (said.type !== 'webauthn.get') return no('it was made for another use')
  if (said.challenge !== challenge) return no('it is over another challenge')
  if (said.origin !== proof.origin || !isOriginOf(proof.origin, proof.rpId)) return no('it was made on another site')
  if (said.crossOrigin === true) return no('it was made inside a page of another site')
  if (authenticator.length < 37 || !sameBytes(authenticator.subarray(0, 32), sha256(textToBytes(proof.rpId))))
    return no('the key belongs to another site')
  const flags = authenticator[32] as number
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return no('it did not verify its user')
  if ((flags & BACKUP_ELIGIBLE) !== 0) return no('its key can be copied')
  // WebAuthn level 3 section 7.2 step 21.
  return check(proof.publicKey, concatBytes(authenticator, sha256(client)), signature)
    ? ok(null)
    : no('the signature is not of this key')
}

/** The page stands on the host of the key or below it, and came over TLS, but for a node on its own machine. */
function isOriginOf(origin: string, rpId: string): boolean {
  const [, scheme, host = ''] = /^(https?):\/\/([a-z0-9.-]+)(?::[0-9]{1,5})?$/.exec(origin) ?? []
  if (scheme === undefined || rpId === '') return false
  if (scheme === 'http' && host !== 'localhost') return false
  return host === rpId || host.endsWith(`.${rpId}`)
}

/** The proof in the body of an entry; null where there is none of this form. */
export function readProof(json: Json | undefined): AssertionProof | null {
  const proof = membersOf(json)
  const key = membersOf(proof?.publicKey)
  if (!proof || !key) return null
  const texts = ['rpId', 'origin', 'authenticatorData', 'clientDataJSON', 'signature'].every((name) =>
    isText(proof[name]),
  )
  const names = { EC: ['x', 'y'], OKP: ['x'], RSA: ['n', 'e'] }[String(key.kty)]
  const curve = { EC: 'P-256', OKP: 'Ed25519' }[String(key.kty)]
  if (!texts || !names?.every((name) => isText(key[name])) || key.crv !== curve) return null
  return proof as unknown as AssertionProof
}

function membersOf(json: Json | undefined): { readonly [name: string]: Json } | null {
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
  return isObject ? (json as { readonly [name: string]: Json }) : null
}

function isText(value: Json | undefined): boolean {
  return typeof value === 'string' && value.length <= MAX_TEXT
}

function base64urlToBytes(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null
  return base64ToBytes(
    text
      .replaceAll('-', '+')
      .replaceAll('_', '/')
      .padEnd(Math.ceil(text.length / 4) * 4, '='),
  )
}

/** A short name of a key, for people to compare: the first half of the SHA-256 of its JWK thumbprint text (RFC 7638). */
export function keyName(key: PublicJwk): string {
  const required =
    key.kty === 'EC'
      ? { crv: key.crv, kty: key.kty, x: key.x, y: key.y }
      : key.kty === 'OKP'
        ? { crv: key.crv, kty: key.kty, x: key.x }
        : { e: key.e, kty: key.kty, n: key.n }
  return bytesToHex(sha256(textToBytes(JSON.stringify(required)))).slice(0, 32)
}
