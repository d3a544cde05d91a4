/** The complete tables: sources, ends, every step, who is where, annotations and tags. */
import type { Annotation } from '../annotate.ts'
import type { RecordFlowStep, RecordPosition, RecordSeed, TraceRecord } from '../record.ts'
import { amount, labelsOf, sentence } from './answer-section.ts'
import { label, type Markup, machine, markup, NOTHING, prose } from './markup.ts'
import { coin, count, counted, entriesInOrder, slotKeyOf, sumOf, utc } from './measures.ts'
import type { ReportFiles } from './report-files.ts'
import type { ReportSubject, ReportTag } from './report-input.ts'
import { longTable, table } from './table.ts'
import { knownWords, wordsOf } from './words.ts'

export function tablesSection({ main, tags }: ReportSubject, files: ReportFiles): Markup {
  return markup`<section aria-labelledby="s5">
<h2 id="s5"><span class="no">5</span> The complete tables</h2>
<h3>5.1 Sources</h3>
${sources(main, files)}
<h3>5.2 Ends: where the value is</h3>
${ends(main, files)}
<h3>5.3 Every step of the flow</h3>
${steps(main, files)}
<h3>5.4 Which source lies where</h3>
${split(main, files)}
<h3>5.5 Annotations</h3>
${annotations(main, files)}
<h3>5.6 Tags</h3>
${tagsUsed(main, tags)}
</section>`
}

function sources(record: TraceRecord, files: ReportFiles): Markup {
  const { decimals, symbol } = record.asset
  const claimed = record.seeds.filter((seed) => seed.claimed !== null)
  const difference = sumOf(claimed.map((seed) => seed.claimed ?? '0')) - sumOf(claimed.map((seed) => seed.amount))
  const said =
    claimed.length === 0
      ? 'No document with claimed amounts was given.'
      : `${counted(claimed.length, 'output')} came with a claimed amount; the claims are together ${difference === 0n ? 'equal to what is traced' : `${coin(difference < 0n ? -difference : difference, decimals)} ${symbol} ${difference > 0n ? 'more' : 'less'} than what is traced`}.`
  return markup`<p>${counted(labelsOf(record).length, 'source')} in ${counted(record.seeds.length, 'output')}. ${said}</p>
${longTable({
  caption: 'Sources',
  columns: [
    { title: 'No.', kind: 'number', width: '6%' },
    { title: 'Source, output, address' },
    { title: `Claimed (${symbol})`, kind: 'number', width: '18%' },
    { title: `Traced (${symbol})`, kind: 'number', width: '18%' },
  ],
  rows: record.seeds,
  weight: (seed) => BigInt(seed.amount),
  file: files.seeds,
  draw: (seed: RecordSeed, number) => {
    const differs = seed.claimed !== null && seed.claimed !== seed.amount
    return markup`<tr><th scope="row" class="number">${number}</th><td>${seed.label === `${seed.txid}:${seed.vout}` ? NOTHING : markup`<strong>${label(seed.label)}</strong><br>`}${machine(`${seed.txid}${seed.vout === null ? '' : `:${seed.vout}`}`)}${
      seed.address === null ? NOTHING : markup`<br>${machine(seed.address)}`
    }<br><span class="aside">${knownWords[seed.known] ?? seed.known}${seed.value === null || seed.value === seed.amount ? '' : `; the whole output is worth ${coin(seed.value, decimals)} ${symbol}`}</span></td><td class="number">${
      seed.claimed === null ? '–' : coin(seed.claimed, decimals)
    }${differs ? markup`<br><span class="aside">differs</span>` : NOTHING}</td><td class="number">${coin(seed.amount, decimals)}</td></tr>`
  },
})}`
}

