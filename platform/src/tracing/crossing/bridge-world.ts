/**
 * Worlds of bridge transfers whose truth is known, made from one number: fees, delays, equal amounts, ends that no data show,
 * and decoys (other people's transfers of nearly the same amount, ids used twice, payments that look like destinations).
 */
import type { BridgeEvent } from './bridge-event.ts'
import { eventName } from './measure-links.ts'

export type BridgeWorld = { readonly events: readonly BridgeEvent[]; readonly truth: ReadonlyMap<string, string> }

export type WorldShape = {
  readonly transfers: number
  /** Parts of a whole. */
  readonly withId: number
  readonly withRecipient: number
  /** Transfers of one of a few round amounts. */
  readonly round: number
  readonly missingSource: number
  readonly missingDestination: number
  /** For each transfer, so many payments that belong to nobody's. */
  readonly decoys: number
  /** Ids that occur a second time, in a transfer of another amount. */
  readonly reusedIds: number
  /** How many transfers a recipient makes on average, and over how long they all are spread. */
  readonly perRecipient: number
  readonly seconds: number
}

export const usualWorld: WorldShape = {
  transfers: 2_000,
  withId: 0.4,
  withRecipient: 0.7,
  round: 0.3,
  missingSource: 0.05,
  missingDestination: 0.05,
  decoys: 0.2,
  reusedIds: 0.02,
  perRecipient: 4,
  seconds: 14 * 86_400,
}

const bridges = ['hop', 'celer', 'across', 'synapse', 'multichain']
const chains = ['eip155:1', 'eip155:10', 'eip155:56', 'eip155:137', 'eip155:42161']
const START = 1_700_000_000

export function makeBridgeWorld(seed: number, shape: WorldShape = usualWorld): BridgeWorld {
  const random = numbersFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  const people = Array.from(
    { length: Math.max(1, Math.round(shape.transfers / shape.perRecipient)) },
    () => `0x${hex(40)}`,
  )
  const events: BridgeEvent[] = []
  const truth = new Map<string, string>()
  let lastId: string | null = null
  for (let index = 0; index < shape.transfers; index += 1) {
    const bridge = pick(bridges)
    const from = pick(chains)
    const to = pick(chains.filter((one) => one !== from))
    const reused: boolean = lastId !== null && random() < shape.reusedIds
    const transferId: string | null = reused ? lastId : random() < shape.withId ? `0x${hex(64)}` : null
    if (transferId !== null && !reused) lastId = transferId
    const recipient = random() < shape.withRecipient ? pick(people) : null
    const amount =
      random() < shape.round
        ? pick([100n, 1_000n, 5_000n, 10_000n]) * 1_000_000n
        : BigInt(1 + Math.floor(random() * 2e11))
    const time = START + Math.floor(random() * shape.seconds)
    const fee = (amount * BigInt(Math.floor(random() * 8_000))) / 1_000_000n
    const base = { bridge, token: 'USDC', row: null, logIndex: Math.floor(random() * 300) }
    const source: BridgeEvent = {
      ...base,
      side: 'source',
      transferId,
      chain: from,
      txid: `0x${hex(64)}`,
      time,
      amount,
      sender: recipient ?? pick(people),
      recipient,
      otherChain: random() < 0.8 ? to : null,
    }
    const destination: BridgeEvent = {
      ...base,
      side: 'destination',
      transferId,
      chain: to,
      txid: `0x${hex(64)}`,
      time: time + 20 + Math.floor(-Math.log(1 - random()) * 600),
      amount: amount - fee,
      sender: null,
      recipient,
      otherChain: random() < 0.6 ? from : null,
    }
    const here = random() >= shape.missingSource
    const there = random() >= shape.missingDestination
    if (here) events.push(source)
    if (there) events.push(destination)
    if (here && there) truth.set(eventName(source), eventName(destination))
    if (random() < shape.decoys) {
      events.push({
        ...destination,
        transferId: null,
        txid: `0x${hex(64)}`,
        time: time + Math.floor(random() * 14_000),
        amount: (amount * BigInt(992_000 + Math.floor(random() * 8_000))) / 1_000_000n,
        recipient: random() < 0.5 ? null : pick(people),
        otherChain: null,
      })
    }
  }
  return { events, truth }
}

/** Mulberry32: small, and the same on every machine. */
function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
