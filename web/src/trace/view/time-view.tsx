/** What happened when: every payment and end on the line of time, the largest one by one, and how much came to an end in each stretch. */
import { useMemo, useState } from 'react'
import { useSpeech } from '../../shared/language/speak.tsx'
import type { Times } from '../model/ask-model.ts'
import { type Item, ListBox } from './list-box.tsx'
import type { TraceWords } from './words.tsx'

const [WIDTH, HEIGHT, FLOOR, EDGE] = [880, 440, 330, 40]
/** Room for the amounts of the scale, where reading begins. */
const SCALE = 128

export function TimeView({
  times,
  words,
  selected,
  onSelect,
  onKey,
}: {
  readonly times: Times
  readonly words: TraceWords
  readonly selected: number | null
  readonly onSelect: (node: number) => void
  readonly onKey: (key: string) => boolean
}) {
  const { say, language } = useSpeech()
  const isRtl = language.direction === 'rtl'
  const [active, setActive] = useState<string | null>(null)
  const dots = useMemo(() => [...times.dots].sort((a, b) => a.time - b.time || a.node - b.node), [times])
  const items = useMemo<readonly Item[]>(
    () =>
      dots.map(({ node, time, row }, index) => ({
        id: `t${node}`,
        text: [
          words.utc(time),
          words.kind(row.kind, row.status),
          row.label ?? row.address ?? row.name,
          words.amounts(row.amounts),
        ].join(', '),
        isSelected: node === selected,
        next: dots[index + 1] ? `t${dots[index + 1]?.node}` : null,
        back: dots[index - 1] ? `t${dots[index - 1]?.node}` : null,
        above: dots[index - 1] ? `t${dots[index - 1]?.node}` : null,
        below: dots[index + 1] ? `t${dots[index + 1]?.node}` : null,
      })),
    [dots, words, selected],
  )
  if (times.buckets.length === 0) return <p>{say('trace.time.none', { count: times.untimed })}</p>
  const span = Math.max(1, times.to - times.from)
  const across = (time: number) => {
    const x = SCALE + ((time - times.from) / span) * (WIDTH - SCALE - EDGE)
    return isRtl ? WIDTH - x : x
  }
  const asset = onlyAsset(dots)
  const sizes = dots.map(({ weight, row }) => (asset === null ? weight : (row.amounts[0]?.units ?? 0n)))
  const lines = powersAround(sizes)
  const [least = 0, most = 1] = [lines[0], lines.at(-1)]
  const height = (log: number) => FLOOR - 14 - ((log - least) / Math.max(1, most - least)) * (FLOOR - 44)
  const marks = dots.map(({ node, time, row }, index) => ({
    ...{ node, time, row, size: sizes[index] ?? 0n },
    ...{ x: across(time), y: height(logOf(sizes[index] ?? 0n)) },
  }))
  const written = labelsThatFit(
    marks.map(({ x, y, size, row }) => ({
      ...{ x, y, size },
      isEnd: row.kind === 'end',
      // Isolated, so that a name from right to left does not part a number from its unit.
      text: `\u2068${row.label ?? words.kind(row.kind, row.status)}\u2069 \u2068${words.amounts(row.amounts)}\u2069`,
    })),
    isRtl,
  )
  const tallest = times.buckets.reduce((top, { weight }) => (weight > top ? weight : top), 1n)
  const ticks = [0, 0.5, 1].map((part) => ({ part, time: times.from + Math.round(span * part) }))
  return (
    <div>
      <ListBox
        label={say('trace.time.label', { count: dots.length })}
        items={items}
        active={active}
        isRtl={isRtl}
        onMove={setActive}
        onChoose={(id) => onSelect(Number(id.slice(1)))}
        onKey={({ key, ctrlKey, metaKey, altKey }) => !ctrlKey && !metaKey && !altKey && onKey(key)}
      >
        <svg
          className="trace-time"
          aria-hidden="true"
          data-export="time"
          direction="ltr"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        >
          {asset !== null &&
            lines.map((log) => (
              <g key={log}>
                <line
                  className="trace-scale"
                  x1={isRtl ? EDGE - 20 : SCALE - 14}
                  x2={isRtl ? WIDTH - SCALE + 14 : WIDTH - EDGE + 20}
                  y1={height(log)}
                  y2={height(log)}
                />
                <text
                  className="trace-scale-amount"
                  x={isRtl ? WIDTH - SCALE + 20 : SCALE - 20}
                  y={height(log) + 4}
                  textAnchor={isRtl ? 'start' : 'end'}
                >
                  {words.amount(asset, 10n ** BigInt(log))}
                </text>
              </g>
            ))}
          <line
            className="trace-axis"
            x1={isRtl ? EDGE - 20 : SCALE - 14}
            x2={isRtl ? WIDTH - SCALE + 14 : WIDTH - EDGE + 20}
            y1={FLOOR}
            y2={FLOOR}
          />
          {times.buckets.map(({ from, to, weight, ends, amounts }) => {
            const [x1, x2] = [across(from), across(Math.min(to, times.to))]
            const tall = Number((weight * 1000n) / tallest) * 0.07
            return weight === 0n ? null : (
              <rect
                key={from}
                className="trace-bucket"
                x={Math.min(x1, x2)}
                width={Math.max(3, Math.abs(x2 - x1) - 1)}
                y={FLOOR + 30}
                height={Math.max(2, tall)}
              >
                <title>{`${words.utc(from)}: ${say('trace.time.ends', { count: ends })}, ${words.amounts(amounts)}`}</title>
              </rect>
            )
          })}
          {ticks.map(({ part, time }) => (
            <text
              key={part}
              className="trace-name"
              x={across(time)}
              y={FLOOR + 20}
              textAnchor={part === 0 ? (isRtl ? 'end' : 'start') : part === 1 ? (isRtl ? 'start' : 'end') : 'middle'}
            >
              {words.utc(time)}
            </text>
          ))}
          {marks.map(({ node, time, row, x, y }) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: an option of the list box stands for it
            <g
              key={node}
              className="trace-card trace-dot"
              data-kind={row.kind}
              data-status={row.status ?? undefined}
              data-shape={shapeOf(row.status)}
              data-selected={node === selected || undefined}
              data-active={active === `t${node}` || undefined}
              transform={`translate(${x} ${y})`}
              onClick={() => onSelect(node)}
            >
              <circle className="trace-hit" r={13} />
              {row.kind === 'end' ? (
                <rect className="trace-bar" x={-6} y={-6} width={12} height={12} />
              ) : (
                <circle className="trace-bar" r={6} />
              )}
              <title>{`${words.utc(time)} · ${words.kind(row.kind, row.status)} · ${words.amounts(row.amounts)}`}</title>
            </g>
          ))}
          {written.map(({ text, x, y, anchor }) => (
            <text key={`${x} ${y}`} className="trace-dot-name" x={x} y={y + 4} textAnchor={anchor}>
              {text}
            </text>
          ))}
        </svg>
      </ListBox>
      <p className="small soft">
        {say('trace.time.how')} {asset !== null && say('trace.time.scale')}{' '}
        {say('trace.time.rest', { more: times.notDrawn, untimed: times.untimed })}
      </p>
    </div>
  )
}

