/** The changes of joint cases and of what agencies owe each other, in an order in which each can be done. */
import { randomUUID } from 'node:crypto'
import type { Json } from '../../src/kernel/index.ts'
import type { Chain, Name, Step } from './every-change.ts'

export type Tools = {
  make(name: string, by: Name, action: string, input: (chain: Chain) => object | Promise<object>): Step
  change(name: string, by: Name, action: string, more?: (chain: Chain) => object | Promise<object>): Step
  assertion(chain: Chain, by: Name, name: string, challengeAction: string): Promise<object>
  approve(chain: Chain, by: Name, name: string, actions: readonly [string, string]): Promise<void>
}

const OWN = 'test-agency'
const JOINT = ['joint.challenge', 'joint.approve'] as const
const DIGEST = 'ab'.repeat(32)
const EUR = { kind: 'holding', asset: 'iso4217:EUR', amount: '700', state: 'frozen', where: 'Bank' }
const terms = {
  ...{
    kind: 'task-force',
    title: 'Lockers',
    purpose: 'To freeze it.',
    from: '2026-11-25',
    until: '2027-05-31',
    agreement: null,
  },
  ...{
    shares: ['holding', 'task', 'task-answer', 'meeting'],
    dataRules: 'As the law of each.',
    evidenceUse: 'With consent.',
  },
}
const part = { role: 'Investigates', purpose: 'Its victims' }
const made = (chain: Chain, name: string) => {
  const found = chain.made[name]
  if (!found) throw new Error(`nothing is known as ${name}`)
  return found
}
/** Agencies of this chain alone: whoever is suspended in one life is not in another. */
const peer = ({ idOf }: Chain, which: string) => `${which}-${idOf.anna.slice(0, 8)}`
const inCase = (chain: Chain, more: object) => ({ caseId: made(chain, 'case').id, ...more })
const reason = () => ({ reason: 'As agreed' })

type JointView = { version: number; digest: string; joint: string; exchanges: Record<string, string> }
type Shared = { id: string; version: number; object: string; owner: string; proposals: { change: string }[] }
async function joint(chain: Chain): Promise<JointView> {
  const { id } = made(chain, 'joint')
  const view = await chain.did<JointView>('carla', 'joint.read', { id })
  chain.made.joint = { id, version: view.version }
  return view
}
const objects = (chain: Chain) => chain.did<Shared[]>('carla', 'joint.objects', { id: made(chain, 'joint').id })
/** A message of one of those invited, about this joint case. */
async function says(chain: Chain, which: string, type: string, more: object): Promise<string> {
  const { joint: name, exchanges } = await joint(chain)
  const from = peer(chain, which)
  return chain.arrive(from, type, { joint: name, ...more } as Json, exchanges[from] ?? null)
}
async function invitation(chain: Chain): Promise<string> {
  const from = peer(chain, 'inviting')
  const parties = [
    { agency: from, ...part, state: 'accepted' },
    { agency: OWN, ...part, state: 'invited' },
  ]
  await chain.arrive(from, 'joint.propose', { joint: uuid7(), ...terms, parties })
  const all = await chain.did<{ id: string; leader: string; state: string }[]>('carla', 'joint.invitations', {})
  return String(all.find(({ leader, state }) => leader === from && state === 'open')?.id)
}
const uuid7 = () => randomUUID().replace(/^(.{14})4/, '$17')
const onJoint = (by: Name, action: string, more: (chain: Chain) => object | Promise<object>): Step => ({
  action,
  by,
  input: async (chain) => ({ id: made(chain, 'joint').id, ...(await more(chain)) }),
})
const seen = async (chain: Chain) => ({ seen: (await joint(chain)).version })

