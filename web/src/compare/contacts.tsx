/** Where contacts stand, ours and theirs: nobody learns of whom without the consent of people on both sides. */
import { useState } from 'react'
import { MemberName } from '../inbox/names.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useSay } from '../shared/language/speak.tsx'
import { type ItemOf, useAct, useAll } from '../shared/node/node.tsx'
import { ErrorSummary, Select } from '../shared/ui/fields.tsx'
import { Button, Fact, Facts, Note, Sheet, Status, type StatusKind, Trouble } from '../shared/ui/parts.tsx'
import { Deadline, ownZone, Words } from '../shared/ui/values.tsx'
import { ToldFields } from './comparisons.tsx'
import { ItemText } from './items.tsx'

type Contact = ItemOf<'deconflictionContacts'>
const kinds: Readonly<Record<Contact['state'], StatusKind>> = {
  waiting: 'open',
  declined: 'plain',
  committed: 'open',
  met: 'good',
  ended: 'plain',
  withheld: 'bad',
}

export function Contacts({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const items = useAll('deconflictionContacts', { caseId }).data?.items ?? []
  if (items.length === 0) return null
  return (
    <Sheet title={say('compare.contacts')}>
      {items.toReversed().map((one) => (
        <Row key={one.id} contact={one} />
      ))}
    </Sheet>
  )
}

function Row({ contact }: { readonly contact: Contact }) {
  const say = useSay()
  const { side, peer, item, state, expiry, theirs } = contact
  return (
    <article className="shared">
      <div className="row spread">
        <h3>
          <MemberName id={peer} />
        </h3>
        <Status kind={kinds[state]}>{say(`compare.contact.${state}`)}</Status>
      </div>
      <p>{say(side === 'opener' ? 'compare.side.opener' : 'compare.side.addressee')}</p>
      {item !== null && (
        <p>
          <ItemText item={item} />
        </p>
      )}
      {(state === 'waiting' || state === 'committed') && (
        <Deadline due={expiry} zone={ownZone()} rule={null} now={Date.now()} />
      )}
      {theirs !== null && (
        <Facts>
          <Fact name={say('compare.their-ref')}>
            <Words>{theirs.caseRef}</Words>
          </Fact>
          <Fact name={say('compare.their-contact')}>
            <Words>{theirs.contact}</Words>
          </Fact>
        </Facts>
      )}
      {side === 'addressee' && state === 'waiting' && <Consent contact={contact} />}
    </article>
  )
}

function Consent({ contact: { id, version: seen } }: { readonly contact: Contact }) {
  const say = useSay()
  const consent = useAct('deconflictionConsent')
  const [told, setTold] = useState({ caseRef: '', contact: '' })
  const [first, setFirst] = useState<'opener' | 'addressee'>('opener')
  const { errors, wrongOf, isRight } = useChecked()
  const field = (name: string) => `consent-${id}-${name}`
  return (
    <form
      noValidate
      aria-label={say('compare.consent')}
      onSubmit={(event) => {
        event.preventDefault()
        const filled = [
          [field('caseRef'), say('compare.caseRef'), told.caseRef],
          [field('contact'), say('compare.whom-to-talk'), told.contact],
        ] as const
        if (!isRight(filled)) return
        const said = { caseRef: told.caseRef.trim(), contact: told.contact.trim() }
        consent.mutate({ id, seen, answer: { consents: true, ...said, first } })
      }}
    >
      <ErrorSummary errors={errors} />
      <Note>
        <p>{say('compare.consent-effect')}</p>
      </Note>
      <ToldFields told={told} id={field} wrongOf={wrongOf} onChange={(next) => setTold({ ...told, ...next })} />
      <Select
        label={say('compare.first')}
        hint={say('compare.first-hint')}
        value={first}
        onChange={(event) => setFirst(event.target.value as 'opener')}
      >
        <option value="opener">{say('compare.first.opener')}</option>
        <option value="addressee">{say('compare.first.addressee')}</option>
      </Select>
      <Trouble error={consent.error} />
      <div className="row">
        <Button type="submit" isBusy={consent.isPending}>
          {say('compare.consent')}
        </Button>
        <Button
          kind="second"
          isBusy={consent.isPending}
          onPress={() => consent.mutate({ id, seen, answer: { consents: false } })}
        >
          {say('compare.consent-not')}
        </Button>
      </div>
      <p className="small soft">{say('compare.consent-not-hint')}</p>
    </form>
  )
}
