/** An importer that first fetches, then reads the file of what it fetched. */
import type { SourceFormat } from '../ledger.ts'
import type { Importer } from './importer.ts'
import type { SourceFile } from './source-files.ts'

export function serverImporter(
  format: SourceFormat,
  origin: string,
  fetched: () => Promise<SourceFile>,
  importerOf: (file: SourceFile) => Importer,
): Importer {
  let importer: Promise<Importer> | null = null
  const ready = () => {
    importer ??= fetched().then(importerOf)
    return importer
  }
  return {
    format,
    describe: async () => ({ ...(await (await ready()).describe()), name: origin }),
    read: async function* (context) {
      yield* (await ready()).read(context)
    },
  }
}
