/** Tasks and meetings of a joint case. A task is written by who gives it, and answered by the agency to which it is given. */
import { Type } from '@sinclair/typebox'
import { closed, Id, Instant, nullable, oneOf, text, Zone } from '../../casework/index.ts'
import { type SharedContent, taskAnswers } from '../../exchange/index.ts'
import { deskOf, QUEUED } from '../../exchange/together/index.ts'
import { type ActionContext, action, type Event, ok, type Result, refuse, type Stored } from '../../kernel/index.ts'
import { calendarFile, MOST_BYTES, readCalendar } from './calendar.ts'
import { AgencyId, idOf, stateOf } from './joint.ts'
import { jointOf, onJoint, type StoredJoint } from './joint-acts.ts'
import { notOurs, release, releasedFrom } from './release.ts'
import { objectOf, onObject, ReleasedView } from './release-actions.ts'
import { OBJECT, type ObjectBody } from './shared-object.ts'

const Task = closed({
  what: text(500, 'What is to be done.'),
  about: nullable(text(2000, 'Why, and with what.')),
  assignee: AgencyId,
  personRole: text(100, 'Who of that agency, by function.'),
  due: nullable(Instant),
  zone: Zone,
})
type TaskInput = (typeof Task)['static']

const setTask = action({
  name: 'joint.task.set',
  summary: 'Give a task of a joint case to an agency that takes part, change it, or cancel it',
  kind: 'change',
  events: ['joint.task.set', QUEUED],
  input: closed({ id: Id, object: Type.Optional(Id), task: Task, cancelled: Type.Optional(Type.Boolean()) }),
  output: ReleasedView,
  asks: onJoint('shareJointly'),
  run: async (context, { id, object, task, cancelled = false }) => {
    const joint = await jointOf(context, id)
    const before = await ownBefore(context, joint, object, 'task')
    if (!before.ok) return before
    const made = await releaseTask(context, joint, before.value, { ...task, cancelled })
    if (!made.ok) return made
    const { events, sentTo, ...result } = made.value
    return ok({ result: { ...result, sentTo: [...sentTo] }, events })
  },
})

async function releaseTask(
  context: ActionContext,
  joint: StoredJoint,
  before: Stored<ObjectBody> | null,
  task: TaskInput & { cancelled: boolean; meeting?: string | null },
  action = 'joint.task.set',
) {
  if (stateOf(joint.body.list, task.assignee) !== 'accepted')
    return refuse('JOINT_TASK', `${task.assignee} does not take part in the joint case.`, {
      place: '/task/assignee',
      fix: 'Give it to an agency of the list.',
    })
  const zone = checkZone(task.zone, '/task/zone')
  if (!zone.ok) return zone
  const { meeting = before?.body.said.content?.kind === 'task' ? before.body.said.content.meeting : null, ...rest } =
    task
  const due = task.due === null ? null : new Date(task.due).toISOString()
  return release(context, joint, before, {
    action,
    content: { kind: 'task', ...rest, due, meeting },
    source: before?.body.source ?? null,
  })
}

const answerTask = action({
  name: 'joint.task.answer',
  summary: 'Accept or decline a task that was given to your agency, or say that it is done',
  kind: 'change',
  events: ['joint.task.answer', QUEUED],
  input: closed({ id: Id, answer: oneOf(taskAnswers, 'What you say of it.'), note: nullable(text(4000, 'In words.')) }),
  output: ReleasedView,
  asks: onObject('shareJointly'),
  run: async (context, { id, answer, note }) => {
    const task = await objectOf(context, id)
    const { content, version } = task.body.said
    const { me } = deskOf(context)
    if (content?.kind !== 'task' || content.assignee !== me || content.cancelled)
      return refuse('JOINT_TASK', 'It is no task that is given to your agency now.', {
        place: id,
        fix: 'See joint.objects.',
      })
    const joint = await jointOf(context, task.body.jointRecord)
    const source = { kind: OBJECT, id }
    const before = await releasedFrom(context, joint, source)
    const { object, owner } = task.body
    const said: SharedContent = {
      kind: 'task-answer',
      task: object,
      taskOwner: owner,
      taskVersion: version,
      answer,
      note,
    }
    const done = await release(context, joint, before, {
      action: 'joint.task.answer',
      content: said,
      source,
      marking: task.body.marking,
    })
    if (!done.ok) return done
    const { events, sentTo, ...result } = done.value
    return ok({ result: { ...result, sentTo: [...sentTo] }, events })
  },
})

