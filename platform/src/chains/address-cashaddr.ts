/**
 * CashAddr, the address format of Bitcoin Cash (specification of 2017-10-13, version 1.1), with the token-aware types
 * of CHIP-2022-02.
 *
 * The payload is a version byte (one reserved bit, four of type, three of size) and the hash, in five-bit words, with a
 * checksum of 40 bits that covers the prefix.
 */
import { bech32 } from '@scure/base'
import { BECH32_ALPHABET } from './address-bech32.ts'

const sizes: readonly number[] = [20, 24, 28, 32, 40, 48, 56, 64]

export type CashAddress = { readonly kind: number; readonly hash: Uint8Array }

/** Types 2 and 3 pay to the same scripts as 0 and 1; they only say that the wallet understands tokens. */
export const CASH_P2PKH = 0
export const CASH_P2SH = 1
export const CASH_TOKEN_P2PKH = 2
export const CASH_TOKEN_P2SH = 3

/** Throws on a hash whose length the format does not have. */
export function encodeCashaddr(prefix: string, { kind, hash }: CashAddress): string {
  const size = sizes.indexOf(hash.length)
  if (size < 0 || kind < 0 || kind > 15) throw new TypeError(`cashaddr holds no type ${kind} with ${hash.length} bytes`)
  const words = bech32.toWords(Uint8Array.of((kind << 3) | size, ...hash))
  const sum = polymod([...prefixWords(prefix), 0, ...words, 0, 0, 0, 0, 0, 0, 0, 0])
  return `${prefix}:${[...words, ...checksumWords(sum)].map((word) => BECH32_ALPHABET[word]).join('')}`
}

/** Words of the payload without the checksum, in lower-case text; `null` where a character is foreign or the sum wrong. */
export function readCashaddr(prefix: string, payload: string): readonly number[] | null {
  const words: number[] = []
  for (const character of payload) {
    const word = BECH32_ALPHABET.indexOf(character)
    if (word < 0) return null
    words.push(word)
  }
  if (words.length < 8) return null
  const { high, low } = polymod([...prefixWords(prefix), 0, ...words])
  return high === 0 && low === 0 ? words.slice(0, -8) : null
}

/** Type and hash, or which rule the words break. */
export function cashAddressOf(words: readonly number[]): CashAddress | 'padding' | 'reserved' | 'length' {
  const bytes = bech32.fromWordsUnsafe([...words])
  if (!bytes) return 'padding'
  const version = bytes[0]
  if (version === undefined) return 'length'
  if (version & 0x80) return 'reserved'
  const hash = bytes.slice(1)
  if (hash.length !== sizes[version & 7]) return 'length'
  return { kind: version >> 3, hash }
}

function prefixWords(prefix: string): readonly number[] {
  return Array.from(prefix, (character) => (character.codePointAt(0) ?? 0) & 31)
}

type Forty = { readonly high: number; readonly low: number }

/** Generators of the code: bits 32 to 39, and bits 0 to 31. */
const generators: readonly (readonly [number, number])[] = [
  [0x98, 0xf2bc8e61],
  [0x79, 0xb76d99e2],
  [0xf3, 0x3e5fb3c4],
  [0xae, 0x2eabe2a8],
  [0x1e, 0x4f43e470],
]

/** The 40-bit state is kept in two numbers, because bitwise operators of JavaScript see 32 bits only. */
function polymod(words: readonly number[]): Forty {
  let high = 0
  let low = 1
  for (const word of words) {
    const top = high >>> 3
    high = ((high & 7) << 5) | (low >>> 27)
    low = (low << 5) ^ word
    for (let bit = 0; bit < 5; bit += 1) {
      if (!((top >>> bit) & 1)) continue
      const generator = generators[bit] ?? [0, 0]
      high ^= generator[0]
      low ^= generator[1]
    }
  }
  return { high, low: (low ^ 1) >>> 0 }
}

function checksumWords({ high, low }: Forty): readonly number[] {
  const words = [high >>> 3, ((high & 7) << 2) | (low >>> 30)]
  for (let shift = 25; shift >= 0; shift -= 5) words.push((low >>> shift) & 31)
  return words
}
