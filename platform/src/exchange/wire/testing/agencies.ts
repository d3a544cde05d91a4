/** Three agencies with keys from fixed seeds, and the directory of the three: for tests, vectors and the worked example. */

import { checkEd25519, signEd25519, signingKeyFromSeed } from '../../../kernel/crypto/index.ts'
import { sha256, utf8 } from '../../../kernel/index.ts'
import { type Keys, type KnownKey, keyIdOf, type Signer } from '../index.ts'

export type TestKey = Signer & { readonly agency: string; readonly publicKey: Uint8Array }

/** The seed is the SHA-256 of `comity exchange vectors: NAME`, so that anybody can make the same key. */
export function testKey(agency: string, name = agency): TestKey {
  const key = signingKeyFromSeed(sha256(utf8(`comity exchange vectors: ${name}`)))
  const publicKey = key.publicKey.bytes
  return { agency, publicKey, keyId: keyIdOf(publicKey), sign: (bytes) => signEd25519(key, bytes) }
}

export const vienna = testKey('at-prosecutor-vienna')
export const viennaNext = testKey('at-prosecutor-vienna', 'at-prosecutor-vienna, second key')
export const tallinn = testKey('ee-fiu')
export const service = testKey('example-vasp')
/** In no directory. */
export const stranger = testKey('stranger')

export const members: readonly TestKey[] = [vienna, viennaNext, tallinn, service]

export function keysOf(...known: readonly TestKey[]): Keys {
  const byId = new Map<string, KnownKey>(known.map((key) => [key.keyId, key]))
  return { keyOf: (keyId) => byId.get(keyId) ?? null, check: checkEd25519 }
}
export const directory: Keys = keysOf(...members)
