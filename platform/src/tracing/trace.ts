/**
 * A trace: from its seeds, under one rule, as far as the data, the stops and the budget allow.
 *
 * It walks the ledger in rounds. Each round follows the slots that hold traced value one step; the walk ends when every
 * slot that holds traced value has been followed or is known to end. Only the last pass over the walked part counts, so
 * that the order of the rounds cannot change the result.
 */
import { stop } from '../kernel/index.ts'
import type { AddressPassResult } from './address-pass.ts'
import { endOf } from './ends.ts'
import { type Movement, readSlotKey, type SlotRef } from './movement.ts'
import { addUp, type Position, type TraceLedger } from './positions.ts'
import type { TraceRequest } from './request.ts'
import type { RuleDescription } from './rules/index.ts'
import { bySource } from './rules/parts.ts'
import { hopsOf, openWork, type TraceSetting } from './trace-work.ts'
import { walkAddresses } from './walk-addresses.ts'
import { walkOutputs } from './walk-outputs.ts'

/** One transaction that traced value passed through. */
export type FlowStep = {
  readonly txid: string
  readonly hops: number
  readonly height: number
  readonly time: number | null
  readonly from: readonly { readonly key: string; readonly traced: bigint }[]
  readonly to: readonly {
    readonly key: string
    readonly address: string | null
    readonly amount: bigint
    readonly traced: bigint
  }[]
}

export type TraceOutcome = {
  readonly rule: RuleDescription
  readonly positions: readonly Position[]
  readonly ledger: TraceLedger
  readonly flow: readonly FlowStep[]
  readonly rounds: number
}

export async function runTrace(request: TraceRequest, setting: TraceSetting): Promise<TraceOutcome> {
  const work = openWork(request, setting)
  const { rule, labels, placed, walk } = work
  // What the ledger holds of the seeds' own transactions says when they were paid.
  await setting.window.transactions(placed.map(({ txid }) => txid))
  await work.noteServices(work.seedSlots)
  const { graph, result, rounds } = rule.unit === 'address' ? await walkAddresses(work) : await walkOutputs(work)
  const positions = [...(await placePositions()), ...declaredPositions()].sort(byPlace)
  const ledger = addUp(
    sumOf(request.seeds.map(({ amount }) => amount)),
    result.drawnIn,
    sumOf(result.overlapBySource.values()),
    positions,
  )
  checkBalance(ledger)
  return { rule, positions, ledger, flow: flowOf(), rounds }

  async function placePositions(): Promise<Position[]> {
    const ends = [...result.partsBySlot.keys()].filter((slot) => !result.consumed.has(slot) || rule.unit === 'address')
    const keys = ends.map((slot) => (graph.slots[slot] as SlotRef).key)
    await walk.look(keys)
    return ends.map((slot) => {
      const ref = graph.slots[slot] as SlotRef
      const parts = result.partsBySlot.get(slot) ?? []
      const { txid, vout } = readSlotKey(ref.key)
      const hops = hopsOf(graph, result, slot)
      const tracedValue = result.partsBySlot.held(slot)
      const end = result.holdBySlot.get(slot) ?? endOf(work, ref, tracedValue, hops)
      return {
        txid,
        vout,
        address: ref.address,
        amount: ref.value,
        traced: tracedValue,
        bySeed: new Map(bySource(parts).map(({ source, amount }) => [labels[source] as string, amount])),
        status: end.status,
        code: end.code,
        reason: end.reason,
        hops,
        block: blockOf(txid, graph.movements[graph.creator[slot] as number]),
      }
    })
  }

  function blockOf(txid: string, creator: Movement | undefined): Position['block'] {
    const block = setting.window.seen.get(txid)?.block ?? creator?.block
    return block ? { height: block.height, hash: block.hash, time: block.time } : null
  }

  function declaredPositions(): Position[] {
    return request.seeds
      .filter((seed) => seed.known === 'declared')
      .map((seed) => ({
        txid: seed.txid,
        vout: seed.vout,
        address: seed.address,
        amount: seed.amount,
        traced: seed.amount,
        bySeed: new Map([[seed.label, seed.amount]]),
        status: 'data-ends',
        code: 'declared-only',
        reason: 'named by the claim only: no imported transaction shows this output',
        hops: 0,
        block: null,
      }))
  }

  function flowOf(): FlowStep[] {
    if ('flow' in result)
      return (result as AddressPassResult).flow().map((step) => ({ ...step, ...blockFacts(step.txid) }))
    return [...result.hopsByTx.entries()].map(([tx, hops]) => {
      const { columns } = graph
      const movement = graph.movements[tx] as Movement
      const from = [...columns.inSlot.subarray(columns.inStart[tx], columns.inStart[tx + 1])]
        .filter((slot) => result.consumed.has(slot))
        .map((slot) => slotFlow(slot))
      const to: ReturnType<typeof slotFlow>[] = []
      for (let slot = columns.outStart[tx] as number; slot < (columns.outStart[tx + 1] as number); slot++) {
        if (result.partsBySlot.has(slot)) to.push(slotFlow(slot))
      }
      return { txid: movement.txid, hops, ...blockFacts(movement.txid), from, to }
    })
  }

  function slotFlow(slot: number): FlowStep['to'][number] {
    const ref = graph.slots[slot] as SlotRef
    return {
      key: ref.key,
      address: ref.address,
      amount: ref.value,
      traced: result.partsBySlot.held(slot),
    }
  }

  function blockFacts(txid: string): { height: number; time: number | null } {
    const block = walk.movements.get(txid)?.block
    return { height: block?.height ?? 0, time: block?.time ?? null }
  }

  /** The promise of the whole room: what went in is accounted for, in all and for each source. */
  function checkBalance(sums: TraceLedger): void {
    if (!sums.balanced || (rule.conserves && sums.drawnIn !== 0n)) {
      stop('TRACE_DOES_NOT_ADD_UP', `The trace under ${rule.id} accounts for ${sums.sum} of ${sums.root} base units.`, {
        fix: 'This is a fault of the engine: keep the data and report it. Do not use the result.',
      })
    }
    if (!rule.conserves) return
    labels.forEach((label, source) => {
      const went = sumOf(request.seeds.filter((seed) => seed.label === label).map(({ amount }) => amount))
      const found =
        sumOf(positions.map(({ bySeed }) => bySeed.get(label) ?? 0n)) + (result.overlapBySource.get(source) ?? 0n)
      if (went !== found) {
        stop(
          'TRACE_DOES_NOT_ADD_UP',
          `The trace under ${rule.id} accounts for ${found} of the ${went} base units of ${label}.`,
          {
            fix: 'This is a fault of the engine: keep the data and report it. Do not use the result.',
          },
        )
      }
    })
  }
}

function byPlace(a: Position, b: Position): number {
  return (
    (a.block?.height ?? -1) - (b.block?.height ?? -1) ||
    (a.txid < b.txid ? -1 : a.txid > b.txid ? 1 : 0) ||
    (a.vout ?? Number.MAX_SAFE_INTEGER) - (b.vout ?? Number.MAX_SAFE_INTEGER)
  )
}

function sumOf(amounts: Iterable<bigint>): bigint {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}
