/** Traces that are watched extend themselves: wherever their front has moved, or a block under them has gone stale. */
import type { AccountPack, ChainPack } from '../chains/index.ts'
import { orStop } from '../kernel/index.ts'
import {
  type AccountTraceRecord,
  accountRecordToText,
  parseAccountRecord,
  parseRecord,
  recordToText,
  type TraceRecord,
} from '../tracing/index.ts'
import { accountFrontOf, accountTraceWatches, frontOf, traceAccountsAgain, traceAgain } from '../tracing/watch/index.ts'
import type { StoredWatch, WatchStore } from '../tracing/watch/store/index.ts'
import { accountBench, keepAccountTrace } from './commands/trace-accounts.ts'
import type { Desk } from './desk.ts'

export type WatchedTrace = {
  readonly watch: StoredWatch
  readonly record: TraceRecord | AccountTraceRecord
  /** Whether it was run again just now. */
  readonly extended: boolean
}

/** Every watched trace of a chain, as far as the ledger now reaches. `desk` has the ledger. */
export async function extendTraces(
  desk: Desk,
  watches: WatchStore,
  pack: ChainPack | AccountPack,
): Promise<readonly WatchedTrace[]> {
  const traces = watches.watches(pack.caip2).filter(({ kind }) => kind === 'trace')
  if (traces.length === 0) return []
  return pack.family === 'account'
    ? extendAccounts(desk, watches, pack.caip2, traces)
    : extendOutputs(desk, watches, pack, traces)
}

async function extendOutputs(
  desk: Desk,
  watches: WatchStore,
  pack: ChainPack,
  traces: readonly StoredWatch[],
): Promise<readonly WatchedTrace[]> {
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

/** A trace may rest on several chains: each has its watch, and whichever is moved at extends them all. */
async function extendAccounts(
  desk: Desk,
  watches: WatchStore,
  chain: string,
  traces: readonly StoredWatch[],
): Promise<readonly WatchedTrace[]> {
  const store = await desk.accounts()
  const [{ tip }, stale] = await Promise.all([store.status(chain), store.staleTraces(chain)])
  const all: WatchedTrace[] = []
  for (const watch of traces) {
    const record = orStop(parseAccountRecord(watches.recordOf(watch.id) ?? '', watch.id))
    const reader = `trace ${watch.id}`
    const heard = tip === null ? 0 : watches.lastNotice(watch.id, tip.height)
    if (heard <= watches.readTo(reader) && !stale.includes(record.digest)) {
      all.push({ watch, record, extended: false })
      continue
    }
    const bench = await accountBench(desk, record.chain, record.parameters.minConfidence)
    const again = orStop(await traceAccountsAgain(bench, record))
    await keepAccountTrace(desk, bench, again)
    watchFront(watches, watch, again)
    watches.setReadTo(reader, heard)
    all.push({ watch, record: again, extended: true })
  }
  return all
}

function watchFront(watches: WatchStore, { subject, until, note }: StoredWatch, record: AccountTraceRecord): void {
  const fresh = accountTraceWatches(record, subject)
  const added = Math.floor(Date.now() / 1000)
  const known = watches.watches().filter((watch) => watch.kind === 'trace' && watch.subject === subject)
  const here = new Set(known.map(({ id }) => id))
  for (const { id, chain } of known) {
    watches.extend(id, accountRecordToText(record), [])
    watches.setAddresses(
      id,
      accountFrontOf(record, chain).map((address) => ({ address, why: null })),
    )
  }
  // Nothing rests anywhere any more: all of it is at services.
  if (fresh.ok)
    watches.add(fresh.value.filter(({ id }) => !here.has(id)).map((front) => ({ ...front, until, note, added })))
}
