/** What was exchanged in a case, with the receipts, for an auditor, a court or the defence. */
import { Type } from '@sinclair/typebox'
import { CaseId, Cursor, closed, DEFAULT_LIMIT, Limit, nullable, readablePage } from '../../casework/index.ts'
import { action, ok } from '../../kernel/index.ts'
import { DossierItem } from '../dossier/index.ts'
import { MESSAGE, type MessageBody } from './message-record.ts'
import { type MessageDesk, ports } from './ports.ts'

const dossier = action({
  name: 'message.dossier',
  summary: 'The messages of a case as they were signed, with their receipts: for whoever checks both sides',
  kind: 'read',
  input: closed({ caseId: CaseId, after: Cursor, limit: Limit }),
  output: closed({
    agency: Type.String(),
    caseId: CaseId,
    items: Type.Array(DossierItem),
    left: Type.Integer({ description: 'Messages of this page that you may see and may not hand out.' }),
    next: nullable(Type.String({ format: 'uuid' })),
  }),
  asks: ({ caseId }) => ({ right: 'exportCase', subject: { type: 'case', id: caseId } }),
  run: async (context, { caseId, after, limit = DEFAULT_LIMIT }) => {
    const desk = context.port<MessageDesk>(ports.messages)
    const page = await readablePage<MessageBody>(context, MESSAGE, caseId, { after, limit })
    const items = []
    let left = 0
    for (const { id, body } of page.items) {
      if (body.digest === null) continue
      if (!(await context.may({ right: 'exportRecord', subject: { type: 'record', kind: MESSAGE, id } }))) {
        left++
        continue
      }
      const kept = await desk.kept(body.direction, body.peer, body.fixed.id)
      if (kept !== null) items.push({ direction: body.direction, ...kept })
    }
    return ok({ result: { agency: desk.me, caseId, items, left, next: page.next }, events: [] })
  },
})

export const dossierActions = [dossier] as const
