/** Joint cases of three agencies, each a node of its own: what is released arrives, what is not does not, in whatever order. */
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { caseworkActions } from '../casework/index.ts'
import { signWith } from '../casework/testing/fakes.ts'
import { amber } from '../kernel/index.ts'
import { workflowActions } from '../workflows/index.ts'
import { type CaseworkNode, caseworkNode, type Name } from './testing/casework-node.ts'
import { type Letter, partners } from './testing/partners.ts'

const terms = {
  kind: 'task-force',
  title: 'Example Lockers',
  purpose: 'To find and freeze what was paid.',
  shares: ['document', 'trace', 'holding', 'request', 'task', 'task-answer', 'meeting'],
  from: '2026-11-25',
  until: '2027-05-31',
  agreement: null,
  dataRules: 'As the law of each.',
  evidenceUse: 'With consent of the owner.',
  legalBasis: 'Example Act § 1',
}
const [VIENNA, TALLINN, LISBON] = ['at-prosecutor', 'ee-police', 'pt-police'] as const
const ids = [VIENNA, TALLINN, LISBON] as const
const actions = [...caseworkActions, ...workflowActions]
const nodes = {} as Record<(typeof ids)[number], CaseworkNode>
const cases = {} as Record<(typeof ids)[number], string>
const joints = {} as Record<(typeof ids)[number], string>
let post: ReturnType<typeof partners>

async function openCase(node: CaseworkNode, title: string): Promise<string> {
  const { id } = await node.did('carla', 'case.open', {
    title,
    kind: 'joint',
    partners: ['EE'],
    purposes: ['criminal-proceedings'],
  })
  for (const [at, name] of (['anna', 'dora', 'emil', 'fritz', 'lisa'] as const).entries())
    await node.did('carla', 'case.member.add', { caseId: id, seen: at + 1, personId: node.idOf[name] })
  return id
}

beforeAll(async () => {
  for (const id of ids) nodes[id] = await caseworkNode(actions)
  post = partners(ids.map((id) => ({ id, node: nodes[id] as never })))
  for (const id of ids) cases[id] = await openCase(nodes[id], `Lockers at ${id}`)
})

type View = {
  id: string
  version: number
  digest: string
  state: string
  list: { parties: { agency: string; state: string }[]; endedAt: string | null }
  reasons: Record<string, string>
}
type Shared = {
  id: string
  version: number
  owner: string
  object: string
  said: { version: number; content: Record<string, unknown> | null }
  answered: string | null
  proposals: { change: string; state: string }[]
}

const at = (id: (typeof ids)[number]) => ({
  did: <T = { id: string; version: number; sentTo: string[]; object: string; tasks: string[] }>(
    name: Name,
    action: string,
    input: object,
  ) => nodes[id].did<T>(name, action, input),
  code: (name: Name, action: string, input: object) => nodes[id].codeOf(name, action, input),
  joint: () => nodes[id].did<View>('lisa', 'joint.read', { id: joints[id] }),
  objects: () => nodes[id].did<Shared[]>('lisa', 'joint.objects', { id: joints[id] }),
})
const vienna = at(VIENNA)
const tallinn = at(TALLINN)
const lisbon = at(LISBON)

async function approve(name: Name, id: string, seen: number) {
  const { digest, expiresAt, challenge } = await vienna.did<{ digest: string; expiresAt: string; challenge: string }>(
    name,
    'joint.challenge',
    { id },
  )
  const credential = signWith(nodes[VIENNA].authenticatorOf[name], challenge)
  return nodes[VIENNA].run(name, 'joint.approve', { id, seen, digest, expiresAt, credential })
}
const stateOf = (view: View, agency: string) => view.list.parties.find((party) => party.agency === agency)?.state

test('an invitation goes out once two people who wrote none of it have approved it, and not before', async () => {
  const parties = [TALLINN, LISBON].map((agency) => ({ agency, role: 'Investigates', purpose: 'Its victims' }))
  const own = { role: 'Leads', purpose: 'Its victims' }
  const made = await vienna.did('carla', 'joint.propose', { caseId: cases[VIENNA], terms, own, parties })
  joints[VIENNA] = made.id
  const { digest } = await vienna.joint()
  expect(await vienna.code('carla', 'joint.send', { id: made.id, seen: 1, digest })).toBe('APPROVALS_MISSING')
  expect(await vienna.code('carla', 'joint.challenge', { id: made.id })).toBe('NOT_PERMITTED')
  expect(await approve('emil', made.id, 1)).toMatchObject({ ok: true })
  expect(await vienna.code('carla', 'joint.send', { id: made.id, seen: 2, digest })).toBe('APPROVALS_MISSING')
  expect(await approve('fritz', made.id, 2)).toMatchObject({ ok: true })
  expect(await vienna.code('anna', 'joint.send', { id: made.id, seen: 3, digest })).toBe('NOT_PERMITTED')
  expect(await post.waiting()).toEqual([])
  await vienna.did('carla', 'joint.send', { id: made.id, seen: 3, digest })
  expect((await post.waiting()).map(({ type, to }) => `${type} ${to}`).sort()).toEqual([
    `joint.propose ${TALLINN}`,
    `joint.propose ${LISBON}`,
  ])
  expect(await post.deliver()).toEqual([null, null])
})

