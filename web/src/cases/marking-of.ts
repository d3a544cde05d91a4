/** Markings as the forms of the app state them. */
export const levels = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const
export type Tlp = (typeof levels)[number]

export type Marking = {
  readonly tlp: Tlp
  readonly audience: readonly string[]
  readonly needToKnow: boolean
  readonly protectedPerson: boolean
  readonly onwardUse: boolean
  readonly handling?: string
}
const plain: Marking = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false }

/** `before`: the marking that is changed. An empty audience of what is red is nobody: then it is for its author. */
export function markingOf(tlp: Tlp, author: string, before: Marking = plain): Marking {
  const isForNobody = tlp === 'red' && before.audience.length === 0
  return { ...before, tlp, audience: isForNobody ? [author] : before.audience }
}
