/** Referring whole cases, through the real door on PostgreSQL. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CaseBody, caseworkActions, holdersOf, type ReferralBody } from '../casework/index.ts'
import { amber } from '../kernel/index.ts'
import { holderOf } from '../legal/index.ts'
import { recordWork } from './store/records.ts'
import { caseworkNode, MINUTE, type Name } from './testing/casework-node.ts'

const node = await caseworkNode(caseworkActions)

type Case = { version: number; case: CaseBody }
type History = readonly { version: number; referral: ReferralBody }[]

async function newCase(by: Name = 'anna', more: object = {}): Promise<string> {
  const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'], ...more }
  return (await node.did(by, 'case.open', opening)).id
}
const read = (by: Name, caseId: string) => node.did<Case>(by, 'case.read', { caseId })
const inside = (person: Name, members: readonly Name[] = []) => ({
  kind: 'inside',
  personId: node.idOf[person],
  members: members.map((name) => node.idOf[name]),
})
const paris = { kind: 'outside', authority: 'Parquet', country: 'FR', role: 'prosecutor' }

async function refer(caseId: string, to: object, more: object = {}, by: Name = 'anna') {
  const { version: seen } = await read(by, caseId)
  return node.run(by, 'case.refer', { caseId, seen, to, reason: 'The suspect lives there.', ...more })
}
async function referred(caseId: string, to: object, more: object = {}): Promise<void> {
  const answer = await refer(caseId, to, more)
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusal))
}
const answer = (by: Name, verb: string, caseId: string, more: object = {}) =>
  node.codeOf(by, `case.referral.${verb}`, { caseId, seen: 1, ...more })

/** The case as the node has it, whoever may see it. */
async function stored(caseId: string): Promise<CaseBody> {
  const found = await node.database.transaction((sql) =>
    recordWork(sql, node.keys, new Date(node.clock.now).toISOString()).get<CaseBody>('case', caseId),
  )
  if (!found) throw new Error('the case is gone')
  return found.body
}

/** What stands for an exhibit here: a record of that kind, in the case. */
async function exhibit(caseId: string): Promise<string> {
  const id = `00000000-0000-7000-8000-${String(++serial).padStart(12, '0')}`
  await node.database.transaction((sql) =>
    recordWork(sql, node.keys, new Date(node.clock.now).toISOString()).put(
      'exhibit',
      id,
      { marking: amber, author: node.idOf.anna },
      { caseId, seen: 0 },
    ),
  )
  return id
}
let serial = 100

