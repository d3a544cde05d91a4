/**
 * What somebody looks at in a trace: what is shown and where, what is grouped, pinned, hidden and noted. Each act makes a new view; none
 * changes another. Nodes are known by their numbers in the record, which are the same for everybody who has the same record.
 */
import type { AssetAmount, Model } from './model.ts'
import { sumOf } from './model.ts'
import { type Placed, place } from './place.ts'

/** So much is drawn at most: more cannot be read (and not be drawn at 50 frames a second on two cores). */
export const MOST_DRAWN = 300
const AT_FIRST = 36

export type Side = 'out' | 'in'

export const marks = ['none', 'suspect', 'victim', 'cleared', 'ask'] as const
export type Mark = (typeof marks)[number]
export type Remark = { readonly text: string; readonly mark: Mark }

export type View = {
  readonly shown: readonly number[]
  readonly placed: Placed
  readonly hidden: readonly number[]
  readonly pinned: readonly number[]
  readonly groups: readonly { readonly name: string; readonly members: readonly number[] }[]
  readonly remarks: Readonly<Record<number, Remark>>
  /** What the last expansion brought, so that it can be taken back even after other acts. */
  readonly lastExpansion: readonly number[]
}

export type Act =
  | { readonly kind: 'expand'; readonly node: number; readonly side: Side; readonly limit: number }
  | { readonly kind: 'collapse'; readonly node: number; readonly side: Side }
  | { readonly kind: 'roll-back' }
  | { readonly kind: 'hide'; readonly nodes: readonly number[] }
  | { readonly kind: 'show-hidden' }
  | { readonly kind: 'reveal'; readonly nodes: readonly number[] }
  | { readonly kind: 'group'; readonly nodes: readonly number[]; readonly name: string }
  | { readonly kind: 'ungroup'; readonly group: number }
  | { readonly kind: 'pin' | 'unpin'; readonly nodes: readonly number[] }
  | { readonly kind: 'remark'; readonly nodes: readonly number[]; readonly remark: Remark | null }

/** Starts small, the most important first: the largest sources, and from there always what carries most. */
export function firstView(model: Model): View {
  const sources = model.nodes.flatMap(({ kind }, number) => (kind === 'source' ? [number] : []))
  const byWeight = (a: number, b: number) => {
    const [x, y] = [model.nodes[a]?.weight ?? 0n, model.nodes[b]?.weight ?? 0n]
    return x > y ? -1 : x < y ? 1 : a - b
  }
  const first = (sources.length > 0 ? sources : model.nodes.map((_, number) => number)).sort(byWeight).slice(0, 6)
  const shown = new Set(first)
  const reach = new Map<number, bigint>()
  const look = (number: number) => {
    for (const edge of (model.out[number] ?? []).slice(0, AT_FIRST)) {
      const { to, weight } = model.edges[edge] ?? { to: number, weight: 0n }
      if (!shown.has(to) && weight > (reach.get(to) ?? -1n)) reach.set(to, weight)
    }
  }
  for (const number of first) look(number)
  while (shown.size < AT_FIRST && reach.size > 0) {
    let [best, most] = [-1, -1n]
    for (const [number, weight] of reach) if (weight > most) [best, most] = [number, weight]
    reach.delete(best)
    shown.add(best)
    look(best)
  }
  const all = [...shown]
  return {
    ...{ shown: all, placed: place(model, {}, all), hidden: [], pinned: [], groups: [], remarks: {} },
    lastExpansion: [],
  }
}

export function acted(model: Model, view: View, act: Act): View {
  switch (act.kind) {
    case 'expand':
      return shownToo(model, view, neighboursToCome(model, view, act).nodes, true)
    case 'reveal':
      return shownToo(model, view, act.nodes, false)
    case 'collapse':
      return without(view, onlyThrough(model, view, act.node, act.side))
    case 'roll-back':
      return { ...without(view, view.lastExpansion), lastExpansion: [] }
    case 'hide': {
      const going = new Set(act.nodes)
      return { ...without(view, act.nodes), hidden: [...view.hidden.filter((one) => !going.has(one)), ...act.nodes] }
    }
    case 'show-hidden':
      return { ...shownToo(model, view, view.hidden, false), hidden: [] }
    case 'group': {
      const taken = new Set(view.groups.flatMap(({ members }) => members))
      const members = act.nodes.filter((one) => !taken.has(one) && !view.pinned.includes(one))
      return members.length < 2 ? view : { ...view, groups: [...view.groups, { name: act.name, members }] }
    }
    case 'ungroup':
      return { ...view, groups: view.groups.filter((_, number) => number !== act.group) }
    case 'pin':
      return { ...view, pinned: [...new Set([...view.pinned, ...act.nodes])] }
    case 'unpin':
      return { ...view, pinned: view.pinned.filter((one) => !act.nodes.includes(one)) }
    case 'remark': {
      const remarks: Record<number, Remark> = { ...view.remarks }
      for (const node of act.nodes) {
        if (act.remark) remarks[node] = act.remark
        else delete remarks[node]
      }
      return { ...view, remarks }
    }
  }
}

