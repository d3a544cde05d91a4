/** Which of two statements of one output is shown where the ledger does not hold the output itself. */
import type { Prevout } from '../ledger.ts'

/** Negative where `a` comes first: the smaller value, then the statement that says more, then the smaller text. */
export function prevoutOrder(a: Prevout, b: Prevout): number {
  if (a.value !== b.value) return a.value < b.value ? -1 : 1
  return textOrder(a.script, b.script) || textOrder(a.address, b.address)
}

function textOrder(a: string | null, b: string | null): number {
  if (a === b) return 0
  if (a === null || b === null) return a === null ? 1 : -1
  return a < b ? -1 : 1
}
