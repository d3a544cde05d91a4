/** The duty roster: who is on duty now and when, what is wrong with it from here on, and setting it. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useRead, useReadOrNone } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Empty, Note, PageHead, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, languageName, Words } from '../shared/ui/values.tsx'
import { DutyForm } from './duty-form.tsx'
import './inbox.css'

export type Duty = ResultOf<'dutyNow'>
export type Finding = Duty['findings'][number]

/** policies/roles.cedar: rosters-are-kept-by-liaison-officers-and-senior-officials. */
const keepers = ['liaison-officer', 'senior-official']

export function Screen() {
  const say = useSay()
  const read = useReadOrNone('dutyNow', {}, 'CONTACT_POINT')
  const session = useRead('sessionRead', {}).data?.session
  const isKeeper = keepers.includes(session?.role ?? '')
  return (
    <>
      <PageHead
        title={say('inbox.duty.title')}
        kicker={<Link to={'/inbox' as never}>{say('inbox.calls.title')}</Link>}
      />
      <div className="stack">
        <Shown read={read}>
          {(duty) =>
            duty === null ? (
              <Empty title={say('inbox.calls.no-point')}>
                <p>{say('inbox.duty.point-first')}</p>
              </Empty>
            ) : (
              <Roster key={duty.version} duty={duty} isKeeper={isKeeper} />
            )
          }
        </Shown>
      </div>
    </>
  )
}

function Roster({ duty, isKeeper }: { readonly duty: Duty; readonly isKeeper: boolean }) {
  const { say } = useSpeech()
  const [isOpen, setOpen] = useState(false)
  const { roster, findings, onDuty } = duty
  const names = useFindingText()
  return (
    <>
      <Sheet title={say('inbox.calls.duty')}>
        {onDuty.length === 0 ? (
          <Note kind="warn">{say('inbox.calls.nobody')}</Note>
        ) : (
          <ul className="list">
            {onDuty.map(({ personId, name, until, zone, handOver }) => (
              <li key={personId}>
                <strong>
                  <Words>{name}</Words>
                </strong>{' '}
                <span className="soft">
                  {say('inbox.calls.until')} <Instant at={until} zone={zone} />
                </span>
                {handOver !== null && (
                  <p>
                    <Words>{handOver}</Words>
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
      </Sheet>
      <Sheet
        title={say('inbox.duty.roster')}
        actions={
          isKeeper && !isOpen ? <Button onPress={() => setOpen(true)}>{say('inbox.duty.change')}</Button> : undefined
        }
      >
        {isOpen ? (
          <DutyForm duty={duty} onDone={() => setOpen(false)} />
        ) : roster === null ? (
          <Empty title={say('inbox.duty.none')}>
            <p>{say(isKeeper ? 'inbox.duty.none-text' : 'inbox.duty.none-theirs')}</p>
          </Empty>
        ) : (
          <>
            <p>
              <Instant at={roster.from} zone={duty.point.zone} /> – <Instant at={roster.until} zone={duty.point.zone} />
            </p>
            {findings.length > 0 && (
              <Note kind="warn">
                <h3>{say('inbox.duty.from-here')}</h3>
                <ul>
                  {findings.map((one) => (
                    <li key={`${one.code} ${one.place} ${one.from}`}>
                      {names(one)} <Span of={one} zone={duty.point.zone} />
                    </li>
                  ))}
                </ul>
              </Note>
            )}
            <Shifts duty={duty} />
          </>
        )}
      </Sheet>
    </>
  )
}

function Shifts({ duty: { roster } }: { readonly duty: Duty }) {
  const { say, locale } = useSpeech()
  const now = Date.now()
  const shifts = (roster?.shifts ?? []).toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from))
  return (
    <ul className="list">
      {shifts.map(({ personId, from, until, zone, languages, handOver }) => (
        <li key={`${personId} ${from}`}>
          <div className="row spread">
            <strong>
              <PersonName id={personId} role />
            </strong>
            {Date.parse(from) <= now && now < Date.parse(until) && (
              <Status kind="good">{say('inbox.calls.duty')}</Status>
            )}
          </div>
          <p className="small">
            <Instant at={from} zone={zone} /> – <Instant at={until} zone={zone} />
            <span className="soft"> · {languages.map((one) => languageName(one, locale)).join(', ')}</span>
          </p>
          {handOver !== null && (
            <p className="small">
              <Words>{handOver}</Words>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What is wrong, and at which shift; the first shift is 1. */
export function useFindingText(): (finding: Finding) => string {
  const { say } = useSpeech()
  return ({ code, place }) => {
    const [, at] = /^\/shifts\/(\d+)$/.exec(place) ?? []
    const text = say(`inbox.duty.finding.${code}`)
    return at === undefined || code === 'gap' ? text : say('inbox.duty.at-shift', { number: Number(at) + 1, text })
  }
}

export function Span({ of: { from, until }, zone }: { readonly of: Finding; readonly zone: string }) {
  return (
    <span className="soft">
      <Instant at={from} zone={zone} /> – <Instant at={until} zone={zone} />
    </span>
  )
}
