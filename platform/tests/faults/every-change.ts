/**
 * Every change that a node knows, in an order in which each can be done: tracks of steps, that have nothing in common but
 * their case. A chain is one life of all of them, with people of its own, so that several can go side by side. It is one file, and
 * a long one, so that whoever adds an action sees at one place which steps there are.
 */
import { randomUUID } from 'node:crypto'
import { amber, canonicalJson, type Json, sha256Text } from '../../src/kernel/index.ts'
import type { SoftPasskey } from '../../src/node/testing/soft-passkey.ts'
import { tryTrace } from '../../src/tracing/testing/try-trace.ts'
import { PARTNER, rp, UPLOAD_BYTES, WEBHOOK_HOST } from './fault-door.ts'
import { jointNotCovered, jointTrack, owedTrack } from './joint-changes.ts'
import { messageNotCovered, messageTrack } from './message-changes.ts'

export const roleByName = {
  anna: 'investigator',
  bert: 'evidence-custodian',
  carla: 'prosecutor',
  dora: 'judge',
  emil: 'senior-official',
  fritz: 'senior-official',
  hugo: 'administrator',
} as const
export type Name = keyof typeof roleByName

export type Chain = {
  readonly idOf: Readonly<Record<Name, string>>
  readonly passkeyOf: Readonly<Record<Name, SoftPasskey>>
  /** What was made, by a name of our own: its id and the version that it has. */
  readonly made: Record<string, { id: string; version: number; digest?: string }>
  readonly now: () => string
  /** Does something that is not the subject, and must succeed. */
  did<T = Made>(by: Name, action: string, input: object): Promise<T>
  /** What the clock of the node does: every reminder that is due is written. */
  remind(): Promise<void>
  /** What the node itself writes when a partner has answered or asked: a record of this kind, with its id. */
  wrote(kind: string, body: object, caseId: string): Promise<string>
  /** A signed message of another agency goes through the inbox of the node; its digest. */
  arrive(from: string, type: string, body: Json, exchange?: string | null): Promise<string>
}
export type Made = { readonly id: string; readonly version: number; readonly digest: string; readonly uploadId: string }

export type Step = {
  readonly action: string
  readonly by: Name
  input(chain: Chain): object | Promise<object>
  /** Told of the result. */
  keep?(chain: Chain, result: Record<string, unknown>): void
}

const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const BITCOIN = `${CHAIN}/slip44:0`
const A = 'case'
const B = 'second case'

const idIn = (made: Record<string, unknown>) =>
  String(made.exhibitId ?? made.statementId ?? made.uploadId ?? made.proposalId ?? made.id ?? made.personId)

/** Makes something, which is then known by this name. */
function make(name: string, by: Name, action: string, input: (chain: Chain) => object | Promise<object>): Step {
  return {
    action,
    by,
    input,
    keep: ({ made }, result) => {
      const digest = typeof result.digest === 'string' ? { digest: result.digest } : {}
      made[name] = { id: idIn(result), version: Number(result.version ?? 1), ...digest }
    },
  }
}

/** Changes it: its id and version are put in. */
function change(
  name: string,
  by: Name,
  action: string,
  more: (chain: Chain) => object | Promise<object> = () => ({}),
  idField = 'id',
): Step {
  return {
    action,
    by,
    input: async (chain) => {
      const rest = await more(chain)
      const { id, version } = of(chain, name)
      return { [idField]: id, seen: version, ...rest }
    },
    keep: ({ made }, result) => {
      const before = made[name]
      if (!before) throw new Error(`nothing is known as ${name}`)
      const digest = typeof result.digest === 'string' ? { digest: result.digest } : {}
      made[name] = { ...before, version: Number(result.version ?? before.version + 1), ...digest }
    },
  }
}

export function of({ made }: Chain, name: string) {
  const found = made[name]
  if (!found) throw new Error(`nothing is known as ${name}`)
  return found
}

