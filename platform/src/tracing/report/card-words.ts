/** What is written on the cards of a picture: short forms that fit; the full form is in the title and in the key. */
import type { TraceRecord } from '../record.ts'
import type { Card, Picture, PicturePart } from './flow-layout.ts'
import { coin, coinOf, count, counted, shortId, utc } from './measures.ts'
import type { PictureWords } from './picture-words.ts'
import { visible } from './plain-text.ts'
import { isBackward, statusWords, wordsOf } from './words.ts'

export function wordsOfRecord(record: TraceRecord): PictureWords {
  return {
    say: (picture, index) => saying(record, picture, index),
    subtitle: `${record.rule.legalName}. As of block ${record.asOf.height}, ${utc(record.asOf.time)}. Amounts in ${record.asset.symbol}.`,
    digest: record.digest,
    amountOn: (card) => coin(card.amount, record.asset.decimals),
    onCard: (picture, part, card) => wordsOnCard(record, picture, part, card),
    titleOf: (card) => titleOf(record, card),
    ribbonTitle: ({ amount }) => coinOf(record, amount),
  }
}

function saying(record: TraceRecord, picture: Picture, index: number | null): { title: string; description: string } {
  const { ledger, flow } = record.result
  const part = index !== null && picture.parts.length > 1 ? `, part ${index + 1} of ${picture.parts.length}` : ''
  const ends = statusWords
    .map(({ status, name }) => ({
      name,
      amount: picture.places.reduce(
        (sum, { node }) => (node?.kind === 'end' && node.status === status ? sum + node.amount : sum),
        0n,
      ),
    }))
    .filter(({ amount }) => amount > 0n)
    .map(({ name, amount }) => `${name.toLowerCase()} ${coinOf(record, amount)}`)
  return {
    title: `Flow of ${coinOf(record, ledger.root)} under the rule ${record.rule.legalName}${part}`,
    description: `Read from left to right${isBackward(record) ? ', back in time' : ''}. ${counted(flow.length, 'transaction')}. It ends as: ${ends.join('; ')}. The numbers on the cards are those of the key below the picture, which holds the same as text.`,
  }
}

/** Second and third line of a card; the first is its amount. */
function wordsOnCard(record: TraceRecord, picture: Picture, part: PicturePart, card: Card): readonly [string, string] {
  const { node, laneTo } = card
  const onward = card.goesOn ? `goes on in part ${picture.parts.indexOf(part) + 2}` : ''
  if (!node) {
    const target = picture.places.find(({ id }) => id === laneTo)
    return [target ? `on to No. ${target.number}` : 'on to several', onward]
  }
  const many = node.members.length
  if (node.kind === 'source')
    return many > 1
      ? [counted(many, 'source'), 'further, together']
      : [shortLabel(node.name), isBackward(record) ? 'traced back from here' : 'source']
  if (node.kind === 'end') {
    if (node.status === 'fee') return ['Fee', many > 1 ? `of ${count(many)} transactions` : 'to the miner']
    return [
      wordsOf(node.status ?? '').name,
      many > 1
        ? counted(many, 'output')
        : node.address === null
          ? shortId(node.name)
          : (node.tag ?? shortForm(node.address)),
    ]
  }
  if (node.kind === 'address')
    return [many > 1 ? `${count(many)} addresses` : shortForm(node.name), onward || 'holds for a while']
  if (node.kind === 'unlinked') return ['Not linked', 'see the key']
  if (many > 1)
    return [counted(many, 'transaction'), onward || (node.id.endsWith('onward') ? 'all later steps' : 'put together')]
  return [
    `tx ${shortId(node.name)}`,
    onward || (node.time === null ? `block ${node.height ?? ''}` : utc(node.time).slice(0, 16)),
  ]
}

function titleOf(record: TraceRecord, { node, amount, number }: Card): string {
  if (!node) return `${coinOf(record, amount)} passes through`
  if (node.members.length > 1)
    return `No. ${number}: ${counted(node.members.length, 'entry', 'entries')} put together, ${coinOf(record, amount)}; all of them are in the tables`
  return `No. ${number}: ${node.name}${node.address === null || node.address === node.name ? '' : `, ${node.address}`}, ${coinOf(record, amount)}${node.reason === '' ? '' : `; ${node.reason}`}`
}

/** A source without a name of its own is called by its output. */
function shortLabel(label: string): string {
  return /^[0-9a-f]{64}(?::[0-9]+)?$/.test(label) ? `${label.slice(0, 10)}…${label.slice(64)}` : label
}

export function shortForm(text: string): string {
  return text.length > 20 ? `${text.slice(0, 9)}…${text.slice(-6)}` : text
}

/** Text that fits, by the widest letters of common fonts; the full text is in the title and in the key. */
export function fitted(text: string, room: number, size: number): string {
  const chars = [...visible(text)]
  let width = 0
  for (let at = 0; at < chars.length; at++) {
    width += widthOf(chars[at] ?? '') * size
    if (width > room) {
      const kept: string[] = []
      let used = 0.8 * size
      for (const char of chars) {
        used += widthOf(char) * size
        if (used > room) break
        kept.push(char)
      }
      return `${kept.join('')}…`
    }
  }
  return chars.join('')
}

function widthOf(char: string): number {
  if (/[ijlI1.,:;'|!]/.test(char)) return 0.42
  if (/[mwMW@%—…⟨⟩]/.test(char)) return 1
  if (/[A-Z]/.test(char)) return 0.75
  return (char.codePointAt(0) ?? 0) > 0x24f ? 1.05 : 0.64
}
