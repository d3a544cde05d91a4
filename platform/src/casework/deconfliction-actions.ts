/** Looking for conflicts without changing anything. */
import { Type } from '@sinclair/typebox'
import { action, ok } from '../kernel/index.ts'
import { findConflicts } from './deconflict.ts'
import { closed, Id, oneOf } from './fields.ts'
import { FindingView, toFinding } from './request-actions.ts'

/**
 * About one request or order and not about a case: what is read to answer it is journalled as an entry of the node, since
 * others stand in it whom the case must not learn of.
 */
const check = action({
  name: 'deconfliction.check',
  summary: 'Who else on this node is after the assets of a request or order, as far as you may know',
  kind: 'read',
  input: closed({ kind: oneOf(['request', 'order'], 'What it is.'), id: Id }),
  output: Type.Array(FindingView),
  asks: ({ kind, id }) => ({ right: 'readRecord', subject: { type: 'record', kind, id } }),
  run: async (context, { kind, id }) => {
    const stored = await context.records.get(kind, id)
    if (!stored || stored.caseId === null) throw new Error('what may be read has no record')
    const findings = await findConflicts(context, { kind, id, caseId: stored.caseId })
    return ok({ result: findings.map(toFinding), events: [] })
  },
})

export const deconflictionActions = [check] as const