test('who is invited sees it without a case, and takes part with a case of its own that serves the same', async () => {
  const [open] = await tallinn.did<{ id: string; leader: string; state: string }[]>('lisa', 'joint.invitations', {})
  expect(open).toMatchObject({ leader: VIENNA, state: 'open' })
  expect(await tallinn.code('anna', 'joint.invitations', {})).toBe('NOT_PERMITTED')
  const answer = {
    caseId: cases[TALLINN],
    invitation: open?.id,
    legalBasis: 'Example Act § 2',
    contact: 'Duty officer',
  }
  expect(await tallinn.code('anna', 'joint.accept', answer)).toBe('NOT_PERMITTED')
  joints[TALLINN] = (await tallinn.did('lisa', 'joint.accept', answer)).id
  expect(await tallinn.code('lisa', 'joint.accept', answer)).toBe('JOINT_INVITATION')
  await post.deliver()
  expect(stateOf(await vienna.joint(), TALLINN)).toBe('accepted')
  expect(stateOf(await vienna.joint(), LISBON)).toBe('invited')
  expect(joints[TALLINN]).toBe(joints[VIENNA])
})

test('what is released to a joint case before somebody has joined waits for them, and is taken in when they join', async () => {
  const holding = {
    kind: 'holding',
    asset: 'bip122:000000000019d6689c085ae165831e93/slip44:0',
    amount: '700',
    state: 'frozen',
    where: 'Exchange',
  }
  expect((await vienna.did('carla', 'joint.release', { id: joints[VIENNA], item: holding })).sentTo).toEqual([TALLINN])
  const [invitation] = await lisbon.did<{ id: string }[]>('lisa', 'joint.invitations', {})
  joints[LISBON] = (
    await lisbon.did('lisa', 'joint.accept', {
      caseId: cases[LISBON],
      invitation: invitation?.id,
      legalBasis: 'x',
      contact: 'y',
    })
  ).id
  // Tallinn hears of Lisbon and shares with it before Lisbon hears from Vienna that Tallinn takes part.
  const letters = await post.waiting()
  for (const one of letters) await post.hand(one)
  const lists = await post.waiting()
  for (const one of lists.filter(({ to }) => to === TALLINN)) await post.hand(one)
  await tallinn.did('carla', 'joint.release', { id: joints[TALLINN], item: { ...holding, amount: '41' } })
  for (const one of (await post.waiting()).filter(({ from }) => from === TALLINN))
    expect(await post.hand(one)).toBeNull()
  expect(await lisbon.objects()).toEqual([])
  await post.deliver()
  expect((await lisbon.objects()).map(({ owner }) => owner)).toEqual([TALLINN])
  // What was released before Lisbon took part goes to it by an act of its own.
  const [first] = (await vienna.objects()).filter(({ owner }) => owner === VIENNA)
  expect((await vienna.did('carla', 'joint.resend', { id: first?.id })).sentTo).toEqual([LISBON])
  await post.deliver()
  expect((await lisbon.objects()).map(({ owner }) => owner).sort()).toEqual([VIENNA, TALLINN])
})

test('a record that its marking keeps here, or of another case, is shared with nobody, and both are refused alike', async () => {
  const red = { ...amber, tlp: 'amber+strict' }
  const content = { text: 'x' }
  const { id } = await vienna.did('anna', 'note.add', { caseId: cases[VIENNA], content, basis: 'fact', marking: red })
  for (const item of [
    { kind: 'request', id },
    { kind: 'trace', id: '00000000-0000-7000-8000-0000000000ff' },
  ])
    expect(await vienna.code('carla', 'joint.release', { id: joints[VIENNA], item })).toBe('JOINT_NOT_SHARED')
  expect(await vienna.code('dora', 'joint.release', { id: joints[VIENNA], item: { kind: 'request', id } })).toBe(
    'NOT_PERMITTED',
  )
})

