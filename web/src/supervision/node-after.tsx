/** What is open with other agencies beside the cases: partners that are suspended, requests to erase, what belongs to no case; and breaches whose clock runs. */
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Empty, Note, PageHead, Shown } from '../shared/ui/parts.tsx'
import { MatterList } from './matter-list.tsx'
import { RunningClocks } from './running-clocks.tsx'
import { useMatters, useRole } from './use-matters.ts'
import '../cases/cases.css'
import '../inbox/inbox.css'

export function Screen() {
  const say = useSay()
  const { speaks } = useRole()
  const session = useRead('sessionRead', {})
  return (
    <>
      <PageHead title={say('supervision.node-title')} />
      <Shown read={session}>{() => (speaks ? <OfNode /> : <Note>{say('supervision.for-speakers')}</Note>)}</Shown>
    </>
  )
}

function OfNode() {
  const say = useSay()
  const read = useMatters(null)
  return (
    <div className="stack">
      <p>{say('supervision.node-text')}</p>
      <RunningClocks />
      <Shown read={read}>
        {(matters) =>
          matters.length === 0 ? (
            <Empty title={say('supervision.none')}>
              <p>{say('supervision.node-none-text')}</p>
            </Empty>
          ) : (
            <MatterList caseId={null} matters={matters} />
          )
        }
      </Shown>
    </div>
  )
}
