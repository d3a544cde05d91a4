/**
 * The node follows the chains that its configuration names. Watches come from the records of cases, as they are now; what a
 * block means for them is decided and kept in watch.sqlite (tracing/watch), and from its outbox each notice is written into
 * its case. A notice that was written is remembered after it was written: a crash repeats it, and the case leaves it as it is.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ChainNotice, tellAlarm, WATCH, type WatchContent } from '../casework/index.ts'
import { findChain, shippedAccountPacks, shippedChainPacks } from '../chains/index.ts'
import { openTip } from '../chains/sources/index.ts'
import { lockFolder } from '../io/folder-lock.ts'
import type { Database } from '../io/postgres/index.ts'
import { ok, orStop, Stop } from '../kernel/index.ts'
import { type FollowState, follow } from '../tracing/watch/sources/index.ts'
import { openWatchStore, type StoredNotice, type WatchStore } from '../tracing/watch/store/index.ts'
import type { FollowConfig } from './config.ts'
import type { Door } from './door/door.ts'
import type { NodeKeys } from './keys.ts'

export type WatchingSetting = {
  readonly home: string
  readonly chains: readonly FollowConfig[]
  readonly database: Database
  readonly keys: Pick<NodeKeys, 'caseKey'>
  readonly door: Pick<Door, 'asNode'>
  readonly told: (chain: string, state: FollowState) => void
  /** Something that people must look at: a fault, or a refusal that time does not mend. */
  readonly failed: (what: string, fault: unknown) => void
}

export type Watching = { stop(): Promise<void> }

const READER = 'cases'
const NOTICES = 200
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
  const watches = openWatchStore(join(folder, 'watch.sqlite'))
  const bell = newBell()
  const silence = await setting.database.listen('comity_journal', bell.ring)
  try {
    await syncWatches(setting, watches)
    await Promise.all([
      again(setting, 'watches', ending, () => tend(setting, watches, bell, ending)),
      ...setting.chains.map((chain) =>
        again(setting, `following ${chain.chain}`, ending, () =>
          followOne(setting, chain, folder, watches, bell, ending),
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
  { told }: WatchingSetting,
  config: FollowConfig,
  folder: string,
  watches: WatchStore,
  bell: Bell,
  ending: AbortSignal,
): Promise<void> {
  const pack = orStop(findChain([...shippedChainPacks, ...shippedAccountPacks], config.chain))
  const options = {
    knownPacks: shippedChainPacks,
    patience: { timeout: 30_000, tries: 2, pause: 250 },
    ...(config.cookieFile === undefined ? {} : { cookieFile: config.cookieFile }),
  }
  await follow({
    pack,
    knownPacks: shippedChainPacks,
    source: orStop(openTip(config.format, config.url, pack, options)),
    watches,
    folder: join(folder, 'answers'),
    keep: false,
    from: config.fromHeight ?? null,
    pause: config.interval ?? 500,
    untilTip: false,
    ending,
    withLedger: null,
    noticed: bell.ring,
    told: (state) => told(pack.caip2, state),
  })
}

/** Brings watches here, and notices into their cases, whenever something rings. */
async function tend(setting: WatchingSetting, watches: WatchStore, bell: Bell, ending: AbortSignal): Promise<void> {
  while (!ending.aborted) {
    const rung = bell.next(PULSE_MS, ending)
    await syncWatches(setting, watches)
    await tellNotices(setting, watches, ending)
    await rung
  }
}

/** Versions of the watches that are here: only what changed is read again. */
const versionsByStore = new WeakMap<WatchStore, Map<string, number>>()

async function syncWatches({ database, keys, door }: WatchingSetting, watches: WatchStore): Promise<void> {
  const known = versionsByStore.get(watches) ?? new Map<string, number>()
  versionsByStore.set(watches, known)
  const heads = await database.query<{ id: string; version: number; case_id: string }>(
    'SELECT id, version, case_id FROM record_head WHERE kind = $1',
    [WATCH],
  )
  const gone = new Set(watches.ids())
  for (const { id, version, case_id } of heads) {
    // The key of an erased case is gone: nothing of its watches may stay here either.
    if (keys.caseKey(case_id) === null) continue
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
  const found = await door.asNode(async ({ records }) =>
    ok({ result: await records.get<WatchRecord>(WATCH, id), events: [] }),
  )
  const content = found.ok ? (found.value?.body.content ?? null) : null
  if (content === null) watches.purge(id)
  else if (content.ended !== null) watches.remove(id)
  else {
    const { chain, addresses, outputs, until, trace } = content
    watches.add([
      {
        id,
        chain,
        kind: trace === undefined ? 'address' : 'trace',
        subject: id,
        addresses,
        outputs: outputs.map((output) => ({ output, address: null, amount: null })),
        until: until === null ? null : { time: Math.floor(Date.parse(until) / 1000) },
        note: null,
        added: Math.floor(Date.now() / 1000),
        record: null,
      },
    ])
  }
}

type WatchRecord = { readonly content: WatchContent }

async function tellNotices({ door, failed }: WatchingSetting, watches: WatchStore, ending: AbortSignal): Promise<void> {
  for (;;) {
    const notices = watches.notices(watches.readTo(READER), NOTICES)
    for (const notice of notices) {
      if (ending.aborted) return
      const told = await door.asNode((work) =>
        tellAlarm({ records: work.records, now: new Date(work.now).toISOString() }, toChainNotice(notice)),
      )
      if (!told.ok) failed(`notice ${notice.seq}`, new Error(`${told.refusal.code}: ${told.refusal.message}`))
      watches.setReadTo(READER, notice.seq)
    }
    if (notices.length < NOTICES) return
  }
}

function toChainNotice({ seq, kind, alarm }: StoredNotice): ChainNotice {
  const { id, chain, watch, txid, place, direction, address, asset, amount, block } = alarm
  return {
    seq,
    kind,
    alarm: id,
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
