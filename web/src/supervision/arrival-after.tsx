/** What a message of the inbox has told of, where it can be answered without a case: a breach, a request to erase, a recall. */
import type { InboxShowResult } from '../shared/api.ts'
import { useSay } from '../shared/language/speak.tsx'
import { Sheet } from '../shared/ui/parts.tsx'
import { concerns } from './matter.ts'
import { MatterRow } from './matter-row.tsx'
import { useMatters } from './use-matters.ts'

export function ArrivalAfter({ id, message }: { readonly id: string; readonly message: InboxShowResult['message'] }) {
  const say = useSay()
  const told = (useMatters(null).data ?? []).filter((one) => concerns(one, { ...message, id }))
  if (told.length === 0) return null
  return (
    <Sheet title={say('supervision.title')}>
      {told.map((one) => (
        <MatterRow key={one.id} one={one} caseId={null} />
      ))}
    </Sheet>
  )
}
