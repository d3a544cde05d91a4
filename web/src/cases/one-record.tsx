/** One record of a case on a page of its own: all that it says, how it may be used, who wrote it, and every version. */
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { WhoElse } from '../compare/who-else.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Button, Empty, Fact, Facts, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { MarkingFacts } from './marking-facts.tsx'
import { RecordContent } from './record-content.tsx'
import { RecordForm } from './record-form.tsx'
import { useNameOf, VersionList } from './record-item.tsx'
import { type CaseRecord, type Kind, kinds } from './record-kinds.ts'

export function Screen() {
  const say = useSay()
  const { kind: named } = useParams({ strict: false }) as { kind?: string }
  const kind = kinds.find(({ id }) => id === named)
  return (
    <CaseFrame part="cases.part.records">
      {(found) => (kind ? <OneRecord found={found} kind={kind} /> : <Empty title={say('cases.record-none')} />)}
    </CaseFrame>
  )
}

function OneRecord({ found, kind }: { readonly found: CaseView; readonly kind: Kind }) {
  const { recordId } = useParams({ strict: false }) as { recordId: string }
  const read = useRead(kind.read as 'noteRead', { id: recordId })
  return (
    <Shown read={read}>
      {(record) => <ShownRecord key={recordId} found={found} kind={kind} record={record as unknown as CaseRecord} />}
    </Shown>
  )
}

function ShownRecord({ found, kind, record }: { found: CaseView; kind: Kind; record: CaseRecord }) {
  const say = useSay()
  const nameOf = useNameOf(kind)
  const [editing, setEditing] = useState<CaseRecord | null>(null)
  const { id, caseId, version, at, author, by, basis, marking, content } = record
  return (
    <>
      <p>
        <WayLink to={`/cases/${caseId}/records?kind=${kind.id}`}>{say(`cases.kinds.${kind.id}`)}</WayLink>
      </p>
      <Sheet
        title={nameOf(record)}
        actions={
          !found.case.access.closed && !editing ? (
            <Button kind="second" onPress={() => setEditing(record)}>
              {say('cases.edit')}
            </Button>
          ) : undefined
        }
      >
        {editing ? (
          <RecordForm
            kind={kind}
            caseId={caseId}
            members={found.case.access.members}
            record={editing}
            newest={record}
            onDone={() => setEditing(null)}
          />
        ) : (
          <RecordContent kind={kind} content={content} />
        )}
        <WhereNext kind={kind} content={content} />
      </Sheet>
      {kind.id === 'order' && <WhoElse kind="order" id={id} />}
      <Sheet title={say('cases.record-origin')}>
        <Facts>
          <Fact name={say('cases.basis')}>
            <Status kind="plain">{say(`cases.basis.${basis}`)}</Status>
          </Fact>
          <Fact name={say('cases.record-author')}>
            <PersonName id={author} role />
          </Fact>
          <Fact name={say('cases.version', { version })}>
            <PersonName id={by} /> · <Instant at={at} />
          </Fact>
          <Fact name={say('cases.record-id')}>
            <MachineValue value={id} copy />
          </Fact>
        </Facts>
        <MarkingFacts marking={marking} />
      </Sheet>
      <Sheet title={say('cases.record-history')}>
        <VersionList kind={kind} id={id} />
      </Sheet>
    </>
  )
}

/** Where more is known of what the record names. */
function WhereNext({ kind, content }: { readonly kind: Kind; readonly content: CaseRecord['content'] }) {
  const say = useSay()
  if (kind.id !== 'wallet') return null
  return (
    <p>
      <WayLink to={`/address?q=${encodeURIComponent(String(content.address))}`}>{say('cases.record-address')}</WayLink>
    </p>
  )
}
