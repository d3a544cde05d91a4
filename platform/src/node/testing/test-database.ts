/**
 * For tests: an empty database of its own for a test file, on the embedded PostgreSQL or, where COMITY_TEST_DATABASE_URL
 * names one, on another server. The same tests pass on both.
 */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, inject } from 'vitest'
import { type Database, openDatabase, startEmbeddedServer } from '../../io/postgres/index.ts'
import type {} from './template-cluster.ts'

export async function testDatabase(): Promise<Database> {
  const url = process.env.COMITY_TEST_DATABASE_URL
  return url ? onServer(url) : embedded()
}

/** Lays an empty, stopped server into a folder that is not there yet, where the run of tests has made one to copy. */
export function layServer(folder: string): void {
  // Measurements run the same agencies outside any run of tests.
  const template = process.env.VITEST === undefined ? null : inject('templateCluster')
  // With its owner, who is not root; `cp -a` is in every POSIX system that PostgreSQL is embedded for but Windows.
  if (template && process.platform !== 'win32') execFileSync('cp', ['-a', template, folder])
}

async function embedded(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'comity-test-'))
  // As root the server runs as another user, who must be able to walk there.
  chmodSync(folder, 0o711)
  layServer(join(folder, 'postgres'))
  const server = await startEmbeddedServer(join(folder, 'postgres'))
  const database = openDatabase(server.connection)
  afterAll(async () => {
    await database.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  return database
}

async function onServer(url: string): Promise<Database> {
  const name = `comity_test_${randomUUID().replaceAll('-', '')}`
  const admin = openDatabase({ connectionString: url, max: 1 })
  await admin.query(`CREATE DATABASE ${name}`)
  const own = new URL(url)
  own.pathname = `/${name}`
  const database = openDatabase({ connectionString: own.href })
  afterAll(async () => {
    await database.close()
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.close()
  })
  return database
}
