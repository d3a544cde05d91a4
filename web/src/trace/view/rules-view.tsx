/** The same sources under other rules that the case keeps: what each says, where they differ, and what all agree on at least. */
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useSay } from '../../shared/language/speak.tsx'
import { useAll } from '../../shared/node/node.tsx'
import { Phrase } from '../../shared/phrases/use-phrases.tsx'
import { Empty, Sheet, Status, Waiting } from '../../shared/ui/parts.tsx'
import { MachineValue, Words } from '../../shared/ui/values.tsx'
import type { Comparison } from '../model/compare.ts'
import type { Head } from '../model/model.ts'
import { type Desk, useAnswer } from './use-desk.ts'
import type { TraceWords } from './words.tsx'

/** A comparison of the trace with every other of the case that answers the same question under another rule. */
export function useComparison(
  ask: Desk | null,
  caseId: string,
  own: string,
): { readonly isPending: boolean; readonly found: Comparison | null } {
  const traces = useAll('traceList', { caseId })
  const others = useMemo(
    () =>
      (traces.data?.items ?? [])
        .map(({ id }) => id)
        .filter((id) => id !== own)
        .slice(0, 24),
    [traces.data, own],
  )
  const isAsked = ask !== null && traces.data !== undefined && others.length > 0
  const found = useAnswer(ask, 'compare', isAsked ? { others } : null)
  return { isPending: traces.isPending, found }
}

export function RulesView({
  comparison: { found, isPending },
  words,
  head,
  caseId,
}: {
  readonly comparison: ReturnType<typeof useComparison>
  readonly words: TraceWords
  readonly head: Head
  readonly caseId: string
}) {
  const say = useSay()
  if (isPending) return <Waiting />
  return (
    <div className="stack">
      <Sheet title={say('trace.rules.this')}>
        <p>
          <strong>{words.rule(head.rule.id)}</strong> – <Phrase topic="tracing" text={head.rule.legalName} />
        </p>
        <p>
          <Phrase topic="tracing" text={head.rule.definition} />
        </p>
        <p className="small soft" lang="en" dir="auto">
          {head.rule.source}
        </p>
      </Sheet>
      {found === null ? (
        <Empty title={say('trace.rules.none')}>
          <p>{say('trace.rules.none-text')}</p>
        </Empty>
      ) : (
        <>
          <Sheet title={say('trace.rules.each')}>
            <p>
              {say('trace.rules.agreed')}{' '}
              {found.agreed.map(({ asset, amount }) => (
                <bdi className="machine amount" dir="ltr" key={asset}>
                  <strong>{words.amount(asset, amount)}</strong>{' '}
                </bdi>
              ))}
            </p>
            <Totals found={found} words={words} caseId={caseId} own={head.rule.id} />
          </Sheet>
          <Sheet title={say('trace.rules.differ')}>
            <p>{say('trace.rules.differ-count', { differing: found.differing, same: found.same })}</p>
            {found.ends.length > 0 && <Differing found={found} words={words} />}
          </Sheet>
        </>
      )}
    </div>
  )
}

function Totals({
  found,
  words,
  caseId,
  own,
}: {
  readonly found: Comparison
  readonly words: TraceWords
  readonly caseId: string
  readonly own: string
}) {
  const say = useSay()
  const statuses = [...new Set(found.rules.flatMap(({ byStatus }) => byStatus.map(({ status }) => status)))]
  return (
    <div className="table-frame">
      <table className="table">
        <caption>{say('trace.rules.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('trace.rules.rule')}</th>
            {statuses.map((status) => (
              <th scope="col" key={status} data-align="end">
                {words.status(status)}
              </th>
            ))}
            <th scope="col">{say('trace.rules.adds-up')}</th>
          </tr>
        </thead>
        <tbody>
          {found.rules.map(({ id, trace, byStatus, balanced }) => (
            <tr key={trace} aria-current={id === own || undefined}>
              <th scope="row">
                {id === own ? (
                  <>
                    {words.rule(id)} <Status kind="open">{say('trace.rules.shown')}</Status>
                  </>
                ) : (
                  <Link to={`/cases/${caseId}/traces/${trace}`} search={{ view: 'rules' } as never}>
                    {words.rule(id)}
                  </Link>
                )}
              </th>
              {statuses.map((status) => (
                <td key={status} data-align="end">
                  {byStatus
                    .filter((one) => one.status === status)
                    .map(({ asset, amount }) => (
                      <div key={asset}>
                        <bdi className="machine amount" dir="ltr">
                          {words.amount(asset, amount)}
                        </bdi>
                      </div>
                    ))}
                </td>
              ))}
              <td>{balanced ? say('trace.sum.yes') : <Status kind="bad">{say('trace.rules.not-up')}</Status>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Differing({ found, words }: { readonly found: Comparison; readonly words: TraceWords }) {
  const say = useSay()
  return (
    <div className="table-frame">
      <table className="table">
        <caption>{say('trace.rules.ends')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('trace.table.name')}</th>
            {found.rules.map(({ id }) => (
              <th scope="col" key={id} data-align="end">
                {words.rule(id)}
              </th>
            ))}
            <th scope="col" data-align="end">
              {say('trace.rules.least')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.ends.map(({ key, address, asset, byRule, least }) => (
            <tr key={key}>
              <td>
                <MachineValue value={address ?? key} short />
              </td>
              {found.rules.map(({ id }) => (
                <td key={id} data-align="end">
                  <bdi className="machine amount" dir="ltr">
                    {words.amount(asset, byRule[id] ?? '0')}
                  </bdi>
                </td>
              ))}
              <td data-align="end">
                <bdi className="machine amount" dir="ltr">
                  {words.amount(asset, least)}
                </bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.differing > found.ends.length && (
        <p className="soft">
          <Words>{say('trace.rules.more-ends', { count: found.differing - found.ends.length })}</Words>
        </p>
      )}
    </div>
  )
}
