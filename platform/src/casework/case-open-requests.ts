/** Whether a request of a case still needs somebody here: a case is neither closed nor given away over one. */
import type { ActionContext } from '../kernel/index.ts'
import { everyRecord } from './listing.ts'
import { directionOf, type RequestBody } from './request.ts'
import { isOpenState } from './request-states.ts'

export async function hasOpenRequests(context: ActionContext, caseId: string): Promise<boolean> {
  const requests = await everyRecord<RequestBody>(context, 'request', caseId)
  return requests.some(({ body }) => isOpenState(body.state, directionOf(body)) || body.state === 'submitted')
}
