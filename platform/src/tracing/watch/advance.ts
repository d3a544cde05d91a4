/**
 * One step along a chain, decided purely: which alarms are raised, which are withdrawn because their block is no longer of
 * the chain, and which stand in another block than before. A store keeps the step as one; it decides nothing.
 */
import type { Alarm } from './match.ts'

/** `raised`: it moves. `withdrawn`: the block is stale and no block of the chain holds the movement. `moved`: another does. */
export type NoticeKind = 'raised' | 'withdrawn' | 'moved'

export type Notice = { readonly kind: NoticeKind; readonly alarm: Alarm }

export type Standing = { readonly alarm: Alarm; readonly stands: boolean }

/**
 * @param rolledBack alarms that stand on blocks above the fork
 * @param found alarms of the new blocks, in their order
 * @param known what is known of an alarm by its id
 */
export function noticesOf(
  rolledBack: readonly Alarm[],
  found: readonly Alarm[],
  known: (id: string) => Standing | null,
): readonly Notice[] {
  const stale = new Map(rolledBack.map((alarm) => [alarm.id, alarm]))
  const notices: Notice[] = []
  const seen = new Set<string>()
  for (const alarm of found) {
    if (seen.has(alarm.id)) continue
    seen.add(alarm.id)
    const before = stale.get(alarm.id)
    if (before) {
      stale.delete(alarm.id)
      if (before.block.hash !== alarm.block.hash) notices.push({ kind: 'moved', alarm })
    } else if (known(alarm.id)?.stands !== true) notices.push({ kind: 'raised', alarm })
  }
  const withdrawn = [...stale.values()].sort((a, b) => a.block.height - b.block.height || (a.id < b.id ? -1 : 1))
  return [...withdrawn.map((alarm): Notice => ({ kind: 'withdrawn', alarm })), ...notices]
}

export type Followed = { readonly height: number; readonly hash: string }

/** The greatest height at which what was followed and what the server says are the same block; `null` where none is. */
export async function forkOf(
  remembered: readonly Followed[],
  hashAt: (height: number) => Promise<string | null>,
): Promise<Followed | null> {
  for (const block of remembered.toSorted((a, b) => b.height - a.height))
    if ((await hashAt(block.height)) === block.hash) return block
  return null
}
