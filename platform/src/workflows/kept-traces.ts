/**
 * Trace records that a case keeps: what a request stands on, and what goes with it into a bundle. A record is kept as the file
 * that the trace wrote, once in each case, however many requests stand on it.
 */
import { type Static, Type } from '@sinclair/typebox'
import {
  Cursor,
  checkMarking,
  closed,
  DEFAULT_LIMIT,
  Digest,
  did,
  Id,
  Instant,
  Limit,
  pageOf,
  readablePage,
  Version,
} from '../casework/index.ts'
import {
  type ActionContext,
  action,
  amber,
  canonicalJson,
  type Event,
  Marking,
  ok,
  type Result,
  refuse,
  type Stored,
} from '../kernel/index.ts'
import {
  type AccountTraceRecord,
  bridgesMet,
  checkAccountAlone,
  checkAlone,
  checkContinuationAlone,
  isAccountRecord,
  parseAccountRecord,
  parseRecord,
  type TraceRecord,
  tagsUsedBy,
} from '../tracing/index.ts'
import { type KeptTrace, TRACE } from './kept-trace.ts'
import { linkRejectionsOf, RejectedLink } from './link-rejection.ts'
import { RetractedTag, retractionsOf, taggedRef } from './tag-retraction.ts'

export { type KeptTrace, TRACE }

export const RecordText = Type.String({
  minLength: 2,
  maxLength: 20_000_000,
  description: 'The trace record, as the file that the trace wrote.',
})

export type Keeping = { readonly caseId: string; readonly text: string; readonly marking: Marking }

/** Keeps the record where the case does not have it yet; `events` is then the fact for the journal, and empty otherwise. */
export async function keepTrace(
  context: ActionContext,
  { caseId, text, marking }: Keeping,
): Promise<Result<{ readonly id: string; readonly record: AnyRecord; readonly events: readonly Event[] }>> {
  const marked = checkMarking(marking)
  if (!marked.ok) return marked
  const record = parseKept(text, '/record')
  if (!record.ok) return record
  const failed = checksOf(record.value).find(({ verdict }) => verdict === 'fails')
  if (failed)
    return refuse('TRACE_FALSE', `The trace record contradicts itself (${failed.name}): ${failed.detail}.`, {
      place: '/record',
      fix: 'Use the file as the trace wrote it.',
    })
  const { digest, rule } = record.value
  const [known] = (await keptTraces(context, caseId, digest)).filter(
    ({ body }) => canonicalJson(body.marking) === canonicalJson(marking),
  )
  if (known) return ok({ id: known.id, record: record.value, events: [] })
  const { id: author } = context.actor
  const id = context.newId()
  const tagged = tagsUsedBy(record.value)
  const { links } = bridgesMet(record.value)
  const body: KeptTrace = { text, digest, rule: rule.id, marking, author, tagged, links }
  const refs = { digest: refOf(caseId, digest), tagged: [...new Set(tagged.map(taggedRef))], link: links }
  await context.records.put(TRACE, id, body, { caseId, seen: 0, refs })
  return ok({ id, record: record.value, events: [did('trace.keep', TRACE, id, caseId, { digest, rule: rule.id })] })
}

type AnyRecord = TraceRecord | AccountTraceRecord

/** Of either family of chains. */
export function parseKept(text: string, place: string): Result<AnyRecord> {
  return isAccountRecord(text) ? parseAccountRecord(text, place) : parseRecord(text, place)
}

function checksOf(record: AnyRecord) {
  return record.format === 'comity-trace/1'
    ? [...checkAlone(record), ...checkContinuationAlone(record)]
    : checkAccountAlone(record)
}

/** The records of this digest that the case keeps, under whatever marking. */
export function keptTraces(
  { records }: Pick<ActionContext, 'records'>,
  caseId: string,
  digest: string,
): Promise<readonly Stored<KeptTrace>[]> {
  return records.find<KeptTrace>(TRACE, 'digest', refOf(caseId, digest))
}

function refOf(caseId: string, digest: string): string {
  return `${caseId} ${digest}`
}

const View = closed({
  id: Id,
  version: Version,
  at: Instant,
  digest: Digest,
  rule: Type.String(),
  marking: Marking,
  author: Type.String(),
  retractedTags: Type.Array(RetractedTag, {
    description: 'Tags on which the trace rests and that were taken back since.',
  }),
  rejectedLinks: Type.Array(RejectedLink, {
    description: 'Links between chains that the trace goes over and that are rejected.',
  }),
})

const keep = action({
  name: 'trace.keep',
  summary: 'Keep a trace record in a case; one that the case has already is kept once',
  kind: 'change',
  events: ['trace.keep'],
  input: closed({ caseId: Id, record: RecordText, marking: Type.Optional(Marking) }),
  output: closed({ id: Id, digest: Digest }),
  asks: ({ caseId }) => ({ right: 'recordTrace', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, record, marking = amber }) => {
    const kept = await keepTrace(context, { caseId, text: record, marking })
    if (!kept.ok) return kept
    const { id, events } = kept.value
    const { digest } = kept.value.record
    const again = did('trace.keep', TRACE, id, caseId, { digest, again: true })
    return ok({ result: { id, digest }, events: events.length > 0 ? events : [again] })
  },
})

const read = action({
  name: 'trace.read',
  summary: 'Read a trace record of a case, as its file',
  kind: 'read',
  input: closed({ id: Id }),
  output: closed({ ...View.properties, record: RecordText }),
  asks: ({ id }) => ({ right: 'readRecord', subject: { type: 'record', kind: TRACE, id } }),
  run: async (context, { id }) => {
    const stored = await context.records.get<KeptTrace>(TRACE, id)
    if (!stored) throw new Error('a permitted trace has no record')
    return ok({ result: { ...(await toView(context, stored)), record: stored.body.text }, events: [] })
  },
})

const list = action({
  name: 'trace.list',
  summary: 'List the trace records of a case that you may see, oldest first',
  kind: 'read',
  input: closed({ caseId: Id, after: Cursor, limit: Limit }),
  output: pageOf(View),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const page = await readablePage<KeptTrace>(context, TRACE, caseId, { after, limit })
    const items: Static<typeof View>[] = []
    for (const stored of page.items) items.push(await toView(context, stored))
    return ok({ result: { items, next: page.next }, events: [] })
  },
})

async function toView(
  context: ActionContext,
  { id, version, at, body }: Stored<KeptTrace>,
): Promise<Static<typeof View>> {
  const { digest, rule, marking, author, tagged, links = [] } = body
  const retractedTags = [...(await retractionsOf(context, tagged))]
  const rejectedLinks = [...(await linkRejectionsOf(context, links))]
  return { id, version, at, digest, rule, marking, author, retractedTags, rejectedLinks }
}

export const keptTraceActions = [keep, read, list] as const
