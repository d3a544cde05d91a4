/**
 * Asking partners what was decided to be asked: outside of any transaction, batch by batch; what came of each is written in a
 * transaction of its own. What is in common is found here, by comparing with the tags that the partner publishes to everybody.
 *
 * What cannot be relied on (another key than the directory names, tags that are gone, an answer to another question) ends the
 * comparison with that partner; the signed statements that show it are kept, and somebody is told.
 */
import {
  ANSWER,
  type AnswerBody,
  ASKED,
  answerForm,
  BATCH,
  COMPARISON,
  type ComparisonBody,
  checkEpochs,
  checkGrowth,
  epochAt,
  HIT,
  type HitBody,
  handleOf,
  matchesOf,
  type Question,
  questionForm,
  questionsOf,
  type Spent,
  TAGS_A_PAGE,
  type TagCommitment,
  tagsForm,
  usedOn,
} from '../../exchange/deconfliction/index.ts'
import type { Answer } from '../../exchange/delivery/index.ts'
import { type Keys, openStatement, packStatement, type Signer } from '../../exchange/wire/index.ts'
import { checkEd25519, type Voprf } from '../../kernel/crypto/index.ts'
import {
  bytesToBase64,
  bytesToHex,
  hexToBytes,
  ok,
  orStop,
  type Records,
  type Refusal,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import { OPRF_PATH } from './deconfliction-service.ts'
import type { ExchangeClient } from './exchange-client.ts'
import type { Members } from './members.ts'

export const SEEN = 'their-tags'
export const EVIDENCE = 'deconfliction-evidence'
const DAY_MS = 86_400_000

/** As a member's card lists it. */
export type OprfKey = {
  readonly epoch: number
  readonly publicKey: string
  readonly from: string
  readonly until: string
}

export type AskSetting = {
  readonly me: string
  readonly door: Pick<Door, 'asNode'>
  readonly voprf: Voprf
  readonly members: Pick<Members, 'keyOf'>
  readonly signer: Signer
  readonly oprfKeysOf: (peer: string) => readonly OprfKey[]
  readonly call: ExchangeClient['service']
  readonly now: () => number
  readonly alarm: (peer: string, code: string) => void
}

/** Only time may help: tried again until the comparison ends. */
type Failure =
  | { readonly kind: 'wait'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string }
  | Evidence
/** `shown`: envelopes of the partner, and ours that they answer, in base64. */
type Evidence = { readonly kind: 'evidence'; readonly refusal: Refusal; readonly shown: readonly string[] }
type Tried<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

type Theirs = { readonly commitment: TagCommitment; readonly tags: readonly string[] }
type StoredAnswer = Stored<AnswerBody> & { readonly caseId: string }

export async function askPartners(
  setting: AskSetting,
  ending: AbortSignal,
  failed: (item: string, fault: unknown) => void,
): Promise<{ readonly asked: number; readonly hits: number }> {
  const done = { asked: 0, hits: 0 }
  const open = orStop(
    await setting.door.asNode(async ({ records }) =>
      ok({ result: await records.find<AnswerBody>(ANSWER, 'state', 'asking'), events: [] }),
    ),
  )
  // Partners side by side; of one partner one after the other, so that its budget goes to what was asked first.
  const byPeer = Map.groupBy(open, ({ body }) => body.peer)
  await Promise.all(
    [...byPeer.values()].map(async (answers) => {
      for (const answer of answers) {
        if (ending.aborted) return
        try {
          done.hits += await askOne(setting, answer as StoredAnswer, ending)
          done.asked++
        } catch (fault) {
          failed(`${ANSWER}/${answer.id}`, fault)
        }
      }
    }),
  )
  return done
}

async function askOne(setting: AskSetting, first: StoredAnswer, ending: AbortSignal): Promise<number> {
  const { door, now } = setting
  let answer = first
  const { peer } = answer.body
  const comparison = orStop(
    await door.asNode(async ({ records }) =>
      ok({ result: await records.get<ComparisonBody>(COMPARISON, answer.body.comparison), events: [] }),
    ),
  )
  // Its case was erased.
  if (!comparison) return 0
  if (Date.parse(answer.body.until) <= now()) {
    await write(setting, answer, { ...answer.body, state: 'unanswered' })
    return 0
  }
  const batches = questionsOf(comparison.body)
  let found = 0
  while (answer.body.done < answer.body.of && !ending.aborted) {
    const came = await compareBatch(setting, answer.body, batches[answer.body.done] ?? [], comparison.body)
    if (!came.ok) {
      await failedWith(setting, answer, came.failure)
      return found
    }
    const { hits, tags, said } = came.value
    const done = answer.body.done + 1
    const count = answer.body.hits + hits.length
    const state = done < answer.body.of ? 'asking' : count > 0 ? 'hit' : 'nothing'
    const body: AnswerBody = {
      ...answer.body,
      done,
      hits: count,
      state,
      code: null,
      tags,
      said: [...answer.body.said, said],
    }
    answer = await write(setting, answer, body, hits, tags)
    found += hits.length
  }
  return found

  async function failedWith(of: AskSetting, at: StoredAnswer, failure: Failure): Promise<void> {
    if (failure.kind === 'wait') {
      if (at.body.code !== failure.code) await write(of, at, { ...at.body, code: failure.code })
      return
    }
    const code = failure.kind === 'evidence' ? failure.refusal.code : failure.code
    await write(of, at, { ...at.body, state: 'failed', code }, [], null, failure.kind === 'evidence' ? failure : null)
    if (failure.kind === 'evidence') of.alarm(peer, code)
  }
}

type Compared = {
  readonly hits: readonly Omit<HitBody, 'marking' | 'author' | 'comparison'>[]
  readonly tags: TagCommitment
  readonly said: { readonly question: string; readonly answer: string }
}

async function compareBatch(
  setting: AskSetting,
  { peer, run }: AnswerBody,
  batch: readonly Question[],
  { caseCommit, leaves }: Pick<ComparisonBody, 'caseCommit' | 'leaves'>,
): Promise<Tried<Compared>> {
  const { me, voprf, signer, now } = setting
  const key = keyNow(setting, peer)
  if (!key.ok) return waiting(key.refusal.code)
  const theirs = await tagsOf(setting, peer, key.value.epoch)
  if (!theirs.ok) return theirs
  const blinded = batch.map(({ input }) => voprf.blind(input))
  const question = orStop(
    packStatement(
      questionForm,
      {
        ...{ v: 1 as const, from: me, to: peer, epoch: key.value.epoch, caseCommit, caseSize: leaves.length },
        ...{ blinded: blinded.map(({ element }) => bytesToHex(element)), at: new Date(now()).toISOString() },
      },
      [signer],
    ),
  )
  const { digest } = orStop(openStatement(questionForm, question, keysOf(setting)))
  const path = `${OPRF_PATH}${key.value.epoch}/evaluate`
  const came = bytesOf(await setting.call(peer, path, { id: digest, bytes: question }))
  if (!came.ok) return came
  const shown = [bytesToBase64(question), bytesToBase64(came.value)]
  const answer = openStatement(answerForm, came.value, keysOf(setting))
  if (!answer.ok) return evidence(answer.refusal, shown)
  const { from, to, epoch, question: of, evaluated, proof } = answer.value.value
  if (from !== peer || to !== me || epoch !== key.value.epoch || of !== digest) return evidence(otherAnswer(), shown)
  const outputs = voprf.finalize(hexToBytes(key.value.publicKey), blinded, {
    elements: evaluated.map(hexToBytes),
    proof: hexToBytes(proof),
  })
  if (!outputs.ok) return evidence(outputs.refusal, shown)
  const set = { epoch, day: theirs.value.commitment.day, tags: theirs.value.tags }
  const hits = matchesOf(batch, outputs.value, set).map(({ item, tag }) => ({
    ...{ peer, item: item as string, epoch, run, handle: handleOf(tag, run) },
  }))
  const said = { question: digest, answer: answer.value.digest }
  return { ok: true, value: { hits, tags: theirs.value.commitment, said } }
}

/** The key that the directory names for now. */
function keyNow({ oprfKeysOf, now }: AskSetting, peer: string): Result<OprfKey> {
  const keys = oprfKeysOf(peer)
  const epochs = keys.map(({ epoch, from, until }) => ({
    number: epoch,
    from: Date.parse(from),
    until: Date.parse(until),
  }))
  const checked = checkEpochs(epochs)
  if (!checked.ok) return checked
  const epoch = epochAt(epochs, now())
  const key = keys.find(({ epoch: number }) => number === epoch?.number)
  if (key) return ok(key)
  return refuse('EXCHANGE_DECONFLICTION_EPOCH', `The directory names no key of ${peer} for now.`, {
    place: peer,
    fix: 'Wait for its next card.',
  })
}

/** All that the partner has published in this epoch, against what was seen before. */
async function tagsOf(setting: AskSetting, peer: string, epoch: number): Promise<Tried<Theirs>> {
  const { me, door } = setting
  const tags: string[] = []
  const shown: string[] = []
  for (;;) {
    const came = bytesOf(await setting.call(peer, `${OPRF_PATH}${epoch}/tags?since=${tags.length}`, null))
    if (!came.ok) return came
    shown.push(bytesToBase64(came.value))
    const page = openStatement(tagsForm, came.value, keysOf(setting))
    if (!page.ok) return evidence(page.refusal, shown)
    const { value } = page.value
    if (value.from !== peer || value.to !== me || value.epoch !== epoch || value.since !== tags.length)
      return evidence(otherAnswer(), shown)
    // A page that is not full would have us ask without end.
    if (value.tags.length !== Math.min(TAGS_A_PAGE, value.size - value.since)) return evidence(otherTags(peer), shown)
    tags.push(...value.tags)
    if (tags.length < value.size) continue
    const seen = orStop(
      await door.asNode(async ({ records }) =>
        ok({ result: await records.get<TagCommitment>(SEEN, peer), events: [] }),
      ),
    )
    const grown = checkGrowth({ epoch, day: value.day, tags }, seen?.body ?? null)
    if (!grown.ok) return evidence(grown.refusal, shown)
    if (grown.value.root !== value.root || grown.value.size !== value.size) return evidence(otherTags(peer), shown)
    return { ok: true, value: { commitment: grown.value, tags } }
  }
}

/** The new state, its hits and what was seen of the tags of the partner, at once. */
async function write(
  { door, now }: AskSetting,
  before: StoredAnswer,
  body: AnswerBody,
  hits: Compared['hits'] = [],
  tags: TagCommitment | null = null,
  shown: Evidence | null = null,
): Promise<StoredAnswer> {
  const { id, caseId } = before
  return orStop(
    await door.asNode<StoredAnswer>(async ({ records, newId }) => {
      const { comparison, peer, marking, author } = body
      const refs = { comparison, ...(body.state === 'asking' ? { state: 'asking' } : {}) }
      const stored = await records.put<AnswerBody>(ANSWER, id, body, { caseId, seen: before.version, refs })
      for (const hit of hits) {
        const whole: HitBody = { ...hit, comparison, marking, author }
        await records.put<HitBody>(HIT, newId(), whole, { caseId, seen: 0, refs: { comparison } })
      }
      if (tags) await countAsked(records, peer, Math.floor(now() / DAY_MS))
      const seen = tags ? await records.get<TagCommitment>(SEEN, peer) : null
      if (tags && seen?.body.root !== tags.root)
        await records.put<TagCommitment>(SEEN, peer, tags, { caseId: null, seen: seen?.version ?? 0 })
      if (shown) {
        const kept = { peer, code: shown.refusal.code, shown: [...shown.shown] }
        await records.put(EVIDENCE, newId(), kept, { caseId: null, seen: 0, refs: { peer } })
      }
      const told = { peer, state: body.state, done: body.done, code: body.code, tags: tags?.root ?? null }
      const event = { name: 'deconfliction.answer.received', of: ANSWER, id, caseId, body: told }
      return ok({ result: { ...stored, caseId }, events: [event] })
    }),
  )
}

/** What a batch has cost, so that people see what is left; the partner alone decides what it answers. */
async function countAsked(records: Records, peer: string, day: number): Promise<void> {
  const before = await records.get<Spent>(ASKED, peer)
  const spent = before?.body ?? null
  const body: Spent = { day: Math.max(day, spent?.day ?? 0), elements: usedOn(spent, day) + BATCH }
  await records.put<Spent>(ASKED, peer, body, { caseId: null, seen: before?.version ?? 0 })
}

function keysOf({ members }: AskSetting): Keys {
  return { keyOf: (keyId) => members.keyOf(keyId), check: checkEd25519 }
}

function bytesOf(answer: Answer): Tried<Uint8Array> {
  switch (answer.kind) {
    case 'receipt':
      return { ok: true, value: answer.bytes }
    case 'problem': {
      // What runs there, and what is left there, changes with time.
      const passes = answer.again || TIME_HELPS.has(answer.code)
      return { ok: false, failure: { kind: passes ? 'wait' : 'refused', code: answer.code } }
    }
    default:
      return waiting('EXCHANGE_DECONFLICTION_SILENCE')
  }
}

const TIME_HELPS = new Set([
  'EXCHANGE_DECONFLICTION_BUDGET',
  'EXCHANGE_DECONFLICTION_EPOCH',
  'EXCHANGE_DECONFLICTION_NOT_YET',
  'EXCHANGE_NO_MEMBER',
])

function waiting(code: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { kind: 'wait', code } }
}

function evidence(refusal: Refusal, shown: readonly string[]): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { kind: 'evidence', refusal, shown } }
}

function otherAnswer(): Refusal {
  return {
    code: 'EXCHANGE_DECONFLICTION_ANSWER',
    message: 'What came is signed for another question, epoch or agency.',
    fix: 'Use none of it, and tell the partner.',
  }
}

function otherTags(peer: string): Refusal {
  return {
    code: 'EXCHANGE_DECONFLICTION_TAGS',
    message: `The tags of ${peer} are not those that it has committed to.`,
    fix: 'Use none of them, and ask the member and the oversight why.',
  }
}
