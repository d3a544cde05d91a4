/** A submitted request becomes the message that carries it: to whom exactly, and what the message must say that the request does not. */
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import './inbox.css'
import { useSpeech } from '../shared/language/speak.tsx'
import { type ResultOf, useAct, useRead } from '../shared/node/node.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { Note, PageHead, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { BodyForm } from './body-form.tsx'
import { type Catalogue, useCatalogue } from './catalogue.ts'
import { schemaOf } from './compose.tsx'
import { emptyOf, unwrapped } from './form-value.ts'
import { forget } from './kept.ts'
import type { Members } from './message-parts.ts'
import { useCodeWords, useMembers } from './names.tsx'
import { Recipient } from './recipient.tsx'

type Request = ResultOf<'requestRead'>

/** What the node takes from the request itself (platform/src/exchange/requests/compose.ts). */
const taken = [
  'authority',
  'facts',
  'custodian',
  'provider',
  'identifiers',
  'period',
  'property',
  'assets',
  'userNoticeSuppressed',
]

export function Screen() {
  const { say } = useSpeech()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const request = useRead('requestRead', { id })
  const catalogue = useCatalogue()
  return (
    <>
      <PageHead
        title={say('inbox.send.title')}
        kicker={<Words>{request.data?.request.content.recipients[0]?.authority}</Words>}
      />
      <Shown read={request}>
        {(found) => <Shown read={catalogue}>{(known) => <Sending request={found} catalogue={known} />}</Shown>}
      </Shown>
    </>
  )
}

function Sending({ request, catalogue }: { readonly request: Request; readonly catalogue: Catalogue }) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const { members, me } = useMembers()
  const navigate = useNavigate()
  const home = useRead('caseRead', { caseId: request.caseId })
  const compose = useAct('requestCompose')
  const { content, state } = request.request
  const named = content.recipients.find(({ role }) => role === 'to')
  const [chosen, setChosen] = useState<string | null>(null)
  const [purpose, setPurpose] = useState<string | null>(null)
  const others = members.filter(({ id }) => id !== me)
  const to = chosen ?? others.find(({ name }) => name === named?.authority)?.id ?? ''
  const type = catalogue.messageOfRequestType[content.requestType]
  const schema = type === undefined ? null : schemaOf(catalogue, type)
  if (state !== 'submitted')
    return (
      <Note kind="warn">
        <p>
          {say('inbox.send.not-submitted')} <Status kind="open">{words('state', state)}</Status>
        </p>
        <p>
          <Link to={`/requests/${request.id}` as string}>{say('inbox.send.to-request')}</Link>
        </p>
      </Note>
    )
  if (type === undefined || !schema) return <Note kind="warn">{say('inbox.send.no-message')}</Note>
  const only = Object.entries(schema.properties ?? {})
    .filter(([name, one]) => !taken.includes(name) && isNeeded(one))
    .map(([name]) => name)
  const purposes = home.data?.case.access.purposes ?? []
  return (
    <div className="stack">
      <Sheet title={say('inbox.new.whom')}>
        <Select label={say('inbox.new.to')} value={to} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{say('inbox.choose')}</option>
          {others.map(({ id, name, mayOpen }) => (
            <option key={id} value={id} disabled={!mayOpen}>
              {name}
            </option>
          ))}
        </Select>
        {to !== '' && <Recipient id={to} />}
        <Select
          label={say('inbox.new.purpose')}
          value={purpose ?? purposes[0] ?? ''}
          onChange={(event) => setPurpose(event.target.value)}
        >
          {purposes.map((one) => (
            <option key={one} value={one}>
              {words('purpose', one)}
            </option>
          ))}
        </Select>
      </Sheet>
      {to !== '' && (
        <Sheet title={say('inbox.send.more')}>
          <p>{say('inbox.send.more-text', { what: words('type', type) })}</p>
          <Trouble error={compose.error} />
          <BodyForm
            schema={schema}
            caseId={request.caseId}
            only={only}
            first={{ ...(emptyOf(schema) as Members), ...saidAlready(content.data) }}
            keptAs={`request.${request.id}`}
            submit={say('inbox.send.write')}
            isBusy={compose.isPending}
            onSubmit={(body) =>
              compose.mutate({ id: request.id, to, purpose: purpose ?? purposes[0], body } as never, {
                onSuccess: ({ id }) => {
                  forget(`request.${request.id}`)
                  void navigate({ to: `/messages/${id}` as string })
                },
              })
            }
          />
        </Sheet>
      )}
    </div>
  )
}

/** What may be null or an empty list the node leaves out by itself. */
function isNeeded(given: Parameters<typeof unwrapped>[0]): boolean {
  const { schema, isNullable } = unwrapped(given)
  return !isNullable && !(schema.type === 'array' && (schema.minItems ?? 0) === 0)
}

/** What the form of the instrument says that the message asks for under another name; read again before it is saved. */
function saidAlready(data: { readonly [path: string]: string | boolean | number }): Members {
  const grounds = data.groundsForFreezing ?? data.groundsForConfiscation
  const remedies = data['remedies.contact']
  return {
    ...(typeof grounds === 'string' ? { grounds } : {}),
    ...(typeof remedies === 'string' ? { remedies } : {}),
  }
}
