/**
 * Signing in through the agency's own identity provider (OpenID Connect, authorization code with PKCE, by openid-client).
 *
 * The provider says who somebody is; what they may do is said here. A subject of the provider is bound to a person once,
 * with an invitation of this node. Such a session proves nobody to be there: grave acts still need a passkey.
 */
import * as client from 'openid-client'
import { ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import type { Enrolment, Person } from './records.ts'
import type { Opened, SignIn } from './sign-in.ts'
import { isToken, tokenHash } from './tokens.ts'

export type OidcSetting = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string | null
  readonly redirectUri: string
}

export type Oidc = ReturnType<typeof openOidc>

type KeptSignIn = { readonly verifier: string; readonly nonce: string; readonly invitation: string | null }

const SIGN_IN_MINUTES = 10
const PROVIDER_SECONDS = 10

export function openOidc(door: Door, signIn: SignIn, setting: OidcSetting) {
  let found: Promise<client.Configuration> | undefined
  // Asked when first needed, and again after a failure: the provider may be down when the node starts.
  const configuration = () => {
    found ??= discover(setting).catch((fault: unknown) => {
      found = undefined
      throw fault
    })
    return found
  }
  return { start, finish }

  /**
   * Where to send the browser, and the state that it must keep meanwhile. `invitation` binds the subject that comes back to
   * the invited person.
   */
  async function start(invitation: string | null): Promise<Result<{ href: string; state: string }>> {
    let provider: client.Configuration
    try {
      provider = await configuration()
    } catch {
      return providerDown()
    }
    const verifier = client.randomPKCECodeVerifier()
    const [state, nonce] = [client.randomState(), client.randomNonce()]
    const kept = await door.asNode(async ({ sql, now }) => {
      await sql.query("INSERT INTO challenge (id, purpose, body, expires_at) VALUES ($1, 'oidc', $2, $3)", [
        state,
        JSON.stringify({ verifier, nonce, invitation }),
        new Date(now + SIGN_IN_MINUTES * 60_000),
      ])
      return ok({ result: null, events: [] })
    })
    if (!kept.ok) return kept
    const url = client.buildAuthorizationUrl(provider, {
      redirect_uri: setting.redirectUri,
      scope: 'openid',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    return ok({ href: url.href, state })
  }

  /** `browserState` is what the browser kept since the start: who was sent elsewhere with the address finishes nothing. */
  async function finish(returned: URL, browserState: string | null): Promise<Result<Opened>> {
    const state = returned.searchParams.get('state') ?? ''
    if (state === '' || browserState !== state) return notSignedIn('This browser did not start the sign-in.')
    const taken = await door.asNode<KeptSignIn | null>(async ({ sql, now }) => {
      const [row] = await sql.query<{ body: KeptSignIn }>(
        "DELETE FROM challenge WHERE id = $1 AND purpose = 'oidc' AND expires_at >= $2 RETURNING body",
        [state, new Date(now)],
      )
      return ok({ result: row?.body ?? null, events: [] })
    })
    const kept = taken.ok ? taken.value : null
    if (!kept) return notSignedIn('The sign-in is not known, was used, or has lapsed.')
    let subject: string
    try {
      const tokens = await client.authorizationCodeGrant(await configuration(), returned, {
        pkceCodeVerifier: kept.verifier,
        expectedState: state,
        expectedNonce: kept.nonce,
        idTokenExpected: true,
      })
      subject = tokens.claims()?.sub ?? ''
    } catch (thrown) {
      return isUnreachable(thrown)
        ? providerDown()
        : notSignedIn('The identity provider did not vouch for this sign-in.')
    }
    if (subject === '') return notSignedIn('The identity provider named nobody.')
    const link = `${setting.issuer} ${subject}`
    return door.asNode(async (work) => {
      const { records, now, newId } = work
      const [linked] = await records.find<{ personId: string }>('oidc-link', 'subject', link)
      let personId = linked?.body.personId
      const events = []
      if (personId === undefined && kept.invitation !== null && isToken('ce', kept.invitation)) {
        const [enrolment] = await records.find<Enrolment>('enrolment', 'token', tokenHash(kept.invitation))
        if (enrolment && !enrolment.body.used && Date.parse(enrolment.body.expiresAt) > now) {
          personId = enrolment.body.personId
          await records.put(
            'enrolment',
            enrolment.id,
            { ...enrolment.body, used: true },
            { caseId: null, seen: enrolment.version },
          )
          const id = newId()
          await records.put('oidc-link', id, { personId }, { caseId: null, seen: 0, refs: { subject: link } })
          events.push({
            name: 'person.linked',
            of: 'person',
            id: personId,
            caseId: null,
            body: { issuer: setting.issuer },
          })
        }
      }
      const person: Stored<Person> | null =
        personId === undefined ? null : await records.get<Person>('person', personId)
      if (!person || person.body.suspended) return notSignedIn('Nobody at this node is bound to this account.')
      const { opened, event } = await signIn.openSession(work, person)
      return ok({ result: opened, events: [...events, event] })
    })
  }
}

async function discover({ issuer, clientId, clientSecret }: OidcSetting): Promise<client.Configuration> {
  const url = new URL(issuer)
  return client.discovery(
    url,
    clientId,
    undefined,
    clientSecret === null ? client.None() : client.ClientSecretPost(clientSecret),
    {
      timeout: PROVIDER_SECONDS,
      execute: [
        // The library trusts the connection to the provider and leaves the signature of the token unread, unless asked.
        client.enableNonRepudiationChecks,
        // Plain HTTP only to this machine: the configuration refuses any other.
        ...(url.protocol === 'http:' ? [client.allowInsecureRequests] : []),
      ],
    },
  )
}

/** No connection, no answer in time, or an answer of a server that is broken: the library tells it as a chain of causes. */
function isUnreachable(thrown: unknown): boolean {
  for (let at: unknown = thrown; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError' || at.name === 'AbortError' || at.message === 'fetch failed') return true
    if (at.cause instanceof Response && at.cause.status >= 500) return true
  }
  return false
}

function providerDown() {
  return refuse('IDENTITY_PROVIDER_DOWN', 'The identity provider of the agency does not answer.', {
    fix: 'Try again later, or sign in with a passkey.',
  })
}

function notSignedIn(message: string) {
  return refuse('NOT_SIGNED_IN', message, {
    fix: 'Start the sign-in again, or ask the administrator for an invitation.',
  })
}