export function jointTrack({ make, change, assertion, approve }: Tools): readonly Step[] {
  return [
    make('joint', 'anna', 'joint.propose', (c) =>
      inCase(c, {
        terms: { ...terms, legalBasis: 'Act § 1' },
        own: part,
        parties: [{ agency: peer(c, 'one'), ...part }],
      }),
    ),
    change('joint', 'anna', 'joint.member.add', (c) => ({ party: { agency: peer(c, 'two'), ...part } })),
    change('joint', 'emil', 'joint.approve', (c) => assertion(c, 'emil', 'joint', JOINT[0])),
    {
      ...onJoint('carla', 'joint.send', async (c) => {
        await approve(c, 'fritz', 'joint', JOINT)
        return { ...(await seen(c)), digest: (await joint(c)).digest }
      }),
    },
    make('shared', 'carla', 'joint.release', async (c) => {
      await says(c, 'one', 'joint.accept', { at: c.now(), contact: 'Desk' })
      return { id: made(c, 'joint').id, item: EUR }
    }),
    {
      action: 'joint.resend',
      by: 'carla',
      input: async (c) => {
        await says(c, 'two', 'joint.accept', { at: c.now(), contact: 'Desk' })
        return { id: made(c, 'shared').id }
      },
    },
    onJoint('carla', 'joint.task.set', (c) => ({ task: task(peer(c, 'one')) })),
    {
      action: 'joint.task.answer',
      by: 'carla',
      input: async (c) => {
        const object = uuid7()
        const content = { kind: 'task', ...task(OWN), meeting: null, cancelled: false }
        await says(c, 'one', 'joint.share', { object, version: 1, at: c.now(), content, withdrawn: null })
        const theirs = (await objects(c)).find((one) => one.object === object)
        c.made['their task'] = { id: String(theirs?.id), version: 1 }
        return { id: theirs?.id, answer: 'accepted', note: null }
      },
    },
    onJoint('carla', 'joint.meeting.set', (c) => ({
      meeting: {
        ...{
          title: 'Meeting',
          start: '2026-12-01T09:00:00Z',
          end: '2026-12-01T10:00:00Z',
          zone: 'Europe/Vienna',
          place: null,
        },
        ...{ agenda: [], participants: [], decisions: [], cancelled: false },
      },
      actions: [task(peer(c, 'two'))],
    })),
    {
      action: 'joint.change.propose',
      by: 'carla',
      input: (c) => ({
        id: made(c, 'their task').id,
        content: { kind: 'task', ...task(OWN), meeting: null, cancelled: true },
        ...reason(),
      }),
    },
    {
      action: 'joint.change.decide',
      by: 'carla',
      input: async (c) => {
        const { id } = made(c, 'shared')
        const mine = (all: Shared[]) => all.find((one) => one.id === id) as Shared
        const { object } = mine(await objects(c))
        await says(c, 'one', 'joint.change', {
          object,
          change: uuid7(),
          seen: 1,
          content: { ...EUR, amount: '1' },
          ...reason(),
        })
        const { version, proposals } = mine(await objects(c))
        return { id, seen: version, change: proposals.at(-1)?.change, outcome: 'accepted' }
      },
    },
    { action: 'joint.withdraw', by: 'carla', input: (c) => ({ id: made(c, 'shared').id, ...reason() }) },
    onJoint('carla', 'joint.member.remove', async (c) => ({ ...(await seen(c)), agency: peer(c, 'two'), ...reason() })),
    onJoint('carla', 'joint.end', async (c) => ({ ...(await seen(c)), ...reason() })),
    make('joined', 'carla', 'joint.accept', async (c) =>
      inCase(c, { invitation: await invitation(c), legalBasis: 'Act § 2', contact: 'Desk' }),
    ),
    change('joined', 'carla', 'joint.leave', reason),
    { action: 'joint.decline', by: 'carla', input: async (c) => ({ invitation: await invitation(c), ...reason() }) },
  ]
}

const task = (assignee: string) => ({
  what: 'Ask',
  about: null,
  assignee,
  personRole: 'liaison officer',
  due: null,
  zone: 'UTC',
})

type Listed = { kind: string; id: string; version: number; at: string; says: Record<string, unknown> }
/** The newest of a kind; without `inThe` case of the node, of this partner. */
async function newest(
  chain: Chain,
  kind: string,
  of: (says: Record<string, unknown>) => boolean,
  inThe: object = {},
): Promise<Listed> {
  const all = await chain.did<Listed[]>('carla', 'supervision.list', { kind, ...inThe })
  const found = all.filter(({ says }) => of(says)).sort((a, b) => (a.at < b.at ? 1 : -1))[0]
  if (!found) throw new Error(`there is no ${kind}`)
  return found
}
const inA = (chain: Chain) => ({ caseId: made(chain, 'case').id })
/** The exchange that the incident has opened: it belongs to the case. */
async function exchange(chain: Chain): Promise<string> {
  const { says: incident } = await newest(chain, 'incident', () => true, inA(chain))
  return (incident.told as { message: string }[])[0]?.message as string
}
const toPeer = async (chain: Chain, type: string, body: object) =>
  chain.arrive(peer(chain, 'owing'), type, body as Json, await exchange(chain))
async function asked(chain: Chain): Promise<object> {
  const wish = { purpose: 'Another trial', newProceeding: null, recipients: [], exculpatory: false }
  await toPeer(chain, 'use.consent.request', { item: await exchange(chain), ...wish })
  const { id, version } = await newest(
    chain,
    'use-consent',
    ({ direction, state }) => direction === 'in' && state === 'asked',
    inA(chain),
  )
  return { id, seen: version }
}

