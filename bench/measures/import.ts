/** Import: raw blocks and the year 2009 into a new DuckDB ledger, each transaction hashed, published as a whole. */
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ChainPack, importSource, type SourceFormat, shippedChainPacks } from '../../platform/src/chains/index.ts'
import { openImporter } from '../../platform/src/chains/sources/index.ts'
import { openDuckDbChainStore } from '../../platform/src/chains/store/index.ts'
import { orStop, sha256 } from '../../platform/src/kernel/index.ts'
import { type Finding, type Measure, median, timeRuns } from '../measure.ts'

const samples = fileURLToPath(new URL('../../samples/', import.meta.url))

const sources: readonly { readonly task: string; readonly format: SourceFormat; readonly path: string }[] = [
  {
    task: 'import block 702861 (2,500 transactions, SegWit)',
    format: 'raw-block',
    path: 'btc-blocks/block702861.raw.gz',
  },
  {
    task: 'import block 574200 (3,315 transactions, SegWit)',
    format: 'raw-block',
    path: 'btc-blocks/block574200.raw.gz',
  },
  { task: 'import every transaction of 2009', format: 'blocksci-csv', path: 'bitcoin-2009' },
]

export const importSpeed: Measure = {
  name: 'import',
  title: 'Import into a new DuckDB ledger',
  run: async ({ folder, say }) => {
    const pack = shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack
    const findings: Finding[] = []
    for (const { task, format, path } of sources) {
      say(task)
      const times: number[] = []
      let edges = 0
      let bytes = 0
      for (let run = 0; run < 3; run++) {
        const home = join(folder, `import-${run}`)
        mkdirSync(home)
        const store = await openDuckDbChainStore(join(home, 'chain.duckdb'))
        const importer = orStop(
          await openImporter(format, join(samples, path), pack, { knownPacks: shippedChainPacks }),
        )
        const started = performance.now()
        const { report } = await importSource(store, importer, { report: () => {} })
        times.push(performance.now() - started)
        edges = report.counts.inputs + report.counts.outputs
        await store.close()
        bytes = statSync(join(home, 'chain.duckdb')).size
        rmSync(home, { recursive: true })
      }
      const ms = median(times)
      findings.push({
        task,
        contender: 'ours',
        ms,
        millionPerSecond: edges / ms / 1000,
        bytesPerEdge: bytes / edges,
        note: `${edges} inputs and outputs`,
      })
    }
    const block = readFileSync(join(samples, 'btc-blocks/first-100k-blocks.dat'))
    const ms = median(timeRuns(5, () => sha256(block)))
    findings.push({
      task: 'SHA-256 of 100 kB in JavaScript (the limit of every check)',
      contender: 'noble',
      ms,
      note: `${(block.length / ms / 1000).toFixed(1)} MB/s`,
    })
    return findings
  },
}
