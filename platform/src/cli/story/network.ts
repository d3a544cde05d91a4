/**
 * A network of nodes on this machine: a directory founded by its keepers, nodes made, joined and started as processes of their own,
 * each with its own folder, keys and database. By the same commands that people use.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stop } from '../../kernel/index.ts'
import { initNode, type NodeConfig } from '../../node/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import {
  directoryAddSignature,
  directoryInit,
  directoryKey,
  directoryMember,
  directoryPublish,
  directorySign,
  directoryTimestamp,
} from '../commands/directory.ts'
import { directoryInvite, nodeJoin } from '../commands/node-join.ts'
import type { Desk } from '../desk.ts'
import { type Hand, handAt } from './hand.ts'

export type AgencyFacts = {
  readonly id: string
  readonly name: string
  readonly country: string
  readonly kind: NodeConfig['agency']['kind']
  readonly timeZone: string
  readonly dutyLine: string
  readonly language: string
  /** What its scopes in the directory are. */
  readonly scopes: readonly string[]
}

export type StoryNode = {
  readonly facts: AgencyFacts
  readonly home: string
  readonly hand: Hand
  readonly process: ChildProcess
}

/** How long the timestamp of the directory is good here: this network has no timer that renews it. */
const TIMESTAMP_HOURS = '24'

/** Three keepers, of whom two must sign; their keys lie in plain files, which is for a demonstration only. */
export async function foundDirectory(
  desk: Desk,
  folder: string,
): Promise<{ readonly dir: string; readonly invitation: string }> {
  const keys = join(folder, 'keepers')
  mkdirSync(keys, { recursive: true })
  const keepers = ['one', 'two', 'three'].map((name) => join(keys, `keeper-${name}`))
  for (const [at, path] of keepers.entries())
    await run(desk, directoryKey, ['new', path], { holder: `Keeper ${at + 1}`, plainKey: true })
  for (const role of ['snapshot', 'timestamp'])
    await run(desk, directoryKey, ['new', join(keys, role)], { holder: `Secretariat, ${role}`, plainKey: true })
  const dir = join(folder, 'directory')
  const pubs = keepers.map((path) => `${path}.pub`)
  await run(desk, directoryInit, [dir], {
    root: pubs,
    threshold: '2',
    targets: pubs,
    targetsThreshold: '2',
    snapshot: [join(keys, 'snapshot.pub')],
    timestamp: [join(keys, 'timestamp.pub')],
  })
  await signAll(desk, folder, ['1.root', '1.targets'])
  await publish(desk, folder)
  const invitation = join(folder, 'invitation.json')
  await run(desk, directoryInvite, [dir, invitation], {})
  return { dir, invitation }
}

/** Lists the members whose cards were handed in: drafted, signed by two keepers, published. */
export async function admit(
  desk: Desk,
  folder: string,
  members: readonly (AgencyFacts & { readonly card: string })[],
): Promise<void> {
  const dir = join(folder, 'directory')
  let draft = ''
  for (const { card, scopes } of members) {
    const made = await run(desk, directoryMember, ['add', dir], { card, scope: [...scopes] })
    draft = (made.json as { drafts: { path: string }[] }).drafts[0]?.path ?? ''
  }
  await signAll(desk, folder, [draft.replace(/^drafts\//, '').replace(/\.json$/, '')])
  await publish(desk, folder)
}

async function signAll(desk: Desk, folder: string, drafts: readonly string[]): Promise<void> {
  const dir = join(folder, 'directory')
  for (const draft of drafts) {
    const signatures: string[] = []
    for (const name of ['one', 'two']) {
      const out = join(folder, 'keepers', `${draft}.${name}.json`)
      await run(desk, directorySign, [join(dir, 'drafts', `${draft}.json`)], {
        key: join(folder, 'keepers', `keeper-${name}`),
        out,
        yes: true,
      })
      signatures.push(out)
    }
    await run(desk, directoryAddSignature, [dir, ...signatures], {})
  }
}

async function publish(desk: Desk, folder: string): Promise<void> {
  const key = ['snapshot', 'timestamp'].map((role) => join(folder, 'keepers', role))
  await run(desk, directoryPublish, [join(folder, 'directory')], { key, hours: TIMESTAMP_HOURS })
}

export async function renewTimestamp(desk: Desk, folder: string): Promise<void> {
  const key = [join(folder, 'keepers', 'timestamp')]
  await run(desk, directoryTimestamp, [join(folder, 'directory')], { key, hours: TIMESTAMP_HOURS })
}

async function run(desk: Desk, command: CommandDefinition, args: readonly string[], flags: Flags) {
  const done = await command.run(desk, args, flags)
  if (done.exit !== 0)
    stop('STORY_FAILED', `${command.path.join(' ')} did not succeed.`, { fix: 'Look at what it printed.' })
  return done
}

export type Made = {
  readonly facts: AgencyFacts
  readonly home: string
  readonly card: string
  readonly invitation: string
}

/** A node with its folder, its database and its keys, joined from the invitation; it does not run yet. */
export async function makeNode(desk: Desk, folder: string, facts: AgencyFacts, invitationFile: string): Promise<Made> {
  const home = join(folder, facts.id)
  const [port, exchangePort] = [await freePort(), await freePort()]
  const config: NodeConfig = {
    name: `${facts.id}.localhost/comity`,
    agency: { name: facts.name, country: facts.country, kind: facts.kind, timeZone: facts.timeZone },
    listen: { host: '127.0.0.1', port },
    publicUrl: `http://localhost:${port}`,
    approvals: { required: 2 },
    limits: { requestsPerMinute: 6000, uploadBytes: 2 ** 33, sessionMinutes: 480 },
    log: { level: 'info' },
  }
  const { token } = await initNode(home, config, 'Administrator', {})
  const card = join(folder, `${facts.id}.card.json`)
  await run({ ...desk, home, environment: {} }, nodeJoin, [invitationFile], {
    agency: facts.id,
    endpoint: `https://127.0.0.1:${exchangePort}`,
    listenPort: String(exchangePort),
    hours: `24/7 ${facts.timeZone}`,
    language: [facts.language, 'en'],
    dutyLine: facts.dutyLine,
    out: card,
  })
  return { facts, home, card, invitation: token }
}

/** Starts it as a process of its own, whose log goes into its folder, and waits until it answers. */
export async function startStoryNode({ facts, home }: Made): Promise<StoryNode> {
  const program = fileURLToPath(new URL('../../../bin/comity.mjs', import.meta.url))
  const log = openSync(join(home, 'node.log'), 'a')
  const child = spawn(process.execPath, [program, 'node', 'start', '--home', home], {
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, DATABASE_URL: undefined },
  })
  closeSync(log)
  const port = portOf(home)
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; ; tries++) {
    const ready = await fetch(`${url}/readyz`)
      .then(({ status }) => status === 200)
      .catch(() => false)
    if (ready) break
    if (child.exitCode !== null || tries > 600) {
      child.kill()
      stop('STORY_FAILED', `The node ${facts.id} did not start.`, {
        place: join(home, 'node.log'),
        fix: 'See its log.',
      })
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { facts, home, hand: handAt(url, `http://localhost:${port}`), process: child }
}

export async function stopStoryNode({ process: child }: StoryNode): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

function portOf(home: string): number {
  const found = /\n {2}port: (\d+)/.exec(readFileSync(join(home, 'node.yaml'), 'utf8'))
  return Number(found?.[1])
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export function isMade(folder: string): boolean {
  return existsSync(join(folder, 'invitation.json'))
}
