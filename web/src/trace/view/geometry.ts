/** How large things are drawn, and where: one rule for both directions of reading. Money runs from start to end. */
import type { Card, Link } from '../model/scene.ts'

export const CARD = { width: 176, height: 60, column: 276, row: 76, pill: 82, pillHeight: 40 } as const

/** The start of a card, as seen: from the left, or from the right where people read from there. */
export function cardX({ column }: Pick<Card, 'column'>, isRtl: boolean): number {
  return isRtl ? -column * CARD.column - CARD.width : column * CARD.column
}

export function cardY({ row }: Pick<Card, 'row'>): number {
  return row * CARD.row
}

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export function boxOf(cards: readonly Pick<Card, 'column' | 'row' | 'moreIn' | 'moreOut'>[], isRtl: boolean): Box {
  if (cards.length === 0) return { x: 0, y: 0, width: 1, height: 1 }
  let [left, right, top, bottom] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (const card of cards) {
    const [x, y] = [cardX(card, isRtl), cardY(card)]
    const [before, after] = isRtl ? [card.moreOut, card.moreIn] : [card.moreIn, card.moreOut]
    left = Math.min(left, x - (before ? CARD.pill + 12 : 0))
    right = Math.max(right, x + CARD.width + (after ? CARD.pill + 12 : 0))
    top = Math.min(top, y)
    bottom = Math.max(bottom, y + CARD.height)
  }
  return { x: left, y: top - 12, width: right - left, height: bottom - top + 24 }
}

/** From the end of one card to the start of another, as a curve that leaves and comes level. */
export function linkPath(from: Card, to: Card, isRtl: boolean): string {
  const out = isRtl ? cardX(from, true) : cardX(from, false) + CARD.width
  const into = isRtl ? cardX(to, true) + CARD.width : cardX(to, false)
  const [y1, y2] = [cardY(from) + CARD.height / 2, cardY(to) + CARD.height / 2]
  const bend = Math.max(60, Math.abs(into - out) / 2) * (isRtl ? -1 : 1)
  return `M${out} ${y1}C${out + bend} ${y1} ${into - bend} ${y2} ${into} ${y2}`
}

export function linkWidth({ weight }: Pick<Link, 'weight'>, heaviest: bigint): number {
  return 1.5 + 7 * Math.sqrt(Number((weight * 10_000n) / (heaviest > 0n ? heaviest : 1n)) / 10_000)
}

/** How wide a letter is, as a part of its size: in common fonts, and where all letters are equally wide. */
const [LETTER, MONO_LETTER] = [0.56, 0.61]

/** What fits beside other text, in the middle cut. */
export function fitText(text: string, room: number, size: number, isMono = false): string {
  const most = Math.floor(room / (size * (isMono ? MONO_LETTER : LETTER)))
  return text.length <= most ? text : `${text.slice(0, Math.max(1, most - 7))}…${text.slice(-6)}`
}
