/** Where a payment into a bridge came out on a chain of accounts that is here, a trace on a chain of outputs goes on there. */
import { orStop } from '../kernel/index.ts'
import { continueTrace, type TraceRecord } from '../tracing/index.ts'
import { accountBench, continuationSetting, keepAccountTrace } from './commands/trace-accounts.ts'
import type { Desk } from './desk.ts'
import { keepRecord } from './kept-traces.ts'

/** The record with its continuation, kept for when a link is rejected; the very record where nothing came to a bridge. */
export async function goOn(desk: Desk, record: TraceRecord): Promise<TraceRecord> {
  const whole = await continued(desk, record)
  if (whole.continuation !== undefined) await keepContinued(desk, whole)
  return whole
}

/** The same, and nothing of it is kept in the data folder. */
export async function continued(desk: Desk, record: TraceRecord): Promise<TraceRecord> {
  if (record.result.bridgePayments === undefined) return record
  return orStop(await continueTrace(record, await continuationSetting(desk, record.parameters.minConfidence)))
}

/** Remembers on which blocks and links it stands, on whichever chain. */
export async function keepContinued(desk: Desk, whole: TraceRecord): Promise<void> {
  const { crossings = [], records = [] } = whole.continuation ?? {}
  const { minConfidence } = whole.parameters
  for (const one of records) await keepAccountTrace(desk, await accountBench(desk, one.chain, minConfidence), one)
  const used = crossings.map(({ id }) => id)
  if (used.length > 0) (await desk.linkBook()).recordUse(whole.digest, used)
  keepRecord(desk.home, whole)
}

/** Its own chain: on which blocks it stands. */
export async function keepOutputTrace(desk: Desk, { asOf, chain, digest, data }: TraceRecord): Promise<void> {
  const blocks = data.blocks.flatMap(({ hash }) => hash ?? [])
  await (await desk.store()).recordTrace(chain, digest, asOf.hash, blocks)
}
