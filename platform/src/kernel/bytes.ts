/** Bytes and hexadecimal text. Hexadecimal is lower case everywhere in Comity. */
import { hexToBytes as nobleFromHex, bytesToHex as nobleToHex } from '@noble/hashes/utils.js'

export function bytesToHex(bytes: Uint8Array): string {
  return nobleToHex(bytes)
}

/** Throws on odd length or a character that is not hexadecimal; check with `isHex` first where text is foreign. */
export function hexToBytes(hex: string): Uint8Array {
  return nobleFromHex(hex)
}

export function isHex(text: string, byteLength?: number): boolean {
  if (byteLength !== undefined && text.length !== byteLength * 2) return false
  return text.length % 2 === 0 && /^[0-9a-f]*$/.test(text)
}

/** A copy in the opposite byte order: Bitcoin shows hashes reversed. */
export function reversed(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).reverse()
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