export function owedTrack({ make, change }: Pick<Tools, 'make' | 'change'>): readonly Step[] {
  return [
    {
      action: 'call.place',
      by: 'carla',
      input: (c) => ({ peer: peer(c, 'owing'), matter: 'Somebody is needed.', urgency: null, test: false, within: 15 }),
    },
    {
      action: 'call.take',
      by: 'carla',
      input: async (c) => {
        const call = await c.arrive(peer(c, 'owing'), 'contact.call', {
          matter: 'x',
          urgency: null,
          test: true,
          within: 15,
          language: 'en',
        })
        const { calls } = await c.did<{ calls: { id: string; message: string }[] }>('carla', 'call.list', {
          open: true,
        })
        return { id: calls.find(({ message }) => message === call)?.id, note: null }
      },
    },
    make('incident', 'carla', 'incident.report', (c) =>
      inCase(c, {
        ...{
          peers: [peer(c, 'owing')],
          severity: 'low',
          what: 'A laptop was lost.',
          noticedAt: '2026-01-01T00:00:00Z',
          happenedAt: null,
        },
        ...{ exchanges: [], keys: [], dataSent: 'None.', harm: 'None.', measures: 'None.' },
      }),
    ),
    change('incident', 'carla', 'incident.notified', () => ({ at: '2026-01-02T00:00:00Z', reference: 'Authority' })),
    {
      action: 'recall.send',
      by: 'carla',
      input: async (c) => inCase(c, { messages: [await exchange(c)], reason: 'WRONG_CONTENT', text: 'Wrong.' }),
    },
    {
      action: 'recall.confirm',
      by: 'carla',
      input: async (c) => {
        await toPeer(c, 'recall', {
          messages: [DIGEST],
          reason: 'SECURITY',
          text: 'x',
          replacedBy: null,
          passedOn: true,
        })
        const { id, version } = await newest(c, 'recall-notice', () => true, inA(c))
        return inCase(c, { id, seen: version, outcome: 'removed', text: 'Removed.', passedOn: [] })
      },
    },
    {
      action: 'use.report',
      by: 'carla',
      input: async (c) => inCase(c, { exchange: await exchange(c), item: DIGEST, use: 'A search' }),
    },
    {
      action: 'use.consent.ask',
      by: 'carla',
      input: async (c) =>
        inCase(c, {
          exchange: await exchange(c),
          item: DIGEST,
          purpose: 'x',
          newProceeding: null,
          recipients: [],
          exculpatory: true,
        }),
    },
    {
      action: 'use.consent.grant',
      by: 'carla',
      input: async (c) => ({ ...(await asked(c)), extent: 'All of it', conditions: [] }),
    },
    { action: 'use.consent.refuse', by: 'carla', input: async (c) => ({ ...(await asked(c)), ...reason() }) },
    {
      action: 'erase.ask',
      by: 'carla',
      input: async (c) =>
        inCase(c, {
          ...{ exchange: await exchange(c), extent: 'exchange', messages: [], attachments: [] },
          ...{ basis: 'UNLAWFUL', text: 'It should not have been sent.', by: null },
        }),
    },
    {
      action: 'erase.answer',
      by: 'carla',
      input: async (c) => {
        const extent = { extent: 'messages', exchanges: [], messages: [DIGEST], attachments: [] }
        const request = await toPeer(c, 'erase', { ...extent, basis: 'UNLAWFUL', text: 'x', by: null })
        const { id, version } = await newest(c, 'erase-request', (says) => says.request === request)
        return { id, seen: version, outcome: 'refused-other', kept: ['All: it was never here.'] }
      },
    },
    {
      action: 'dispute.raise',
      by: 'carla',
      input: async (c) =>
        inCase(c, {
          exchange: await exchange(c),
          about: DIGEST,
          kind: 'facts',
          text: 'It is not so.',
          wanted: 'Look again.',
          touches: [],
        }),
    },
    {
      action: 'dispute.answer',
      by: 'carla',
      input: async (c) => {
        await toPeer(c, 'dispute.raise', { about: DIGEST, kind: 'facts', text: 'It is not so.', wanted: 'Look again.' })
        const { id, version } = await newest(c, 'dispute', ({ direction }) => direction === 'in', inA(c))
        return inCase(c, { id, seen: version, outcome: 'not-agreed', text: 'It is.', touches: [] })
      },
    },
    {
      action: 'suspension.lift',
      by: 'emil',
      input: async (c) => {
        const from = peer(c, 'breached')
        const what = { severity: 'high', what: 'x', noticedAt: c.now(), happenedAt: null, exchanges: [], keys: [] }
        await c.arrive(from, 'incident', { ...what, dataSent: 'x', harm: 'x', measures: 'x' })
        const { id, version } = await newest(c, 'suspension', (says) => says.peer === from)
        return { id, seen: version, ...reason(), concerned: false, measures: 'None.' }
      },
    },
  ]
}

export const jointNotCovered: Readonly<Record<string, string>> = {
  'contact-point.set': 'One record for the whole node: lives that go side by side would change it at once.',
  'duty.set': 'Part of the same one record; its write is that of contact-point.set.',
}
