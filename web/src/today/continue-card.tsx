/** The way back to where somebody worked last. What it is called is asked of the node: what they may not see any more is not offered. */
import { useState } from 'react'
import { useSay } from '../shared/language/speak.tsx'
import { lastPlace } from '../shared/node/last-place.ts'
import { useRead } from '../shared/node/node.tsx'
import { Sheet } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import { WayLink } from '../shared/ui/way-link.tsx'

export function ContinueCard({ me }: { readonly me: string }) {
  const say = useSay()
  const [place] = useState(() => lastPlace(me))
  const { data } = useRead('caseRead', place ? { caseId: place.caseId } : null)
  if (!place || !data) return null
  return (
    <Sheet title={say('today.continue')}>
      <p>
        <Words>{data.case.title}</Words>
      </p>
      <WayLink className="button" kind="second" to={place.path}>
        {say('today.continue-act')}
      </WayLink>
    </Sheet>
  )
}
