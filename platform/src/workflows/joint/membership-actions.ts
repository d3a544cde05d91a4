/**
 * Proposing a joint case, taking part in one, leaving and ending it.
 *
 * Past four hundred lines on purpose: each act is a step of one life, and changes the same record as the one before it.
 */
import { Type } from '@sinclair/typebox'
import {
  CaseId,
  ChallengeView,
  Changed,
  Credential,
  caseOf,
  challengeNow,
  checkMarking,
  closed,
  Digest,
  did,
  Id,
  Instant,
  newApproval,
  oneOf,
  readablePage,
  Seen,
  text,
} from '../../casework/index.ts'
import { deskOf, QUEUED, write, writeAll } from '../../exchange/together/index.ts'
import {
  type ActionContext,
  action,
  amber,
  type Json,
  Marking,
  ok,
  Purpose,
  type Result,
  refuse,
  type Stored,
  Tlp,
} from '../../kernel/index.ts'
import {
  AgencyId,
  checkTerms,
  INVITATION,
  type InvitationBody,
  idOf,
  JOINT,
  type JointBody,
  JointView,
  Party,
  PartyList,
  stateOf,
  Terms,
  withState,
} from './joint.ts'
import {
  changeJoint,
  isActive,
  jointOf,
  leads,
  onJoint,
  putJoint,
  type StoredJoint,
  standingOf,
  tellList,
} from './joint-acts.ts'
import { takeWaiting } from './waiting.ts'

const Reason = text(4000, 'Why; it is told to the others.')

const propose = action({
  name: 'joint.propose',
  summary: 'Draft a joint case with other agencies; nothing is sent before it is approved',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    terms: Terms,
    own: closed({ role: Party.properties.role, purpose: Party.properties.purpose }, 'What your agency does in it.'),
    parties: Type.Array(Party, { minItems: 1, maxItems: 49, description: 'Who is to be invited.' }),
    marking: Type.Optional(Marking),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'draftRequest', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, terms, own, parties, marking = amber }) => {
    const { me } = deskOf(context)
    const fits = checkTerms(terms, parties, me)
    if (!fits.ok) return fits
    const marked = checkMarking(marking)
    if (!marked.ok) return marked
    const { id: author } = context.actor
    const joint = context.newId()
    const invited = parties.map((party) => ({ ...party, state: 'invited' as const }))
    const body: JointBody = {
      joint,
      leader: me,
      terms,
      state: 'proposed',
      list: {
        version: 1,
        parties: [{ agency: me, ...own, state: 'accepted' }, ...invited],
        endedAt: null,
        reason: null,
      },
      drafted: parties.map(({ agency }) => agency),
      exchanges: {},
      approvals: [],
      drafters: [author],
      marking,
      author,
      by: author,
    }
    const id = idOf('joint', me, joint)
    const { version } = await putJoint(context, { id, caseId }, 0, body)
    const said = { kind: terms.kind, parties: body.drafted }
    return ok({ result: { id, version }, events: [did('joint.propose', JOINT, id, caseId, said)] })
  },
})

const challenge = action({
  name: 'joint.challenge',
  summary: 'What your authenticator has to sign so that you approve exactly these invitations',
  kind: 'read',
  input: closed({ id: Id }),
  output: ChallengeView,
  asks: onJoint('approveRequest'),
  run: async (context, { id }) => {
    const joint = await jointOf(context, id)
    if (joint.body.drafted.length === 0) return nothingToSend(id)
    return ok({ result: challengeNow(context, id, (await standingOf(context, joint)).digest), events: [] })
  },
})

const approve = action({
  name: 'joint.approve',
  summary: 'Approve the invitations to a joint case',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, digest: Digest, expiresAt: Instant, credential: Credential }),
  output: Changed,
  asks: onJoint('approveRequest'),
  run: async (context, { id, seen, digest, expiresAt, credential }) => {
    const joint = await jointOf(context, id)
    const { body } = joint
    if (body.drafted.length === 0) return nothingToSend(id)
    const wanted = (await standingOf(context, joint)).digest
    const { drafters, approvals: before } = body
    const given = await newApproval(context, { id, digest, wanted, expiresAt, credential, drafters, before })
    if (!given.ok) return given
    const { approval, proof } = given.value
    return changeJoint(context, joint, {
      action: 'joint.approve',
      seen,
      body: { ...body, approvals: [...before, approval] },
      said: { digest, credentialId: approval.credentialId, expiresAt, proof } as unknown as Json,
    })
  },
})

