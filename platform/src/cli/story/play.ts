/**
 * The story of three nodes: a prosecutor traces a ransom, has an exchange in another country preserve what it knows, and asks the
 * prosecutor there to freeze the coins; that one recognises, orders, and reports; each answer moves the request of the first. Every
 * step is an act of a person at their own node, over HTTP, and every message is signed, approved where it binds, and receipted.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Json, sha256Text } from '../../kernel/index.ts'
import type { Answer, Hand } from './hand.ts'
import type { StoryNode } from './network.ts'
import type { Screen } from './screen.ts'
import { law } from './vocabulary.ts'

export type Cast = { readonly nl: StoryNode; readonly de: StoryNode; readonly vasp: StoryNode }

/** Names and roles of the people at each node; none of them exists. */
export const people = {
  'nl-prosecutor': [
    ['Ines', 'investigator'],
    ['Paul', 'prosecutor'],
    ['Sofie', 'senior-official'],
    ['Eva', 'evidence-custodian'],
  ],
  'de-prosecutor': [
    ['Lars', 'liaison-officer'],
    ['Petra', 'prosecutor'],
    ['Sven', 'senior-official'],
  ],
  'example-exchange': [
    ['Carla', 'compliance-officer'],
    ['Vera', 'evidence-custodian'],
  ],
} as const

const marking = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false } as const
const SHOWN_WITHIN_MS = 60_000

export type Played = {
  readonly cases: { readonly [id: string]: string }
  readonly record: string
}

