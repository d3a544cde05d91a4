/**
 * A pass: one rule over a graph, transaction by transaction in graph order.
 *
 * Traced value waits in a slot until the transaction that consumes it comes; a slot that is *held* (a stop policy or a
 * budget keeps it) gives nothing on: for its consumer it is clean. Poison is the only rule that makes traced value
 * grow; how much it drew in is counted at every transaction.
 */
import type { TraceGraph } from './graph.ts'
import { heldInColumns } from './held-in-columns.ts'
import { type HeldParts, heldInLines, type SlotParts } from './held-parts.ts'
import { type ColumnRule, columnRules, type RuleDescription, type RuleId, transactionRules } from './rules/index.ts'
import { bySource, CLEAN, type Part, type Parts, pushPart, traced } from './rules/parts.ts'
import type { TransactionRule } from './rules/transaction-rule.ts'
import type { Seed } from './slot-graph.ts'

/** Says why the value of a slot goes no further, or null. Asked when its consumer comes. */
export type HoldQuestion = (slot: number, tracedValue: bigint, hops: number) => Hold | null

/** Where held value stands in the ledger of the trace, and why. */
export type Hold = {
  readonly status: 'service' | 'not-followed' | 'data-ends' | 'written-off'
  readonly code: string
  readonly reason: string
}

export type PassResult = {
  /** slot → its parts; slots without traced value are absent */
  readonly partsBySlot: SlotParts
  /** slots whose value went on into their consumer */
  readonly consumed: Pick<ReadonlySet<number>, 'has'>
  /** slots that have a consumer but were held, and why */
  readonly holdBySlot: ReadonlyMap<number, Hold>
  /** transaction → hops from the nearest seed, for transactions that traced value entered */
  readonly hopsByTx: { get(tx: number): number | undefined; entries(): Iterable<readonly [number, number]> }
  /** Clean value that poison drew in, net over all transactions; nought for every other rule. */
  readonly drawnIn: bigint
  /** source → value of its seeds that other seeds had already brought there */
  readonly overlapBySource: ReadonlyMap<number, bigint>
}

/** What a pass needs of a rule: what it does to a transaction, and whether it keeps the traced total. */
export type PassRule = {
  readonly apply: TransactionRule
  /** The same for a rule that looks at amounts only, which a pass can hold in columns. */
  readonly share?: ColumnRule | undefined
  readonly conserves: boolean
}

export function passRule({ id, conserves }: Pick<RuleDescription, 'id' | 'conserves'>): PassRule {
  return { apply: transactionRules[id as Exclude<RuleId, 'pifo'>], share: columnRules[id], conserves }
}

