/** When a period of an instrument has run out, step by step: only a verified rule gives a date; the others remind. */
import { useHomeZone } from '../joint/zone-select.tsx'
import { instantIn } from '../joint/zoned.ts'
import { Mark } from '../request/route-card.tsx'
import { useFilters } from '../shared/filters.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { Select, TextField } from '../shared/ui/fields.tsx'
import { Empty, Fact, Facts, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Deadline, Instant, MachineValue, ownZone } from '../shared/ui/values.tsx'
import { InstrumentSelect, PackCountrySelect, UrgencySelect } from './law-fields.tsx'
import { Cited, LawFrame } from './law-frame.tsx'

export function Screen() {
  return (
    <LawFrame>
      <Question />
    </LawFrame>
  )
}

function Question() {
  const { say, knows, language } = useSpeech()
  const home = useHomeZone()
  const own = useRead('nodeRead', {}).data?.agency.country ?? ''
  const countries = useRead('legalJurisdictions', {})
  const [given, set] = useFilters()
  const {
    instrument = '',
    rule = '',
    at = '',
    country = own,
    zone = '',
    side = 'ours',
    urgency = '',
    extended = '',
  } = given
  const instruments = useRead('legalInstruments', { language: language.id })
  const rules = instruments.data?.find(({ id }) => id === instrument)?.deadlines ?? []
  const chosen = rules.find(({ id }) => id === rule)
  const zones = countries.data?.find(({ code }) => code === country)?.zones ?? []
  const event = `law.event.${chosen?.trigger}`
  const asked =
    chosen !== undefined && at !== '' && country !== ''
      ? {
          ...{ rule, trigger: instantIn(home, at), country, side: side as 'ours' | 'theirs' },
          ...(zone === '' ? {} : { zone }),
          ...(urgency === '' ? {} : { urgency }),
        }
      : null
  const answer = useRead('legalDeadline', asked)
  const mayExtend = (answer.data?.extension ?? null) !== null
  const extendedAt = mayExtend && extended !== '' ? instantIn(home, extended) : null
  const after = useRead('legalDeadline', asked !== null && extendedAt !== null ? { ...asked, extendedAt } : null)
  return (
    <>
      <Sheet title={say('law.question')}>
        <div className="columns">
          <div>
            <InstrumentSelect
              label={say('request.instrument')}
              value={instrument}
              onChange={(value) => set({ instrument: value, rule: '', extended: '' })}
            />
            <Select
              label={say('law.rule')}
              value={rule}
              onChange={({ target }) => set({ rule: target.value, extended: '' })}
            >
              <option value="">{say('field.choose')}</option>
              {rules.map(({ id, duty, article }) => (
                <option key={id} value={id}>
                  {`${article}: ${duty}`}
                </option>
              ))}
            </Select>
            <TextField
              type="datetime-local"
              label={knows(event) ? say(event) : say('law.event')}
              hint={say('inbox.duty.zone', { zone: home })}
              value={at}
              onChange={({ target }) => set({ at: target.value })}
            />
          </div>
          <div>
            <Select label={say('law.side')} value={side} onChange={({ target }) => set({ side: target.value })}>
              <option value="ours">{say('law.side.ours')}</option>
              <option value="theirs">{say('law.side.theirs')}</option>
            </Select>
            <PackCountrySelect
              label={say('law.acting-country')}
              value={country}
              onChange={(value) => set({ country: value, zone: '' })}
            />
            {zones.length > 1 && (
              <Select
                label={say('law.acting-zone')}
                dir="ltr"
                value={zone || zones[0]}
                onChange={({ target }) => set({ zone: target.value })}
              >
                {zones.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </Select>
            )}
            <UrgencySelect value={urgency} onChange={(value) => set({ urgency: value })} />
          </div>
        </div>
      </Sheet>
      {chosen === undefined || at === '' ? (
        <Empty title={say('law.periods-open')}>
          <p>{say('law.periods-open-text')}</p>
        </Empty>
      ) : (
        <Sheet title={say('law.runs-out')}>
          <Shown read={answer}>{(found) => <Answer found={found} zone={home} />}</Shown>
        </Sheet>
      )}
      {mayExtend && (
        <Sheet title={say('law.if-extended')}>
          <TextField
            type="datetime-local"
            label={say('tracker.period-extended')}
            hint={say('inbox.duty.zone', { zone: home })}
            value={extended}
            onChange={({ target }) => set({ extended: target.value })}
          />
          {extendedAt !== null && (
            <Shown read={after}>{(found) => <Extended found={found} before={answer.data?.due ?? null} />}</Shown>
          )}
        </Sheet>
      )}
    </>
  )
}

function Answer({ found, zone }: { readonly found: ResultOf<'legalDeadline'>; readonly zone: string }) {
  const { say, knows } = useSpeech()
  const { rule, article, verified, nature, binding, due, dueLocal, readings, steps, onExpiry } = found
  const { reminders, caveats, calendar, extension, suspension } = found
  const effect = `law.effect.${onExpiry.effect}`
  const local = dueLocal?.zone ?? zone
  return (
    <>
      <p className="row">
        <MachineValue value={rule} /> <bdi dir="ltr">({article})</bdi> <Mark verified={verified} />
        <Status kind={nature === 'date' ? 'good' : 'warn'}>{say(`law.nature.${nature}`)}</Status>
      </p>
      {!binding && <Note kind="warn">{say('tracker.not-verified')}</Note>}
      {due === null ? (
        <p>{say('tracker.no-date')}</p>
      ) : (
        <Deadline due={due} zone={local} rule={null} now={Date.now()} />
      )}
      <Facts>
        {readings !== null && (
          <Fact name={say('law.readings')}>
            <Instant at={readings.earliest} zone={local} /> – <Instant at={readings.latest} zone={local} />
          </Fact>
        )}
        <Fact name={say('law.on-expiry')}>
          {knows(effect) && <p>{say(effect)}</p>}
          <Cited of={onExpiry} />
        </Fact>
        <Fact name={say('law.extension')}>
          <Provided by={extension} />
        </Fact>
        <Fact name={say('law.suspension')}>
          <Provided by={suspension} />
        </Fact>
        {calendar !== null && (
          <Fact name={say('law.calendar')}>
            <MachineValue value={`${calendar.jurisdiction} ${calendar.version}`} />
          </Fact>
        )}
      </Facts>
      <Steps steps={steps} />
      {reminders.length > 0 && (
        <>
          <h3>{say('law.reminders')}</h3>
          <ul className="list">
            {reminders.map((one) => (
              <li key={`${one.at} ${one.why}`}>
                <Instant at={one.at} zone={local} /> <Phrase topic="law" text={one.why} />
              </li>
            ))}
          </ul>
        </>
      )}
      {caveats.length > 0 && (
        <Note kind="warn">
          <h3>{say('law.caveats')}</h3>
          <ul>
            {caveats.map((one) => (
              <li key={one}>
                <Phrase topic="law" text={one} />
              </li>
            ))}
          </ul>
        </Note>
      )}
    </>
  )
}

/** Only what the extension changes; the rest stands above. */
function Extended({ found, before }: { readonly found: ResultOf<'legalDeadline'>; readonly before: string | null }) {
  const { say } = useSpeech()
  const { due, dueLocal, steps } = found
  if (due === null || due === before) return <p>{say('tracker.period-same')}</p>
  return (
    <>
      <Deadline due={due} zone={dueLocal?.zone ?? ownZone()} rule={null} now={Date.now()} />
      <Steps steps={steps} />
    </>
  )
}

function Steps({ steps }: { readonly steps: ResultOf<'legalDeadline'>['steps'] }) {
  const { say } = useSpeech()
  return (
    <>
      <h3>{say('law.steps')}</h3>
      <ol className="list">
        {steps.map((one) => (
          <li key={`${one.text} ${one.article}`}>
            <Cited of={one} />
          </li>
        ))}
      </ol>
    </>
  )
}

/** The provision by which it may be; what gives no verified number moves no date. */
function Provided({ by }: { readonly by: ResultOf<'legalDeadline'>['extension'] }) {
  const { say } = useSpeech()
  if (by === null) return say('law.no-provision')
  return (
    <>
      <p>
        <Cited of={by} />
      </p>
      {!by.moves && <p className="soft">{say('tracker.period-moves-not')}</p>}
    </>
  )
}
