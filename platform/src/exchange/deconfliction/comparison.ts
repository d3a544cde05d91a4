/** What is kept of a comparison: what was asked for whom, what each partner's answer came to, and what was found in common. */
import { type Static, Type } from '@sinclair/typebox'
import { closed, Digest, Id, Instant, nullable, oneOf, Version } from '../../casework/index.ts'
import { bytesToHex, hexToBytes, Marking } from '../../kernel/index.ts'
import { AgencyId } from '../wire/index.ts'
import { BATCH, type Question } from './batches.ts'
import type { Item } from './item.ts'
import type { WatchCommitment } from './watch-commitment.ts'

export const COMPARISON = 'comparison'
export const ANSWER = 'comparison-answer'
export const HIT = 'partner-hit'
/** What of the budget at a partner this agency has used, by the id of the partner: counted here, of what was answered. */
export const ASKED = 'deconfliction-asked'

const Hex = Type.String({ pattern: '^([0-9a-f]{2})*$' })

/** The leaves stand in the order of the questions: batch after batch, dummies among them. */
export const ComparisonBody = closed({
  caseCommit: Digest,
  leaves: Type.Array(closed({ input: Hex, item: nullable(Type.String()), salt: Hex })),
  request: nullable(Id),
  peers: Type.Array(AgencyId),
  marking: Marking,
  author: Id,
})
export type ComparisonBody = Static<typeof ComparisonBody>

export const answerStates = ['asking', 'nothing', 'hit', 'failed', 'unanswered'] as const

export const AnswerBody = closed({
  comparison: Id,
  peer: AgencyId,
  run: Digest,
  state: oneOf(
    answerStates,
    'asking: not all is answered yet. nothing or hit: what came of it. failed: what came cannot be relied on, or was refused. unanswered: no answer came in time.',
  ),
  /** Batches that are answered, of so many. */
  done: Type.Integer(),
  of: Type.Integer(),
  hits: Type.Integer(),
  /** Why it has failed, or what the last attempt came to. */
  code: nullable(Type.String()),
  /** What the partner had published when it was last compared, and the digests of questions and answers. */
  tags: nullable(closed({ epoch: Type.Integer(), day: Type.Integer(), size: Type.Integer(), root: Digest })),
  said: Type.Array(closed({ question: Digest, answer: Digest })),
  until: Instant,
  marking: Marking,
  author: Id,
})
export type AnswerBody = Static<typeof AnswerBody>

/** Known to the asking side alone. The author is who asked: somebody else decides whether the partner is told. */
export const HitBody = closed({
  comparison: Id,
  peer: AgencyId,
  item: Type.String({ description: 'Chain and address.' }),
  epoch: Type.Integer(),
  run: Digest,
  handle: Digest,
  marking: Marking,
  author: Id,
})
export type HitBody = Static<typeof HitBody>

export const AnswerView = closed({
  id: Id,
  version: Version,
  peer: AgencyId,
  state: AnswerBody.properties.state,
  done: Type.Integer(),
  of: Type.Integer(),
  code: nullable(Type.String()),
  hits: Type.Array(closed({ id: Id, item: Type.String() }), {
    description:
      'What both are after; nobody but your side knows, until somebody else of your side contacts the partner.',
  }),
})

/** The questions of a kept comparison, as they were committed to. */
export function questionsOf({ leaves }: ComparisonBody): readonly (readonly Question[])[] {
  const questions = leaves.map(({ item, input }): Question => ({ item: item as Item | null, input: hexToBytes(input) }))
  return Array.from({ length: questions.length / BATCH }, (_, at) => questions.slice(at * BATCH, (at + 1) * BATCH))
}

export function commitmentOf({ caseCommit, leaves }: ComparisonBody, caseId: string): WatchCommitment {
  return {
    root: hexToBytes(caseCommit),
    leaves: leaves.map(({ input, item, salt }) => ({
      input: hexToBytes(input),
      caseRef: item === null ? null : caseId,
      salt: hexToBytes(salt),
    })),
  }
}

export function leavesOf({ leaves }: WatchCommitment, questions: readonly Question[]): ComparisonBody['leaves'] {
  return leaves.map(({ input, salt }, at) => ({
    input: bytesToHex(input),
    item: questions[at]?.item ?? null,
    salt: bytesToHex(salt),
  }))
}
