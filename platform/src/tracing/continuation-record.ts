/** What a trace record says of its payments into bridges: where they came out, and the traces that go on from there. */
import type { AccountRecordBridgeStop, AccountRecordCrossing, AccountTraceRecord } from './accounts/account-record.ts'

/** A payment into a bridge that came out on another chain. */
export type RecordOutboundCrossing = AccountRecordCrossing & {
  /** Of the payment, in its own units: what of it was traced, and whose. */
  readonly traced: string
  readonly bySeed: Readonly<Record<string, string>>
  /** By source what of the amount at the destination is traced, in its units: in proportion, to the unit. */
  readonly arrives: Readonly<Record<string, string>>
  /** Why value is not followed on there; `null` where it is. */
  readonly halt: string | null
}

export type RecordContinuation = {
  readonly crossings: readonly RecordOutboundCrossing[]
  /** Payments that no link is made for, with the payments out that could answer them. */
  readonly bridgeStops: readonly AccountRecordBridgeStop[]
  /** One for each chain on which value came out: whole records, which can be verified by themselves. */
  readonly records: readonly AccountTraceRecord[]
}
