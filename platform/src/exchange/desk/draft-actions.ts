/** Writing a message, having it approved, sending it. */
import { type Static, Type } from '@sinclair/typebox'
import {
  type ApprovalDesk,
  ChallengeView,
  Changed,
  Credential,
  caseOf,
  ports as casework,
  checkMarking,
  closed,
  Digest,
  did,
  Id,
  Instant,
  type PolicyVersion,
  Seen,
  text,
  Version,
} from '../../casework/index.ts'
import {
  type ActionContext,
  action,
  amber,
  canonicalJson,
  Marking,
  ok,
  Purpose,
  type Result,
  refuse,
  type Stored,
  sha256Text,
} from '../../kernel/index.ts'
import { approvalsOf, approvedPart, checkApprovals, messageChallenge } from '../approvals.ts'
import { checkFollows, closedThroughout, Header, usualDeadline } from '../wire/index.ts'
import { checkContent, headerFor, newestMajor, ruleFor } from './drafting.ts'
import { headerOf } from './header-of.ts'
import { Body, Major, MESSAGE, type MessageBody, Peer, TypeName } from './message-record.ts'
import { type MessageDesk, ports } from './ports.ts'

/** An approval of a message holds as long as one of a request. */
const APPROVAL_MS = 86_400_000

const { legalBasis, instrument, urgency, confidentiality, useConditions, dataProtection, unit, relatesTo, languages } =
  Header.properties
/**
 * What of a header a person states; the rest follows from the case, the marking and the directory. Closed throughout: what
 * travels is open to later versions, what a person writes is not, or a misspelt member would be sent and never be heard of.
 */
export const StatedHeader = closedThroughout(
  Type.Partial(
    closed({
      legalBasis,
      instrument,
      urgency,
      confidentiality,
      useConditions,
      dataProtection,
      unit,
      relatesTo,
      languages,
    }),
  ),
)

export const Draft = closed({
  caseId: Type.String({ format: 'uuid', description: 'The case that it belongs to.' }),
  to: Peer,
  type: TypeName,
  major: Type.Optional(Major),
  exchange: Type.Optional(Digest),
  purpose: Purpose,
  header: Type.Optional(StatedHeader),
  body: Body,
  deadline: Type.Optional(Instant),
  theirs: Type.Optional(Type.Array(text(200, 'Their file number.'), { maxItems: 20 })),
  marking: Type.Optional(Marking),
})
export type Draft = Static<typeof Draft>

export type StoredMessage = Stored<MessageBody> & { readonly caseId: string }

export async function messageOf({ records }: ActionContext, id: string): Promise<StoredMessage> {
  const stored = await records.get<MessageBody>(MESSAGE, id)
  if (!stored || stored.caseId === null) throw new Error('a permitted message has no record')
  return { ...stored, caseId: stored.caseId }
}

const onCase = ({ caseId }: { caseId: string }) =>
  ({ right: 'draftRequest', subject: { type: 'case', id: caseId } }) as const
const onMessage = (right: string) => (input: { id: string }) =>
  ({ right, subject: { type: 'record', kind: MESSAGE, id: input.id } }) as const

/** A new draft of a message in a case, checked as its receiver will check it. */
export async function draftMessage(
  context: ActionContext,
  draft: Draft,
  request: string | null,
): Promise<Result<MessageBody>> {
  const desk = context.port<MessageDesk>(ports.messages)
  const marking = draft.marking ?? amber
  const marked = checkMarking(marking)
  if (!marked.ok) return marked
  const major = draft.major === undefined ? newestMajor(draft.type) : ok(draft.major)
  if (!major.ok) return major
  const partner = await partnerIn(desk, draft)
  if (!partner.ok) return partner
  const home = await caseOf(context, draft.caseId)
  if (!home.body.access.purposes.includes(draft.purpose))
    return refuse('MESSAGE_PURPOSE', `The case does not serve the purpose ${draft.purpose}.`, {
      place: '/purpose',
      fix: `Name one that it serves: ${home.body.access.purposes.join(', ')}.`,
    })
  const { tlp, handling = null, onwardUse, needToKnow } = marking
  const said = headerOf(
    {
      purpose: draft.purpose,
      tlp,
      mine: draft.caseId,
      theirs: draft.theirs ?? [],
      policyVersion: context.port<PolicyVersion>(casework.policies).version,
      language: 'en',
    },
    {
      ...draft.header,
      marking: { tlp, handling, onwardUse, purpose: draft.purpose, needToKnow },
      officer: { name: context.actor.name, role: context.actor.role },
    },
  )
  const fixed = {
    id: context.newId(),
    created: context.now,
    deadline: draft.deadline ?? usualDeadline(draft.type, context.now),
  }
  const body: MessageBody = {
    direction: 'out',
    peer: draft.to,
    type: draft.type,
    major: major.value,
    header: said,
    fixed,
    body: draft.body,
    state: 'draft',
    exchange: draft.exchange ?? null,
    digest: null,
    request,
    drafters: [context.actor.id],
    code: null,
    note: null,
    evidence: null,
    at: context.now,
    due: null,
    marking,
    author: context.actor.id,
  }
  const fits = checkContent(desk, body)
  return fits.ok ? ok(body) : fits
}

