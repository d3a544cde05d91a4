/** What agencies owe each other beside requests: being reachable, taking back, consenting to use, erasing, telling of breaches, disagreeing. */
import type { Action } from '../../kernel/index.ts'
import type { Taker } from '../desk/index.ts'
import { contactActions } from './contact-actions.ts'
import { contactTakers } from './contact-takers.ts'
import { disputeActions, disputeTakers } from './dispute-actions.ts'
import { eraseActions, eraseTakers } from './erase-actions.ts'
import { incidentActions, incidentTakers } from './incident-actions.ts'
import { recallActions, recallTakers } from './recall-actions.ts'
import { supervisionActions } from './supervision-list.ts'
import { whileNotSuspended } from './suspension.ts'
import { useActions, useTakers } from './use-actions.ts'

export { togetherCodes } from './codes.ts'
export { callForTest, openCalls, passOn, testsDue } from './contact-clock.ts'
export { urgentToDuty } from './contact-takers.ts'
export { togetherEvents } from './events.ts'
export type { Supervised } from './supervision-list.ts'
export { goesOn, isSuspended, suspended, whileNotSuspended } from './suspension.ts'
export * from './writing.ts'

export const togetherActions: readonly Action[] = [
  ...contactActions,
  ...recallActions,
  ...useActions,
  ...eraseActions,
  ...incidentActions,
  ...disputeActions,
  ...supervisionActions,
] as unknown as readonly Action[]

export const togetherTakers: readonly Taker[] = whileNotSuspended([
  ...contactTakers,
  ...recallTakers,
  ...useTakers,
  ...eraseTakers,
  ...incidentTakers,
  ...disputeTakers,
])
