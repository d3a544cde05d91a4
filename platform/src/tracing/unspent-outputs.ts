/**
 * The outputs of this graph that each account has not spent yet, oldest first. Chains of slots rather than a list for
 * each account: most accounts hold one slot, some hold thousands.
 */

const NONE = -1

export type UnspentOutputs = {
  add(slot: number): void
  remove(slot: number): void
  /** The oldest unspent output of an account; `after` the next one; −1 where there is none. */
  first(account: number): number
  after(slot: number): number
}

export function openUnspentOutputs(accountBySlot: Int32Array, accountCount: number): UnspentOutputs {
  const firstOf = new Int32Array(accountCount).fill(NONE)
  const lastOf = new Int32Array(accountCount).fill(NONE)
  const next = new Int32Array(accountBySlot.length).fill(NONE)
  const previous = new Int32Array(accountBySlot.length).fill(NONE)
  const isUnspent = new Uint8Array(accountBySlot.length)
  return { add, remove, first: (account) => firstOf[account] as number, after: (slot) => next[slot] as number }

  function add(slot: number): void {
    const account = accountBySlot[slot] as number
    const last = lastOf[account] as number
    previous[slot] = last
    if (last === NONE) firstOf[account] = slot
    else next[last] = slot
    lastOf[account] = slot
    isUnspent[slot] = 1
  }

  function remove(slot: number): void {
    // A slot from outside that is no seed was never added.
    if (isUnspent[slot] === 0) return
    isUnspent[slot] = 0
    const account = accountBySlot[slot] as number
    const before = previous[slot] as number
    const after = next[slot] as number
    if (before === NONE) firstOf[account] = after
    else next[before] = after
    if (after === NONE) lastOf[account] = before
    else previous[after] = before
  }
}
