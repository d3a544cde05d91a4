/** What the views ask of a model beside the picture: pages of the table, facts of one node, ways, what happened when. */
import { type MergedNode, mergeFlow, pictureLimits } from '../../../../platform/src/tracing/report/flow/index.ts'
import {
  type AssetAmount,
  type Certainty,
  certaintyOf,
  type LinkedBy,
  type Model,
  type ModelNode,
  sumOf,
} from './model.ts'

export type Row = ModelNode & { readonly number: number }

export type RowsWanted = {
  readonly by: 'order' | 'kind' | 'name' | 'amount' | 'hops' | 'time'
  readonly down: boolean
  readonly kind: string
  readonly text: string
}

const kinds: readonly string[] = ['source', 'transaction', 'address', 'end', 'unlinked']

export function rowsOrder({ nodes }: Model, { by, down, kind, text }: RowsWanted): readonly number[] {
  const wanted = text.trim().toLowerCase()
  const found: number[] = []
  nodes.forEach((node, number) => {
    if (kind !== '' && node.kind !== kind && node.status !== kind) return
    if (wanted !== '' && !isNamed(node, wanted)) return
    found.push(number)
  })
  const turn = down ? -1 : 1
  const keyed = (key: (node: ModelNode) => number | bigint | string) =>
    found.sort((a, b) => {
      const [one, other] = [key(nodes[a] as ModelNode), key(nodes[b] as ModelNode)]
      return one < other ? -turn : one > other ? turn : a - b
    })
  switch (by) {
    case 'kind':
      return keyed((node) => `${kinds.indexOf(node.kind)} ${node.status ?? ''}`)
    case 'name':
      return keyed((node) => node.label ?? node.address ?? node.name)
    case 'amount':
      return keyed((node) => node.weight)
    case 'hops':
      return keyed((node) => node.hops ?? -1)
    case 'time':
      return keyed((node) => node.time ?? -1)
    default:
      return down ? found.reverse() : found
  }
}

function isNamed({ name, address, label }: ModelNode, wanted: string): boolean {
  return (
    name.toLowerCase().includes(wanted) ||
    (address?.toLowerCase().includes(wanted) ?? false) ||
    (label?.toLowerCase().includes(wanted) ?? false)
  )
}

export type Beside = {
  readonly node: number
  readonly name: string
  readonly kind: string
  readonly status: string | null
  readonly amounts: readonly AssetAmount[]
  readonly by: LinkedBy
}

export type Detail = {
  readonly node: Row
  readonly before: readonly Beside[]
  readonly after: readonly Beside[]
  /** What is not listed, beyond the largest. */
  readonly moreBefore: { readonly count: number; readonly amounts: readonly AssetAmount[] }
  readonly moreAfter: { readonly count: number; readonly amounts: readonly AssetAmount[] }
}

const LISTED = 8

export function detailOf(model: Model, number: number): Detail | null {
  const node = model.nodes[number]
  if (!node) return null
  const beside = (links: readonly number[], side: 'from' | 'to'): Beside[] =>
    links.slice(0, LISTED).flatMap((link) => {
      const edge = model.edges[link]
      const other = edge ? model.nodes[edge[side]] : undefined
      return edge && other
        ? [
            {
              node: edge[side],
              name: other.label ?? other.address ?? other.name,
              ...{ kind: other.kind, status: other.status, amounts: edge.amounts, by: edge.by },
            },
          ]
        : []
    })
  const rest = (links: readonly number[]) => ({
    count: Math.max(0, links.length - LISTED),
    amounts: sumOf(links.slice(LISTED).map((link) => model.edges[link]?.amounts ?? [])),
  })
  const [into, out] = [model.into[number] ?? [], model.out[number] ?? []]
  return {
    node: { ...node, number },
    before: beside(into, 'from'),
    after: beside(out, 'to'),
    moreBefore: rest(into),
    moreAfter: rest(out),
  }
}

