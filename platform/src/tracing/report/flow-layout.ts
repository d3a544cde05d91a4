/**
 * Where everything stands in the picture of a flow: columns from left to right, cards joined by ribbons whose width is
 * proportional to the traced value, on one scale throughout.
 *
 * A picture too wide for a page is cut into parts of four columns; the last column of a part is the first of the next.
 * Within a column the order is found by barycentres (Sugiyama, Tagawa, Toda 1981): sweeps that put each card at the
 * mean place of what it is joined to. What skips a column passes through it in a lane of its own.
 */
import type { FlowEdge } from './flow-graph.ts'
import type { MergedFlow, MergedNode } from './flow-merge.ts'
import { larger } from './measures.ts'

export const CARD_WIDTH = 140
const COLUMN_STEP = 206
/** Where there are few columns they stand further apart, up to this. */
const WIDE_STEP = 250
export const COLUMNS_IN_PART = 4
export const PICTURE_WIDTH = CARD_WIDTH + (COLUMNS_IN_PART - 1) * COLUMN_STEP

const CARD_HEIGHT = 48
const CARD_GAP = 12
const LANE_GAP = 8
/** Height of the whole traced value. */
const WHOLE = 230
const LANES = 5
const SWEEPS = 12

export type Place = {
  readonly id: string
  readonly column: number
  /** null for a lane: value that passes through this column on its way to a later one. */
  readonly node: MergedNode | null
  /** Number in the key of the picture; 0 for lanes. */
  readonly number: number
  readonly amount: bigint
  /** Where a lane leads to; null where it leads to several cards. */
  readonly laneTo: string | null
}

export type Card = Place & {
  readonly x: number
  readonly y: number
  readonly height: number
  readonly isLane: boolean
  readonly goesOn: boolean
}

export type Ribbon = {
  readonly from: string
  readonly to: string
  readonly amount: bigint
  readonly x1: number
  readonly y1: number
  readonly x2: number
  readonly y2: number
  readonly width: number
}

export type PicturePart = {
  readonly first: number
  readonly last: number
  readonly cards: readonly Card[]
  readonly ribbons: readonly Ribbon[]
  readonly height: number
}

export type Picture = {
  readonly parts: readonly PicturePart[]
  readonly places: readonly Place[]
  readonly columns: number
}

type Joined = { readonly places: readonly Place[]; readonly edges: readonly FlowEdge[] }

export function layOut(flow: MergedFlow): Picture {
  const joined = withLanes(flow)
  const columns = joined.places.reduce((most, { column }) => Math.max(most, column), 0) + 1
  const ordered = numbered(orderColumns(joined, columns))
  const whole = flow.nodes.reduce((sum, { kind, amount }) => (kind === 'source' ? sum + amount : sum), 0n)
  const most = joined.places.reduce((largest, { amount }) => larger(largest, amount), whole)
  const scale = (amount: bigint) => (most === 0n ? 0 : Number((amount * 1_000_000n) / most) * (WHOLE / 1_000_000))
  const partCount = columns <= COLUMNS_IN_PART ? 1 : Math.ceil((columns - 1) / (COLUMNS_IN_PART - 1))
  const parts = Array.from({ length: partCount }, (_, part) => {
    const first = part * (COLUMNS_IN_PART - 1)
    return layOutPart(
      ordered,
      joined.edges,
      first,
      Math.min(first + COLUMNS_IN_PART - 1, columns - 1),
      columns - 1,
      scale,
    )
  })
  return { parts, places: ordered, columns }
}

function withLanes(flow: MergedFlow): Joined {
  const columnById = new Map(flow.nodes.map(({ id, column }) => [id, column]))
  const amountByLane = new Map<string, { column: number; to: string; amount: bigint }>()
  const skipping = flow.edges.filter(({ from, to }) => columnOf(to) - columnOf(from) > 1)
  for (const { from, to, amount } of skipping) {
    for (let column = columnOf(from) + 1; column < columnOf(to); column++) {
      const id = `lane ${column} ${to}`
      amountByLane.set(id, { column, to, amount: (amountByLane.get(id)?.amount ?? 0n) + amount })
    }
  }
  const laneById = new Map<string, string>()
  const lanes = new Map<string, Place>()
  for (const [column, inColumn] of Map.groupBy(amountByLane, ([, lane]) => lane.column)) {
    const sorted = [...inColumn].sort(([a, x], [b, y]) =>
      x.amount > y.amount ? -1 : x.amount < y.amount ? 1 : a < b ? -1 : 1,
    )
    sorted.forEach(([id, { to, amount }], rank) => {
      const shared = sorted.length > LANES && rank >= LANES - 1
      const laneId = shared ? `lane ${column}` : id
      laneById.set(id, laneId)
      const known = lanes.get(laneId)?.amount ?? 0n
      lanes.set(laneId, {
        id: laneId,
        column,
        node: null,
        number: 0,
        amount: known + amount,
        laneTo: shared ? null : to,
      })
    })
  }
  const edges = new Map<string, { from: string; to: string; amount: bigint }>()
  for (const { from, to, amount } of flow.edges) {
    let at = from
    for (let column = columnOf(from) + 1; column < columnOf(to); column++)
      at = join(at, laneById.get(`lane ${column} ${to}`) ?? to, amount)
    join(at, to, amount)
  }
  const cards = flow.nodes.map((node) => ({
    id: node.id,
    column: node.column,
    node,
    number: 0,
    amount: node.amount,
    laneTo: null,
  }))
  return { places: [...cards, ...lanes.values()], edges: [...edges.values()] }

  function columnOf(id: string): number {
    return columnById.get(id) ?? 0
  }

  function join(from: string, to: string, amount: bigint): string {
    const key = `${from}\n${to}`
    edges.set(key, { from, to, amount: (edges.get(key)?.amount ?? 0n) + amount })
    return to
  }
}

