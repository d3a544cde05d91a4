/**
 * Which movements of a block concern a watch. A pure function of the block and of what is watched: the same block gives the
 * same alarms with the same ids, however often and in whatever company it is looked at.
 */
import { canonicalJson, sha256Text } from '../../kernel/index.ts'
import { isOver, type Until, type WatchedOutput } from './watch.ts'
import type { Movement, WatchedBlock } from './watched-block.ts'

export type Alarm = {
  /** Follows from chain, transaction, place and watch, and from nothing else: in another block it is the same alarm. */
  readonly id: string
  readonly chain: string
  readonly watch: string
  readonly txid: string
  readonly place: string
  readonly direction: 'in' | 'out'
  readonly address: string | null
  readonly output: string | null
  readonly asset: string
  readonly amount: bigint | null
  readonly block: { readonly height: number; readonly hash: string; readonly time: number | null }
}

/** An output that belongs to a watch from now on, since it pays an address of it. */
export type HeldOutput = WatchedOutput & { readonly watch: string }

/** What is watched on one chain, asked by address and by output. */
export interface Watched {
  readonly untilOf: (watch: string) => Until
  /** Ids of watches, in a fixed order. */
  readonly ofAddress: (address: string) => readonly string[]
  readonly ofOutput: (output: string) => readonly HeldOutput[]
}

export type Matched = { readonly alarms: readonly Alarm[]; readonly held: readonly HeldOutput[] }

export function matchBlock(block: WatchedBlock, watched: Watched): Matched {
  const alarms = new Map<string, Alarm>()
  const held: HeldOutput[] = []
  // An output may be spent in the block that makes it.
  const heldHere = new Map<string, HeldOutput[]>()
  for (const movement of block.movements) {
    const { direction, address, output } = movement
    const byAddress = address === null ? [] : watched.ofAddress(address)
    const byOutput =
      direction === 'out' && output !== null ? [...watched.ofOutput(output), ...(heldHere.get(output) ?? [])] : []
    for (const watch of new Set([...byAddress, ...byOutput.map((one) => one.watch)])) {
      if (isOver(watched.untilOf(watch), block)) continue
      const known = byOutput.find((one) => one.watch === watch)
      const alarm = alarmOf(block, movement, watch, known)
      if (!alarms.has(alarm.id)) alarms.set(alarm.id, alarm)
    }
    if (direction === 'out' || output === null) continue
    for (const watch of byAddress) {
      const one = { watch, output, address, amount: movement.amount }
      held.push(one)
      heldHere.set(output, [...(heldHere.get(output) ?? []), one])
    }
  }
  return { alarms: [...alarms.values()], held }
}

function alarmOf(block: WatchedBlock, movement: Movement, watch: string, known: HeldOutput | undefined): Alarm {
  const { txid, place, direction, output, asset } = movement
  const { chain, height, hash, time } = block
  return {
    id: alarmId(chain, txid, place, watch),
    chain,
    watch,
    txid,
    place,
    direction,
    address: movement.address ?? known?.address ?? null,
    output,
    asset,
    amount: movement.amount ?? known?.amount ?? null,
    block: { height, hash, time },
  }
}

export function alarmId(chain: string, txid: string, place: string, watch: string): string {
  return idOf(`alarm ${canonicalJson([chain, txid, place, watch])}`)
}

/** An identifier made of what it names: version 8 of RFC 9562 (5.8). */
export function idOf(text: string): string {
  const hex = sha256Text(text)
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
