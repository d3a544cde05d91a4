/** What has followed on the messages of a case: what waits for this agency, what is open with others, what has ended, and cautions. */
import { CaseFrame } from '../cases/case-frame.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { ButtonLink, Empty, Note, Sheet, Shown } from '../shared/ui/parts.tsx'
import { CautionList } from './cautions.tsx'
import { concerns, isOpen, type Matter } from './matter.ts'
import { MatterList } from './matter-list.tsx'
import { ofKind, useMatters, useRole } from './use-matters.ts'
import '../inbox/inbox.css'

export function Screen() {
  const say = useSay()
  const { writes } = useRole()
  return (
    <CaseFrame
      part="cases.part.messages"
      actions={({ id }) =>
        writes && (
          <ButtonLink kind="second" to={`/cases/${id}/messages/breach`}>
            {say('supervision.incident.tell')}
          </ButtonLink>
        )
      }
    >
      {({ id }) => (
        <>
          <h2>{say('supervision.title')}</h2>
          {writes ? <After caseId={id} /> : <Note>{say('supervision.for-writers')}</Note>}
          <p>
            <ButtonLink kind="quiet" to={`/cases/${id}/messages`}>
              {say('inbox.all-of-case')}
            </ButtonLink>
          </p>
        </>
      )}
    </CaseFrame>
  )
}

function After({ caseId }: { readonly caseId: string }) {
  const say = useSay()
  const read = useMatters(caseId)
  const erasures = useErasures(caseId)
  return (
    <Shown read={read}>
      {(found) => {
        const matters = [...found, ...erasures]
        const cautions = ofKind(found, 'caution').filter(isOpen)
        if (matters.length === 0)
          return (
            <Empty title={say('supervision.none')}>
              <p>{say('supervision.none-text')}</p>
              <p>{say('supervision.none-how')}</p>
            </Empty>
          )
        return (
          <>
            {cautions.length > 0 && (
              <Sheet title={say('supervision.cautions')} level={3}>
                <p>{say('supervision.cautions-text')}</p>
                <CautionList caseId={caseId} matters={found} />
              </Sheet>
            )}
            <MatterList caseId={caseId} matters={matters} level={3} />
          </>
        )
      }}
    </Shown>
  )
}

/** Requests to erase belong to the node; those of this case are about its messages. */
function useErasures(caseId: string): readonly Matter[] {
  const all = ofKind(useMatters(null).data ?? [], 'erase-request')
  const messages = useAll('messageList', all.length === 0 ? null : { caseId }).data?.items ?? []
  return all.filter((one) => messages.some(({ id, message }) => concerns(one, { ...message, id })))
}
