/** The sections of a report on account chains: question, rule, flow, links, ledgers, tables. */
import type { AccountDivergence } from '../../accounts/account-divergence.ts'
import type { AccountTraceRecord } from '../../accounts/account-record.ts'
import { accountRules } from '../../accounts/account-rules.ts'
import { sentence } from '../answer-section.ts'
import type { CompanionFile } from '../companion.ts'
import { partPictures } from '../flow-picture.ts'
import { joined, label, type Markup, machine, markup, NOTHING, prose, sourceName } from '../markup.ts'
import { coin, count, counted, entriesInOrder, sumOf, utc } from '../measures.ts'
import { longTable, table } from '../table.ts'
import { statusWords, wordsOf } from '../words.ts'
import type { AccountReportFiles } from './account-files.ts'
import { amountOf, amountsOf, nameOfAsset, shortAsset } from './asset-amounts.ts'

type Ledger = AccountTraceRecord['result']['ledgers'][number]
type Side = AccountTraceRecord['result']['crossings'][number]['source']

/** Of the assets: those that seeds set out in first, then the others. */
export function ledgersInOrder({ result }: AccountTraceRecord): readonly Ledger[] {
  return [...result.ledgers].sort(
    (a, b) => Number(a.root === '0') - Number(b.root === '0') || (a.asset < b.asset ? -1 : 1),
  )
}

export function answerSection(record: AccountTraceRecord): Markup {
  const { seeds, result, rule, asOf } = record
  const labels = [...new Set(seeds.map((seed) => seed.label))].sort()
  const roots = amountsOf(new Map(result.ledgers.map(({ asset, root }) => [asset, BigInt(root)])))
  const drawn = amountsOf(new Map(result.ledgers.map(({ asset, drawnIn }) => [asset, BigInt(drawnIn)])))
  const ends = statusWords.flatMap(({ status, forward }) => {
    const found = result.positions.filter((one) => one.status === status && !isContinued(record, one))
    const sums = new Map<string, bigint>()
    for (const { asset, traced } of found) sums.set(asset, (sums.get(asset) ?? 0n) + BigInt(traced))
    return found.length === 0 ? [] : [markup`${amountsOf(sums)} ${forward} (${counted(found.length, 'place')})`]
  })
  return markup`<section aria-labelledby="s1">
<h2 id="s1"><span class="no">1</span> The question and the answer</h2>
<p class="question">Where did ${roots}, taken from ${counted(labels.length, 'source')}, go, under the rule “${rule.legalName}”, as the ledger stood at block ${asOf.height} of ${utc(asOf.time)}?</p>
<ol class="answer">
<li>${roots} went in from ${joined(labels.slice(0, 5).map(sourceName), ', ')}${labels.length > 5 ? ` and ${counted(labels.length - 5, 'further source')}` : ''}.${drawn === '' ? '' : ` This rule also counts ${drawn} of clean value as traced, because it was mixed in.`} On its way it was converted ${counted(result.conversions.length, 'time')} and crossed to another chain ${counted(result.crossings.length, 'time')}; section 4 gives the proof of each.</li>
<li>In the end ${joined(ends, '; ')}. In every asset what came in is what is accounted for, to the last unit; section 5 adds it up.</li>
<li>This is the answer of the rule “${rule.legalName}”, applied from end to end; another rule can give another result.</li>
</ol>
</section>`
}

export function ruleSection(
  main: AccountTraceRecord,
  divergence: AccountDivergence | null,
  file: CompanionFile | null,
): Markup {
  const { rule } = main
  return markup`<section aria-labelledby="s2">
<h2 id="s2"><span class="no">2</span> The rule</h2>
<dl class="facts">
<div><dt>Legal name</dt><dd><strong>${rule.legalName}</strong></dd></div>
<div><dt>Definition</dt><dd>${rule.definition}</dd></div>
<div><dt>Source</dt><dd>${rule.source}</dd></div>
<div><dt>Identified as</dt><dd>${rule.id}, version ${rule.version}</dd></div>
</dl>
<p>The rule was named before the trace ran and was applied to every payment alike. <strong>Other rules of tracing give other results</strong>; which of them applies is a question of law. ${divergence === null ? 'This report holds one rule only; it does not say how the result would change under another.' : `Below is what each of ${count(divergence.rules.length)} rules gives from the same sources in the same data.`}</p>
${divergence === null || file === null ? NOTHING : comparison(divergence, file)}
</section>`
}

