/** The graph: cards hop by hop, ribbons between them, "N more" where something is not drawn. */
import { type KeyboardEvent, memo, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useSpeech } from '../../shared/language/speak.tsx'
import type { Card, Link, More, Scene } from '../model/scene.ts'
import type { Side } from '../model/view.ts'
import { type Camera, useCamera } from './camera.ts'
import { boxOf, CARD, cardX, cardY, fitText, linkPath, linkWidth } from './geometry.ts'
import { type Item, ListBox } from './list-box.tsx'
import { PictureTools } from './picture-tools.tsx'
import type { TraceWords } from './words.tsx'

export type GraphProps = {
  readonly scene: Scene
  readonly words: TraceWords
  readonly selected: number | null
  readonly marked: readonly number[]
  readonly way: readonly number[]
  readonly onSelect: (node: number | null) => void
  readonly onMark: (node: number) => void
  readonly onExpand: (node: number, side: Side) => void
  /** Keys of the workbench; answers whether one was meant for it. */
  readonly onKey: (key: string, node: number | null) => boolean
}

/** Cards that one frame draws: the browser lays out and paints no more of them at once. */
const A_FRAME = 60
const NOTHING: Scene = { cards: [], links: [], reckoning: [], endsDrawn: 0, endsNotDrawn: 0, heaviest: 1n }

export function GraphView(props: GraphProps) {
  // Hundreds of cards are drawn in slices, between which clicks and keys are heard.
  const scene = useDeferredValue(props.scene, NOTHING)
  const { words, selected, onSelect, onMark, onExpand } = props
  const { say, language } = useSpeech()
  const isRtl = language.direction === 'rtl'
  const camera = useCamera()
  const [active, setActive] = useState<string | null>(null)
  const drawn = useGrowing(scene.cards.length)
  const byId = useMemo(() => new Map(scene.cards.map((card) => [card.id, card])), [scene])
  const items = useMemo(() => itemsOf(scene, words, say, selected), [scene, words, say, selected])
  const isFitted = useRef(false)
  const { fit, show } = camera
  useEffect(() => {
    if (isFitted.current || scene.cards.length === 0) return
    isFitted.current = true
    fit(boxOf(scene.cards, isRtl), isRtl)
  }, [scene, fit, isRtl])
  // Turned to the other direction of reading, everything stands elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the direction turns it
  useEffect(() => {
    if (isFitted.current) fit(boxOf(scene.cards, isRtl), isRtl)
  }, [isRtl])
  // What another view selects is brought into sight, as far as it is drawn.
  useEffect(() => {
    const card = scene.cards.find(({ node }) => node === selected)
    if (!card) return
    setActive(card.id)
    show({ x: cardX(card, isRtl), y: cardY(card), width: CARD.width, height: CARD.height })
  }, [selected, scene, show, isRtl])
  const moveTo = (id: string) => {
    setActive(id)
    const card = byId.get(id.replace(/[<>]$/, ''))
    if (card)
      show({
        x: cardX(card, isRtl) - CARD.pill,
        y: cardY(card),
        width: CARD.width + 2 * CARD.pill,
        height: CARD.height,
      })
  }
  const choose = (id: string) => {
    const card = byId.get(id.replace(/[<>]$/, ''))
    if (!card) return
    if (id.endsWith('>') || id.endsWith('<')) onExpand(card.node, id.endsWith('>') ? 'out' : 'in')
    else onSelect(card.node)
  }
  const key = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (pressCamera(event, camera, () => fit(boxOf(scene.cards, isRtl), isRtl))) return true
    const card = byId.get((active ?? '').replace(/[<>]$/, ''))
    if (event.key === ' ' && card) {
      onMark(card.node)
      return true
    }
    // Keys act on what is walked to, so that it becomes what is selected.
    if (card && /^[npHhNP]$/.test(event.key) && card.node !== selected) onSelect(card.node)
    return props.onKey(event.key, card?.node ?? selected)
  }
  return (
    <div className="trace-stage" ref={camera.frame}>
      <ListBox
        label={say('trace.graph.label', { count: scene.cards.length })}
        items={items}
        active={active}
        isRtl={isRtl}
        onMove={moveTo}
        onChoose={choose}
        onKey={key}
      >
        <svg className="trace-svg" aria-hidden="true" data-export="graph" direction="ltr">
          <g ref={camera.world}>
            <Links links={scene.links} byId={byId} heaviest={scene.heaviest} isRtl={isRtl} way={props.way} />
            {scene.cards.slice(0, drawn).map((card) => (
              <CardDrawing
                key={card.id}
                card={card}
                words={words}
                isRtl={isRtl}
                isSelected={card.node === selected}
                isActive={active === card.id}
                isMarked={props.marked.includes(card.node)}
                isOnWay={props.way.includes(card.node)}
                activeSide={active === `${card.id}>` ? 'out' : active === `${card.id}<` ? 'in' : null}
                moreText={moreText(card, say, words)}
                markText={markText(card, say)}
                onSelect={onSelect}
                onMark={onMark}
                onExpand={onExpand}
              />
            ))}
          </g>
        </svg>
      </ListBox>
      <PictureTools camera={camera} onFit={() => fit(boxOf(scene.cards, isRtl), isRtl)} />
    </div>
  )
}

