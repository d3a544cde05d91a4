/** Requests with their clocks, and evidence and traces: each row leads to the screen where it is worked on. */
import { Link } from '@tanstack/react-router'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { ButtonLink, Empty, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { RuleCited } from '../shared/ui/rule-cited.tsx'
import { Deadline, Instant, Words } from '../shared/ui/values.tsx'
import { Why } from '../shared/ui/why.tsx'
import { exhibitsIn, isSettled, nextDeadline, type RequestItem, titleOf, type useCaseParts } from './use-case-parts.ts'

type Parts = ReturnType<typeof useCaseParts>

export function RequestsSheet({ caseId, requests }: { readonly caseId: string; readonly requests: Parts['requests'] }) {
  const say = useSay()
  return (
    <Sheet
      title={say('cases.requests')}
      actions={
        <span className="row">
          <Link to={`/cases/${caseId}/requests/new`}>{say('cases.request-new')}</Link>
          <Link to="/requests/receive" search={{ case: caseId } as never}>
            {say('request.receive.open')}
          </Link>
        </span>
      }
    >
      <Shown read={requests}>
        {({ items, isCut }) =>
          items.length === 0 ? (
            <Empty title={say('cases.requests-none')}>
              <p>{say('cases.requests-none-text')}</p>
              <ButtonLink kind="second" to={`/cases/${caseId}/requests/new`}>
                {say('cases.request-new')}
              </ButtonLink>
            </Empty>
          ) : (
            <>
              {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
              <ul className="tasks">
                {[...items].reverse().map((one) => (
                  <RequestRow key={one.id} one={one} />
                ))}
              </ul>
            </>
          )
        }
      </Shown>
    </Sheet>
  )
}

function RequestRow({ one }: { readonly one: RequestItem }) {
  const { say, knows } = useSpeech()
  const { state, content, incoming } = one.request
  const measure = `cases.measure.${content.measure}`
  const due = isSettled(one) ? undefined : nextDeadline(one)
  return (
    <li>
      <div>
        <Link className="whole" to={`/requests/${one.id}`}>
          {knows(measure) ? say(measure) : content.measure} · <Words>{titleOf(one)}</Words>
        </Link>
        <p className="hint">{say(incoming ? 'cases.request-in' : 'cases.request-out')}</p>
        {due && (
          <Deadline
            due={due.due}
            zone={due.zone}
            rule={<RuleCited rule={due.ruleId} article={due.article} />}
            now={Date.now()}
          />
        )}
        {due && <Why about={due.article} law={{ rule: due.ruleId }} />}
      </div>
      <div className="state">
        <RequestStateWord state={state} />
      </div>
    </li>
  )
}

export function RequestStateWord({ state }: { readonly state: string }) {
  const { say, knows } = useSpeech()
  const id = `cases.request-state.${state}`
  const kind = ['executed', 'reported', 'lifted', 'withdrawn', 'handed-back'].includes(state)
    ? 'done'
    : ['refused', 'impossible'].includes(state)
      ? 'bad'
      : 'open'
  return <Status kind={kind}>{knows(id) ? say(id) : state}</Status>
}

export function EvidenceSheet({ caseId, parts }: { readonly caseId: string; readonly parts: Parts }) {
  const say = useSay()
  const { count, isMore } = exhibitsIn(parts.exhibits.data)
  return (
    <Sheet
      title={say('cases.evidence')}
      actions={<Link to={`/cases/${caseId}/evidence`}>{say('cases.evidence-all')}</Link>}
    >
      <p>{say(isMore ? 'cases.step.evidence-more' : 'cases.step.evidence-hint', { count })}</p>
      <h3>{say('cases.traces')}</h3>
      <Shown read={parts.traces}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{say('cases.traces-none')}</p>
          ) : (
            <ul className="tasks">
              {[...items].reverse().map(({ id, rule, at, author, retractedTags, rejectedLinks }) => (
                <li key={id}>
                  <div>
                    <Link className="whole" to={`/cases/${caseId}/traces/${id}`}>
                      {say('cases.trace-by', { rule: rule.toUpperCase() })}
                    </Link>
                    <p className="hint">
                      <PersonName id={author} /> · <Instant at={at} />
                    </p>
                  </div>
                  <div className="state">
                    {retractedTags.length > 0 && (
                      <Status kind="warn">{say('cases.trace-shaken', { count: retractedTags.length })}</Status>
                    )}
                    {rejectedLinks.length > 0 && (
                      <Status kind="warn">{say('trace.rejected-count', { count: rejectedLinks.length })}</Status>
                    )}
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Sheet>
  )
}
