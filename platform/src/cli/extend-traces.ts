/** Traces that are watched extend themselves: wherever their front has moved, or a block under them has gone stale. */
import type { ChainPack } from '../chains/index.ts'
import { orStop } from '../kernel/index.ts'
import { parseRecord, recordToText, type TraceRecord } from '../tracing/index.ts'
import { frontOf, traceAgain } from '../tracing/watch/index.ts'
import type { StoredWatch, WatchStore } from '../tracing/watch/store/index.ts'
import type { Desk } from './desk.ts'

export type WatchedTrace = {
  readonly watch: StoredWatch
  readonly record: TraceRecord
  /** Whether it was run again just now. */
  readonly extended: boolean
}

/** Every watched trace of a chain, as far as the ledger now reaches. `desk` has the ledger. */
export async function extendTraces(desk: Desk, watches: WatchStore, pack: ChainPack): Promise<readonly WatchedTrace[]> {
  const traces = watches.watches(pack.caip2).filter(({ kind }) => kind === 'trace')
  if (traces.length === 0) return []
  const store = await desk.store()
  const [{ tip }, stale] = await Promise.all([store.status(pack.caip2), store.staleTraces(pack.caip2)])
  const all: WatchedTrace[] = []
  for (const watch of traces) {
    const record = orStop(parseRecord(watches.recordOf(watch.id) ?? '', watch.id))
    const moved = tip !== null && watches.movedOutputs(watch.id, tip.height) > 0
    if (!moved && !stale.includes(record.digest)) {
      all.push({ watch, record, extended: false })
      continue
    }
    const tags = await desk.tags(record.parameters.minConfidence)
    const again = orStop(await traceAgain({ store, pack, tags, progress: desk.progress }, record))
    const { asOf, digest, data } = again
    await store.recordTrace(
      pack.caip2,
      digest,
      asOf.hash,
      data.blocks.flatMap(({ hash }) => hash ?? []),
    )
    watches.extend(watch.id, recordToText(again), frontOf(again))
    all.push({ watch, record: again, extended: true })
  }
  return all
}