export async function play(
  cast: Cast,
  { root, record, screen }: { readonly root: string; readonly record: string; readonly screen: Screen },
): Promise<Played> {
  const { nl, de, vasp } = cast
  const [hague, berlin, desk] = [nl.hand, de.hand, vasp.hand]
  const { act } = screen
  const ids = { nl: nl.facts.id, de: de.facts.id, vasp: vasp.facts.id }

  // 1. The case, and the trace as evidence.
  const caseId = await openCase(hague, 'Ines', ['Paul', 'Sofie', 'Eva'], 'The ransom of May 2021')
  act(ids.nl, 'case opened; trace under custody')
  const uploadId = await hague.upload('Ines', caseId, Buffer.from(record))
  const { exhibitId } = await hague.does('Ines', 'exhibit.add', {
    ...{ caseId, kind: 'trace-record', title: 'Trace of the ransom, first in first out', marking, uploadId },
    acquirer: { personId: hague.idOf('Ines') },
    ...{ competence: 'Certified in tracing', authority: 'Order of the story', place: 'Rotterdam' },
    ...{ acquiredAt: new Date().toISOString(), tool: { name: 'comity', version: '0.1.0' } },
  })

  // 2. The request, from the trace and on the form of its instrument.
  const form = JSON.parse(readFileSync(join(root, 'samples/story/annex-i.json'), 'utf8')) as { [path: string]: Json }
  const drafted = await hague.does('Ines', 'workflow.freeze-from-trace', {
    caseId,
    record,
    endpoint: { status: 'service' },
    letter: {
      ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: law.freeze, data: form },
      languages: { original: 'en', theirs: ['de'] },
      recipients: [{ authority: de.facts.name, country: 'DE', role: 'to' }],
      clock: { country: 'DE', zone: 'Europe/Berlin' },
      urgency: { code: law.dissipation, ground: 'The coins can be moved within minutes.' },
      facts: form.facts as string,
      useConditions: [],
    },
  })
  const { request } = await hague.does('Ines', 'request.read', { id: drafted.id })
  const [asset] = request.content.assets
  act(ids.nl, `${Number(asset.amount) / 1e8} BTC at a service`)

  // 3. At once: the exchange preserves what it knows, before anything else takes days.
  const preserve = await hague.does('Ines', 'message.draft', {
    ...{ caseId, to: ids.vasp, type: 'preserve.request', purpose: 'criminal-proceedings', marking },
    header: {
      instrument: { id: 'EU-2023-1543', article: '4, 11', packVersion: packVersion },
      urgency: { code: law.dataLoss, ground: 'Reg. 2023/1543 art. 11', text: 'Logs of the account may be deleted.' },
    },
    body: {
      authority: authorityOf(nl, caseId),
      ...{ offence, facts: factsOf(form.facts as string) },
      identifiers: [{ kind: 'address', value: `${asset.chain}:${asset.address}`, from: null, to: null, zone: null }],
      custodian: authorityOf(vasp, null),
      period: { from: null, to: null },
      necessity: 'What the service knows of the account is the only way to its holder.',
      intent: 'A request for the data will follow.',
      ...{ requestedUntil: null, userNoticeSuppressed: true },
    },
  })
  await approved(hague, preserve.id, ['Paul', 'Sofie'])
  await sent(screen, nl, vasp, 'Paul', preserve.id, 'preserve.request')
  const kept = await takeIn(desk, 'Carla', 'preserve.request', 'Preservation for a foreign prosecutor', ['Vera'])
  await answer(desk, 'Carla', kept.id, 'request.acknowledge', { receivedByCompetentAt: new Date().toISOString() })
  await arrived(screen, vasp, nl, 'ack')
  await desk.proves('Carla')
  await answer(desk, 'Carla', kept.id, 'request.accept', { reason: 'The order is complete.' })
  await arrived(screen, vasp, nl, 'decision.accept')
  const until = new Date(Date.now() + 60 * 86_400_000).toISOString()
  await answer(desk, 'Carla', kept.id, 'request.execute', {
    reason: 'Snapshot of account, logs and files of identification.',
    secured: [],
    until,
  })
  await answer(desk, 'Carla', kept.id, 'request.report', {
    reason: 'Account, log-ins and identification are kept as they were at this hour.',
  })
  await arrived(screen, vasp, nl, 'preserved')

  // 4. The freezing certificate goes to the prosecutor of the country: one release, approved inside the message.
  await hague.does('Ines', 'request.submit', { id: drafted.id, seen: drafted.version })
  const certificate = await hague.does('Ines', 'request.compose', {
    ...{ id: drafted.id, to: ids.de, purpose: 'criminal-proceedings' },
    body: {
      offence,
      order: digestOf(form),
      orderedAt: new Date().toISOString(),
      grounds: form.groundsForFreezing as string,
      remedies: form['remedies.contact'] as string,
    },
  })
  await hague.does('Ines', 'message.attach', {
    ...{ id: certificate.id, seen: certificate.version, exhibitId },
    ...{ name: 'trace.json', mime: 'application/json', class: 'trace-record' },
  })
  await approved(hague, certificate.id, ['Paul', 'Sofie'])
  await sent(screen, nl, de, 'Paul', certificate.id, 'freeze.request')
  const foreign = await takeIn(berlin, 'Petra', 'freeze.request', 'Freezing certificate from the Netherlands', [
    'Lars',
    'Sven',
  ])
  await answer(berlin, 'Petra', foreign.id, 'request.acknowledge', { receivedByCompetentAt: new Date().toISOString() })
  await arrived(screen, de, nl, 'ack')
  await takeTrace(berlin, 'Petra', foreign, record)
  act(ids.de, 'trace record arrived, sealed; the same bytes')
  await berlin.proves('Petra')
  await answer(berlin, 'Petra', foreign.id, 'request.accept', {
    reason: 'Recognised; listed offence, no ground of refusal.',
  })
  await arrived(screen, de, nl, 'decision.accept')
  const clock = await hague.does('Paul', 'request.read', { id: drafted.id })
  const urgent = clock.request.deadlines.find(({ ruleId }: Answer) => ruleId === 'R1805-9-3a')
  if (urgent) act(ids.nl, `clock: decision due ${String(urgent.due).slice(0, 16)} (${urgent.article})`)

  // 5. The prosecutor there orders the exchange to freeze.
  const order = await berlin.does('Lars', 'message.draft', {
    ...{ caseId: foreign.caseId, to: ids.vasp, type: 'freeze.request', purpose: 'criminal-proceedings', marking },
    header: {
      instrument: { id: 'EU-2018-1805', article: '7', packVersion },
      urgency: {
        code: law.dissipation,
        ground: 'Reg. 2018/1805 art. 9(3)',
        text: 'The coins can be moved within minutes.',
      },
    },
    body: {
      authority: authorityOf(de, foreign.caseId),
      ...{ validatedBy: null, order: digestOf(form), orderedAt: new Date().toISOString(), persons: [], offence },
      facts: factsOf(form.facts as string),
      ...{
        grounds: form.groundsForFreezing as string,
        stayFrozenUntil: null,
        dualCriminality: null,
        formalities: null,
      },
      ...{ restitution: [], remedies: 'Complaint to the court of the story.' },
      assets: [
        {
          property: {
            ...noProperty,
            kind: 'vasp-account',
            chain: asset.chain,
            asset: asset.asset,
            address: asset.address,
            amount: asset.amount,
          },
          ...{ maximum: { amount: asset.amount, asset: asset.asset }, extent: 'specific' },
        },
      ],
      ...{ total: [], otherStates: [], earlierOrders: [] },
    },
  })
  await approved(berlin, order.id, ['Petra', 'Sven'])
  await sent(screen, de, vasp, 'Petra', order.id, 'freeze.request')
  const frozen = await takeIn(desk, 'Carla', 'freeze.request', 'Freezing order of the prosecutor', ['Vera'])
  await answer(desk, 'Carla', frozen.id, 'request.acknowledge', { receivedByCompetentAt: new Date().toISOString() })
  await arrived(screen, vasp, de, 'ack')
  await desk.proves('Carla')
  await answer(desk, 'Carla', frozen.id, 'request.accept', { reason: 'The order is complete.' })
  await arrived(screen, vasp, de, 'decision.accept')
  const secured = [{ chain: asset.chain, address: asset.address, amount: asset.amount }]
  await answer(desk, 'Carla', frozen.id, 'request.execute', {
    reason: 'Withdrawals from the account are blocked.',
    secured,
  })
  act(ids.vasp, 'account blocked')
  await answer(desk, 'Carla', frozen.id, 'request.report', { reason: 'Until the order is lifted.' })
  await arrived(screen, vasp, de, 'freeze.executed')

  // 6. And reports to the one who asked.
  await berlin.proves('Petra')
  await answer(berlin, 'Petra', foreign.id, 'request.execute', { reason: 'Frozen at the service.', secured })
  await answer(berlin, 'Petra', foreign.id, 'request.report', {
    reason: 'Until the certificate is withdrawn, or the end of the proceedings.',
  })
  await arrived(screen, de, nl, 'freeze.executed')
  const after = await hague.does('Paul', 'request.read', { id: drafted.id })
  const [held] = after.request.secured
  act(ids.nl, `request ${after.request.state}: ${Number(held?.amount ?? 0) / 1e8} BTC secured`)
  return { cases: { [ids.nl]: caseId, [ids.de]: foreign.caseId, [ids.vasp]: frozen.caseId }, record }
}

