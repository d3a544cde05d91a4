/** Transactions of tests as an Esplora server would answer them. */
import type { LedgerTx } from '../src/chains/index.ts'

/** `status`: what the server says of the block; `null` where it says nothing. */
export function esplora(
  tx: LedgerTx,
  status: object | null = { confirmed: true, block_height: tx.block.height },
): object {
  return {
    txid: tx.txid,
    vin: tx.coinbase
      ? [{ txid: '00'.repeat(32), vout: 0xffff_ffff, is_coinbase: true, prevout: null }]
      : tx.inputs.map(({ prev, prevout }) => ({
          ...prev,
          is_coinbase: false,
          prevout: prevout && { value: Number(prevout.value), scriptpubkey: prevout.script },
        })),
    vout: tx.outputs.map(({ value, script }) => ({ value: Number(value), scriptpubkey: script })),
    ...(status === null ? {} : { status }),
  }
}
