/** Tracing on account chains, for the door of the room. */
export { type AccountDivergence, type AccountEnd, compareAccountRules } from './account-divergence.ts'
export { type AccountHop, type AccountPathAnswer, findAccountPaths } from './account-path.ts'
export {
  ACCOUNT_RECORD_FORMAT,
  type AccountRecordLedger,
  type AccountRecordPosition,
  type AccountTraceRecord,
  accountRecordToText,
} from './account-record.ts'
export { type AccountRule, type AccountRuleId, accountRuleIds, accountRules, findAccountRule } from './account-rules.ts'
export { type AccountBench, type OpenAccountTrace, openAccountTrace } from './account-run.ts'
export { arrangeSeeds, parseAccountSeed } from './account-seeds.ts'
export { type AccountSeed, type AccountTraceRequest, isFlowAsset, type SameTime, sameTimes } from './request.ts'
export {
  accountRequestOf,
  checkAccountAgainstData,
  checkAccountAlone,
  isAccountRecord,
  parseAccountRecord,
} from './verify-account-record.ts'
