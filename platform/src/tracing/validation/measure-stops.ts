/**
 * Where traces of the thefts of a world end, and why: with tags of all its exchanges, of what tags mostly name, of none.
 * What the thief really put into exchanges is known here, so that it can be said how much of it a trace shows there.
 */
import { type ChainPack, shippedChainPacks } from '../../chains/index.ts'
import { orStop } from '../../kernel/index.ts'
import { coinJoinStopRules } from '../detectors/index.ts'
import { openTrace, type TagPort } from '../run.ts'
import type { World } from './emulated/truth.ts'
import { worldLedger } from './emulated/world-ledger.ts'

export type StopFigure = {
  readonly set: string
  readonly rule: 'fifo' | 'haircut'
  readonly tags: 'every address of the exchanges' | 'hot wallets only' | 'none'
  readonly atCoinJoins: boolean
  readonly thefts: number
  /** Base units. */
  readonly root: string
  readonly lines: readonly {
    readonly status: string
    readonly code: string
    readonly positions: number
    readonly amount: string
  }[]
  /** Of what the thieves themselves paid into exchanges: how many of these outputs the trace ends at as services. */
  readonly deposits: { readonly found: number; readonly of: number }
}

const CASES: readonly Pick<StopFigure, 'rule' | 'tags' | 'atCoinJoins'>[] = [
  { rule: 'fifo', tags: 'every address of the exchanges', atCoinJoins: true },
  { rule: 'fifo', tags: 'hot wallets only', atCoinJoins: true },
  { rule: 'fifo', tags: 'every address of the exchanges', atCoinJoins: false },
  { rule: 'fifo', tags: 'none', atCoinJoins: true },
  { rule: 'haircut', tags: 'every address of the exchanges', atCoinJoins: true },
]
/** Below this an output is not followed: a part of a satoshi of one theft in each coin of a world says nothing. */
const MIN_VALUE = 10_000n

export async function measureStops(world: World): Promise<readonly StopFigure[]> {
  const pack = shippedChainPacks[0] as ChainPack
  const store = worldLedger(world, pack.caip2)
  const figures: StopFigure[] = []
  for (const { rule, tags, atCoinJoins } of CASES) {
    const bench = { store, pack, tags: tagPort(world, tags), progress: { report: () => {} } }
    const opened = orStop(await openTrace(bench, null))
    const record = orStop(
      await opened.run({
        rule,
        direction: 'forward',
        seeds: world.thefts.map(({ txid, vout, amount }, n) => ({
          txid,
          vout,
          address: null,
          value: amount,
          amount,
          label: `theft ${n + 1}`,
          claimed: null,
          known: 'ledger',
        })),
        budget: { maxHops: null, minValue: MIN_VALUE, maxTransactions: 100_000, untilHeight: null },
        stops: { atTags: tags !== 'none', atCoinJoin: atCoinJoins ? coinJoinStopRules.map((each) => each.rule) : [] },
        followFees: false,
      }),
    )
    const { ledger, positions } = record.result
    const ended = new Set(
      positions.filter(({ status }) => status === 'service').map(({ txid, vout }) => `${txid}:${vout}`),
    )
    const paid = depositsOfThieves(world)
    figures.push({
      set: world.name,
      rule,
      tags,
      atCoinJoins,
      thefts: world.thefts.length,
      root: String(ledger.root),
      lines: ledger.lines.map(({ status, code, positions: count, amount }) => ({
        status,
        code,
        positions: count,
        amount: String(amount),
      })),
      deposits: { found: paid.filter((key) => ended.has(key)).length, of: paid.length },
    })
  }
  return figures
}

/** Outputs by which a thief pays into an exchange out of a peeling chain: all of it is stolen. */
function depositsOfThieves(world: World): readonly string[] {
  return world.transactions.flatMap(({ txid, outputs }) =>
    world.truthByTxid.get(txid)?.kind === 'peel'
      ? outputs.flatMap(({ address }, vout) => (world.depositAddresses.has(address ?? '') ? [`${txid}:${vout}`] : []))
      : [],
  )
}

function tagPort(world: World, tags: StopFigure['tags']): TagPort {
  const known = tags === 'none' ? [] : tags === 'hot wallets only' ? world.hotAddresses : exchangeAddresses(world)
  const tagged = new Set(known)
  return {
    minConfidence: 0,
    tagSet: async () => ({ digest: 'emulated', tags: tagged.size }),
    serviceTags: async (_, addresses) =>
      new Map(
        addresses
          .filter((address) => tagged.has(address))
          .map((address) => [
            address,
            {
              label: world.ownerByAddress.get(address) ?? '',
              category: 'exchange',
              confidence: 'ownership',
              source: 'emulated',
            },
          ]),
      ),
  }
}

function exchangeAddresses(world: World): readonly string[] {
  return [...world.ownerByAddress].flatMap(([address, owner]) =>
    world.kindByOwner.get(owner) === 'exchange' ? [address] : [],
  )
}
