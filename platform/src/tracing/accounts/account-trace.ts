/** A trace on account chains: from a request to positions, a ledger for each asset and the steps between. */
import type { AssetId, Move, StoredBlock } from '../../chains/index.ts'
import { type Refusal, stop } from '../../kernel/index.ts'
import type { BridgeStop, Conversion, Crossing, MixerStop } from '../crossing.ts'
import { mergeSources, type Parts } from '../rules/parts.ts'
import { accountKey, type PassStep } from './account-pass.ts'
import { type AccountRule, accountRules, worth } from './account-rules.ts'
import { type Collected, type CollectSetting, collectMoves } from './collect-moves.ts'
import { type AccountStatusWord, type AssetLedger, addUpAsset } from './conservation.ts'
import type { End } from './ends.ts'
import { type AccountTraceRequest, isFlowAsset } from './request.ts'
import type { PlacedSeed } from './seeding.ts'
import { sourcesIn } from './sources-in.ts'

/** Traced value at one address, in one asset, for one reason. */
export type AccountPosition = {
  readonly chain: string
  readonly address: string | null
  readonly asset: AssetId
  /** What the address has of the asset, as far as the data says; for value that ended there, what the payments carried. */
  readonly amount: bigint
  readonly traced: bigint
  readonly bySeed: ReadonlyMap<string, bigint>
  /** The name of a tag on the address, else the seeds whose value this is. */
  readonly label: string
  readonly status: AccountStatusWord
  readonly code: string
  readonly reason: string
  readonly hops: number
  /** The conversion or crossing in which it left. */
  readonly reference: string | null
  /** Traced value that the address passed on: nought where the trail ends. */
  readonly passedOn: bigint
  /** With how many moves the traced value came, and the last of them. */
  readonly moves: number
  readonly last: Move | null
}

export type AccountOutcome = {
  readonly rule: AccountRule
  readonly labels: readonly string[]
  readonly placed: readonly PlacedSeed[]
  readonly positions: readonly AccountPosition[]
  readonly ledgers: readonly AssetLedger[]
  readonly steps: readonly PassStep[]
  readonly mixers: readonly { readonly chain: string; readonly stop: MixerStop }[]
  /** Those that traced value went through, by id. */
  readonly conversions: readonly Conversion[]
  readonly crossings: readonly { readonly crossing: Crossing; readonly continued: boolean }[]
  readonly bridgeStops: readonly BridgeStop[]
  /** Accounts that paid more than they are known to have had: the difference is clean value of unknown origin. */
  readonly shortfalls: readonly { readonly account: string; readonly amount: bigint }[]
  /** Accounts that had something before traced value came. */
  readonly openings: number
  readonly collected: Pick<Collected, 'chains' | 'moves' | 'transactions' | 'rounds'> & { readonly accounts: number }
}

export type AccountSetting = CollectSetting & {
  readonly asOf: StoredBlock
  /** The lowest height from which on every block of a chain up to its end is here with all its moves; `null`: none. */
  readonly completeFrom: (chain: string, height: number) => Promise<boolean>
}

