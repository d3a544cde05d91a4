/**
 * The front of a trace: every output that it found unspent; on chains of accounts every address where traced value rests, and on
 * the other side of a bridge also whom a payment is to pay that has not come out yet. When one of them moves, or a block under the
 * trace goes stale, the trace is run again as it was asked, to the tip of the ledger, and its new front is watched.
 */
import { canonicalJson, ok, type Result, refuse } from '../../kernel/index.ts'
import {
  type AccountBench,
  type AccountTraceRecord,
  accountRecordToText,
  accountRequestOf,
  openAccountTrace,
} from '../accounts/index.ts'
import { RECORD_FORMAT, recordToText, type TraceRecord } from '../record.ts'
import { openTrace, type TraceBench } from '../run.ts'
import { requestOf } from '../verify-record.ts'
import { idOf } from './match.ts'
import type { Watch, WatchedOutput } from './watch.ts'

/** Outputs at a service are the service's own: what becomes of them is another question. */
export function frontOf(record: TraceRecord): readonly WatchedOutput[] {
  return record.result.positions.flatMap(({ txid, vout, address, amount, status }) =>
    vout === null || status !== 'unspent' ? [] : [{ output: `${txid}:${vout}`, address, amount: BigInt(amount) }],
  )
}

export type FrontWatch = Pick<Watch, 'id' | 'chain' | 'kind' | 'subject' | 'addresses' | 'outputs' | 'record'>

/** The watches of a record, of either family of chains; their subject stays the first record, however far the trace extends itself. */
export function traceWatches(
  record: TraceRecord | AccountTraceRecord,
  subject = record.digest,
): Result<readonly FrontWatch[]> {
  return isOfOutputs(record) ? outputTraceWatches(record, subject) : accountTraceWatches(record, subject)
}

/** On its own chain the unspent outputs; where it went on, or may go on, over a bridge the addresses there. */
function outputTraceWatches(record: TraceRecord, subject: string): Result<readonly FrontWatch[]> {
  const { chain } = record
  const text = recordToText(record)
  const watch = (of: string) => {
    const id = idOf(canonicalJson(['watch', of, 'trace', subject]))
    return { id, chain: of, kind: 'trace', subject, record: text } as const
  }
  const outputs = frontOf(record)
  const own: FrontWatch[] = outputs.length === 0 ? [] : [{ ...watch(chain), addresses: [], outputs }]
  const beyond = chainsBeyond(record).flatMap((of): FrontWatch[] => {
    const addresses = frontBeyond(record, of)
    return addresses.length === 0 ? [] : [{ ...watch(of), addresses, outputs: [] }]
  })
  return own.length + beyond.length > 0
    ? ok([...own, ...beyond])
    : refuse('WATCH_EMPTY', 'The trace record has no unspent output.', {
        place: record.digest,
        fix: 'Trace forward, to where value is unspent in data that is complete.',
      })
}

/** What is watched of a record on one chain, whichever family it is of. */
export function addressesOfFront(record: TraceRecord | AccountTraceRecord, chain: string): readonly string[] {
  return isOfOutputs(record) ? frontBeyond(record, chain) : accountFrontOf(record, chain)
}

function chainsBeyond({ continuation, result }: TraceRecord): readonly string[] {
  const reached = (continuation?.records ?? []).flatMap((one) => one.result.positions.map(({ chain }) => chain))
  const asked = (result.bridgePayments ?? []).flatMap(({ toChain }) => toChain ?? [])
  return [...new Set([...reached, ...asked])].sort()
}

const EVM_ADDRESS = /^0x[0-9a-f]{40}$/

/** Where value rests on the other chain; and whom a payment that nothing answers yet is to pay there. */
function frontBeyond({ continuation, result }: TraceRecord, chain: string): readonly string[] {
  const resting = (continuation?.records ?? []).flatMap((one) => accountFrontOf(one, chain))
  const answered = new Set((continuation?.crossings ?? []).map(({ source }) => `${source.txid}:${source.place}`))
  const awaited = (result.bridgePayments ?? []).flatMap(({ txid, vout, toChain, recipient }) =>
    toChain === chain && recipient !== null && EVM_ADDRESS.test(recipient) && !answered.has(`${txid}:${vout}`)
      ? [recipient]
      : [],
  )
  return [...new Set([...resting, ...awaited])].sort()
}

function isOfOutputs(record: TraceRecord | AccountTraceRecord): record is TraceRecord {
  return record.format === RECORD_FORMAT
}

/** The same question, asked of the ledger as it is now. */
export async function traceAgain(bench: TraceBench, record: TraceRecord): Promise<Result<TraceRecord>> {
  const opened = await openTrace(bench, null)
  if (!opened.ok) return opened
  const request = requestOf(record)
  // What moves on into a bridge later than the record was made stops there as well, unless it was asked to go past.
  const stops = { ...request.stops, atBridges: record.parameters.pastBridges !== true }
  return opened.value.run({ ...request, stops, budget: { ...request.budget, untilHeight: null } })
}

/** Where traced value rests on one chain. That no later data is here is what following a chain mends. */
export function accountFrontOf(record: AccountTraceRecord, chain: string): readonly string[] {
  const resting = record.result.positions.filter(
    ({ status, code, traced }) =>
      (status === 'unspent' || (status === 'data-ends' && code === 'no-later-data')) && BigInt(traced) > 0n,
  )
  return [...new Set(resting.flatMap((at) => (at.chain === chain ? (at.address ?? []) : [])))].sort()
}

/**
 * The watches of a record of a trace on chains of accounts: one for each chain where value rests. Their subject stays the
 * digest of the first record, however far the trace extends itself.
 */
function accountTraceWatches(record: AccountTraceRecord, subject: string): Result<readonly FrontWatch[]> {
  const chains = [...new Set(record.result.positions.map(({ chain }) => chain))].sort()
  const watches = chains.flatMap((chain): FrontWatch[] => {
    const addresses = accountFrontOf(record, chain)
    if (addresses.length === 0) return []
    const id = idOf(canonicalJson(['watch', chain, 'trace', subject]))
    return [{ id, chain, kind: 'trace', subject, addresses, outputs: [], record: accountRecordToText(record) }]
  })
  return watches.length > 0
    ? ok(watches)
    : refuse('WATCH_EMPTY', 'Nothing of what the trace record traced rests at an address.', {
        place: record.digest,
        fix: 'Trace forward, to where value rests.',
      })
}

/** The same question, asked of the ledgers as they are now. */
export async function traceAccountsAgain(
  bench: AccountBench,
  record: AccountTraceRecord,
): Promise<Result<AccountTraceRecord>> {
  const opened = await openAccountTrace(bench, null)
  return opened.ok ? opened.value.run({ ...accountRequestOf(record), untilHeight: null }) : opened
}
