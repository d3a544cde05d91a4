/** Addresses joined because they were spent together; by the one that comes first in each group. */
import type { LedgerTx } from '../../chains/index.ts'

/** Extra pairs of addresses, as a change rule gives them, join too. Addresses never spent stand alone. */
export function joinedAddresses(
  transactions: readonly LedgerTx[],
  pairs: readonly (readonly [string, string])[] = [],
): (address: string | null) => string | null {
  const parent = new Map<string, string>()
  for (const { inputs } of transactions) {
    const spent = inputs.flatMap(({ prevout }) => prevout?.address ?? [])
    for (const address of spent.slice(1)) join(spent[0] as string, address)
  }
  for (const [left, right] of pairs) join(left, right)
  return (address) => (address === null ? null : find(address))

  function join(left: string, right: string): void {
    const [a, b] = [find(left), find(right)]
    // The smaller text is the name of the group, whatever the order in which its members came.
    if (a !== b) parent.set(a < b ? b : a, a < b ? a : b)
  }

  function find(address: string): string {
    let top = address
    for (let next = parent.get(top); next !== undefined; next = parent.get(top)) top = next
    for (let at = address; at !== top; ) {
      const next = parent.get(at) ?? top
      parent.set(at, top)
      at = next
    }
    return top
  }
}
