/**
 * A node whose database is a server of somebody else, named in DATABASE_URL. `node scripts/with-postgres.mjs vitest run
 * --project whole platform/tests/node-elsewhere.test.ts` brings one.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../src/io/postgres/index.ts'
import { nodeHome } from './node-config.ts'
import { askComity, runComity, startComity, temporaryFolder } from './run-comity.ts'

const given = process.env.COMITY_TEST_DATABASE_URL
if (!given) console.warn('Skipped: no server is named in COMITY_TEST_DATABASE_URL (see scripts/with-postgres.mjs).')

describe.skipIf(!given)('a node on another PostgreSQL', () => {
  const names = ['comity_a', 'comity_b'].map((name) => `${name}_${randomUUID().slice(0, 8)}`)
  let admin: Database
  const urlOf = (name: string | undefined) => {
    const url = new URL(String(given))
    url.pathname = `/${name}`
    return url.href
  }
  beforeAll(async () => {
    admin = openDatabase({ connectionString: String(given), max: 1 })
    for (const name of names) await admin.query(`CREATE DATABASE ${name}`)
  })
  afterAll(async () => {
    for (const name of names) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.close()
  })

  it('is made, started, asked, saved, and brought back into a second one', async () => {
    const home = nodeHome()
    const port = 20_000 + Math.floor(Math.random() * 20_000)
    const env = { DATABASE_URL: urlOf(names[0]) }
    await askComity(home, ['node', 'init', '--port', String(port)], 0, { env })
    const started = startComity(['node', 'start', '--home', home], { env })
    for (let waited = 0; !(await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok; waited += 100) {
      if (waited > 60_000) throw new Error(`it does not become ready: ${started.stderr()}`)
      await sleep(100)
    }
    await askComity(home, ['node', 'invite', 'Grace'], 0, { env })
    expect(await askComity(home, ['node', 'status'], 0, { env })).toMatchObject({ people: 2 })
    started.kill()
    await started.ended
    // Nothing of a server of its own was made.
    expect(existsSync(join(home, 'postgres'))).toBe(false)

    expect((await runComity(['log', 'verify', '--home', home], { env })).exit).toBe(0)
    const folder = temporaryFolder()
    const [backup, keys] = [join(folder, 'backup'), join(folder, 'keys')]
    await askComity(home, ['node', 'backup', backup, '--keys', keys], 0, { env })
    const restored = nodeHome()
    const second = { env: { DATABASE_URL: urlOf(names[1]) } }
    await askComity(restored, ['node', 'restore', backup, '--keys', keys], 0, second)
    expect(await askComity(restored, ['node', 'status'], 0, second)).toMatchObject({ people: 2 })
    expect((await runComity(['log', 'verify', '--home', restored], second)).exit).toBe(0)
  })
})
