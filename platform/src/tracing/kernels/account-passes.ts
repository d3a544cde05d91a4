/**
 * Haircut and FIFO over the transfers of accounts, by the WebAssembly kernels: what each account holds at the end.
 *
 * All that a seeded account sends is traced. Units that an account pays and is not known to have had are clean; they stand at
 * the end of the payment. The rules in ../accounts, which know more of such units, are the definition where there are none.
 */
import { stop } from '../../kernel/index.ts'
import { BASE, bitBytes, layOut } from './columns.ts'
import type { Lots } from './results.ts'
import { CLEAN } from './seeds.ts'
import type { Transfers } from './transfer-graph.ts'
import { growTo, openKernels, refuseSize } from './webassembly.ts'

/** Transfers of one asset in the order in which they are applied. All amounts together are below 2^64. */
export type AccountTransfers = Transfers & { readonly amount: BigUint64Array }

export type SeededAccount = { readonly account: number; readonly source: number }

type Sums = {
  readonly balance: BigUint64Array
  /** Units that seeds brought in, and units that were paid and were not there. */
  readonly root: bigint
  readonly missing: bigint
}

export type AccountHaircut = Sums & { readonly traced: BigUint64Array }

/** The line of each account that holds traced units; an account without lots is clean. */
export type AccountFifo = Sums & { readonly lots: Lots }

export function accountHaircut(transfers: AccountTransfers, seeded: readonly number[]): AccountHaircut {
  return loadAccountTransfers(transfers)
    .haircut(seeded.map((account) => ({ account, source: 0 })))
    .take()
}

export function accountFifo(transfers: AccountTransfers, seeds: readonly SeededAccount[]): AccountFifo {
  return loadAccountTransfers(transfers).fifo(seeds).take()
}

/** Transfers for one call of a kernel: see slot-passes.ts. */
const PORTION = 65_536
/** Lots that are read ahead together, as in assembly/accounts.ts. */
const LISTED = 256
const TOO_MUCH = 2n ** 64n

export function loadAccountTransfers(transfers: AccountTransfers) {
  const { nodeCount, source, destination, amount } = transfers
  const count = source.length
  checkTransfers(transfers)
  const { at, end } = layOut(BASE, {
    source: 4 * count,
    destination: 4 * count,
    amount: 8 * count,
    accounts: 16 * nodeCount,
    seeded: bitBytes(nodeCount),
    label: 4 * nodeCount,
    listed: 4 * LISTED,
  })
  const { memory, kernels } = openKernels(end + 16)
  words(at.source, count).set(source)
  words(at.destination, count).set(destination)
  new BigUint64Array(memory.buffer, at.amount, count).set(amount)
  return { bytes: () => memory.buffer.byteLength, haircut, fifo }

  function haircut(seeds: readonly SeededAccount[]): { readonly take: () => AccountHaircut } {
    start(seeds)
    inPortions((first, last) => {
      kernels.accountHaircut(first, last, count, at.source, at.destination, at.amount, at.accounts, at.seeded)
    })
    return {
      take: () => {
        const pairs = new BigUint64Array(memory.buffer, at.accounts, 2 * nodeCount)
        const traced = new BigUint64Array(nodeCount)
        for (let node = 0; node < nodeCount; node++) traced[node] = pairs[2 * node + 1] as bigint
        return { ...sums(), traced }
      },
    }
  }

  function fifo(seeds: readonly SeededAccount[]): { readonly take: () => AccountFifo } {
    // A page of lots to begin with; the kernel asks for more.
    growTo(memory, end + 65_536)
    start(seeds)
    inPortions((first, last) => {
      const { source: from, destination: to } = at
      const done = kernels.accountFifo(
        first,
        last,
        count,
        from,
        to,
        at.amount,
        at.accounts,
        at.seeded,
        at.label,
        at.listed,
      )
      if (!done) refuseSize(memory.buffer.byteLength + 2 ** 24)
    })
    return { take: () => ({ ...sums(), lots: takeLots() }) }
  }

  function start(seeds: readonly SeededAccount[]): void {
    words(at.accounts, 4 * nodeCount).fill(0)
    const bits = words(at.seeded, bitBytes(nodeCount) / 4)
    bits.fill(0)
    const labels = new Int32Array(memory.buffer, at.label, nodeCount)
    for (const { account, source: label } of seeds) {
      if (account >= nodeCount) unknownNode(account)
      if (label < 0) {
        stop('KERNEL_SEED_SOURCE', `A seed names the source ${label}.`, { fix: 'Number the sources from 0.' })
      }
      bits[account >>> 5] = (bits[account >>> 5] ?? 0) | (1 << (account & 31))
      labels[account] = label
    }
    kernels.startAccounts(end)
  }

  function inPortions(pass: (first: number, last: number) => void): void {
    for (let first = 0; first < count; first += PORTION) pass(first, Math.min(count, first + PORTION))
  }

  function sums(): Sums {
    const pairs = new BigUint64Array(memory.buffer, at.accounts, 2 * nodeCount)
    const balance = new BigUint64Array(nodeCount)
    for (let node = 0; node < nodeCount; node++) balance[node] = pairs[2 * node] as bigint
    const unsigned = (units: bigint) => BigInt.asUintN(64, units)
    return { balance, root: unsigned(kernels.accountRoot()), missing: unsigned(kernels.accountMissing()) }
  }

  function takeLots(): Lots {
    const heads = words(at.accounts, 4 * nodeCount)
    const view = new DataView(memory.buffer, end)
    const start = new Uint32Array(nodeCount + 1)
    for (let node = 0, found = 0; node < nodeCount; node++) {
      for (let lot = heads[4 * node + 2] ?? 0; lot !== 0; lot = view.getUint32(16 * lot + 12, true)) found++
      start[node + 1] = found
    }
    const owners = new Int32Array(start[nodeCount] ?? 0)
    const amounts = new BigUint64Array(owners.length)
    for (let node = 0, next = 0; node < nodeCount; node++) {
      for (let lot = heads[4 * node + 2] ?? 0; lot !== 0; lot = view.getUint32(16 * lot + 12, true)) {
        amounts[next] = view.getBigUint64(16 * lot, true)
        owners[next++] = view.getInt32(16 * lot + 8, true)
      }
    }
    return { start, source: owners, amount: amounts }
  }

  function words(address: number, length: number): Uint32Array {
    return new Uint32Array(memory.buffer, address, length)
  }
}

export function checkTransfers({ nodeCount, source, destination, amount }: AccountTransfers): void {
  if (source.length !== destination.length || source.length !== amount.length) {
    stop('KERNEL_TRANSFERS_MALFORMED', 'The columns of the transfers have different lengths.', {
      fix: 'Give whole columns.',
    })
  }
  let sum = 0n
  for (let at = 0; at < source.length; at++) {
    sum += amount[at] as bigint
    if ((source[at] as number) >= nodeCount) unknownNode(source[at] as number)
    if ((destination[at] as number) >= nodeCount) unknownNode(destination[at] as number)
  }
  if (sum >= TOO_MUCH) {
    stop('KERNEL_TOO_LARGE', 'The amounts of the transfers come to 2^64 base units or more.', {
      fix: 'Trace them by the rules, which count in whole numbers of any size.',
    })
  }
}

function unknownNode(node: number): never {
  return stop('KERNEL_NODE_UNKNOWN', `A transfer or a seed names the account ${node}, which is beyond their count.`, {
    fix: 'Number the accounts from 0, and give their count.',
  })
}

export { CLEAN }
