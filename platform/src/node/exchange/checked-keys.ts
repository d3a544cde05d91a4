/** Checking signatures under few keys many times: a key passes the gate of `parsePublicKey` once, and is then kept ready. */
import { type PublicKey, parsePublicKey, verifyEd25519 } from '../../kernel/crypto/index.ts'
import { bytesToHex } from '../../kernel/index.ts'

/** More than a directory has members; what is kept is no secret and decides nothing. */
const MOST = 1000
const keyByBytes = new Map<string, PublicKey | null>()

/** As `checkEd25519`. */
export function checkSignature(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const name = bytesToHex(publicKey)
  let key = keyByBytes.get(name)
  if (key === undefined) {
    const parsed = parsePublicKey(publicKey)
    key = parsed.ok ? parsed.value : null
    if (keyByBytes.size >= MOST) keyByBytes.clear()
    keyByBytes.set(name, key)
  }
  return key !== null && verifyEd25519(key, message, signature)
}
