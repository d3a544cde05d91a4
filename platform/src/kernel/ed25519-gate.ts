/** Which Ed25519 public keys are let in, whatever library verifies: none on which verifiers disagree. */
import { bytesToHex } from './bytes.ts'
import { ok, type Result, refuse } from './refusal.ts'

/** 2^255 − 19; a y coordinate at or above it has a second way to be written. */
const FIELD = 2n ** 255n - 19n

/** The y coordinates of the eight points whose order divides 8 (computed from the curve equation of RFC 8032, section 5.1). */
const SMALL_ORDER_Y: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  FIELD - 1n,
  0x5fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
])

/** The bytes of a key, if it is one on which all verifiers agree. */
export function gateEd25519(bytes: Uint8Array): Result<Uint8Array> {
  if (bytes.length !== 32)
    return refuse('KEY_INVALID', `An Ed25519 public key has 32 bytes, not ${bytes.length}.`, {
      fix: 'Ask for the key again.',
    })
  const y = BigInt(`0x${bytesToHex(Uint8Array.from(bytes).reverse())}`) & (2n ** 255n - 1n)
  if (y >= FIELD || SMALL_ORDER_Y.has(y))
    return refuse('KEY_INVALID', 'This Ed25519 public key is one on which verifiers disagree.', {
      fix: 'Make a new key pair; a key generator never gives such a key.',
    })
  return ok(bytes)
}
