/** What a command has at hand: the data folder with its lock, the stores, progress. Opened when first needed. */
import { join } from 'node:path'
import {
  type AccountPack,
  type AccountStore,
  type ChainPack,
  type ChainStore,
  findChain,
  shippedAccountPacks,
  shippedChainPacks,
} from '../chains/index.ts'
import type { Stores } from '../chains/store/index.ts'
import { ensureFolder } from '../io/data-folder.ts'
import { lockFolder } from '../io/folder-lock.ts'
import type { TerminalProgress } from '../io/terminal-progress.ts'
import { orStop, stop } from '../kernel/index.ts'
import type { LinkBook } from '../tracing/crossing/store/index.ts'
import type { TagPort } from '../tracing/index.ts'
import type { TagStore } from '../tracing/tags/store/index.ts'
import type { WatchStore } from '../tracing/watch/store/index.ts'
import { chainFile, readStoreChoice } from './store-choice.ts'
import { tagPort } from './tag-port.ts'

export type Desk = {
  readonly home: string
  readonly progress: TerminalProgress
  readonly environment: NodeJS.ProcessEnv
  /** Keeps other processes out of the data folder until the command has ended. */
  lock(): Promise<void>
  /** A chain of outputs; chains of accounts are refused. */
  chain(text: string): ChainPack
  /** A chain of either family. */
  pack(text: string): ChainPack | AccountPack
  /** The ledger of the data folder, wherever it is kept. */
  store(): Promise<ChainStore>
  /** The ledgers of account chains, in the same file. */
  accounts(): Promise<AccountStore>
  tagStore(): Promise<TagStore>
  tags(minConfidence: number): Promise<TagPort>
  /** Bridge links that were kept or rejected. */
  linkBook(): Promise<LinkBook>
  /** The file of watches, which needs no lock: it is open while other processes have the folder. */
  watchStore(): Promise<WatchStore>
  /** A desk of its own for a while: the folder is free again when `body` has ended. For commands that run on and on. */
  withLedger<T>(body: (desk: Desk) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function openDesk(
  home: string,
  waitMs: number,
  progress: TerminalProgress,
  environment: NodeJS.ProcessEnv,
): Desk {
  let lock: Promise<{ release(): void | Promise<void> }> | undefined
  let stores: Promise<Stores> | undefined
  let tagStore: Promise<TagStore> | undefined
  let watchStore: Promise<WatchStore> | undefined
  let linkBook: Promise<LinkBook> | undefined

  const ensureLock = async () => {
    lock ??= (async () => {
      createHome(home)
      const onWait = (holder: string) => process.stderr.write(`waiting for ${holder}\n`)
      return orStop(await lockFolder(home, { waitMs, onWait }))
    })()
    await lock
  }
  const openStores = async (): Promise<Stores> => {
    await ensureLock()
    // Loaded when a command needs it: the engine behind it is large, and help asks no ledger.
    const doors = await import('../chains/store/index.ts')
    const place = readStoreChoice(home)
    if (place === null) return doors.openDuckDbStores(chainFile(home))
    return doors.openClickHouseStores(await doors.clickHouseAt(place, environment, false))
  }
  const bothStores = (): Promise<Stores> => {
    stores ??= openStores()
    return stores
  }
  const openTags = async () => {
    await ensureLock()
    const { openTagStore } = await import('../tracing/tags/store/index.ts')
    return openTagStore(join(home, 'tags.duckdb'))
  }
  const openLinks = async () => {
    await ensureLock()
    const { openLinkBook } = await import('../tracing/crossing/store/index.ts')
    return openLinkBook(join(home, 'bridge-links.jsonl'))
  }
  const openWatches = async () => {
    createHome(home)
    const { openWatchStore } = await import('../tracing/watch/store/index.ts')
    return openWatchStore(join(home, 'watch.sqlite'))
  }
  const desk: Desk = {
    home,
    progress,
    environment,
    lock: ensureLock,
    chain: (text) => {
      const pack = desk.pack(text)
      if (pack.family !== 'account') return pack
      return stop('CHAIN_FAMILY', `${pack.name} is a chain of accounts; this works on chains of outputs only.`, {
        fix: 'Name a chain such as bitcoin.',
      })
    },
    pack: (text) => orStop(findChain([...shippedChainPacks, ...shippedAccountPacks], text)),
    store: async () => (await bothStores()).chain,
    accounts: async () => (await bothStores()).accounts,
    tagStore: () => (tagStore ??= openTags()),
    tags: async (minConfidence) => tagPort(await desk.tagStore(), minConfidence),
    linkBook: () => (linkBook ??= openLinks()),
    watchStore: () => (watchStore ??= openWatches()),
    withLedger: async (body) => {
      const own = openDesk(home, waitMs, progress, environment)
      try {
        return await body(own)
      } finally {
        await own.close()
      }
    },
    close: async () => {
      // A store that did not open, or does not close, must not keep the folder from whoever comes next.
      const closed = await Promise.allSettled([
        stores?.then(({ chain }) => chain.close()),
        tagStore?.then((open) => open.close()),
        watchStore?.then((open) => open.close()),
      ])
      await (await lock)?.release()
      for (const one of closed) if (one.status === 'rejected') throw one.reason
    },
  }
  return desk
}

function createHome(home: string): void {
  try {
    ensureFolder(home)
  } catch (thrown) {
    stop(
      'FILE_NOT_WRITTEN',
      `The data folder cannot be made: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      {
        place: home,
        fix: 'Name another folder with --home, or check the permissions of this one.',
      },
    )
  }
}
