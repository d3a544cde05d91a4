/**
 * The life of a request, as a table: from which states an act may be done, and to which it leads. Nothing else is possible.
 * There are two columns: `out`, what we ask and others answer, and `in`, what others ask and we answer. The states and the acts
 * are the same words in both; who does them is not.
 *
 * Articles: Reg. (EU) 2018/1805 arts 8, 10, 12, 13, 27 (refusal, postponement, duration, impossibility, withdrawal); UNCAC
 * art. 46(24)-(26); Budapest Convention art. 27(5)-(7).
 */

import { impossibilities, postponementGrounds, refusalGrounds } from './vocabulary.ts'

export const directions = ['out', 'in'] as const
export type Direction = (typeof directions)[number]

export const requestStates = [
  'draft',
  /** Its content is fixed; it waits for approvals. */
  'submitted',
  'released',
  /** Of others: on record here; they have not been told yet. */
  'received',
  /** The authority that is competent has it. */
  'acknowledged',
  /** It was passed on, and nobody has confirmed yet: it stays open here. */
  'referred',
  'asked-back',
  /** Of others: recognised here, and to be carried out. */
  'accepted',
  'postponed',
  /** Recognised, and cannot be carried out for now (Reg. 2018/1805 art. 13). */
  'impossible',
  'partially-executed',
  'executed',
  /** Of others: carried out, and they have been told what was secured. */
  'reported',
  'extended',
  'refused',
  'withdrawn',
  'lifted',
  /** Of others: given back, and nothing stays in force here. */
  'handed-back',
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
  'accept',
  'postpone',
  'find-impossible',
  'revive',
  'execute-partially',
  'execute',
  'report',
  'extend',
  'refuse',
  'withdraw',
  'lift',
  'hand-back',
] as const
export type RequestAct = (typeof requestActs)[number]

const WITH_THEM = ['released', 'acknowledged', 'asked-back', 'postponed', 'impossible', 'partially-executed'] as const
const DONE = ['partially-executed', 'executed', 'extended'] as const

type Step = { readonly from: readonly RequestState[]; readonly to: RequestState }
export type Steps = Readonly<Partial<Record<RequestAct, Step>>>

const out: Steps = {
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

/** Not answered yet: they may still take it back, and we may still ask. */
const WITH_US = ['received', 'acknowledged', 'asked-back', 'postponed'] as const
const IN_FORCE = ['partially-executed', 'executed', 'reported', 'extended'] as const

const incoming: Steps = {
  acknowledge: { from: ['received'], to: 'acknowledged' },
  'ask-back': { from: WITH_US, to: 'asked-back' },
  supplement: { from: ['asked-back'], to: 'acknowledged' },
  // Recognition first, execution then (Reg. 2018/1805 arts 7(1), 18(1)); what is not acknowledged was read by nobody competent.
  accept: { from: ['acknowledged', 'asked-back', 'postponed'], to: 'accepted' },
  postpone: { from: ['acknowledged', 'asked-back', 'accepted', 'postponed'], to: 'postponed' },
  'find-impossible': { from: ['accepted', 'postponed', 'impossible'], to: 'impossible' },
  revive: { from: ['impossible'], to: 'accepted' },
  'execute-partially': { from: ['accepted', 'partially-executed', 'reported'], to: 'partially-executed' },
  execute: { from: ['accepted', 'partially-executed', 'reported'], to: 'executed' },
  report: { from: IN_FORCE, to: 'reported' },
  extend: { from: IN_FORCE, to: 'extended' },
  refuse: { from: [...WITH_US, 'impossible'], to: 'refused' },
  withdraw: { from: [...WITH_US, 'accepted', 'impossible'], to: 'withdrawn' },
  lift: { from: IN_FORCE, to: 'lifted' },
  'hand-back': {
    from: ['received', 'acknowledged', 'asked-back', 'impossible', 'refused', 'withdrawn', 'lifted'],
    to: 'handed-back',
  },
}

export const transitions: Readonly<Record<Direction, Steps>> = { out, in: incoming }

/** The state after the act; `null`: the act is not possible. */
export function nextState(state: RequestState, act: RequestAct, direction: Direction = 'out'): RequestState | null {
  const step = transitions[direction][act]
  return step?.from.includes(state) ? step.to : null
}

export function actsFrom(state: RequestState, direction: Direction = 'out'): readonly RequestAct[] {
  return requestActs.filter((act) => nextState(state, act, direction) !== null)
}

const OPEN: Readonly<Record<Direction, readonly RequestState[]>> = {
  out: ['released', 'acknowledged', 'referred', 'asked-back', 'postponed', 'impossible', 'partially-executed'],
  // What was carried out and not reported still has an answer to come.
  in: [...WITH_US, 'accepted', 'impossible', 'partially-executed', 'executed'],
}

/** Whether the one has it and the other waits: somebody here must watch it. */
export function isOpenState(state: RequestState, direction: Direction = 'out'): boolean {
  return OPEN[direction].includes(state)
}

/** Whether the request still wants something done about its assets. */
export function isAlive(state: RequestState): boolean {
  return !['refused', 'withdrawn', 'lifted', 'handed-back'].includes(state)
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
