/**
 * The AWS public data set of Bitcoin (`v1.0/btc/blocks`, `v1.0/btc/transactions`) as Parquet files. Its amounts passed
 * through floating point: a transaction counts as `doubles` unless its content gives its id.
 */
import type { ChainPack } from '../chain-pack.ts'
import { type EtlEntry, etlPieces } from './etl-ledger.ts'
import { type Importer, type ImportOptions, inSteps } from './importer.ts'
import { parquetRows } from './parquet-rows.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function isParquetFile(name: string): boolean {
  return name.endsWith('.parquet')
}

export function awsParquetImporter(
  name: string,
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
): Importer {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  const rows = (wanted: (columns: readonly string[]) => boolean) => rowsOf(files, pack.asset.decimals, wanted)
  const source = {
    doubles: true,
    allRows: () => rows(() => true),
    blockRows: () => rows((columns) => columns.includes('merkle_root')),
  }
  return {
    format: 'aws-parquet',
    describe: () => describeFiles(pack.caip2, 'aws-parquet', name, files),
    read: (context) => inSteps(etlPieces(source, pack, options), { name, total }, context, options),
  }
}

async function* rowsOf(
  files: readonly SourceFile[],
  decimals: number,
  wanted: (columns: readonly string[]) => boolean,
): AsyncGenerator<EtlEntry> {
  let before = 0
  for (const file of files) {
    yield* parquetRows(file, before, decimals, wanted)
    before += file.bytes
  }
}
