/**
 * What is known of the moves that a trace meets: which of them are legs of a conversion, ends of a crossing, or deposits
 * into a mixer. Whoever decodes says so (`CrossingPort`); nothing is guessed here.
 */
import type { Move } from '../../chains/index.ts'
import type { BridgeSide, BridgeStop, Conversion, Crossing, MixerStop } from '../crossing.ts'

/** A move by chain, transaction and place. */
export function moveKey(chain: string, txid: string, place: string): string {
  return `${chain} ${txid}#${place}`
}

export type Links = {
  readonly givenBy: ReadonlyMap<string, Conversion>
  readonly receivedBy: ReadonlyMap<string, Conversion>
  readonly crossingFrom: ReadonlyMap<string, Crossing>
  readonly crossingTo: ReadonlyMap<string, Crossing>
  readonly bridgeStopAt: ReadonlyMap<string, BridgeStop>
  readonly mixerAt: ReadonlyMap<string, MixerStop>
  /** Chain and address of contracts that pool the value of many: a trace does not go through them. */
  readonly pools: ReadonlySet<string>
}

export type KnownLinks = Links & {
  addConversion(conversion: Conversion, moves: readonly Move[]): void
  addCrossing(crossing: Crossing, moves: readonly Move[]): void
  addBridgeStop(stop: BridgeStop, moves: readonly Move[]): void
  addMixerStop(chain: string, stop: MixerStop): void
}

/** A move is a leg of one conversion only: of several that name it, the one with the lower id counts. */
export function openKnownLinks(): KnownLinks {
  const givenBy = new Map<string, Conversion>()
  const receivedBy = new Map<string, Conversion>()
  const crossingFrom = new Map<string, Crossing>()
  const crossingTo = new Map<string, Crossing>()
  const bridgeStopAt = new Map<string, BridgeStop>()
  const mixerAt = new Map<string, MixerStop>()
  const pools = new Set<string>()
  return {
    givenBy,
    receivedBy,
    crossingFrom,
    crossingTo,
    bridgeStopAt,
    mixerAt,
    pools,
    addConversion(conversion, moves) {
      const { chain, given, received } = conversion
      const holders = new Set([...given, ...received].map(({ holder }) => holder))
      const moveOf = new Map(moves.map((move) => [moveKey(chain, move.txid, move.place), move]))
      for (const [legs, by, other] of [
        [given, givenBy, 'to'],
        [received, receivedBy, 'from'],
      ] as const) {
        for (const { move } of legs) {
          const key = moveKey(chain, move.txid, move.place)
          putLower(by, key, conversion)
          const counterparty = moveOf.get(key)?.[other] ?? null
          if (counterparty !== null && !holders.has(counterparty)) pools.add(`${chain} ${counterparty}`)
        }
      }
      // What is given back of what was given (the rest of a payment that was too large) is made up like what is received.
      const givers = new Set(given.map(({ holder, asset }) => `${asset} ${holder}`))
      for (const move of moves) {
        if (move.to === null || !givers.has(`${move.asset} ${move.to}`)) continue
        if (move.from !== null && holders.has(move.from)) continue
        putLower(receivedBy, moveKey(chain, move.txid, move.place), conversion)
      }
    },
    addCrossing(crossing, moves) {
      const { source, destination } = crossing
      if (source.place !== null) putLower(crossingFrom, moveKey(source.chain, source.txid, source.place), crossing)
      addBridge(source, moves)
      if (destination.place !== null)
        putLower(crossingTo, moveKey(destination.chain, destination.txid, destination.place), crossing)
    },
    addBridgeStop(stop, moves) {
      const { chain, txid, place } = stop.source
      if (place !== null) bridgeStopAt.set(moveKey(chain, txid, place), stop)
      addBridge(stop.source, moves)
    },
    addMixerStop(chain, stop) {
      mixerAt.set(moveKey(chain, stop.deposit.txid, stop.deposit.place), stop)
      pools.add(`${chain} ${stop.pool}`)
    },
  }

  /** The contract that took what was sent pools the value of all who use the bridge. */
  function addBridge({ chain, txid, place }: BridgeSide, moves: readonly Move[]): void {
    const contract = moves.find((move) => move.txid === txid && move.place === place)?.to ?? null
    if (contract !== null) pools.add(`${chain} ${contract}`)
  }
}

function putLower<One extends { readonly id: string }>(by: Map<string, One>, key: string, one: One): void {
  const other = by.get(key)
  if (!other || one.id < other.id) by.set(key, one)
}
