/**
 * Follows the chain of a server: block after block into the file of watches, where alarms are raised at once, and from there
 * into the ledger, as soon as its folder is free. The two go their own pace, so that no alarm waits for an import.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AccountPack,
  type AccountStore,
  type ChainPack,
  type ChainStore,
  importAccountSource,
  importSource,
  type SourceFormat,
  type StoredBlock,
} from '../../../chains/index.ts'
import {
  type FetchedBlock,
  openAccountImporter,
  openImporter,
  type TipBlock,
  type TipSource,
} from '../../../chains/sources/index.ts'
import { orStop, Stop, stop } from '../../../kernel/index.ts'
import { type Followed, forkOf } from '../index.ts'
import type { StoredNotice, WatchStore } from '../store/index.ts'
import { keepBlocks, readBlocks } from './read-step.ts'

export type FollowState = {
  readonly height: number
  readonly hash: string
  readonly tip: number
  /** Blocks taken since the start, those of branches that went stale included. */
  readonly blocks: number
  /** Blocks whose chain was left. */
  readonly stale: number
  readonly notices: number
  /** Blocks that are watched and not yet in the ledger. */
  readonly waiting: number
  /** What keeps it, as `SERVER_UNREACHABLE: …`; `null` where nothing does. */
  readonly trouble: string | null
}

export type LedgerStores = { readonly chain: ChainStore; readonly accounts: AccountStore }

export type FollowSetting = {
  readonly pack: ChainPack | AccountPack
  readonly knownPacks: readonly ChainPack[]
  readonly source: TipSource
  readonly watches: WatchStore
  /** Where answers of the server lie that are kept. */
  readonly folder: string
  /** Whether the answers are kept there, for good, since a ledger stands on them or will. */
  readonly keep: boolean
  /** The first block, where the chain was not followed before. `null`: after the ledger, or else after the present tip. */
  readonly from: number | null
  /** Milliseconds between two looks at the tip. */
  readonly pause: number
  /** Ends when the tip is reached and all is in the ledger. */
  readonly untilTip: boolean
  readonly ending: AbortSignal
  /** Gives the ledger for a while; refuses with HOME_LOCKED while another process has it. `null`: nothing is imported. */
  readonly withLedger: (<T>(body: (stores: LedgerStores) => Promise<T>) => Promise<T>) | null
  /** Brings the watches up to what was asked for until now: before each step, so that no block is looked at without them. */
  readonly bringWatches?: () => Promise<void>
  readonly noticed: (notices: readonly StoredNotice[]) => void
  readonly told: (state: FollowState) => void
}

/** Blocks of one step, requests at once, and text of one step, about. */
const STEP_BLOCKS = 200
const AT_ONCE = 8
const STEP_BYTES = 64 * 1024 * 1024
/** Near the tip a step takes what it has after so long, so that the alarms of its first block do not wait for its last. */
const NEAR_STEP_MS = 100
const FILES_AT_ONCE = 500
/** Refusals that time may mend. */
const PASSING: readonly string[] = ['SERVER_UNREACHABLE', 'HOME_LOCKED']
const RETRY_MS = 2_000
/** Alarms come first: the ledger takes blocks when none has come for so long, or when the last import is so long ago. */
const QUIET_MS = 150
const OVERDUE_MS = 30_000
const RESTLESS_MS = 20

/** Milliseconds between two looks at the tip, where nothing is said: a node of one's own is asked often, a public server is not. */
export function usualPause(format: SourceFormat): number {
  return format === 'esplora' ? 500 : 100
}

