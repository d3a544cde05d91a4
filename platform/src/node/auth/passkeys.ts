/**
 * Passkeys (WebAuthn level 3, by SimpleWebAuthn): enrolling, signing in, proving to be there again, and the assertion that
 * stands under an approval. User verification is always required. A key that can be copied (a synced passkey) signs in, but
 * approves nothing: clones of it cannot be noticed.
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { cose, decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import type { AssertionProof, PublicJwk } from '../../evidence/index.ts'
import { newSecret } from '../../kernel/crypto/index.ts'
import { type Json, ok, type Records, type Result, refuse, type Stored } from '../../kernel/index.ts'
import type { Door, NodeWork } from '../door/door.ts'
import type { Credential } from './records.ts'

export type RelyingParty = { readonly id: string; readonly name: string; readonly origin: string }

const CHALLENGE_MINUTES = 5
/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257]

type Clocked = Pick<NodeWork, 'sql' | 'now'>
type ChallengePurpose = 'register' | 'sign-in' | 'prove'
export type TakenChallenge = { readonly challenge: string; readonly kept: Readonly<Record<string, Json>> }

export async function registrationOptions(
  work: Clocked,
  rp: RelyingParty,
  personId: string,
  name: string,
  known: readonly string[],
) {
  const challenge = newSecret(32)
  const options = await generateRegistrationOptions({
    rpName: rp.name,
    rpID: rp.id,
    userID: new TextEncoder().encode(personId) as Uint8Array<ArrayBuffer>,
    userName: name,
    userDisplayName: name,
    challenge: challenge as Uint8Array<ArrayBuffer>,
    attestationType: 'direct',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge(work, options.challenge, 'register', { personId })
  return options
}

export async function register(
  rp: RelyingParty,
  personId: string,
  { challenge, kept }: TakenChallenge,
  response: RegistrationResponseJSON,
): Promise<Result<Omit<Credential, 'label'>>> {
  if (kept.personId !== personId) return notProven('The challenge was made for another person.')
  if (isFramed(response.response.clientDataJSON)) return notProven('The key was used inside a page of another site.')
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    })
    if (!verified || !registrationInfo) return notProven('The key did not sign what it was asked to.')
    const { credential, credentialDeviceType } = registrationInfo
    return ok({
      personId,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      deviceBound: credentialDeviceType === 'singleDevice',
      revoked: false,
    })
  } catch (thrown) {
    return notProven(reasonOf(thrown))
  }
}

export async function assertionOptions(work: Clocked, rp: RelyingParty, purpose: 'sign-in' | 'prove', body: Json) {
  const options = await generateAuthenticationOptions({
    rpID: rp.id,
    challenge: newSecret(32) as Uint8Array<ArrayBuffer>,
    userVerification: 'required',
  })
  await keepChallenge(work, options.challenge, purpose, body)
  return options
}

/** Checks an assertion over this challenge (base64url), which the caller has computed, as for an approval. */
export async function assertOver(
  records: Records,
  rp: RelyingParty,
  challenge: string,
  response: AuthenticationResponseJSON,
): Promise<Result<Stored<Credential>>> {
  const [stored] = await records.find<Credential>('credential', 'credential', String(response.id))
  if (!stored || stored.body.revoked) return notProven('The key is not known here, or was revoked.')
  const { clientDataJSON, userHandle } = response.response
  if (isFramed(clientDataJSON)) return notProven('The key was used inside a page of another site.')
  // WebAuthn level 3 section 7.2 step 6: the key says for whom it was made.
  if (userHandle && Buffer.from(userHandle, 'base64url').toString('utf8') !== stored.body.personId)
    return notProven('The key was made for another person.')
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: rp.origin,
      expectedRPID: rp.id,
      requireUserVerification: true,
      credential: {
        id: stored.body.credentialId,
        publicKey: Buffer.from(stored.body.publicKey, 'base64url'),
        counter: stored.body.counter,
      },
    })
    if (!verified || !authenticationInfo.userVerified) return notProven('The key did not sign what it was asked to.')
    // WebAuthn level 3 section 7.2 step 18: whether a key can be copied never changes. One that says otherwise than when
    // it was enrolled is another key.
    if ((authenticationInfo.credentialDeviceType === 'singleDevice') !== stored.body.deviceBound)
      return notProven('The key says otherwise than at its enrolment whether it can be copied.')
    const body = { ...stored.body, counter: authenticationInfo.newCounter }
    return ok(
      await records.put('credential', stored.id, body, {
        caseId: null,
        seen: stored.version,
        refs: { credential: body.credentialId, person: body.personId },
      }),
    )
  } catch (thrown) {
    return notProven(reasonOf(thrown))
  }
}