/** How many of so many are drawn by now: some more in each frame, until all are. */
function useGrowing(count: number): number {
  const [drawn, setDrawn] = useState(A_FRAME)
  useEffect(() => {
    if (drawn >= count) return
    const frame = requestAnimationFrame(() => setDrawn(drawn + A_FRAME))
    return () => cancelAnimationFrame(frame)
  }, [drawn, count])
  return drawn
}

const PAN = 90

/** Every drag and every wheel has a key. */
export function pressCamera(event: KeyboardEvent, camera: Camera, onFit: () => void): boolean {
  const { key, shiftKey } = event
  if (shiftKey && key.startsWith('Arrow')) {
    camera.move(
      key === 'ArrowLeft' ? PAN : key === 'ArrowRight' ? -PAN : 0,
      key === 'ArrowUp' ? PAN : key === 'ArrowDown' ? -PAN : 0,
    )
    return true
  }
  if (key === '+' || key === '=') camera.zoom(1.2)
  else if (key === '-') camera.zoom(1 / 1.2)
  else if (key === 'f' || key === 'F') onFit()
  else return false
  return true
}

const Links = memo(function Links({
  links,
  byId,
  heaviest,
  isRtl,
  way,
}: {
  readonly links: readonly Link[]
  readonly byId: ReadonlyMap<string, Card>
  readonly heaviest: bigint
  readonly isRtl: boolean
  readonly way: readonly number[]
}) {
  return links.map((link) => {
    const [from, to] = [byId.get(link.from), byId.get(link.to)]
    if (!from || !to) return null
    const step = way.indexOf(from.node)
    return (
      <path
        key={`${link.from} ${link.to}`}
        className="trace-link"
        data-certainty={link.certainty}
        data-way={(step >= 0 && way[step + 1] === to.node) || undefined}
        d={linkPath(from, to, isRtl)}
        strokeWidth={linkWidth(link, heaviest)}
      />
    )
  })
})

/** The mark of a remark in a word: its colour alone would say nothing in grey. */
function markText({ mark }: Card, say: ReturnType<typeof useSpeech>['say']): string | null {
  return mark === null || mark === 'none' ? null : say(`trace.mark.${mark}`)
}

type MoreText = { readonly out: readonly [string, string] | null; readonly in: readonly [string, string] | null }

function moreText(card: Card, say: ReturnType<typeof useSpeech>['say'], words: TraceWords): MoreText {
  const said = (more: More | null) =>
    more === null ? null : ([say('trace.more', { count: more.count }), words.amounts(more.amounts)] as const)
  return { out: said(card.moreOut), in: said(card.moreIn) }
}

const CardDrawing = memo(
  function CardDrawing({
    card,
    words,
    isRtl,
    isSelected,
    isActive,
    isMarked,
    isOnWay,
    activeSide,
    moreText: more,
    markText: mark,
    onSelect,
    onMark,
    onExpand,
  }: {
    readonly card: Card
    readonly words: TraceWords
    readonly isRtl: boolean
    readonly isSelected: boolean
    readonly isActive: boolean
    readonly isMarked: boolean
    readonly isOnWay: boolean
    readonly activeSide: Side | null
    readonly moreText: MoreText
    readonly markText: string | null
    readonly onSelect: (node: number | null) => void
    readonly onMark: (node: number) => void
    readonly onExpand: (node: number, side: Side) => void
  }) {
    const [x, y] = [cardX(card, isRtl), cardY(card)]
    const start = isRtl ? CARD.width - 12 : 12
    const anchor = isRtl ? 'end' : 'start'
    const title = `${words.kind(card.kind, card.status)}${card.members > 1 ? ` × ${card.members}` : ''}${mark === null ? '' : ` · ${mark}`}`
    const name = card.label ?? (card.group === null ? (card.address ?? card.name) : card.name)
    const signs = `${card.isPinned ? '⚲' : ''}${card.hasRemark || card.mark ? '✎' : ''}${isMarked ? '☑' : ''}`
    return (
      <g
        className="trace-card"
        data-kind={card.kind}
        data-status={card.status ?? undefined}
        data-selected={isSelected || undefined}
        data-active={isActive || undefined}
        data-marked={isMarked || undefined}
        data-way={isOnWay || undefined}
        data-mark={card.mark ?? undefined}
        transform={`translate(${x} ${y})`}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the picture is mirrored in a list box, which takes the keys */}
        <g
          onClick={(event) =>
            event.ctrlKey || event.metaKey || event.shiftKey ? onMark(card.node) : onSelect(card.node)
          }
          data-node={card.node}
        >
          {card.members > 1 && (
            <rect className="trace-under" x={5} y={5} width={CARD.width} height={CARD.height} rx={7} />
          )}
          <rect className="trace-box" width={CARD.width} height={CARD.height} rx={7} />
          <rect
            className="trace-stripe"
            x={isRtl ? CARD.width - 5 : 0}
            y={6}
            width={5}
            height={CARD.height - 12}
            rx={2}
          />
          <text className="trace-title" x={start} y={17} textAnchor={anchor}>
            {fitText(title, CARD.width - 46, 12.5)}
          </text>
          <text className="trace-signs" x={isRtl ? 10 : CARD.width - 10} y={17} textAnchor={isRtl ? 'start' : 'end'}>
            {card.isRetracted ? `⚠${signs}` : signs}
          </text>
          <text className="trace-name" x={start} y={34} textAnchor={anchor}>
            {fitText(name, CARD.width - 24, 12, true)}
          </text>
          <text className="trace-amount" x={start} y={50} textAnchor={anchor}>
            {fitText(words.amounts(card.amounts), CARD.width - 24, 13)}
          </text>
          <title>{`${title} · ${name} · ${words.amounts(card.amounts)}`}</title>
        </g>
        {more.out && (
          <Pill
            x={isRtl ? -CARD.pill - 8 : CARD.width + 8}
            text={more.out}
            isActive={activeSide === 'out'}
            onPress={() => onExpand(card.node, 'out')}
          />
        )}
        {more.in && (
          <Pill
            x={isRtl ? CARD.width + 8 : -CARD.pill - 8}
            text={more.in}
            isActive={activeSide === 'in'}
            onPress={() => onExpand(card.node, 'in')}
          />
        )}
      </g>
    )
  },
  (a, b) =>
    a.card === b.card &&
    a.words === b.words &&
    a.isRtl === b.isRtl &&
    a.isSelected === b.isSelected &&
    a.isActive === b.isActive &&
    a.isMarked === b.isMarked &&
    a.isOnWay === b.isOnWay &&
    a.activeSide === b.activeSide &&
    a.markText === b.markText,
)

