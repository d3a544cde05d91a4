/** Following the chain of a server. */
export { type FollowSetting, type FollowState, follow, usualPause } from './follow.ts'
