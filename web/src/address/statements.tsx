/** Who says what of the address, on what basis, how surely. Claims that differ stand side by side; none wins by being newer. */
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { Empty, Note, Sheet, Status } from '../shared/ui/parts.tsx'
import { Words } from '../shared/ui/values.tsx'
import type { OfCase, Place, Statement } from './find-address.ts'

export function Statements({ cases }: { readonly place: Place; readonly cases: readonly OfCase[] }) {
  const say = useSay()
  const all = cases.flatMap(({ statements }) => statements)
  const differ = all.some(({ conflictsWith }) => conflictsWith.length > 0)
  return (
    <Sheet title={say('address.said')}>
      {differ && (
        <Note kind="warn">
          <p>{say('address.differ')}</p>
        </Note>
      )}
      {all.length === 0 ? (
        <Empty title={say('address.nothing-said')}>
          <p>{say('address.nothing-said-text')}</p>
        </Empty>
      ) : (
        <ul className="list">
          {all.map((one) => (
            <Said key={one.id} one={one} />
          ))}
        </ul>
      )}
    </Sheet>
  )
}

const kinds = { low: 'warn', moderate: 'open', high: 'good', certain: 'good' } as const

function Said({ one }: { readonly one: Statement }) {
  const { say, knows } = useSpeech()
  const confidence = `address.confidence.${one.confidence}`
  return (
    <li data-retracted={one.retracted !== null || undefined}>
      <p className="row">
        <strong>
          <Words>{one.claim}</Words>
        </strong>
        <Status kind={kinds[one.confidence as keyof typeof kinds] ?? 'plain'}>
          {knows(confidence) ? say(confidence) : one.confidence}
        </Status>
        {one.retracted !== null && <Status kind="bad">{say('address.retracted')}</Status>}
        {one.conflictsWith.length > 0 && <Status kind="warn">{say('address.conflicting')}</Status>}
      </p>
      <p className="small">
        {say('address.says')} <Words>{one.statedBy}</Words> · {say('address.basis')} <Words>{one.basis}</Words> ·{' '}
        {say('address.method')} <Words>{one.method}</Words>
      </p>
      {(one.validFrom !== null || one.validTo !== null) && (
        <p className="small soft">
          <bdi dir="ltr">
            {one.validFrom ?? '…'} – {one.validTo ?? '…'}
          </bdi>
        </p>
      )}
      {one.retracted !== null && (
        <p className="small">
          <Words>{one.retracted.reason}</Words>
        </p>
      )}
    </li>
  )
}
