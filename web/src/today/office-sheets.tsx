/** The starts of those who work on no case: an auditor's oversight, an administrator's people and node. */
import { Link } from '@tanstack/react-router'
import { useSay, useSpeech } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { usePeople } from '../shared/node/people.tsx'
import { ButtonLink, Empty, Fact, Facts, Sheet, Shown, Status } from '../shared/ui/parts.tsx'
import { Instant, MachineValue, Words } from '../shared/ui/values.tsx'

export function OversightSheet() {
  const { say, knows } = useSpeech()
  const read = useRead('supervisionList', {})
  return (
    <Sheet title={say('today.oversight')} actions={<ButtonLink to="/audit">{say('today.journal')}</ButtonLink>}>
      <p>{say('today.oversight-text')}</p>
      <Shown read={read}>
        {(found) =>
          found.length === 0 ? (
            <Empty title={say('today.oversight-none')} />
          ) : (
            <ul className="tasks">
              {[...found].reverse().map(({ id, kind, at }) => {
                const name = `today.oversight.${kind}`
                return (
                  <li key={id}>
                    <div>
                      <Link className="whole" to="/audit">
                        {knows(name) ? say(name) : kind}
                      </Link>
                      <p className="hint">
                        <Instant at={at} />
                      </p>
                    </div>
                    <div className="state">
                      <Status kind="open">{say('today.new')}</Status>
                    </div>
                  </li>
                )
              })}
            </ul>
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
