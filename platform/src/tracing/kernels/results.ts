/** What the passes give back; kernels and references alike. */

/** Bit i of word w stands for slot 32 w + i; read it with `isMarked`. */
export type PoisonResult = { readonly bits: Uint32Array }

export type HaircutResult = {
  /** slot → traced base units */
  readonly taint: BigUint64Array
  /** Seeded units that found no room in their slot beside what had arrived there. */
  readonly overlap: bigint
}

/**
 * The lots of slot s are those from `start[s]` to `start[s + 1]`. A slot that holds traced value has lots that cover all
 * of it, in order, the clean ones too (source −1); a slot without traced value has none.
 */
export type Lots = {
  readonly start: Uint32Array
  readonly source: Int32Array
  readonly amount: BigUint64Array
}

export type FifoResult = HaircutResult & { readonly lots: Lots }

/** What is wrong with a slot graph, and at which transaction. */
export type GraphFlaw = { readonly kind: FlawKind; readonly tx: number }

export type FlawKind = 'order' | 'unknown-slot' | 'spent-twice' | 'not-balanced' | 'too-large'
