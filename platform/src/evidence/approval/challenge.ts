/** What an authenticator signs when somebody approves: made where the approval is asked for, and made again by its verifier. */
import { bytesToHex, concatBytes, hexToBytes, sha256 } from '../../kernel/index.ts'

/**
 * What the authenticator of the approver signs: SHA-256 over the words `comity-approve-v1`, the digest (32 bytes), the ids
 * of what is approved and of the approver (36 characters each) and the end of the approval (24 characters). Every part has
 * a fixed length, so that no two of them can be read as something else.
 */
export function approvalChallenge(digest: string, requestId: string, approverId: string, expiresAt: string): string {
  const words = new TextEncoder()
  const parts: readonly (readonly [Uint8Array, number])[] = [
    [words.encode('comity-approve-v1'), 17],
    [hexToBytes(digest), 32],
    [words.encode(requestId), 36],
    [words.encode(approverId), 36],
    [words.encode(expiresAt), 24],
  ]
  for (const [part, length] of parts)
    if (part.length !== length) throw new RangeError('a part of an approval challenge has another length')
  return base64url(sha256(concatBytes(...parts.map(([part]) => part))))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** RFC 4648 section 5, without padding: the form in which WebAuthn carries a challenge. */
export function base64url(bytes: Uint8Array): string {
  const bits = [...bytesToHex(bytes)].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  const padded = bits.padEnd(Math.ceil(bits.length / 6) * 6, '0')
  return (padded.match(/.{6}/g) ?? []).map((six) => ALPHABET[Number.parseInt(six, 2)]).join('')
}
