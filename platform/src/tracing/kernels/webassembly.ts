/**
 * The little of WebAssembly, and `atob`, that is used here. TypeScript declares them with the DOM only, which pure rooms do not load.
 */
import { stop } from '../../kernel/index.ts'
import { wasmBase64 } from './wasm-bytes.ts'

export type WasmMemory = { readonly buffer: ArrayBuffer; grow(pages: number): number }
type WasmModule = { readonly [Symbol.toStringTag]: string }

declare const atob: (base64: string) => string
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number; maximum: number }) => WasmMemory
  readonly Module: new (bytes: Uint8Array) => WasmModule
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: unknown }
}

/** Addresses are bytes from the start of the memory. What each kernel does is said where it is written, in assembly/. */
export type KernelExports = {
  readonly startAccounts: (lots: number) => void
  readonly accountRoot: () => bigint
  readonly accountMissing: () => bigint
  readonly accountHaircut: (
    first: number,
    stop: number,
    count: number,
    source: number,
    destination: number,
    amount: number,
    accounts: number,
    seeded: number,
  ) => void
  readonly accountFifo: (
    first: number,
    stop: number,
    count: number,
    source: number,
    destination: number,
    amount: number,
    accounts: number,
    seeded: number,
    label: number,
    listed: number,
  ) => number
  readonly buildCsr: (
    source: number,
    destination: number,
    count: number,
    nodeCount: number,
    shift: number,
    bucket: number,
    records: number,
    offset: number,
    target: number,
    transfer: number,
  ) => void
  readonly largest: (column: number, count: number) => number
  readonly components: (
    left: number,
    right: number,
    count: number,
    nodeCount: number,
    parent: number,
    apart: number,
    ends: number,
    inside: number,
    forest: number,
  ) => number
  readonly fifo: (
    first: number,
    stop: number,
    inCount: number,
    created: number,
    outStart: number,
    inStart: number,
    inSlot: number,
    value: number,
    taint: number,
    bits: number,
    lotStart: number,
    lots: number,
    seedSlot: number,
    seedStart: number,
    seedLots: number,
  ) => number
  readonly startFifo: (lotStart: number, lots: number, lotCount: number) => void
  readonly unpackLots: (lots: number, first: number, count: number, amounts: number, sources: number) => void
  readonly haircut: (
    first: number,
    stop: number,
    inCount: number,
    outStart: number,
    inStart: number,
    inSlot: number,
    value: number,
    taint: number,
    seedSlot: number,
    seedAmount: number,
    remainders: number,
    heap: number,
  ) => void
  readonly startHaircut: () => void
  readonly inspect: (
    txCount: number,
    slotCount: number,
    inCount: number,
    outStart: number,
    inStart: number,
    inSlot: number,
    value: number,
    spent: number,
  ) => number
  readonly inspectedTx: () => number
  readonly mostOuts: () => number
  readonly mulDiv: (a: bigint, b: bigint, d: bigint) => bigint
  readonly lastRemainder: () => bigint
  readonly overlapHigh: () => bigint
  readonly overlapLow: () => bigint
  readonly markSlots: (bits: number, slots: number, count: number) => void
  readonly poison: (
    first: number,
    stop: number,
    outStart: number,
    inStart: number,
    inSlot: number,
    value: number,
    bits: number,
  ) => void
  readonly reach: (offset: number, target: number, order: number, count: number, seen: number, room: number) => number
  readonly reachRoom: () => number
}

export const PAGE = 65_536
/** Addresses have 32 bits. The last page of the 4 GiB stays out of use, so that a size is an address too. */
const MAX_PAGES = 65_535

let compiled: WasmModule | undefined

/** The kernels over a memory of their own, all zero, of at least `bytes`. */
export function openKernels(bytes: number): { readonly memory: WasmMemory; readonly kernels: KernelExports } {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasmBase64), (byte) => byte.charCodeAt(0)))
  const memory = openMemory(pagesFor(bytes))
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  return { memory, kernels: exports as KernelExports }
}

/** Grows the memory to at least `bytes`. Views on the buffer made before are empty afterwards. */
export function growTo(memory: WasmMemory, bytes: number): void {
  const pages = pagesFor(bytes)
  const missing = pages - memory.buffer.byteLength / PAGE
  if (missing <= 0) return
  try {
    memory.grow(missing)
  } catch {
    refuseMemory(pages)
  }
}

export function refuseSize(bytes: number): never {
  return stop(
    'KERNEL_TOO_LARGE',
    `The pass needs ${(bytes / 2 ** 30).toFixed(2)} GiB; one pass can hold just under 4 GiB.`,
    {
      fix: 'Trace a smaller part: fewer hops, a shorter time window, or a minimum value.',
    },
  )
}

function openMemory(pages: number): WasmMemory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: MAX_PAGES })
  } catch {
    return refuseMemory(pages)
  }
}

function pagesFor(bytes: number): number {
  const pages = Math.ceil(bytes / PAGE)
  return pages > MAX_PAGES ? refuseSize(bytes) : pages
}

function refuseMemory(pages: number): never {
  return stop(
    'KERNEL_MEMORY_REFUSED',
    `The system did not give ${Math.ceil((pages * PAGE) / 2 ** 20)} MiB of memory.`,
    {
      fix: 'Close other programs, or trace a smaller part.',
    },
  )
}
