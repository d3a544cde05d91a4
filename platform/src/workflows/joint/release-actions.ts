/** What is released into a joint case: references to evidence, traces, holdings, requests; and changes that others propose of it. */
import { type TSchema, Type } from '@sinclair/typebox'
import {
  Changed,
  closed,
  did,
  Id,
  nullable,
  oneOf,
  type RequestBody,
  Seen,
  text,
  useConditionCodes,
} from '../../casework/index.ts'
import { type ExhibitBody, exhibitInCase, type StatementBody } from '../../evidence/custody/index.ts'
import { holdingStates, SharedContent } from '../../exchange/index.ts'
import { deskOf, QUEUED, write } from '../../exchange/together/index.ts'
import {
  type ActionContext,
  action,
  canonicalJson,
  type Json,
  type Marking,
  ok,
  type Result,
  refuse,
  sha256Text,
} from '../../kernel/index.ts'
import { type KeptTrace, TRACE } from '../kept-traces.ts'
import { AgencyId } from './joint.ts'
import { isActive, jointOf, onJoint, type StoredJoint, toParty } from './joint-acts.ts'
import { notOurs, release, releasedFrom, send, shareable } from './release.ts'
import { CHANGE, OBJECT, type ObjectBody } from './shared-object.ts'
import { putObject } from './take-object.ts'

/** A change that this agency has proposed of an object of another one. */
export type ChangeBody = {
  readonly joint: string
  readonly owner: string
  readonly object: string
  readonly content: SharedContent
  readonly reason: string
  readonly state: 'open' | 'accepted' | 'refused'
  readonly version: number | null
  readonly answer: string | null
  readonly marking: Marking
  readonly author: string
}

/** The largest trace record that goes inside a message; a larger one is known by its digest. */
const LARGEST_RECORD = 600_000
const MOST_TEXT = 20_000

const UnitId = Type.String({
  maxLength: 175,
  pattern: '^([-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}|iso4217:[A-Z]{3})$',
  description: 'An asset by its CAIP-19 id, or money of a State as iso4217:EUR.',
})
const Item = Type.Union(
  [
    closed({
      kind: Type.Literal('holding'),
      asset: UnitId,
      amount: Type.String({
        maxLength: 78,
        pattern: '^(0|[1-9][0-9]{0,77})$',
        description: 'Base units, digits only.',
      }),
      state: oneOf(holdingStates, 'What has become of it.'),
      where: text(300, 'Where it lies.'),
      object: Type.Optional(Id),
    }),
    closed({ kind: Type.Literal('exhibit'), id: Id, says: Type.Optional(text(MOST_TEXT, 'What is said of it.')) }),
    closed({ kind: oneOf(['statement', 'trace', 'request'], 'What it is.'), id: Id }),
  ],
  { description: 'What is released.' },
)
/** What travels takes members that it does not know; what is given here does not. */
function shut<S extends TSchema>(schema: S): S {
  const { anyOf, items, properties } = schema
  return {
    ...schema,
    ...(anyOf ? { anyOf: anyOf.map(shut) } : {}),
    ...(items ? { items: shut(items) } : {}),
    ...(properties
      ? {
          properties: Object.fromEntries(Object.entries<TSchema>(properties).map(([name, one]) => [name, shut(one)])),
          additionalProperties: false,
        }
      : {}),
  }
}

const Conditions = Type.Array(
  closed({
    code: oneOf(useConditionCodes, 'What the others may do with it.'),
    until: nullable(Type.String({ format: 'date' })),
    text: nullable(text(2000, 'In words.')),
  }),
  { maxItems: 20 },
)
export const Onward = oneOf(
  ['forbidden', 'with-consent', 'allowed'],
  'Whether others may pass it on; forbidden where nothing is said.',
)
export const ReleasedView = closed({ ...Changed.properties, object: Id, sentTo: Type.Array(AgencyId) })

const releaseItem = action({
  name: 'joint.release',
  summary: 'Release something of a case to everybody who takes part in a joint case; again for its next version',
  kind: 'change',
  events: ['joint.release', QUEUED],
  input: closed({
    id: Id,
    item: Item,
    conditions: Type.Optional(Conditions),
    onward: Type.Optional(Onward),
  }),
  output: ReleasedView,
  asks: onJoint('shareJointly'),
  run: async (context, { id, item, conditions, onward }) => {
    const joint = await jointOf(context, id)
    const found = await contentOf(context, joint, item)
    if (!found.ok) return found
    const { content, source, marking } = found.value
    const before =
      item.kind === 'holding'
        ? item.object === undefined
          ? null
          : await context.records.get<ObjectBody>(OBJECT, item.object)
        : await releasedFrom(context, joint, source as NonNullable<typeof source>)
    if (
      item.kind === 'holding' &&
      item.object !== undefined &&
      (before?.caseId !== joint.caseId || before.body.said.content?.kind !== 'holding')
    )
      return notOurs(item.object)
    const done = await release(context, joint, before, {
      ...{ action: 'joint.release', content, source, marking },
      ...(conditions ? { conditions } : {}),
      ...(onward ? { onward } : {}),
    })
    if (!done.ok) return done
    const { events, sentTo, ...result } = done.value
    return ok({ result: { ...result, sentTo: [...sentTo] }, events })
  },
})

