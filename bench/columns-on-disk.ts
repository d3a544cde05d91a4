/** Columns as raw little-endian files: the same data for every language. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AccountTransfers, SeedColumns, SeededAccount, Transfers } from '../platform/src/tracing/kernels/index.ts'
import type { SlotGraph } from '../platform/src/tracing/slot-graph.ts'

export function writeSlots(folder: string, graph: SlotGraph): void {
  write(folder, 'value.u64', graph.value)
  write(folder, 'out-start.u32', graph.outStart)
  write(folder, 'in-start.u32', graph.inStart)
  write(folder, 'in-slot.u32', graph.inSlot)
}

export function writeSeeds(folder: string, kind: 'taint' | 'lots', seeds: SeedColumns): void {
  write(folder, `${kind}-seed-slot.u32`, seeds.slot)
  write(folder, `${kind}-seed-total.u64`, seeds.total)
  write(folder, `${kind}-seed-start.u32`, seeds.start)
  write(folder, `${kind}-seed-source.i32`, seeds.source)
  write(folder, `${kind}-seed-amount.u64`, seeds.amount)
}

export function writeTransfers(folder: string, transfers: Transfers, starts: readonly number[]): void {
  write(folder, 'source.u32', transfers.source)
  write(folder, 'destination.u32', transfers.destination)
  write(folder, 'node-count.u32', Uint32Array.of(transfers.nodeCount))
  write(folder, 'starts.u32', Uint32Array.from(starts))
}

export function writeAccountTransfers(
  folder: string,
  transfers: AccountTransfers,
  seeds: readonly SeededAccount[],
): void {
  writeTransfers(folder, transfers, [])
  write(folder, 'amount.u64', transfers.amount)
  write(
    folder,
    'account-seeds.u32',
    Uint32Array.from(seeds, ({ account }) => account),
  )
  write(
    folder,
    'account-seed-sources.i32',
    Int32Array.from(seeds, ({ source }) => source),
  )
}

function write(folder: string, name: string, column: ArrayBufferView): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), new Uint8Array(column.buffer, column.byteOffset, column.byteLength))
}
