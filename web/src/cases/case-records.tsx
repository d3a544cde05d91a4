/** Everything that a case knows, kind by kind: read, add, change, with every version. */
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { Button, Empty, Note, Sheet, Shown } from '../shared/ui/parts.tsx'
import { CaseFrame, type CaseView } from './case-frame.tsx'
import { RecordForm } from './record-form.tsx'
import { RecordItem } from './record-item.tsx'
import { type CaseRecord, type Kind, kindOf } from './record-kinds.ts'
import { RecordKinds } from './record-kinds-nav.tsx'

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
  const caseId = found.id
  const [isOpen, setOpen] = useState(isAdding)
  const read = useAll(kind.list as 'noteList', { caseId })
  const isClosed = found.case.access.closed
  return (
    <>
      <RecordKinds caseId={caseId} now={kind.id} />
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
