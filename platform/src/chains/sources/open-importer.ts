/** The door to the importers: which one reads a source of this format. */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { SourceFormat } from '../ledger.ts'
import { isRawBlockFile } from './block-records.ts'
import { esploraImporter, isEsploraFile } from './esplora.ts'
import type { Importer, ImportOptions } from './importer.ts'
import { rawBlockImporter } from './raw-block.ts'
import { listSourceFiles, type SourceFile } from './source-files.ts'

/**
 * Opens a file, a folder (all files in it that fit the format, in name order) or, for `esplora` and `core-rpc`, the URL
 * of a server. Nothing is read or fetched before `describe` or `read` is called, but the list of files.
 *
 * @example
 * const importer = orStop(await openImporter('esplora', 'case/transactions.json', bitcoin, { knownPacks }))
 * for await (const { batch, cursor } of importer.read({ cursor: null })) await store.stage(sourceId, batch, cursor)
 */
export async function openImporter(
  format: SourceFormat,
  source: string,
  pack: ChainPack,
  options: ImportOptions,
): Promise<Result<Importer>> {
  const reader = FILE_READERS[format]
  if (!reader)
    return refuse('FORMAT_UNKNOWN', `There is no format called "${format}".`, {
      fix: `Use one of ${Object.keys(FILE_READERS).join(', ')}.`,
    })
  const files = await listSourceFiles(source, reader.fits)
  if (!files.ok) return files
  return ok(reader.open(source, files.value, pack, options))
}

type FileReader = {
  readonly fits: (name: string) => boolean
  readonly open: (path: string, files: readonly SourceFile[], pack: ChainPack, options: ImportOptions) => Importer
}

const FILE_READERS: Partial<Record<SourceFormat, FileReader>> = {
  esplora: { fits: isEsploraFile, open: esploraImporter },
  'raw-block': { fits: isRawBlockFile, open: rawBlockImporter },
}
