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
import type { TraceGraph } from './graph.ts'
import { slotParts } from './held-parts.ts'
import type { SlotRef } from './movement.ts'
import type { Hold, HoldQuestion, PassResult } from './pass.ts'
import { apportionTable } from './rules/apportion.ts'
import { mergeSources, NO_PARTS, type Parts, traced } from './rules/parts.ts'
import { fill, splitAmongSources } from './rules/totals.ts'
import type { Seed } from './slot-graph.ts'

export type AddressPassResult = PassResult & {
  /** Accounts that ever held proceeds → height of the block in which they first did. */
  readonly firstHeightByAccount: ReadonlyMap<string, number>
  readonly hopsByAccount: ReadonlyMap<string, number>
  /**
   * What each transaction took from accounts, by the outputs that had brought it (oldest first), and gave to accounts,
   * shown on the first output of each.
   */
  readonly flow: readonly AddressFlow[]
}

export type AddressFlow = {
  readonly txid: string
  readonly hops: number
  readonly from: readonly { readonly key: string; readonly traced: bigint }[]
  readonly to: readonly {
    readonly key: string
    readonly address: string | null
    readonly amount: bigint
    readonly traced: bigint
  }[]
}

export function addressPass(
  graph: TraceGraph,
  seeds: readonly Seed[],
  seedHeight: (slot: number) => number,
  holds: HoldQuestion,
): AddressPassResult {
  const { columns, movements } = graph
  const accounts = accountsOf(graph)
  const partsBySlot = new Map<number, Parts>()
  // Chains of slots rather than a list for each account: most accounts hold one slot, some hold thousands.
  const nextUnspent = new Int32Array(columns.slotCount).fill(NONE)
  const previousUnspent = new Int32Array(columns.slotCount).fill(NONE)
  const isUnspent = new Uint8Array(columns.slotCount)
  const consumed = new Set<number>()
  const holdBySlot = new Map<number, Hold>()
  const hopsByTx = new Map<number, number>()
  const overlapBySource = new Map<number, bigint>()
  const flow: AddressFlow[] = []

  const seedsBySlot = new Map<number, Seed[]>()
  for (const seed of seeds) seedsBySlot.set(seed.slot, [...(seedsBySlot.get(seed.slot) ?? []), seed])
  for (const [slot, ofSlot] of seedsBySlot) {
    if (graph.creator[slot] !== -1) continue
    addUnspent(slot)
    placeSeeds(slot, ofSlot)
  }

  for (let tx = 0; tx < columns.txCount; tx++) {
    const spent = columns.inSlot.subarray(columns.inStart[tx], columns.inStart[tx + 1])
    const [created, createdEnd] = [columns.outStart[tx] as number, columns.outStart[tx + 1] as number]
    const spending: Account[] = []
    for (const slot of spent) {
      const account = touch(spending, slot, tx)
      account.loss += columns.value[slot] as bigint
    }
    const touched = [...spending]
    for (let slot = created; slot < createdEnd; slot++) {
      const account = touch(touched, slot, tx)
      account.loss -= columns.value[slot] as bigint
      if (account.createdSlot < created) account.createdSlot = slot
    }

    let leaving: Parts = NO_PARTS
    const from: { key: string; traced: bigint }[] = []
    let hops = Number.POSITIVE_INFINITY
    for (const account of spending) {
      const { loss, hops: accountHops, touchedSlot: slot } = account
      if (account.held === 0n || loss <= 0n) continue
      const hold = holds(slot, account.held, accountHops)
      if (hold) freeze(account, hold)
      else {
        const before = account.held
        leaving = mergeSources(leaving, takeProceeds(account, loss))
        takeCredits(account, before - account.held, from)
        consumed.add(slot)
        hops = Math.min(hops, accountHops + 1)
      }
    }
    for (const slot of spent) removeUnspent(slot)
    for (let slot = created; slot < createdEnd; slot++) addUnspent(slot)
    if (leaving.length > 0) {
      hopsByTx.set(tx, hops)
      const movement = movements[tx]
      const to = payOut(leaving, touched, movement?.block.height ?? 0, hops)
      flow.push({ txid: movement?.txid ?? '', hops, from, to })
    }
    for (let slot = created; slot < createdEnd; slot++) {
      const ofSlot = seedsBySlot.get(slot)
      if (ofSlot) placeSeeds(slot, ofSlot)
    }
  }
  for (const account of accounts.all) if (account.held > 0n) showOnOutputs(account)
  const reached = accounts.all.filter(({ firstHeight }) => firstHeight !== null)
  return {
    partsBySlot: slotParts(columns, partsBySlot),
    consumed,
    holdBySlot,
    hopsByTx,
    drawnIn: 0n,
    overlapBySource,
    firstHeightByAccount: new Map(reached.map(({ name, firstHeight }) => [name, firstHeight ?? 0])),
    hopsByAccount: new Map(reached.map(({ name, hops }) => [name, hops])),
    flow,
  }

  function accountOf(slot: number): Account {
    return accounts.bySlot[slot] as Account
  }

  /** The account of a slot of this transaction, noted in `list` (in order) the first time it is seen there. */
  function touch(list: Account[], slot: number, tx: number): Account {
    const account = accountOf(slot)
    if (account.touchedBy !== tx) {
      account.touchedBy = tx
      account.touchedSlot = slot
      account.loss = 0n
      list.push(account)
    }
    return account
  }

  /** A seed finds room only in what its account does not owe to earlier proceeds; the rest is an overlap. */
  function placeSeeds(slot: number, ofSlot: readonly Seed[]): void {
    const account = accountOf(slot)
    for (const { source, amount } of ofSlot) {
      let room = -account.held
      for (const unspent of unspentOf(account)) {
        room += (columns.value[unspent] as bigint) - traced(partsBySlot.get(unspent) ?? [])
      }
      const placed = amount < room ? amount : room
      if (placed > 0n) {
        credit(account, [{ source, amount: placed }], seedHeight(slot), 0)
        addCredit(account, keyOf(slot), placed)
      }
      if (placed < amount) overlapBySource.set(source, (overlapBySource.get(source) ?? 0n) + amount - placed)
    }
  }

  function credit(account: Account, parts: Parts, height: number, hops: number): void {
    account.proceeds = mergeSources(account.proceeds, parts)
    account.held += traced(parts)
    account.hops = account.firstHeight === null ? hops : Math.min(hops, account.hops)
    account.firstHeight ??= height
  }

  function takeProceeds(account: Account, loss: bigint): Parts {
    const { proceeds, held } = account
    if (held <= loss) {
      account.proceeds = NO_PARTS
      account.held = 0n
      return proceeds
    }
    // Two rows: what leaves, and what is left.
    const cells = apportionTable(
      [loss, held - loss],
      proceeds.map(({ amount }) => amount),
    )
    const row = (at: number) =>
      proceeds
        .map(({ source }, index) => ({ source, amount: cells[index]?.[at] as bigint }))
        .filter(({ amount }) => amount > 0n)
    account.proceeds = row(1)
    account.held -= loss
    return row(0)
  }

  function payOut(leaving: Parts, touched: readonly Account[], height: number, hops: number): AddressFlow['to'] {
    const gaining = touched.filter(({ loss }) => loss < 0n)
    const room = gaining.map(({ loss }) => -loss)
    const shares = fill(traced(leaving), room, room.keys())
    const parts = splitAmongSources(
      leaving.map(({ source }) => source),
      leaving.map(({ amount }) => amount),
      shares,
    )
    const to: AddressFlow['to'][number][] = []
    gaining.forEach((account, index) => {
      const share = shares[index] as bigint
      if (share === 0n) return
      credit(account, parts[index] as Parts, height, hops)
      const { key, address } = graph.slots[account.createdSlot] as SlotRef
      addCredit(account, key, share)
      to.push({ key, address, amount: -account.loss, traced: share })
    })
    return to
  }

  /** A policy or a budget holds the account: its proceeds stay on the outputs that it has now, for good. */
  function freeze(account: Account, hold: Hold): void {
    for (const slot of showOnOutputs(account)) holdBySlot.set(slot, hold)
    account.proceeds = NO_PARTS
    account.held = 0n
    account.firstCredit = null
    account.lastCredit = null
  }

  function showOnOutputs(account: Account): number[] {
    const { proceeds, held } = account
    const slots = unspentOf(account)
    // An output that was shown before (its account was held, then paid again) has only the rest of its value to offer.
    const values = slots.map((slot) => (columns.value[slot] as bigint) - traced(partsBySlot.get(slot) ?? []))
    const shares = fill(held, values, values.keys())
    const parts = splitAmongSources(
      proceeds.map(({ source }) => source),
      proceeds.map(({ amount }) => amount),
      shares,
    )
    return slots.filter((slot, index) => {
      const share = parts[index]
      if (!share || share.length === 0) return false
      partsBySlot.set(slot, mergeSources(partsBySlot.get(slot) ?? NO_PARTS, share))
      return true
    })
  }

  function keyOf(slot: number): string {
    return graph.slots[slot]?.key ?? ''
  }

  function addCredit(account: Account, key: string, left: bigint): void {
    const credit: Credit = { key, left, next: null }
    if (account.lastCredit) account.lastCredit.next = credit
    else account.firstCredit = credit
    account.lastCredit = credit
  }

  function takeCredits(account: Account, amount: bigint, taken: { key: string; traced: bigint }[]): void {
    let wanted = amount
    while (wanted > 0n) {
      const oldest = account.firstCredit
      if (!oldest) throw new RangeError('an account pays proceeds that nothing brought it')
      const part = oldest.left < wanted ? oldest.left : wanted
      taken.push({ key: oldest.key, traced: part })
      wanted -= part
      oldest.left -= part
      if (oldest.left === 0n) account.firstCredit = oldest.next
      if (!account.firstCredit) account.lastCredit = null
    }
  }

  function unspentOf({ firstUnspent }: Account): number[] {
    const slots: number[] = []
    for (let slot = firstUnspent; slot !== NONE; slot = nextUnspent[slot] as number) slots.push(slot)
    return slots
  }

  function addUnspent(slot: number): void {
    const account = accountOf(slot)
    const last = account.lastUnspent
    previousUnspent[slot] = last
    if (last === NONE) account.firstUnspent = slot
    else nextUnspent[last] = slot
    account.lastUnspent = slot
    isUnspent[slot] = 1
  }

  function removeUnspent(slot: number): void {
    // A slot from outside that is no seed was never added.
    if (isUnspent[slot] === 0) return
    isUnspent[slot] = 0
    const account = accountOf(slot)
    const [previous, next] = [previousUnspent[slot] as number, nextUnspent[slot] as number]
    if (previous === NONE) account.firstUnspent = next
    else nextUnspent[previous] = next
    if (next === NONE) account.lastUnspent = previous
    else previousUnspent[next] = previous
  }
}

