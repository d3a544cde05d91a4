/** Invitations of other agencies to joint cases: exactly what they propose; taking part with a case of one's own, or saying no. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ActDialog } from '../cases/act-dialog.tsx'
import { MemberName } from '../inbox/names.tsx'
import { Recipient } from '../inbox/recipient.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useAll, useRead } from '../shared/node/node.tsx'
import { ErrorSummary, Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { Button, Empty, Note, PageHead, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, ownZone } from '../shared/ui/values.tsx'
import { PartyRow, TermsFacts } from './terms-facts.tsx'
import { useChecked } from './use-checked.ts'
import '../cases/cases.css'
import '../inbox/inbox.css'
import './joint.css'

type Invitation = ResultOf<'jointInvitations'>[number]

export function Screen() {
  const say = useSay()
  const read = useRead('jointInvitations', {})
  return (
    <div className="case">
      <PageHead title={say('joint.invitations')} />
      <Shown read={read}>
        {(all) => {
          const open = all.filter(({ state }) => state === 'open')
          const answered = all.filter(({ state }) => state !== 'open')
          return (
            <div className="stack">
              {open.length === 0 && (
                <Empty title={say('joint.invitations-none')}>
                  <p>{say('joint.invitations-none-text')}</p>
                </Empty>
              )}
              {open.toReversed().map((one) => (
                <Open key={one.id} invitation={one} />
              ))}
              {answered.length > 0 && (
                <Sheet title={say('joint.invitations-answered')}>
                  <ul className="list">
                    {answered.toReversed().map(({ id, at, terms, leader, state }) => (
                      <li key={id} className="row spread">
                        <span>
                          <bdi>{terms.title}</bdi> · <MemberName id={leader} /> · <Instant at={at} zone={ownZone()} />
                        </span>
                        <Status kind="done">{say(`joint.party.${state as 'accepted'}`)}</Status>
                      </li>
                    ))}
                  </ul>
                </Sheet>
              )}
            </div>
          )
        }}
      </Shown>
    </div>
  )
}

function Open({ invitation }: { readonly invitation: Invitation }) {
  const say = useSay()
  const decline = useAct('jointDecline')
  const [isAccepting, setAccepting] = useState(false)
  const { id, at, leader, list, terms } = invitation
  return (
    <Sheet title={terms.title} actions={<Status kind="open">{say('joint.waits')}</Status>}>
      <p>
        <MemberName id={leader} /> {say('joint.invites')} <Instant at={at} zone={ownZone()} />
      </p>
      {list.endedAt !== null && <Note kind="warn">{say('joint.over.ended')}</Note>}
      <div className="columns">
        <div>
          <h3>{say('joint.terms')}</h3>
          <TermsFacts terms={terms} />
        </div>
        <div>
          <h3>{say('joint.parties')}</h3>
          <ul className="list">
            {list.parties.map((party) => (
              <li key={party.agency}>
                <PartyRow party={party} leader={leader} isDrafted={false} />
              </li>
            ))}
          </ul>
          <h3>{say('joint.led-by')}</h3>
          <Recipient id={leader} />
        </div>
      </div>
      {isAccepting ? (
        <AcceptForm invitation={invitation} onClose={() => setAccepting(false)} />
      ) : (
        <div className="row">
          <Button onPress={() => setAccepting(true)}>{say('joint.accept')}</Button>
          <ActDialog
            title={say('joint.decline')}
            effects={[say('joint.decline-effect')]}
            reasonLabel={say('joint.reason')}
            reasonHint={say('joint.reason-leader')}
            isBusy={decline.isPending}
            error={decline.error}
            onAct={(reason, done) => decline.mutate({ invitation: id, reason }, { onSuccess: done })}
          />
        </div>
      )}
    </Sheet>
  )
}

function AcceptForm({ invitation, onClose }: { readonly invitation: Invitation; readonly onClose: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const accept = useAct('jointAccept')
  const cases = useAll('caseList', {})
  const [caseId, setCase] = useState('')
  const [legalBasis, setBasis] = useState('')
  const [contact, setContact] = useState('')
  const { errors, wrongOf, isRight } = useChecked()
  const { id, purpose } = invitation
  const fitting = (cases.data?.items ?? []).filter(
    ({ case: one }) => !one.access.closed && one.access.purposes.includes(purpose),
  )
  const send = () => {
    const filled = [
      ['accept-case', say('joint.accept-case'), caseId],
      ['accept-basis', say('joint.field.legalBasis'), legalBasis],
      ['accept-contact', say('joint.accept-contact'), contact],
    ] as const
    if (!isRight(filled)) return
    // Once it is answered this form is gone, and whoever pressed it is to be led on all the same.
    accept.mutateAsync({ caseId, invitation: id, legalBasis, contact }).then(
      (joint) => navigate({ to: `/joint/${joint.id}` as string }),
      () => undefined,
    )
  }
  return (
    <form
      noValidate
      aria-label={say('joint.accept')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <ErrorSummary errors={errors} />
      <Select
        id="accept-case"
        label={say('joint.accept-case')}
        hint={say('joint.accept-case-hint', { purpose: say(`cases.purpose.${purpose}`) })}
        wrong={wrongOf('accept-case')}
        value={caseId}
        onChange={(event) => setCase(event.target.value)}
      >
        <option value="">{say('field.choose')}</option>
        {fitting.map(({ id: one, case: { title, reference } }) => (
          <option key={one} value={one}>
            {reference === null ? title : `${title} (${reference})`}
          </option>
        ))}
      </Select>
      <TextArea
        id="accept-basis"
        label={say('joint.field.legalBasis')}
        hint={say('joint.field.legalBasis-hint')}
        wrong={wrongOf('accept-basis')}
        rows={2}
        value={legalBasis}
        onChange={(event) => setBasis(event.target.value)}
      />
      <TextField
        id="accept-contact"
        label={say('joint.accept-contact')}
        hint={say('joint.accept-contact-hint')}
        wrong={wrongOf('accept-contact')}
        maxLength={300}
        value={contact}
        onChange={(event) => setContact(event.target.value)}
      />
      <Note>
        <p>{say('joint.accept-effect')}</p>
      </Note>
      <Trouble error={accept.error} />
      <div className="row">
        <Button type="submit" isBusy={accept.isPending}>
          {say('joint.accept')}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {say('cases.cancel')}
        </Button>
      </div>
    </form>
  )
}
