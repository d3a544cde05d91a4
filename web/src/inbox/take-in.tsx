/** What becomes of a message of the inbox: a request is taken in, anything else is filed; or it is set aside, with the reason. */
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { Refusal, useAct, useAll, useRead } from '../shared/node/node.tsx'
import { Select, TextArea, TextField } from '../shared/ui/fields.tsx'
import { AskDialog, Button, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { askedOf } from './asked-of.ts'
import { type Header, type Json, memberIn } from './message-parts.ts'
import { useCodeWords, useMembers } from './names.tsx'

type Arrived = {
  readonly id: string
  readonly version: number
  readonly header: Header
  readonly body: Json
  readonly from: string
  readonly type: string
}

const measures = [
  'PRESERVE',
  'TRACE_INFO',
  'ACCOUNT_INFO',
  'TX_INFO',
  'HOLD_TX',
  'FREEZE_SPECIFIC',
  'FREEZE_VALUE',
  'SEIZE_CUSTODY',
] as const

export function TakeIn({ arrived }: { readonly arrived: Arrived }) {
  const { say } = useSpeech()
  const isFollowing = memberIn(arrived.header as unknown as Json, 'exchange') !== null
  const [asides, setAsides] = useState(false)
  return (
    <Sheet title={say(isFollowing ? 'inbox.take.file-title' : 'inbox.take.title')}>
      <TakeForm arrived={arrived} isFollowing={isFollowing} />
      <hr />
      <Button kind="danger" onPress={() => setAsides(true)}>
        {say('inbox.take.aside')}
      </Button>
      <SetAside arrived={arrived} isOpen={asides} onClose={() => setAsides(false)} />
    </Sheet>
  )
}

function TakeForm({ arrived, isFollowing }: { readonly arrived: Arrived; readonly isFollowing: boolean }) {
  const { say, language } = useSpeech()
  const words = useCodeWords()
  const { byId } = useMembers()
  const cases = useAll('caseList', {})
  const instruments = useRead('legalInstruments', arrived.header.instrument === null ? { language: language.id } : null)
  const take = useAct('inboxTakeRequest')
  const file = useAct('inboxFile')
  const [isNew, setNew] = useState(!isFollowing)
  const [title, setTitle] = useState<string | null>(null)
  const [caseId, setCaseId] = useState('')
  const [law, setLaw] = useState({ instrument: '', facts: '', measure: '' })
  const open = cases.data?.items.filter((one) => !one.case.access.closed) ?? []
  const named =
    title ??
    say('inbox.take.default-title', {
      what: words('type', arrived.type),
      who: byId(arrived.from)?.name ?? arrived.from,
    })
  const code = take.error instanceof Refusal ? take.error.problem.code : null
  const asked = askedOf(arrived.body)
  const submit = () => {
    if (isFollowing) return file.mutate({ id: arrived.id, caseId })
    take.mutate({
      id: arrived.id,
      ...(isNew ? { newCase: { title: named, purposes: [arrived.header.marking.purpose] } } : { caseId }),
      ...(law.instrument === '' ? {} : { instrument: law.instrument }),
      ...(law.facts === '' ? {} : { facts: law.facts }),
      ...(law.measure === '' ? {} : { measure: law.measure as (typeof measures)[number] }),
    })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Trouble error={take.error ?? file.error} />
      {!isFollowing && (
        <fieldset>
          <legend>{say('inbox.take.where')}</legend>
          {([true, false] as const).map((one) => (
            <div className="choice" key={String(one)}>
              <input
                type="radio"
                id={`where-${one}`}
                name="where"
                checked={isNew === one}
                onChange={() => setNew(one)}
              />
              <label htmlFor={`where-${one}`}>{say(one ? 'inbox.take.new' : 'inbox.take.existing')}</label>
            </div>
          ))}
        </fieldset>
      )}
      {isNew ? (
        <TextField
          label={say('inbox.take.case-title')}
          value={named}
          required
          maxLength={300}
          onChange={(event) => setTitle(event.target.value)}
        />
      ) : (
        <Select
          label={say('inbox.take.case')}
          value={caseId}
          required
          onChange={(event) => setCaseId(event.target.value)}
        >
          <option value="">{say('inbox.choose')}</option>
          {open.map(({ id, case: one }) => (
            <option key={id} value={id}>
              {one.title}
            </option>
          ))}
        </Select>
      )}
      {!isFollowing &&
        (arrived.header.instrument === null || code === 'INBOX_REQUEST_TYPE' || code === 'INBOX_INSTRUMENT') && (
          <Select
            label={say('inbox.take.law')}
            hint={say('inbox.take.law-hint')}
            value={law.instrument}
            onChange={(event) => setLaw({ ...law, instrument: event.target.value })}
          >
            <option value="">{say('inbox.choose')}</option>
            {instruments.data?.map(({ id, title: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      {code === 'INBOX_MEASURE' && (
        <Select
          label={say('inbox.take.measure')}
          value={law.measure}
          onChange={(event) => setLaw({ ...law, measure: event.target.value })}
        >
          <option value="">{say('inbox.choose')}</option>
          {measures.map((one) => (
            <option key={one} value={one}>
              {words('act', one)}
            </option>
          ))}
        </Select>
      )}
      {!isFollowing && asked.facts === null && (
        <TextArea
          label={say('inbox.take.facts')}
          value={law.facts}
          required
          onChange={(event) => setLaw({ ...law, facts: event.target.value })}
        />
      )}
      <Button type="submit" isBusy={take.isPending || file.isPending}>
        {say(isFollowing ? 'inbox.take.file' : 'inbox.take.do')}
      </Button>
    </form>
  )
}

function SetAside({
  arrived,
  isOpen,
  onClose,
}: {
  readonly arrived: Arrived
  readonly isOpen: boolean
  readonly onClose: () => void
}) {
  const { say } = useSpeech()
  const [reason, setReason] = useState('')
  const aside = useAct('inboxSetAside')
  const navigate = useNavigate()
  return (
    <AskDialog title={say('inbox.take.aside')} isOpen={isOpen} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          aside.mutate(
            { id: arrived.id, seen: arrived.version, reason },
            { onSuccess: () => void navigate({ to: '/inbox' as string }) },
          )
        }}
      >
        <Trouble error={aside.error} />
        <p>{say('inbox.take.aside-text')}</p>
        <TextArea
          label={say('inbox.reason')}
          value={reason}
          required
          onChange={(event) => setReason(event.target.value)}
        />
        <div className="row">
          <Button kind="second" onPress={onClose}>
            {say('inbox.not-now')}
          </Button>
          <Button kind="danger" type="submit" isBusy={aside.isPending}>
            {say('inbox.take.aside')}
          </Button>
        </div>
      </form>
    </AskDialog>
  )
}
