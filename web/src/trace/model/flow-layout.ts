/** Where the bands of the flow lie (d3-sankey): by hop, each as wide as what it carries. */
import { sankey, sankeyLinkHorizontal } from 'd3-sankey'
import type { FlowCard, FlowPicture } from './ask-model.ts'

type Node = FlowCard & { readonly share: number }
type Band = { readonly source: string; readonly target: string; readonly value: number; readonly certainty: string }

const BAR = 14
/** Room for words beside a bar. */
export const FLOW_WORDS = 176

export type FlowLayout = {
  readonly width: number
  readonly height: number
  readonly nodes: readonly {
    readonly card: FlowCard
    readonly x0: number
    readonly x1: number
    readonly y0: number
    readonly y1: number
  }[]
  readonly bands: readonly {
    readonly from: string
    readonly to: string
    readonly d: string
    readonly width: number
    readonly certainty: string
  }[]
}

/** Bands keep at least one part in a thousand of the whole, so that nothing vanishes; what is written beside them is exact. */
export function layOutFlow({ cards, links }: Omit<FlowPicture, 'holder'>): FlowLayout {
  const whole = cards.reduce((most, { weight }) => (weight > most ? weight : most), 1n)
  const share = (weight: bigint) => Math.max(0.001, Number((weight * 1_000_000n) / whole) / 1_000_000)
  const columns = cards.reduce((most, { column }) => Math.max(most, column), 0) + 1
  const busiest = Math.max(1, ...[...Map.groupBy(cards, ({ column }) => column).values()].map(({ length }) => length))
  const [width, height] = [Math.max(820, columns * (BAR + FLOW_WORDS + 36)), Math.max(320, busiest * 76)]
  const drawn = sankey<Node, Band>()
    .nodeId(({ id }) => id)
    .nodeAlign((node) => Math.min(node.column, columns - 1))
    .nodeWidth(BAR)
    .nodePadding(42)
    .extent([
      [4, 16],
      [width - FLOW_WORDS, height - 16],
    ])
  // d3-sankey writes into what it is given: it gets copies.
  const { nodes, links: bands } = drawn({
    nodes: cards.map((card) => ({ ...card, share: share(card.weight) })),
    links: links.map(({ from, to, weight, certainty }) => ({
      source: from,
      target: to,
      value: share(weight),
      certainty,
    })),
  })
  const path = sankeyLinkHorizontal()
  return {
    ...{ width, height },
    nodes: nodes.map(({ x0 = 0, x1 = 0, y0 = 0, y1 = 0, ...card }) => ({ card, x0, x1, y0, y1: Math.max(y1, y0 + 2) })),
    bands: bands.map((band) => ({
      from: (band.source as unknown as Node).id,
      to: (band.target as unknown as Node).id,
      d: path(band as never) ?? '',
      width: Math.max(1, band.width ?? 1),
      certainty: band.certainty,
    })),
  }
}
