/** Signatures of authenticators: the algorithms that WebAuthn keys of ours may have (COSE -8, -7, -257). */
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { checkEd25519 } from './ed25519.ts'

export type Jwk = { readonly kty: string; readonly crv?: string; readonly x?: string }

/** Ed25519 over the message; ECDSA on P-256 (DER) or RSA PKCS#1 v1.5 over its SHA-256. False for any other key. */
export function checkJwk(key: Jwk, message: Uint8Array, signature: Uint8Array): boolean {
  if (key.kty === 'OKP')
    return (
      key.crv === 'Ed25519' && checkEd25519(new Uint8Array(Buffer.from(key.x ?? '', 'base64url')), message, signature)
    )
  if (key.kty !== 'RSA' && !(key.kty === 'EC' && key.crv === 'P-256')) return false
  try {
    return verify('sha256', message, createPublicKey({ key: { ...key } as JsonWebKey, format: 'jwk' }), signature)
  } catch {
    // A key that is no point of the curve, or a signature of another form.
    return false
  }
}
