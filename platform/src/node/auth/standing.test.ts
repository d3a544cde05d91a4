/** What a person or a machine may do changes at once: suspension, roles, revoked keys, API keys. */
import { beforeAll, describe, expect, test } from 'vitest'
import { softPasskey } from '../testing/soft-passkey.ts'
import { type SignedIn, type TestNode, testNode } from '../testing/test-node.ts'

let node: TestNode
let admin: SignedIn
beforeAll(async () => {
  node = await testNode()
  admin = await node.newcomer('administrator')
})
const versionOf = async (personId: string): Promise<number> => {
  const items: { id: string; version: number }[] = []
  for (let after = ''; ; ) {
    const { body } = await node.read(admin.token, `/v1/person/list?limit=200${after}`)
    items.push(...body.items)
    if (body.next === null) break
    after = `&after=${body.next}`
  }
  return items.find(({ id }) => id === personId)?.version ?? 0
}
const own = (token: string) => node.read(token, '/v1/credential/list')

describe('a person', () => {
  test('who is suspended is stopped at once, in every session, and goes on when resumed', async () => {
    const anna = await node.newcomer('investigator')
    const second = (await node.signInWith(anna.passkey)).body.token as string
    expect((await own(anna.token)).status).toBe(200)
    const { personId } = anna
    const suspended = await node.change(admin.token, '/v1/person/suspend', { personId }, 1)
    expect(suspended).toMatchObject({ status: 200, body: { suspended: true, version: 2 } })
    for (const token of [anna.token, second]) expect((await own(token)).body.code).toBe('NOT_PERMITTED')
    expect((await node.signInWith(anna.passkey)).body.code).toBe('NOT_SIGNED_IN')
    expect((await node.enrol(await node.invite(personId), anna.passkey)).body.code).toBe('ENROLMENT_INVALID')
    await node.change(admin.token, '/v1/person/resume', { personId }, 2)
    expect((await own(anna.token)).status).toBe(200)
  })

  test('whose role changes has the rights of the new one in the same session, and loses those of the old', async () => {
    const bert = await node.newcomer('administrator')
    expect((await node.read(bert.token, '/v1/person/list')).status).toBe(200)
    const { personId } = bert
    expect((await node.change(admin.token, '/v1/person/role', { personId, role: 'analyst' }, 1)).status).toBe(200)
    expect((await node.read(bert.token, '/v1/person/list')).status).toBe(403)
    await node.change(admin.token, '/v1/person/role', { personId, role: 'administrator' }, 2)
    expect((await node.read(bert.token, '/v1/person/list')).status).toBe(200)
  })

  test.each(['suspend', 'resume', 'role'])('does not change their own rights: %s', async (verb) => {
    const body = { personId: admin.personId, ...(verb === 'role' ? { role: 'analyst' } : {}) }
    expect(await node.change(admin.token, `/v1/person/${verb}`, body, await versionOf(admin.personId))).toMatchObject({
      status: 403,
      body: { code: 'OWN_RIGHTS' },
    })
  })

  test.each([
    ['/v1/person/suspend', { personId: '00000000-0000-7000-8000-000000000000' }],
    ['/v1/person/role', { personId: '00000000-0000-7000-8000-000000000000', role: 'analyst' }],
    ['/v1/key/revoke', { id: '00000000-0000-7000-8000-000000000000' }],
    ['/v1/credential/revoke', { id: '00000000-0000-7000-8000-000000000000' }],
  ])('that does not exist is 404: %s', async (path, body) => {
    expect(await node.change(admin.token, path, body, 1)).toMatchObject({
      status: 404,
      body: { code: 'RECORD_UNKNOWN' },
    })
  })

  test('with a role that no policy knows may do nothing', async () => {
    const nobody = await node.newcomer('emperor')
    expect((await own(nobody.token)).body.code).toBe('NOT_PERMITTED')
  })
})

