/** Opening, reading, changing, closing cases. */
import { Type } from '@sinclair/typebox'
import { action, ok, Purpose, refuse } from '../kernel/index.ts'
import type { CaseBody } from './case.ts'
import { CaseKind, CaseView, checkPartners, checkPurposes, openCaseBody, Partners, Reference, Title } from './case.ts'
import { caseOf, putCase } from './case-acts.ts'
import { hasOpenRequests } from './case-open-requests.ts'
import { CaseId, Changed, Cursor, closed, DEFAULT_LIMIT, Limit, pageOf, Seen, text } from './fields.ts'
import { passingPage } from './listing.ts'

const Purposes = Type.Array(Purpose, { minItems: 1, maxItems: 5, uniqueItems: true })
const Summary = text(20_000, 'What the case is about.')
const Reason = text(2000, 'Why; kept with the case and in the journal.')

const open = action({
  name: 'case.open',
  summary: 'Open a case; who opens it is its first member and lead',
  kind: 'change',
  input: closed({
    title: Title,
    reference: Type.Optional(Reference),
    summary: Type.Optional(Summary),
    kind: CaseKind,
    partners: Type.Optional(Partners),
    purposes: Purposes,
    training: Type.Optional(Type.Boolean({ description: 'An exercise. Fixed for the whole life of the case.' })),
  }),
  output: Changed,
  asks: () => ({ right: 'openCase', subject: { type: 'node' } }),
  run: async (context, { partners = [], training = false, ...input }) => {
    const body = openCaseBody({ ...input, partners, training }, context.actor, context.now)
    if (!body.ok) return body
    const caseId = context.newId()
    await context.records.openCase(caseId)
    const { kind, purposes, title } = input
    return putCase(context, caseId, {
      action: 'case.open',
      seen: 0,
      body: body.value,
      said: { title, kind, purposes: [...purposes], training },
    })
  },
})

const read = action({
  name: 'case.read',
  summary: 'Read a case',
  kind: 'read',
  input: closed({ caseId: CaseId }),
  output: CaseView,
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId }) => {
    const { id, version, at, body } = await caseOf(context, caseId)
    return ok({ result: { id, version, at, case: body }, events: [] })
  },
})

const list = action({
  name: 'case.list',
  summary: 'List the cases that you may see, oldest first',
  kind: 'read',
  input: closed({ after: Cursor, limit: Limit }),
  output: pageOf(CaseView),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async ({ records, actor, may }, { after, limit = DEFAULT_LIMIT }) => {
    // By membership first: a node holds many cases, a person works on few. What is shown is then for the policies to say.
    const mine = await records.find<CaseBody>('case', 'member', actor.id)
    const page = await passingPage(mine, { after, limit }, ({ id }) =>
      may({ right: 'seeInLists', subject: { type: 'case', id } }),
    )
    const items = page.items.map(({ id, version, at, body }) => ({ id, version, at, case: body }))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

const update = action({
  name: 'case.update',
  summary: 'Change title, file number, summary or partners of a case',
  kind: 'change',
  input: closed({
    caseId: CaseId,
    seen: Seen,
    title: Title,
    reference: Type.Optional(Reference),
    summary: Type.Optional(Summary),
    kind: CaseKind,
    partners: Type.Optional(Partners),
  }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, seen, title, reference = null, summary = null, kind, partners = [] }) => {
    const fits = checkPartners(kind, partners)
    if (!fits.ok) return fits
    const { body } = await caseOf(context, caseId)
    return putCase(context, caseId, {
      action: 'case.update',
      seen,
      body: { ...body, title, reference, summary, kind, partners: [...partners] },
      said: { title, kind },
    })
  },
})

const repurpose = action({
  name: 'case.repurpose',
  summary: 'Change what a case serves; use for another purpose needs a basis (LED art. 4(2))',
  kind: 'change',
  input: closed({ caseId: CaseId, seen: Seen, purposes: Purposes, reason: Reason }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, seen, purposes, reason }) => {
    const { body } = await caseOf(context, caseId)
    const fits = checkPurposes(purposes, body.access.training)
    if (!fits.ok) return fits
    return putCase(context, caseId, {
      action: 'case.repurpose',
      seen,
      body: { ...body, access: { ...body.access, purposes: [...purposes] }, reason },
      said: { before: body.access.purposes, after: [...purposes], reason },
    })
  },
})

const close = action({
  name: 'case.close',
  summary: 'Close a case: it is read, and nothing in it is edited any more',
  kind: 'change',
  input: closed({ caseId: CaseId, seen: Seen, reason: Reason }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, seen, reason }) => {
    const { body } = await caseOf(context, caseId)
    if (body.access.closed) return refuse('CASE_CLOSED', 'The case is closed already.', { place: caseId })
    if ((body.referral ?? null) !== null)
      return refuse('CASE_REFERRED', 'The case is referred to somebody, who has not answered.', {
        place: caseId,
        fix: 'Wait for the answer, or withdraw the referral.',
      })
    // A request that somebody abroad still works on, or a referral that nobody has taken up, needs an owner here.
    if (await hasOpenRequests(context, caseId))
      return refuse(
        'CASE_REQUESTS_OPEN',
        'A request of the case is up for approval, or still open with another authority.',
        {
          place: caseId,
          fix: 'Wait for the answer, withdraw the request, or have the other authority confirm that it took it over.',
        },
      )
    return putCase(context, caseId, {
      action: 'case.close',
      seen,
      body: { ...body, access: { ...body.access, closed: true }, closedAt: context.now, reason },
      said: { reason },
    })
  },
})

const reopen = action({
  name: 'case.reopen',
  summary: 'Open a closed case again',
  kind: 'change',
  input: closed({ caseId: CaseId, seen: Seen, reason: Reason }),
  output: Changed,
  asks: ({ caseId }) => ({ right: 'manageMembers', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, seen, reason }) => {
    const { body } = await caseOf(context, caseId)
    if (!body.access.closed) return refuse('CASE_OPEN', 'The case is open.', { place: caseId })
    if (body.heldBy)
      return refuse('CASE_HELD_ELSEWHERE', `${body.heldBy.authority} has taken the case over.`, {
        place: caseId,
        fix: 'Have them refer it back, and open a case for what they send.',
      })
    return putCase(context, caseId, {
      action: 'case.reopen',
      seen,
      body: { ...body, access: { ...body.access, closed: false }, closedAt: null, reason },
      said: { reason },
    })
  },
})

const history = action({
  name: 'case.history',
  summary: 'Every version of a case, oldest first',
  kind: 'read',
  input: closed({ caseId: CaseId }),
  output: Type.Array(CaseView),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async ({ records }, { caseId }) => {
    const versions = await records.history<CaseBody>('case', caseId)
    return ok({ result: versions.map(({ id, version, at, body }) => ({ id, version, at, case: body })), events: [] })
  },
})

export const caseActions = [open, read, list, update, repurpose, close, reopen, history] as const
