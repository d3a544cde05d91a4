/** What two agencies owe each other, over signed messages that are handed over: calls, recalls, use, erasure, breaches, disputes. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Taker } from '../exchange/desk/index.ts'
import { callForTest, openCalls, passOn, testsDue, urgentToDuty } from '../exchange/together/index.ts'
import { plainHeader } from '../exchange/wire/testing/messages.ts'
import { ok, orStop } from '../kernel/index.ts'
import { remind } from './remind.ts'
import { HOUR, MINUTE } from './testing/casework-node.ts'
import { jointPair } from './testing/joint-pair.ts'

let pair: Awaited<ReturnType<typeof jointPair>>
beforeAll(async () => {
  pair = await jointPair()
})
const one = () => pair.nodes[0]
const other = () => pair.nodes[1]
/** Both clocks go on together. */
const wait = (ms: number) => {
  for (const node of pair.nodes) node.clock.now += ms
}
type Kept<S> = { kind: string; id: string; version: number; says: S }
const listed = <S>(at: 0 | 1, kind: string, inCase = true) =>
  pair.nodes[at].did<Kept<S>[]>('lisa', 'supervision.list', { kind, ...(inCase ? { caseId: pair.cases[at] } : {}) })
const sentAs = async (type: string, at: 0 | 1 = 0) =>
  (await pair.post.messagesOf(pair.ids[at])).filter((message) => message.type === type)
const item = { kind: 'holding', asset: 'iso4217:EUR', amount: '700', state: 'frozen', where: 'Bank' }

/** What the clock of the node does once. */
async function tick(at: 0 | 1): Promise<number> {
  const { door } = pair.nodes[at]
  let done = 0
  for (const id of orStop(await door.asNode(async (work) => ok({ result: await openCalls(work), events: [] }))))
    if (orStop(await door.asNode<string>((work) => passOn(work.context(), id))) !== 'nothing') done++
  return done
}

