/**
 * What came of a joint case before this agency could know what to do with it: from somebody who stands in no list here yet, or before
 * an invitation was answered. It is kept by the node, and taken in once a list names its sender, so that the order in which
 * messages arrive makes no difference.
 */
import { type ActionContext, type Event, ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import { type JointBody, wasIn } from './joint.ts'
import type { StoredJoint } from './joint-acts.ts'
import { takeChange, takeObject, type Whole } from './take-object.ts'

export const WAITING = 'joint-waiting'
/** A partner that sends without having been asked fills no node. */
const MOST_WAITING = 500

type WaitingBody = { readonly joint: string; readonly message: Whole | null }

export async function keepWaiting(context: ActionContext, joint: string, message: Whole): Promise<Result<null>> {
  const { records, newId } = context
  const waiting = await records.find<WaitingBody>(WAITING, 'from', message.header.from)
  if (waiting.length >= MOST_WAITING)
    return refuse('JOINT_WAITING', 'Too much of this sender waits for a joint case that is not known here.', {
      place: '/body/joint',
      fix: 'Wait until the invitation was answered, and send it again.',
    })
  const { from } = message.header
  await records.put<WaitingBody>(WAITING, newId(), { joint, message }, { caseId: null, seen: 0, refs: { joint, from } })
  return ok(null)
}

/** Takes in what waits for this joint case and may be taken now; what comes of it for the journal. */
export async function takeWaiting(
  context: ActionContext,
  joint: Stored<JointBody> & Pick<StoredJoint, 'caseId'>,
): Promise<readonly Event[]> {
  const { records } = context
  const events: Event[] = []
  for (const { id, version, body } of await records.find<WaitingBody>(WAITING, 'joint', joint.body.joint)) {
    const { message } = body
    if (message === null || !wasIn(joint.body.list, message.header.from)) continue
    const taken =
      message.type === 'joint.share'
        ? await takeObject(context, joint, message)
        : await takeChange(context, joint, message)
    // One that is not as it must be is dropped: its sender cannot be told any more.
    if (taken.ok) events.push(...taken.value)
    await records.put<WaitingBody>(
      WAITING,
      id,
      { joint: body.joint, message: null },
      { caseId: null, seen: version, refs: {} },
    )
  }
  return events
}
