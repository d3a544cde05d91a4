/**
 * The flow of a record of account chains as a graph for drawing: sources, what addresses held on the way, conversions, crossings
 * and ends. An address is a node for each asset, and begins anew whenever something arrives after something left.
 *
 * Widths have to compare amounts of different assets, and the ledger knows no prices: an asset that traced value was converted or
 * crossed into is as wide as what was given for it, at the rate of the first conversion or crossing of this very trace that
 * brought it. Amounts on the cards are those of the record.
 */
import type { AccountRecordPosition, AccountTraceRecord } from '../../accounts/account-record.ts'
import { moveKey } from '../../accounts/links.ts'
import {
  addEdge,
  type Draft,
  type FlowGraph,
  type FlowKind,
  leaveOutLastAddresses,
  withColumns,
} from '../flow-graph.ts'
import { smaller } from '../measures.ts'
import type { EndStatus } from '../words.ts'
import { type Amounts, addTo } from './asset-amounts.ts'

export type AccountFlow = {
  readonly graph: FlowGraph
  /** What a node carries, by asset. */
  readonly amounts: ReadonlyMap<string, Amounts>
  /** Conversions and crossings: what came out of them. */
  readonly received: ReadonlyMap<string, Amounts>
  /** What passed between two nodes, by asset, under both their ids parted by a line feed. */
  readonly carried: ReadonlyMap<string, Amounts>
}

type Step = AccountTraceRecord['result']['flow'][number]
type Pool = { epoch: number; held: bigint; paid: boolean }

/** The whole of what went in, in the units of widths. */
const WHOLE = 10n ** 12n

