/**
 * A tag that was taken back reaches every case whose traces rest on it.
 *
 * The retraction is one record of the node. Each trace that a case keeps is found by the addresses at which tags stopped it,
 * and its case gets an entry in the journal; whoever reads the trace from then on sees the retraction beside it. A trace that is
 * kept later sees it as well, because reading asks the register: the order does not matter. Nobody learns from it in which
 * cases the tag was used.
 */
import { Type } from '@sinclair/typebox'
import { closed, did, Id, Instant, nullable } from '../casework/index.ts'
import { type ActionContext, action, type Event, ok } from '../kernel/index.ts'
import { isReasonOf, type UsedTag } from '../tracing/index.ts'
import { type KeptTrace, TRACE } from './kept-trace.ts'

export const TAG_RETRACTION = 'tag-retraction'

const TagId = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'As `comity tags show` gives it.' })

/** What a trace says of a tag, by which it is found. */
const said = {
  chain: Type.String({ minLength: 3, maxLength: 80 }),
  address: Type.String({ minLength: 1, maxLength: 200 }),
  label: Type.String({ minLength: 1, maxLength: 500 }),
  source: Type.String({ minLength: 1, maxLength: 2_000 }),
}

/** A trace does not hold the id of a tag: whoever sees it there need not know it, and what the trace says decides either way. */
const StatedTag = closed({ ...said, id: Type.Optional(TagId) })

type TagRetraction = {
  readonly tag: (typeof StatedTag)['static']
  readonly reason: string
  readonly by: string
}

export const RetractedTag = closed({
  ...said,
  id: nullable(TagId),
  reason: Type.String(),
  by: Id,
  at: Instant,
})

/** Under this word retractions and the traces that they concern are found. */
export function taggedRef({ chain, address }: Pick<UsedTag, 'chain' | 'address'>): string {
  return `${chain} ${address}`
}

/** The retractions that concern a trace, earliest first. */
export async function retractionsOf(
  { records }: Pick<ActionContext, 'records'>,
  tagged: readonly UsedTag[],
): Promise<readonly (typeof RetractedTag)['static'][]> {
  const found = new Map<string, (typeof RetractedTag)['static']>()
  for (const key of new Set(tagged.map(taggedRef))) {
    for (const { id, at, body } of await records.find<TagRetraction>(TAG_RETRACTION, 'tagged', key)) {
      if (tagged.some((used) => taggedRef(used) === key && isReasonOf(used.reason, body.tag)))
        found.set(id, { ...body.tag, id: body.tag.id ?? null, reason: body.reason, by: body.by, at })
    }
  }
  const order = ([id, { at }]: readonly [string, { readonly at: string }]) => `${at} ${id}`
  return [...found].sort((a, b) => (order(a) < order(b) ? -1 : 1)).map(([, one]) => one)
}

const retract = action({
  name: 'tag.retract',
  summary: 'Take a tag back, with the reason: every trace that rests on it says so, in whatever case',
  kind: 'change',
  input: closed({
    tag: StatedTag,
    reason: Type.String({ minLength: 3, maxLength: 2_000, description: 'Why the tag is wrong, or no longer right.' }),
  }),
  output: closed({ id: Id }),
  asks: () => ({ right: 'openCase', subject: { type: 'node' } }),
  run: async (context, { tag, reason }) => {
    const { records, actor } = context
    const id = context.newId()
    const key = taggedRef(tag)
    const body: TagRetraction = { tag, reason, by: actor.id }
    await records.put<TagRetraction>(TAG_RETRACTION, id, body, { caseId: null, seen: 0, refs: { tagged: key } })
    const known = { tag: tag.id ?? null, retraction: id, reason }
    const concerned = (await records.find<KeptTrace>(TRACE, 'tagged', key)).filter(({ body: { tagged } }) =>
      tagged.some((used) => taggedRef(used) === key && isReasonOf(used.reason, tag)),
    )
    const events: Event[] = concerned.map((trace) => did('tag.retract', TRACE, trace.id, trace.caseId, known))
    return ok({
      result: { id },
      events: [did('tag.retract', TAG_RETRACTION, id, null, { tag: tag.id ?? null, reason }), ...events],
    })
  },
})

export const tagRetractionActions = [retract] as const
