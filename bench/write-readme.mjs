// Writes the figures of a run (`npm run bench -- --json FILE`) into README.md and docs/benchmarks.md:
//   node bench/write-readme.mjs FILE [LATER_FILE …]
// Topics of a later file replace those of the first, and the text says so.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [first, ...later] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')))
for (const { failed } of [first, ...later])
  if (failed?.length > 0) throw new Error(`Not measured: ${failed.join(', ')}. Run them again, with --only.`)
const replaced = new Map(later.flatMap((run) => run.topics.map((topic) => [topic.name, topic])))
const names = new Set([...first.topics.map((topic) => topic.name), ...replaced.keys()])
const topics = [...names].map((name) => replaced.get(name) ?? first.topics.find((topic) => topic.name === name))
const again =
  [...replaced.keys()].length === 0 ? '' : ` (${[...replaced.keys()].join(', ')}: from a later run on the same machine)`
const machine = `${first.machine}${again}`

const significant = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3))
const times = (ratio) => `${ratio < 10 ? ratio.toFixed(2) : Math.round(ratio)}×`
const findings = topics.flatMap(({ name, findings: found }) => found.map((finding) => ({ topic: name, ...finding })))

/** Per kernel: our rate, then the ratio to each peer with its floor. */
function kernelRows() {
  const tasks = ['poison', 'haircut', 'fifo', 'csr', 'reach', 'components']
  tasks.push('haircut of accounts', 'FIFO of accounts', 'merge clusters, keeping why')
  const peers = ['C', 'igraph', 'scipy', 'networkx', 'graphology', 'pure Python', 'DuckDB']
  const rows = tasks.map((task) => {
    const ours = findings.find((one) => one.task === task && one.contender === 'WebAssembly' && one.millionPerSecond)
    const cells = peers.map((peer) => {
      const found = findings.find((one) => one.task === task && one.contender === peer && one.ratio !== undefined)
      if (!found) return '–'
      const verdict =
        found.floor === undefined
          ? ''
          : found.ratio >= found.floor
            ? ` (≥ ${found.floor})`
            : ` (≥ ${found.floor} **not met**)`
      return `${times(found.ratio)}${verdict}`
    })
    return `| ${task} | ${ours ? significant(ours.millionPerSecond) : '–'} | ${cells.join(' | ')} |`
  })
  return [
    `| kernel | million edges/s | ${peers.map((peer) => `to ${peer}`).join(' | ')} |`,
    `|---|${'---|'.repeat(peers.length + 1)}`,
    ...rows,
  ]
}

function caseRows() {
  const found = findings.filter(({ topic }) => topic === 'case-sized')
  const byRule = Map.groupBy(found, ({ task }) => task.split(',')[0])
  return [
    '| rule | ms, one source | ms, 20 sources mixed |',
    '|---|---|---|',
    ...[...byRule].map(([rule, both]) => `| ${rule} | ${both.map(({ ms }) => significant(ms)).join(' | ')} |`),
  ]
}

const imports = findings
  .filter(({ topic, contender }) => topic === 'import' && contender === 'ours')
  .map(
    ({ task, ms, note, bytesPerEdge }) => `| ${task} | ${significant(ms)} | ${note} | ${significant(bytesPerEdge)} |`,
  )