function Pill({
  x,
  text,
  isActive,
  onPress,
}: {
  readonly x: number
  readonly text: readonly [string, string]
  readonly isActive: boolean
  readonly onPress: () => void
}) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: an option of the list box stands for it
    <g
      className="trace-pill"
      data-active={isActive || undefined}
      transform={`translate(${x} ${CARD.height - CARD.pillHeight + 4})`}
      onClick={onPress}
    >
      <rect width={CARD.pill} height={CARD.pillHeight} rx={9} />
      <text x={CARD.pill / 2} y={16} textAnchor="middle" className="trace-title">
        {text[0]}
      </text>
      <text x={CARD.pill / 2} y={31} textAnchor="middle" className="trace-amount">
        {fitText(text[1], CARD.pill - 6, 11)}
      </text>
      <title>{`${text[0]}: ${text[1]}`}</title>
    </g>
  )
}

/** The list that mirrors the picture: column by column, and in a column from above. */
function itemsOf(
  { cards, links }: Scene,
  words: TraceWords,
  say: ReturnType<typeof useSpeech>['say'],
  selected: number | null,
): readonly Item[] {
  const sorted = [...cards].sort((a, b) => a.column - b.column || a.row - b.row)
  const strongest = (id: string, mine: 'from' | 'to', other: 'from' | 'to') =>
    links
      .filter((link) => link[mine] === id)
      .reduce<Link | null>((best, link) => (best === null || link.weight > best.weight ? link : best), null)?.[other] ??
    null
  const items = sorted.flatMap((card): Item[] => {
    const own: Item = {
      id: card.id,
      text: [
        words.kind(card.kind, card.status),
        card.label ?? card.address ?? card.name,
        words.amounts(card.amounts),
        ...(card.members > 1 ? [say('trace.members', { count: card.members })] : []),
        ...(card.isRetracted ? [say('trace.retracted')] : []),
        ...(card.isPinned ? [say('trace.legend.pinned')] : []),
        ...(card.hasRemark ? [say('trace.legend.remark')] : []),
        ...(card.mark !== null && card.mark !== 'none' ? [say(`trace.mark.${card.mark}`)] : []),
      ].join(', '),
      isSelected: card.node === selected,
      next: strongest(card.id, 'from', 'to') ?? (card.moreOut ? `${card.id}>` : null),
      back: strongest(card.id, 'to', 'from') ?? (card.moreIn ? `${card.id}<` : null),
      ...{ above: null, below: null },
    }
    const more = (side: '>' | '<', what: More | null): Item[] =>
      what === null
        ? []
        : [
            {
              id: `${card.id}${side}`,
              text: say(side === '>' ? 'trace.more-after' : 'trace.more-before', {
                count: what.count,
                name: card.label ?? card.address ?? card.name,
                amount: words.amounts(what.amounts),
              }),
              isSelected: false,
              next: side === '>' ? null : card.id,
              back: side === '>' ? card.id : null,
              ...{ above: null, below: null },
            },
          ]
    return [own, ...more('>', card.moreOut), ...more('<', card.moreIn)]
  })
  // Up and down alone lead to everything, column after column.
  return items.map((item, index) => ({
    ...item,
    above: items[index - 1]?.id ?? null,
    below: items[index + 1]?.id ?? null,
  }))
}
