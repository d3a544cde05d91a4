/** From a request to its record, on account chains: one rule, or several over the same data. */
import type { AccountStatus, AccountStore, AccountTx, StoredBlock } from '../../chains/index.ts'
import { catchRefusal, ok, type Progress, type Result, refuse, Stop } from '../../kernel/index.ts'
import type { CrossingPort } from '../crossing.ts'
import type { TagPort } from '../run.ts'
import { factReasons, factTally, isBlockHash } from './account-facts.ts'
import { type AccountEvidence, type AccountTraceRecord, toAccountRecord } from './account-record.ts'
import { type AccountOutcome, runAccountTrace } from './account-trace.ts'
import type { ChainLedger } from './collect-moves.ts'
import { type AccountTraceRequest, isFlowAsset } from './request.ts'

export type AccountBench = {
  readonly chain: string
  readonly store: AccountStore
  readonly tags: TagPort
  /** What decodes swaps, bridges and mixers; `null` where nothing does: then value is followed by its moves alone. */
  readonly crossing: CrossingPort | null
  readonly progress: Progress
}

export type OpenAccountTrace = {
  readonly status: AccountStatus
  readonly asOf: StoredBlock
  run(request: AccountTraceRequest): Promise<Result<AccountTraceRecord>>
}

/** Blocks asked at once when it is found out whether all of them are here. */
const BLOCKS = 5000
/** A longer stretch is not looked through: then it is said that not every later block is here. */
const MOST_BLOCKS = 500_000

export async function openAccountTrace(
  bench: AccountBench,
  asOf: { height: number } | { hash: string } | null,
): Promise<Result<OpenAccountTrace>> {
  const { store, chain } = bench
  const status = await store.status(chain)
  const [block] =
    asOf === null
      ? [status.tip]
      : 'hash' in asOf
        ? await store.blocksByHash(chain, [asOf.hash])
        : await store.blocksByHeight(chain, [asOf.height])
  if (!block) {
    if (asOf === null) {
      return refuse('LEDGER_EMPTY', `The ledger of ${chain} is empty.`, {
        fix: `Import data first: comity chain import --chain ${chain} --format … SOURCE`,
      })
    }
    const name = 'hash' in asOf ? asOf.hash : `at height ${asOf.height}`
    return refuse('BLOCK_UNKNOWN', `The ledger of ${chain} does not hold the block ${name}.`, {
      fix: 'See `comity chain status` for what it holds.',
    })
  }
  if (!block.active) {
    return refuse('BLOCK_STALE', `Block ${block.hash} at height ${block.height} is not on the active chain.`, {
      fix: 'Name a block of the active chain; a reorganisation replaced this one.',
    })
  }
  return ok({ status, asOf: block, run: (request) => runToRecord(bench, block, request) })
}

