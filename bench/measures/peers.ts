/**
 * Graph libraries at the same tasks. Reach is from one start here, since most of them take one only. Libraries that keep
 * an object for each edge get a part of the graph; their speed for each edge is compared with ours on the whole, which
 * favours them: ours is slower there than on a part.
 */
import { join } from 'node:path'
import {
  arrangeSeeds,
  loadCsr,
  loadSlotGraph,
  loadTransfers,
  type Transfers,
} from '../../platform/src/tracing/kernels/index.ts'
import { writeSeeds, writeSlots, writeTransfers } from '../columns-on-disk.ts'
import { drawScatteredSeeds } from '../data/slot-ledger.ts'
import { drawStarts } from '../data/transfer-graph.ts'
import { floors } from '../floors.ts'
import { type Context, checksum, type Finding, type Measure, median, rate, timeRuns } from '../measure.ts'
import { asChecksum, findPython, peerScript, runProgram } from '../programs.ts'
import { edgesOf } from './graph-kernels.ts'
import { measureGraphology } from './graphology.ts'
import { SEEDED_SHARE } from './slot-passes.ts'

const PART = 1_000_000

/** Ours at the same tasks on the same graph. */
export type Bearings = {
  readonly name: 'whole' | 'part'
  readonly folder: string
  readonly transfers: Transfers
  readonly start: number
  /** transfers that the search from `start` walks */
  readonly walked: number
  readonly reached: number
  readonly components: number
  readonly bytesPerEdge: number
  readonly speed: Readonly<Record<Task, number>>
  readonly haircutAnswer: string
}

export type Task = 'csr' | 'reach' | 'components' | 'haircut'

export const peers: Measure = {
  name: 'peers',
  title: 'Graph libraries (reach from one start)',
  run: async (context) => {
    context.say('ours, for comparison')
    const haircut = measureHaircut(context)
    const whole = takeBearings(context, 'whole', context.transfers(), haircut)
    const small = takeBearings(context, 'part', firstTransfers(context.transfers(), PART), haircut)
    const part = { ...small, speed: whole.speed }
    const findings: Finding[] = ours(whole)
    findings.push(...python(context, 'igraph', ['igraph', 'numpy'], 'with_igraph.py', whole))
    findings.push(...python(context, 'scipy', ['scipy', 'numpy'], 'with_scipy.py', whole))
    findings.push(...python(context, 'networkx', ['networkx'], 'with_networkx.py', part))
    findings.push(...python(context, 'pure Python', [], 'pure_python.py', whole))
    context.say('graphology')
    findings.push(...(await measureGraphology(part)))
    const order: Task[] = ['csr', 'reach', 'components', 'haircut']
    return findings.sort((a, b) => order.indexOf(a.task as Task) - order.indexOf(b.task as Task))
  },
}

function takeBearings(context: Context, name: 'whole' | 'part', transfers: Transfers, haircut: Haircut): Bearings {
  const count = transfers.source.length
  const folder = join(context.folder, name)
  const loaded = loadTransfers(transfers)
  const csrMs = median(timeRuns(context.runs, () => loaded.buildCsr()))
  const csr = loaded.buildCsr().take()
  const componentsMs = median(timeRuns(context.runs, () => loaded.components()))
  const search = loadCsr(csr)
  // A start that reaches far, or there is nothing to measure.
  const start =
    drawStarts(transfers, 100).find((node) => search.reach([node]).take().length > transfers.nodeCount / 4) ?? 0
  const reachMs = median(timeRuns(context.runs, () => search.reach([start])))
  const reached = search.reach([start]).take()
  const walked = edgesOf(csr, reached)
  writeTransfers(folder, transfers, [start])
  return {
    name,
    folder,
    transfers,
    start,
    walked,
    reached: reached.length,
    components: loaded.components().take().count,
    // The columns that came in, what the kernel works on, and the outcome.
    bytesPerEdge: 8 + loaded.bytes() / count + 8 + (4 * csr.offset.length) / count,
    haircutAnswer: haircut.answer,
    speed: {
      csr: rate(count, csrMs),
      reach: rate(walked, reachMs),
      components: rate(count, componentsMs),
      haircut: haircut.speed,
    },
  }
}