describe('the point of contact', () => {
  const shift = (node: ReturnType<typeof one>, name: 'lisa' | 'carla' | 'emil', from: string, until: string) => ({
    ...{ personId: node.idOf[name], from: `2026-11-${from}:00:00Z`, until: `2026-11-${until}:00:00Z` },
    ...{ zone: 'Europe/Tallinn', languages: ['en'], handOver: null },
  })

  test('has a roster whose gaps are refused with their place, unless they are meant', async () => {
    const node = other()
    const point = {
      ...{ name: 'Duty desk', channel: '+372 000', languages: ['en'], zone: 'Europe/Tallinn', minutes: 15 },
      ...{ lead: node.idOf.fritz, partners: [pair.ids[0]] },
    }
    expect(await node.codeOf('anna', 'contact-point.set', { version: 0, point })).toBe('NOT_PERMITTED')
    expect(
      await node.codeOf('lisa', 'contact-point.set', { version: 0, point: { ...point, lead: node.idOf.anna } }),
    ).toBe('DUTY_PERSON')
    await node.did('lisa', 'contact-point.set', { version: 0, point })
    const roster = { version: 1, from: '2026-11-25T00:00:00Z', until: '2026-11-27T00:00:00Z' }
    const shifts = [shift(node, 'lisa', '25T00', '25T12'), shift(node, 'carla', '25T13', '27T00')]
    expect(await node.run('lisa', 'duty.set', { ...roster, shifts })).toMatchObject({
      refusal: { code: 'DUTY_ROSTER', place: '/shifts/0' },
    })
    expect(await node.did('lisa', 'duty.set', { ...roster, shifts, accept: true })).toMatchObject({
      findings: [{ code: 'gap' }],
    })
    expect(await node.did('lisa', 'duty.now', {})).toMatchObject({
      ...{ onDuty: [{ personId: node.idOf.lisa }] },
      roster: {
        from: '2026-11-25T00:00:00.000Z',
        until: '2026-11-27T00:00:00.000Z',
        shifts: [{ personId: node.idOf.lisa }, { personId: node.idOf.carla }],
      },
    })
  })

  test('passes a call on until somebody takes it, and the caller learns who and after how long', async () => {
    await one().did('lisa', 'call.place', {
      peer: pair.ids[1],
      matter: 'Coins are about to move.',
      urgency: 'IMMINENT_DISSIPATION',
      test: false,
      within: 60,
    })
    await pair.post.deliver()
    const calls = async () =>
      (
        await other().did<{ calls: { id: string; steps: { to: string; as: string }[]; taken: unknown }[] }>(
          'lisa',
          'call.list',
          {},
        )
      ).calls
    const { lisa, carla, fritz } = other().idOf
    expect((await calls())[0]?.steps.map(({ to }) => to)).toEqual([lisa])
    wait(14 * MINUTE)
    expect(await tick(1)).toBe(0)
    for (const expected of [
      [lisa, carla],
      [lisa, carla, fritz],
    ]) {
      wait(15 * MINUTE)
      expect(await tick(1)).toBe(1)
      expect((await calls())[0]?.steps.map(({ to }) => to)).toEqual(expected)
    }
    const [call] = await calls()
    expect(await other().codeOf('anna', 'call.take', { id: call?.id, note: null })).toBe('NOT_PERMITTED')
    await other().did('fritz', 'call.take', { id: call?.id, note: 'We freeze now.' })
    expect(await other().codeOf('carla', 'call.take', { id: call?.id, note: null })).toBe('CALL_STATE')
    await pair.post.deliver()
    const placed = await one().did<{ calls: { taken: { by: string } | null }[] }>('lisa', 'call.list', {})
    expect(placed.calls[0]?.taken).toMatchObject({ by: 'senior-official', note: 'We freeze now.' })
    wait(HOUR)
    expect(await tick(1)).toBe(0)
  })

  test('puts an urgent message of any type before whoever is on duty', async () => {
    const taker: Taker = { types: ['freeze.request'], take: async () => ok({ caseId: null, events: [] }) }
    const [wrapped] = urgentToDuty([taker], 60)
    const urgency = { code: 'IMMINENT_DISSIPATION', ground: 'Reg. 2018/1805 art. 9(3)', text: 'They move.' } as const
    const message = (digest: string, stated: typeof urgency | null) => {
      const header = plainHeader({ from: pair.ids[0], urgency: stated })
      return { type: 'freeze.request', major: 2, digest, header, body: {}, payload: new Uint8Array(), keyIds: [] }
    }
    const take = (said: ReturnType<typeof message>) =>
      other().door.asNode(async (work) => {
        const taken = orStop(await (wrapped as Taker).take(work.context(), said))
        return ok({ result: null, events: taken.events })
      })
    orStop(await take(message('01'.repeat(32), null)))
    orStop(await take(message('02'.repeat(32), urgency)))
    const { calls } = await other().did<{ calls: { id: string; type: string }[] }>('lisa', 'call.list', { open: true })
    expect(calls).toMatchObject([{ type: 'freeze.request', matter: 'IMMINENT_DISSIPATION', steps: [{}] }])
    await other().did('lisa', 'call.take', { id: calls[0]?.id, note: null })
    expect(await pair.post.waiting()).toEqual([])
  })

  test('calls each partner for a test once a month, keeps what it took, and tells where nobody answered', async () => {
    const due = async () =>
      orStop(await other().door.asNode(async (work) => ok({ result: await testsDue(work.context()), events: [] })))
    expect(await due()).toEqual([pair.ids[0]])
    const callAll = async () => {
      for (const peer of await due()) orStop(await other().door.asNode((work) => callForTest(work.context(), peer)))
    }
    await callAll()
    expect(await due()).toEqual([])
    await pair.post.deliver()
    const [asked] = (await one().did<{ calls: { id: string }[] }>('lisa', 'call.list', { open: true })).calls
    wait(2 * MINUTE)
    await one().did('lisa', 'call.take', { id: asked?.id, note: null })
    await pair.post.deliver()
    wait(10 * 24 * HOUR)
    await callAll()
    await pair.post.deliver()
    wait(16 * MINUTE)
    expect(await tick(1)).toBe(1)
    const { tests } = await other().did<{ tests: object[] }>('lisa', 'call.list', {})
    expect(tests).toMatchObject([{ peer: pair.ids[0], calls: 2, answered: 1, late: 0, missed: 1, median: 120 }])
  })
})

