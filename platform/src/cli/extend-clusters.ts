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

type ClusterRecord = { readonly start?: string; readonly with?: string[]; readonly without?: string[] }

/** `start`: the address whose cluster it is, where the watch is not named after it. */
function recordToRules(text: string | null): Flags & { readonly start?: string } {
  const { start, with: rules = [], without = [] } = JSON.parse(text ?? '{}') as ClusterRecord
  return {
    ...(start === undefined ? {} : { start }),
    ...(rules.length === 0 ? {} : { with: rules.join(',') }),
    ...(without.length === 0 ? {} : { without: without.join(',') }),
  }
}

/**
 * On a chain of outputs every watched cluster that moved since it was last grown: only what spends from it, or pays it, can make
 * it grow. On a chain of accounts every one: what makes an address a deposit address is that it passes on what it was paid, and
 * that is no movement of the cluster. `touched`: those of these addresses, whether they moved or not.
 */
export async function extendClusters(
  desk: Desk,
  watches: WatchStore,
  pack: ChainPack | AccountPack,
  touched: ReadonlySet<string> | null = null,
): Promise<readonly GrownCluster[]> {
  const clusters = watches
    .watches(pack.caip2)
    .filter(({ kind, subject }) => kind === 'cluster' && (touched === null || touched.has(subject)))
  if (clusters.length === 0) return []
  const store = pack.family === 'account' ? await desk.accounts() : await desk.store()
  const { tip } = await store.status(pack.caip2)
  if (tip === null) return []
  const grown: GrownCluster[] = []
  for (const watch of clusters) {
    const again = await growWatched(desk, watches, watch, pack, tip.height, touched !== null)
    if (again === null) continue
    if (again.joined.length + again.left.length > 0) {
      watches.setAddresses(watch.id, again.members)
      grown.push(again)
    }
    watches.setReadTo(clusterReader(watch), again.heard)
  }
  return grown
}

export function clusterReader({ id }: Pick<StoredWatch, 'id'>): string {
  return `cluster ${id}`
}

/** The cluster as the ledger has it now; `null` where nothing of it has moved. Nothing of the watch is changed. */
export async function growWatched(
  desk: Desk,
  watches: WatchStore,
  watch: StoredWatch,
  pack: ChainPack | AccountPack,
  height: number,
  anyway: boolean,
): Promise<(GrownCluster & { readonly members: readonly WatchedAddress[]; readonly heard: number }) | null> {
  const heard = watches.lastNotice(watch.id, height)
  if (!anyway && pack.family !== 'account' && heard <= watches.readTo(clusterReader(watch))) return null
  const before = new Set(watches.addressesOf(watch.id).map(({ address }) => address))
  const { start = watch.subject, ...flags } = recordToRules(watches.recordOf(watch.id))
  const members = await membersOf(await openClusterLedger(desk, pack, flags), start)
  const now = new Set(members.map(({ address }) => address))
  const joined = members.filter(({ address }) => !before.has(address))
  const left = [...before].filter((address) => !now.has(address))
  return { watch, joined, left, members, heard }
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
