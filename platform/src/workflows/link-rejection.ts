/**
 * A link between chains that was rejected reaches every case whose traces go over it.
 *
 * The rejection is one record of the node, and so is its withdrawal, as the next version. Each trace that a case keeps is found by
 * the links that it goes over; its case gets an entry in the journal, and whoever reads the trace from then on sees the rejection
 * beside it, whether the trace was kept before or after. Nobody learns from it in which cases the link was used. To run a trace
 * again takes its ledgers, which the node may not have: where it has, its watched traces run again (cli/node-ledger.ts).
 */
import { Type } from '@sinclair/typebox'
import { closed, did, Id, Instant } from '../casework/index.ts'
import { type ActionContext, action, type Event, ok, refuse } from '../kernel/index.ts'
import { type KeptTrace, TRACE } from './kept-trace.ts'

export const LINK_REJECTION = 'link-rejection'

const Link = Type.String({
  pattern: '^[0-9a-f]{64}$',
  description: 'The id of the link, as records of traces name it.',
})
const Reason = Type.String({ minLength: 3, maxLength: 2_000, description: 'Why.' })

type LinkRejection = {
  readonly link: string
  readonly reason: string
  readonly by: string
  /** Why, and by whom, it was let in again; `null` while the rejection stands. */
  readonly readmitted: { readonly reason: string; readonly by: string } | null
}

export const RejectedLink = closed({ link: Link, reason: Type.String(), by: Id, at: Instant })

/** The rejections in force that concern a trace, earliest first. */
export async function linkRejectionsOf(
  context: Pick<ActionContext, 'records'>,
  links: readonly string[],
): Promise<readonly (typeof RejectedLink)['static'][]> {
  const found: (typeof RejectedLink)['static'][] = []
  for (const link of links)
    for (const { at, body } of await inForce(context, link)) found.push({ link, reason: body.reason, by: body.by, at })
  return found.sort((a, b) => (a.at === b.at ? (a.link < b.link ? -1 : 1) : a.at < b.at ? -1 : 1))
}

const reject = action({
  name: 'link.reject',
  summary: 'Reject a link between chains, with the reason: every trace that goes over it says so, in whatever case',
  kind: 'change',
  input: closed({ link: Link, reason: Reason }),
  output: closed({ id: Id }),
  asks: () => ({ right: 'openCase', subject: { type: 'node' } }),
  run: async (context, { link, reason }) => {
    const { records, actor } = context
    const id = context.newId()
    const body: LinkRejection = { link, reason, by: actor.id, readmitted: null }
    await records.put<LinkRejection>(LINK_REJECTION, id, body, { caseId: null, seen: 0, refs: { link } })
    return ok({
      result: { id },
      events: [
        did('link.reject', LINK_REJECTION, id, null, { link, reason }),
        ...(await told(context, 'link.reject', link, { rejection: id, reason })),
      ],
    })
  },
})

const readmit = action({
  name: 'link.readmit',
  summary: 'Take back that a link between chains was rejected, with the reason; the rejection stays on record',
  kind: 'change',
  input: closed({ link: Link, reason: Reason }),
  output: closed({ ids: Type.Array(Id, { description: 'The rejections that were taken back.' }) }),
  asks: () => ({ right: 'openCase', subject: { type: 'node' } }),
  run: async (context, { link, reason }) => {
    const { records, actor } = context
    const standing = await inForce(context, link)
    if (standing.length === 0)
      return refuse('LINK_NOT_REJECTED', 'This link is not rejected.', { place: '/link', fix: 'Leave it as it is.' })
    const events: Event[] = []
    for (const { id, version, body } of standing) {
      const next: LinkRejection = { ...body, readmitted: { reason, by: actor.id } }
      await records.put<LinkRejection>(LINK_REJECTION, id, next, { caseId: null, seen: version, refs: { link } })
      events.push(did('link.readmit', LINK_REJECTION, id, null, { link, reason }))
    }
    events.push(...(await told(context, 'link.readmit', link, { reason })))
    return ok({ result: { ids: standing.map(({ id }) => id) }, events })
  },
})

async function inForce({ records }: Pick<ActionContext, 'records'>, link: string) {
  const all = await records.find<LinkRejection>(LINK_REJECTION, 'link', link)
  return all.filter(({ body }) => body.readmitted === null)
}

/** An entry in each case that keeps a trace over the link. */
async function told(
  { records }: ActionContext,
  event: 'link.reject' | 'link.readmit',
  link: string,
  facts: Readonly<Record<string, string>>,
): Promise<readonly Event[]> {
  const concerned = await records.find<KeptTrace>(TRACE, 'link', link)
  return concerned.map(({ id, caseId }) => did(event, TRACE, id, caseId, { link, ...facts }))
}

export const linkRejectionActions = [reject, readmit] as const
