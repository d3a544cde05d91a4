/** The complete tables of a trace on account chains as files; see csv-tables.ts for how cells are made harmless. */
import type { AccountDivergence } from '../../accounts/account-divergence.ts'
import type { AccountTraceRecord } from '../../accounts/account-record.ts'
import { csv, iso } from '../csv-tables.ts'
import { entriesInOrder } from '../measures.ts'

export function accountPositionsCsv({ result }: AccountTraceRecord): string {
  return csv(
    [
      'no',
      'chain',
      'address',
      'asset',
      'status',
      'code',
      'label',
      'traced_base_units',
      'balance_base_units',
      'passed_on_base_units',
      'hops',
      'txid',
      'place',
      'height',
      'time_utc',
      'reference',
      'reason',
    ],
    result.positions.map((one, index) => [
      ...[index + 1, one.chain, one.address, one.asset, one.status, one.code, one.label],
      ...[BigInt(one.traced), BigInt(one.amount), BigInt(one.passedOn), one.hops],
      ...[one.txid, one.place, one.height, iso(one.time), one.reference, one.reason],
    ]),
  )
}

export function accountFlowCsv({ result }: AccountTraceRecord): string {
  return csv(
    [
      'no',
      'chain',
      'height',
      'time_utc',
      'txid',
      'place',
      'kind',
      'asset',
      'from',
      'to',
      'traced_base_units',
      'amount_base_units',
      'hops',
    ],
    result.flow.map((one, index) => [
      ...[index + 1, one.chain, one.height, iso(one.time), one.txid, one.place, one.kind, one.asset, one.from, one.to],
      ...[BigInt(one.traced), BigInt(one.amount), one.hops],
    ]),
  )
}

export function accountSeedsCsv({ seeds }: AccountTraceRecord): string {
  return csv(
    ['no', 'source', 'address', 'txid', 'place', 'asset', 'sent_base_units', 'rests_base_units'],
    seeds.flatMap(({ label, address, move, sent, rests }, index) =>
      [...new Set([...sent, ...rests].map(({ asset }) => asset))].sort().map((asset) => {
        const of = (list: readonly { asset: string; amount: string }[]) =>
          BigInt(list.find((one) => one.asset === asset)?.amount ?? 0)
        return [index + 1, label, address, move?.txid ?? null, move?.place ?? null, asset, of(sent), of(rests)]
      }),
    ),
  )
}

/** One line for each leg: what was given, and what was received for it. */
export function conversionsCsv({ result }: AccountTraceRecord): string {
  return csv(
    ['id', 'chain', 'txid', 'kind', 'decoder', 'tier', 'logs', 'side', 'place', 'holder', 'asset', 'amount_base_units'],
    result.conversions.flatMap(({ id, chain, txid, kind, decoder, tier, logs, given, received }) =>
      (['given', 'received'] as const).flatMap((side) =>
        (side === 'given' ? given : received).map(({ place, holder, asset, amount }) => [
          ...[id, chain, txid, kind, decoder, tier, logs.join(' '), side, place, holder, asset, BigInt(amount)],
        ]),
      ),
    ),
  )
}

/** One line for each end: of links, of what competes with them, and of bridges to no known destination. */
export function crossingsCsv({ result }: AccountTraceRecord): string {
  type Side = AccountTraceRecord['result']['crossings'][number]['source']
  const row = (id: string | null, bridge: string, tier: string | null, end: string, side: Side, evidence: string) => [
    ...[id, bridge, tier, end, side.chain, side.txid, side.logIndex, side.place, iso(side.time)],
    ...[side.asset, BigInt(side.amount), side.sender, side.recipient, evidence],
  ]
  return csv(
    [
      'link',
      'bridge',
      'tier',
      'end',
      'chain',
      'txid',
      'log_index',
      'place',
      'time_utc',
      'asset',
      'amount_base_units',
      'sender',
      'recipient',
      'evidence',
    ],
    [
      ...result.crossings.flatMap(({ id, bridge, tier, evidence, source, destination, candidates }) => {
        const facts = entriesInOrder(evidence)
          .map(([field, fact]) => `${field}: ${fact}`)
          .join('; ')
        return [
          row(id, bridge, tier, 'source', source, facts),
          row(id, bridge, tier, 'destination', destination, facts),
          ...candidates.map((one) => row(id, bridge, null, 'candidate', one, '')),
        ]
      }),
      ...result.bridgeStops.flatMap(({ bridge, reason, source, candidates }) => [
        row(null, bridge, null, 'source', source, reason),
        ...candidates.map((one) => row(null, bridge, null, 'candidate', one, '')),
      ]),
    ],
  )
}

export function mixersCsv({ result }: AccountTraceRecord): string {
  return csv(
    ['chain', 'pool', 'deposit_txid', 'place', 'decoder', 'candidate_txid', 'recipient', 'time_utc', 'why'],
    result.mixers.flatMap(({ chain, pool, txid, place, decoder, candidates }) =>
      candidates.map((one) => [chain, pool, txid, place, decoder, one.txid, one.recipient, iso(one.time), one.why]),
    ),
  )
}

export function accountSplitCsv({ result }: AccountTraceRecord): string {
  return csv(
    ['end_no', 'chain', 'address', 'asset', 'status', 'source', 'traced_base_units'],
    result.positions.flatMap(({ chain, address, asset, status, bySeed }, index) =>
      entriesInOrder(bySeed).map(([source, units]) => [
        index + 1,
        chain,
        address,
        asset,
        status,
        source,
        BigInt(units),
      ]),
    ),
  )
}

export function accountBlocksCsv({ data }: AccountTraceRecord): string {
  return csv(
    ['chain', 'height', 'hash', 'time_utc'],
    data.blocks.map(({ chain, height, hash, time }) => [chain, height, hash, iso(time)]),
  )
}

export function accountDivergenceCsv({ ends, rules }: AccountDivergence): string {
  return csv(
    ['no', 'chain', 'address', 'asset', 'status', 'label', 'least_base_units', 'most_base_units', ...rules],
    ends.map(({ chain, address, asset, status, label, least, most, byRule }, index) => [
      ...[index + 1, chain, address, asset, status, label, BigInt(least), BigInt(most)],
      ...rules.map((rule) => BigInt(byRule[rule] ?? 0)),
    ]),
  )
}
