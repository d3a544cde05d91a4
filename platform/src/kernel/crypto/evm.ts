/**
 * What chains of the EVM are checked with, millions of times in one import: Keccak-256 by hash-wasm, thirteen times as fast as
 * in JavaScript, and the key behind a signature by libsecp256k1 as libauth compiles it to WebAssembly, six times as fast. Nothing
 * here is secret: only what is public is hashed and verified. Both are loaded when first asked for.
 */
import type { HashFunction } from '../hash.ts'

export type EvmCrypto = {
  readonly keccak256: HashFunction
  /** The 64 bytes of the public key that signed the hash; `null` where the signature is none. r and s have 32 bytes each. */
  readonly recoverKey: (hash: Uint8Array, r: Uint8Array, s: Uint8Array, recovery: 0 | 1) => Uint8Array | null
}

let loaded: Promise<EvmCrypto> | null = null

export function loadEvmCrypto(): Promise<EvmCrypto> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<EvmCrypto> {
  const [{ createKeccak }, { instantiateSecp256k1 }] = await Promise.all([
    import('hash-wasm'),
    import('@bitauth/libauth'),
  ])
  const [keccak, secp256k1] = await Promise.all([createKeccak(256), instantiateSecp256k1()])
  return {
    keccak256: (bytes) => keccak.init().update(bytes).digest('binary'),
    recoverKey: (hash, r, s, recovery) => {
      const signature = new Uint8Array(64)
      signature.set(r)
      signature.set(s, 32)
      const key = secp256k1.recoverPublicKeyUncompressed(signature, recovery, hash)
      return typeof key === 'string' ? null : key.subarray(1)
    },
  }
}
