/**
 * A synthetic UTXO ledger as a slot graph.
 *
 * What it keeps of real ones: most outputs are spent soon and some very late or never (ages are log-uniform); two outputs
 * mostly, one to three inputs mostly, with heavy tails (payouts, consolidations); a fee nearly always; and every 2,000
 * transactions a coinbase that gathers the fees of its block together with new coins.
 */
import type { Seed, SlotGraph } from '../../platform/src/tracing/slot-graph.ts'
import { type Random, sfc32 } from './random.ts'

const BLOCK = 2000

export function makeSlotLedger(slotCount: number): SlotGraph {
  const random = sfc32(20_260_101)
  const most = Math.floor(slotCount / 2)
  const outStart = new Uint32Array(most + 2)
  const inStart = new Uint32Array(most + 2)
  const inSlot = new Uint32Array(slotCount)
  const hasFee = new Uint8Array(most + 1)
  const value = new Float64Array(slotCount)
  const outside: number[] = []
  // The slots that transaction t will consume, as a list: slot → the next one, from head[t].
  const head = new Int32Array(most + 1).fill(-1)
  const next = new Int32Array(slotCount)
  const outsidePlaces: number[] = []
  const oldest = Math.log(Math.max(1000, slotCount / 8))
  let created = 0
  let ins = 0
  let tx = 0

  for (; tx < most && created + outside.length < slotCount - 4096; tx++) {
    const coinbase = tx % BLOCK === BLOCK - 1
    let sum = 0
    for (let slot = head[tx] ?? -1; slot >= 0; slot = next[slot] ?? -1) {
      inSlot[ins++] = slot
      sum += value[slot] ?? 0
    }
    if (coinbase || sum === 0) sum += addOutside()
    const count = coinbase ? 1 : drawOutCount(random)
    const fee = coinbase ? 0 : Math.min(Math.floor(sum / 100), 200 + random.below(20_000))
    let left = sum - fee
    for (let out = 1; out <= count; out++) {
      const amount = out === count ? left : Math.floor(left * random.unit())
      left -= amount
      create(amount, drawConsumer(tx))
    }
    if (fee > 0) {
      create(fee, tx - (tx % BLOCK) + BLOCK - 1)
      hasFee[tx] = 1
    }
    inStart[tx + 1] = ins
    outStart[tx + 1] = created
  }
  outsidePlaces.forEach((place, index) => {
    inSlot[place] = created + index
  })
  const values = new BigUint64Array(created + outside.length)
  const words = new Uint32Array(values.buffer)
  for (let slot = 0; slot < values.length; slot++) {
    const amount = slot < created ? (value[slot] ?? 0) : (outside[slot - created] ?? 0)
    words[2 * slot] = amount % 2 ** 32
    words[2 * slot + 1] = Math.floor(amount / 2 ** 32)
  }
  return {
    txCount: tx,
    slotCount: values.length,
    value: values,
    outStart: outStart.slice(0, tx + 1),
    inStart: inStart.slice(0, tx + 1),
    inSlot: inSlot.slice(0, ins),
    hasFee: hasFee.slice(0, tx),
  }

  /** New coins, log-uniform from 10^3 to 10^10 base units: all together they stay far below 2^53. */
  function addOutside(): number {
    const amount = Math.floor(10 ** (3 + 7 * random.unit()))
    outsidePlaces.push(ins)
    inSlot[ins++] = 0
    outside.push(amount)
    return amount
  }

  function create(amount: number, consumer: number): void {
    const slot = created++
    value[slot] = amount
    if (consumer > most) return
    next[slot] = head[consumer] ?? -1
    head[consumer] = slot
  }

  function drawConsumer(now: number): number {
    const age = Math.floor(Math.exp(oldest * random.unit()))
    const consumer = now + age
    // Some wait for a consolidation, which takes many at once.
    const gathered = random.unit() < 0.03 ? Math.ceil(consumer / 1024) * 1024 : consumer
    return gathered % BLOCK === BLOCK - 1 ? gathered + 1 : gathered
  }
}

/** Slots all over the ledger, all of their value seeded by one source. */
export function drawScatteredSeeds(graph: SlotGraph, count: number): Seed[] {
  const random = sfc32(20_260_202)
  const slots = new Set<number>()
  while (slots.size < count) {
    const slot = random.below(graph.slotCount)
    if ((graph.value[slot] ?? 0n) > 0n) slots.add(slot)
  }
  return [...slots].sort((a, b) => a - b).map((slot) => ({ slot, source: 0, amount: graph.value[slot] ?? 0n }))
}

/**
 * The most valuable slots of the first twentieth of the ledger, each with a source of its own: thefts are large, and
 * here they have time to spread and mix.
 */
export function drawLargeSeeds(graph: SlotGraph, count: number): Seed[] {
  const early = Array.from({ length: Math.floor(graph.slotCount / 20) }, (_, slot) => slot)
  const amounts = early.map((slot) => Number(graph.value[slot]))
  early.sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || a - b)
  const slots = early.slice(0, count).sort((a, b) => a - b)
  return slots.map((slot, source) => ({ slot, source, amount: graph.value[slot] ?? 0n }))
}

function drawOutCount(random: Random): number {
  const kind = random.unit()
  if (kind < 0.12) return 1
  if (kind < 0.9) return 2
  if (kind < 0.97) return 3
  return Math.min(2000, Math.floor(3 / random.unit() ** 0.7))
}