const send = action({
  name: 'joint.send',
  summary: 'Send the invitations that enough people have approved',
  kind: 'change',
  events: ['joint.send', QUEUED],
  input: closed({ id: Id, seen: Seen, digest: Digest }),
  output: Changed,
  asks: onJoint('releaseRequest'),
  run: async (context, { id, seen, digest }) => {
    const joint = await jointOf(context, id)
    const { body, caseId } = joint
    if (body.drafted.length === 0 || !['proposed', 'active'].includes(body.state)) return nothingToSend(id)
    const standing = await standingOf(context, joint)
    if (digest !== standing.digest)
      return refuse('APPROVAL_OTHER_CONTENT', 'What would be sent is not what you have read.', {
        place: '/digest',
        fix: 'Read it again.',
      })
    const { approvals } = standing
    if (!approvals.enough)
      return refuse(
        'APPROVALS_MISSING',
        `${approvals.counted.length} of ${approvals.needed} approvals count at this moment.`,
        {
          place: id,
          fix: 'Have it approved by people who wrote none of it.',
        },
      )
    const { legalBasis, ...terms } = body.terms
    const invitation = { joint: body.joint, ...terms, parties: body.list.parties } as unknown as Json
    const sent = await writeAll(
      context,
      body.drafted.map((peer) => ({
        ...{ type: 'joint.propose', body: invitation, peer, exchange: null, caseId, marking: body.marking },
        more: { legalBasis },
      })),
    )
    if (!sent.ok) return sent
    const exchanges = Object.fromEntries(sent.value.sent.map(({ peer, exchange }) => [peer, exchange]))
    const list: PartyList = { ...body.list, version: body.list.version + 1 }
    const told = await tellList(context, { caseId, body: { ...body, drafted: [] } }, list)
    if (!told.ok) return told
    return changeJoint(context, joint, {
      action: 'joint.send',
      seen,
      body: {
        ...body,
        state: 'active',
        list,
        drafted: [],
        approvals: [],
        exchanges: { ...body.exchanges, ...exchanges },
      },
      said: { digest, exchanges, approvers: approvals.counted.map(({ approverId }) => approverId) },
      events: [...sent.value.events, ...told.value.events],
    })
  },
})

const addParty = action({
  name: 'joint.member.add',
  summary:
    'Draft the invitation of another agency to a joint case that you lead; it is approved and sent like the first',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, party: Party }),
  output: Changed,
  asks: onJoint('editRecord'),
  run: async (context, { id, seen, party }) => {
    const joint = await jointOf(context, id)
    const { body } = joint
    const may = leads(context, joint)
    if (!may.ok) return may
    if (body.state !== 'proposed' && body.state !== 'active') return isActive(joint) as never
    if (stateOf(body.list, party.agency) !== null)
      return refuse(
        'JOINT_PARTY',
        'The agency stands in the list already; who has gone comes back by a joint case of its own.',
        {
          place: '/party/agency',
          fix: 'Name another agency.',
        },
      )
    const list: PartyList = {
      ...body.list,
      version: body.list.version + 1,
      parties: [...body.list.parties, { ...party, state: 'invited' }],
    }
    return changeJoint(context, joint, {
      action: 'joint.member.add',
      seen,
      body: {
        ...body,
        list,
        drafted: [...body.drafted, party.agency],
        drafters: [...new Set([...body.drafters, context.actor.id])],
      },
      said: { agency: party.agency },
    })
  },
})

const removeParty = action({
  name: 'joint.member.remove',
  summary: 'Take an agency out of a joint case that you lead; everybody is told',
  kind: 'change',
  events: ['joint.member.remove', QUEUED],
  input: closed({ id: Id, seen: Seen, agency: AgencyId, reason: Reason }),
  output: Changed,
  asks: onJoint('releaseRequest'),
  run: async (context, { id, seen, agency, reason }) => {
    const joint = await jointOf(context, id)
    const { body } = joint
    const may = leads(context, joint)
    if (!may.ok) return may
    const state = stateOf(body.list, agency)
    if (agency === body.leader || state === null || state === 'removed' || state === 'left')
      return refuse('JOINT_PARTY', 'There is no such agency that could be taken out.', {
        place: '/agency',
        fix: 'Look at the list; who leads ends the joint case instead.',
      })
    // Who was never asked was never told of, and leaves no trace in the list.
    const isDrafted = body.drafted.includes(agency)
    const parties = body.list.parties.filter((party) => party.agency !== agency)
    const list = isDrafted ? { ...body.list, parties } : withState(body.list, agency, 'removed')
    const told = isDrafted ? ok({ events: [] }) : await tellList(context, joint, list, [agency])
    if (!told.ok) return told
    return changeJoint(context, joint, {
      action: 'joint.member.remove',
      seen,
      body: { ...body, list, drafted: body.drafted.filter((one) => one !== agency) },
      said: { agency, reason },
      events: told.value.events,
    })
  },
})