/** An assertion that `assertOver` has accepted, as it is kept for others to check: the key as JWK, and what was signed. */
export function proofOf(
  rp: RelyingParty,
  { publicKey }: Pick<Credential, 'publicKey'>,
  { response }: AuthenticationResponseJSON,
): AssertionProof {
  const { authenticatorData, clientDataJSON, signature } = response
  return {
    publicKey: coseToJwk(Buffer.from(publicKey, 'base64url')),
    rpId: rp.id,
    origin: rp.origin,
    authenticatorData,
    clientDataJSON,
    signature,
  }
}

function coseToJwk(encoded: Uint8Array): PublicJwk {
  const key = decodeCredentialPublicKey(encoded as Uint8Array<ArrayBuffer>)
  const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? new Uint8Array()).toString('base64url')
  if (cose.isCOSEPublicKeyEC2(key))
    return { kty: 'EC', crv: 'P-256', x: text(key.get(cose.COSEKEYS.x)), y: text(key.get(cose.COSEKEYS.y)) }
  if (cose.isCOSEPublicKeyOKP(key)) return { kty: 'OKP', crv: 'Ed25519', x: text(key.get(cose.COSEKEYS.x)) }
  if (cose.isCOSEPublicKeyRSA(key))
    return { kty: 'RSA', n: text(key.get(cose.COSEKEYS.n)), e: text(key.get(cose.COSEKEYS.e)) }
  throw new Error('a key of a kind that no enrolment takes')
}

/**
 * Takes the challenge that a response answers, in a transaction of its own: a response that is then refused has used it
 * up, so that nobody tries twice on one challenge.
 */
export async function takeChallenge(
  door: Door,
  purpose: ChallengePurpose,
  clientDataJSON: string,
): Promise<Result<TakenChallenge>> {
  const challenge = challengeOf(clientDataJSON)
  const taken = await door.asNode<Record<string, Json> | null>(async ({ sql, now }) => {
    const [row] = await sql.query<{ body: Record<string, Json> }>(
      'DELETE FROM challenge WHERE id = $1 AND purpose = $2 AND expires_at >= $3 RETURNING body',
      [challenge, purpose, new Date(now)],
    )
    return ok({ result: row?.body ?? null, events: [] })
  })
  if (!taken.ok) return taken
  return taken.value === null
    ? notProven('The challenge is not known, was used, or has lapsed.')
    : ok({ challenge, kept: taken.value })
}

async function keepChallenge({ sql, now }: Clocked, id: string, purpose: ChallengePurpose, body: Json): Promise<void> {
  await sql.query('DELETE FROM challenge WHERE expires_at < $1', [new Date(now)])
  await sql.query('INSERT INTO challenge (id, purpose, body, expires_at) VALUES ($1, $2, $3, $4)', [
    id,
    purpose,
    JSON.stringify(body),
    new Date(now + CHALLENGE_MINUTES * 60_000),
  ])
}

/** The challenge that a browser says it signed; what it really signed is checked against it afterwards. */
function challengeOf(clientDataJSON: string): string {
  const { challenge } = clientDataOf(clientDataJSON)
  return typeof challenge === 'string' ? challenge.slice(0, 200) : ''
}

/** A page of another site that shows ours in a frame could have the user sign for it; nothing of ours is ever framed. */
function isFramed(clientDataJSON: string): boolean {
  return clientDataOf(clientDataJSON).crossOrigin === true
}

function clientDataOf(clientDataJSON: string): { challenge?: unknown; crossOrigin?: unknown } {
  try {
    return (JSON.parse(Buffer.from(String(clientDataJSON), 'base64url').toString('utf8')) ?? {}) as object
  } catch {
    return {}
  }
}

function notProven(message: string) {
  return refuse('PROOF_NEEDED', message, { fix: 'Start again, with a key that was enrolled at this node.' })
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? `The proof was not accepted: ${thrown.message}.` : 'The proof was not accepted.'
}
