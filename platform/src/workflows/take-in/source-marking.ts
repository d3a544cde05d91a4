/**
 * The marking of a package as the marking of an item here: never weaker than what its source said. What the case has no word
 * for becomes stricter, not looser: a seal becomes need-to-know, red is for who took it in.
 */
import type { Marking as PackageMarking } from '../../evidence/formats/index.ts'
import type { Marking } from '../../kernel/index.ts'

/** Stands for a handling code that cannot be written here: the source file has it. */
const SEE_SOURCE = 'SEE SOURCE'
const HANDLING = /^[A-Z0-9() -]{1,40}$/

export function sourceMarking(source: PackageMarking, actor: string): Marking {
  const named = source.tlp === 'red' || source.sealed
  const code = source.handlingCode
  return {
    tlp: source.tlp,
    audience: named ? [actor] : [],
    needToKnow: source.sealed,
    protectedPerson: false,
    // Onward use here is use beyond the purposes of the case.
    onwardUse: source.onwardUse === 'yes' && source.purposes.length === 0,
    ...(code === null ? {} : { handling: HANDLING.test(code) ? code : SEE_SOURCE }),
  }
}

/** Why an item may not be used in a case of these purposes; `null` where it may. */
export function purposeFlaw({ purposes }: PackageMarking, serves: readonly string[]): string | null {
  if (purposes.length === 0 || serves.every((one) => purposes.includes(one))) return null
  return `its source allows it for ${purposes.join(', ')} only, and the case serves ${serves.join(', ')}`
}

const order = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const

/** What two markings both allow. `actor` is left where nobody is in both audiences. */
export function stricter(a: Marking, b: Marking, actor: string): Marking {
  const handling =
    a.handling === undefined || a.handling === b.handling ? b.handling : b.handling ? SEE_SOURCE : a.handling
  return {
    tlp: order.indexOf(a.tlp) > order.indexOf(b.tlp) ? a.tlp : b.tlp,
    audience: audienceOfBoth(a.audience, b.audience, actor),
    needToKnow: a.needToKnow || b.needToKnow,
    protectedPerson: a.protectedPerson || b.protectedPerson,
    onwardUse: a.onwardUse && b.onwardUse,
    ...(handling === undefined ? {} : { handling }),
  }
}

/** A marking without an audience is for all who work on the case. */
function audienceOfBoth(a: readonly string[], b: readonly string[], actor: string): string[] {
  if (a.length === 0 || b.length === 0) return [...(a.length === 0 ? b : a)]
  const both = a.filter((one) => b.includes(one))
  return both.length === 0 ? [actor] : both
}
