/** How long a case is kept: the periods that run, the legal holds that stop them, and the proposal to erase it. */
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ItemOf, type ResultOf, useAct, useAll, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { TextField } from '../shared/ui/fields.tsx'
import { Button, ButtonLink, Empty, Note, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { ActDialog } from './act-dialog.tsx'
import type { CaseView } from './case-frame.tsx'

export function Keeping({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const { id: caseId, case: one } = found
  const preview = useRead('retentionPreview', { caseId })
  return (
    <Sheet title={say('cases.keeping')}>
      <p className="soft">{say('cases.keeping-text')}</p>
      <Shown read={preview}>
        {({ plan, proposal }) => (
          <>
            {plan.held && <Note kind="warn">{say('cases.keeping-held')}</Note>}
            {plan.uncovered.length > 0 && (
              <Note kind="plain">
                {say('cases.keeping-uncovered')}{' '}
                {plan.uncovered.map((purpose) => (
                  <span key={purpose} className="partner">
                    <Purpose purpose={purpose} />
                  </span>
                ))}
              </Note>
            )}
            <ul className="list">
              {plan.clocks.map((clock) => (
                <li key={clock.ruleId} className="row spread">
                  <div>
                    <strong>
                      <Purpose purpose={clock.purpose} />
                    </strong>{' '}
                    <Period period={clock.period} />
                    <p className="small soft">
                      <Words>{clock.basis}</Words> · {say(`cases.keeping-from.${clock.clockStart}`)}
                    </p>
                  </div>
                  <span className="row">
                    <Status kind={clock.state === 'due' ? 'bad' : clock.state === 'running' ? 'open' : 'plain'}>
                      {say(`cases.keeping-state.${clock.state}`)}
                    </Status>
                    {clock.dueAt !== null && <Instant at={clock.dueAt} zone={ownZone()} />}
                  </span>
                </li>
              ))}
            </ul>
            {proposal !== null ? (
              <Proposed caseId={caseId} proposal={proposal} />
            ) : (
              one.access.closed && <Erasure caseId={caseId} isDue={plan.due} />
            )}
          </>
        )}
      </Shown>
      <Holds caseId={caseId} />
    </Sheet>
  )
}

const UNITS = { Y: 'year', M: 'month', D: 'day' } as const

/** A period of ISO 8601 in words: P5Y is five years. */
function Period({ period }: { readonly period: string }) {
  const { locale } = useSpeech()
  const parts = [...period.matchAll(/(\d+)([YMD])/g)].map(([, count, unit]) =>
    new Intl.NumberFormat(locale, {
      ...{ style: 'unit', unitDisplay: 'long' },
      unit: UNITS[unit as keyof typeof UNITS],
    }).format(Number(count)),
  )
  return new Intl.ListFormat(locale, { type: 'unit' }).format(parts)
}

function Purpose({ purpose }: { readonly purpose: string }) {
  const say = useSay()
  return say(`cases.purpose.${purpose}` as 'cases.purpose.asset-recovery')
}

function Holds({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const holds = useAll('holdList', { caseId })
  const place = useAct('holdPlace')
  const [authority, setAuthority] = useState('')
  return (
    <>
      <h3>{say('cases.holds')}</h3>
      <Shown read={holds}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('cases.holds-none')} />
          ) : (
            <ul className="list">
              {items.map((one) => (
                <Hold key={one.id} caseId={caseId} one={one} />
              ))}
            </ul>
          )
        }
      </Shown>
      <ActDialog
        title={say('cases.hold-place')}
        effects={[say('cases.hold-effect')]}
        reasonLabel={say('cases.reason')}
        reasonHint={say('cases.hold-reason')}
        isBusy={place.isPending}
        isBlocked={authority.trim() === ''}
        error={place.error}
        onAct={(reason, done) =>
          place.mutate(
            { caseId, authority: authority.trim(), reason },
            {
              onSuccess: () => {
                setAuthority('')
                done()
              },
            },
          )
        }
      >
        <TextField
          label={say('cases.hold-authority')}
          value={authority}
          required
          onChange={({ target }) => setAuthority(target.value)}
        />
      </ActDialog>
    </>
  )
}