function ends(record: TraceRecord, files: ReportFiles): Markup {
  const { decimals, symbol } = record.asset
  return longTable({
    caption: 'Ends',
    columns: [
      { title: 'No.', kind: 'number', width: '6%' },
      { title: 'Output, address, and why the trace ends there' },
      { title: 'Status', width: '12%' },
      { title: `Traced (${symbol})`, kind: 'number', width: '19%' },
    ],
    rows: record.result.positions,
    weight: (position) => BigInt(position.traced),
    file: files.positions,
    draw: (position: RecordPosition, number) =>
      markup`<tr><th scope="row" class="number">${number}</th><td>${machine(slotKeyOf(position))}${position.address === null ? NOTHING : markup`<br>${machine(position.address)}`}<br>${prose(sentence(position.reason))} <span class="aside">(${position.code}; ${counted(position.hops, 'hop')}${
        position.height === null ? '' : `; block ${position.height}, ${utc(position.time)}`
      })</span></td><td>${wordsOf(position.status).name}</td><td class="number">${coin(position.traced, decimals)}${
        position.traced === position.amount
          ? NOTHING
          : markup`<br><span class="aside">of ${coin(position.amount, decimals)}</span>`
      }<br><span class="aside units">${position.traced} base units</span></td></tr>`,
  })
}

function steps(record: TraceRecord, files: ReportFiles): Markup {
  const { decimals, symbol } = record.asset
  if (record.result.flow.length === 0)
    return markup`<p>The traced value passed through no transaction: it is still where it was.</p>`
  return longTable({
    caption: 'Steps, in the order of the chain',
    columns: [
      { title: 'No.', kind: 'number', width: '6%' },
      { title: 'Transaction; taken from, and given to', kind: 'text' },
      { title: `Traced (${symbol})`, kind: 'number', width: '19%' },
    ],
    rows: record.result.flow,
    weight: (step) => sumOf(step.from.map(({ traced }) => traced)),
    file: files.flow,
    draw: (step: RecordFlowStep, number) => {
      const line = (side: string, key: string, address: string | null, units: string) =>
        markup`<tr class="sub"><td><span class="side">${side}</span> ${machine(key)}${address === null ? NOTHING : markup`<br><span class="side"></span> ${machine(address)}`}</td><td class="number">${coin(units, decimals)}</td></tr>`
      return markup`<tbody class="group"><tr><th scope="rowgroup" class="number" rowspan="${1 + step.from.length + step.to.length}">${number}</th><td colspan="2" class="end"><strong>${machine(step.txid)}</strong><br><span class="aside">${counted(step.hops, 'hop')}; block ${step.height}, ${utc(step.time)}</span></td></tr>${step.from.map(
        ({ key, traced }) => line('from', key, null, traced),
      )}${step.to.map(({ key, address, traced }) => line('to', key, address, traced))}</tbody>`
    },
  })
}

function split(record: TraceRecord, files: ReportFiles): Markup {
  const { decimals, symbol } = record.asset
  if (labelsOf(record).length < 2) return markup`<p>There is one source; everything in 5.2 is its value.</p>`
  const rows = record.result.positions.flatMap((position, index) =>
    entriesInOrder(position.bySeed).map(([source, units]) => ({ position, end: index + 1, source, units })),
  )
  const note =
    record.rule.id === 'poison'
      ? markup`<p>Poison does not apportion: each source that reached an end may claim all of it, so that these amounts can add up to more than the end holds.</p>`
      : NOTHING
  return markup`${note}${longTable({
    caption: 'Source by end',
    columns: [
      { title: 'End no.', kind: 'number', width: '8%' },
      { title: 'End' },
      { title: 'Source', width: '30%' },
      { title: `Amount (${symbol})`, kind: 'number', width: '19%' },
    ],
    rows,
    weight: ({ units }) => BigInt(units),
    file: files.split,
    draw: ({ position, end, source, units }) =>
      markup`<tr><th scope="row" class="number">${end}</th><td>${machine(slotKeyOf(position))}<br><span class="aside">${wordsOf(position.status).name}</span></td><td>${/^[0-9a-f]{64}/.test(source) ? machine(source) : label(source)}</td><td class="number">${coin(units, decimals)}</td></tr>`,
  })}`
}