type Found = { readonly content: SharedContent; readonly source: ObjectBody['source']; readonly marking: Marking }

async function contentOf(
  context: ActionContext,
  joint: StoredJoint,
  item: (typeof Item)['static'],
): Promise<Result<Found>> {
  if (item.kind === 'holding') {
    const { object: _, ...content } = item
    return ok({ content, source: null, marking: joint.body.marking })
  }
  const source = { kind: item.kind, id: item.id }
  switch (item.kind) {
    case 'exhibit': {
      const kept = await shareable<ExhibitBody>(context, joint, 'exhibit', item.id)
      if (!kept.ok) return kept
      const exhibit = await exhibitInCase(context, joint.caseId, item.id)
      if (!exhibit.ok) return exhibit
      const { title, marking } = kept.value.body
      const says = item.says ?? null
      return ok({
        content: { kind: 'document', of: 'exhibit', title, sha256: exhibit.value.sha256, says },
        source,
        marking,
      })
    }
    case 'statement': {
      const kept = await shareable<StatementBody>(context, joint, 'statement', item.id)
      if (!kept.ok) return kept
      const { marking, author: _, ...said } = kept.value.body
      const { subject, claim, basis, confidence } = said
      const title = `${subject.type} ${subject.value}`.slice(0, 500)
      const says = `${claim} (${confidence}); ${basis}`.slice(0, MOST_TEXT)
      const sha256 = sha256Text(canonicalJson(said as unknown as Json))
      return ok({ content: { kind: 'document', of: 'statement', title, sha256, says }, source, marking })
    }
    case 'trace': {
      const kept = await shareable<KeptTrace>(context, joint, TRACE, item.id)
      if (!kept.ok) return kept
      const { digest, rule, text: record, marking } = kept.value.body
      return ok({
        content: { kind: 'trace', digest, rule, record: record.length > LARGEST_RECORD ? null : record },
        source,
        marking,
      })
    }
    case 'request': {
      const kept = await shareable<RequestBody>(context, joint, 'request', item.id)
      if (!kept.ok) return kept
      const { content, state, deadlines, marking } = kept.value.body
      const to = content.recipients
        .map(({ authority }) => authority)
        .join(', ')
        .slice(0, 300)
      const due =
        deadlines
          .flatMap((one) => one.due ?? [])
          .filter((one) => one > context.now)
          .sort()[0] ?? null
      const { instrument, requestType } = content
      return ok({ content: { kind: 'request', instrument, requestType, to, state, due }, source, marking })
    }
  }
}

export const onObject = (right: string) => (input: { id: string }) =>
  ({ right, subject: { type: 'record', kind: OBJECT, id: input.id } }) as const

export async function objectOf({ records }: ActionContext, id: string) {
  const stored = await records.get<ObjectBody>(OBJECT, id)
  if (!stored || stored.caseId === null) throw new Error('a permitted object has no record')
  return { ...stored, caseId: stored.caseId }
}

const withdraw = action({
  name: 'joint.withdraw',
  summary: 'Share an object of yours no more; the others are told, and what they have stays under its conditions',
  kind: 'change',
  events: ['joint.withdraw', QUEUED],
  input: closed({ id: Id, reason: text(2000, 'Why; it is told to the others.') }),
  output: ReleasedView,
  asks: onObject('shareJointly'),
  run: async (context, { id, reason }) => {
    const object = await objectOf(context, id)
    const joint = await jointOf(context, object.body.jointRecord)
    const { source } = object.body
    const done = await release(context, joint, object, {
      action: 'joint.withdraw',
      content: null,
      withdrawn: reason,
      source,
    })
    if (!done.ok) return done
    const { events, sentTo, ...result } = done.value
    return ok({ result: { ...result, sentTo: [...sentTo] }, events })
  },
})

const resend = action({
  name: 'joint.resend',
  summary: 'Release an object of yours, as it is, to those who take part now and have not had it',
  kind: 'change',
  events: ['joint.resend', QUEUED],
  input: closed({ id: Id }),
  output: ReleasedView,
  asks: onObject('shareJointly'),
  run: async (context, { id }) => {
    const stored = await objectOf(context, id)
    const { body, caseId } = stored
    const joint = await jointOf(context, body.jointRecord)
    const active = isActive(joint)
    if (!active.ok) return active
    const { me } = deskOf(context)
    if (body.owner !== me) return notOurs(id)
    const missing = joint.body.list.parties
      .filter(({ agency, state }) => state === 'accepted' && agency !== me && body.sentTo[agency] !== body.said.version)
      .map(({ agency }) => agency)
    const sent = await send(context, joint, body, missing)
    if (!sent.ok) return sent
    const sentTo = { ...body.sentTo, ...Object.fromEntries(missing.map((agency) => [agency, body.said.version])) }
    const { version } = await putObject(context, { id, caseId }, stored.version, {
      ...body,
      sentTo,
      by: context.actor.id,
    })
    const result = { id, version, object: body.object, sentTo: missing }
    return ok({ result, events: [did('joint.resend', OBJECT, id, caseId, { to: missing }), ...sent.value] })
  },
})