function ours(whole: Bearings): Finding[] {
  const tasks: Task[] = ['csr', 'reach', 'components', 'haircut']
  return tasks.map((task) => ({
    task,
    contender: 'WebAssembly',
    millionPerSecond: whole.speed[task],
    ...(task === 'csr' ? { bytesPerEdge: whole.bytesPerEdge, note: 'bytes: columns in, kernel memory, outcome' } : {}),
  }))
}

function python(
  context: Context,
  contender: string,
  modules: readonly string[],
  script: string,
  on: Bearings,
): Finding[] {
  const found = findPython(modules, context.install)
  if ('absent' in found) return [{ task: 'csr', contender, absent: found.absent }]
  context.say(contender)
  const edges = on.transfers.source.length
  return runProgram(found.path, [peerScript(script), on.folder, String(Math.min(3, context.runs))]).map((line) => {
    const task = line.kernel as Task
    const count = task === 'reach' ? on.walked : task === 'haircut' ? line.count : edges
    const ms = median(line.ms)
    return compare(contender, task, on, rate(count, ms), ms, {
      answer: task === 'haircut' ? asChecksum(line.checksum) : String(line.count),
      bytesPerEdge: line.bytes === undefined ? undefined : line.bytes / edges,
    })
  })
}

/** A peer's finding beside ours; what it must have answered stands in its own answer group. */
export function compare(
  contender: string,
  task: Task,
  on: Bearings,
  speed: number,
  ms: number,
  more: { readonly answer: string | undefined; readonly bytesPerEdge: number | undefined },
): Finding {
  const floor = floorOf(contender, task)
  const memory = more.bytesPerEdge === undefined ? undefined : more.bytesPerEdge / on.bytesPerEdge
  const notes = [
    on.name === 'part' ? `on ${on.transfers.source.length.toLocaleString('en')} edges` : '',
    memory === undefined
      ? ''
      : `memory ${memory.toFixed(1)}× ours${contender === 'igraph' ? ` (floor ${floors.igraph.memory}: ${memory >= floors.igraph.memory ? 'met' : 'not met'})` : ''}`,
  ]
  return {
    task,
    contender,
    ms,
    millionPerSecond: speed,
    ratio: on.speed[task] / speed,
    ...(floor === undefined ? {} : { floor }),
    ...(more.bytesPerEdge === undefined ? {} : { bytesPerEdge: more.bytesPerEdge }),
    ...(more.answer === undefined ? {} : { answer: more.answer, answerOf: expected(task, on) }),
    note: notes.filter((note) => note !== '').join('; '),
  }
}

/** The answer of ours that the peer's must equal. */
function expected(task: Task, on: Bearings): string {
  if (task === 'csr') return String(on.transfers.source.length)
  if (task === 'reach') return String(on.reached)
  if (task === 'components') return String(on.components)
  return on.haircutAnswer
}

function floorOf(contender: string, task: Task): number | undefined {
  if (contender === 'scipy') return undefined
  if (contender === 'igraph') return task === 'haircut' ? undefined : floors.igraph[task]
  return floors.objects
}

function firstTransfers(transfers: Transfers, count: number): Transfers {
  const source = transfers.source.slice(0, count)
  const destination = transfers.destination.slice(0, count)
  let nodeCount = 0
  for (let at = 0; at < source.length; at++)
    nodeCount = Math.max(nodeCount, (source[at] ?? 0) + 1, (destination[at] ?? 0) + 1)
  return { nodeCount, source, destination }
}

type Haircut = { readonly speed: number; readonly answer: string }

function measureHaircut(context: Context): Haircut {
  const graph = context.slots()
  const seeds = arrangeSeeds(graph, drawScatteredSeeds(graph, Math.ceil(graph.slotCount * SEEDED_SHARE)))
  const loaded = loadSlotGraph(graph)
  const ms = median(timeRuns(context.runs, () => loaded.haircut(seeds)))
  const folder = join(context.folder, 'whole')
  writeSlots(folder, graph)
  writeSeeds(folder, 'taint', seeds)
  return { speed: rate(graph.slotCount, ms), answer: checksum(loaded.haircut(seeds).take().taint) }
}