test('a task is given by one agency, answered by the other, and seen alike by the third', async () => {
  const task = {
    what: 'Ask the exchange',
    about: null,
    assignee: TALLINN,
    personRole: 'liaison officer',
    due: '2026-11-26T09:00:00Z',
    zone: 'Europe/Tallinn',
  }
  const { id, object } = await vienna.did('carla', 'joint.task.set', { id: joints[VIENNA], task })
  expect(await vienna.code('carla', 'joint.task.answer', { id, answer: 'done', note: null })).toBe('JOINT_TASK')
  await post.deliver()
  const there = (await tallinn.objects()).find((one) => one.object === object)
  expect(await tallinn.code('carla', 'joint.task.set', { id: joints[TALLINN], object: there?.id, task })).toBe(
    'JOINT_OWNER',
  )
  await tallinn.did('lisa', 'joint.task.answer', { id: there?.id, answer: 'accepted', note: null })
  await post.deliver()
  for (const each of [vienna, tallinn, lisbon])
    expect((await each.objects()).find((one) => one.object === object)?.answered).toBe('accepted')
  // Overdue, it is told by the clock in each case.
  nodes[LISBON].clock.now = Date.parse('2026-11-26T09:00:01Z')
  const due = await lisbon.did<{ items: { kind: string; id: string }[] }>('lisa', 'reminder.list', {})
  expect(due.items.filter(({ kind }) => kind === 'joint-object')).toHaveLength(1)
  await tallinn.did('lisa', 'joint.task.answer', { id: there?.id, answer: 'done', note: 'They answered.' })
  await post.deliver()
  const left = await lisbon.did<typeof due>('lisa', 'reminder.list', {})
  expect(left.items.filter(({ kind }) => kind === 'joint-object')).toEqual([])
})

test('only its owner changes an object; others propose, and the owner accepts or refuses', async () => {
  const object = (await tallinn.objects()).find(
    ({ owner, said }) => owner === VIENNA && said.content?.kind === 'holding',
  ) as Shared
  const content = { ...object.said.content, amount: '650' }
  await tallinn.did('carla', 'joint.change.propose', { id: object.id, content, reason: 'Fees' })
  await post.deliver()
  const ours = (await vienna.objects()).find((one) => one.object === object.object) as Shared
  const [proposal] = ours.proposals
  const decision = { id: ours.id, seen: ours.version, change: proposal?.change }
  expect(await vienna.code('carla', 'joint.change.decide', { ...decision, outcome: 'accepted' })).toBe('done')
  expect(await vienna.code('carla', 'joint.change.decide', { ...decision, outcome: 'refused' })).toBe('JOINT_CHANGE')
  await post.deliver()
  for (const each of [vienna, tallinn, lisbon])
    expect((await each.objects()).find((one) => one.object === object.object)?.said).toMatchObject({
      version: 2,
      content: { amount: '650' },
    })
})

test('a meeting is called, its actions become tasks, and its file is one that calendars take', async () => {
  const meeting = {
    title: 'Coordination; Wien, "Nr. 1"',
    start: '2026-12-01T09:00:00Z',
    end: '2026-12-01T10:30:00Z',
    zone: 'Europe/Vienna',
    place: 'Room 5',
    agenda: ['Who asks whom'],
    participants: [{ agency: TALLINN, name: 'M. Example', role: 'liaison officer', mail: 'm@example.ee' }],
    decisions: ['Tallinn asks.'],
    cancelled: false,
  }
  const action = {
    what: 'Send the list',
    about: null,
    assignee: LISBON,
    personRole: 'analyst',
    due: null,
    zone: 'Europe/Lisbon',
  }
  const { id, tasks } = await vienna.did('lisa', 'joint.meeting.set', {
    id: joints[VIENNA],
    meeting,
    actions: [action],
  })
  expect(tasks).toHaveLength(1)
  await post.deliver()
  const file = (name: Name, each: typeof vienna, object: string | undefined) =>
    each.did<{ text: string }>(name, 'joint.meeting.calendar', { id: object })
  const { text } = await file('lisa', vienna, id)
  expect(text).toContain('METHOD:REQUEST')
  expect(text).toContain('DTSTART:20261201T090000Z')
  const there = (await lisbon.objects()).find(({ said }) => said.content?.kind === 'meeting')
  expect((await file('lisa', lisbon, there?.id)).text).toBe(text)
  await vienna.did('lisa', 'joint.meeting.set', {
    id: joints[VIENNA],
    object: id,
    meeting: { ...meeting, cancelled: true },
  })
  const { text: cancelled } = await file('lisa', vienna, id)
  expect(cancelled).toContain('METHOD:CANCEL')
  expect(cancelled).toContain('SEQUENCE:1')
  expect(await vienna.did('lisa', 'joint.meeting.import', { text: cancelled })).toMatchObject({
    method: 'CANCEL',
    sequence: 1,
    start: '2026-12-01T09:00:00.000Z',
    title: meeting.title,
  })
  await post.deliver()
})