export async function openCase(chain: Chain): Promise<void> {
  const opening = { title: 'A case', kind: 'local', purposes: ['criminal-proceedings'] }
  const { id } = await chain.did('anna', 'case.open', opening)
  const others = ['bert', 'carla', 'dora', 'emil', 'fritz'] as const
  for (const [at, name] of others.entries())
    await chain.did('anna', 'case.member.add', { caseId: id, seen: at + 1, personId: chain.idOf[name] })
  chain.made[A] = { id, version: others.length + 1 }
}

const inCase = (chain: Chain, more: object) => ({ caseId: of(chain, A).id, ...more })

/** Of this chain alone: the node tells cases of each other that ask for the same. */
const addressOf = ({ idOf }: Chain) => `addr${idOf.anna.replaceAll('-', '')}`

const content = (chain: Chain, facts: string) => ({
  instrument: 'eu-2018-1805',
  requestType: 'freeze',
  measure: 'FREEZE_SPECIFIC',
  data: { 'issuer.name': 'Court' },
  languages: { original: 'en', theirs: ['fr'] },
  recipients: [{ authority: 'Tribunal', country: 'FR', role: 'to' }],
  clock: { country: 'FR', zone: 'Europe/Paris' },
  urgency: null,
  facts,
  assets: [{ chain: CHAIN, address: addressOf(chain), asset: BITCOIN, amount: '1000', value: null }],
  trace: null,
  useConditions: [],
})

/** What an approver's key signs, as `erasure.approve` and `approval.give` want it. */
async function assertion(chain: Chain, by: Name, name: string, challengeAction: string) {
  const asked = await chain.did<{ digest: string; expiresAt: string; challenge: string }>(by, challengeAction, {
    id: of(chain, name).id,
  })
  const { digest, expiresAt, challenge } = asked
  return { digest, expiresAt, credential: chain.passkeyOf[by].get({ challenge, rpId: rp.id }) }
}

async function approve(chain: Chain, by: Name, name: string, [ask, give]: readonly [string, string]): Promise<void> {
  const signed = await assertion(chain, by, name, ask)
  const { id, version } = of(chain, name)
  const given = await chain.did(by, give, { id, seen: version, ...signed })
  chain.made[name] = { ...of(chain, name), version: given.version }
}

const REQUEST = ['approval.challenge', 'approval.give'] as const
const ERASURE = ['erasure.challenge', 'erasure.approve'] as const
const reason = () => ({ reason: 'as they wrote' })

const requests: readonly Step[] = [
  make('request', 'anna', 'request.draft', (c) => inCase(c, { content: content(c, 'What happened.') })),
  change('request', 'anna', 'request.update', (c) => ({ content: content(c, 'What happened, again.') })),
  change('request', 'anna', 'request.submit'),
  change('request', 'emil', 'approval.give', (c) => assertion(c, 'emil', 'request', REQUEST[0])),
  change('request', 'emil', 'approval.withdraw'),
  change('request', 'carla', 'request.release', async (c) => {
    await approve(c, 'emil', 'request', REQUEST)
    await approve(c, 'fritz', 'request', REQUEST)
    return { digest: of(c, 'request').digest }
  }),
  change('request', 'anna', 'request.acknowledged', (c) => ({ receivedByCompetentAt: c.now() })),
  change('request', 'anna', 'request.referred', (c) => ({
    to: { authority: 'Parquet', country: 'FR', role: 'to' },
    forwardedAt: c.now(),
    ...reason(),
  })),
  change('request', 'anna', 'request.taken-over', (c) => ({ receivedByCompetentAt: c.now() })),
  change('request', 'anna', 'request.period.change', () => ({
    ruleId: 'decide-45d',
    extendedAt: null,
    suspended: [],
    ...reason(),
  })),
  change('request', 'anna', 'request.asked-back', reason),
  change('request', 'anna', 'request.supplemented', reason),
  change('request', 'anna', 'request.postponed', () => ({ ...reason(), code: 'REMEDY_PENDING' })),
  change('request', 'anna', 'request.impossible', () => ({ ...reason(), code: 'NOT_FOUND' })),
  change('request', 'anna', 'request.revived', reason),
  change('request', 'anna', 'request.partially', () => ({ ...reason(), secured: [] })),
  change('request', 'anna', 'request.executed', () => ({ ...reason(), secured: [] })),
  change('request', 'carla', 'request.extend', () => ({ ...reason(), until: '2030-01-01T00:00:00.000Z' })),
  change('request', 'carla', 'request.lift', reason),
]

