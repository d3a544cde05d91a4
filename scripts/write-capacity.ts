/**
 * Writes docs/capacity.md from docs/capacity-measured.json and docs/capacity-facts.json: `node scripts/write-capacity.ts`.
 * Given runs of the bench (`npm run bench -- --json FILE`, with the topics scale and slot-passes), it first takes from them
 * what the plan needs; topics of a later file replace those of an earlier one.
 * No figure of the plan is typed: each is measured, taken from the facts with its source, or computed here.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type Finding = {
  readonly task: string
  readonly contender: string
  readonly ms?: number
  readonly perSecond?: number
  readonly bytesPerEdge?: number
  readonly note?: string
}
type Run = { readonly machine: string; readonly topics: readonly { name: string; findings: readonly Finding[] }[] }
type Facts = {
  readonly chains: readonly {
    chain: string
    family: 'outputs' | 'accounts'
    transactions: number
    transfersPerTransaction: number
    asOf: string
    source: string
    verified: boolean
  }[]
  readonly shape: { diskOfAHostBytes: number; fillOfADisk: number; replicas: number; mergeRoom: number; why: string }
}

/** Topics of the bench that the plan stands on. */
const TOPICS = ['scale', 'slot-passes']

const MEASURED = { outputs: 'bytes of a transfer, Bitcoin', accounts: 'bytes of a transfer, accounts' } as const

