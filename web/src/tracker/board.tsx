/** Requests by the time that is left: what is late stands first. */
import { Link } from '@tanstack/react-router'
import { useSpeech } from '../shared/language/speak.tsx'
import type { Codes } from '../shared/law.ts'
import { Country, Words } from '../shared/ui/values.tsx'
import { standingOf, standings } from './clocks.ts'
import type { Row } from './requests.ts'
import { ClockOf, State } from './words.tsx'

export function Board({
  rows,
  codes,
  now,
}: {
  readonly rows: readonly Row[]
  readonly codes: Codes
  readonly now: number
}) {
  const { say } = useSpeech()
  return (
    <div className="board">
      {standings.map((standing) => {
        const own = rows
          .filter(({ clock }) => standingOf(clock, now) === standing)
          .toSorted((a, b) => ((a.clock?.due ?? '') < (b.clock?.due ?? '') ? -1 : 1))
        return (
          <section key={standing} aria-labelledby={`board-${standing}`} data-standing={standing}>
            <h2 id={`board-${standing}`}>{say(`tracker.standing.${standing}`, { count: own.length })}</h2>
            <ul className="plain-list stack">
              {own.map((row) => (
                <li className="sheet" key={row.id}>
                  <Link to={`/requests/${row.id}`}>{codes.name(row.item.request.content.measure)}</Link>{' '}
                  <State state={row.state} />
                  <div className="small soft">
                    <Country code={row.country} /> · <Words>{row.partner}</Words>
                  </div>
                  {row.clock && <ClockOf clock={row.clock} now={now} />}
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
