/** Text and its UTF-8 bytes. Reading is fatal: bytes that are not UTF-8 are refused, never replaced. */
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { ok, type Result, refuse } from './refusal.ts'

export function textToBytes(text: string): Uint8Array {
  return utf8ToBytes(text)
}

/** The text of bytes; the place of a refusal is the offset of the first byte that is wrong. A byte order mark stays. */
export function bytesToText(bytes: Uint8Array): Result<string> {
  const parts: string[] = []
  let units: number[] = []
  let at = 0
  while (at < bytes.length) {
    const first = bytes[at] ?? 0
    if (first < 0x80) {
      units.push(first)
      at += 1
    } else {
      const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
      const point = length === 0 ? undefined : continued(bytes, at, length)
      if (point === undefined)
        return refuse('TEXT_NOT_UTF8', `Byte ${at} does not belong to UTF-8 text.`, {
          place: `byte ${at}`,
          fix: 'Save the file as UTF-8.',
        })
      if (point < 0x10000) units.push(point)
      else units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff))
      at += length
    }
    // An argument list has a limit; long texts are made in parts.
    if (units.length >= 8192) {
      parts.push(String.fromCharCode(...units))
      units = []
    }
  }
  parts.push(String.fromCharCode(...units))
  return ok(parts.join(''))
}

/** The code point of a sequence (RFC 3629 section 4); undefined where it is cut, overlong, a surrogate or above U+10FFFF. */
function continued(bytes: Uint8Array, at: number, length: number): number | undefined {
  let point = (bytes[at] ?? 0) & (length === 2 ? 0x1f : length === 3 ? 0x0f : 0x07)
  for (let more = 1; more < length; more++) {
    const byte = bytes[at + more] ?? 0
    if ((byte & 0xc0) !== 0x80) return undefined
    point = (point << 6) | (byte & 0x3f)
  }
  if (length === 3 && (point < 0x800 || (point >= 0xd800 && point <= 0xdfff))) return undefined
  if (length === 4 && (point < 0x10000 || point > 0x10ffff)) return undefined
  return point
}
