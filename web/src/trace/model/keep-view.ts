/** A view as text: for a file, for a note of the case, and short enough for a link. It is of one record, named by its digest. */
import type { Model } from './model.ts'
import { MOST_DRAWN, marks, type View } from './view.ts'

export const VIEW_FORMAT = 'comity-trace-view/1'

export type KeptView = { readonly format: typeof VIEW_FORMAT; readonly digest: string; readonly view: View }

export function viewToText(digest: string, view: View): string {
  return JSON.stringify({ format: VIEW_FORMAT, digest, view } satisfies KeptView)
}

export type ViewTrouble = 'not-a-view' | 'other-trace'

/** Whatever comes from outside is taken as far as it is a view of this record; else what is wrong with it. */
export function viewFromText(text: string, digest: string, nodes: number): View | ViewTrouble {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'not-a-view'
  }
  const kept = value as Partial<KeptView> | null
  if (typeof kept !== 'object' || kept === null || kept.format !== VIEW_FORMAT || typeof kept.view !== 'object')
    return 'not-a-view'
  return kept.digest === digest ? (soundView(kept.view, nodes) ?? 'not-a-view') : 'other-trace'
}

export function soundView(value: unknown, nodes: number): View | null {
  const view = value as Partial<View> | null
  if (typeof view !== 'object' || view === null) return null
  const isNode = (one: unknown): one is number =>
    Number.isInteger(one) && (one as number) >= 0 && (one as number) < nodes
  const numbers = (list: unknown): number[] =>
    Array.isArray(list) ? [...new Set(list.filter(isNode))].slice(0, 100_000) : []
  const shown = numbers(view.shown).slice(0, MOST_DRAWN)
  const placed: Record<number, number> = {}
  for (const [key, row] of Object.entries(view.placed ?? {}))
    if (isNode(Number(key)) && Number.isInteger(row)) placed[Number(key)] = row as number
  if (shown.length === 0 || shown.some((one) => !(one in placed))) return null
  const remarks: Record<number, View['remarks'][number]> = {}
  for (const [key, remark] of Object.entries(view.remarks ?? {})) {
    const { text, mark } = (remark ?? {}) as { text?: unknown; mark?: unknown }
    if (isNode(Number(key)) && typeof text === 'string' && marks.some((one) => one === mark))
      remarks[Number(key)] = { text: text.slice(0, 2000), mark: mark as (typeof marks)[number] }
  }
  const groups = (Array.isArray(view.groups) ? view.groups : []).flatMap((group) => {
    const members = numbers((group as { members?: unknown } | null)?.members)
    const name = (group as { name?: unknown } | null)?.name
    return members.length > 1 && typeof name === 'string' ? [{ name: name.slice(0, 120), members }] : []
  })
  return {
    ...{ shown, placed, groups, remarks },
    hidden: numbers(view.hidden),
    pinned: numbers(view.pinned),
    lastExpansion: numbers(view.lastExpansion),
  }
}

/** For a link: what is shown and where, without groups and remarks. Numbers in base 36, the row of each after its number. */
export function viewToLink({ head }: Model, view: View, selected: number | null): string {
  const part = (one: number) => `${one.toString(36)}.${(view.placed[one] ?? 0).toString(36)}`
  return [
    ...['1', head.digest.slice(0, 12), selected === null ? '' : selected.toString(36)],
    view.shown.map(part).join('_'),
    view.pinned.map((one) => one.toString(36)).join('_'),
  ].join('~')
}

export function viewFromLink(
  text: string,
  { head }: Model,
): { readonly view: View; readonly selected: number | null } | ViewTrouble {
  const [version, digest, selected = '', shownText = '', pinnedText = ''] = text.split('~')
  if (version !== '1' || digest === undefined) return 'not-a-view'
  if (digest !== head.digest.slice(0, 12)) return 'other-trace'
  const pairs = shownText.split('_').map((part) => part.split('.').map((one) => Number.parseInt(one, 36)))
  const placed = Object.fromEntries(pairs.map(([node, row]) => [node, row]))
  const view = soundView(
    {
      shown: pairs.map(([node]) => node),
      placed,
      pinned: pinnedText === '' ? [] : pinnedText.split('_').map((one) => Number.parseInt(one, 36)),
    },
    head.nodes,
  )
  if (!view) return 'not-a-view'
  const chosen = selected === '' ? null : Number.parseInt(selected, 36)
  return { view, selected: chosen !== null && chosen < head.nodes ? chosen : null }
}
