/**
 * Collects what a trace has to read: the moves of every account that traced value came to, from the height on at which it
 * came; what is known of conversions and crossings in the transactions it went through; the tags of its receivers.
 *
 * It goes in rounds, each of which is a pass over all that is there. Only the last pass counts. An account is followed
 * as a whole or not at all: one whose moves are more than is left of the budget is not followed, and said so.
 */
import type { AccountStore, AssetId, Move } from '../../chains/index.ts'
import { compareMoves } from '../../chains/index.ts'
import type { Progress } from '../../kernel/index.ts'
import type { BridgeStop, CrossingPort, MixerStop } from '../crossing.ts'
import type { ServiceTag } from '../trace-work.ts'
import { type AccountPass, type Arrival, accountKey, type Lane, type PassInput, passAccounts } from './account-pass.ts'
import type { AccountRule } from './account-rules.ts'
import type { End } from './ends.ts'
import { type Links, moveKey, openKnownLinks } from './links.ts'
import { type AccountTraceRequest, chainOf, isFlowAsset } from './request.ts'

/** The ledger of one chain, up to a height. */
export type ChainLedger = { readonly chain: string; readonly store: AccountStore; readonly toHeight: number }

export type CollectSetting = {
  readonly ledger: ChainLedger
  /** The ledger of another chain, where it is at hand. */
  readonly other: (chain: string) => Promise<ChainLedger | null>
  readonly crossing: CrossingPort | null
  readonly serviceTags: (chain: string, addresses: readonly string[]) => Promise<ReadonlyMap<string, ServiceTag>>
  readonly progress: Progress
}

export type Followed = {
  readonly chain: string
  readonly asset: AssetId
  readonly address: string
  readonly from: number
  readonly opening: bigint
}

export type Collected = {
  readonly pass: AccountPass
  readonly followed: ReadonlyMap<string, Followed>
  /** By account: the clean value of unknown origin that it must have had to pay what it paid. */
  readonly supposed: ReadonlyMap<string, bigint>
  readonly chains: readonly string[]
  readonly moves: number
  readonly transactions: number
  readonly bridgeStops: readonly BridgeStop[]
  readonly mixers: readonly { readonly chain: string; readonly stop: MixerStop }[]
  readonly services: ReadonlyMap<string, ServiceTag | null>
  readonly links: Links
  readonly rounds: number
}

type Wish = { readonly chain: string; readonly asset: AssetId; readonly address: string; readonly from: number }

