/**
 * The node follows the chains that its configuration names. Watches come from the records of cases, as they are now; what a
 * block means for them is decided and kept in watch.sqlite (tracing/watch), and from its outbox each notice is written into
 * its case. A notice that was written is remembered after it was written: a crash repeats it, and the case leaves it as it is.
 *
 * Past four hundred lines on purpose: from the block to the task it is one way, and what a crash may interrupt is read in its order.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  type ChainNotice,
  type ItemBody,
  tellAlarms,
  tellNews,
  WATCH,
  type WatchContent,
  type WatchNews,
} from '../casework/index.ts'
import { findChain, shippedAccountPacks, shippedChainPacks } from '../chains/index.ts'
import { openTip, openZmqNews } from '../chains/sources/index.ts'
import { lockFolder } from '../io/folder-lock.ts'
import type { Database } from '../io/postgres/index.ts'
import { ok, orStop, Stop } from '../kernel/index.ts'
import { type FollowSetting, type FollowState, follow, usualPause } from '../tracing/watch/sources/index.ts'
import { openWatchStore, type StoredNotice, type WatchStore } from '../tracing/watch/store/index.ts'
import { keepTrace, keptTraces } from '../workflows/index.ts'
import type { FollowConfig } from './config.ts'
import type { Door } from './door/door.ts'
import type { NodeKeys } from './keys.ts'
import { type Extended, inTurn, type WatchLedger } from './watch-ledger.ts'
import { keyedId, openWatchSealer, type WatchSealer } from './watch-sealer.ts'

export type WatchingSetting = {
  readonly home: string
  readonly chains: readonly FollowConfig[]
  readonly database: Database
  readonly keys: Pick<NodeKeys, 'caseKey' | 'nodeKey'>
  readonly door: Pick<Door, 'asNode'>
  /** The ledger beside the node, one asker at a time; `null`: traces and clusters stay as they are. */
  readonly ledger: WatchLedger | null
  readonly told: (chain: string, state: FollowState) => void
  /** Something that people must look at: a fault, or a refusal that time does not mend. */
  readonly failed: (what: string, fault: unknown) => void
}

export type Watching = { stop(): Promise<void> }

const READER = 'cases'
/** Notices that are written together; each has its own alarm, its own entries and its own events. */
const NOTICES = 100
/** How long another process may have the folder before this one looks again. */
const STANDBY_MS = 5_000
const AGAIN_MS = 10_000
/** Looked at even if nothing rang. */
const PULSE_MS = 15_000

export function openWatching(setting: WatchingSetting): Watching {
  const ending = new AbortController()
  const running = run(setting, ending.signal).catch((fault) => setting.failed('watching', fault))
  return {
    stop: async () => {
      ending.abort()
      await running
    },
  }
}

async function run(setting: WatchingSetting, ending: AbortSignal): Promise<void> {
  const folder = join(setting.home, 'watch')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = await lockWhenFree(folder, ending)
  if (lock === null) return
  const sealer = openWatchSealer(setting.keys)
  await headsOf(setting, sealer)
  const watches = openWatchStore(join(folder, 'watch.sqlite'), sealer)
  const [alarms, changes] = [newBell(), newBell()]
  const silence = await setting.database.listen('comity_journal', changes.ring)
  let taken = ''
  const turn = inTurn()
  const sync = () =>
    turn(async () => {
      const state = await watchState(setting)
      await syncWatches(setting, sealer, watches)
      taken = state
    })
  const bring = async () => {
    if ((await watchState(setting)) !== taken) await sync()
  }
  try {
    await sync()
    await Promise.all([
      // Apart: an alarm does not wait until it is known which watches have changed.
      again(setting, 'watches', ending, () =>
        whenRung(changes, ending, async () => {
          await sync()
          await growFresh(setting, watches)
        }),
      ),
      again(setting, 'alarms', ending, () => whenRung(alarms, ending, () => tellNotices(setting, watches, ending))),
      ...setting.chains.map((chain) =>
        again(setting, `following ${chain.chain}`, ending, () =>
          followOne(setting, chain, folder, watches, bring, alarms, ending),
        ),
      ),
    ])
  } finally {
    await silence()
    watches.close()
    lock.release()
  }
}

/** Several nodes of one database may share the folder: one of them follows, the others stand by. */
async function lockWhenFree(folder: string, ending: AbortSignal) {
  while (!ending.aborted) {
    const lock = await lockFolder(folder, { waitMs: 0, command: 'a node that follows chains' })
    if (lock.ok) return lock.value
    await rest(STANDBY_MS, ending)
  }
  return null
}

