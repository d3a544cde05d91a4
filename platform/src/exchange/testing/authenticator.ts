/** An authenticator from a fixed seed (Ed25519, COSE -8): it makes assertions as WebAuthn level 3 section 6.3.3 describes. */
import { base64url } from '../../evidence/index.ts'
import { signEd25519, signingKeyFromSeed } from '../../kernel/crypto/index.ts'
import { concatBytes, type Json, type Role, sha256, utf8 } from '../../kernel/index.ts'
import { messageChallenge } from '../approvals.ts'
import type { Header, MessageApproval } from '../wire/index.ts'

const HOST = 'node.vienna.example'

export type Approver = {
  readonly person: string
  readonly role: Role
  /** The seed of the authenticator; the name of the person where nothing else is said. */
  readonly authenticator?: string
  readonly givenAt?: string
  readonly expiresAt?: string
  /** User present and verified, and not to be copied, where nothing else is said. */
  readonly flags?: number
  readonly challenge?: string
}

export function approve(
  message: { readonly header: Header; readonly body: Json },
  approver: Approver,
): MessageApproval {
  const { person, role, authenticator = person, flags = 0x05 } = approver
  const key = signingKeyFromSeed(sha256(utf8(`comity exchange vectors: authenticator ${authenticator}`)))
  const origin = `https://${HOST}`
  const challenge = approver.challenge ?? messageChallenge(message)
  const client = utf8(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }))
  const data = concatBytes(sha256(utf8(HOST)), new Uint8Array([flags, 0, 0, 0, 1]))
  return {
    approver: { id: person, name: `Person ${person}`, role },
    givenAt: approver.givenAt ?? '2026-11-25T10:00:00.000Z',
    expiresAt: approver.expiresAt ?? '2026-11-26T10:00:00.000Z',
    proof: {
      publicKey: { kty: 'OKP', crv: 'Ed25519', x: base64url(key.publicKey.bytes) },
      rpId: HOST,
      origin,
      authenticatorData: base64url(data),
      clientDataJSON: base64url(client),
      signature: base64url(signEd25519(key, concatBytes(data, sha256(client)))),
    },
  }
}

/** The message with the approvals in it. */
export function approved<M extends { readonly header: Header; readonly body: Json }>(
  message: M,
  ...approvers: readonly Approver[]
): M {
  return { ...message, header: { ...message.header, approvals: approvers.map((one) => approve(message, one)) } }
}
