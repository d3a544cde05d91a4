/** All clusters of a ledger at once: addresses and links in columns, joined by the kernel that keeps the forest. */
import type { ChainStore } from '../../chains/index.ts'
import { components } from '../kernels/index.ts'
import { byText, type ClusterQuestion } from './evidence.ts'
import { readWith } from './grow.ts'

export type ClusterSummary = {
  readonly id: string
  readonly size: number
  /** Transactions that link addresses of it. */
  readonly transactions: number
  readonly firstHeight: number
  readonly lastHeight: number
  readonly addresses: readonly string[]
}

export type AllClusters = {
  /** Of two addresses or more; the largest first, equal ones by their id. */
  readonly clusters: readonly ClusterSummary[]
  /** Addresses that are spent from, in any cluster or in none. */
  readonly spending: number
  readonly transactions: number
  readonly coinJoins: number
  readonly rejected: number
  readonly unknownInputs: number
}

/** Heights that are asked for together, and transactions that are held together at most. */
const HEIGHTS = 5_000
const TRANSACTIONS = 20_000

export async function allClusters(
  store: ChainStore,
  chain: string,
  asked: ClusterQuestion,
  onHeight: (done: number, of: number) => void = () => {},
): Promise<AllClusters> {
  const { numberOf, number } = addressNumbers()
  const spending = new Set<number>()
  const [left, right, height, txNumber]: [number[], number[], number[], number[]] = [[], [], [], []]
  const tally = { transactions: 0, coinJoins: 0, rejected: 0, unknownInputs: 0 }
  const { tip } = await store.status(chain)
  for (let from = 0; tip && from <= tip.height; from += HEIGHTS) {
    const heights = Array.from({ length: Math.min(HEIGHTS, tip.height - from + 1) }, (_, at) => from + at)
    for (const part of await inParts(store, chain, heights)) {
      for (const tx of await store.transactionsAt(chain, part)) {
        tally.transactions++
        for (const { prevout } of tx.inputs) if (prevout?.address) spending.add(number(prevout.address))
        const { evidence, leftOut, unknownInputs } = await readWith(store, chain, tx, asked)
        tally.unknownInputs += unknownInputs
        if (leftOut) tally[leftOut.why === 'coinjoin' ? 'coinJoins' : 'rejected']++
        for (const { a, b } of evidence?.links ?? []) {
          left.push(number(a))
          right.push(number(b))
          height.push(tx.block.height)
          txNumber.push(tally.transactions)
        }
      }
    }
    onHeight(Math.min(from + HEIGHTS, tip.height), tip.height)
  }
  return {
    clusters: summaries(numberOf, numberOf.size, left, right, height, txNumber),
    spending: spending.size,
    ...tally,
  }
}

/** Numbers texts in the order in which they are met. */
export function addressNumbers(): {
  readonly numberOf: ReadonlyMap<string, number>
  readonly number: (text: string) => number
} {
  const numberOf = new Map<string, number>()
  const number = (text: string) => {
    const known = numberOf.get(text)
    if (known !== undefined) return known
    const fresh = numberOf.size
    numberOf.set(text, fresh)
    return fresh
  }
  return { numberOf, number }
}

/** Blocks in groups that fit the memory. */
async function inParts(store: ChainStore, chain: string, heights: readonly number[]): Promise<readonly number[][]> {
  const parts: number[][] = []
  let held = Number.POSITIVE_INFINITY
  for (const { height, transactions } of [...(await store.blocksByHeight(chain, heights))].sort(
    (a, b) => a.height - b.height,
  )) {
    if (held + transactions > TRANSACTIONS) {
      parts.push([])
      held = 0
    }
    held += transactions
    const part = parts.at(-1)
    if (part && part.at(-1) !== height) part.push(height)
  }
  return parts
}

/** `nodes`: one more than the largest number. Links of one transaction stand together. */
export function summaries(
  numberOf: ReadonlyMap<string, number>,
  nodes: number,
  left: readonly number[],
  right: readonly number[],
  height: readonly number[],
  txNumber: readonly number[],
): readonly ClusterSummary[] {
  const { component } = components({
    nodeCount: Math.max(1, nodes),
    source: Uint32Array.from(left),
    destination: Uint32Array.from(right),
  })
  type Growing = { addresses: string[]; first: number; last: number; transactions: number; lastTx: number }
  const byRoot = new Map<number, Growing>()
  for (const [at, node] of left.entries()) {
    const root = component[node] ?? 0
    const known = byRoot.get(root) ?? {
      addresses: [],
      first: Number.MAX_SAFE_INTEGER,
      last: 0,
      transactions: 0,
      lastTx: 0,
    }
    known.first = Math.min(known.first, height[at] ?? 0)
    known.last = Math.max(known.last, height[at] ?? 0)
    if (known.lastTx !== txNumber[at]) known.transactions++
    known.lastTx = txNumber[at] ?? 0
    byRoot.set(root, known)
  }
  for (const [address, node] of numberOf) byRoot.get(component[node] ?? 0)?.addresses.push(address)
  return [...byRoot.values()]
    .map(({ addresses, first, last, transactions }) => {
      addresses.sort(byText)
      return {
        id: addresses[0] ?? '',
        size: addresses.length,
        transactions,
        firstHeight: first,
        lastHeight: last,
        addresses,
      }
    })
    .sort((a, b) => b.size - a.size || byText(a.id, b.id))
}