describe('to other people of the node', () => {
  test('they see nothing of it but the reason until they take it over; then it is theirs, and no longer of the others', async () => {
    const caseId = await newCase()
    await node.did('anna', 'note.add', { caseId, content: { text: 'What was found' }, basis: 'fact' })
    await node.did('anna', 'case.member.add', { caseId, seen: 1, personId: node.idOf.dora })
    await referred(caseId, inside('carla', ['emil']), { staying: [node.idOf.dora] })

    type Offer = { caseId: string; reason: string; version: number }
    const [offer, ...others] = await node.did<Offer[]>('carla', 'case.referral.list', {})
    expect(offer).toMatchObject({ caseId, reason: 'The suspect lives there.', version: 1, from: node.idOf.anna })
    expect(others).toEqual([])
    expect(await node.did('emil', 'case.referral.list', {})).toEqual([])
    for (const name of ['carla', 'emil'] as const) {
      expect(await node.codeOf(name, 'case.read', { caseId })).toBe('NOT_PERMITTED')
      expect(await node.codeOf(name, 'note.list', { caseId })).toBe('NOT_PERMITTED')
    }
    // Anna works on: nobody else has it.
    await node.did('anna', 'note.add', { caseId, content: { text: 'Meanwhile' }, basis: 'fact' })
    expect(holdersOf(await stored(caseId))).toEqual([node.idOf.anna])

    expect(await answer('carla', 'take-over', caseId)).toBe('done')
    const taken = await read('carla', caseId)
    expect(taken.case.access).toMatchObject({
      leads: [node.idOf.carla],
      members: [node.idOf.carla, node.idOf.emil, node.idOf.dora],
      referredTo: [],
    })
    expect(await node.codeOf('emil', 'case.read', { caseId })).toBe('done')
    expect(await node.codeOf('dora', 'case.read', { caseId })).toBe('done')
    expect(await node.codeOf('anna', 'case.read', { caseId })).toBe('NOT_PERMITTED')
    expect(await node.did('carla', 'case.referral.list', {})).toEqual([])

    // The history shows both: who had it, and who has it.
    const versions = await node.did<Case[]>('carla', 'case.history', { caseId })
    const leads = versions.map((one) => one.case.access.leads.join())
    expect(leads[0]).toBe(node.idOf.anna)
    expect(leads.at(-1)).toBe(node.idOf.carla)
    const [referral] = await node.did<History>('carla', 'case.referral.history', { caseId })
    expect(referral?.referral.referral).toMatchObject({
      state: 'acknowledged',
      from: node.idOf.anna,
      to: node.idOf.carla,
    })
  })

  test('declined or withdrawn, it stays where it was, and can be referred anew', async () => {
    const caseId = await newCase()
    await referred(caseId, inside('carla'))
    expect(await answer('carla', 'decline', caseId, { reason: 'Not ours; ask the liaison officer.' })).toBe('done')
    expect(await answer('carla', 'take-over', caseId)).toBe('NOT_PERMITTED')
    await referred(caseId, inside('carla'))
    expect(await answer('anna', 'withdraw', caseId)).toBe('done')
    expect(await answer('carla', 'take-over', caseId)).toBe('NOT_PERMITTED')
    expect(await answer('anna', 'withdraw', caseId)).toBe('REFERRAL_NONE')
    expect(holdersOf(await stored(caseId))).toEqual([node.idOf.anna])
    const all = await node.did<History>('anna', 'case.referral.history', { caseId })
    expect(all.map(({ referral }) => referral.referral.state)).toEqual(['declined', 'withdrawn'])
    expect(all[0]?.referral.referral.answer).toBe('Not ours; ask the liaison officer.')
  })

  test('who may not answer is told the same of a case that is there and of one that is not', async () => {
    const caseId = await newCase()
    await referred(caseId, inside('carla'))
    const none = '00000000-0000-7000-8000-00000000dead'
    for (const action of ['case.referral.decline', 'case.referral.take-over'] as const) {
      const why = action.endsWith('decline') ? { reason: 'x' } : {}
      const [real, unreal] = await Promise.all(
        [caseId, none].map((id) => node.run('bert', action, { caseId: id, seen: 1, ...why })),
      )
      expect(JSON.stringify(real).replace(caseId, none)).toBe(JSON.stringify(unreal))
      expect(real).toMatchObject({ refusal: { code: 'NOT_PERMITTED' } })
    }
    expect(await answer('anna', 'withdraw', caseId)).toBe('done')
  })

  test('nobody else can take it over, not even who refers it', async () => {
    const caseId = await newCase()
    await referred(caseId, inside('carla', ['emil']))
    expect(await answer('emil', 'take-over', caseId)).toBe('NOT_PERMITTED')
    expect(await answer('bert', 'take-over', caseId)).toBe('NOT_PERMITTED')
    expect(await answer('anna', 'take-over', caseId)).toBe('REFERRAL_STATE')
    expect(await answer('anna', 'decline', caseId, { reason: 'x' })).toBe('REFERRAL_STATE')
    expect(await answer('carla', 'take-over', caseId, { seen: 2 })).toBe('VERSION_CONFLICT')
    await node.putPerson('carla', { suspended: true })
    expect(await answer('carla', 'take-over', caseId)).toBe('NOT_PERMITTED')
    await node.putPerson('carla', {})
    // A case serves its purpose, also while it is handed over.
    const other = { purpose: 'administrative' }
    expect(await node.codeOf('carla', 'case.referral.take-over', { caseId, seen: 1 }, other)).toBe('NOT_PERMITTED')
    expect(await answer('carla', 'take-over', caseId)).toBe('done')
  })

  test('who has left meanwhile does not come with them', async () => {
    const caseId = await newCase()
    await referred(caseId, inside('carla', ['emil', 'fritz']))
    await node.putPerson('fritz', { suspended: true })
    expect(await answer('carla', 'take-over', caseId)).toBe('done')
    expect((await stored(caseId)).access.members).toEqual([node.idOf.carla, node.idOf.emil])
    await node.putPerson('fritz', {})
  })

  test.each<[string, () => object, string, string]>([
    ['a judge, who leads no case', () => inside('dora'), 'REFERRAL_RECEIVER', '/to/personId'],
    ['its own lead', () => inside('anna'), 'REFERRAL_RECEIVER', '/to/personId'],
    ['an administrator', () => inside('hugo'), 'PERSON_OUTSIDE', '/to/personId'],
    ['a trainee', () => inside('carla', ['tina']), 'CASE_TRAINING', '/to/members/0'],
    [
      'nobody',
      () => ({ kind: 'inside', personId: '00000000-0000-7000-8000-00000000dead', members: [] }),
      'PERSON_UNKNOWN',
      '/to/personId',
    ],
  ])('is not possible to %s', async (_, to, code, place) => {
    expect(await refer(await newCase(), to())).toMatchObject({ ok: false, refusal: { code, place } })
  })

  test('two at once, a closed case and a seal that is not for them are refused', async () => {
    const caseId = await newCase()
    await referred(caseId, inside('carla'))
    expect(await refer(caseId, inside('bert'))).toMatchObject({ refusal: { code: 'CASE_REFERRED' } })
    const { version: seen } = await read('anna', caseId)
    expect(await node.codeOf('anna', 'case.close', { caseId, seen, reason: 'x' })).toBe('CASE_REFERRED')
    // A seal that comes after the referral keeps it from being taken over.
    await node.did('anna', 'case.seal', { caseId, seen, sealedFor: [node.idOf.anna], order: 'Court, 7 Hv 1/26' })
    expect(await answer('carla', 'take-over', caseId)).toBe('NOT_PERMITTED')
    expect(await node.did('carla', 'case.referral.list', {})).toEqual([])
    expect(await answer('anna', 'withdraw', caseId)).toBe('done')
    expect(await refer(caseId, inside('carla'))).toMatchObject({ refusal: { code: 'REFERRAL_SEALED' } })
    const closed = await newCase()
    await node.did('anna', 'case.close', { caseId: closed, seen: 1, reason: 'done' })
    expect(await refer(closed, inside('carla'))).toMatchObject({ refusal: { code: 'CASE_CLOSED' } })
  })
})

