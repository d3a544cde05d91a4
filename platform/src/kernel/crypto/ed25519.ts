/**
 * Ed25519 (RFC 8032) by node:crypto: the only signer and verifier of the house.
 *
 * Verifiers disagree on edge cases, and two nodes must never disagree on a signature. So there is one verifier, and a public
 * key is let in only through `parsePublicKey`, which refuses the keys on which verifiers differ: points of small order and
 * encodings that are not canonical.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { gateEd25519 } from '../ed25519-gate.ts'
import { ok, type Result, refuse } from '../refusal.ts'

/** SubjectPublicKeyInfo and PKCS #8 of Ed25519 (RFC 8410): these bytes, then the 32 bytes of the key. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A public key that has passed the gate; its 32 bytes as RFC 8032 writes them. */
export type PublicKey = { readonly bytes: Uint8Array; readonly handle: KeyObject }

/** The secret stays in the handle of node:crypto; `seed` copies it out for storage. */
export type SigningKey = { readonly publicKey: PublicKey; readonly handle: KeyObject }

export function parsePublicKey(bytes: Uint8Array): Result<PublicKey> {
  const gate = gateEd25519(bytes)
  if (!gate.ok) return gate
  try {
    const handle = createPublicKey({ key: Buffer.concat([SPKI_HEAD, bytes]), format: 'der', type: 'spki' })
    return ok({ bytes: Uint8Array.from(bytes), handle })
  } catch {
    return refuse('KEY_INVALID', 'These bytes are not an Ed25519 public key.', { fix: 'Ask for the key again.' })
  }
}

export function newSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519')
  return signingKeyOf(privateKey)
}

/** The key of a 32-byte seed (RFC 8032 section 5.1.5). */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  if (seed.length !== 32) throw new RangeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`)
  return signingKeyOf(createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' }))
}

/** The 32 secret bytes, for storage under a key of the node; never for a log. */
export function seedOf({ handle }: SigningKey): Uint8Array {
  return Uint8Array.from(handle.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8_HEAD.length))
}

export function signEd25519({ handle }: SigningKey, message: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, message, handle))
}

export function verifyEd25519({ handle }: PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === 64 && verify(null, message, handle, signature)
}

/** `verifyEd25519` over raw bytes of a key; false for a key that the gate refuses. */
export function checkEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = parsePublicKey(publicKey)
  return key.ok && verifyEd25519(key.value, message, signature)
}

function signingKeyOf(handle: KeyObject): SigningKey {
  const spki = createPublicKey(handle).export({ format: 'der', type: 'spki' })
  const parsed = parsePublicKey(Uint8Array.from(spki.subarray(SPKI_HEAD.length)))
  if (!parsed.ok) throw new Error(parsed.refusal.message)
  return { publicKey: parsed.value, handle }
}
