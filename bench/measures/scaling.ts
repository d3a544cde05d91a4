/** Cost for each edge as the ledger grows a hundredfold: flat, but for the caches that it outgrows. */
import { arrangeSeeds, loadCsr, loadSlotGraph, loadTransfers } from '../../platform/src/tracing/kernels/index.ts'
import { drawLargeSeeds, drawScatteredSeeds, makeSlotLedger } from '../data/slot-ledger.ts'
import { drawStarts, makeTransfers } from '../data/transfer-graph.ts'
import { type Finding, type Measure, median, rate, timeRuns } from '../measure.ts'
import { edgesOf, START_COUNT } from './graph-kernels.ts'
import { FIFO_SOURCES, SEEDED_SHARE } from './slot-passes.ts'

export const scaling: Measure = {
  name: 'scaling',
  title: 'Cost per edge at ×1, ×10, ×100',
  run: async (context) => {
    const findings: Finding[] = []
    for (const edges of [context.edges / 100, context.edges / 10, context.edges]) {
      context.say(`${edges} edges`)
      const found = [...slotCosts(edges, context.runs), ...transferCosts(edges, context.runs)]
      for (const { task, count, ms } of found) {
        const note = `${((ms * 1e6) / count).toFixed(1)} ns/edge`
        findings.push({
          task,
          contender: `WebAssembly, ${edges.toLocaleString('en')}`,
          ms,
          millionPerSecond: rate(count, ms),
          note,
        })
      }
    }
    return findings.sort((a, b) => (a.task < b.task ? -1 : a.task > b.task ? 1 : 0))
  },
}

type Cost = { readonly task: string; readonly count: number; readonly ms: number }

function slotCosts(edges: number, runs: number): Cost[] {
  const graph = makeSlotLedger(edges)
  const loaded = loadSlotGraph(graph)
  const scattered = arrangeSeeds(graph, drawScatteredSeeds(graph, Math.ceil(graph.slotCount * SEEDED_SHARE)))
  const large = arrangeSeeds(graph, drawLargeSeeds(graph, Math.min(FIFO_SOURCES, Math.floor(graph.slotCount / 40))))
  const count = graph.slotCount
  return [
    { task: 'poison', count, ms: median(timeRuns(runs, () => loaded.poison(scattered))) },
    { task: 'haircut', count, ms: median(timeRuns(runs, () => loaded.haircut(scattered))) },
    { task: 'fifo', count, ms: median(timeRuns(runs, () => loaded.fifo(large))) },
  ]
}

function transferCosts(edges: number, runs: number): Cost[] {
  const transfers = makeTransfers(edges)
  const loaded = loadTransfers(transfers)
  const csrMs = median(timeRuns(runs, () => loaded.buildCsr()))
  const csr = loaded.buildCsr().take()
  const componentsMs = median(timeRuns(runs, () => loaded.components()))
  const search = loadCsr(csr)
  const starts = drawStarts(transfers, START_COUNT)
  const reachMs = median(timeRuns(runs, () => search.reach(starts)))
  return [
    { task: 'csr', count: edges, ms: csrMs },
    { task: 'components', count: edges, ms: componentsMs },
    { task: 'reach', count: edgesOf(csr, search.reach(starts).take()), ms: reachMs },
  ]
}