/** Without colours, too: where something can be asked for, an end is full; where the trail stops, hollow; into a mixer it stands on its corner. */
function shapeOf(status: string | null): 'hollow' | 'corner' | 'small' | undefined {
  if (status === 'data-ends' || status === 'not-followed') return 'hollow'
  if (status === 'mixer') return 'corner'
  return status === null || status === 'service' || status === 'unspent' ? undefined : 'small'
}

function logOf(weight: bigint): number {
  return weight > 0n ? Math.log10(Number(weight)) : 0
}

/** The asset that all are of; `null` where there are several: then no line can say how much it stands for. */
function onlyAsset(dots: Times['dots']): string | null {
  const asset = dots[0]?.row.amounts[0]?.asset
  return asset !== undefined && dots.every(({ row }) => row.amounts.length === 1 && row.amounts[0]?.asset === asset)
    ? asset
    : null
}

/** At most so many lines of the scale: the powers of ten from below the least to above the most. */
const LINES = 7

function powersAround(sizes: readonly bigint[]): readonly number[] {
  const logs = sizes.map(logOf)
  const [from, to] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))]
  const step = Math.max(1, Math.ceil((to - from) / LINES))
  return Array.from({ length: Math.ceil((to - from) / step) + 1 }, (_, index) => from + index * step)
}

type Mark = {
  readonly x: number
  readonly y: number
  readonly size: bigint
  readonly isEnd: boolean
  readonly text: string
}
type Label = Pick<Mark, 'text' | 'x' | 'y'> & { readonly anchor: 'start' | 'end' }

/** Names beside marks, ends before what led to them and the largest first, as far as they cover neither a mark nor each other. */
function labelsThatFit(marks: readonly Mark[], isRtl: boolean): readonly Label[] {
  const taken = marks.map(({ x, y }) => ({ from: x - 9, to: x + 9, y }))
  const labels: Label[] = []
  const inOrder = [...marks].sort(
    (a, b) => Number(b.isEnd) - Number(a.isEnd) || (a.size > b.size ? -1 : a.size < b.size ? 1 : a.x - b.x),
  )
  for (const { x, y, text } of inOrder) {
    const long = text.length * 6.9
    const after = { x: x + 13, anchor: 'start', from: x + 11, to: x + 13 + long } as const
    const before = { x: x - 13, anchor: 'end', from: x - 13 - long, to: x - 11 } as const
    const fits = ({ from, to }: { readonly from: number; readonly to: number }) =>
      from > (isRtl ? 4 : SCALE - 14) &&
      to < (isRtl ? WIDTH - SCALE + 14 : WIDTH - 4) &&
      taken.every((one) => Math.abs(one.y - y) > 15 || one.to < from || one.from > to)
    const place = (isRtl ? [before, after] : [after, before]).find(fits)
    if (place === undefined) continue
    taken.push({ from: place.from, to: place.to, y })
    labels.push({ text, x: place.x, y, anchor: place.anchor })
  }
  return labels
}
