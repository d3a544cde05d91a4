/** What is shared in a joint case, by all who take part, and its figures: each as far as whoever asks may see it. */
import { Type } from '@sinclair/typebox'
import { closed, everyRecord, Id, Instant, nullable, readQuestion } from '../../casework/index.ts'
import { type ActionContext, action, Marking, ok, type Stored } from '../../kernel/index.ts'
import { Dashboard, dashboardOf } from './dashboard.ts'
import { AgencyId } from './joint.ts'
import { jointOf, onJoint, type StoredJoint } from './joint-acts.ts'
import { Onward } from './release-actions.ts'
import { OBJECT, type ObjectBody } from './shared-object.ts'

const ObjectView = closed({
  id: Id,
  version: Type.Integer(),
  owner: AgencyId,
  object: Id,
  said: closed({
    version: Type.Integer(),
    at: Instant,
    content: nullable(Type.Unknown()),
    withdrawn: nullable(Type.String()),
    contradicted: Type.Boolean({ description: 'The owner has said two things under one version.' }),
  }),
  answered: nullable(Type.String({ description: 'Of a task: what its assignee says of it.' })),
  proposals: Type.Array(
    closed({
      change: Id,
      from: AgencyId,
      seen: Type.Integer(),
      content: Type.Unknown(),
      reason: Type.String(),
      state: Type.String(),
      answer: nullable(Type.String()),
    }),
  ),
  sentTo: Type.Record(Type.String(), Type.Integer()),
  releasedBy: nullable(Type.String({ description: 'Of an object of ours: who released it first.' })),
  source: nullable(closed({ kind: Type.String(), id: Id }, 'Of an object of ours: the record that was released.')),
  use: closed(
    {
      conditions: Type.Array(
        closed({ code: Type.String(), until: nullable(Type.String()), text: nullable(Type.String()) }),
      ),
      onward: Onward,
    },
    'What whoever has it may do with it.',
  ),
  origin: nullable(Type.Unknown({ description: 'Of what came: from whom, by which message, under which conditions.' })),
  marking: Marking,
})

const objects = action({
  name: 'joint.objects',
  summary: 'What is shared in a joint case, by all who take part, as far as you may see it',
  kind: 'read',
  input: closed({ id: Id }),
  output: Type.Array(ObjectView),
  asks: onJoint('readRecord'),
  run: async (context, { id }) => {
    const result = (await readable(context, await jointOf(context, id))).map(({ id: record, version, body }) => {
      const { owner, object, said, answered, proposals, sentTo, source, use, origin, marking, author } = body
      const { digest: _, ...shown } = said
      const asked = proposals.map(({ at: _at, exchange: _exchange, ...one }) => one)
      return {
        id: record,
        version,
        owner,
        object,
        said: shown,
        answered,
        proposals: asked,
        sentTo: { ...sentTo },
        releasedBy: origin === null ? author : null,
        source,
        // A later version of a partner may say more of a condition: it stands in the origin.
        use: { ...use, conditions: use.conditions.map(({ code, until, text }) => ({ code, until, text })) },
        origin,
        marking,
      }
    })
    return ok({ result: result as never, events: [] })
  },
})

const dashboard = action({
  name: 'joint.dashboard',
  summary: 'The figures of a joint case, computed from what was released to it and you may see',
  kind: 'read',
  input: closed({ id: Id }),
  output: Dashboard,
  asks: onJoint('readRecord'),
  run: async (context, { id }) => {
    const released = await readable(context, await jointOf(context, id))
    return ok({
      result: dashboardOf(
        released.map(({ body }) => body),
        context.now,
      ),
      events: [],
    })
  },
})

async function readable(context: ActionContext, { body, caseId }: StoredJoint): Promise<Stored<ObjectBody>[]> {
  const shown: Stored<ObjectBody>[] = []
  for (const one of await everyRecord<ObjectBody>(context, OBJECT, caseId))
    if (one.body.joint === body.joint && (await context.may(readQuestion(one)))) shown.push(one)
  return shown
}

export const jointReadActions = [objects, dashboard] as const
