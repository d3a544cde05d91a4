/**
 * How much one member may ask another in a day. Every element counts, dummies too. With 2,000 a day, trying 10^9 addresses
 * takes more than 1,300 years: the limit, not the cryptography, is what keeps a watch set from being guessed.
 */
import { ok, type Result, refuse } from '../../kernel/index.ts'

export const ELEMENTS_A_DAY = 2000

/** What one member has asked; `day`: days since 1970, UTC. Kept for each member, and changed in one transaction with the answer. */
export type Spent = { readonly day: number; readonly elements: number }

/** The new state, or a refusal that leaves the old one. A clock that goes back gives nobody a second day. */
export function spend(
  spent: Spent | null,
  day: number,
  elements: number,
  limit: number = ELEMENTS_A_DAY,
): Result<Spent> {
  if (!Number.isSafeInteger(elements) || elements < 1) throw new RangeError(`no number of elements: ${elements}`)
  const today = spent === null || day > spent.day ? { day, elements: 0 } : spent
  if (today.elements + elements > limit)
    return refuse('EXCHANGE_DECONFLICTION_BUDGET', `${elements} elements more would be above ${limit} a day.`, {
      place: `${today.elements} asked`,
      fix: 'Ask again tomorrow, the most important items first.',
    })
  return ok({ day: today.day, elements: today.elements + elements })
}

/** What was used at this moment, and when it counts anew: days are those of UTC. */
export function usedOn(spent: Spent | null, day: number): number {
  return spent !== null && spent.day >= day ? spent.elements : 0
}

/** Whole years in which so many items could be tried. */
export function yearsToTry(items: number, limit: number = ELEMENTS_A_DAY): number {
  return Math.floor(items / limit / 365.25)
}
