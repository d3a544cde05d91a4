/**
 * One pass over all moves that a trace has collected, in their order: the definition of its result.
 *
 * Each account that is followed is a holding of the rule. A move takes its parts from the holding of its sender and brings
 * them to that of its receiver, unless it ends there: at a service, in a conversion, over a bridge, as a fee. Chains are
 * joined by time; what crosses from one to another is always read first where it set out.
 */
import type { AssetId, Move } from '../../chains/index.ts'
import { mergeSources, type Parts } from '../rules/parts.ts'
import { type AccountRule, worth } from './account-rules.ts'
import type { CameIn } from './conservation.ts'
import { type End, type EndTotal, openEndBook } from './ends.ts'
import type { Holding } from './holding.ts'
import { type Links, moveKey } from './links.ts'
import { orderBlock } from './move-order.ts'
import { openPot, type Pot } from './pot.ts'
import type { AccountSeed, SameTime } from './request.ts'
import { openSeeding, type PlacedSeed } from './seeding.ts'
import { sourcesIn } from './sources-in.ts'

/** The collected moves of one chain, ascending. */
export type Lane = { readonly chain: string; readonly moves: readonly Move[] }

export type PassInput = {
  readonly rule: AccountRule
  readonly lanes: readonly Lane[]
  readonly seeds: readonly AccountSeed[]
  readonly sources: ReadonlyMap<string, number>
  readonly sameTime: SameTime
  readonly maxHops: number | null
  readonly minValue: bigint | null
  readonly links: Links
  allows(asset: AssetId): boolean
  /** From which height on all moves of an account (`ASSET ADDRESS`) are here; `null` where it is not followed yet. */
  followedFrom(account: string): number | null
  openingOf(account: string): bigint
  /** What an account must have had beyond that, to pay what it paid. */
  supposedOf(account: string): bigint
  /** Why value that arrives at an address is not followed, where that is so. */
  stopAt(chain: string, address: string, account: string, hops: number): End | null
}

export type Arrival = {
  readonly chain: string
  readonly asset: AssetId
  readonly address: string
  /** The height of the first traced value to come. */
  readonly height: number
  hops: number
  moves: number
  last: Move
}

export type PassStep = { readonly chain: string; readonly move: Move; readonly traced: bigint; readonly hops: number }

export type AccountPass = {
  readonly placed: readonly PlacedSeed[]
  readonly ends: readonly EndTotal[]
  readonly holdings: ReadonlyMap<string, Holding>
  /** Accounts to which traced value came, and stayed or went on. */
  readonly arrivals: ReadonlyMap<string, Arrival>
  /** Traced value that an account passed on. */
  readonly passedOn: ReadonlyMap<string, bigint>
  /** What an account paid beyond what it is known to have had. */
  readonly shortfalls: ReadonlyMap<string, bigint>
  readonly cameIn: ReadonlyMap<AssetId, CameIn>
  /** What conversions and crossings brought in, by source. */
  readonly joined: ReadonlyMap<AssetId, Parts>
  readonly steps: readonly PassStep[]
  /** Crossings whose other end was read: traced value came out there. */
  readonly continued: ReadonlySet<string>
  /** What seeds with an amount still have at their address, by account. */
  readonly resting: ReadonlyMap<string, Parts>
}

const NULL_ADDRESS = /^0x0{40}$/

export function accountKey(asset: AssetId, address: string): string {
  return `${asset} ${address}`
}

