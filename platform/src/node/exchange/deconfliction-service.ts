/**
 * What this node answers to partners that compare: its tags, and batches of blinded items. Behind the checks of the exchange server
 * stand those of a question: that it is signed by whoever brings it and for this node, for the epoch that runs, by a member that may
 * ask, not answered before, and within its budget. What a batch costs is written, with the commitment and the digest of the question
 * and never with its points, before the answer is computed: a crash costs the asker a batch, and gives nobody one.
 */
import {
  answerForm,
  epochAt,
  type OprfQuestion,
  questionForm,
  rootOfTags,
  type Spent,
  spend,
  TAGS_A_PAGE,
  tagsForm,
  wholeOf,
} from '../../exchange/deconfliction/index.ts'
import { type Keys, MAX_ENVELOPE_BYTES, openStatement, packStatement, type Signer } from '../../exchange/wire/index.ts'
import { checkEd25519, type Voprf } from '../../kernel/crypto/index.ts'
import {
  bytesToBase64,
  bytesToHex,
  hexToBytes,
  ok,
  orStop,
  type Refusal,
  type Result,
  refuse,
  sha256,
} from '../../kernel/index.ts'
import type { Door } from '../door/door.ts'
import { GET_COVERS, POST_COVERS } from './attempt-signature.ts'
import type { EpochKeys } from './deconfliction-keys.ts'
import { publicationsOf } from './deconfliction-tags.ts'
import type { ExchangeRoute, Given } from './exchange-route.ts'
import { ENVELOPE_TYPE } from './exchange-server.ts'
import type { Members } from './members.ts'

export const OPRF_PATH = '/comity/v1/oprf/'
export const SPENT = 'deconfliction-spent'
export const ANSWERED = 'deconfliction-answered'
export const REFUSED = 'deconfliction-refused'
const TAGS = /^\/comity\/v1\/oprf\/([1-9]\d{0,6})\/tags(?:\?since=(\d{1,6}))?$/
const EVALUATE = /^\/comity\/v1\/oprf\/([1-9]\d{0,6})\/evaluate$/
const DAY = 86_400_000

type ServiceAnswer =
  | { readonly status: 200; readonly bytes: Uint8Array }
  | { readonly status: 404 | 422 | 429; readonly refusal: Refusal }

function givenOf(answer: ServiceAnswer): Given {
  return answer.status === 200 ? { status: 200, type: ENVELOPE_TYPE, body: answer.bytes } : answer
}

export type ServiceSetting = {
  readonly me: string
  readonly door: Pick<Door, 'asNode'>
  readonly keys: EpochKeys
  readonly voprf: Voprf
  readonly members: Pick<Members, 'keyOf'>
  readonly signer: Signer
  /** Whether the directory lets a member compare with this node now. */
  readonly mayAsk: (peer: string) => boolean
  /** Elements a day, by its grant in the directory. */
  readonly limitOf: (peer: string) => number
  readonly now: () => number
  /** Told of the first refusal of each kind of a member on a day: somebody should look. */
  readonly alarm: (peer: string, code: string) => void
}