const end = action({
  name: 'joint.end',
  summary: 'End a joint case that you lead; what was shared stays with who has it, under its conditions',
  kind: 'change',
  events: ['joint.end', QUEUED],
  input: closed({ id: Id, seen: Seen, reason: Reason }),
  output: Changed,
  asks: onJoint('releaseRequest'),
  run: async (context, { id, seen, reason }) => {
    const joint = await jointOf(context, id)
    const { body } = joint
    const may = leads(context, joint)
    if (!may.ok) return may
    if (body.state !== 'active' && body.state !== 'proposed') return isActive(joint) as never
    const list: PartyList = { ...body.list, version: body.list.version + 1, endedAt: context.now, reason }
    // Who was asked and has not answered must hear of it too.
    const told = await tellList(context, joint, list, Object.keys(body.exchanges))
    if (!told.ok) return told
    return changeJoint(context, joint, {
      action: 'joint.end',
      seen,
      body: { ...body, list, state: body.state === 'proposed' ? 'withdrawn' : 'ended', drafted: [] },
      said: { reason },
      events: told.value.events,
    })
  },
})

const InvitationView = closed({
  id: Id,
  version: Type.Integer(),
  at: Instant,
  joint: Id,
  leader: AgencyId,
  terms: Terms,
  list: PartyList,
  purpose: Purpose,
  tlp: Tlp,
  state: oneOf(['open', 'accepted', 'declined'], 'What was said to it.'),
})

const invitations = action({
  name: 'joint.invitations',
  summary: 'The invitations of other agencies to joint cases, newest last',
  kind: 'read',
  input: closed({}),
  output: Type.Array(InvitationView),
  asks: () => ({ right: 'liaise', subject: { type: 'node' } }),
  run: async ({ records }) => {
    const found: Stored<InvitationBody>[] = []
    let after: string | null = null
    do {
      const page: { items: readonly Stored<InvitationBody>[]; next: string | null } =
        await records.list<InvitationBody>(INVITATION, { caseId: null, after, limit: 200 })
      found.push(...page.items)
      after = page.next
    } while (after !== null)
    const result = found
      .toSorted((a, b) => (a.at < b.at ? -1 : 1))
      .map(({ id, version, at, body: { exchange: _, caseId: __, ...said } }) => ({ id, version, at, ...said }))
    return ok({ result, events: [] })
  },
})

