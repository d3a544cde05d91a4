/**
 * PIFO, proceeds in, first out: a pass over what addresses own, not over single outputs.
 *
 * An address is an account. A transaction takes from an account what it spends of it, less what it pays back to it; the
 * proceeds held there leave first, whichever outputs are spent. They fill the accounts that gain, in the order of their
 * first output, and the fee last. Sources within one account, and within one payment, share alike.
 *
 * At the end the proceeds of an account are shown on its unspent outputs, oldest first. There is always room: proceeds
 * only come in with outputs of this graph, and every spend lowers them before, or together with, those outputs.
 *
 * An output without an address (bare multisig, OP_RETURN) is an account of its own.
 */
import { type AccountBook, bookInParts, type OpenBook } from './account-book.ts'
import type { AddressFlow } from './address-flow.ts'
import { bookInColumns } from './book-in-columns.ts'
import type { TraceGraph } from './graph.ts'
import { openKeyTable } from './key-table.ts'
import type { SlotRef } from './movement.ts'
import { type Hold, type HoldQuestion, hopsInColumn, type PassResult } from './pass.ts'
import type { Seed } from './slot-graph.ts'
import { openUnspentOutputs } from './unspent-outputs.ts'

export type AddressPassResult = PassResult & {
  /** Accounts that ever held proceeds, the height of the block in which they first did, and the fewest hops to them. */
  reached(): Iterable<{ readonly account: string; readonly height: number; readonly hops: number }>
  flow(): readonly AddressFlow[]
}

/** Hops of an account that never held proceeds. */
const NEVER = -1

export function addressPass(
  graph: TraceGraph,
  seeds: readonly Seed[],
  seedHeight: (slot: number) => number,
  holds: HoldQuestion,
  openBook: OpenBook = openAccountBook,
): AddressPassResult {
  const { columns, movements, creator } = graph
  const { names, accountBySlot } = accountsOf(graph)
  const accountCount = names.length
  const unspent = openUnspentOutputs(accountBySlot, accountCount)
  const book = openBook(columns, accountCount, unspent, seeds)

  const firstHeight = new Float64Array(accountCount)
  const hopsOf = new Int32Array(accountCount).fill(NEVER)
  // The last transaction that touches an account, by which slot first, and the first slot that it creates there.
  const touchedBy = new Int32Array(accountCount).fill(-1)
  const touchedSlot = new Int32Array(accountCount)
  const createdSlot = new Int32Array(accountCount).fill(-1)

  const isConsumed = new Uint8Array(columns.slotCount)
  const holdBySlot = new Map<number, Hold>()
  const hopsOfTx = new Int32Array(columns.txCount)
  const overlapBySource = new Map<number, bigint>()

  const seedsBySlot = Map.groupBy(seeds, ({ slot }) => slot)
  for (const slot of seedsBySlot.keys()) {
    if (creator[slot] !== -1) continue
    unspent.add(slot)
    placeSeeds(slot)
  }
  for (let tx = 0; tx < columns.txCount; tx++) passThrough(tx)
  for (let account = 0; account < accountCount; account++) if (book.held(account) > 0n) book.show(account)

  return {
    partsBySlot: book.shown,
    consumed: { has: (slot) => isConsumed[slot] === 1 },
    holdBySlot,
    hopsByTx: hopsInColumn(hopsOfTx),
    drawnIn: 0n,
    overlapBySource,
    reached,
    flow: () => book.flow.steps(graph),
  }

  function passThrough(tx: number): void {
    const [ins, insEnd] = [columns.inStart[tx] as number, columns.inStart[tx + 1] as number]
    const [created, createdEnd] = [columns.outStart[tx] as number, columns.outStart[tx + 1] as number]
    const touched: number[] = []
    for (let at = ins; at < insEnd; at++) {
      const slot = columns.inSlot[at] as number
      book.spend(touch(touched, slot, tx), slot)
    }
    const spendingCount = touched.length
    for (let slot = created; slot < createdEnd; slot++) {
      const account = touch(touched, slot, tx)
      book.receive(account, slot)
      if ((createdSlot[account] as number) < created) createdSlot[account] = slot
    }

    let hops = Number.POSITIVE_INFINITY
    for (let at = 0; at < spendingCount; at++) {
      const account = touched[at] as number
      if (!book.pays(account)) continue
      const slot = touchedSlot[account] as number
      const accountHops = hopsOf[account] as number
      const hold = holds(slot, book.held(account), accountHops)
      // A policy or a budget holds the account: its proceeds stay on the outputs that it has now, for good.
      if (hold) for (const kept of book.show(account)) holdBySlot.set(kept, hold)
      else {
        book.take(account)
        isConsumed[slot] = 1
        hops = Math.min(hops, accountHops + 1)
      }
    }
    for (let at = ins; at < insEnd; at++) unspent.remove(columns.inSlot[at] as number)
    for (let slot = created; slot < createdEnd; slot++) unspent.add(slot)
    if (hops !== Number.POSITIVE_INFINITY) {
      hopsOfTx[tx] = hops
      const height = movements[tx]?.block.height ?? 0
      book.payOut(touched, createdSlot, (account) => noteReached(account, height, hops))
      book.flow.endStep(tx, hops)
    }
    if (seedsBySlot.size > 0) for (let slot = created; slot < createdEnd; slot++) placeSeeds(slot)
  }

  /** The account of a slot of this transaction, noted in `list` (in order) the first time it is seen there. */
  function touch(list: number[], slot: number, tx: number): number {
    const account = accountBySlot[slot] as number
    if (touchedBy[account] !== tx) {
      touchedBy[account] = tx
      touchedSlot[account] = slot
      book.meet(account)
      list.push(account)
    }
    return account
  }

  function placeSeeds(slot: number): void {
    for (const { source, amount } of seedsBySlot.get(slot) ?? []) {
      const account = accountBySlot[slot] as number
      const placed = book.place(account, slot, source, amount)
      if (placed > 0n) noteReached(account, seedHeight(slot), 0)
      if (placed < amount) overlapBySource.set(source, (overlapBySource.get(source) ?? 0n) + amount - placed)
    }
  }

  function noteReached(account: number, height: number, hops: number): void {
    const known = hopsOf[account] as number
    if (known === NEVER) firstHeight[account] = height
    hopsOf[account] = known === NEVER ? hops : Math.min(hops, known)
  }

  function* reached(): Iterable<{ account: string; height: number; hops: number }> {
    for (let account = 0; account < accountCount; account++) {
      const hops = hopsOf[account] as number
      if (hops === NEVER) continue
      yield { account: names[account] as string, height: firstHeight[account] as number, hops }
    }
  }
}

function openAccountBook(...kept: Parameters<OpenBook>): AccountBook {
  return bookInColumns(...kept) ?? bookInParts(...kept)
}

/** Accounts by number, in the order of their first slots. */
function accountsOf({ slots }: TraceGraph): { names: readonly string[]; accountBySlot: Int32Array } {
  const addresses = openKeyTable(slots.length)
  const accountByAddress: number[] = []
  const names: string[] = []
  const accountBySlot = new Int32Array(slots.length)
  for (let slot = 0; slot < slots.length; slot++) {
    const { address, key } = slots[slot] as SlotRef
    if (address === null) {
      accountBySlot[slot] = names.push(key) - 1
      continue
    }
    const number = addresses.add(address)
    if (number === accountByAddress.length) accountByAddress.push(names.push(address) - 1)
    accountBySlot[slot] = accountByAddress[number] as number
  }
  return { names, accountBySlot }
}
