/**
 * Once for a run of tests: a folder of a stopped, empty PostgreSQL. A test file copies it, which takes a tenth of the time of
 * making one (test-database.ts). That one is made in an empty folder is tested in io/postgres/embedded-server.test.ts.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedServer } from '../../io/postgres/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder of the server; `null` where the tests run on another server. */
    readonly templateCluster: string | null
  }
}

/** One for each project of the run that asks for it. */
const folders: string[] = []

export async function setup(project: TestProject): Promise<void> {
  if (process.env.COMITY_TEST_DATABASE_URL) {
    project.provide('templateCluster', null)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'comity-template-'))
  folders.push(folder)
  // As root the server runs as another user, who must be able to walk there.
  chmodSync(folder, 0o711)
  const server = await startEmbeddedServer(join(folder, 'postgres'))
  await server.stop()
  project.provide('templateCluster', join(folder, 'postgres'))
}

export function teardown(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}
