/** From a request to its record: one rule, or several over the same window on the ledger. */
import type { ChainPack, ChainStatus, ChainStore, StoredBlock } from '../chains/index.ts'
import { catchRefusal, ok, type Progress, type Result, refuse, Stop } from '../kernel/index.ts'
import { annotate } from './annotate.ts'
import { bridgePaymentsOf } from './bridge-payments.ts'
import { type LedgerWindow, openLedgerWindow } from './ledger-window.ts'
import { outputKey } from './movement.ts'
import { type Evidence, type TraceRecord, toRecord } from './record.ts'
import type { TraceRequest } from './request.ts'
import { runTrace, type TraceOutcome } from './trace.ts'
import type { ServiceTag } from './trace-work.ts'

/** What tracing needs of the tags: which addresses belong to services, and under which digest the set is known. */
export interface TagPort {
  serviceTags(
    chain: string,
    addresses: readonly string[],
    asOf: number | null,
  ): Promise<ReadonlyMap<string, ServiceTag>>
  tagSet(): Promise<{ readonly digest: string; readonly tags: number }>
  readonly minConfidence: number
}

export type TraceBench = {
  readonly store: ChainStore
  readonly pack: ChainPack
  readonly tags: TagPort
  readonly progress: Progress
}

export type OpenTrace = {
  readonly status: ChainStatus
  readonly asOf: StoredBlock
  readonly window: LedgerWindow
  run(request: TraceRequest): Promise<Result<TraceRecord>>
}

/** Opens the ledger of a chain as of a block (the tip where none is named). */
export async function openTrace(
  bench: TraceBench,
  asOf: { height: number } | { hash: string } | null,
): Promise<Result<OpenTrace>> {
  const { store, pack } = bench
  const status = await store.status(pack.caip2)
  const [block] =
    asOf === null
      ? [status.tip]
      : 'hash' in asOf
        ? await store.blocksByHash(pack.caip2, [asOf.hash])
        : await store.blocksByHeight(pack.caip2, [asOf.height])
  if (!block) {
    if (asOf === null) {
      return refuse('LEDGER_EMPTY', `The ledger of ${pack.name} is empty.`, {
        fix: `Import data first: comity chain import --chain ${pack.caip2} --format … SOURCE`,
      })
    }
    const name = 'hash' in asOf ? asOf.hash : `at height ${asOf.height}`
    return refuse('BLOCK_UNKNOWN', `The ledger of ${pack.name} does not hold the block ${name}.`, {
      fix: 'See `comity chain status` for what it holds.',
    })
  }
  if (!block.active) {
    return refuse('BLOCK_STALE', `Block ${block.hash} at height ${block.height} is not on the active chain.`, {
      fix: 'Name a block of the active chain; a reorganisation replaced this one.',
    })
  }
  const window = openLedgerWindow(store, pack, block.height)
  return ok({ status, asOf: block, window, run: (request) => runToRecord(bench, status, block, window, request) })
}

async function runToRecord(
  bench: TraceBench,
  status: ChainStatus,
  asOf: StoredBlock,
  window: LedgerWindow,
  request: TraceRequest,
): Promise<Result<TraceRecord>> {
  const { pack, tags, progress } = bench
  const serviceTags = (addresses: readonly string[]) => tags.serviceTags(pack.caip2, addresses, asOf.time)
  let outcome: TraceOutcome
  try {
    outcome = await runTrace(request, { pack, window, status, asOf, serviceTags, progress })
  } catch (thrown) {
    if (thrown instanceof Stop)
      return catchRefusal(() => {
        throw thrown
      })
    throw thrown
  }
  const { asset } = pack
  return ok(
    toRecord({
      request,
      minConfidence: tags.minConfidence,
      outcome,
      asset: { caip19: asset.caip19, symbol: asset.symbol, decimals: asset.decimals },
      status,
      asOf,
      blocks: await blocksOf(bench, outcome, window),
      tagSet: request.stops.atTags ? await tags.tagSet() : null,
      evidence: await evidenceOf(outcome, window),
      annotations: annotate(outcome, pack.caip2, window.seen),
      bridgePayments: await bridgePaymentsOf(outcome, bench.store, pack, window, asOf.height),
    }),
  )

  async function blocksOf(
    { store: chainStore }: TraceBench,
    { positions, flow }: TraceOutcome,
    { seen }: LedgerWindow,
  ): Promise<StoredBlock[]> {
    const txids = [...flow.map(({ txid }) => txid), ...positions.map(({ txid }) => txid)]
    const heights = [...new Set(txids.flatMap((txid) => seen.get(txid)?.block.height ?? []))]
    return [...(await chainStore.blocksByHeight(pack.caip2, heights))]
  }

  async function evidenceOf({ flow, positions }: TraceOutcome, { seen, outputs }: LedgerWindow): Promise<Evidence> {
    const txids = new Set([...flow.map(({ txid }) => txid), ...positions.map(({ txid }) => txid)])
    const txs = [...txids].flatMap((txid) => seen.get(txid) ?? [])
    const counts = { txid: 0, stated: 0, mismatch: 0, doubles: 0 }
    for (const tx of txs) counts[tx.proof]++
    const spent = txs.flatMap((tx) => tx.inputs.flatMap(({ prev }) => prev ?? []))
    const known = await outputs(spent)
    const statedOnly = spent.filter((outpoint) => known.get(outputKey(outpoint))?.knownFrom === 'prevout').length
    const reasons: string[] = []
    if (counts.doubles > 0)
      reasons.push(
        `${counts.doubles} transactions come from data whose amounts passed through floating point and were not re-verified`,
      )
    if (counts.mismatch > 0) reasons.push(`the content of ${counts.mismatch} transactions does not hash to their ids`)
    if (counts.stated > 0)
      reasons.push(
        `${counts.stated} transactions are stated by a source that does not carry enough to recompute their ids`,
      )
    if (statedOnly > 0)
      reasons.push(
        `the values of ${statedOnly} spent outputs are stated by the source of the spending transaction only`,
      )
    if (request.seeds.some((seed) => seed.known === 'declared'))
      reasons.push('some seeds are named by a claim only; no imported data shows them')
    const grade =
      counts.doubles > 0 ? 'refused' : counts.mismatch > 0 ? 'mismatch' : reasons.length > 0 ? 'stated' : 'verified'
    return { grade, reasons }
  }
}
