/** What the acts of a joint case have in common: reading it, its next version, and writing to those who take part. */
import {
  type ApprovalDesk,
  type ApprovalState,
  approvalState,
  caseOf,
  did,
  LEAST_APPROVALS,
  type PolicyVersion,
  ports,
  rolesNow,
} from '../../casework/index.ts'
import type { Queued } from '../../exchange/desk/index.ts'
import { deskOf, type Letter, writeAll } from '../../exchange/together/index.ts'
import {
  type ActionContext,
  type Event,
  type Json,
  type Outcome,
  ok,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { accepted, approvedProposal, JOINT, type JointBody, type PartyList } from './joint.ts'

export type StoredJoint = Stored<JointBody> & { readonly caseId: string }
type Changed = { readonly id: string; readonly version: number }

export const onJoint = (right: string) => (input: { id: string }) =>
  ({ right, subject: { type: 'record', kind: JOINT, id: input.id } }) as const

/** The joint case of a question that the policies have allowed: it exists. */
export async function jointOf({ records }: ActionContext, id: string): Promise<StoredJoint> {
  const stored = await records.get<JointBody>(JOINT, id)
  if (!stored || stored.caseId === null) throw new Error('a permitted joint case has no record')
  return { ...stored, caseId: stored.caseId }
}

/** By its leader and the id that it gave; null where this agency has not accepted it. */
export async function knownJoint(
  { records }: ActionContext,
  joint: string,
  leader: string,
): Promise<StoredJoint | null> {
  const found = (await records.find<JointBody>(JOINT, 'joint', joint)).find(({ body }) => body.leader === leader)
  return found && found.caseId !== null ? { ...found, caseId: found.caseId } : null
}

export function putJoint(
  context: ActionContext,
  { id, caseId }: StoredJoint | { id: string; caseId: string },
  seen: number,
  body: JointBody,
) {
  const by = context.actor.id
  return context.records.put<JointBody>(JOINT, id, { ...body, by }, { caseId, seen, refs: { joint: body.joint } })
}

export async function changeJoint(
  context: ActionContext,
  joint: StoredJoint,
  {
    action,
    seen,
    body,
    said,
    events = [],
  }: { action: string; seen: number; body: JointBody; said: Json; events?: readonly Event[] },
): Promise<Result<Outcome<Changed>>> {
  const { version } = await putJoint(context, joint, seen, body)
  return ok({
    result: { id: joint.id, version },
    events: [did(action, JOINT, joint.id, joint.caseId, said), ...events],
  })
}

export function isActive({ body, id }: Pick<StoredJoint, 'body' | 'id'>): Result<null> {
  if (body.state === 'active') return ok(null)
  return refuse('JOINT_STATE', `The joint case is ${body.state} here.`, {
    place: id,
    fix: 'Only one that is active is worked in.',
  })
}

export function leads(context: ActionContext, { body, id }: Pick<StoredJoint, 'body' | 'id'>): Result<null> {
  if (body.leader === deskOf(context).me) return ok(null)
  return refuse('JOINT_LEADER', 'The list of who takes part is kept by the agency that leads.', {
    place: id,
    fix: `Ask ${body.leader}; to go, leave the joint case.`,
  })
}

/** The new list, to everybody who takes part and to whoever has just gone. */
export function tellList(
  context: ActionContext,
  { body, caseId }: Pick<StoredJoint, 'body' | 'caseId'>,
  list: PartyList,
  alsoTo: readonly string[] = [],
): ReturnType<typeof writeAll> {
  const { me } = deskOf(context)
  const to = [...new Set([...accepted(list), ...alsoTo])].filter(
    (agency) => agency !== me && body.exchanges[agency] !== undefined,
  )
  // Who is only drafted was approved by nobody yet, and is told to nobody.
  const parties = list.parties.filter(({ agency }) => !body.drafted.includes(agency))
  const said = { joint: body.joint, ...list, parties } as unknown as Json
  return writeAll(
    context,
    to.map((peer) => ({
      type: 'joint.members',
      body: said,
      peer,
      exchange: body.exchanges[peer] as string,
      caseId,
      marking: body.marking,
    })),
  )
}

/** A message about an object goes into the exchange of the invitation, where there is one; between two who were invited it opens its own. */
export function toParty(
  { body, caseId }: Pick<StoredJoint, 'body' | 'caseId'>,
  peer: string,
  letter: Pick<Letter, 'type' | 'body' | 'marking' | 'more'>,
): Letter {
  return { ...letter, peer, exchange: body.exchanges[peer] ?? null, caseId } as Letter
}

export type Standing = {
  readonly digest: string
  readonly needed: number
  readonly policies: string
  readonly approvals: ApprovalState
}

/** As of requests: the digest is made anew, the number is asked anew, and only then approvals are counted. */
export async function standingOf(context: ActionContext, { id, caseId, body }: StoredJoint): Promise<Standing> {
  const asked = context.port<ApprovalDesk>(ports.approvals).needed({ instrument: null, requestType: 'joint.propose' })
  const needed = Math.max(LEAST_APPROVALS, asked)
  const policies = context.port<PolicyVersion>(ports.policies).version
  const digest = approvedProposal(id, body, { policies, needed })
  const { approvals, drafters } = body
  const roleByPerson = await rolesNow(context, caseId, approvals)
  const approvable = { digest, needed, drafters, roleByPerson }
  return { digest, needed, policies, approvals: approvalState(approvable, approvals, Date.parse(context.now)) }
}

export async function leadPeople(context: ActionContext, caseId: string): Promise<readonly string[]> {
  return (await caseOf(context, caseId)).body.access.leads
}

export type Sent = readonly (Queued & { readonly peer: string })[]
