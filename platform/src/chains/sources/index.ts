/** Importers: files and servers that hold a ledger, read into the ledger model of its family. */

export type { AccountImporter, AddressLabel } from './account-importer.ts'
export { type ReadTransaction, type ReadTransactions, readEsploraTransactions } from './esplora-transactions.ts'
export { readFetchedAccounts, readFetchedOutputs } from './fetched-values.ts'
export type { Importer, ImportOptions, ImportStep, ReadContext } from './importer.ts'
export { accountFormats, openAccountImporter } from './open-account-importer.ts'
export { openImporter } from './open-importer.ts'
export { openTip } from './open-tip.ts'
export { placeableBlocks } from './placeable-blocks.ts'
export {
  type ChainNews,
  type FetchedBlock,
  type FetchedPart,
  keptAs,
  type TipBlock,
  type TipSource,
} from './tip-source.ts'
export { waitingBlocks } from './waiting-blocks.ts'
export { openZmqNews, type ZmqNews } from './zmq-news.ts'