const packVersion = '2026.11.1'
const offence = {
  conduct: 'Encrypting the computers of a company and asking for money to give the data back.',
  provision: 'Extortion, under the law of the story',
  ...{
    penaltyMonths: 108,
    life: false,
    iccs: null,
    euList: 'computer-related crime',
    budapest: '4, 5',
    dualCriminality: 'met',
  },
} as const
const noProperty = {
  account: null,
  valuations: [],
  holder: null,
  jurisdiction: 'DE',
  interests: [],
  traceRecord: null,
} as const
const factsOf = (summary: string) => ({ summary, from: null, to: null, places: [], transactions: [] })

function authorityOf({ facts }: StoryNode, reference: string | null): { [name: string]: Json } {
  const kind = facts.kind === 'vasp' ? 'provider' : 'prosecutor'
  return { name: facts.name, country: facts.country, kind, agency: facts.id, address: null, reference }
}

function digestOf(value: unknown): string {
  return sha256Text(JSON.stringify(value))
}

async function openCase(hand: Hand, by: string, members: readonly string[], title: string): Promise<string> {
  const { id, version } = await hand.does(by, 'case.open', { title, kind: 'local', purposes: ['criminal-proceedings'] })
  await addMembers(hand, by, id, version, members)
  return id
}

async function addMembers(
  hand: Hand,
  by: string,
  caseId: string,
  version: number,
  members: readonly string[],
): Promise<void> {
  let seen = version
  for (const name of members)
    seen = (await hand.does(by, 'case.member.add', { caseId, personId: hand.idOf(name), seen })).version
}

async function approved(hand: Hand, id: string, by: readonly string[]): Promise<void> {
  for (const name of by) {
    await hand.proves(name)
    const { digest, challenge } = await hand.does(name, 'message.challenge', { id })
    const { version } = await hand.does(name, 'message.show', { id })
    await hand.does(name, 'message.approve', { id, seen: version, digest, credential: hand.sign(name, challenge) })
  }
}

