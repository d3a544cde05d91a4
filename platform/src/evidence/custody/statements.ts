/**
 * Attribution statements: who says what of an address, an account or a person, on what basis, and how sure. Vendors and
 * agencies disagree; a statement is an assessment and never a fact, so that claims which differ stand side by side and are
 * marked as conflicting. Nothing is merged, and nothing wins by being newer.
 */
import { type Static, Type } from '@sinclair/typebox'
import {
  type Action,
  type ActionContext,
  action,
  canonicalJson,
  type Json,
  Marking,
  ok,
  type Protected,
  refuse,
  type Stored,
} from '../../kernel/index.ts'
import { exhibitInCase } from './in-case.ts'
import { CaseId, Uuid, Words } from './schemas.ts'

export const StatementSubject = Type.Object(
  {
    type: Type.Union(
      ['address', 'transaction', 'account', 'person', 'organisation', 'device'].map((one) => Type.Literal(one)),
    ),
    network: Type.Optional(Words('The network of an address or transaction.', 40)),
    // One spelling for one thing: no blanks around it, nothing that is not seen.
    value: Type.String({
      pattern: '^[^\\s\\p{C}]([^\\p{C}]{0,298}[^\\s\\p{C}])?$',
      description: 'As its gate writes it.',
    }),
  },
  { additionalProperties: false },
)

const StatementInput = Type.Object(
  {
    caseId: CaseId,
    subject: StatementSubject,
    claim: Words('What is said of the subject, as: controlled by Exchange X.', 1000),
    basis: Words('On what it rests.', 4000),
    method: Words('How it was found: a heuristic, a purchase, an answer to a request; with tool and version.', 2000),
    confidence: Type.Union(['low', 'moderate', 'high', 'certain'].map((one) => Type.Literal(one))),
    sourceExhibit: Uuid('The exhibit on which it rests.'),
    statedBy: Words('Who says so: a vendor, an agency, an expert, with version where it is software.', 300),
    validFrom: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
    validTo: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
    marking: Marking,
  },
  { additionalProperties: false },
)
export type StatementBody = Protected &
  Omit<Static<typeof StatementInput>, 'caseId' | 'marking'> & {
    readonly retracted: { readonly by: string; readonly at: string; readonly reason: string } | null
  }

const Versioned = Type.Object({ statementId: Type.String(), version: Type.Integer() }, { additionalProperties: false })

