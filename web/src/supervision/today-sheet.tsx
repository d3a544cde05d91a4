/** What waits for an answer to other agencies: recalls, questions of use, disputes, requests to erase, partners that are suspended. */
import { useQueries } from '@tanstack/react-query'
import { MemberName } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { ask } from '../shared/node/node.tsx'
import { Note, Sheet, Status } from '../shared/ui/parts.tsx'
import { Instant, ownZone, Words } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import { inOrder, type Matter, waitsForUs } from './matter.ts'
import { useMatters, useRole } from './use-matters.ts'

/** As many cases as Today looks into. */
const MOST_CASES = 100

export function AfterSheet({ cases }: { readonly cases: readonly { readonly id: string; readonly title: string }[] }) {
  const say = useSay()
  const { writes } = useRole()
  const ofNode = useMatters(null)
  const asked = writes ? cases.slice(0, MOST_CASES) : []
  const ofCases = useQueries({
    queries: asked.map(({ id: caseId }) => ({
      queryKey: ['supervisionList', { caseId }],
      queryFn: () => ask('supervisionList', { caseId }),
    })),
  })
  const homes = new Map<Matter, { readonly id: string; readonly title: string }>()
  ofCases.forEach(({ data }, at) => {
    for (const one of (data ?? []) as readonly Matter[]) homes.set(one, asked[at] as (typeof asked)[number])
  })
  // A breach of one's own stands among what is due, with its clock.
  const waiting = inOrder([...homes.keys(), ...(ofNode.data ?? [])]).filter(
    (one) => waitsForUs(one) && one.kind !== 'incident',
  )
  const isCut = writes && cases.length > MOST_CASES
  if (waiting.length === 0 && !isCut) return null
  return (
    <Sheet title={say('supervision.today')}>
      {isCut && <Note kind="warn">{say('today.cut')}</Note>}
      <ul className="tasks">
        {waiting.map((one) => {
          const home = homes.get(one)
          return (
            <li key={one.id}>
              <div>
                <WayLink
                  className="whole"
                  to={home === undefined ? '/after-sending' : `/cases/${home.id}/messages/after`}
                >
                  {say(`supervision.kind.${one.kind}`)}
                </WayLink>
                <p className="hint">
                  <MemberName id={peerOf(one)} /> · <Instant at={one.at} zone={ownZone()} />
                  {home !== undefined && (
                    <>
                      {' · '}
                      <Words>{home.title}</Words>
                    </>
                  )}
                </p>
              </div>
              <div className="state">
                {one.kind === 'suspension' ? (
                  <Status kind="bad">{say('supervision.suspension.stands')}</Status>
                ) : (
                  <Status kind="warn">{say('supervision.waits')}</Status>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}

function peerOf(one: Matter): string {
  switch (one.kind) {
    case 'recall-notice':
    case 'caution':
      return one.says.from
    case 'recall':
    case 'incident':
      return ''
    default:
      return one.says.peer
  }
}
