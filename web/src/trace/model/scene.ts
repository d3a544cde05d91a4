/** What is drawn of a view: cards, "N more" at their sides, what joins them; and a sum that shows that nothing was lost. */
import { type AssetAmount, type Certainty, certaintyOf, type Model, sumOf } from './model.ts'
import type { Mark, View } from './view.ts'

export type More = { readonly count: number; readonly amounts: readonly AssetAmount[] }

export type Card = {
  readonly id: string
  /** Number of the node; of a group the number of its first member. */
  readonly node: number
  /** Number of the group; `null` where the card is one node. */
  readonly group: number | null
  readonly kind: string
  readonly status: string | null
  readonly name: string
  readonly address: string | null
  readonly label: string | null
  readonly chain: string
  readonly time: number | null
  readonly column: number
  readonly row: number
  readonly members: number
  readonly amounts: readonly AssetAmount[]
  readonly weight: bigint
  readonly isPinned: boolean
  readonly isRetracted: boolean
  readonly mark: Mark | null
  readonly hasRemark: boolean
  readonly moreOut: More | null
  readonly moreIn: More | null
}

export type Link = {
  readonly from: string
  readonly to: string
  readonly amounts: readonly AssetAmount[]
  readonly weight: bigint
  readonly certainty: Certainty
  readonly payments: number
}

/** By asset: what the ends drawn here hold, what the ends not drawn hold, and what the ledger says that all of them hold. */
export type Reckoning = {
  readonly asset: string
  readonly drawn: bigint
  readonly notDrawn: bigint
  readonly ledger: bigint
  readonly addsUp: boolean
}

export type Scene = {
  readonly cards: readonly Card[]
  readonly links: readonly Link[]
  readonly reckoning: readonly Reckoning[]
  readonly endsDrawn: number
  readonly endsNotDrawn: number
  readonly heaviest: bigint
}

export function sceneOf(model: Model, view: View, retracted: ReadonlySet<string>): Scene {
  const { nodes, edges, out, into } = model
  const shown = new Set(view.shown)
  const groupOf = new Map<number, number>()
  view.groups.forEach(({ members }, group) => {
    for (const one of members) if (shown.has(one)) groupOf.set(one, group)
  })
  const cardIdOf = (number: number): string => {
    const group = groupOf.get(number)
    return group === undefined ? `n${number}` : `g${group}`
  }
  const pinned = new Set(view.pinned)
  const more = (links: readonly number[], side: 'from' | 'to'): readonly AssetAmount[][] =>
    links.flatMap((number) => {
      const edge = edges[number]
      return edge && !shown.has(edge[side]) ? [[...edge.amounts]] : []
    })
  const asMore = (parts: readonly (readonly AssetAmount[])[]): More | null =>
    parts.length === 0 ? null : { count: parts.length, amounts: sumOf(parts) }
  const membersById = Map.groupBy(view.shown, cardIdOf)
  const cards = [...membersById].flatMap(([id, members]): Card[] => {
    const first = members[0] as number
    const node = nodes[first]
    if (!node) return []
    const group = groupOf.get(first) ?? null
    const all = members.flatMap((one) => nodes[one] ?? [])
    const remark = view.remarks[first]
    return [
      {
        ...{ id, node: first, group, kind: node.kind, members: members.length, chain: node.chain },
        status: all.every(({ status }) => status === node.status) ? node.status : null,
        name: group === null ? node.name : (view.groups[group]?.name ?? ''),
        address: group === null ? node.address : null,
        label: group === null ? node.label : null,
        time: node.time,
        column: node.column,
        row: view.placed[first] ?? 0,
        amounts: sumOf(all.map(({ amounts }) => amounts)),
        weight: all.reduce((sum, { weight }) => sum + weight, 0n),
        isPinned: pinned.has(first),
        isRetracted: all.some(({ address, kind }) => kind === 'end' && address !== null && retracted.has(address)),
        mark: remark?.mark ?? null,
        hasRemark: remark !== undefined && remark.text !== '',
        moreOut: asMore(members.flatMap((one) => more(out[one] ?? [], 'to'))),
        moreIn: asMore(members.flatMap((one) => more(into[one] ?? [], 'from'))),
      },
    ]
  })
  const links = new Map<string, { -readonly [K in keyof Link]: Link[K] }>()
  for (const number of view.shown)
    for (const edgeNumber of out[number] ?? []) {
      const edge = edges[edgeNumber]
      if (!edge || !shown.has(edge.to)) continue
      const [from, to] = [cardIdOf(edge.from), cardIdOf(edge.to)]
      if (from === to) continue
      const key = `${from} ${to}`
      const known = links.get(key)
      const certainty = certaintyOf(edge.by)
      if (!known) links.set(key, { from, to, amounts: edge.amounts, weight: edge.weight, certainty, payments: 1 })
      else
        links.set(key, {
          ...known,
          amounts: sumOf([known.amounts, edge.amounts]),
          weight: known.weight + edge.weight,
          certainty: weaker(known.certainty, certainty),
          payments: known.payments + 1,
        })
    }
  const heaviest = [...links.values()].reduce((most, { weight }) => (weight > most ? weight : most), 1n)
  const endsDrawn = view.shown.filter((one) => nodes[one]?.kind === 'end')
  return {
    ...{ cards, links: [...links.values()], heaviest },
    reckoning: reckoned(model, endsDrawn),
    endsDrawn: endsDrawn.length,
    endsNotDrawn: model.head.ends - endsDrawn.length,
  }
}

const strength: readonly Certainty[] = ['recorded', 'inferred', 'low']

function weaker(a: Certainty, b: Certainty): Certainty {
  return strength[Math.max(strength.indexOf(a), strength.indexOf(b))] ?? 'low'
}

/** Sums over every end of the record, those drawn and those not, beside what its ledger says. Computed, never assumed. */
export function reckoned({ head, nodes }: Model, drawn: readonly number[]): readonly Reckoning[] {
  const isDrawn = new Set(drawn)
  const here = new Map<string, bigint>()
  const elsewhere = new Map<string, bigint>()
  nodes.forEach(({ kind, amounts }, number) => {
    if (kind !== 'end') return
    const sums = isDrawn.has(number) ? here : elsewhere
    for (const { asset, units } of amounts) sums.set(asset, (sums.get(asset) ?? 0n) + units)
  })
  return head.ledgers.map(({ asset, lines }) => {
    const [one, other] = [here.get(asset) ?? 0n, elsewhere.get(asset) ?? 0n]
    // What was converted, or crossed and was followed on, goes on in another asset: no end of this picture.
    const ledger = lines.reduce((sum, { status, amount }) => (status === 'converted' ? sum : sum + BigInt(amount)), 0n)
    return { asset, drawn: one, notDrawn: other, ledger, addsUp: one + other === ledger }
  })
}