describe('what was sent', () => {
  test('is recalled: the receiver sees what stands on it, says what it has done, and the sender who has not', async () => {
    await one().did('carla', 'joint.release', { id: pair.joints[0], item })
    const [shared] = await sentAs('joint.share')
    const recall = {
      caseId: pair.cases[0],
      messages: [shared?.digest],
      reason: 'WRONG_CONTENT',
      text: 'The amount is wrong.',
    }
    expect(await one().codeOf('dora', 'recall.send', recall)).toBe('NOT_PERMITTED')
    expect(await one().codeOf('lisa', 'recall.send', { ...recall, messages: ['ab'.repeat(32)] })).toBe('RECALL_MESSAGE')
    await pair.post.deliver()
    const { id } = await one().did('lisa', 'recall.send', recall)
    await pair.post.deliver()
    expect(await one().did('lisa', 'recall.status', { id })).toMatchObject({
      unconfirmed: [pair.ids[1]],
      parts: [{ answer: null }],
    })
    const [notice] = await listed<{ standsOn: { kind: string }[] }>(1, 'recall-notice')
    expect(notice?.says.standsOn.map(({ kind }) => kind)).toEqual(['joint-object', 'message'])
    const open = { says: { why: 'recalled', state: 'open' } }
    expect(await listed(1, 'caution')).toMatchObject([open, open])
    const answer = { caseId: pair.cases[1], id: notice?.id, seen: notice?.version, text: 'Sealed off.', passedOn: [] }
    expect(await other().codeOf('carla', 'recall.confirm', { ...answer, outcome: 'not-found' })).toBe('RECALL_STANDS')
    const unseen = async () =>
      (await other().did<{ items: { matter: string }[] }>('carla', 'reminder.list', {})).items.filter(
        ({ matter }) => matter === 'message-unseen',
      ).length
    const before = await unseen()
    await other().did('carla', 'recall.confirm', { ...answer, outcome: 'restricted' })
    // Who has answered it has seen to it.
    expect(await unseen()).toBe(before - 1)
    expect(await listed(1, 'caution')).toMatchObject([{ says: { state: 'settled' } }, { says: { state: 'settled' } }])
    await pair.post.deliver()
    expect(await one().did('lisa', 'recall.status', { id })).toMatchObject({
      unconfirmed: [],
      parts: [{ answer: { outcome: 'restricted' } }],
    })
  })

  test('is used for something else only with consent, and what it was used for is told', async () => {
    const [shared] = await sentAs('joint.share')
    const exchange = shared?.header.exchange
    const about = { caseId: pair.cases[1], exchange, item: shared?.digest }
    await other().did('carla', 'use.report', { ...about, use: 'A house was searched.' })
    const wish = { ...about, purpose: 'Another trial', newProceeding: '2 Hv 1/26', recipients: [], exculpatory: false }
    await other().did('carla', 'use.consent.ask', wish)
    await pair.post.deliver()
    expect(await listed(0, 'use-report')).toMatchObject([{ says: { direction: 'in', use: 'A house was searched.' } }])
    const [asked] = await listed(0, 'use-consent')
    const consent = {
      id: asked?.id,
      seen: asked?.version,
      extent: 'For that trial',
      conditions: ['Tell us the judgment'],
    }
    expect(await one().codeOf('anna', 'use.consent.grant', consent)).toBe('NOT_PERMITTED')
    await one().did('carla', 'use.consent.grant', consent)
    expect(await one().codeOf('carla', 'use.consent.refuse', { id: asked?.id, seen: 2, reason: 'x' })).toBe(
      'USE_ANSWERED',
    )
    await pair.post.deliver()
    expect(await listed(1, 'use-consent')).toMatchObject([
      { says: { state: 'granted', answer: { conditions: ['Tell us the judgment'] } } },
    ])
  })

  test('may be disputed: what it touches is marked on both sides, and the words of both stay', async () => {
    const [shared] = await sentAs('joint.share')
    const note = await other().did('anna', 'task.add', {
      caseId: pair.cases[1],
      content: { what: 'x', assignee: null, due: null, done: null },
      basis: 'fact',
    })
    const dispute = {
      ...{ caseId: pair.cases[1], exchange: shared?.header.exchange, about: shared?.digest, kind: 'attribution' },
      ...{ text: 'It is another service.', wanted: 'Look again.' },
    }
    expect(
      await other().codeOf('carla', 'dispute.raise', { ...dispute, touches: [{ kind: 'exhibit', id: note.id }] }),
    ).toBe('DISPUTE_TOUCHES')
    const [object] = await other().did<{ id: string }[]>('lisa', 'joint.objects', { id: pair.joints[1] })
    await other().did('carla', 'dispute.raise', { ...dispute, touches: [{ kind: 'joint-object', id: object?.id }] })
    await pair.post.deliver()
    const cautions = { caseId: pair.cases[1], kind: 'caution' }
    // Who writes to nobody is cautioned, too, and sees no more of it.
    expect((await other().did<Kept<{ state: string }>[]>('dora', 'supervision.list', cautions)).length).toBeGreaterThan(
      0,
    )
    expect(await other().codeOf('dora', 'supervision.list', { caseId: pair.cases[1] })).toBe('NOT_PERMITTED')
    expect(await other().codeOf('gina', 'supervision.list', cautions)).toBe('NOT_PERMITTED')
    const [raised] = await listed(0, 'dispute')
    const said = { caseId: pair.cases[0], id: raised?.id, touches: [] }
    await one().did('carla', 'dispute.answer', { ...said, seen: 1, outcome: 'not-agreed', text: 'We are sure.' })
    // Higher authorities are named to the other side, and its cautions stand until both agree.
    const to = { name: 'Court of Appeal', country: 'NL' }
    await one().did('carla', 'dispute.answer', { ...said, seen: 2, outcome: 'escalated', text: 'They decide.', to })
    await pair.post.deliver()
    const [waits] = await listed<{ words: { to: unknown }[]; state: string }>(1, 'dispute')
    expect(waits?.says).toMatchObject({ state: 'escalated', words: [{}, {}, { to }] })
    const disputed = async () =>
      (await listed<{ why: string; state: string }>(1, 'caution')).filter(({ says }) => says.why === 'disputed')
    expect(await disputed()).toMatchObject([{ says: { state: 'open' } }])
    await one().did('carla', 'dispute.answer', { ...said, seen: 3, outcome: 'agreed', text: 'You are right.' })
    expect(
      await one().codeOf('carla', 'dispute.answer', { ...said, seen: 4, outcome: 'partly', text: 'Not quite.' }),
    ).toBe('DISPUTE_STATE')
    await pair.post.deliver()
    const [mine] = await listed<{ words: { by: string }[]; state: string }>(1, 'dispute')
    expect(mine?.says).toMatchObject({ state: 'agreed' })
    expect(mine?.says.words.map(({ by }) => by)).toEqual(['us', 'them', 'them', 'them'])
    expect(await disputed()).toMatchObject([{ says: { state: 'settled' } }])
  })
})

