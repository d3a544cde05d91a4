/**
 * Working on one case together, each side in a copy of its own. Every shared object has one owner, who alone writes its next
 * version; others propose changes. What is said of an object is whole each time, so that the order of arrival does not matter.
 *
 * A formal joint investigation team stands on an agreement of its own (`jit.…`, among assistance): this is the work after it, or a
 * task force without one.
 */
import { type Static, Type } from '@sinclair/typebox'
import {
  AgencyId,
  BaseUnits,
  count,
  day,
  digest,
  flag,
  instant,
  listOf,
  MessageId,
  named,
  nullable,
  oneOf,
  open,
  text,
  UnitId,
} from '../fields.ts'
import { cite, practice } from './citation.ts'
import { type Family, following, opening, patient } from './definition.ts'

export const jointKinds = ['task-force', 'jit'] as const
export const partyStates = ['invited', 'accepted', 'declined', 'left', 'removed'] as const
export const sharedKinds = ['document', 'trace', 'holding', 'request', 'task', 'task-answer', 'meeting'] as const
export const holdingStates = ['traced', 'preserved', 'frozen', 'seized', 'confiscated', 'returned'] as const
export const taskAnswers = ['accepted', 'declined', 'in-progress', 'done'] as const

const team = [cite('UNCAC', '49', 'verified'), cite('UNTOC', '19', 'unverified'), cite('COE-CETS-224', '12')]
const sharing = [...team, practice('shared files of a task force')]
const joint = Type.String({
  pattern: MessageId.pattern as string,
  description: 'The joint case, by the id that its leader gave it.',
})
const object = Type.String({
  pattern: MessageId.pattern as string,
  description: 'The object, by the id that its owner gave it.',
})
const change = Type.String({
  pattern: MessageId.pattern as string,
  description: 'The proposal, by the id that its sender gave it.',
})
const zone = Type.String({
  maxLength: 60,
  pattern: '^[A-Za-z0-9_+/-]+$',
  description: 'An IANA time zone, as Europe/Vienna.',
})

export const JointParty = named(
  'JointParty',
  {
    agency: AgencyId,
    role: text(200, 'What it does in the joint case.'),
    purpose: text(1000, 'For what it takes part.'),
    state: oneOf(partyStates, 'Where it stands. Who has gone stays in the list.'),
  },
  'An agency of a joint case.',
)
export type JointParty = Static<typeof JointParty>

const kindOf = <const K extends (typeof sharedKinds)[number]>(kind: K) =>
  Type.Literal(kind, { description: 'What it is.' })

export const SharedContent = Type.Union(
  [
    named(
      'SharedDocument',
      {
        kind: kindOf('document'),
        of: oneOf(['exhibit', 'statement'] as const, 'What it refers to.'),
        title: text(500, 'What it is called.'),
        sha256: digest('The hash of the exhibit, or of the statement.'),
        says: nullable(text(20_000, 'What is said in it, or of it.')),
      },
      'A reference to an exhibit, or a statement.',
    ),
    named(
      'SharedTrace',
      {
        kind: kindOf('trace'),
        digest: digest('The digest of the trace record.'),
        rule: text(100, 'The rule of tracing.'),
        record: nullable(
          Type.String({
            minLength: 2,
            maxLength: 600_000,
            description: 'The record, as its file; null where it is larger.',
          }),
        ),
      },
      'A trace record.',
    ),
    named(
      'SharedHolding',
      {
        kind: kindOf('holding'),
        asset: UnitId,
        amount: BaseUnits,
        state: oneOf(holdingStates, 'What has become of it.'),
        where: text(300, 'Where it lies.'),
      },
      'An amount of an asset, and what has become of it.',
    ),
    named(
      'SharedRequest',
      {
        kind: kindOf('request'),
        instrument: text(60, 'The instrument on which it stands.'),
        requestType: text(60, 'What is asked for.'),
        to: text(300, 'Who was asked.'),
        state: text(60, 'Where it stands.'),
        due: nullable(instant('The first date that is still to come.')),
      },
      'A request of the owner to somebody, and where it stands.',
    ),
    named(
      'SharedTask',
      {
        kind: kindOf('task'),
        what: text(500, 'What is to be done.'),
        about: nullable(text(2000, 'Why, and with what.')),
        assignee: AgencyId,
        personRole: text(100, 'Who of that agency, by function.'),
        due: nullable(instant('Until when.')),
        zone,
        meeting: nullable(object),
        cancelled: flag('Whether it is to be done no more.'),
      },
      'A task, and for whom it is.',
    ),
    named(
      'SharedTaskAnswer',
      {
        kind: kindOf('task-answer'),
        task: object,
        taskOwner: AgencyId,
        taskVersion: count(1_000_000, 'The version of the task that is answered.', 1),
        answer: oneOf(taskAnswers, 'What the assigned agency says of it.'),
        note: nullable(text(4000, 'In words.')),
      },
      'What the agency to which a task is given says of it.',
    ),
    named(
      'SharedMeeting',
      {
        kind: kindOf('meeting'),
        title: text(300, 'What it is about.'),
        start: instant('When it begins.'),
        end: instant('When it ends.'),
        zone,
        place: nullable(text(500, 'Where, or how one takes part.')),
        agenda: listOf(text(500, 'A point.'), 50, 'The agenda.'),
        participants: listOf(
          named(
            'Participant',
            {
              agency: AgencyId,
              name: text(200, 'The name.'),
              role: text(100, 'The function.'),
              mail: nullable(text(254, 'Where the invitation goes.')),
            },
            'Somebody who takes part.',
          ),
          200,
          'Who takes part.',
        ),
        decisions: listOf(text(2000, 'A decision.'), 100, 'What was decided.'),
        cancelled: flag('Whether it does not take place.'),
      },
      'A meeting of the liaison officers.',
    ),
  ],
  { description: 'What is shared: whole in each version.' },
)
export type SharedContent = Static<typeof SharedContent>

