/** What a command has at hand: the data folder with its lock, the stores, progress. Opened when first needed. */
import { join } from 'node:path'
import { type ChainPack, type ChainStore, findChain, shippedChainPacks } from '../chains/index.ts'
import { ensureFolder } from '../io/data-folder.ts'
import { lockFolder } from '../io/folder-lock.ts'
import type { TerminalProgress } from '../io/terminal-progress.ts'
import { orStop, stop } from '../kernel/index.ts'
import type { TagPort } from '../tracing/index.ts'
import type { TagStore } from '../tracing/tags/store/index.ts'
import { chainFile, readStoreChoice } from './store-choice.ts'
import { tagPort } from './tag-port.ts'

export type Desk = {
  readonly home: string
  readonly progress: TerminalProgress
  readonly environment: NodeJS.ProcessEnv
  /** Keeps other processes out of the data folder until the command has ended. */
  lock(): Promise<void>
  chain(text: string): ChainPack
  /** The ledger of the data folder, wherever it is kept. */
  store(): Promise<ChainStore>
  tagStore(): Promise<TagStore>
  tags(minConfidence: number): Promise<TagPort>
  close(): Promise<void>
}

export function openDesk(
  home: string,
  waitMs: number,
  progress: TerminalProgress,
  environment: NodeJS.ProcessEnv,
): Desk {
  let lock: Promise<{ release(): void | Promise<void> }> | undefined
  let store: Promise<ChainStore> | undefined
  let tagStore: Promise<TagStore> | undefined

  const ensureLock = async () => {
    lock ??= (async () => {
      createHome(home)
      const onWait = (holder: string) => process.stderr.write(`waiting for ${holder}\n`)
      return orStop(await lockFolder(home, { waitMs, onWait }))
    })()
    await lock
  }
  const openStore = async () => {
    await ensureLock()
    // Loaded when a command needs it: the engine behind it is large, and help asks no ledger.
    const stores = await import('../chains/store/index.ts')
    const place = readStoreChoice(home)
    if (place === null) return stores.openDuckDbChainStore(chainFile(home))
    return stores.openClickHouseChainStore(await stores.clickHouseAt(place, environment, false))
  }
  const openTags = async () => {
    await ensureLock()
    const { openTagStore } = await import('../tracing/tags/store/index.ts')
    return openTagStore(join(home, 'tags.duckdb'))
  }
  const desk: Desk = {
    home,
    progress,
    environment,
    lock: ensureLock,
    chain: (text) => orStop(findChain(shippedChainPacks, text)),
    store: () => (store ??= openStore()),
    tagStore: () => (tagStore ??= openTags()),
    tags: async (minConfidence) => tagPort(await desk.tagStore(), minConfidence),
    close: async () => {
      // A store that did not open, or does not close, must not keep the folder from whoever comes next.
      const closed = await Promise.allSettled([store, tagStore].map(async (opening) => (await opening)?.close()))
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
