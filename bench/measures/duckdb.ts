/** DuckDB, where the chain data lives: a frontier and the full reach, in SQL over a sorted table on disk. */
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBDataChunk, DuckDBInstance, UINTEGER } from '@duckdb/node-api'
import { expand, loadCsr, loadTransfers, type Transfers } from '../../platform/src/tracing/kernels/index.ts'
import { drawStarts } from '../data/transfer-graph.ts'
import { floors } from '../floors.ts'
import { checksum, type Finding, type Measure, median, rate, timeRuns } from '../measure.ts'
import { edgesOf, START_COUNT } from './graph-kernels.ts'

const FRONTIER = 10_000
const CHUNK = 2048

export const duckdb: Measure = {
  name: 'duckdb',
  title: 'DuckDB on disk, sorted by sender (the adjacency built)',
  run: async (context) => {
    const transfers = context.transfers()
    const frontier = drawStarts(transfers, FRONTIER, 20_260_505).sort((a, b) => a - b)
    const starts = drawStarts(transfers, START_COUNT)
    const csr = loadTransfers(transfers).buildCsr().take()
    const nodes = Uint32Array.from(frontier)
    const expandMs = median(timeRuns(context.runs, () => expand(csr, nodes)))
    const expanded = expand(csr, nodes)
    const search = loadCsr(csr)
    const reachMs = median(timeRuns(context.runs, () => search.reach(starts)))
    const reached = search.reach(starts).take()

    const instance = await DuckDBInstance.create(join(context.folder, 'bench.duckdb'), { memory_limit: '3GB' })
    const connection = await instance.connect()
    try {
      context.say('filling the table')
      await fill(connection, transfers, { frontier, starts })
      context.say('frontier')
      const asked = await timeAsync(context.runs, () => readFrontier(connection, expanded.transfer.length))
      context.say('recursive reach')
      const walked = await timeAsync(Math.min(3, context.runs), () => countReached(connection))
      const edges = edgesOf(csr, reached)
      return [
        ...beside(
          'frontier of 10,000',
          expanded.transfer.length,
          expandMs,
          asked,
          floors.duckdb.frontier,
          answer(expanded),
        ),
        ...beside('reach', edges, reachMs, walked, floors.duckdb.reach, String(reached.length)),
      ]
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  },
}

type Asked = { readonly ms: number; readonly value: string }

function beside(task: string, edges: number, ms: number, asked: Asked, floor: number, answer: string): Finding[] {
  const speed = rate(edges, ms)
  const theirs = rate(edges, asked.ms)
  return [
    { task, contender: 'adjacency in memory', ms, millionPerSecond: speed, answer },
    {
      task,
      contender: 'DuckDB',
      ms: asked.ms,
      millionPerSecond: theirs,
      ratio: speed / theirs,
      floor,
      answer: asked.value,
    },
  ]
}

async function fill(
  connection: DuckDBConnection,
  transfers: Transfers,
  lists: { readonly frontier: readonly number[]; readonly starts: readonly number[] },
): Promise<void> {
  await append(connection, 'unsorted', ['source', 'destination', 'id'], transfers.source.length, (column, row) =>
    column === 2 ? row : ((column === 0 ? transfers.source : transfers.destination)[row] ?? 0),
  )
  await connection.run('CREATE TABLE edges AS SELECT * FROM unsorted ORDER BY source, id')
  await connection.run('DROP TABLE unsorted')
  for (const [name, nodes] of Object.entries(lists)) {
    await append(connection, name, ['node'], nodes.length, (_, row) => nodes[row] ?? 0)
  }
  await connection.run('CHECKPOINT')
}

async function append(
  connection: DuckDBConnection,
  table: string,
  columns: readonly string[],
  rows: number,
  at: (column: number, row: number) => number,
): Promise<void> {
  await connection.run(`CREATE TABLE ${table} (${columns.map((name) => `${name} UINTEGER`).join(', ')})`)
  const appender = await connection.createAppender(table)
  const chunk = DuckDBDataChunk.create(columns.map(() => UINTEGER))
  for (let from = 0; from < rows; from += CHUNK) {
    chunk.reset()
    chunk.rowCount = Math.min(CHUNK, rows - from)
    for (let column = 0; column < columns.length; column++) {
      const vector = chunk.getColumnVector(column)
      for (let row = 0; row < chunk.rowCount; row++) vector.setItem(row, at(column, from + row))
      vector.flush()
    }
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** The transfers out of the frontier, into typed arrays as ours. The order is put right outside the clock. */
async function readFrontier(connection: DuckDBConnection, expected: number): Promise<() => string> {
  const target = new Uint32Array(expected)
  const transfer = new Uint32Array(expected)
  let count = 0
  const result = await connection.stream(
    'SELECT destination, id FROM edges WHERE source IN (SELECT node FROM frontier)',
  )
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const targets = chunk.getColumnVector(0)
    const ids = chunk.getColumnVector(1)
    for (let row = 0; row < chunk.rowCount; row++, count++) {
      target[count] = Number(targets.getItem(row))
      transfer[count] = Number(ids.getItem(row))
    }
  }
  return () => (count === expected ? answer({ target, transfer }) : `${count} transfers`)
}

/** Order does not matter to the answer: the transfers by number. */
function answer({ target, transfer }: { readonly target: Uint32Array; readonly transfer: Uint32Array }): string {
  const order = Uint32Array.from(transfer.keys()).sort((a, b) => (transfer[a] ?? 0) - (transfer[b] ?? 0))
  return checksum(
    order.map((at) => transfer[at] ?? 0),
    order.map((at) => target[at] ?? 0),
  )
}

async function countReached(connection: DuckDBConnection): Promise<() => string> {
  const reader = await connection.runAndReadAll(`
    WITH RECURSIVE reached(node) AS (
      SELECT node FROM starts
      UNION
      SELECT edges.destination FROM edges JOIN reached ON edges.source = reached.node
    )
    SELECT count(*) FROM reached`)
  return () => String(reader.getRows()[0]?.[0])
}

async function timeAsync(runs: number, body: () => Promise<() => string>): Promise<Asked> {
  const times: number[] = []
  let value = () => ''
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    value = await body()
    times.push(performance.now() - start)
  }
  return { ms: median(times), value: value() }
}