/** A request of others, through its whole life. */
const receipt = (chain: Chain, reference: string) => ({
  sender: { authority: 'Tribunal', country: 'FR', role: 'court', address: null },
  reference,
  arrival: 'post',
  content: { ...content(chain, 'What they ask.'), assets: [] },
})
const decided = (name: string, act: string, more: (chain: Chain) => object = () => ({})) =>
  change(name, 'carla', `request.${act}`, (chain) => ({ ...reason(), ...more(chain) }))
const recorded = (name: string, act: string, more: (chain: Chain) => object = () => ({})) =>
  change(name, 'anna', `request.${act}`, (chain) => ({ ...reason(), ...more(chain) }))
const acknowledged = (chain: Chain) => ({ receivedByCompetentAt: chain.now() })

/** Another request of others, that has been acknowledged. */
async function alsoReceived(chain: Chain, name: string): Promise<void> {
  const { id, version } = await chain.did('anna', 'request.receive', inCase(chain, receipt(chain, name)))
  const next = await chain.did('anna', 'request.acknowledge', { id, seen: version, ...acknowledged(chain) })
  chain.made[name] = { id, version: next.version }
}

const incoming: readonly Step[] = [
  make('theirs', 'anna', 'request.receive', (c) => inCase(c, receipt(c, 'RG 1'))),
  change('theirs', 'anna', 'request.acknowledge', acknowledged),
  recorded('theirs', 'ask-more', () => ({ fields: ['issuer.name'] })),
  recorded('theirs', 'supplied', () => ({ data: { 'issuer.name': 'Court' } })),
  decided('theirs', 'postpone', () => ({ code: 'REMEDY_PENDING' })),
  decided('theirs', 'accept'),
  decided('theirs', 'find-impossible', () => ({ code: 'NOT_FOUND' })),
  decided('theirs', 'revive'),
  recorded('theirs', 'execute-partially', () => ({ secured: [] })),
  recorded('theirs', 'execute', () => ({ secured: [] })),
  decided('theirs', 'report'),
  recorded('theirs', 'prolonged', () => ({ until: '2030-01-01T00:00:00.000Z' })),
  decided('theirs', 'lifted'),
  decided('theirs', 'hand-back'),
  change('refused of theirs', 'carla', 'request.refuse', async (chain) => {
    await alsoReceived(chain, 'refused of theirs')
    return { ...reason(), code: 'NE_BIS' }
  }),
  change('withdrawn of theirs', 'anna', 'request.withdrawn', async (chain) => {
    await alsoReceived(chain, 'withdrawn of theirs')
    return reason()
  }),
]

const local = (title: string) => ({ title, kind: 'local' })
const caseB = (by: Name, action: string, more: (chain: Chain) => object = () => ({})) =>
  change(B, by, action, more, 'caseId')
const ofB = (chain: Chain) => ({ caseId: of(chain, B).id })

