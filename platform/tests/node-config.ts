/** A configuration for tests: any free port, on this machine only. */
import { randomUUID } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openDatabase } from '../src/io/postgres/index.ts'
import type { NodeConfig } from '../src/node/config.ts'
import { memoryFolder } from './memory-folder.ts'
import { temporaryFolder } from './run-comity.ts'

/** A folder for a node. As root its database runs as another user, who must be able to walk there. */
export function nodeHome(): string {
  const folder = temporaryFolder(memoryFolder())
  chmodSync(folder, 0o711)
  return join(folder, 'home')
}

/**
 * Which database a node of these tests has: its own, or, where COMITY_TEST_DATABASE_URL names a server, an empty one there,
 * which goes when the tests of the file have ended. The same tests pass on both.
 */
export async function nodeEnvironment(): Promise<NodeJS.ProcessEnv> {
  const url = process.env.COMITY_TEST_DATABASE_URL
  if (!url) return {}
  const name = `comity_whole_${randomUUID().replaceAll('-', '')}`
  const admin = openDatabase({ connectionString: url, max: 1 })
  await admin.query(`CREATE DATABASE ${name}`)
  afterAll(async () => {
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.close()
  })
  const own = new URL(url)
  own.pathname = `/${name}`
  return { DATABASE_URL: own.href }
}

/** `environment`: that of `nodeEnvironment`, as the command line puts it into the settings of a new node. */
export function nodeConfig(more: Partial<NodeConfig> = {}, environment: NodeJS.ProcessEnv = {}): NodeConfig {
  const url = environment.DATABASE_URL
  return {
    ...(url ? { database: { url } } : {}),
    name: 'test.example/comity',
    agency: { name: 'Test agency', country: 'NL', kind: 'prosecutor', timeZone: 'Europe/Amsterdam' },
    listen: { host: '127.0.0.1', port: 0 },
    publicUrl: 'http://localhost:8460',
    approvals: { required: 2 },
    limits: { requestsPerMinute: 100_000, uploadBytes: 1_000_000_000, sessionMinutes: 60 },
    log: { level: 'error' },
    ...more,
  }
}
