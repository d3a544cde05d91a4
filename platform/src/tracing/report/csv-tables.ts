/**
 * The complete tables as files: RFC 4180, UTF-8, a header line, CRLF. Text is quoted and cannot become a formula;
 * amounts are whole base units beside coin units with all decimals.
 */

import { formatDecimal } from '../../kernel/index.ts'
import type { Divergence } from '../divergence.ts'
import type { TraceRecord } from '../record.ts'
import { entriesInOrder, slotKeyOf } from './measures.ts'
import { csvText } from './plain-text.ts'

export type Cell = string | number | bigint | null

export function positionsCsv(record: TraceRecord): string {
  const { decimals } = record.asset
  return csv(
    [
      'no',
      'txid',
      'vout',
      'address',
      'status',
      'code',
      'traced_base_units',
      'traced_coin',
      'output_base_units',
      'output_coin',
      'hops',
      'height',
      'time_utc',
      'reason',
    ],
    record.result.positions.map((position, index) => [
      index + 1,
      position.txid,
      position.vout,
      position.address,
      position.status,
      position.code,
      BigInt(position.traced),
      amountText(position.traced, decimals),
      BigInt(position.amount),
      amountText(position.amount, decimals),
      position.hops,
      position.height,
      iso(position.time),
      position.reason,
    ]),
  )
}

/** One line for each output that a transaction took from (`in`) or gave to (`out`). */
export function flowCsv(record: TraceRecord): string {
  const { decimals } = record.asset
  return csv(
    [
      'step',
      'txid',
      'hops',
      'height',
      'time_utc',
      'side',
      'output',
      'address',
      'traced_base_units',
      'traced_coin',
      'output_base_units',
    ],
    record.result.flow.flatMap(({ txid, hops, height, time, from, to }, index) => [
      ...from.map(({ key, traced }) => [
        index + 1,
        txid,
        hops,
        height,
        iso(time),
        'in',
        key,
        null,
        BigInt(traced),
        amountText(traced, decimals),
        null,
      ]),
      ...to.map(({ key, address, amount, traced }) => [
        index + 1,
        txid,
        hops,
        height,
        iso(time),
        'out',
        key,
        address,
        BigInt(traced),
        amountText(traced, decimals),
        BigInt(amount),
      ]),
    ]),
  )
}

export function seedsCsv(record: TraceRecord): string {
  const { decimals } = record.asset
  return csv(
    [
      'no',
      'source',
      'txid',
      'vout',
      'address',
      'traced_base_units',
      'traced_coin',
      'claimed_base_units',
      'claimed_coin',
      'output_base_units',
      'known',
    ],
    record.seeds.map((seed, index) => [
      index + 1,
      seed.label,
      seed.txid,
      seed.vout,
      seed.address,
      BigInt(seed.amount),
      amountText(seed.amount, decimals),
      big(seed.claimed),
      seed.claimed === null ? null : amountText(seed.claimed, decimals),
      big(seed.value),
      seed.known,
    ]),
  )
}

/** Source × end: how much of each source lies at each end. */
export function splitCsv(record: TraceRecord): string {
  const { decimals } = record.asset
  return csv(
    ['end_no', 'end', 'address', 'status', 'source', 'traced_base_units', 'traced_coin'],
    record.result.positions.flatMap((position, index) =>
      entriesInOrder(position.bySeed).map(([source, amount]) => [
        index + 1,
        slotKeyOf(position),
        position.address,
        position.status,
        source,
        BigInt(amount),
        amountText(amount, decimals),
      ]),
    ),
  )
}

export function divergenceCsv(divergence: Divergence, decimals: number): string {
  return csv(
    [
      'no',
      'txid',
      'vout',
      'address',
      'least_base_units',
      'most_base_units',
      ...divergence.rules.flatMap((rule) => [`${rule}_base_units`, `${rule}_coin`, `${rule}_status`]),
    ],
    divergence.ends.map((end, index) => [
      index + 1,
      end.txid,
      end.vout,
      end.address,
      BigInt(end.least),
      BigInt(end.most),
      ...divergence.rules.flatMap((rule) => [
        BigInt(end.byRule[rule] ?? '0'),
        amountText(end.byRule[rule] ?? '0', decimals),
        end.statusByRule[rule] ?? 'nothing',
      ]),
    ]),
  )
}

export function annotationsCsv(record: TraceRecord): string {
  return csv(
    [
      'no',
      'txid',
      'kind',
      'rule',
      'version',
      'confidence',
      'confidence_note',
      'reason',
      'candidate_outputs',
      'facts',
      'critical_questions',
      'source',
    ],
    record.result.annotations.map(
      (
        { txid, kind, rule, version, confidence, confidenceNote, reason, candidates, facts, questions, source },
        index,
      ) => [
        index + 1,
        txid,
        kind,
        rule,
        version,
        confidence,
        confidenceNote,
        reason,
        candidates?.join(' ') ?? null,
        entriesInOrder(facts)
          .map(([name, fact]) => `${name} ${typeof fact === 'string' ? fact : fact.join(' ')}`)
          .join('; '),
        questions.map(({ question, answer }) => `${question} ${answer}`).join('; '),
        source,
      ],
    ),
  )
}

export function blocksCsv(record: TraceRecord): string {
  return csv(
    ['height', 'hash', 'time_utc', 'completeness'],
    record.data.blocks.map(({ height, hash, time, completeness }) => [height, hash, iso(time), completeness]),
  )
}

export function csv(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [head.map(csvText), ...rows.map((row) => row.map(cellText))]
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`
}

function cellText(cell: Cell): string {
  if (cell === null) return ''
  return typeof cell === 'string' ? csvText(cell) : String(cell)
}

function amountText(amount: string, decimals: number): string {
  return formatDecimal(BigInt(amount), decimals)
}

function big(amount: string | null): bigint | null {
  return amount === null ? null : BigInt(amount)
}

export function iso(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