const cases: readonly Step[] = [
  make(B, 'anna', 'case.open', () => ({ ...local('Another'), purposes: ['criminal-proceedings'] })),
  caseB('anna', 'case.update', () => local('Another name')),
  caseB('anna', 'case.repurpose', () => ({ purposes: ['criminal-proceedings', 'asset-recovery'], ...reason() })),
  caseB('anna', 'case.member.add', ({ idOf }) => ({ personId: idOf.carla })),
  caseB('anna', 'case.member.lead', ({ idOf }) => ({ personId: idOf.carla })),
  caseB('anna', 'case.seal', ({ idOf }) => ({ sealedFor: [idOf.anna, idOf.carla], order: 'Court, 7 Hv 1/26' })),
  caseB('anna', 'case.unseal', () => ({ order: 'Court, 7 Hv 1/26' })),
  caseB('anna', 'case.close', reason),
  caseB('anna', 'case.reopen', reason),
  {
    ...caseB('anna', 'case.member.remove'),
    input: async (chain) => {
      const { bert, dora, emil } = chain.idOf
      for (const personId of [bert, dora, emil]) await advanceB(chain, 'case.member.add', { personId })
      return { ...ofB(chain), seen: of(chain, B).version, personId: bert }
    },
  },
  make('hold', 'anna', 'hold.place', async (chain) => {
    await advanceB(chain, 'case.close', reason())
    return { ...ofB(chain), authority: 'Court', reason: 'a remedy is pending' }
  }),
  change('hold', 'anna', 'hold.lift', (chain) => ({ ...ofB(chain), ...reason() })),
  make('erasure', 'anna', 'erasure.propose', (chain) => ({ ...ofB(chain), order: 'Court, 2 Hv 2/26' })),
  change('erasure', 'anna', 'erasure.withdraw', (chain) => ({ ...ofB(chain), ...reason() })),
  change('erasure', 'carla', 'erasure.approve', async (chain) => {
    const { id, version, digest } = await chain.did('anna', 'erasure.propose', { ...ofB(chain), order: 'Court, 3 Hv' })
    chain.made.erasure = { id, version, digest }
    return assertion(chain, 'carla', 'erasure', ERASURE[0])
  }),
  change('erasure', 'carla', 'erasure.disapprove'),
  change('erasure', 'emil', 'case.erase', async (chain) => {
    await approve(chain, 'carla', 'erasure', ERASURE)
    await approve(chain, 'dora', 'erasure', ERASURE)
    return { ...ofB(chain), digest: of(chain, 'erasure').digest }
  }),
  {
    action: 'erasure.carry-out',
    by: 'emil',
    input: (chain) => ({ id: of(chain, 'erasure').id }),
  },
]

async function advanceB(chain: Chain, action: string, more: object): Promise<void> {
  const before = of(chain, B)
  await chain.did('anna', action, { caseId: before.id, seen: before.version, ...more })
  chain.made[B] = { ...before, version: before.version + 1 }
}

/** A case of its own that Anna refers to Carla: withdrawn, declined, and at last taken over. */
const R = 'referred case'
async function referAgain(chain: Chain): Promise<void> {
  const { id: caseId, version: seen } = of(chain, R)
  const made = await chain.did<{ id: string; version: number; caseVersion: number }>('anna', 'case.refer', {
    ...{ caseId, seen, ...reason() },
    to: { kind: 'inside', personId: chain.idOf.carla, members: [chain.idOf.dora] },
  })
  chain.made[R] = { id: caseId, version: made.caseVersion + 1 }
  chain.made.referral = { id: made.id, version: made.version }
}
const ofR = (chain: Chain) => ({ caseId: of(chain, R).id, seen: of(chain, 'referral').version })

const referrals: readonly Step[] = [
  {
    action: 'case.refer',
    by: 'anna',
    input: async (chain) => {
      const { id } = await chain.did('anna', 'case.open', { ...local('Referred'), purposes: ['criminal-proceedings'] })
      chain.made[R] = { id, version: 1 }
      const to = { kind: 'inside', personId: chain.idOf.carla, members: [] }
      return { caseId: id, seen: 1, to, ...reason() }
    },
    keep: ({ made }, result) => {
      made.referral = { id: String(result.id), version: Number(result.version) }
      // The answer to it is the next version of the case.
      made[R] = { ...(made[R] as { id: string; version: number }), version: Number(result.caseVersion) + 1 }
    },
  },
  { action: 'case.referral.withdraw', by: 'anna', input: ofR },
  {
    action: 'case.referral.decline',
    by: 'carla',
    input: async (chain) => {
      await referAgain(chain)
      return { ...ofR(chain), ...reason() }
    },
  },
  {
    action: 'case.referral.take-over',
    by: 'carla',
    input: async (chain) => {
      await referAgain(chain)
      return ofR(chain)
    },
  },
]

