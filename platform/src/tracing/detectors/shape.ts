/**
 * Counting over a transaction of which parts may not be known.
 *
 * A count over partly known things is a span: at least `min`, at most `max`. Where both ends agree on a question, it
 * is answered; else the answer is `null`.
 */
import type { LedgerInput, LedgerOutput, LedgerTx, ScriptType } from '../../chains/index.ts'
import { some } from './judgement.ts'

export type Span = { readonly min: number; readonly max: number }

/**
 * Who can spend, as far as the data says. Owners are the same whose addresses are; where an output has none, whose
 * scripts are. A key that is paid bare (P2PK) and by its hash is one owner, as in GraphSense and BlockSci.
 */
export type Owner = { readonly script: string | null; readonly address: string | null }

export function atLeast(span: Span, bound: number): boolean | null {
  if (span.min >= bound) return true
  return span.max < bound ? false : null
}

export function atMost(span: Span, bound: number): boolean | null {
  if (span.max <= bound) return true
  return span.min > bound ? false : null
}

export function showSpan(span: Span): string {
  return span.min === span.max ? String(span.min) : `${span.min} to ${span.max}`
}

export function countWhere<T>(items: readonly T[], test: (item: T) => boolean | null): Span {
  let min = 0
  let max = 0
  for (const item of items) {
    const holds = test(item)
    if (holds === true) min++
    if (holds !== false) max++
  }
  return { min, max }
}

/** How many different owners there are. */
export function distinctOwners(owners: readonly Owner[]): Span {
  const { keys, unknown } = ownerKeys(owners)
  const sizes = keys.map((side) => new Set(side).size)
  const known = sizes.reduce((sum, size) => sum + size, 0)
  const min = Math.max(0, ...sizes, unknown > 0 ? 1 : 0)
  return { min, max: known + unknown }
}

/** How often the owner who occurs most often occurs. */
export function mostFrequentOwner(owners: readonly Owner[]): Span {
  const { keys, unknown } = ownerKeys(owners)
  const tops = keys.map((side) => Math.max(0, ...tally(side).values()))
  const known = tops.reduce((sum, top) => sum + top, 0)
  return { min: Math.max(0, ...tops, unknown > 0 ? 1 : 0), max: known + unknown }
}

export function allOwnersDistinct(owners: readonly Owner[]): boolean | null {
  return atLeast(distinctOwners(owners), owners.length)
}

export function sameOwner(a: Owner, b: Owner): boolean | null {
  if (a.address !== null && b.address !== null) return a.address === b.address
  if (a.script !== null && b.script !== null) return a.script === b.script
  return null
}

/** Whether `owner` is one of `owners`. */
export function isAmong(owner: Owner, owners: readonly Owner[]): boolean | null {
  return some(owners.map((other) => sameOwner(owner, other)))
}

export function inputOwners(tx: LedgerTx): readonly Owner[] {
  return tx.inputs.map((input) => ({ script: input.prevout?.script ?? null, address: input.prevout?.address ?? null }))
}

export function inputValues(tx: LedgerTx): readonly (bigint | null)[] {
  return tx.inputs.map((input) => input.prevout?.value ?? null)
}

/** The smallest input value; `null` where one is not known or there is none. */
export function smallestInput(tx: LedgerTx): bigint | null {
  return extreme(tx, (a, b) => a < b)
}

/** The largest input value; `null` where one is not known or there is none. */
export function largestInput(tx: LedgerTx): bigint | null {
  return extreme(tx, (a, b) => a > b)
}

/** Whether an output is OP_RETURN data; by its script where the source gives no type. */
export function isOpReturn(output: LedgerOutput): boolean | null {
  if (output.type === 'op_return') return true
  if (output.script !== null) return output.script.startsWith('6a')
  if (output.address !== null) return false
  return output.type === 'unknown' || output.type === 'nonstandard' ? null : false
}

