/** Importers: files and servers that hold the ledger of a UTXO chain, read into one ledger model. */
export type { Importer, ImportOptions, ImportStep, ReadContext } from './importer.ts'
export { openImporter } from './open-importer.ts'
export { openTip } from './open-tip.ts'
export { placeableBlocks } from './placeable-blocks.ts'
export { type FetchedBlock, keptAs, type TipBlock, type TipSource } from './tip-source.ts'
export { waitingBlocks } from './waiting-blocks.ts'
