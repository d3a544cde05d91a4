/** Base64 (RFC 4648 section 4) through @scure/base. Every value has one writing: padding and unused bits are checked. */
import { base64 } from '@scure/base'

export function bytesToBase64(bytes: Uint8Array): string {
  return base64.encode(bytes)
}

/** Null for text that `bytesToBase64` would not have written. */
export function base64ToBytes(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null
  try {
    const bytes = base64.decode(text)
    return base64.encode(bytes) === text ? Uint8Array.from(bytes) : null
  } catch {
    return null
  }
}
