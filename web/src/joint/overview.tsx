/** A joint case at a glance: what waits to be approved and sent, who takes part, the figures of what was released, the terms. */
import { useState } from 'react'
import { ActDialog } from '../cases/act-dialog.tsx'
import { useMembers } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { useAct } from '../shared/node/node.tsx'
import { Button, Sheet } from '../shared/ui/parts.tsx'
import { Figures } from './figures.tsx'
import { InvitationsToSend } from './invitations-to-send.tsx'
import { JointFrame } from './joint-frame.tsx'
import type { Joint } from './joint-parts.ts'
import { PartyForm } from './party-form.tsx'
import { PartyRow, TermsFacts } from './terms-facts.tsx'

export function Screen() {
  const say = useSay()
  return (
    <JointFrame part="joint.part.overview">
      {(joint) => (
        <div className="case-columns">
          <div>
            {joint.drafted.length > 0 && ['proposed', 'active'].includes(joint.state) && (
              <InvitationsToSend joint={joint} />
            )}
            <Parties joint={joint} />
            <Figures joint={joint} />
          </div>
          <div>
            <Sheet title={say('joint.terms')}>
              <TermsFacts terms={joint.terms} />
            </Sheet>
            <Going joint={joint} />
          </div>
        </div>
      )}
    </JointFrame>
  )
}

function Parties({ joint }: { readonly joint: Joint }) {
  const say = useSay()
  const { me, byId } = useMembers()
  const remove = useAct('jointMemberRemove')
  const [isAdding, setAdding] = useState(false)
  const { id, version: seen, leader, list, drafted, state, reasons } = joint
  const mayChange = leader === me && ['proposed', 'active'].includes(state)
  return (
    <Sheet
      title={say('joint.parties')}
      actions={
        mayChange &&
        !isAdding && (
          <Button kind="quiet" onPress={() => setAdding(true)}>
            {say('joint.invite-another')}
          </Button>
        )
      }
    >
      <ul className="list">
        {list.parties.map((party) => (
          <li key={party.agency} className="row spread">
            <PartyRow
              party={party}
              leader={leader}
              isDrafted={drafted.includes(party.agency)}
              reason={reasons[party.agency]}
            />
            {mayChange && party.agency !== leader && ['invited', 'accepted'].includes(party.state) && (
              <ActDialog
                title={say('joint.remove', { who: byId(party.agency)?.name ?? party.agency })}
                effects={
                  drafted.includes(party.agency)
                    ? [say('joint.remove-effect-drafted')]
                    : [say('joint.remove-effect'), say('joint.keeps-effect')]
                }
                reasonLabel={say('joint.reason')}
                reasonHint={say('joint.reason-kept')}
                isDanger
                isBusy={remove.isPending}
                error={remove.error}
                onAct={(reason, done) => remove.mutate({ id, seen, agency: party.agency, reason }, { onSuccess: done })}
              />
            )}
          </li>
        ))}
      </ul>
      {isAdding && <PartyForm joint={joint} onDone={() => setAdding(false)} />}
    </Sheet>
  )
}

/** Who leads ends it for all; everybody else leaves. */
function Going({ joint }: { readonly joint: Joint }) {
  const say = useSay()
  const { me } = useMembers()
  const end = useAct('jointEnd')
  const leave = useAct('jointLeave')
  const { id, version: seen, leader, state } = joint
  if (me === null || (state !== 'active' && !(state === 'proposed' && leader === me))) return null
  const isLeader = leader === me
  const act = isLeader ? end : leave
  return (
    <Sheet title={say(isLeader ? 'joint.end-title' : 'joint.leave-title')}>
      <ActDialog
        title={say(isLeader ? 'joint.end' : 'joint.leave')}
        effects={[say(isLeader ? 'joint.end-effect' : 'joint.leave-effect'), say('joint.keeps-effect')]}
        reasonLabel={say('joint.reason')}
        reasonHint={say(isLeader ? 'joint.reason-told' : 'joint.reason-leader')}
        isDanger
        isBusy={act.isPending}
        error={act.error}
        onAct={(reason, done) => act.mutate({ id, seen, reason }, { onSuccess: done })}
      />
    </Sheet>
  )
}
