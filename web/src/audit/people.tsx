/** The people of the node, and the machines: who is let in, in which role, and who no longer. */
import '../access/access.css'
import './audit.css'
import { useSay } from '../shared/language/speak.tsx'
import { PageHead } from '../shared/ui/parts.tsx'
import { ApiKeys } from './api-keys.tsx'
import { PeopleList } from './people-list.tsx'
import { Proven } from './proven.tsx'
import { Webhooks } from './webhooks.tsx'

export function Screen() {
  const say = useSay()
  return (
    <>
      <PageHead title={say('audit.people.title')} />
      <Proven>
        <div className="stack">
          <PeopleList />
          <ApiKeys />
          <Webhooks />
        </div>
      </Proven>
    </>
  )
}
