/**
 * Poison on an account: from the first traced unit until it is empty, whatever is in it and whatever leaves it is traced
 * in full. Each source that came claims the whole.
 */
import { CLEAN, type Parts } from '../rules/parts.ts'
import type { Holding } from './holding.ts'

export function openPoison(): Holding {
  const sources = new Set<number>()
  let balance = 0n
  return {
    balance: () => balance,
    held: () => claims(balance),
    receive,
    suppose: (amount) => receive(amount, []),
    send,
  }

  function receive(amount: bigint, parts: Parts): void {
    balance += amount
    for (const { source, amount: piece } of parts) if (source !== CLEAN && piece > 0n) sources.add(source)
  }

  function send(amount: bigint): Parts {
    const parts = claims(amount)
    balance -= amount
    if (balance === 0n) sources.clear()
    return parts
  }

  function claims(amount: bigint): Parts {
    return amount === 0n ? [] : [...sources].sort((a, b) => a - b).map((source) => ({ source, amount }))
  }
}