/** What fails is told and tried again; the others go on. */
async function again(
  { failed }: WatchingSetting,
  what: string,
  ending: AbortSignal,
  body: () => Promise<void>,
): Promise<void> {
  while (!ending.aborted) {
    try {
      await body()
    } catch (fault) {
      failed(what, fault instanceof Stop ? new Error(`${fault.refusal.code}: ${fault.refusal.message}`) : fault)
      await rest(AGAIN_MS, ending)
    }
  }
}

async function followOne(
  watching: WatchingSetting,
  config: FollowConfig,
  folder: string,
  watches: WatchStore,
  bringWatches: () => Promise<void>,
  bell: Bell,
  ending: AbortSignal,
): Promise<void> {
  const { told, ledger } = watching
  const pack = packOf(config)
  const options = {
    knownPacks: shippedChainPacks,
    patience: { timeout: 30_000, tries: 2, pause: 250 },
    ...(config.cookieFile === undefined ? {} : { cookieFile: config.cookieFile }),
  }
  const source = orStop(openTip(config.format, config.url, pack, options))
  const zmq = config.zmq === undefined ? null : orStop(await openZmqNews(config.zmq))
  const setting: FollowSetting = {
    pack,
    knownPacks: shippedChainPacks,
    source: zmq === null ? source : { ...source, news: zmq.news },
    watches,
    folder: join(folder, 'answers'),
    keep: ledger !== null,
    from: config.fromHeight ?? null,
    pause: config.interval ?? usualPause(config.format),
    untilTip: false,
    ending,
    withLedger:
      ledger === null
        ? null
        : (body) =>
            ledger.use(async (stores, extend) => {
              const answer = await body(stores)
              // Here the ledger is at hand, and has just grown.
              await takeExtended(watching, watches, await extend(watches, pack.caip2, freshOf(watches, pack.caip2)))
              return answer
            }),
    bringWatches,
    noticed: bell.ring,
    told: (state) => told(pack.caip2, state),
  }
  try {
    await follow(setting)
  } finally {
    await zmq?.close()
  }
}

function packOf({ chain }: FollowConfig) {
  return orStop(findChain([...shippedChainPacks, ...shippedAccountPacks], chain))
}

/** Watched clusters that no ledger has been asked for yet. */
function freshOf(watches: WatchStore, chain: string): ReadonlySet<string> {
  const clusters = watches.watches(chain).filter(({ kind }) => kind === 'cluster')
  return new Set(clusters.flatMap(({ id }) => (watches.readTo(grownReader(id)) === 0 ? [id] : [])))
}

function grownReader(watch: string): string {
  return `grown ${watch}`
}

/** A cluster that somebody begins to watch is known before the next block comes. */
async function growFresh(setting: WatchingSetting, watches: WatchStore): Promise<void> {
  const { ledger, chains } = setting
  if (ledger === null) return
  for (const { caip2 } of chains.map(packOf)) {
    const fresh = freshOf(watches, caip2)
    if (fresh.size === 0) continue
    await ledger
      .use(async (_, extend) => takeExtended(setting, watches, await extend(watches, caip2, fresh)))
      .catch((thrown: unknown) => {
        // Another process has the folder: the next block, or the next change, brings it.
        if (!(thrown instanceof Stop) || thrown.refusal.code !== 'HOME_LOCKED') throw thrown
      })
  }
}

