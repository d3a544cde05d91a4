/** Enrolling, signing in and out, proving to be there, over HTTP with a software authenticator. */
import { beforeAll, describe, expect, test } from 'vitest'
import { nodeEvents } from '../audit-events.ts'
import { type Deviation, softPasskey } from '../testing/soft-passkey.ts'
import { journalledEvents, type SignedIn, type TestNode, testNode } from '../testing/test-node.ts'

let node: TestNode
let admin: SignedIn
beforeAll(async () => {
  node = await testNode({ publicUrl: 'https://node.example' })
  admin = await node.newcomer('administrator')
})
const origin = 'https://node.example'
/** A grave act that changes nothing. */
const graveAct = (token: string) => node.read(token, '/v1/person/list')

describe('enrolment', () => {
  test.each([
    ['Ed25519, no attestation', { algorithm: 'Ed25519', attestation: 'none' }, true],
    ['Ed25519, packed', { algorithm: 'Ed25519', attestation: 'packed' }, true],
    ['ES256, packed', { algorithm: 'ES256', attestation: 'packed' }, true],
    ['ES256, a synced key', { algorithm: 'ES256', synced: true }, false],
  ] as const)('takes a key: %s', async (_, kind, deviceBound) => {
    const { token, personId } = await node.newcomer('analyst', kind)
    const { body } = await node.read(token, '/v1/credential/list')
    expect(body).toEqual([{ id: expect.any(String), version: 1, label: 'key', deviceBound, revoked: false }])
    expect(personId).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('an invitation of an administrator enrols one key, once', async () => {
    const invited = await node.change(admin.token, '/v1/person/invite', { name: 'Ines', role: 'investigator' })
    expect(invited.status).toBe(200)
    const key = softPasskey({ origin })
    expect((await node.enrol(invited.body.token, key)).body).toMatchObject({
      personId: invited.body.personId,
      name: 'Ines',
    })
    expect(await node.enrol(invited.body.token, softPasskey({ origin }))).toMatchObject({
      status: 401,
      body: { code: 'ENROLMENT_INVALID' },
    })
    expect((await node.signInWith(key)).status).toBe(200)
  })

  test('a further key is enrolled by a further invitation', async () => {
    const ines = await node.newcomer('investigator')
    await node.proveWith(admin.token, admin.passkey)
    const { body } = await node.change(admin.token, '/v1/person/key/invite', { personId: ines.personId })
    const second = softPasskey({ origin })
    expect((await node.enrol(body.token, second)).body.personId).toBe(ines.personId)
    expect((await node.read(ines.token, '/v1/credential/list')).body).toHaveLength(2)
  })

  test('a lost key is revoked by whoever manages people, and by nobody else but its owner', async () => {
    const ines = await node.newcomer('investigator')
    const otto = await node.newcomer('auditor')
    await node.proveWith(admin.token, admin.passkey)
    const keysOf = (token: string) => node.read(token, `/v1/credential/list?personId=${ines.personId}`)
    expect((await keysOf(otto.token)).status).toBe(403)
    const [key] = (await keysOf(admin.token)).body
    expect(key).toMatchObject({ revoked: false })
    const lost = { id: key.id, reason: 'Lost on a train.' }
    const revoke = (token: string) => node.change(token, '/v1/credential/revoke', lost, key.version)
    expect((await revoke(otto.token)).body.code).toBe('RECORD_UNKNOWN')
    expect((await revoke(admin.token)).status).toBe(200)
    expect((await keysOf(admin.token)).body).toMatchObject([{ id: key.id, revoked: true }])
    expect((await node.read(ines.token, '/v1/credential/list')).status).toBe(401)
    expect((await node.signInWith(ines.passkey)).status).toBe(401)
  })

  test('an invitation lapses after 72 hours', async () => {
    const invitation = await node.invite(await node.person('Late', 'analyst'))
    const key = softPasskey({ origin })
    const { body: options } = await node.send('POST', '/v1/enrol/options', { body: { token: invitation } })
    node.clock.skip(72 * 3600)
    const finish = { token: invitation, label: 'key', response: key.create(options) }
    expect((await node.send('POST', '/v1/enrol/finish', { body: finish })).body.code).toBe('ENROLMENT_INVALID')
    expect((await node.enrol(invitation, key)).body.code).toBe('ENROLMENT_INVALID')
    // The sessions of the others have lapsed with it.
    admin = { ...admin, token: (await node.signInWith(admin.passkey)).body.token }
  })

  test("another person's invitation does not take a key that was made for the first", async () => {
    const [mine, theirs] = [
      await node.invite(await node.person('Mine', 'analyst')),
      await node.invite(await node.person('Theirs', 'analyst')),
    ]
    const { body: options } = await node.send('POST', '/v1/enrol/options', { body: { token: mine } })
    const response = softPasskey({ origin }).create(options)
    expect(
      await node.send('POST', '/v1/enrol/finish', { body: { token: theirs, label: 'key', response } }),
    ).toMatchObject({ status: 401, body: { code: 'PROOF_NEEDED' } })
  })

  test.each(['ce_unknown-unknown', `ce_${'A'.repeat(43)}`, `cs_${'A'.repeat(43)}`])(
    'an unknown invitation: %s',
    async (token) => {
      expect((await node.enrol(token, softPasskey({ origin }))).body.code).toBe('ENROLMENT_INVALID')
    },
  )

  test.each<[string, Deviation]>([
    ['from another origin', { origin: 'https://evil.example' }],
    ['for another relying party', { rpId: 'evil.example' }],
    ['over a challenge that was never given', { challenge: 'AAAA' }],
    ['without verifying the user', { userVerified: false }],
    ['without a user', { userPresent: false, userVerified: false }],
    ['in a frame of another site', { crossOrigin: true }],
    ['that is backed up, though it cannot be', { backupEligible: false, backedUp: true }],
    ['with a broken attestation', { tamper: 'signature' }],
  ])('refuses a key %s, and its challenge is used up', async (_, deviation) => {
    const invitation = await node.invite(await node.person('Deviant', 'analyst'))
    const key = softPasskey({ origin, attestation: 'packed' })
    const { body: options } = await node.send('POST', '/v1/enrol/options', { body: { token: invitation } })
    const finish = (response: unknown) =>
      node.send('POST', '/v1/enrol/finish', { body: { token: invitation, label: 'key', response } })
    expect(await finish(key.create(options, deviation))).toMatchObject({ status: 401, body: { code: 'PROOF_NEEDED' } })
    if (!deviation.challenge) expect((await finish(key.create(options))).body.code).toBe('PROOF_NEEDED')
    // The invitation itself is not lost.
    expect((await node.enrol(invitation, key)).status).toBe(200)
  })

  test('a key is enrolled for one person only', async () => {
    const first = await node.newcomer('analyst')
    expect(await node.enrol(await node.invite(await node.person('Second', 'analyst')), first.passkey)).toMatchObject({
      status: 401,
      body: { code: 'PROOF_NEEDED' },
    })
  })
})

describe('signing in', () => {
  test('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const { headers, status } = await node.signInWith(admin.passkey)
    expect(status).toBe(200)
    const cookie = headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-comity=cs_[A-Za-z0-9_-]{43}; /)
    for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/', 'Expires=']) expect(cookie).toContain(flag)
    expect(cookie).not.toContain('Domain')
    const sent = { headers: { cookie: cookie.split(';')[0] ?? '' } }
    expect((await node.send('GET', '/v1/credential/list', sent)).status).toBe(200)
    const out = await node.send('POST', '/v1/sign-out', sent)
    // A browser clears a __Host- cookie only where all its flags are repeated.
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-comity=;.*Path=\/.*HttpOnly.*Secure/)
    expect((await node.send('GET', '/v1/credential/list', sent)).status).toBe(401)
  })

  test.each<[string, Deviation]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'evil.example' }],
    ['another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['no verification of the user', { userVerified: false }],
    ['no user', { userPresent: false, userVerified: false }],
    ['a frame of another site', { crossOrigin: true }],
    ['a key that can now be copied', { backupEligible: true, backedUp: true }],
    ['the handle of another person', { userHandle: Buffer.from('somebody').toString('base64url') }],
    ['a tampered signature', { tamper: 'signature' }],
    ['tampered client data', { tamper: 'clientData' }],
    ['tampered authenticator data', { tamper: 'authenticatorData' }],
    ['a counter that fell', { counter: 1 }],
  ])('is refused with %s', async (_, deviation) => {
    const { passkey } = await node.newcomer('analyst')
    for (let times = 0; times < 2; times++) expect((await node.signInWith(passkey)).status).toBe(200)
    expect(await node.signInWith(passkey, deviation)).toMatchObject({ status: 401, body: { code: 'PROOF_NEEDED' } })
    expect((await node.signInWith(passkey)).status).toBe(200)
  })

  test('a key of one registered elsewhere, or of nobody, is refused', async () => {
    const stranger = softPasskey({ origin })
    expect((await node.signInWith(stranger)).body.code).toBe('PROOF_NEEDED')
  })

  test('a challenge is used once: after success, after failure, and for what it was made for', async () => {
    const { passkey, token } = await node.newcomer('analyst')
    const finish = (response: unknown) => node.send('POST', '/v1/sign-in/finish', { body: { response } })
    const { body: options } = await node.send('POST', '/v1/sign-in/options')
    expect((await finish(passkey.get(options))).status).toBe(200)
    expect((await finish(passkey.get(options))).body.code).toBe('PROOF_NEEDED')
    const { body: again } = await node.send('POST', '/v1/sign-in/options')
    expect((await finish(passkey.get(again, { tamper: 'signature' }))).status).toBe(401)
    expect((await finish(passkey.get(again))).body.code).toBe('PROOF_NEEDED')
    const { body: prove } = await node.send('POST', '/v1/prove/options', { token })
    expect((await finish(passkey.get(prove))).body.code).toBe('PROOF_NEEDED')
  })

  test('a challenge lapses after five minutes', async () => {
    const { body: options } = await node.send('POST', '/v1/sign-in/options')
    node.clock.skip(301)
    const response = admin.passkey.get(options)
    expect((await node.send('POST', '/v1/sign-in/finish', { body: { response } })).body.code).toBe('PROOF_NEEDED')
  })

  test('a session ends when its time is over', async () => {
    const { token } = await node.newcomer('analyst')
    expect((await node.read(token, '/v1/credential/list')).status).toBe(200)
    node.clock.skip(3601)
    expect(await node.read(token, '/v1/credential/list')).toMatchObject({
      status: 401,
      body: { code: 'NOT_SIGNED_IN' },
    })
    admin = { ...admin, token: (await node.signInWith(admin.passkey)).body.token }
  })
})

