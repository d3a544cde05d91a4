/**
 * Turns a trace into a request: the addresses at which traced value lies, how much of it lies there and whose it is, with
 * the rule by its legal name and the digests by which anybody finds the same record. What the trace did not follow goes
 * along: a request says what it does not know.
 */
import type { Asset, RequestContent, TraceRef } from '../casework/index.ts'
import { ok, type Result, refuse } from '../kernel/index.ts'
import type { TraceRecord } from '../tracing/index.ts'

/** Where the request reaches for the value: at services, or where it lies unspent; only at these addresses, where any are named. */
export type Endpoint = {
  readonly status: 'service' | 'unspent'
  readonly addresses: readonly string[] | null
}

/** What the request says beside the trace. */
export type Letter = Omit<RequestContent, 'assets' | 'trace'>

/** As many as a request may name; more of them are several requests, which their reader can still check. */
const MOST_ASSETS = 500

type Position = TraceRecord['result']['positions'][number]

export function requestFromTrace(record: TraceRecord, endpoint: Endpoint, letter: Letter): Result<RequestContent> {
  const sound = checkSound(record)
  if (!sound.ok) return sound
  const reached = positionsAt(record, endpoint)
  if (!reached.ok) return reached
  const trace = traceRef(record, endpoint, reached.value)
  return ok({ ...letter, assets: assetsOf(record, reached.value), trace })
}

/** A request that binds people stands on a trace that a court may believe. */
function checkSound(record: TraceRecord): Result<null> {
  const wrong = (message: string, fix: string) => refuse('TRACE_NOT_FIT', message, { place: record.digest, fix })
  if (record.parameters.direction !== 'forward')
    return wrong('The trace runs backwards: it shows where value came from, not where it is.', 'Trace forwards.')
  if (!record.result.ledger.balanced)
    return wrong('The ledger of the trace does not add up.', 'Run the trace again and verify it.')
  if (record.evidence.grade === 'refused' || record.evidence.grade === 'mismatch')
    return wrong(
      `The data of the trace are no evidence (${record.evidence.grade}): ${record.evidence.reasons.join('; ')}.`,
      'Import the blocks themselves, and trace in them.',
    )
  return ok(null)
}

function positionsAt(record: TraceRecord, { status, addresses }: Endpoint): Result<readonly Position[]> {
  // Fees and outputs without an address lie nowhere that an order could name.
  const all = record.result.positions.filter(
    (position) => position.status === status && position.address !== null && BigInt(position.traced) > 0n,
  )
  for (const address of addresses ?? []) {
    if (!all.some((position) => position.address === address))
      return refuse('TRACE_ADDRESS', `No traced value lies ${whereOf(status)} at ${address}.`, {
        place: '/endpoint/addresses',
        fix: 'Name addresses as the record writes them, or none for all.',
      })
  }
  const chosen = addresses === null ? all : all.filter(({ address }) => addresses.includes(address as string))
  if (new Set(chosen.map(({ address }) => address)).size > MOST_ASSETS)
    return refuse('TRACE_TOO_MANY', `Traced value lies ${whereOf(status)} at more than ${MOST_ASSETS} addresses.`, {
      place: '/endpoint/addresses',
      fix: 'Name the addresses of one request, and make several.',
    })
  if (chosen.length > 0) return ok(chosen)
  return refuse('TRACE_ENDPOINT', `No traced value lies ${whereOf(status)}.`, {
    place: record.digest,
    fix: 'Choose another end of the trace, or trace further.',
  })
}

function whereOf(status: Endpoint['status']): string {
  return status === 'service' ? 'at a service' : 'unspent'
}

/** One asset for each address: what was traced to it, and what its outputs are worth. */
function assetsOf(record: TraceRecord, positions: readonly Position[]): Asset[] {
  const byAddress = Map.groupBy(positions, ({ address }) => address as string)
  return [...byAddress]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([address, held]) => ({
      chain: record.chain,
      address,
      asset: record.asset.caip19,
      amount: sum(held.map(({ traced }) => traced)),
      value: sum(held.map(({ amount }) => amount)),
    }))
}

function traceRef(record: TraceRecord, { status }: Endpoint, positions: readonly Position[]): TraceRef {
  const { id, version, legalName } = record.rule
  const { root, notFollowed } = record.result.ledger
  const amountBySource = new Map<string, bigint>()
  for (const { bySeed } of positions)
    for (const [source, amount] of Object.entries(bySeed))
      amountBySource.set(source, (amountBySource.get(source) ?? 0n) + BigInt(amount))
  return {
    recordDigest: record.digest,
    resultDigest: record.resultDigest,
    rule: { id, version, legalName },
    asOf: { height: record.asOf.height, hash: record.asOf.hash },
    endpoint: status,
    root,
    reached: sum(positions.map(({ traced }) => traced)),
    notFollowed,
    shares: [...amountBySource]
      .filter(([, amount]) => amount > 0n)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([source, amount]) => ({ source, amount: amount.toString() })),
  }
}

function sum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total + BigInt(amount), 0n).toString()
}
