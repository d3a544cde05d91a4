/** The flow by hop: the whole trace as one picture, bands as wide as what they carry. The small is put together, and says how much it is. */
import { useMemo, useState } from 'react'
import { useSpeech } from '../../shared/language/speak.tsx'
import type { FlowCard, FlowPicture } from '../model/ask-model.ts'
import { type FlowLayout, FLOW_WORDS as WORDS } from '../model/flow-layout.ts'
import { fitText } from './geometry.ts'
import { type Item, ListBox } from './list-box.tsx'
import type { TraceWords } from './words.tsx'

/** Between a bar and its words, and between the last words and the edge of the picture. */
const GAP = 10

export type FlowShown = Omit<FlowPicture, 'holder'> & { readonly layout: FlowLayout }

export function FlowView({
  picture,
  words,
  holder,
  onSelect,
  onKey,
}: {
  readonly picture: FlowShown
  readonly words: TraceWords
  /** The card that holds what is selected. */
  readonly holder: string | null
  readonly onSelect: (node: number) => void
  readonly onKey: (key: string) => boolean
}) {
  const { say, language } = useSpeech()
  const isRtl = language.direction === 'rtl'
  const { layout } = picture
  const [active, setActive] = useState<string | null>(null)
  const items = useMemo(() => flowItems(picture, layout, words, say, holder), [picture, layout, words, say, holder])
  const choose = (id: string) => {
    const card = picture.cards.find((one) => one.id === items[Number(id.slice(1))]?.card)
    const [first] = card?.largest ?? []
    if (first !== undefined) onSelect(first)
  }
  const activeCard = active === null ? null : (items[Number(active.slice(1))]?.card ?? null)
  return (
    <div className="trace-flow-frame">
      <ListBox
        label={say('trace.flow.label', { count: picture.cards.length })}
        items={items}
        active={active}
        isRtl={isRtl}
        onMove={setActive}
        onChoose={choose}
        onKey={({ key, ctrlKey, metaKey, altKey }) => !ctrlKey && !metaKey && !altKey && onKey(key)}
      >
        <FlowDrawing
          layout={layout}
          words={words}
          isRtl={isRtl}
          holder={holder}
          active={activeCard}
          onSelect={(card) => card.largest[0] !== undefined && onSelect(card.largest[0])}
        />
      </ListBox>
    </div>
  )
}

export function FlowDrawing({
  layout,
  words,
  isRtl,
  holder,
  active,
  onSelect,
}: {
  readonly layout: FlowLayout
  readonly words: TraceWords
  readonly isRtl: boolean
  readonly holder: string | null
  readonly active: string | null
  readonly onSelect?: (card: FlowCard) => void
}) {
  const { say } = useSpeech()
  const { width, height } = layout
  return (
    <svg
      className="trace-flow"
      aria-hidden="true"
      data-export="flow"
      direction="ltr"
      viewBox={`0 0 ${width} ${height}`}
      style={{ minInlineSize: `${Math.min(width, 1600) * 0.62}px` }}
    >
      <g transform={isRtl ? `translate(${width} 0) scale(-1 1)` : undefined}>
        {layout.bands.map(({ from, to, d, width: stroke, certainty }) => (
          <path
            key={`${from} ${to}`}
            className="trace-band"
            d={d}
            strokeWidth={stroke}
            data-certainty={certainty}
            data-selected={from === holder || to === holder || undefined}
          />
        ))}
      </g>
      {layout.nodes.map(({ card, x0, x1, y0, y1 }) => {
        const start = isRtl ? width - x1 - 6 : x1 + 6
        const anchor = isRtl ? 'end' : 'start'
        const y = (y0 + y1) / 2
        const title = `${words.kind(card.kind, card.status)}${card.members > 1 ? ` × ${card.members}` : ''}`
        const name = card.members > 1 ? '' : (card.label ?? card.address ?? card.name)
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: an option of the list box stands for it
          <g
            key={card.id}
            className="trace-card"
            data-kind={card.kind}
            data-status={card.status ?? undefined}
            data-selected={card.id === holder || undefined}
            data-active={card.id === active || undefined}
            onClick={onSelect ? () => onSelect(card) : undefined}
          >
            <rect className="trace-bar" x={isRtl ? width - x1 : x0} y={y0} width={x1 - x0} height={y1 - y0} />
            <text className="trace-title" x={start} y={y - 9} textAnchor={anchor}>
              {fitText(title, WORDS - GAP, 12.5)}
            </text>
            <text className="trace-amount" x={start} y={y + 5} textAnchor={anchor}>
              {fitText(
                card.amounts.length > 0 ? words.amounts(card.amounts) : say('trace.members', { count: card.members }),
                WORDS - GAP,
                13,
              )}
            </text>
            {name !== '' && (
              <text className="trace-name" x={start} y={y + 18} textAnchor={anchor}>
                {fitText(name, WORDS - GAP, 12, true)}
              </text>
            )}
            <title>{`${title} · ${name} · ${words.amounts(card.amounts)}`}</title>
          </g>
        )
      })}
    </svg>
  )
}

function flowItems(
  { cards }: Omit<FlowPicture, 'holder'>,
  { bands, nodes }: FlowLayout,
  words: TraceWords,
  say: ReturnType<typeof useSpeech>['say'],
  holder: string | null,
): readonly (Item & { readonly card: string })[] {
  const top = new Map(nodes.map(({ card, y0 }) => [card.id, y0]))
  const sorted = [...cards].sort((a, b) => a.column - b.column || (top.get(a.id) ?? 0) - (top.get(b.id) ?? 0))
  const nameById = new Map(sorted.map(({ id }, index) => [id, `f${index}`]))
  const strongest = (id: string, mine: 'from' | 'to', other: 'from' | 'to') => {
    const links = bands.filter((band) => band[mine] === id)
    const best = links.reduce<(typeof links)[number] | null>(
      (most, one) => (!most || one.width > most.width ? one : most),
      null,
    )
    return best ? (nameById.get(best[other]) ?? null) : null
  }
  return sorted.map((card, index) => ({
    id: `f${index}`,
    card: card.id,
    text: [
      words.kind(card.kind, card.status),
      card.members > 1 ? say('trace.members', { count: card.members }) : (card.label ?? card.address ?? card.name),
      words.amounts(card.amounts),
    ]
      .filter((part) => part !== '')
      .join(', '),
    isSelected: card.id === holder,
    next: strongest(card.id, 'from', 'to'),
    back: strongest(card.id, 'to', 'from'),
    above: index > 0 ? `f${index - 1}` : null,
    below: index < sorted.length - 1 ? `f${index + 1}` : null,
  }))
}
