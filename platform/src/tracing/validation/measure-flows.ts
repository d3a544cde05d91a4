/**
 * Two crimes on Ethereum that an analyst followed by hand: which of the terminals that he published does a trace reach, under
 * each rule, and how much lies there. The tables are his; what is measured is what the rules make of them.
 */
import type { AccountStore, Move } from '../../chains/index.ts'
import { orStop } from '../../kernel/index.ts'
import { type AccountRuleId, accountRules } from '../accounts/account-rules.ts'
import { openAccountTrace } from '../accounts/account-run.ts'
import { type SameTime, sameTimes } from '../accounts/request.ts'
import { type Rate, rate } from './rate.ts'

export type FlowCase = {
  readonly name: string
  readonly chain: string
  readonly asset: string
  readonly store: AccountStore
  readonly moves: readonly Move[]
  /** Names that the analyst gave, by address. */
  readonly labels: ReadonlyMap<string, string>
  readonly sources: readonly string[]
  readonly terminals: readonly string[]
}

export type FlowFigure = {
  readonly set: string
  readonly rule: AccountRuleId
  /** In which order payments of one block count. */
  readonly sameTime: SameTime
  readonly payments: number
  readonly sources: number
  /** Of the published terminals: traced value came there and none went on. */
  readonly reached: Rate
  /** Those that were not. */
  readonly missed: readonly string[]
  /** Of the addresses where all traced value stays: published terminals. */
  readonly right: Rate
  /** US cents that set out, and those that lie at published terminals. Poison counts one unit several times. */
  readonly root: string
  readonly atTerminals: string
  readonly conserves: boolean
}

export async function measureFlows(cases: readonly FlowCase[]): Promise<readonly FlowFigure[]> {
  const figures: FlowFigure[] = []
  for (const one of cases)
    for (const { id, conserves } of accountRules)
      for (const sameTime of id === 'fifo' ? sameTimes : (['ledger'] as const))
        figures.push({ ...(await traced(one, id, sameTime)), conserves })
  return figures
}

async function traced(one: FlowCase, rule: AccountRuleId, sameTime: SameTime): Promise<Omit<FlowFigure, 'conserves'>> {
  const { chain, store, sources, terminals, moves, name, asset } = one
  const untagged = {
    minConfidence: 0,
    tagSet: async () => ({ digest: 'none', tags: 0 }),
    serviceTags: async () => new Map(),
  }
  const bench = { chain, store, tags: untagged, crossing: null, progress: { report: () => {} } }
  const opened = orStop(await openAccountTrace(bench, null))
  const { result } = orStop(
    await opened.run({
      rule,
      seeds: sources.map((address) => ({ address, move: null, amount: null, label: address })),
      assets: [asset],
      sameTime,
      sinceHeight: 0,
      untilHeight: null,
      budget: { maxHops: null, minValue: null, maxTransactions: 100_000 },
      stopAtTags: false,
    }),
  )
  const published = new Set(terminals)
  const ends = result.positions.filter(({ passedOn }) => passedOn === '0')
  const atTerminals = result.positions.filter(({ address }) => address !== null && published.has(address))
  const found = new Set(ends.flatMap(({ address }) => (address !== null && published.has(address) ? [address] : [])))
  return {
    ...{ set: name, rule, sameTime, payments: moves.length, sources: sources.length },
    reached: rate(found.size, terminals.length),
    missed: terminals.filter((address) => !found.has(address)),
    right: rate(ends.filter(({ address }) => address !== null && published.has(address)).length, ends.length),
    root: sum(result.ledgers.map(({ root }) => root)),
    atTerminals: sum(atTerminals.map(({ traced: cents }) => cents)),
  }
}

function sum(amounts: readonly string[]): string {
  return String(amounts.reduce((total, amount) => total + BigInt(amount), 0n))
}
