/**
 * The AWS public data set of Ethereum (`v1.0/eth/…`) as Parquet files. Amounts are floating point numbers of wei there:
 * the whole number that each stands for is kept, and nothing of it is evidence (`doubles`).
 */
import { stop } from '../../kernel/index.ts'
import type { AccountPack } from '../account-pack.ts'
import { type AccountImporter, type AccountPiece, accountSteps, EMPTY_ACCOUNT_PIECE } from './account-importer.ts'
import { ethPieces } from './eth-rows.ts'
import type { EtlEntry } from './etl-ledger.ts'
import type { ImportOptions } from './importer.ts'
import { type AmountReader, parquetRows } from './parquet-rows.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function awsEthImporter(
  name: string,
  files: readonly SourceFile[],
  pack: AccountPack,
  options: ImportOptions,
): AccountImporter {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    format: 'aws-parquet',
    describe: () => describeFiles(pack.caip2, 'aws-parquet', name, files),
    read: ({ cursor }) => accountSteps(pieces(files, name, pack), { name, total }, cursor, options),
  }
}

async function* pieces(files: readonly SourceFile[], name: string, pack: AccountPack): AsyncGenerator<AccountPiece> {
  const doubles = { count: 0 }
  const source = { rows: () => rowsOf(files, pack, doubles), emptyIsRoot: true, proof: 'doubles' as const }
  yield* ethPieces(source, pack)
  if (doubles.count > 0)
    yield {
      ...EMPTY_ACCOUNT_PIECE,
      defects: [
        {
          code: 'AMOUNT_DOUBLE',
          message: 'Amounts are floating point numbers in this source: digits beyond the sixteenth may be lost.',
          place: name,
          count: doubles.count,
        },
      ],
    }
}

async function* rowsOf(
  files: readonly SourceFile[],
  pack: AccountPack,
  doubles: { count: number },
): AsyncGenerator<EtlEntry> {
  const amount: AmountReader = (column, value) => {
    if (typeof value === 'bigint') return { number: value.toString() }
    if (typeof value === 'string') return value
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0)
      return stop('AMOUNT_OUT_OF_RANGE', `${String(value)} in "${column}" is no whole number of base units.`, {
        fix: 'Obtain the transaction from a node.',
      })
    doubles.count++
    return { number: BigInt(value).toString() }
  }
  let before = 0
  for (const file of files) {
    yield* parquetRows(file, before, pack.asset.decimals, () => true, amount)
    before += file.bytes
  }
}
