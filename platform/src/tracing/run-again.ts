/**
 * Running a record again after a link between chains was rejected, or let in again: with its own parameters, over the same ledgers,
 * as of the same blocks. What a trace did before its payments into bridges rests on no link, and is kept as it is.
 */
import { type Result, refuse } from '../kernel/index.ts'
import { type AccountColumn, type AccountEnd, compareAccountColumns } from './accounts/account-divergence.ts'
import type { AccountRecordPosition, AccountTraceRecord } from './accounts/account-record.ts'
import { openAccountTrace } from './accounts/account-run.ts'
import { accountRequestOf } from './accounts/verify-account-record.ts'
import { type ContinuationSetting, continueTrace, placed } from './continuation.ts'
import type { PlacedPayment } from './crossing/memo-links.ts'
import { type TraceRecord, withoutContinuation } from './record.ts'

type AnyRecord = TraceRecord | AccountTraceRecord

/** What of a record rests on links between chains, or would if there were one. */
export type BridgesMet = {
  /** Ids of the links that it went over, or that end it. */
  readonly links: readonly string[]
  /** Where value set out, on chains of accounts. */
  readonly sources: readonly { readonly chain: string; readonly txid: string }[]
  /** Payments into bridges, on a chain of outputs. */
  readonly payments: readonly PlacedPayment[]
}

export function bridgesMet(record: AnyRecord): BridgesMet {
  const traces = accountTracesOf(record)
  const own = 'ledgers' in record.result ? [] : ((record as TraceRecord).continuation?.crossings ?? [])
  const crossings = traces.flatMap(({ result }) => result.crossings)
  return {
    links: [...new Set([...own, ...crossings].map(({ id }) => id))],
    sources: [...crossings, ...traces.flatMap(({ result }) => result.bridgeStops)].map(({ source }) => source),
    payments:
      'ledgers' in record.result
        ? []
        : (record.result.bridgePayments ?? []).map((payment) => placed(record as TraceRecord, payment)),
  }
}

/** The record as the links are now; the same digest where they make no difference to it. */
export async function runAgain<Record extends AnyRecord>(
  record: Record,
  setting: ContinuationSetting,
): Promise<Result<Record>> {
  const traces = accountTracesOf(record)
  const missing = await missingSources(traces, setting)
  if (missing.length > 0)
    return refuse('TRACE_DATA_MISSING', `Data of the trace are not here: ${missing.join(', ')}.`, {
      place: record.digest,
      fix: 'Import them again (comity chain import), then give the same command again.',
    })
  if ('ledgers' in record.result) {
    const one = record as AccountTraceRecord
    const opened = await openAccountTrace(await setting.benchOf(one.chain), nameOf(one))
    return opened.ok ? ((await opened.value.run(accountRequestOf(one))) as Result<Record>) : opened
  }
  const asOf = new Map(traces.map((one) => [one.chain, nameOf(one)]))
  const base = withoutContinuation(record as TraceRecord)
  return (await continueTrace(base, { ...setting, asOfOn: (chain) => asOf.get(chain) ?? null })) as Result<Record>
}

/** Ends on chains of accounts that another amount reaches, before and after; `byRule` has these two names. */
export function endsThatDiffer(before: AnyRecord, after: AnyRecord): readonly AccountEnd[] {
  const column = (name: string, record: AnyRecord): AccountColumn => ({
    name,
    conserves: record.rule.id !== 'poison',
    positions: accountTracesOf(record).flatMap(({ result }): readonly AccountRecordPosition[] => result.positions),
  })
  const { ends } = compareAccountColumns([column('before', before), column('after', after)])
  return ends.filter(({ byRule }) => byRule.before !== byRule.after)
}

/** The record itself, or those with which it goes on. */
export function accountTracesOf(record: AnyRecord): readonly AccountTraceRecord[] {
  if ('ledgers' in record.result) return [record as AccountTraceRecord]
  return (record as TraceRecord).continuation?.records ?? []
}

async function missingSources(
  traces: readonly AccountTraceRecord[],
  { benchOf }: ContinuationSetting,
): Promise<readonly string[]> {
  const missing: string[] = []
  for (const record of traces) {
    const { store } = await benchOf(record.chain)
    for (const [chain, sources] of Map.groupBy(record.data.sources, (source) => source.chain)) {
      const here = new Set((await store.status(chain)).sources.map(({ sha256 }) => sha256))
      for (const { name, sha256 } of sources)
        if (!here.has(sha256)) missing.push(`${name} of ${chain} (${sha256.slice(0, 12)}…)`)
    }
  }
  return [...new Set(missing)]
}

function nameOf({ asOf }: AccountTraceRecord): { hash: string } | { height: number } {
  return asOf.hash === null ? { height: asOf.height } : { hash: asOf.hash }
}
