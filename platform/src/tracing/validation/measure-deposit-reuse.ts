/**
 * How right clusters on chains of accounts are (`deposit-address-reuse`), against owners that are known: with all guards, without
 * each, and where tags know less. Asked is what `comity cluster show` asks.
 */
import type { AccountStore } from '../../chains/index.ts'
import { type AccountCluster, type DepositGuard, depositGuards, growAccountCluster } from '../clusters/index.ts'
import type { Tag } from '../tags/index.ts'
import { memoryAccounts } from '../testing/memory-accounts.ts'
import { type CustomerWorld, playCustomers } from './emulated/customer-world.ts'
import { pairsIn, type Share, share } from './measure-clusters.ts'
import { type KnownTags, serviceTag } from './measure-deposits.ts'
import { type Rate, rate } from './rate.ts'

export type DepositReuseFigure = {
  readonly tags: KnownTags
  /** The guards that are taken away. */
  readonly without: 'none' | 'all' | DepositGuard
  /** Of payers joined with a deposit address: its customer. One payer can be wrong many times. */
  readonly joins: Rate
  /** Of customers' addresses that paid into an own deposit address: joined with it. */
  readonly found: Rate
  /** Of pairs of payers in one cluster: one owner. Of pairs of payers of one owner: in one cluster. */
  readonly pairs: Share
  readonly pairsFound: Share
  readonly worst: { readonly owners: number; readonly addresses: number }
  /** Who was wrongly joined. */
  readonly takenFor: readonly { readonly kind: string; readonly count: number }[]
  readonly byService: readonly { readonly service: string; readonly joins: Rate; readonly found: Rate }[]
}

export async function measureDepositReuse(seed: string): Promise<readonly DepositReuseFigure[]> {
  const world = playCustomers(seed)
  const store = memoryAccounts(world.moves)
  const asked: readonly (readonly [KnownTags, DepositReuseFigure['without']])[] = [
    ['every hot wallet', 'none'],
    ['one hot wallet of each', 'none'],
    ...depositGuards.map((guard) => ['every hot wallet', guard] as const),
    ['every hot wallet', 'all'],
  ]
  const figures: DepositReuseFigure[] = []
  for (const [tags, without] of asked) {
    const away = without === 'none' ? [] : without === 'all' ? depositGuards : [without]
    figures.push({ tags, without, ...counted(world, await clustersOf(world, store, tags, new Set(away))) })
  }
  return figures
}

/** The clusters of all who paid a deposit address, each grown once. */
async function clustersOf(
  world: CustomerWorld,
  store: AccountStore,
  tags: KnownTags,
  without: ReadonlySet<DepositGuard>,
): Promise<readonly AccountCluster[]> {
  const { chain, coin } = world
  const known = new Map<string, readonly Tag[]>([[world.mixer, [serviceTag('mixer', world.mixer, 'mixing_service')]]])
  for (const [service, hot] of world.hotByService)
    for (const address of tags === 'every hot wallet' ? hot : hot.slice(0, 1))
      known.set(address, [serviceTag(service, address)])
  const tagsOf = async (addresses: readonly string[]) =>
    new Map(addresses.map((address) => [address, known.get(address) ?? []]))
  const clusters: AccountCluster[] = []
  const seen = new Set<string>()
  for (const [payer] of paidPairs(world)) {
    if (seen.has(payer)) continue
    const cluster = await growAccountCluster({ store, chain, coin, tagsOf }, payer, { rejected: new Set(), without })
    for (const address of cluster.addresses) seen.add(address)
    clusters.push(cluster)
  }
  return clusters
}

function counted(world: CustomerWorld, clusters: readonly AccountCluster[]) {
  const { ownerByAddress, kindByOwner, serviceByDeposit } = world
  const ownerOf = (address: string) => ownerByAddress.get(address) ?? address
  const links = clusters.flatMap(({ evidence }) =>
    evidence.flatMap((one) => one.links.map(({ a, b }) => [a, b] as const)),
  )
  const joined = new Map(links.map(([payer, deposit]) => [`${payer} ${deposit}`, { payer, deposit }]))
  const isRight = ({ payer, deposit }: { payer: string; deposit: string }) => ownerOf(payer) === ownerOf(deposit)
  const true_ = [...paidPairs(world)]
    .flatMap(([payer, deposits]) => [...deposits].map((deposit) => ({ payer, deposit })))
    .filter(isRight)
  const rates = (service: string | null) => {
    const ofService = ({ deposit }: { deposit: string }) =>
      service === null || serviceByDeposit.get(deposit) === service
    const its = [...joined.values()].filter(ofService)
    const there = true_.filter(ofService)
    return {
      joins: rate(its.filter(isRight).length, its.length),
      found: rate(there.filter(({ payer, deposit }) => joined.has(`${payer} ${deposit}`)).length, there.length),
    }
  }
  const wrong = [...joined.values()].filter((one) => !isRight(one)).map((one) => kindOfMistake(one))
  const payers = [...paidPairs(world).keys()]
  const isPayer = new Set(payers)
  const rows = clusters.map(({ addresses }) => {
    const its = addresses.filter((address) => isPayer.has(address))
    return { size: its.length, byOwner: [...Map.groupBy(its, ownerOf).values()].map((of) => of.length) }
  })
  const together = pairsIn(rows.flatMap(({ byOwner }) => byOwner))
  const [worst] = rows
    .map(({ size, byOwner }) => ({ owners: byOwner.length, addresses: size }))
    .sort((a, b) => b.owners - a.owners || b.addresses - a.addresses)
  return {
    ...rates(null),
    pairs: share(together, pairsIn(rows.map(({ size }) => size))),
    pairsFound: share(together, pairsIn([...Map.groupBy(payers, ownerOf).values()].map((of) => of.length))),
    worst: worst ?? { owners: 0, addresses: 0 },
    takenFor: [...Map.groupBy(wrong, (kind) => kind)]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, of]) => ({ kind, count: of.length })),
    byService: [...world.hotByService.keys()].sort().map((service) => ({ service, ...rates(service) })),
  }

  function kindOfMistake({ payer, deposit }: { payer: string; deposit: string }): string {
    const of = kindByOwner.get(ownerOf(deposit))
    return (of === 'customer' ? kindByOwner.get(ownerOf(payer)) : of) ?? 'unknown'
  }
}

/** Whoever paid a deposit address, but the services themselves, with all that he paid. */
function paidPairs({ moves, serviceByDeposit, hotByService }: CustomerWorld): ReadonlyMap<string, ReadonlySet<string>> {
  const services = new Set([...hotByService.values()].flat())
  const found = new Map<string, Set<string>>()
  for (const { from, to, kind } of moves) {
    if (kind === 'fee' || from === null || to === null || !serviceByDeposit.has(to) || services.has(from)) continue
    found.set(from, (found.get(from) ?? new Set()).add(to))
  }
  return found
}
