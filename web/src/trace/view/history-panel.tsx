/** What was done to this view, by name, the last first; any of it can be gone back to. */
import { useSay } from '../../shared/language/speak.tsx'
import type { History } from '../model/history.ts'

export function HistoryPanel({
  history,
  onGoTo,
}: {
  readonly history: History
  readonly onGoTo: (entry: number) => void
}) {
  const say = useSay()
  return (
    <details className="sheet trace-history no-print">
      <summary>
        <h2>{say('trace.history', { count: history.entries.length - 1 })}</h2>
      </summary>
      <ol reversed>
        {history.entries
          .map(({ act, count }, index) => ({ act, count, index }))
          .reverse()
          .map(({ act, count, index }) => (
            <li key={index}>
              <button
                type="button"
                className="trace-row-button"
                aria-current={index === history.now ? 'step' : undefined}
                onClick={() => onGoTo(index)}
              >
                {say(`trace.did.${act ?? 'begin'}`, { count })}
              </button>
            </li>
          ))}
      </ol>
    </details>
  )
}
