/** Takes one source from its importer into the store: staged batch by batch, then published as a whole. */
import { type Progress, stop } from '../kernel/index.ts'
import type { ChainStore, PublishReport } from './chain-store.ts'
import type { Defect, LedgerBatch, SourceDescription } from './ledger.ts'

/** What this needs of an importer. */
export interface SourceReader {
  describe(): Promise<SourceDescription>
  read(context: { cursor: string | null; heightOf: (hash: string) => Promise<number | null> }): AsyncIterable<{
    readonly batch: LedgerBatch
    readonly cursor: string
    readonly done: number
    readonly total?: number
  }>
}

export type SourceImport = {
  readonly source: SourceDescription
  /** `known`: these very bytes were published before; nothing was read again. */
  readonly state: 'imported' | 'resumed' | 'known'
  readonly report: PublishReport
}

export async function importSource(store: ChainStore, reader: SourceReader, progress: Progress): Promise<SourceImport> {
  progress.report(0, undefined, 'reading the checksum')
  const source = await reader.describe()
  const begun = await store.beginSource(source)
  if (begun.state === 'published') return { source, state: 'known', report: await store.published(begun.sourceId) }
  const heightOf = async (hash: string) => {
    const [block] = await store.blocksByHash(source.chain, [hash])
    return block?.height ?? null
  }
  let transactions = 0
  let unplaced: Defect | undefined
  for await (const { batch, cursor, done, total } of reader.read({ cursor: begun.cursor, heightOf })) {
    await store.stage(begun.sourceId, batch, cursor)
    transactions += batch.transactions.length
    unplaced ??= batch.defects.find(({ code }) => code === 'BLOCK_HEIGHT_UNKNOWN')
    progress.report(done, total, `${source.name}: ${transactions} transactions`)
  }
  // Old blocks do not say their height. If none could be placed, the source is not taken for read: it can be once its
  // ancestors are here.
  if (unplaced && transactions === 0) {
    await store.abandon(begun.sourceId)
    stop(unplaced.code, `No block of ${source.name} can be placed in the chain yet.`, {
      place: unplaced.place,
      fix: 'Import the blocks that come before them, then import this source again.',
    })
  }
  progress.report(source.bytes, source.bytes, `${source.name}: publishing`)
  const report = await store.publish(begun.sourceId)
  return { source, state: begun.cursor === null ? 'imported' : 'resumed', report }
}