export async function follow(setting: FollowSetting): Promise<FollowState> {
  const { pack, source, watches, ending, pause, told } = setting
  const chain = pack.caip2
  let state: FollowState = {
    height: -1,
    hash: '',
    tip: -1,
    blocks: 0,
    stale: 0,
    notices: 0,
    waiting: watches.waitingBlocks(chain),
    trouble: null,
  }
  const say = (change: Partial<FollowState>) => {
    state = { ...state, ...change }
    told(state)
  }
  const patient = async (body: () => Promise<boolean>): Promise<boolean> => {
    try {
      const done = await body()
      if (state.trouble !== null) say({ trouble: null })
      return done
    } catch (thrown) {
      if (!(thrown instanceof Stop) || !PASSING.includes(thrown.refusal.code)) throw thrown
      say({ trouble: `${thrown.refusal.code}: ${thrown.refusal.message}` })
      await rest(RETRY_MS, ending)
      return false
    }
  }
  let placed = false
  while (!placed && !ending.aborted) placed = await patient(begun)
  const ledger = importing(setting, (waiting) => say({ waiting }))
  try {
    while (!ending.aborted) {
      const atTip = await patient(step)
      if (ledger.fault !== null) throw ledger.fault
      if (!atTip) continue
      if (setting.untilTip) ledger.hurry()
      if (setting.untilTip && (setting.withLedger === null || watches.waitingBlocks(chain) === 0)) break
      await (source.news ?? rest)(pause, ending)
    }
  } finally {
    await ledger.end()
  }
  if (ledger.fault !== null) throw ledger.fault
  return { ...state, waiting: watches.waitingBlocks(chain) }

  async function begun(): Promise<boolean> {
    const at = watches.cursor(chain) ?? (await firstPlace(setting))
    if (watches.cursor(chain) === null) watches.begin(chain, at)
    say({ height: at.height, hash: at.hash })
    return true
  }

  /** Whether the tip is reached. */
  async function step(): Promise<boolean> {
    const from = watches.cursor(chain)
    if (from === null) throw new Error('following has no place to go on from')
    const tip = await source.tip()
    if (tip.hash === from.hash) {
      if (state.tip !== tip.height) say({ tip: tip.height })
      return true
    }
    // Most often the next block stands on the last one, which says by itself that nothing was replaced.
    let fork = from
    let blocks = await blocksAfter(fork, tip)
    if (blocks.length === 0) {
      fork = await placeOn(from)
      blocks = await blocksAfter(fork, tip)
    }
    if (blocks.length === 0 && (fork.hash !== tip.hash || fork.hash === from.hash)) {
      // The chain changed while it was asked for.
      await rest(RESTLESS_MS, ending)
      return false
    }
    const read = await readBlocks(setting, blocks)
    await setting.bringWatches?.()
    const files = setting.keep && blocks.length > 0 ? keepBlocks(setting.folder, watches.nextFile(), blocks) : []
    const notices = watches.advance({ chain, from, fork, blocks: read, files }, Date.now())
    if (notices.length > 0) setting.noticed(notices)
    const last = blocks.at(-1) ?? fork
    ledger.ring()
    say({
      height: last.height,
      hash: last.hash,
      tip: Math.max(tip.height, last.height),
      blocks: state.blocks + blocks.length,
      stale: state.stale + (from.height - fork.height),
      notices: state.notices + notices.length,
      // Counted anew whenever the ledger has taken some: to count at every step costs more the more there are.
      waiting: state.waiting + (files.length > 0 ? blocks.length : 0),
    })
    return last.hash === tip.hash
  }

  /** The last block of what was followed that the server has in its chain, too. */
  async function placeOn(from: Followed): Promise<Followed> {
    const hashAt = async (height: number) => (height < 0 ? '' : await source.hashAt(height))
    if ((await hashAt(from.height)) === from.hash) return from
    const fork = await forkOf(watches.remembered(chain), hashAt)
    return (
      fork ??
      stop('FOLLOW_FORK_DEEP', `No block of ${chain} that is remembered is one of the server's chain.`, {
        place: source.origin,
        fix: 'Check that the server is of the right chain; then begin anew with --anew and --from-height.',
      })
    )
  }

  /** Blocks that follow on one another from the fork on; fewer where the chain changed while they were fetched. */
  async function blocksAfter(fork: Followed, tip: TipBlock): Promise<readonly FetchedBlock[]> {
    const blocks: FetchedBlock[] = []
    let bytes = 0
    let last: Followed = fork
    const near = tip.height - fork.height <= STEP_BLOCKS
    const end = performance.now() + (near ? NEAR_STEP_MS : Number.POSITIVE_INFINITY)
    const more = () => blocks.length < STEP_BLOCKS && bytes < STEP_BYTES && performance.now() < end
    while (last.height < tip.height && more() && !ending.aborted) {
      const count = Math.min(AT_ONCE, tip.height - last.height, STEP_BLOCKS - blocks.length)
      const heights = Array.from({ length: count }, (_, n) => last.height + 1 + n)
      // The server has said already what its tip is.
      const known = heights.at(-1) === tip.height ? [tip.hash] : []
      const hashes = [...(await source.hashesAt(heights.slice(0, count - known.length))), ...known]
      const next = await Promise.all(
        heights.map(async (height, n) => {
          const hash = hashes[n] ?? null
          return hash === null ? null : source.block({ height, hash })
        }),
      )
      for (const block of next) {
        if (block === null || (block.prevHash ?? '') !== last.hash) return blocks
        blocks.push(block)
        bytes += block.parts.reduce((sum, { content }) => sum + content.length, 0)
        last = block
      }
    }
    return blocks
  }
}

