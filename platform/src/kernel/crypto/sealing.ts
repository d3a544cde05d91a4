/**
 * Sealing: AES-256-GCM under a 32-byte key, bound to what the bytes are for.
 *
 * A sealed value is one version byte, a nonce of 12 random bytes, the ciphertext and its tag of 16 bytes. `purpose` is
 * authenticated with it, so that a sealed value moved to another place does not open. Under one key at most 2^32 values
 * may be sealed (NIST SP 800-38D, section 8.3): derive a key for each case and each kind of use.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { ok, type Result, refuse } from '../refusal.ts'

const VERSION = 1
const NONCE = 12
const TAG = 16

export function newSecret(bytes = 32): Uint8Array {
  return Uint8Array.from(randomBytes(bytes))
}

let pool = randomBytes(0)
let taken = 0

/**
 * Random bytes that are no secret: nonces and identifiers. The system is asked for 4 KiB at a time, since asking takes longer
 * than sealing a small value; what was given is wiped from the pool, so that it is given once.
 */
export function newNonce(bytes: number): Uint8Array {
  if (bytes > 64) return newSecret(bytes)
  if (taken + bytes > pool.length) {
    pool = randomBytes(4096)
    taken = 0
  }
  const drawn = Uint8Array.from(pool.subarray(taken, taken + bytes))
  pool.fill(0, taken, taken + bytes)
  taken += bytes
  return drawn
}

export function seal(key: Uint8Array, plain: Uint8Array, purpose: string): Uint8Array {
  const nonce = newNonce(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG })
  cipher.setAAD(Buffer.from(purpose, 'utf8'))
  // Put together in one place: pieces of a megabyte are sealed here by the thousand.
  const sealed = unfilled(1 + NONCE + plain.length + TAG)
  sealed[0] = VERSION
  sealed.set(nonce, 1)
  sealed.set(cipher.update(plain), 1 + NONCE)
  cipher.final()
  sealed.set(cipher.getAuthTag(), 1 + NONCE + plain.length)
  return sealed
}

/** Memory that is written to the last byte before anybody sees it; not from the pool that Buffer shares out. */
export function unfilled(length: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(length).buffer)
}

export function unseal(key: Uint8Array, sealed: Uint8Array, purpose: string): Result<Uint8Array> {
  const broken = refuse(
    'SEAL_BROKEN',
    'A sealed value does not open: it was changed, moved, or sealed under another key.',
    {
      place: purpose,
      fix: 'Compare the data with a backup, and find out who changed it.',
    },
  )
  if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) return broken
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + NONCE), { authTagLength: TAG })
  decipher.setAAD(Buffer.from(purpose, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  try {
    const plain = decipher.update(sealed.subarray(1 + NONCE, sealed.length - TAG))
    // In GCM nothing is left for `final` but to compare the tag; only after it the bytes may be used.
    decipher.final()
    return ok(new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength))
  } catch {
    return broken
  }
}

/** A key for one use, derived from another (HKDF-SHA-256, RFC 5869). */
export function deriveKey(secret: Uint8Array, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(), Buffer.from(use, 'utf8'), 32))
}

export function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(createHmac('sha256', key).update(bytes).digest())
}
