/**
 * What a pass over addresses notes of each transaction that proceeds went through, in columns: only the last pass of a
 * walk is ever read, so that the steps are made when they are asked for.
 *
 * Amounts stand in a column of the kind that the book counts in, doubles or bigints, and are read as bigints.
 */
import type { TraceGraph } from './graph.ts'
import type { SlotRef } from './movement.ts'

/**
 * What a transaction took from accounts, by the outputs that had brought it (oldest first), and gave to accounts, shown
 * on the first output of each.
 */
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

export interface FlowSteps {
  /** Everything noted since the last step was this transaction's. */
  endStep(tx: number, hops: number): void
  steps(graph: TraceGraph): AddressFlow[]
}

export interface FlowNotes<Amount extends number | bigint> extends FlowSteps {
  took(slot: number, traced: Amount): void
  gave(slot: number, amount: Amount, traced: Amount): void
}

/** Room for as many notes as a pass can make: `took` counts what it takes, `gave` what it gives. */
export type FlowLimits = { readonly steps: number; readonly took: number; readonly gave: number }

type Column<Amount> = { [at: number]: Amount }

export function openFlowNotes<Amount extends number | bigint>(
  limits: FlowLimits,
  openColumn: (length: number) => Column<Amount>,
): FlowNotes<Amount> {
  const fromSlot = new Int32Array(limits.took)
  const fromTraced = openColumn(limits.took)
  let fromCount = 0
  const toSlot = new Int32Array(limits.gave)
  const toAmount = openColumn(limits.gave)
  const toTraced = openColumn(limits.gave)
  let toCount = 0
  const stepTx = new Int32Array(limits.steps)
  const stepHops = new Int32Array(limits.steps)
  const fromEnd = new Int32Array(limits.steps)
  const toEnd = new Int32Array(limits.steps)
  let stepCount = 0
  return { took, gave, endStep, steps }

  function took(slot: number, traced: Amount): void {
    fromSlot[fromCount] = slot
    fromTraced[fromCount++] = traced
  }

  function gave(slot: number, amount: Amount, traced: Amount): void {
    toSlot[toCount] = slot
    toAmount[toCount] = amount
    toTraced[toCount++] = traced
  }

  function endStep(tx: number, hops: number): void {
    stepTx[stepCount] = tx
    stepHops[stepCount] = hops
    fromEnd[stepCount] = fromCount
    toEnd[stepCount++] = toCount
  }

  function steps({ movements, slots }: TraceGraph): AddressFlow[] {
    const made: AddressFlow[] = []
    for (let step = 0, fromAt = 0, toAt = 0; step < stepCount; step++) {
      const from: AddressFlow['from'][number][] = []
      for (; fromAt < (fromEnd[step] as number); fromAt++) {
        const { key } = slots[fromSlot[fromAt] as number] as SlotRef
        from.push({ key, traced: BigInt(fromTraced[fromAt] as Amount) })
      }
      const to: AddressFlow['to'][number][] = []
      for (; toAt < (toEnd[step] as number); toAt++) {
        const { key, address } = slots[toSlot[toAt] as number] as SlotRef
        const amount = BigInt(toAmount[toAt] as Amount)
        to.push({ key, address, amount, traced: BigInt(toTraced[toAt] as Amount) })
      }
      made.push({ txid: movements[stepTx[step] as number]?.txid ?? '', hops: stepHops[step] as number, from, to })
    }
    return made
  }
}
