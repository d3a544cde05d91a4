/**
 * How a trace on a chain of outputs goes on where its payments into bridges came out on chains of accounts: from the moves that paid
 * them out, with what is traced of each in proportion, under the same rule. The ledgers stay apart, each in its own units: what left is
 * a line of the one (`bridge-payment`), what arrived is the root of the other, and the crossing between them states both amounts.
 */
import { ok, type Result } from '../kernel/index.ts'
import {
  type AccountRecordCrossing,
  type AccountTraceRecord,
  bridgeStopToRecord,
  crossingToRecord,
} from './accounts/account-record.ts'
import { findAccountRule } from './accounts/account-rules.ts'
import { type AccountBench, openAccountTrace } from './accounts/account-run.ts'
import { arrangeSeeds } from './accounts/account-seeds.ts'
import type { AccountSeed } from './accounts/request.ts'
import type { RecordBridgePayment } from './bridge-payments.ts'
import type { RecordOutboundCrossing } from './continuation-record.ts'
import type { PlacedPayment } from './crossing/memo-links.ts'
import type { BridgeStop, Crossing } from './crossing.ts'
import { type RecordPosition, type TraceRecord, withContinuation } from './record.ts'
import { apportion } from './rules/apportion.ts'

export type ContinuationSetting = {
  /** Where payments came out, by the ledgers that are here; less the links that a person rejected. */
  readonly crossingsOf: (payments: readonly PlacedPayment[]) => Promise<{
    readonly crossings: readonly Crossing[]
    readonly stops: readonly BridgeStop[]
  }>
  readonly benchOf: (chain: string) => Promise<AccountBench>
  /** As of which block another chain is read; `null` or absent: as of its tip. */
  readonly asOfOn?: (chain: string) => { readonly hash: string } | { readonly height: number } | null
}

/** The record with its continuation; the very record where no payment into a bridge holds traced value. */
export async function continueTrace(record: TraceRecord, setting: ContinuationSetting): Promise<Result<TraceRecord>> {
  const payments = record.result.bridgePayments ?? []
  if (payments.length === 0) return ok(record)
  const { crossings, stops } = await setting.crossingsOf(payments.map((payment) => placed(record, payment)))
  const outbound = crossings.map((crossing) => outboundOf(record, crossing)).sort((a, b) => (a.id < b.id ? -1 : 1))
  const records: AccountTraceRecord[] = []
  const going = outbound.filter(({ halt }) => halt === null)
  for (const [chain, ofChain] of [...Map.groupBy(going, ({ destination }) => destination.chain)].sort()) {
    const made = await traceFrom(record, chain, ofChain, setting)
    if (!made.ok) return made
    records.push(made.value)
  }
  const bridgeStops = stops.map(bridgeStopToRecord).sort((a, b) => (a.source.txid < b.source.txid ? -1 : 1))
  return ok(withContinuation(record, { crossings: outbound, bridgeStops, records }))
}

/** Budgets count anew on the other chain, which is read up to its tip. */
async function traceFrom(
  record: TraceRecord,
  chain: string,
  crossings: readonly RecordOutboundCrossing[],
  setting: ContinuationSetting,
): Promise<Result<AccountTraceRecord>> {
  const { maxHops, maxTransactions, stopAtTags } = record.parameters
  const seeds = arrangeSeeds(crossings.flatMap(seedsOf))
  if (!seeds.ok) return seeds
  const opened = await openAccountTrace(await setting.benchOf(chain), setting.asOfOn?.(chain) ?? null)
  if (!opened.ok) return opened
  return opened.value.run({
    rule: findAccountRule(record.rule.id)?.id as NonNullable<ReturnType<typeof findAccountRule>>['id'],
    seeds: seeds.value,
    assets: 'all',
    sameTime: 'ledger',
    sinceHeight: 0,
    untilHeight: null,
    budget: { maxHops, minValue: null, maxTransactions },
    stopAtTags,
  })
}

/** What a record names of a payment, as it is asked for in other ledgers. */
export function placed(record: TraceRecord, payment: RecordBridgePayment): PlacedPayment {
  const { height, time, refunds: _, amount, ...rest } = payment
  const { chain, asset } = record
  return { payment: { ...rest, amount: BigInt(amount) }, chain, paid: asset.caip19, height, time }
}

export function seedsOf({ destination, arrives }: AccountRecordCrossing & RecordOutboundCrossing): AccountSeed[] {
  const move = { txid: destination.txid, place: destination.place ?? '' }
  return Object.entries(arrives).flatMap(([label, amount]) =>
    amount === '0' ? [] : [{ address: null, move, amount: BigInt(amount), label }],
  )
}

function outboundOf(record: TraceRecord, crossing: Crossing): RecordOutboundCrossing {
  const position = positionOf(record, crossing.source)
  const bySeed = position?.bySeed ?? {}
  const halt = haltOf(record, crossing, bySeed)
  return {
    ...crossingToRecord(crossing, halt === null),
    traced: position?.traced ?? '0',
    bySeed,
    arrives: arrivesOf(record.rule.id, crossing.source.amount, bySeed, crossing.destination.amount),
    halt,
  }
}

/** The output of a record that a crossing sets out from. */
export function positionOf(
  { result }: TraceRecord,
  source: { readonly txid: string; readonly place: string | null },
): RecordPosition | undefined {
  return result.positions.find(({ txid, vout }) => txid === source.txid && `${vout}` === source.place)
}

/** Shares of what was paid out as of what was paid in; under poison, which does not apportion, all of it. */
export function arrivesOf(
  rule: string,
  paidIn: bigint,
  bySeed: Readonly<Record<string, string>>,
  paidOut: bigint,
): Record<string, string> {
  const labels = Object.keys(bySeed).sort()
  const traced = labels.map((label) => BigInt(bySeed[label] as string))
  if (rule === 'poison') return Object.fromEntries(labels.map((label) => [label, paidOut.toString()]))
  const clean = traced.reduce((left, amount) => left - amount, paidIn)
  const shares = apportion(paidOut, [...traced, clean])
  return Object.fromEntries(labels.map((label, at) => [label, (shares[at] as bigint).toString()]))
}

function haltOf(record: TraceRecord, { destination }: Crossing, bySeed: Readonly<Record<string, string>>) {
  const rule = findAccountRule(record.rule.id)
  if (destination.place === null) return 'the imported data does not show the move that paid it out'
  if (rule === undefined) return `the rule ${record.rule.id} is not one for chains of accounts`
  if (rule.id === 'poison' && Object.keys(bySeed).length > 1)
    return 'poison does not apportion between sources, and several came to this payment'
  return null
}
