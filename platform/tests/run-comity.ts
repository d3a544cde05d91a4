/** Runs the command line as people run it: a process of its own, with a data folder of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'
import { expectValid } from './json-schemas.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))
export const launcher = join(repository, 'platform/bin/comity.mjs')

export function sample(path: string): string {
  return join(repository, 'samples', path)
}

export type Ran = { readonly exit: number | null; readonly stdout: string; readonly stderr: string }

export type Surroundings = {
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

const folders: string[] = []

/** An empty folder that is removed when the tests of the file have ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comity-whole-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Starts the command line and does not wait: for tests that kill it, or start two at once. */
export function startComity(args: readonly string[], { env, cwd }: Surroundings = {}) {
  const process_ = spawn(process.execPath, [launcher, ...args], {
    env: { ...ownEnvironment(), ...env },
    cwd: cwd ?? repository,
  })
  process_.stdin.end()
  const collected = { stdout: '', stderr: '' }
  process_.stdout.setEncoding('utf8').on('data', (text: string) => {
    collected.stdout += text
  })
  process_.stderr.setEncoding('utf8').on('data', (text: string) => {
    collected.stderr += text
  })
  const ended = new Promise<Ran>((resolve, reject) => {
    process_.on('error', reject)
    process_.on('close', (exit) => resolve({ exit, ...collected }))
  })
  return { kill: () => process_.kill('SIGKILL'), ended, stderr: () => collected.stderr }
}

export function runComity(args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  return startComity(args, surroundings).ended
}

/**
 * Runs with `--home` and `--json`, expects the exit code and gives the one object on standard output, which keeps to its
 * schema.
 */
export async function askComity<Answer>(
  home: string,
  args: readonly string[],
  exit = 0,
  surroundings: Surroundings = {},
): Promise<Answer> {
  const ran = await runComity([...args, '--home', home, '--json'], surroundings)
  expect(`exit ${ran.exit}\n${ran.exit === exit ? '' : `${ran.stdout.slice(0, 2_000)}\n${ran.stderr}`}`).toBe(
    `exit ${exit}\n`,
  )
  const answer = oneObject(ran.stdout)
  expectValid(args, answer)
  return answer as Answer
}

/** The object that standard output consists of: one line, nothing before, nothing after. */
export function oneObject(stdout: string): object {
  expect(
    stdout.endsWith('}\n') && stdout.startsWith('{'),
    `standard output is one JSON object: ${stdout.slice(0, 300)}`,
  ).toBe(true)
  expect(stdout.split('\n')).toHaveLength(2)
  return JSON.parse(stdout) as object
}

export type Refused = {
  readonly error: { readonly code: string; readonly message: string; readonly place?: string; readonly fix?: string }
}

/** What the tests expect to be set, and nothing of Comity's own that happens to be set where they run. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const {
    COMITY_HOME: _home,
    XDG_DATA_HOME: _data,
    COMITY_IMPORT_BATCH: _batch,
    COMITY_RPC_CREDENTIALS: _credentials,
    NODE_OPTIONS: _options,
    ...rest
  } = process.env
  return rest
}
