/**
 * The trace record: one canonical file that says what was traced, in which data, by which rule and with what result,
 * so that anyone with the same data can run it again and get the same bytes.
 *
 * `digest` is the SHA-256 of the canonical JSON (RFC 8785) of everything but itself; `resultDigest` covers the result
 * alone, so that two records over different collections of the same facts can be compared. Amounts are decimal strings
 * of base units; times are seconds since 1970-01-01 UTC. Nothing in it depends on when or where it was made.
 */
import type { ChainStatus, StoredBlock } from '../chains/index.ts'
import { canonicalJson, type Json } from '../kernel/index.ts'
import type { Annotation } from './annotate.ts'
import { BRIDGE_PAYMENT } from './bridge-payment-stop.ts'
import { type BridgePayment, bridgePaymentToRecord, type RecordBridgePayment } from './bridge-payments.ts'
import type { RecordContinuation } from './continuation-record.ts'
import type { Position, TraceLedger } from './positions.ts'
import { type BlockName, digestOf, ENGINE_VERSION } from './record-digest.ts'
import type { ResolvedSeed, TraceRequest } from './request.ts'
import type { FlowStep, TraceOutcome } from './trace.ts'

export { type BlockName, digestOf, ENGINE_VERSION } from './record-digest.ts'

export const RECORD_FORMAT = 'comity-trace/1'

export type RecordSeed = {
  readonly txid: string
  readonly vout: number | null
  readonly address: string | null
  readonly value: string | null
  readonly amount: string
  readonly claimed: string | null
  readonly label: string
  readonly known: ResolvedSeed['known']
}

export type RecordPosition = {
  readonly txid: string
  readonly vout: number | null
  readonly address: string | null
  readonly amount: string
  readonly traced: string
  readonly bySeed: Readonly<Record<string, string>>
  readonly status: Position['status']
  readonly code: string
  readonly reason: string
  readonly hops: number
  readonly height: number | null
  readonly time: number | null
}

export type RecordLedger = {
  readonly root: string
  readonly drawnIn: string
  readonly unspent: string
  readonly dataEnds: string
  readonly service: string
  readonly fee: string
  readonly writtenOff: string
  readonly notFollowed: string
  readonly overlap: string
  readonly sum: string
  readonly balanced: boolean
  readonly lines: readonly {
    readonly status: string
    readonly code: string
    readonly amount: string
    readonly positions: number
  }[]
}

export type RecordFlowStep = {
  readonly txid: string
  readonly hops: number
  readonly height: number
  readonly time: number | null
  readonly from: readonly { readonly key: string; readonly traced: string }[]
  readonly to: readonly {
    readonly key: string
    readonly address: string | null
    readonly amount: string
    readonly traced: string
  }[]
}

export type Evidence = {
  /** `refused`: the data passed through floating point and was not re-verified; such a result is no evidence. */
  readonly grade: 'verified' | 'stated' | 'mismatch' | 'refused'
  readonly reasons: readonly string[]
}

export type TraceRecord = {
  readonly format: typeof RECORD_FORMAT
  readonly engine: { readonly name: 'comity'; readonly version: string }
  readonly chain: string
  readonly asset: { readonly caip19: string; readonly symbol: string; readonly decimals: number }
  readonly rule: {
    readonly id: string
    readonly version: number
    readonly legalName: string
    readonly definition: string
    readonly source: string
  }
  readonly parameters: {
    readonly direction: TraceRequest['direction']
    readonly followFees: boolean
    readonly stopAtTags: boolean
    readonly stopAtCoinJoin: readonly string[]
    readonly minConfidence: number
    readonly maxHops: number | null
    readonly minValue: string | null
    readonly maxTransactions: number
    readonly untilHeight: number | null
    /** Only where it was asked for. */
    readonly maxPerAddress?: number
    /** Only where traced value came to a payment into a bridge. */
    readonly stopAtBridges?: true
    /** Only where it was asked for: value is followed past payments into bridges. */
    readonly pastBridges?: true
  }
  readonly seeds: readonly RecordSeed[]
  readonly asOf: BlockName
  readonly data: {
    readonly sources: readonly {
      readonly format: string
      readonly name: string
      readonly sha256: string
      readonly bytes: number
    }[]
    /** Stretches of complete blocks; what lies outside is known in part only. */
    readonly complete: readonly { readonly from: number; readonly to: number; readonly completeness: string }[]
    /** The blocks on which the traced transactions stand. */
    readonly blocks: readonly (BlockName & { readonly completeness: string })[]
    readonly transactions: number
    readonly defects: number
  }
  readonly tagSet: { readonly digest: string; readonly tags: number } | null
  readonly evidence: Evidence
  readonly result: {
    readonly positions: readonly RecordPosition[]
    readonly ledger: RecordLedger
    readonly flow: readonly RecordFlowStep[]
    readonly annotations: readonly Annotation[]
    /** Payments into bridges that hold traced value; only where there are some. */
    readonly bridgePayments?: readonly RecordBridgePayment[]
  }
  readonly resultDigest: string
  /** What became of these payments on chains of accounts; covered by `digest`, not by `resultDigest`. */
  readonly continuation?: RecordContinuation
  readonly digest: string
}

export type RecordFacts = {
  readonly request: TraceRequest
  readonly minConfidence: number
  readonly outcome: TraceOutcome
  readonly asset: TraceRecord['asset']
  readonly status: ChainStatus
  readonly asOf: StoredBlock
  readonly blocks: readonly StoredBlock[]
  readonly tagSet: TraceRecord['tagSet']
  readonly evidence: Evidence
  readonly annotations: readonly Annotation[]
  readonly bridgePayments: readonly BridgePayment[]
}

