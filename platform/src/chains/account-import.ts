/** Takes one source of an account chain from its importer into the store, as `importSource` does for chains of outputs. */
import type { Progress } from '../kernel/index.ts'
import type { AccountBatch } from './account-ledger.ts'
import type { AccountReport, AccountStore } from './account-store.ts'
import type { SourceDescription } from './ledger.ts'

export type AccountStep = {
  readonly batch: AccountBatch
  readonly cursor: string
  readonly done: number
  readonly total?: number
}

export interface AccountReader {
  describe(): Promise<SourceDescription>
  read(context: { readonly cursor: string | null }): AsyncIterable<AccountStep>
}

export type AccountImport = {
  readonly source: SourceDescription
  readonly state: 'imported' | 'resumed' | 'known'
  readonly report: AccountReport
}

export async function importAccountSource(
  store: AccountStore,
  reader: AccountReader,
  progress: Progress,
): Promise<AccountImport> {
  progress.report(0, undefined, 'reading the checksum')
  const source = await reader.describe()
  const begun = await store.beginSource(source)
  if (begun.state === 'published') return { source, state: 'known', report: await store.published(begun.sourceId) }
  let transactions = 0
  for await (const { batch, cursor, done, total } of reader.read({ cursor: begun.cursor })) {
    await store.stage(begun.sourceId, batch, cursor)
    transactions += batch.transactions.length
    progress.report(done, total, `${source.name}: ${transactions} transactions`)
  }
  progress.report(source.bytes, source.bytes, `${source.name}: publishing`)
  const report = await store.publish(begun.sourceId)
  return { source, state: begun.cursor === null ? 'imported' : 'resumed', report }
}