test('a breach is told, its clock reminds with its article, and the partner does nothing more here until a person lifts that', async () => {
  const noticedAt = new Date(one().clock.now).toISOString()
  const breach = {
    ...{
      caseId: pair.cases[0],
      peers: [pair.ids[1]],
      severity: 'high',
      what: 'A laptop was stolen.',
      noticedAt,
      happenedAt: null,
    },
    ...{ exchanges: [], keys: [], dataSent: 'None yet known.', harm: 'Unknown.', measures: 'Keys revoked.' },
  }
  const { id } = await one().did('lisa', 'incident.report', breach)
  await pair.post.deliver()
  wait(71 * HOUR)
  await remind(one().door, one().reminders, new AbortController().signal, (failed, fault) => {
    throw new Error(`${failed}: ${fault}`)
  })
  const due = async () =>
    (
      await one().did<{ items: { kind: string; article: string; due: string; reminder: object | null }[] }>(
        'lisa',
        'reminder.list',
        {},
      )
    ).items.filter(({ kind }) => kind === 'incident')
  expect(await due()).toMatchObject([
    { article: 'Directive (EU) 2016/680 art. 30(1)', due: new Date(Date.parse(noticedAt) + 72 * HOUR).toISOString() },
  ])
  expect((await due())[0]?.reminder).not.toBeNull()
  const at = new Date(one().clock.now).toISOString()
  await one().did('carla', 'incident.notified', { id, seen: 1, at, reference: 'Authority, 5/26' })
  expect(await due()).toEqual([])

  await one().did('carla', 'joint.release', { id: pair.joints[0], item })
  expect(await pair.post.deliver()).toEqual(['rejected'])
  const [suspension] = await listed(1, 'suspension', false)
  expect(
    await other().codeOf('lisa', 'call.place', {
      peer: pair.ids[0],
      matter: 'x',
      urgency: null,
      test: true,
      within: 5,
    }),
  ).toBe('EXCHANGE_SUSPENDED')
  await one().did('lisa', 'call.place', { peer: pair.ids[1], matter: 'x', urgency: null, test: true, within: 5 })
  expect(await pair.post.deliver()).toEqual(['rejected'])
  const lifted = { id: suspension?.id, seen: 1, reason: 'The key is gone.', concerned: false, measures: 'None needed.' }
  expect(await other().codeOf('lisa', 'suspension.lift', lifted)).toBe('NOT_PERMITTED')
  await other().did('emil', 'suspension.lift', lifted)
  await one().did('lisa', 'call.place', { peer: pair.ids[1], matter: 'x', urgency: null, test: true, within: 5 })
  expect(await pair.post.deliver()).toEqual([null, null])
  expect(await listed(0, 'incident')).toMatchObject([{ says: { told: [{ answer: { seen: false } }] } }])
})

