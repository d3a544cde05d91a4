/**
 * Recording that a period was extended, or stood still, where the law provides for it: the node says by which provision and which date
 * follows, before it is recorded. The date is never set by hand.
 */
import { type FormEvent, useId, useState } from 'react'
import { useChecked } from '../joint/use-checked.ts'
import { useHomeZone } from '../joint/zone-select.tsx'
import { instantIn, localIn } from '../joint/zoned.ts'
import { Cited } from '../law/law-frame.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useRead } from '../shared/node/node.tsx'
import { ErrorSummary, TextArea, TextField } from '../shared/ui/fields.tsx'
import { AskDialog, Button, FormEnd, Note, Shown } from '../shared/ui/parts.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import type { Request } from './one-request.tsx'
import { PeriodPreview } from './period-preview.tsx'

type Stretch = { readonly from: string; readonly to: string }
/** What the law makes of the period as it is in the rule. */
export type Period = ResultOf<'requestPeriodRead'>

/** The act, where the law provides for one; elsewhere why there is none. What was recorded once can be taken back anywhere. */
export function PeriodAct({ read, ruleId }: { readonly read: Request; readonly ruleId: string }) {
  const say = useSay()
  const period = useRead('requestPeriodRead', { id: read.id, ruleId })
  const isRecorded = read.request.periods?.some((one) => one.ruleId === ruleId) ?? false
  return (
    <Shown read={period}>
      {(found) =>
        found.extension === null && found.suspension === null && !isRecorded ? (
          <p className="small soft">{say('tracker.period-neither')}</p>
        ) : (
          <PeriodForm read={read} ruleId={ruleId} period={found} />
        )
      }
    </Shown>
  )
}

function PeriodForm({
  read,
  ruleId,
  period,
}: {
  readonly read: Request
  readonly ruleId: string
  readonly period: Period
}) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button kind="quiet" label={say('tracker.period-of', { rule: ruleId })} onPress={() => setOpen(true)}>
        {say('tracker.period')}
      </Button>
      {isOpen && (
        <AskDialog title={say('tracker.period')} isOpen onClose={() => setOpen(false)}>
          <Form read={read} ruleId={ruleId} period={period} onDone={() => setOpen(false)} />
        </AskDialog>
      )}
    </>
  )
}

function Form({
  read,
  ruleId,
  period,
  onDone,
}: {
  readonly read: Request
  readonly ruleId: string
  readonly period: Period
  readonly onDone: () => void
}) {
  const say = useSay()
  const form = useId()
  const id = (name: string) => `${form}-${name}`
  const zone = useHomeZone()
  const change = useAct('requestPeriodChange')
  const { errors, wrongOf, isRight } = useChecked()
  const before = read.request.periods?.find((one) => one.ruleId === ruleId)
  const shown = (at: string) => localIn(zone, at)
  const [extendedAt, setExtendedAt] = useState(before?.extendedAt ? shown(before.extendedAt) : '')
  const [stretches, setStretches] = useState<readonly Stretch[]>(
    before?.suspended.map(({ from, to }) => ({ from: shown(from), to: shown(to) })) ?? [],
  )
  const [reason, setReason] = useState('')
  const put = (at: number, more: Partial<Stretch>) =>
    setStretches(stretches.map((one, place) => (place === at ? { ...one, ...more } : one)))

  const given = {
    extendedAt: extendedAt === '' ? null : instantIn(zone, extendedAt),
    suspended: stretches
      .filter(({ from, to }) => from !== '' && to !== '')
      .map(({ from, to }) => ({ from: instantIn(zone, from), to: instantIn(zone, to) })),
  }
  const { extension, suspension } = period
  const mayExtend = extension !== null || extendedAt !== ''
  const mayStand = suspension !== null || stretches.length > 0
  const send = (event: FormEvent) => {
    event.preventDefault()
    const wrong = stretches.flatMap(({ from, to }, at) =>
      from === '' || to === '' || to <= from
        ? [{ id: id(`to-${at}`), text: say('tracker.period-stretch-wrong', { number: at + 1 }) }]
        : [],
    )
    const isNothing = extendedAt === '' && stretches.length === 0 && before === undefined
    const more = isNothing ? [{ id: id(mayExtend ? 'extended' : 'add'), text: say('tracker.period-nothing') }] : wrong
    if (!isRight([[id('reason'), say('tracker.reason'), reason]], more)) return
    change.mutate(
      { ...{ id: read.id, seen: read.version, ruleId, reason: reason.trim() }, ...given },
      { onSuccess: onDone },
    )
  }
  const hint = say('inbox.duty.zone', { zone })
  return (
    <form noValidate className="stack" onSubmit={send}>
      <Note>
        <p>
          <MachineValue value={ruleId} />
        </p>
        <ul>
          <li>{say('tracker.period-computed')}</li>
          <li>{say('tracker.period-whole')}</li>
        </ul>
      </Note>
      <ErrorSummary errors={errors} />
      <Provided name={say('tracker.period-may-extend')} none={say('tracker.period-no-extension')} by={extension} />
      {mayExtend && (
        <TextField
          id={id('extended')}
          type="datetime-local"
          label={say('tracker.period-extended')}
          hint={hint}
          wrong={wrongOf(id('extended'))}
          value={extendedAt}
          onChange={({ target }) => setExtendedAt(target.value)}
        />
      )}
      <Provided name={say('tracker.period-may-stand')} none={say('tracker.period-no-standstill')} by={suspension} />
      {stretches.map(({ from, to }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stretches are named by their place
        <fieldset key={at}>
          <legend>{say('tracker.period-stretch', { number: at + 1 })}</legend>
          <div className="fields-2">
            <TextField
              type="datetime-local"
              label={say('tracker.period-from')}
              hint={hint}
              value={from}
              onChange={({ target }) => put(at, { from: target.value })}
            />
            <TextField
              id={id(`to-${at}`)}
              type="datetime-local"
              label={say('tracker.period-to')}
              hint={hint}
              wrong={wrongOf(id(`to-${at}`))}
              value={to}
              onChange={({ target }) => put(at, { to: target.value })}
            />
          </div>
          <Button
            kind="quiet"
            label={say('tracker.period-remove-number', { number: at + 1 })}
            onPress={() => setStretches(stretches.filter((_, place) => place !== at))}
          >
            {say('tracker.period-remove')}
          </Button>
        </fieldset>
      ))}
      {mayStand && stretches.length < 50 && (
        <p id={id('add')} tabIndex={-1}>
          <Button kind="second" onPress={() => setStretches([...stretches, { from: '', to: '' }])}>
            {say('tracker.period-add')}
          </Button>
        </p>
      )}
      <PeriodPreview id={read.id} ruleId={ruleId} given={given} zone={zone} />
      <TextArea
        id={id('reason')}
        label={say('tracker.reason')}
        hint={say('tracker.period-reason')}
        wrong={wrongOf(id('reason'))}
        rows={3}
        maxLength={4000}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <FormEnd act={change} does={say('tracker.period-do')} onCancel={onDone} />
    </form>
  )
}

/** By which provision it may be; or that there is none, so that there is nothing to fill in. */
function Provided({
  name,
  none,
  by,
}: {
  readonly name: string
  readonly none: string
  readonly by: Period['extension']
}) {
  const say = useSay()
  if (by === null) return <p className="soft">{none}</p>
  return (
    <>
      <p>
        {name} <Cited of={by} />
      </p>
      {!by.moves && <Note kind="warn">{say('tracker.period-moves-not')}</Note>}
    </>
  )
}