export function toRecord(facts: RecordFacts): TraceRecord {
  const { request, outcome, status, asOf } = facts
  const result: TraceRecord['result'] = {
    positions: outcome.positions.map(positionToRecord),
    ledger: ledgerToRecord(outcome.ledger),
    flow: outcome.flow.map(flowToRecord),
    annotations: facts.annotations,
    ...(facts.bridgePayments.length === 0 ? {} : { bridgePayments: facts.bridgePayments.map(bridgePaymentToRecord) }),
  }
  const stoppedAtBridge = outcome.positions.some(({ code }) => code === BRIDGE_PAYMENT)
  const { id, version, legalName, definition, source } = outcome.rule
  const body = {
    format: RECORD_FORMAT,
    engine: { name: 'comity', version: ENGINE_VERSION },
    chain: status.chain,
    asset: facts.asset,
    rule: { id, version, legalName, definition, source },
    parameters: {
      direction: request.direction,
      followFees: request.followFees,
      stopAtTags: request.stops.atTags,
      stopAtCoinJoin: request.stops.atCoinJoin,
      minConfidence: facts.minConfidence,
      maxHops: request.budget.maxHops,
      minValue: request.budget.minValue?.toString() ?? null,
      maxTransactions: request.budget.maxTransactions,
      untilHeight: request.budget.untilHeight,
      ...(request.budget.maxPerAddress === undefined ? {} : { maxPerAddress: request.budget.maxPerAddress }),
      ...(stoppedAtBridge ? { stopAtBridges: true as const } : {}),
      ...(request.stops.atBridges === false ? { pastBridges: true as const } : {}),
    },
    seeds: request.seeds.map(seedToRecord),
    asOf: { height: asOf.height, hash: asOf.hash, time: asOf.time },
    data: {
      sources: status.sources
        .map(({ format, name, sha256, bytes }) => ({ format, name, sha256, bytes }))
        .sort((a, b) => (a.sha256 < b.sha256 ? -1 : a.sha256 > b.sha256 ? 1 : 0)),
      complete: status.complete.map(({ from, to, completeness }) => ({ from, to, completeness })),
      blocks: facts.blocks
        .map(({ height, hash, time, completeness }) => ({ height, hash, time, completeness }))
        .sort((a, b) => a.height - b.height),
      transactions: outcome.flow.length,
      defects: status.defects,
    },
    tagSet: facts.tagSet,
    evidence: facts.evidence,
    result,
    resultDigest: digestOf(result),
  } as const
  return { ...body, digest: digestOf(body) }
}

/** The record with what became of its payments into bridges. */
export function withContinuation(record: TraceRecord, continuation: RecordContinuation): TraceRecord {
  const { digest: _, ...body } = record
  const whole = { ...body, continuation }
  return { ...whole, digest: digestOf(whole) }
}

/** The record of its own chain alone: what it would be without its continuation. */
export function withoutContinuation(record: TraceRecord): TraceRecord {
  if (record.continuation === undefined) return record
  const { digest: _, continuation: __, ...body } = record
  return { ...body, digest: digestOf(body) }
}

/** The text of the file: canonical, so that equal records are equal files; one line and a line feed. */
export function recordToText(record: TraceRecord): string {
  return `${canonicalJson(record as unknown as Json)}\n`
}

export function seedToRecord(seed: ResolvedSeed): RecordSeed {
  const { txid, vout, address, label, known } = seed
  return {
    txid,
    vout,
    address,
    value: seed.value?.toString() ?? null,
    amount: seed.amount.toString(),
    claimed: seed.claimed?.toString() ?? null,
    label,
    known,
  }
}

export function recordToSeed(seed: RecordSeed): ResolvedSeed {
  return {
    ...seed,
    value: seed.value === null ? null : BigInt(seed.value),
    amount: BigInt(seed.amount),
    claimed: seed.claimed === null ? null : BigInt(seed.claimed),
  }
}

function positionToRecord(position: Position): RecordPosition {
  const { txid, vout, address, status, code, reason, hops } = position
  return {
    txid,
    vout,
    address,
    amount: position.amount.toString(),
    traced: position.traced.toString(),
    bySeed: Object.fromEntries([...position.bySeed].map(([label, amount]) => [label, amount.toString()])),
    status,
    code,
    reason,
    hops,
    height: position.block?.height ?? null,
    time: position.block?.time ?? null,
  }
}

function ledgerToRecord(ledger: TraceLedger): RecordLedger {
  return {
    root: ledger.root.toString(),
    drawnIn: ledger.drawnIn.toString(),
    unspent: ledger.unspent.toString(),
    dataEnds: ledger.dataEnds.toString(),
    service: ledger.service.toString(),
    fee: ledger.fee.toString(),
    writtenOff: ledger.writtenOff.toString(),
    notFollowed: ledger.notFollowed.toString(),
    overlap: ledger.overlap.toString(),
    sum: ledger.sum.toString(),
    balanced: ledger.balanced,
    lines: ledger.lines.map((line) => ({ ...line, amount: line.amount.toString() })),
  }
}

function flowToRecord(step: FlowStep): RecordFlowStep {
  return {
    txid: step.txid,
    hops: step.hops,
    height: step.height,
    time: step.time,
    from: step.from.map(({ key, traced }) => ({ key, traced: traced.toString() })),
    to: step.to.map(({ key, address, amount, traced }) => ({
      key,
      address,
      amount: amount.toString(),
      traced: traced.toString(),
    })),
  }
}
