/** Traces that are watched extend themselves: wherever their front has moved, or a block under them has gone stale. */
import type { AccountPack, ChainPack } from '../chains/index.ts'
import { orStop } from '../kernel/index.ts'
import { addressesOfFront, frontOf, traceAccountsAgain, traceAgain, traceWatches } from '../tracing/watch/index.ts'
import type { StoredWatch, WatchStore } from '../tracing/watch/store/index.ts'
import { accountBench, keepAccountTrace } from './commands/trace-accounts.ts'
import { continued, goOn, keepOutputTrace } from './continue-trace.ts'
import type { Desk } from './desk.ts'
import { type AnyRecord, anyRecordToText, isOfAccounts, keepRecord, parseAnyRecord } from './kept-traces.ts'

export type WatchedTrace = {
  readonly watch: StoredWatch
  readonly record: AnyRecord
  /** Whether it was run again just now. */
  readonly extended: boolean
}

/**
 * Every watched trace of a chain, as far as the ledgers now reach. `desk` has the ledger. A trace may rest on several chains: each
 * has its watch, and whichever is moved at extends them all.
 */
export async function extendTraces(
  desk: Desk,
  watches: WatchStore,
  pack: ChainPack | AccountPack,
): Promise<readonly WatchedTrace[]> {
  const chain = pack.caip2
  const traces = watches.watches(chain).filter(({ kind }) => kind === 'trace')
  if (traces.length === 0) return []
  const reach = await reachOf(desk, pack)
  const all: WatchedTrace[] = []
  for (const watch of traces) {
    const record = parseAnyRecord(watches.recordOf(watch.id) ?? '', watch.id)
    const fallen = standsOn(record).some((digest) => reach.stale.includes(digest))
    const again = await extendTrace(desk, watches, watch, record, pack, { tip: reach.tip, fallen, keep: true })
    if (again !== null) {
      watchFront(watches, watch, again.record)
      watches.setReadTo(traceReader(watch), again.heard)
    }
    all.push({ watch, record: again?.record ?? record, extended: again !== null })
  }
  return all
}

/** How far the ledger of a chain reaches, and which traces stand on blocks that have gone stale. */
export type Reach = { readonly tip: { readonly height: number } | null; readonly stale: readonly string[] }

export async function reachOf(desk: Desk, { caip2, family }: ChainPack | AccountPack): Promise<Reach> {
  const store = family === 'account' ? await desk.accounts() : await desk.store()
  const [{ tip }, stale] = await Promise.all([store.status(caip2), store.staleTraces(caip2)])
  return { tip, stale }
}

export function traceReader({ id }: Pick<StoredWatch, 'id'>): string {
  return `trace ${id}`
}

/**
 * The trace run again, and up to which notice it has heard; `null` where nothing of it has moved. Nothing of the watch is changed.
 * `fallen`: what it stood on holds no more. `keep`: in the data folder, for when a block goes stale or a link is rejected.
 */
export async function extendTrace(
  desk: Desk,
  watches: WatchStore,
  watch: StoredWatch,
  record: AnyRecord,
  pack: ChainPack | AccountPack,
  { tip, fallen, keep }: Pick<Reach, 'tip'> & { readonly fallen: boolean; readonly keep: boolean },
): Promise<{ readonly record: AnyRecord; readonly heard: number } | null> {
  const heard = tip === null ? 0 : watches.lastNotice(watch.id, tip.height)
  const moved =
    pack.family === 'account'
      ? heard > watches.readTo(traceReader(watch))
      : tip !== null && watches.movedOutputs(watch.id, tip.height) > 0
  if (!moved && !fallen) return null
  const again = isOfAccounts(record)
    ? await extendAccounts(desk, record, keep)
    : await extendOutputs(desk, watch, record, pack, keep)
  return { record: again, heard }
}

/** Under which digests the blocks are kept that a trace stands on. */
function standsOn(record: AnyRecord): readonly string[] {
  return isOfAccounts(record)
    ? [record.digest]
    : [record.digest, ...(record.continuation?.records ?? []).map(({ digest }) => digest)]
}

async function extendOutputs(
  desk: Desk,
  { chain }: StoredWatch,
  record: Exclude<AnyRecord, { format: 'comity-account-trace/1' }>,
  pack: ChainPack | AccountPack,
  keep: boolean,
): Promise<AnyRecord> {
  const own = chain === record.chain && pack.family !== 'account' ? pack : desk.chain(record.chain)
  const tags = await desk.tags(record.parameters.minConfidence)
  const bench = { store: await desk.store(), pack: own, tags, progress: desk.progress }
  const again = orStop(await traceAgain(bench, record))
  if (!keep) return continued(desk, again)
  const whole = await goOn(desk, again)
  await keepOutputTrace(desk, whole)
  return whole
}

async function extendAccounts(
  desk: Desk,
  record: Extract<AnyRecord, { format: 'comity-account-trace/1' }>,
  keep: boolean,
): Promise<AnyRecord> {
  const bench = await accountBench(desk, record.chain, record.parameters.minConfidence)
  const again = orStop(await traceAccountsAgain(bench, record))
  if (!keep) return again
  await keepAccountTrace(desk, bench, again)
  keepRecord(desk.home, again)
  return again
}

/** Watches of a trace that another one has taken the place of go on from the front of that one. */
export function watchAgain(watches: WatchStore, before: string, record: AnyRecord): readonly string[] {
  const moved = watches.watches().filter(({ id, kind }) => {
    const text = kind === 'trace' ? watches.recordOf(id) : null
    return text !== null && parseAnyRecord(text, id).digest === before
  })
  for (const watch of new Map(moved.map((one) => [one.subject, one])).values()) watchFront(watches, watch, record)
  return moved.map(({ id }) => id)
}

function watchFront(watches: WatchStore, { subject, until, note }: StoredWatch, record: AnyRecord): void {
  const fresh = traceWatches(record, subject)
  const added = Math.floor(Date.now() / 1000)
  const known = watches.watches().filter((watch) => watch.kind === 'trace' && watch.subject === subject)
  const here = new Set(known.map(({ id }) => id))
  const text = anyRecordToText(record)
  for (const { id, chain } of known) {
    watches.extend(id, text, !isOfAccounts(record) && chain === record.chain ? frontOf(record) : [])
    watches.setAddresses(
      id,
      addressesOfFront(record, chain).map((address) => ({ address, why: null })),
    )
  }
  // Nothing rests anywhere any more: all of it is at services.
  if (fresh.ok)
    watches.add(fresh.value.filter(({ id }) => !here.has(id)).map((front) => ({ ...front, until, note, added })))
}
