/** The kernels over plain transfers: adjacency, reach, components. */
import { stop } from '../../kernel/index.ts'
import { BASE, bitBytes, layOut } from './columns.ts'
import { growTo, type KernelExports, openKernels } from './webassembly.ts'

/** Transfers in order of time: number i moves from `source[i]` to `destination[i]`. Nodes are 0 … nodeCount − 1. */
export type Transfers = {
  readonly nodeCount: number
  readonly source: Uint32Array
  readonly destination: Uint32Array
}

/**
 * Compressed adjacency by source: the transfers out of node n are the places `offset[n]` … `offset[n + 1] - 1`, in order
 * of time; `target` says where each leads, `transfer` which one it is.
 */
export type Csr = {
  readonly offset: Uint32Array
  readonly target: Uint32Array
  readonly transfer: Uint32Array
}

/** Sources that are scattered together: 2^12 lists and their counters fit the second-level cache. */
const RUN_SHIFT = 12

/** Pairs that the components put aside at most, as in assembly/components.ts. */
const WAVE = 64

export function buildCsr(transfers: Transfers): Csr {
  return loadTransfers(transfers).buildCsr().take()
}

/** Every node that money from `starts` can reach, the starts first, in order of discovery (breadth first). */
export function reach(csr: Csr, starts: readonly number[]): Uint32Array {
  return loadCsr(csr).reach(starts).take()
}

/** `component`: node → the smallest node of its component, whichever way the transfers point. */
export type Components = {
  readonly component: Uint32Array
  readonly count: number
  /**
   * The transfers that joined two components, in their order: a spanning forest. Of all transfers that could have joined
   * two parts each is the earliest, so that it depends on the order of the transfers alone.
   */
  readonly forest: Uint32Array
}

export function components(transfers: Transfers): Components {
  return loadTransfers(transfers).components().take()
}

/** The transfers out of a frontier, in the order of its nodes: places in `csr.target` and `csr.transfer`. */
export function expand(
  csr: Csr,
  frontier: Uint32Array,
): { readonly target: Uint32Array; readonly transfer: Uint32Array } {
  let length = 0
  for (const node of frontier) length += (csr.offset[node + 1] ?? 0) - (csr.offset[node] ?? 0)
  const target = new Uint32Array(length)
  const transfer = new Uint32Array(length)
  let next = 0
  for (const node of frontier) {
    const end = csr.offset[node + 1] ?? 0
    for (let at = csr.offset[node] ?? 0; at < end; at++) {
      target[next] = csr.target[at] ?? 0
      transfer[next] = csr.transfer[at] ?? 0
      next++
    }
  }
  return { target, transfer }
}

/** Transfers in the memory of the kernels, checked. */
export function loadTransfers(transfers: Transfers) {
  const { nodeCount, source, destination } = transfers
  const count = source.length
  const runs = Math.max(1, Math.ceil(nodeCount / 2 ** RUN_SHIFT))
  const { at, end } = layOut(BASE, {
    source: 4 * count,
    destination: 4 * count,
    bucket: 4 * runs,
    records: 12 * count,
    offset: 4 * (nodeCount + 1),
    target: 4 * count,
    transfer: 4 * count,
    inside: bitBytes(nodeCount),
    ends: 8 * WAVE,
  })
  const { memory, kernels } = openKernels(end)
  words(at.source, count).set(source)
  words(at.destination, count).set(destination)
  checkNodes(kernels, at.source, at.destination, transfers)
  return { buildCsr: build, components: connect, bytes: () => memory.buffer.byteLength }

  function build() {
    words(at.bucket, runs).fill(0)
    words(at.offset, nodeCount + 1).fill(0)
    if (count > 0) {
      kernels.buildCsr(
        at.source,
        at.destination,
        count,
        nodeCount,
        RUN_SHIFT,
        at.bucket,
        at.records,
        at.offset,
        at.target,
        at.transfer,
      )
    }
    return {
      take: (): Csr => ({
        offset: words(at.offset, nodeCount + 1).slice(),
        target: words(at.target, count).slice(),
        transfer: words(at.transfer, count).slice(),
      }),
    }
  }

  /** The parents take the place of the offsets; the pairs put aside, and after them the forest, that of the records. */
  function connect() {
    const forest = at.records + 4 * Math.min(count, WAVE)
    const found = kernels.components(
      at.source,
      at.destination,
      count,
      nodeCount,
      at.offset,
      at.records,
      at.ends,
      at.inside,
      forest,
    )
    return {
      take: (): Components => ({
        component: words(at.offset, nodeCount).slice(),
        count: found,
        forest: words(forest, nodeCount - found).slice(),
      }),
    }
  }

  function words(address: number, length: number): Uint32Array {
    return new Uint32Array(memory.buffer, address, length)
  }
}

