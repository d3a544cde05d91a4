/** Keeping, holding and erasing cases, through the real door on PostgreSQL. */
import { beforeEach, describe, expect, test } from 'vitest'
import { caseworkActions, type ErasureProof, type Shredder } from '../casework/index.ts'
import { signWith } from '../casework/testing/fakes.ts'
import type { Sql } from '../io/postgres/index.ts'
import { canonicalJson, type Json, sha256Text } from '../kernel/index.ts'
import { carryOutErasures, openShredder } from './shredder.ts'
import { type CaseworkNode, caseworkNode, DAY, type Name } from './testing/casework-node.ts'

const YEAR = 366 * DAY
const node: CaseworkNode = await caseworkNode(caseworkActions)
let caseId: string
/** The version of the case. */
let version: number

beforeEach(async () => {
  const opening = { title: 'Canary case', kind: 'local', purposes: ['criminal-proceedings'] }
  caseId = (await node.did('anna', 'case.open', opening)).id
  version = 1
  for (const name of ['carla', 'dora', 'emil', 'fritz'] as const)
    await node.did('anna', 'case.member.add', { caseId, seen: version++, personId: node.idOf[name] })
  await node.did('anna', 'note.add', { caseId, content: { text: 'canary' }, basis: 'fact' })
  await node.did('anna', 'wallet.add', {
    caseId,
    content: { chain: 'bip122:000000000019d6689c085ae165831e93', address: 'addrq', custody: 'unknown' },
    basis: 'fact',
  })
})

const failures: string[] = []
const carryOut = () => carryOutErasures(node.keys, node.door, (order) => failures.push(order))
const close = () => node.did('anna', 'case.close', { caseId, seen: version++, reason: 'done' })
const propose = (more: object = {}) => node.did('anna', 'erasure.propose', { caseId, ...more })
async function approve(name: Name, id: string, seen: number) {
  const asked = await node.did<{ digest: string; expiresAt: string; challenge: string }>(name, 'erasure.challenge', {
    id,
  })
  const { digest, expiresAt, challenge } = asked
  const credential = signWith(node.authenticatorOf[name], challenge)
  return node.codeOf(name, 'erasure.approve', { id, seen, digest, expiresAt, credential })
}
async function approved() {
  const proposal = await propose({ order: 'Court, 2 Hv 2/26' })
  expect(await approve('carla', proposal.id, 1)).toBe('done')
  expect(await approve('dora', proposal.id, 2)).toBe('done')
  return proposal
}
const erase = (by: Name, { id, digest }: { id: string; digest: string }, seen = 3) =>
  node.codeOf(by, 'case.erase', { caseId, id, seen, digest })

describe('what will be erased, when and why', () => {
  test('is shown before: basis, clock, day; how much only to those who may erase', async () => {
    type Preview = { plan: { eraseAfter: string | null; clocks: object[] }; countByKind: object | null }
    const preview = (by: Name) => node.did<Preview>(by, 'retention.preview', { caseId })
    expect((await preview('anna')).plan).toMatchObject({ eraseAfter: null, clocks: [{ state: 'waiting' }] })
    await close()
    const { plan, countByKind } = await preview('anna')
    expect(plan).toMatchObject({ due: false, clocks: [{ ruleId: 'ours-5y', state: 'running' }] })
    expect(plan.eraseAfter?.slice(0, 4)).toBe(String(new Date(node.clock.now).getUTCFullYear() + 5))
    expect(countByKind).toBeNull()
    expect((await preview('emil')).countByKind).toMatchObject({ note: 1, wallet: 1, case: version })
    expect(await node.did('anna', 'retention.upcoming', {})).toContainEqual(expect.objectContaining({ caseId }))
  })

  test('a hold stops the clock, and lifting it lets it go on', async () => {
    await close()
    const dueOf = async () =>
      (await node.did<{ plan: { eraseAfter: string | null } }>('anna', 'retention.preview', { caseId })).plan.eraseAfter
    const before = Date.parse((await dueOf()) as string)
    const placed = node.clock.now
    const hold = await node.did('anna', 'hold.place', { caseId, authority: 'Court', reason: 'a remedy is pending' })
    expect(await dueOf()).toBeNull()
    expect(await node.codeOf('carla', 'hold.lift', { caseId, id: hold.id, seen: 1, reason: 'x' })).toBe('NOT_PERMITTED')
    node.clock.now += 10 * DAY
    await node.did('anna', 'hold.lift', { caseId, id: hold.id, seen: 1, reason: 'decided' })
    const after = Date.parse((await dueOf()) as string)
    expect(after - before).toBeGreaterThanOrEqual(10 * DAY)
    expect(after - before).toBeLessThanOrEqual(node.clock.now - placed)
  })
})

