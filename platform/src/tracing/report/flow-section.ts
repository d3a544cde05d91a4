/** The picture of the flow, and its key: what each numbered card stands for, in full. */
import type { TraceRecord } from '../record.ts'
import { amount } from './answer-section.ts'
import { wordsOfRecord } from './card-words.ts'
import type { Picture, Place } from './flow-layout.ts'
import { partPictures } from './flow-picture.ts'
import { type Markup, machine, markup, NOTHING, prose, sourceName } from './markup.ts'
import { coin, count, counted, sumOf, utc } from './measures.ts'
import type { FileNames } from './report-files.ts'
import { table, whereListed } from './table.ts'
import { isBackward, wordsOf } from './words.ts'

const MEMBERS_NAMED = 12

export function flowSection(record: TraceRecord, picture: Picture, names: FileNames): Markup {
  const parts = partPictures(wordsOfRecord(record), picture, 'f')
  const merged = picture.places.filter(({ node }) => (node?.members.length ?? 0) > 1)
  return markup`<section aria-labelledby="s3">
<h2 id="s3"><span class="no">3</span> The flow</h2>
<p>Read from left to right${isBackward(record) ? ', which is back in time' : ''}. The width of a ribbon is proportional to the traced value${
    picture.parts.length > 1 ? '; one scale holds for all parts' : ''
  }. A card is an output, a source or a transaction; a transaction stands to the right of everything that feeds it. Amounts are in ${record.asset.symbol}, with all decimals. Each card has a number; the key below the picture gives what it stands for in full.${
    merged.length === 0 ? '' : ` ${sentenceOnMerging(record, merged, names)}`
  }</p>
${parts.map(
  (part, index) =>
    markup`<figure>${part}<figcaption>${parts.length > 1 ? `Part ${index + 1} of ${parts.length}. ` : ''}Flow of ${amount(record, record.result.ledger.root)} under “${record.rule.legalName}”.</figcaption></figure>`,
)}
<p class="aside">The same picture as a file: <a href="${names.flowPicture}">${names.flowPicture}</a>.</p>
<h3>Key to the picture</h3>
${table({
  caption: 'What each number in the picture stands for',
  columns: [
    { title: 'No.', kind: 'number', width: '6%' },
    { title: 'What it is', width: '13%' },
    { title: 'In full' },
    { title: `Amount (${record.asset.symbol})`, kind: 'number', width: '19%' },
  ],
  bodies: picture.places.filter(({ node }) => node !== null).map((place) => keyRow(record, place, names)),
})}
</section>`
}

function sentenceOnMerging(record: TraceRecord, merged: readonly Place[], names: FileNames): string {
  const together = merged.reduce((sum, { node }) => sum + (node?.members.length ?? 0), 0)
  return `To stay legible the picture puts ${count(together)} entries together on ${counted(merged.length, 'card')}, with their number and sum; each is by itself in ${whereListed(record, 'sources', names.seedsTable)}, ${whereListed(record, 'ends', names.positionsTable)} and ${whereListed(record, 'transactions', names.flowTable)}.`
}

function keyRow(record: TraceRecord, { node, number, amount: units }: Place, names: FileNames): Markup {
  if (!node) return NOTHING
  const many = node.members.length
  const hops =
    node.hops === null || node.kind === 'source' || many > 1
      ? ''
      : `${counted(node.hops, 'hop')} from the nearest source`
  const block = node.height === null || many > 1 ? '' : `block ${node.height}, ${utc(node.time)}`
  const facts = [hops, block].filter((text) => text !== '').join('; ')
  const what =
    node.kind === 'end'
      ? wordsOf(node.status ?? '').name
      : { source: 'Source', transaction: 'Transaction', address: 'Address', unlinked: 'Link not in the record' }[
          node.kind
        ]
  return markup`<tr id="k${number}"><th scope="row" class="number">${number}</th><td>${what}${many > 1 ? ` (${count(many)} together)` : ''}</td><td>${
    many > 1
      ? groupText(record, node.members, names)
      : markup`${node.kind === 'source' ? sourceName(node.name) : machine(node.name)}${node.address === null || node.address === node.name ? NOTHING : markup`<br>${machine(node.address)}`}`
  }${facts === '' ? NOTHING : markup`<br><span class="aside">${facts}</span>`}${many > 1 || node.reason === '' ? NOTHING : markup`<br><span class="aside">${prose(node.reason)}</span>`}</td><td class="number">${coin(units, record.asset.decimals)}</td></tr>`
}

function groupText(
  record: TraceRecord,
  members: readonly { kind: string; name: string; amount: bigint }[],
  names: FileNames,
): Markup {
  const kind = members[0]?.kind ?? ''
  const what =
    kind === 'source' ? 'sources' : kind === 'end' ? 'ends' : kind === 'address' ? 'addresses' : 'transactions'
  const place =
    kind === 'source'
      ? whereListed(record, 'sources', names.seedsTable)
      : kind === 'end'
        ? whereListed(record, 'ends', names.positionsTable)
        : whereListed(record, 'transactions', names.flowTable)
  const sum =
    kind === 'source' || kind === 'end'
      ? markup`, together ${amount(record, sumOf(members.map((member) => member.amount)))}`
      : NOTHING
  if (members.length > MEMBERS_NAMED) return markup`${count(members.length)} ${what}${sum}. Each is in ${place}.`
  return markup`${members.map((member, index) => markup`${index === 0 ? NOTHING : markup`<br>`}${kind === 'source' ? sourceName(member.name) : machine(member.name)}`)}`
}
