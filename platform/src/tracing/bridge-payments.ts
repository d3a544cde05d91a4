/** The payments into bridges on which traced value was held, with what could have come back of them. */
import type { ChainPack, ChainStore } from '../chains/index.ts'
import { BRIDGE_PAYMENT } from './bridge-payment-stop.ts'
import { type MemoPayment, memoPaymentOf, refundsPayment } from './crossing/memos.ts'
import type { LedgerWindow } from './ledger-window.ts'
import type { TraceOutcome } from './trace.ts'

/** Of the payments to one address so many are looked through for a refund, the first ones. */
const MOST_READ = 2000

export type Refund = {
  readonly txid: string
  readonly vout: number
  readonly address: string
  readonly amount: bigint
  readonly height: number
  readonly time: number | null
}

export type BridgePayment = {
  readonly payment: MemoPayment
  readonly height: number
  readonly time: number | null
  /** Outputs of transactions whose memo says that they return this payment: candidates, of which none is attributed. */
  readonly refunds: readonly Refund[]
}

type InText<Type> = { readonly [name in keyof Type]: Type[name] extends bigint ? string : Type[name] }

export type RecordBridgePayment = InText<MemoPayment> & {
  readonly height: number
  readonly time: number | null
  readonly refunds: readonly InText<Refund>[]
}

/** Rules that follow addresses hold vaults as a whole: there only what still lies on the payment itself is named. */
export async function bridgePaymentsOf(
  { positions }: TraceOutcome,
  store: ChainStore,
  { caip2 }: ChainPack,
  { seen }: LedgerWindow,
  toHeight: number,
): Promise<readonly BridgePayment[]> {
  const found: BridgePayment[] = []
  for (const { txid, vout, code } of positions) {
    const tx = code === BRIDGE_PAYMENT ? seen.get(txid) : undefined
    const payment = tx ? memoPaymentOf(tx) : null
    if (!tx || payment?.vout !== vout || !payment) continue
    const { height, time } = tx.block
    found.push({ payment, height, time, refunds: await refundsOf(payment, height) })
  }
  return found

  async function refundsOf(payment: MemoPayment, from: number): Promise<readonly Refund[]> {
    const address = payment.refundTo
    if (address === null) return []
    const txids = await store.transactionsOf(caip2, [address], 'in', from, toHeight, MOST_READ)
    const txs = await store.transactions(caip2, txids)
    return txs
      .filter((tx) => refundsPayment(tx, payment))
      .flatMap(({ txid, outputs, block: { height, time } }) =>
        outputs.flatMap((output, vout) =>
          output.address === address ? [{ txid, vout, address, amount: output.value, height, time }] : [],
        ),
      )
      .sort((a, b) => a.height - b.height || (a.txid < b.txid ? -1 : a.txid > b.txid ? 1 : a.vout - b.vout))
  }
}

export function bridgePaymentToRecord({ payment, height, time, refunds }: BridgePayment): RecordBridgePayment {
  return {
    ...payment,
    amount: payment.amount.toString(),
    height,
    time,
    refunds: refunds.map((refund) => ({ ...refund, amount: refund.amount.toString() })),
  }
}
