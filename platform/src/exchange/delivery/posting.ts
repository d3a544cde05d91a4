/**
 * How messages leave: what is due for one partner while others are under way to it goes together, in one pouch; who comes alone, and who is
 * large, goes alone. A partner that takes no pouches says so once, and is not asked again for a while.
 */
import { inGroups } from './groups.ts'
import type { Answer } from './ports.ts'
import { MAX_POUCH_MESSAGES } from './pouch.ts'

/** Pouches under way to one partner: while the receiver writes one, the next is on its way. */
const AT_ONCE = 2
/** On a line of 64 kbit/s sixteen seconds. */
const MOST_BYTES = 128 * 1024
/** What is larger keeps nothing else waiting. */
const SMALL_BYTES = 32 * 1024
/** How long after a partner has said that it takes no pouches it is asked again. */
export const ASKED_AGAIN_MS = 3_600_000

export type PostingPorts = {
  now(): number
  /** As `post` of the outbox. */
  post(peer: string, bytes: Uint8Array): Promise<Answer>
  /** One answer for each, in their order; null where the partner does not take them so, and has done nothing. Throws nothing. */
  postPouch(peer: string, messages: readonly Uint8Array[]): Promise<readonly Answer[] | null>
  /** Until what is due now has been handed over. */
  readonly gather?: () => Promise<void>
}

/** `post` for an outbox. */
export function openPosting(ports: PostingPorts): (peer: string, bytes: Uint8Array) => Promise<Answer> {
  const byPeer = new Map<string, (bytes: Uint8Array) => Promise<Answer>>()
  const aloneUntil = new Map<string, number>()
  return (peer, bytes) => {
    if (bytes.length > SMALL_BYTES || ports.now() < (aloneUntil.get(peer) ?? 0)) return ports.post(peer, bytes)
    const known = byPeer.get(peer) ?? openPeer(peer)
    byPeer.set(peer, known)
    return known(bytes)
  }

  function openPeer(peer: string): (bytes: Uint8Array) => Promise<Answer> {
    let number = 0
    const post = inGroups<Sent, Answer>((group) => together(peer, group), {
      ...{ most: MAX_POUCH_MESSAGES, atOnce: AT_ONCE, gather: ports.gather },
      keyOf: ({ number }) => String(number),
      weight: { of: ({ bytes }) => bytes.length, most: MOST_BYTES },
    })
    return (bytes) => post({ bytes, number: number++ })
  }

  async function together(peer: string, group: readonly Sent[]): Promise<readonly Answer[]> {
    const [only] = group
    if (only && group.length === 1) return [await ports.post(peer, only.bytes)]
    const answers = await ports.postPouch(
      peer,
      group.map(({ bytes }) => bytes),
    )
    if (answers?.length === group.length) return answers
    aloneUntil.set(peer, ports.now() + ASKED_AGAIN_MS)
    return Promise.all(group.map(({ bytes }) => ports.post(peer, bytes)))
  }
}

type Sent = { readonly bytes: Uint8Array; readonly number: number }
