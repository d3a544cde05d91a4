/** The door to the importers: which one reads a source of this format. */
import { basename } from 'node:path'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { SourceFormat } from '../ledger.ts'
import { awsParquetImporter, isParquetFile } from './aws-parquet.ts'
import { bitcoinEtlImporter, isEtlFile } from './bitcoin-etl.ts'
import { isRawBlockFile } from './block-records.ts'
import { blockSciImporter, isBlockSciFile } from './blocksci-csv.ts'
import { coreRpcImporter } from './core-rpc.ts'
import { openCoreServer } from './core-rpc-server.ts'
import { esploraImporter, isEsploraFile } from './esplora.ts'
import { openEsploraServer } from './esplora-server.ts'
import type { Importer, ImportOptions } from './importer.ts'
import { rawBlockImporter } from './raw-block.ts'
import { listSourceFiles, type SourceFile } from './source-files.ts'

/**
 * Opens a file, a folder (all files in it that fit the format, in name order), several of these as one source, or, for
 * `esplora` and `core-rpc`, the URL of a server. Nothing is read or fetched before `describe` or `read` is called, but the list of files.
 *
 * @example
 * const importer = orStop(await openImporter('esplora', 'case/transactions.json', bitcoin, { knownPacks }))
 * for await (const { batch, cursor } of importer.read({ cursor: null })) await store.stage(sourceId, batch, cursor)
 */
export async function openImporter(
  format: SourceFormat,
  sources: string | readonly string[],
  pack: ChainPack,
  options: ImportOptions,
): Promise<Result<Importer>> {
  const reader = FILE_READERS[format]
  if (!reader)
    return refuse('FORMAT_UNKNOWN', `There is no format called "${format}".`, {
      fix: `Use one of ${Object.keys(FILE_READERS).join(', ')}.`,
    })
  const paths = typeof sources === 'string' ? [sources] : sources
  const urls = paths.filter((path) => /^https?:\/\//i.test(path))
  if (urls.length > 0) return openUrl(format, paths, reader, pack, options)
  const files: SourceFile[] = []
  for (const path of paths) {
    const found = await listSourceFiles(path, reader.fits)
    if (!found.ok) return found
    files.push(...found.value)
  }
  files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return ok(reader.open(options.name ?? paths.map((path) => basename(path)).join(' + '), files, pack, options))
}

function openUrl(
  format: SourceFormat,
  [source = '', ...others]: readonly string[],
  reader: FileReader,
  pack: ChainPack,
  options: ImportOptions,
): Result<Importer> {
  const refused = (message: string, fix: string) => refuse('SOURCE_URL', message, { fix })
  if (others.length > 0) return refused('A server is a source of its own.', 'Import one URL at a time.')
  if (!URL.canParse(source)) return refused('The URL cannot be read.', 'Write it as http://host:port/path.')
  if (!reader.openServer) return refused(`The format ${format} is read from files only.`, 'Download the file first.')
  return reader.openServer(source, pack, options)
}

type FileReader = {
  readonly fits: (name: string) => boolean
  readonly open: (name: string, files: readonly SourceFile[], pack: ChainPack, options: ImportOptions) => Importer
  readonly openServer?: (source: string, pack: ChainPack, options: ImportOptions) => Result<Importer>
}

const FILE_READERS: Partial<Record<SourceFormat, FileReader>> = {
  'core-rpc': { fits: isEsploraFile, open: coreRpcImporter, openServer: openCoreServer },
  esplora: { fits: isEsploraFile, open: esploraImporter, openServer: openEsploraServer },
  'aws-parquet': { fits: isParquetFile, open: awsParquetImporter },
  'bitcoin-etl': { fits: isEtlFile, open: bitcoinEtlImporter },
  'blocksci-csv': { fits: isBlockSciFile, open: blockSciImporter },
  'raw-block': { fits: isRawBlockFile, open: rawBlockImporter },
}
