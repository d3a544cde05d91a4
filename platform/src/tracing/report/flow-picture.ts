/**
 * The picture of a flow as SVG: no script, no colour that carries meaning by itself. Ends differ by outline, by the
 * pattern of their left edge and by their words.
 */
import type { TraceRecord } from '../record.ts'
import type { Card, Picture, PicturePart, Ribbon } from './flow-layout.ts'
import { CARD_WIDTH, PICTURE_WIDTH } from './flow-layout.ts'
import { joined, type Markup, markup, NOTHING } from './markup.ts'
import { coin, coinOf, count, counted, shortId, utc } from './measures.ts'
import { visible } from './plain-text.ts'
import { type EndStatus, isBackward, statusWords, wordsOf } from './words.ts'

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
const LEGEND_HEIGHT = 66
const INK = '#1b1f24'
const SOFT = '#4a5260'

/** One part of the picture, to stand within a page. `prefix` keeps its ids apart from those of other pictures there. */
export function partPicture(record: TraceRecord, picture: Picture, index: number, prefix: string): Markup {
  const part = picture.parts[index]
  if (!part) return NOTHING
  const legend = legendOf(picture, prefix)
  const height = Math.ceil(part.height) + 20 + legend.height
  const { title, description } = saying(record, picture, index)
  return markup`<svg class="flow" role="img" aria-labelledby="${prefix}-title ${prefix}-desc" viewBox="-2 -6 ${PICTURE_WIDTH + 4} ${height}" width="${PICTURE_WIDTH + 4}" height="${height}" xmlns="http://www.w3.org/2000/svg" font-family="${FONT}">
<title id="${prefix}-title">${title}</title>
<desc id="${prefix}-desc">${description}</desc>
${patterns(prefix)}
${drawPart(record, picture, part, prefix)}
<g transform="translate(0 ${Math.ceil(part.height) + 16})">${legend.drawing}</g>
</svg>`
}

