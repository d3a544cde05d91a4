/**
 * What moved at an address (or at the addresses of a cluster), one flow for each transaction: what came in from others, or
 * what went out to others. What returns to the subject itself is change and no flow.
 */
import type { ChainStore, LedgerTx } from '../../chains/index.ts'
import { coinJoinRulesOf } from '../clusters/evidence.ts'
import { applyRule, rules } from '../detectors/index.ts'
import type { Tag } from '../tags/index.ts'

export type Counterparty = { readonly address: string; readonly value: bigint }

export type Flow = {
  readonly txid: string
  readonly height: number
  readonly time: number | null
  /** CAIP-19 id, or the chain's own unit. Amounts of two assets are never compared. */
  readonly asset: string
  readonly direction: 'in' | 'out'
  readonly value: bigint
  /** Who paid, or who was paid; the subject itself left out. */
  readonly others: readonly Counterparty[]
  /** CoinJoin rules that match the transaction, and whether the Stonewall shape speaks against them. */
  readonly coinJoin: readonly string[]
  readonly stonewall: boolean
}

export type Activity = {
  readonly subject: ReadonlySet<string>
  /** In the order of the chain. */
  readonly flows: readonly Flow[]
  /** Whether every block from the first to the tip is in the data, and every movement was read. */
  readonly whole: boolean
  readonly movements: { readonly read: number; readonly of: number }
  /** Tags in force, by address: of the subject and of whoever dealt with it. */
  readonly tagsByAddress: ReadonlyMap<string, readonly Tag[]>
  /** Whether any tags were imported at all; without them nothing can be said of services and crimes. */
  readonly anyTags: boolean
}

/** Movements of one address that are read; with more the answer says that it is of a part. */
export const MOST_MOVEMENTS = 20_000
const BATCH = 500

export async function utxoFlows(
  store: ChainStore,
  chain: string,
  subject: ReadonlySet<string>,
): Promise<Pick<Activity, 'subject' | 'flows' | 'whole' | 'movements'>> {
  const txids = new Set<string>()
  const movements = { read: 0, of: 0 }
  for (const address of subject) {
    const left = MOST_MOVEMENTS - movements.read
    movements.of += (await store.addressTotals(chain, address)).events
    if (left <= 0) continue
    const events = await store.addressEvents(chain, address, 0, left)
    movements.read += events.length
    for (const { txid } of events) txids.add(txid)
  }
  const transactions: LedgerTx[] = []
  const all = [...txids]
  for (let at = 0; at < all.length; at += BATCH)
    transactions.push(...(await store.transactions(chain, all.slice(at, at + BATCH))))
  transactions.sort(
    (a, b) => a.block.height - b.block.height || (a.index ?? 0) - (b.index ?? 0) || (a.txid < b.txid ? -1 : 1),
  )
  const { complete, tip } = await store.status(chain)
  const whole = tip !== null && complete.some(({ from, to }) => from === 0 && to >= tip.height)
  return {
    subject,
    flows: transactions.flatMap((tx) => flowOf(tx, chain, subject) ?? []),
    whole: whole && movements.read === movements.of,
    movements,
  }
}

/** `null` where the subject pays itself only. */
export function flowOf(tx: LedgerTx, asset: string, subject: ReadonlySet<string>): Flow | null {
  const isOurs = (address: string | null | undefined) =>
    address !== null && address !== undefined && subject.has(address)
  const spent = sum(tx.inputs.flatMap(({ prevout }) => (isOurs(prevout?.address) ? (prevout?.value ?? 0n) : [])))
  const received = sum(tx.outputs.flatMap(({ address, value }) => (isOurs(address) ? value : [])))
  const direction = spent > received ? 'out' : 'in'
  const value = direction === 'out' ? spent - received : received - spent
  const sides =
    direction === 'out'
      ? tx.outputs.map(({ address, value: paid }) => ({ address, value: paid }))
      : tx.inputs.map(({ prevout }) => ({ address: prevout?.address ?? null, value: prevout?.value ?? 0n }))
  const others = sides.flatMap(({ address, value: part }) =>
    address === null || subject.has(address) ? [] : [{ address, value: part }],
  )
  if (value === 0n || (direction === 'out' && others.length === 0)) return null
  const stonewall = rules.find(({ id }) => id === 'gs-stonewall')
  return {
    txid: tx.txid,
    height: tx.block.height,
    time: tx.block.time,
    asset,
    direction,
    value,
    others,
    coinJoin: tx.coinbase ? [] : coinJoinRulesOf(tx).map(({ id, version }) => `${id} version ${version}`),
    stonewall: stonewall !== undefined && applyRule(stonewall, tx).verdict === 'match',
  }
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n)
}
