/** Clusters that are watched grow: who joins them is watched as soon as the ledger has the transaction that joins it. */
import type { AccountPack, ChainPack } from '../chains/index.ts'
import type { Merge } from '../tracing/index.ts'
import type { StoredWatch, WatchedAddress, WatchStore } from '../tracing/watch/store/index.ts'
import { type ClusterLedger, openClusterLedger } from './cluster-ledger.ts'
import type { Flags } from './command.ts'
import type { Desk } from './desk.ts'

export type GrownCluster = {
  readonly watch: StoredWatch
  readonly joined: readonly WatchedAddress[]
  /** Those that are of it no more, after a reorganisation or a rejection. */
  readonly left: readonly string[]
}

/** What the record of a watched cluster holds: by which rules, or without which guards, it was asked for. */
export function rulesToText(flags: Flags): string {
  const names = (value: Flags[string]) =>
    value === undefined
      ? []
      : String(value)
          .split(',')
          .map((one) => one.trim())
  return JSON.stringify({ with: names(flags.with), without: names(flags.without) })
}

function rulesToFlags(text: string | null): Flags {
  const { with: rules = [], without = [] } = JSON.parse(text ?? '{}') as { with?: string[]; without?: string[] }
  return {
    ...(rules.length === 0 ? {} : { with: rules.join(',') }),
    ...(without.length === 0 ? {} : { without: without.join(',') }),
  }
}

/**
 * On a chain of outputs every watched cluster that moved since it was last grown: only what spends from it, or pays it, can make
 * it grow. On a chain of accounts every one: what makes an address a deposit address is that it passes on what it was paid, and
 * that is no movement of the cluster.
 */
export async function extendClusters(
  desk: Desk,
  watches: WatchStore,
  pack: ChainPack | AccountPack,
): Promise<readonly GrownCluster[]> {
  const clusters = watches.watches(pack.caip2).filter(({ kind }) => kind === 'cluster')
  if (clusters.length === 0) return []
  const store = pack.family === 'account' ? await desk.accounts() : await desk.store()
  const { tip } = await store.status(pack.caip2)
  if (tip === null) return []
  const grown: GrownCluster[] = []
  for (const watch of clusters) {
    const reader = `cluster ${watch.id}`
    const heard = watches.lastNotice(watch.id, tip.height)
    if (pack.family !== 'account' && heard <= watches.readTo(reader)) continue
    const before = new Set(watches.addressesOf(watch.id).map(({ address }) => address))
    const ledger = await openClusterLedger(desk, pack, rulesToFlags(watches.recordOf(watch.id)))
    const members = await membersOf(ledger, watch.subject)
    const now = new Set(members.map(({ address }) => address))
    const joined = members.filter(({ address }) => !before.has(address))
    const left = [...before].filter((address) => !now.has(address))
    if (joined.length + left.length > 0) watches.setAddresses(watch.id, members)
    watches.setReadTo(reader, heard)
    if (joined.length + left.length > 0) grown.push({ watch, joined, left })
  }
  return grown
}

/** The cluster of an address as the ledger has it, each member with the joint that leads to it from there. */
export async function membersOf(ledger: ClusterLedger, start: string): Promise<readonly WatchedAddress[]> {
  const { merges } = await ledger.grow(start)
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
