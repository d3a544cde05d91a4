/** Following the chain of a server. */
export { type FollowSetting, type FollowState, follow, type LedgerStores, usualPause } from './follow.ts'
