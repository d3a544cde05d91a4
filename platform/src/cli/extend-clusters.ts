/** Clusters that are watched grow: who joins them is watched as soon as the ledger has the transaction that joins it. */
import type { ChainPack } from '../chains/index.ts'
import {
  type ClusterQuestion,
  findChangeRule,
  growCluster,
  type Merge,
  rejectedTransactions,
} from '../tracing/index.ts'
import type { StoredWatch, WatchedAddress, WatchStore } from '../tracing/watch/store/index.ts'
import { readRejections } from './cluster-rejections.ts'
import type { Desk } from './desk.ts'

export type GrownCluster = {
  readonly watch: StoredWatch
  readonly joined: readonly WatchedAddress[]
  /** Those that are of it no more, after a reorganisation or a rejection. */
  readonly left: readonly string[]
}

/** What the record of a watched cluster holds: the change rules by which it is made, besides common inputs. */
export function rulesToText(asked: ClusterQuestion): string {
  return JSON.stringify({ with: asked.change.map(({ id }) => id) })
}

/** Every watched cluster that moved since it was last grown: only what spends from a cluster, or pays it, can make it grow. */
export async function extendClusters(
  desk: Desk,
  watches: WatchStore,
  pack: ChainPack,
): Promise<readonly GrownCluster[]> {
  const clusters = watches.watches(pack.caip2).filter(({ kind }) => kind === 'cluster')
  if (clusters.length === 0) return []
  const { tip } = await (await desk.store()).status(pack.caip2)
  const rejected = rejectedTransactions(readRejections(desk.home), pack.caip2)
  const grown: GrownCluster[] = []
  for (const watch of clusters) {
    const reader = `cluster ${watch.id}`
    const heard = tip === null ? 0 : watches.lastNotice(watch.id, tip.height)
    if (heard <= watches.readTo(reader)) continue
    const { with: names } = JSON.parse(watches.recordOf(watch.id) ?? '{"with":[]}') as { with: string[] }
    const change = names.flatMap((name) => findChangeRule(name) ?? [])
    const before = new Set(watches.addressesOf(watch.id).map(({ address }) => address))
    const members = await membersOf(desk, pack, watch.subject, { change, rejected })
    const now = new Set(members.map(({ address }) => address))
    watches.setAddresses(watch.id, members)
    watches.setReadTo(reader, heard)
    const joined = members.filter(({ address }) => !before.has(address))
    const left = [...before].filter((address) => !now.has(address))
    if (joined.length + left.length > 0) grown.push({ watch, joined, left })
  }
  return grown
}

/** The cluster of an address as the ledger has it, each member with the joint that leads to it from there. */
export async function membersOf(
  desk: Desk,
  pack: ChainPack,
  start: string,
  asked: ClusterQuestion,
): Promise<readonly WatchedAddress[]> {
  const { merges } = await growCluster(await desk.store(), pack.caip2, start, asked)
  const jointsOf = new Map<string, { readonly to: string; readonly merge: Merge }[]>()
  const put = (of: string, to: string, merge: Merge) => jointsOf.set(of, [...(jointsOf.get(of) ?? []), { to, merge }])
  for (const merge of merges) {
    put(merge.a, merge.b, merge)
    put(merge.b, merge.a, merge)
  }
  const members = new Map<string, WatchedAddress>([[start, { address: start, why: null }]])
  for (const { address } of members.values())
    for (const { to, merge } of jointsOf.get(address) ?? []) {
      const { txid, height, rule } = merge
      if (!members.has(to)) members.set(to, { address: to, why: { to: address, txid, height, rule } })
    }
  return [...members.values()]
}