async function sent(
  screen: Screen,
  from: StoryNode,
  to: StoryNode,
  by: string,
  id: string,
  type: string,
): Promise<void> {
  const { version } = await from.hand.does(by, 'message.show', { id })
  const started = performance.now()
  await from.hand.does(by, 'message.send', { id, seen: version })
  const { message } = await waitFor(
    () => from.hand.does(by, 'message.show', { id }),
    (shown) => shown.message.state !== 'queued',
    `a receipt for ${type}`,
  )
  const took = ((performance.now() - started) / 1000).toFixed(2)
  screen.message(
    from.facts.id,
    to.facts.id,
    type,
    `${message.state} ${took} s, ${message.header.approvals.length} approvals`,
  )
  if (message.state !== 'accepted') throw new Error(`${type} was ${message.state}: ${message.code}`)
}

/** Waits until the answer has moved what it answers: it is in the case of the other side. */
async function arrived(screen: Screen, from: StoryNode, to: StoryNode, type: string): Promise<void> {
  const by = people[to.facts.id as keyof typeof people][0][0]
  const started = performance.now()
  const found = await waitFor(
    async () => {
      const { items } = await to.hand.does(by, 'case.list', { limit: 200 })
      for (const { id } of items) {
        const page = await to.hand.does(by, 'message.list', { caseId: id, limit: 200 })
        const seen = page.items.filter(({ message }: Answer) => message.direction === 'in' && message.type === type)
        if (seen.length > (shownBefore.get(`${to.facts.id} ${type} ${id}`) ?? 0)) {
          shownBefore.set(`${to.facts.id} ${type} ${id}`, seen.length)
          return seen.at(-1)
        }
      }
      return null
    },
    (one) => one !== null,
    type,
  )
  const { code, note } = found.message
  const took = ((performance.now() - started) / 1000).toFixed(2)
  screen.message(from.facts.id, to.facts.id, type, code === null ? `${took} s` : `${code}: ${note}`)
}
const shownBefore = new Map<string, number>()

type Taken = { readonly id: string; readonly caseId: string; readonly message: string }

async function takeIn(hand: Hand, by: string, type: string, title: string, members: readonly string[]): Promise<Taken> {
  const { items } = await waitFor(
    () => hand.does(by, 'inbox.list', {}),
    (page) => page.items.some(({ message }: Answer) => message.type === type),
    `${type} in the inbox`,
  )
  const item = items.find(({ message }: Answer) => message.type === type)
  const taken = await hand.does(by, 'inbox.take-request', {
    id: item.id,
    newCase: { title, purposes: ['criminal-proceedings'] },
    marking,
  })
  const { version } = await hand.does(by, 'case.read', { caseId: taken.caseId })
  await addMembers(hand, by, taken.caseId, version, members)
  return { id: taken.id, caseId: taken.caseId, message: taken.message }
}

/** The trace record comes sealed for this node, in pieces; opened into the vault, it is an exhibit here too, byte by byte. */
async function takeTrace(hand: Hand, by: string, { caseId, message }: Taken, record: string): Promise<void> {
  await waitFor(
    () => hand.does(by, 'message.files', { id: message }),
    ({ files }: Answer) => files[0]?.state === 'held',
    'the file of the certificate',
  )
  const { uploadId, sha256 } = await hand.does(by, 'message.take-file', { caseId, id: message, index: 0 })
  if (sha256 !== sha256Text(record)) throw new Error('the trace record that came is not the one that was sent')
  await hand.does(by, 'exhibit.add', {
    ...{ caseId, kind: 'trace-record', title: 'Trace record, as it came with the certificate', marking, uploadId },
    acquirer: { personId: hand.idOf(by) },
    ...{ competence: 'Prosecutor', authority: 'Certificate of the story', place: 'Frankfurt' },
    ...{ acquiredAt: new Date().toISOString(), tool: { name: 'comity', version: '0.1.0' } },
  })
}

async function answer(
  hand: Hand,
  by: string,
  id: string,
  action: string,
  input: { [name: string]: Json },
): Promise<void> {
  const { version } = await hand.does(by, 'request.read', { id })
  await hand.does(by, action, { id, seen: version, ...input })
}

async function waitFor<T>(look: () => Promise<T>, done: (seen: T) => boolean, what: string): Promise<T & {}> {
  const started = Date.now()
  for (;;) {
    const seen = await look()
    if (done(seen)) return seen as T & {}
    if (Date.now() - started > SHOWN_WITHIN_MS) throw new Error(`${what} did not come within a minute`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