/** The order with the fewest crossings among those that the sweeps go through. */
function orderColumns({ places, edges }: Joined, columns: number): Place[] {
  const byColumn = Array.from({ length: columns }, (_, column) =>
    places
      .filter((place) => place.column === column)
      .sort((a, b) => (a.amount > b.amount ? -1 : a.amount < b.amount ? 1 : a.id < b.id ? -1 : 1)),
  )
  const inEdges = Map.groupBy(edges, ({ to }) => to)
  const outEdges = Map.groupBy(edges, ({ from }) => from)
  let best = { order: byColumn.flat(), crossings: crossingsOf(byColumn, outEdges) }
  for (let sweep = 0; sweep < SWEEPS && best.crossings > 0; sweep++) {
    const rightwards = sweep % 2 === 0
    const rank = new Map<string, number>()
    for (const column of rightwards ? byColumn : byColumn.toReversed()) {
      const middle = new Map(column.map(({ id }, at) => [id, middleOf(id, (at + 0.5) / column.length)]))
      column.sort((a, b) => (middle.get(a.id) ?? 0) - (middle.get(b.id) ?? 0))
      column.forEach(({ id }, at) => {
        rank.set(id, (at + 0.5) / column.length)
      })
    }
    const crossings = crossingsOf(byColumn, outEdges)
    if (crossings < best.crossings) best = { order: byColumn.flat(), crossings }

    function middleOf(id: string, without: number): number {
      const joins = (rightwards ? inEdges.get(id) : outEdges.get(id)) ?? []
      const ranks = joins.flatMap(({ from, to }) => rank.get(rightwards ? from : to) ?? [])
      return ranks.length === 0 ? without : ranks.reduce((sum, one) => sum + one, 0) / ranks.length
    }
  }
  return best.order
}

function crossingsOf(
  byColumn: readonly (readonly Place[])[],
  outEdges: ReadonlyMap<string, readonly FlowEdge[]>,
): number {
  let crossings = 0
  byColumn.forEach((column, at) => {
    const rank = new Map((byColumn[at + 1] ?? []).map(({ id }, index) => [id, index]))
    const passed: number[] = []
    for (const { id } of column) {
      const ends = (outEdges.get(id) ?? []).map(({ to }) => rank.get(to) ?? 0)
      for (const end of ends) crossings += passed.filter((other) => other > end).length
      passed.push(...ends)
    }
  })
  return crossings
}

function numbered(places: readonly Place[]): Place[] {
  let number = 0
  return places.map((place) => (place.node ? { ...place, number: ++number } : place))
}

function layOutPart(
  places: readonly Place[],
  edges: readonly FlowEdge[],
  first: number,
  last: number,
  end: number,
  scale: (amount: bigint) => number,
): PicturePart {
  const goesOn = new Set(edges.map(({ from }) => from))
  const shown = places.filter(
    ({ column, id }) => column >= first && column <= last && (column > first || first === 0 || goesOn.has(id)),
  )
  const step = end < COLUMNS_IN_PART - 1 ? WIDE_STEP : COLUMN_STEP
  const cards: Card[] = shown.map((place) => {
    const atEdge = (place.column === first && first > 0) || (place.column === last && last < end)
    const isLane = place.node === null && !atEdge
    const height = isLane ? Math.max(1.5, scale(place.amount)) : Math.max(CARD_HEIGHT, scale(place.amount))
    return {
      ...place,
      x: (place.column - first) * step,
      y: 0,
      height,
      isLane,
      goesOn: place.column === last && last < end && goesOn.has(place.id),
    }
  })
  const within = new Set(cards.map(({ id }) => id))
  const inside = edges.filter(({ from, to }) => within.has(from) && within.has(to))
  const settled = settle(cards, inside, first, last)
  return {
    first,
    last,
    cards: settled,
    ribbons: ribbonsOf(settled, inside, scale),
    height: Math.max(...settled.map(({ y, height }) => y + height), CARD_HEIGHT),
  }
}

