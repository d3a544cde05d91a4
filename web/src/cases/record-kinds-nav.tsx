/** The ways between the kinds of records of a case. */
import { useSay } from '../shared/language/speak.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'
import { type Kind, kinds } from './record-kinds.ts'

export function RecordKinds({ caseId, now }: { readonly caseId: string; readonly now: Kind['id'] | 'watch' }) {
  const say = useSay()
  return (
    <nav className="record-kinds" aria-label={say('cases.record-kinds')}>
      {kinds.map(({ id }) => (
        <WayLink
          key={id}
          className="button"
          to={`/cases/${caseId}/records?kind=${id}`}
          {...(id === now ? { isHere: true } : { kind: 'quiet' })}
        >
          {say(`cases.kinds.${id}`)}
        </WayLink>
      ))}
      <WayLink
        className="button"
        to={`/cases/${caseId}/watches`}
        {...(now === 'watch' ? { isHere: true } : { kind: 'quiet' })}
      >
        {say('cases.watches')}
      </WayLink>
    </nav>
  )
}