/** What follows goes to the other party of its exchange, and belongs to the case of it. */
async function partnerIn(desk: MessageDesk, { exchange, to, caseId, type }: Draft): Promise<Result<null>> {
  if (exchange === undefined) return ok(null)
  const known = await desk.exchange(exchange)
  const parties = known === null ? [] : [known.opener, known.other]
  if (known !== null && known.caseId === caseId && parties.includes(to))
    return checkFollows(
      { type: known.openingType, from: known.opener, to: known.other },
      { type, header: { from: desk.me, to } },
    )
  return refuse('MESSAGE_EXCHANGE', 'There is no such exchange with this partner in this case.', {
    place: '/exchange',
    fix: 'Name the exchange of a message of the case (message.list), and its other party.',
  })
}

export async function putMessage(
  { records }: ActionContext,
  {
    id,
    caseId,
    seen,
    body,
  }: { readonly id: string; readonly caseId: string; readonly seen: number; readonly body: MessageBody },
): Promise<Stored<MessageBody>> {
  const refs = {
    message: `${body.direction} ${body.peer} ${body.fixed.id}`,
    ...(body.exchange === null ? {} : { exchange: body.exchange }),
    ...(body.request === null ? {} : { request: body.request }),
  }
  return records.put<MessageBody>(MESSAGE, id, body, { caseId, seen, refs })
}

const draft = action({
  name: 'message.draft',
  summary: 'Write a message to another agency, of any type of the catalogue; nothing is sent yet',
  kind: 'change',
  input: Draft,
  output: Changed,
  asks: onCase,
  run: async (context, given) => {
    const body = await draftMessage(context, given, null)
    if (!body.ok) return body
    const id = context.newId()
    const { version } = await putMessage(context, { id, caseId: given.caseId, seen: 0, body: body.value })
    const said = { to: given.to, type: given.type, exchange: given.exchange ?? null }
    return ok({ result: { id, version }, events: [did('message.draft', MESSAGE, id, given.caseId, said)] })
  },
})

const change = action({
  name: 'message.change',
  summary: 'Change what a message says that was not sent; who had approved it approves it anew',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, body: Body }),
  output: Changed,
  asks: onMessage('editRecord'),
  run: async (context, { id, seen, body: says }) => {
    const { body, caseId } = await messageOf(context, id)
    if (body.state !== 'draft') return notDraft()
    if (body.request !== null)
      return refuse('MESSAGE_OF_REQUEST', 'What this message says is what its request says.', {
        fix: 'Give it up, change the request, and make a message of the request again.',
      })
    const drafters = [...new Set([...body.drafters, context.actor.id])]
    const after = { ...body, body: says, drafters, header: { ...body.header, approvals: [] }, at: context.now }
    const fits = checkContent(context.port<MessageDesk>(ports.messages), after)
    if (!fits.ok) return fits
    const { version } = await putMessage(context, { id, caseId, seen, body: after })
    return ok({ result: { id, version }, events: [did('message.change', MESSAGE, id, caseId, {})] })
  },
})

const discard = action({
  name: 'message.discard',
  summary: 'Give up a message that was not sent',
  kind: 'change',
  input: closed({ id: Id, seen: Seen }),
  output: Changed,
  asks: onMessage('editRecord'),
  run: async (context, { id, seen }) => {
    const message = await messageOf(context, id)
    if (message.body.state !== 'draft') return notDraft()
    const { caseId } = message
    const { version } = await putMessage(context, { id, caseId, seen, body: { ...message.body, state: 'discarded' } })
    return ok({ result: { id, version }, events: [did('message.discard', MESSAGE, id, caseId, {})] })
  },
})

const challenge = action({
  name: 'message.challenge',
  summary: 'What your authenticator has to sign so that you approve exactly this message',
  kind: 'read',
  input: closed({ id: Id }),
  output: ChallengeView,
  asks: onMessage('approveRequest'),
  run: async (context, { id }) => {
    const { body } = await messageOf(context, id)
    if (body.state !== 'draft') return notDraft()
    const { digest, challenge } = approvedNow(context, body)
    const expiresAt = new Date(Date.parse(context.now) + APPROVAL_MS).toISOString()
    return ok({ result: { digest, expiresAt, challenge }, events: [] })
  },
})

function approvedNow(context: ActionContext, body: MessageBody) {
  const header = headerFor(context.port<MessageDesk>(ports.messages), body)
  const message = { header, body: body.body }
  return { message, digest: sha256Text(canonicalJson(approvedPart(message))), challenge: messageChallenge(message) }
}

