/** The one id of a key: SHA-256 of its SubjectPublicKeyInfo. One key under two ids would count twice toward a threshold. */
import { bytesToHex, concatBytes, hexToBytes, sha256 } from '../../kernel/index.ts'

/** SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 section 4): these bytes, then the 32 bytes of the key. */
const SPKI_HEAD = hexToBytes('302a300506032b6570032100')

/** Of the 32 bytes of an Ed25519 public key, as RFC 8032 writes them. */
export function keyIdOf(publicKey: Uint8Array): string {
  if (publicKey.length !== 32) throw new RangeError(`an Ed25519 public key has 32 bytes, not ${publicKey.length}`)
  return bytesToHex(sha256(concatBytes(SPKI_HEAD, publicKey)))
}
