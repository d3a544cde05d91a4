/** What can be done about a request of others, from the table of the room `casework`; what each act needs, and what it tells the sender. */
import type { RequestAct, RequestState } from '../../../platform/src/casework/index.ts'

export type AnswerAct = {
  readonly act: RequestAct
  readonly method:
    | 'requestAcknowledge'
    | 'requestAccept'
    | 'requestRefuse'
    | 'requestPostpone'
    | 'requestAskMore'
    | 'requestSupplied'
    | 'requestFindImpossible'
    | 'requestRevive'
    | 'requestExecute'
    | 'requestExecutePartially'
    | 'requestReport'
    | 'requestProlonged'
    | 'requestLifted'
    | 'requestWithdrawn'
    | 'requestHandBack'
  readonly grounds?: 'refusal' | 'postponement' | 'impossibility'
  readonly needs?: 'received' | 'secured'
  readonly until?: 'must-be' | 'may-be'
  /** It tells the sender nothing yet, or records what the sender has said. */
  readonly isSilent?: true
  readonly isGrave?: true
}

/** In the order in which they usually come: the first that is possible is what is expected next. */
export const answerActs: readonly AnswerAct[] = [
  { act: 'acknowledge', method: 'requestAcknowledge', needs: 'received' },
  { act: 'accept', method: 'requestAccept' },
  { act: 'execute', method: 'requestExecute', needs: 'secured', until: 'may-be', isSilent: true },
  { act: 'report', method: 'requestReport' },
  { act: 'execute-partially', method: 'requestExecutePartially', needs: 'secured', until: 'may-be', isSilent: true },
  { act: 'supplement', method: 'requestSupplied', isSilent: true },
  { act: 'ask-back', method: 'requestAskMore' },
  { act: 'postpone', method: 'requestPostpone', grounds: 'postponement' },
  { act: 'find-impossible', method: 'requestFindImpossible', grounds: 'impossibility' },
  { act: 'revive', method: 'requestRevive' },
  { act: 'refuse', method: 'requestRefuse', grounds: 'refusal', isGrave: true },
  { act: 'extend', method: 'requestProlonged', until: 'must-be' },
  { act: 'lift', method: 'requestLifted', isGrave: true },
  { act: 'withdraw', method: 'requestWithdrawn', isSilent: true },
  { act: 'hand-back', method: 'requestHandBack', isGrave: true },
]

/** Whether an answer is still to come: once it was reported that it was done, what may follow is not waited for. */
export function expectsAnswer(state: RequestState): boolean {
  return state !== 'reported' && state !== 'extended'
}

type Steps = Readonly<Partial<Record<RequestAct, { readonly from: readonly RequestState[] }>>>

/** Those that the table lets follow on this state; what was carried out is first reported, and only then carried out again. */
export function possibleActs(state: RequestState, steps: Steps): readonly AnswerAct[] {
  const possible = answerActs.filter(({ act }) => steps[act]?.from.includes(state))
  const isDone = state === 'executed' || state === 'partially-executed'
  return isDone ? [...possible].sort((a, b) => Number(b.act === 'report') - Number(a.act === 'report')) : possible
}