export function deconflictionRoutes(setting: ServiceSetting): readonly ExchangeRoute[] {
  const { me, door, keys, voprf, signer, now } = setting
  const trusted: Keys = { keyOf: (keyId) => setting.members.keyOf(keyId), check: checkEd25519 }
  return [
    {
      ...{ method: 'GET', path: OPRF_PATH, components: GET_COVERS, body: null, counts: 'proofs' },
      answer: async ({ peer, rest }) => givenOf(await tags(peer.id, `${OPRF_PATH}${rest}`)),
    },
    {
      ...{ method: 'POST', path: OPRF_PATH, components: POST_COVERS, counts: 'proofs' },
      body: { type: ENVELOPE_TYPE, most: MAX_ENVELOPE_BYTES },
      answer: async ({ peer, rest, body }) => givenOf(await evaluate(peer.id, `${OPRF_PATH}${rest}`, body)),
    },
  ]

  async function tags(peer: string, url: string): Promise<ServiceAnswer> {
    const [, number, from = '0'] = TAGS.exec(url) ?? []
    if (number === undefined) return nothingHere()
    const epoch = usable(Number(number))
    if (!epoch.ok) return { status: 422, refusal: epoch.refusal }
    if (!setting.mayAsk(peer)) return { status: 422, refusal: notAllowed(peer) }
    const publications = orStop(
      await door.asNode(async ({ records }) =>
        ok({ result: await publicationsOf(records, epoch.value.number), events: [] }),
      ),
    )
    const all = wholeOf(publications)
    const since = Number(from)
    if (all.length === 0 || since > all.length) return { status: 422, refusal: notYet() }
    const page = {
      ...{ v: 1 as const, from: me, to: peer, epoch: epoch.value.number, day: publications.at(-1)?.day ?? 0 },
      ...{ size: all.length, root: rootOfTags(all), since, tags: all.slice(since, since + TAGS_A_PAGE) },
    }
    return { status: 200, bytes: orStop(packStatement(tagsForm, page, [signer])) }
  }

  async function evaluate(peer: string, url: string, body: Uint8Array): Promise<ServiceAnswer> {
    const [, number] = EVALUATE.exec(url) ?? []
    if (number === undefined) return nothingHere()
    const opened = openStatement(questionForm, body, trusted)
    if (!opened.ok) return refused(peer, body, null, opened.refusal)
    const { value: question, digest } = opened.value
    const checked = checkQuestion(peer, Number(number), question)
    if (!checked.ok) return refused(peer, body, digest, checked.refusal)
    const paid = await pay(peer, digest, question)
    if (!paid.ok) return refused(peer, body, digest, paid.refusal)
    const key = keys.key(question.epoch)
    if (!key) return refused(peer, body, digest, wrongEpoch())
    const answered = orStop(voprf.evaluate(key, question.blinded.map(hexToBytes)))
    const answer = {
      ...{ v: 1 as const, from: me, to: peer, epoch: question.epoch, question: digest },
      ...{ evaluated: answered.elements.map(bytesToHex), proof: bytesToHex(answered.proof) },
      at: new Date(now()).toISOString(),
    }
    return { status: 200, bytes: orStop(packStatement(answerForm, answer, [signer])) }
  }

  function checkQuestion(
    peer: string,
    number: number,
    question: Pick<OprfQuestion, 'from' | 'to' | 'epoch' | 'blinded'>,
  ): Result<null> {
    if (question.from !== peer || question.to !== me || question.epoch !== number)
      return refuse('EXCHANGE_PEER', 'The question is of another agency, for another, or for another epoch.', {
        place: '/from',
        fix: 'Each agency asks its own questions, of whom they name.',
      })
    const epoch = usable(number)
    if (!epoch.ok) return epoch
    if (!setting.mayAsk(peer)) return { ok: false, refusal: notAllowed(peer) }
    const at = question.blinded.findIndex((element) => !voprf.isPublicKey(hexToBytes(element)))
    if (at >= 0)
      return refuse('VOPRF_ELEMENT', `Element ${at} is not an element of ristretto255 in its one form.`, {
        place: `/blinded/${at}`,
        fix: 'Ask for the batch again, and tell its sender.',
      })
    return ok(null)
  }

  /** One transaction: whether the budget allows it, that it is no repetition, and what remains. */
  async function pay(
    peer: string,
    digest: string,
    { epoch, caseCommit, caseSize, blinded }: Pick<OprfQuestion, 'epoch' | 'caseCommit' | 'caseSize' | 'blinded'>,
  ): Promise<Result<null>> {
    return door.asNode<null>(async ({ sql, records, now: at }) => {
      await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`deconfliction ${peer}`])
      if (await records.get(ANSWERED, digest))
        return refuse('EXCHANGE_DECONFLICTION_REPEATED', 'This very question was answered before.', {
          place: digest,
          fix: 'Blind the batch anew, and ask again.',
        })
      const before = await records.get<Spent>(SPENT, peer)
      const spent = spend(before?.body ?? null, Math.floor(at / DAY), blinded.length, setting.limitOf(peer))
      if (!spent.ok) return spent
      await records.put<Spent>(SPENT, peer, spent.value, { caseId: null, seen: before?.version ?? 0 })
      const body = { peer, epoch, elements: blinded.length, caseCommit, caseSize, question: digest }
      await records.put(ANSWERED, digest, body, { caseId: null, seen: 0 })
      const event = { name: 'deconfliction.batch.answered', of: ANSWERED, id: digest, caseId: null, body }
      return ok({ result: null, events: [event] })
    })
  }

  /** Journalled each time; of the first of a kind on a day the question itself is kept, as evidence, and somebody is told. */
  async function refused(
    peer: string,
    body: Uint8Array,
    digest: string | null,
    refusal: Refusal,
  ): Promise<ServiceAnswer> {
    const day = Math.floor(now() / DAY)
    const id = `${peer}/${day}/${refusal.code}`
    const isFirst = orStop(
      await door.asNode<boolean>(async ({ sql, records }) => {
        await sql.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`deconfliction ${peer}`])
        const first = (await records.get(REFUSED, id)) === null
        const said = { peer, code: refusal.code, question: digest ?? bytesToHex(sha256(body)) }
        if (first) await records.put(REFUSED, id, { ...said, bytes: bytesToBase64(body) }, { caseId: null, seen: 0 })
        const event = { name: 'deconfliction.batch.refused', of: REFUSED, id, caseId: null, body: said }
        return ok({ result: first, events: [event] })
      }),
    )
    if (isFirst) setting.alarm(peer, refusal.code)
    return { status: refusal.code === 'EXCHANGE_DECONFLICTION_BUDGET' ? 429 : 422, refusal }
  }

  function usable(number: number): Result<{ readonly number: number }> {
    const epoch = epochAt(keys.list(), now())
    return epoch?.number === number ? ok(epoch) : { ok: false, refusal: wrongEpoch() }
  }
}

function wrongEpoch(): Refusal {
  return {
    code: 'EXCHANGE_DECONFLICTION_EPOCH',
    message: 'This is not the epoch that runs here.',
    place: 'epoch',
    fix: 'Ask for the epoch that the directory names for now.',
  }
}

function notAllowed(peer: string): Refusal {
  return {
    code: 'EXCHANGE_SCOPE',
    message: `The directory does not let ${peer} compare with this node now.`,
    fix: 'Ask those who keep the directory for the scope.',
  }
}

function notYet(): Refusal {
  return {
    code: 'EXCHANGE_DECONFLICTION_NOT_YET',
    message: 'No tags are published here yet, or not so many.',
    place: 'since',
    fix: 'Ask again later.',
  }
}

function nothingHere(): ServiceAnswer {
  return {
    status: 404,
    refusal: { code: 'ACTION_UNKNOWN', message: 'There is nothing here.', fix: 'See docs/spec/exchange.md.' },
  }
}
