/** A new message in a case: to whom, what kind, under which law, and what it says. It is kept at the node as a draft; nothing is sent yet. */
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import './inbox.css'
import { useSpeech } from '../shared/language/speak.tsx'
import { useAct, useAll, useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { Select } from '../shared/ui/fields.tsx'
import { PageHead, Sheet, Shown, Trouble } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { BodyForm } from './body-form.tsx'
import { type Catalogue, useCatalogue } from './catalogue.ts'
import type { Schema } from './form-value.ts'
import { forget, useKept } from './kept.ts'
import { emptyLaw, headerOf, type Law, LawFields } from './law-fields.tsx'
import type { ShownMessage } from './message-in-case.tsx'
import type { Members } from './message-parts.ts'
import { useCodeWords, useMembers } from './names.tsx'
import { prefilled } from './prefilled.ts'
import { Recipient } from './recipient.tsx'
import { takenOver } from './taken-over.ts'

type Head = {
  readonly to: string
  readonly type: string
  readonly purpose: string
  readonly law: Law
  /** The request that came on which it rests, by the id of its message. */
  readonly restsOn?: string
}

/** Asked for most; the rest of the catalogue follows by family. */
const common = ['preserve.request', 'freeze.request', 'data.produce', 'info.request', 'hold.urgent', 'trace.request']

/** These have acts of their own, which keep what becomes of them: from the message that they are about, and from the breach. */
const haveActs = ['erase', 'incident']

export function Screen() {
  const { say } = useSpeech()
  const { caseId = '' } = useParams({ strict: false }) as { caseId?: string }
  const home = useRead('caseRead', { caseId })
  const catalogue = useCatalogue()
  return (
    <>
      <PageHead title={say('inbox.new.title')} kicker={<Words>{home.data?.case.title}</Words>} />
      <Shown read={catalogue}>
        {(known) => (
          <Shown read={home}>
            {({ case: one }) => <Composing catalogue={known} caseId={caseId} purposes={one.access.purposes} />}
          </Shown>
        )}
      </Shown>
    </>
  )
}

function Composing({
  catalogue,
  caseId,
  purposes,
}: {
  readonly catalogue: Catalogue
  readonly caseId: string
  readonly purposes: readonly string[]
}) {
  const { say } = useSpeech()
  const words = useCodeWords()
  const { members, me, byId } = useMembers()
  const navigate = useNavigate()
  const draft = useAct('messageDraft')
  const first = useMemo(() => ({ to: '', type: '', purpose: purposes[0] ?? '', law: emptyLaw }), [purposes])
  const head = useKept<Head>(caseId, first)
  const { to, type, purpose, law, restsOn = '' } = head.value
  const set = (change: Partial<Head>) => head.setValue({ ...head.value, ...change })
  const schema = schemaOf(catalogue, type)
  const came = useAll('messageList', { caseId }).data?.items.filter(
    ({ message }) => message.direction === 'in' && catalogue.messageTypes.get(message.type)?.place === 'opens',
  )
  const theirs = useRead('messageShow', restsOn === '' ? null : { id: restsOn })
  const taken = schema && theirs.data ? takenFrom(catalogue, schema, theirs.data.message) : {}
  const keptAs = [caseId, type, ...(restsOn === '' ? [] : [restsOn])].join('.')
  return (
    <div className="stack">
      <Sheet title={say('inbox.new.whom')}>
        <Select label={say('inbox.new.to')} value={to} onChange={(event) => set({ to: event.target.value })}>
          <option value="">{say('inbox.choose')}</option>
          {members
            .filter(({ id }) => id !== me)
            .map(({ id, name, mayOpen }) => (
              <option key={id} value={id} disabled={!mayOpen}>
                {name}
              </option>
            ))}
        </Select>
        {to !== '' && <Recipient id={to} />}
      </Sheet>
      <Sheet title={say('inbox.new.what')}>
        <Select label={say('inbox.new.type')} value={type} onChange={(event) => set({ type: event.target.value })}>
          <option value="">{say('inbox.choose')}</option>
          <optgroup label={say('inbox.new.common')}>
            {common
              .filter((one) => catalogue.messageTypes.has(one))
              .map((one) => (
                <option key={one} value={one}>
                  {words('type', one)}
                </option>
              ))}
          </optgroup>
          {Object.entries(catalogue.families).map(([family, types]) => {
            const opening = Object.entries(types).filter(
              ([name, { place }]) => place !== 'follows' && !common.includes(name) && !haveActs.includes(name),
            )
            return opening.length === 0 ? null : (
              <optgroup key={family} label={words('kind', family)}>
                {opening.map(([name]) => (
                  <option key={name} value={name}>
                    {words('type', name)}
                  </option>
                ))}
              </optgroup>
            )
          })}
        </Select>
        <p className="small">
          {say('inbox.new.acts')}{' '}
          <Link to={`/cases/${caseId}/messages/after` as string}>{say('supervision.title')}</Link>
        </p>
        {type !== '' && (
          <p className="small soft">
            <Phrase topic="exchange" text={catalogue.messageTypes.get(type)?.what ?? ''} />
          </p>
        )}
        <Select
          label={say('inbox.new.purpose')}
          value={purpose}
          onChange={(event) => set({ purpose: event.target.value })}
        >
          {purposes.map((one) => (
            <option key={one} value={one}>
              {words('purpose', one)}
            </option>
          ))}
        </Select>
        <LawFields law={law} onChange={(next) => set({ law: next })} />
      </Sheet>
      {schema && to !== '' && byId(to) && (
        <Sheet title={say('inbox.new.says')}>
          <Trouble error={draft.error ?? theirs.error} />
          {came && came.length > 0 && (
            <Select
              label={say('inbox.new.rests-on')}
              hint={say('inbox.new.rests-on-hint')}
              value={restsOn}
              onChange={(event) => set({ restsOn: event.target.value })}
            >
              <option value="">{say('inbox.new.rests-on-none')}</option>
              {came.map(({ id, message }) => (
                <option key={id} value={id}>
                  {`${words('type', message.type)} (${byId(message.peer)?.name ?? message.peer})`}
                </option>
              ))}
            </Select>
          )}
          {(restsOn === '' || theirs.data) && (
            <BodyForm
              key={`${keptAs} ${to}`}
              schema={schema}
              caseId={caseId}
              first={{ ...prefilled(schema, { me: byId(me ?? ''), to: byId(to), caseId }), ...taken }}
              keptAs={keptAs}
              submit={say('inbox.new.keep')}
              isBusy={draft.isPending}
              onSubmit={(body) =>
                draft.mutate({ caseId, to, type, purpose, header: headerOf(law), body } as never, {
                  onSuccess: ({ id }) => {
                    forget(keptAs)
                    forget(caseId)
                    void navigate({ to: `/messages/${id}` as string })
                  },
                })
              }
            />
          )}
        </Sheet>
      )}
    </div>
  )
}

function takenFrom(catalogue: Catalogue, ours: Schema, { type, major, body }: ShownMessage['message']): Members {
  const theirs = catalogue.messageTypes.get(type)?.majors[major] as Schema | undefined
  return theirs ? takenOver(ours, theirs, body as Members) : {}
}

export function schemaOf({ messageTypes }: Catalogue, type: string): Schema | null {
  const majors = messageTypes.get(type)?.majors
  if (!majors) return null
  return (majors[Math.max(...Object.keys(majors).map(Number))] ?? null) as Schema | null
}
