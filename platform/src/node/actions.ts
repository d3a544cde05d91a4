/** Every action of the node, from every room. Routes, documents, the matrix of permissions and commands derive from it. */
import { caseworkActions } from '../casework/index.ts'
import { evidenceActions } from '../evidence/custody/index.ts'
import { deskActions } from '../exchange/desk/index.ts'
import { requestMessageActions } from '../exchange/requests/index.ts'
import { togetherActions } from '../exchange/together/index.ts'
import type { Action } from '../kernel/index.ts'
import { legalActions } from '../legal/index.ts'
import { workflowActions } from '../workflows/index.ts'
import { authActions } from './auth/actions.ts'
import { exportActions } from './export/actions.ts'
import { nodeActions } from './node-actions.ts'
import { webhookActions } from './webhooks/actions.ts'

export function allActions(): readonly Action[] {
  return [
    ...authActions,
    ...nodeActions,
    ...webhookActions,
    ...legalActions,
    ...caseworkActions,
    ...evidenceActions,
    ...togetherActions,
    ...deskActions,
    ...requestMessageActions,
    ...workflowActions,
    ...exportActions,
  ] as unknown as readonly Action[]
}
