/** The starts of those who work on no case: an auditor's oversight, an administrator's people and node. */
import { Link } from '@tanstack/react-router'
import { useSay } from '../shared/language/speak.tsx'
import { useAll, useRead } from '../shared/node/node.tsx'
import { PersonName, usePeople } from '../shared/node/people.tsx'
import { ButtonLink, Empty, Fact, Facts, Note, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'

export function OversightSheet() {
  const say = useSay()
  const read = useAll('erasureList', {})
  return (
    <Sheet title={say('today.oversight')} actions={<ButtonLink to="/audit">{say('today.journal')}</ButtonLink>}>
      <p>{say('today.oversight-text')}</p>
      <Shown read={read}>
        {({ items, isCut }) =>
          items.length === 0 ? (
            <Empty title={say('today.oversight-none')} />
          ) : (
            <>
              {isCut && <Note kind="warn">{say('cases.cut', { count: items.length })}</Note>}
              <ul className="list">
                {[...items].reverse().map(({ id, order }) => (
                  <li key={id} className="row spread">
                    <span>
                      <MachineValue value={order.caseId} short /> · <PersonName id={order.orderedBy} role /> ·{' '}
                      <Instant at={order.destroyedAt ?? order.orderedAt} />
                    </span>
                    <span className="row">
                      <Status kind={order.state === 'ordered' ? 'open' : 'done'}>
                        {say(`today.erasure.${order.state}`)}
                      </Status>
                      <Link to={`/erasures/${id}` as never}>
                        {say(order.state === 'ordered' ? 'access.erased.carry-out' : 'access.erased.see')}
                      </Link>
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )
        }
      </Shown>
    </Sheet>
  )
}

export function PeopleSheet() {
  const say = useSay()
  const { all } = usePeople()
  const node = useRead('nodeRead', {})
  const suspended = all.filter((one) => one.suspended).length
  return (
    <>
      <Sheet title={say('today.people')} actions={<ButtonLink to="/people">{say('today.people-manage')}</ButtonLink>}>
        <p>{say('today.people-count', { count: all.length, suspended })}</p>
        {all.length === 1 && (
          <Empty title={say('today.people-alone')}>
            <p>{say('today.people-alone-text')}</p>
          </Empty>
        )}
      </Sheet>
      <Sheet
        title={say('today.node')}
        actions={
          <ButtonLink kind="second" to="/node">
            {say('today.node-more')}
          </ButtonLink>
        }
      >
        <Shown read={node}>
          {({ name, agency, approvalsRequired }) => (
            <Facts>
              <Fact name={say('today.node-name')}>
                <MachineValue value={name} />
              </Fact>
              <Fact name={say('today.node-agency')}>
                <Words>{agency.name}</Words>
              </Fact>
              <Fact name={say('today.node-zone')}>
                <MachineValue value={agency.timeZone} />
              </Fact>
              <Fact name={say('today.node-approvals')}>{approvalsRequired}</Fact>
            </Facts>
          )}
        </Shown>
      </Sheet>
    </>
  )
}
