/**
 * Why a cluster is one: a spanning forest whose every joint names the transaction and the rule that made it.
 *
 * Links are taken in the order of the chain, so that each joint is the earliest evidence that joins its two sides. The
 * forest therefore depends on the evidence alone, not on the order of import.
 */
import { byChainOrder, byText, type Evidence } from './evidence.ts'

/** One joint of the forest. */
export type Merge = {
  readonly a: string
  readonly b: string
  readonly txid: string
  readonly rule: string
  readonly version: string
  readonly height: number
  readonly forwardedBy?: string
}

export function forestOf(evidence: readonly Evidence[]): readonly Merge[] {
  const parentOf = new Map<string, string>()
  const root = (address: string): string => {
    let at = address
    for (;;) {
      const above = parentOf.get(at)
      if (above === undefined) return at
      const higher = parentOf.get(above)
      if (higher !== undefined) parentOf.set(at, higher)
      at = above
    }
  }
  const merges: Merge[] = []
  for (const { txid, height, links } of [...evidence].sort(byChainOrder)) {
    for (const { a, b, rule, version, forwardedBy } of links) {
      const [left, right] = [root(a), root(b)]
      if (left === right) continue
      const [low, high] = left < right ? [left, right] : [right, left]
      parentOf.set(high, low)
      merges.push({ a, b, txid, rule, version, height, ...(forwardedBy === undefined ? {} : { forwardedBy }) })
    }
  }
  return merges
}

/** The joints between two addresses, in order from `from` to `to`; `null` where they are not joined. */
export function pathInForest(merges: readonly Merge[], from: string, to: string): readonly Merge[] | null {
  const around = new Map<string, Merge[]>()
  for (const merge of merges) {
    for (const end of [merge.a, merge.b]) {
      const known = around.get(end)
      if (known) known.push(merge)
      else around.set(end, [merge])
    }
  }
  const cameBy = new Map<string, Merge | null>([[from, null]])
  const queue = [from]
  for (let at = 0; at < queue.length && !cameBy.has(to); at++) {
    const address = queue[at] ?? ''
    for (const merge of around.get(address) ?? []) {
      const next = merge.a === address ? merge.b : merge.a
      if (cameBy.has(next)) continue
      cameBy.set(next, merge)
      queue.push(next)
    }
  }
  if (!cameBy.has(to)) return null
  const path: Merge[] = []
  for (let at = to; at !== from; ) {
    const merge = cameBy.get(at)
    if (!merge) break
    const before = merge.a === at ? merge.b : merge.a
    path.push({ ...merge, a: before, b: at })
    at = before
  }
  return path.reverse()
}

/** A transaction without which the cluster falls apart, and into how many addresses on its sides (largest first). */
export type Bridge = {
  readonly txid: string
  readonly height: number
  readonly rules: readonly string[]
  readonly sides: readonly number[]
}

/**
 * The transactions that alone hold a cluster together: take one away, and it splits. Found by depth-first search over
 * addresses and transactions (Hopcroft & Tarjan, CACM 16(6) 1973); written without recursion, since clusters are deep.
 *
 * `evidence` is that of one cluster. `between`: only those that part these two addresses.
 */