test('what is to be erased is answered as it is: held, kept with its reason, or erased by the procedure and with its proof', async () => {
  const [shared] = await sentAs('joint.share')
  const wish = {
    ...{ caseId: pair.cases[0], exchange: shared?.header.exchange, extent: 'exchange', messages: [], attachments: [] },
    ...{ basis: 'RETENTION_ENDED', text: 'The period has ended.', by: null },
  }
  await one().did('lisa', 'erase.ask', wish)
  await pair.post.deliver()
  const [asked] = await listed(1, 'erase-request', false)
  const answer = (outcome: string, kept: string[] = []) => ({ id: asked?.id, seen: 1, outcome, kept })
  expect(await other().codeOf('lisa', 'erase.answer', answer('erased'))).toBe('ERASE_NOT_DONE')
  expect(await other().codeOf('lisa', 'erase.answer', answer('refused-legal-hold', ['All']))).toBe('ERASE_NO_HOLD')
  expect(await other().codeOf('lisa', 'erase.answer', answer('partly'))).toBe('ERASE_KEPT')
  const caseId = pair.cases[1]
  const hold = await other().did('carla', 'hold.place', { caseId, authority: 'Court', reason: 'A remedy' })
  expect(await other().codeOf('lisa', 'erase.answer', answer('partly', ['All']))).toBe('ERASE_HELD')
  await other().did('carla', 'hold.lift', { caseId, id: hold.id, seen: 1, reason: 'Decided' })
  // The procedure of the house, with its approvals.
  const { version } = await other().did('carla', 'case.read', { caseId })
  await other().did('carla', 'case.close', { caseId, seen: version, reason: 'Done' })
  const proposed = await other().did('carla', 'erasure.propose', { caseId, order: 'Court, 2 Hv 2/26' })
  const { signWith } = await import('../casework/testing/fakes.ts')
  for (const [at, name] of (['dora', 'fritz'] as const).entries()) {
    type Asked = { digest: string; expiresAt: string; challenge: string }
    const { challenge, ...given } = await other().did<Asked>(name, 'erasure.challenge', { id: proposed.id })
    await other().did(name, 'erasure.approve', {
      id: proposed.id,
      seen: at + 1,
      ...given,
      credential: signWith(other().authenticatorOf[name], challenge),
    })
  }
  const order = await other().did('emil', 'case.erase', { caseId, id: proposed.id, seen: 3, digest: proposed.digest })
  await other().did('emil', 'erasure.carry-out', { id: order.id })
  await other().did('lisa', 'erase.answer', answer('erased'))
  await pair.post.deliver()
  const [answered] = await listed<{ answer: { outcome: string; proof: string } }>(0, 'erase-request', false)
  expect(answered?.says.answer).toMatchObject({ outcome: 'erased', proof: expect.stringMatching(/^[0-9a-f]{64}$/) })
})

test('a person without the role sees none of it', async () => {
  for (const name of ['anna', 'gina', 'hugo'] as const)
    expect(await one().codeOf(name, 'supervision.list', {})).toBe('NOT_PERMITTED')
  expect(await one().codeOf('gina', 'supervision.list', { caseId: pair.cases[0] })).toBe('NOT_PERMITTED')
  expect(await one().did('lisa', 'supervision.list', {})).not.toContainEqual(
    expect.objectContaining({ kind: 'dispute' }),
  )
})
