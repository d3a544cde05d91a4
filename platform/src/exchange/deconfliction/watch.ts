/** What this agency watches and lets others compare: one record an item, in its case. Only what somebody has released is ever compared. */
import { type Static, Type } from '@sinclair/typebox'
import { Address, ChainId, closed, Id, Instant, nullable } from '../../casework/index.ts'
import { Marking } from '../../kernel/index.ts'

export const WATCH = 'partner-watch'

export const WatchBody = closed({
  item: Type.String({ description: 'The item as it is compared: chain and address.' }),
  releasedAt: Instant,
  endedAt: nullable(Instant),
  marking: Marking,
  author: Id,
})
export type WatchBody = Static<typeof WatchBody>

export const ItemInput = closed({ chain: ChainId, address: Address }, 'An address on a chain.')
export type ItemInput = Static<typeof ItemInput>
