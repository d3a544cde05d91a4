/** Haircut and FIFO over transfers of accounts: WebAssembly, its TypeScript twin, and C. An edge is a transfer. */
import {
  type AccountFifo,
  type AccountHaircut,
  type AccountTransfers,
  accountFifoReference,
  accountHaircutReference,
  loadAccountTransfers,
} from '../../platform/src/tracing/kernels/index.ts'
import { writeAccountTransfers } from '../columns-on-disk.ts'
import { drawAccountSeeds, drawAmounts } from '../data/transfer-graph.ts'
import { floors } from '../floors.ts'
import { type Context, checksum, type Finding, type Measure, median, rate, timed, timeRuns } from '../measure.ts'
import { asChecksum, compileC, type ProgramLine, runProgram } from '../programs.ts'

/** As many sources as the peers of the reference had. */
const SEEDS = 1000
/** The twin counts in objects: it gets the first of the transfers. */
const TWIN = 200_000

type Task = 'accountHaircut' | 'accountFifo'

const names: Readonly<Record<Task, string>> = { accountHaircut: 'haircut of accounts', accountFifo: 'FIFO of accounts' }

export const accountPasses: Measure = {
  name: 'accounts',
  title: 'Passes over transfers of accounts',
  run: async (context) => {
    const graph = context.transfers()
    const transfers: AccountTransfers = { ...graph, amount: drawAmounts(graph.source.length) }
    const seeds = drawAccountSeeds(graph, SEEDS)
    writeAccountTransfers(context.folder, transfers, seeds)
    const c = runC(context)
    const loaded = loadAccountTransfers(transfers)
    const findings: Finding[] = []
    for (const task of ['accountHaircut', 'accountFifo'] as const) {
      context.say(names[task])
      const pass = () => (task === 'accountHaircut' ? loaded.haircut(seeds) : loaded.fifo(seeds))
      const ms = median(timeRuns(context.runs, pass))
      const speed = rate(transfers.source.length, ms)
      const bytesPerEdge = loaded.bytes() / transfers.source.length
      const answer = answerOf(pass().take())
      findings.push({ task: names[task], contender: 'WebAssembly', ms, millionPerSecond: speed, bytesPerEdge, answer })
      findings.push(againstC(task, transfers.source.length, speed, c))
      findings.push(twin(task, context, transfers, seeds, speed))
    }
    return findings
  },
}

function runC(context: Context): ProgramLine[] | string {
  const program = compileC('account-passes', context.folder)
  if ('absent' in program) return program.absent
  context.say('haircut and FIFO of accounts in C')
  return runProgram(program.path, [context.folder, String(context.runs), 'accountHaircut', 'accountFifo'])
}

function againstC(task: Task, edges: number, speed: number, c: readonly ProgramLine[] | string): Finding {
  if (typeof c === 'string') return { task: names[task], contender: 'C', absent: c }
  const line = c.find(({ kernel }) => kernel === task)
  const ms = median(line?.ms ?? [])
  const theirs = rate(edges, ms)
  const answer = asChecksum(line?.checksum) ?? 'none'
  return {
    task: names[task],
    contender: 'C',
    ms,
    millionPerSecond: theirs,
    ratio: speed / theirs,
    floor: floors.c[task],
    answer,
  }
}

/** A part of the transfers, so that both answer for the same part. */
function twin(
  task: Task,
  context: Context,
  { source, destination, amount }: AccountTransfers,
  drawn: ReturnType<typeof drawAccountSeeds>,
  speed: number,
): Finding {
  context.say(`${names[task]}: the twin`)
  // Accounts are numbered as they appear.
  let nodeCount = 0
  for (const column of [source.subarray(0, TWIN), destination.subarray(0, TWIN)])
    for (const node of column) if (node >= nodeCount) nodeCount = node + 1
  const seeds = drawn.filter(({ account }) => account < nodeCount)
  const part: AccountTransfers = {
    nodeCount,
    source: source.subarray(0, TWIN),
    destination: destination.subarray(0, TWIN),
    amount: amount.subarray(0, TWIN),
  }
  const loaded = loadAccountTransfers(part)
  const { value, ms } = timed(() =>
    task === 'accountHaircut'
      ? accountHaircutReference(
          part,
          seeds.map(({ account }) => account),
        )
      : accountFifoReference(part, seeds),
  )
  const ours = answerOf((task === 'accountHaircut' ? loaded.haircut(seeds) : loaded.fifo(seeds)).take())
  if (ours !== answerOf(value))
    throw new Error(`${names[task]}: the twin answers ${answerOf(value)}, the kernel ${ours}`)
  const theirs = rate(part.source.length, ms)
  const note = 'the first 200,000 transfers, answers compared; one run'
  return { task: names[task], contender: 'TypeScript twin', ms, millionPerSecond: theirs, ratio: speed / theirs, note }
}

function answerOf(found: AccountHaircut | AccountFifo): string {
  return 'traced' in found
    ? checksum(found.balance, found.traced)
    : checksum(found.balance, found.lots.source, found.lots.amount)
}
