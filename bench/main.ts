/**
 * `npm run bench`: the kernels beside their peers and the physical limit, all measured in one run on one machine.
 *
 *   --edges N        slots and transfers (20,000,000)
 *   --quick          a tenth of that, fewer runs
 *   --only NAME      one topic; may be given several times
 *   --no-install     do not install missing Debian packages of peers
 *   --json FILE      findings as JSON
 *   --markdown FILE  findings as Markdown tables
 *
 * Times never make it fail; answers that differ do. To add a topic, write a file in measures/ and list it here.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Transfers } from '../platform/src/tracing/kernels/index.ts'
import type { SlotGraph } from '../platform/src/tracing/slot-graph.ts'
import { makeSlotLedger } from './data/slot-ledger.ts'
import { makeTransfers } from './data/transfer-graph.ts'
import type { Context, Measure } from './measure.ts'
import { accountPasses } from './measures/account-passes.ts'
import { bandwidth } from './measures/bandwidth.ts'
import { caseSized } from './measures/case-sized.ts'
import { clusters } from './measures/clusters.ts'
import { crossings } from './measures/crossings.ts'
import { deconfliction } from './measures/deconfliction.ts'
import { duckdb } from './measures/duckdb.ts'
import { exchange } from './measures/exchange.ts'
import { graphKernels } from './measures/graph-kernels.ts'
import { importSpeed } from './measures/import.ts'
import { node } from './measures/node.ts'
import { peers } from './measures/peers.ts'
import { scale } from './measures/scale.ts'
import { scaling } from './measures/scaling.ts'
import { slotPasses } from './measures/slot-passes.ts'
import { watch } from './measures/watch.ts'
import { asMarkdown, asTable, disagreements, type Topic } from './report.ts'

const measures: readonly Measure[] = [
  bandwidth,
  importSpeed,
  caseSized,
  slotPasses,
  graphKernels,
  accountPasses,
  clusters,
  scaling,
  scale,
  peers,
  duckdb,
  node,
  exchange,
  deconfliction,
  crossings,
  watch,
]

const { values: options } = parseArgs({
  options: {
    edges: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    'no-install': { type: 'boolean', default: false },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
})

const chosen = choose(options.only)
const edges = readEdges(options.edges, options.quick)
const folder = mkdtempSync(join(tmpdir(), 'comity-bench-'))
try {
  process.exitCode = await benchmark()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function benchmark(): Promise<number> {
  const machine = `${edges.toLocaleString('en')} edges; ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB; Node.js ${process.version}`
  const topics: Topic[] = []
  const failed: string[] = []
  const context = makeContext()
  for (const measure of chosen) {
    say(measure.title)
    try {
      topics.push({ name: measure.name, title: measure.title, findings: await measure.run(context) })
    } catch (thrown) {
      // What was measured before, and what comes after, is not lost with it.
      failed.push(measure.name)
      process.stderr.write(`${thrown instanceof Error ? thrown.stack : String(thrown)}\n`)
    }
  }
  process.stdout.write(`${machine}\n\n${asTable(topics)}\n`)
  const differing = disagreements(topics)
  if (options.json)
    writeFileSync(options.json, `${JSON.stringify({ machine, edges, topics, differing, failed }, null, 2)}\n`)
  if (options.markdown) writeFileSync(options.markdown, asMarkdown(topics, machine))
  for (const line of differing) process.stdout.write(`DISAGREE: ${line}\n`)
  for (const name of failed) process.stdout.write(`FAILED: ${name}\n`)
  if (differing.length === 0) process.stdout.write('\nAll answers agree.\n')
  return differing.length + failed.length === 0 ? 0 : 1
}

function makeContext(): Context {
  let slots: SlotGraph | undefined
  let transfers: Transfers | undefined
  return {
    edges,
    folder,
    runs: options.quick ? 3 : 7,
    seconds: options.quick ? 1 : 10,
    install: !options['no-install'],
    say: (note) => say(`  ${note}`),
    slots: () => {
      if (!slots) say('  making the ledger')
      slots ??= makeSlotLedger(edges)
      return slots
    },
    transfers: () => {
      if (!transfers) say('  making the transfers')
      transfers ??= makeTransfers(edges)
      return transfers
    },
  }
}

function say(note: string): void {
  process.stderr.write(`${(performance.now() / 1000).toFixed(1).padStart(7)} s  ${note}\n`)
}

function choose(only: readonly string[] | undefined): readonly Measure[] {
  if (!only) return measures
  return only.map((name) => {
    const found = measures.find((measure) => measure.name === name)
    if (!found) fail(`There is no topic "${name}". Topics: ${measures.map((measure) => measure.name).join(', ')}.`)
    return found
  })
}

function readEdges(text: string | undefined, quick: boolean): number {
  if (text === undefined) return quick ? 2_000_000 : 20_000_000
  const count = Number(text.replaceAll('_', ''))
  if (!Number.isSafeInteger(count) || count < 1_000_000 || count > 100_000_000) {
    fail('--edges takes a whole number from 1,000,000 to 100,000,000.')
  }
  return count
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
