/** A node opened for work on its folder from the command line: beside a running one, or alone. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lockFolder } from '../io/folder-lock.ts'
import { openDatabase, runningServer } from '../io/postgres/index.ts'
import { orStop } from '../kernel/index.ts'
import { type NodeConfig, readConfig } from './config.ts'
import { type NodeJournal, openJournal } from './journal.ts'
import { openKeys } from './keys.ts'
import { openStores, type Stores } from './stores.ts'

export type OpenedNode = {
  readonly config: NodeConfig
  readonly stores: Stores
  readonly journal: NodeJournal
  /** The process that runs the node; `null` where none does. */
  readonly runningAs: number | null
  close(): Promise<void>
}

/** `alone`: refused while the node runs. */
export async function openNode(home: string, environment: NodeJS.ProcessEnv, alone = false): Promise<OpenedNode> {
  const config = readConfig(home, environment)
  const runningAs = alone || config.database ? null : runningNode(home)
  const server = runningAs === null ? null : runningServer(join(home, 'postgres'))
  if (server) {
    const keys = openKeys(join(home, 'keys'))
    const database = openDatabase(server)
    const stores: Stores = { database, keys, close: () => database.close() }
    return { config, stores, journal: journalOf(stores), runningAs, close: () => stores.close() }
  }
  const lock = config.database ? null : orStop(await lockFolder(home))
  const stores = await openStores(home, config)
  return {
    config,
    stores,
    journal: journalOf(stores),
    runningAs: null,
    close: async () => {
      await stores.close()
      lock?.release()
    },
  }

  function journalOf({ database, keys }: Stores): NodeJournal {
    return openJournal(database, keys, config.name, join(home, 'log'))
  }
}

/** Whoever holds the lock of the folder, if it lives. */
function runningNode(home: string): number | null {
  const path = join(home, '.lock')
  if (!existsSync(path)) return null
  try {
    const { pid } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number }
    process.kill(pid, 0)
    return pid
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM' ? -1 : null
  }
}
