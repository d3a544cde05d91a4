/**
 * The life of a request, as a table: from which states an act may be done, and to which it leads. Nothing else is possible.
 *
 * Articles: Reg. (EU) 2018/1805 arts 8, 10, 12, 13, 27 (refusal, postponement, duration, impossibility, withdrawal); UNCAC
 * art. 46(24)-(26); Budapest Convention art. 27(5)-(7).
 */

import { impossibilities, postponementGrounds, refusalGrounds } from './vocabulary.ts'

export const requestStates = [
  'draft',
  /** Its content is fixed; it waits for approvals. */
  'submitted',
  'released',
  /** The authority that is competent has it. */
  'acknowledged',
  /** It was passed on, and nobody has confirmed yet: it stays open here. */
  'referred',
  'asked-back',
  'postponed',
  /** Recognised, and cannot be carried out for now (Reg. 2018/1805 art. 13). */
  'impossible',
  'partially-executed',
  'executed',
  'extended',
  'refused',
  'withdrawn',
  'lifted',
] as const
export type RequestState = (typeof requestStates)[number]

export const requestActs = [
  'submit',
  'change',
  'release',
  'acknowledge',
  'refer',
  'take-over',
  'ask-back',
  'supplement',
  'postpone',
  'find-impossible',
  'revive',
  'execute-partially',
  'execute',
  'extend',
  'refuse',
  'withdraw',
  'lift',
] as const
export type RequestAct = (typeof requestActs)[number]

const WITH_THEM = ['released', 'acknowledged', 'asked-back', 'postponed', 'impossible', 'partially-executed'] as const
const DONE = ['partially-executed', 'executed', 'extended'] as const

export const transitions: Readonly<
  Record<RequestAct, { readonly from: readonly RequestState[]; readonly to: RequestState }>
> = {
  submit: { from: ['draft'], to: 'submitted' },
  // What is changed is another request: it needs other approvals.
  change: { from: ['draft', 'submitted'], to: 'draft' },
  release: { from: ['submitted'], to: 'released' },
  acknowledge: { from: ['released'], to: 'acknowledged' },
  refer: { from: WITH_THEM, to: 'referred' },
  'take-over': { from: ['referred'], to: 'acknowledged' },
  'ask-back': { from: WITH_THEM, to: 'asked-back' },
  supplement: { from: ['asked-back'], to: 'acknowledged' },
  postpone: { from: WITH_THEM, to: 'postponed' },
  'find-impossible': { from: WITH_THEM, to: 'impossible' },
  // Without a new certificate, after the check that it still holds (Reg. 2018/1805 arts 13(4), 22(4)).
  revive: { from: ['impossible'], to: 'acknowledged' },
  'execute-partially': { from: ['released', 'acknowledged', 'postponed', 'impossible'], to: 'partially-executed' },
  execute: { from: ['released', 'acknowledged', 'postponed', 'impossible', 'partially-executed'], to: 'executed' },
  extend: { from: DONE, to: 'extended' },
  refuse: { from: ['released', 'acknowledged', 'asked-back', 'postponed', 'impossible'], to: 'refused' },
  withdraw: {
    from: ['draft', 'submitted', 'released', 'acknowledged', 'referred', 'asked-back', 'postponed', 'impossible'],
    to: 'withdrawn',
  },
  lift: { from: DONE, to: 'lifted' },
}

/** The state after the act; `null`: the act is not possible. */
export function nextState(state: RequestState, act: RequestAct): RequestState | null {
  const { from, to } = transitions[act]
  return from.includes(state) ? to : null
}

export function actsFrom(state: RequestState): readonly RequestAct[] {
  return requestActs.filter((act) => transitions[act].from.includes(state))
}

/** Whether another authority has it, or has been told to expect it: somebody here must watch it. */
export function isOpenState(state: RequestState): boolean {
  return [
    'released',
    'acknowledged',
    'referred',
    'asked-back',
    'postponed',
    'impossible',
    'partially-executed',
  ].includes(state)
}

/** Whether the request still wants something done about its assets. */
export function isAlive(state: RequestState): boolean {
  return !['refused', 'withdrawn', 'lifted'].includes(state)
}

/** Whether its content is out of the house: it belongs to the file of another authority too. */
export function isOut(state: RequestState): boolean {
  return !['draft', 'submitted'].includes(state)
}

/** Codes that an act may give as its reason; an act that is not here takes words only. */
export const reasonCodes: Readonly<Partial<Record<RequestAct, readonly string[]>>> = {
  refuse: refusalGrounds,
  postpone: postponementGrounds,
  'find-impossible': impossibilities,
}
