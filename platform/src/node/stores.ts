/** Everything that a node keeps, opened: the database (its own or another), brought up to date, and the keys. */
import { join } from 'node:path'
import { type Database, migrate, openDatabase, startEmbeddedServer } from '../io/postgres/index.ts'
import type { NodeConfig } from './config.ts'
import { type NodeKeys, openKeys } from './keys.ts'
import { migrations } from './store/migrations.ts'

export type Stores = { readonly database: Database; readonly keys: NodeKeys; close(): Promise<void> }

export async function openStores(home: string, config: NodeConfig): Promise<Stores> {
  const keys = openKeys(join(home, 'keys'))
  if (config.database) {
    const database = openDatabase({ connectionString: config.database.url })
    return ready(database, keys, () => database.close())
  }
  const server = await startEmbeddedServer(join(home, 'postgres'))
  const database = openDatabase(server.connection)
  return ready(database, keys, async () => {
    await database.close()
    await server.stop()
  })
}

async function ready(database: Database, keys: NodeKeys, close: () => Promise<void>): Promise<Stores> {
  try {
    await migrate(database, migrations)
  } catch (thrown) {
    await close()
    throw thrown
  }
  return { database, keys, close }
}
