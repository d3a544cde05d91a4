/** What was asked and what came of it, partner by partner. What both are after only this side knows, until somebody else contacts the partner. */
import { useState } from 'react'
import { MemberName } from '../inbox/names.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type ItemOf, type ResultOf, useAct, useAll, useRead } from '../shared/node/node.tsx'
import { ErrorSummary, TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, Note, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone } from '../shared/ui/values.tsx'
import { ItemText } from './items.tsx'

type Read = ResultOf<'deconflictionRead'>
const kinds = { asking: 'open', nothing: 'done', hit: 'warn', failed: 'bad', unanswered: 'plain' } as const

export function Comparisons({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const all = useAll('deconflictionList', { caseId })
  return (
    <Sheet title={say('compare.asked')}>
      <Shown read={all}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('compare.asked-none')}>
              <p>{say('compare.asked-none-text')}</p>
            </Empty>
          ) : (
            items.toReversed().map((one) => <Comparison key={one.id} caseId={caseId} asked={one} />)
          )
        }
      </Shown>
    </Sheet>
  )
}

function Comparison({ caseId, asked }: { readonly caseId: string; readonly asked: ItemOf<'deconflictionList'> }) {
  const say = useSay()
  const read = useRead('deconflictionRead', { id: asked.id })
  const contacts = useAll('deconflictionContacts', { caseId }).data?.items ?? []
  const isTold = (peer: string, item: string) =>
    contacts.some((one) => one.side === 'opener' && one.peer === peer && one.item === item)
  return (
    <article className="shared">
      <h3>
        <Instant at={asked.at} zone={ownZone()} />
      </h3>
      <Shown read={read}>
        {({ items, answers }) => (
          <>
            <p>{say('compare.asked-about', { count: items.length })}</p>
            <ul className="list">
              {answers.map((answer) => (
                <li key={answer.id}>
                  <div className="row spread">
                    <strong>
                      <MemberName id={answer.peer} />
                    </strong>
                    <Status kind={kinds[answer.state]}>{say(`compare.answer.${answer.state}`)}</Status>
                  </div>
                  <p className="small soft">
                    {say(`compare.answer.${answer.state}-text`, { done: answer.done, of: answer.of })}{' '}
                    {answer.code !== null && <MachineValue value={answer.code} />}
                  </p>
                  {answer.hits.map((hit) => (
                    <Hit key={hit.id} hit={hit} isTold={isTold(answer.peer, hit.item)} />
                  ))}
                </li>
              ))}
            </ul>
            <details>
              <summary>{say('compare.commitment')}</summary>
              <p>{say('compare.commitment-text')}</p>
              <p>
                <MachineValue value={asked.caseCommit} copy />
              </p>
            </details>
          </>
        )}
      </Shown>
    </article>
  )
}

/** Whether the partner is told is decided by somebody else than who asked. */
function Hit({ hit, isTold }: { readonly hit: Read['answers'][number]['hits'][number]; readonly isTold: boolean }) {
  const say = useSay()
  const contact = useAct('deconflictionContact')
  const [isOpen, setOpen] = useState(false)
  const [told, setTold] = useState({ caseRef: '', contact: '', days: '7' })
  const { errors, wrongOf, isRight } = useChecked()
  const id = (name: string) => `hit-${hit.id}-${name}`
  return (
    <>
      <p>
        <ItemText item={hit.item} />
      </p>
      {isTold ? null : isOpen ? (
        <form
          noValidate
          aria-label={say('compare.contact')}
          onSubmit={(event) => {
            event.preventDefault()
            const days = Number(told.days)
            const isDays = Number.isInteger(days) && days >= 1 && days <= 28
            const filled = [
              [id('caseRef'), say('compare.caseRef'), told.caseRef],
              [id('contact'), say('compare.whom-to-talk'), told.contact],
            ] as const
            if (!isRight(filled, isDays ? [] : [{ id: id('days'), text: say('compare.days-wrong') }])) return
            contact.mutate(
              { hit: hit.id, caseRef: told.caseRef.trim(), contact: told.contact.trim(), days },
              { onSuccess: () => setOpen(false) },
            )
          }}
        >
          <ErrorSummary errors={errors} />
          <Note>
            <p>{say('compare.contact-effect')}</p>
          </Note>
          <ToldFields told={told} id={id} wrongOf={wrongOf} onChange={(next) => setTold({ ...told, ...next })} />
          <TextField
            id={id('days')}
            label={say('compare.days')}
            wrong={wrongOf(id('days'))}
            inputMode="numeric"
            dir="ltr"
            value={told.days}
            onChange={(event) => setTold({ ...told, days: event.target.value })}
          />
          <Trouble error={contact.error} />
          <div className="row">
            <Button type="submit" isBusy={contact.isPending}>
              {say('compare.contact-do')}
            </Button>
            <Button kind="quiet" onPress={() => setOpen(false)}>
              {say('cases.cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <Button kind="second" onPress={() => setOpen(true)}>
          {say('compare.contact')}
        </Button>
      )}
    </>
  )
}

export type Told = { readonly caseRef: string; readonly contact: string }

/** What a side says of itself; the other sees it once both have committed to theirs. */
export function ToldFields({
  told,
  id,
  wrongOf,
  onChange,
}: {
  readonly told: Told
  readonly id: (name: string) => string
  readonly wrongOf: (id: string) => string | undefined
  readonly onChange: (told: Partial<Told>) => void
}) {
  const say = useSay()
  return (
    <>
      <TextField
        id={id('caseRef')}
        label={say('compare.caseRef')}
        wrong={wrongOf(id('caseRef'))}
        maxLength={300}
        value={told.caseRef}
        onChange={(event) => onChange({ caseRef: event.target.value })}
      />
      <TextField
        id={id('contact')}
        label={say('compare.whom-to-talk')}
        hint={say('compare.whom-to-talk-hint')}
        wrong={wrongOf(id('contact'))}
        maxLength={1000}
        value={told.contact}
        onChange={(event) => onChange({ contact: event.target.value })}
      />
    </>
  )
}
