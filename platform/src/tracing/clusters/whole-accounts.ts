/**
 * All clusters of a ledger of accounts at once, from the tagged exchanges backwards: who pays them, which of those are deposit
 * addresses, and who pays these. Each deposit address is read and let go; what stays is a row for each payment, in columns.
 */
import type { Tag } from '../tags/index.ts'
import {
  type AccountLedger,
  batches,
  depositsAmong,
  guardOfDeposit,
  guardOfPayer,
  payersOf,
} from './account-deposits.ts'
import { type DepositGuard, depositLimits } from './deposit-guards.ts'
import type { AccountQuestion } from './grow-accounts.ts'
import { exchangeOf } from './read-deposit.ts'
import { type AllClusters, addressNumbers, summaries } from './whole-ledger.ts'

export type AllAccountClusters = AllClusters & {
  readonly deposits: {
    /** Tagged addresses of exchanges on this chain. */
    readonly exchangeAddresses: number
    /** That pay them. */
    readonly candidates: number
    readonly found: number
    /** Payments left out, by guard. */
    readonly leftOut: Readonly<Partial<Record<DepositGuard, number>>>
  }
}

/** `tags`: all tags in force of this chain. */
export async function allAccountClusters(
  ledger: AccountLedger,
  tags: readonly Tag[],
  asked: AccountQuestion,
  onPart: (done: number, of: number) => void = () => {},
): Promise<AllAccountClusters> {
  const exchanges = [...new Set(tags.flatMap((tag) => (exchangeOf([tag]) ? [tag.subject.text] : [])))].sort()
  const candidates = [...(await payersOf(ledger, exchanges))]
  const { numberOf, number } = addressNumbers()
  const transaction = addressNumbers()
  const [payer, deposit, height, tx]: [number[], number[], number[], number[]] = [[], [], [], []]
  const leftOut: Partial<Record<DepositGuard, number>> = {}
  const leave = (guard: DepositGuard, payments = 1) => {
    leftOut[guard] = (leftOut[guard] ?? 0) + payments
  }
  const rejectedRows = new Set<number>()
  let [found, unknownInputs, done] = [0, 0, 0]
  for (const batch of batches(candidates)) {
    const deposits = await depositsAmong(ledger, batch)
    const kinds = await ledger.store.kindsOf(
      ledger.chain,
      deposits.map(({ address }) => address),
    )
    for (const one of deposits) {
      found++
      const guard = guardOfDeposit(one, kinds.get(one.address), asked.without)
      if (guard !== null) {
        leave(guard, one.payments.length)
        continue
      }
      unknownInputs += one.unknownPayers
      for (const payment of one.payments) {
        if (asked.rejected.has(payment.txid) || asked.rejected.has(payment.forwardedBy)) rejectedRows.add(payer.length)
        payer.push(number(payment.payer))
        deposit.push(number(one.address))
        height.push(payment.height)
        tx.push(1 + transaction.number(payment.txid))
      }
    }
    done += batch.length
    onPart(done, candidates.length)
  }
  const guardByPayer = await guardsOf(ledger, numberOf, payer, deposit, asked)
  const rows = [...tx.keys()]
    .filter((row) => {
      if (rejectedRows.has(row)) return false
      const guard = guardByPayer.get(payer[row] ?? 0)
      if (guard) leave(guard)
      return !guard
    })
    // A transaction that pays two deposit addresses is one transaction of its cluster: its rows stand together.
    .sort((a, b) => (tx[a] ?? 0) - (tx[b] ?? 0))
  const column = (values: readonly number[]) => rows.map((row) => values[row] ?? 0)
  const linked = new Set([...column(payer), ...column(deposit)])
  const linkedNumbers = new Map([...numberOf].filter(([, one]) => linked.has(one)))
  return {
    clusters: summaries(linkedNumbers, numberOf.size, column(payer), column(deposit), column(height), column(tx)),
    spending: new Set(payer).size,
    transactions: transaction.numberOf.size,
    coinJoins: 0,
    rejected: rejectedRows.size,
    unknownInputs,
    deposits: { exchangeAddresses: exchanges.length, candidates: candidates.length, found, leftOut },
  }
}

async function guardsOf(
  ledger: AccountLedger,
  numberOf: ReadonlyMap<string, number>,
  payer: readonly number[],
  deposit: readonly number[],
  asked: AccountQuestion,
): Promise<ReadonlyMap<number, DepositGuard>> {
  const depositsByPayer = new Map<number, Set<number>>()
  for (const [row, one] of payer.entries()) {
    const known = depositsByPayer.get(one) ?? new Set()
    depositsByPayer.set(one, known.add(deposit[row] ?? 0))
  }
  const guards = new Map<number, DepositGuard>()
  const payers = [...numberOf].filter(([, one]) => depositsByPayer.has(one))
  for (const batch of batches(payers)) {
    const addresses = batch.map(([address]) => address)
    const [kinds, tags] = [await ledger.store.kindsOf(ledger.chain, addresses), await ledger.tagsOf(addresses)]
    for (const [address, one] of batch) {
      const guard = guardOfPayer(tags.get(address), kinds.get(address), asked.without)
      const many = (depositsByPayer.get(one)?.size ?? 0) > depositLimits.depositsOfPayer
      if (guard) guards.set(one, guard)
      else if (many && !asked.without.has('payer-many-deposits')) guards.set(one, 'payer-many-deposits')
    }
  }
  return guards
}
