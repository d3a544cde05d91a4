/**
 * Runs the command line with a data folder of its own: as people run it, in a process of its own (`startComity`,
 * `spawnComity`), or, where only the answer is looked at, one command after another in one process (`runComity`,
 * `askComity`; see comity-child.ts).
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect } from 'vitest'
import type { Errand, Errands } from './comity-child.ts'
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
export function temporaryFolder(within = tmpdir()): string {
  const folder = mkdtempSync(join(within, 'comity-whole-'))
  folders.push(folder)
  return folder
}

afterAll(() => {
  child?.process.disconnect()
  child = undefined
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

/** A process of its own, through the launcher, to its end. */
export function spawnComity(args: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  return startComity(args, surroundings).ended
}

type Child = { readonly process: ChildProcess; readonly waiting: Map<number, (ran: Errands | Error) => void> }
let child: Child | undefined
let errands = 0

/** One command in the process that runs the commands of this file, after those that were given to it before. */
export function runComity(args: readonly string[], { env, cwd }: Surroundings = {}): Promise<Ran> {
  child ??= startChild()
  const { process: process_, waiting } = child
  const id = ++errands
  const set = Object.entries({ ...ownEnvironment(), ...env }).filter(([, value]) => value !== undefined)
  return new Promise((resolve, reject) => {
    waiting.set(id, (ran) => (ran instanceof Error ? reject(ran) : resolve(ran)))
    process_.send({ id, args, env: Object.fromEntries(set), cwd: cwd ?? repository } satisfies Errand)
  })
}

function startChild(): Child {
  const process_ = fork(fileURLToPath(new URL('./comity-child.ts', import.meta.url)), {
    env: ownEnvironment(),
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const waiting: Child['waiting'] = new Map()
  process_.on('message', (ran: Errands) => {
    waiting.get(ran.id)?.(ran)
    waiting.delete(ran.id)
  })
  process_.on('exit', (code, signal) => {
    if (child?.process === process_) child = undefined
    for (const told of waiting.values()) told(new Error(`the process that runs commands ended: ${signal ?? code}`))
  })
  return { process: process_, waiting }
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