export function passAccounts(input: PassInput): AccountPass {
  const { rule, links } = input
  const seeding = openSeeding(rule, input.seeds, input.sources, input.allows)
  const ends = openEndBook(rule)
  const holdings = new Map<string, Holding>()
  const arrivals = new Map<string, Arrival>()
  const passedOn = new Map<string, bigint>()
  const shortfalls = new Map<string, bigint>()
  const cameIn = new Map<AssetId, { -readonly [name in keyof CameIn]: bigint }>()
  const joined = new Map<AssetId, Parts>()
  const steps: PassStep[] = []
  const pots = new Map<string, Pot>()
  const continued = new Set<string>()
  const done = new Set<string>()
  const moveByKey = new Map<string, Move>()
  for (const { chain, moves } of input.lanes)
    for (const move of moves) moveByKey.set(moveKey(chain, move.txid, move.place), move)
  const queues = input.lanes.map(openQueue)

  for (;;) {
    const first = queues
      .filter((queue) => queue.time() !== null)
      .reduce<Queue | null>((a, b) => (a === null || (b.time() as number) < (a.time() as number) ? b : a), null)
    if (!first) break
    first.runBlock()
  }
  const resting = restOfSeeds()
  return {
    placed: seeding.placed,
    ends: ends.totals(),
    holdings,
    arrivals,
    passedOn,
    shortfalls,
    cameIn,
    joined,
    steps,
    continued,
    resting,
  }

  type Queue = { time(): number | null; runBlock(): void; readonly chain: string }

  /** Blocks of one chain. Their time never goes back, and where none is stated it is that of the block before. */
  function openQueue({ chain, moves }: Lane): Queue {
    let at = 0
    let now = 0
    return {
      chain,
      time: () => {
        const move = moves[at]
        if (!move) return null
        return move.time !== null && move.time > now ? move.time : now
      },
      runBlock: () => {
        const height = moves[at]?.height
        const from = at
        while (moves[at]?.height === height && at < moves.length) {
          const { time } = moves[at++] as Move
          if (time !== null && time > now) now = time
        }
        const order = orderBlock(moves.slice(from, at), input.sameTime, balanceOf)
        for (let move = order.next(); move; move = order.next()) run(chain, move)
      },
    }
  }

  function balanceOf(asset: AssetId, address: string): bigint {
    const account = accountKey(asset, address)
    return (
      holdings.get(account)?.balance() ??
      (input.followedFrom(account) === null ? 0n : input.openingOf(account) + input.supposedOf(account))
    )
  }

  function run(chain: string, move: Move): void {
    const key = moveKey(chain, move.txid, move.place)
    if (done.has(key)) return
    done.add(key)
    const conversion = links.receivedBy.get(key)
    const crossing = links.crossingTo.get(key)
    // A pool often pays out before it is paid; what is received is made up of what is given, so that is read first.
    if (conversion) for (const leg of conversion.given) readFirst(chain, leg.move.txid, leg.move.place)
    if (crossing?.source.place) readAcross(crossing.source.chain, crossing.source.txid, crossing.source.place)
    const pot = pots.get(conversion?.id ?? crossing?.id ?? '')
    if (pot && (conversion || crossing)) {
      const composed = pot.compose(move.amount)
      const amount = worth(rule, composed)
      if (amount > 0n) {
        comeIn(move.asset, conversion ? 'convertedIn' : 'crossedIn', amount)
        joined.set(move.asset, mergeSources(joined.get(move.asset) ?? [], sourcesIn(composed)))
        if (crossing && !conversion) continued.add(crossing.id)
      }
      // A seed may name the very payment that comes out.
      const { parts, added } = seeding.add(move, composed)
      if (added > 0n) comeIn(move.asset, 'root', added)
      arrive(chain, move, parts, added > 0n ? 0 : pot.hops())
      return
    }
    if (move.from !== null && move.from === move.to) return
    const { parts, hops } = leave(move)
    arrive(chain, move, parts, hops + 1)
  }

  function readFirst(chain: string, txid: string, place: string): void {
    const move = moveByKey.get(moveKey(chain, txid, place))
    if (move) run(chain, move)
  }

  /** Reads another chain as far as the block in which the value set out. */
  function readAcross(chain: string, txid: string, place: string): void {
    const key = moveKey(chain, txid, place)
    if (!moveByKey.has(key)) return
    const queue = queues.find((one) => one.chain === chain)
    while (!done.has(key) && queue && queue.time() !== null) queue.runBlock()
  }

  /** What a move takes from its sender: of a holding that is followed, and of what seeds add. */
  function leave(move: Move): { parts: Parts; hops: number } {
    const seeded = seeding.isSeed(move)
    let before: Parts = []
    let missing = 0n
    const account = move.from === null ? null : accountKey(move.asset, move.from)
    if (account !== null) {
      const holding = holdingOf(account, move.height)
      if (holding) {
        missing = move.amount - holding.balance()
        if (missing > 0n) drawingIn(move.asset, holding, 0n, () => holding.suppose(missing))
        before = holding.send(move.amount)
      }
    }
    const { parts, added } = seeding.add(move, before)
    if (added > 0n) comeIn(move.asset, 'root', added)
    if (account !== null && missing > added) {
      shortfalls.set(account, (shortfalls.get(account) ?? 0n) + missing - added)
    }
    const carried = worth(rule, before)
    if (account !== null && carried > 0n) passedOn.set(account, (passedOn.get(account) ?? 0n) + carried)
    const known = account === null ? undefined : arrivals.get(account)
    return { parts, hops: added > 0n ? (seeded === 'move' ? -1 : 0) : (known?.hops ?? 0) }
  }

  function holdingOf(account: string, height: number): Holding | null {
    const found = holdings.get(account)
    const from = input.followedFrom(account)
    if (found) return from === null || height >= from ? found : null
    if (from === null || height < from) return null
    const holding = rule.open()
    const opening = input.openingOf(account)
    if (opening > 0n) holding.receive(opening, [])
    const supposed = input.supposedOf(account)
    if (supposed > 0n) holding.suppose(supposed)
    holdings.set(account, holding)
    return holding
  }

  function arrive(chain: string, move: Move, parts: Parts, hops: number): void {
    const key = moveKey(chain, move.txid, move.place)
    const traced = worth(rule, parts)
    if (traced > 0n) steps.push({ chain, move, traced, hops })
    const given = links.givenBy.get(key)
    const crossing = links.crossingFrom.get(key)
    if (given || crossing) {
      const id = (given ?? crossing)?.id as string
      const pot = pots.get(id) ?? openPot(rule)
      pots.set(id, pot)
      pot.give(move.asset, move.amount, parts, hops)
    }
    if (traced > 0n) {
      const end = endOf(chain, move, key, traced, hops)
      if (end) {
        ends.add(end, chain, given ? move.from : move.to, move, parts, hops)
        if (!given && !crossing) credit(move, [])
        return
      }
      // Only a followed account can hold: what comes to another makes it one in the next round.
      const account = accountKey(move.asset, move.to as string)
      noteArrival(chain, account, move, hops)
      if (!holdings.has(account) && input.followedFrom(account) === null) holdings.set(account, rule.open())
    }
    if (!given && !crossing) credit(move, parts)
  }

  function credit(move: Move, parts: Parts): void {
    if (move.to === null) return
    const holding = holdingOf(accountKey(move.asset, move.to), move.height)
    if (!holding) return
    drawingIn(move.asset, holding, worth(rule, parts), () => holding.receive(move.amount, parts))
  }

  /** Only poison makes more of what comes than it is. */
  function drawingIn(asset: AssetId, holding: Holding, traced: bigint, come: () => void): void {
    const before = rule.conserves ? 0n : worth(rule, holding.held())
    come()
    if (!rule.conserves) comeIn(asset, 'drawnIn', worth(rule, holding.held()) - before - traced)
  }

  function noteArrival(chain: string, account: string, move: Move, hops: number): void {
    const found = arrivals.get(account)
    if (!found) {
      const { asset, to, height } = move
      arrivals.set(account, { chain, asset, address: to as string, height, hops, moves: 1, last: move })
      return
    }
    if (hops < found.hops) found.hops = hops
    found.moves++
    found.last = move
  }

  /** Where value that a move carries ends with it; `null` where it comes to an account that is followed. */
  function endOf(chain: string, move: Move, key: string, traced: bigint, hops: number): End | null {
    const conversion = links.givenBy.get(key)
    if (conversion) {
      const into = conversion.received.map(({ amount, asset }) => `${amount} of ${asset}`).join(', ') || 'nothing'
      return {
        status: 'converted',
        code: conversion.kind,
        reference: conversion.id,
        reason: `${conversion.kind} in ${move.txid} into ${into} (${conversion.decoder}, ${conversion.tier})`,
      }
    }
    const crossing = links.crossingFrom.get(key)
    if (crossing) {
      const { bridge, tier, destination, id } = crossing
      return {
        status: 'crossed',
        code: 'bridge',
        reference: id,
        reason: `crossed by ${bridge} to ${destination.chain}, ${destination.txid} (${tier})`,
      }
    }
    const unlinked = links.bridgeStopAt.get(key)
    if (unlinked) {
      return {
        status: 'data-ends',
        code: 'bridge-unlinked',
        reference: key,
        reason: `sent into the bridge ${unlinked.bridge}, no link to a destination is made: ${unlinked.reason}; ${unlinked.candidates.length} could be it, none is attributed`,
      }
    }
    const mixer = links.mixerAt.get(key)
    if (mixer) {
      return {
        status: 'mixer',
        code: 'mixer-deposit',
        reference: key,
        reason: `deposited into a mixer (${mixer.pool}, by ${mixer.decoder}); ${mixer.candidates.length} withdrawals could be it, none is attributed`,
      }
    }
    if (move.kind === 'fee') return { status: 'fee', code: 'fee', reason: 'fees, paid to the producers of blocks' }
    if (move.kind === 'rebase' && move.to === null)
      return { status: 'written-off', code: 'rebase', reason: 'taken away by the token itself, to nobody' }
    if (move.kind === 'burn' || move.to === null)
      return { status: 'burnt', code: 'burnt', reason: 'burnt: it ceased to be' }
    if (NULL_ADDRESS.test(move.to))
      return { status: 'burnt', code: 'null-address', reason: 'sent to the null address, which nobody can spend from' }
    const account = accountKey(move.asset, move.to)
    const stopped = input.stopAt(chain, move.to, account, hops)
    if (stopped) return stopped
    const { maxHops, minValue } = input
    if (maxHops !== null && hops >= maxHops)
      return { status: 'not-followed', code: 'max-hops', reason: `the budget of ${maxHops} hops was used up` }
    if (minValue !== null && traced < minValue)
      return {
        status: 'not-followed',
        code: 'min-value',
        reason: `payments with traced value below the minimum of ${minValue} base units`,
      }
    return null
  }

  function comeIn(asset: AssetId, name: keyof CameIn, amount: bigint): void {
    const sums = cameIn.get(asset) ?? { root: 0n, drawnIn: 0n, convertedIn: 0n, crossedIn: 0n }
    sums[name] += amount
    cameIn.set(asset, sums)
  }

  /** A seed with an amount of which less was sent on: the rest is what its address still has, as far as it has it. */
  function restOfSeeds(): Map<string, Parts> {
    const rests = new Map<string, Parts>()
    for (const [account, holding] of [...holdings].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const space = account.lastIndexOf(' ')
      const [asset, address] = [account.slice(0, space), account.slice(space + 1)]
      const parts = seeding.rest(asset, address, holding.balance() - worth(rule, holding.held()))
      if (parts.length === 0) continue
      rests.set(account, parts)
      comeIn(asset, 'root', worth(rule, parts))
    }
    return rests
  }
}