export type Way = { readonly nodes: readonly number[]; readonly steps: readonly Omit<Beside, 'kind' | 'status'>[] }

/** A way from a source by the fewest steps; where several are as short, the larger payment is taken at each step. */
export function wayTo({ nodes, edges, into }: Model, goal: number): Way | null {
  const seen = new Map<number, number | null>([[goal, null]])
  let frontier = [goal]
  while (frontier.length > 0) {
    const source = frontier.filter((one) => nodes[one]?.kind === 'source')
    if (source.length > 0 && frontier[0] !== undefined) return back(source)
    const next = new Map<number, { link: number; least: bigint }>()
    for (const one of frontier)
      for (const link of into[one] ?? []) {
        const edge = edges[link]
        if (!edge || seen.has(edge.from)) continue
        const known = next.get(edge.from)
        if (!known || edge.weight > known.least) next.set(edge.from, { link, least: edge.weight })
      }
    for (const [one, { link }] of next) seen.set(one, link)
    frontier = [...next.keys()]
  }
  return null

  function back(sources: readonly number[]): Way {
    const ways = sources.map((source) => {
      const way = [source]
      const links: number[] = []
      let least: bigint | null = null
      for (let link = seen.get(source) ?? null; link !== null; link = seen.get(way.at(-1) as number) ?? null) {
        const edge = edges[link]
        if (!edge) break
        links.push(link)
        way.push(edge.to)
        if (least === null || edge.weight < least) least = edge.weight
      }
      return { way, links, least: least ?? 0n }
    })
    const widest = ways.reduce((best, one) => (one.least > best.least ? one : best))
    return {
      nodes: widest.way,
      steps: widest.links.flatMap((link) => {
        const edge = edges[link]
        const other = edge ? nodes[edge.to] : undefined
        return edge && other
          ? [{ node: edge.to, name: other.label ?? other.address ?? other.name, amounts: edge.amounts, by: edge.by }]
          : []
      }),
    }
  }
}

/** The largest ends, each with the way that leads to it. */
export function topWays(model: Model, count: number): readonly Way[] {
  return model.nodes
    .flatMap(({ kind, status }, number) => (kind === 'end' && status !== 'fee' ? [number] : []))
    .sort((a, b) => {
      const [x, y] = [model.nodes[a]?.weight ?? 0n, model.nodes[b]?.weight ?? 0n]
      return x > y ? -1 : x < y ? 1 : a - b
    })
    .slice(0, count)
    .flatMap((end) => wayTo(model, end) ?? [])
}

export type Bucket = {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly ends: number
  readonly weight: bigint
  readonly amounts: readonly AssetAmount[]
}

export type Times = {
  readonly from: number
  readonly to: number
  readonly buckets: readonly Bucket[]
  /** The largest, drawn one by one. */
  readonly dots: readonly { readonly node: number; readonly time: number; readonly weight: bigint; readonly row: Row }[]
  readonly notDrawn: number
  /** Without a time in the record. */
  readonly untimed: number
}

const BUCKETS = 48
const DOTS = 200

export function timesOf({ nodes }: Model): Times {
  const timed = nodes.flatMap(({ time, kind }, number) =>
    time !== null && (kind === 'transaction' || kind === 'end') ? [{ node: number, time }] : [],
  )
  const untimed = nodes.reduce((count, { time }) => count + (time === null ? 1 : 0), 0)
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { time } of timed) [from, to] = [Math.min(from, time), Math.max(to, time)]
  if (timed.length === 0) return { from: 0, to: 0, buckets: [], dots: [], notDrawn: 0, untimed }
  const width = Math.max(1, Math.ceil((to - from + 1) / BUCKETS))
  const groups = Map.groupBy(timed, ({ time }) => Math.floor((time - from) / width))
  const buckets = Array.from({ length: Math.ceil((to - from + 1) / width) }, (_, index): Bucket => {
    const members = (groups.get(index) ?? []).flatMap(({ node }) => nodes[node] ?? [])
    const ends = members.filter(({ kind }) => kind === 'end')
    return {
      from: from + index * width,
      to: from + (index + 1) * width - 1,
      count: members.length,
      ends: ends.length,
      weight: ends.reduce((sum, { weight }) => sum + weight, 0n),
      amounts: sumOf(ends.map(({ amounts }) => amounts)),
    }
  })
  const largest = [...timed].sort((a, b) => {
    const [x, y] = [nodes[a.node]?.weight ?? 0n, nodes[b.node]?.weight ?? 0n]
    return x > y ? -1 : x < y ? 1 : a.node - b.node
  })
  const dots = largest.slice(0, DOTS).flatMap(({ node, time }) => {
    const one = nodes[node]
    return one ? [{ node, time, weight: one.weight, row: { ...one, number: node } }] : []
  })
  return { from, to, buckets, dots, notDrawn: timed.length - dots.length, untimed }
}