const itemsOf = (chain: Chain): Readonly<Record<string, object>> => ({
  'person-of-interest': { kind: 'natural', name: 'Doe', ledCategory: 'SUSPECT', position: 'ORDER_TARGET' },
  wallet: { chain: CHAIN, address: `${addressOf(chain)}7`, custody: 'self-hosted' },
  victim: { token: 'V-0001', loss: '63000000', asset: BITCOIN },
  event: { at: '2026-11-01T00:00:00Z', what: 'Transfer' },
  task: { what: 'Call', assignee: null, due: null, done: null },
  decision: { what: 'Freeze', authority: 'Court', on: '2026-11-20', final: null },
  note: { text: 'Something' },
  watch: { chain: CHAIN, addresses: [`${addressOf(chain)}7`], outputs: [], until: null, ended: null },
  order: { measure: 'PRESERVE', authority: 'Court', on: '2026-11-20', until: null, liftedAt: null, assets: [] },
})
const kinds = ['person-of-interest', 'wallet', 'victim', 'event', 'task', 'decision', 'note', 'watch', 'order'] as const
const things: readonly Step[] = kinds.flatMap((kind) => [
  make(kind, 'anna', `${kind}.add`, (chain) => inCase(chain, { content: itemsOf(chain)[kind], basis: 'fact' })),
  change(kind, 'anna', `${kind}.update`, (chain) => ({ content: itemsOf(chain)[kind], basis: 'assessment' })),
  ...(kind === 'watch' ? [change(kind, 'anna', 'watch.remove')] : []),
])

/** Of a task whose time has come. */
const reminders: readonly Step[] = [
  {
    action: 'reminder.acknowledge',
    by: 'anna',
    input: async (chain) => {
      const content = { what: 'Call', assignee: null, due: chain.now(), done: null }
      const { id } = await chain.did('anna', 'task.add', inCase(chain, { content, basis: 'fact' }))
      await chain.remind()
      type Due = { id: string; reminder: { id: string; version: number } | null }
      const { items } = await chain.did<{ items: readonly Due[] }>('anna', 'reminder.list', { limit: 200 })
      const reminder = items.find((one) => one.id === id)?.reminder
      if (!reminder) throw new Error('the task is due, and nothing reminds of it')
      return { kind: 'task', id, reminder: reminder.id, seen: reminder.version }
    },
  },
]

const desk = { role: 'investigator', purpose: 'criminal-proceedings', label: 'desk' }
const people: readonly Step[] = [
  make('person', 'hugo', 'person.invite', () => ({ name: `Grace ${randomUUID()}`, role: 'investigator' })),
  {
    action: 'person.key.invite',
    by: 'hugo',
    input: (chain) => ({ personId: of(chain, 'person').id }),
  },
  change('person', 'hugo', 'person.suspend', undefined, 'personId'),
  change('person', 'hugo', 'person.resume', undefined, 'personId'),
  change('person', 'hugo', 'person.role', () => ({ role: 'analyst' }), 'personId'),
  make('key', 'hugo', 'key.make', () => ({ ...desk, scopes: ['case.list'], days: 3 })),
  change('key', 'hugo', 'key.revoke'),
  make('webhook', 'hugo', 'webhook.make', () => ({ ...desk, url: `https://${WEBHOOK_HOST}/hook`, events: [] })),
  change('webhook', 'hugo', 'webhook.end'),
  change('credential', 'anna', 'credential.revoke', async (chain) => {
    const [own] = await chain.did<readonly Made[]>('anna', 'credential.list', {})
    if (!own) throw new Error('Anna has no key')
    chain.made.credential = { id: own.id, version: own.version }
    return {}
  }),
]

const acquired = (chain: Chain) => ({
  caseId: of(chain, A).id,
  marking: amber,
  acquirer: { personId: chain.idOf.anna },
  authority: 'Search order 12/2026',
  place: 'Server room, Example City',
  acquiredAt: chain.now(),
})
const TOOL = { tool: { name: 'Example Imager', version: '4.7' }, method: 'Read twice' }

async function uploaded(chain: Chain): Promise<string> {
  const { uploadId } = await chain.did('anna', 'exhibit.upload.begin', inCase(chain, { size: UPLOAD_BYTES }))
  await chain.did('anna', 'exhibit.upload.finish', inCase(chain, { uploadId }))
  return uploadId
}

