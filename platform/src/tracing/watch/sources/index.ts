/** Following the chain of a server. */
export { type FollowSetting, type FollowState, follow } from './follow.ts'