/** The whole picture as a file of its own. */
export function wholePicture(record: TraceRecord, picture: Picture, caption: string): string {
  const legend = legendOf(picture, 'p')
  let y = 64
  const parts: Markup[] = []
  picture.parts.forEach((part, index) => {
    if (picture.parts.length > 1) {
      parts.push(
        markup`<text x="0" y="${y + 4}" font-size="11" font-weight="600" fill="${INK}">Part ${index + 1} of ${picture.parts.length}</text>`,
      )
      y += 20
    }
    parts.push(markup`<g transform="translate(0 ${y})">${drawPart(record, picture, part, 'p')}</g>`)
    y += Math.ceil(part.height) + 32
  })
  const height = y + legend.height
  const { title, description } = saying(record, picture, null)
  return `<?xml version="1.0" encoding="UTF-8"?>
${
  markup`<svg role="img" aria-labelledby="p-title p-desc" viewBox="-20 -12 ${PICTURE_WIDTH + 40} ${height + 24}" width="${PICTURE_WIDTH + 40}" height="${height + 24}" xmlns="http://www.w3.org/2000/svg" font-family="${FONT}">
<title id="p-title">${title}</title>
<desc id="p-desc">${description}</desc>
<rect x="-20" y="-12" width="${PICTURE_WIDTH + 40}" height="${height + 24}" fill="#ffffff"/>
${patterns('p')}
<text x="0" y="12" font-size="15" font-weight="600" fill="${INK}">${fitted(caption, PICTURE_WIDTH, 15)}</text>
<text x="0" y="30" font-size="10.5" fill="${SOFT}">${fitted(`${record.rule.legalName}. As of block ${record.asOf.height}, ${utc(record.asOf.time)}. Amounts in ${record.asset.symbol}.`, PICTURE_WIDTH, 10.5)}</text>
<text x="0" y="46" font-size="9" fill="${SOFT}">Record ${fitted(record.digest, PICTURE_WIDTH - 50, 9)}</text>
${parts}
<g transform="translate(0 ${y})">${legend.drawing}</g>
</svg>`.source
}
`
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

function drawPart(record: TraceRecord, picture: Picture, part: PicturePart, prefix: string): Markup {
  const statusById = new Map(picture.places.map(({ id, node }) => [id, node?.status ?? null]))
  return markup`<g fill="none">${part.ribbons.map((ribbon) => drawRibbon(record, ribbon, statusById.get(ribbon.to) ?? null))}</g>
${part.cards.map((card) => (card.isLane ? drawLane(card) : drawCard(record, picture, part, card, prefix)))}`
}

function drawRibbon(record: TraceRecord, { x1, y1, x2, y2, width, amount }: Ribbon, status: EndStatus | null): Markup {
  const bend = (x2 - x1) / 2
  const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`
  const gap = status === 'data-ends' || status === 'not-followed'
  return markup`<path d="${path}" stroke="${gap ? '#b9c2ce' : '#8b9bb0'}" stroke-opacity="0.62" stroke-width="${width}"><title>${coinOf(record, amount)}</title></path>`
}

function drawLane({ x, y, height }: Card): Markup {
  return markup`<rect x="${x}" y="${y}" width="${CARD_WIDTH}" height="${height}" fill="#8b9bb0" fill-opacity="0.62"/>`
}

function drawCard(record: TraceRecord, picture: Picture, part: PicturePart, card: Card, prefix: string): Markup {
  const { x, y, height, node, number } = card
  const status = node?.status ?? null
  const inset = status === 'data-ends' ? 22 : status === 'not-followed' ? 14 : 0
  const room = CARD_WIDTH - 20 - inset
  const amount = coin(card.amount, record.asset.decimals)
  const [second, third] = wordsOnCard(record, picture, part, card)
  const amountSize = Math.min(11, room / (amount.length * 0.71))
  const middle = y + height / 2
  const numeral = number === 0 ? '' : String(number)
  const secondRoom = room - (numeral.length * 5.6 + 8)
  return markup`<g><title>${titleOf(record, card)}</title>${outline(card, status, prefix)}
<text x="${x + 13}" y="${fix(middle - 8)}" font-size="${fix(amountSize)}" font-weight="600" fill="${INK}" style="font-variant-numeric:tabular-nums">${amount}</text>
<text x="${x + 13}" y="${fix(middle + 5)}" font-size="9.5" fill="${INK}" style="unicode-bidi:isolate">${fitted(second, secondRoom, 9.5)}</text>
${numeral === '' ? NOTHING : markup`<text x="${x + CARD_WIDTH - inset - 6}" y="${fix(middle + 5)}" font-size="8.5" text-anchor="end" fill="${SOFT}">${numeral}</text>`}
<text x="${x + 13}" y="${fix(middle + 17)}" font-size="8.5" fill="${SOFT}" style="unicode-bidi:isolate">${fitted(third, room, 8.5)}</text></g>`
}

function wordsOnCard(record: TraceRecord, picture: Picture, part: PicturePart, card: Card): readonly [string, string] {
  const { node, laneTo } = card
  const onward = card.goesOn ? `goes on in part ${picture.parts.indexOf(part) + 2}` : ''
  if (!node) {
    const target = picture.places.find(({ id }) => id === laneTo)
    return [target ? `passes on to No. ${target.number}` : 'passes on to several', onward]
  }
  const many = node.members.length
  if (node.kind === 'source')
    return many > 1
      ? [`${count(many)} further sources`, 'put together']
      : [node.name, isBackward(record) ? 'traced back from here' : 'source']
  if (node.kind === 'end') {
    if (node.status === 'fee') return ['Fee', many > 1 ? `of ${count(many)} transactions` : 'to the miner']
    return [
      wordsOf(node.status ?? '').name,
      many > 1
        ? `${count(many)} outputs put together`
        : node.address === null
          ? shortId(node.name)
          : shortForm(node.address),
    ]
  }
  if (node.kind === 'address')
    return [many > 1 ? `${count(many)} addresses` : shortForm(node.name), onward || 'holds for a while']
  if (node.kind === 'unlinked') return ['Link not in record', 'see the key']
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

/** The shape says what a card is: each status has an outline and an edge pattern of its own. */
function outline(
  { x, y, height: h, node }: { x: number; y: number; height: number; node: Card['node'] },
  status: EndStatus | null,
  prefix: string,
): Markup {
  const w = CARD_WIDTH
  const r = x + w
  const b = y + h
  const plain = `fill="#ffffff" stroke="${INK}"`
  const edge = (pattern: string) =>
    markup`<rect x="${x + 1}" y="${y + 1}" width="7" height="${h - 2}" fill="url(#${prefix}-${pattern})"/>`
  const shape = (attributes: string, d: string): Markup => ({ source: `<path d="${d}" ${attributes}/>` })
  const box = `M${x} ${y}H${r}V${b}H${x}Z`
  if (node?.kind === 'source')
    return shape(`${plain} stroke-width="1.4"`, `M${x} ${y}H${r - 9}L${r} ${y + h / 2}L${r - 9} ${b}H${x}Z`)
  switch (status) {
    case 'unspent':
      return markup`${shape(`${plain} stroke-width="2"`, `M${x + 9} ${y}H${r - 9}Q${r} ${y} ${r} ${y + 9}V${b - 9}Q${r} ${b} ${r - 9} ${b}H${x + 9}Q${x} ${b} ${x} ${b - 9}V${y + 9}Q${x} ${y} ${x + 9} ${y}Z`)}<rect x="${x + 3}" y="${y + 9}" width="5" height="${h - 18}" fill="${INK}"/>`
    case 'service':
      return markup`${shape(`${plain} stroke-width="1.2"`, `M${x + 8} ${y}H${r - 8}L${r} ${y + 8}V${b - 8}L${r - 8} ${b}H${x + 8}L${x} ${b - 8}V${y + 8}Z`)}${shape(`fill="none" stroke="${INK}" stroke-width="0.8"`, `M${x + 10} ${y + 3}H${r - 9.5}L${r - 3} ${y + 9.5}V${b - 9.5}L${r - 9.5} ${b - 3}H${x + 10}L${x + 3} ${b - 9.5}V${y + 9.5}Z`)}`
    case 'data-ends': {
      const torn = r - 20
      const teeth = Math.max(2, Math.round(h / 12))
      const zigzag = Array.from(
        { length: teeth * 2 },
        (_, at) => `L${at % 2 === 0 ? torn + 6 : torn} ${fix(y + (h * (at + 1)) / (teeth * 2))}`,
      ).join('')
      return markup`${shape(`${plain} stroke-width="1" stroke-dasharray="4 2.5"`, `M${torn} ${y}${zigzag}H${x}V${y}Z`)}<path d="M${torn + 10} ${fix(y + h / 2)}H${r}" stroke="${INK}" stroke-width="2" stroke-dasharray="2 3"/>`
    }
    case 'not-followed':
      return markup`${shape(`${plain} stroke-width="1" stroke-dasharray="7 3"`, `M${x} ${y}H${r - 10}V${b}H${x}Z`)}${edge('lines')}<path d="M${r - 6} ${y}V${b}M${r - 2} ${y}V${b}" stroke="${INK}" stroke-width="1.6"/>`
    case 'fee':
      return markup`${shape(`fill="#f4f5f7" stroke="${SOFT}" stroke-width="0.8"`, box)}${edge('dots')}`
    case 'written-off':
      return markup`${shape(`${plain} stroke-width="1"`, box)}${edge('hatch')}<path d="M${r - 12} ${y + 4}L${r - 4} ${y + 12}M${r - 4} ${y + 4}L${r - 12} ${y + 12}" stroke="${INK}" stroke-width="1.2"/>`
    case 'overlap':
      return markup`${shape(`${plain} stroke-width="1" stroke-dasharray="1.5 2.5"`, box)}${edge('hatch')}`
    default:
      return shape(
        `fill="${node?.kind === 'transaction' ? '#eef1f5' : '#ffffff'}" stroke="${node === null ? SOFT : INK}" stroke-width="0.9"${node?.kind === 'transaction' ? '' : ' stroke-dasharray="1 0"'}`,
        box,
      )
  }
}

function patterns(prefix: string): Markup {
  return markup`<defs>
<pattern id="${prefix}-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V4" stroke="${INK}" stroke-width="1.6"/></pattern>
<pattern id="${prefix}-dots" width="4" height="4" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1" fill="${SOFT}"/></pattern>
<pattern id="${prefix}-lines" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 2H4" stroke="${INK}" stroke-width="1.4"/></pattern>
</defs>`
}

/** A row of small cards for the statuses that occur, and for the scale. */
function legendOf(picture: Picture, prefix: string): { drawing: Markup; height: number } {
  const used = statusWords.filter(({ status }) => picture.places.some(({ node }) => node?.status === status))
  const items = used.map(({ status, name }, index) => {
    const column = index % 5
    const row = Math.floor(index / 5)
    const [x, y] = [column * 150, 14 + row * 24]
    return markup`<g transform="translate(${x} ${y})"><g transform="scale(0.3 0.34)">${outline({ x: 0, y: 0, height: CARD_WIDTH / 3, node: null }, status, prefix)}</g><text x="50" y="11.5" font-size="9" fill="${INK}">${name}</text></g>`
  })
  return {
    drawing: markup`<path d="M0 0H${PICTURE_WIDTH}" stroke="#c9ced6" stroke-width="0.8"/>${items}`,
    height: Math.ceil(used.length / 5) * 24 + LEGEND_HEIGHT - 44,
  }
}

function shortForm(text: string): string {
  return text.length > 20 ? `${text.slice(0, 9)}…${text.slice(-6)}` : text
}

/** Text that fits, by the widest letters of common fonts; the full text is in the title and in the key. */
function fitted(text: string, room: number, size: number): string {
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

function fix(number: number): number {
  return Math.round(number * 100) / 100
}

export function joinedParts(record: TraceRecord, picture: Picture, prefix: string): readonly Markup[] {
  return picture.parts.map((_, index) => joined([partPicture(record, picture, index, `${prefix}${index + 1}`)]))
}
