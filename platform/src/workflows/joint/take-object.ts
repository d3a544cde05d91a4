/** What a message about a shared object does in the case here. Nothing is read from anybody's database: it is all in the message. */
import { did } from '../../casework/index.ts'
import type { BodyOf, Message } from '../../exchange/index.ts'
import { deskOf, leadsOf, markingHere } from '../../exchange/together/index.ts'
import { type ActionContext, type Event, ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import { idOf } from './joint.ts'
import type { StoredJoint } from './joint-acts.ts'
import { answerOf, mergeSaid, newSaid, OBJECT, type ObjectBody, type Proposal } from './shared-object.ts'

/** As much of a message as is kept while it waits. */
export type Whole = Pick<Message, 'type' | 'digest' | 'header' | 'body'>

export async function takeObject(
  context: ActionContext,
  joint: Pick<StoredJoint, 'id' | 'caseId' | 'body'>,
  message: Whole,
): Promise<Result<readonly Event[]>> {
  const said = message.body as unknown as BodyOf<'joint.share', 1>
  const { from: owner, marking: _, useConditions, dataProtection, exchange } = message.header
  if ((said.content === null) === (said.withdrawn === null))
    return refuse('JOINT_OBJECT', 'An object has content, or the reason why it is shared no more, and not both.', {
      place: '/body/content',
      fix: 'Give one of the two.',
    })
  const kind = said.content?.kind
  if (kind !== undefined && !joint.body.terms.shares.includes(kind))
    return refuse('JOINT_KIND', `Objects of the kind ${kind} are not shared in this joint case.`, {
      place: '/body/content/kind',
      fix: 'See the terms of the joint case.',
    })
  const { records } = context
  const id = idOf('joint-object', joint.body.joint, owner, said.object)
  const before = await records.get<ObjectBody>(OBJECT, id)
  const came = newSaid(said.version, said.content, said.withdrawn, said.at)
  const held = mergeSaid(before?.body.said ?? null, came)
  const isNew = before === null || held.digest !== before.body.said.digest || held.version !== before.body.said.version
  const event = (body: { version: number; kept: boolean; contradicted: boolean }) => [
    did('joint.object.received', OBJECT, id, joint.caseId, { owner, joint: joint.body.joint, ...body }),
  ]
  if (before && !isNew && held.contradicted === before.body.said.contradicted && held.at === before.body.said.at)
    return ok(event({ version: said.version, kept: false, contradicted: held.contradicted }))
  const leads = await leadsOf(context, joint.caseId)
  const won = held.digest === came.digest && held.version === came.version
  const body: ObjectBody = {
    joint: joint.body.joint,
    jointRecord: joint.id,
    owner,
    object: said.object,
    said: held,
    answered: null,
    proposals: before?.body.proposals ?? [],
    sentTo: {},
    source: null,
    origin:
      won || !before
        ? {
            message: message.digest,
            exchange: exchange ?? message.digest,
            from: owner,
            conditions: useConditions,
            onwardTransfer: dataProtection.onwardTransfer,
          }
        : before.body.origin,
    use: won || !before ? { conditions: useConditions, onward: dataProtection.onwardTransfer } : before.body.use,
    marking: won || !before ? markingHere(message.header, leads) : before.body.marking,
    author: 'node',
    by: 'node',
  }
  await putObject(context, { id, caseId: joint.caseId }, before?.version ?? 0, body)
  await settleAnswers(context, joint, body)
  return ok(event({ version: said.version, kept: won, contradicted: held.contradicted }))
}

/** A change of an object of ours that somebody proposes: it waits for a person here. */
export async function takeChange(
  context: ActionContext,
  joint: Pick<StoredJoint, 'id' | 'caseId' | 'body'>,
  message: Whole,
): Promise<Result<readonly Event[]>> {
  const { object, change, seen, content, reason } = message.body as unknown as BodyOf<'joint.change', 1>
  const { from } = message.header
  const id = idOf('joint-object', joint.body.joint, deskOf(context).me, object)
  const stored = await context.records.get<ObjectBody>(OBJECT, id)
  // Who was never sent the object hears the same as of one that does not exist.
  if (!stored || stored.body.sentTo[from] === undefined || stored.body.said.content?.kind !== content.kind)
    return refuse('JOINT_OBJECT', 'There is no such object of this agency that could be changed so.', {
      place: '/body/object',
      fix: 'Propose a change to its owner, of the same kind.',
    })
  const events = [did('joint.change.received', OBJECT, id, joint.caseId, { change, from })]
  if (stored.body.proposals.some((one) => one.change === change && one.from === from)) return ok(events)
  const exchange = message.header.exchange ?? message.digest
  const proposal: Proposal = {
    change,
    from,
    exchange,
    seen,
    content,
    reason,
    at: context.now,
    state: 'open',
    answer: null,
  }
  const body: ObjectBody = { ...stored.body, proposals: [...stored.body.proposals, proposal], by: 'node' }
  await putObject(context, { id, caseId: joint.caseId }, stored.version, body)
  return ok(events)
}

export function putObject(
  { records }: ActionContext,
  { id, caseId }: { id: string; caseId: string },
  seen: number,
  body: ObjectBody,
) {
  const { content } = body.said
  const refs = {
    joint: `${caseId} ${body.joint}`,
    // Under this a recall finds what stands on the message.
    origin: body.origin === null ? [] : [body.origin.message],
    task: taskKeys(body, content),
    source: body.source === null ? [] : [sourceKey(body.joint, body.source)],
  }
  return records.put<ObjectBody>(OBJECT, id, body, { caseId, seen, refs })
}

export function sourceKey(joint: string, { kind, id }: { readonly kind: string; readonly id: string }): string {
  return `${joint} ${kind} ${id}`
}

function taskKeys({ joint, owner, object }: ObjectBody, content: ObjectBody['said']['content']): string[] {
  if (content?.kind === 'task') return [`${joint} ${owner} ${object}`]
  return content?.kind === 'task-answer' ? [`${joint} ${content.taskOwner} ${content.task}`] : []
}

/** A task shows what its assignee has said last, whichever of the two came first. */
export async function settleAnswers(
  context: ActionContext,
  { caseId }: Pick<StoredJoint, 'caseId'>,
  body: ObjectBody,
): Promise<void> {
  for (const key of taskKeys(body, body.said.content)) {
    const together: readonly Stored<ObjectBody>[] = (
      await context.records.find<ObjectBody>(OBJECT, 'task', key)
    ).filter((one) => one.caseId === caseId)
    const task = together.find((one) => one.body.said.content?.kind === 'task')
    if (!task) continue
    const answered = answerOf(
      task.body,
      together.map((one) => one.body),
    )
    if (answered !== task.body.answered)
      await putObject(context, { id: task.id, caseId }, task.version, { ...task.body, answered })
  }
}