async function addedFile(chain: Chain, name: string): Promise<void> {
  const file = { ...acquired(chain), kind: 'file', title: 'Chat log', uploadId: await uploaded(chain) }
  chain.made[name] = { id: idIn(await chain.did<Record<string, unknown>>('anna', 'exhibit.add', file)), version: 1 }
}

function custody(
  by: Name,
  act: string,
  more: (chain: Chain) => object | Promise<object> = () => ({}),
  name = 'file',
): Step {
  return {
    action: `custody.${act}`,
    by,
    input: async (chain) => {
      const rest = await more(chain)
      return inCase(chain, { exhibitId: of(chain, name).id, authority: 'Order 12/2026', place: 'Store 3', ...rest })
    },
  }
}
const toBert = ({ idOf }: Chain) => ({ to: { personId: idOf.bert } })

const evidence: readonly Step[] = [
  make('upload', 'anna', 'exhibit.upload.begin', (chain) => inCase(chain, { size: UPLOAD_BYTES })),
  {
    action: 'exhibit.upload.finish',
    by: 'anna',
    input: (chain) => inCase(chain, { uploadId: of(chain, 'upload').id }),
  },
  make('file', 'anna', 'exhibit.add', (chain) => ({
    ...acquired(chain),
    kind: 'file',
    title: 'Chat log',
    uploadId: of(chain, 'upload').id,
  })),
  custody('anna', 'seal', () => ({ sealNumber: 'DE-1' })),
  custody('anna', 'unseal'),
  custody('anna', 'examine', () => TOOL),
  custody('anna', 'copy', async (chain) => ({ ...TOOL, kind: 'file', title: 'Copy', uploadId: await uploaded(chain) })),
  custody('anna', 'release', toBert),
  custody('anna', 'withdraw'),
  custody('bert', 'receive', async (chain) => {
    const { id: exhibitId } = of(chain, 'file')
    await chain.did(
      'anna',
      'custody.release',
      inCase(chain, { exhibitId, authority: 'a', place: 'b', ...toBert(chain) }),
    )
    return {}
  }),
  custody('bert', 'return', () => ({ entitled: 'The owner, by order of the court' })),
  make('open upload', 'anna', 'exhibit.upload.begin', (chain) => inCase(chain, { size: UPLOAD_BYTES })),
  {
    action: 'exhibit.upload.abandon',
    by: 'anna',
    input: (chain) => inCase(chain, { uploadId: of(chain, 'open upload').id }),
  },
]

const statements: readonly Step[] = [
  make('statement', 'anna', 'statement.make', async (chain) => {
    await addedFile(chain, 'source')
    return inCase(chain, {
      subject: { type: 'address', network: 'bitcoin', value: '1Example' },
      claim: 'Exchange X',
      basis: 'Answer to request 4',
      method: 'Asked the provider',
      confidence: 'high',
      sourceExhibit: of(chain, 'source').id,
      statedBy: 'Exchange X',
      validFrom: null,
      validTo: null,
      marking: amber,
    })
  }),
  change('statement', 'anna', 'statement.retract', reason, 'statementId'),
  custody('anna', 'dispose', () => ({ method: 'Shredded' }), 'source'),
  make('proposal', 'anna', 'key-control.propose', async (chain) => {
    const keyControl = { form: 'shares', threshold: 2, shares: 3, scheme: 'SLIP-39', held: 'In two safes' }
    const witness = chain.idOf.bert
    const exhibit = { ...acquired(chain), kind: 'key-control', title: 'Seed', keyControl, witness }
    const made = await chain.did<Record<string, unknown>>('anna', 'exhibit.add', exhibit)
    const place = { authority: 'Order', place: 'Room 5', method: 'Signed a message' }
    return inCase(chain, { exhibitId: idIn(made), witness, act: 'control-key', ...place })
  }),
  {
    action: 'key-control.confirm',
    by: 'bert',
    input: (chain) => inCase(chain, { proposalId: of(chain, 'proposal').id }),
  },
  change('refused', 'anna', 'request.refused', async (chain) => {
    const drafted = await chain.did('anna', 'request.draft', inCase(chain, { content: content(chain, 'Refused.') }))
    const { id, digest, version } = await chain.did('anna', 'request.submit', { id: drafted.id, seen: 1 })
    chain.made.refused = { id, version, digest }
    await approve(chain, 'emil', 'refused', REQUEST)
    await approve(chain, 'fritz', 'refused', REQUEST)
    const released = await chain.did('carla', 'request.release', { id, seen: of(chain, 'refused').version, digest })
    chain.made.refused = { id, version: released.version }
    return { ...reason(), code: 'NOT_AUTHORISED' }
  }),
  change('withdrawn', 'anna', 'request.withdraw', async (chain) => {
    const { id, version } = await chain.did(
      'anna',
      'request.draft',
      inCase(chain, { content: content(chain, 'Withdrawn.') }),
    )
    chain.made.withdrawn = { id, version }
    return reason()
  }),
]

