/** What can be done with a request of ours in its state: the acts of its table, and what each asks of whoever does it. */
import {
  actsFrom,
  nextState,
  type RequestAct,
  type RequestState,
} from '../../../platform/src/casework/request-states.ts'
import type { InputOf } from '../shared/node/node.tsx'

export type ActMethod =
  | 'requestAcknowledged'
  | 'requestReferred'
  | 'requestTakenOver'
  | 'requestAskedBack'
  | 'requestSupplemented'
  | 'requestPostponed'
  | 'requestImpossible'
  | 'requestRevived'
  | 'requestPartially'
  | 'requestExecuted'
  | 'requestExtend'
  | 'requestRefused'
  | 'requestWithdraw'
  | 'requestLift'

export type Asked = 'times' | 'forwarded' | 'competent' | 'to' | 'reason' | 'ground' | 'secured' | 'until'
export type ActKind = {
  readonly act: Exclude<RequestAct, 'submit' | 'change' | 'release' | 'accept' | 'report' | 'hand-back'>
  readonly method: ActMethod
  readonly asks: readonly Asked[]
  /** The group of codes from which a ground is chosen. */
  readonly grounds?: 'refusal' | 'postponement' | 'impossibility'
  /** Ours, or what they have said. */
  readonly by: 'us' | 'them'
}

const acts: readonly ActKind[] = [
  { act: 'acknowledge', method: 'requestAcknowledged', asks: ['times'], by: 'them' },
  { act: 'refer', method: 'requestReferred', asks: ['to', 'forwarded', 'reason'], by: 'them' },
  { act: 'take-over', method: 'requestTakenOver', asks: ['competent'], by: 'them' },
  { act: 'ask-back', method: 'requestAskedBack', asks: ['reason'], by: 'them' },
  { act: 'supplement', method: 'requestSupplemented', asks: ['reason'], by: 'them' },
  { act: 'execute', method: 'requestExecuted', asks: ['secured', 'reason'], by: 'them' },
  { act: 'execute-partially', method: 'requestPartially', asks: ['secured', 'reason'], by: 'them' },
  { act: 'postpone', method: 'requestPostponed', asks: ['ground', 'reason'], grounds: 'postponement', by: 'them' },
  {
    act: 'find-impossible',
    method: 'requestImpossible',
    asks: ['ground', 'reason'],
    grounds: 'impossibility',
    by: 'them',
  },
  { act: 'revive', method: 'requestRevived', asks: ['reason'], by: 'them' },
  { act: 'refuse', method: 'requestRefused', asks: ['ground', 'reason'], grounds: 'refusal', by: 'them' },
  { act: 'extend', method: 'requestExtend', asks: ['until', 'reason'], by: 'us' },
  { act: 'lift', method: 'requestLift', asks: ['reason'], by: 'us' },
  { act: 'withdraw', method: 'requestWithdraw', asks: ['reason'], by: 'us' },
]

export function actsIn(state: string): readonly ActKind[] {
  const possible = actsFrom(state as RequestState)
  return acts.filter(({ act }) => possible.includes(act))
}

/** Where it stands afterwards. Receipt by a node alone, or being on its way, is no receipt by those who are competent. */
export function stateAfter(state: string, { act }: ActKind, given: Given): string {
  if (act === 'acknowledge' && given.competent === '') return state
  return nextState(state as RequestState, act) ?? state
}

export type Given = {
  readonly node: string
  readonly competent: string
  readonly forwarded: string
  readonly authority: string
  readonly country: string
  readonly reason: string
  readonly ground: string
  readonly until: string
  readonly secured: readonly { readonly chain: string; readonly address: string; readonly amount: string | null }[]
}

/** As the node takes it: only what the act asks for. */
export function inputOf({ asks }: ActKind, id: string, seen: number, given: Given): InputOf<ActMethod> {
  const instant = (local: string) => new Date(local).toISOString()
  const when = (name: string, local: string) => (local === '' ? {} : { [name]: instant(local) })
  const parts: Readonly<Record<Asked, () => object>> = {
    times: () => ({
      ...when('receivedByNodeAt', given.node),
      ...when('receivedByCompetentAt', given.competent),
      ...when('forwardedAt', given.forwarded),
    }),
    forwarded: () => when('forwardedAt', given.forwarded),
    competent: () => when('receivedByCompetentAt', given.competent),
    to: () => ({ to: { authority: given.authority, country: given.country, role: 'to' } }),
    reason: () => ({ reason: given.reason }),
    ground: () => ({ code: given.ground }),
    until: () => when('until', given.until),
    secured: () => ({
      secured: given.secured.flatMap(({ chain, address, amount }) =>
        amount === null ? [] : [{ chain, address, amount }],
      ),
    }),
  }
  return Object.assign({ id, seen }, ...asks.map((one) => parts[one]())) as InputOf<ActMethod>
}

/** What is still empty of what the act asks for. */
export function missingIn({ asks }: ActKind, given: Given): readonly Asked[] {
  return asks.filter((one) => {
    switch (one) {
      case 'times':
        return given.node === '' && given.competent === '' && given.forwarded === ''
      case 'to':
        return given.authority.trim() === '' || given.country === ''
      case 'secured':
        return false
      default:
        return given[one].trim() === ''
    }
  })
}
