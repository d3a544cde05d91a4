/**
 * Sealing under a passphrase: scrypt (RFC 7914) makes the key, `seal` does the rest.
 *
 * N = 2^17, r = 8, p = 1: 128 MiB and about half a second for each guess (OWASP password storage cheat sheet). The parameters
 * travel with the value, within bounds, so that they can go up later and nobody can make a reader work for ever.
 */
import { randomBytes, scryptSync } from 'node:crypto'
import { base64ToBytes, bytesToBase64 } from '../base64.ts'
import { type Result, refuse } from '../refusal.ts'
import { seal, unseal } from './sealing.ts'

export type PassphraseSealed = {
  readonly kdf: 'scrypt'
  readonly n: number
  readonly r: number
  readonly p: number
  readonly salt: string
  readonly sealed: string
}

const COST = { n: 2 ** 17, r: 8, p: 1 } as const

export function sealUnderPassphrase(passphrase: string, plain: Uint8Array, purpose: string): PassphraseSealed {
  const salt = Uint8Array.from(randomBytes(16))
  const key = stretch(passphrase, salt, COST)
  return { kdf: 'scrypt', ...COST, salt: bytesToBase64(salt), sealed: bytesToBase64(seal(key, plain, purpose)) }
}

export function openWithPassphrase(passphrase: string, value: PassphraseSealed, purpose: string): Result<Uint8Array> {
  const salt = base64ToBytes(value.salt)
  const sealed = base64ToBytes(value.sealed)
  const bounded =
    value.kdf === 'scrypt' &&
    Number.isInteger(Math.log2(value.n)) &&
    value.n >= 2 ** 14 &&
    value.n <= 2 ** 20 &&
    value.r === 8 &&
    value.p === 1
  if (salt === null || sealed === null || salt.length < 16 || !bounded)
    return refuse('PASSPHRASE_SEAL', 'What is sealed under a passphrase is malformed.', {
      fix: 'Take the file from a backup.',
    })
  const opened = unseal(stretch(passphrase, salt, value), sealed, purpose)
  if (opened.ok) return opened
  return refuse('PASSPHRASE_WRONG', 'The passphrase is wrong, or the file was changed.', {
    fix: 'Try again; without the passphrase nothing opens it.',
  })
}

/** Composed and decomposed letters are one passphrase (NFKC, as RFC 8265 asks). */
function stretch(passphrase: string, salt: Uint8Array, { n, r, p }: { n: number; r: number; p: number }): Uint8Array {
  return new Uint8Array(scryptSync(passphrase.normalize('NFKC'), salt, 32, { N: n, r, p, maxmem: 256 * n * r }))
}
