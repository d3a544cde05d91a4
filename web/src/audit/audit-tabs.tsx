import { Link } from '@tanstack/react-router'
import { useSay } from '../shared/language/speak.tsx'

export function AuditTabs() {
  const say = useSay()
  return (
    <nav className="tabs no-print" aria-label={say('audit.parts')}>
      <Link className="tab" to="/audit" activeOptions={{ exact: true, includeSearch: false }}>
        {say('audit.journal')}
      </Link>
      <Link className="tab" to="/audit/access">
        {say('audit.access')}
      </Link>
      <Link className="tab" to={'/audit/samples' as never}>
        {say('compare.samples')}
      </Link>
    </nav>
  )
}
