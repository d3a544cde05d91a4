/** The shapes of the cards in a picture: each status has an outline and an edge pattern of its own. */
import { CARD_WIDTH, type Card, PICTURE_WIDTH } from './flow-layout.ts'
import { type Markup, markup } from './markup.ts'
import { type EndStatus, statusWords } from './words.ts'

export const INK = '#1b1f24'
export const SOFT = '#4a5260'

const LEGEND_COLUMNS = 4

export function outline(
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
    case 'burnt':
      return markup`${shape(`${plain} stroke-width="1"`, box)}${edge('hatch')}<path d="M${r - 12} ${y + 4}L${r - 4} ${y + 12}M${r - 4} ${y + 4}L${r - 12} ${y + 12}" stroke="${INK}" stroke-width="1.2"/>`
    case 'mixer':
      return markup`${shape(`${plain} stroke-width="1.2"`, box)}${edge('hatch')}${edge('dots')}`
    case 'crossed':
      return markup`${shape(`${plain} stroke-width="1.2"`, `M${x} ${y}H${r - 10}L${r} ${y + h / 2}L${r - 10} ${b}H${x}Z`)}${edge('lines')}`
    case 'overlap':
      return markup`${shape(`${plain} stroke-width="1" stroke-dasharray="1.5 2.5"`, box)}${edge('hatch')}`
    default:
      return shape(
        `fill="${node?.kind === 'transaction' ? '#eef1f5' : '#ffffff'}" stroke="${node === null ? SOFT : INK}" stroke-width="0.9"${node?.kind === 'transaction' ? '' : ' stroke-dasharray="1 0"'}`,
        box,
      )
  }
}

export function patterns(prefix: string): Markup {
  return markup`<defs>
<pattern id="${prefix}-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V4" stroke="${INK}" stroke-width="1.6"/></pattern>
<pattern id="${prefix}-dots" width="4" height="4" patternUnits="userSpaceOnUse"><circle cx="2" cy="2" r="1" fill="${SOFT}"/></pattern>
<pattern id="${prefix}-lines" width="4" height="4" patternUnits="userSpaceOnUse"><path d="M0 2H4" stroke="${INK}" stroke-width="1.4"/></pattern>
</defs>`
}

/** A row of small cards for the statuses that occur. */
export function legendOf(statuses: ReadonlySet<EndStatus | null>, prefix: string): { drawing: Markup; height: number } {
  const used = statusWords.filter(({ status }) => statuses.has(status))
  const items = used.map(({ status, name }, index) => {
    const [x, y] = [(index % LEGEND_COLUMNS) * 190, 14 + Math.floor(index / LEGEND_COLUMNS) * 32]
    return markup`<g transform="translate(${x} ${y})"><g transform="scale(0.46)">${outline({ x: 0, y: 0, height: 48, node: null }, status, prefix)}</g><text x="72" y="14.5" font-size="9.5" fill="${INK}">${name}</text></g>`
  })
  return {
    drawing: markup`<path d="M0 0H${PICTURE_WIDTH}" stroke="#c9ced6" stroke-width="0.8"/>${items}`,
    height: 18 + Math.ceil(used.length / LEGEND_COLUMNS) * 32,
  }
}

export function fix(number: number): number {
  return Math.round(number * 100) / 100
}
