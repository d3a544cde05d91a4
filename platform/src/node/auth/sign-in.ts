/** Enrolling, signing in and out, and who calls. Acts of the node, before the door knows anybody. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import type { Caller, Door, NodeWork } from '../door/door.ts'
import {
  assertionOptions,
  assertOver,
  type RelyingParty,
  register,
  registrationOptions,
  takeChallenge,
} from './passkeys.ts'
import type { ApiKey, Credential, Enrolment, Person, Session } from './records.ts'
import { isToken, newToken, tokenHash } from './tokens.ts'

export type SignIn = ReturnType<typeof openSignIn>

export type SignInSetting = {
  readonly door: Door
  readonly rp: RelyingParty
  readonly sessionMinutes: number
}

export type Opened = {
  readonly token: string
  readonly expiresAt: number
  readonly personId: string
  readonly name: string
}

/** What a session is, to whoever holds it. */
export type Standing = {
  readonly personId: string
  readonly name: string
  readonly role: string
  readonly signedInBy: Session['signedInBy']
  readonly provenAt: number
  readonly expiresAt: number
  readonly purpose: string
  /** The clock of the node: whether a proof still counts is not for the clock of the caller to say. */
  readonly now: number
}

const DEFAULT_PURPOSE = 'criminal-proceedings'