describe('proving to be there', () => {
  test('a grave act needs a proof of at most 300 seconds ago', async () => {
    const { token, passkey } = await node.newcomer('administrator')
    expect((await graveAct(token)).status).toBe(200)
    node.clock.skip(299)
    expect((await graveAct(token)).status).toBe(200)
    node.clock.skip(3)
    expect(await graveAct(token)).toMatchObject({ status: 403, body: { code: 'NOT_PERMITTED' } })
    expect((await node.proveWith(token, passkey)).status).toBe(200)
    expect((await graveAct(token)).status).toBe(200)
  })

  test('nobody proves for somebody else, nor for another session', async () => {
    const [anna, bert] = [await node.newcomer('analyst'), await node.newcomer('analyst')]
    expect((await node.proveWith(anna.token, bert.passkey)).body.code).toBe('PROOF_NEEDED')
    const other = (await node.signInWith(anna.passkey)).body.token as string
    const { body: options } = await node.send('POST', '/v1/prove/options', { token: other })
    const response = anna.passkey.get(options)
    expect(await node.send('POST', '/v1/prove/finish', { token: anna.token, body: { response } })).toMatchObject({
      status: 401,
      body: { code: 'PROOF_NEEDED' },
    })
  })

  test('without a session there is nothing to prove', async () => {
    expect((await node.send('POST', '/v1/prove/options')).body.code).toBe('NOT_SIGNED_IN')
    const response = softPasskey({ origin }).get({ challenge: 'AAAA' })
    expect((await node.send('POST', '/v1/prove/finish', { body: { response } })).body.code).toBe('NOT_SIGNED_IN')
  })
})

test('every event in the journal is in the vocabulary', async () => {
  const known = new Set(nodeEvents().map(({ name }) => name))
  const journalled = await journalledEvents(node.database)
  expect(journalled.length).toBeGreaterThan(5)
  expect(journalled.filter((name) => !known.has(name))).toEqual([])
})
