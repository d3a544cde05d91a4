/** Runs a trace over plain transactions, for tests of this room. */
import { type ChainPack, type CompleteRange, shippedChainPacks } from '../../chains/index.ts'
import { orStop } from '../../kernel/index.ts'
import type { TraceRecord } from '../record.ts'
import { DEFAULT_MAX_TRANSACTIONS, type TraceRequest } from '../request.ts'
import type { RuleId } from '../rules/index.ts'
import { openTrace } from '../run.ts'
import { parseSeed, resolveSeeds } from '../seeds.ts'
import type { ServiceTag } from '../trace-work.ts'
import { memoryLedger, type PlainTx, toLedger, txidOf } from './memory-ledger.ts'

export const testPack: ChainPack = {
  ...(shippedChainPacks.find(({ aliases }) => aliases.includes('bitcoin')) as ChainPack),
  caip2: 'test',
}

export type Trial = {
  readonly rule: RuleId
  /** `"a:0"`, `"a:0=500"`, `"a:0=500@victim"` */
  readonly from: readonly string[]
  readonly backward?: boolean
  readonly followFees?: boolean
  readonly maxHops?: number
  readonly minValue?: bigint
  readonly maxTransactions?: number
  readonly untilHeight?: number
  readonly maxPerAddress?: number
  readonly asOf?: number
  readonly services?: Readonly<Record<string, string>>
  readonly atCoinJoin?: readonly string[]
  readonly atBridges?: boolean
  readonly complete?: readonly CompleteRange[]
  readonly pack?: ChainPack
}

export async function tryTrace(plain: readonly PlainTx[], trial: Trial): Promise<TraceRecord> {
  const pack = trial.pack ?? testPack
  const store = memoryLedger(toLedger(plain), trial.complete)
  const texts = trial.from.map((text) =>
    orStop(
      parseSeed(
        text.replace(/^[^:]+/, (id) => txidOf(id)),
        'test',
      ),
    ),
  )
  const seeds = orStop(await resolveSeeds(texts, store, pack))
  const request: TraceRequest = {
    rule: trial.rule,
    direction: trial.backward ? 'backward' : 'forward',
    seeds,
    budget: {
      maxHops: trial.maxHops ?? null,
      minValue: trial.minValue ?? null,
      maxTransactions: trial.maxTransactions ?? DEFAULT_MAX_TRANSACTIONS,
      untilHeight: trial.untilHeight ?? null,
      ...(trial.maxPerAddress !== undefined && { maxPerAddress: trial.maxPerAddress }),
    },
    stops: {
      atTags: trial.services !== undefined,
      atCoinJoin: trial.atCoinJoin ?? [],
      ...(trial.atBridges ? { atBridges: true } : {}),
    },
    followFees: trial.followFees ?? false,
  }
  const tags = {
    minConfidence: 0,
    tagSet: async () => ({ digest: 'd', tags: 0 }),
    serviceTags: async (_: string, addresses: readonly string[]) =>
      new Map<string, ServiceTag>(
        addresses.flatMap((address) => {
          const label = trial.services?.[address]
          return label
            ? [[address, { label, category: 'exchange', confidence: 'ownership', source: 'test' }] as const]
            : []
        }),
      ),
  }
  const opened = orStop(
    await openTrace(
      { store, pack, tags, progress: { report: () => {} } },
      trial.asOf === undefined ? null : { height: trial.asOf },
    ),
  )
  return orStop(await opened.run(request))
}

/** `"a:0"` → traced base units, for what is left of each id after a trace; fees as `"a:fee"`. */
export function tracedByKey(record: TraceRecord, ids: readonly string[]): Record<string, number> {
  const idByTxid = new Map(ids.map((id) => [txidOf(id), id]))
  return Object.fromEntries(
    record.result.positions.map(({ txid, vout, traced }) => [
      `${idByTxid.get(txid) ?? txid}:${vout ?? 'fee'}`,
      Number(traced),
    ]),
  )
}
