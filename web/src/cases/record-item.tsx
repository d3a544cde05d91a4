/** One record of a case: what it says, who wrote it, its versions, and changing it. */
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type InputOf, useAct, useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Shown, Status, Trouble } from '../shared/ui/parts.tsx'
import { Instant } from '../shared/ui/values.tsx'
import type { CaseView } from './case-frame.tsx'
import { FieldValue, RecordContent } from './record-content.tsx'
import { RecordForm } from './record-form.tsx'
import type { CaseRecord, Kind } from './record-kinds.ts'

export function RecordItem({ kind, record, found }: { kind: Kind; record: CaseRecord; found: CaseView }) {
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
        <PersonName id={record.by} /> · <Instant at={record.at} /> ·{' '}
        <Link to={`/cases/${found.id}/records/${kind.id}/${record.id}` as never}>
          {say('cases.record-alone', { what: nameOf(record) })}
        </Link>
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
export function useNameOf(kind: Kind): (record: CaseRecord) => string {
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
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('cases.versions', { count: record.version })}</summary>
      {isOpen && <VersionList kind={kind} id={record.id} />}
    </details>
  )
}

/** Every version, newest first. */
export function VersionList({ kind, id }: { readonly kind: Kind; readonly id: string }) {
  const say = useSay()
  const read = useRead(kind.history as 'noteHistory', { id })
  return (
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
  )
}