export function pass(graph: TraceGraph, rule: PassRule, seeds: readonly Seed[], holds: HoldQuestion): PassResult {
  const { columns } = graph
  const seededBySlot = seedParts(graph, seeds)
  const parts: HeldParts =
    (rule.share ? heldInColumns(columns, rule.share, rule.conserves, seeds) : null) ??
    heldInLines(columns, rule.apply, rule.conserves)
  const isConsumed = new Uint8Array(columns.slotCount)
  const hopsOfTx = new Int32Array(columns.txCount)
  const holdBySlot = new Map<number, Hold>()
  const overlapBySource = new Map<number, bigint>()
  let drawnIn = 0n
  for (const [slot, seeded] of seededBySlot) if (graph.creator[slot] === -1) parts.put(slot, seeded)
  for (let tx = 0; tx < columns.txCount; tx++) {
    const entering: number[] = []
    let hops = Number.POSITIVE_INFINITY
    for (let at = columns.inStart[tx] as number; at < (columns.inStart[tx + 1] as number); at++) {
      const slot = columns.inSlot[at] as number
      if (!parts.has(slot)) continue
      const amount = parts.held(slot)
      const slotHops = hopsOfTx[graph.creator[slot] as number] ?? 0
      const hold = amount > 0n ? holds(slot, amount, slotHops) : null
      if (hold) holdBySlot.set(slot, hold)
      if (amount === 0n || hold) continue
      entering.push(slot)
      isConsumed[slot] = 1
      hops = Math.min(hops, slotHops + 1)
    }
    if (entering.length > 0) {
      hopsOfTx[tx] = hops
      drawnIn += parts.passOn(tx, entering)
    }
    if (seededBySlot.size > 0) placeSeeds(tx)
  }
  const consumed = { has: (slot: number) => isConsumed[slot] === 1 }
  return { partsBySlot: parts, consumed, holdBySlot, hopsByTx: hopsInColumn(hopsOfTx), drawnIn, overlapBySource }

  function placeSeeds(tx: number): void {
    for (let slot = columns.outStart[tx] as number; slot < (columns.outStart[tx + 1] as number); slot++) {
      const seeded = seededBySlot.get(slot)
      if (!seeded) continue
      const arriving = parts.get(slot)
      parts.put(slot, arriving ? joinSeed(seeded, arriving, columns.value[slot] as bigint) : seeded)
    }
  }

  /**
   * A seed that lies downstream of another one: what arrives keeps its source ("the first taint is kept", as in
   * TaintChain, Cambridge 2018); the seed owns the first clean units that are left, and what it finds no room for is an
   * overlap: a line of the ledger, since it would count the same money twice.
   */
  function joinSeed(seeded: Parts, arriving: Parts, value: bigint): Parts {
    const claims = seeded.filter(({ source }) => source !== CLEAN)
    if (!rule.conserves) {
      for (const { source, amount } of claims) addOverlap(source, amount)
      return bySource([
        ...claims.filter((claim) => !arriving.some(({ source }) => source === claim.source)),
        ...arriving,
      ])
    }
    let known = 0n
    for (const { amount } of arriving) known += amount
    const line: Part[] = []
    for (const part of [...arriving, { source: CLEAN, amount: value - known }]) {
      let room = part.source === CLEAN ? part.amount : 0n
      if (part.source !== CLEAN) pushPart(line, part.source, part.amount)
      while (room > 0n) {
        const claim = claims[0]
        if (!claim) {
          pushPart(line, CLEAN, room)
          break
        }
        const taken = claim.amount < room ? claim.amount : room
        pushPart(line, claim.source, taken)
        room -= taken
        if (taken === claim.amount) claims.shift()
        else claims[0] = { source: claim.source, amount: claim.amount - taken }
      }
    }
    for (const { source, amount } of claims) addOverlap(source, amount)
    return line
  }

  function addOverlap(source: number, amount: bigint): void {
    overlapBySource.set(source, (overlapBySource.get(source) ?? 0n) + amount)
  }
}

/** Hops of transactions from a column in which nought says that no traced value entered. */
export function hopsInColumn(hopsOfTx: Int32Array): PassResult['hopsByTx'] {
  return {
    get: (tx) => hopsOfTx[tx] || undefined,
    *entries() {
      for (let tx = 0; tx < hopsOfTx.length; tx++) if (hopsOfTx[tx]) yield [tx, hopsOfTx[tx] as number]
    },
  }
}

/** A seed owns the first base units of its slot; several seeds of one slot follow one another. */
function seedParts(graph: TraceGraph, seeds: readonly Seed[]): Map<number, Parts> {
  const linesBySlot = new Map<number, Part[]>()
  for (const { slot, source, amount } of seeds) {
    const line = linesBySlot.get(slot) ?? []
    pushPart(line, source, amount)
    linesBySlot.set(slot, line)
  }
  for (const [slot, line] of linesBySlot) {
    const rest = (graph.columns.value[slot] as bigint) - traced(line)
    if (rest < 0n) throw new RangeError('more seeded than the output is worth')
    pushPart(line, CLEAN, rest)
  }
  return new Map<number, Parts>(linesBySlot)
}
