/**
 * The sub-ledger that a trace works on, in columns.
 *
 * A *slot* is an amount that moves from the transaction that created it to the transaction that consumes it: an
 * output, or a fee on its way to the coinbase. For every transaction the values of its in-slots and of its out-slots
 * have the same sum: the fee is an out-slot like any other (the last one), so that nothing can leave the ledger.
 *
 * Transactions stand in chain order (creators before consumers). The out-slots of transaction t are the slots
 * `outStart[t] … outStart[t + 1] - 1`, in the order of its outputs, the fee last. Slots that no transaction of the
 * graph created (they come from outside) follow from `outStart[txCount]` on.
 *
 * Units: `value` in base units of one asset. Indices are bounded by `MAX_SLOTS`, checked where the graph is built.
 */
export type SlotGraph = {
  readonly txCount: number
  readonly slotCount: number
  /** slot → base units */
  readonly value: BigUint64Array
  /** transaction → its first out-slot; length txCount + 1 */
  readonly outStart: Uint32Array
  /** transaction → first place in `inSlot`; length txCount + 1 */
  readonly inStart: Uint32Array
  /** the in-slots of all transactions, in input order */
  readonly inSlot: Uint32Array
  /** transaction → 1 where its last out-slot is a fee, else 0 */
  readonly hasFee: Uint8Array
}

/** Slots in one in-memory graph. Larger ledgers are cut into segments before they come here. */
export const MAX_SLOTS = 2 ** 31

/** Traced value that enters the graph: `amount` of `slot` (its first base units) belongs to `source`. */
export type Seed = { readonly slot: number; readonly source: number; readonly amount: bigint }
