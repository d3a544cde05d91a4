/** How much of what was to be kept is kept, and what was refused. */
import { useSay } from '../shared/language/speak.tsx'
import { Note, Trouble } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import type { Kept } from './use-keep.ts'

export function KeptNote({ kept, error }: { readonly kept: Kept | null; readonly error: unknown }) {
  const say = useSay()
  return (
    <div aria-live="polite">
      {kept?.isBusy && (
        <p>
          <progress className="waiting" max={kept.total} value={kept.done} aria-label={say('intake.keeping')} />{' '}
          {say('intake.kept-of', { done: kept.done, total: kept.total })}
        </p>
      )}
      {kept && !kept.isBusy && kept.done > 0 && <Note kind="good">{say('intake.kept', { count: kept.done })}</Note>}
      {kept && kept.refused.length > 0 && (
        <Note kind="bad">
          <p>{say('intake.refused', { count: kept.refused.length })}</p>
          <ul>
            {kept.refused.map(({ name, why }) => (
              <li key={name}>
                <MachineValue value={name} short /> <Words>{why}</Words>
              </li>
            ))}
          </ul>
        </Note>
      )}
      <Trouble error={error} />
    </div>
  )
}
