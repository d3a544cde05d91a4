/** Asking partners what they are after in common. An act only decides and writes down what is asked: the network is asked later, by a job. */
import { Type } from '@sinclair/typebox'
import {
  CaseId,
  Cursor,
  checkMarking,
  closed,
  DEFAULT_LIMIT,
  Digest,
  did,
  Id,
  Instant,
  Limit,
  pageOf,
  type RequestBody,
  readablePage,
  readQuestion,
} from '../../casework/index.ts'
import {
  type ActionContext,
  action,
  amber,
  bytesToHex,
  Marking,
  ok,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { AgencyId } from '../wire/index.ts'
import { BATCH, batchesOf } from './batches.ts'
import { type Spent, usedOn } from './budget.ts'
import {
  ANSWER,
  type AnswerBody,
  AnswerView,
  ASKED,
  COMPARISON,
  type ComparisonBody,
  HIT,
  type HitBody,
  leavesOf,
} from './comparison.ts'
import type { Item } from './item.ts'
import { type Partners, ports } from './ports.ts'
import { ItemInput } from './watch.ts'
import { isComparable, settleItems } from './watch-actions.ts'
import { commitWatchSet } from './watch-commitment.ts'

/** How long partners are tried. */
const TRIED_MS = 72 * 3_600_000
const DAY_MS = 24 * 3_600_000
/** Eight batches: half of what a member may ask another in a day. */
const MOST_ITEMS = 8 * BATCH

const ask = action({
  name: 'deconfliction.ask',
  summary: 'Ask partners whether they are after the same addresses, without showing them which',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    items: Type.Optional(Type.Array(ItemInput, { minItems: 1, maxItems: MOST_ITEMS })),
    requestId: Type.Optional(Id),
    peers: Type.Union([Type.Literal('all'), Type.Array(AgencyId, { minItems: 1, maxItems: 200, uniqueItems: true })], {
      description: 'The members of the directory that are asked; all: every one that compares now.',
    }),
    marking: Type.Optional(Marking),
  }),
  output: closed({ id: Id, peers: Type.Array(AgencyId), caseCommit: Digest }),
  asks: ({ caseId }) => ({ right: 'draftRequest', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, items, requestId, peers, marking = amber }) => {
    const mayBe = await isComparable(context, caseId)
    if (!mayBe.ok) return mayBe
    const marked = checkMarking(marking)
    if (!marked.ok) return marked
    const wanted = await itemsToAsk(context, caseId, items, requestId)
    if (!wanted.ok) return wanted
    const asked = peersToAsk(context.port<Partners>(ports.partners), peers)
    if (!asked.ok) return asked
    const { actor, random, newId, now } = context
    const questions = batchesOf(wanted.value, random).flat()
    const commitment = await commitWatchSet(
      questions.map(({ item, input }) => ({ input, caseRef: item === null ? null : caseId })),
      random,
    )
    const caseCommit = bytesToHex(commitment.root)
    const id = newId()
    await context.records.put<ComparisonBody>(
      COMPARISON,
      id,
      {
        ...{ caseCommit, leaves: leavesOf(commitment, questions), request: requestId ?? null },
        ...{ peers: [...asked.value], marking, author: actor.id },
      },
      { caseId, seen: 0, refs: { commit: caseCommit } },
    )
    for (const peer of asked.value)
      await context.records.put<AnswerBody>(
        ANSWER,
        newId(),
        {
          ...{ comparison: id, peer, run: bytesToHex(random(32)), state: 'asking', done: 0 },
          ...{ of: questions.length / BATCH, hits: 0, code: null, tags: null, said: [] },
          ...{ until: new Date(Date.parse(now) + TRIED_MS).toISOString(), marking, author: actor.id },
        },
        { caseId, seen: 0, refs: { state: 'asking', comparison: id } },
      )
    const said = { peers: [...asked.value], items: wanted.value.length, caseCommit }
    return ok({
      result: { id, peers: [...asked.value], caseCommit },
      events: [did('deconfliction.ask', COMPARISON, id, caseId, said)],
    })
  },
})

