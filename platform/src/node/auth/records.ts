/** What the node keeps of people, their keys and sessions. Records of the node, sealed like all others. */
import type { Role } from '../../kernel/index.ts'

export type Person = { readonly name: string; readonly role: Role; readonly suspended: boolean }

export type Credential = {
  readonly personId: string
  /** base64url, as WebAuthn writes it. */
  readonly credentialId: string
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  /** It cannot be copied to another device: backup eligibility was 0 at registration. */
  readonly deviceBound: boolean
  readonly label: string
  readonly revoked: boolean
}

export type Enrolment = { readonly personId: string; readonly expiresAt: string; readonly used: boolean }

export type Session = {
  readonly personId: string
  readonly signedInBy: 'passkey' | 'device-bound' | 'oidc'
  readonly provenAt: number
  readonly expiresAt: number
  readonly purpose: string
  /** The key that proved last; the session has its standing. */
  readonly credentialId: string | null
  /** The key that opened it: revoking either of the two ends the session. */
  readonly openedWith: string | null
  readonly ended: boolean
}

export type ApiKey = {
  /** The machine that the key stands for; a person record of its own, with a role. */
  readonly personId: string
  readonly label: string
  readonly scopes: readonly string[]
  readonly purpose: string
  readonly expiresAt: string
  readonly revoked: boolean
}
