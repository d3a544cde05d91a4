/** Published detectors over one transaction: CoinJoin, premix, change, peeling chain. Findings are annotations. */
export { applyRule, detect } from './detect.ts'
export type { CriticalQuestion, Facts, Finding, RuleId, RuleKind, Verdict } from './finding.ts'
export type { Rule } from './judgement.ts'
export type { AddressHistory, NeighbourShape, Neighbours } from './neighbours.ts'
export { rules } from './rules.ts'
export {
  coinJoinRulesLeftOut,
  coinJoinStopRules,
  defaultStopPolicy,
  isCoinJoin,
  type StopDecision,
  type StopPolicy,
  type StopRule,
} from './stop-policy.ts'
