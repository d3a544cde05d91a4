/**
 * Canonical JSON (RFC 8785) and its SHA-256, as the node computes what is approved. Written once more here on purpose: the page
 * digests what it shows, and does not take the node's word for it. Numbers are whole.
 */

/** @param {unknown} value @returns {string} */
export function canonicalJson(value) {
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError('not a whole number')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = /** @type {Record<string, unknown>} */ (value)
  const keys = Object.keys(members).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(members[key])}`).join(',')}}`
}

/** @param {unknown} value @returns {Promise<string>} hexadecimal */
export async function digestOf(value) {
  const bytes = new TextEncoder().encode(canonicalJson(value))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
