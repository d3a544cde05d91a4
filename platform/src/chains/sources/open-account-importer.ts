/** The door to the importers of account chains. */
import { basename } from 'node:path'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import type { AccountPack } from '../account-pack.ts'
import type { AccountImporter } from './account-importer.ts'
import { awsEthImporter } from './aws-eth-parquet.ts'
import { isParquetFile } from './aws-parquet.ts'
import { isEsploraFile } from './esplora.ts'
import { ethereumEtlImporter, isEthereumEtlFile } from './ethereum-etl.ts'
import { etherscanImporter } from './etherscan-csv.ts'
import { evmRpcImporter } from './evm-rpc.ts'
import { openEvmServer } from './evm-rpc-server.ts'
import { flowCsvImporter, isCsvFile } from './flow-csv.ts'
import type { ImportOptions } from './importer.ts'
import { listSourceFiles, type SourceFile } from './source-files.ts'

type Reader = {
  readonly fits: (name: string) => boolean
  readonly open: (
    name: string,
    files: readonly SourceFile[],
    pack: AccountPack,
    options: ImportOptions,
  ) => AccountImporter
  readonly openServer?: (source: string, pack: AccountPack, options: ImportOptions) => Result<AccountImporter>
}

const READERS: Readonly<Record<string, Reader>> = {
  'evm-rpc': { fits: isEsploraFile, open: evmRpcImporter, openServer: openEvmServer },
  'ethereum-etl': { fits: isEthereumEtlFile, open: ethereumEtlImporter },
  'etherscan-csv': { fits: isCsvFile, open: etherscanImporter },
  'aws-parquet': { fits: isParquetFile, open: awsEthImporter },
  'flow-csv': { fits: isCsvFile, open: flowCsvImporter },
}

export const accountFormats: readonly string[] = Object.keys(READERS)

/** Opens files, folders, or for `evm-rpc` the URL of a node. Nothing is read or fetched before `describe` or `read`. */
export async function openAccountImporter(
  format: string,
  sources: readonly string[],
  pack: AccountPack,
  options: ImportOptions,
): Promise<Result<AccountImporter>> {
  const reader = READERS[format]
  if (!reader)
    return refuse('FORMAT_UNKNOWN', `The format "${format}" is not one of chains of accounts, such as ${pack.name}.`, {
      fix: `Use one of ${accountFormats.join(', ')}.`,
    })
  if (sources.some((source) => /^https?:\/\//i.test(source))) {
    const [source = '', ...others] = sources
    const refused = (message: string, fix: string) => refuse('SOURCE_URL', message, { fix })
    if (others.length > 0) return refused('A server is a source of its own.', 'Import one URL at a time.')
    if (!URL.canParse(source)) return refused('The URL cannot be read.', 'Write it as http://host:port/path.')
    if (!reader.openServer) return refused(`The format ${format} is read from files only.`, 'Download the file first.')
    return reader.openServer(source, pack, options)
  }
  const files: SourceFile[] = []
  for (const path of sources) {
    const found = await listSourceFiles(path, reader.fits)
    if (!found.ok) return found
    files.push(...found.value)
  }
  files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return ok(reader.open(options.name ?? sources.map((path) => basename(path)).join(' + '), files, pack, options))
}
