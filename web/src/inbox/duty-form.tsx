/** Setting the roster: its shifts one after the other; gaps, overlaps and people twice are told while it is written. */
import { type FormEvent, useId, useState } from 'react'
import { rosterFindings, type Shift } from '../../../platform/src/exchange/together/roster.ts'
import { useChecked } from '../joint/use-checked.ts'
import { instantIn, localIn } from '../joint/zoned.ts'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { usePeople } from '../shared/node/people.tsx'
import { mayEver } from '../shared/node/roles-by-right.ts'
import { Checkbox, ErrorSummary, Select, TextField } from '../shared/ui/fields.tsx'
import { Button, FormEnd, Note } from '../shared/ui/parts.tsx'
import { type Duty, Span, useFindingText } from './duty.tsx'
import { afterLast, firstSpan, languagesIn } from './duty-times.ts'

type Row = {
  readonly personId: string
  readonly from: string
  readonly until: string
  readonly zone: string
  readonly languages: string
  readonly handOver: string
}

export function DutyForm({ duty, onDone }: { readonly duty: Duty; readonly onDone: () => void }) {
  const say = useSay()
  const form = useId()
  const id = (name: string) => `${form}-${name}`
  const { zone, languages } = duty.point
  const people = usePeople().all.filter(({ role, suspended }) => mayEver('liaise', role) && !suspended)
  const set = useAct('dutySet')
  const { errors, wrongOf, isRight } = useChecked()
  const findingText = useFindingText()
  const [span, setSpan] = useState(() =>
    duty.roster
      ? { from: localIn(zone, duty.roster.from), until: localIn(zone, duty.roster.until) }
      : firstSpan(localIn(zone, Date.now())),
  )
  const [rows, setRows] = useState<readonly Row[]>(
    () =>
      duty.roster?.shifts.map((one) => ({
        ...one,
        ...{ from: localIn(zone, one.from), until: localIn(zone, one.until) },
        ...{ languages: one.languages.join(' '), handOver: one.handOver ?? '' },
      })) ?? [],
  )
  const [accept, setAccept] = useState(false)
  const put = (at: number, more: Partial<Row>) =>
    setRows(rows.map((one, place) => (place === at ? { ...one, ...more } : one)))
  const add = () =>
    setRows([
      ...rows,
      { ...afterLast(rows, span.from), personId: '', zone, languages: languages.join(' '), handOver: '' },
    ])

  const isDated = ({ from, until }: { from: string; until: string }) => from !== '' && until !== ''
  const shifts: Shift[] = rows.filter(isDated).map((row) => ({
    ...{ personId: row.personId, zone: row.zone, languages: languagesIn(row.languages) },
    ...{ from: instantIn(zone, row.from), until: instantIn(zone, row.until) },
    handOver: row.handOver.trim() || null,
  }))
  const covers = isDated(span)
    ? { from: instantIn(zone, span.from), until: instantIn(zone, span.until), languages }
    : null
  const findings = covers && shifts.length === rows.length ? rosterFindings(shifts, covers) : []
  const hasGap = findings.some(({ code }) => code === 'gap')

  const send = (event: FormEvent) => {
    event.preventDefault()
    const filled = [
      [id('from'), say('inbox.duty.from'), span.from],
      [id('until'), say('inbox.duty.until'), span.until],
      ...rows.flatMap(({ personId, from, until, languages: spoken }, at) => {
        const of = (field: string) => say('inbox.duty.of-shift', { field, number: at + 1 })
        return [
          [id(`${at}-person`), of(say('inbox.duty.person')), personId],
          [id(`${at}-from`), of(say('inbox.duty.begins')), from],
          [id(`${at}-until`), of(say('inbox.duty.ends')), until],
          [id(`${at}-languages`), of(say('inbox.point.languages')), spoken],
        ] as const
      }),
    ] as const
    const more = rows.length === 0 ? [{ id: id('add'), text: say('inbox.duty.no-shift') }] : []
    if (!isRight(filled, more) || covers === null) return
    set.mutate(
      {
        ...{ version: duty.version, from: covers.from, until: covers.until },
        shifts: shifts.map((one) => ({ ...one, languages: [...one.languages] })),
        ...(hasGap && accept ? { accept: true } : {}),
      },
      { onSuccess: onDone },
    )
  }
  const moment = (name: string, label: string, value: string, onChange: (value: string) => void) => (
    <TextField
      id={id(name)}
      type="datetime-local"
      label={label}
      hint={say('inbox.duty.zone', { zone })}
      wrong={wrongOf(id(name))}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    />
  )
  return (
    <form noValidate onSubmit={send}>
      <ErrorSummary errors={errors} />
      <div className="fields-2">
        {moment('from', say('inbox.duty.from'), span.from, (from) => setSpan({ ...span, from }))}
        {moment('until', say('inbox.duty.until'), span.until, (until) => setSpan({ ...span, until }))}
      </div>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shifts are named by their place, as the node names them
        <fieldset key={at}>
          <legend>{say('inbox.duty.shift', { number: at + 1 })}</legend>
          <Select
            id={id(`${at}-person`)}
            label={say('inbox.duty.person')}
            hint={people.length === 0 ? say('inbox.duty.nobody-may') : undefined}
            wrong={wrongOf(id(`${at}-person`))}
            value={row.personId}
            onChange={({ target }) => put(at, { personId: target.value })}
          >
            <option value="">{say('field.choose')}</option>
            {people.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
          <div className="fields-2">
            {moment(`${at}-from`, say('inbox.duty.begins'), row.from, (from) => put(at, { from }))}
            {moment(`${at}-until`, say('inbox.duty.ends'), row.until, (until) => put(at, { until }))}
          </div>
          <TextField
            id={id(`${at}-languages`)}
            label={say('inbox.point.languages')}
            wrong={wrongOf(id(`${at}-languages`))}
            dir="ltr"
            value={row.languages}
            onChange={({ target }) => put(at, { languages: target.value })}
          />
          <TextField
            label={say('cases.optional', { label: say('inbox.duty.hand-over') })}
            maxLength={2000}
            value={row.handOver}
            onChange={({ target }) => put(at, { handOver: target.value })}
          />
          <Button
            kind="quiet"
            label={say('inbox.duty.remove-number', { number: at + 1 })}
            onPress={() => setRows(rows.filter((_, place) => place !== at))}
          >
            {say('inbox.duty.remove')}
          </Button>
        </fieldset>
      ))}
      <p>
        <button type="button" id={id('add')} className="button" data-kind="second" onClick={add}>
          {say('inbox.duty.add')}
        </button>
      </p>
      <div role="status">
        {findings.length > 0 && (
          <Note kind="warn">
            <ul>
              {findings.map((one) => (
                <li key={`${one.code} ${one.place} ${one.from}`}>
                  {findingText(one)} <Span of={one} zone={zone} />
                </li>
              ))}
            </ul>
          </Note>
        )}
      </div>
      {hasGap && (
        <Checkbox
          label={say('inbox.duty.accept')}
          checked={accept}
          onChange={({ target }) => setAccept(target.checked)}
        />
      )}
      <FormEnd act={set} does={say('inbox.duty.set')} onCancel={onDone} />
    </form>
  )
}
