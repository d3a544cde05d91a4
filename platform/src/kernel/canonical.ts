/**
 * Canonical JSON text (RFC 8785), the only serialisation that is ever hashed or signed.
 *
 * Amounts travel as decimal strings, so numbers here are counts, heights and times: integers within ±(2^53 − 1).
 * A fraction, a bigint, `undefined`, NaN or a lone surrogate is a fault of the caller and is thrown, never repaired.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`canonical JSON holds safe integers only, not ${value}`)
    return Object.is(value, -0) ? '0' : String(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('canonical JSON holds well-formed Unicode only')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item as Json)).join(',')}]`
  if (typeof value !== 'object') throw new TypeError(`canonical JSON cannot hold a ${typeof value}`)
  const object = value as { readonly [key: string]: Json }
  // RFC 8785 section 3.2.3: keys in order of their UTF-16 code units, which is how JavaScript compares strings.
  const members = Object.keys(object)
    .sort()
    .map((key) => {
      const member = object[key]
      if (member === undefined) throw new TypeError(`canonical JSON cannot hold undefined (key ${key})`)
      return `${canonicalJson(key)}:${canonicalJson(member)}`
    })
  return `{${members.join(',')}}`
}
