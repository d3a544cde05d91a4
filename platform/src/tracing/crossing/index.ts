/** The side door of `tracing` to crossings: decoders, conversions, bridge links, mixers. */
export type { BridgeEvent } from './bridge-event.ts'
export {
  type BridgeEventTable,
  bridgeEventColumns,
  parseBridgeEvents,
  type RepeatedRow,
} from './bridge-events-csv.ts'
export {
  type BridgeCandidate,
  type BridgeLink,
  type BridgeMatches,
  type BridgePair,
  type LinkTier,
  linkId,
  matchBridgeEvents,
} from './match-bridges.ts'
