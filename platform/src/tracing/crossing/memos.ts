/**
 * Memos on chains of outputs, by packs/decoders/memos.json: a payment to a vault of a bridge says in an OP_RETURN output what is
 * to come of it (which asset, on which chain, to whom), and what comes back names in one the payment that it returns.
 *
 * A memo is the word of whoever made the transaction. That the output was a vault's is not checked against any list: where value
 * really crossed, a destination says so. A memo that cannot be read in full is none, and value is followed as if there were none.
 */
import memoPack from '../../../../packs/decoders/memos.json' with { type: 'json' }
import type { LedgerTx } from '../../chains/index.ts'
import { normalAddress } from './bridge-event.ts'

/** A payment into a bridge, as its memo has it. */
export type MemoPayment = {
  readonly bridge: string
  /** The decoder that read it: `thorchain-swap@1`. */
  readonly decoder: string
  readonly txid: string
  /** The output that pays the vault. */
  readonly vout: number
  readonly vault: string | null
  readonly amount: bigint
  readonly memo: string
  /** As the bridge names it, in full: `ETH.ETH`, `ETH.USDC-0X…`. */
  readonly asset: string
  /** CAIP-2 of the chain to which it is to come; `null` where it is none that is known here, or stays with the bridge. */
  readonly toChain: string | null
  /** `null`: back to the sender, as far as the memo says. */
  readonly recipient: string | null
  /** Where it comes back to if nothing comes of it: the address that the memo names, else that of the first input. */
  readonly refundTo: string | null
}

/** Names of assets: on their chain; `/`, `~` and `-` before the symbol are claims that stay with the bridge. */
const ASSET = /^([A-Z0-9]{2,12})([./~-])([A-Z0-9]{1,20})(-[A-Z0-9]{1,64})?$/
const networks: Readonly<Record<string, string>> = memoPack.assets.networks
const shortAssets: Readonly<Record<string, string>> = memoPack.assets.short

/** The payment into a bridge that this transaction is by its memo, or null. */
export function memoPaymentOf(tx: LedgerTx): MemoPayment | null {
  if (tx.coinbase) return null
  for (const memo of memosIn(tx)) {
    const [word = '', asset = '', addresses = ''] = memo.split(':')
    const pack = memoPack.memos.find(({ words }) => words.includes(word.toUpperCase()))
    if (pack === undefined) continue
    const wanted = assetOf(asset)
    const output = tx.outputs[pack.vaultOutput]
    const sender = tx.inputs[0]?.prevout?.address ?? null
    if (wanted === null || !output || output.type === 'op_return' || output.value === 0n) continue
    // What goes back to its own sender is no payment to a vault, whatever the memo says.
    if (output.address !== null && output.address === sender) continue
    const [to = '', refund = ''] = addresses.split('/')
    return {
      bridge: pack.bridge,
      decoder: `${pack.id}@${pack.version}`,
      txid: tx.txid,
      vout: pack.vaultOutput,
      vault: output.address,
      amount: output.value,
      memo,
      ...wanted,
      recipient: to === '' ? null : normalAddress(to),
      refundTo: refund === '' ? sender : refund,
    }
  }
  return null
}

/** Whether this transaction says that it pays back what that payment brought. */
export function refundsPayment(tx: LedgerTx, payment: Pick<MemoPayment, 'bridge' | 'txid'>): boolean {
  return memosIn(tx).some((memo) => {
    const [word = '', txid = '', ...more] = memo.split(':')
    const pack = memoPack.refunds.find((one) => one.word === word.toUpperCase())
    return pack?.bridge === payment.bridge && txid.toLowerCase() === payment.txid && more.length === 0
  })
}

function assetOf(text: string): Pick<MemoPayment, 'asset' | 'toChain'> | null {
  const asset = shortAssets[text.toLowerCase()] ?? text.toUpperCase()
  const parts = ASSET.exec(asset)
  if (parts === null) return null
  const [, network = '', divider] = parts
  return { asset, toChain: divider === '.' ? (networks[network] ?? null) : null }
}

function memosIn({ outputs }: LedgerTx): string[] {
  return outputs.flatMap(({ type, script }) => (type === 'op_return' && script !== null ? (memoOf(script) ?? []) : []))
}

/** The text of an OP_RETURN script with one push and nothing else, where it is printable ASCII. */
export function memoOf(script: string): string | null {
  const push = Number.parseInt(script.slice(2, 4), 16)
  const [start, length] =
    push >= 1 && push <= 0x4b
      ? [4, push]
      : push === 0x4c
        ? [6, Number.parseInt(script.slice(4, 6), 16)]
        : push === 0x4d
          ? [8, Number.parseInt(script.slice(6, 8) + script.slice(4, 6), 16)]
          : [0, 0]
  if (!/^6a[0-9a-f]*$/.test(script) || length === 0 || script.length !== start + 2 * length) return null
  let text = ''
  for (let at = start; at < script.length; at += 2) {
    const code = Number.parseInt(script.slice(at, at + 2), 16)
    if (code < 0x20 || code > 0x7e) return null
    text += String.fromCharCode(code)
  }
  return text
}
