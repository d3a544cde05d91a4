/** Conflicts between orders of different authorities: how they are gone about, and what parties are told and tell. */
import type { Action } from '../../kernel/index.ts'
import { conflictActions } from './actions.ts'

export { orderTakers } from './take-told.ts'
export const orderConflictActions: readonly Action[] = conflictActions as unknown as readonly Action[]
