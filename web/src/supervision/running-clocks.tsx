/** Breaches of which the supervisory authority was not notified yet, in the cases of whoever looks. */
import { Link } from '@tanstack/react-router'
import { useNow } from '../inbox/inbox.tsx'
import { useHomeZone } from '../joint/zone-select.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAll, useRead } from '../shared/node/node.tsx'
import { Sheet } from '../shared/ui/parts.tsx'
import { Deadline, Words } from '../shared/ui/values.tsx'

export function RunningClocks() {
  const say = useSay()
  const now = useNow()
  const zone = useHomeZone()
  const due = useRead('reminderList', { limit: 200 }).data?.items.filter(({ kind }) => kind === 'incident') ?? []
  const cases = useAll('caseList', due.length === 0 ? null : {}).data?.items ?? []
  if (due.length === 0) return null
  return (
    <Sheet title={say('supervision.incident.clocks')}>
      <ul className="tasks">
        {due.map((one) => (
          <li key={one.id}>
            <div>
              <Link className="whole" to={`/cases/${one.caseId}/messages/after` as string}>
                <Words>{cases.find(({ id }) => id === one.caseId)?.case.title}</Words>
              </Link>
              <Deadline due={one.due ?? one.at} zone={zone} rule={<Words>{one.article}</Words>} now={now} />
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
