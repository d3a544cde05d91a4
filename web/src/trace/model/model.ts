/** The graph of a trace record, of outputs or of accounts: what every view of a trace is drawn from. */
import type { EndStatus, FlowKind } from '../../../../platform/src/tracing/report/flow/index.ts'

export type AssetAmount = { readonly asset: string; readonly units: bigint }

/**
 * What says that value went from one to the other. ledger: the chain records it. rule: which part of what an address held went on is
 * what the rule of the trace says. The next four are tiers of conversions and crossings. not-in-record: the record holds no link.
 */
export type LinkedBy = 'ledger' | 'rule' | 'protocol' | 'fields' | 'amount-time' | 'balance-change' | 'not-in-record'

export type Certainty = 'recorded' | 'inferred' | 'low'

export function certaintyOf(by: LinkedBy): Certainty {
  if (by === 'ledger' || by === 'protocol') return 'recorded'
  return by === 'rule' || by === 'fields' ? 'inferred' : 'low'
}

export type ModelNode = {
  readonly id: string
  readonly kind: FlowKind
  readonly chain: string
  /** Full and unshortened: a label, a transaction id, an output. */
  readonly name: string
  readonly address: string | null
  readonly status: EndStatus | null
  /** The stable code of why it ends here; `null` where it goes on. */
  readonly code: string | null
  readonly reason: string
  /** What a tag calls the address, where the trace stopped at one. */
  readonly label: string | null
  readonly hops: number | null
  readonly height: number | null
  readonly time: number | null
  /** Longest way from a source: everything that feeds a node stands before it. */
  readonly column: number
  /** To compare with: base units where there is one asset, else the share of the whole. */
  readonly weight: bigint
  readonly amounts: readonly AssetAmount[]
}

export type ModelEdge = {
  readonly from: number
  readonly to: number
  readonly weight: bigint
  readonly amounts: readonly AssetAmount[]
  readonly by: LinkedBy
}

export type LedgerLine = {
  readonly status: string
  readonly code: string
  readonly amount: string
  readonly positions: number
}

export type ModelLedger = {
  readonly asset: string
  readonly root: string
  /** What came to it beside the root: clean value drawn in, or what was converted or crossed into this asset. */
  readonly cameIn: string
  readonly lines: readonly LedgerLine[]
  readonly sum: string
  readonly balanced: boolean
}

export type AssetName = { readonly symbol: string; readonly decimals: number }

export type Head = {
  readonly kind: 'outputs' | 'accounts'
  readonly chain: string
  readonly direction: 'forward' | 'backward'
  readonly rule: {
    readonly id: string
    readonly version: number
    readonly legalName: string
    readonly definition: string
    readonly source: string
  }
  readonly parameters: Readonly<Record<string, unknown>>
  readonly sources: number
  readonly asOf: { readonly height: number; readonly hash: string | null; readonly time: number | null }
  readonly digest: string
  readonly resultDigest: string
  readonly evidence: { readonly grade: string; readonly reasons: readonly string[] }
  readonly ledgers: readonly ModelLedger[]
  /** `null`: nobody told how many decimals it has, so that base units are shown. */
  readonly assets: Readonly<Record<string, AssetName | null>>
  readonly nodes: number
  readonly edges: number
  readonly transactions: number
  readonly ends: number
  readonly defects: number
  readonly chains: readonly string[]
}

export type Model = {
  readonly head: Head
  readonly nodes: readonly ModelNode[]
  readonly edges: readonly ModelEdge[]
  readonly at: ReadonlyMap<string, number>
  /** Numbers of edges that leave a node and that enter it, the largest first. */
  readonly out: readonly (readonly number[])[]
  readonly into: readonly (readonly number[])[]
}

export function joined(
  head: Omit<Head, 'nodes' | 'edges' | 'ends'>,
  nodes: readonly ModelNode[],
  edges: readonly ModelEdge[],
): Model {
  const at = new Map(nodes.map(({ id }, index) => [id, index]))
  const out: number[][] = nodes.map(() => [])
  const into: number[][] = nodes.map(() => [])
  edges.forEach(({ from, to }, index) => {
    out[from]?.push(index)
    into[to]?.push(index)
  })
  const larger = (a: number, b: number) => {
    const [x, y] = [edges[a]?.weight ?? 0n, edges[b]?.weight ?? 0n]
    return x > y ? -1 : x < y ? 1 : a - b
  }
  for (const list of [...out, ...into]) if (list.length > 1) list.sort(larger)
  const ends = nodes.reduce((count, { kind }) => count + (kind === 'end' ? 1 : 0), 0)
  return { head: { ...head, nodes: nodes.length, edges: edges.length, ends }, nodes, edges, at, out, into }
}

/** Sums by asset, in the order in which assets come. */
export function sumOf(parts: Iterable<readonly AssetAmount[]>): readonly AssetAmount[] {
  const sums = new Map<string, bigint>()
  for (const amounts of parts) for (const { asset, units } of amounts) sums.set(asset, (sums.get(asset) ?? 0n) + units)
  return [...sums].map(([asset, units]) => ({ asset, units }))
}