const NONE = -1

type Credit = { readonly key: string; left: bigint; next: Credit | null }

/** What an address owns while the pass goes on. */
type Account = {
  readonly name: string
  /** One part for each source, ascending; `held` is their sum. */
  proceeds: Parts
  held: bigint
  /** Outputs of this graph that it has not spent yet, oldest first: the ends of a chain of slots. */
  firstUnspent: number
  lastUnspent: number
  firstHeight: number | null
  hops: number
  /** For the picture of the flow: which outputs brought its proceeds, oldest first. */
  firstCredit: Credit | null
  lastCredit: Credit | null
  /** The last transaction that touches it, by which slot first, what it takes from it, and the first slot it creates. */
  touchedBy: number
  touchedSlot: number
  loss: bigint
  createdSlot: number
}

function accountsOf({ slots }: TraceGraph): { readonly all: readonly Account[]; readonly bySlot: readonly Account[] } {
  const accountByAddress = new Map<string, Account>()
  const all: Account[] = []
  const bySlot = slots.map(({ address, key }) => {
    let account = address === null ? undefined : accountByAddress.get(address)
    if (!account) {
      account = openAccount(address ?? key)
      all.push(account)
      if (address !== null) accountByAddress.set(address, account)
    }
    return account
  })
  return { all, bySlot }
}

function openAccount(name: string): Account {
  return {
    name,
    proceeds: NO_PARTS,
    held: 0n,
    firstUnspent: NONE,
    lastUnspent: NONE,
    firstHeight: null,
    hops: 0,
    firstCredit: null,
    lastCredit: null,
    touchedBy: -1,
    touchedSlot: -1,
    loss: 0n,
    createdSlot: -1,
  }
}