const proposeChange = action({
  name: 'joint.change.propose',
  summary: 'Propose to its owner how a shared object should read',
  kind: 'change',
  events: ['joint.change.propose', QUEUED],
  input: closed({ id: Id, content: shut(SharedContent), reason: text(2000, 'Why.') }),
  output: Changed,
  asks: onObject('shareJointly'),
  run: async (context, { id, content, reason }) => {
    const { body, caseId } = await objectOf(context, id)
    const joint = await jointOf(context, body.jointRecord)
    const active = isActive(joint)
    if (!active.ok) return active
    if (body.owner === deskOf(context).me)
      return refuse('JOINT_OWNER', 'The object is of your own agency.', { place: id, fix: 'Release its next version.' })
    if (body.said.content?.kind !== content.kind)
      return refuse('JOINT_OBJECT', 'The change is of another kind than the object.', {
        place: '/content/kind',
        fix: 'Propose the same kind.',
      })
    const change = context.newId()
    const letter = { joint: body.joint, object: body.object, change, seen: body.said.version, content, reason }
    const sent = await write(
      context,
      toParty(joint, body.owner, { type: 'joint.change', body: letter as unknown as Json, marking: body.marking }),
    )
    if (!sent.ok) return sent
    const proposal: ChangeBody = {
      ...{ joint: body.joint, owner: body.owner, object: id, content, reason },
      ...{ state: 'open', version: null, answer: null, marking: body.marking, author: context.actor.id },
    }
    const { version } = await context.records.put(CHANGE, change, proposal, { caseId, seen: 0 })
    return ok({
      result: { id: change, version },
      events: [did('joint.change.propose', CHANGE, change, caseId, { object: id }), ...sent.value.events],
    })
  },
})

const decideChange = action({
  name: 'joint.change.decide',
  summary:
    'Accept a change that another agency proposes of an object of yours, which is its next version, or refuse it',
  kind: 'change',
  events: ['joint.change.decide', QUEUED],
  input: closed({
    id: Id,
    seen: Seen,
    change: Id,
    outcome: oneOf(['accepted', 'refused'], 'What becomes of it.'),
    reason: Type.Optional(text(2000, 'Why.')),
  }),
  output: ReleasedView,
  asks: onObject('shareJointly'),
  run: async (context, { id, seen, change, outcome, reason = null }) => {
    const object = await objectOf(context, id)
    const { body, caseId } = object
    const joint = await jointOf(context, body.jointRecord)
    const proposal = body.proposals.find((one) => one.change === change && one.state === 'open')
    if (body.owner !== deskOf(context).me || !proposal)
      return refuse('JOINT_CHANGE', 'No such change waits for an answer.', {
        place: '/change',
        fix: 'See joint.objects.',
      })
    if (object.version !== seen)
      return refuse('VERSION_CONFLICT', 'The object has changed since you read it.', {
        place: id,
        fix: 'Read it again.',
      })
    const proposals = body.proposals.map((one) => (one === proposal ? { ...one, state: outcome, answer: reason } : one))
    const said = { joint: body.joint, object: body.object, change, outcome, reason }
    const answer = (version: number | null) =>
      write(context, {
        ...{
          type: 'joint.change.answer',
          body: { ...said, version },
          peer: proposal.from,
          caseId,
          marking: body.marking,
        },
        exchange: joint.body.exchanges[proposal.from] ?? proposal.exchange,
      })
    if (outcome === 'refused') {
      const sent = await answer(null)
      if (!sent.ok) return sent
      const { version } = await putObject(context, { id, caseId }, seen, { ...body, proposals, by: context.actor.id })
      const result = { id, version, object: body.object, sentTo: [] }
      return ok({
        result,
        events: [did('joint.change.decide', OBJECT, id, caseId, { change, outcome }), ...sent.value.events],
      })
    }
    const { content } = proposal
    const done = await release(context, joint, object, {
      action: 'joint.change.decide',
      content,
      source: body.source,
      proposals,
    })
    if (!done.ok) return done
    const sent = await answer(body.said.version + 1)
    if (!sent.ok) return sent
    const { events, sentTo, ...result } = done.value
    return ok({ result: { ...result, sentTo: [...sentTo] }, events: [...events, ...sent.value.events] })
  },
})

export const releaseActions = [releaseItem, withdraw, resend, proposeChange, decideChange] as const
