/**
 * The picture of a flow as SVG: no script, no colour that carries meaning by itself. Ends differ by outline, by the
 * pattern of their left edge and by their words.
 */

import { fix, INK, legendOf, outline, patterns, SOFT } from './card-outline.ts'
import { fitted } from './card-words.ts'
import type { Card, Picture, PicturePart, Ribbon } from './flow-layout.ts'
import { CARD_WIDTH, PICTURE_WIDTH } from './flow-layout.ts'
import { type Markup, markup, NOTHING } from './markup.ts'
import type { PictureWords } from './picture-words.ts'
import type { EndStatus } from './words.ts'

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"

/** One part of the picture, to stand within a page. `prefix` keeps its ids apart from those of other pictures there. */
function partPicture(words: PictureWords, picture: Picture, index: number, prefix: string): Markup {
  const part = picture.parts[index]
  if (!part) return NOTHING
  const legend = legendOf(statusesOf(picture), prefix)
  const height = Math.ceil(part.height) + 20 + legend.height
  const { title, description } = words.say(picture, index)
  return markup`<svg class="flow" role="img" aria-labelledby="${prefix}-title ${prefix}-desc" viewBox="-2 -6 ${PICTURE_WIDTH + 4} ${height}" width="${PICTURE_WIDTH + 4}" height="${height}" xmlns="http://www.w3.org/2000/svg" font-family="${FONT}">
<title id="${prefix}-title">${title}</title>
<desc id="${prefix}-desc">${description}</desc>
${patterns(prefix)}
${drawPart(words, picture, part, prefix)}
<g transform="translate(0 ${Math.ceil(part.height) + 16})">${legend.drawing}</g>
</svg>`
}

/** The whole picture as a file of its own. */
export function wholePicture(words: PictureWords, picture: Picture, caption: string): string {
  const legend = legendOf(statusesOf(picture), 'p')
  let y = 64
  const parts: Markup[] = []
  picture.parts.forEach((part, index) => {
    if (picture.parts.length > 1) {
      parts.push(
        markup`<text x="0" y="${y + 4}" font-size="11" font-weight="600" fill="${INK}">Part ${index + 1} of ${picture.parts.length}</text>`,
      )
      y += 20
    }
    parts.push(markup`<g transform="translate(0 ${y})">${drawPart(words, picture, part, 'p')}</g>`)
    y += Math.ceil(part.height) + 32
  })
  const height = y + legend.height
  const { title, description } = words.say(picture, null)
  return `<?xml version="1.0" encoding="UTF-8"?>
${
  markup`<svg role="img" aria-labelledby="p-title p-desc" viewBox="-20 -12 ${PICTURE_WIDTH + 40} ${height + 24}" width="${PICTURE_WIDTH + 40}" height="${height + 24}" xmlns="http://www.w3.org/2000/svg" font-family="${FONT}">
<title id="p-title">${title}</title>
<desc id="p-desc">${description}</desc>
<rect x="-20" y="-12" width="${PICTURE_WIDTH + 40}" height="${height + 24}" fill="#ffffff"/>
${patterns('p')}
<text x="0" y="12" font-size="15" font-weight="600" fill="${INK}">${fitted(caption, PICTURE_WIDTH, 15)}</text>
<text x="0" y="30" font-size="10.5" fill="${SOFT}">${fitted(words.subtitle, PICTURE_WIDTH, 10.5)}</text>
<text x="0" y="46" font-size="9" fill="${SOFT}">Record ${fitted(words.digest, PICTURE_WIDTH - 50, 9)}</text>
${parts}
<g transform="translate(0 ${y})">${legend.drawing}</g>
</svg>`.source
}
`
}

function drawPart(words: PictureWords, picture: Picture, part: PicturePart, prefix: string): Markup {
  const statusById = new Map(picture.places.map(({ id, node }) => [id, node?.status ?? null]))
  return markup`<g fill="none">${part.ribbons.map((ribbon) => drawRibbon(words, ribbon, statusById.get(ribbon.to) ?? null))}</g>
${part.cards.map((card) => (card.isLane ? drawLane(card) : drawCard(words, picture, part, card, prefix)))}`
}

/** A band between two curves, so that a wide ribbon on a slope stays between its cards. */
function drawRibbon(words: PictureWords, ribbon: Ribbon, status: EndStatus | null): Markup {
  const { x1, y1, x2, y2, width } = ribbon
  const middle = fix((x1 + x2) / 2)
  const half = width / 2
  const [a, b, c, d] = [fix(y1 - half), fix(y2 - half), fix(y2 + half), fix(y1 + half)]
  const path = `M${x1} ${a}C${middle} ${a} ${middle} ${b} ${x2} ${b}V${c}C${middle} ${c} ${middle} ${d} ${x1} ${d}Z`
  const gap = status === 'data-ends' || status === 'not-followed'
  const title = words.ribbonTitle(ribbon)
  return markup`<path d="${path}" fill="${gap ? '#c3cad5' : '#8b9bb0'}" fill-opacity="0.62">${title === null ? NOTHING : markup`<title>${title}</title>`}</path>`
}

function drawLane({ x, y, height }: Card): Markup {
  return markup`<rect x="${x}" y="${y}" width="${CARD_WIDTH}" height="${height}" fill="#8b9bb0" fill-opacity="0.62" shape-rendering="crispEdges"/>`
}

function drawCard(words: PictureWords, picture: Picture, part: PicturePart, card: Card, prefix: string): Markup {
  const { x, y, height, node, number } = card
  const status = node?.status ?? null
  const inset = status === 'data-ends' ? 22 : status === 'not-followed' ? 14 : status === 'service' ? 4 : 0
  const room = CARD_WIDTH - 20 - inset
  const amount = words.amountOn(card)
  const [second, third] = words.onCard(picture, part, card)
  const amountSize = Math.min(11, room / (amount.length * 0.71))
  const middle = y + height / 2
  const numeral = number === 0 ? '' : String(number)
  const taken = numeral.length * 5.6 + (node?.kind === 'source' ? 17 : 8)
  const inThird = node?.kind === 'source'
  return markup`<g><title>${words.titleOf(card)}</title>${outline(card, status, prefix)}
<text x="${x + 13}" y="${fix(middle - 8)}" font-size="${fix(amountSize)}" font-weight="600" fill="${INK}" style="font-variant-numeric:tabular-nums">${amount}</text>
<text x="${x + 13}" y="${fix(middle + 5)}" font-size="9.5" fill="${INK}" style="unicode-bidi:isolate">${fitted(second, room - (inThird ? 0 : taken), 9.5)}</text>
${numeral === '' ? NOTHING : markup`<text x="${x + CARD_WIDTH - inset - (inThird ? 15 : 6)}" y="${fix(middle + (inThird ? 17 : 5))}" font-size="8.5" text-anchor="end" fill="${SOFT}">${numeral}</text>`}
<text x="${x + 13}" y="${fix(middle + 17)}" font-size="8.5" fill="${SOFT}" style="unicode-bidi:isolate">${fitted(third, room - (inThird ? taken : 0), 8.5)}</text></g>`
}

function statusesOf(picture: Picture): ReadonlySet<EndStatus | null> {
  return new Set(picture.places.map(({ node }) => node?.status ?? null))
}

/** Each part of a picture, with ids that begin with `prefix`. */
export function partPictures(words: PictureWords, picture: Picture, prefix: string): readonly Markup[] {
  return picture.parts.map((_, index) => partPicture(words, picture, index, `${prefix}${index + 1}`))
}
