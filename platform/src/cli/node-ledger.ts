/** The data folder of the command line as the ledger beside a node: its watches of clusters and traces extend themselves by it. */
import type { NodeLedger, TraceQuestion } from '../node/index.ts'
import { accountRuleIds, accountTracesOf, bridgesMet, ruleIds } from '../tracing/index.ts'
import { addressesOfFront, frontOf } from '../tracing/watch/index.ts'
import type { WatchStore } from '../tracing/watch/store/index.ts'
import type { Flags } from './command.ts'
import { openPacks } from './commands/legal-options.ts'
import { readAccountRule, runAccountRules } from './commands/trace-accounts.ts'
import { readRule, refuseWithoutEvidence, runRules } from './commands/trace-run.ts'
import { type Asking, placesNow, placeText } from './commands/watch-next.ts'
import { continued } from './continue-trace.ts'
import { type Desk, openDesk } from './desk.ts'
import { clusterReader, growWatched } from './extend-clusters.ts'
import { extendTrace, reachOf, traceReader } from './extend-traces.ts'
import { type AnyRecord, anyRecordToText, isOfAccounts, parseAnyRecord } from './kept-traces.ts'
import { addressFacts, heldChains } from './ledger-facts.ts'

/** A task has room for so many places. */
const PLACES = 8
/** A person's commands come one after the other: whoever only looks now and then finds the folder taken each time. */
const WAIT_MS = 3_000

type Around = Pick<Desk, 'progress' | 'environment'>

/** `country`: that of the agency, which would ask. */
export function nodeLedger(folder: string, country: string, { progress, environment }: Around): NodeLedger {
  const atDesk = async <T>(body: (desk: Desk) => Promise<T>): Promise<T> => {
    const desk = openDesk(folder, WAIT_MS, progress, environment)
    try {
      return await body(desk)
    } finally {
      await desk.close()
    }
  }
  return {
    use: (body) =>
      atDesk(async (desk) => {
        const stores = { chain: await desk.store(), accounts: await desk.accounts() }
        return body(stores, async (watches, chain, fresh) => ({
          clusters: await grown(desk, watches, chain, fresh),
          traces: await extended(desk, watches, chain, country),
        }))
      }),
    held: () =>
      atDesk(async (desk) => ({
        chains: await heldChains(desk),
        rules: { utxo: [...ruleIds], account: [...accountRuleIds] },
      })),
    address: (chain, text) => atDesk((desk) => addressFacts(desk, chain, text)),
    trace: (question) => atDesk(async (desk) => anyRecordToText(await traced(desk, question))),
  }
}

/** As `trace run` would, and nothing is kept in the folder: the record belongs to a case. */
async function traced(desk: Desk, { chain, rule, from, ...how }: TraceQuestion): Promise<AnyRecord> {
  const pack = desk.pack(chain)
  const flags = {
    ...{
      chain,
      from,
      backward: how.backward,
      stopAtTags: how.stopAtTags,
      stopAtCoinjoin: how.stopAtCoinJoin || undefined,
    },
    ...{ maxHops: asFlag(how.maxHops), maxTransactions: asFlag(how.maxTransactions), asset: how.asset },
  } as Flags
  const [record] =
    pack.family === 'account'
      ? await runAccountRules(desk, flags, [readAccountRule(rule)], pack, async () => {})
      : await runRules(desk, flags, [readRule(rule)], continued, async () => {})
  if (!record) throw new Error('a trace gave no record')
  refuseWithoutEvidence(record, chain)
  return record
}

const asFlag = (count: number | undefined) => (count === undefined ? undefined : String(count))

async function grown(desk: Desk, watches: WatchStore, chain: string, fresh: ReadonlySet<string>) {
  const pack = desk.pack(chain)
  const clusters = watches.watches(chain).filter(({ kind }) => kind === 'cluster')
  const { tip } = clusters.length === 0 ? { tip: null } : await reachOf(desk, pack)
  const found = []
  for (const watch of tip === null ? [] : clusters) {
    const again = await growWatched(desk, watches, watch, pack, tip?.height ?? 0, fresh.has(watch.id))
    if (again === null) continue
    const { members, joined, left, heard: seq } = again
    found.push({ watch: watch.id, members, joined, left, heard: { reader: clusterReader(watch), seq } })
  }
  return found
}

async function extended(desk: Desk, watches: WatchStore, chain: string, country: string) {
  const pack = desk.pack(chain)
  const traces = watches.watches(chain).filter(({ kind }) => kind === 'trace')
  const found = []
  let asking: Asking | null = null
  const reach = traces.length === 0 ? null : await reachOf(desk, pack)
  for (const watch of traces) {
    const text = watches.recordOf(watch.id)
    // A watch of outputs alone, whose trace the case does not keep.
    if (text === null || reach === null) continue
    const before = parseAnyRecord(text, watch.id)
    const fallen = await hasFallen(desk, before)
    const again = await extendTrace(desk, watches, watch, before, pack, { tip: reach.tip, fallen, keep: false })
    if (again === null) continue
    const { record, heard: seq } = again
    asking ??= { packs: await openPacks({}), from: country, offence: 'laundering' }
    const places = await placesNow(desk, record, pack, record.parameters.minConfidence, asking)
    found.push({
      ...{ watch: watch.id, digest: record.digest, text: anyRecordToText(record) },
      addresses: addressesOfFront(record, chain),
      outputs: ownFront(record, chain),
      elsewhere: chainsOf(record).filter((one) => one !== chain && addressesOfFront(record, one).length > 0),
      places: places.slice(0, PLACES).map((place) => placeText(place).join('\n')),
      heard: { reader: traceReader(watch), seq },
    })
  }
  return found
}

/** A block under it was replaced, or a link that it goes over was rejected. Nothing of a case is kept in the folder to know it by. */
async function hasFallen(desk: Desk, record: AnyRecord): Promise<boolean> {
  const rejected = (await desk.linkBook()).rejectedIds()
  if (bridgesMet(record).links.some((id) => rejected.has(id))) return true
  const blocks = accountTracesOf(record).flatMap(({ data }) => data.blocks)
  for (const [chain, of] of Map.groupBy(blocks, (block) => block.chain)) {
    const hashes = of.flatMap(({ hash }) => hash ?? [])
    if ((await (await desk.accounts()).blocksByHash(chain, hashes)).some(({ active }) => !active)) return true
  }
  if (isOfAccounts(record)) return false
  const hashes = record.data.blocks.flatMap(({ hash }) => hash ?? [])
  return (await (await desk.store()).blocksByHash(record.chain, hashes)).some(({ active }) => !active)
}

function ownFront(record: AnyRecord, chain: string): readonly string[] {
  return isOfAccounts(record) || record.chain !== chain ? [] : frontOf(record).map(({ output }) => output)
}

function chainsOf(record: AnyRecord): readonly string[] {
  const beyond = isOfAccounts(record)
    ? record.result.positions.map(({ chain }) => chain)
    : [
        ...(record.continuation?.records ?? []).flatMap(({ result }) => result.positions.map(({ chain }) => chain)),
        ...(record.result.bridgePayments ?? []).flatMap(({ toChain }) => toChain ?? []),
      ]
  return [...new Set(beyond)].sort()
}
