/**
 * Keys as the directory writes them.
 *
 * A key has one id: the SHA-256 of its SubjectPublicKeyInfo (RFC 8410), in lower-case hexadecimal. TUF lets whoever writes the
 * metadata choose the id, so that one key under two ids counts twice toward a threshold; here that is refused when it is read.
 */
import { bytesToHex, concatBytes, hexToBytes, isHex, type Json, sha256, stop } from '../../../kernel/index.ts'
import { fieldsOf, malformed, textOf } from './read-fields.ts'

/** RFC 8410: these bytes, then the 32 bytes of the key. */
const ED25519_SPKI = hexToBytes('302a300506032b6570032100')
const X25519_SPKI = hexToBytes('302a300506032b656e032100')

export type KeyKind = 'ed25519' | 'x25519'

export function keyIdOf(publicKey: Uint8Array, kind: KeyKind = 'ed25519'): string {
  return bytesToHex(sha256(concatBytes(kind === 'ed25519' ? ED25519_SPKI : X25519_SPKI, publicKey)))
}

/** Keys by id. Null: a key of a type that this program does not know, kept for later versions; it counts toward nothing. */
export type DirectoryKeys = ReadonlyMap<string, Uint8Array | null>

/** A key as TUF writes it: `{"keytype":"ed25519","keyval":{"public":…},"scheme":"ed25519"}`. */
export function keyToJson(publicKey: Uint8Array): Json {
  return { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: bytesToHex(publicKey) } }
}

export function readKeys(value: Json | undefined, place: string): DirectoryKeys {
  const keys = new Map<string, Uint8Array | null>()
  const material = new Set<string>()
  const entries = Object.entries(fieldsOf(value, place))
  if (entries.length > 256) malformed(place, 'it names more than 256 keys')
  for (const [keyid, json] of entries) {
    const here = `${place}.${keyid}`
    if (!isHex(keyid, 32)) malformed(here, 'a key id is not 64 hexadecimal digits')
    const { keytype, scheme, keyval } = fieldsOf(json, here)
    const type = textOf(keytype, `${here}.keytype`, 64)
    const how = textOf(scheme, `${here}.scheme`, 64)
    const text = textOf(fieldsOf(keyval, `${here}.keyval`).public, `${here}.keyval.public`, 16_384)
    // The text is compared whatever the type, so that a type which nobody knows hides no second copy either.
    if (material.has(text)) twice(here)
    material.add(text)
    if (type !== 'ed25519' || how !== 'ed25519') {
      keys.set(keyid, null)
      continue
    }
    if (!isHex(text, 32)) malformed(`${here}.keyval.public`, 'an Ed25519 key is not 64 hexadecimal digits')
    const publicKey = hexToBytes(text)
    if (keyIdOf(publicKey) !== keyid)
      stop('DIRECTORY_KEY_MISNAMED', 'A key stands under an id that is not its own.', {
        place: here,
        fix: `The id of this key is ${keyIdOf(publicKey)}. Ask who drafted the file.`,
      })
    keys.set(keyid, publicKey)
  }
  return keys
}

export function twice(place: string): never {
  return stop('DIRECTORY_KEY_TWICE', 'The same key stands here twice.', {
    place,
    fix: 'Name each key once; a threshold counts keys, not names.',
  })
}
