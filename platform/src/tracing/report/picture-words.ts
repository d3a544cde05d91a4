/** What is written on the picture of a flow, whatever kind of record it is drawn from. */
import type { Card, Picture, PicturePart, Ribbon } from './flow-layout.ts'

/** `index`: the part; `null`: the whole. */
export type PictureWords = {
  say(picture: Picture, index: number | null): { readonly title: string; readonly description: string }
  /** The line under the caption of a picture that is a file of its own. */
  readonly subtitle: string
  readonly digest: string
  amountOn(card: Card): string
  /** Second and third line of a card. */
  onCard(picture: Picture, part: PicturePart, card: Card): readonly [string, string]
  titleOf(card: Card): string
  ribbonTitle(ribbon: Ribbon): string | null
}
