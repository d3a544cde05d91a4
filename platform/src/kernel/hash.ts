/** SHA-256 through @noble/hashes (audited); the only door to cryptography in this code base is the kernel. */

import { hmac as nobleHmac } from '@noble/hashes/hmac.js'
import { ripemd160 as nobleRipemd160, sha1 as nobleSha1 } from '@noble/hashes/legacy.js'
import { sha256 as nobleSha256, sha512 as nobleSha512 } from '@noble/hashes/sha2.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { bytesToHex } from './bytes.ts'

/** A hash as a value: where millions are computed, plumbing passes the faster one of node:crypto. */
export type HashFunction = (bytes: Uint8Array) => Uint8Array

export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes)
}

/** Keccak-256 as Ethereum uses it (not SHA-3 of FIPS 202): addresses, event signatures. */
export function keccak256(bytes: Uint8Array): Uint8Array {
  return keccak_256(bytes)
}

/** For manifests that want two algorithms (RFC 8493 section 2.4). */
export function sha512(bytes: Uint8Array): Uint8Array {
  return nobleSha512(bytes)
}

/** Only for names (UUID version 5); SHA-1 proves nothing. */
export function sha1(bytes: Uint8Array): Uint8Array {
  return nobleSha1(bytes)
}

/** UTF-8 bytes of text. */
export function utf8(text: string): Uint8Array {
  return utf8ToBytes(text)
}

/** SHA-256 twice: block hashes, txids and Merkle nodes of the Bitcoin family; base58check. */
export function doubleSha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(nobleSha256(bytes))
}

/** RIPEMD-160 of SHA-256: key and script hashes in addresses. */
export function hash160(bytes: Uint8Array): Uint8Array {
  return nobleRipemd160(nobleSha256(bytes))
}

/** SHA-256 of UTF-8 text, as 64 hexadecimal digits. */
export function sha256Text(text: string): string {
  return bytesToHex(nobleSha256(utf8ToBytes(text)))
}

/** A running SHA-256 for streams. */
export function sha256Stream(): { update(bytes: Uint8Array): void; hex(): string } {
  const running = nobleSha256.create()
  return {
    update: (bytes) => {
      running.update(bytes)
    },
    hex: () => bytesToHex(running.digest()),
  }
}

/** HMAC-SHA-256 (RFC 2104) for rule files, which cannot reach kernel/crypto. */
export function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return nobleHmac(nobleSha256, key, bytes)
}
