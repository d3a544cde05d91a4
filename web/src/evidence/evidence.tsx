/** What is kept as evidence of a case, where each thing is, and how it leaves the house with its proofs. */
import { Link, useParams } from '@tanstack/react-router'
import { CaseParts } from '../cases/case-frame.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { type Column, DataTable } from '../shared/ui/data-table.tsx'
import { ButtonLink, Empty, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'
import { type ListedExhibit, useExhibits } from './exhibits.ts'
import { WaitingKeyActs } from './key-acts.tsx'
import { LeaveTheHouse } from './leave-the-house.tsx'

export function Screen() {
  const say = useSay()
  const { caseId } = useParams({ strict: false }) as { caseId: string }
  const found = useRead('caseRead', { caseId })
  return (
    <div className="stack">
      <PageHead
        title={say('evidence.title')}
        kicker={
          <Link to={`/cases/${caseId}` as never}>
            {found.data ? <Words>{found.data.case.title}</Words> : say('evidence.case')}
          </Link>
        }
      >
        <ButtonLink to={`/cases/${caseId}/intake`}>{say('evidence.add')}</ButtonLink>
      </PageHead>
      <CaseParts caseId={caseId} part="cases.part.evidence" />
      <WaitingKeyActs caseId={caseId} />
      <Exhibits caseId={caseId} />
      <LeaveTheHouse caseId={caseId} />
    </div>
  )
}

function Exhibits({ caseId }: { readonly caseId: string }) {
  const { say, knows } = useSpeech()
  const read = useExhibits(caseId)
  const kind = (one: string) => (knows(`exhibit.kind.${one}`) ? say(`exhibit.kind.${one}` as never) : one)
  const columns: readonly Column<ListedExhibit>[] = [
    { id: 'number', head: say('evidence.number'), cell: ({ number }) => number, by: ({ number }) => number },
    {
      id: 'title',
      head: say('evidence.exhibit'),
      cell: ({ id, title }) => (
        <Link to={`/cases/${caseId}/evidence/${id}` as never}>
          <Words>{title}</Words>
        </Link>
      ),
      by: ({ title }) => title,
    },
    { id: 'kind', head: say('evidence.kind'), cell: (one) => kind(one.kind), by: (one) => kind(one.kind) },
    {
      id: 'acquired',
      head: say('evidence.acquired'),
      cell: ({ acquiredAt }) => <Instant at={acquiredAt} />,
      by: ({ acquiredAt }) => acquiredAt,
    },
    { id: 'sha256', head: 'SHA-256', cell: ({ sha256 }) => <MachineValue value={sha256} short copy /> },
  ]
  return (
    <Sheet>
      <Shown read={read}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={say('evidence.none')}>
              <p>{say('evidence.none-text')}</p>
              <p>
                <ButtonLink to={`/cases/${caseId}/intake`} kind="second">
                  {say('evidence.add')}
                </ButtonLink>
              </p>
            </Empty>
          ) : (
            <DataTable caption={say('evidence.exhibits')} columns={columns} rows={items} keyOf={({ id }) => id} />
          )
        }
      </Shown>
    </Sheet>
  )
}