describe('erasing a case', () => {
  test.each([
    ['one that is worked on', 'ERASURE_OPEN', async () => {}],
    ['one whose period runs', 'ERASURE_EARLY', close],
  ])('is not proposed for %s', async (_, code, prepare) => {
    await prepare()
    expect(await node.codeOf('anna', 'erasure.propose', { caseId })).toBe(code)
  })

  test('when its period has ended it needs no order; two people and a third decide, and the proof says so', async () => {
    await close()
    node.clock.now += 6 * YEAR
    const proposal = await propose()
    expect(await erase('emil', proposal, 1)).toBe('APPROVALS_MISSING')
    expect(await approve('carla', proposal.id, 1)).toBe('done')
    expect(await node.codeOf('anna', 'erasure.challenge', { id: proposal.id })).toBe('NOT_PERMITTED')
    expect(await erase('emil', proposal, 2)).toBe('APPROVALS_MISSING')
    expect(await approve('dora', proposal.id, 2)).toBe('done')
    expect(await erase('carla', proposal)).toBe('NOT_PERMITTED')
    expect(await erase('emil', proposal)).toBe('done')
    // Decided, not done: it can still be read, and the auditor sees that it waits.
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('done')
    expect(await node.did('gina', 'erasure.list', {})).toMatchObject({ items: [{ order: { state: 'ordered' } }] })
    expect(await node.codeOf('emil', 'erasure.proof', { id: proposal.id })).toBe('ERASURE_NO_PROOF')
    await node.did('bert', 'erasure.carry-out', { id: proposal.id })
    expect(await node.codeOf('bert', 'erasure.carry-out', { id: proposal.id })).toBe('ERASURE_STATE')
    for (const action of ['case.read', 'note.list', 'request.list', 'retention.preview', 'case.history'])
      expect(await node.codeOf('anna', action, { caseId }), action).toBe('NOT_PERMITTED')
    expect(JSON.stringify(await node.did('anna', 'case.list', {}))).not.toContain(caseId)
    const proof = await node.did<ErasureProof>('gina', 'erasure.proof', { id: proposal.id })
    expect(proof).toMatchObject({
      caseId,
      basis: { kind: 'period', rules: ['ours-5y'] },
      extent: { countByKind: { note: 1, wallet: 1, case: version } },
      approvers: [node.idOf.carla, node.idOf.dora],
      proposedBy: node.idOf.anna,
      orderedBy: node.idOf.emil,
    })
    const { digest, ...body } = proof
    expect(digest).toBe(sha256Text(canonicalJson(body as unknown as Json)))
    expect(await node.did('carla', 'erasure.proof', { id: proposal.id })).toEqual(proof)
    expect(await node.codeOf('bert', 'erasure.proof', { id: proposal.id })).toBe('ERASURE_NO_PROOF')
    // The journal says it under the node's own key; the keyed hashes of the case are gone.
    const entries = "SELECT case_id FROM journal_entry WHERE event IN ('case.erase', 'erasure.carry-out')"
    expect(await node.database.query(entries)).toEqual([{ case_id: null }, { case_id: null }])
    const refs = 'SELECT 1 FROM record_ref f JOIN record_head h ON h.kind = f.kind AND h.id = f.id WHERE h.case_id = $1'
    expect(await node.database.query(refs, [caseId])).toEqual([])
  })

  test('what changed after the approval is not erased', async () => {
    await close()
    const proposal = await approved()
    await node.did('anna', 'case.reopen', { caseId, seen: version++, reason: 'new facts' })
    expect(await erase('emil', proposal)).toBe('ERASURE_OPEN')
    await node.did('anna', 'note.add', { caseId, content: { text: 'more' }, basis: 'fact' })
    await close()
    expect(await erase('emil', proposal)).toBe('ERASURE_CHANGED')
  })

  test('a hold keeps the case at every step, also after the order', async () => {
    await close()
    const hold = () => node.did('anna', 'hold.place', { caseId, authority: 'Court', reason: 'claim' })
    const lift = async ({ id }: { id: string }) =>
      node.did('anna', 'hold.lift', { caseId, id, seen: 1, reason: 'settled' })
    const first = await hold()
    expect(await node.codeOf('anna', 'erasure.propose', { caseId, order: 'Court' })).toBe('ERASURE_HELD')
    await lift(first)
    const proposal = await approved()
    const second = await hold()
    expect(await erase('emil', proposal)).toBe('ERASURE_HELD')
    await lift(second)
    // That a hold came and went is part of what was there: the people who approved did not know of it.
    expect(await erase('emil', proposal)).toBe('ERASURE_CHANGED')
    await node.did('anna', 'erasure.withdraw', { caseId, id: proposal.id, seen: 3, reason: 'again' })
    const anew = await approved()
    expect(await erase('emil', anew)).toBe('done')
    const third = await hold()
    expect(await node.codeOf('anna', 'erasure.carry-out', { id: anew.id })).toBe('ERASURE_HELD')
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('done')
    await lift(third)
    expect(await node.codeOf('anna', 'erasure.carry-out', { id: anew.id })).toBe('done')
  })

  test('the node carries out by itself what was ordered and is not held', async () => {
    await close()
    const proposal = await approved()
    expect(await carryOut()).toEqual({ erased: 0, left: 0, failed: 0 })
    expect(await erase('emil', proposal)).toBe('done')
    const hold = await node.did('anna', 'hold.place', { caseId, authority: 'Court', reason: 'claim' })
    expect(await carryOut()).toEqual({ erased: 0, left: 1, failed: 0 })
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('done')
    await node.did('anna', 'hold.lift', { caseId, id: hold.id, seen: 1, reason: 'settled' })
    expect(await carryOut()).toEqual({ erased: 1, left: 0, failed: 0 })
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('NOT_PERMITTED')
    expect(node.keys.caseKey(caseId)).toBeNull()
    expect(await carryOut()).toEqual({ erased: 0, left: 0, failed: 0 })
  })

  test('an erasure that fails is told of, and the others are carried out', async () => {
    await close()
    const proposal = await approved()
    expect(await erase('emil', proposal)).toBe('done')
    const broken = caseId
    const second = await node.did('anna', 'case.open', {
      title: 'Another',
      kind: 'local',
      purposes: ['criminal-proceedings'],
    })
    caseId = second.id
    version = 1
    for (const name of ['carla', 'dora', 'emil'] as const)
      await node.did('anna', 'case.member.add', { caseId, seen: version++, personId: node.idOf[name] })
    await close()
    const other = await approved()
    expect(await erase('emil', other)).toBe('done')
    const keys = {
      ...node.keys,
      destroyCaseKey: (id: string) => {
        if (id === broken) throw new Error('the disk does not answer')
        node.keys.destroyCaseKey(id)
      },
    }
    const told: string[] = []
    expect(await carryOutErasures(keys, node.door, (order) => told.push(order))).toEqual({
      erased: 1,
      left: 0,
      failed: 1,
    })
    expect(told).toEqual([proposal.id])
    expect(node.keys.caseKey(caseId)).toBeNull()
    expect(node.keys.caseKey(broken)).not.toBeNull()
    expect(await carryOut()).toEqual({ erased: 1, left: 0, failed: 0 })
    expect(failures).toEqual([])
  })

  test('an approval is taken back, and then it is not enough', async () => {
    await close()
    const proposal = await approved()
    const { id } = proposal
    expect(await node.did('dora', 'erasure.read', { id })).toMatchObject({ counted: 2, approvedByYou: true })
    await node.did('dora', 'erasure.disapprove', { id, seen: 3 })
    expect(await node.did('dora', 'erasure.read', { id })).toMatchObject({ counted: 1, approvedByYou: false })
    expect(await erase('emil', proposal, 4)).toBe('APPROVALS_MISSING')
  })

  test('a proposal is known to whoever may withdraw it, and to nobody as soon as it is withdrawn', async () => {
    await close()
    const openFor = async (by: Name) =>
      (await node.did<{ proposal: object | null }>(by, 'retention.preview', { caseId })).proposal
    expect(await openFor('anna')).toBeNull()
    const { id } = await propose({ order: 'Court, 2 Hv 2/26' })
    expect(await openFor('anna')).toMatchObject({ id, version: 1, proposedBy: node.idOf.anna })
    expect(await openFor('dora')).toBeNull()
    await node.did('anna', 'erasure.withdraw', { caseId, id, seen: 1, reason: 'A remedy is pending.' })
    expect(await openFor('anna')).toBeNull()
  })

  test('a node that stops between the key and the commit finishes when it is asked again', async () => {
    await close()
    const proposal = await approved()
    expect(await erase('emil', proposal)).toBe('done')
    const real = openShredder(node.keys)
    const stopping = (sql: Sql): Shredder => ({
      ...real(sql),
      destroy: async (id) => {
        await real(sql).destroy(id)
        throw new Error('the power is gone')
      },
    })
    node.ports.set('shredder', stopping)
    await expect(node.run('anna', 'erasure.carry-out', { id: proposal.id })).rejects.toThrow('power')
    node.ports.set('shredder', real)
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('NOT_PERMITTED')
    expect(await node.did('gina', 'erasure.list', { limit: 200 })).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ order: expect.objectContaining({ state: 'ordered' }) }),
      ]),
    })
    expect(await node.codeOf('anna', 'erasure.carry-out', { id: proposal.id })).toBe('done')
    expect(await node.codeOf('emil', 'erasure.proof', { id: proposal.id })).toBe('done')
  })
})
