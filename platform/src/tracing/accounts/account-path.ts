/**
 * Paths on account chains: how value could have come from one address to another, by the fewest payments, through conversions and
 * over bridges. No step of a path comes before the one that it follows. A path says that addresses are connected, not whose money
 * arrived; for that, trace under a rule.
 */
import type { AccountStore, AssetId, Move } from '../../chains/index.ts'
import type { CrossingPort } from '../crossing.ts'
import type { PathBudget } from '../path.ts'
import { moveKey, openKnownLinks } from './links.ts'

export type AccountHop = {
  readonly kind: 'payment' | 'conversion' | 'crossing'
  readonly move: Move
  readonly chain: string
  /** Where and as what it comes out: another asset after a conversion, another chain after a crossing. */
  readonly to: { readonly chain: string; readonly address: string; readonly asset: AssetId }
  /** The conversion or crossing. */
  readonly reference: string | null
}

export type AccountPathAnswer = {
  readonly found: boolean
  /** Shortest paths, all of one length, in a fixed order. */
  readonly paths: readonly (readonly AccountHop[])[]
  readonly hops: number | null
  readonly transactions: number
  readonly ended: 'found' | 'exhausted' | 'max-transactions' | 'max-hops'
}

/** What is held where, from when on; `asset: null` is anything, at the start. */
type Front = {
  readonly chain: string
  readonly asset: AssetId | null
  readonly address: string
  readonly height: number
}
type Step = AccountHop & { readonly from: string; readonly height: number }

export type PathSetting = {
  readonly store: AccountStore
  readonly crossing: CrossingPort
  /** The highest block of a chain that is read; `null` where the chain is not at hand. */
  readonly topOf: (chain: string) => Promise<number | null>
}