const approve = action({
  name: 'message.approve',
  summary: 'Approve a message; the approval goes with it, and its receiver can check it',
  kind: 'change',
  input: closed({ id: Id, seen: Seen, digest: Digest, credential: Credential }),
  output: Changed,
  asks: onMessage('approveRequest'),
  run: async (context, { id, seen, digest, credential }) => {
    const { actor, now } = context
    const stored = await messageOf(context, id)
    const { body, caseId } = stored
    if (body.state !== 'draft') return notDraft()
    const wanted = approvedNow(context, body)
    if (digest !== wanted.digest)
      return refuse('APPROVAL_OTHER_CONTENT', 'What you approve is not what is there now.', {
        place: '/digest',
        fix: 'Read it again, and ask for a new challenge.',
      })
    if (body.drafters.includes(actor.id))
      return refuse('APPROVAL_OWN_DRAFT', 'Nobody approves what they have written, even in part.', {
        fix: 'Let somebody else approve it.',
      })
    const verified = await context
      .port<ApprovalDesk>(casework.approvals)
      .verify({ personId: actor.id, credential, challenge: wanted.challenge })
    if (!verified.ok) return verified
    const { deviceBound, userVerified, proof } = verified.value
    if (!deviceBound || !userVerified)
      return refuse(
        'APPROVAL_AUTHENTICATOR',
        'The authenticator did not verify you, or its key can leave the device.',
        {
          place: '/credential',
          fix: 'Use a security key or the authenticator of one device, with PIN or biometrics.',
        },
      )
    const before = body.header.approvals.filter(({ expiresAt }) => Date.parse(expiresAt) > Date.parse(now))
    if (before.some(({ approver }) => approver.id === actor.id))
      return refuse('APPROVAL_REPEATED', 'You have approved this already, or this signature was used before.', {
        fix: 'Let somebody else approve it too.',
      })
    const approval = {
      approver: { id: actor.id, name: actor.name, role: actor.role },
      givenAt: now,
      expiresAt: new Date(Date.parse(now) + APPROVAL_MS).toISOString(),
      proof: proof as unknown as MessageBody['header']['approvals'][number]['proof'],
    }
    const after = { ...body, header: { ...body.header, approvals: [...before, approval] } }
    const { version } = await putMessage(context, { id, caseId, seen, body: after })
    const said = { digest, credentialId: verified.value.credentialId }
    return ok({ result: { id, version }, events: [did('message.approve', MESSAGE, id, caseId, said)] })
  },
})

export const Sent = closed({ id: Id, version: Version, exchange: Digest, digest: Digest })

/** Queues a draft in the transaction of whoever sends it; refused where its approvals do not count now. */
export async function queueDraft(context: ActionContext, { id, caseId, body }: StoredMessage, seen: number) {
  if (body.state !== 'draft') return notDraft()
  const { now } = context
  const { exchange, header, fixed, peer, type, major } = body
  const { message } = approvedNow(context, body)
  const rule = ruleFor(context, body)
  if (rule !== null) {
    const live = header.approvals.filter(({ expiresAt }) => Date.parse(expiresAt) > Date.parse(now))
    const { checkJwk } = context.port<MessageDesk>(ports.messages)
    const enough = checkApprovals({ ...message, header: { ...message.header, approvals: live } }, rule, checkJwk)
    if (!enough.ok) return enough
  }
  const queued = await context.port<MessageDesk>(ports.messages).queue(context, {
    ...{ type, major, peer, exchange, caseId, header, body: body.body },
    ...(exchange === null ? { fixed: { id: fixed.id, created: fixed.created } } : {}),
    ...(fixed.deadline === null ? {} : { deadline: fixed.deadline }),
  })
  if (!queued.ok) return queued
  const { events, digest } = queued.value
  const after: MessageBody = {
    ...body,
    fixed: { ...fixed, id: queued.value.id },
    exchange: queued.value.exchange,
    state: 'queued',
    digest,
    at: now,
  }
  const { version } = await putMessage(context, { id, caseId, seen, body: after })
  const approvers = header.approvals.map(({ approver }) => approver.id)
  const said = { to: peer, type, digest, approvers }
  return ok({
    result: { id, version, exchange: queued.value.exchange, digest },
    events: [did('message.send', MESSAGE, id, caseId, said), ...events],
  })
}

function notDraft() {
  return refuse('MESSAGE_STATE', 'This message is no draft: it was sent, given up, or came from outside.', {
    fix: 'Write a new one.',
  })
}

export const Approvals = closed({
  needed: Type.Integer(),
  counted: Type.Integer(),
  missing: Type.Array(closed({ roles: Type.Array(Type.String()), count: Type.Integer() })),
  void: Type.Array(Type.String()),
})

/** Where the approvals of a draft stand; null where one person may send it. */
export function approvalsNow(context: ActionContext, body: MessageBody): Static<typeof Approvals> | null {
  const rule = body.state === 'draft' ? ruleFor(context, body) : null
  if (rule === null) return null
  const {
    needed,
    counted,
    missing,
    void: voided,
  } = approvalsOf(approvedNow(context, body).message, rule, context.port<MessageDesk>(ports.messages).checkJwk)
  return {
    needed,
    counted: counted.length,
    missing: missing.map(({ roles, count }) => ({ roles: [...roles], count })),
    void: voided.map(({ why }) => why),
  }
}

export const draftActions = [draft, change, discard, challenge, approve] as const
