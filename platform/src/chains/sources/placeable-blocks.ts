/** The blocks that waited for those before them, once their place is known. */
import { rm } from 'node:fs/promises'
import type { ChainPack } from '../chain-pack.ts'
import type { Importer, ImportOptions } from './importer.ts'
import { placeAll, rawBlockImporter } from './raw-block.ts'
import { listSourceFiles } from './source-files.ts'
import { waitingBlocks, waitingFolder } from './waiting-blocks.ts'

export type PlaceableBlocks = {
  readonly importer: Importer
  /** Takes the files away; call it once the importer's source is published. */
  readonly forget: () => Promise<void>
}

/** The waiting blocks that have their place now, as one source; `null` where there are none. */
export async function placeableBlocks(
  pack: ChainPack,
  options: ImportOptions & { readonly waitIn: string },
  heightOf: (hash: string) => Promise<number | null>,
): Promise<PlaceableBlocks | null> {
  const folder = waitingFolder(options.waitIn, pack)
  const hashes = await waitingBlocks(options.waitIn, pack)
  if (hashes.length === 0) return null
  const found = await listSourceFiles(folder, (name) => hashes.some((hash) => name === `${hash}.raw`))
  if (!found.ok) throw new Error(`${folder}: ${found.refusal.message}`)
  const { heights } = await placeAll(found.value, pack, options, { cursor: null, heightOf })
  const files = found.value.filter(({ name }) => heights.has(name.slice(0, 64)))
  if (files.length === 0) return null
  return {
    importer: rawBlockImporter('blocks that waited for those before them', files, pack, options),
    forget: async () => {
      for (const { path } of files) {
        await rm(path, { force: true })
        await rm(path.replace(/\.raw$/, '-undo.raw'), { force: true })
      }
    },
  }
}
