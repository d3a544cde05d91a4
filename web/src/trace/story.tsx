/** The flow story: the trace explained to a judge, on the screen and on paper. */
import { Link, useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { Phrase } from '../shared/phrases/use-phrases.tsx'
import {
  Button,
  ButtonLink,
  Fact,
  Facts,
  Note,
  PageHead,
  Sheet,
  Status,
  Trouble,
  Waiting,
} from '../shared/ui/parts.tsx'
import { instantText, MachineValue, Words } from '../shared/ui/values.tsx'
import './trace.css'
import type { Opened } from './model/desk.ts'
import type { ModelLedger } from './model/model.ts'
import { FlowDrawing } from './view/flow-view.tsx'
import { Legend } from './view/legend.tsx'
import { ActMenu } from './view/menu.tsx'
import { Badges } from './view/partial.tsx'
import { useComparison } from './view/rules-view.tsx'
import { type Desk, useAnswer, useDesk } from './view/use-desk.ts'
import { type ExportKind, useExports } from './view/use-exports.ts'
import { Amounts, type TraceWords, useTell, useTraceWords } from './view/words.tsx'

export function Screen() {
  const { caseId = '', traceId = '' } = useParams({ strict: false }) as { caseId?: string; traceId?: string }
  const { say } = useSpeech()
  const { ask, opened, error, again } = useDesk(traceId)
  if (ask && opened) return <Story key={traceId} caseId={caseId} traceId={traceId} ask={ask} opened={opened} />
  return (
    <>
      <PageHead title={say('trace.story')} />
      {error ? (
        <Trouble error={error}>
          <Button kind="second" onPress={again}>
            {say('trouble.again')}
          </Button>
        </Trouble>
      ) : (
        <Waiting what={say('trace.reading')} />
      )}
    </>
  )
}

const WAYS = 4

function Story({
  caseId,
  traceId,
  ask,
  opened,
}: {
  readonly caseId: string
  readonly traceId: string
  readonly ask: Desk
  readonly opened: Opened
}) {
  const { locale, language } = useSpeech()
  const say = useTell()
  const { head, kept } = opened
  const words = useTraceWords(head)
  const caseRead = useRead('caseRead', { caseId })
  const flow = useAnswer(ask, 'flow', {})
  const ways = useAnswer(ask, 'ways', { count: WAYS })
  const { found } = useComparison(ask, caseId, traceId)
  const exports = useExports(ask, head, words, 'flow')
  const made = useMemo(() => instantText(new Date(), 'UTC', locale), [locale])
  const asOf = { block: String(head.asOf.height), time: head.asOf.time === null ? '' : words.utc(head.asOf.time) }
  const went = head.direction === 'backward' ? 'trace.story.came-back' : 'trace.story.went-in'
  return (
    <article className="trace-story">
      <PageHead
        title={say('trace.story')}
        kicker={
          <Link to={`/cases/${caseId}/traces`}>
            <Words>{caseRead.data?.case.title ?? say('trace.of-case')}</Words>
          </Link>
        }
      >
        <ButtonLink kind="second" to={`/cases/${caseId}/traces/${traceId}`}>
          {say('trace.to-bench')}
        </ButtonLink>
        <ActMenu<ExportKind> label={say('trace.export')} items={exports.items} onAct={(id) => void exports.give(id)} />
        <Button onPress={() => window.print()}>{say('trace.print')}</Button>
      </PageHead>
      <p className="print-only small">
        {say('trace.export.made', { time: made })} {say('trace.digest')} <MachineValue value={head.digest} />
      </p>
      <Badges head={head} words={words} retracted={kept.retractedTags.length} rejected={kept.rejectedLinks.length} />
      {exports.said !== null && <Note kind={exports.isWrong ? 'bad' : 'good'}>{exports.said}</Note>}
      <div className="stack">
        <Sheet title={say('trace.story.answer')}>
          <ol className="trace-answer">
            {head.ledgers
              .filter(({ root }) => root !== '0')
              .map(({ asset, root }) => (
                <li key={asset}>{say(went, { amount: words.amount(asset, root), count: head.sources })}</li>
              ))}
            {head.ledgers.map((ledger) => (
              <li key={`${ledger.asset} ends`}>
                {say('trace.story.of-this', {
                  parts: new Intl.ListFormat(locale, { type: 'conjunction' }).format(
                    byStatus(ledger).map(({ status, units }) =>
                      say('trace.story.part', {
                        amount: words.amount(ledger.asset, units),
                        status: words.status(status),
                      }),
                    ),
                  ),
                })}
              </li>
            ))}
            <li>{say('trace.story.as-of', asOf)}</li>
          </ol>
        </Sheet>
        <Sheet title={say('trace.story.picture')}>
          {flow ? (
            <div className="trace-flow-frame" role="img" aria-label={say('trace.story.picture-text')}>
              <FlowDrawing
                layout={flow.layout}
                words={words}
                isRtl={language.direction === 'rtl'}
                holder={null}
                active={null}
              />
            </div>
          ) : (
            <Waiting />
          )}
          <Legend />
        </Sheet>
        <Sheet title={say('trace.story.ways')}>
          <p>{say('trace.story.ways-text', { count: ways?.length ?? 0 })}</p>
          {ways?.map(({ way, rows }, number) => {
            const [source] = rows
            const end = rows.at(-1)
            if (!source || !end) return null
            return (
              <section className="trace-way" key={end.id}>
                <h3>
                  {say('trace.story.way', {
                    number: number + 1,
                    amount: words.amounts(end.amounts),
                    status: words.kind(end.kind, end.status),
                  })}
                </h3>
                <ol>
                  <li>{say('trace.story.step-first', { name: source.label ?? source.address ?? source.name })}</li>
                  {way.steps.map((step, at) => {
                    const row = rows[at + 1]
                    if (!row) return null
                    const name = row.label ?? row.address ?? row.name
                    const amount = words.amounts(step.amounts)
                    const values = { name, amount, time: row.time === null ? '' : words.utc(row.time) }
                    const isEnd = row.kind === 'end'
                    return (
                      <li key={row.id}>
                        {isEnd
                          ? say('trace.story.step-end', { ...values, status: words.status(row.status ?? '') })
                          : row.time === null
                            ? say('trace.story.step-address', values)
                            : say('trace.story.step', values)}
                        {step.by !== 'ledger' && <span className="small soft"> {say(`trace.by.${step.by}`)}</span>}
                        {isEnd && <span className="small soft"> {words.why(row.code, row.status) ?? row.reason}</span>}
                      </li>
                    )
                  })}
                </ol>
              </section>
            )
          })}
        </Sheet>
        <Sheet title={say('trace.story.ledger')}>
          <p>{say('trace.story.ledger-text')}</p>
          {head.ledgers.map((ledger) => (
            <Ledger key={ledger.asset} ledger={ledger} words={words} />
          ))}
        </Sheet>
        <Sheet title={say('trace.story.rule')}>
          <Facts>
            <Fact name={say('trace.story.legal-name')}>
              <strong>
                <Phrase topic="tracing" text={head.rule.legalName} />
              </strong>
            </Fact>
            <Fact name={say('trace.story.definition')}>
              <Phrase topic="tracing" text={head.rule.definition} />
            </Fact>
            <Fact name={say('trace.story.citation')}>
              <bdi lang="en">{head.rule.source}</bdi>
            </Fact>
            <Fact name={say('trace.story.identified')}>
              <MachineValue value={`${head.rule.id} ${head.rule.version}`} />
            </Fact>
          </Facts>
          <p>{say('trace.story.other-rules')}</p>
          {found && (
            <p>
              {say('trace.story.compared', { count: found.rules.length })}{' '}
              {found.agreed.map(({ asset, amount }) => (
                <bdi className="machine amount" dir="ltr" key={asset}>
                  <strong>{words.amount(asset, amount)}</strong>
                </bdi>
              ))}
            </p>
          )}
        </Sheet>
        <Sheet title={say('trace.story.basis')}>
          <Facts>
            <Fact name={say('trace.story.evidence')}>
              {say(`trace.grade.${head.evidence.grade as 'verified'}`)}
              {head.evidence.reasons.length > 0 && (
                <ul className="trace-plain-list">
                  {head.evidence.reasons.map((reason) => (
                    <li key={reason}>
                      <Phrase topic="tracing" text={reason} />
                    </li>
                  ))}
                </ul>
              )}
            </Fact>
            <Fact name={say('trace.story.block')}>
              <MachineValue value={`${head.asOf.height} ${head.asOf.hash ?? ''}`} />
            </Fact>
            <Fact name={say('trace.digest')}>
              <MachineValue value={head.digest} copy />
            </Fact>
            <Fact name={say('trace.story.verify')}>
              <MachineValue value="comity trace verify trace.json" />
            </Fact>
          </Facts>
          <p>{say('trace.story.limits')}</p>
        </Sheet>
      </div>
    </article>
  )
}

function byStatus({ lines }: ModelLedger): readonly { readonly status: string; readonly units: bigint }[] {
  const sums = new Map<string, bigint>()
  for (const { status, amount } of lines) sums.set(status, (sums.get(status) ?? 0n) + BigInt(amount))
  return [...sums].map(([status, units]) => ({ status, units })).sort((a, b) => (a.units > b.units ? -1 : 1))
}

function Ledger({ ledger, words }: { readonly ledger: ModelLedger; readonly words: TraceWords }) {
  const say = useTell()
  const total = ledger.lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  const cameIn = BigInt(ledger.root) + BigInt(ledger.cameIn)
  return (
    <div className="table-frame">
      <table className="table">
        <caption>{say('trace.story.ledger-of', { asset: words.amount(ledger.asset, cameIn) })}</caption>
        <thead>
          <tr>
            <th scope="col">{say('trace.story.where')}</th>
            <th scope="col">{say('trace.table.why')}</th>
            <th scope="col" data-align="end">
              {say('trace.story.places')}
            </th>
            <th scope="col" data-align="end">
              {say('trace.table.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ledger.lines.map(({ status, code, amount, positions }) => (
            <tr key={`${status} ${code}`}>
              <th scope="row">{words.status(status)}</th>
              <td>{words.why(code, status) ?? code}</td>
              <td data-align="end">{positions}</td>
              <td data-align="end">
                <Amounts amounts={[{ asset: ledger.asset, units: BigInt(amount) }]} words={words} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{say('trace.story.sum')}</th>
            <td>
              {total === cameIn ? (
                <Status kind="good">{say('trace.story.equal')}</Status>
              ) : (
                <Status kind="bad">{say('trace.sum.no', { ledger: words.amount(ledger.asset, cameIn) })}</Status>
              )}
            </td>
            <td data-align="end">{ledger.lines.reduce((sum, { positions }) => sum + positions, 0)}</td>
            <td data-align="end">
              <Amounts amounts={[{ asset: ledger.asset, units: total }]} words={words} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
