/** How right clusters are, against owners that are known: with each guard, and with none. */
import { type RuleId, rules } from '../detectors/index.ts'
import type { OwnerKind, World } from './emulated/truth.ts'
import type { Judged } from './judged.ts'
import { anyCoinJoinRule } from './measure-coinjoins.ts'
import { type Rate, rate } from './rate.ts'

export type ClusterFigure = {
  readonly set: string
  /** What keeps transactions out of the joining. */
  readonly guard: string
  /** What joins beside co-spending. */
  readonly change: RuleId | null
  /** Of the transactions that join addresses: all their inputs have one owner. */
  readonly joins: Rate
  /** Of pairs of spent addresses in one cluster: one owner. Pairs hang together, so that no interval is given. */
  readonly pairs: Share
  /** Of pairs of spent addresses of one owner: in one cluster. */
  readonly pairsFound: Share
  /** The cluster in which most owners lie: what the worst mistake costs. */
  readonly worst: { readonly owners: number; readonly addresses: number }
  /** By kind of owner: the part of an owner's addresses that lie in his largest cluster, over all owners of the kind. */
  readonly coverage: readonly {
    readonly kind: OwnerKind
    readonly owners: number
    readonly inLargest: { readonly right: number; readonly of: number }
  }[]
}

/** Without an interval: what is counted hangs together. */
export type Share = { readonly right: number; readonly of: number; readonly share: string | null }

export function measureClusters(world: World, judged: readonly Judged[]): readonly ClusterFigure[] {
  const spent = indexed(judged)
  const guards: readonly (readonly [string, (each: Judged) => boolean])[] = [
    ['none', () => false],
    ...rules
      .filter(({ kind }) => kind === 'coinjoin')
      .map(({ id }) => [id, ({ said }: Judged) => said.get(id)?.verdict === 'match'] as const),
    ['default-stop-policy', ({ stops }) => stops],
    ['any-coinjoin-rule', anyCoinJoinRule],
  ]
  const changeRules = ['gs-direct-change', 'gs-one-time-change', 'blocksci-legacy'] as const
  return [
    ...guards.map(([guard, left]) => clusterFigure(world, spent, guard, null, left, [])),
    ...changeRules.map((rule) =>
      clusterFigure(world, spent, 'any-coinjoin-rule', rule, anyCoinJoinRule, changePairs(judged, rule, spent)),
    ),
  ]
}

/** Addresses by number; those that are spent come first. */
type Spent = {
  readonly addresses: readonly string[]
  readonly numberOf: ReadonlyMap<string, number>
  readonly joins: readonly { readonly each: Judged; readonly numbers: readonly number[] }[]
}

function indexed(judged: readonly Judged[]): Spent {
  const numberOf = new Map<string, number>()
  const number = (address: string) => {
    const known = numberOf.get(address) ?? numberOf.size
    numberOf.set(address, known)
    return known
  }
  const joins = judged.map((each) => ({
    each,
    numbers: [...new Set(each.tx.inputs.flatMap(({ prevout }) => (prevout?.address ? number(prevout.address) : [])))],
  }))
  return { addresses: [...numberOf.keys()], numberOf, joins }
}

/** The spent address and the one that the rule names as change, where it names one and no CoinJoin rule matches. */
function changePairs(
  judged: readonly Judged[],
  rule: RuleId,
  { numberOf }: Spent,
): readonly (readonly [number, number])[] {
  return judged.flatMap((each) => {
    const candidates = each.said.get(rule)?.candidates ?? []
    const spent = numberOf.get(each.tx.inputs[0]?.prevout?.address ?? '')
    const change = numberOf.get(each.tx.outputs[candidates[0] ?? -1]?.address ?? '')
    const names = candidates.length === 1 && spent !== undefined && change !== undefined
    return names && !anyCoinJoinRule(each) ? [[spent, change] as const] : []
  })
}

function clusterFigure(
  world: World,
  { addresses, joins }: Spent,
  guard: string,
  change: RuleId | null,
  leftOut: (each: Judged) => boolean,
  pairs: readonly (readonly [number, number])[],
): ClusterFigure {
  const joining = joins.filter(({ each, numbers }) => numbers.length > 1 && !leftOut(each))
  const clusters = join(
    addresses.length,
    joining.map(({ numbers }) => numbers),
    pairs,
  )
  const ownerNames = addresses.map((address) => world.ownerByAddress.get(address) ?? address)
  const oneOwner = joining.filter(({ numbers }) => numbers.every((n) => ownerNames[n] === ownerNames[numbers[0] ?? -1]))

  const sizes = new Map<number, number>()
  const cells = new Map<number, Map<string, number>>()
  const owners = new Map<string, { addresses: number; most: number }>()
  addresses.forEach((_, n) => {
    const [cluster, owner] = [clusters[n] ?? n, ownerNames[n] ?? '']
    sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1)
    const row = cells.get(cluster) ?? new Map<string, number>()
    const count = (row.get(owner) ?? 0) + 1
    cells.set(cluster, row.set(owner, count))
    const known = owners.get(owner) ?? { addresses: 0, most: 0 }
    owners.set(owner, { addresses: known.addresses + 1, most: Math.max(known.most, count) })
  })
  const together = pairsIn([...cells.values()].flatMap((row) => [...row.values()]))
  const mixed = [...cells].map(([cluster, row]) => ({ owners: row.size, addresses: sizes.get(cluster) ?? 0 }))
  const worst = mixed.sort((a, b) => b.owners - a.owners || b.addresses - a.addresses)[0]
  const kindOf = (owner: string) => world.kindByOwner.get(owner)
  const kinds = [...new Set([...owners.keys()].flatMap((owner) => kindOf(owner) ?? []))].sort()
  return {
    set: world.name,
    guard,
    change,
    joins: rate(oneOwner.length, joining.length),
    pairs: share(together, pairsIn([...sizes.values()])),
    pairsFound: share(together, pairsIn([...owners.values()].map((owner) => owner.addresses))),
    worst: worst ?? { owners: 0, addresses: 0 },
    coverage: kinds.map((kind) => {
      const ofKind = [...owners].filter(([owner]) => kindOf(owner) === kind).map(([, counts]) => counts)
      const sum = (field: 'addresses' | 'most') => ofKind.reduce((total, counts) => total + counts[field], 0)
      return { kind, owners: ofKind.length, inLargest: { right: sum('most'), of: sum('addresses') } }
    }),
  }
}

/** Number of an address → number of its cluster: the smallest in it. */
function join(
  count: number,
  groups: readonly (readonly number[])[],
  pairs: readonly (readonly [number, number])[],
): Int32Array {
  const parent = Int32Array.from({ length: count }, (_, n) => n)
  const find = (start: number) => {
    let at = start
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up
      at = up
    }
    return at
  }
  const unite = (left: number, right: number) => {
    const [a, b] = [find(left), find(right)]
    parent[Math.max(a, b)] = Math.min(a, b)
  }
  for (const group of groups) for (const other of group) unite(group[0] ?? other, other)
  for (const [left, right] of pairs) unite(left, right)
  return parent.map((_, n) => find(n))
}

export function pairsIn(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
}

export function share(right: number, of: number): Share {
  return { right, of, share: of === 0 ? null : (right / of).toFixed(4) }
}