const make = action({
  name: 'statement.make',
  summary: 'State what an address, account or person is, on what basis, and how sure',
  kind: 'change',
  events: ['statement.made'],
  input: StatementInput,
  output: Versioned,
  asks: ({ caseId }) => ({ right: 'editCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, ...input }) => {
    const source = await exhibitInCase(context, caseId, input.sourceExhibit)
    if (!source.ok) return source
    if (input.validFrom !== null && input.validTo !== null && input.validTo < input.validFrom)
      return refuse('STATEMENT_VALIDITY', 'The statement ends before it begins.', {
        place: '/validTo',
        fix: 'Correct the dates.',
      })
    const body: StatementBody = { ...input, author: context.actor.id, retracted: null }
    const kept = await keepStatement(context, caseId, body)
    const { id } = kept
    return ok({
      result: { statementId: id, version: kept.version },
      events: [{ name: 'statement.made', of: 'statement', id, caseId, body: { ...body } as unknown as Json }],
    })
  },
})

/** Keeps a statement whose source is an exhibit of the case that the actor may read. No event is made here. */
export function keepStatement(
  { records, newId }: ActionContext,
  caseId: string,
  body: StatementBody,
): Promise<Stored<StatementBody>> {
  const refs = { subject: subjectKey(body.subject) }
  return records.put('statement', newId(), body, { caseId, seen: 0, refs })
}

const retract = action({
  name: 'statement.retract',
  summary: 'Retract a statement; it stays readable, with the reason',
  kind: 'change',
  events: ['statement.retracted'],
  input: Type.Object(
    { statementId: Uuid('The statement.'), seen: Type.Integer({ minimum: 1 }), reason: Words('Why.', 2000) },
    { additionalProperties: false },
  ),
  output: Versioned,
  asks: ({ statementId }) => ({ right: 'editRecord', subject: { type: 'record', kind: 'statement', id: statementId } }),
  run: async (context, { statementId, seen, reason }) => {
    const kept = await context.records.get<StatementBody>('statement', statementId)
    if (!kept) throw new Error('a permitted statement has no record')
    if (kept.body.retracted)
      return refuse('STATEMENT_RETRACTED', 'The statement was retracted before.', {
        place: `statement/${statementId}`,
        fix: 'Make a new statement.',
      })
    const retracted = { by: context.actor.id, at: context.now, reason }
    const { version } = await context.records.put<StatementBody>(
      'statement',
      statementId,
      { ...kept.body, retracted },
      { caseId: kept.caseId, seen, refs: { subject: subjectKey(kept.body.subject) } },
    )
    const { caseId } = kept
    return ok({
      result: { statementId, version },
      events: [{ name: 'statement.retracted', of: 'statement', id: statementId, caseId, body: { reason } }],
    })
  },
})

const list = action({
  name: 'statement.list',
  summary: 'List the statements of a case that you may read; those that conflict are marked',
  kind: 'read',
  input: Type.Object(
    {
      caseId: CaseId,
      subject: Type.Optional(StatementSubject),
      after: Type.Optional(Type.String({ format: 'uuid' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    { additionalProperties: false },
  ),
  output: Type.Unsafe<Json>({}),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, subject, after = null, limit = 50 }) => {
    const mayRead = (id: string) =>
      context.may({ right: 'readRecord', subject: { type: 'record', kind: 'statement', id } })
    const about = async (one: Static<typeof StatementSubject>) => {
      const found = await context.records.find<StatementBody>('statement', 'subject', subjectKey(one))
      const seen: (typeof found)[number][] = []
      // What conflicts is told among what the reader may see; a mark would give away what is hidden.
      for (const kept of found) if (kept.caseId === caseId && (await mayRead(kept.id))) seen.push(kept)
      return seen
    }
    const page = subject
      ? { items: await about(subject), next: null }
      : await context.records.list<StatementBody>('statement', { caseId, after, limit })
    const items: unknown[] = []
    for (const kept of page.items) {
      if (!(await mayRead(kept.id))) continue
      const same = (await about(kept.body.subject)).map(({ id, body }) => ({ id, body }))
      items.push({
        id: kept.id,
        version: kept.version,
        at: kept.at,
        ...kept.body,
        conflictsWith: conflictsOf(kept, same),
      })
    }
    return ok({ result: JSON.parse(JSON.stringify({ items, next: page.next })) as Json, events: [] })
  },
})

export function subjectKey({ type, network, value }: Static<typeof StatementSubject>): string {
  return canonicalJson([type, network ?? null, value])
}

type Kept = { readonly id: string; readonly body: StatementBody }

/** Ids of statements that say something else of the same subject for some of the same time; retracted ones do not count. */
export function conflictsOf(one: Kept, all: readonly Kept[]): readonly string[] {
  if (one.body.retracted) return []
  return all
    .filter(
      ({ id, body }) =>
        id !== one.id &&
        body.retracted === null &&
        subjectKey(body.subject) === subjectKey(one.body.subject) &&
        body.claim !== one.body.claim &&
        overlap(body, one.body),
    )
    .map(({ id }) => id)
    .sort()
}

type Period = { readonly validFrom: string | null; readonly validTo: string | null }

/** Open ends reach for ever; the last day belongs to the period. ISO dates compare as text. */
function overlap(a: Period, b: Period): boolean {
  const startsBy = ({ validFrom }: Period, { validTo }: Period) =>
    validFrom === null || validTo === null || validFrom <= validTo
  return startsBy(a, b) && startsBy(b, a)
}

export const statementActions = [make, retract, list] as unknown as readonly Action[]
