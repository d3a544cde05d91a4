/** Joint cases: what people do in them, and what messages about them do here. */
import type { Action } from '../../kernel/index.ts'
import { meetingActions } from './meeting-actions.ts'
import { membershipActions } from './membership-actions.ts'
import { jointReadActions } from './read-actions.ts'
import { releaseActions } from './release-actions.ts'

export { OBJECT as JOINT_OBJECT } from './shared-object.ts'
export { jointEvents, jointTakers } from './takers.ts'

export const jointActions: readonly Action[] = [
  ...membershipActions,
  ...releaseActions,
  ...meetingActions,
  ...jointReadActions,
] as unknown as readonly Action[]
