/** This node: whose it is, how it is doing, what it keeps and until when, and what the oversight has to know. */
import './audit.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { type ItemOf, type ResultOf, useAll, useRead } from '../shared/node/node.tsx'
import { mayEver } from '../shared/node/roles-by-right.ts'
import { ButtonLink, Empty, Fact, Facts, PageHead, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Country, Instant, MachineValue, ownZone, Words } from '../shared/ui/values.tsx'

export function Screen() {
  const say = useSay()
  const session = useRead('sessionRead', {})
  const role = session.data?.session?.role
  return (
    <>
      <PageHead title={say('audit.this-node.title')} />
      <div className="columns">
        <NodeFacts />
        <div className="stack">
          <Health />
          {role !== undefined && role !== 'administrator' && <Retention />}
          {role === 'auditor' && <Erasures />}
          {role !== undefined && mayEver('liaise', role) && <Supervision />}
        </div>
      </div>
    </>
  )
}

function NodeFacts() {
  const { say, knows } = useSpeech()
  const node = useRead('nodeRead', {})
  const facts = useRead('publicRead', {})
  const law = useRead('legalJurisdictions', {})
  return (
    <Sheet title={say('audit.this-node.node')}>
      <Shown read={node}>
        {({ name, agency, approvalsRequired, policies, journalKey }) => {
          const kind = `audit.agency-kind.${agency.kind}`
          const own = law.data?.find(({ code }) => code === agency.country)
          return (
            <Facts>
              <Fact name={say('access.agency')}>
                <Words>{agency.name}</Words>
              </Fact>
              <Fact name={say('audit.this-node.kind')}>
                {knows(kind) ? say(kind) : agency.kind}, <Country code={agency.country} />
              </Fact>
              <Fact name={say('audit.this-node.zone')}>
                <MachineValue value={agency.timeZone} />
              </Fact>
              <Fact name={say('audit.this-node.holidays')}>
                {own?.calendar ? (
                  <>
                    <Country code={agency.country} />, <MachineValue value={own.calendar.version} />{' '}
                    <Status kind={own.calendar.verified === 'verified' ? 'good' : 'warn'}>
                      {say(`audit.verified.${own.calendar.verified}`)}
                    </Status>
                  </>
                ) : (
                  say('audit.this-node.no-holidays')
                )}
              </Fact>
              <Fact name={say('audit.this-node.approvals')}>{approvalsRequired}</Fact>
              <Fact name={say('access.policies')}>
                <MachineValue value={policies} copy />
              </Fact>
              <Fact name={say('audit.this-node.name')}>
                <MachineValue value={name} />
              </Fact>
              <Fact name={say('audit.this-node.journal-key')}>
                <MachineValue value={journalKey} copy />
              </Fact>
              {facts.data && (
                <Fact name={say('audit.this-node.provider')}>
                  {say(facts.data.hasProvider ? 'audit.this-node.provider-yes' : 'audit.this-node.provider-no')}
                </Fact>
              )}
              <Fact name={say('audit.this-node.public')}>
                <a href="/">{say('audit.this-node.public-page')}</a>
              </Fact>
            </Facts>
          )
        }}
      </Shown>
    </Sheet>
  )
}

type Ready = { readonly ready: boolean; readonly database: boolean; readonly journal: boolean }

function Health() {
  const say = useSay()
  const health = useQuery({
    queryKey: ['readyz'],
    refetchInterval: 30_000,
    queryFn: async () => (await (await fetch('/readyz')).json()) as Ready,
  })
  const word = (isWell: boolean) => (
    <Status kind={isWell ? 'good' : 'bad'}>{say(isWell ? 'audit.health.well' : 'audit.health.not')}</Status>
  )
  return (
    <Sheet title={say('audit.health.title')}>
      <Shown read={health}>
        {({ ready, database, journal }) => (
          <Facts>
            <Fact name={say('audit.health.all')}>{word(ready)}</Fact>
            <Fact name={say('audit.health.database')}>{word(database)}</Fact>
            <Fact name={say('audit.health.journal')}>{word(journal)}</Fact>
          </Facts>
        )}
      </Shown>
    </Sheet>
  )
}

function Retention() {
  const say = useSay()
  const upcoming = useRead('retentionUpcoming', {})
  const cases = useAll('caseList', {})
  const titleOf = new Map(cases.data?.items.map(({ id, case: one }) => [id, one.title]) ?? [])
  return (
    <Sheet title={say('audit.retention.title')}>
      <p className="small soft">{say('audit.retention.text')}</p>
      <Shown read={upcoming}>
        {(plans) =>
          plans.length === 0 ? (
            <Empty title={say('audit.retention.none')} />
          ) : (
            <ul className="list">
              {plans.map(({ caseId, plan }) => (
                <li key={caseId} className="row spread">
                  <Link to={`/cases/${caseId}` as never}>
                    <Words>{titleOf.get(caseId) ?? caseId}</Words>
                  </Link>
                  <span className="row">
                    {plan.held && <Status kind="warn">{say('audit.retention.held')}</Status>}
                    {plan.due && <Status kind="bad">{say('audit.retention.due')}</Status>}
                    {plan.eraseAfter === null ? (
                      <span className="soft">{say('audit.retention.no-date')}</span>
                    ) : (
                      <span>
                        {say('audit.retention.after')} <Instant at={plan.eraseAfter} zone={ownZone()} />
                      </span>
                    )}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Sheet>
  )
}

function Erasures() {
  const say = useSay()
  const erasures = useAll('erasureList', {})
  return (
    <Sheet title={say('audit.erasures.title')}>
      <Shown read={erasures}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={say('audit.erasures.none')} />
          ) : (
            <ul className="list">
              {items.map((erasure) => (
                <ErasureRow key={erasure.id} erasure={erasure} />
              ))}
            </ul>
          )
        }
      </Shown>
    </Sheet>
  )
}

function ErasureRow({ erasure: { order } }: { readonly erasure: ItemOf<'erasureList'> }) {
  const say = useSay()
  const { basis, caseId } = order
  return (
    <li>
      {say('access.case')} <MachineValue value={caseId} short copy />
      <div className="small soft">
        <Words>
          {basis.kind === 'order'
            ? say('access.approve-erasure.basis-order', { order: basis.order })
            : say('access.approve-erasure.basis-period', { rules: basis.rules.join(', ') })}
        </Words>
      </div>
    </li>
  )
}

function Supervision() {
  const say = useSay()
  const list = useRead('supervisionList', {})
  return (
    <Sheet
      title={say('audit.supervision.title')}
      actions={
        <ButtonLink kind="second" to="/after-sending">
          {say('audit.supervision.see')}
        </ButtonLink>
      }
    >
      <Shown read={list}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={say('audit.supervision.none')}>
              <p>{say('audit.supervision.none-text')}</p>
            </Empty>
          ) : (
            <ul className="list">
              {newestFirst(items).map(({ id, kind, at }) => (
                <li key={id} className="row spread">
                  <Status kind={kind === 'incident' || kind === 'suspension' ? 'bad' : 'open'}>
                    {say(`audit.supervision.${kind}`)}
                  </Status>
                  <Instant at={at} zone={ownZone()} />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Sheet>
  )
}

function newestFirst(items: ResultOf<'supervisionList'>): ResultOf<'supervisionList'> {
  return [...items].sort((a, b) => (a.at < b.at ? 1 : -1))
}
