/** A request of another authority that came on paper, by hand or by mail: put on record, in a case that exists or in a new one. */
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { markingOf, type Tlp } from '../cases/marking-of.ts'
import { TlpSelect } from '../cases/tlp-select.tsx'
import { useChecked } from '../joint/use-checked.ts'
import { useFilters } from '../shared/filters.ts'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAct, useAll, useRead } from '../shared/node/node.tsx'
import { FindingText } from '../shared/phrases/use-phrases.tsx'
import { ErrorSummary, Select, TextField } from '../shared/ui/fields.tsx'
import { Button, ButtonLink, Note, PageHead, Sheet, Trouble } from '../shared/ui/parts.tsx'
import { ReceiveContent } from './receive-content.tsx'
import { ReceiveSender, type Sender } from './receive-sender.tsx'
import { contentOfTyped, instantOf, type Letter, letterIn, nothingTyped, type Receipt, senderIn } from './received.ts'
import '../cases/cases.css'
import './request.css'

export function Screen() {
  const { say, language } = useSpeech()
  const form = useId()
  const [{ case: given = '' }] = useFilters()
  const session = useRead('sessionRead', {}).data?.session ?? null
  const node = useRead('nodeRead', {}).data
  const cases = useAll('caseList', {})
  const receive = useAct('requestReceive')
  const { errors, wrongOf, isRight } = useChecked()
  const [caseId, setCaseId] = useState(given)
  const [title, setTitle] = useState('')
  const [exhibit, setExhibit] = useState('')
  const [sender, setSender] = useState<Sender>({
    ...{ authority: '', country: '', role: '', address: '', reference: '', arrival: 'post' },
    ...{ came: new Date().toISOString().slice(0, 16), competent: '' },
  })
  const [letter, setLetter] = useState<Letter | null>(null)
  const [isNoLetter, setNoLetter] = useState(false)
  const [digest, setDigest] = useState('')
  const [typed, setTyped] = useState({ ...nothingTyped, language: language.id as string })
  const [tlp, setTlp] = useState<Tlp>('amber')
  const open = cases.data?.items.filter((one) => !one.case.access.closed) ?? []
  const id = (name: string) => `${form}-${name}`
  const isNew = caseId === ''

  const readLetter = async (file: File | undefined) => {
    if (!file) return
    const found = letterIn(await file.text())
    setNoLetter(found === null)
    if (found === null) return
    const said = senderIn(found)
    setLetter(found)
    setTlp(found.marking?.tlp ?? 'amber')
    setSender((now) => ({
      ...now,
      authority: now.authority || said.authority,
      country: now.country || said.country,
    }))
  }

  const send = () => {
    const needed = [
      ...(isNew ? [[id('title'), say('cases.field.title'), title] as const] : []),
      [id('authority'), say('request.receive.authority'), sender.authority] as const,
      [id('country'), say('request.receive.country'), sender.country] as const,
      [id('role'), say('request.receive.role'), sender.role] as const,
      [id('reference'), say('request.receive.reference'), sender.reference] as const,
      [id('came'), say('request.receive.came'), sender.came] as const,
      ...(letter === null
        ? [
            [id('instrument'), say('request.receive.instrument'), typed.instrument] as const,
            [id('type'), say('request.receive.type'), typed.requestType] as const,
            [id('measure'), say('request.measure'), typed.measure] as const,
            [id('facts'), say('request.facts-label'), typed.facts] as const,
            ...(typed.urgency === '' ? [] : [[id('ground'), say('request.ground'), typed.ground] as const]),
          ]
        : []),
    ]
    if (!isRight(needed) || !node || !session) return
    const [came, competent] = [instantOf(sender.came), instantOf(sender.competent)]
    receive.mutate({
      ...(isNew
        ? {
            newCase: {
              title: title.trim(),
              purposes: [session.purpose],
              ...(session.purpose === 'exercise' ? { training: true } : {}),
            },
          }
        : { caseId, ...(exhibit === '' ? {} : { exhibit }) }),
      sender: {
        ...{ authority: sender.authority.trim(), country: sender.country },
        role: sender.role as Receipt['sender']['role'],
        address: sender.address.trim() === '' ? null : sender.address.trim(),
      },
      ...{ reference: sender.reference.trim(), arrival: sender.arrival as Receipt['arrival'] },
      ...(came === null ? {} : { receivedByNodeAt: came }),
      ...(competent === null ? {} : { receivedByCompetentAt: competent }),
      ...(letter === null ? { content: contentOfTyped(typed, node.agency) } : { letter }),
      ...(letter === null || digest.trim() === '' ? {} : { digest: digest.trim().toLowerCase() }),
      marking: markingOf(tlp, session.personId),
    })
  }

  if (receive.data) return <Received found={receive.data} />
  return (
    <>
      <PageHead title={say('request.receive')} kicker={<Link to="/requests">{say('request.to-all')}</Link>} />
      <p>{say('request.receive-lead')}</p>
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        <ErrorSummary errors={errors} />
        <Sheet title={say('request.receive.where')}>
          <Select
            label={say('request.receive.case')}
            value={caseId}
            onChange={({ target }) => {
              setCaseId(target.value)
              setExhibit('')
            }}
          >
            <option value="">{say('request.receive.new-case')}</option>
            {open.map(({ id: one, case: found }) => (
              <option key={one} value={one}>
                {found.title}
              </option>
            ))}
          </Select>
          {isNew && (
            <TextField
              id={id('title')}
              label={say('cases.field.title')}
              hint={say('intake.title-hint')}
              wrong={wrongOf(id('title'))}
              maxLength={200}
              value={title}
              onChange={({ target }) => setTitle(target.value)}
            />
          )}
        </Sheet>
        <ReceiveSender
          caseId={isNew ? null : caseId}
          exhibit={exhibit}
          value={sender}
          id={id}
          wrongOf={wrongOf}
          onChange={setSender}
          onExhibit={setExhibit}
        />
        <ReceiveContent
          letter={letter}
          isNoLetter={isNoLetter}
          digest={digest}
          typed={typed}
          id={id}
          wrongOf={wrongOf}
          onFile={(file) => void readLetter(file)}
          onNoLetter={() => setLetter(null)}
          onDigest={setDigest}
          onTyped={setTyped}
        />
        <Sheet title={say('request.receive.marking')}>
          <TlpSelect hint={say('request.receive.marking-hint')} value={tlp} onChange={setTlp} />
        </Sheet>
        <Trouble error={receive.error} />
        <p>
          <Button type="submit" isBusy={receive.isPending}>
            {say('request.receive.do')}
          </Button>
        </p>
      </form>
    </>
  )
}

function Received({ found }: { readonly found: NonNullable<ReturnType<typeof useAct<'requestReceive'>>['data']> }) {
  const { say } = useSpeech()
  return (
    <>
      <PageHead title={say('request.receive.done')} />
      <div className="stack">
        <Note kind="good">
          <p>{say('request.receive.done-text')}</p>
        </Note>
        {found.findings.length > 0 && (
          <Note kind="warn">
            <p>{say('request.receive.findings')}</p>
            <ul>
              {found.findings.map(({ code, message }) => (
                <li key={`${code} ${message}`}>
                  <FindingText code={code} text={message} />
                </li>
              ))}
            </ul>
          </Note>
        )}
        <p className="row">
          <ButtonLink to={`/requests/${found.id}/answer`}>{say('request.receive.answer')}</ButtonLink>
          <ButtonLink kind="second" to={`/requests/${found.id}`}>
            {say('request.to-tracker')}
          </ButtonLink>
          <ButtonLink kind="second" to={`/cases/${found.caseId}`}>
            {say('request.receive.to-case')}
          </ButtonLink>
        </p>
      </div>
    </>
  )
}
