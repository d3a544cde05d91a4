/** Exports of bitcoin-etl: blocks and transactions, as JSON lines or CSV, in any order; told apart by their columns. */
import type { ChainPack } from '../chain-pack.ts'
import { isEtlBlock, isEtlTransaction } from '../etl-records.ts'
import { csvRows } from './csv-rows.ts'
import { type EtlEntry, etlPieces } from './etl-ledger.ts'
import { type Importer, type ImportOptions, inSteps } from './importer.ts'
import { jsonEntries, objectsIn } from './json-items.ts'
import { openFileBytes } from './source-bytes.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function isEtlFile(name: string): boolean {
  return /\.(json|jsonl|ndjson|csv|txt)(\.gz|\.bz2|\.zst)?$/.test(name)
}

export function bitcoinEtlImporter(
  name: string,
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
): Importer {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  const kinds = new Map<SourceFile, boolean>()
  const source = {
    doubles: false,
    allRows: () => rowsOf(files, kinds, false),
    blockRows: () => rowsOf(files, kinds, true),
  }
  return {
    format: 'bitcoin-etl',
    describe: () => describeFiles(pack.caip2, 'bitcoin-etl', name, files),
    read: (context) => inSteps(etlPieces(source, pack, options), { name, total }, context, options),
  }
}

/** `blocksOnly`: a file that begins with a transaction is passed over, unless its rows name their type and may be mixed. */
async function* rowsOf(
  files: readonly SourceFile[],
  kinds: Map<SourceFile, boolean>,
  blocksOnly: boolean,
): AsyncGenerator<EtlEntry> {
  let before = 0
  for (const file of files) {
    let first = true
    const json = kinds.get(file) ?? (await isJson(file))
    kinds.set(file, json)
    for await (const entry of json ? jsonRows(file, before) : csvRows(file, before)) {
      const onlyTransactions =
        entry.kind === 'row' && isEtlTransaction(entry.row) && !isEtlBlock(entry.row) && !entry.row.has('type')
      if (blocksOnly && first && onlyTransactions) break
      if (entry.kind === 'row') first = false
      yield entry
    }
    before += file.bytes
  }
}

async function* jsonRows(file: SourceFile, before: number): AsyncGenerator<EtlEntry> {
  for await (const entry of jsonEntries(file, before)) {
    if (entry.kind === 'defect') yield entry
    else for (const row of objectsIn(entry.value)) yield { kind: 'row', row, place: entry.place, done: entry.done }
  }
}

/** JSON begins with a bracket, CSV with the name of a column. */
export async function isJson(file: SourceFile): Promise<boolean> {
  const { chunks } = await openFileBytes(file)
  for await (const chunk of chunks) {
    const start = new TextDecoder('latin1')
      .decode(chunk.subarray(0, 100))
      .replace(/^\u00ef\u00bb\u00bf/, '')
      .trimStart()
    if (start !== '') return start.startsWith('{') || start.startsWith('[')
  }
  return true
}
