/** The door of the room `workflows`: acts that need several rooms. */
import type { Action } from '../kernel/index.ts'
import { traceActions } from './trace-actions.ts'

export { workflowsCodes } from './codes.ts'
export { type KeptTrace, keptTraces, TRACE } from './kept-traces.ts'
export { type LetterFacts, letterOfRequest } from './letter-of-request.ts'
export { type Endpoint, type Letter, requestFromTrace } from './request-from-trace.ts'

/** Every act of this room. */
export const workflowActions: readonly Action[] = [...traceActions] as unknown as readonly Action[]
