/**
 * What accounts own while a pass over addresses goes on: their proceeds, which outputs brought them, and on which
 * outputs they are shown. Here as objects, part by part: for amounts of any size, and as the definition that the book
 * in columns is held to.
 */
import { type FlowLimits, type FlowSteps, openFlowNotes } from './address-flow.ts'
import { type SlotParts, slotParts } from './held-parts.ts'
import { apportionTable } from './rules/apportion.ts'
import { mergeSources, NO_PARTS, type Parts, traced } from './rules/parts.ts'
import { fill, splitAmongSources } from './rules/totals.ts'
import type { Seed, SlotGraph } from './slot-graph.ts'
import type { UnspentOutputs } from './unspent-outputs.ts'

export interface AccountBook {
  /** The next transaction comes to this account: `spend` and `receive` count from nought. */
  meet(account: number): void
  spend(account: number, slot: number): void
  receive(account: number, slot: number): void
  /** Whether the transaction takes proceeds from this account. */
  pays(account: number): boolean
  held(account: number): bigint
  /** Takes the proceeds of an account, as far as it loses, into what leaves; notes which outputs had brought them. */
  take(account: number): void
  /** What left fills the accounts that gain, in this order, and is noted as brought by the slot given for each. */
  payOut(touched: readonly number[], slotByAccount: Int32Array, credited: (account: number) => void): void
  /** A seed finds room only in what its account does not owe to earlier proceeds; says how much it found. */
  place(account: number, slot: number, source: number, amount: bigint): bigint
  /** Shows the proceeds of an account on its unspent outputs, oldest first, and says on which; it owns none then. */
  show(account: number): readonly number[]
  /** What was shown. */
  readonly shown: SlotParts
  /** What was taken and paid out, for the pass to cut into steps. */
  readonly flow: FlowSteps
}

export type OpenBook = (
  columns: SlotGraph,
  accountCount: number,
  unspent: UnspentOutputs,
  seeds: readonly Seed[],
) => AccountBook

/** An account gives once in a transaction that spends of it, and each credit is used up once more. */
export function flowLimits({ txCount, slotCount, inSlot }: SlotGraph, seedCount: number): FlowLimits {
  return { steps: txCount, took: slotCount + seedCount + inSlot.length, gave: slotCount }
}

type Credit = { readonly slot: number; left: bigint; next: Credit | null }

type Account = {
  /** One part for each source, ascending; `held` is their sum. */
  proceeds: Parts
  held: bigint
  /** What the transaction at hand takes from it. */
  loss: bigint
  /** For the picture of the flow: which outputs brought its proceeds, oldest first. */
  firstCredit: Credit | null
  lastCredit: Credit | null
}

export function bookInParts(
  columns: SlotGraph,
  accountCount: number,
  unspent: UnspentOutputs,
  seeds: readonly Seed[],
): AccountBook {
  const { value } = columns
  const flow = openFlowNotes(flowLimits(columns, seeds.length), (): bigint[] => [])
  const accounts = Array.from({ length: accountCount }, openAccount)
  const partsBySlot = new Map<number, Parts>()
  let leaving: Parts = NO_PARTS
  return {
    meet: (account) => {
      at(account).loss = 0n
    },
    spend: (account, slot) => {
      at(account).loss += value[slot] as bigint
    },
    receive: (account, slot) => {
      at(account).loss -= value[slot] as bigint
    },
    pays: (account) => at(account).held > 0n && at(account).loss > 0n,
    held: (account) => at(account).held,
    take,
    payOut,
    place,
    show,
    shown: slotParts(columns, partsBySlot),
    flow,
  }

  function at(account: number): Account {
    return accounts[account] as Account
  }

  function take(number: number): void {
    const account = at(number)
    const { proceeds, held, loss } = account
    takeCredits(account, held < loss ? held : loss)
    if (held <= loss) {
      leaving = mergeSources(leaving, proceeds)
      account.proceeds = NO_PARTS
      account.held = 0n
      return
    }
    // Two rows: what leaves, and what is left.
    const cells = apportionTable(
      [loss, held - loss],
      proceeds.map(({ amount }) => amount),
    )
    const row = (which: number) =>
      proceeds
        .map(({ source }, index) => ({ source, amount: cells[index]?.[which] as bigint }))
        .filter(({ amount }) => amount > 0n)
    leaving = mergeSources(leaving, row(0))
    account.proceeds = row(1)
    account.held -= loss
  }

  function payOut(touched: readonly number[], slotByAccount: Int32Array, credited: (account: number) => void): void {
    const gaining = touched.filter((account) => at(account).loss < 0n)
    const room = gaining.map((account) => -at(account).loss)
    const shares = fill(traced(leaving), room, room.keys())
    const parts = split(leaving, shares)
    leaving = NO_PARTS
    gaining.forEach((account, index) => {
      const share = shares[index] as bigint
      if (share === 0n) return
      const slot = slotByAccount[account] as number
      credit(at(account), parts[index] as Parts, share, slot)
      credited(account)
      flow.gave(slot, room[index] as bigint, share)
    })
  }

  function place(account: number, slot: number, source: number, amount: bigint): bigint {
    let room = -at(account).held
    for (let output = unspent.first(account); output !== -1; output = unspent.after(output)) room += rest(output)
    const placed = amount < room ? amount : room
    if (placed > 0n) credit(at(account), [{ source, amount: placed }], placed, slot)
    return placed
  }

  function show(number: number): number[] {
    const account = at(number)
    const slots: number[] = []
    for (let slot = unspent.first(number); slot !== -1; slot = unspent.after(slot)) slots.push(slot)
    const room = slots.map(rest)
    const parts = split(account.proceeds, fill(account.held, room, room.keys()))
    accounts[number] = openAccount()
    return slots.filter((slot, index) => {
      const share = parts[index]
      if (!share || share.length === 0) return false
      partsBySlot.set(slot, mergeSources(partsBySlot.get(slot) ?? NO_PARTS, share))
      return true
    })
  }

  /** An output that was shown before (its account was held, then paid again) has only the rest of its value to offer. */
  function rest(slot: number): bigint {
    return (value[slot] as bigint) - traced(partsBySlot.get(slot) ?? NO_PARTS)
  }

  function credit(account: Account, parts: Parts, left: bigint, slot: number): void {
    account.proceeds = mergeSources(account.proceeds, parts)
    account.held += left
    const brought: Credit = { slot, left, next: null }
    if (account.lastCredit) account.lastCredit.next = brought
    else account.firstCredit = brought
    account.lastCredit = brought
  }

  function takeCredits(account: Account, amount: bigint): void {
    let wanted = amount
    while (wanted > 0n) {
      const oldest = account.firstCredit
      if (!oldest) throw new RangeError('an account pays proceeds that nothing brought it')
      const part = oldest.left < wanted ? oldest.left : wanted
      flow.took(oldest.slot, part)
      wanted -= part
      oldest.left -= part
      if (oldest.left === 0n) account.firstCredit = oldest.next
      if (!account.firstCredit) account.lastCredit = null
    }
  }
}

function split(parts: Parts, shares: readonly bigint[]): Parts[] {
  return splitAmongSources(
    parts.map(({ source }) => source),
    parts.map(({ amount }) => amount),
    shares,
  )
}

function openAccount(): Account {
  return { proceeds: NO_PARTS, held: 0n, loss: 0n, firstCredit: null, lastCredit: null }
}