async function itemsToAsk(
  context: ActionContext,
  caseId: string,
  items: readonly ItemInput[] | undefined,
  requestId: string | undefined,
): Promise<Result<readonly Item[]>> {
  if ((items === undefined) === (requestId === undefined))
    return refuse('EXCHANGE_DECONFLICTION_NOTHING', 'Either items are asked about, or those of one request.', {
      place: '/items',
      fix: 'Give items or requestId, and not both.',
    })
  if (items) return settleItems(context, items)
  const request = await context.records.get<RequestBody>('request', requestId as string)
  // One that is not of the case, or not for whoever asks, is as one that is not there.
  const isReadable = request?.caseId === caseId && (await context.may(readQuestion(request)))
  const assets = isReadable ? request.body.content.assets : []
  if (assets.length > 0) return settleItems(context, assets)
  return refuse('EXCHANGE_DECONFLICTION_NOTHING', 'There is no such request of this case, or it names no address.', {
    place: '/requestId',
    fix: 'Name a request of the case, or the items themselves.',
  })
}

function peersToAsk(partners: Partners, peers: 'all' | readonly string[]): Result<readonly string[]> {
  const known = partners.comparable()
  if (peers === 'all' && known.length > 0) return ok(known)
  const missing = peers === 'all' ? 'nobody' : peers.find((peer) => !known.includes(peer))
  if (missing === undefined) return ok(peers as readonly string[])
  return refuse(
    'EXCHANGE_DECONFLICTION_PARTNER',
    `There is no comparing with ${missing === 'nobody' ? 'anybody' : missing} now.`,
    {
      place: '/peers',
      fix: 'See comity directory members: a partner needs a key for this epoch, and both need the scope.',
    },
  )
}

const ComparisonView = closed({
  id: Id,
  at: Instant,
  caseCommit: Digest,
  items: Type.Array(Type.String()),
  answers: Type.Array(AnswerView),
})

const PartnersView = closed({
  /** Elements that each partner answers in a day; what is asked is filled up to whole batches of them. */
  elementsADay: Type.Integer(),
  batch: Type.Integer(),
  most: Type.Integer({ description: 'Addresses that can be asked about at once.' }),
  /** When the day ends by which partners count. */
  until: Instant,
  partners: Type.Array(closed({ peer: AgencyId, used: Type.Integer(), left: Type.Integer() })),
})

const partners = action({
  name: 'deconfliction.partners',
  summary: 'Which partners a case can be compared with now, and what is left of the budget at each today',
  kind: 'read',
  input: closed({ caseId: CaseId }),
  output: PartnersView,
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context) => {
    const known = context.port<Partners>(ports.partners)
    const day = Math.floor(Date.parse(context.now) / DAY_MS)
    const elementsADay = known.elementsADay()
    const each = []
    for (const peer of known.comparable()) {
      const spent = await context.records.get<Spent>(ASKED, peer)
      const used = usedOn(spent?.body ?? null, day)
      each.push({ peer, used, left: Math.max(0, elementsADay - used) })
    }
    const until = new Date((day + 1) * DAY_MS).toISOString()
    return ok({ result: { elementsADay, batch: BATCH, most: MOST_ITEMS, until, partners: each }, events: [] })
  },
})

const list = action({
  name: 'deconfliction.list',
  summary: 'Comparisons of a case with partners, oldest first',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: pageOf(closed({ id: Id, at: Instant, caseCommit: Digest, peers: Type.Array(AgencyId) })),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const page = await readablePage<ComparisonBody>(context, COMPARISON, caseId, { after, limit })
    const items = page.items.map(({ id, at, body }) => ({ id, at, caseCommit: body.caseCommit, peers: body.peers }))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

const read = action({
  name: 'deconfliction.read',
  summary: 'What a comparison with partners has come to so far',
  kind: 'read',
  input: closed({ id: Id }),
  output: ComparisonView,
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: COMPARISON, id } }),
  run: async (context, { id }) => {
    const stored = await context.records.get<ComparisonBody>(COMPARISON, id)
    if (!stored) throw new Error('what may be read has no record')
    const hits = await context.records.find<HitBody>(HIT, 'comparison', id)
    const readable: Stored<HitBody>[] = []
    for (const hit of hits) if (await context.may(readQuestion(hit))) readable.push(hit)
    const answers = (await context.records.find<AnswerBody>(ANSWER, 'comparison', id)).map(
      ({ id: answer, version, body: { peer, state, done, of, code } }) => ({
        ...{ id: answer, version, peer, state, done, of, code },
        hits: readable.filter(({ body }) => body.peer === peer).map((hit) => ({ id: hit.id, item: hit.body.item })),
      }),
    )
    const items = stored.body.leaves.flatMap(({ item }) => item ?? []).sort()
    return ok({ result: { id, at: stored.at, caseCommit: stored.body.caseCommit, items, answers }, events: [] })
  },
})

export const askActions = [ask, partners, list, read] as const
