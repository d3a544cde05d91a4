/** A trace on chains of accounts in words, for the terminal. */
import type { AccountPack } from '../../chains/index.ts'
import { type AccountDivergence, type AccountTraceRecord, measuredFigures } from '../../tracing/index.ts'
import { count, plain, table, utc } from '../present.ts'
import { assetAmount, party } from './account-words.ts'

const STATUS_WORDS: Readonly<Record<string, string>> = {
  unspent: 'at rest',
  'data-ends': 'data ends here',
  service: 'at a service',
  fee: 'paid as fees',
  burnt: 'burnt',
  converted: 'converted',
  crossed: 'left the chain',
  mixer: 'into a mixer',
  'written-off': 'written off',
  'not-followed': 'not followed',
}

export function accountTraceToText(record: AccountTraceRecord, pack: AccountPack): string {
  const { positions, ledgers } = record.result
  const money = (amount: string, asset: string) => assetAmount(BigInt(amount), asset, pack)
  const shown = [...positions].sort((a, b) => (BigInt(a.traced) > BigInt(b.traced) ? -1 : 1)).slice(0, 40)
  return [
    `${record.rule.legalName} (${record.rule.id}, version ${record.rule.version}), as of block ${record.asOf.height} (${utc(record.asOf.time)})`,
    `${count(record.seeds.length, 'seed')}; ${count(record.data.transactions, 'transaction')} read, ${count(positions.length, 'end')}`,
    '',
    table(
      shown.map((position) => [
        `  ${money(position.traced, position.asset)}`,
        STATUS_WORDS[position.status] ?? position.status,
        party(position.address),
        plain(position.label),
        plain(position.reason),
      ]),
      [0],
    ),
    shown.length < positions.length
      ? `  … and ${positions.length - shown.length} smaller ends: --json or --out holds all`
      : '',
    ...ledgers.map((ledger) => `\n${ledgerToText(ledger, money)}`),
    '',
    ...(record.data.shortfalls.length === 0
      ? []
      : [
          `${count(record.data.shortfalls.length, 'account')} paid more than they are known to have had; the difference counts as clean`,
        ]),
    `evidence: ${record.evidence.grade}${record.evidence.reasons.map((reason) => `\n  - ${reason}`).join('')}`,
    ...record.evidence.facts.map(
      ({ fact, proven, stated }) => `  ${FACT_WORDS[fact]}: ${proven} proven by hashes, ${stated} stated`,
    ),
    `heuristics: how often they are right is measured, see ${measuredFigures.report} (sha256:${measuredFigures.digest})`,
    `digest ${record.digest}`,
  ]
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n')
}

const FACT_WORDS: Readonly<Record<AccountTraceRecord['evidence']['facts'][number]['fact'], string>> = {
  sender: 'ids and senders',
  place: 'places in blocks',
  receipt: 'outcomes, gas and events',
  call: 'values passed on by contracts',
  block: 'values paid by blocks',
}

type Ledger = AccountTraceRecord['result']['ledgers'][number]

function ledgerToText(ledger: Ledger, money: (amount: string, asset: string) => string): string {
  const { asset } = ledger
  const cameIn = [
    ['what went in', ledger.root],
    ['drawn in by poison', ledger.drawnIn],
    ['converted in', ledger.convertedIn],
    ['crossed in', ledger.crossedIn],
  ] as const
  return table(
    [
      ...cameIn.filter(([, amount]) => amount !== '0').map(([word, amount]) => [`  ${word}`, money(amount, asset), '']),
      ...ledger.lines.map(({ status, code, amount, positions }) => [
        `  ${STATUS_WORDS[status] ?? status}`,
        money(amount, asset),
        `${code}, ${count(positions, 'end')}`,
      ]),
      ['  sum', money(ledger.sum, asset), ledger.balanced ? 'adds up' : 'DOES NOT ADD UP'],
    ],
    [1],
  )
}

export function accountDivergenceToText(divergence: AccountDivergence, pack: AccountPack): string {
  const money = (amount: string, asset: string) => assetAmount(BigInt(amount), asset, pack)
  const ends = [...divergence.ends].sort((a, b) => (BigInt(a.most) > BigInt(b.most) ? -1 : 1)).slice(0, 25)
  return [
    table(
      [
        ['  rule', 'ends', 'transactions'],
        ...divergence.byRule.map((row) => [`  ${row.rule}`, String(row.ends), String(row.transactions)]),
      ],
      [1, 2],
    ),
    '',
    ...divergence.agreed.map(
      ({ asset, amount }) => `What every rule that apportions agrees on at least: ${money(amount, asset)}.`,
    ),
    'Ends with the most at stake (least and most under any rule that apportions):',
    table(
      ends.map(({ address, label, asset, least, most }) => [
        `  ${party(address)}`,
        plain(label),
        money(least, asset),
        money(most, asset),
      ]),
      [2, 3],
    ),
    ends.length < divergence.ends.length ? `  … and ${divergence.ends.length - ends.length} more ends (--json)` : '',
  ].join('\n')
}