/** An adjacency in the memory of the kernels, for as many searches as one likes. */
export function loadCsr(csr: Csr) {
  const nodeCount = csr.offset.length - 1
  const { at, end } = layOut(BASE, {
    offset: 4 * (nodeCount + 1),
    target: 4 * csr.target.length,
    order: 4 * (nodeCount + 1),
    seen: bitBytes(nodeCount),
  })
  const { memory, kernels } = openKernels(end)
  growTo(memory, end + kernels.reachRoom())
  words(at.offset, nodeCount + 1).set(csr.offset)
  words(at.target, csr.target.length).set(csr.target)
  checkCsr(kernels, at.target, csr)
  return { reach: search, bytes: () => memory.buffer.byteLength }

  function search(starts: readonly number[]) {
    const seen = words(at.seen, bitBytes(nodeCount) / 4)
    const order = words(at.order, nodeCount)
    seen.fill(0)
    let first = 0
    for (const node of starts) {
      if (!Number.isInteger(node) || node < 0 || node >= nodeCount) refuseNode(node, nodeCount)
      const bit = 1 << (node & 31)
      if (((seen[node >>> 5] ?? 0) & bit) !== 0) continue
      seen[node >>> 5] = (seen[node >>> 5] ?? 0) | bit
      order[first++] = node
    }
    const reached = kernels.reach(at.offset, at.target, at.order, first, at.seen, end)
    return { take: () => words(at.order, reached).slice() }
  }

  function words(address: number, length: number): Uint32Array {
    return new Uint32Array(memory.buffer, address, length)
  }
}

/** The kernels read and write by node number without looking, so a node that does not exist must stop here. */
function checkNodes(kernels: KernelExports, source: number, destination: number, transfers: Transfers): void {
  const count = transfers.source.length
  if (transfers.destination.length !== count) {
    stop('KERNEL_TRANSFERS_MALFORMED', `There are ${count} sources and ${transfers.destination.length} destinations.`, {
      fix: 'Give each transfer one source and one destination.',
    })
  }
  if (count === 0) return
  const largest = Math.max(kernels.largest(source, count) >>> 0, kernels.largest(destination, count) >>> 0)
  if (largest >= transfers.nodeCount) refuseNode(largest, transfers.nodeCount)
}

function checkCsr(kernels: KernelExports, target: number, csr: Csr): void {
  const nodeCount = csr.offset.length - 1
  const ends = csr.offset[0] === 0 && csr.offset[nodeCount] === csr.target.length
  let last = 0
  let ascends = true
  for (const place of csr.offset) {
    if (place < last) ascends = false
    last = place
  }
  if (!ends || !ascends) {
    stop(
      'KERNEL_TRANSFERS_MALFORMED',
      'The offsets of an adjacency do not ascend from 0 to the number of its transfers.',
      {
        fix: 'Use the outcome of buildCsr as it is.',
      },
    )
  }
  const largest = csr.target.length === 0 ? -1 : kernels.largest(target, csr.target.length) >>> 0
  if (largest >= nodeCount) refuseNode(largest, nodeCount)
}

function refuseNode(node: number, nodeCount: number): never {
  return stop('KERNEL_NODE_UNKNOWN', `Node ${node} does not exist; there are ${nodeCount} nodes.`, {
    fix: 'Number the nodes from 0, and give their count.',
  })
}
