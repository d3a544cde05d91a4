/** Watching: what is watched, what a block means for it, and what a step along a chain raises or takes back. */
export { type Followed, forkOf, type Notice, type NoticeKind, noticesOf, type Standing } from './advance.ts'
export { watchCodes } from './codes.ts'
export {
  addressesOfFront,
  type FrontWatch,
  frontOf,
  traceAccountsAgain,
  traceAgain,
  traceWatches,
} from './front.ts'
export { type Alarm, alarmId, type HeldOutput, idOf, type Matched, matchBlock, type Watched } from './match.ts'
export { accountStayAt, LEAST as LEAST_STAYS, type Stay, stayAt, stayOfMoves, usualStay } from './stay.ts'
export { isOver, type Joint, type Until, type Watch, type WatchedOutput, type WatchKind } from './watch.ts'
export {
  accountBlock,
  type FollowedHeader,
  headerOf,
  type Movement,
  outputBlock,
  type WatchedBlock,
} from './watched-block.ts'