export async function runAccountTrace(request: AccountTraceRequest, setting: AccountSetting): Promise<AccountOutcome> {
  const rule = accountRules.find(({ id }) => id === request.rule) as AccountRule
  const labels = [...new Set(request.seeds.map(({ label }) => label))].sort()
  const sources = new Map(labels.map((label, source) => [label, source]))
  const { moves, accounts } = await findSeeds(request, setting)
  const collected = await collectMoves(request, rule, sources, moves, accounts, setting)
  const { pass, followed } = collected
  const positions = [...ended(), ...(await resting())].sort(byPlace)
  const ledgers = addUpAll()
  return {
    rule,
    labels,
    placed: pass.placed,
    positions,
    ledgers,
    steps: pass.steps,
    mixers: collected.mixers,
    ...links(),
    bridgeStops: collected.bridgeStops,
    shortfalls: [...collected.supposed, ...pass.shortfalls]
      .map(([account, amount]) => ({ account, amount }))
      .sort((a, b) => (a.account < b.account ? -1 : 1)),
    openings: [...followed.values()].filter(({ opening }) => opening > 0n).length,
    collected: {
      chains: collected.chains,
      moves: collected.moves,
      transactions: collected.transactions,
      rounds: collected.rounds,
      accounts: followed.size,
    },
  }

  function links(): Pick<AccountOutcome, 'conversions' | 'crossings'> {
    const named = new Set(pass.ends.map(({ reference }) => reference))
    const used = <One extends { readonly id: string }>(by: ReadonlyMap<string, One>) =>
      [...new Map([...by.values()].map((one) => [one.id, one])).values()]
        .filter(({ id }) => named.has(id))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
    return {
      conversions: used(collected.links.givenBy),
      crossings: used(collected.links.crossingFrom).map((crossing) => ({
        crossing,
        continued: pass.continued.has(crossing.id),
      })),
    }
  }

  function ended(): AccountPosition[] {
    return pass.ends.map((end) => ({
      chain: end.chain,
      address: end.address,
      asset: end.asset,
      amount: end.amount,
      traced: end.traced,
      bySeed: seedsOf(end.parts),
      label: labelOf(end.chain, end.address, end.parts),
      status: end.status,
      code: end.code,
      reason: end.reference && pass.continued.has(end.reference) ? `${end.reason}; followed there` : end.reason,
      hops: end.hops,
      reference: end.reference ?? null,
      passedOn: 0n,
      moves: end.moves,
      last: end.last,
    }))
  }

  async function resting(): Promise<AccountPosition[]> {
    const found: AccountPosition[] = []
    for (const [account, holding] of pass.holdings) {
      const rest = pass.resting.get(account) ?? []
      const parts = mergeSources(holding.held(), rest)
      if (parts.length === 0) continue
      const arrival = pass.arrivals.get(account)
      const { chain, asset, address } =
        arrival ?? (followed.get(account) as { chain: string; asset: string; address: string })
      const height = arrival?.last.height ?? request.sinceHeight
      found.push({
        chain,
        address,
        asset,
        amount: holding.balance(),
        traced: worth(rule, holding.held()) + worth(rule, rest),
        bySeed: seedsOf(parts),
        label: labelOf(chain, address, parts),
        ...(await restOf(chain, asset, height)),
        hops: arrival?.hops ?? 0,
        reference: null,
        passedOn: pass.passedOn.get(account) ?? 0n,
        moves: arrival?.moves ?? 0,
        last: arrival?.last ?? null,
      })
    }
    return found
  }

  /** "Unspent" is said only where every block since is here with all its moves. */
  async function restOf(chain: string, asset: AssetId, height: number): Promise<End> {
    const { toHeight } = setting.ledger
    if (request.untilHeight !== null && chain === setting.ledger.chain && toHeight < setting.asOf.height) {
      return {
        status: 'not-followed',
        code: 'until',
        reason: `what happened after block ${toHeight} was not looked at`,
      }
    }
    if (isFlowAsset(asset)) {
      return {
        status: 'data-ends',
        code: 'table-ends',
        reason: "the analyst's table shows no payment that takes it further",
      }
    }
    if (await setting.completeFrom(chain, height)) {
      return {
        status: 'unspent',
        code: 'unspent',
        reason: `at rest as of the last block: every block since is here with all its moves, as its source states`,
      }
    }
    return {
      status: 'data-ends',
      code: 'no-later-data',
      reason:
        'no payment in the imported data takes it further; the data does not hold every later block with all its moves',
    }
  }

  function seedsOf(parts: Parts): Map<string, bigint> {
    return new Map(sourcesIn(parts).map(({ source, amount }) => [labels[source] as string, amount]))
  }

  function labelOf(chain: string, address: string | null, parts: Parts): string {
    const tag = address === null ? null : collected.services.get(`${chain} ${address}`)
    return tag?.label ?? [...seedsOf(parts).keys()].join(', ')
  }

  /** The promise of the whole room: what went in is accounted for, in every asset and for each source. */
  function addUpAll(): AssetLedger[] {
    const byAsset = Map.groupBy(positions, ({ asset }) => asset)
    const assets = [...new Set([...byAsset.keys(), ...pass.cameIn.keys()])].sort()
    const nothing = { root: 0n, drawnIn: 0n, convertedIn: 0n, crossedIn: 0n }
    return assets.map((asset) => {
      const list = byAsset.get(asset) ?? []
      const ledger = addUpAsset(asset, pass.cameIn.get(asset) ?? nothing, list)
      if (!ledger.balanced || (rule.conserves && ledger.drawnIn !== 0n))
        stopUnbalanced(
          `${ledger.sum} of ${ledger.root + ledger.drawnIn + ledger.convertedIn + ledger.crossedIn}`,
          asset,
        )
      if (rule.conserves) checkSources(asset, list)
      return ledger
    })
  }

  function checkSources(asset: AssetId, list: readonly AccountPosition[]): void {
    const open = new Map<string, bigint>()
    const add = (label: string, amount: bigint) => open.set(label, (open.get(label) ?? 0n) + amount)
    for (const { seed, sent, rests } of pass.placed) {
      add(seed.label, (sent.get(asset)?.amount ?? 0n) + (rests.get(asset) ?? 0n))
    }
    for (const { source, amount } of pass.joined.get(asset) ?? []) add(labels[source] as string, amount)
    for (const { bySeed } of list) for (const [label, amount] of bySeed) add(label, -amount)
    for (const [label, left] of open) if (left !== 0n) stopUnbalanced(`all but ${left} of ${label}`, asset)
  }

  function stopUnbalanced(what: string, asset: AssetId): never {
    return stop('TRACE_DOES_NOT_ADD_UP', `The trace under ${rule.id} accounts for ${what} base units of ${asset}.`, {
      fix: 'This is a fault of the engine: keep the data and report it. Do not use the result.',
    })
  }
}