/** The block before the first one that is to be followed. */
async function firstPlace({ pack, source, from, withLedger }: FollowSetting): Promise<Followed> {
  if (from === 0) return { height: -1, hash: '' }
  if (from === null && withLedger !== null) {
    const { tip } = await withLedger(
      async ({ chain, accounts }): Promise<{ readonly tip: StoredBlock | null }> =>
        pack.family === 'account' ? accounts.status(pack.caip2) : chain.status(pack.caip2),
    )
    if (tip?.hash && (await source.hashAt(tip.height)) === tip.hash) return { height: tip.height, hash: tip.hash }
  }
  if (from === null) return source.tip()
  const hash = await source.hashAt(from - 1)
  return hash === null
    ? stop('SERVER_ANSWER', `The server's chain does not reach height ${from - 1}.`, {
        place: source.origin,
        fix: 'Name a height that it has, with --from-height.',
      })
    : { height: from - 1, hash }
}

/** Takes what was followed into the ledger, source after source, whenever the ledger is free. */
function importing(
  { pack, knownPacks, watches, folder, withLedger, ending }: FollowSetting,
  left: (blocks: number) => void,
) {
  const chain = pack.caip2
  let ended = false
  let wake: () => void = () => {}
  let hurry = new AbortController()
  let rang = Number.NEGATIVE_INFINITY
  let overdue = performance.now() + OVERDUE_MS
  const ring = () => {
    rang = performance.now()
    wake()
  }
  const importer = { fault: null as unknown, ring, hurry: () => hurry.abort(), end }
  const running = withLedger === null ? Promise.resolve() : run(withLedger)
  return importer

  async function run(ledger: NonNullable<FollowSetting['withLedger']>): Promise<void> {
    try {
      while (!ended) {
        if (watches.waitingBlocks(chain) === 0)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        await quiet()
        if (!(await importNext(ledger))) await rest(RETRY_MS, ending)
        overdue = performance.now() + OVERDUE_MS
        hurry = new AbortController()
      }
    } catch (thrown) {
      importer.fault = thrown
    }
  }

  async function quiet(): Promise<void> {
    const soon = AbortSignal.any([ending, hurry.signal])
    for (;;) {
      const now = performance.now()
      const left = Math.min(rang + QUIET_MS, overdue) - now
      if (ended || soon.aborted || left <= 0) return
      await rest(left, soon)
    }
  }

  async function importNext(ledger: NonNullable<FollowSetting['withLedger']>): Promise<boolean> {
    try {
      await ledger(async (stores) => {
        const files = watches.waiting(chain, FILES_AT_ONCE)
        const [first] = files
        if (!first) return
        const paths = files.map(({ name }) => join(folder, name))
        const name = `followed, blocks ${first.from} to ${Math.max(...files.map(({ to }) => to))}`
        const options = { knownPacks, name }
        const silent = { report: () => {} }
        if (pack.family === 'account')
          await importAccountSource(
            stores.accounts,
            orStop(await openAccountImporter(first.format, paths, pack, options)),
            silent,
          )
        else await importSource(stores.chain, orStop(await openImporter(first.format, paths, pack, options)), silent)
        watches.imported(files.map(({ seq }) => seq))
      })
      left(watches.waitingBlocks(chain))
      return true
    } catch (thrown) {
      if (!(thrown instanceof Stop) || thrown.refusal.code !== 'HOME_LOCKED') throw thrown
      return false
    }
  }

  async function end(): Promise<void> {
    ended = true
    wake()
    hurry.abort()
    await running
  }
}

async function rest(milliseconds: number, ending: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal: ending }).catch(() => {})
}