export async function findAccountPaths(
  { store, crossing, topOf }: PathSetting,
  start: { readonly chain: string; readonly address: string },
  goal: string,
  budget: PathBudget,
): Promise<AccountPathAnswer> {
  const earliest = new Map<string, number>()
  const stepsInto: Map<string, Step[]>[] = []
  const walked = new Set<string>()
  const first: Front = { ...start, asset: null, height: 0 }
  let front = [first]
  for (let hops = 1; front.length > 0; hops++) {
    if (hops > budget.maxHops) return nothing('max-hops')
    const into = new Map<string, Step[]>()
    for (const [chain, fronts] of Map.groupBy(front, (one) => one.chain)) {
      const steps = await stepsFrom(chain, fronts)
      if (steps === null) return nothing('max-transactions')
      for (const step of steps) {
        const key = keyOf(step.to)
        const known = earliest.get(key)
        // A place that was reached before is worth another visit only where value comes there earlier.
        if (known !== undefined && known <= step.height && !into.has(key)) continue
        earliest.set(key, Math.min(known ?? step.height, step.height))
        into.set(key, [...(into.get(key) ?? []), step])
      }
    }
    stepsInto.push(into)
    const ends = [...into.keys()].filter((key) => into.get(key)?.some(({ to }) => to.address === goal)).sort()
    if (ends.length > 0) {
      const paths = ends.flatMap((key) => waysTo(key, stepsInto.length - 1)).slice(0, budget.maxPaths)
      return { found: true, paths, hops, transactions: walked.size, ended: 'found' }
    }
    front = [...into.values()].map((steps) => ({
      ...(steps[0] as Step).to,
      height: steps.reduce((least, { height }) => Math.min(least, height), Number.MAX_SAFE_INTEGER),
    }))
  }
  return nothing('exhausted')

  function nothing(ended: AccountPathAnswer['ended']): AccountPathAnswer {
    return { found: false, paths: [], hops: null, transactions: walked.size, ended }
  }

  /** What leaves these places from their heights on; `null` where the budget does not suffice. */
  async function stepsFrom(chain: string, fronts: readonly Front[]): Promise<readonly Step[] | null> {
    const toHeight = await topOf(chain)
    if (toHeight === null) return []
    const steps: Step[] = []
    for (const [asset, group] of Map.groupBy(fronts, (one) => one.asset)) {
      const { moves, more } = await store.moves(chain, {
        addresses: group.map(({ address }) => address),
        direction: 'out',
        ...(asset === null ? {} : { assets: [asset] }),
        fromHeight: Math.min(...group.map(({ height }) => height)),
        toHeight,
        limit: 2 * budget.maxTransactions,
      })
      const frontOf = new Map(group.map((one) => [one.address, one]))
      const left = moves.filter(
        ({ from, height, kind }) => kind !== 'fee' && height >= (frontOf.get(from ?? '')?.height ?? Infinity),
      )
      for (const { txid } of left) walked.add(`${chain} ${txid}`)
      if (more || walked.size > budget.maxTransactions) return null
      const links = await linksOf(chain, [...new Set(left.map(({ txid }) => txid))])
      for (const move of left) {
        const from = keyOf({ chain, asset, address: move.from as string })
        for (const step of outOf(chain, move, links)) steps.push({ ...step, from })
      }
    }
    return steps
  }

  async function linksOf(chain: string, txids: readonly string[]) {
    const links = openKnownLinks()
    const [conversions, crossings, stops, mixers] = await Promise.all([
      crossing.conversionsIn(chain, txids),
      crossing.crossingsFrom(chain, txids),
      crossing.bridgeStops(chain, txids),
      crossing.mixerStops(chain, txids),
    ])
    const told = [...conversions, ...[...crossings, ...stops].map(({ source }) => source)].map(({ txid }) => txid)
    const movesOf = Map.groupBy(await store.movesOfTransactions(chain, [...new Set(told)]), ({ txid }) => txid)
    for (const one of conversions) links.addConversion(one, movesOf.get(one.txid) ?? [])
    for (const one of crossings) links.addCrossing(one, movesOf.get(one.source.txid) ?? [])
    for (const one of stops) links.addBridgeStop(one, movesOf.get(one.source.txid) ?? [])
    for (const one of mixers) links.addMixerStop(chain, one)
    return links
  }

  /** A path does not go through pools, mixers and bridges to no known destination: it goes around them, or ends. */
  function outOf(chain: string, move: Move, links: ReturnType<typeof openKnownLinks>): Omit<Step, 'from'>[] {
    const key = moveKey(chain, move.txid, move.place)
    const conversion = links.givenBy.get(key)
    if (conversion) {
      return conversion.received.map(({ holder, asset }) => ({
        ...{ kind: 'conversion', chain, move, reference: conversion.id, height: move.height },
        to: { chain, address: holder, asset },
      }))
    }
    const over = links.crossingFrom.get(key)
    if (over) {
      const { chain: far, recipient, asset, height } = over.destination
      if (recipient === null) return []
      return [
        {
          ...{ kind: 'crossing', chain, move, reference: over.id, height: height ?? 0 },
          to: { chain: far, address: recipient, asset },
        },
      ]
    }
    if (move.to === null || move.to === move.from) return []
    if (move.to !== goal && links.pools.has(`${chain} ${move.to}`)) return []
    const to = { chain, address: move.to, asset: move.asset }
    return [{ kind: 'payment', chain, move, reference: null, height: move.height, to }]
  }

  /** Back from a place along the steps of each level, as far as times allow. */
  function waysTo(key: string, level: number, before = Number.MAX_SAFE_INTEGER): AccountHop[][] {
    const steps = (stepsInto[level]?.get(key) ?? []).filter(({ to, height, chain, move }) =>
      to.chain === chain ? move.height <= before : height <= before,
    )
    const ways: AccountHop[][] = []
    for (const { from, height: _height, ...hop } of steps.sort(inOrder)) {
      if (ways.length >= budget.maxPaths) break
      const earlier = level === 0 ? [[]] : waysTo(from, level - 1, hop.move.height)
      for (const way of earlier) ways.push([...way, hop])
    }
    return ways.slice(0, budget.maxPaths)
  }
}

function keyOf({ chain, asset, address }: { chain: string; asset: AssetId | null; address: string }): string {
  return `${chain} ${asset ?? '*'} ${address}`
}

function inOrder(a: Step, b: Step): number {
  return a.move.height - b.move.height || (moveName(a) < moveName(b) ? -1 : 1)
}

function moveName({ chain, move }: Step): string {
  return moveKey(chain, move.txid, move.place)
}