const accept = action({
  name: 'joint.accept',
  summary: 'Take part in a joint case to which your agency was invited, with a case of your own',
  kind: 'change',
  events: ['joint.accept', QUEUED, 'joint.object.received'],
  input: closed({
    caseId: CaseId,
    invitation: Id,
    legalBasis: Terms.properties.legalBasis,
    contact: text(300, 'Who of yours answers for it.'),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'joinCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, invitation: invitationId, legalBasis, contact }) => {
    const invitation = await openInvitation(context, invitationId)
    if (!invitation.ok) return invitation
    const { body, version: seen } = invitation.value
    const opened = await caseOf(context, caseId)
    if (!opened.body.access.purposes.includes(body.purpose))
      return refuse('JOINT_PURPOSE', `The joint case serves ${body.purpose}, and the case here does not.`, {
        place: '/caseId',
        fix: 'Take a case of that purpose.',
      })
    const { me } = deskOf(context)
    const { joint, leader, exchange, terms, list, tlp } = body
    const answer = { joint, at: context.now, contact }
    const marking = { ...amber, tlp: tlp === 'red' ? ('amber+strict' as const) : tlp }
    const sent = await write(context, { type: 'joint.accept', body: answer, peer: leader, exchange, caseId, marking })
    if (!sent.ok) return sent
    const { id: author } = context.actor
    const id = idOf('joint', leader, joint)
    const record: JointBody = {
      joint,
      leader,
      terms: { ...terms, legalBasis },
      state: 'active',
      // The number is the leader's to count; until its next list comes, this is what is known here.
      list: { ...withState(list, me, 'accepted'), version: list.version },
      drafted: [],
      exchanges: { [leader]: exchange },
      approvals: [],
      drafters: [],
      marking,
      author,
      by: author,
    }
    const stored = await putJoint(context, { id, caseId }, 0, record)
    const accepted: InvitationBody = { ...body, state: 'accepted', caseId }
    await context.records.put(INVITATION, invitationId, accepted, { caseId: null, seen, refs: { joint } })
    const taken = await takeWaiting(context, { ...stored, caseId })
    const said = { joint, leader, exchange }
    return ok({
      result: { id, version: stored.version },
      events: [did('joint.accept', JOINT, id, caseId, said), ...sent.value.events, ...taken],
    })
  },
})

const decline = action({
  name: 'joint.decline',
  summary: 'Say no to an invitation to a joint case',
  kind: 'change',
  events: ['joint.decline', QUEUED],
  input: closed({ invitation: Id, reason: Reason }),
  output: Changed,
  asks: () => ({ right: 'liaise', subject: { type: 'node' } }),
  run: async (context, { invitation: id, reason }) => {
    const invitation = await openInvitation(context, id)
    if (!invitation.ok) return invitation
    const { body, version: seen } = invitation.value
    const { joint, leader, exchange } = body
    const sent = await write(context, {
      type: 'joint.decline',
      body: { joint, reason },
      peer: leader,
      exchange,
      caseId: null,
    })
    if (!sent.ok) return sent
    const declined: InvitationBody = { ...body, state: 'declined' }
    const { version } = await context.records.put(INVITATION, id, declined, { caseId: null, seen, refs: { joint } })
    return ok({
      result: { id, version },
      events: [did('joint.decline', INVITATION, id, null, { joint, reason }), ...sent.value.events],
    })
  },
})

const leave = action({
  name: 'joint.leave',
  summary: 'Take part in a joint case no more; what was shared stays with who has it, under its conditions',
  kind: 'change',
  events: ['joint.leave', QUEUED],
  input: closed({ id: Id, seen: Seen, reason: Reason }),
  output: Changed,
  asks: onJoint('releaseRequest'),
  run: async (context, { id, seen, reason }) => {
    const joint = await jointOf(context, id)
    const { body, caseId } = joint
    const active = isActive(joint)
    if (!active.ok) return active
    if (leads(context, joint).ok)
      return refuse('JOINT_LEADER', 'The agency that leads does not leave: it ends the joint case.', {
        place: id,
        fix: 'Use joint.end.',
      })
    const letter = { type: 'joint.leave', body: { joint: body.joint, at: context.now, reason }, peer: body.leader }
    const sent = await write(context, {
      ...letter,
      exchange: body.exchanges[body.leader] as string,
      caseId,
      marking: body.marking,
    })
    if (!sent.ok) return sent
    return changeJoint(context, joint, {
      action: 'joint.leave',
      seen,
      body: { ...body, state: 'left' },
      said: { reason },
      events: sent.value.events,
    })
  },
})

const read = action({
  name: 'joint.read',
  summary: 'Read a joint case: its terms, who takes part, and what waits to be approved',
  kind: 'read',
  input: closed({ id: Id }),
  output: JointView,
  asks: onJoint('readRecord'),
  run: async (context, { id }) => ok({ result: await viewOf(context, await jointOf(context, id)), events: [] }),
})

const list = action({
  name: 'joint.list',
  summary: 'The joint cases to which a case belongs',
  kind: 'read',
  input: closed({ caseId: CaseId }),
  output: Type.Array(JointView),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId }) => {
    const { items } = await readablePage<JointBody>(context, JOINT, caseId, { limit: 200 })
    const result = []
    for (const item of items) result.push(await viewOf(context, { ...item, caseId }))
    return ok({ result, events: [] })
  },
})

async function viewOf(context: ActionContext, joint: StoredJoint) {
  const { id, caseId, version, body } = joint
  const { joint: name, leader, terms, state, list: parties, drafted, drafters, exchanges, marking } = body
  const { digest, needed, policies, approvals } = await standingOf(context, joint)
  return {
    id,
    caseId,
    version,
    joint: name,
    leader,
    terms,
    state,
    list: parties,
    drafted: [...drafted],
    exchanges: { ...exchanges },
    reasons: { ...body.reasons },
    digest,
    drafters: [...drafters],
    approvals: body.approvals.map((one) => {
      const { approverId, role, givenAt, expiresAt } = one
      return { approverId, role, givenAt, expiresAt, counts: approvals.counted.includes(one) }
    }),
    approval: { needed, counted: approvals.counted.length, enough: approvals.enough, policies },
    marking,
  }
}

async function openInvitation({ records }: ActionContext, id: string): Promise<Result<Stored<InvitationBody>>> {
  const found = await records.get<InvitationBody>(INVITATION, id)
  if (found?.body.state === 'open' && found.body.list.endedAt === null) return ok(found)
  return refuse(
    'JOINT_INVITATION',
    'There is no such invitation, it was answered before, or the joint case has ended.',
    {
      place: '/invitation',
      fix: 'See joint.invitations.',
    },
  )
}

function nothingToSend(id: string) {
  return refuse('JOINT_STATE', 'No invitation of this joint case waits to be sent.', {
    place: id,
    fix: 'Draft one: joint.propose, or joint.member.add.',
  })
}

export const membershipActions = [
  propose,
  challenge,
  approve,
  send,
  addParty,
  removeParty,
  end,
  invitations,
  accept,
  decline,
  leave,
  read,
  list,
] as const
