/** The directory as the other rooms ask it, through a life of members, keys and failures. */
import { describe, expect, it } from 'vitest'
import { newSigningKey } from '../../kernel/crypto/index.ts'
import { eventsOfUpdate, keyIdOf, view } from './index.ts'
import { keysOfTestMember } from './testing/cards.ts'
import { DAY, instant, NOW, newFollower, newKeeper } from './testing/keeper.ts'

async function withMembers() {
  const keeper = newKeeper()
  keeper.delegate('targets', 'countries/nl', { paths: ['members/nl-*.json'], terminating: true })
  keeper.delegate('targets', 'countries/de', { paths: ['members/de-*.json'], terminating: true })
  keeper.list('countries/nl', { id: 'nl-om' })
  keeper.list('countries/nl', { id: 'nl-fiod' })
  keeper.list('countries/de', { id: 'de-bka', country: 'DE' })
  keeper.publish('countries/nl', 'countries/de', 'targets', 'snapshot', 'timestamp')
  const node = newFollower(keeper)
  await node.start()
  expect(await node.refresh()).toBe('ok')
  const seen = async (now = NOW) => view(await node.trusted(), now)
  return { keeper, node, seen }
}

const idsOf = (keys: readonly { keyid: string }[]) => keys.map(({ keyid }) => keyid)

describe('members', () => {
  it('are known with their keys, and may open exchanges while everything is fresh', async () => {
    const { seen } = await withMembers()
    const now = await seen()
    expect(now.state.kind).toBe('current')
    expect(now.members().map(({ member }) => member.id)).toEqual(['de-bka', 'nl-fiod', 'nl-om'])
    expect([now.mayOpen('nl-om'), now.mayStill('nl-om')]).toEqual([true, true])
    expect([now.mayOpen('nl-nobody'), now.mayStill('nl-nobody')]).toEqual([false, false])
    expect(idsOf(now.keysOf('nl-om', NOW))).toEqual([keyIdOf(keysOfTestMember('nl-om').signing.publicKey.bytes)])
  })

  it('who is removed is refused from then on, and the past stays checkable', async () => {
    const { keeper, node, seen } = await withMembers()
    const before = await seen()
    delete keeper.drafts['countries/nl'].targets['members/nl-om.json']
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh(NOW + DAY)).toBe('ok')
    const after = await seen(NOW + DAY)
    expect(after.memberOf('nl-om')).toBeNull()
    expect([after.mayOpen('nl-om'), after.mayStill('nl-om')]).toEqual([false, false])
    expect(after.keysOf('nl-om', NOW + DAY)).toEqual([])
    expect(after.keysOf('nl-om', NOW + DAY - 1000)).toEqual(before.keysOf('nl-om', NOW))
    expect(after.keysIn(before.digest ?? '', 'nl-om', NOW)).toEqual(before.keysOf('nl-om', NOW))
    expect(after.digest).not.toBe(before.digest)
  })

  it('a revoked key is refused from then on', async () => {
    const { keeper, node, seen } = await withMembers()
    const fresh = newSigningKey()
    keeper.list('countries/nl', { id: 'nl-om', signingKeys: [fresh], card: { revision: 2 } })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh(NOW + DAY)).toBe('ok')
    const after = await seen(NOW + DAY)
    const old = keyIdOf(keysOfTestMember('nl-om').signing.publicKey.bytes)
    expect(idsOf(after.keysOf('nl-om', NOW + DAY))).toEqual([keyIdOf(fresh.publicKey.bytes)])
    expect(idsOf(after.keysOf('nl-om', NOW))).toEqual([old])
  })

  it('before the first edition nothing was known, and outside their periods keys are none', async () => {
    const { keeper, node, seen } = await withMembers()
    expect((await seen()).keysOf('nl-om', NOW - DAY)).toEqual([])
    keeper.list('countries/nl', { id: 'nl-om', grant: { notAfter: instant(NOW + 2 * DAY) } })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    const later = await seen(NOW + 2 * DAY)
    expect(later.keysOf('nl-om', NOW + DAY)).toHaveLength(1)
    expect(later.keysOf('nl-om', NOW + 2 * DAY)).toEqual([])
    expect(later.standingOf('nl-om')).toMatchObject({ mayOpen: false, mayStill: false })
  })

  it('who is suspended opens nothing, and what is under way goes on', async () => {
    const { keeper, node, seen } = await withMembers()
    keeper.list('countries/nl', { id: 'nl-om', grant: { status: 'suspended' } })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    const now = await seen()
    expect(now.standingOf('nl-om')).toEqual({ mayOpen: false, mayStill: true, because: 'nl-om is suspended' })
    expect(now.mayOpen('nl-fiod')).toBe(true)
  })

  it('scopes say which messages go which way', async () => {
    const { keeper, node, seen } = await withMembers()
    keeper.list('countries/nl', {
      id: 'nl-exchange',
      kind: 'vasp',
      grant: {
        scopes: [
          { messages: 'production.*', send: false, receive: true },
          { messages: 'freeze.confirm', send: true, receive: false },
        ],
      },
    })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    const now = await seen()
    const asked: readonly (readonly [string, boolean, boolean])[] = [
      ['production.order', false, true],
      ['production', false, true],
      ['productions.order', false, false],
      ['freeze.confirm', true, false],
      ['freeze.confirm.more', false, false],
      ['mla.letter', false, false],
    ]
    for (const [type, send, receive] of asked)
      expect([type, now.maySend('nl-exchange', type), now.mayReceive('nl-exchange', type)]).toEqual([
        type,
        send,
        receive,
      ])
    expect(now.maySend('nl-om', 'mla.letter')).toBe(true)
    expect(now.maySend('nobody', 'mla.letter')).toBe(false)
  })
})

