/** The joint cases to which a case belongs, and the invitations of others that it could answer. */
import { Link } from '@tanstack/react-router'
import { CaseFrame, type CaseView } from '../cases/case-frame.tsx'
import { MemberName, useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useRead } from '../shared/node/node.tsx'
import { mayEver } from '../shared/node/roles-by-right.ts'
import { ButtonLink, Empty, Note, Sheet, Shown } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import { AgencyNames } from './agency-select.tsx'
import { JointState } from './joint-frame.tsx'
import './joint.css'

export function Screen() {
  const say = useSay()
  const { me } = useMembers()
  return (
    <CaseFrame
      part="cases.part.joint"
      actions={({ id, case: one }) =>
        me !== null && !one.access.closed && <ButtonLink to={`/cases/${id}/joint/new`}>{say('joint.new')}</ButtonLink>
      }
    >
      {(found) => <OfCase found={found} />}
    </CaseFrame>
  )
}

function OfCase({ found }: { readonly found: CaseView }) {
  const say = useSay()
  const read = useRead('jointList', { caseId: found.id })
  const { me, read: members } = useMembers()
  const role = useRead('sessionRead', {}).data?.session?.role
  return (
    <>
      <Sheet title={say('joint.of-case')}>
        <Shown read={read}>
          {(joints) =>
            joints.length === 0 ? (
              <Empty title={say('joint.none')}>
                <p>{say('joint.none-text')}</p>
                <p>{say('joint.none-how')}</p>
              </Empty>
            ) : (
              <ul className="tasks">
                {joints.map((joint) => (
                  <li key={joint.id}>
                    <div>
                      <Link className="whole" to={`/joint/${joint.id}` as string}>
                        <Words>{joint.terms.title}</Words>
                      </Link>
                      <p className="hint">
                        {say(`joint.kind.${joint.terms.kind}`)} · {say('joint.led-by')} <MemberName id={joint.leader} />{' '}
                        ·{' '}
                        <AgencyNames
                          of={joint.list.parties.map(({ agency }) => agency).filter((one) => one !== joint.leader)}
                        />
                      </p>
                      <p className="hint">
                        <MachineValue value={joint.terms.from} /> – <MachineValue value={joint.terms.until} />
                      </p>
                    </div>
                    <div className="state">
                      <JointState joint={joint} />
                    </div>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </Sheet>
      {members.data !== undefined && me === null && <Note>{say('joint.no-exchange')}</Note>}
      {mayEver('liaise', role ?? '') && (
        <p>
          <Link to={'/joint' as string}>{say('joint.to-invitations')}</Link>
        </p>
      )}
    </>
  )
}
