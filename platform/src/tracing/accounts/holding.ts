/**
 * What one account holds of one asset, told apart as a rule tells it apart. Every rule of accounts is such a holding:
 * value comes in, value goes out, and the rule says whose value it is that goes.
 *
 * The pieces that leave keep the order in which they stood in the account, so that moving everything on reorders nothing.
 */
import type { Parts } from '../rules/parts.ts'

export interface Holding {
  balance(): bigint
  /** Traced value by source, ascending; under poison each source claims the whole. */
  held(): Parts
  /** `parts` says which of `amount` is traced, in order where the rule keeps one; what it does not name is clean. */
  receive(amount: bigint, parts: Parts): void
  /** Clean value that the account must have had, of which nobody knows since when. */
  suppose(amount: bigint): void
  /** Takes `amount`, which is at most the balance, and says which of it is traced. */
  send(amount: bigint): Parts
}
