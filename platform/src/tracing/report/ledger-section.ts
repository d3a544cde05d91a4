/** The ledger of the trace: what went in is what is accounted for, line by line. */
import type { TraceRecord } from '../record.ts'
import { amount } from './answer-section.ts'
import { type Markup, markup, NOTHING, prose } from './markup.ts'
import { coin, count, sumOf } from './measures.ts'
import { table } from './table.ts'
import { statusWords, wordsOf } from './words.ts'

export function ledgerSection(record: TraceRecord): Markup {
  const { ledger, positions } = record.result
  const { decimals, symbol } = record.asset
  const lines = statusWords.flatMap(({ status }) => ledger.lines.filter((line) => line.status === status))
  const total = sumOf(lines.map((line) => line.amount))
  // Added up again here: the mark does not repeat what the record says of itself.
  const addsUp =
    total === BigInt(ledger.root) + BigInt(ledger.drawnIn) &&
    total === BigInt(ledger.sum) &&
    sumOf(positions.map(({ traced }) => traced)) + BigInt(ledger.overlap) === total
  const row = (name: string, text: string | Markup, places: string, units: string) =>
    markup`<tr><th scope="row">${name}</th><td>${text}</td><td class="number">${places}</td><td class="number units">${units}</td><td class="number">${coin(units, decimals)}</td></tr>`
  return markup`<section aria-labelledby="s4">
<h2 id="s4"><span class="no">4</span> The ledger of the trace</h2>
${table({
  caption: 'In: what the trace started with',
  columns: ledgerColumns(symbol),
  bodies: [
    row('Sources', 'the amounts traced, as listed in section 5', count(record.seeds.length), ledger.root),
    ...(ledger.drawnIn === '0'
      ? []
      : [row('Drawn in', 'clean value that this rule counts as traced', '', ledger.drawnIn)]),
  ],
  foot: row('Sum in', '', '', String(BigInt(ledger.root) + BigInt(ledger.drawnIn))),
})}
${table({
  caption: 'Out: where it is accounted for, and why there',
  columns: ledgerColumns(symbol),
  bodies: lines.map((line) =>
    row(
      wordsOf(line.status).name,
      reasonOf(record, line.status, line.code),
      line.positions === 0 ? '' : count(line.positions),
      line.amount,
    ),
  ),
  foot: row('Sum out', '', count(positions.length), total.toString()),
})}
<p class="${addsUp ? 'adds-up' : 'adds-up fails'}"><span class="mark" aria-hidden="true">${addsUp ? '✓' : '✗'}</span> ${
    addsUp
      ? markup`<strong>It adds up.</strong> ${amount(record, BigInt(ledger.root) + BigInt(ledger.drawnIn))} in, ${amount(record, total)} out, to the last unit; and the ${count(positions.length)} ends listed in section 5 come to the same sum.`
      : markup`<strong>IT DOES NOT ADD UP.</strong> ${amount(record, BigInt(ledger.root) + BigInt(ledger.drawnIn))} in, ${amount(record, total)} out. Do not use this result.`
  }</p>
<p class="aside">Base units are the smallest units of the asset; one ${symbol} is ${coin(10n ** BigInt(decimals), 0)} base units. All sums were made in whole base units.</p>
${ledger.overlap === '0' ? NOTHING : markup`<p>“Counted once” is value that two sources both name: what one source had already brought to a place is not counted again for another.</p>`}
</section>`
}

function ledgerColumns(symbol: string) {
  return [
    { title: 'Line', width: '15%' },
    { title: 'Reason' },
    { title: 'Places', kind: 'number', width: '9%' },
    { title: 'Base units', kind: 'number', width: '18%' },
    { title: symbol, kind: 'number', width: '21%' },
  ] as const
}

/** The reason of the line: that of its ends where they all have the same, else its code and what it has in common. */
function reasonOf(record: TraceRecord, status: string, code: string): Markup {
  const reasons = new Set(
    record.result.positions
      .filter((position) => position.status === status && position.code === code)
      .map(({ reason }) => reason),
  )
  const [only] = reasons
  const text =
    reasons.size === 1 && only !== undefined
      ? only
      : (CODE_WORDS[code] ?? 'for several reasons, each given in section 5')
  return markup`${prose(text)} <span class="aside">(${code})</span>`
}

const CODE_WORDS: Readonly<Record<string, string>> = {
  fee: 'fees paid to the miners of the blocks',
  'next-not-read': 'moved on in a transaction that the ledger does not hold in full',
  'input-values-unknown': 'moved on in a transaction whose inputs are not all known',
  'values-do-not-add-up': 'moved on in a transaction whose values do not add up in the data',
  'creator-not-in-ledger': 'the paying transaction is not in the imported data',
  'service-tag': 'stopped at a service',
  coinjoin: 'stopped before a transaction taken for a CoinJoin',
  until: 'moved on outside the time window',
  'max-transactions': 'the budget of transactions was used up',
  'budget-hot-address': 'on an address with more transactions than the budget for one address',
  'seeds-overlap': 'other sources had already brought this value to the same place',
}