test('the dashboard says the same at each agency, and nothing that was not released moves a figure of it', async () => {
  const figures = () =>
    Promise.all(
      [vienna, tallinn, lisbon].map((each, at) =>
        each.did('lisa', 'joint.dashboard', { id: Object.values(joints)[at] }),
      ),
    )
  const before = await figures()
  expect(before[1]).toEqual(before[0])
  expect(before[2]).toEqual(before[0])
  expect(before[0]).toMatchObject({
    holdings: [{ amount: '691', state: 'frozen' }],
    tasks: [
      { assignee: TALLINN, open: 0, done: 1 },
      { assignee: LISBON, open: 1 },
    ],
  })
  const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
  for (const [kind, content] of Object.entries({
    task: { what: 'Call', assignee: null, due: '2026-11-01T00:00:00Z', done: null },
    wallet: { chain: CHAIN, address: 'addr7', custody: 'service' },
    victim: { token: 'V-0001', loss: '63000000', asset: `${CHAIN}/slip44:0` },
  }))
    await vienna.did('anna', `${kind}.add`, { caseId: cases[VIENNA], content, basis: 'fact' })
  expect(await figures()).toEqual(before)
})

describe('in whatever order messages arrive', () => {
  test('every agency ends with the same objects and the same list', async () => {
    const asset = 'iso4217:EUR'
    const seeds = fc.sample(fc.integer({ min: 1, max: 2 ** 30 }), 2)
    for (const seed of seeds) {
      let random = seed
      const next = () => {
        random = (random * 48_271) % 2_147_483_647
        return random / 2_147_483_647
      }
      for (const [at, each] of [vienna, tallinn, lisbon].entries()) {
        const id = Object.values(joints)[at] as string
        const item = { kind: 'holding', asset, amount: String(seed), state: 'seized', where: 'Bank' }
        const made = await each.did('carla', 'joint.release', { id, item })
        await each.did('carla', 'joint.release', { id, item: { ...item, amount: '2', object: made.id } })
        await each.did('carla', 'joint.withdraw', { id: made.id, reason: 'Wrong' })
      }
      await post.deliver((letters: Letter[]) => letters.toSorted(() => next() - 0.5))
      const said = async (each: typeof vienna) =>
        (await each.objects())
          .map(({ owner, object, said }) => ({ owner, object, ...said }))
          .sort((a, b) => (a.object < b.object ? -1 : 1))
      const there = await said(vienna)
      expect(await said(tallinn)).toEqual(there)
      expect(await said(lisbon)).toEqual(there)
      expect((await tallinn.joint()).list).toEqual((await vienna.joint()).list)
    }
  })
})

test('who leaves is told of as having left, keeps what it has, and is sent nothing more; the leader ends it for all', async () => {
  const before = (await lisbon.objects()).length
  // An agency whose invitation nobody has approved yet is named to nobody.
  const party = { agency: 'fr-parquet', role: 'Joins', purpose: 'Its victims' }
  await vienna.did('anna', 'joint.member.add', { id: joints[VIENNA], seen: (await vienna.joint()).version, party })
  await lisbon.did('lisa', 'joint.leave', {
    id: joints[LISBON],
    seen: (await lisbon.joint()).version,
    reason: 'Our part is done.',
  })
  await post.deliver()
  expect(stateOf(await tallinn.joint(), LISBON)).toBe('left')
  // Why is told to who leads, and to nobody else.
  expect((await vienna.joint()).reasons).toEqual({ [LISBON]: 'Our part is done.' })
  expect((await tallinn.joint()).reasons).toEqual({})
  expect(stateOf(await vienna.joint(), party.agency)).toBe('invited')
  expect(stateOf(await tallinn.joint(), party.agency)).toBeUndefined()
  const removal = {
    id: joints[VIENNA],
    seen: (await vienna.joint()).version,
    agency: party.agency,
    reason: 'Not needed',
  }
  await vienna.did('carla', 'joint.member.remove', removal)
  expect(stateOf(await vienna.joint(), party.agency)).toBeUndefined()
  const item = { kind: 'holding', asset: 'iso4217:EUR', amount: '5', state: 'seized', where: 'Bank' }
  expect((await vienna.did('carla', 'joint.release', { id: joints[VIENNA], item })).sentTo).toEqual([TALLINN])
  await post.deliver()
  expect((await lisbon.objects()).length).toBe(before)
  expect(
    await tallinn.code('lisa', 'joint.end', {
      id: joints[TALLINN],
      seen: (await tallinn.joint()).version,
      reason: 'x',
    }),
  ).toBe('JOINT_LEADER')
  await vienna.did('carla', 'joint.end', {
    id: joints[VIENNA],
    seen: (await vienna.joint()).version,
    reason: 'All is frozen.',
  })
  await post.deliver()
  expect(await tallinn.joint()).toMatchObject({ state: 'ended' })
  expect(await tallinn.code('carla', 'joint.release', { id: joints[TALLINN], item })).toBe('JOINT_STATE')
})
