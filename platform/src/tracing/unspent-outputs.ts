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
  return new Chains(accountBySlot, accountCount)
}

/** A class, so that the calls of every trace after the first find the code that was compiled for the first. */
class Chains implements UnspentOutputs {
  private readonly accountBySlot: Int32Array
  private readonly firstOf: Int32Array
  private readonly lastOf: Int32Array
  private readonly next: Int32Array
  private readonly previous: Int32Array
  private readonly isUnspent: Uint8Array

  constructor(accountBySlot: Int32Array, accountCount: number) {
    this.accountBySlot = accountBySlot
    this.firstOf = new Int32Array(accountCount).fill(NONE)
    this.lastOf = new Int32Array(accountCount).fill(NONE)
    this.next = new Int32Array(accountBySlot.length).fill(NONE)
    this.previous = new Int32Array(accountBySlot.length).fill(NONE)
    this.isUnspent = new Uint8Array(accountBySlot.length)
  }

  first(account: number): number {
    return this.firstOf[account] as number
  }

  after(slot: number): number {
    return this.next[slot] as number
  }

  add(slot: number): void {
    const account = this.accountBySlot[slot] as number
    const last = this.lastOf[account] as number
    this.previous[slot] = last
    if (last === NONE) this.firstOf[account] = slot
    else this.next[last] = slot
    this.lastOf[account] = slot
    this.isUnspent[slot] = 1
  }

  remove(slot: number): void {
    // A slot from outside that is no seed was never added.
    if (this.isUnspent[slot] === 0) return
    this.isUnspent[slot] = 0
    const account = this.accountBySlot[slot] as number
    const before = this.previous[slot] as number
    const after = this.next[slot] as number
    if (before === NONE) this.firstOf[account] = after
    else this.next[before] = after
    if (after === NONE) this.lastOf[account] = before
    else this.previous[after] = before
  }
}