export function bridgesOf(evidence: readonly Evidence[], between?: readonly [string, string]): readonly Bridge[] {
  const { nodes, adjacent, addressCount, numberOf } = graphOf(evidence)
  const start = between ? numberOf.get(between[0]) : 0
  const goal = between ? numberOf.get(between[1]) : undefined
  if (start === undefined || nodes === 0 || (between && goal === undefined)) return []
  const order = new Int32Array(nodes).fill(-1)
  const low = new Int32Array(nodes)
  const parent = new Int32Array(nodes).fill(-1)
  /** Addresses in the part of the search tree below a node. */
  const below = new Int32Array(nodes)
  const next = new Int32Array(nodes)
  const holdsGoal = new Uint8Array(nodes)
  /** By number of a transaction: the sizes of the parts that hang on it alone. */
  const hanging = new Map<number, { sizes: number[]; holds: boolean }>()
  const stack = [start]
  let clock = 0
  order[start] = low[start] = clock++
  if (start < addressCount) below[start] = 1
  while (stack.length > 0) {
    const node = stack[stack.length - 1] ?? 0
    const neighbours = adjacent[node] ?? []
    const at = next[node] ?? 0
    if (at < neighbours.length) {
      next[node] = at + 1
      const other = neighbours[at] ?? 0
      if (order[other] === -1) {
        parent[other] = node
        order[other] = low[other] = clock++
        below[other] = other < addressCount ? 1 : 0
        if (other === goal) holdsGoal[other] = 1
        stack.push(other)
      } else if (other !== parent[node]) low[node] = Math.min(low[node] ?? 0, order[other] ?? 0)
      continue
    }
    stack.pop()
    const above = parent[node] ?? -1
    if (above < 0) continue
    low[above] = Math.min(low[above] ?? 0, low[node] ?? 0)
    below[above] = (below[above] ?? 0) + (below[node] ?? 0)
    if (holdsGoal[node] === 1) holdsGoal[above] = 1
    if (above >= addressCount && (low[node] ?? 0) >= (order[above] ?? 0)) {
      const known = hanging.get(above) ?? { sizes: [], holds: false }
      known.sizes.push(below[node] ?? 0)
      if (holdsGoal[node] === 1) known.holds = true
      hanging.set(above, known)
    }
  }
  const total = below[start] ?? 0
  return [...hanging]
    .filter(([, { holds }]) => between === undefined || holds)
    .map(([number, { sizes }]) => {
      const one = evidence[number - addressCount]
      const rest = total - sizes.reduce((sum, size) => sum + size, 0)
      return {
        txid: one?.txid ?? '',
        height: one?.height ?? 0,
        rules: [...new Set(one?.links.map(({ rule }) => rule))].sort(byText),
        sides: [...sizes, rest].filter((size) => size > 0).sort((a, b) => b - a),
      }
    })
    .sort((a, b) => a.height - b.height || byText(a.txid, b.txid))
}

/**
 * Where payments link by what passed them on, both hold: the payment, and the transaction that passed it on, which may be one
 * for many payments.
 */
export function bridgesOfPayments(
  evidence: readonly Evidence[],
  between?: readonly [string, string],
): readonly Bridge[] {
  const passedOn = new Map<string, Evidence>()
  for (const one of evidence) {
    for (const link of one.links) {
      const txid = link.forwardedBy ?? one.txid
      const known = passedOn.get(txid)
      const height = link.forwardedHeight ?? one.height
      passedOn.set(txid, { ...one, txid, height, links: [...(known?.links ?? []), link] })
    }
  }
  const byTxid = new Map<string, Bridge>()
  for (const bridge of [...bridgesOf(evidence, between), ...bridgesOf([...passedOn.values()], between)])
    if (!byTxid.has(bridge.txid)) byTxid.set(bridge.txid, bridge)
  return [...byTxid.values()].sort((a, b) => a.height - b.height || byText(a.txid, b.txid))
}

/** Addresses are numbered first, then transactions; an edge leads from each address to the transactions that name it. */
function graphOf(evidence: readonly Evidence[]) {
  const numberOf = new Map<string, number>()
  for (const { links } of evidence) {
    for (const { a, b } of links) {
      for (const address of [a, b]) if (!numberOf.has(address)) numberOf.set(address, numberOf.size)
    }
  }
  const addressCount = numberOf.size
  const nodes = addressCount + evidence.length
  const adjacent: number[][] = Array.from({ length: nodes }, () => [])
  for (const [at, { links }] of evidence.entries()) {
    const named = new Set(links.flatMap(({ a, b }) => [numberOf.get(a) ?? 0, numberOf.get(b) ?? 0]))
    for (const address of named) {
      adjacent[address]?.push(addressCount + at)
      adjacent[addressCount + at]?.push(address)
    }
  }
  return { nodes, adjacent, addressCount, numberOf }
}