export function accountFlow(record: AccountTraceRecord): AccountFlow {
  const draft: Draft = { nodes: new Map(), edges: new Map() }
  const amounts = new Map<string, Map<string, bigint>>()
  const received = new Map<string, Map<string, bigint>>()
  const carried = new Map<string, Map<string, bigint>>()
  const rates = new Map<string, { readonly width: bigint; readonly units: bigint }>()
  const widthIn = new Map<string, bigint>()
  const pools = new Map<string, Pool>()
  const { conversions, crossings, flow, positions, ledgers } = record.result
  const giverOf = new Map<string, string>()
  const takerOf = new Map<string, string>()
  for (const { id, chain, txid, given, received: got } of conversions) {
    for (const { place } of given) giverOf.set(moveKey(chain, txid, place), id)
    for (const { place } of got) takerOf.set(moveKey(chain, txid, place), id)
    openNode(id, 'transaction', txid, null)
  }
  for (const { id, source, destination, continued } of crossings) {
    if (source.place !== null) giverOf.set(moveKey(source.chain, source.txid, source.place), id)
    if (continued && destination.place !== null)
      takerOf.set(moveKey(destination.chain, destination.txid, destination.place), id)
    openNode(id, 'transaction', source.txid, null)
  }
  for (const { asset, root } of ledgers) if (root !== '0') rates.set(asset, { width: WHOLE, units: BigInt(root) })

  for (const step of flow) {
    const key = moveKey(step.chain, step.txid, step.place)
    const into = giverOf.get(key)
    const outOf = takerOf.get(key)
    const units = BigInt(step.traced)
    if (outOf !== undefined && draft.nodes.has(outOf)) {
      setRate(outOf, step.asset, units)
      addTo(mapOf(received, outOf), step.asset, units)
      deposit(step, outOf, units, into)
    } else for (const [maker, part] of makersOf(step, units)) deposit(step, maker, part, into)
  }
  for (const position of positions) end(position)
  const before = [...draft.edges.values()]
  leaveOutLastAddresses(draft)
  return { graph: withColumns(draft, new Map()), amounts, received, carried: carriedPast(before) }

  /** Addresses that were left out hand on what came to them. */
  function carriedPast(edges: readonly { readonly from: string; readonly to: string }[]): ReadonlyMap<string, Amounts> {
    const onward = new Map(edges.filter(({ from }) => !draft.nodes.has(from)).map(({ from, to }) => [from, to]))
    const passed = new Map<string, Map<string, bigint>>()
    for (const { from, to } of edges) {
      if (onward.has(from)) continue
      const key = `${from}\n${onward.get(to) ?? to}`
      for (const [asset, units] of carried.get(`${from}\n${to}`) ?? []) addTo(mapOf(passed, key), asset, units)
    }
    return passed
  }

  function join(from: string, to: string, asset: string, units: bigint): void {
    addEdge(draft, from, to, widthOf(asset, units))
    addTo(mapOf(carried, `${from}\n${to}`), asset, units)
  }

  /** What a payment takes from what its sender holds here; the rest of it is what a seed adds. */
  function makersOf(step: Step, units: bigint): [string, bigint][] {
    const account = `${step.asset} ${step.from}`
    const pool = pools.get(account)
    const seed = record.seeds.find(({ address, move }) =>
      move ? move.txid === step.txid && move.place === step.place : address === step.from,
    )
    const named = seed?.move ? 0n : smaller(units, pool?.held ?? 0n)
    const makers: [string, bigint][] = []
    if (pool && named > 0n) {
      pool.held -= named
      pool.paid = true
      makers.push([idOf(account, pool), named])
    }
    if (named < units) makers.push([seed ? source(seed.label, step.asset, units - named) : unlinked(), units - named])
    return makers
  }

  function deposit(step: Step, maker: string, units: bigint, into: string | undefined): void {
    const width = widthOf(step.asset, units)
    if (into !== undefined) {
      addTo(mapOf(amounts, into), step.asset, units)
      widthIn.set(into, (widthIn.get(into) ?? 0n) + width)
      join(maker, into, step.asset, units)
      return
    }
    const account = `${step.asset} ${step.to}`
    const pool = pools.get(account)
    let now: Pool
    if (!pool) now = { epoch: 0, held: 0n, paid: false }
    else if (pool.paid) {
      now = { epoch: pool.epoch + 1, held: pool.held, paid: false }
      openNode(idOf(account, now), 'address', step.to ?? 'nobody', step.to)
      addTo(mapOf(amounts, idOf(account, now)), step.asset, pool.held)
      join(idOf(account, pool), idOf(account, now), step.asset, pool.held)
    } else now = pool
    pools.set(account, now)
    openNode(idOf(account, now), 'address', step.to ?? 'nobody', step.to)
    addTo(mapOf(amounts, idOf(account, now)), step.asset, units)
    now.held += units
    join(maker, idOf(account, now), step.asset, units)
  }

  function end(position: AccountRecordPosition): void {
    const { asset, address, status, code, reference, reason, hops, height, time, label } = position
    if (status === 'converted') return
    const crossing = status === 'crossed' ? crossings.find(({ id }) => id === reference) : undefined
    if (crossing?.continued) return
    const id = `end ${asset} ${address} ${status} ${code} ${reference ?? ''}`
    const units = BigInt(position.traced)
    const of = address ?? 'nobody'
    const [name, text] = status === 'service' ? [label, reason] : [of, reason]
    draft.nodes.set(id, {
      ...{ id, kind: 'end', amount: widthOf(asset, units), name, address, status: status as EndStatus },
      ...{ reason: text, hops, height, time },
    })
    addTo(mapOf(amounts, id), asset, units)
    if (crossing) {
      join(crossing.id, id, asset, units)
      return
    }
    const account = `${asset} ${address}`
    const pool = pools.get(account)
    const held = smaller(units, pool?.held ?? 0n)
    if (pool && held > 0n) {
      pool.held -= held
      pool.paid = true
      join(idOf(account, pool), id, asset, held)
    }
    if (held === units) return
    // What a seed with an amount did not send on rests where it was.
    const seed = record.seeds.find((one) => one.address === address && one.rests.some((rest) => rest.asset === asset))
    join(seed ? source(seed.label, asset, units - held) : unlinked(), id, asset, units - held)
  }

  function source(label: string, asset: string, units: bigint): string {
    const id = `source ${label}`
    openNode(id, 'source', label, null)
    const node = draft.nodes.get(id)
    if (node) node.amount += widthOf(asset, units)
    addTo(mapOf(amounts, id), asset, units)
    return id
  }

  function unlinked(): string {
    openNode('unlinked in', 'unlinked', 'Link not in the record', null)
    return 'unlinked in'
  }

  /** The first that brings an asset says how wide it is; where it brings several, each gets an equal part of what was given. */
  function setRate(id: string, asset: string, units: bigint): void {
    if (rates.has(asset) || units === 0n) return
    const parts = conversions.find((one) => one.id === id)?.received.length ?? 1
    rates.set(asset, { width: (widthIn.get(id) ?? 0n) / BigInt(parts), units })
  }

  function widthOf(asset: string, units: bigint): bigint {
    const rate = rates.get(asset)
    if (!rate || rate.units === 0n || units === 0n) return 0n
    const width = (units * rate.width) / rate.units
    return width > 0n ? width : 1n
  }

  function openNode(id: string, kind: FlowKind, name: string, address: string | null): void {
    if (draft.nodes.has(id)) return
    const nothing = { status: null, reason: '', hops: null, height: null, time: null }
    draft.nodes.set(id, { ...nothing, id, kind, amount: 0n, name, address })
  }
}

function idOf(account: string, { epoch }: Pool): string {
  return `address ${account} ${epoch}`
}

function mapOf(maps: Map<string, Map<string, bigint>>, id: string): Map<string, bigint> {
  const map = maps.get(id) ?? new Map<string, bigint>()
  maps.set(id, map)
  return map
}
