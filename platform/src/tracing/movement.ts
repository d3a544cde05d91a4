/**
 * Transactions as movements: slots in, slots out, with equal sums.
 *
 * A fee is an out-slot of its own. A coinbase whose block is complete takes the subsidy and the fees of its block in
 * block order, the subsidy first, and may leave something unclaimed. Backwards, a movement is read the other way round.
 */
import type { BlockRef, LedgerTx, OutPoint } from '../chains/index.ts'

export type SlotRef = { readonly key: string; readonly value: bigint; readonly address: string | null }

export type Movement = {
  readonly txid: string
  readonly block: BlockRef
  readonly index: number | null
  readonly ins: readonly SlotRef[]
  readonly outs: readonly SlotRef[]
  /** The last of `outs` is what the transaction leaves over: a fee, or what a coinbase did not claim. */
  readonly hasFee: boolean
  readonly coinbase: boolean
}

/** Why a transaction cannot be passed through: its inputs are worth less than its outputs, or nobody says what they are worth. */
export type Blocked = {
  readonly txid: string
  readonly block: BlockRef
  readonly why: 'input-values-unknown' | 'values-do-not-add-up'
  readonly detail: string
}

export function outputKey(outpoint: OutPoint): string {
  return `${outpoint.txid}:${outpoint.vout}`
}

export function feeKey(txid: string): string {
  return `${txid}:fee`
}

/** What a slot is, from its key. */
export function readSlotKey(key: string): {
  readonly txid: string
  readonly vout: number | null
  readonly kind: 'output' | 'fee' | 'subsidy' | 'unclaimed'
} {
  const [txid = '', rest = ''] = key.split(':')
  if (rest === 'fee' || rest === 'subsidy' || rest === 'unclaimed') return { txid, vout: null, kind: rest }
  return { txid, vout: Number(rest), kind: 'output' }
}

export function toMovement(tx: LedgerTx): Movement | Blocked {
  const ins: SlotRef[] = []
  for (let vin = 0; vin < tx.inputs.length; vin++) {
    const input = tx.inputs[vin]
    if (!input?.prev) continue
    if (!input.prevout) {
      return blocked(
        tx,
        'input-values-unknown',
        `what input ${vin} spends (${outputKey(input.prev)}) is not in the ledger`,
      )
    }
    ins.push({ key: outputKey(input.prev), value: input.prevout.value, address: input.prevout.address })
  }
  const outs = outputSlots(tx)
  const left = sum(ins) - sum(outs)
  if (left < 0n)
    return blocked(tx, 'values-do-not-add-up', `its outputs are worth ${-left} base units more than its inputs`)
  if (left > 0n) outs.push({ key: feeKey(tx.txid), value: left, address: null })
  return { txid: tx.txid, block: tx.block, index: tx.index, ins, outs, hasFee: left > 0n, coinbase: false }
}

/**
 * The coinbase of a complete block, fed by the subsidy and by the fees of `others` in block order.
 * Blocked where a fee is unknown, the subsidy is not known for this height, or the coinbase takes more than there is.
 */
export function toCoinbaseMovement(
  coinbase: LedgerTx,
  others: readonly LedgerTx[],
  subsidy: bigint | null,
): Movement | Blocked {
  if (subsidy === null)
    return blocked(
      coinbase,
      'input-values-unknown',
      `the subsidy at height ${coinbase.block.height} is not a fixed amount`,
    )
  const ins: SlotRef[] = [{ key: `${coinbase.txid}:subsidy`, value: subsidy, address: null }]
  for (const tx of others) {
    const movement = toMovement(tx)
    if ('why' in movement)
      return blocked(
        coinbase,
        'input-values-unknown',
        `the fee of ${tx.txid} in its block is unknown: ${movement.detail}`,
      )
    if (movement.hasFee) ins.push(movement.outs.at(-1) as SlotRef)
  }
  const outs = outputSlots(coinbase)
  const left = sum(ins) - sum(outs)
  if (left < 0n)
    return blocked(
      coinbase,
      'values-do-not-add-up',
      `the coinbase takes ${-left} base units more than subsidy and fees`,
    )
  if (left > 0n) outs.push({ key: `${coinbase.txid}:unclaimed`, value: left, address: null })
  return {
    txid: coinbase.txid,
    block: coinbase.block,
    index: coinbase.index,
    ins,
    outs,
    hasFee: left > 0n,
    coinbase: true,
  }
}

/** The movement read backwards: what it paid comes in, what it spent goes out. */
export function reversedMovement(movement: Movement): Movement {
  return { ...movement, ins: movement.outs, outs: movement.ins, hasFee: false }
}

function outputSlots(tx: LedgerTx): SlotRef[] {
  return tx.outputs.map((output, vout) => ({
    key: outputKey({ txid: tx.txid, vout }),
    value: output.value,
    address: output.address,
  }))
}

function sum(slots: readonly SlotRef[]): bigint {
  let total = 0n
  for (const slot of slots) total += slot.value
  return total
}

function blocked(tx: LedgerTx, why: Blocked['why'], detail: string): Blocked {
  return { txid: tx.txid, block: tx.block, why, detail }
}
