/**
 * Rules that look at amounts only: how much traced value a payment carries, and then whose. They differ in who leaves
 * first: traced value (PIFO), clean value (the lowest intermediate balance rule), or both alike (haircut).
 */
import { apportion, apportionTable } from '../rules/apportion.ts'
import { CLEAN, type Part, type Parts } from '../rules/parts.ts'
import type { Holding } from './holding.ts'

/** How much of a payment is traced: `total` is traced of a `balance` from which `amount` leaves. */
export type Leaving = (amount: bigint, balance: bigint, total: bigint) => bigint

/** Haircut: what leaves and what stays carry the same share, by largest remainder (of equals, what leaves). */
export const sharedAlike: Leaving = (amount, balance, total) =>
  apportion(total, [amount, balance - amount])[0] as bigint

/** PIFO: the proceeds leave first. */
export const tracedFirst: Leaving = (amount, _balance, total) => (total < amount ? total : amount)

/**
 * The lowest intermediate balance rule: what can be traced into the account afterwards is the smaller of what could be
 * traced before and the balance that is left. A later receipt revives nothing.
 */
export const cleanFirst: Leaving = (amount, balance, total) => {
  const left = balance - amount
  return total - (total < left ? total : left)
}

/**
 * Of several sources: `alike`, in proportion to what each has there; `senior-first`, whoever came first leaves first;
 * `senior-last`, whoever came last leaves first.
 */
export type AmongSources = 'alike' | 'senior-first' | 'senior-last'

export function openShares(leaving: Leaving, among: AmongSources): Holding {
  let balance = 0n
  let total = 0n
  /** In the order in which the sources came, while they have something here. */
  const amountBySource = new Map<number, bigint>()
  return { balance: () => balance, held, receive, suppose: (amount) => receive(amount, []), send }

  function held(): Parts {
    return ascending([...amountBySource].map(([source, amount]) => ({ source, amount })))
  }

  function receive(amount: bigint, parts: Parts): void {
    balance += amount
    for (const { source, amount: piece } of parts) {
      if (source === CLEAN || piece === 0n) continue
      amountBySource.set(source, (amountBySource.get(source) ?? 0n) + piece)
      total += piece
    }
  }

  function send(amount: bigint): Parts {
    const leaves = total === 0n ? 0n : leaving(amount, balance, total)
    const pieces = leaves === 0n ? [] : take(leaves)
    for (const { source, amount: piece } of pieces) {
      const left = (amountBySource.get(source) as bigint) - piece
      if (left === 0n) amountBySource.delete(source)
      else amountBySource.set(source, left)
    }
    balance -= amount
    total -= leaves
    return pieces
  }

  function take(leaves: bigint): Part[] {
    if (among === 'alike') {
      const rows = held()
      const [taken = []] = apportionTable(
        rows.map(({ amount }) => amount),
        [leaves, total - leaves],
      )
      return rows.flatMap(({ source }, row) => piece(source, taken[row] as bigint))
    }
    const order = [...amountBySource]
    if (among === 'senior-last') order.reverse()
    let open = leaves
    const pieces = order.flatMap(([source, amount]) => {
      const taken = amount < open ? amount : open
      open -= taken
      return piece(source, taken)
    })
    return ascending(pieces)
  }
}

function piece(source: number, amount: bigint): Part[] {
  return amount > 0n ? [{ source, amount }] : []
}

function ascending(parts: Part[]): Part[] {
  return parts.sort((a, b) => a.source - b.source)
}
