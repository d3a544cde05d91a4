/** Verifies what a trace record says of its payments into bridges, and of the traces that go on from there. */
import type { AccountTraceRecord } from './accounts/account-record.ts'
import type { AccountBench } from './accounts/account-run.ts'
import { checkAccountAgainstData, checkAccountAlone } from './accounts/verify-account-record.ts'
import { BRIDGE_PAYMENT } from './bridge-payment-stop.ts'
import { arrivesOf, type ContinuationSetting, placed, positionOf, seedsOf } from './continuation.ts'
import type { RecordContinuation, RecordOutboundCrossing } from './continuation-record.ts'
import { normalTransferId } from './crossing/bridge-event.ts'
import type { TraceRecord } from './record.ts'
import type { Check } from './verify-record.ts'

/** With nothing but the file. Nothing to check where the record goes on nowhere. */
export function checkContinuationAlone(record: TraceRecord): Check[] {
  const { continuation } = record
  if (continuation === undefined) return []
  const sums = attempt('what crossed is what arrived', () => crossedCheck(record, continuation))
  return [sums, ...continuation.records.flatMap((one) => named(one, checkAccountAlone(one)))]
}

/** On the ledgers that are here: the traces beyond run again, and the links are looked for again. */
export async function checkContinuationAgainstData(
  record: TraceRecord,
  { crossingsOf, benchOf }: ContinuationSetting,
): Promise<Check[]> {
  const { continuation } = record
  if (continuation === undefined) return []
  const checks: Check[] = []
  let allHere = true
  for (const one of continuation.records) {
    const bench: AccountBench = await benchOf(one.chain)
    const ofOne = await checkAccountAgainstData(one, bench)
    allHere &&= ofOne.some(({ name, verdict }) => name === 'the sources are here' && verdict === 'holds')
    checks.push(...named(one, ofOne))
  }
  const name = 'the links to other chains are made again'
  if (continuation.crossings.length === 0) return checks
  if (!allHere || continuation.records.length === 0) {
    const detail = 'the data of the other chains is not all here'
    return [...checks, { name, verdict: 'not checked', detail }]
  }
  const payments = (record.result.bridgePayments ?? []).map((payment) => placed(record, payment))
  const { crossings } = await crossingsOf(payments)
  const made = new Set(crossings.map(({ id }) => id))
  const missing = continuation.crossings.filter(({ id }) => !made.has(id)).map(({ id }) => id)
  return [
    ...checks,
    missing.length === 0
      ? { name, verdict: 'holds', detail: `${continuation.crossings.length} links` }
      : { name, verdict: 'fails', detail: `not made here, or rejected: ${missing.join(', ')}` },
  ]
}

/** Each payment has its crossing or its stop; each crossing its share; and the seeds beyond are these shares and nothing else. */
function crossedCheck(record: TraceRecord, { crossings, bridgeStops, records }: RecordContinuation): Wanted {
  const payments = new Map((record.result.bridgePayments ?? []).map((one) => [`${one.txid}:${one.vout}`, one]))
  const ends = [...crossings, ...bridgeStops].map(({ source }) => `${source.txid}:${source.place}`)
  if (ends.length !== payments.size || ends.some((end) => !payments.has(end)) || new Set(ends).size !== ends.length)
    return fails('the payments into bridges and what is said of them are not the same')
  for (const crossing of crossings) {
    const why = whyWrong(record, crossing, payments.get(`${crossing.source.txid}:${crossing.source.place}`)?.amount)
    if (why !== null) return fails(`${crossing.id}: ${why}`)
  }
  const key = (chain: string, txid: string, place: string, label: string, amount: string) =>
    JSON.stringify([chain, txid, place, label, amount])
  const arriving = crossings
    .filter(({ halt }) => halt === null)
    .flatMap((crossing) =>
      seedsOf(crossing).map(({ move, label, amount }) =>
        key(crossing.destination.chain, move?.txid ?? '', move?.place ?? '', label, `${amount}`),
      ),
    )
    .sort()
  const seeded = records
    .flatMap(({ chain, seeds }) =>
      seeds.map(({ move, label, amount }) => key(chain, move?.txid ?? '', move?.place ?? '', label, `${amount}`)),
    )
    .sort()
  if (JSON.stringify(arriving) !== JSON.stringify(seeded))
    return fails('the seeds of the traces beyond are not what arrived there')
  const other = records.find(({ rule }) => rule.id !== record.rule.id)
  if (other) return fails(`the trace on ${other.chain} is under another rule`)
  return holds(`${crossings.length} crossings, ${bridgeStops.length} payments without a link`)
}

function whyWrong(record: TraceRecord, crossing: RecordOutboundCrossing, paid: string | undefined): string | null {
  const { source, destination, traced, bySeed, arrives, transferId } = crossing
  const position = positionOf(record, source)
  if (position?.code !== BRIDGE_PAYMENT) return 'no position of the record is held on the payment that it names'
  if (position.traced !== traced || JSON.stringify(sorted(position.bySeed)) !== JSON.stringify(sorted(bySeed)))
    return `it says that ${traced} was traced, the position has ${position.traced}`
  if (source.amount !== paid || source.amount !== position.amount) return 'the amount is not that of the payment'
  if (transferId !== normalTransferId(source.txid)) return 'the payment out names another transaction'
  const shares = arrivesOf(record.rule.id, BigInt(source.amount), bySeed, BigInt(destination.amount))
  return JSON.stringify(sorted(arrives)) === JSON.stringify(sorted(shares)) ? null : 'the shares are not in proportion'
}

type Wanted = Omit<Check, 'name'>

function sorted(map: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** "the result is the same" of another chain is not that of this one. */
function named({ chain }: AccountTraceRecord, checks: readonly Check[]): Check[] {
  return checks.map((check) => ({ ...check, name: `on ${chain}: ${check.name}` }))
}

function attempt(name: string, body: () => Wanted): Check {
  try {
    return { name, ...body() }
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return { name, verdict: 'fails', detail: `cannot be computed from what the file holds: ${why}` }
  }
}

function holds(detail: string): Wanted {
  return { verdict: 'holds', detail }
}

function fails(detail: string): Wanted {
  return { verdict: 'fails', detail }
}
