/**
 * For tests: a whole node on loopback. A real PostgreSQL, real keys, the policies of the repository, the door, signing in,
 * HTTP; only the clock is the test's own, and nothing is replaced by a double.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll } from 'vitest'
import { type Database, migrate } from '../../io/postgres/index.ts'
import { type Action, ok, type Role } from '../../kernel/index.ts'
import { allActions } from '../actions.ts'
import { enrolmentOf } from '../auth/actions.ts'
import { type OidcSetting, openOidc } from '../auth/oidc.ts'
import type { Enrolment, Person } from '../auth/records.ts'
import { openSignIn } from '../auth/sign-in.ts'
import { newToken, tokenHash } from '../auth/tokens.ts'
import { type Door, openDoor } from '../door/door.ts'
import { openApiRoute } from '../http/openapi.ts'
import { openHttpServer } from '../http/server.ts'
import { authenticator, signInRoutes } from '../http/sign-in-routes.ts'
import { initKeys, openKeys } from '../keys.ts'
import { openApp } from '../pages/app-routes.ts'
import { openPages } from '../pages/page-routes.ts'
import { nothingPublished, type PublicState } from '../pages/public-state.ts'
import { openDecisionPoint } from '../policy/decision-point.ts'
import { migrations } from '../store/migrations.ts'
import { type PasskeyKind, type SoftPasskey, softPasskey } from './soft-passkey.ts'
import { testDatabase } from './test-database.ts'

export const POLICIES = fileURLToPath(new URL('../../../../policies', import.meta.url))

export type TestNodeSetting = {
  readonly actions?: readonly Action[]
  readonly ports?: ReadonlyMap<string, unknown>
  readonly requestsPerMinute?: number
  readonly trustedProxies?: readonly string[]
  readonly triesPerMinute?: number
  /** The URL that browsers are said to use; where it is https, cookies are as behind TLS. */
  readonly publicUrl?: string
  readonly oidc?: Omit<OidcSetting, 'redirectUri'>
  /** What the public page says of the journal and the directory; nothing where it is left out. */
  readonly publicState?: () => Promise<PublicState>
  readonly mount?: readonly ((server: FastifyInstance) => Promise<void> | void)[]
}

export type TestNode = Awaited<ReturnType<typeof testNode>>
export type Route = { readonly method: string; readonly path: string }
/** Somebody signed in: their id, the token of their session, the key that they hold. */
export type SignedIn = { readonly personId: string; readonly token: string; readonly passkey: SoftPasskey }

