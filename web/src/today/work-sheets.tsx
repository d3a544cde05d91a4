/** What waits in cases: approvals, acts on keys to confirm, replies to requests, alarms of watched addresses. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RequestStateWord } from '../cases/case-sheets.tsx'
import { titleOf } from '../cases/use-case-parts.ts'
import { AssetAmount } from '../shared/chains/use-chains.tsx'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { PersonName } from '../shared/node/people.tsx'
import { Empty, Sheet, Status, Waiting } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'
import { isReply, waitsFor } from './due.ts'
import type { Request, Work } from './use-work.ts'

export function ApprovalsSheet({ work, me }: { readonly work: Work; readonly me: string }) {
  const say = useSay()
  const waiting = work.requests.filter((one) => waitsFor(one, me))
  return (
    <Sheet title={say('today.approvals')}>
      {work.isPending ? (
        <Waiting />
      ) : waiting.length === 0 ? (
        <Empty title={say('today.approvals-none')}>
          <p>{say('today.approvals-none-text')}</p>
        </Empty>
      ) : (
        <ul className="tasks">
          {waiting.map((one) => (
            <RequestRow key={one.id} one={one} work={work} to="/approve">
              {say('today.drafted-by')} <PersonName id={one.request.author} />
            </RequestRow>
          ))}
        </ul>
      )}
    </Sheet>
  )
}

/** Acts on keys at which the reader was the second person: they are on record only once that person has confirmed them. */
export function KeyActsSheet({ work, me }: { readonly work: Work; readonly me: string }) {
  const say = useSay()
  const waiting = work.keyActs.filter(({ witness }) => witness === me)
  if (waiting.length === 0) return null
  return (
    <Sheet title={say('today.key-acts')}>
      <p>{say('today.key-acts-text')}</p>
      <ul className="tasks">
        {waiting.map(({ proposalId, caseId, exhibitId, act, proposedBy, proposedAt }) => (
          <li key={proposalId}>
            <div>
              <Link className="whole" to={`/cases/${caseId}/evidence/${exhibitId}` as never}>
                {say(`custody.act.${act}`)}
              </Link>
              <p className="hint">
                <Words>{work.titleOf(caseId)}</Words> · {say('today.proposed-by')} <PersonName id={proposedBy} /> ·{' '}
                <Instant at={proposedAt} zone={ownZone()} />
              </p>
            </div>
            <div className="state">
              <Status kind="warn">{say('today.key-acts-waits')}</Status>
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}

export function RepliesSheet({ work }: { readonly work: Work }) {
  const say = useSay()
  const replies = work.requests
    .filter((one) => isReply(one, Date.now()))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  if (replies.length === 0) return null
  return (
    <Sheet title={say('today.replies')}>
      <ul className="tasks">
        {replies.map((one) => (
          <RequestRow key={one.id} one={one} work={work}>
            <Instant at={one.at} />
          </RequestRow>
        ))}
      </ul>
    </Sheet>
  )
}

function RequestRow({
  one,
  work,
  to = '/requests',
  children,
}: {
  readonly one: Request
  readonly work: Work
  /** Where it is worked on. */
  readonly to?: '/requests' | '/approve'
  readonly children: ReactNode
}) {
  const { say, knows } = useSpeech()
  const measure = `cases.measure.${one.request.content.measure}`
  return (
    <li>
      <div>
        <Link className="whole" to={`${to}/${one.id}`}>
          {knows(measure) ? say(measure) : one.request.content.measure} · <Words>{titleOf(one)}</Words>
        </Link>
        <p className="hint">
          <Words>{work.titleOf(one.caseId)}</Words> · {children}
        </p>
      </div>
      <div className="state">
        <RequestStateWord state={one.request.state} />
      </div>
    </li>
  )
}

const NEW_MS = 7 * 24 * 3_600_000

export function AlarmsSheet({ work }: { readonly work: Work }) {
  const say = useSay()
  const alarms = work.alarms
    .filter(({ at }) => Date.now() - Date.parse(at) < NEW_MS)
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))
  if (alarms.length === 0) return null
  return (
    <Sheet title={say('today.alarms')}>
      <ul className="tasks">
        {alarms.map(({ id, at, caseId, content }) => (
          <li key={id}>
            <div>
              <Link className="whole" to={`/cases/${caseId}/alarms/${id}` as never}>
                {say(content.direction === 'out' ? 'today.alarm-out' : 'today.alarm-in')}{' '}
                {content.amount !== null && <AssetAmount base={content.amount} asset={content.asset} />}
              </Link>
              <p className="hint">
                {content.address !== null && <MachineValue value={content.address} short />}{' '}
                <Words>{work.titleOf(caseId)}</Words> · <Instant at={at} />
              </p>
            </div>
            <div className="state">
              <Status kind={content.state === 'standing' ? 'warn' : 'done'}>
                {say(content.state === 'standing' ? 'today.alarm-standing' : 'today.alarm-withdrawn')}
              </Status>
            </div>
          </li>
        ))}
      </ul>
    </Sheet>
  )
}
