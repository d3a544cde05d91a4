/**
 * Paths: how value could have come from A to B, by the fewest transactions. A path says that outputs are connected, not
 * whose money arrived; for that, trace under a rule.
 */
import type { LedgerWindow } from './ledger-window.ts'
import { outputKey } from './movement.ts'

export type PathEnd = { readonly txid: string; readonly vout: number | null } | { readonly address: string }

export type PathHop = {
  readonly txid: string
  readonly height: number
  readonly time: number | null
  /** The output that brought the value here; null for the first transaction of a path. */
  readonly via: {
    readonly txid: string
    readonly vout: number
    readonly value: bigint
    readonly address: string | null
  } | null
}

export type PathAnswer = {
  readonly found: boolean
  /** Shortest paths, all of one length, in a fixed order. */
  readonly paths: readonly (readonly PathHop[])[]
  readonly hops: number | null
  readonly transactions: number
  /** Why the search ended without an answer, where it did. */
  readonly ended: 'found' | 'exhausted' | 'max-transactions' | 'max-hops'
}

export type PathBudget = { readonly maxTransactions: number; readonly maxHops: number; readonly maxPaths: number }

/** `start`: outputs of A. `isGoal`: whether a transaction is B, or pays B. */
export async function findPaths(
  window: LedgerWindow,
  start: readonly { readonly txid: string; readonly vout: number }[],
  isGoal: (txid: string) => boolean,
  budget: PathBudget,
): Promise<PathAnswer> {
  const parents = new Map<string, { txid: string; vout: number }[]>()
  const startTxids = new Set(start.map(({ txid }) => txid))
  await window.transactions([...startTxids])
  let frontier = [...start]
  const depthByTxid = new Map<string, number>()
  for (let hops = 1; hops <= budget.maxHops; hops++) {
    const spends = await window.spenders(frontier)
    const reached = new Set<string>()
    for (const outpoint of frontier) {
      const spend = spends.get(outputKey(outpoint))
      if (!spend) continue
      const depth = depthByTxid.get(spend.txid)
      if (depth !== undefined && depth < hops) continue
      depthByTxid.set(spend.txid, hops)
      reached.add(spend.txid)
      parents.set(spend.txid, [...(parents.get(spend.txid) ?? []), outpoint])
    }
    const txs = await window.transactions([...reached])
    const goals = [...reached].filter(isGoal).sort()
    if (goals.length > 0) {
      const paths = goals.flatMap((goal) => pathsTo(goal)).slice(0, budget.maxPaths)
      return { found: true, paths, hops, transactions: depthByTxid.size, ended: 'found' }
    }
    if (depthByTxid.size > budget.maxTransactions) return notFound('max-transactions')
    frontier = [...reached].sort().flatMap((txid) => (txs.get(txid)?.outputs ?? []).map((_, vout) => ({ txid, vout })))
    if (frontier.length === 0) return notFound('exhausted')
  }
  return notFound('max-hops')

  function notFound(ended: PathAnswer['ended']): PathAnswer {
    return { found: false, paths: [], hops: null, transactions: depthByTxid.size, ended }
  }

  /** Walks back along the shortest links, at most `maxPaths` ways. */
  function pathsTo(txid: string): PathHop[][] {
    const links = parents.get(txid) ?? []
    if (links.length === 0) return [[hop(txid, null)]]
    const paths: PathHop[][] = []
    for (const link of links) {
      for (const before of startTxids.has(link.txid) && !depthByTxid.has(link.txid)
        ? [[hop(link.txid, null)]]
        : pathsTo(link.txid)) {
        if (paths.length >= budget.maxPaths) return paths
        paths.push([...before, hop(txid, link)])
      }
    }
    return paths
  }

  function hop(txid: string, via: { txid: string; vout: number } | null): PathHop {
    const tx = window.seen.get(txid)
    const output = via ? window.seen.get(via.txid)?.outputs[via.vout] : undefined
    const input = via ? tx?.inputs.find(({ prev }) => prev?.txid === via.txid && prev.vout === via.vout) : undefined
    return {
      txid,
      height: tx?.block.height ?? -1,
      time: tx?.block.time ?? null,
      via: via
        ? {
            ...via,
            value: output?.value ?? input?.prevout?.value ?? 0n,
            address: output?.address ?? input?.prevout?.address ?? null,
          }
        : null,
    }
  }
}
