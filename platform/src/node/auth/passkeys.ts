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
import type { Sql } from '../../io/postgres/index.ts'
import { newSecret } from '../../kernel/crypto/index.ts'
import { type Json, ok, type Records, type Result, refuse, type Stored } from '../../kernel/index.ts'
import type { Credential } from './records.ts'

export type RelyingParty = { readonly id: string; readonly name: string; readonly origin: string }

const CHALLENGE_MINUTES = 5
/** COSE: EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257]

export async function registrationOptions(
  sql: Sql,
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
  await keepChallenge(sql, options.challenge, 'register', { personId })
  return options
}

export async function register(
  sql: Sql,
  rp: RelyingParty,
  personId: string,
  response: RegistrationResponseJSON,
): Promise<Result<Omit<Credential, 'label'>>> {
  const challenge = challengeOf(response.response.clientDataJSON)
  const kept = await takeChallenge(sql, challenge, 'register')
  if (!kept || kept.personId !== personId) return notProven('The challenge is not known, was used, or has lapsed.')
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

export async function assertionOptions(sql: Sql, rp: RelyingParty, purpose: 'sign-in' | 'prove', body: Json) {
  const options = await generateAuthenticationOptions({
    rpID: rp.id,
    challenge: newSecret(32) as Uint8Array<ArrayBuffer>,
    userVerification: 'required',
  })
  await keepChallenge(sql, options.challenge, purpose, body)
  return options
}

/** Checks an assertion over a challenge of ours, once. Answers the credential, with its counter moved on. */
export async function assertKept(
  sql: Sql,
  records: Records,
  rp: RelyingParty,
  purpose: 'sign-in' | 'prove',
  response: AuthenticationResponseJSON,
): Promise<Result<{ credential: Stored<Credential>; kept: Readonly<Record<string, Json>> }>> {
  const challenge = challengeOf(response.response.clientDataJSON)
  const kept = await takeChallenge(sql, challenge, purpose)
  if (!kept) return notProven('The challenge is not known, was used, or has lapsed.')
  const credential = await assertOver(records, rp, challenge, response)
  return credential.ok ? ok({ credential: credential.value, kept }) : credential
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

async function keepChallenge(sql: Sql, id: string, purpose: string, body: Json): Promise<void> {
  await sql.query('DELETE FROM challenge WHERE expires_at < now()')
  await sql.query(
    `INSERT INTO challenge (id, purpose, body, expires_at) VALUES ($1, $2, $3, now() + interval '${CHALLENGE_MINUTES} minutes')`,
    [id, purpose, JSON.stringify(body)],
  )
}

async function takeChallenge(sql: Sql, id: string, purpose: string): Promise<Readonly<Record<string, Json>> | null> {
  const [row] = await sql.query<{ body: Record<string, Json> }>(
    'DELETE FROM challenge WHERE id = $1 AND purpose = $2 AND expires_at >= now() RETURNING body',
    [id, purpose],
  )
  return row?.body ?? null
}

/** The challenge that a browser says it signed; what it really signed is checked against it afterwards. */
function challengeOf(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(String(clientDataJSON), 'base64url').toString('utf8')) as {
      challenge?: unknown
    }
    return typeof challenge === 'string' ? challenge.slice(0, 200) : ''
  } catch {
    return ''
  }
}

function notProven(message: string) {
  return refuse('PROOF_NEEDED', message, { fix: 'Start again, with a key that was enrolled at this node.' })
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? `The proof was not accepted: ${thrown.message}.` : 'The proof was not accepted.'
}
