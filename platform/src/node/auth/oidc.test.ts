/** Signing in through an identity provider: a real one, one that is down, and one that lies. */
import { createHmac, generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type Forgery,
  forgingProvider,
  type HonestProvider,
  honestProvider,
  signedToken,
  unsignedToken,
} from '../testing/identity-providers.ts'
import { softPasskey } from '../testing/soft-passkey.ts'
import { type TestNode, testNode } from '../testing/test-node.ts'

const publicUrl = 'https://node.example'
const setting = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }
const STATE = '__Host-comity-oidc'

type Started = { readonly href: string; readonly cookie: string }

async function start(node: TestNode, invitation?: string): Promise<Started> {
  const answer = await node.send('GET', `/v1/oidc/start${invitation ? `?invitation=${invitation}` : ''}`)
  expect(answer.status).toBe(302)
  const cookie = answer.headers.get('set-cookie') ?? ''
  for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(flag)
  return { href: answer.headers.get('location') ?? '', cookie: cookie.split(';')[0] ?? '' }
}

const finish = (node: TestNode, back: URL, { cookie }: Pick<Started, 'cookie'>) =>
  node.send('GET', `${back.pathname}${back.search}`, { headers: { cookie } })

/** The session, from the cookie that the return sets. */
function sessionOf(answer: Awaited<ReturnType<typeof finish>>): string {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 302, code: undefined })
  expect(answer.headers.get('location')).toBe('/app/')
  const cookies = answer.headers.getSetCookie()
  expect(cookies.find((cookie) => cookie.startsWith(`${STATE}=`))).toMatch(/^__Host-comity-oidc=;/)
  return /^__Host-comity=([^;]+)/.exec(cookies.find((cookie) => cookie.startsWith('__Host-comity=')) ?? '')?.[1] ?? ''
}

const refused = { status: 401, body: { code: 'NOT_SIGNED_IN' } }

describe('with a real provider', () => {
  let provider: HonestProvider
  let node: TestNode
  beforeAll(async () => {
    provider = await honestProvider(`${publicUrl}/v1/oidc/return`)
    node = await testNode({ publicUrl, oidc: { ...setting, issuer: provider.issuer } })
  })
  async function signIn(login: string, invitation?: string) {
    const started = await start(node, invitation)
    return finish(node, await provider.signInAt(started.href, login), started)
  }
  async function invited(login: string, role = 'administrator') {
    const personId = await node.person(login, role)
    return { personId, token: sessionOf(await signIn(login, await node.invite(personId))) }
  }

  test('somebody invited is bound to their account, once, and signs in again without an invitation', async () => {
    const personId = await node.person('Anna', 'analyst')
    const invitation = await node.invite(personId)
    const token = sessionOf(await signIn('anna', invitation))
    expect((await node.read(token, '/v1/credential/list')).status).toBe(200)
    const again = sessionOf(await signIn('anna'))
    expect((await node.signIn.callerOf(again))?.personId).toBe(personId)
    // The invitation was used: nobody else is bound by it.
    expect(await signIn('mallory', invitation)).toMatchObject(refused)
  })

  test('an account that is bound to nobody is refused', async () => {
    expect(await signIn('stranger')).toMatchObject(refused)
    expect(await signIn('stranger', 'ce_not-an-invitation')).toMatchObject(refused)
  })

  test('the session proves nobody to be there: grave acts wait for a passkey', async () => {
    const { personId, token } = await invited('greta')
    expect(await node.signIn.callerOf(token)).toMatchObject({ signedInBy: 'oidc', provenAt: 0 })
    expect((await node.read(token, '/v1/person/list')).body.code).toBe('NOT_PERMITTED')
    const passkey = softPasskey({ origin: publicUrl })
    expect((await node.enrol(await node.invite(personId), passkey)).status).toBe(200)
    expect((await node.read(token, '/v1/person/list')).status).toBe(403)
    expect((await node.proveWith(token, passkey)).status).toBe(200)
    expect((await node.read(token, '/v1/person/list')).status).toBe(200)
    expect(await node.signIn.callerOf(token)).toMatchObject({ signedInBy: 'device-bound', personId })
  })

  test('somebody suspended is refused', async () => {
    const { personId } = await invited('sven', 'analyst')
    const admin = await node.newcomer('administrator')
    await node.change(admin.token, '/v1/person/suspend', { personId }, 1)
    expect(await signIn('sven')).toMatchObject(refused)
  })

  test('a return with another state, without the browser that began, or for the second time is refused', async () => {
    await invited('rita')
    const [first, second] = [await start(node), await start(node)]
    const back = await provider.signInAt(first.href, 'rita')
    const otherState = new URL(back)
    otherState.searchParams.set('state', 'A'.repeat(43))
    expect(await finish(node, otherState, first)).toMatchObject(refused)
    expect(await finish(node, otherState, { cookie: `${STATE}=${'A'.repeat(43)}` })).toMatchObject(refused)
    // An address that was sent to somebody else's browser signs nobody in there.
    expect(await finish(node, back, second)).toMatchObject(refused)
    expect(await finish(node, back, { cookie: '' })).toMatchObject(refused)
    sessionOf(await finish(node, back, first))
    expect(await finish(node, back, first)).toMatchObject(refused)
  })

  test('a code that was used already is refused by the provider, also in a new sign-in', async () => {
    await invited('rolf')
    const [first, second] = [await start(node), await start(node)]
    const back = await provider.signInAt(first.href, 'rolf')
    sessionOf(await finish(node, back, first))
    const replayed = new URL(back)
    replayed.searchParams.set('state', new URL(second.href).searchParams.get('state') ?? '')
    expect(await finish(node, replayed, second)).toMatchObject(refused)
  })

  test('a sign-in lapses after ten minutes', async () => {
    await invited('lena')
    const started = await start(node)
    const back = await provider.signInAt(started.href, 'lena')
    node.clock.skip(601)
    expect(await finish(node, back, started)).toMatchObject(refused)
  })

  test('a refusal of the provider is a refusal here', async () => {
    const started = await start(node)
    const back = new URL(`${publicUrl}/v1/oidc/return`)
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('state', new URL(started.href).searchParams.get('state') ?? '')
    expect(await finish(node, back, started)).toMatchObject(refused)
  })

  test('while the provider is down the node says so, and goes on when it is back', async () => {
    await invited('dora')
    const fresh = await testNode({ publicUrl, oidc: { ...setting, issuer: provider.issuer } })
    const started = await start(node)
    const back = await provider.signInAt(started.href, 'dora')
    await provider.goDown()
    const down = { status: 503, body: { code: 'IDENTITY_PROVIDER_DOWN' } }
    // One node that has never heard of the provider, and one that has.
    expect(await fresh.send('GET', '/v1/oidc/start')).toMatchObject(down)
    expect(await finish(node, back, started)).toMatchObject(down)
    await provider.comeBack()
    expect((await fresh.send('GET', '/v1/oidc/start')).status).toBe(302)
    sessionOf(await signIn('dora'))
  })
})