/** First into the cases, then into the file of watches: what a crash left out comes again, and its task is there already. */
async function takeExtended(
  setting: WatchingSetting,
  watches: WatchStore,
  { traces, clusters }: Extended,
): Promise<void> {
  const { keys } = setting
  for (const { watch, digest, text, addresses, outputs, elsewhere, places, heard } of traces) {
    const lines = [
      `The trace was run again; its record ${digest} is in the case.`,
      ...(elsewhere.length === 0 ? [] : [`Something of it is to be watched on ${elsewhere.join(', ')} as well.`]),
      ...places,
    ]
    const news: WatchNews = {
      ...{ event: 'watch.extended', watch, task: keyedId(keys, 'task', watch, digest) },
      what: 'What is traced has moved: where it is now, and what can be done there. A person decides.',
      about: lines.join('\n'),
      front: { trace: digest, addresses: addresses.slice(0, MOST_ADDRESSES), outputs: outputs.slice(0, MOST_OUTPUTS) },
    }
    if (!(await tellOfWatch(setting, news, text))) continue
    watches.extend(
      watch,
      text,
      outputs.map((output) => ({ output, address: null, amount: null })),
    )
    watches.setAddresses(
      watch,
      addresses.map((address) => ({ address, why: null })),
    )
    watches.setReadTo(heard.reader, heard.seq)
  }
  for (const { watch, members, joined, left, heard } of clusters) {
    const why = joined
      .slice(0, MEMBERS_NAMED)
      .map(({ address, why: joint }) =>
        joint === null
          ? address
          : `${address}, with ${joint.to} in ${joint.txid} (block ${joint.height}, ${joint.rule})`,
      )
    const names = [...joined.map(({ address }) => address), ...left].sort()
    const news: WatchNews = {
      ...{ event: 'watch.grown', watch, task: keyedId(keys, 'task', watch, ...names) },
      what: `A watched cluster has changed: ${joined.length} more addresses, ${left.length} no more. Decide what is done next.`,
      about: [...why, ...left.slice(0, MEMBERS_NAMED).map((address) => `no more: ${address}`)].join('\n'),
      front: null,
    }
    if (names.length > 0 && !(await tellOfWatch(setting, news, null))) continue
    watches.setAddresses(watch, members)
    watches.setReadTo(heard.reader, heard.seq)
    watches.setReadTo(grownReader(watch), 1)
  }
}

/** A watch holds so many; the rest of a front is in the record of its trace. */
const MOST_ADDRESSES = 2_000
const MOST_OUTPUTS = 5_000
const MEMBERS_NAMED = 12

/** Whether it was written, or nothing takes it any more: a case that was closed, a watch that has ended. */
async function tellOfWatch(
  { door, failed }: WatchingSetting,
  news: WatchNews,
  record: string | null,
): Promise<boolean> {
  const told = await door.asNode<boolean>(async ({ records, now, context }) => {
    const stored = await records.get<ItemBody<WatchContent>>(WATCH, news.watch)
    const said = await tellNews({ records, now: new Date(now).toISOString() }, news)
    if (!said.ok || !said.value.result || said.value.events.length === 0 || record === null || !stored?.caseId)
      return said
    const keeping = { caseId: stored.caseId, text: record, marking: stored.body.marking }
    const kept = await keepTrace(context(), keeping)
    if (!kept.ok) return kept
    return ok({ result: true, events: [...said.value.events, ...kept.value.events] })
  })
  if (!told.ok) failed(`watch ${news.watch}`, new Error(`${told.refusal.code}: ${told.refusal.message}`))
  return told.ok
}

/** At once, and whenever the bell rings; also now and then without a ring. */
async function whenRung(bell: Bell, ending: AbortSignal, body: () => Promise<void>): Promise<void> {
  while (!ending.aborted) {
    const rung = bell.next(PULSE_MS, ending)
    await body()
    await rung
  }
}

/** Versions of the watches that are here: only what changed is read again. */
const versionsByStore = new WeakMap<WatchStore, Map<string, number>>()

type Head = { readonly id: string; readonly version: number; readonly case_id: string }

/** Every watch, of cases whose key is there: of an erased case nothing may stay here either. */
async function headsOf({ database, keys }: WatchingSetting, sealer: WatchSealer): Promise<readonly Head[]> {
  const heads = await database.query<Head>('SELECT id, version, case_id FROM record_head WHERE kind = $1', [WATCH])
  const erased = new Set([...new Set(heads.map(({ case_id }) => case_id))].filter((id) => keys.caseKey(id) === null))
  const left = heads.filter(({ case_id }) => !erased.has(case_id))
  for (const { id, case_id } of left) sealer.belongs(id, case_id)
  return left
}

/** Changes with each watch that is added or changed: cheap enough to be asked for before every block. */
async function watchState({ database }: WatchingSetting): Promise<string> {
  const [row] = await database.query<{ state: string }>(
    "SELECT concat(count(*), ' ', sum(version)) AS state FROM record_head WHERE kind = $1",
    [WATCH],
  )
  return row?.state ?? ''
}

async function syncWatches(setting: WatchingSetting, sealer: WatchSealer, watches: WatchStore): Promise<void> {
  const { door } = setting
  const known = versionsByStore.get(watches) ?? new Map<string, number>()
  versionsByStore.set(watches, known)
  const heads = await headsOf(setting, sealer)
  const gone = new Set(watches.ids())
  for (const { id, version } of heads) {
    gone.delete(id)
    if (known.get(id) === Number(version)) continue
    await takeWatch(door, watches, id)
    known.set(id, Number(version))
  }
  for (const id of gone) {
    watches.purge(id)
    known.delete(id)
  }
}