async function runToRecord(
  bench: AccountBench,
  asOf: StoredBlock,
  asked: AccountTraceRequest,
): Promise<Result<AccountTraceRecord>> {
  const { store, chain, tags } = bench
  const here = new Set(await store.chains())
  const statuses = new Map<string, AccountStatus>()
  const completeSince = new Map<string, Promise<number | null>>()
  const request = withAssets(asked, await statusOf(chain))
  const { untilHeight } = request
  const toHeight = untilHeight === null ? asOf.height : Math.min(untilHeight, asOf.height)
  const ledgers = new Map<string, ChainLedger | null>([[chain, { chain, store, toHeight }]])
  let outcome: AccountOutcome
  try {
    outcome = await runAccountTrace(request, {
      ledger: ledgers.get(chain) as ChainLedger,
      other: ledgerOf,
      crossing: bench.crossing,
      serviceTags: (of, addresses) => tags.serviceTags(of, addresses, of === chain ? asOf.time : null),
      progress: bench.progress,
      asOf,
      completeFrom,
    })
  } catch (thrown) {
    if (thrown instanceof Stop)
      return catchRefusal(() => {
        throw thrown
      })
    throw thrown
  }
  const openingsKnown = await haveAll(outcome.collected.chains)
  return ok(
    toAccountRecord({
      openingsKnown,
      request,
      minConfidence: tags.minConfidence,
      outcome,
      chain,
      statuses: await Promise.all(outcome.collected.chains.map(statusOf)),
      asOf,
      blocks: await blocksOf(outcome),
      tagSet: request.stopAtTags ? await tags.tagSet() : null,
      evidence: await evidenceOf(outcome, openingsKnown),
    }),
  )

  async function statusOf(of: string): Promise<AccountStatus> {
    const known = statuses.get(of) ?? (await store.status(of))
    statuses.set(of, known)
    return known
  }

  /** One store holds all chains; another chain is at hand where it has blocks. It is read up to its tip. */
  async function ledgerOf(of: string): Promise<ChainLedger | null> {
    if (!ledgers.has(of)) {
      const tip = here.has(of) ? (await statusOf(of)).tip : null
      ledgers.set(of, tip ? { chain: of, store, toHeight: tip.height } : null)
    }
    return ledgers.get(of) ?? null
  }

  /** Whether what accounts had at any time is known: every block from the first on is here with all its moves. */
  async function haveAll(chains: readonly string[]): Promise<boolean> {
    for (const of of chains) if (!(await completeFrom(of, 0))) return false
    return true
  }

  async function completeFrom(of: string, height: number): Promise<boolean> {
    const from = completeSince.get(of) ?? findCompleteSince(of)
    completeSince.set(of, from)
    const since = await from
    return since !== null && since <= height
  }

  /** The height from which on every block up to the end is here, whole; `null` where even the last is not. */
  async function findCompleteSince(of: string): Promise<number | null> {
    const ledger = await ledgerOf(of)
    if (!ledger || !(await statusOf(of)).traced) return null
    let since: number | null = null
    for (let top = ledger.toHeight; top >= 0 && ledger.toHeight - top < MOST_BLOCKS; top -= BLOCKS) {
      const heights = Array.from({ length: Math.min(BLOCKS, top + 1) }, (_, at) => top - at)
      const blocks = new Map(
        (await store.blocksByHeight(of, heights)).filter(({ active }) => active).map((block) => [block.height, block]),
      )
      for (const height of heights) {
        if ((blocks.get(height)?.completeness ?? 'partial') === 'partial') return since
        since = height
      }
    }
    return since
  }

  async function blocksOf({ steps }: AccountOutcome) {
    const byChain = Map.groupBy(steps, (step) => step.chain)
    const found: { chain: string; block: StoredBlock }[] = []
    for (const [of, list] of byChain) {
      const heights = [...new Set(list.map(({ move }) => move.height))].sort((a, b) => a - b)
      const blocks = await store.blocksByHeight(of, heights)
      found.push(...blocks.filter(({ active }) => active).map((block) => ({ chain: of, block })))
    }
    return found
  }

  async function evidenceOf({ steps, shortfalls }: AccountOutcome, known: boolean): Promise<AccountEvidence> {
    const reasons: string[] = []
    const counts = { txid: 0, stated: 0, mismatch: 0, doubles: 0 }
    const tally = factTally()
    for (const [of, list] of Map.groupBy(steps, (step) => step.chain)) {
      const txids = [...new Set(list.map(({ move }) => move.txid))]
      const txs: readonly AccountTx[] = await store.transactions(of, txids)
      for (const { proof } of txs) counts[proof]++
      const known = new Set(txs.map(({ txid }) => txid))
      const ofBlocks = list.filter(({ move }) => !known.has(move.txid)).map(({ move }) => move)
      const blocks = await store.blocksByHash(of, [...new Set(ofBlocks.map(({ txid }) => txid))].filter(isBlockHash))
      tally.count(
        txs,
        list.map(({ move }) => move).filter(({ txid }) => known.has(txid)),
        ofBlocks,
        new Set(blocks.flatMap(({ hash, headerVerified }) => (headerVerified && hash ? [hash] : []))),
      )
    }
    const flows = steps.some(({ move }) => isFlowAsset(move.asset))
    if (flows) {
      reasons.push(
        "the amounts are an analyst's figures in US cents, secondary data and no ledger: they are never evidence",
      )
    }
    if (counts.doubles > 0) {
      reasons.push(
        `${counts.doubles} transactions come from data whose amounts passed through floating point and were not re-verified`,
      )
    }
    if (counts.mismatch > 0) reasons.push(`the content of ${counts.mismatch} transactions does not hash to their ids`)
    if (counts.stated > 0) {
      reasons.push(
        `${counts.stated} transactions are stated by a source that does not carry enough to recompute their ids and senders`,
      )
    }
    const facts = tally.facts()
    if (!flows) reasons.push(...factReasons(facts))
    if (!known) {
      reasons.push(
        'opening balance unknown: not every block from the first on is here with what contracts passed on, so that accounts may have had more than the data shows; what it shows counts as clean',
      )
    }
    if (shortfalls.length > 0) {
      reasons.push(
        `${shortfalls.length} accounts paid more than they are known to have had: the difference counts as clean value of unknown origin`,
      )
    }
    const grade = flows
      ? 'secondary'
      : counts.doubles > 0
        ? 'refused'
        : counts.mismatch > 0
          ? 'mismatch'
          : reasons.length > 0
            ? 'stated'
            : 'verified'
    return { grade, reasons, facts }
  }
}

/** A ledger that has nothing but an analyst's figures is traced in these, where no asset is named. */
function withAssets(request: AccountTraceRequest, { assets }: AccountStatus): AccountTraceRequest {
  if (request.assets !== 'all' || assets.length === 0 || !assets.every(({ asset }) => isFlowAsset(asset)))
    return request
  return { ...request, assets: assets.map(({ asset }) => asset) }
}