function comparison(divergence: AccountDivergence, file: CompanionFile): Markup {
  const nameOf = (rule: string) => accountRules.find(({ id }) => id === rule)?.legalName ?? ''
  const differing = divergence.ends.filter(({ least, most }) => least !== most)
  return markup`${table({
    caption: 'What each rule gives',
    columns: [{ title: 'Rule' }, { title: 'Ends', kind: 'number', width: '12%' }, { title: 'Adds up', width: '14%' }],
    bodies: divergence.byRule.map(
      ({ rule, ends, balanced }) =>
        markup`<tr><th scope="row">${rule}<br><span class="aside">${nameOf(rule)}</span></th><td class="number">${count(ends)}</td><td>${balanced ? '✓ yes' : '✗ NO'}</td></tr>`,
    ),
  })}
<p>${divergence.agreed.length === 0 ? '' : `The rules that apportion agree at least on ${divergence.agreed.map(({ asset, amount }) => amountOf(asset, amount)).join('; ')}.`} Poison does not apportion and does not count for least and most.</p>
${
  differing.length === 0
    ? markup`<p>These rules give the same at every end.</p>`
    : longTable({
        caption: 'Ends on which the rules differ',
        columns: [
          { title: 'No.', kind: 'number', width: '6%' },
          { title: 'End, and rules' },
          { title: 'Least', width: '22%' },
          { title: 'Most', width: '22%' },
        ],
        rows: differing,
        weight: ({ most }) => BigInt(most),
        file,
        draw: ({ chain, address, asset, status, label: of, least, most, byRule }, number) =>
          markup`<tr><th scope="row" class="number">${number}</th><td>${address === null ? 'nobody' : machine(address)} <span class="aside">${chain}, ${wordsOf(status).name}, ${label(of)}</span><br><span class="aside">${entriesInOrder(
            byRule,
          )
            .map(([rule, units]) => `${rule} ${units}`)
            .join(' · ')}</span></td><td>${amountOf(asset, least)}</td><td>${amountOf(asset, most)}</td></tr>`,
      })
}`
}

export function flowSection(record: AccountTraceRecord, files: AccountReportFiles): Markup {
  const { picture, words, amountsOf: said } = files.drawn
  const parts = partPictures(words, picture, 'f')
  return markup`<section aria-labelledby="s3">
<h2 id="s3"><span class="no">3</span> The flow</h2>
<p>Read from left to right. A card is a source, an address that holds an asset for a while, a conversion, a crossing or an end. Amounts are in the asset of the card. Within one asset the width of a ribbon is proportional to the traced value; an asset into which value was converted or crossed is as wide as what was given for it, at the rate of the first conversion or crossing in this trace that brought it: widths are no prices. Each card has a number; the key below gives what it stands for in full.</p>
${parts.map((part, index) => markup`<figure>${part}<figcaption>${parts.length > 1 ? `Part ${index + 1} of ${parts.length}. ` : ''}Flow under “${record.rule.legalName}”.</figcaption></figure>`)}
<p class="aside">The same picture as a file: <a href="${files.svg.name}">${files.svg.name}</a>.</p>
<h3>Key to the picture</h3>
${table({
  caption: 'What each number in the picture stands for',
  columns: [
    { title: 'No.', kind: 'number', width: '6%' },
    { title: 'What it is', width: '14%' },
    { title: 'In full' },
    { title: 'Amount', width: '26%' },
  ],
  bodies: picture.places.flatMap(({ node, number }) => {
    if (!node) return []
    const many = node.members.length
    const isCrossing = record.result.crossings.some(({ id }) => id === node.id)
    const kinds = {
      source: 'Source',
      transaction: isCrossing ? 'Crossing' : 'Conversion',
      address: 'Address',
      unlinked: 'Link not in the record',
    }
    const what = node.kind === 'end' ? wordsOf(node.status ?? '').name : kinds[node.kind]
    const full =
      many > 1
        ? markup`${count(many)} entries; each is in section 6 or in ${files.flow.name}`
        : markup`${node.kind === 'source' || node.status === 'service' ? label(node.name) : machine(node.name)}${node.address === null || node.address === node.name ? NOTHING : markup`<br>${machine(node.address)}`}${node.reason === '' ? NOTHING : markup`<br><span class="aside">${prose(node.reason)}</span>`}`
    return [
      markup`<tr id="k${number}"><th scope="row" class="number">${number}</th><td>${what}${many > 1 ? ` (${count(many)} together)` : ''}</td><td>${full}</td><td>${said(node)}</td></tr>`,
    ]
  }),
})}
</section>`
}

