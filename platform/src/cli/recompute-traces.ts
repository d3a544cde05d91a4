/**
 * After a link between chains was rejected, or a rejection taken back: every trace that depends on it is run again, and its new
 * record is kept beside the old one, which stays and says what took its place, why and by whom. Traces on which nothing changes are
 * not run. What a crash left undone is done when the same command is given again.
 */
import { canonicalJson, Stop } from '../kernel/index.ts'
import {
  changedSources,
  crossingsOfPayments,
  openCrossings,
  type PlacedPayment,
  sourceKey,
} from '../tracing/crossing/index.ts'
import type { Supersession } from '../tracing/crossing/store/index.ts'
import { type AccountEnd, bridgesMet, endsThatDiffer, runAgain } from '../tracing/index.ts'
import { accountBench, continuationSetting, keepAccountTrace } from './commands/trace-accounts.ts'
import { keepContinued, keepOutputTrace } from './continue-trace.ts'
import type { Desk } from './desk.ts'
import { watchAgain } from './extend-traces.ts'
import { type AnyRecord, isOfAccounts, keepRecord, keptRecords, keptTraceFile, parseAnyRecord } from './kept-traces.ts'

export type Recomputed = {
  readonly trace: string
  readonly chain: string
  readonly rule: string
  /** The trace that holds now: the same one where nothing came out otherwise; `null` where it could not be run again. */
  readonly by: string | null
  readonly file: string | null
  readonly why: string | null
  readonly fix: string | null
  /** Ends that another amount reaches, before and after. */
  readonly differences: readonly AccountEnd[]
  /** Watches that go on from the new record. */
  readonly watches: readonly string[]
}

type Cause = Pick<Supersession, 'cause' | 'link' | 'who' | 'reason' | 'at'>

export async function recomputeTraces(desk: Desk, cause: Cause): Promise<readonly Recomputed[]> {
  const book = await desk.linkBook()
  const records = [...(await currentRecords(desk))].sort((a, b) => (a.digest < b.digest ? -1 : 1))
  const found: Recomputed[] = []
  for (const record of await dependants(desk, records, cause)) {
    const { digest: trace, chain } = record
    const head = { trace, chain, rule: record.rule.id }
    const again = await tryAgain(desk, record)
    if ('why' in again) {
      book.supersede({ ...cause, trace, by: null, ...again })
      found.push({ ...head, by: null, file: null, ...again, differences: [], watches: [] })
      continue
    }
    await keepAgain(desk, again.record)
    const { digest: by } = again.record
    if (by !== trace || book.supersessionOf(trace) !== null)
      book.supersede({ ...cause, trace, by, why: null, fix: null })
    found.push({
      ...head,
      by,
      file: keptTraceFile(desk.home, by),
      ...{ why: null, fix: null },
      differences: endsThatDiffer(record, again.record),
      watches: by === trace ? [] : watchAgain(await desk.watchStore(), trace, again.record),
    })
  }
  desk.progress.done()
  return found
}

/** Those kept, and those of watches, that nothing has taken the place of. */
async function currentRecords(desk: Desk): Promise<readonly AnyRecord[]> {
  const book = await desk.linkBook()
  const watches = await desk.watchStore()
  const watched = watches.watches().flatMap(({ id, kind }) => {
    const text = kind === 'trace' ? watches.recordOf(id) : null
    return text === null ? [] : [parseAnyRecord(text, id)]
  })
  const all = new Map([...watched, ...keptRecords(desk.home)].map((record) => [record.digest, record]))
  return [...all.values()].filter(({ digest }) => !book.supersessionOf(digest)?.by)
}

/** Records of which something that they met is judged otherwise now, and those that could not be run again before. */
async function dependants(
  desk: Desk,
  records: readonly AnyRecord[],
  { cause, link }: Cause,
): Promise<readonly AnyRecord[]> {
  const met = records.map((record) => ({ record, ...bridgesMet(record) }))
  const meeting = met.filter(({ links, sources, payments }) => links.length + sources.length + payments.length > 0)
  if (meeting.length === 0) return []
  const book = await desk.linkBook()
  const after = book.rejectedIds()
  const before = new Set(after)
  if (cause === 'link-rejected') before.delete(link)
  else before.add(link)
  const store = await desk.accounts()
  const linksBy = (rejected: ReadonlySet<string>) => openCrossings(store, rejected).bridgeLinks()
  const changed = meeting.some(({ sources }) => sources.length > 0)
    ? changedSources(await linksBy(before), await linksBy(after))
    : new Set<string>()
  const depending: AnyRecord[] = []
  for (const { record, links, sources, payments } of meeting) {
    const depends =
      links.includes(link) ||
      book.supersessionOf(record.digest) !== null ||
      sources.some((source) => changed.has(sourceKey(source))) ||
      (await judged(payments, before)) !== (await judged(payments, after))
    if (depends) depending.push(record)
  }
  return depending

  async function judged(payments: readonly PlacedPayment[], rejected: ReadonlySet<string>): Promise<string> {
    if (payments.length === 0) return ''
    const { crossings, stops } = await crossingsOfPayments(store, payments, rejected)
    const said = [
      ...crossings.map(({ id, source }) => [source.txid, source.place, id]),
      ...stops.map(({ source, reason }) => [source.txid, source.place, reason]),
    ]
    return canonicalJson(said.map((one) => one.join(' ')).sort())
  }
}

async function tryAgain(
  desk: Desk,
  record: AnyRecord,
): Promise<{ readonly record: AnyRecord } | { readonly why: string; readonly fix: string }> {
  try {
    const again = await runAgain(record, await continuationSetting(desk, record.parameters.minConfidence))
    if (again.ok) return { record: again.value }
    const { code, message, fix } = again.refusal
    return { why: `${code}: ${message}`, fix: fix ?? '' }
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    const { code, message, fix } = thrown.refusal
    return { why: `${code}: ${message}`, fix: fix ?? '' }
  }
}

async function keepAgain(desk: Desk, record: AnyRecord): Promise<void> {
  if (!isOfAccounts(record)) {
    await keepOutputTrace(desk, record)
    return keepContinued(desk, record)
  }
  await keepAccountTrace(desk, await accountBench(desk, record.chain, record.parameters.minConfidence), record)
  keepRecord(desk.home, record)
}
