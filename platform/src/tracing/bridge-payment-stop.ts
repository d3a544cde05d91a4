/**
 * Payments into bridges as a stop: what a vault pays out later is other people's money, so that traced value is held on the output
 * that pays the vault. Which payments are such is what their own memos say (crossing/memos.ts).
 */
import type { LedgerTx } from '../chains/index.ts'
import { type MemoPayment, memoPaymentOf } from './crossing/memos.ts'
import { type Movement, readSlotKey, type SlotRef } from './movement.ts'
import type { Hold } from './pass.ts'

export const BRIDGE_PAYMENT = 'bridge-payment'

/**
 * `walked`: set for rules that follow addresses. There a vault is held as a whole once a payment of this very walk went into it,
 * so that nothing depends on what other rules have read.
 */
export function bridgePaymentStop(
  txByTxid: ReadonlyMap<string, LedgerTx>,
  walked: ReadonlyMap<string, Movement> | null,
): (ref: SlotRef) => Hold | null {
  const paymentByTxid = new Map<string, MemoPayment | null>()
  const vaults = new Map<string, MemoPayment>()
  const noted = new Set<string>()
  return (ref) => {
    const { txid, vout } = readSlotKey(ref.key)
    const payment = vout === null ? null : paymentIn(txid)
    if (payment?.vout === vout && payment) return holdAt(payment)
    const vault = ref.address === null || walked === null ? undefined : vaultsOf(walked).get(ref.address)
    return vault ? { ...holdAt(vault), reason: `on an address that is paid as a vault: ${holdAt(vault).reason}` } : null
  }

  function paymentIn(txid: string): MemoPayment | null {
    const known = paymentByTxid.get(txid)
    if (known !== undefined) return known
    const tx = txByTxid.get(txid)
    if (!tx) return null
    const payment = memoPaymentOf(tx)
    paymentByTxid.set(txid, payment)
    return payment
  }

  function vaultsOf(movements: ReadonlyMap<string, Movement>): ReadonlyMap<string, MemoPayment> {
    if (noted.size === movements.size) return vaults
    for (const txid of movements.keys()) {
      if (noted.has(txid)) continue
      noted.add(txid)
      const payment = paymentIn(txid)
      const other = payment?.vault ? vaults.get(payment.vault) : undefined
      if (payment?.vault && (!other || payment.txid < other.txid)) vaults.set(payment.vault, payment)
    }
    return vaults
  }
}

function holdAt({ bridge, decoder, asset, recipient, txid }: MemoPayment): Hold {
  return {
    status: 'data-ends',
    code: BRIDGE_PAYMENT,
    reason: `paid into the bridge ${bridge}: the memo of ${txid}, written by its sender, asks for ${asset} to ${recipient ?? 'the sender'} (${decoder}); value is not followed through a vault`,
  }
}