const version = count(1_000_000, 'The version, counted by the owner from 1.', 1)
const replies = ['joint.share', 'joint.change', 'joint.change.answer']

export const jointWork = {
  'joint.propose': opening('Work on one case together, as a task force or a joint team.', {
    scope: 'information',
    deliver: patient,
    replies: ['joint.accept', 'joint.decline', 'joint.members', 'joint.leave', ...replies],
    articles: team,
    body: open({
      joint,
      kind: oneOf(jointKinds, 'A task force, or a joint investigation team.'),
      title: text(300, 'What it is called.'),
      purpose: text(10_000, 'For what.'),
      parties: Type.Array(JointParty, {
        minItems: 2,
        maxItems: 50,
        description: 'Who takes part, the sender among them.',
      }),
      shares: Type.Array(oneOf(sharedKinds, 'A kind of object.'), {
        minItems: 1,
        maxItems: sharedKinds.length,
        uniqueItems: true,
        description: 'What is to be shared.',
      }),
      from: day('From when.'),
      until: day('Until when.'),
      agreement: nullable(digest('The agreement of the team, by its SHA-256.')),
      dataRules: text(10_000, 'How data is handled.'),
      evidenceUse: text(4000, 'How evidence may be used.'),
    }),
  }),
  'joint.accept': following('The sender takes part.', {
    by: 'addressee',
    deliver: patient,
    articles: team,
    body: open({ joint, at: instant('When.'), contact: text(300, 'Who answers for it.') }),
  }),
  'joint.decline': following('The sender does not take part.', {
    by: 'addressee',
    deliver: patient,
    articles: team,
    body: open({ joint, reason: text(4000, 'Why.') }),
  }),
  'joint.members': following('Who takes part now, and whether the joint case has ended.', {
    by: 'opener',
    deliver: patient,
    articles: team,
    body: open({
      joint,
      version,
      parties: Type.Array(JointParty, { minItems: 2, maxItems: 50, description: 'Everybody who ever took part.' }),
      endedAt: nullable(instant('When it ended.')),
      reason: nullable(text(4000, 'Why it ended.')),
    }),
  }),
  'joint.leave': following('The sender takes part no more.', {
    by: 'addressee',
    deliver: patient,
    articles: team,
    body: open({ joint, at: instant('When.'), reason: text(4000, 'Why.') }),
  }),
  'joint.share': opening('An object of the sender, as it is now.', {
    scope: 'information',
    place: 'either',
    deliver: patient,
    replies,
    articles: sharing,
    body: open({
      joint,
      object,
      version,
      at: instant('When this version was released.'),
      content: nullable(SharedContent),
      withdrawn: nullable(text(2000, 'Why it is shared no more; it has no content then.')),
    }),
  }),
  'joint.change': opening('The sender proposes a change of an object of the receiver.', {
    scope: 'information',
    place: 'either',
    deliver: patient,
    replies,
    articles: sharing,
    body: open({ joint, object, change, seen: version, content: SharedContent, reason: text(2000, 'Why.') }),
  }),
  'joint.change.answer': following('What became of a proposal.', {
    by: 'either',
    deliver: patient,
    articles: sharing,
    body: open({
      joint,
      object,
      change,
      outcome: oneOf(['accepted', 'refused'] as const, 'What became of it.'),
      version: nullable(version),
      reason: nullable(text(2000, 'Why.')),
    }),
  }),
} satisfies Family
