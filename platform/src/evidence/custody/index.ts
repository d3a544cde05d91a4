/** Exhibits, their custody, control over keys, statements and admissibility: the actions of the room, and its ports. */
import type { Action } from '../../kernel/index.ts'
import { uploadActions } from '../vault/upload-actions.ts'
import { admissibilityActions } from './admissibility.ts'
import { custodyActions } from './custody-acts.ts'
import { exhibitAdd } from './exhibit-add.ts'
import { readingActions } from './exhibit-reading.ts'
import { keyControlActions } from './key-control.ts'
import { statementActions } from './statements.ts'

export { type CriteriaPort, type Criterion, type MachineCheck, machineChecks } from './admissibility.ts'
export { custodyFlaws, eventDigest, exhibitDigest } from './chain.ts'
export { custodyCodes } from './codes.ts'
export type { ChainTx, CustodyEvent, CustodyStore, Exhibit, Holder } from './exhibit.ts'
export { type CustodianBody, type ExhibitBody, exhibitInCase } from './in-case.ts'
export {
  type CustodyAct,
  type CustodyState,
  custodyActs,
  custodyStates,
  type ExhibitKind,
  exhibitKinds,
  possibleActs,
  stateAfter,
} from './life.ts'
export { conflictsOf, keepStatement, type StatementBody } from './statements.ts'

export const evidenceActions: readonly Action[] = [
  ...uploadActions,
  exhibitAdd as unknown as Action,
  ...readingActions,
  ...custodyActions,
  ...keyControlActions,
  ...statementActions,
  ...admissibilityActions,
]
