/** graphology, where it happens to be installed: it is no dependency of ours. */
import { createRequire } from 'node:module'
import { type Finding, rate, timed } from '../measure.ts'
import { type Bearings, compare } from './peers.ts'

/** The part of graphology's interface that is used here. */
type GraphologyGraph = {
  addNode(node: number): void
  addDirectedEdge(from: number, to: number): void
  forEachOutNeighbor(node: number, visit: (neighbour: string) => void): void
}

export async function measureGraphology(on: Bearings): Promise<Finding[]> {
  const MultiGraph = load()
  if (!MultiGraph) return [{ task: 'csr', contender: 'graphology', absent: 'not installed' }]
  const { source, destination, nodeCount } = on.transfers
  const before = process.memoryUsage().rss
  const built = timed(() => {
    const graph = new MultiGraph()
    for (let node = 0; node < nodeCount; node++) graph.addNode(node)
    for (let at = 0; at < source.length; at++) graph.addDirectedEdge(source[at] ?? 0, destination[at] ?? 0)
    return graph
  })
  const bytesPerEdge = (process.memoryUsage().rss - before) / source.length
  const reached = timed(() => {
    const seen = new Set<string>([String(on.start)])
    for (const node of seen) built.value.forEachOutNeighbor(Number(node), (neighbour) => seen.add(neighbour))
    return seen.size
  })
  return [
    compare('graphology', 'csr', on, rate(source.length, built.ms), built.ms, {
      answer: String(source.length),
      bytesPerEdge,
    }),
    compare('graphology', 'reach', on, rate(on.walked, reached.ms), reached.ms, {
      answer: String(reached.value),
      bytesPerEdge: undefined,
    }),
  ]
}

function load(): (new () => GraphologyGraph) | undefined {
  try {
    const loaded = createRequire(import.meta.url)('graphology') as { MultiDirectedGraph?: new () => GraphologyGraph }
    return loaded.MultiDirectedGraph
  } catch {
    return undefined
  }
}