export function openSignIn({ door, rp, sessionMinutes }: SignInSetting) {
  return {
    enrolOptions,
    enrol,
    options,
    signIn,
    proveOptions,
    prove,
    standing,
    signOut,
    openSession,
    callerOf,
    callerOfKey,
  }

  function enrolOptions(token: string) {
    return door.asNode(async (work) => {
      const { records, now } = work
      const enrolment = await findEnrolment(records, token, now)
      if (!enrolment.ok) return enrolment
      const person = await records.get<Person>('person', enrolment.value.body.personId)
      if (!person || person.body.suspended) return notEnrolled()
      const known = await records.find<Credential>('credential', 'person', person.id)
      const made = await registrationOptions(
        work,
        rp,
        person.id,
        person.body.name,
        known.map(({ body }) => body.credentialId),
      )
      return ok({ result: made, events: [] })
    })
  }

  async function enrol(token: string, label: string, response: RegistrationResponseJSON): Promise<Result<Opened>> {
    const taken = await takeChallenge(door, 'register', response.response.clientDataJSON)
    return door.asNode(async (work) => {
      const { records, newId, now } = work
      const enrolment = await findEnrolment(records, token, now)
      if (!enrolment.ok) return enrolment
      const { personId } = enrolment.value.body
      const person = await records.get<Person>('person', personId)
      if (!person || person.body.suspended) return notEnrolled()
      if (!taken.ok) return taken
      const registered = await register(rp, personId, taken.value, response)
      if (!registered.ok) return registered
      if ((await records.find('credential', 'credential', registered.value.credentialId)).length > 0)
        return refuse('PROOF_NEEDED', 'This key is enrolled already.', { fix: 'Use another key.' })
      const credential = await records.put<Credential>(
        'credential',
        newId(),
        { ...registered.value, label: label.slice(0, 80) },
        {
          caseId: null,
          seen: 0,
          refs: { credential: registered.value.credentialId, person: personId },
        },
      )
      await records.put(
        'enrolment',
        enrolment.value.id,
        { ...enrolment.value.body, used: true },
        {
          caseId: null,
          seen: enrolment.value.version,
          refs: { token: tokenHash(token) },
        },
      )
      const opened = await makeSession(work, person, credential.body, DEFAULT_PURPOSE)
      return ok({
        result: opened,
        events: [
          {
            name: 'credential.enrolled',
            of: 'credential',
            id: credential.id,
            caseId: null,
            body: { personId, deviceBound: credential.body.deviceBound },
          },
        ],
      })
    })
  }

  function options() {
    return door.asNode(async (work) => ok({ result: await assertionOptions(work, rp, 'sign-in', {}), events: [] }))
  }

  async function signIn(response: AuthenticationResponseJSON, purpose: string): Promise<Result<Opened>> {
    const taken = await takeChallenge(door, 'sign-in', response.response.clientDataJSON)
    if (!taken.ok) return taken
    return door.asNode(async (work) => {
      const asserted = await assertOver(work.records, rp, taken.value.challenge, response)
      if (!asserted.ok) return asserted
      const credential = asserted.value
      const person = await work.records.get<Person>('person', credential.body.personId)
      if (!person || person.body.suspended)
        return refuse('NOT_SIGNED_IN', 'This person may not use the node.', {
          fix: 'Ask the administrator of the node.',
        })
      const opened = await makeSession(work, person, credential.body, purpose)
      return ok({
        result: opened,
        events: [signedIn(person.id, credential.body.deviceBound ? 'device-bound' : 'passkey')],
      })
    })
  }

  /** A session for somebody whom another provider has vouched for. It proves nobody to be there. */
  async function openSession(work: NodeWork, person: Stored<Person>) {
    const opened = await makeSession(work, person, null, DEFAULT_PURPOSE)
    return { opened, event: signedIn(person.id, 'oidc') }
  }

  function proveOptions(token: string) {
    return door.asNode(async (work) => {
      const session = await findSession(work.records, token, work.now)
      if (!session) return notSignedIn()
      return ok({ result: await assertionOptions(work, rp, 'prove', { sessionId: session.id }), events: [] })
    })
  }

  /** Proving to be there again; with another key than at sign-in the session takes the standing of that key. */
  async function prove(token: string, response: AuthenticationResponseJSON): Promise<Result<{ provenAt: number }>> {
    const taken = await takeChallenge(door, 'prove', response.response.clientDataJSON)
    return door.asNode(async ({ records, now }) => {
      const session = await findSession(records, token, now)
      if (!session) return notSignedIn()
      if (!taken.ok) return taken
      const asserted = await assertOver(records, rp, taken.value.challenge, response)
      if (!asserted.ok) return asserted
      const credential = asserted.value
      if (taken.value.kept.sessionId !== session.id || credential.body.personId !== session.body.personId)
        return refuse('PROOF_NEEDED', 'The proof is of another person or session.', { fix: 'Start again.' })
      const body: Session = {
        ...session.body,
        provenAt: now,
        signedInBy: credential.body.deviceBound ? 'device-bound' : 'passkey',
        credentialId: credential.body.credentialId,
      }
      // Its refs stay: the session must still be found by its person when a key of theirs is revoked.
      await records.put('session', session.id, body, { caseId: null, seen: session.version })
      return ok({
        result: { provenAt: now },
        events: [
          {
            name: 'person.proven',
            of: 'person',
            id: session.body.personId,
            caseId: null,
            body: { by: body.signedInBy },
          },
        ],
      })
    })
  }

  function standing(token: string): Promise<Result<Standing | null>> {
    return door.asNode(async ({ records, now }) => {
      const session = await findSession(records, token, now)
      const person = session ? await records.get<Person>('person', session.body.personId) : null
      if (!session || !person || person.body.suspended) return ok({ result: null, events: [] })
      const { signedInBy, provenAt, expiresAt, purpose } = session.body
      const { name, role } = person.body
      const standing = { personId: person.id, name, role, signedInBy, provenAt, expiresAt, purpose, now }
      return ok({ result: standing, events: [] })
    })
  }

  function signOut(token: string): Promise<Result<null>> {
    return door.asNode(async ({ records, now }) => {
      const session = await findSession(records, token, now)
      if (!session) return ok({ result: null, events: [] })
      await records.put(
        'session',
        session.id,
        { ...session.body, ended: true },
        { caseId: null, seen: session.version },
      )
      return ok({
        result: null,
        events: [{ name: 'session.ended', of: 'person', id: session.body.personId, caseId: null, body: {} }],
      })
    })
  }

  async function callerOf(token: string): Promise<Caller | null> {
    const found = await door.asNode(async ({ records, now }) =>
      ok({ result: await findSession(records, token, now), events: [] }),
    )
    const session = found.ok ? found.value : null
    if (!session) return null
    const { personId, signedInBy, provenAt, purpose, credentialId } = session.body
    return { personId, signedInBy, provenAt, purpose, scopes: null, ...(credentialId === null ? {} : { credentialId }) }
  }

  async function callerOfKey(token: string): Promise<Caller | null> {
    if (!isToken('ck', token)) return null
    const found = await door.asNode(async ({ records, now }) => {
      const [key] = await records.find<ApiKey>('api-key', 'token', tokenHash(token))
      return ok({ result: key && !key.body.revoked && Date.parse(key.body.expiresAt) > now ? key : null, events: [] })
    })
    const key = found.ok ? found.value : null
    if (!key) return null
    return {
      personId: key.body.personId,
      signedInBy: 'api-key',
      provenAt: 0,
      purpose: key.body.purpose,
      scopes: key.body.scopes,
    }
  }

  async function makeSession(
    { records, now, newId }: NodeWork,
    person: Stored<Person>,
    credential: Credential | null,
    purpose: string,
  ): Promise<Opened> {
    const token = newToken('cs')
    const expiresAt = now + sessionMinutes * 60_000
    const session: Session = {
      personId: person.id,
      signedInBy: credential === null ? 'oidc' : credential.deviceBound ? 'device-bound' : 'passkey',
      provenAt: credential === null ? 0 : now,
      expiresAt,
      purpose,
      credentialId: credential?.credentialId ?? null,
      openedWith: credential?.credentialId ?? null,
      ended: false,
    }
    await records.put('session', newId(), session, {
      caseId: null,
      seen: 0,
      refs: { token: tokenHash(token), person: person.id },
    })
    return { token, expiresAt, personId: person.id, name: person.body.name }
  }
}

async function findSession(records: NodeWork['records'], token: string, now: number): Promise<Stored<Session> | null> {
  if (!isToken('cs', token)) return null
  const [session] = await records.find<Session>('session', 'token', tokenHash(token))
  return session && !session.body.ended && session.body.expiresAt > now ? session : null
}

async function findEnrolment(
  records: NodeWork['records'],
  token: string,
  now: number,
): Promise<Result<Stored<Enrolment>>> {
  if (!isToken('ce', token)) return notEnrolled()
  const [enrolment] = await records.find<Enrolment>('enrolment', 'token', tokenHash(token))
  if (!enrolment || enrolment.body.used || Date.parse(enrolment.body.expiresAt) <= now) return notEnrolled()
  return ok(enrolment)
}

function signedIn(personId: string, by: string) {
  return { name: 'session.opened', of: 'person', id: personId, caseId: null, body: { by } }
}

function notSignedIn() {
  return refuse('NOT_SIGNED_IN', 'You are not signed in, or your session has ended.', { fix: 'Sign in.' })
}

function notEnrolled() {
  return refuse('ENROLMENT_INVALID', 'The invitation is not known, was used, or has lapsed.', {
    fix: 'Ask the administrator of the node for a new one.',
  })
}
