/** The epochs of the keys of deconfliction: short, one after the other, each with a key of its own that ends with it. */
import { ok, type Result, refuse } from '../../kernel/index.ts'

const DAY = 86_400_000
export const MOST_DAYS = 30

/** `from` and `until` in milliseconds since 1970; `until` is no longer in it. */
export type Epoch = { readonly number: number; readonly from: number; readonly until: number }

/** The epochs of one member, in order, as the directory lists them. */
export function checkEpochs(epochs: readonly Epoch[]): Result<readonly Epoch[]> {
  for (const [at, epoch] of epochs.entries()) {
    const wrong = (message: string) =>
      refuse('EXCHANGE_DECONFLICTION_EPOCH', message, {
        place: `epoch ${epoch.number}`,
        fix: 'Use no key of this member until its list of epochs is right.',
      })
    const before = epochs[at - 1]
    if (![epoch.number, epoch.from, epoch.until].every(Number.isSafeInteger) || epoch.number < 1)
      return wrong('An epoch has a number from 1, a beginning and an end.')
    if (epoch.until <= epoch.from) return wrong('An epoch ends before it begins.')
    if (epoch.until - epoch.from > MOST_DAYS * DAY) return wrong(`An epoch lasts longer than ${MOST_DAYS} days.`)
    if (before && epoch.number <= before.number) return wrong('The numbers of the epochs do not grow.')
    if (before && epoch.from < before.until) return wrong('Two epochs overlap: one key would outlive its end.')
  }
  return ok(epochs)
}

/** The one that runs at `now`; null between two. */
export function epochAt(epochs: readonly Epoch[], now: number): Epoch | null {
  return epochs.find(({ from, until }) => from <= now && now < until) ?? null
}

/** Whether a key is to be destroyed: nothing may be computed with it any more. */
export function isOver({ until }: Epoch, now: number): boolean {
  return now >= until
}

/** The epoch that follows, without a gap, of `days` days. */
export function nextEpoch(last: Epoch, days: number = MOST_DAYS): Epoch {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new RangeError(`an epoch has 1 to ${MOST_DAYS} days`)
  return { number: last.number + 1, from: last.until, until: last.until + days * DAY }
}
