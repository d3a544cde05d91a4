/** What was done to a view, one entry for each act of the user: undo takes back exactly one, redo brings exactly one again. */
import type { Act, View } from './view.ts'

export type Entry = {
  readonly view: View
  /** What was done, for its name in the list; `null` for where it began. */
  readonly act: Act['kind'] | 'open' | null
  /** How many nodes it concerned. */
  readonly count: number
  /** The node that it was done at, by its number. */
  readonly node: number | null
}

export type History = { readonly entries: readonly Entry[]; readonly now: number }

/** Older ones are forgotten, the first excepted: where it began. */
const MOST = 200

export function begun(view: View): History {
  return { entries: [{ view, act: null, count: view.shown.length, node: null }], now: 0 }
}

export function done(history: History, entry: Entry): History {
  if (entry.view === viewOf(history)) return history
  const kept = history.entries.slice(0, history.now + 1)
  const entries = [...(kept.length < MOST ? kept : [kept[0] as Entry, ...kept.slice(2)]), entry]
  return { entries, now: entries.length - 1 }
}

export function goneTo(history: History, now: number): History {
  return now < 0 || now >= history.entries.length ? history : { ...history, now }
}

export function viewOf({ entries, now }: History): View {
  return (entries[now] as Entry).view
}