function annotations(record: TraceRecord, files: ReportFiles): Markup {
  const found = record.result.annotations
  const lead = markup`<p>What published rules for CoinJoins, change and peeling chains say of these transactions. They are opinions with a source. <strong>They change no amount</strong>${
    record.parameters.stopAtCoinJoin.length === 0
      ? '.'
      : ', except that this trace stops before a transaction that the rules named among the parameters take for a CoinJoin.'
  }</p>`
  if (found.length === 0) return markup`${lead}<p>None of these rules matches a transaction of this trace.</p>`
  return markup`${lead}${longTable({
    caption: 'Annotations that match',
    columns: [
      { title: 'No.', kind: 'number', width: '6%' },
      { title: 'Finding' },
      { title: 'Confidence', width: '17%' },
    ],
    rows: found,
    weight: ({ confidence }) => BigInt(Math.round(confidence ?? 0)),
    file: files.annotations,
    draw: annotation,
  })}`
}

function annotation(found: Annotation, number: number): Markup {
  const { txid, kind, rule, version, reason, candidates, confidence, confidenceNote, questions, source } = found
  return markup`<tr><th scope="row" class="number">${number}</th><td><strong>${KIND_WORDS[kind] ?? kind}</strong>, rule ${rule}, version ${version}<br>${machine(txid)}<br>${prose(sentence(reason))}${
    candidates === null || candidates.length === 0
      ? NOTHING
      : markup` Possible change: ${candidates.length === 1 ? 'output' : 'outputs'} ${candidates.join(', ')}.`
  }${questions.length === 0 ? NOTHING : markup`<br><span class="questions">${questions.map(({ question, answer }, index) => markup`${index === 0 ? NOTHING : markup` · `}${question} <strong>${answer}</strong>`)}</span><br>`}<span class="aside">${source}</span></td><td>${
    confidence === null
      ? 'none published'
      : markup`${confidence} of 100<br><span class="aside">${confidenceNote ?? ''}</span>`
  }</td></tr>`
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  coinjoin: 'CoinJoin',
  premix: 'Preparation for mixing',
  veto: 'Doubt about CoinJoin rules',
  change: 'Change',
  chain: 'Peeling chain',
}

function tagsUsed(record: TraceRecord, tags: readonly ReportTag[]): Markup {
  const set = record.tagSet
  const service = record.result.positions.filter(({ status }) => status === 'service')
  const said =
    set === null
      ? 'Tags were not asked: this trace did not stop at services.'
      : markup`The trace stopped at service tags from a set of ${counted(set.tags, 'tag')}, SHA-256 ${machine(set.digest)}, of confidence ${record.parameters.minConfidence} or more.`
  const stops =
    set === null
      ? NOTHING
      : service.length === 0
        ? markup` No end carries a service tag.`
        : markup` ${counted(service.length, 'end')} at services: ${amount(record, sumOf(service.map(({ traced }) => traced)))}; the tag of each is in its reason in 5.2.`
  if (tags.length === 0) return markup`<p>${said}${stops}</p>`
  const sorted = [...tags].sort((a, b) =>
    a.address < b.address ? -1 : a.address > b.address ? 1 : a.label < b.label ? -1 : 1,
  )
  return markup`<p>${said}${stops} The ${counted(tags.length, 'tag')} below ${tags.length === 1 ? 'was' : 'were'} given to this report for addresses in it.</p>
${table({
  caption: `Tags: all ${count(tags.length)} rows`,
  columns: [
    { title: 'Address' },
    { title: 'Label' },
    { title: 'Category' },
    { title: 'Confidence' },
    { title: 'Source' },
  ],
  bodies: sorted.map(
    ({ address, label: text, category, confidence, source }) =>
      markup`<tr><th scope="row">${machine(address)}</th><td>${label(text)}</td><td>${label(category)}</td><td>${confidence}</td><td>${label(source)}</td></tr>`,
  ),
})}`
}