export function capacityDocument(run: Run, facts: Facts): string {
  const findings = run.topics.flatMap(({ findings: found }) => found)
  const measured = (family: 'outputs' | 'accounts', engine: string) => {
    const found = findings.find((one) => one.task.startsWith(MEASURED[family]) && one.contender.startsWith(engine))
    if (found?.bytesPerEdge === undefined || found.perSecond === undefined)
      throw new Error(`the run has no "${MEASURED[family]}…" for ${engine}: run the bench with --only scale`)
    return { bytes: found.bytesPerEdge, perSecond: found.perSecond, note: found.note ?? '' }
  }
  const { diskOfAHostBytes, fillOfADisk, replicas, mergeRoom, why } = facts.shape
  const perHost = (diskOfAHostBytes * fillOfADisk) / mergeRoom
  const plan = facts.chains.map((chain) => {
    const transfers = chain.transactions * chain.transfersPerTransaction
    const house = measured(chain.family, 'ClickHouse')
    const duck = measured(chain.family, 'DuckDB')
    const bytes = transfers * house.bytes
    return {
      ...chain,
      transfers,
      house,
      duck,
      bytes,
      shards: Math.max(1, Math.ceil(bytes / perHost)),
      days: transfers / duck.perSecond / 86_400,
    }
  })
  const total = plan.reduce((sum, { bytes }) => sum + bytes, 0)
  const shards = Math.max(1, Math.ceil(total / perHost))
  const transfersOfAShard = plan.reduce((sum, { transfers }) => sum + transfers, 0) / shards
  const kernels = findings.filter(
    ({ task, contender, bytesPerEdge }) =>
      contender === 'WebAssembly' && bytesPerEdge !== undefined && ['poison', 'haircut', 'fifo'].includes(task),
  )
  const growth = growthTable(findings)
  const slowest = [...plan].sort((a, b) => b.days - a.days)[0]
  return [
    '# Capacity plan: all of Bitcoin, Ethereum and Tron',
    '',
    `Written by \`scripts/write-capacity.ts\`. Measured on: ${run.machine}. A transfer is an output of a chain of outputs, or a move between accounts.`,
    '',
    '## What was measured',
    '',
    table(
      ['rows', 'engine', 'bytes on disk per transfer', 'imported per second', 'of'],
      [
        ...(['outputs', 'accounts'] as const).flatMap((family) =>
          ['DuckDB', 'ClickHouse'].map((engine) => {
            const { bytes, perSecond, note } = measured(family, engine)
            return [
              family === 'outputs' ? 'Bitcoin, real blocks' : 'accounts, synthetic token transfers',
              engine,
              round(bytes),
              round(perSecond),
              note,
            ]
          }),
        ),
      ],
    ),
    '',
    'The bytes hold everything that the store keeps beside a transfer: transaction, inputs, block, bookkeeping. A small file is mostly unfilled pages, so that these figures are an upper bound for large ones. ClickHouse was its engine behind a double of its HTTP interface, one statement after the other: its bytes are those of the engine, its speed is not that of a server.',
    '',
    ...(growth.length === 0
      ? []
      : [
          'As the ledger grows, in milliseconds:',
          '',
          ...growth,
          '',
          'Each of these transactions has two outputs, and all of them spend from one hot address. A height (2,000 transactions here) is read as a whole or not at all. What was imported in a second, and the bytes, are in [benchmarks.md](benchmarks.md).',
          '',
        ]),
    '## How many transfers there are',
    '',
    table(
      ['chain', 'transactions', 'transfers per transaction', 'transfers', 'as of', 'source'],
      plan.map(({ chain, transactions, transfersPerTransaction, transfers, asOf, source, verified }) => [
        chain,
        count(transactions),
        String(transfersPerTransaction),
        count(transfers),
        asOf,
        `${verified ? 'verified' : '**unverified**'}: ${source}`,
      ]),
    ),
    '',
    'None of these counts was verified here. Correct `docs/capacity-facts.json` and write this page again; the arithmetic follows.',
    '',
    '## Disk and shards',
    '',
    `A host holds ${size(diskOfAHostBytes)} × ${fillOfADisk} ÷ ${mergeRoom} = ${size(perHost)} of rows (${why}).`,
    '',
    table(
      [
        'chain',
        'transfers × bytes (ClickHouse)',
        'disk of one replica',
        'one DuckDB file',
        `shards of ${size(perHost)}`,
        `hosts with ${replicas} replicas`,
      ],
      [
        ...plan.map(({ chain, transfers, house, duck, bytes, shards: own }) => [
          chain,
          `${count(transfers)} × ${round(house.bytes)}`,
          size(bytes),
          size(transfers * duck.bytes),
          String(own),
          String(own * replicas),
        ]),
        ['all three, in one cluster', '', size(total), '–', String(shards), String(shards * replicas)],
      ],
    ),
    '',
    `DuckDB keeps all in one file on one host, and was measured up to ${count(largestOf(findings))} transfers: beyond that its column is arithmetic alone.`,
    '',
    `Adding a shard later does not move rows: new ones are spread over all shards, and the key of a row set changes with their number. Choose the number of shards first (${shards} for all three, and what growth asks), or move the store into a new database.`,
    '',
    '## Time to import',
    '',
    table(
      ['chain', 'transfers ÷ transfers per second (one process, DuckDB, as measured)', 'days'],
      plan.map(({ chain, transfers, duck, days }) => [
        chain,
        `${count(transfers)} ÷ ${round(duck.perSecond)}`,
        round(days),
      ]),
    ),
    '',
    'One process writes at a time. These days are what one importer of this machine would need, decoding and hashing in one thread; they are not a plan to wait that long, but the reason to import the stretches that cases need.',
    '',
    '## Memory of a trace',
    '',
    kernels.length === 0
      ? 'The run holds no figures of kernels (`--only slot-passes`): see docs/benchmarks.md.'
      : table(
          ['kernel', 'bytes per edge', 'edges in 4 GiB (the most that one WebAssembly memory has)'],
          kernels.map(({ task, bytesPerEdge = 0 }) => [
            task,
            round(bytesPerEdge),
            count(Math.floor(2 ** 32 / bytesPerEdge)),
          ]),
        ),
    '',
    `A shard of this plan holds about ${count(transfersOfAShard)} transfers: no kernel holds one whole. A trace loads what it walks, within its budget (\`--max-transactions\`, \`--max-per-address\`), and never a chain.`,
    '',
    '## What breaks first',
    '',
    `1. **Import.** ${slowest ? `${slowest.chain} would take ${round(slowest.days)} days at the measured rate.` : ''} One writer at a time, and every row passes through JavaScript.`,
    '2. **Publishing a large source.** The work tables of a publication (every id of the source) lie on the host that is asked, and the derived defects are a pass over the ledger after each publication.',
    '3. **Questions by address.** No table is sorted by address: ClickHouse has a bloom filter, DuckDB scans. On all of a chain the frontier of addresses needs a second copy sorted by address; the figures above show how it grows.',
    '4. **The first shard.** Blocks and bookkeeping lie there; without it nothing is read.',
    '5. **Hot addresses** do not break: they are read in pages within their budget, and the trace says what it left out.',
    '',
    '## What is unproven',
    '',
    'No ClickHouse server and no Keeper could be run where this was made. Run on the real engine: every statement of one server; every kind of question and of change over Distributed tables on two shards, whose rows are apart though both shards are one engine, with the same digests and traces as DuckDB; a move there, killed and gone on with. The tables of replicas are made by the engine and never written. Not run to the end: every single claim of the store over two shards (`COMITY_LONG_TESTS=1`). Never run: questions that travel between hosts, ON CLUSTER, replicas that fetch from each other, quorum inserts and sequential reads under failure, the speed of a server. Try these on two shards with two replicas each before relying on them: `comity chain migrate` to the cluster compares every row on the way.',
    '',
  ].join('\n')
}

