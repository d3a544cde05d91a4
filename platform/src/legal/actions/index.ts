/** Every act of the room `legal`: reading the law of the packs. Each answer says on which article it stands and how well that was read. */
import type { Action } from '../../kernel/index.ts'
import { catalogueActions } from './catalogue-actions.ts'
import { deadlineActions } from './deadline-actions.ts'
import { instrumentActions } from './instrument-actions.ts'
import { routeActions } from './route-actions.ts'

export { legalPorts } from './fields.ts'

export const legalActions: readonly Action[] = [
  ...instrumentActions,
  ...routeActions,
  ...deadlineActions,
  ...catalogueActions,
] as unknown as readonly Action[]