describe('to an authority outside', () => {
  test('it stays here until their acknowledgement is on record with its evidence; then it is a closed file', async () => {
    const caseId = await newCase()
    await referred(caseId, paris, { question: { need: 'freeze', offence: 'ransomware' } })
    expect(holdersOf(await stored(caseId))).toEqual([node.idOf.anna])
    const [open] = await node.did<History>('anna', 'case.referral.history', { caseId })
    expect(open?.referral.competence).toMatchObject({ names: ['Parquet'], reasons: [{ article: 'pack FR' }] })

    const at = new Date(node.clock.now).toISOString()
    node.clock.now += MINUTE
    expect(await answer('anna', 'take-over', caseId)).toBe('REFERRAL_EVIDENCE')
    expect(await answer('anna', 'take-over', caseId, { at })).toBe('REFERRAL_EVIDENCE')
    const foreign = await exhibit(await newCase())
    expect(await answer('anna', 'take-over', caseId, { at, exhibit: foreign })).toBe('REQUEST_EXHIBIT')
    const proof = await exhibit(caseId)
    const before = '2026-01-01T00:00:00Z'
    expect(await answer('anna', 'take-over', caseId, { at: before, exhibit: proof })).toBe('REFERRAL_STATE')
    expect(await answer('bert', 'take-over', caseId, { at, exhibit: proof })).toBe('NOT_PERMITTED')
    expect(await answer('anna', 'take-over', caseId, { at, exhibit: proof })).toBe('done')

    const { case: after } = await read('anna', caseId)
    expect(holdersOf(after)).toEqual(['Parquet (FR)'])
    expect(after).toMatchObject({ heldBy: { since: at }, access: { closed: true, leads: [node.idOf.anna] } })
    expect(await node.codeOf('anna', 'note.add', { caseId, content: { text: 'x' }, basis: 'fact' })).toBe(
      'NOT_PERMITTED',
    )
    const { version: seen } = await read('anna', caseId)
    expect(await node.codeOf('anna', 'case.reopen', { caseId, seen, reason: 'x' })).toBe('CASE_HELD_ELSEWHERE')
    const [done] = await node.did<History>('anna', 'case.referral.history', { caseId })
    expect(done?.referral).toMatchObject({ evidence: proof, referral: { state: 'acknowledged', answeredAt: at } })
  })

  test('that the packs do not name, or while a request is open, is refused', async () => {
    const caseId = await newCase()
    expect(await refer(caseId, { ...paris, country: 'XX' })).toMatchObject({
      refusal: { code: 'REFERRAL_COMPETENCE', place: '/to/role' },
    })
    const { id } = await node.did('anna', 'request.draft', {
      caseId,
      content: {
        instrument: 'eu-2018-1805',
        requestType: 'freeze',
        measure: 'FREEZE_SPECIFIC',
        data: { 'issuer.name': 'Court' },
        languages: { original: 'en', theirs: [] },
        recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
        clock: { country: 'FR', zone: 'Europe/Paris' },
        urgency: null,
        facts: 'What happened.',
        assets: [],
        trace: null,
        useConditions: [],
      },
    })
    await node.did('anna', 'request.submit', { id, seen: 1 })
    expect(await refer(caseId, paris)).toMatchObject({ refusal: { code: 'CASE_REQUESTS_OPEN' } })
    // Inside the house the request goes along.
    expect(await refer(caseId, inside('carla'))).toMatchObject({ ok: true })
  })

  test('declined with its evidence, it stays', async () => {
    const caseId = await newCase()
    await referred(caseId, paris)
    node.clock.now += MINUTE
    const at = new Date(node.clock.now).toISOString()
    const said = { reason: 'They are not competent.' }
    expect(await answer('anna', 'decline', caseId, said)).toBe('REFERRAL_EVIDENCE')
    expect(await answer('anna', 'decline', caseId, { ...said, at, exhibit: await exhibit(caseId) })).toBe('done')
    expect(holdersOf(await stored(caseId))).toEqual([node.idOf.anna])
    expect(await node.codeOf('anna', 'note.add', { caseId, content: { text: 'x' }, basis: 'fact' })).toBe('done')
  })
})

