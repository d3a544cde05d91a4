/**
 * A trace the size of a case: about 100,000 slots, of which every transaction is reached, under each rule, after the
 * store has answered: from the transactions read to positions and ledger. The floor is 200 ms (a rate of 0.5 million
 * slots a second).
 */
import { addressPass } from '../../platform/src/tracing/address-pass.ts'
import { buildGraph } from '../../platform/src/tracing/graph.ts'
import type { Movement, SlotRef } from '../../platform/src/tracing/movement.ts'
import { pass, passRule } from '../../platform/src/tracing/pass.ts'
import { type RuleDescription, rules } from '../../platform/src/tracing/rules/index.ts'
import type { Seed } from '../../platform/src/tracing/slot-graph.ts'
import { type Finding, type Measure, median, timed, timeRuns } from '../measure.ts'

const SLOTS = 100_000
const LIMIT_MS = 200
/** Traces before those that count, as in a node at work; the very first, before its code is compiled well, is noted. */
const WARMING = 9

export const caseSized: Measure = {
  name: 'case-sized',
  title: 'A trace of 100,000 slots, all reached, after the store has answered (floor: 200 ms from one source)',
  run: async () => {
    const findings: Finding[] = []
    for (const sources of [1, 20]) {
      const { movements, seeds } = caseLedger(SLOTS, sources)
      for (const rule of rules) {
        const once = () => trace(rule, movements, seeds)
        const first = timed(once).ms
        for (let run = 0; run < WARMING; run++) once()
        const ms = median(timeRuns(9, once))
        findings.push({
          task: `${rule.id}, ${sources} ${sources === 1 ? 'source' : 'sources mixed'}`,
          contender: 'ours',
          ms,
          millionPerSecond: SLOTS / ms / 1000,
          note: `the first one ${first.toFixed(0)} ms`,
          ...(sources === 1 ? { ratio: LIMIT_MS / ms, floor: 1 } : {}),
        })
      }
    }
    return findings
  },
}

/** From movements to the last pass, as a trace does it at the end of its walk. */
function trace(rule: RuleDescription, movements: readonly Movement[], seeds: readonly string[]): void {
  const graph = buildGraph(movements, [], 'forward')
  const placed: Seed[] = seeds.map((key, source) => {
    const slot = graph.slotOf(key) as number
    return { slot, source, amount: graph.columns.value[slot] as bigint }
  })
  if (rule.id === 'pifo') {
    addressPass(
      graph,
      placed,
      () => 0,
      () => null,
    )
  } else pass(graph, passRule(rule), placed, () => null)
}

/** Transactions of one to three inputs and two outputs and a fee, spending what lies open; `sources` outputs at the start, together worth the same. */
function caseLedger(slotCount: number, sources: number): { movements: Movement[]; seeds: string[] } {
  let state = 0x2545f491
  const random = (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  const open: SlotRef[] = Array.from({ length: sources }, (_, at) => ({
    key: `seed${at}:0`,
    value: 200_000_000_000n / BigInt(sources),
    address: `s${at}`,
  }))
  const seeds = open.map(({ key }) => key)
  const movements: Movement[] = []
  for (let made = 0, at = 0; made < slotCount; at++) {
    const ins: SlotRef[] = []
    for (let wanted = 1 + (random(4) === 0 ? 1 + random(2) : 0); wanted > 0 && open.length > 0; wanted--) {
      const place = random(open.length)
      ins.push(open[place] as SlotRef)
      open[place] = open.at(-1) as SlotRef
      open.pop()
    }
    const total = ins.reduce((sum, { value }) => sum + value, 0n)
    const fee = total > 1000n ? 100n + BigInt(random(400)) : 0n
    const first = ((total - fee) * BigInt(1 + random(98))) / 100n
    const outs: SlotRef[] = [first, total - fee - first].map((value, vout) => ({
      key: `t${at}:${vout}`,
      value,
      address: `a${random(40_000)}`,
    }))
    open.push(...outs)
    if (fee > 0n) outs.push({ key: `t${at}:fee`, value: fee, address: null })
    made += outs.length
    movements.push({
      txid: `t${at}`,
      block: { height: Math.floor(at / 50), hash: null, time: null },
      index: at % 50,
      ins,
      outs,
      hasFee: fee > 0n,
      coinbase: false,
    })
  }
  return { movements, seeds }
}
