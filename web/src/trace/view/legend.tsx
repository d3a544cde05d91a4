/** What lines, shapes and stripes mean; always there, and on every export. And the sums that show that nothing was lost. */
import { Status } from '../../shared/ui/parts.tsx'
import type { Scene } from '../model/scene.ts'
import { type TraceWords, useTell } from './words.tsx'

export function Legend() {
  const say = useTell()
  return (
    <ul className="trace-legend" aria-label={say('trace.legend.title')}>
      <li>{say('trace.legend.direction')}</li>
      {(['recorded', 'inferred', 'low'] as const).map((certainty) => (
        <li key={certainty}>
          <svg width="44" height="10" aria-hidden="true">
            <path className="trace-link" data-certainty={certainty} d="M2 5H42" strokeWidth={3} />
          </svg>
          {say(`trace.legend.${certainty}`)}
        </li>
      ))}
      <li>
        <span className="trace-sign" aria-hidden="true">
          ⚠
        </span>
        {say('trace.legend.retracted')}
      </li>
      <li>
        <span className="trace-sign" aria-hidden="true">
          ⚲
        </span>
        {say('trace.legend.pinned')}
      </li>
      <li>
        <span className="trace-sign" aria-hidden="true">
          ✎
        </span>
        {say('trace.legend.remark')}
      </li>
    </ul>
  )
}

/** Drawn and not drawn come to what the ledger of the record says, for each asset. */
export function Reckonings({ scene, words }: { readonly scene: Scene; readonly words: TraceWords }) {
  const say = useTell()
  return (
    <div className="trace-reckoning">
      <p>{say('trace.sum.drawn', { drawn: scene.endsDrawn, rest: scene.endsNotDrawn })}</p>
      <ul>
        {scene.reckoning.map(({ asset, drawn, notDrawn, ledger, addsUp }) => (
          <li key={asset}>
            <bdi className="machine amount" dir="ltr">
              {words.amount(asset, drawn)} + {words.amount(asset, notDrawn)} = {words.amount(asset, drawn + notDrawn)}
            </bdi>{' '}
            {addsUp ? (
              <Status kind="good">{say('trace.sum.yes')}</Status>
            ) : (
              <Status kind="bad">{say('trace.sum.no', { ledger: words.amount(asset, ledger) })}</Status>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