export type ToCome = {
  /** What would come, the largest first. */
  readonly nodes: readonly number[]
  readonly amounts: readonly AssetAmount[]
  /** All that is not shown on this side, and how much. */
  readonly all: number
  readonly allAmounts: readonly AssetAmount[]
  /** Fewer come than were asked for since no more can be drawn. */
  readonly isFull: boolean
}

/** What an expansion would bring, before it does. */
export function neighboursToCome(
  { out, into, edges }: Model,
  { shown }: View,
  { node, side, limit }: { readonly node: number; readonly side: Side; readonly limit: number },
): ToCome {
  const here = new Set(shown)
  const links = (side === 'out' ? out[node] : into[node]) ?? []
  const all = links.flatMap((number) => {
    const edge = edges[number]
    const other = edge ? (side === 'out' ? edge.to : edge.from) : node
    return edge && !here.has(other) ? [{ other, amounts: edge.amounts }] : []
  })
  const room = Math.max(0, MOST_DRAWN - here.size)
  const coming = all.slice(0, Math.min(limit, room))
  return {
    nodes: coming.map(({ other }) => other),
    amounts: sumOf(coming.map(({ amounts }) => amounts)),
    all: all.length,
    allAmounts: sumOf(all.map(({ amounts }) => amounts)),
    isFull: Math.min(limit, all.length) > room,
  }
}

function shownToo(model: Model, view: View, nodes: readonly number[], isExpansion: boolean): View {
  const here = new Set(view.shown)
  const fresh = [...new Set(nodes)]
    .filter((one) => !here.has(one) && model.nodes[one] !== undefined)
    .slice(0, MOST_DRAWN - here.size)
  if (fresh.length === 0) return view
  const come = new Set(fresh)
  return {
    ...view,
    shown: [...view.shown, ...fresh],
    placed: place(model, view.placed, fresh),
    hidden: view.hidden.filter((one) => !come.has(one)),
    lastExpansion: isExpansion ? fresh : view.lastExpansion,
  }
}

/** Takes nodes from the picture. Their places are kept for when they come back. */
function without(view: View, nodes: readonly number[]): View {
  const going = new Set(nodes)
  return {
    ...view,
    shown: view.shown.filter((one) => !going.has(one)),
    groups: view.groups
      .map((group) => ({ ...group, members: group.members.filter((one) => !going.has(one)) }))
      .filter(({ members }) => members.length > 1),
  }
}

/** Shown nodes that hang on this one alone, on that side: pinned ones stay, and so do sources. */
export function onlyThrough({ nodes, out, into, edges }: Model, view: View, node: number, side: Side): number[] {
  const here = new Set(view.shown)
  const forth = (from: number) =>
    ((side === 'out' ? out[from] : into[from]) ?? []).flatMap((number) => {
      const edge = edges[number]
      const other = edge ? (side === 'out' ? edge.to : edge.from) : from
      return here.has(other) ? [other] : []
    })
  const kept = new Set<number>([node])
  const start = view.shown.filter((one) => {
    if (one === node) return false
    const back = ((side === 'out' ? into[one] : out[one]) ?? []).some((number) => {
      const edge = edges[number]
      return edge !== undefined && here.has(side === 'out' ? edge.from : edge.to)
    })
    return !back || view.pinned.includes(one) || nodes[one]?.kind === 'source'
  })
  const open = [...start]
  for (const one of start) kept.add(one)
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const other of forth(next)) {
      if (kept.has(other)) continue
      kept.add(other)
      open.push(other)
    }
  }
  const reached = new Set<number>()
  const walk = [node]
  for (let next = walk.pop(); next !== undefined; next = walk.pop()) {
    for (const other of forth(next)) {
      if (reached.has(other)) continue
      reached.add(other)
      walk.push(other)
    }
  }
  return [...reached].filter((one) => !kept.has(one))
}
