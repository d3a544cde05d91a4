/** The door of the room `tracing`: rules, traces, their records and what can be said of them. */

export * from './accounts/index.ts'
export type { Annotation } from './annotate.ts'
export { type Classification, classify } from './classify.ts'
export * from './clusters/index.ts'
export { tracingCodes } from './codes.ts'
export { type ContinuationSetting, continueTrace } from './continuation.ts'
export type { RecordContinuation, RecordOutboundCrossing } from './continuation-record.ts'
export { coinJoinStopRules, detect, type Finding } from './detectors/index.ts'
export { compareRules, type Divergence, type DivergenceEnd } from './divergence.ts'
export * from './indicators/index.ts'
export { neighboursAmong, neighboursInLedger } from './ledger-neighbours.ts'
export { openLedgerWindow } from './ledger-window.ts'
export { heuristicsOfTrace, type Measured, measuredFigures, measuredInWords, measuredOf } from './measured.ts'
export { findPaths, type PathAnswer, type PathHop } from './path.ts'
export type { Position, PositionStatus, TraceLedger } from './positions.ts'
export {
  ENGINE_VERSION,
  RECORD_FORMAT,
  type RecordPosition,
  recordToText,
  type TraceRecord,
} from './record.ts'
export {
  type AccountReportInput,
  type ReportInput,
  type ReportTag,
  renderAccountReport,
  renderReport,
  tokenInWords,
} from './report/index.ts'
export {
  type Budget,
  DEFAULT_MAX_PER_ADDRESS,
  DEFAULT_MAX_TRANSACTIONS,
  type Direction,
  type ResolvedSeed,
  type Stops,
  type TraceRequest,
} from './request.ts'
export { findRule, type RuleDescription, type RuleId, ruleIds, rules } from './rules/index.ts'
export { type OpenTrace, openTrace, type TagPort, type TraceBench } from './run.ts'
export { accountTracesOf, type BridgesMet, bridgesMet, endsThatDiffer, runAgain } from './run-again.ts'
export { parseSeed, parseSeedRow, resolveSeeds, type SeedText } from './seeds.ts'
export { isReasonOf, tagsUsedBy, type UsedTag } from './tags-used.ts'
export type { ServiceTag } from './trace-work.ts'
export { checkContinuationAgainstData, checkContinuationAlone } from './verify-continuation.ts'
export {
  type Check,
  checkAgainstData,
  checkAlone,
  packOf,
  parseRecord,
  requestOf,
  type Verification,
  verdictOf,
} from './verify-record.ts'
