/**
 * Orders that cannot all be carried out: which kind of conflict it is, what is to be done next, and until when. Pure. What counts
 * as one, in which order it is gone about and on whose authority stands in packs/conflicts.yaml.
 */
import { type Static, Type } from '@sinclair/typebox'
import { Marking } from '../kernel/index.ts'
import { closed, Digest, Id, Instant, nullable, oneOf, text } from './fields.ts'
import type { ConflictKind } from './ports.ts'
import { type Measure, measures } from './vocabulary.ts'

export const ORDER_CONFLICT = 'order-conflict'
export const conflictSteps = ['consult', 'decide', 'tell'] as const
export type ConflictStep = (typeof conflictSteps)[number]

export const ConflictOrder = closed({
  kind: oneOf(['request', 'order', 'told'], 'told: a partner says so.'),
  /** Null where it is of another case of this node, or of somebody else. */
  id: nullable(Id),
  measure: nullable(oneOf(measures, 'What it wants.')),
  party: nullable(text(300, 'Whose order it is, where it may be named.')),
  /** The exchange in which this party asked us: there it is told of the decision. */
  exchange: nullable(closed({ id: Digest, peer: Type.String() })),
})
export type ConflictOrder = Static<typeof ConflictOrder>

export const OrderConflictBody = closed({
  kind: Type.String({ description: 'Which conflict it is, by its id in packs/conflicts.yaml.' }),
  about: Type.String({ description: 'The asset, or in words what it is about.' }),
  article: Type.String(),
  verified: Type.String(),
  criteria: Type.Array(Type.String()),
  orders: Type.Array(ConflictOrder),
  state: oneOf([...conflictSteps, 'closed'], 'The step that is due.'),
  since: Instant,
  due: nullable(Instant),
  /** Of the step that is due: what must be done, and who says by when. */
  step: nullable(closed({ duty: Type.String(), article: Type.String(), verified: Type.String() })),
  taken: Type.Array(
    closed({
      step: oneOf([...conflictSteps, 'closed'], 'What was done.'),
      by: Type.String(),
      at: Instant,
      text: Type.String(),
    }),
  ),
  decision: nullable(closed({ prevails: nullable(Type.Integer()), text: Type.String() })),
  marking: Marking,
  author: Type.String(),
})
export type OrderConflictBody = Static<typeof OrderConflictBody>

export type Wanting = { readonly measure: Measure; readonly caseId: string; readonly party: string | null }

/** The first kind that fits; the order of the two does not matter. */
export function conflictBetween(kinds: readonly ConflictKind[], a: Wanting, b: Wanting): ConflictKind | null {
  // One authority that freezes first and gives back then goes its own way.
  const isOneWay = a.caseId === b.caseId && a.party === b.party
  const fits = ({ one, other }: ConflictKind['pairs'][number]) =>
    (one.includes(a.measure) && other.includes(b.measure)) || (one.includes(b.measure) && other.includes(a.measure))
  return kinds.find(({ pairs, withinCase }) => (withinCase || !isOneWay) && pairs.some(fits)) ?? null
}

const HOURS = { h: 1, cd: 24 } as const

/** The step that is due from `now` on; `from`: the step that was done last, null at the beginning. */
export function nextStep(
  { steps }: Pick<ConflictKind, 'steps'>,
  from: ConflictStep | null,
  now: string,
): Pick<OrderConflictBody, 'state' | 'due' | 'step' | 'since'> {
  const after = from === null ? conflictSteps : conflictSteps.slice(conflictSteps.indexOf(from) + 1)
  for (const name of after) {
    const found = steps.find(({ step }) => step === name)
    if (!found) continue
    const { duty, amount, unit, article, verified } = found
    const due = new Date(Date.parse(now) + amount * HOURS[unit] * 3_600_000).toISOString()
    return { state: name, since: now, due, step: { duty, article, verified } }
  }
  return { state: 'closed', since: now, due: null, step: null }
}

export function newConflict(
  kind: ConflictKind,
  facts: Pick<OrderConflictBody, 'about' | 'orders' | 'marking' | 'author'>,
  now: string,
): OrderConflictBody {
  const { id, article, verified, criteria } = kind
  return {
    ...{ kind: id, article, verified, criteria: [...criteria], taken: [], decision: null },
    ...facts,
    ...nextStep(kind, null, now),
  }
}
