/** Runs a trace over moves in memory, for tests of this room. */
import type { Move } from '../../chains/index.ts'
import { ok, orStop } from '../../kernel/index.ts'
import type { AccountTraceRecord } from '../accounts/account-record.ts'
import type { AccountRuleId } from '../accounts/account-rules.ts'
import { type AccountBench, openAccountTrace } from '../accounts/account-run.ts'
import { arrangeSeeds, parseAccountSeed } from '../accounts/account-seeds.ts'
import type { AccountTraceRequest, SameTime } from '../accounts/request.ts'
import type { CrossingPort } from '../crossing.ts'
import type { ServiceTag } from '../trace-work.ts'
import { type MemoryAccounts, memoryAccounts } from './memory-accounts.ts'

export type AccountTrial = MemoryAccounts & {
  readonly rule: AccountRuleId
  /** `"thief"`, `"thief=500@victim"`; a move is `tx0#m0`, by the names of the moves in memory. */
  readonly from: readonly string[]
  readonly chain?: string
  readonly assets?: readonly string[]
  readonly sameTime?: SameTime
  readonly services?: Readonly<Record<string, string>>
  readonly crossing?: CrossingPort
  readonly maxHops?: number
  readonly minValue?: bigint
  readonly maxTransactions?: number
  readonly since?: number
  readonly until?: number
}

export function accountBench(moves: readonly Move[], trial: AccountTrial): AccountBench {
  return {
    chain: trial.chain ?? 'test',
    store: memoryAccounts(moves, trial),
    crossing: trial.crossing ?? null,
    progress: { report: () => {} },
    tags: {
      minConfidence: 0,
      tagSet: async () => ({ digest: 'd', tags: 0 }),
      serviceTags: async (_, addresses) =>
        new Map<string, ServiceTag>(
          addresses.flatMap((address) => {
            const label = trial.services?.[address]
            return label
              ? [[address, { label, category: 'exchange', confidence: 'ownership', source: 'test' }] as const]
              : []
          }),
        ),
    },
  }
}

export async function tryAccountTrace(moves: readonly Move[], trial: AccountTrial): Promise<AccountTraceRecord> {
  const opened = orStop(await openAccountTrace(accountBench(moves, trial), null))
  return orStop(await opened.run(requestFor(trial)))
}

export function requestFor(trial: AccountTrial): AccountTraceRequest {
  const seeds = trial.from.map((text) => {
    const move = /^([^#=@]+)#([^=@]+)(?:=(\d+))?(?:@(.+))?$/.exec(text)
    if (!move) return orStop(parseAccountSeed(text, 'test', (address) => ok(address)))
    const [, txid = '', place = '', amount, label] = move
    return {
      address: null,
      move: { txid, place },
      amount: amount === undefined ? null : BigInt(amount),
      label: label ?? `${txid}#${place}`,
    }
  })
  return {
    rule: trial.rule,
    seeds: orStop(arrangeSeeds(seeds)),
    assets: trial.assets ?? 'all',
    sameTime: trial.sameTime ?? 'ledger',
    sinceHeight: trial.since ?? 0,
    untilHeight: trial.until ?? null,
    budget: {
      maxHops: trial.maxHops ?? null,
      minValue: trial.minValue ?? null,
      maxTransactions: trial.maxTransactions ?? 100_000,
    },
    stopAtTags: trial.services !== undefined,
  }
}

/** `"unspent bob 40"` for each position, in the order of their names. */
export function inWords({ result }: AccountTraceRecord): string[] {
  return result.positions
    .map(({ status, address, traced, asset }) => {
      const short = asset.slice(asset.indexOf('/') + 1)
      return `${status} ${address ?? 'nobody'} ${traced}${short === 'eth' ? '' : ` ${short}`}`
    })
    .sort()
}
