/** Why traced value is where it is: the last word on every slot that was not passed on. */
import { readSlotKey, type SlotRef } from './movement.ts'
import type { Position } from './positions.ts'
import { hotHold, serviceHold, type TraceWork } from './trace-work.ts'

export function endOf(
  work: TraceWork,
  ref: SlotRef,
  traced: bigint,
  hops: number,
): Pick<Position, 'status' | 'code' | 'reason'> {
  const { walk, setting, serviceAt, holdOf } = work
  const { txid, vout, kind } = readSlotKey(ref.key)
  const next = walk.nextByKey.get(ref.key)
  const service = hops > 0 ? serviceAt(ref.address) : null
  if (service) return serviceHold(service)
  const bridge = work.bridgeHold(ref)
  if (bridge) return bridge
  const hot = ref.address === null ? undefined : work.hotAddresses.get(ref.address)
  if (hot) return hotHold(ref.address as string, hot)
  if (next?.txid) {
    const cut = walk.cut.get(next.txid)
    if (cut) return cut
    const blocked = walk.blocked.get(next.txid)
    if (blocked)
      return {
        status: 'data-ends',
        code: blocked.why,
        reason: `moved on in ${next.txid}, which cannot be passed through: ${blocked.detail}`,
      }
    const hold = holdOf(ref, traced, hops, next.txid)
    if (hold) return hold
    return {
      status: 'data-ends',
      code: 'next-not-read',
      reason: `moved on in ${next.txid}, which the ledger does not hold in full`,
    }
  }
  if (next?.why === 'new-coins')
    return { status: 'data-ends', code: 'new-coins', reason: 'newly created coins: nothing lies before' }
  if (next?.why === 'creator-unknown')
    return {
      status: 'data-ends',
      code: 'creator-not-in-ledger',
      reason: `the transaction that paid this (${txid}) is not in the imported data`,
    }
  if (next?.why === 'coinbase-unknown')
    return {
      status: 'fee',
      code: 'coinbase-not-in-ledger',
      reason: 'fee: the block is not complete in the imported data, so its coinbase cannot be followed',
    }
  if (kind === 'fee') return { status: 'fee', code: 'fee', reason: `fee of ${txid}, paid to the miner of its block` }
  if (kind === 'unclaimed')
    return {
      status: 'written-off',
      code: 'unclaimed',
      reason: 'left unclaimed by the miner: these coins no longer exist',
    }
  const output = setting.window.seen.get(txid)?.outputs[vout ?? -1]
  if (output?.type === 'op_return')
    return { status: 'written-off', code: 'unspendable', reason: 'an OP_RETURN output can never be spent' }
  return unspentOrUnknown(work, txid)
}

/** "Unspent" is said only where every block from the output's own to the as-of block is here and proven complete. */
function unspentOrUnknown({ setting }: TraceWork, txid: string): Pick<Position, 'status' | 'code' | 'reason'> {
  const height = setting.window.seen.get(txid)?.block.height
  const { asOf, status } = setting
  const covers = (kind: 'merkle' | 'declared') =>
    height !== undefined &&
    status.complete.some(
      (range) =>
        (range.completeness === 'merkle' || kind === 'declared') && range.from <= height && range.to >= asOf.height,
    )
  if (covers('merkle')) {
    return {
      status: 'unspent',
      code: 'unspent',
      reason: `unspent as of block ${asOf.height}: every block since is complete and no transaction spends it`,
    }
  }
  if (covers('declared')) {
    return {
      status: 'data-ends',
      code: 'completeness-declared',
      reason: `no spend up to block ${asOf.height} in data whose completeness is declared by its source, not proven`,
    }
  }
  return {
    status: 'data-ends',
    code: 'no-later-data',
    reason: 'no spend in the imported data, which does not hold every later block',
  }
}
