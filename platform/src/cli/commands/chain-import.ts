import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ChainPack,
  heightIn,
  importSource,
  type SourceFormat,
  type SourceImport,
  shippedChainPacks,
} from '../../chains/index.ts'
import { type Json, orStop, stop } from '../../kernel/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { count, plain } from '../present.ts'
import { importAccounts } from './chain-import-accounts.ts'
import { chainOption, readCount } from './shared-options.ts'

const formats: readonly SourceFormat[] = [
  'bitcoin-etl',
  'raw-block',
  'esplora',
  'core-rpc',
  'aws-parquet',
  'blocksci-csv',
  'ethereum-etl',
  'evm-rpc',
  'etherscan-csv',
  'flow-csv',
]

export const chainImport: CommandDefinition = {
  path: ['chain', 'import'],
  summary: 'Read blocks and transactions from files or a server into the ledger',
  about:
    'Each source is read as a stream, checked and published as a whole: an import that is interrupted shows nothing, and the same command goes on where it stopped. Flaws are recorded as defects with file, place and transaction; the rest is kept. Nothing is fetched unless you name its URL here.',
  arguments: [
    { name: '<source...>', help: 'files, folders, or for esplora, core-rpc and evm-rpc the URL of a server' },
  ],
  options: [
    chainOption,
    { flags: '--format <format>', help: 'what the sources are', choices: formats, required: true },
    { flags: '--from-height <n>', help: 'core-rpc and evm-rpc server: first block to fetch' },
    { flags: '--to-height <n>', help: 'core-rpc and evm-rpc server: last block to fetch' },
    {
      flags: '--cookie-file <file>',
      help: "core-rpc server: the node's .cookie (else COMITY_RPC_CREDENTIALS=user:password)",
    },
  ],
  examples: [
    'comity chain import --chain bitcoin --format esplora case/transactions.json',
    'comity chain import --chain bitcoin --format raw-block ~/.bitcoin/blocks',
    'comity chain import --chain bitcoin --format core-rpc http://127.0.0.1:8332 --from-height 0 --to-height 1000',
    'comity chain import --chain eip155:1 --format flow-csv case/flows.csv',
  ],
  async run(desk, args, flags) {
    const named = desk.pack(String(flags.chain))
    const options = importOptions(desk.home, flags, desk.environment)
    if (named.family === 'account') return importAccounts(desk, named, String(flags.format), args, options)
    const pack = desk.chain(String(flags.chain))
    const { openImporter, placeableBlocks } = await import('../../chains/sources/index.ts')
    const store = await desk.store()
    const imports: SourceImport[] = []
    for (const source of sourcesOf(String(flags.format) as SourceFormat, args)) {
      const importer = orStop(await openImporter(String(flags.format) as SourceFormat, source, pack, options))
      imports.push(await importSource(store, importer, desk.progress))
      const waited = await placeableBlocks(pack, options, heightIn(store, pack.caip2))
      if (!waited) continue
      imports.push(await importSource(store, waited.importer, desk.progress))
      await waited.forget()
    }
    desk.progress.done()
    return { exit: 0, json: toJson(pack, String(flags.format), imports), text: toText(pack, imports) }
  },
}

/** Formats whose files belong together are one source; the others are imported one by one. */
function sourcesOf(format: SourceFormat, args: readonly string[]): (readonly string[])[] {
  return format === 'bitcoin-etl' || format === 'aws-parquet' ? [args] : args.map((arg) => [arg])
}

export function importOptions(home: string, flags: Flags, environment: NodeJS.ProcessEnv) {
  const from = readCount(flags.fromHeight, '--from-height')
  const to = readCount(flags.toHeight, '--to-height')
  const batchSize = readCount(environment.COMITY_IMPORT_BATCH || undefined, 'COMITY_IMPORT_BATCH')
  return {
    knownPacks: shippedChainPacks,
    keepIn: `${home}/fetched`,
    waitIn: waitIn(home),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(flags.cookieFile === undefined ? {} : { cookieFile: readable(String(flags.cookieFile)) }),
    ...(environment.COMITY_RPC_CREDENTIALS ? { credentials: environment.COMITY_RPC_CREDENTIALS } : {}),
    ...(batchSize === null ? {} : { batchSize }),
  }
}

/** Where raw blocks wait for the blocks before them. */
export function waitIn(home: string): string {
  return join(home, 'waiting')
}

function readable(path: string): string {
  try {
    readFileSync(path)
  } catch {
    stop('SOURCE_NOT_FOUND', 'The cookie file cannot be read.', {
      place: path,
      fix: 'Check the path after --cookie-file.',
    })
  }
  return path
}

function total(imports: readonly SourceImport[], which: 'counts' | 'added') {
  const sum = { blocks: 0, transactions: 0, inputs: 0, outputs: 0 }
  for (const { report } of imports) {
    sum.blocks += report[which].blocks
    sum.transactions += report[which].transactions
    sum.inputs += report[which].inputs
    sum.outputs += report[which].outputs
  }
  return sum
}

function toJson(pack: ChainPack, format: string, imports: readonly SourceImport[]): Json {
  return {
    chain: pack.caip2,
    format,
    ...total(imports, 'counts'),
    added: total(imports, 'added'),
    defects: imports.flatMap(({ report }) => report.defects.map((defect) => ({ ...defect }))),
    staleBlocks: imports.flatMap(({ report }) => report.staleBlocks),
    sources: imports.map(({ source, state, report }) => ({
      name: source.name,
      sha256: source.sha256,
      bytes: source.bytes,
      state,
      counts: { ...report.counts },
      added: { ...report.added },
      defects: report.defects.length,
    })),
  }
}

function toText(pack: ChainPack, imports: readonly SourceImport[]): string {
  const lines = imports.flatMap(({ source, state, report }) => {
    const { blocks, transactions, inputs, outputs } = report.counts
    const how =
      state === 'known'
        ? 'was imported before'
        : state === 'resumed'
          ? 'imported (went on where it had stopped)'
          : 'imported'
    const shown = report.defects
      .slice(0, 12)
      .map(
        (defect) =>
          `  ! ${defect.code}${defect.count > 1 ? ` ×${defect.count}` : ''}: ${plain(defect.message)} (${plain(defect.place)})`,
      )
    const rest =
      report.defects.length > shown.length
        ? [`  … and ${report.defects.length - shown.length} more: comity chain defects --chain ${pack.caip2}`]
        : []
    return [
      `${plain(source.name)}: ${how}: ${count(blocks, 'block')}, ${count(transactions, 'transaction')}, ${count(inputs, 'input')}, ${count(outputs, 'output')}; ${count(report.added.transactions, 'transaction')} new; ${count(report.defects.length, 'defect')}`,
      ...shown,
      ...rest,
      ...report.staleBlocks.map((hash) => `  block ${hash} left the active chain: a branch with more work replaced it`),
    ]
  })
  return lines.join('\n')
}