/** The moves that seeds name, and the accounts at which address seeds start, for each asset that leaves them. */
async function findSeeds(request: AccountTraceRequest, setting: CollectSetting) {
  const { chain, store, toHeight } = setting.ledger
  const named = request.seeds.flatMap(({ move }) => move ?? [])
  const moves =
    named.length === 0 ? [] : await store.movesOfTransactions(chain, [...new Set(named.map(({ txid }) => txid))])
  const seedMoves = named.map(({ txid, place }) => {
    const move = moves.find((one) => one.txid === txid && one.place === place)
    if (!move || move.height > toHeight) throw unknownSeed(`the move ${txid}#${place}`)
    return move
  })
  const accounts: { chain: string; asset: string; address: string; from: number }[] = []
  for (const { address, amount } of request.seeds) {
    if (address === null) continue
    const limit = request.budget.maxTransactions
    const sent = await store.moves(chain, {
      addresses: [address],
      direction: 'out',
      ...(request.assets === 'all' ? {} : { assets: request.assets }),
      fromHeight: request.sinceHeight,
      toHeight,
      limit,
    })
    if (sent.more) {
      stop('TRACE_TOO_LARGE', `More than ${limit} moves leave the seed ${address}.`, {
        fix: 'Raise --max-transactions, start later with --since, or name single moves (TXID#PLACE).',
      })
    }
    const assets = [...new Set(sent.moves.map(({ asset }) => asset))]
      .filter((asset) => request.assets !== 'all' || !isFlowAsset(asset))
      .sort()
    if (assets.length === 0) throw unknownSeed(`a move that leaves ${address}`)
    if (amount !== null && assets.length > 1) {
      stop('SEED_AMBIGUOUS', `${address} sends ${assets.length} assets; of which is ${amount}?`, {
        fix: `Name one with --asset, for example --asset ${assets[0]}.`,
      })
    }
    for (const asset of assets) {
      const account = { chain, asset, address, from: request.sinceHeight }
      if (!accounts.some((one) => accountKey(one.asset, one.address) === accountKey(asset, address)))
        accounts.push(account)
    }
  }
  return { moves: seedMoves, accounts }

  function unknownSeed(what: string): Error {
    const refusal: Refusal = {
      code: 'SEED_UNKNOWN',
      message: `No imported data shows ${what}.`,
      fix: 'Import its data first (comity chain import), check it with comity address show, or choose the asset with --asset.',
    }
    return stop(refusal.code, refusal.message, { fix: refusal.fix as string })
  }
}

function byPlace(a: AccountPosition, b: AccountPosition): number {
  const key = ({ chain, asset, address, status, code, reference }: AccountPosition) =>
    [chain, asset, address ?? '', status, code, reference ?? ''].join(' ')
  const [x, y] = [key(a), key(b)]
  return (a.last?.height ?? -1) - (b.last?.height ?? -1) || (x < y ? -1 : x > y ? 1 : 0)
}