/** What the node does in a second, and what pgbench does on the same server. */
function nodeRows() {
  const found = findings.filter(({ topic, absent }) => topic === 'node' && absent === undefined)
  if (found.length === 0) return []
  const verdict = ({ ratio, floor }) =>
    ratio === undefined || floor === undefined ? '' : ratio >= floor ? ' (met)' : ' (**not met**)'
  const rows = found.map((one) =>
    [
      `${one.task}${one.contender === 'pgbench' ? ': pgbench' : ''}`,
      one.perSecond === undefined ? '–' : `${significant(one.perSecond)} ${one.unit}`,
      one.ms === undefined || one.p99 === undefined ? '–' : `${significant(one.ms)} / ${significant(one.p99)}`,
      one.ratio === undefined ? '–' : `${times(one.ratio)}${verdict(one)}`,
    ].join(' | '),
  )
  return [
    '',
    'The node on its embedded PostgreSQL. Against pgbench and the cipher, how many times as fast we are; for the journal (floor: 2,000 entries a second) and for decisions (99 of 100 within 10 ms), how many times the floor:',
    '',
    '| the node | per second | ms, half / 99 of 100 | ratio |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ]
}

/** Logs decoded in a second, and how many times as fast that is as others read them. */
function decodeRows() {
  const found = findings.filter(({ task }) => task === 'decode logs')
  if (found.length === 0) return []
  const rows = found.map(({ contender, millionPerSecond, ratio, floor }) =>
    [
      contender,
      significant(millionPerSecond * 1e6),
      ratio === undefined ? '–' : `${times(ratio)}${ratio >= floor ? ` (≥ ${floor})` : ` (≥ ${floor} **not met**)`}`,
    ].join(' | '),
  )
  return [
    '',
    'Logs of contracts decoded, on one core:',
    '',
    '| reader | logs per second | ours is |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ]
}

/** The chain store as its ledger grows, on DuckDB: milliseconds by size. */
function growthRows() {
  const found = findings.filter(
    ({ topic, contender }) => topic === 'scale' && /^DuckDB, .* transactions$/.test(contender),
  )
  if (found.length === 0) return []
  const size = (contender) => Number(contender.replace(/[^0-9]/g, ''))
  const sizes = [...new Set(found.map(({ contender }) => size(contender)))].sort((a, b) => a - b)
  const rows = [...Map.groupBy(found, ({ task }) => task)].map(([task, of]) => {
    const cells = sizes.map((one) => of.find(({ contender }) => size(contender) === one)?.ms)
    return `| ${task} | ${cells.map((ms) => (ms === undefined ? '–' : significant(ms))).join(' | ')} |`
  })
  return [
    '',
    'The chain store as its ledger grows (DuckDB, milliseconds; [capacity.md](docs/capacity.md) reckons from there):',
    '',
    `| task | ${sizes.map((one) => `${one.toLocaleString('en')} transactions`).join(' | ')} |`,
    `|---|${sizes.map(() => '---|').join('')}`,
    ...rows,
  ]
}

const summary = [
  `Taken on: ${machine}. In brackets the floor that was set; all tables are in [docs/benchmarks.md](docs/benchmarks.md).`,
  '',
  'Kernels over 20 million edges, integer-exact; ratios say how many times as fast as the peer (C: the best we could write):',
  '',
  ...kernelRows(),
  '',
  'A trace of 100,000 slots, all of them reached, after the store has answered:',
  '',
  ...caseRows(),
  '',
  'Import into a new DuckDB ledger, every transaction hashed:',
  '',
  '| source | ms | | bytes on disk per input or output |',
  '|---|---|---|---|',
  ...imports,
  ...decodeRows(),
  ...growthRows(),
  ...nodeRows(),
].join('\n')

const readme = join(root, 'README.md')
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(
    /<!-- bench:begin -->[\s\S]*<!-- bench:end -->/,
    `<!-- bench:begin -->\n${summary}\n<!-- bench:end -->`,
  ),
)

const head = ['task', 'contender', 'M edges/s', 'per second', 'ms', 'p99 ms', 'B/edge', 'ours is', 'floor', 'note']
const tables = topics.map(({ title, findings: found }) => {
  const rows = found.map((one) => [
    one.task,
    one.contender,
    one.millionPerSecond === undefined ? '' : significant(one.millionPerSecond),
    one.perSecond === undefined ? '' : `${significant(one.perSecond)} ${one.unit ?? ''}`,
    one.ms === undefined ? '' : significant(one.ms),
    one.p99 === undefined ? '' : significant(one.p99),
    one.bytesPerEdge === undefined ? '' : significant(one.bytesPerEdge),
    one.ratio === undefined ? '' : times(one.ratio),
    one.floor === undefined || one.ratio === undefined
      ? ''
      : `${one.floor}: ${one.ratio >= one.floor ? 'met' : 'not met'}`,
    one.absent === undefined ? (one.note ?? '') : `absent: ${one.absent}`,
  ])
  return `## ${title}\n\n| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`
})
writeFileSync(
  join(root, 'docs/benchmarks.md'),
  `# Benchmarks\n\nWritten by \`bench/write-readme.mjs\` from one run of \`npm run bench\`. Taken on: ${machine}.\n\n${tables.join('\n')}`,
)
