/** Requests that are exchanged: composed as messages, taken in from them, and told of in both directions. */
import type { Partners } from '../../casework/index.ts'
import type { Action } from '../../kernel/index.ts'
import { exchangeRequestActions } from './actions.ts'
import { tellPartner } from './tell.ts'

export { requestTakers } from './take-answers.ts'
export const partners: Partners = { tell: tellPartner }
export const requestMessageActions: readonly Action[] = exchangeRequestActions as unknown as readonly Action[]
