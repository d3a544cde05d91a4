/**
 * The marking of an item of a case as the marking of a package. A case marks for its own people; a package is for others, so
 * that what the case keeps to certain people becomes what goes to nobody. Nothing becomes wider than it was.
 */
import { COMITY_NAMESPACE, type Marking as PackageMarking, uuidV5 } from '../../evidence/formats/index.ts'
import { canonicalJson, type Json, type Marking } from '../../kernel/index.ts'

export type MarkedItem = {
  readonly marking: Marking
  /** The policies let it leave the house. */
  readonly leaves: boolean
  readonly received: boolean
}

export type MarkingFacts = {
  /** Purposes of the case. */
  readonly purposes: readonly string[]
  readonly sealed: boolean
  /** For whom it is handed out. */
  readonly members: readonly string[]
}

/**
 * Need-to-know items and protected persons are for named people of this node (`audience`); no outside audience is among
 * them. Third-party rule (TLP 2.0; FIRST): what somebody else gave goes on only where the giver allowed onward use.
 */
export function packageMarking(item: MarkedItem, { purposes, sealed, members }: MarkingFacts): PackageMarking {
  const { marking } = item
  const closed = !item.leaves || marking.needToKnow || marking.protectedPerson || (item.received && !marking.onwardUse)
  const content = {
    tlp: closed ? ('red' as const) : marking.tlp,
    // In a case, onward use is use beyond its purposes.
    purposes: marking.onwardUse ? [] : [...purposes],
    onwardUse: marking.onwardUse ? ('yes' as const) : item.received ? ('no' as const) : ('ask' as const),
    handlingCode: marking.handling ?? null,
    // To hand out is to name those to whom it goes. Red and amber+strict items are never handed out, so name nobody.
    recipients: !closed && (marking.tlp === 'amber' || marking.tlp === 'green') ? [...members] : [],
    sealed,
  }
  return { id: uuidV5(COMITY_NAMESPACE, `marking ${canonicalJson(content as unknown as Json)}`), ...content }
}
