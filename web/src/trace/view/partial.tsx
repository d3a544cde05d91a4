/** What this trace is not: how well it is founded, and where it is not whole. Shown wherever it is. */
import { Status } from '../../shared/ui/parts.tsx'
import type { Head } from '../model/model.ts'
import { type TraceWords, useTell } from './words.tsx'

/** Amounts of the ends where the trail was not followed to its end, by status. */
export function openEnds({
  ledgers,
}: Head): readonly { readonly status: string; readonly asset: string; readonly units: bigint }[] {
  return ledgers.flatMap(({ asset, lines }) =>
    (['data-ends', 'not-followed'] as const).flatMap((status) => {
      const units = lines.filter((line) => line.status === status).reduce((sum, { amount }) => sum + BigInt(amount), 0n)
      return units > 0n ? [{ status, asset, units }] : []
    }),
  )
}

export function Badges({
  head,
  words,
  retracted,
  rejected,
}: {
  readonly head: Head
  readonly words: TraceWords
  readonly retracted: number
  readonly rejected: number
}) {
  const say = useTell()
  const open = openEnds(head)
  const { grade } = head.evidence
  return (
    <div className="row trace-badges">
      <Status kind={grade === 'verified' ? 'good' : grade === 'stated' ? 'warn' : 'bad'}>
        {say(`trace.grade.${grade as 'verified'}`)}
      </Status>
      {open.length > 0 && (
        <Status kind="warn">
          {say('trace.partial', {
            what: open
              .map(({ status, asset, units }) => `${words.status(status)} \u2068${words.amount(asset, units)}\u2069`)
              .join('; '),
          })}
        </Status>
      )}
      {retracted > 0 && <Status kind="bad">{say('trace.retracted-count', { count: retracted })}</Status>}
      {rejected > 0 && <Status kind="bad">{say('trace.rejected-count', { count: rejected })}</Status>}
      {head.direction === 'backward' && <Status kind="plain">{say('trace.backward')}</Status>}
    </div>
  )
}
