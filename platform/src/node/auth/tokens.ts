/** Secrets that travel as text. Only their SHA-256 is kept: 32 random bytes need no slow hash. */
import { newSecret } from '../../kernel/crypto/index.ts'
import { sha256Text } from '../../kernel/index.ts'

export function newToken(prefix: string): string {
  return `${prefix}_${Buffer.from(newSecret(32)).toString('base64url')}`
}

export function tokenHash(token: string): string {
  return sha256Text(token)
}

export function isToken(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}_`) && /^[A-Za-z0-9_-]{43}$/.test(text.slice(prefix.length + 1))
}