/** Every statement that joins two assets or two chains, with what proves it; and where no such statement is made. */
export function linksSection({ result }: AccountTraceRecord, files: AccountReportFiles): Markup {
  const { conversions, crossings, bridgeStops, mixers } = result
  return markup`<section aria-labelledby="s4">
<h2 id="s4"><span class="no">4</span> Conversions, crossings and mixers</h2>
<p>Each is a statement with a tier: <em>protocol</em>, the protocol itself says so; <em>fields</em>, its fields agree; <em>amount-time</em> and <em>balance-change</em>, nothing contradicts. A person can reject a crossing by its id (comity bridge reject); the trace then stops there.</p>
<h3>4.1 Conversions</h3>
${
  conversions.length === 0
    ? markup`<p>None.</p>`
    : longTable({
        caption: 'Conversions that traced value went through',
        columns: [
          { title: 'No.', kind: 'number', width: '6%' },
          { title: 'Transaction, and what says so' },
          { title: 'Given', width: '24%' },
          { title: 'Received', width: '24%' },
        ],
        rows: conversions,
        weight: () => 0n,
        file: files.conversions,
        draw: ({ id, chain, txid, kind, decoder, tier, logs, given, received }, number) =>
          markup`<tr><th scope="row" class="number">${number}</th><td><strong>${kind}</strong> on ${chain}<br>${machine(txid)}<br><span class="aside">${decoder}, ${tier}; ${logs.length === 0 ? 'no log: the balances of the transaction' : `${logs.length === 1 ? 'log' : 'logs'} ${logs.join(', ')}`}; id</span> ${machine(id)}</td><td>${legs(given)}</td><td>${legs(received)}</td></tr>`,
      })
}
<h3>4.2 Crossings</h3>
${
  crossings.length === 0
    ? markup`<p>None.</p>`
    : longTable({
        caption: 'Bridge transfers that traced value went through',
        columns: [
          { title: 'No.', kind: 'number', width: '6%' },
          { title: 'The two ends' },
          { title: 'What agrees', width: '40%' },
        ],
        rows: crossings,
        weight: () => 0n,
        file: files.crossings,
        draw: ({ id, bridge, tier, source, destination, evidence, candidates, continued }, number) =>
          markup`<tr><th scope="row" class="number">${number}</th><td><strong>${label(bridge)}</strong>, ${tier}<br>from ${side(source)}<br>to ${side(destination)}<br><span class="aside">${continued ? 'followed on there' : 'not followed there: its data is not here'}; link</span> ${machine(id)}</td><td>${entriesInOrder(evidence).map(([field, fact]) => markup`${field}: ${fact}<br>`)}<span class="aside">${candidates.length === 0 ? 'no other destination fits' : `${counted(candidates.length, 'other destination')} could fit; in ${files.crossings.name}`}</span></td></tr>`,
      })
}
<h3>4.3 Bridges to no known destination</h3>
${
  bridgeStops.length === 0
    ? markup`<p>None.</p>`
    : table({
        caption: 'Value that was sent into a bridge, where the trace stops',
        columns: [
          { title: 'Sent' },
          { title: 'Why no link is made', width: '34%' },
          { title: 'Candidates', kind: 'number', width: '14%' },
        ],
        bodies: bridgeStops.map(
          ({ bridge, reason, source, candidates }) =>
            markup`<tr><th scope="row">${label(bridge)}: ${side(source)}</th><td>${sentence(reason)}</td><td class="number">${count(candidates.length)}</td></tr>`,
        ),
      })
}
<h3>4.4 Mixers</h3>
${
  mixers.length === 0
    ? markup`<p>None.</p>`
    : markup`<p>Value that enters a mixer is not attributed further. The withdrawals below could be it; none of them is proof.</p>${mixers.map(
        ({ chain, pool, txid, decoder, candidates }) =>
          table({
            caption: `Deposit ${txid.slice(0, 12)}… on ${chain}: ${counted(candidates.length, 'candidate')}, the first ${Math.min(candidates.length, 20)} shown`,
            columns: [{ title: 'Withdrawal, and to whom' }, { title: 'Why', width: '40%' }],
            bodies: [
              markup`<tr><td colspan="2">pool ${machine(pool)} (${decoder}), deposit ${machine(txid)}</td></tr>`,
              ...candidates
                .slice(0, 20)
                .map(
                  (one) =>
                    markup`<tr><td>${machine(one.txid)}${one.recipient === null ? NOTHING : markup`<br>${machine(one.recipient)}`}</td><td>${one.why}</td></tr>`,
                ),
            ],
          }),
      )}<p class="aside">All of them: <a href="${files.mixers.name}">${files.mixers.name}</a>.</p>`
}
</section>`
}

