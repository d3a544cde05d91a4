/** Segwit addresses: bech32 for witness version 0 (BIP-173), bech32m for versions 1 to 16 (BIP-350). */
import { bech32, bech32m } from '@scure/base'

export const BECH32_ALPHABET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** BIP-173: at most 90 characters, the prefix included. */
export const BECH32_MAX = 90

export type WitnessProgram = { readonly version: number; readonly program: Uint8Array }

export function encodeSegwit(prefix: string, { version, program }: WitnessProgram): string {
  const codec = version === 0 ? bech32 : bech32m
  return codec.encode(prefix, [version, ...codec.toWords(program)], BECH32_MAX)
}

export type Bech32Reading = {
  readonly prefix: string
  readonly words: readonly number[]
  readonly variant: 'bech32' | 'bech32m'
}

/** Prefix and five-bit words under the variant whose checksum holds; `null` where neither does. */
export function readBech32(text: string, limit: number = BECH32_MAX): Bech32Reading | null {
  if (text.length > limit) return null
  const old = bech32.decodeUnsafe(text, limit)
  if (old) return { ...old, variant: 'bech32' }
  const modified = bech32m.decodeUnsafe(text, limit)
  return modified ? { ...modified, variant: 'bech32m' } : null
}

/** The bytes of the words after the witness version; `null` where the padding is not zero or longer than four bits. */
export function programOf(words: readonly number[]): Uint8Array | null {
  return bech32.fromWordsUnsafe([...words.slice(1)]) ?? null
}

/** BIP-141: programs have 2 to 40 bytes, those of version 0 have 20 or 32. */
export function isProgramLength(version: number, length: number): boolean {
  return version === 0 ? length === 20 || length === 32 : length >= 2 && length <= 40
}
