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
  let transactions = 0
  const waiting: Defect[] = []
  for await (const { batch, cursor, done, total } of reader.read({
    cursor: begun.cursor,
    heightOf: heightIn(store, source.chain),
  })) {
    const homeless = batch.defects.find(({ code }) => code === 'TX_BLOCK_UNKNOWN')
    if (homeless) {
      await store.abandon(begun.sourceId)
      stop(homeless.code, homeless.message, {
        place: homeless.place,
        fix: 'Import the block first, add its header to the source, or take the transaction out; then import this source again.',
      })
    }
    // That a block waits is true only until the blocks before it are here: it is told, but not kept as a flaw.
    const flaws = batch.defects.filter((defect) => defect.code !== 'BLOCK_HEIGHT_UNKNOWN' || !waiting.push(defect))
    await store.stage(begun.sourceId, { ...batch, defects: flaws }, cursor)
    transactions += batch.transactions.length
    progress.report(done, total, `${source.name}: ${transactions} transactions`)
  }
  progress.report(source.bytes, source.bytes, `${source.name}: publishing`)
  const report = await store.publish(begun.sourceId)
  return {
    source,
    state: begun.cursor === null ? 'imported' : 'resumed',
    report: { ...report, defects: [...waiting, ...report.defects] },
  }
}

/** The height of a block of the ledger by its hash; `null` where the ledger does not hold it. */
export function heightIn(store: ChainStore, chain: string): (hash: string) => Promise<number | null> {
  return async (hash) => (await store.blocksByHash(chain, [hash]))[0]?.height ?? null
}
