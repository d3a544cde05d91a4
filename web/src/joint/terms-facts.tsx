/** The terms of a joint case, as they were proposed: they do not change. */

import { MemberName } from '../inbox/names.tsx'
import { useSay } from '../shared/language/speak.tsx'
import { Fact, Facts, Status } from '../shared/ui/parts.tsx'
import { MachineValue, Words } from '../shared/ui/values.tsx'
import type { Joint } from './joint-parts.ts'

export function TermsFacts({ terms }: { readonly terms: Joint['terms'] }) {
  const say = useSay()
  const words = (name: 'purpose' | 'dataRules' | 'evidenceUse' | 'legalBasis') => (
    <Fact key={name} name={say(`joint.field.${name}`)}>
      <span className="prose">
        <Words>{terms[name]}</Words>
      </span>
    </Fact>
  )
  return (
    <Facts>
      <Fact name={say('joint.field.kind')}>{say(`joint.kind.${terms.kind}`)}</Fact>
      {words('purpose')}
      <Fact name={say('joint.field.time')}>
        <span className="days">
          <MachineValue value={terms.from} /> – <MachineValue value={terms.until} />
        </span>
      </Fact>
      <Fact name={say('joint.field.shares')}>
        {terms.shares.map((kind, at) => (
          <span key={kind}>
            {at > 0 && ' · '}
            {say(`joint.shares.${kind}`)}
          </span>
        ))}
      </Fact>
      {words('dataRules')}
      {words('evidenceUse')}
      {words('legalBasis')}
      {terms.agreement !== null && (
        <Fact name={say('joint.field.agreement')}>
          <MachineValue value={terms.agreement} copy />
        </Fact>
      )}
    </Facts>
  )
}

type Party = Joint['list']['parties'][number]
const kinds = { invited: 'open', accepted: 'good', declined: 'bad', left: 'plain', removed: 'plain' } as const

/** Who takes part, each with what it does and where it stands. */
export function PartyRow({
  party,
  leader,
  isDrafted,
  reason,
}: {
  readonly party: Party
  readonly leader: string
  readonly isDrafted: boolean
  /** Why it has declined or left, where it told us. */
  readonly reason?: string | undefined
}) {
  const say = useSay()
  return (
    <div>
      <div className="row">
        <strong>
          <MemberName id={party.agency} />
        </strong>
        {party.agency === leader && <Status kind="plain">{say('joint.leads')}</Status>}
        <Status kind={isDrafted ? 'warn' : kinds[party.state]}>
          {say(isDrafted ? 'joint.party.drafted' : `joint.party.${party.state}`)}
        </Status>
      </div>
      <p className="small soft">
        <Words>{party.role}</Words> · <Words>{party.purpose}</Words>
      </p>
      {reason !== undefined && (
        <p className="prose">
          <Words>{reason}</Words>
        </p>
      )}
    </div>
  )
}