function legs(all: readonly { readonly asset: string; readonly amount: string; readonly holder: string }[]): Markup {
  return markup`${all.map(({ asset, amount, holder }, at) => markup`${at === 0 ? NOTHING : markup`<br>`}${amountOf(asset, amount)}<br><span class="aside">by</span> ${machine(holder)}`)}`
}

function side({ chain, txid, logIndex, asset, amount, time }: Side): Markup {
  return markup`${chain}, ${asset.includes('/') ? amountOf(asset, amount) : `${amount} ${asset}`}, ${utc(time)}<br>${machine(txid)} <span class="aside">${logIndex === null ? '' : `log ${logIndex}`}</span>`
}

export function ledgerSection(record: AccountTraceRecord): Markup {
  return markup`<section aria-labelledby="s5">
<h2 id="s5"><span class="no">5</span> The ledger of the trace</h2>
<p>One for each asset. What is converted or crossed leaves the one and enters the other.</p>
${ledgerTables(record)}
</section>`
}

/** One for each asset, each added up again. */
export function ledgerTables(record: AccountTraceRecord): Markup {
  const total = (ledger: Ledger) => sumOf([ledger.root, ledger.drawnIn, ledger.convertedIn, ledger.crossedIn])
  const out = (ledger: Ledger) =>
    sumOf(record.result.positions.filter(({ asset }) => asset === ledger.asset).map(({ traced }) => traced))
  return joined(
    ledgersInOrder(record).map((ledger) => {
      const name = nameOfAsset(ledger.asset)
      const row = (text: string, why: string, units: string | bigint) =>
        markup`<tr><th scope="row">${text}</th><td>${why}</td><td class="number units">${String(units)}</td><td class="number">${name ? coin(units, name.decimals) : '–'}</td></tr>`
      const cameIn = [
        ['Sources', 'the amounts traced', ledger.root],
        ['Drawn in', 'clean value that this rule counts as traced', ledger.drawnIn],
        ['Converted in', 'received for what was given in other assets', ledger.convertedIn],
        ['Crossed in', 'came out of a bridge', ledger.crossedIn],
      ] as const
      // Added up again here: the mark does not repeat what the record says of itself.
      const addsUp = total(ledger) === out(ledger) && out(ledger) === BigInt(ledger.sum)
      return markup`${table({
        caption: `${shortAsset(ledger.asset)} (${ledger.asset})`,
        columns: [
          { title: 'Line', width: '18%' },
          { title: 'Reason' },
          { title: 'Base units', kind: 'number', width: '26%' },
          { title: name?.symbol ?? 'Decimals not known', kind: 'number', width: '24%' },
        ],
        bodies: [
          ...cameIn
            .filter(([, , units]) => units !== '0')
            .map(([text, why, units]) => row(`In: ${text.toLowerCase()}`, why, units)),
          ...ledger.lines.map(({ status, code, amount, positions }) =>
            row(`Out: ${wordsOf(status).name.toLowerCase()}`, `${code}, ${counted(positions, 'place')}`, amount),
          ),
        ],
        foot: row('Sum', '', ledger.sum),
      })}
<p class="${addsUp ? 'adds-up' : 'adds-up fails'}"><span class="mark" aria-hidden="true">${addsUp ? '✓' : '✗'}</span> ${addsUp ? markup`<strong>It adds up</strong>, to the last unit.` : markup`<strong>IT DOES NOT ADD UP.</strong> Do not use this result.`}</p>`
    }),
    '\n',
  )
}

