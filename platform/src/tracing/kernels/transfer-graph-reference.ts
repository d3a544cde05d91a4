/** The kernels over plain transfers, in plain TypeScript. */
import type { Components, Csr, Transfers } from './transfer-graph.ts'

export function buildCsrReference(transfers: Transfers): Csr {
  const { nodeCount, source, destination } = transfers
  const offset = new Uint32Array(nodeCount + 1)
  for (const node of source) offset[node + 1] = (offset[node + 1] ?? 0) + 1
  for (let node = 0; node < nodeCount; node++) offset[node + 1] = (offset[node + 1] ?? 0) + (offset[node] ?? 0)
  const next = offset.slice()
  const target = new Uint32Array(source.length)
  const transfer = new Uint32Array(source.length)
  for (let at = 0; at < source.length; at++) {
    const node = source[at] ?? 0
    const place = next[node] ?? 0
    next[node] = place + 1
    target[place] = destination[at] ?? 0
    transfer[place] = at
  }
  return { offset, target, transfer }
}

export function reachReference(csr: Csr, starts: readonly number[]): Uint32Array {
  const nodeCount = csr.offset.length - 1
  const seen = new Uint8Array(nodeCount)
  const order = new Uint32Array(nodeCount)
  let count = 0
  for (const node of starts) discover(node)
  for (let at = 0; at < count; at++) {
    const node = order[at] ?? 0
    const end = csr.offset[node + 1] ?? 0
    for (let edge = csr.offset[node] ?? 0; edge < end; edge++) discover(csr.target[edge] ?? 0)
  }
  return order.slice(0, count)

  function discover(node: number): void {
    if (seen[node] === 1) return
    seen[node] = 1
    order[count++] = node
  }
}

export function componentsReference(transfers: Transfers): Components {
  const { nodeCount, source, destination } = transfers
  const parent = Uint32Array.from({ length: nodeCount }, (_, node) => node)
  const forest: number[] = []
  for (let at = 0; at < source.length; at++) {
    const a = root(source[at] ?? 0)
    const b = root(destination[at] ?? 0)
    if (a === b) continue
    parent[Math.max(a, b)] = Math.min(a, b)
    forest.push(at)
  }
  return {
    component: Uint32Array.from({ length: nodeCount }, (_, node) => root(node)),
    count: nodeCount - forest.length,
    forest: Uint32Array.from(forest),
  }

  function root(node: number): number {
    let at = node
    while (parent[at] !== at) {
      const higher = parent[parent[at] ?? 0] ?? 0
      parent[at] = higher
      at = higher
    }
    return at
  }
}
