/** How something that is about several messages is marked: as the narrowest of them, and no wider than amber. Pure. */
import type { MessageShowResult } from '../shared/api.ts'

export type Marking = MessageShowResult['message']['marking']

const widths = ['clear', 'green', 'amber', 'amber+strict', 'red'] as const
const AMBER = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false } as const

export function narrowest(markings: readonly Marking[]): Marking {
  const all: readonly Marking[] = [AMBER, ...markings]
  const tlp = widths[Math.max(...all.map((one) => widths.indexOf(one.tlp)))] ?? 'red'
  const named = markings.filter(({ audience }) => audience.length > 0)
  const audience = named
    .slice(1)
    .reduce((of, one) => of.filter((id) => one.audience.includes(id)), [...(named[0]?.audience ?? [])] as string[])
  return {
    tlp,
    audience,
    needToKnow: markings.some((one) => one.needToKnow),
    protectedPerson: markings.some((one) => one.protectedPerson),
    onwardUse: false,
  }
}
