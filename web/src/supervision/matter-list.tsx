/** Matters by what they need: what waits for this agency, what is open with others, and what has ended, which is folded away. */
import { useSay } from '../shared/language/speak.tsx'
import { Sheet } from '../shared/ui/parts.tsx'
import { inOrder, isOpen, type Matter, waitsForUs } from './matter.ts'
import { MatterRow } from './matter-row.tsx'

export function MatterList({
  caseId,
  matters,
  level = 2,
}: {
  readonly caseId: string | null
  readonly matters: readonly Matter[]
  readonly level?: 2 | 3
}) {
  const say = useSay()
  const shown = inOrder(matters).filter(({ kind }) => kind !== 'caution')
  const groups = [
    ['supervision.group.waits', shown.filter(waitsForUs)],
    ['supervision.group.open', shown.filter((one) => isOpen(one) && !waitsForUs(one))],
  ] as const
  const ended = shown.filter((one) => !isOpen(one) && !waitsForUs(one))
  const rows = (of: readonly Matter[]) => of.map((one) => <MatterRow key={one.id} one={one} caseId={caseId} />)
  return (
    <>
      {groups.map(
        ([title, of]) =>
          of.length > 0 && (
            <Sheet key={title} title={say(title)} level={level}>
              {rows(of)}
            </Sheet>
          ),
      )}
      {ended.length > 0 && (
        <Sheet title={say('supervision.group.ended')} level={level}>
          <details>
            <summary>{say('supervision.ended-count', { count: ended.length })}</summary>
            {rows(ended)}
          </details>
        </Sheet>
      )}
    </>
  )
}
