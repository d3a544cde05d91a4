/** The side door of `tracing` to crossings: decoders, conversions, bridge links, mixers. */
export { type AbiValue, type AbiValues, decodeEvent } from './abi-decode.ts'
export { type AbiEvent, type AbiParameter, type AbiType, parseEvent } from './abi-type.ts'
export { type BridgeEnd, type BridgeEnds, bridgeEndsIn } from './bridge-ends.ts'
export type { BridgeEvent } from './bridge-event.ts'
export {
  type BridgeEventTable,
  bridgeEventColumns,
  parseBridgeEvents,
  type RepeatedRow,
} from './bridge-events-csv.ts'
export { type BridgeWorld, makeBridgeWorld, usualWorld, type WorldShape } from './bridge-world.ts'
export { changedSources, sourceKey } from './changed-sources.ts'
export { conversionsIn, type TransactionFacts } from './conversions.ts'
export {
  type DecodedLog,
  type Decoder,
  type DecoderRole,
  type Decoders,
  openDecoders,
  shippedDecoders,
} from './decoders.ts'
export {
  type BridgeCandidate,
  type BridgeLink,
  type BridgeMatches,
  type BridgePair,
  type LinkTier,
  linkId,
  matchBridgeEvents,
} from './match-bridges.ts'
export {
  eventName,
  type LinkFigures,
  measureBridgeLinks,
  type Proportion,
  proportion,
  type TierFigures,
} from './measure-links.ts'
export {
  crossingsOfPayments,
  linkPayments,
  type PaymentLink,
  type PlacedPayment,
  type UnlinkedPayment,
} from './memo-links.ts'
export { type MemoPayment, memoOf, memoPaymentOf, refundsPayment } from './memos.ts'
export {
  candidatesOf,
  MIXER_WINDOW_SECONDS,
  type MixerDeposit,
  type MixerFigures,
  type MixerWithdrawal,
  measureMixer,
  readMixerLogs,
} from './mixers.ts'
export { type Crossings, openCrossings } from './open-crossings.ts'
