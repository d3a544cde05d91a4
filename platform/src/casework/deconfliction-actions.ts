/** Looking for conflicts without changing anything. */
import { Type } from '@sinclair/typebox'
import { action, ok } from '../kernel/index.ts'
import { conflictsOfCase } from './deconflict.ts'
import { CaseId, closed, Id } from './fields.ts'
import { FindingView, toFinding } from './request-actions.ts'

const check = action({
  name: 'deconfliction.check',
  summary: 'Who else on this node is after the assets of a case, as far as you may know',
  kind: 'read',
  input: closed({ caseId: CaseId }),
  output: Type.Array(closed({ kind: Type.String(), id: Id, findings: Type.Array(FindingView) })),
  asks: ({ caseId }) => ({ right: 'readCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId }) => {
    const found = await conflictsOfCase(context, caseId)
    return ok({
      result: found.map(({ kind, id, findings }) => ({ kind, id, findings: findings.map(toFinding) })),
      events: [],
    })
  },
})

export const deconflictionActions = [check] as const
