/** Poison, haircut and FIFO over a ledger of slots: WebAssembly, its TypeScript twin, and C. An edge is a slot. */
import {
  arrangeSeeds,
  fifoPass,
  fifoReference,
  haircutPass,
  haircutReference,
  loadSlotGraph,
  poisonPass,
  poisonReference,
  type SeedColumns,
} from '../../platform/src/tracing/kernels/index.ts'
import type { Seed } from '../../platform/src/tracing/slot-graph.ts'
import { writeSeeds, writeSlots } from '../columns-on-disk.ts'
import { drawLargeSeeds, drawScatteredSeeds } from '../data/slot-ledger.ts'
import { floors } from '../floors.ts'
import { type Context, checksum, type Finding, type Measure, median, rate, timed, timeRuns } from '../measure.ts'
import { asChecksum, compileC, type ProgramLine, runProgram } from '../programs.ts'

export const SEEDED_SHARE = 0.002
export const FIFO_SOURCES = 1000

type Task = 'poison' | 'haircut' | 'fifo'

export const slotPasses: Measure = {
  name: 'passes',
  title: 'Passes over a ledger of slots',
  run: async (context) => {
    const graph = context.slots()
    const scattered = drawScatteredSeeds(graph, Math.ceil(graph.slotCount * SEEDED_SHARE))
    const large = drawLargeSeeds(graph, Math.min(FIFO_SOURCES, Math.floor(graph.slotCount / 40)))
    const taintSeeds = arrangeSeeds(graph, scattered)
    const lotSeeds = arrangeSeeds(graph, large)
    writeSlots(context.folder, graph)
    writeSeeds(context.folder, 'taint', taintSeeds)
    writeSeeds(context.folder, 'lots', lotSeeds)
    const c = runC(context)
    const ours = measureOurs(context, taintSeeds, lotSeeds)
    const findings: Finding[] = []
    for (const task of ['poison', 'haircut', 'fifo'] as const) {
      const seeds = task === 'fifo' ? large : scattered
      const { ms, answer, bytesPerEdge, note } = ours[task]
      const speed = rate(graph.slotCount, ms)
      findings.push({
        task,
        contender: 'WebAssembly',
        ms,
        millionPerSecond: speed,
        bytesPerEdge,
        answer,
        ...(note ? { note } : {}),
      })
      findings.push(againstC(task, graph.slotCount, speed, c))
      context.say(`${task}: the whole call`)
      findings.push(wholeCall(task, context, seeds, speed))
      context.say(`${task}: the twin`)
      findings.push(twin(task, context, seeds, speed))
    }
    return findings
  },
}

function runC(context: Context): ProgramLine[] | string {
  const program = compileC('slot-passes', context.folder)
  if ('absent' in program) return program.absent
  context.say('poison, haircut, fifo in C')
  return runProgram(program.path, [context.folder, String(context.runs), 'poison', 'haircut', 'fifo'])
}

function againstC(task: Task, edges: number, speed: number, c: readonly ProgramLine[] | string): Finding {
  if (typeof c === 'string') return { task, contender: 'C', absent: c }
  const line = c.find(({ kernel }) => kernel === task)
  const ms = median(line?.ms ?? [])
  const theirs = rate(edges, ms)
  const answer = asChecksum(line?.checksum) ?? 'none'
  return { task, contender: 'C', ms, millionPerSecond: theirs, ratio: speed / theirs, floor: floors.c[task], answer }
}

type Ours = { readonly ms: number; readonly answer: string; readonly bytesPerEdge: number; readonly note?: string }

/** The graph lies in memory, as it does in the C program; what a call costs in all is measured apart. */
function measureOurs(context: Context, taintSeeds: SeedColumns, lotSeeds: SeedColumns): Readonly<Record<Task, Ours>> {
  const graph = context.slots()
  const loaded = loadSlotGraph(graph)
  const bytesPerEdge = () => loaded.bytes() / graph.slotCount
  context.say('poison')
  const poisonMs = median(timeRuns(context.runs, () => loaded.poison(taintSeeds)))
  const poison = { ms: poisonMs, bytesPerEdge: bytesPerEdge(), answer: checksum(loaded.poison(taintSeeds).take().bits) }
  context.say('haircut')
  const haircutMs = median(timeRuns(context.runs, () => loaded.haircut(taintSeeds)))
  const haircut = {
    ms: haircutMs,
    bytesPerEdge: bytesPerEdge(),
    answer: checksum(loaded.haircut(taintSeeds).take().taint),
  }
  context.say('fifo')
  const fifoMs = median(timeRuns(context.runs, () => loaded.fifo(lotSeeds)))
  const { taint, lots } = loaded.fifo(lotSeeds).take()
  const fifo = {
    ms: fifoMs,
    bytesPerEdge: bytesPerEdge(),
    answer: checksum(taint, lots.start, lots.source, lots.amount),
    note: `${lots.source.length} lots`,
  }
  return { poison, haircut, fifo }
}

function wholeCall(task: Task, context: Context, seeds: readonly Seed[], speed: number): Finding {
  const graph = context.slots()
  const { value, ms } = timed(() => runOnce(task))
  const theirs = rate(graph.slotCount, ms)
  const note = 'with copying in, inspection, copying out; one run'
  return {
    task,
    contender: 'WebAssembly, whole call',
    ms,
    millionPerSecond: theirs,
    ratio: speed / theirs,
    answer: value(),
    note,
  }

  function runOnce(which: Task): () => string {
    if (which === 'poison') {
      const { bits } = poisonPass(graph, seeds)
      return () => checksum(bits)
    }
    if (which === 'haircut') {
      const { taint } = haircutPass(graph, seeds)
      return () => checksum(taint)
    }
    const { taint, lots } = fifoPass(graph, seeds)
    return () => checksum(taint, lots.start, lots.source, lots.amount)
  }
}

function twin(task: Task, context: Context, seeds: readonly Seed[], speed: number): Finding {
  const graph = context.slots()
  const { value, ms } = timed(() => runOnce(task))
  const theirs = rate(graph.slotCount, ms)
  return {
    task,
    contender: 'TypeScript twin',
    ms,
    millionPerSecond: theirs,
    ratio: speed / theirs,
    answer: value(),
    note: 'one run',
  }

  function runOnce(which: Task): () => string {
    if (which === 'poison') {
      const { bits } = poisonReference(graph, seeds)
      return () => checksum(bits)
    }
    if (which === 'haircut') {
      const { taint } = haircutReference(graph, seeds)
      return () => checksum(taint)
    }
    const { taint, lots } = fifoReference(graph, seeds)
    return () => checksum(taint, lots.start, lots.source, lots.amount)
  }
}