export function tablesSection(record: AccountTraceRecord, files: AccountReportFiles): Markup {
  const { result, seeds } = record
  return markup`<section aria-labelledby="s6">
<h2 id="s6"><span class="no">6</span> The complete tables</h2>
<h3>6.1 Sources</h3>
${longTable({
  caption: 'Sources',
  columns: [
    { title: 'No.', kind: 'number', width: '6%' },
    { title: 'Source, address or payment' },
    { title: 'Traced', width: '30%' },
  ],
  rows: seeds,
  weight: ({ sent }) => sumOf(sent.map(({ amount }) => amount)),
  file: files.seeds,
  draw: ({ label: of, address, move, sent, rests }, number) =>
    markup`<tr><th scope="row" class="number">${number}</th><td><strong>${sourceName(of)}</strong><br>${machine(address ?? `${move?.txid}#${move?.place}`)}</td><td>${[...sent, ...rests].map(({ asset, amount }) => markup`${amountOf(asset, amount)}<br>`)}</td></tr>`,
})}
<h3>6.2 Ends: where the value is</h3>
${endsTable(record, files.positions)}
<h3>6.3 Every payment of the flow</h3>
${longTable({
  caption: 'Payments, in the order in which they were applied',
  columns: [
    { title: 'No.', kind: 'number', width: '6%' },
    { title: 'Transaction and place; from, to' },
    { title: 'Traced', width: '28%' },
  ],
  rows: result.flow,
  weight: ({ traced }) => BigInt(traced),
  file: files.flow,
  draw: ({ chain, txid, place, kind, asset, height, time, from, to, traced, hops }, number) =>
    markup`<tr><th scope="row" class="number">${number}</th><td>${machine(`${txid}#${place}`)}<br><span class="side">from</span> ${from === null ? 'nobody' : machine(from)}<br><span class="side">to</span> ${to === null ? 'nobody' : machine(to)}<br><span class="aside">${kind}; ${chain}, block ${height}, ${utc(time)}; ${counted(Math.max(hops, 0), 'hop')}</span></td><td>${amountOf(asset, traced)}</td></tr>`,
})}
<p class="aside">Which source lies where: <a href="${files.split.name}">${files.split.name}</a>.</p>
</section>`
}

export function endsTable({ result }: AccountTraceRecord, file: CompanionFile): Markup {
  return longTable({
    caption: 'Ends',
    columns: [
      { title: 'No.', kind: 'number', width: '6%' },
      { title: 'Address, and why the trace ends there' },
      { title: 'Status', width: '13%' },
      { title: 'Traced', width: '26%' },
    ],
    rows: result.positions,
    weight: ({ traced }) => BigInt(traced),
    file,
    draw: ({ chain, address, reason, code, hops, height, time, status, asset, traced, label: of }, number) =>
      markup`<tr><th scope="row" class="number">${number}</th><td>${address === null ? 'nobody' : machine(address)} <span class="aside">${chain}; ${label(of)}</span><br>${prose(sentence(reason))} <span class="aside">(${code}; ${counted(hops, 'hop')}${height === null ? '' : `; block ${height}, ${utc(time)}`})</span></td><td>${status === 'converted' ? 'Converted' : wordsOf(status).name}</td><td>${amountOf(asset, traced)}<br><span class="aside units">${traced} base units</span></td></tr>`,
  })
}

/** A crossing that was followed on is no end. */
function isContinued(
  { result }: AccountTraceRecord,
  { status, reference }: { status: string; reference: string | null },
): boolean {
  return status === 'crossed' && result.crossings.some(({ id, continued }) => id === reference && continued)
}
