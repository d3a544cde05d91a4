/** What a marking must say to be kept, and who may loosen it. */
import { type Marking, ok, type Result, refuse } from '../kernel/index.ts'

const TLP_ORDER = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const

/** An item that only its audience may see and that has none could be seen by nobody, not even by who wrote it. */
export function checkMarking(marking: Marking): Result<null> {
  const needsAudience = marking.tlp === 'red' || marking.needToKnow || marking.protectedPerson
  if (needsAudience && marking.audience.length === 0)
    return refuse('MARKING_AUDIENCE', 'A red, need-to-know or protected item names nobody who may see it.', {
      place: '/marking/audience',
      fix: 'Name everybody who may see it, yourself among them if you must.',
    })
  return ok(null)
}

/** Only the source of an item may widen its use (TLP 2.0, FIRST); anybody who may change the item may narrow it. */
export function checkRemarking(before: Marking, after: Marking, mayLoosen: boolean): Result<null> {
  const valid = checkMarking(after)
  if (!valid.ok || mayLoosen || !loosens(before, after)) return valid
  return refuse('MARKING_LOOSENED', 'Only the author of an item may mark it for wider use.', {
    place: '/marking',
    fix: 'Ask the author of the item.',
  })
}

export function loosens(before: Marking, after: Marking): boolean {
  const wider =
    TLP_ORDER.indexOf(after.tlp) < TLP_ORDER.indexOf(before.tlp) ||
    (before.needToKnow && !after.needToKnow) ||
    (before.protectedPerson && !after.protectedPerson) ||
    (!before.onwardUse && after.onwardUse) ||
    (before.handling !== undefined && after.handling !== before.handling)
  return wider || after.audience.some((person) => !before.audience.includes(person))
}