/** The record of a small trace, said to be of the real chain: the ledger of the tests knows one called "test". */
async function traceRecord(chain: Chain): Promise<string> {
  const service = `${addressOf(chain)}vasp`
  const plain = [
    { id: 'v', height: 1, ins: [['outside:0', 1000] as const], outs: [1000] },
    { id: 'pay', height: 2, ins: ['v:0'], outs: [[700, service] as const, [300, `${addressOf(chain)}kept`] as const] },
  ]
  const { digest: _, ...body } = await tryTrace(plain, {
    rule: 'haircut',
    from: ['v:0=1000@ann'],
    services: { [service]: 'Exchange' },
  })
  const moved = { ...body, chain: CHAIN }
  return JSON.stringify({ ...moved, digest: sha256Text(canonicalJson(moved as unknown as Json)) })
}

const linkOf = (chain: Chain) => sha256Text(`link ${chain.idOf.anna}`)

const wholes: readonly Step[] = [
  {
    action: 'workflow.freeze-from-trace',
    by: 'anna',
    input: async (chain) => {
      const { assets: _, trace: __, ...letter } = content(chain, 'From a trace.')
      return inCase(chain, { record: await traceRecord(chain), endpoint: { status: 'service' }, letter })
    },
  },
  // Another marking, so that it is not the one that the request has had kept.
  make('trace', 'anna', 'trace.keep', async (chain) =>
    inCase(chain, { record: await traceRecord(chain), marking: { ...amber, onwardUse: true } }),
  ),
  make('retraction', 'anna', 'tag.retract', (chain) => ({
    tag: {
      id: sha256Text(`tag ${chain.idOf.anna}`),
      ...{ chain: CHAIN, address: `${addressOf(chain)}vasp`, label: 'Exchange', source: 'test' },
    },
    reason: 'The address belongs to another service.',
  })),
  make('link rejection', 'anna', 'link.reject', (chain) => ({ link: linkOf(chain), reason: 'Another customer.' })),
  { action: 'link.readmit', by: 'anna', input: (chain) => ({ link: linkOf(chain), reason: 'The same one.' }) },
  { action: 'case.export', by: 'carla', input: (chain) => inCase(chain, {}) },
]

const handOut: Step = {
  action: 'case.hand-out',
  by: 'carla',
  input: (chain) =>
    inCase(chain, {
      audience: { members: ['South'], reach: 'named', purpose: 'criminal-proceedings', onward: false },
      formats: ['package', 'stix'],
      exhibits: true,
    }),
  keep: ({ made }, { handOut: id }) => {
    made['hand-out'] = { id: id as string, version: 1 }
  },
}

const fetchHandOut: Step = {
  action: 'hand-out.fetch',
  by: 'carla',
  input: (chain) => inCase(chain, { id: of(chain, 'hand-out').id }),
}

const takeIn: Step = {
  action: 'case.take-in',
  by: 'anna',
  input: async (chain) => {
    await addedFile(chain, 'file of others')
    return inCase(chain, { exhibitId: of(chain, 'file of others').id, format: 'package' })
  },
}