function Hold({
  caseId,
  one: { id, version: seen, hold },
}: {
  readonly caseId: string
  readonly one: ItemOf<'holdList'>
}) {
  const say = useSay()
  const lift = useAct('holdLift')
  return (
    <li className="row spread">
      <div>
        <strong>
          <Words>{hold.authority}</Words>
        </strong>{' '}
        <Status kind={hold.liftedAt === null ? 'warn' : 'done'}>
          {say(hold.liftedAt === null ? 'cases.hold-holds' : 'cases.hold-lifted')}
        </Status>
        <p>
          <Words>{hold.reason}</Words>
        </p>
        <p className="small soft">
          <PersonName id={hold.placedBy} /> · <Instant at={hold.placedAt} zone={ownZone()} />
        </p>
        {hold.liftedAt !== null && (
          <p className="small soft">
            <Words>{hold.liftReason ?? ''}</Words> · <PersonName id={hold.liftedBy ?? ''} /> ·{' '}
            <Instant at={hold.liftedAt} zone={ownZone()} />
          </p>
        )}
      </div>
      {hold.liftedAt === null && (
        <ActDialog
          title={say('cases.hold-lift')}
          isDanger
          effects={[say('cases.hold-lift-effect')]}
          reasonLabel={say('cases.reason')}
          isBusy={lift.isPending}
          error={lift.error}
          onAct={(reason, done) => lift.mutate({ caseId, id, seen, reason }, { onSuccess: done })}
        />
      )}
    </li>
  )
}

/** Proposed here, approved by others with their keys, ordered by an official: nothing is erased by whoever proposes it. */
function Erasure({ caseId, isDue }: { readonly caseId: string; readonly isDue: boolean }) {
  const say = useSay()
  const propose = useAct('erasurePropose')
  const [order, setOrder] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        propose.mutate({ caseId, ...(order.trim() === '' ? {} : { order: order.trim() }) })
      }}
    >
      <h3>{say('cases.erasure')}</h3>
      <p className="soft">{say(isDue ? 'cases.erasure-due' : 'cases.erasure-not-due')}</p>
      <TextField
        label={say('cases.erasure-order')}
        hint={say('cases.erasure-order-hint')}
        value={order}
        onChange={({ target }) => setOrder(target.value)}
      />
      <Trouble error={propose.error} />
      <Button type="submit" kind="danger" isBusy={propose.isPending}>
        {say('cases.erasure-propose')}
      </Button>
    </form>
  )
}

/** Until it is ordered, a lead of the case may withdraw the proposal; approvals that were given fall with it. */
function Proposed({
  caseId,
  proposal: { id, version: seen, proposedBy },
}: {
  readonly caseId: string
  readonly proposal: NonNullable<ResultOf<'retentionPreview'>['proposal']>
}) {
  const say = useSay()
  const withdraw = useAct('erasureWithdraw')
  return (
    <>
      <h3>{say('cases.erasure')}</h3>
      <Note kind="warn">
        <p>{say('cases.erasure-proposed')}</p>
        <p className="small soft">
          <PersonName id={proposedBy} />
        </p>
        <div className="row">
          <ButtonLink to={`/approve-erasure/${id}`} kind="second">
            {say('cases.erasure-see')}
          </ButtonLink>
          <ActDialog
            title={say('cases.erasure-withdraw')}
            effects={[say('cases.erasure-withdraw-kept'), say('cases.erasure-withdraw-approvals')]}
            reasonLabel={say('cases.reason')}
            reasonHint={say('cases.erasure-withdraw-reason')}
            isBusy={withdraw.isPending}
            error={withdraw.error}
            onAct={(reason, done) => withdraw.mutate({ caseId, id, seen, reason }, { onSuccess: done })}
          />
        </div>
      </Note>
    </>
  )
}
