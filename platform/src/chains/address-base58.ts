/** Base58check: version byte, 20-byte hash, four bytes of double SHA-256. */
import { base58, createBase58check } from '@scure/base'
import { doubleSha256, sha256 } from '../kernel/index.ts'

const checked = createBase58check(sha256)

export const BASE58_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

export function encodeBase58check(version: number, hash: Uint8Array): string {
  const bytes = new Uint8Array(hash.length + 1)
  bytes[0] = version
  bytes.set(hash, 1)
  return checked.encode(bytes)
}

export type Base58Reading = { readonly bytes: Uint8Array; readonly checksumHolds: boolean }

/** The bytes without the four of the checksum, and whether it holds; `null` where the text is not base58 or too short. */
export function readBase58(text: string): Base58Reading | null {
  if (!/^[1-9A-HJ-NP-Za-km-z]{6,128}$/.test(text)) return null
  const all = base58.decode(text)
  if (all.length < 5) return null
  const bytes = all.slice(0, -4)
  const sum = doubleSha256(bytes)
  return { bytes, checksumHolds: all.slice(-4).every((byte, place) => byte === sum[place]) }
}
