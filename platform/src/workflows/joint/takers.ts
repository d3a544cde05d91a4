/** What the messages of joint cases do when they arrive. */
import { did } from '../../casework/index.ts'
import type { Taken, Taker } from '../../exchange/desk/index.ts'
import type { BodyOf, Header, Message } from '../../exchange/index.ts'
import { deskOf, whileNotSuspended } from '../../exchange/together/index.ts'
import { type ActionContext, type Event, ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import {
  INVITATION,
  type InvitationBody,
  idOf,
  JOINT,
  type JointBody,
  mergeLists,
  type PartyList,
  stateHere,
  stateOf,
  type Terms,
  wasIn,
  withState,
} from './joint.ts'
import { knownJoint, putJoint, type StoredJoint, tellList } from './joint-acts.ts'
import type { ChangeBody } from './release-actions.ts'
import { CHANGE } from './shared-object.ts'
import { takeChange, takeObject } from './take-object.ts'
import { keepWaiting, takeWaiting } from './waiting.ts'

type Bodies = {
  readonly [T in 'joint.propose' | 'joint.accept' | 'joint.members' | 'joint.leave' | 'joint.change.answer']: BodyOf<
    T,
    1
  >
}
const bodyOf = <T extends keyof Bodies>(message: Message) => message.body as unknown as Bodies[T]

const takeProposal: Taker['take'] = async (context, { digest, header, body }) => {
  const said = body as unknown as Bodies['joint.propose']
  const { from } = header
  const { me } = deskOf(context)
  const parties = said.parties.map(({ agency, role, purpose, state }) => ({ agency, role, purpose, state }))
  const list: PartyList = { version: 1, parties, endedAt: null, reason: null }
  if (
    stateOf(list, from) !== 'accepted' ||
    stateOf(list, me) !== 'invited' ||
    new Set(parties.map(({ agency }) => agency)).size !== parties.length
  )
    return refuse(
      'JOINT_PARTY',
      'The invitation names its sender not as taking part, you not as invited, or somebody twice.',
      {
        place: '/body/parties',
        fix: 'Correct the list, and invite again.',
      },
    )
  const id = idOf('joint-invitation', from, said.joint)
  if (await context.records.get(INVITATION, id))
    return refuse('JOINT_KNOWN', 'There was an invitation to this joint case before.', {
      place: '/body/joint',
      fix: 'Give a new joint case a new id.',
    })
  const { kind, title, purpose, shares, from: begins, until, agreement, dataRules, evidenceUse } = said
  const terms: Terms = {
    ...{ kind, title, purpose, shares, from: begins, until, agreement, dataRules, evidenceUse },
    legalBasis: header.legalBasis ?? 'not stated',
  }
  const invitation: InvitationBody = {
    ...{ joint: said.joint, leader: from, exchange: digest, terms, list },
    purpose: header.marking.purpose,
    tlp: header.marking.tlp,
    state: 'open',
    caseId: null,
  }
  await context.records.put(INVITATION, id, invitation, { caseId: null, seen: 0, refs: { joint: said.joint } })
  return ok({ caseId: null, events: [did('joint.invited', INVITATION, id, null, { from, joint: said.joint })] })
}

/** A yes, a no or a farewell of somebody who was invited: the leader writes the next list, and tells everybody. */
const takeAnswer: Taker['take'] = async (context, message) => {
  const { me } = deskOf(context)
  const { joint: name } = bodyOf<'joint.accept'>(message)
  const joint = await knownJoint(context, name, me)
  const { from } = message.header
  const before = joint && stateOf(joint.body.list, from)
  const to = ({ 'joint.accept': 'accepted', 'joint.decline': 'declined', 'joint.leave': 'left' } as const)[
    message.type as 'joint.accept' | 'joint.decline' | 'joint.leave'
  ]
  const fits =
    to === 'left'
      ? before === 'accepted' || before === 'left'
      : before === 'invited' || before === 'declined' || before === to
  if (!joint || joint.body.exchanges[from] !== message.header.exchange || !fits) return unknown()
  const event = (events: readonly Event[] = []) =>
    ok<Taken>({
      caseId: joint.caseId,
      events: [did(`joint.party.${to}`, JOINT, joint.id, joint.caseId, { agency: from }), ...events],
    })
  if (before === to || joint.body.list.endedAt !== null) return event()
  const list = withState(joint.body.list, from, to)
  const { [from]: _, ...others } = joint.body.reasons ?? {}
  const reasons =
    message.type === 'joint.accept' ? others : { ...others, [from]: bodyOf<'joint.leave'>(message).reason }
  await putJoint(context, joint, joint.version, { ...joint.body, list, reasons })
  const told = await tellList(context, joint, list, [from])
  return told.ok ? event(told.value.events) : told
}

const takeList: Taker['take'] = async (context, message) => {
  const { joint: name, version, parties, endedAt, reason } = bodyOf<'joint.members'>(message)
  const { from, exchange } = message.header
  const list: PartyList = {
    version,
    parties: parties.map(({ agency, role, purpose, state }) => ({ agency, role, purpose, state })),
    endedAt,
    reason,
  }
  const invitation = await context.records.get<InvitationBody>(INVITATION, idOf('joint-invitation', from, name))
  if (!invitation || invitation.body.exchange !== exchange) return unknown()
  await context.records.put<InvitationBody>(
    INVITATION,
    invitation.id,
    { ...invitation.body, list: mergeLists(invitation.body.list, list) },
    { caseId: null, seen: invitation.version, refs: { joint: name } },
  )
  const said = { from, version }
  const joint = await knownJoint(context, name, from)
  if (!joint)
    return ok({ caseId: null, events: [did('joint.members.received', INVITATION, invitation.id, null, said)] })
  const merged = mergeLists(joint.body.list, list)
  const body = { ...joint.body, list: merged, state: stateHere(joint.body.state, merged, deskOf(context).me) }
  const stored = await putJoint(context, joint, joint.version, body)
  const taken = await takeWaiting(context, { ...stored, caseId: joint.caseId })
  return ok({
    caseId: joint.caseId,
    events: [did('joint.members.received', JOINT, joint.id, joint.caseId, said), ...taken],
  })
}

const takeShared: Taker['take'] = async (context, message) => {
  const { type, digest, header, body } = message
  const { joint: name } = bodyOf<'joint.accept'>(message)
  const joint = await jointOfSender(context, name, header)
  if (joint === null) {
    const kept = await keepWaiting(context, name, { type, digest, header, body })
    if (!kept.ok) return kept
    return ok({
      caseId: null,
      events: [did('joint.waits', 'message', digest, null, { from: header.from, joint: name })],
    })
  }
  const taken =
    type === 'joint.share' ? await takeObject(context, joint, message) : await takeChange(context, joint, message)
  return taken.ok ? ok({ caseId: joint.caseId, events: taken.value }) : taken
}

const takeChangeAnswer: Taker['take'] = async (context, message) => {
  const { change, outcome, version, reason } = bodyOf<'joint.change.answer'>(message)
  const stored: Stored<ChangeBody> | null = await context.records.get<ChangeBody>(CHANGE, change)
  if (!stored || stored.caseId === null || stored.body.owner !== message.header.from) return unknown()
  const body: ChangeBody = { ...stored.body, state: outcome, version, answer: reason }
  if (stored.body.state === 'open')
    await context.records.put(CHANGE, change, body, { caseId: stored.caseId, seen: stored.version })
  return ok({
    caseId: stored.caseId,
    events: [did('joint.change.answered', CHANGE, change, stored.caseId, { outcome })],
  })
}

/** The joint case of this id in which the sender takes part, or has. */
async function jointOfSender(context: ActionContext, name: string, { from }: Header): Promise<StoredJoint | null> {
  // Two leaders may have given one id; what counts is in whose joint case the sender takes part.
  const found = await context.records.find<JointBody>(JOINT, 'joint', name)
  const joint = found.find(({ body }) => wasIn(body.list, from))
  return joint && joint.caseId !== null ? { ...joint, caseId: joint.caseId } : null
}

function unknown(): Result<never> {
  return refuse('JOINT_UNKNOWN', 'There is no such joint case of the sender here, or it is not for it to say this.', {
    place: '/body/joint',
    fix: 'Answer in the exchange of the invitation.',
  })
}

export const jointTakers: readonly Taker[] = whileNotSuspended([
  { types: ['joint.propose'], take: takeProposal },
  { types: ['joint.accept', 'joint.decline', 'joint.leave'], take: takeAnswer },
  { types: ['joint.members'], take: takeList },
  { types: ['joint.share', 'joint.change'], take: takeShared },
  { types: ['joint.change.answer'], take: takeChangeAnswer },
])

/** What the node writes into its journal when such a message has come. */
export const jointEvents = [
  { name: 'joint.invited', meaning: 'Another agency has invited this one to a joint case.' },
  {
    name: 'joint.party.accepted',
    meaning: 'An agency that was invited takes part in a joint case that this one leads.',
  },
  {
    name: 'joint.party.declined',
    meaning: 'An agency that was invited does not take part in a joint case that this one leads.',
  },
  { name: 'joint.party.left', meaning: 'An agency has left a joint case that this one leads.' },
  { name: 'joint.members.received', meaning: 'The leader of a joint case has said who takes part now.' },
  { name: 'joint.waits', meaning: 'Something of a joint case has come that nobody here has joined yet; it waits.' },
  {
    name: 'joint.object.received',
    meaning: 'A version of a shared object has come, and was kept or was older than what is there.',
  },
  { name: 'joint.change.received', meaning: 'Another agency proposes a change of a shared object of this one.' },
  {
    name: 'joint.change.answered',
    meaning: 'The owner of a shared object has answered a change that was proposed from here.',
  },
] as const
