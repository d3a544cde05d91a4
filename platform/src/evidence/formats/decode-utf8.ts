/**
 * UTF-8 to text, fatally (RFC 3629): overlong forms, surrogates and cut sequences give `null`, never U+FFFD, because a
 * replaced byte would change what is later compared and hashed. Written out because rule files have no TextDecoder.
 * A byte order mark at the start is taken away.
 */
export function decodeUtf8(bytes: Uint8Array): string | null {
  const parts: string[] = []
  let units: number[] = []
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0
    const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0
    if (length === 0 || at + length > bytes.length) return null
    let code = length === 1 ? lead : lead & (0x7f >> length)
    for (let next = 1; next < length; next++) {
      const byte = bytes[at + next] ?? 0
      if ((byte & 0xc0) !== 0x80) return null
      code = (code << 6) | (byte & 0x3f)
    }
    if ((length === 3 && code < 0x800) || (length === 4 && (code < 0x10000 || code > 0x10ffff))) return null
    if (code >= 0xd800 && code <= 0xdfff) return null
    if (code < 0x10000) units.push(code)
    else units.push(0xd800 + ((code - 0x10000) >> 10), 0xdc00 + ((code - 0x10000) & 0x3ff))
    at += length
    if (units.length > 8000) {
      parts.push(String.fromCharCode(...units))
      units = []
    }
  }
  parts.push(String.fromCharCode(...units))
  return parts.join('')
}
