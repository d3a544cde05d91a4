/** Everything that a case knows, kind by kind: read, add, change, with every version. */
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useAll, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Empty, Note, Sheet, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant } from '../shared/ui/values.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { FieldValue, RecordContent } from './record-content.tsx'
import { RecordForm } from './record-form.tsx'
import { type CaseRecord, type Kind, kindOf, kinds } from './record-kinds.ts'

export function Screen() {
  const { kind, add } = useSearch({ strict: false }) as { kind?: string; add?: boolean }
  return (
    <CaseFrame part="cases.part.records">
      {(found) => <Records key={kind ?? ''} found={found} kind={kindOf(kind)} isAdding={add === true} />}
    </CaseFrame>
  )
}

function Records({ found, kind, isAdding }: { found: CaseView; kind: Kind; isAdding: boolean }) {
  const say = useSay()
  const navigate = useNavigate()
  const caseId = found.id
  const [isOpen, setOpen] = useState(isAdding)
  const read = useAll(kind.list as 'noteList', { caseId })
  const isClosed = found.case.access.closed
  const shown = (id: string) => void navigate({ to: '.', search: { kind: id } as never, replace: true })
  return (
    <>
      <nav className="record-kinds" aria-label={say('cases.record-kinds')}>
        {kinds.map(({ id }) => (
          <button
            key={id}
            type="button"
            className="button"
            data-kind={id === kind.id ? undefined : 'quiet'}
            aria-current={id === kind.id ? 'true' : undefined}
            onClick={() => shown(id)}
          >
            {say(`cases.kinds.${id}`)}
          </button>
        ))}
      </nav>
      <Sheet
        title={say(`cases.kinds.${kind.id}`)}
        actions={
          !isClosed && !isOpen ? (
            <Button onPress={() => setOpen(true)}>{say(`cases.add.${kind.id}`)}</Button>
          ) : undefined
        }
      >
        {isOpen && (
          <RecordForm kind={kind} caseId={caseId} members={found.case.access.members} onDone={() => setOpen(false)} />
        )}
        <Shown read={read}>
          {({ items, isCut }) => (
            <>
              {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
              {items.length === 0 && !isOpen && (
                <Empty title={say(`cases.no.${kind.id}`)}>
                  <p>{say(`cases.about.${kind.id}`)}</p>
                </Empty>
              )}
              {[...(items as unknown as readonly CaseRecord[])].reverse().map((record) => (
                <RecordItem key={record.id} kind={kind} record={record} found={found} />
              ))}
            </>
          )}
        </Shown>
      </Sheet>
    </>
  )
}

function RecordItem({ kind, record, found }: { kind: Kind; record: CaseRecord; found: CaseView }) {
  const say = useSay()
  const [editing, setEditing] = useState<CaseRecord | null>(null)
  const update = useAct('taskUpdate')
  const nameOf = useNameOf(kind)
  const lead = kind.fields.find(({ name }) => name === kind.lead)
  return (
    <article className="record" id={`record-${record.id}`}>
      <div className="record-head">
        <h3>{lead && <FieldValue spec={lead} content={record.content} />}</h3>
        <span className="row">
          {record.basis === 'assessment' && <Status kind="plain">{say('cases.basis.assessment')}</Status>}
          <span className="small soft">{say(`cases.tlp.${record.marking.tlp}` as never)}</span>
          {kind.id === 'task' && record.content.done === null && !found.case.access.closed && !editing && (
            <Button
              kind="second"
              isBusy={update.isPending}
              label={say('cases.mark-done-what', { what: nameOf(record) })}
              onPress={() => update.mutate(doneNow(record))}
            >
              {say('cases.mark-done')}
            </Button>
          )}
          {!found.case.access.closed && !editing && (
            <Button
              kind="quiet"
              onPress={() => setEditing(record)}
              label={say('cases.edit-what', { what: nameOf(record) })}
            >
              {say('cases.edit')}
            </Button>
          )}
        </span>
      </div>
      <Trouble error={update.error} />
      {editing ? (
        <RecordForm
          kind={kind}
          caseId={found.id}
          members={found.case.access.members}
          record={editing}
          newest={record}
          onDone={() => setEditing(null)}
        />
      ) : (
        <RecordContent kind={kind} content={record.content} skip={[kind.lead]} />
      )}
      <p className="small soft">
        <PersonName id={record.by} /> · <Instant at={record.at} />
      </p>
      {record.version > 1 && <Versions kind={kind} record={record} />}
    </article>
  )
}

function doneNow({ id, version, content, basis, marking }: CaseRecord) {
  const done = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  return { id, seen: version, content: { ...content, done }, basis, marking } as unknown as InputOf<'taskUpdate'>
}

/** How a record is called where its acts are read aloud. */
function useNameOf(kind: Kind): (record: CaseRecord) => string {
  const { say, knows } = useSpeech()
  const lead = kind.fields.find(({ name }) => name === kind.lead)
  return ({ content }) => {
    const text = String(content[kind.lead] ?? '').slice(0, 80)
    const id = `${lead?.words}.${text}`
    return knows(id) ? say(id) : text
  }
}

function Versions({ kind, record }: { kind: Kind; record: CaseRecord }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const read = useRead(kind.history as 'noteHistory', isOpen ? { id: record.id } : null)
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('cases.versions', { count: record.version })}</summary>
      {isOpen && (
        <Shown read={read}>
          {(versions) => (
            <ol className="timeline">
              {[...versions].reverse().map(({ version, at, by, content }) => (
                <li key={version}>
                  <p className="small">
                    <strong>{say('cases.version', { version })}</strong> · <PersonName id={by} /> · <Instant at={at} />
                  </p>
                  <RecordContent kind={kind} content={content as never} />
                </li>
              ))}
            </ol>
          )}
        </Shown>
      )}
    </details>
  )
}