/** Heights: each card as near to the middle of its neighbours as order and room allow. */
function settle(cards: readonly Card[], edges: readonly FlowEdge[], first: number, last: number): Card[] {
  const yById = new Map<string, number>()
  const cardById = new Map(cards.map((card) => [card.id, card]))
  const columns = Array.from({ length: last - first + 1 }, (_, at) =>
    cards.filter(({ column }) => column === first + at),
  )
  const tallest = Math.max(...columns.map((column) => packed(column)))
  // Some slack lets cards stand opposite to what feeds them; a page is about 950 high.
  const room = Math.max(tallest, Math.min(tallest * 1.4, 900))
  for (const column of columns) place(column, spread(column, room), room)
  const inEdges = Map.groupBy(edges, ({ to }) => to)
  const outEdges = Map.groupBy(edges, ({ from }) => from)
  for (const pass of [columns.slice(1), columns.slice(0, -1).toReversed(), columns.slice(1)]) {
    const fromLeft = pass[0] === columns[1]
    for (const column of pass) {
      const wanted = column.map((card) => {
        const joins = (fromLeft ? inEdges.get(card.id) : outEdges.get(card.id)) ?? []
        const weights = joins.map(({ from, to, amount }) => {
          const other = cardById.get(fromLeft ? from : to)
          return {
            middle: (yById.get(other?.id ?? '') ?? 0) + (other?.height ?? 0) / 2,
            weight: 1 + Number(amount / 1_000_000n),
          }
        })
        const total = weights.reduce((sum, { weight }) => sum + weight, 0)
        if (total === 0) return yById.get(card.id) ?? 0
        return weights.reduce((sum, { middle, weight }) => sum + middle * weight, 0) / total - card.height / 2
      })
      place(column, wanted, room)
    }
  }
  const top = Math.min(...yById.values())
  return cards.map((card) => ({ ...card, y: round((yById.get(card.id) ?? 0) - top) }))

  function place(column: readonly Card[], wanted: readonly number[], bottom: number): void {
    let at = 0
    column.forEach((card, index) => {
      at = Math.max(at, wanted[index] ?? 0)
      yById.set(card.id, at)
      at += card.height + gapAfter(card)
    })
    let limit = bottom
    for (const card of column.toReversed()) {
      const y = Math.min(yById.get(card.id) ?? 0, limit - card.height)
      yById.set(card.id, y)
      limit = y - CARD_GAP
    }
  }
}

function spread(column: readonly Card[], room: number): number[] {
  let at = (room - packed(column)) / 2
  return column.map((card) => {
    const y = at
    at += card.height + gapAfter(card)
    return y
  })
}

function packed(column: readonly Card[]): number {
  return column.reduce((sum, card) => sum + card.height + CARD_GAP, 0)
}

function gapAfter({ isLane }: Card): number {
  return isLane ? LANE_GAP : CARD_GAP
}

/** Ribbons leave and enter a card in the order of the cards at their other end, so that they do not cross at the card. */
function ribbonsOf(cards: readonly Card[], edges: readonly FlowEdge[], scale: (amount: bigint) => number): Ribbon[] {
  const cardById = new Map(cards.map((card) => [card.id, card]))
  const start = ports(
    (edge) => edge.from,
    (edge) => edge.to,
  )
  const end = ports(
    (edge) => edge.to,
    (edge) => edge.from,
  )
  return edges.flatMap((edge) => {
    const [from, to] = [cardById.get(edge.from), cardById.get(edge.to)]
    const [y1, y2] = [start.get(edge), end.get(edge)]
    if (!from || !to || y1 === undefined || y2 === undefined) return []
    return [
      {
        from: edge.from,
        to: edge.to,
        amount: edge.amount,
        x1: from.x + CARD_WIDTH,
        y1: round(y1),
        x2: to.x,
        y2: round(y2),
        width: round(widthOf(edge)),
      },
    ]
  })

  function widthOf({ amount }: FlowEdge): number {
    return Math.max(1, scale(amount))
  }

  function ports(own: (edge: FlowEdge) => string, other: (edge: FlowEdge) => string): Map<FlowEdge, number> {
    const middleByEdge = new Map<FlowEdge, number>()
    for (const [id, ofCard] of Map.groupBy(edges, own)) {
      const card = cardById.get(id)
      if (!card) continue
      const sorted = [...ofCard].sort((a, b) => (cardById.get(other(a))?.y ?? 0) - (cardById.get(other(b))?.y ?? 0))
      const total = sorted.reduce((sum, edge) => sum + widthOf(edge), 0)
      // Many hair-thin ribbons can need more than the card is high; they are then drawn closer together.
      const squeeze = total > card.height ? card.height / total : 1
      let at = card.y + (card.height - total * squeeze) / 2
      for (const edge of sorted) {
        middleByEdge.set(edge, at + (widthOf(edge) * squeeze) / 2)
        at += widthOf(edge) * squeeze
      }
    }
    return middleByEdge
  }
}

function round(number: number): number {
  return Math.round(number * 100) / 100
}
