/** Releasing an object of ours into a joint case: its next version, to everybody who takes part now. */
import { did } from '../../casework/index.ts'
import type { SharedContent } from '../../exchange/index.ts'
import { deskOf, writeAll } from '../../exchange/together/index.ts'
import {
  type ActionContext,
  type Event,
  type Json,
  type Marking,
  ok,
  type Result,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { accepted, idOf } from './joint.ts'
import { isActive, type StoredJoint, toParty } from './joint-acts.ts'
import { newSaid, OBJECT, type ObjectBody, type Origin } from './shared-object.ts'
import { putObject, settleAnswers, sourceKey } from './take-object.ts'

export type Release = {
  readonly action: string
  readonly content: SharedContent | null
  readonly withdrawn?: string
  readonly source: ObjectBody['source']
  readonly marking?: Marking
  readonly conditions?: Origin['conditions']
  readonly onward?: Origin['onwardTransfer']
  /** Changes of others that this version answers. */
  readonly proposals?: ObjectBody['proposals']
}

export type Released = {
  readonly id: string
  readonly version: number
  readonly object: string
  readonly sentTo: readonly string[]
  readonly events: readonly Event[]
}

/** The object of ours that was released from this record before. */
export async function releasedFrom(
  { records }: ActionContext,
  joint: StoredJoint,
  source: NonNullable<ObjectBody['source']>,
): Promise<Stored<ObjectBody> | null> {
  const found = await records.find<ObjectBody>(OBJECT, 'source', sourceKey(joint.body.joint, source))
  return found.find(({ caseId }) => caseId === joint.caseId) ?? null
}

/** `before`: the object whose next version it is; null makes a new one. */
export async function release(
  context: ActionContext,
  joint: StoredJoint,
  before: Stored<ObjectBody> | null,
  wish: Release,
): Promise<Result<Released>> {
  const active = isActive(joint)
  if (!active.ok) return active
  const { me } = deskOf(context)
  const { content, withdrawn = null, source, marking = before?.body.marking ?? joint.body.marking } = wish
  if (before && before.body.owner !== me) return notOurs(before.id)
  if (content !== null && !joint.body.terms.shares.includes(content.kind))
    return refuse('JOINT_KIND', `Objects of the kind ${content.kind} are not shared in this joint case.`, {
      place: joint.id,
      fix: 'See its terms; a joint case for more is proposed anew.',
    })
  const object = before?.body.object ?? context.newId()
  const id = before?.id ?? idOf('joint-object', joint.body.joint, me, object)
  const said = newSaid((before?.body.said.version ?? 0) + 1, content, withdrawn, context.now)
  const to = accepted(joint.body.list).filter((agency) => agency !== me)
  const use = {
    conditions: wish.conditions ?? before?.body.use.conditions ?? [],
    onward: wish.onward ?? before?.body.use.onward ?? ('forbidden' as const),
  }
  const sent = await send(context, joint, { object, said, marking, use }, to)
  if (!sent.ok) return sent
  const { id: by } = context.actor
  const body: ObjectBody = {
    joint: joint.body.joint,
    jointRecord: joint.id,
    owner: me,
    object,
    said,
    answered: before?.body.answered ?? null,
    proposals: wish.proposals ?? before?.body.proposals ?? [],
    sentTo: { ...before?.body.sentTo, ...Object.fromEntries(to.map((agency) => [agency, said.version])) },
    source,
    origin: null,
    use,
    marking,
    author: before?.body.author ?? by,
    by,
  }
  const { version } = await putObject(context, { id, caseId: joint.caseId }, before?.version ?? 0, body)
  await settleAnswers(context, joint, body)
  const what = { joint: joint.body.joint, object, version: said.version, kind: content?.kind ?? null, to: [...to] }
  return ok({
    id,
    version,
    object,
    sentTo: to,
    events: [did(wish.action, OBJECT, id, joint.caseId, what), ...sent.value],
  })
}

type Sending = Pick<ObjectBody, 'object' | 'said' | 'marking' | 'use'>

export async function send(
  context: ActionContext,
  joint: StoredJoint,
  { object, said, marking, use }: Sending,
  to: readonly string[],
): Promise<Result<readonly Event[]>> {
  const { version, at, content, withdrawn } = said
  const body = { joint: joint.body.joint, object, version, at, content, withdrawn } as unknown as Json
  const more = {
    useConditions: [...use.conditions],
    dataProtection: {
      categories: [],
      factOrAssessment: 'both' as const,
      retentionUntil: null,
      onwardTransfer: use.onward,
    },
  }
  const done = await writeAll(
    context,
    to.map((peer) => toParty(joint, peer, { type: 'joint.share', body, marking, more })),
  )
  return done.ok ? ok(done.value.events) : done
}

/** A record of the case, where the policies let it be shared; what is hidden and what does not exist get the same answer. */
export async function shareable<B extends { readonly marking: Marking }>(
  context: ActionContext,
  joint: StoredJoint,
  kind: string,
  id: string,
): Promise<Result<Stored<B>>> {
  const stored = await context.records.get<B & { origin?: Origin | null }>(kind, id)
  const may = stored !== null && (await context.may({ right: 'shareJointly', subject: { type: 'record', kind, id } }))
  if (!stored || stored.caseId !== joint.caseId || !may)
    return refuse('JOINT_NOT_SHARED', 'There is no such record in this case that you may share.', {
      place: `${kind}/${id}`,
      fix: 'Look at its marking: what is red, amber+strict, need-to-know or of a protected person is shared with nobody.',
    })
  if (stored.body.origin && stored.body.origin.onwardTransfer !== 'allowed')
    return refuse(
      'JOINT_ONWARD',
      `It came from ${stored.body.origin.from}, which does not allow that it is passed on.`,
      {
        place: `${kind}/${id}`,
        fix: 'Ask for consent: use.consent.ask.',
      },
    )
  return ok(stored)
}

export function notOurs(id: string) {
  return refuse('JOINT_OWNER', 'The object is of another agency, which alone writes its next version.', {
    place: id,
    fix: 'Propose a change: joint.change.propose.',
  })
}
