/** Deadlines on a line of time, in reading direction, the list of them beside it complete: each with the zone that decides. */
import { Link } from '@tanstack/react-router'
import { useSpeech } from '../shared/language/speak.tsx'
import type { Codes } from '../shared/law.ts'
import { Country, ownZone } from '../shared/ui/values.tsx'
import type { Clock } from './clocks.ts'
import type { Row } from './requests.ts'
import { axisOf } from './time-line.ts'
import { ClockOf } from './words.tsx'

const WIDTH = 1000
const HEIGHT = 96
/** Half of the widest label of a tick: none is cut at the ends. */
const EDGE = 70

export function TimeAxis({
  rows,
  codes,
  now,
}: {
  readonly rows: readonly Row[]
  readonly codes: Codes
  readonly now: number
}) {
  const { say, locale, language } = useSpeech()
  const due = rows
    .flatMap((row) => (row.clock ? [{ row, clock: row.clock }] : []))
    .toSorted((a, b) => (a.clock.due < b.clock.due ? -1 : 1))
  if (due.length === 0) return <p className="soft">{say('tracker.no-due')}</p>
  const axis = axisOf(
    due.map(({ clock }) => Date.parse(clock.due)),
    now,
  )
  const isRight = language.direction === 'rtl'
  const x = (at: number) => {
    const part = EDGE + (WIDTH - 2 * EDGE) * axis.partOf(at)
    return isRight ? WIDTH - part : part
  }
  const tick = new Intl.DateTimeFormat(locale, {
    ...{ day: 'numeric', month: 'short', timeZone: ownZone() },
    ...(axis.isByHour ? { hour: '2-digit', minute: '2-digit', hour12: false } : {}),
  })
  return (
    <>
      <div className="time-frame">
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-label={say('tracker.axis-label', { count: due.length })}
        >
          <line className="axis" x1="10" x2={WIDTH - 10} y1="60" y2="60" />
          {axis.ticks.map((at) => (
            <g key={at} transform={`translate(${x(at)} 60)`}>
              <line className="axis" y2="6" />
              <text className="tick" y="24">
                {tick.format(at)}
              </text>
            </g>
          ))}
          <g transform={`translate(${x(now)} 60)`} className="now">
            <line y1="-46" y2="6" />
            <text y="-50">{say('tracker.now')}</text>
          </g>
          {due.map(({ row, clock }) => (
            <Mark key={row.id} at={x(Date.parse(clock.due))} clock={clock} isLate={Date.parse(clock.due) < now} />
          ))}
        </svg>
      </div>
      <p className="small soft">{say('tracker.axis-legend', { zone: ownZone() })}</p>
      <ol className="list">
        {due.map(({ row, clock }) => (
          <li key={row.id}>
            <Link to={`/requests/${row.id}`}>{codes.name(row.item.request.content.measure)}</Link>{' '}
            <span className="soft">
              <Country code={row.country} />
            </span>
            <ClockOf clock={clock} now={now} />
          </li>
        ))}
      </ol>
    </>
  )
}

/** A full circle binds; a hollow one only reminds; what is late is a square. */
function Mark({ at, clock, isLate }: { readonly at: number; readonly clock: Clock; readonly isLate: boolean }) {
  return (
    <g className="due" data-late={isLate || undefined} data-binding={clock.binding || undefined}>
      {isLate ? <rect x={at - 8} y="37" width="16" height="16" /> : <circle cx={at} cy="45" r="8" />}
    </g>
  )
}
