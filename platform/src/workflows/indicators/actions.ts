/**
 * Collections of indicators, for machines that fetch (TAXII): one for each case of which something was handed out to the caller
 * in STIX. Two locks: the policies must let the caller read the case, and a person must have decided the hand-out for it.
 */
import { Type } from '@sinclair/typebox'
import { type CaseBody, closed, everyRecord, Id, readQuestion } from '../../casework/index.ts'
import { type ActionContext, action, ok, type Stored } from '../../kernel/index.ts'
import type { HandOutBody } from '../hand-out/hand-out.ts'
import { handedIndicators, isFor } from './handed-indicators.ts'

const list = action({
  name: 'indicator.collection.list',
  summary: 'List the cases of which indicators were handed out to you in STIX',
  kind: 'read',
  input: closed({}),
  output: closed({ items: Type.Array(closed({ caseId: Id, since: Type.String() })) }),
  asks: () => ({ right: 'work', subject: { type: 'node' } }),
  run: async (context) => {
    const { records, actor, may } = context
    const items: { caseId: string; since: string }[] = []
    for (const { id } of await records.find<CaseBody>('case', 'member', actor.id)) {
      if (!(await may({ right: 'readCase', subject: { type: 'case', id } }))) continue
      const since = (await handedOut(context, id)).map(({ body }) => body.at).sort()[0]
      if (since !== undefined) items.push({ caseId: id, since })
    }
    return ok({ result: { items }, events: [] })
  },
})

const read = action({
  name: 'indicator.collection.read',
  summary: 'Read the indicators of a case that were handed out to you, as STIX 2.1 objects',
  kind: 'read',
  input: closed({ caseId: Id }),
  output: closed({
    objects: Type.Array(
      closed({ addedAt: Type.String(), object: Type.String({ description: 'A STIX object, as JSON.' }) }),
    ),
  }),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId }) => {
    const bodies = (await handedOut(context, caseId)).map(({ body }) => body)
    return ok({ result: { objects: [...handedIndicators(bodies, context.actor.id)] }, events: [] })
  },
})

/** The hand-outs of a case that are for the caller, and that the caller may read. */
async function handedOut(context: ActionContext, caseId: string): Promise<readonly Stored<HandOutBody>[]> {
  const found: Stored<HandOutBody>[] = []
  for (const one of await everyRecord<HandOutBody>(context, 'hand-out', caseId))
    if (isFor(one.body, context.actor.id) && (await context.may(readQuestion(one)))) found.push(one)
  return found
}

export const indicatorActions = [list, read] as const
