/** What happened when: every payment and end on the line of time, the largest one by one, and how much came to an end in each stretch. */
import { useMemo, useState } from 'react'
import { useSpeech } from '../../shared/language/speak.tsx'
import type { Times } from '../model/ask-model.ts'
import { type Item, ListBox } from './list-box.tsx'
import type { TraceWords } from './words.tsx'

const [WIDTH, HEIGHT, FLOOR, EDGE] = [760, 400, 290, 40]

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
    const x = EDGE + ((time - times.from) / span) * (WIDTH - 2 * EDGE)
    return isRtl ? WIDTH - x : x
  }
  const logs = dots.map(({ weight }) => logOf(weight))
  const [least, most] = [Math.min(...logs), Math.max(...logs)]
  const height = (weight: bigint) => FLOOR - 14 - ((logOf(weight) - least) / Math.max(1, most - least)) * (FLOOR - 44)
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
          <line className="trace-axis" x1={EDGE - 20} x2={WIDTH - EDGE + 20} y1={FLOOR} y2={FLOOR} />
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
          {dots.map(({ node, time, weight, row }) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: an option of the list box stands for it
            <g
              key={node}
              className="trace-card trace-dot"
              data-kind={row.kind}
              data-status={row.status ?? undefined}
              data-shape={shapeOf(row.status)}
              data-selected={node === selected || undefined}
              data-active={active === `t${node}` || undefined}
              transform={`translate(${across(time)} ${height(weight)})`}
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
        </svg>
      </ListBox>
      <p className="small soft">
        {say('trace.time.how')} {say('trace.time.rest', { more: times.notDrawn, untimed: times.untimed })}
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