/** All outputs but OP_RETURN, in order; `null` where the data cannot say of one of them. */
export function spendableOutputs(tx: LedgerTx): readonly LedgerOutput[] | null {
  const marks = tx.outputs.map(isOpReturn)
  return marks.includes(null) ? null : tx.outputs.filter((_, place) => marks[place] === false)
}

export function inputType(input: LedgerInput): ScriptType | null {
  const script = input.prevout?.script ?? null
  return script === null ? null : typeOfScript(script)
}

export function outputType(output: LedgerOutput): ScriptType | null {
  if (output.script !== null) return typeOfScript(output.script)
  return output.type === 'unknown' ? null : output.type
}

/** value → how often it occurs. */
export function tally<T>(items: Iterable<T>): Map<T, number> {
  const counts = new Map<T, number>()
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1)
  return counts
}

/** The value that occurs most often. Of several, the lowest: a rule must not depend on the order of a hash table. */
export function commonestValue(values: readonly bigint[]): { readonly value: bigint; readonly count: number } | null {
  let best: { value: bigint; count: number } | null = null
  for (const [value, count] of tally(values)) {
    if (best === null || count > best.count || (count === best.count && value < best.value)) best = { value, count }
  }
  return best
}

/** The largest of them, or 0 where there is none. */
export function largestOf(values: readonly bigint[]): bigint {
  let largest = 0n
  for (const value of values) if (value > largest) largest = value
  return largest
}

export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n)
}

/**
 * The form of a script by its bytes alone (BIP 16, 141, 341), whatever the chain: inputs and outputs are compared by
 * it, and an input has no type in the ledger.
 */
function typeOfScript(script: string): ScriptType {
  if (/^76a914[0-9a-f]{40}88ac$/.test(script)) return 'p2pkh'
  if (/^(a914[0-9a-f]{40}|aa20[0-9a-f]{64})87$/.test(script)) return 'p2sh'
  if (/^0014[0-9a-f]{40}$/.test(script)) return 'v0_p2wpkh'
  if (/^0020[0-9a-f]{64}$/.test(script)) return 'v0_p2wsh'
  if (/^5120[0-9a-f]{64}$/.test(script)) return 'v1_p2tr'
  if (/^(5[1-9a-f]|60)([0-9a-f]{2}){3,41}$/.test(script) && pushesTheRest(script)) return 'witness_unknown'
  if (/^(21[0-9a-f]{66}|41[0-9a-f]{130})ac$/.test(script)) return 'p2pk'
  if (/^5[1-9a-f](21[0-9a-f]{66}|41[0-9a-f]{130})+5[1-9a-f]ae$/.test(script)) return 'multisig'
  return script.startsWith('6a') ? 'op_return' : 'nonstandard'
}

/** Whether the second byte is the number of bytes that follow it. */
function pushesTheRest(script: string): boolean {
  return Number.parseInt(script.slice(2, 4), 16) * 2 === script.length - 4
}

/**
 * A key for each owner, equal where the owners are. Where some are known by address only and some by script only, the
 * two sides are counted apart, and what lies between is the span.
 */
function ownerKeys(owners: readonly Owner[]): { readonly keys: readonly string[][]; readonly unknown: number } {
  if (owners.every(({ script }) => script !== null)) {
    const addressByScript = new Map(
      owners.flatMap(({ script, address }) => (address === null ? [] : [[script, address]])),
    )
    return { keys: [owners.map(({ script }) => addressByScript.get(script) ?? `script ${script}`)], unknown: 0 }
  }
  const addresses: string[] = []
  const scripts: string[] = []
  let unknown = 0
  for (const { script, address } of owners) {
    if (address !== null) addresses.push(address)
    else if (script !== null) scripts.push(script)
    else unknown++
  }
  return { keys: [addresses, scripts], unknown }
}

function extreme(tx: LedgerTx, isBetter: (a: bigint, b: bigint) => boolean): bigint | null {
  let best: bigint | null = null
  for (const value of inputValues(tx)) {
    if (value === null) return null
    if (best === null || isBetter(value, best)) best = value
  }
  return best
}
