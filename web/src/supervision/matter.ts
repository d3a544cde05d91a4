/** What is open between agencies after something was sent, as `supervision.list` says it: what waits for us, and what concerns a message. Pure. */
import type { Supervised } from '../../../platform/src/exchange/together/index.ts'

export type Kind = keyof Supervised
export type Matter<K extends Kind = Kind> = {
  [P in K]: {
    readonly kind: P
    readonly id: string
    readonly version: number
    readonly at: string
    readonly says: Supervised[P]
  }
}[K]

/** Whether somebody here must act. */
export function waitsForUs(one: Matter): boolean {
  switch (one.kind) {
    case 'recall-notice':
      return one.says.answer === null
    case 'use-consent':
      return one.says.direction === 'in' && one.says.state === 'asked'
    case 'dispute':
      return one.says.direction === 'in' && one.says.state === 'open' && one.says.words.at(-1)?.by !== 'us'
    case 'erase-request':
      return one.says.direction === 'in' && one.says.answer === null
    case 'incident':
      return one.says.notifiedAt === null
    case 'suspension':
      return one.says.lifted === null
    default:
      return false
  }
}

/** Whether it has not come to its end; a report of use has none. */
export function isOpen(one: Matter): boolean {
  switch (one.kind) {
    case 'recall':
      return one.says.parts.some(({ answer }) => answer === null)
    case 'use-consent':
      return one.says.state === 'asked'
    case 'use-report':
      return false
    case 'dispute':
      // With higher authorities it has not ended: its cautions stand until both agree.
      return one.says.state !== 'agreed'
    case 'erase-request':
      return one.says.answer === null
    case 'incident':
      return one.says.notifiedAt === null || one.says.told.some(({ answer }) => answer === null)
    case 'caution':
      return one.says.state === 'open'
    default:
      return waitsForUs(one)
  }
}

/** A message of the case, by what names it. */
export type MessageNames = { readonly id: string; readonly digest: string | null; readonly exchange: string | null }

/** Whether it is about this message, or was told by it. */
export function concerns(one: Matter, { id, digest, exchange }: MessageNames): boolean {
  if (digest === null) return false
  switch (one.kind) {
    case 'recall':
      return one.says.parts.some(({ messages, recall }) => messages.includes(digest) || recall === digest)
    case 'recall-notice':
      return one.says.messages.includes(digest) || one.says.recall === digest
    case 'use-consent':
      return one.says.wish.item === digest || one.says.request === digest
    case 'use-report':
      return one.says.item === digest
    case 'dispute':
      return one.says.about === digest || one.says.dispute === digest
    case 'erase-request':
      return (
        one.says.request === digest ||
        (one.says.extent === 'messages'
          ? one.says.messages.includes(digest)
          : exchange !== null && [one.says.exchange, ...one.says.exchanges].includes(exchange))
      )
    case 'incident':
      return one.says.told.some(({ message }) => message === digest)
    case 'suspension':
      return one.says.incident === digest
    case 'caution':
      return one.says.about.kind === 'message' && one.says.about.id === id
  }
}

/** What waits for us first, then what is open, then the rest; of equals the newest first. */
export function inOrder<M extends Matter>(matters: readonly M[]): readonly M[] {
  const rank = (one: Matter) => (waitsForUs(one) ? 0 : isOpen(one) ? 1 : 2)
  return [...matters].sort((a, b) => rank(a) - rank(b) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

/** Messages of ours that a recall has taken back before. */
export function recalledBefore(matters: readonly Matter[]): ReadonlySet<string> {
  return new Set(
    matters.flatMap((one) => (one.kind === 'recall' ? one.says.parts.flatMap(({ messages }) => messages) : [])),
  )
}
