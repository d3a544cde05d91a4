/** Ids made from names, so that the same content gets the same id at every node and in every run. */
import { bytesToHex, concatBytes, hexToBytes, sha1, utf8 } from '../../kernel/index.ts'

/** The namespace of STIX 2.1 section 2.9 for deterministic ids of Cyber-observable Objects. */
export const STIX_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7'

/** Our own namespace, for what a foreign document names otherwise than by a UUID: UUIDv5 (DNS, "formats.comity"). */
export const COMITY_NAMESPACE = '19de152b-a980-5a0b-8ac0-808233a612e3'

export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** UUID version 5 (RFC 9562 section 5.5): SHA-1 of namespace and name. A name, not a proof of anything. */
export function uuidV5(namespace: string, name: string): string {
  const digest = sha1(concatBytes(hexToBytes(namespace.replaceAll('-', '')), utf8(name))).slice(0, 16)
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80
  const hex = bytesToHex(digest)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The UUID that a foreign id holds (`identity--…`, `kb:tool-…`), or one made from its text. */
export function uuidFrom(foreign: string): string {
  const found = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.exec(foreign.toLowerCase())
  return found ? found[0] : uuidV5(COMITY_NAMESPACE, foreign)
}