describe('a passkey that is revoked', () => {
  test('ends its sessions, also one that has proven since, and signs in no more', async () => {
    const carl = await node.newcomer('investigator')
    const proven = (await node.signInWith(carl.passkey)).body.token as string
    await node.proveWith(proven, carl.passkey)
    const [{ id }] = (await own(carl.token)).body
    const { body: list } = await own(carl.token)
    expect((await node.change(carl.token, '/v1/credential/revoke', { id }, list[0].version)).status).toBe(200)
    for (const token of [carl.token, proven]) expect((await own(token)).status).toBe(401)
    expect((await node.signInWith(carl.passkey)).body.code).toBe('PROOF_NEEDED')
  })

  test('ends a session that it opened and another key proved, and spares those of other keys', async () => {
    const dora = await node.newcomer('investigator')
    const second = softPasskey({ origin: node.origin })
    const bySecond = (await node.enrol(await node.invite(dora.personId), second)).body.token as string
    expect((await node.proveWith(dora.token, second)).status).toBe(200)
    const keys = (await own(bySecond)).body as { id: string; version: number }[]
    // The first key has signed in nothing since its enrolment, the second has proven once.
    const first = keys.find(({ version }) => version === 1)
    expect((await node.change(bySecond, '/v1/credential/revoke', { id: first?.id }, 1)).status).toBe(200)
    expect((await own(dora.token)).status).toBe(401)
    expect((await own(bySecond)).status).toBe(200)
  })

  test('is revoked by its owner or an administrator, by nobody else', async () => {
    const [erik, fay] = [await node.newcomer('analyst'), await node.newcomer('analyst')]
    const [{ id, version }] = (await own(erik.token)).body
    expect((await node.change(fay.token, '/v1/credential/revoke', { id }, version)).body.code).toBe('RECORD_UNKNOWN')
    expect((await node.change(admin.token, '/v1/credential/revoke', { id }, version)).status).toBe(200)
  })
})

describe('an API key', () => {
  const make = (more: object = {}) =>
    node.change(admin.token, '/v1/key/make', {
      label: 'collector',
      role: 'auditor',
      scopes: ['credential.list'],
      purpose: 'administrative',
      days: 30,
      ...more,
    })

  test('calls the actions that it names, and no other', async () => {
    const { body } = await make()
    expect(body.token).toMatch(/^ck_/)
    expect(await own(body.token)).toMatchObject({ status: 200, body: [] })
    expect((await node.read(body.token, '/v1/key/list')).body.code).toBe('NOT_PERMITTED')
    expect((await node.change(body.token, '/v1/credential/revoke', { id: body.id }, 1)).body.code).toBe('NOT_PERMITTED')
  })

  test('expires at its date', async () => {
    const { body } = await make({ days: 1 })
    node.clock.skip(86_399)
    expect((await own(body.token)).status).toBe(200)
    node.clock.skip(2)
    expect((await own(body.token)).status).toBe(401)
    admin = { ...admin, token: (await node.signInWith(admin.passkey)).body.token }
  })

  test('is revoked at once', async () => {
    const { body } = await make()
    expect((await own(body.token)).status).toBe(200)
    expect((await node.change(admin.token, '/v1/key/revoke', { id: body.id }, 1)).status).toBe(200)
    expect((await own(body.token)).status).toBe(401)
    const { body: list } = await node.read(admin.token, '/v1/key/list')
    expect(list.items.find(({ id }: { id: string }) => id === body.id)).toMatchObject({ revoked: true, version: 2 })
    expect(JSON.stringify(list)).not.toContain(body.token)
  })

  test('does no grave act, whatever its role and scopes', async () => {
    const { body } = await make({ role: 'administrator', scopes: ['person.list', 'person.invite', 'key.make'] })
    expect((await node.read(body.token, '/v1/person/list')).body.code).toBe('NOT_PERMITTED')
    const invite = await node.change(body.token, '/v1/person/invite', { name: 'X', role: 'administrator' })
    expect(invite.body.code).toBe('NOT_PERMITTED')
  })

  test('stops with the machine that it stands for', async () => {
    const { body } = await make()
    await node.change(admin.token, '/v1/person/suspend', { personId: body.personId }, 1)
    expect((await own(body.token)).body.code).toBe('NOT_PERMITTED')
  })

  test('opens no session and proves nothing', async () => {
    const { body } = await make()
    expect((await node.send('POST', '/v1/prove/options', { token: body.token })).body.code).toBe('NOT_SIGNED_IN')
  })
})
