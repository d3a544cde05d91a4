/** What becomes of the fields of a file: those that stay in it, and those that are taken in another form. */
import { useSay } from '../shared/language/speak.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import { MachineValue } from '../shared/ui/values.tsx'
import type { FieldFates } from './planned.ts'

export function FieldFatesView({ fates: { changed, dropped } }: { readonly fates: FieldFates }) {
  const say = useSay()
  return (
    <>
      {dropped.length > 0 && (
        <details>
          <summary>{say('takein.stays', { count: dropped.length })}</summary>
          <ul className="list">
            {dropped.map(({ path, why }) => (
              <li key={`${path} ${why}`}>
                <MachineValue value={path} /> <Phrase topic="casework" text={why} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {changed.length > 0 && (
        <details>
          <summary>{say('takein.changed', { count: changed.length })}</summary>
          <ul className="list">
            {changed.map(({ path, to, how }) => (
              <li key={`${path} ${to} ${how}`}>
                <MachineValue value={path} /> → <MachineValue value={to} /> <Phrase topic="casework" text={how} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
