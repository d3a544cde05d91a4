/** Red flag indicators that a ledger can show: facts and thresholds, never a score. */
export { accountFlows, flowsOf } from './account-flows.ts'
export { type Activity, type Counterparty, type Flow, flowOf, MOST_MOVEMENTS, utxoFlows } from './activity.ts'
export {
  type AskedQuestion,
  type Assessment,
  assess,
  type FiredIndicator,
  type IndicatorText,
  NOTICE,
  QUESTIONS_AFTER,
} from './assess.ts'