export type FlowCard = {
  readonly id: string
  readonly kind: string
  readonly status: string | null
  readonly column: number
  readonly name: string
  readonly address: string | null
  readonly label: string | null
  readonly time: number | null
  readonly weight: bigint
  readonly amounts: readonly AssetAmount[]
  readonly members: number
  /** The largest of its members, by number. */
  readonly largest: readonly number[]
}

export type FlowPicture = {
  readonly cards: readonly FlowCard[]
  readonly links: readonly {
    readonly from: string
    readonly to: string
    readonly weight: bigint
    readonly certainty: Certainty
  }[]
  /** For every node the card that holds it. */
  readonly holder: readonly string[]
}

/** The whole flow by hop, put together until it can be read: as in the printed report, and like it nothing is left out. */
export function flowOf(model: Model): FlowPicture {
  const graph = {
    nodes: model.nodes.map((node) => ({
      ...{ id: node.id, kind: node.kind, column: node.column, amount: node.weight, name: node.name },
      ...{ address: node.address, tag: node.label, status: node.status, reason: node.reason },
      ...{ hops: node.hops, height: node.height, time: node.time },
    })),
    edges: model.edges.map(({ from, to, weight }) => ({
      from: model.nodes[from]?.id ?? '',
      to: model.nodes[to]?.id ?? '',
      amount: weight,
    })),
  }
  const merged = mergeFlow(graph, pictureLimits)
  const holder: string[] = new Array(model.nodes.length).fill('')
  for (const { id, members } of merged.nodes)
    for (const member of members) {
      const number = model.at.get(member.id)
      if (number !== undefined) holder[number] = id
    }
  const weakest = new Map<string, Certainty>()
  for (const { from, to, by } of model.edges) {
    const key = `${holder[from]}\n${holder[to]}`
    const certainty = certaintyOf(by)
    if (certainty !== 'recorded' && weakest.get(key) !== 'low') weakest.set(key, certainty)
  }
  return {
    cards: merged.nodes.map((node) => flowCard(model, node)),
    links: merged.edges.map(({ from, to, amount }) => ({
      ...{ from, to, weight: amount, certainty: weakest.get(`${from}\n${to}`) ?? 'recorded' },
    })),
    holder,
  }
}

function flowCard(model: Model, node: MergedNode): FlowCard {
  const numbers = node.members.flatMap(({ id }) => model.at.get(id) ?? [])
  const isSummed = node.members.length === 1 || node.kind === 'end' || node.kind === 'source'
  return {
    ...{ id: node.id, kind: node.kind, status: node.status, column: node.column, name: node.name },
    ...{ address: node.address, label: node.tag, time: node.time, weight: node.amount, members: numbers.length },
    // Steps that were put together pass the same value on: their sum would count it twice.
    amounts: isSummed ? sumOf(numbers.map((number) => model.nodes[number]?.amounts ?? [])) : [],
    largest: [...numbers]
      .sort((a, b) => ((model.nodes[a]?.weight ?? 0n) > (model.nodes[b]?.weight ?? 0n) ? -1 : 1))
      .slice(0, 20),
  }
}
