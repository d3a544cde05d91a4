/** What has to be done, before which time: each role sees first what waits for it. */
import { ExerciseNote, TrySample } from '../cases/exercise.tsx'
import { Referrals } from '../cases/referrals.tsx'
import '../cases/cases.css'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { ButtonLink, Empty, Note, PageHead, Shown } from '../shared/ui/parts.tsx'
import { AfterSheet } from '../supervision/today-sheet.tsx'
import { ContinueCard } from './continue-card.tsx'
import { type Part, partsFor } from './due.ts'
import { DueSheet } from './due-sheet.tsx'
import { OversightSheet, PeopleSheet } from './office-sheets.tsx'
import { CallsSheet, InboxSheet } from './post-sheets.tsx'
import { useWork, type Work } from './use-work.ts'
import { AlarmsSheet, ApprovalsSheet, KeyActsSheet, RepliesSheet } from './work-sheets.tsx'

export function Screen() {
  const read = useRead('sessionRead', {})
  const say = useSay()
  return (
    <>
      <PageHead title={say('today.title')} />
      <Shown read={read}>{({ session }) => session && <Day me={session.personId} role={session.role} />}</Shown>
    </>
  )
}

function Day({ me, role }: { readonly me: string; readonly role: string }) {
  const say = useSay()
  const parts = partsFor(role)
  const isWorking = parts.includes('due')
  const work = useWork(isWorking)
  const isNew = isWorking && !work.isPending && work.cases.length === 0
  return (
    <div className="stack">
      <ExerciseNote />
      {isWorking && <ContinueCard me={me} />}
      {work.isCut && <Note kind="warn">{say('today.cut')}</Note>}
      {parts.map((part) =>
        // Whoever has no case has nothing due: they are taught instead, below.
        isNew && part === 'due' ? null : <PartSheet key={part} part={part} work={work} me={me} />,
      )}
      {isNew && (
        <Empty title={say('today.no-cases')}>
          <p>{say('today.no-cases-text')}</p>
          <p>
            <ButtonLink to="/cases/new">{say('cases.open-new')}</ButtonLink>
          </p>
          <TrySample />
        </Empty>
      )}
    </div>
  )
}

function PartSheet({ part, work, me }: { readonly part: Part; readonly work: Work; readonly me: string }) {
  switch (part) {
    case 'key-acts':
      return <KeyActsSheet work={work} me={me} />
    case 'approvals':
      return <ApprovalsSheet work={work} me={me} />
    case 'referrals':
      return <Referrals />
    case 'calls':
      return <CallsSheet />
    case 'inbox':
      return <InboxSheet />
    case 'after':
      return <AfterSheet cases={[...work.cases].reverse().map(({ id, case: one }) => ({ id, title: one.title }))} />
    case 'due':
      return <DueSheet work={work} />
    case 'replies':
      return <RepliesSheet work={work} />
    case 'alarms':
      return <AlarmsSheet work={work} />
    case 'oversight':
      return <OversightSheet />
    case 'people':
      return <PeopleSheet />
  }
}
