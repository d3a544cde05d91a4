/** Exports of ethereum-etl as CSV or JSON lines: the files of one source belong together; told apart by their columns. */
import type { AccountPack } from '../account-pack.ts'
import { parseExactJson } from '../exact-json.ts'
import { type AccountImporter, accountSteps } from './account-importer.ts'
import { isEtlFile, isJson } from './bitcoin-etl.ts'
import { type CellReader, csvRows } from './csv-rows.ts'
import { ethPieces } from './eth-rows.ts'
import type { EtlEntry } from './etl-ledger.ts'
import type { ImportOptions } from './importer.ts'
import { jsonEntries, objectsIn } from './json-items.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export { isEtlFile as isEthereumEtlFile }

export function ethereumEtlImporter(
  name: string,
  files: readonly SourceFile[],
  pack: AccountPack,
  options: ImportOptions,
): AccountImporter {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  const source = { rows: () => rowsOf(files), emptyIsRoot: false, proof: 'stated' as const }
  return {
    format: 'ethereum-etl',
    describe: () => describeFiles(pack.caip2, 'ethereum-etl', name, files),
    read: ({ cursor }) => accountSteps(ethPieces(source, pack), { name, total }, cursor, options),
  }
}

async function* rowsOf(files: readonly SourceFile[]): AsyncGenerator<EtlEntry> {
  let before = 0
  for (const file of files) {
    if (await isJson(file)) {
      for await (const entry of jsonEntries(file, before)) {
        if (entry.kind === 'defect') yield entry
        else for (const row of objectsIn(entry.value)) yield { kind: 'row', row, place: entry.place, done: entry.done }
      }
    } else yield* csvRows(file, before, cell)
    before += file.bytes
  }
}

/**
 * In CSV an empty trace address is an empty cell, as a missing one would be; two of them in one transaction show that it
 * was not said. Withdrawals are JSON objects with commas between them and nothing around. Bytes and lists stay text.
 */
const cell: CellReader = (column, text) => {
  if (column === 'trace_address') return text
  if (column === 'withdrawals' && text.startsWith('{')) return parseExactJson(`[${text}]`)
  return TEXT.has(column) && text !== '' ? text : undefined
}

const TEXT = new Set(['topics', 'input', 'output', 'data', 'value', 'error', 'extra_data', 'logs_bloom'])