export async function testNode(setting: TestNodeSetting = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'comity-node-'))
  const database = await testDatabase()
  await migrate(database, migrations)
  initKeys(join(folder, 'keys'))
  let skipped = 0
  const clock = {
    now: () => Date.now() + skipped,
    skip: (seconds: number) => {
      skipped += seconds * 1000
    },
  }
  const actions = setting.actions ?? allActions()
  const door = openDoor({
    database,
    keys: openKeys(join(folder, 'keys')),
    policies: openDecisionPoint(POLICIES),
    actions,
    ports: setting.ports ?? new Map(),
    clock: clock.now,
    watch: { decided: () => {}, acted: () => {} },
  })
  // Passkeys need a host name: 127.0.0.1 is none, localhost is.
  const publicUrl = setting.publicUrl ?? 'http://localhost'
  const rp = { id: new URL(publicUrl).hostname, name: 'Test', origin: new URL(publicUrl).origin }
  const signIn = openSignIn({ door, rp, sessionMinutes: 60 })
  const oidc = setting.oidc
    ? openOidc(door, signIn, { ...setting.oidc, redirectUri: `${rp.origin}/v1/oidc/return` })
    : null
  const routes: Route[] = []
  const logged: string[] = []
  const server = await openHttpServer({
    door,
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    requestsPerMinute: setting.requestsPerMinute ?? 100_000,
    ...(setting.trustedProxies ? { trustedProxies: setting.trustedProxies } : {}),
    publicUrl,
    authenticate: authenticator(signIn, publicUrl),
    mount: [
      (opened) => {
        opened.addHook('onRoute', ({ method, url }) => {
          for (const one of [method].flat()) routes.push({ method: one, path: url })
        })
      },
      signInRoutes({ signIn, oidc, publicUrl, triesPerMinute: setting.triesPerMinute ?? 100_000 }),
      openApiRoute(actions),
      openApp(),
      openPages(
        { node: 'test', agency: 'Test', country: 'NL', publicUrl: rp.origin, hasProvider: oidc !== null },
        setting.publicState ?? (async () => nothingPublished),
      ),
      ...(setting.mount ?? []),
    ],
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  afterAll(async () => {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const node = { base, origin: rp.origin, database, door, signIn, clock, routes, logged, server }
  return { ...node, ...people(base, rp.origin, door) }
}

export type Sent = {
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A text is sent as it is. */
  readonly body?: unknown
}
export type Heard = {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are about
  readonly body: any
}

function people(base: string, origin: string, door: Door) {
  return { send, read, change, person, invite, enrol, newcomer, signInWith, proveWith }

  async function send(method: string, path: string, { token, headers = {}, body }: Sent = {}): Promise<Heard> {
    const answer = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
  }

  function read(token: string, path: string): Promise<Heard> {
    return send('GET', path, { token })
  }

  /** An act with a new Idempotency-Key; `seen` goes into If-Match. */
  function change(token: string, path: string, body: unknown, seen?: number): Promise<Heard> {
    const headers = { 'idempotency-key': randomUUID(), ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }) }
    return send('POST', path, { token, headers, body })
  }

  /** A person in the records, as an administrator's invitation makes one; `role` may be one that no policy knows. */
  async function person(name: string, role: Role | string): Promise<string> {
    const made = await door.asNode<string>(async ({ records, newId }) => {
      const id = newId()
      const body = { name, role: role as Role, suspended: false }
      await records.put<Person>('person', id, body, { caseId: null, seen: 0, refs: { name } })
      return ok({ result: id, events: [{ name: 'person.invited', of: 'person', id, caseId: null, body: {} }] })
    })
    if (!made.ok) throw new Error(made.refusal.message)
    return made.value
  }

  async function invite(personId: string): Promise<string> {
    const token = newToken('ce')
    const made = await door.asNode(async ({ records, newId, now }) => {
      const body: Enrolment = enrolmentOf(personId, new Date(now).toISOString())
      await records.put('enrolment', newId(), body, { caseId: null, seen: 0, refs: { token: tokenHash(token) } })
      const event = { name: 'person.key.invited', of: 'person', id: personId, caseId: null, body: {} }
      return ok({ result: null, events: [event] })
    })
    if (!made.ok) throw new Error(made.refusal.message)
    return token
  }

  async function enrol(invitation: string, passkey: SoftPasskey): Promise<Heard> {
    const options = await send('POST', '/v1/enrol/options', { body: { token: invitation } })
    if (options.status !== 200) return options
    const response = passkey.create(options.body)
    return send('POST', '/v1/enrol/finish', { body: { token: invitation, label: 'key', response } })
  }

  /** Somebody new, with a role, enrolled and signed in. */
  async function newcomer(role: Role | string, kind: Omit<PasskeyKind, 'origin'> = {}): Promise<SignedIn> {
    const passkey = softPasskey({ origin, ...kind })
    const personId = await person(`${role} ${randomUUID().slice(0, 8)}`, role)
    const { status, body } = await enrol(await invite(personId), passkey)
    if (status !== 200) throw new Error(`enrolment: ${JSON.stringify(body)}`)
    return { personId, token: body.token, passkey }
  }

  async function signInWith(passkey: SoftPasskey, deviation: Parameters<SoftPasskey['get']>[1] = {}): Promise<Heard> {
    const { body } = await send('POST', '/v1/sign-in/options')
    return send('POST', '/v1/sign-in/finish', { body: { response: passkey.get(body, deviation) } })
  }

  async function proveWith(token: string, passkey: SoftPasskey): Promise<Heard> {
    const { body } = await send('POST', '/v1/prove/options', { token })
    return send('POST', '/v1/prove/finish', { token, body: { response: passkey.get(body) } })
  }
}

/** Names of the events that stand in the journal. */
export async function journalledEvents(database: Database): Promise<readonly string[]> {
  const rows = await database.query<{ event: string }>('SELECT DISTINCT event FROM journal_entry ORDER BY event')
  return rows.map(({ event }) => event)
}