test('whatever is done by whomever: at each moment the case has exactly one holder, whom the referrals name', async () => {
  const people = ['anna', 'bert', 'carla'] as const
  const nameOf = (id: string) => people.find((name) => node.idOf[name] === id)
  const act = fc.record({
    // Mostly those who can: else nearly all of it were refused.
    by: fc.constantFrom('holder', 'holder', 'receiver', 'receiver', ...people),
    verb: fc.constantFrom('refer', 'refer', 'refer', 'take-over', 'take-over', 'decline', 'withdraw'),
    to: fc.constantFrom(...people, 'paris' as const),
  })
  let moved = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
      const caseId = await newCase()
      /** By the rule of the law, from the referrals alone. */
      let holder: string = node.idOf.anna
      for (const { by: who, verb, to } of acts) {
        const before = await stored(caseId)
        const records = await referralsOf(caseId)
        const current = records.at(-1)
        const receiver = current && nameOf(current.body.referral.to)
        const by = who === 'holder' ? (nameOf(holder) ?? 'anna') : who === 'receiver' ? (receiver ?? 'anna') : who
        const at = new Date(node.clock.now).toISOString()
        const outside = current?.body.to.kind === 'outside'
        const proof = outside && !before.access.closed ? { at, exhibit: await exhibit(caseId) } : {}
        const seen = current?.version ?? 1
        if (verb === 'refer') {
          const input = { caseId, seen: await versionOf(caseId), to: to === 'paris' ? paris : inside(to), reason: 'x' }
          await node.run(by, 'case.refer', input)
        } else if (verb === 'withdraw') await node.run(by, 'case.referral.withdraw', { caseId, seen })
        else {
          const why = verb === 'decline' ? { reason: 'x' } : {}
          await node.run(by, `case.referral.${verb}`, { caseId, seen, ...why, ...proof })
        }
        const last = (await referralsOf(caseId)).at(-1)
        if (last && last.body.referral.state === 'acknowledged' && current?.body.referral.state === 'open') {
          expect(last.body.referral.from === holder || outside).toBe(true)
          holder = holderOf(last.body.referral)
          moved += 1
        } else if (last?.body.referral.state === 'open') expect(holderOf(last.body.referral)).toBe(holder)
        const after = await stored(caseId)
        expect(holdersOf(after)).toEqual([holder])
        // An authority outside that holds it has a closed file behind it here; people of the node have an open one.
        expect(after.access.closed).toBe(after.heldBy != null)
        expect((after.access.referredTo ?? []).length).toBeLessThanOrEqual(1)
      }
    }),
    { numRuns: 30 },
  )
  // Sequences are random; that some of them move the case is what makes the property worth asking.
  expect(moved).toBeGreaterThan(0)
})

async function referralsOf(caseId: string) {
  const page = await node.database.transaction((sql) =>
    recordWork(sql, node.keys, new Date(node.clock.now).toISOString()).list<ReferralBody>('referral', {
      caseId,
      limit: 200,
    }),
  )
  return page.items
}

async function versionOf(caseId: string): Promise<number> {
  const found = await node.database.transaction((sql) =>
    recordWork(sql, node.keys, new Date(node.clock.now).toISOString()).get('case', caseId),
  )
  return found?.version ?? 1
}
