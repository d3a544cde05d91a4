/** The audit as a whole: what is measured, on what, and its digest. */

import kept from '../../../../packs/validation/whole-sets.json' with { type: 'json' }
import { shippedChainPacks } from '../../chains/index.ts'
import { canonicalJson, type Json, type Progress, sha256Text } from '../../kernel/index.ts'
import { ENGINE_VERSION } from '../record.ts'
import { type Period, periods } from './emulated/periods.ts'
import { playWorld } from './emulated/world.ts'
import { judgeAll } from './judged.ts'
import { type AgreementFigure, type ChangeFigure, measureAgreement, measureChange } from './measure-change.ts'
import { type ClusterFigure, measureClusters } from './measure-clusters.ts'
import { ablateStopPolicy, type DetectorFigure, measureDetectors, type StopAblation } from './measure-coinjoins.ts'
import { type DepositReuseFigure, measureDepositReuse } from './measure-deposit-reuse.ts'
import { type DepositFigure, measureAccountDeposits, measureWorldDeposits } from './measure-deposits.ts'
import { measurePool, type PoolEvents, type PoolFigure } from './measure-pools.ts'
import { measureStops, type StopFigure } from './measure-stops.ts'
import { measurePublished, type PublishedFigures, type PublishedSets } from './published.ts'

export const VALIDATION_FORMAT = 'comity-validation/1'
export const DEFAULT_SEED = '2026'
const WORLD = { transactions: 1_300, users: 90 }

export type SetDescription = {
  readonly id: string
  readonly chain: string
  readonly origin: 'emulated' | 'published'
  readonly transactions: number
  readonly owners: number
  readonly addresses: number
  readonly kinds: readonly { readonly kind: string; readonly count: number }[]
}

export type Figures = {
  readonly format: typeof VALIDATION_FORMAT
  readonly engine: string
  readonly seed: string
  readonly sets: readonly SetDescription[]
  readonly detectors: readonly DetectorFigure[]
  readonly stopPolicy: readonly StopAblation[]
  readonly change: readonly ChangeFigure[]
  readonly agreement: readonly AgreementFigure[]
  readonly clusters: readonly ClusterFigure[]
  readonly stops: readonly StopFigure[]
  readonly deposits: readonly DepositFigure[]
  /** Clusters on chains of accounts. */
  readonly depositReuse: readonly DepositReuseFigure[]
  readonly published: PublishedFigures | null
  /** Sets that are too large to come with the program: as measured when the release was made, or now where they are at hand. */
  readonly wholeSets: readonly PoolFigure[]
  readonly digest: string
}

export type Asked = {
  readonly seed: string
  /** `null` where the samples are not here: then the emulated worlds alone are measured. */
  readonly published: PublishedSets | null
  /** Whole sets that are at hand. */
  readonly whole?: readonly PoolEvents[]
  readonly progress: Progress
  readonly size?: typeof WORLD
  readonly only?: readonly Period[]
}

/** Everything that the audit measures. The same seed and samples give the same figures, to the last digit. */
export async function measureEngine({
  seed,
  published,
  whole = [],
  progress,
  size = WORLD,
  only = periods,
}: Asked): Promise<Figures> {
  const steps = only.length + 1
  const chain = shippedChainPacks[0]?.caip2 ?? ''
  const parts: Omit<Figures, 'format' | 'engine' | 'seed' | 'depositReuse' | 'published' | 'wholeSets' | 'digest'>[] =
    []
  for (const [n, period] of only.entries()) {
    progress.report(n, steps, `the emulated world of ${period.name}`)
    const world = playWorld(period, seed, size)
    const judged = judgeAll(world.transactions, chain)
    const { name, truthByTxid, kindByOwner } = world
    const counts = new Map<string, number>()
    for (const { kind } of truthByTxid.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    parts.push({
      sets: [
        {
          id: name,
          chain,
          origin: 'emulated',
          transactions: world.transactions.length,
          owners: kindByOwner.size,
          addresses: world.ownerByAddress.size,
          kinds: [...counts].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1)),
        },
      ],
      detectors: measureDetectors(name, judged, truthByTxid),
      stopPolicy: ablateStopPolicy(name, judged, truthByTxid),
      change: measureChange(name, judged, truthByTxid, kindByOwner),
      agreement: measureAgreement(name, judged, truthByTxid),
      clusters: measureClusters(world, judged),
      stops: await measureStops(world),
      deposits: measureWorldDeposits(world),
    })
  }
  progress.report(only.length, steps, 'published data')
  const figures: Omit<Figures, 'digest'> = {
    format: VALIDATION_FORMAT,
    engine: ENGINE_VERSION,
    seed,
    sets: parts.flatMap(({ sets }) => sets),
    detectors: parts.flatMap(({ detectors }) => detectors),
    stopPolicy: parts.flatMap(({ stopPolicy }) => stopPolicy),
    change: parts.flatMap(({ change }) => change),
    agreement: parts.flatMap(({ agreement }) => agreement),
    clusters: parts.flatMap(({ clusters }) => clusters),
    stops: parts.flatMap(({ stops }) => stops),
    deposits: [...parts.flatMap(({ deposits }) => deposits), ...measureAccountDeposits(seed)],
    depositReuse: await measureDepositReuse(seed),
    published: published && (await measurePublished(published)),
    wholeSets: wholeSets(whole.map(measurePool)),
  }
  progress.report(steps, steps, 'done')
  return { ...figures, digest: sha256Text(canonicalJson(figures as unknown as Json)) }
}

/** Those that were measured now stand in the place of those that were measured for the release. */
function wholeSets(now: readonly PoolFigure[]): readonly PoolFigure[] {
  const older = (kept.pools as readonly PoolFigure[]).filter(({ pool }) => !now.some((one) => one.pool === pool))
  return [...older, ...now].sort((a, b) => (a.pool < b.pool ? -1 : 1))
}
