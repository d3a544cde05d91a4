/** Adjacency, reach and components over plain transfers: WebAssembly, its TypeScript twin, and C. */
import {
  buildCsrReference,
  type Csr,
  componentsReference,
  loadCsr,
  loadTransfers,
  reachReference,
  type Transfers,
} from '../../platform/src/tracing/kernels/index.ts'
import { writeTransfers } from '../columns-on-disk.ts'
import { drawStarts } from '../data/transfer-graph.ts'
import { floors } from '../floors.ts'
import { type Context, checksum, type Finding, type Measure, median, rate, timed, timeRuns } from '../measure.ts'
import { asChecksum, compileC, type ProgramLine, runProgram } from '../programs.ts'

export const START_COUNT = 1000

type Task = 'csr' | 'reach' | 'components'
type Ours = { readonly edges: number; readonly ms: number; readonly answer: string; readonly bytesPerEdge: number }

export const graphKernels: Measure = {
  name: 'graph',
  title: 'Kernels over transfers',
  run: async (context) => {
    const transfers = context.transfers()
    const starts = drawStarts(transfers, START_COUNT)
    writeTransfers(context.folder, transfers, starts)
    const c = runC(context)
    const { ours, csr } = measureOurs(context, transfers, starts)
    const findings: Finding[] = []
    for (const task of ['csr', 'reach', 'components'] as const) {
      const { edges, ms, answer, bytesPerEdge } = ours[task]
      const speed = rate(edges, ms)
      findings.push({ task, contender: 'WebAssembly', ms, millionPerSecond: speed, bytesPerEdge, answer })
      findings.push(againstC(task, edges, speed, c))
      context.say(`${task}: the twin`)
      const done = timed(() => twin(task, transfers, csr, starts))
      const theirs = rate(edges, done.ms)
      findings.push({
        task,
        contender: 'TypeScript twin',
        ms: done.ms,
        millionPerSecond: theirs,
        ratio: speed / theirs,
        answer: done.value(),
        note: 'one run',
      })
    }
    return findings
  },
}

function runC(context: Context): ProgramLine[] | string {
  const program = compileC('graph-kernels', context.folder)
  if ('absent' in program) return program.absent
  context.say('csr, reach, components in C')
  return runProgram(program.path, [context.folder, String(context.runs), 'csr', 'reach', 'components'])
}

function againstC(task: Task, edges: number, speed: number, c: readonly ProgramLine[] | string): Finding {
  if (typeof c === 'string') return { task, contender: 'C', absent: c }
  const line = c.find(({ kernel }) => kernel === task)
  const ms = median(line?.ms ?? [])
  const theirs = rate(edges, ms)
  const answer = asChecksum(line?.checksum) ?? 'none'
  return { task, contender: 'C', ms, millionPerSecond: theirs, ratio: speed / theirs, floor: floors.c[task], answer }
}

function measureOurs(context: Context, transfers: Transfers, starts: readonly number[]) {
  const count = transfers.source.length
  const loaded = loadTransfers(transfers)
  context.say('csr')
  const csrMs = median(timeRuns(context.runs, () => loaded.buildCsr()))
  const csr = loaded.buildCsr().take()
  context.say('components')
  const componentsMs = median(timeRuns(context.runs, () => loaded.components()))
  const { component, forest } = loaded.components().take()
  context.say('reach')
  const search = loadCsr(csr)
  const reachMs = median(timeRuns(context.runs, () => search.reach(starts)))
  const reached = search.reach(starts).take()
  const perEdge = loaded.bytes() / count
  const ours: Readonly<Record<Task, Ours>> = {
    csr: { edges: count, ms: csrMs, bytesPerEdge: perEdge, answer: checksum(csr.offset, csr.target, csr.transfer) },
    reach: {
      edges: edgesOf(csr, reached),
      ms: reachMs,
      bytesPerEdge: search.bytes() / count,
      answer: checksum(reached),
    },
    components: { edges: count, ms: componentsMs, bytesPerEdge: perEdge, answer: checksum(component, forest) },
  }
  return { ours, csr }
}

/** What a search walks: the transfers out of the nodes it reaches. */
export function edgesOf(csr: Csr, nodes: Uint32Array): number {
  let edges = 0
  for (const node of nodes) edges += (csr.offset[node + 1] ?? 0) - (csr.offset[node] ?? 0)
  return edges
}

function twin(task: Task, transfers: Transfers, csr: Csr, starts: readonly number[]): () => string {
  if (task === 'csr') {
    const { offset, target, transfer } = buildCsrReference(transfers)
    return () => checksum(offset, target, transfer)
  }
  if (task === 'reach') {
    const reached = reachReference(csr, starts)
    return () => checksum(reached)
  }
  const { component, forest } = componentsReference(transfers)
  return () => checksum(component, forest)
}
