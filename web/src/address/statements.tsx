/** Who says what of the address, on what basis, how surely. Claims that differ stand side by side; none wins by being newer. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ActDialog } from '../cases/act-dialog.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useAct, useAll } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Empty, Note, Sheet, Status } from '../shared/ui/parts.tsx'
import { Instant, Words } from '../shared/ui/values.tsx'
import type { OfCase, Place, Statement } from './find-address.ts'
import { StatementForm } from './statement-form.tsx'

export function Statements({ place, cases }: { readonly place: Place; readonly cases: readonly OfCase[] }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const open = useAll('caseList', {}).data?.items.filter(({ case: one }) => !one.access.closed) ?? []
  const isWorked = (caseId: string) => open.some(({ id }) => id === caseId)
  const all = cases.flatMap(({ caseId, statements }) => statements.map((one) => ({ ...one, caseId })))
  const differ = all.some(({ conflictsWith }) => conflictsWith.length > 0)
  return (
    <Sheet
      title={say('address.said')}
      actions={
        open.length > 0 && !isOpen ? (
          <Button kind="second" onPress={() => setOpen(true)}>
            {say('address.say')}
          </Button>
        ) : undefined
      }
    >
      {isOpen && <StatementForm place={place} onDone={() => setOpen(false)} />}
      {differ && (
        <Note kind="warn">
          <p>{say('address.differ')}</p>
        </Note>
      )}
      {all.length === 0 ? (
        <Empty title={say('address.nothing-said')}>
          <p>{say('address.nothing-said-text')}</p>
        </Empty>
      ) : (
        <ul className="list">
          {all.map((one) => (
            <Said key={one.id} one={one} isWorked={isWorked(one.caseId)} />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

const kinds = { low: 'warn', moderate: 'open', high: 'good', certain: 'good' } as const

function Said({
  one,
  isWorked,
}: {
  readonly one: Statement & { readonly caseId: string }
  readonly isWorked: boolean
}) {
  const { say, knows } = useSpeech()
  const retract = useAct('statementRetract')
  const confidence = `address.confidence.${one.confidence}`
  return (
    <li data-retracted={one.retracted !== null || undefined}>
      <p className="row">
        <strong>
          <Words>{one.claim}</Words>
        </strong>
        <Status kind={kinds[one.confidence as keyof typeof kinds] ?? 'plain'}>
          {knows(confidence) ? say(confidence) : one.confidence}
        </Status>
        {one.retracted !== null && <Status kind="bad">{say('address.retracted')}</Status>}
        {one.conflictsWith.length > 0 && <Status kind="warn">{say('address.conflicting')}</Status>}
      </p>
      <p className="small">
        {say('address.says')} <Words>{one.statedBy}</Words> · {say('address.basis')} <Words>{one.basis}</Words> ·{' '}
        {say('address.method')} <Words>{one.method}</Words>
      </p>
      <p className="small">
        <Link to={`/cases/${one.caseId}/evidence/${one.sourceExhibit}` as never}>{say('address.source')}</Link>
      </p>
      {(one.validFrom !== null || one.validTo !== null) && (
        <p className="small soft">
          <bdi dir="ltr">
            {one.validFrom ?? '…'} – {one.validTo ?? '…'}
          </bdi>
        </p>
      )}
      {one.retracted !== null && (
        <p className="small">
          <Words>{one.retracted.reason}</Words> (<PersonName id={one.retracted.by} />, <Instant at={one.retracted.at} />
          )
        </p>
      )}
      {one.retracted === null && isWorked && (
        <ActDialog
          title={say('address.retract')}
          isDanger
          effects={[say('address.retract-stays'), say('address.retract-conflict')]}
          reasonLabel={say('cases.reason')}
          isBusy={retract.isPending}
          error={retract.error}
          onAct={(reason, done) =>
            retract.mutate({ statementId: one.id, seen: one.version, reason }, { onSuccess: done })
          }
        />
      )}
    </li>
  )
}
