/** What has to be done, before which time. */

import { useSay } from '../shared/language/speak.tsx'
import { useAll } from '../shared/node/node.tsx'
import { Empty, PageHead, Sheet, Shown } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'

export function Screen() {
  const say = useSay()
  const cases = useAll('caseList', {})
  return (
    <>
      <PageHead title={say('today.title')} />
      <Sheet title={say('today.cases')}>
        <Shown read={cases}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('today.no-cases')} />
            ) : (
              <ul className="list">
                {items.map(({ id, case: one }) => (
                  <li key={id}>
                    <Words>{one.title}</Words>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </Sheet>
    </>
  )
}
