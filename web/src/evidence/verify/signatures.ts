/**
 * Signatures in a browser. Browsers check them by promises only, and differ in what they let pass; the rules of the verifier ask at
 * once and must answer as the program comity-verify does. So Ed25519 and P-256 are checked by an audited library, behind the same gate of
 * keys; RSA is asked of the browser before (`answerRsa`), by running the rules once to hear what they ask.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { bytesToHex, gateEd25519, sha256 } from '../../../../platform/src/kernel/index.ts'

type Jwk = {
  readonly kty: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

export function checkEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64 || !gateEd25519(publicKey).ok) return false
  try {
    // Not the looser rule of ZIP 215: what node:crypto refuses is refused here too.
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}

type Question = { readonly key: Jwk; readonly message: Uint8Array; readonly signature: Uint8Array }

/** A check of authenticators' signatures that remembers which RSA signatures it could not answer yet. */
export class JwkChecks {
  private readonly answers = new Map<string, boolean>()
  private readonly open = new Map<string, Question>()

  readonly check = (key: Jwk, message: Uint8Array, signature: Uint8Array): boolean => {
    if (key.kty === 'OKP') return key.crv === 'Ed25519' && checkEd25519(bytesOf(key.x), message, signature)
    if (key.kty === 'EC' && key.crv === 'P-256') return checkP256(key, message, signature)
    if (key.kty !== 'RSA') return false
    const id = [JSON.stringify(key), bytesToHex(sha256(message)), bytesToHex(signature)].join(' ')
    const known = this.answers.get(id)
    if (known === undefined) this.open.set(id, { key, message, signature })
    return known ?? false
  }

  /** Asks the browser what was left open; answers whether there was anything. */
  async answerRsa(): Promise<boolean> {
    const asked = [...this.open]
    this.open.clear()
    for (const [id, { key, message, signature }] of asked) this.answers.set(id, await checkRsa(key, message, signature))
    return asked.length > 0
  }
}

function checkP256({ x, y }: Jwk, message: Uint8Array, signature: Uint8Array): boolean {
  const [left, right] = [bytesOf(x), bytesOf(y)]
  if (left.length !== 32 || right.length !== 32) return false
  try {
    const point = Uint8Array.from([4, ...left, ...right])
    // Authenticators give either of the two values of s; both are right (WebAuthn level 3, section 6.5.5).
    return p256.verify(signature, message, point, { format: 'der', lowS: false, prehash: true })
  } catch {
    return false
  }
}

async function checkRsa({ n, e }: Jwk, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  try {
    const key = await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e } as JsonWebKey, algorithm, false, ['verify'])
    return await crypto.subtle.verify(algorithm, key, Uint8Array.from(signature), Uint8Array.from(message))
  } catch {
    return false
  }
}

function bytesOf(base64url: string | undefined): Uint8Array {
  try {
    const text = atob((base64url ?? '').replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(text, (one) => one.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
