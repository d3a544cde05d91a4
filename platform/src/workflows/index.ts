/** The door of the room `workflows`: acts that need several rooms. */
import type { Action } from '../kernel/index.ts'
import { handOutActions } from './hand-out/actions.ts'
import { indicatorActions } from './indicators/actions.ts'
import { jointActions } from './joint/index.ts'
import { ledgerActions } from './ledger/actions.ts'
import { linkRejectionActions } from './link-rejection.ts'
import { tagRetractionActions } from './tag-retraction.ts'
import { takeInActions } from './take-in/actions.ts'
import { traceActions } from './trace-actions.ts'

export { addressGate } from './address-gate.ts'
export { workflowsCodes } from './codes.ts'
export { CASE_MANIFEST, type HandOutBody, reopened, type TextFile, textFiles } from './hand-out/hand-out.ts'
export { indexOfHandOut } from './hand-out/index-of-hand-out.ts'
export { JOINT_OBJECT, jointEvents, jointTakers } from './joint/index.ts'
export { type KeptTrace, keepTrace, keptTraces, TRACE } from './kept-traces.ts'
export {
  type AddressFacts,
  type Held,
  LEDGER,
  type LedgerDesk,
  type TraceQuestion,
} from './ledger/ledger-desk.ts'
export { type LetterFacts, letterOfRequest } from './letter-of-request.ts'
export { type Endpoint, type Letter, requestFromTrace } from './request-from-trace.ts'
export { watchFronts } from './trace-fronts.ts'

/** Every act of this room. */
export const workflowActions: readonly Action[] = [
  ...traceActions,
  ...tagRetractionActions,
  ...linkRejectionActions,
  ...handOutActions,
  ...takeInActions,
  ...jointActions,
  ...indicatorActions,
  ...ledgerActions,
] as unknown as readonly Action[]