describe('with a provider that lies', () => {
  let provider: Awaited<ReturnType<typeof forgingProvider>>
  let node: TestNode
  beforeAll(async () => {
    provider = await forgingProvider()
    node = await testNode({ publicUrl, oidc: { ...setting, issuer: provider.issuer } })
    const started = await start(node, await node.invite(await node.person('Vera', 'administrator')))
    // An honest token is taken: what follows is refused for what is wrong with it.
    sessionOf(await finish(node, provider.forge(started.href, 'vera'), started))
  })
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const hmac = (claims: object) => {
    const text = [{ alg: 'HS256' }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    return `${text}.${createHmac('sha256', CLIENT_SECRET).update(text).digest('base64url')}`
  }

  test.each<[string, Forgery]>([
    ['the nonce of another sign-in', { claims: (honest) => ({ ...honest, nonce: 'other' }) }],
    ['no nonce', { claims: ({ nonce: _, ...honest }) => honest }],
    ['another audience', { claims: (honest) => ({ ...honest, aud: 'other' }) }],
    ['another issuer', { claims: (honest) => ({ ...honest, iss: 'https://other.example' }) }],
    ['a time that is over', { claims: (honest) => ({ ...honest, exp: Number(honest.iat) - 3600 }) }],
    ['no subject', { claims: ({ sub: _, ...honest }) => honest }],
    ['an empty subject', { claims: (honest) => ({ ...honest, sub: '' }) }],
    ['no signature (alg: none)', { token: unsignedToken }],
    ['a signature by another key', { token: (claims) => signedToken(claims, stranger) }],
    [
      'a signature by another key, named in the token',
      { token: (claims) => signedToken(claims, stranger, { alg: 'ES256', kid: 'mine' }) },
    ],
    ['a signature by the secret of the client (HS256)', { token: hmac }],
    ['a signature that is cut off', { token: (claims, key) => signedToken(claims, key).replace(/\.[^.]+$/, '.') }],
    ['no token', { token: () => undefined }],
  ])('a token with %s is refused', async (_, forgery) => {
    const started = await start(node)
    const answer = await finish(node, provider.forge(started.href, 'vera', forgery), started)
    expect(answer).toMatchObject(refused)
    expect(answer.headers.getSetCookie().some((cookie) => cookie.startsWith('__Host-comity=c'))).toBe(false)
  })

  test('an answer of a broken server is not taken for a refusal', async () => {
    const started = await start(node)
    expect(await finish(node, provider.forge(started.href, 'vera', { status: 500 }), started)).toMatchObject({
      status: 503,
      body: { code: 'IDENTITY_PROVIDER_DOWN' },
    })
  })

  test('and an honest token is taken again', async () => {
    const started = await start(node)
    sessionOf(await finish(node, provider.forge(started.href, 'vera'), started))
  })
})
