/** A trace in words, for the terminal. */
import type { ChainPack } from '../../chains/index.ts'
import {
  type Divergence,
  heuristicsOfTrace,
  measuredInWords,
  measuredOf,
  type TraceRecord,
} from '../../tracing/index.ts'
import { coins, count, plain, table, utc } from '../present.ts'

const STATUS_WORDS: Readonly<Record<string, string>> = {
  unspent: 'unspent',
  'data-ends': 'data ends here',
  service: 'at a service',
  fee: 'paid as fees',
  'written-off': 'written off',
  'not-followed': 'not followed',
  overlap: 'counted with another seed',
}

export function traceToText(record: TraceRecord, pack: ChainPack): string {
  const { ledger, positions } = record.result
  const shown = [...positions].sort((a, b) => (BigInt(a.traced) > BigInt(b.traced) ? -1 : 1)).slice(0, 25)
  return [
    `${record.rule.legalName} (${record.rule.id}, version ${record.rule.version}), ${record.parameters.direction}, as of block ${record.asOf.height} (${utc(record.asOf.time)})`,
    `${count(record.seeds.length, 'seed')}, ${coins(ledger.root, pack)}; ${count(record.data.transactions, 'transaction')} passed through, ${count(positions.length, 'end')}`,
    '',
    table(
      shown.map((position) => [
        `  ${coins(position.traced, pack)}`,
        STATUS_WORDS[position.status] ?? position.status,
        `${position.txid}:${position.vout ?? (position.status === 'fee' ? 'fee' : '?')}`,
        position.address ?? '',
        plain(position.reason),
      ]),
      [0],
    ),
    shown.length < positions.length
      ? `  … and ${positions.length - shown.length} smaller ends: --json or --out holds all`
      : '',
    '',
    ledgerToText(record, pack),
    `evidence: ${record.evidence.grade}${record.evidence.reasons.map((reason) => `\n  - ${reason}`).join('')}`,
    ...measuredInWords(measuredOf(heuristicsOfTrace(record))),
    `digest ${record.digest}`,
  ]
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n')
}

export function ledgerToText({ result: { ledger } }: TraceRecord, pack: ChainPack): string {
  return table(
    [
      ['  what went in', coins(ledger.root, pack), ''],
      ...(ledger.drawnIn === '0' ? [] : [['  drawn in by poison', coins(ledger.drawnIn, pack), '']]),
      ...ledger.lines.map(({ status, code, amount, positions }) => [
        `  ${STATUS_WORDS[status] ?? status}`,
        coins(amount, pack),
        `${code}, ${count(positions, 'end')}`,
      ]),
      ['  sum', coins(ledger.sum, pack), ledger.balanced ? 'adds up' : 'DOES NOT ADD UP'],
    ],
    [1],
  )
}

export function divergenceToText(divergence: Divergence, pack: ChainPack): string {
  const head = [
    '  rule',
    'unspent',
    'data ends',
    'services',
    'fees',
    'not followed',
    'written off',
    'ends',
    'transactions',
  ]
  const rows = divergence.byStatus.map((row) => [
    `  ${row.rule}`,
    coins(row.unspent, pack),
    coins(row.dataEnds, pack),
    coins(row.service, pack),
    coins(row.fee, pack),
    coins(row.notFollowed, pack),
    coins(row.writtenOff, pack),
    String(row.ends),
    String(row.transactions),
  ])
  const ends = [...divergence.ends].sort((a, b) => (BigInt(a.most) > BigInt(b.most) ? -1 : 1)).slice(0, 15)
  return [
    `What went in: ${coins(divergence.root, pack)}. What every rule that apportions agrees on at least: ${coins(divergence.agreed, pack)}.`,
    table([head, ...rows], [1, 2, 3, 4, 5, 6, 7, 8]),
    '',
    'Ends with the most at stake (least and most under any rule that apportions):',
    table(
      ends.map((end) => [`  ${end.txid}:${end.vout ?? 'fee'}`, coins(end.least, pack), coins(end.most, pack)]),
      [1, 2],
    ),
    ends.length < divergence.ends.length ? `  … and ${divergence.ends.length - ends.length} more ends (--json)` : '',
  ].join('\n')
}
