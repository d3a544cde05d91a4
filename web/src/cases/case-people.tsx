/** Who works on a case: members and leads, and referring the case to somebody else. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { useAct, useRead } from '../shared/node/node.tsx'
import { PersonName, usePeople } from '../shared/node/people.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { Button, Note, Sheet, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant, Words } from '../shared/ui/values.tsx'
import { Why } from '../shared/ui/why.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { ReferForm } from './refer-form.tsx'

export function Screen() {
  return (
    <CaseFrame part="cases.part.people">
      {(found) => (
        <>
          <Members found={found} />
          <Referring found={found} />
        </>
      )}
    </CaseFrame>
  )
}

function Members({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const people = usePeople()
  const [wanted, setWanted] = useState('')
  const add = useAct('caseMemberAdd')
  const remove = useAct('caseMemberRemove')
  const lead = useAct('caseMemberLead')
  const { id: caseId, version: seen } = found
  const { members, leads, closed } = found.case.access
  const others = people.all.filter(({ id, suspended, role }) => !members.includes(id) && !suspended && canJoin(role))
  // Whoever was added is no longer in the list, so that nothing is chosen; who is chosen meanwhile stays chosen.
  const chosen = others.some(({ id }) => id === wanted) ? wanted : ''
  return (
    <Sheet title={say('cases.members')}>
      <ul className="list">
        {members.map((personId) => {
          const name = people.of(personId)?.name ?? personId
          const isLead = leads.includes(personId)
          return (
            <li key={personId} className="row spread">
              <span>
                <PersonName id={personId} role /> {isLead && <Status kind="plain">{say('cases.lead')}</Status>}
              </span>
              {!closed && (
                <span className="row">
                  {!isLead && (
                    <Button
                      kind="quiet"
                      isBusy={lead.isPending}
                      label={say('cases.make-lead-of', { name })}
                      onPress={() => lead.mutate({ caseId, seen, personId })}
                    >
                      {say('cases.make-lead')}
                    </Button>
                  )}
                  {members.length > 1 && (
                    <Button
                      kind="quiet"
                      isBusy={remove.isPending}
                      label={say('cases.remove-of', { name })}
                      onPress={() => remove.mutate({ caseId, seen, personId })}
                    >
                      {say('cases.remove')}
                    </Button>
                  )}
                </span>
              )}
            </li>
          )
        })}
      </ul>
      <Trouble error={add.error ?? remove.error ?? lead.error} />
      {!closed && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (chosen) add.mutate({ caseId, seen, personId: chosen })
          }}
        >
          <Select label={say('cases.add-member')} value={chosen} onChange={(event) => setWanted(event.target.value)}>
            <option value="">{say('cases.choose')}</option>
            {others.map(({ id, name, role }) => (
              <option key={id} value={id}>
                {`${name} (${say(`role.${role}`)})`}
              </option>
            ))}
          </Select>
          <Why about={say('cases.add-member')} text={say('cases.why.members')} />
          <Button type="submit" kind="second" isDisabled={chosen === ''} isBusy={add.isPending}>
            {say('cases.add-to-case')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}

/** Auditors and administrators work on no case. */
function canJoin(role: string): boolean {
  return role !== 'auditor' && role !== 'administrator'
}

function Referring({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const withdraw = useAct('caseReferralWithdraw')
  const history = useRead('caseReferralHistory', { caseId: found.id })
  const open = found.case.referral ?? null
  return (
    <Sheet title={say('cases.referral')}>
      <p>{say('cases.referral-text')}</p>
      {history.data?.map(({ id, version, referral: { to, referral } }) => (
        <Note key={id} kind={id === open ? 'warn' : 'plain'}>
          <p>
            {to.kind === 'inside' ? <PersonName id={to.personId} role /> : <Words>{to.authority}</Words>} ·{' '}
            {say(`cases.referral.${referral.state}`)} · <Instant at={referral.forwardedAt} />
          </p>
          <p>
            <Words>{referral.reason}</Words>
          </p>
          {id === open && (
            <Button
              kind="second"
              isBusy={withdraw.isPending}
              onPress={() => withdraw.mutate({ caseId: found.id, seen: version })}
            >
              {say('cases.referral-withdraw')}
            </Button>
          )}
        </Note>
      ))}
      <Trouble error={withdraw.error} />
      {open === null && !found.case.access.closed && <ReferForm found={found} />}
    </Sheet>
  )
}