async function takeWatch(door: WatchingSetting['door'], watches: WatchStore, id: string): Promise<void> {
  const found = await door.asNode(async ({ records }) => {
    const stored = await records.get<WatchRecord>(WATCH, id)
    const { trace } = stored?.body.content ?? {}
    const [kept] = trace === undefined || !stored?.caseId ? [] : await keptTraces({ records }, stored.caseId, trace)
    return ok({ result: { content: stored?.body.content ?? null, record: kept?.body.text ?? null }, events: [] })
  })
  const { content, record } = found.ok ? found.value : { content: null, record: null }
  if (content === null) watches.purge(id)
  else if (content.ended !== null) watches.remove(id)
  else {
    const { chain, addresses, outputs, until, trace, cluster } = content
    const members = cluster === undefined ? [] : watches.addressesOf(id)
    watches.add([
      {
        id,
        chain,
        kind: cluster !== undefined ? 'cluster' : trace === undefined ? 'address' : 'trace',
        subject: id,
        addresses,
        outputs: outputs.map((output) => ({ output, address: null, amount: null })),
        until: until === null ? null : { time: Math.floor(Date.parse(until) / 1000) },
        note: null,
        added: Math.floor(Date.now() / 1000),
        record: cluster === undefined ? record : JSON.stringify({ start: cluster }),
      },
    ])
    // Who had joined the cluster is of it until the ledger says otherwise.
    if (members.some(({ address }) => address === cluster)) watches.setAddresses(id, members)
    else if (cluster !== undefined) watches.setReadTo(grownReader(id), 0)
  }
}

type WatchRecord = { readonly content: WatchContent }

async function tellNotices(setting: WatchingSetting, watches: WatchStore, ending: AbortSignal): Promise<void> {
  for (;;) {
    const notices = watches.notices(watches.readTo(READER), NOTICES)
    const last = notices.at(-1)
    if (last === undefined || ending.aborted) return
    // One that cannot be written must not keep the others back: then each goes alone, and it is told of.
    if (!(await tellTogether(setting, notices)))
      for (const notice of notices)
        if (!(await tellTogether(setting, [notice])))
          setting.failed(`notice ${notice.seq}`, new Error('It could not be written into its case.'))
    watches.setReadTo(READER, last.seq)
    if (notices.length < NOTICES) return
  }
}

async function tellTogether(
  { door, keys, failed }: WatchingSetting,
  notices: readonly StoredNotice[],
): Promise<boolean> {
  const told = await door.asNode(({ records, now }) =>
    tellAlarms(
      { records, now: new Date(now).toISOString() },
      notices.map((notice) => toChainNotice(keys, notice)),
    ),
  )
  if (!told.ok) failed('alarms', new Error(`${told.refusal.code}: ${told.refusal.message}`))
  return told.ok
}

function toChainNotice(keys: WatchingSetting['keys'], { seq, kind, alarm }: StoredNotice): ChainNotice {
  const { id, chain, watch, txid, place, direction, address, asset, amount, block } = alarm
  return {
    seq,
    kind,
    alarm: keyedId(keys, 'alarm', id),
    task: keyedId(keys, 'task', watch, txid),
    watch,
    chain,
    txid,
    place,
    direction,
    address,
    asset,
    amount: amount === null ? null : String(amount),
    height: block.height,
    block: block.hash,
    time: block.time === null ? null : new Date(block.time * 1000).toISOString(),
  }
}

type Bell = {
  readonly ring: () => void
  /** Ends with the next ring after the call, or when so much time has passed. */
  next(milliseconds: number, ending: AbortSignal): Promise<void>
}

function newBell(): Bell {
  const listeners = new Set<() => void>()
  return {
    ring: () => {
      for (const heard of [...listeners]) heard()
    },
    next: (milliseconds, ending) =>
      new Promise((resolve) => {
        const heard = () => {
          listeners.delete(heard)
          clearTimeout(timer)
          ending.removeEventListener('abort', heard)
          resolve()
        }
        const timer = setTimeout(heard, milliseconds)
        listeners.add(heard)
        ending.addEventListener('abort', heard)
        if (ending.aborted) heard()
      }),
  }
}

function rest(milliseconds: number, ending: AbortSignal): Promise<void> {
  return newBell().next(milliseconds, ending)
}