export async function collectMoves(
  request: AccountTraceRequest,
  rule: AccountRule,
  sources: ReadonlyMap<string, number>,
  seedMoves: readonly Move[],
  seedAccounts: readonly Wish[],
  setting: CollectSetting,
): Promise<Collected> {
  const home = setting.ledger.chain
  const ledgers = new Map<string, ChainLedger | null>([[home, setting.ledger]])
  const movesByChain = new Map<string, Map<string, Move>>()
  const laneByChain = new Map<string, Lane>()
  const followed = new Map<string, Followed>()
  /** What accounts must have had at first, beyond what is known, to pay what they paid. */
  const supposed = new Map<string, bigint>()
  const cut = new Map<string, End>()
  const walked = new Set<string>()
  const services = new Map<string, ServiceTag | null>()
  const links = openKnownLinks()
  const asked = new Set<string>()
  const bridgeStops: BridgeStop[] = []
  const mixers: Collected['mixers'][number][] = []
  const assets = request.assets === 'all' ? null : new Set(request.assets)
  const allows = (asset: AssetId) => (assets === null ? !isFlowAsset(asset) : assets.has(asset))

  // What a seed sends is its own by definition, whether or not it is known to have had it.
  const seedNames = new Set(seedAccounts.map(({ asset, address }) => accountKey(asset, address)))

  addMoves(home, seedMoves)
  await follow(seedAccounts)
  const input: Omit<PassInput, 'lanes'> = {
    rule,
    seeds: request.seeds,
    sources,
    sameTime: request.sameTime,
    maxHops: request.budget.maxHops,
    minValue: request.budget.minValue,
    links,
    allows,
    followedFrom: (account) => followed.get(account)?.from ?? null,
    openingOf: (account) => followed.get(account)?.opening ?? 0n,
    supposedOf: (account) => supposed.get(account) ?? 0n,
    stopAt,
  }
  for (let rounds = 1; ; rounds++) {
    const pass = passAccounts({ ...input, lanes: lanes() })
    setting.progress.report(walked.size, undefined, 'transactions walked')
    if (await noteServices(pass)) continue
    if (await askLinks(pass)) continue
    if (await follow(wishesOf(pass.arrivals))) continue
    if (suppose(pass)) continue
    let moves = 0
    for (const one of movesByChain.values()) moves += one.size
    const chains = [...movesByChain.keys()].sort()
    return {
      pass,
      followed,
      supposed,
      chains,
      moves,
      transactions: walked.size,
      bridgeStops,
      mixers,
      services,
      links,
      rounds,
    }
  }

  function lanes(): Lane[] {
    return [...movesByChain.keys()].sort().map((chain) => {
      const known = laneByChain.get(chain)
      if (known) return known
      const lane = { chain, moves: [...(movesByChain.get(chain)?.values() ?? [])].sort(compareMoves) }
      laneByChain.set(chain, lane)
      return lane
    })
  }

  function addMoves(chain: string, moves: readonly Move[]): void {
    const kept = movesByChain.get(chain) ?? new Map<string, Move>()
    for (const move of moves) {
      kept.set(moveKey(chain, move.txid, move.place), move)
      walked.add(`${chain} ${move.txid}`)
    }
    movesByChain.set(chain, kept)
    laneByChain.delete(chain)
  }

  function stopAt(chain: string, address: string, account: string, hops: number): End | null {
    const service = hops > 0 ? services.get(`${chain} ${address}`) : null
    if (service) {
      const { label, category, confidence, source } = service
      return {
        status: 'service',
        code: 'service-tag',
        reason: `stopped at a service: ${label} (${category}; confidence ${confidence}; ${source})`,
      }
    }
    if (links.pools.has(`${chain} ${address}`)) {
      return {
        status: 'data-ends',
        code: 'pool',
        reason:
          'came to a contract that pools the value of many, by a payment that no known conversion or crossing explains',
      }
    }
    return cut.get(account) ?? null
  }

  /** Says whether a service was found that the pass did not know. */
  async function noteServices({ steps }: AccountPass): Promise<boolean> {
    if (!request.stopAtTags) return false
    let found = false
    const open = Map.groupBy(
      new Set(
        steps.flatMap(({ chain, move }) =>
          move.to !== null && !services.has(`${chain} ${move.to}`) ? [`${chain} ${move.to}`] : [],
        ),
      ),
      (key) => key.slice(0, key.indexOf(' ')),
    )
    for (const [chain, keys] of open) {
      const addresses = keys.map((key) => key.slice(chain.length + 1)).sort()
      const tags = await setting.serviceTags(chain, addresses)
      for (const address of addresses) {
        const tag = tags.get(address) ?? null
        services.set(`${chain} ${address}`, tag)
        if (tag) found = true
      }
    }
    return found
  }

  /** Says whether anything is known of the transactions of a pass that was not known before. */
  async function askLinks({ steps }: AccountPass): Promise<boolean> {
    const port = setting.crossing
    if (!port) return false
    let found = false
    const open = Map.groupBy(steps, ({ chain }) => chain)
    for (const [chain, list] of open) {
      const txids = [...new Set(list.map(({ move }) => move.txid))].filter((txid) => !asked.has(`${chain} ${txid}`))
      if (txids.length === 0) continue
      for (const txid of txids) asked.add(`${chain} ${txid}`)
      const [conversions, crossings, unlinked, stops] = await Promise.all([
        port.conversionsIn(chain, txids),
        port.crossingsFrom(chain, txids),
        port.bridgeStops(chain, txids),
        port.mixerStops(chain, txids),
      ])
      if (conversions.length + crossings.length + unlinked.length + stops.length === 0) continue
      found = true
      const sources = [...crossings, ...unlinked].map(({ source }) => source.txid)
      const told = new Set([...conversions.map(({ txid }) => txid), ...sources])
      const moves = (await ledgers.get(chain)?.store.movesOfTransactions(chain, [...told])) ?? []
      addMoves(chain, moves)
      const movesOf = Map.groupBy(moves, ({ txid }) => txid)
      for (const conversion of conversions) links.addConversion(conversion, movesOf.get(conversion.txid) ?? [])
      for (const crossing of crossings) {
        links.addCrossing(crossing, movesOf.get(crossing.source.txid) ?? [])
        await openDestination(crossing.destination)
      }
      for (const stop of unlinked) {
        links.addBridgeStop(stop, movesOf.get(stop.source.txid) ?? [])
        bridgeStops.push(stop)
      }
      for (const stop of stops) {
        links.addMixerStop(chain, stop)
        mixers.push({ chain, stop })
      }
    }
    return found
  }

  async function openDestination({ chain, txid, place }: { chain: string; txid: string; place: string | null }) {
    if (place === null) return
    if (!ledgers.has(chain)) ledgers.set(chain, await setting.other(chain))
    const ledger = ledgers.get(chain)
    if (!ledger) return
    const moves = await ledger.store.movesOfTransactions(chain, [txid])
    addMoves(
      chain,
      moves.filter((move) => move.place === place && move.height <= ledger.toHeight),
    )
  }

  /**
   * An account that pays more than it is known to have had must have had the difference, and nobody knows since when: it
   * counts as clean value that was there when traced value first came. It is the least opening balance that fits the data.
   */
  function suppose({ shortfalls }: AccountPass): boolean {
    let found = false
    for (const [account, amount] of shortfalls) {
      if (!followed.has(account) || seedNames.has(account)) continue
      supposed.set(account, (supposed.get(account) ?? 0n) + amount)
      found = true
    }
    return found
  }

  function wishesOf(arrivals: ReadonlyMap<string, Arrival>): Wish[] {
    return [...arrivals].flatMap(([account, { chain, asset, address, height }]) => {
      const from = followed.get(account)?.from
      return cut.has(account) || (from !== undefined && from <= height) ? [] : [{ chain, asset, address, from: height }]
    })
  }

  /** Follows accounts; says whether anything changed. */
  async function follow(wishes: readonly Wish[]): Promise<boolean> {
    const groups = Map.groupBy(wishes, ({ asset }) => asset)
    for (const asset of [...groups.keys()].sort()) {
      const group = (groups.get(asset) as Wish[]).sort((a, b) => a.from - b.from || (a.address < b.address ? -1 : 1))
      if (await followTogether(asset, group)) continue
      for (const wish of group) if (!(await followTogether(asset, [wish]))) cutOff(wish)
    }
    return wishes.length > 0
  }

  /** All moves of these accounts from their heights on; nothing is kept where the budget does not suffice. */
  async function followTogether(asset: AssetId, group: readonly Wish[]): Promise<boolean> {
    const ledger = ledgers.get(chainOf(asset))
    if (!ledger) return false
    const { chain, store, toHeight } = ledger
    const left = request.budget.maxTransactions - walked.size
    const { moves, more } = await store.moves(chain, {
      addresses: group.map(({ address }) => address),
      direction: 'both',
      assets: [asset],
      fromHeight: (group[0] as Wish).from,
      toHeight,
      // One transaction has often several moves; the budget is looked at again below.
      limit: 2 * Math.max(left, 0) + 1000,
    })
    const fromByAddress = new Map(group.map(({ address, from }) => [address, from]))
    const wanted = moves.filter(({ from, to, height }) =>
      [from, to].some((address) => address !== null && height >= (fromByAddress.get(address) ?? Number.MAX_VALUE)),
    )
    const fresh = new Set(wanted.map(({ txid }) => `${chain} ${txid}`).filter((name) => !walked.has(name)))
    if (more || fresh.size > left) return false
    addMoves(chain, wanted)
    const openings = await Promise.all(
      group.map(async ({ address, from }) =>
        from <= 0 ? 0n : ((await store.balances(chain, address, from - 1)).get(asset) ?? 0n),
      ),
    )
    group.forEach(({ address, from }, at) => {
      const opening = openings[at] as bigint
      const account = accountKey(asset, address)
      supposed.delete(account)
      // Where the data is not complete more may have gone than is known to have come.
      followed.set(account, { chain, asset, address, from, opening: opening > 0n ? opening : 0n })
    })
    return true
  }

  function cutOff({ asset, address }: Wish): void {
    cut.set(accountKey(asset, address), {
      status: 'not-followed',
      code: 'max-transactions',
      reason: `its moves are more than was left of the budget of ${request.budget.maxTransactions} transactions`,
    })
  }
}