const setMeeting = action({
  name: 'joint.meeting.set',
  summary: 'Call a meeting of a joint case, change it, keep what was decided, or cancel it; its actions become tasks',
  kind: 'change',
  events: ['joint.meeting.set', 'joint.task.set', QUEUED],
  input: closed({
    id: Id,
    object: Type.Optional(Id),
    meeting: closed({
      title: text(300, 'What it is about.'),
      start: Instant,
      end: Instant,
      zone: Zone,
      place: nullable(text(500, 'Where, or how one takes part.')),
      agenda: Type.Array(text(500, 'A point.'), { maxItems: 50 }),
      participants: Type.Array(
        closed({
          agency: AgencyId,
          name: text(200, 'The name.'),
          role: text(100, 'The function.'),
          mail: nullable(text(254, 'Where the invitation goes.')),
        }),
        { maxItems: 200 },
      ),
      decisions: Type.Array(text(2000, 'A decision.'), { maxItems: 100 }),
      cancelled: Type.Boolean(),
    }),
    actions: Type.Optional(Type.Array(Task, { maxItems: 50, description: 'What is to be done; each becomes a task.' })),
  }),
  output: closed({ ...ReleasedView.properties, tasks: Type.Array(Id) }),
  asks: onJoint('shareJointly'),
  run: async (context, { id, object, meeting, actions = [] }) => {
    const joint = await jointOf(context, id)
    const [start, end] = [new Date(meeting.start).toISOString(), new Date(meeting.end).toISOString()]
    if (end <= start)
      return refuse('JOINT_DATES', 'The meeting would end before it begins.', {
        place: '/meeting/end',
        fix: 'State a later moment.',
      })
    const zone = checkZone(meeting.zone, '/meeting/zone')
    if (!zone.ok) return zone
    const stranger = meeting.participants.findIndex(({ agency }) => stateOf(joint.body.list, agency) !== 'accepted')
    if (stranger !== -1)
      return refuse('JOINT_PARTY', 'Somebody is to take part whose agency does not.', {
        place: `/meeting/participants/${stranger}/agency`,
        fix: 'Name agencies of the list.',
      })
    const before = await ownBefore(context, joint, object, 'meeting')
    if (!before.ok) return before
    const source = before.value?.body.source ?? null
    const called = await release(context, joint, before.value, {
      action: 'joint.meeting.set',
      content: { kind: 'meeting', ...meeting, start, end },
      source,
    })
    if (!called.ok) return called
    const tasks: string[] = []
    const events: Event[] = [...called.value.events]
    for (const one of actions) {
      const made = await releaseTask(context, joint, null, { ...one, cancelled: false, meeting: called.value.object })
      if (!made.ok) return made
      tasks.push(made.value.id)
      events.push(...made.value.events)
    }
    const { events: _, sentTo, ...result } = called.value
    return ok({ result: { ...result, sentTo: [...sentTo], tasks }, events })
  },
})

const exportMeeting = action({
  name: 'joint.meeting.calendar',
  summary:
    'The meeting as a file for calendars (iCalendar): its invitation, its newest version, or that it was cancelled',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({ name: Type.String(), mediaType: Type.Literal('text/calendar; charset=utf-8'), text: Type.String() }),
  asks: onObject('readRecord'),
  run: async (context, { id }) => {
    const { body } = await objectOf(context, id)
    const { content, version, at } = body.said
    if (content?.kind !== 'meeting')
      return refuse('JOINT_OBJECT', 'It is no meeting.', { place: id, fix: 'See joint.objects.' })
    // The same in the file of every agency, so that a calendar knows it again.
    const uid = `${idOf('meeting', body.joint, body.owner, body.object)}@${body.owner}`
    const file = calendarFile(content, { uid, sequence: version - 1, stamp: at, organizer: body.owner })
    return ok({
      result: { name: `meeting-${body.object}.ics`, mediaType: 'text/calendar; charset=utf-8' as const, text: file },
      events: [],
    })
  },
})

const readInvitation = action({
  name: 'joint.meeting.import',
  summary: 'What an invitation of a calendar (iCalendar) says, in the form of joint.meeting.set; nothing is kept',
  kind: 'read',
  large: true,
  input: closed({ text: Type.String({ minLength: 1, maxLength: MOST_BYTES, description: 'The file, as it is.' }) }),
  output: closed({
    uid: Type.String(),
    method: Type.String(),
    sequence: Type.Integer(),
    title: Type.String(),
    start: Instant,
    end: Instant,
    zone: Type.String(),
    place: nullable(Type.String()),
    agenda: Type.Array(Type.String()),
    participants: Type.Array(closed({ name: Type.String(), mail: nullable(Type.String()) })),
  }),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (_, { text: file }) => {
    const read = readCalendar(file)
    if (!read.ok) return read
    const { agenda, participants, ...rest } = read.value
    return ok({
      result: { ...rest, agenda: [...agenda], participants: participants.map((one) => ({ ...one })) },
      events: [],
    })
  },
})

async function ownBefore(
  context: ActionContext,
  joint: StoredJoint,
  object: string | undefined,
  kind: 'task' | 'meeting',
): Promise<Result<Stored<ObjectBody> | null>> {
  if (object === undefined) return ok(null)
  const before = await context.records.get<ObjectBody>(OBJECT, object)
  if (
    before?.caseId !== joint.caseId ||
    before.body.jointRecord !== joint.id ||
    before.body.said.content?.kind !== kind
  )
    return notOurs(object)
  return ok(before)
}

function checkZone(zone: string, place: string): Result<null> {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return ok(null)
  } catch {
    return refuse('JOINT_ZONE', `There is no time zone ${zone}.`, {
      place,
      fix: 'Write an IANA name, as Europe/Vienna.',
    })
  }
}

export const meetingActions = [setTask, answerTask, setMeeting, exportMeeting, readInvitation] as const
