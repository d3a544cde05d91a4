/** The case itself: its title and summary, its purpose, its seal, how long it is kept, and its end. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { type InputOf, useAct } from '../shared/node/node.tsx'
import { usePeople } from '../shared/node/people.tsx'
import { Checkbox, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { Why } from '../shared/ui/why.tsx'
import { ActDialog } from './act-dialog.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { Keeping } from './case-keeping.tsx'

const PURPOSES = ['criminal-proceedings', 'asset-recovery', 'financial-intelligence', 'administrative'] as const

export function Screen() {
  return (
    <CaseFrame part="cases.part.settings">
      {(found) => (
        <>
          {!found.case.access.closed && <About key={found.version} found={found} />}
          {!found.case.access.closed && !found.case.access.training && (
            <Purposes key={`p${found.version}`} found={found} />
          )}
          <Seal found={found} />
          <Keeping found={found} />
          <End found={found} />
        </>
      )}
    </CaseFrame>
  )
}

function About({ found: { id: caseId, version: seen, case: one } }: { readonly found: CaseView }) {
  const say = useSay()
  const update = useAct('caseUpdate')
  const [title, setTitle] = useState(one.title)
  const [reference, setReference] = useState(one.reference ?? '')
  const [summary, setSummary] = useState(one.summary ?? '')
  return (
    <Sheet title={say('cases.about')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          update.mutate({
            ...{ caseId, seen, title, kind: one.kind, partners: one.partners },
            ...(reference.trim() === '' ? {} : { reference }),
            ...(summary.trim() === '' ? {} : { summary }),
          })
        }}
      >
        <TextField label={say('cases.field.title')} value={title} required onChange={(e) => setTitle(e.target.value)} />
        <TextField
          label={say('cases.field.reference')}
          value={reference}
          onChange={(e) => setReference(e.target.value)}
        />
        <TextArea label={say('cases.field.summary')} value={summary} onChange={(e) => setSummary(e.target.value)} />
        <Trouble error={update.error} />
        <Button type="submit" kind="second" isBusy={update.isPending}>
          {say('cases.save')}
        </Button>
      </form>
    </Sheet>
  )
}

function Purposes({ found: { id: caseId, version: seen, case: one } }: { readonly found: CaseView }) {
  const say = useSay()
  const act = useAct('caseRepurpose')
  const [chosen, setChosen] = useState<readonly string[]>(one.access.purposes)
  return (
    <Sheet title={say('cases.purposes')}>
      <ul>
        {one.access.purposes.map((purpose) => (
          <li key={purpose}>{say(`cases.purpose.${purpose}`)}</li>
        ))}
      </ul>
      <Why about={say('cases.purposes')} text={say('cases.why.purpose')} cite="Directive (EU) 2016/680, art. 4(2)" />
      <ActDialog
        title={say('cases.repurpose')}
        effects={[say('cases.repurpose-effect')]}
        reasonLabel={say('cases.reason')}
        reasonHint={say('cases.repurpose-reason')}
        isBusy={act.isPending}
        isBlocked={chosen.length === 0}
        error={act.error}
        onAct={(reason, done) =>
          act.mutate(
            { caseId, seen, reason, purposes: chosen as InputOf<'caseRepurpose'>['purposes'] },
            { onSuccess: done },
          )
        }
      >
        <fieldset>
          <legend>{say('cases.purposes')}</legend>
          {PURPOSES.map((purpose) => (
            <Checkbox
              key={purpose}
              label={say(`cases.purpose.${purpose}`)}
              checked={chosen.includes(purpose)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, purpose] : chosen.filter((other) => other !== purpose))
              }
            />
          ))}
        </fieldset>
      </ActDialog>
    </Sheet>
  )
}

function Seal({ found: { id: caseId, version: seen, case: one } }: { readonly found: CaseView }) {
  const say = useSay()
  const people = usePeople()
  const { members, sealed, sealedFor } = one.access
  const seal = useAct('caseSeal')
  const unseal = useAct('caseUnseal')
  const [chosen, setChosen] = useState<readonly string[]>(one.access.leads)
  const nameOf = (id: string) => people.of(id)?.name ?? id
  const out = members.filter((id) => !chosen.includes(id)).map(nameOf)
  return (
    <Sheet title={say('cases.seal')}>
      {sealed ? (
        <>
          <Note kind="bad">{say('cases.sealed-for', { names: sealedFor.map(nameOf).join(', ') })}</Note>
          <ActDialog
            key="unseal"
            title={say('cases.unseal-act')}
            isDanger
            effects={[say('cases.unseal-effect', { count: members.length })]}
            reasonLabel={say('cases.court-order')}
            reasonHint={say('cases.court-order-hint')}
            isBusy={unseal.isPending}
            error={unseal.error}
            onAct={(order, done) => unseal.mutate({ caseId, seen, order }, { onSuccess: done })}
          />
        </>
      ) : (
        <>
          <p>{say('cases.seal-text')}</p>
          <ActDialog
            key="seal"
            title={say('cases.seal-act')}
            isDanger
            effects={[
              say('cases.seal-effect', { names: chosen.map(nameOf).join(', ') || '–' }),
              ...(out.length > 0 ? [say('cases.seal-effect-out', { names: out.join(', ') })] : []),
            ]}
            reasonLabel={say('cases.court-order')}
            reasonHint={say('cases.court-order-hint')}
            isBusy={seal.isPending}
            isBlocked={chosen.length === 0}
            error={seal.error}
            onAct={(order, done) => seal.mutate({ caseId, seen, order, sealedFor: chosen }, { onSuccess: done })}
          >
            <fieldset>
              <legend>{say('cases.seal-for')}</legend>
              {members.map((id) => (
                <Checkbox
                  key={id}
                  label={nameOf(id)}
                  checked={chosen.includes(id)}
                  onChange={(event) =>
                    setChosen(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
                  }
                />
              ))}
            </fieldset>
          </ActDialog>
        </>
      )}
    </Sheet>
  )
}

function End({ found: { id: caseId, version: seen, case: one } }: { readonly found: CaseView }) {
  const say = useSay()
  const close = useAct('caseClose')
  const reopen = useAct('caseReopen')
  const isClosed = one.access.closed
  const act = isClosed ? reopen : close
  const effects = isClosed
    ? [say('cases.reopen-effect'), say('cases.reopen-effect-clock')]
    : [say('cases.close-effect'), say('cases.close-effect-reminders'), say('cases.close-effect-clock')]
  return (
    <Sheet title={say(isClosed ? 'cases.reopen' : 'cases.close')}>
      <p>{say(isClosed ? 'cases.reopen-text' : 'cases.close-text')}</p>
      <ActDialog
        // What is done is closed with it: it never turns into the act that takes it back.
        key={isClosed ? 'reopen' : 'close'}
        title={say(isClosed ? 'cases.reopen-act' : 'cases.close-act')}
        isDanger={!isClosed}
        effects={effects}
        reasonLabel={say('cases.reason')}
        isBusy={act.isPending}
        error={act.error}
        onAct={(reason, done) => act.mutate({ caseId, seen, reason }, { onSuccess: done })}
      />
    </Sheet>
  )
}