/** With a partner: its answer and its question are written as they are when they come. */
const met = (chain: Chain, side: string) => ({
  ...{ side, peer: PARTNER, exchange: sha256Text(`${side} ${chain.idOf.anna}`), handle: sha256Text('handle') },
  ...{
    run: sha256Text('run'),
    epoch: 1,
    item: `${CHAIN}|${addressOf(chain)}`,
    marking: amber,
    author: chain.idOf.anna,
  },
})
const partners: readonly Step[] = [
  {
    action: 'deconfliction.watch',
    by: 'anna',
    input: (chain) => inCase(chain, { items: [{ chain: CHAIN, address: addressOf(chain) }] }),
    keep: ({ made }, { ids }) => {
      made.watch = { id: String((ids as readonly string[])[0]), version: 1 }
    },
  },
  change('watch', 'anna', 'deconfliction.unwatch'),
  {
    action: 'deconfliction.ask',
    by: 'anna',
    input: (chain) => inCase(chain, { items: [{ chain: CHAIN, address: addressOf(chain) }], peers: 'all' }),
  },
  {
    action: 'deconfliction.contact',
    by: 'carla',
    input: async (chain) => {
      const { side: _, exchange: __, ...hit } = met(chain, 'opener')
      const body = { ...hit, comparison: randomUUID() }
      return { hit: await chain.wrote('partner-hit', body, of(chain, A).id), caseRef: '17/26', contact: 'Desk 4' }
    },
  },
  {
    action: 'deconfliction.consent',
    by: 'carla',
    input: async (chain) => {
      const asked = { run: sha256Text('run'), epoch: 1, handle: sha256Text('handle'), commitment: sha256Text('theirs') }
      const opening = { ...asked, expiry: '2099-01-01T00:00:00.000Z' }
      const exchange = await chain.arrive(PARTNER, 'deconf.contact', opening)
      const contact = {
        ...{ ...met(chain, 'addressee'), exchange, state: 'waiting', expiry: '2099-01-01T00:00:00.000Z', own: null },
        ...{ revealed: false, theirCommitment: sha256Text('theirs'), theirs: null, by: null },
      }
      const id = await chain.wrote('partner-contact', contact, of(chain, A).id)
      return { id, seen: 1, answer: { consents: true, caseRef: '4/26', contact: 'Desk 5', first: 'addressee' } }
    },
  },
]

const conflicts: readonly Step[] = [
  make('conflict', 'anna', 'conflict.open', async (chain) => {
    const order = { measure: 'PRESERVE', authority: 'Court', on: '2026-11-20', until: null, liftedAt: null, assets: [] }
    const { id } = await chain.did('anna', 'order.add', inCase(chain, { content: order, basis: 'fact' }))
    return inCase(chain, { kind: 'third-country-law', about: 'Records there', orders: [{ kind: 'order', id }] })
  }),
  change('conflict', 'anna', 'conflict.consult', () => ({ text: 'Both were heard' })),
  change('conflict', 'carla', 'conflict.decide', () => ({ prevails: 0, text: 'As the court says', told: 'It stands' })),
  change('conflict', 'anna', 'conflict.close', () => ({ text: 'Told by letter' })),
]

const tracks = [
  [...partners, ...conflicts],
  requests,
  incoming,
  cases,
  [...things, ...reminders, ...referrals],
  people,
  evidence,
  [...statements, ...wholes, handOut, fetchHandOut, takeIn],
  jointTrack({ make, change, assertion, approve }),
  owedTrack({ make, change }),
  messageTrack({ make, change, assertion }),
]

/** Each of them is done in six lives at once, and holds a connection until it is killed: more of them the server does not give. */
const AT_ONCE = 7

/** What is done at the same time, round by round. */
export const rounds: readonly (readonly Step[])[] = Array.from(
  { length: Math.max(...tracks.map(({ length }) => length)) },
  (_, at) => tracks.flatMap((track) => track[at] ?? []),
).flatMap((round) => {
  const parts = Math.ceil(round.length / AT_ONCE)
  const each = Math.ceil(round.length / parts)
  return Array.from({ length: parts }, (_, at) => round.slice(at * each, (at + 1) * each))
})

/** Changes that are not killed here, each with the reason. */
export const notCovered: Readonly<Record<string, string>> = { ...jointNotCovered, ...messageNotCovered }
