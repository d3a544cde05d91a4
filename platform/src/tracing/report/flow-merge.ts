/**
 * What is put together so that a picture of many thousand payments stays legible. Nothing is left out: a merged node
 * says how many it stands for and what they come to, and the complete tables hold each of them.
 *
 * 1. Everything from a column on is one node where there are more columns than can be read.
 * 2. Fees of one column are one end. Ends of one transaction with the same status are one end where there are many.
 * 3. In a column with too many nodes the largest stay by themselves; the others are joined by what they are and, for
 *    sources, by what became of them.
 */
import type { FlowEdge, FlowGraph, FlowNode } from './flow-graph.ts'
import { larger } from './measures.ts'

export type MergedNode = FlowNode & {
  /** The nodes of the record that it stands for; itself alone where nothing was put together. */
  readonly members: readonly FlowNode[]
}

export type MergedFlow = { readonly nodes: readonly MergedNode[]; readonly edges: readonly FlowEdge[] }

export type MergeLimits = {
  readonly columns: number
  /** A column of more nodes than this is put together. */
  readonly nodes: number
  /** So many of the largest stay by themselves, if each is at least one part in `share` of the whole. */
  readonly largest: number
  readonly share: bigint
}

export const pictureLimits: MergeLimits = { columns: 13, nodes: 11, largest: 6, share: 100n }

const ENDS_OF_ONE_TRANSACTION = 3

export function mergeFlow(graph: FlowGraph, limits: MergeLimits): MergedFlow {
  const late = regroup(
    graph.nodes.map((node) => ({ ...node, members: [node] })),
    graph.edges,
    (nodes) => lateColumns(nodes, limits),
  )
  const ends = regroup(late.nodes, late.edges, (nodes) => endsTogether(nodes, late.edges))
  const ended = regroup(ends.nodes, ends.edges, (nodes) =>
    crowdedColumns(
      nodes.filter(({ kind }) => kind !== 'source'),
      nodes,
      ends.edges,
      limits,
    ),
  )
  return regroup(ended.nodes, ended.edges, (nodes) =>
    crowdedColumns(
      nodes.filter(({ kind }) => kind === 'source'),
      nodes,
      ended.edges,
      limits,
    ),
  )
}

/** node id → the id of the group it joins */
type Grouping = ReadonlyMap<string, string>

function lateColumns(nodes: readonly MergedNode[], limits: MergeLimits): Grouping {
  const last = limits.columns - 2
  const deepest = nodes.reduce((most, { column }) => Math.max(most, column), 0)
  if (deepest <= limits.columns - 1) return new Map()
  return new Map(
    nodes
      .filter(({ column, kind }) => column > last || (column === last && kind !== 'end'))
      .map((node) => [
        node.id,
        node.kind === 'end' ? `together ${last + 1} end ${node.status}` : `together ${last} onward`,
      ]),
  )
}

function endsTogether(nodes: readonly MergedNode[], edges: readonly FlowEdge[]): Grouping {
  const makerByEnd = new Map(edges.map(({ from, to }) => [to, from]))
  const groupOf = ({ id, status, column }: MergedNode) =>
    status === 'fee' ? `together ${column} fees` : `together ${column} ${status} of ${makerByEnd.get(id)}`
  const ends = nodes.filter(({ kind, members }) => kind === 'end' && members.length === 1)
  const grouping = new Map<string, string>()
  for (const [group, members] of Map.groupBy(ends, groupOf)) {
    const isSource = makerByEnd.get(members[0]?.id ?? '')?.startsWith('source ')
    const enough = group.endsWith(' fees') ? members.length > 1 : members.length > ENDS_OF_ONE_TRANSACTION && !isSource
    if (enough) for (const { id } of members) grouping.set(id, group)
  }
  return grouping
}

function crowdedColumns(
  candidates: readonly MergedNode[],
  all: readonly MergedNode[],
  edges: readonly FlowEdge[],
  limits: MergeLimits,
): Grouping {
  const whole = all.filter(({ kind }) => kind === 'source').reduce((sum, { amount }) => sum + amount, 0n)
  const nodeById = new Map(all.map((node) => [node.id, node]))
  const nextById = Map.groupBy(edges, ({ from }) => from)
  const grouping = new Map<string, string>()
  for (const [column, nodes] of Map.groupBy(candidates, ({ column: at }) => at)) {
    if (nodes.length <= limits.nodes) continue
    const sorted = [...nodes].sort((a, b) =>
      a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : a.id < b.id ? -1 : 1,
    )
    sorted.forEach((node, rank) => {
      if (rank < limits.largest && node.amount * limits.share >= whole) return
      grouping.set(
        node.id,
        `together ${column} ${node.kind} ${node.status ?? ''} ${node.kind === 'source' ? fateOf(node) : ''}`,
      )
    })
  }
  return grouping

  /** What became of a source: the one group all of it went to, else that it was divided. */
  function fateOf({ id }: MergedNode): string {
    const next = nextById.get(id) ?? []
    const kinds = new Set(next.map(({ to }) => `${nodeById.get(to)?.kind} ${nodeById.get(to)?.status ?? ''}`))
    return kinds.size === 1 ? [...kinds].join() : 'divided'
  }
}

function regroup(
  nodes: readonly MergedNode[],
  edges: readonly FlowEdge[],
  groupingOf: (nodes: readonly MergedNode[]) => Grouping,
): MergedFlow {
  const grouping = groupingOf(nodes)
  const sizes = new Map<string, number>()
  for (const group of grouping.values()) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const targetOf = (id: string) => {
    const group = grouping.get(id)
    return group !== undefined && (sizes.get(group) ?? 0) > 1 ? group : id
  }
  const merged = new Map<string, MergedNode & { members: FlowNode[] }>()
  for (const node of nodes) {
    const id = targetOf(node.id)
    const known = merged.get(id)
    if (id === node.id) merged.set(id, { ...node, members: [...node.members] })
    else if (known) {
      known.members.push(...node.members)
      merged.set(id, { ...known, amount: known.amount + node.amount, column: Math.min(known.column, node.column) })
    } else merged.set(id, { ...node, id, address: null, tag: null, members: [...node.members] })
  }
  const joinedEdges = new Map<string, { from: string; to: string; amount: bigint }>()
  for (const { from, to, amount } of edges) {
    const [a, b] = [targetOf(from), targetOf(to)]
    if (a === b) continue
    const known = joinedEdges.get(`${a}\n${b}`)
    if (known) known.amount += amount
    else joinedEdges.set(`${a}\n${b}`, { from: a, to: b, amount })
  }
  return withThroughput([...merged.values()], [...joinedEdges.values()])
}

/** A group of transactions is as large as what enters it from outside, not as the sum of its inner steps. */
function withThroughput(nodes: readonly MergedNode[], edges: readonly FlowEdge[]): MergedFlow {
  const entered = new Map<string, bigint>()
  const left = new Map<string, bigint>()
  for (const { from, to, amount } of edges) {
    entered.set(to, (entered.get(to) ?? 0n) + amount)
    left.set(from, (left.get(from) ?? 0n) + amount)
  }
  return {
    nodes: nodes.map((node) => {
      if (node.kind === 'source' || node.kind === 'end') return node
      const [a, b] = [entered.get(node.id) ?? 0n, left.get(node.id) ?? 0n]
      return { ...node, amount: larger(a, b) }
    }),
    edges,
  }
}