describe('delegations', () => {
  const defectOf = async (node: Awaited<ReturnType<typeof withMembers>>['node'], name: string) =>
    (await node.trusted()).editions.at(-1)?.defects.get(name)?.code

  it('a country names members of its own only', async () => {
    const { keeper, node } = await withMembers()
    keeper.list('countries/nl', { id: 'nl-foreign', country: 'FR' })
    keeper.list('countries/nl', { id: 'fr-dnfa', country: 'FR' })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual(['de-bka', 'nl-fiod', 'nl-om'])
    expect(await defectOf(node, 'nl-foreign')).toBe('MEMBER_MISNAMED')
    // What its pattern does not cover, it is not even asked about.
    expect(await defectOf(node, 'fr-dnfa')).toBeUndefined()
  })

  it('a country hands on its own country, whatever the role is called', async () => {
    const { keeper, node } = await withMembers()
    keeper.delegate('countries/nl', 'police', { paths: ['members/nl-p-*.json'] })
    keeper.delegate('countries/nl', 'countries/de/police', { paths: ['members/nl-q-*.json'] })
    keeper.list('police', { id: 'nl-p-one' })
    keeper.list('police', { id: 'nl-p-two', country: 'BE' })
    keeper.list('countries/de/police', { id: 'nl-q-one' })
    keeper.publish('police', 'countries/de/police', 'countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual(['de-bka', 'nl-fiod', 'nl-om', 'nl-p-one'])
    expect(await defectOf(node, 'nl-p-two')).toBe('MEMBER_MISNAMED')
    expect(await defectOf(node, 'countries/de/police')).toBe('DIRECTORY_DELEGATION')
  })

  it('deeper than four delegations nobody is a member', async () => {
    const { keeper, node } = await withMembers()
    const chain = ['one', 'two', 'three', 'four', 'five']
    chain.forEach((name, at) => {
      keeper.delegate(at === 0 ? 'targets' : (chain[at - 1] ?? ''), name, { paths: ['members/x-*.json'] })
    })
    keeper.list('four', { id: 'x-four' })
    keeper.list('five', { id: 'x-five' })
    keeper.publish(...chain.toReversed(), 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect((await node.members()).filter((id) => id.startsWith('x-'))).toEqual(['x-four'])
    expect(await defectOf(node, 'five')).toBe('DIRECTORY_DELEGATION')
  })

  it('a delegation asks for as many signatures as it says', async () => {
    const { keeper, node } = await withMembers()
    const { role } = keeper.keysPlace('countries/nl')
    keeper.addKey('countries/nl')
    role.threshold = 2
    keeper.publish('countries/nl', 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual(['de-bka', 'nl-fiod', 'nl-om'])
    keeper.signers['countries/nl']?.pop()
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual(['de-bka'])
    expect((await node.trusted()).editions).toHaveLength(3)
  })

  it('one country in disorder keeps none of the others waiting', async () => {
    const { keeper, node, seen } = await withMembers()
    keeper.list('countries/nl', { id: 'nl-om', card: { name: 'Other' } })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    keeper.files.delete('2.countries.nl.json')
    expect(await node.refresh()).toBe('ok')
    let now = await seen()
    expect([now.mayOpen('de-bka'), now.mayOpen('nl-om'), now.mayStill('nl-om')]).toEqual([true, false, false])
    keeper.publishAs('countries/nl', 2)
    expect(await node.refresh()).toBe('ok')
    now = await seen()
    expect(now.memberOf('nl-om')?.name).toBe('Other')
    expect((await node.trusted()).editions).toHaveLength(2)
  })

  it('a role that is reached on two ways is looked at from the shorter one', async () => {
    const { keeper, node } = await withMembers()
    const chain = ['targets', 'one', 'two', 'three', 'four']
    for (const [at, name] of chain.slice(1).entries())
      keeper.delegate(chain[at] ?? '', name, { paths: ['members/y-*.json'] })
    keeper.delegate('four', 'five', { paths: ['members/x-*.json'] })
    keeper.delegate('targets', 'four', { paths: ['members/x-*.json'] })
    keeper.list('five', { id: 'x-five' })
    keeper.publish('five', ...chain.slice(1).toReversed(), 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect((await node.members()).includes('x-five')).toBe(true)
  })

  it('nobody is silenced by another who puts their encryption key on a card', async () => {
    const { keeper, node } = await withMembers()
    keeper.list('countries/nl', { id: 'nl-copy', hpke: keysOfTestMember('de-bka').hpke })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toContain('de-bka')
  })

  it('a key that two members show names neither', async () => {
    const { keeper, node } = await withMembers()
    const { signing } = keysOfTestMember('nl-om')
    keeper.list('countries/nl', { id: 'nl-twin', signingKeys: [signing] })
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect(await node.members()).toEqual(['de-bka', 'nl-fiod'])
    expect(await defectOf(node, 'nl-twin')).toBe('DIRECTORY_KEY_TWICE')
  })
})

describe('frozen', () => {
  it.for(['timestamp', 'snapshot', 'targets', 'root'])('nothing new begins when the %s has expired', async (role) => {
    const { keeper, node, seen } = await withMembers()
    keeper.expire(role, NOW + DAY)
    keeper.publish('root', 'targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect((await seen()).mayOpen('nl-om')).toBe(true)
    const later = await seen(NOW + DAY)
    expect(later.state).toMatchObject({ kind: 'frozen' })
    expect(later.standingOf('nl-om')).toMatchObject({ mayOpen: false, mayStill: true })
    expect(later.memberOf('nl-om')?.id).toBe('nl-om')
  })

  it('a fresh timestamp does not freshen an edition that it does not name', async () => {
    const { keeper, node, seen } = await withMembers()
    keeper.expire('timestamp', NOW + 7 * DAY)
    keeper.publish('targets', 'snapshot', 'timestamp')
    keeper.files.delete('2.snapshot.json')
    keeper.files.delete('3.snapshot.json')
    expect(await node.refresh()).toBe('DIRECTORY_ABSENT')
    const now = await seen()
    expect(now.state).toMatchObject({ kind: 'frozen', because: expect.stringContaining('newer snapshot') })
    expect([now.mayOpen('nl-om'), now.mayStill('nl-om')]).toEqual([false, true])
  })

  it('a new root freezes what was held under the old one, until the rest has come', async () => {
    const { keeper, node, seen } = await withMembers()
    keeper.rotateKeys('targets')
    keeper.publish('root')
    keeper.files.delete('timestamp.json')
    expect(await node.refresh()).toBe('DIRECTORY_ABSENT')
    expect((await seen()).state).toMatchObject({ kind: 'frozen', because: expect.stringContaining('newer root') })
    keeper.publish('targets', 'snapshot', 'timestamp')
    expect(await node.refresh()).toBe('ok')
    expect((await seen()).mayOpen('nl-om')).toBe(true)
  })

  it('without any edition there is nobody', () => {
    const nothing = view({ root: null, timestamp: null, editions: [] }, NOW)
    expect(nothing.digest).toBeNull()
    expect(nothing.state.kind).toBe('frozen')
    expect(nothing.mayStill('nl-om')).toBe(false)
  })
})

describe('the journal', () => {
  it('gets one event for each update that brought something, with digests and who came, changed and went', async () => {
    const { keeper, node } = await withMembers()
    const before = (await node.trusted()).editions.at(-1) ?? null
    expect(eventsOfUpdate(await node.update(), before)).toEqual([])
    keeper.list('countries/nl', { id: 'nl-om', card: { name: 'Other' } })
    keeper.list('countries/nl', { id: 'nl-new' })
    delete keeper.drafts['countries/nl'].targets['members/nl-fiod.json']
    keeper.publish('countries/nl', 'snapshot', 'timestamp')
    const report = await node.update()
    const [event, ...more] = eventsOfUpdate(report, before)
    expect(more).toEqual([])
    expect(event).toMatchObject({
      name: 'directory.updated',
      of: 'directory',
      id: report.edition?.digest,
      caseId: null,
      body: {
        before: before?.digest,
        accepted: report.accepted,
        members: { added: ['nl-new'], changed: ['nl-om'], removed: ['nl-fiod'] },
        ended: null,
      },
    })
    const { accepted } = report
    expect(accepted.map(({ name, version }) => `${name} ${version}`)).toEqual([
      'timestamp 3',
      'snapshot 3',
      'countries/nl 2',
      'members/nl-new null',
      'members/nl-om null',
    ])
  })

  it('gets what was accepted before an update ended early', async () => {
    const { keeper, node } = await withMembers()
    const before = (await node.trusted()).editions.at(-1) ?? null
    keeper.publish('root')
    keeper.files.delete('timestamp.json')
    const [event] = eventsOfUpdate(await node.update(), before)
    expect(event?.body).toMatchObject({
      edition: null,
      ended: 'DIRECTORY_ABSENT',
      accepted: [{ name: 'root', version: 2 }],
    })
  })
})