/** A row for each task and engine, a column for each size. */
function growthTable(findings: readonly Finding[]): readonly string[] {
  const grown = findings.flatMap((one) => {
    const [, engine, transactions] = /^(.+), ([0-9,]+) transactions$/.exec(one.contender) ?? []
    return engine && transactions ? [{ ...one, engine, transactions }] : []
  })
  if (grown.length === 0) return []
  const number = (text: string) => Number(text.replaceAll(',', ''))
  const sizes = [...new Set(grown.map(({ transactions }) => transactions))].sort((a, b) => number(a) - number(b))
  const rows = Map.groupBy(grown, ({ task, engine }) => `${task}\u0000${engine}`)
  return [
    table(
      ['task', 'engine', ...sizes.map((transactions) => `${transactions} transactions`)],
      [...rows.values()].map((of) => [
        of[0]?.task ?? '',
        of[0]?.engine ?? '',
        ...sizes.map((size) => {
          const found = of.find(({ transactions }) => transactions === size)
          return found?.ms === undefined ? 'not run' : round(found.ms)
        }),
      ]),
    ),
  ]
}

/** Transfers of the largest ledger that was filled. */
function largestOf(findings: readonly Finding[]): number {
  return Math.max(
    ...findings
      .filter(({ task, contender }) => task === 'import' && contender.startsWith('DuckDB'))
      .map(({ ms = 0, perSecond = 0 }) => (ms * perSecond) / 1000),
  )
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function size(bytes: number): string {
  return bytes >= 1e12 ? `${(bytes / 1e12).toPrecision(3)} TB` : `${(bytes / 1e9).toPrecision(3)} GB`
}

/** What the stored measurements and facts give: what docs/capacity.md must hold. */
export function capacityNow(): string {
  const read = (name: string) => JSON.parse(readFileSync(new URL(`../docs/${name}`, import.meta.url), 'utf8'))
  return capacityDocument(read('capacity-measured.json') as Run, read('capacity-facts.json') as Facts)
}

if (import.meta.main) {
  const [first, ...later] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Run)
  if (first) {
    const newest = new Map(
      [first, ...later].flatMap(({ topics }) => topics.map((topic) => [topic.name, topic] as const)),
    )
    const topics = [...newest.values()].filter(({ name }) => TOPICS.includes(name))
    const measured = `${JSON.stringify({ machine: first.machine, topics }, null, 2)}\n`
    writeFileSync(new URL('../docs/capacity-measured.json', import.meta.url), measured)
  }
  writeFileSync(new URL('../docs/capacity.md', import.meta.url), capacityNow())
}
