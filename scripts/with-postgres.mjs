// Runs a command beside a PostgreSQL of the distribution, as agencies run one: node scripts/with-postgres.mjs COMMAND ...
// COMITY_TEST_DATABASE_URL names the server. It lives in a folder of its own, on a Unix socket there and a free port of
// this machine, and is gone afterwards. Where it is not installed, Debian's is, which needs root.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE_MS = 60_000
const DEBIAN = '/usr/lib/postgresql'
const isRoot = process.getuid?.() === 0
const [command, ...args] = process.argv.slice(2)
if (!command) fail('give the command to run')

if (!findBinaries()) installPostgres()
const bin = findBinaries() ?? fail('PostgreSQL has no initdb after its installation')
const owner = isRoot ? userPostgres() : {}
const folder = mkdtempSync(join(tmpdir(), 'comity-postgres-'))
chmodSync(folder, 0o700)
if (isRoot) chownSync(folder, owner.uid, owner.gid)

let server = null
let status = 3
try {
  const { url, child } = await startServer()
  server = child
  console.error(`  ${execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim()}, not ours`)
  const ran = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, COMITY_TEST_DATABASE_URL: url },
    shell: process.platform === 'win32',
  })
  // Whoever stops this stops the command; the server is then put away as always.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ran.kill(signal))
  status = await new Promise((resolve) => {
    ran.on('error', (fault) => {
      console.error(fault.message)
      resolve(3)
    })
    ran.on('exit', (code, signal) => resolve(code ?? (signal ? 3 : 0)))
  })
} finally {
  await stopServer(server)
  rmSync(folder, { recursive: true, force: true })
}
process.exit(status)

async function startServer() {
  const password = randomBytes(16).toString('hex')
  const data = join(folder, 'data')
  const secret = join(folder, 'password')
  writeFileSync(secret, password, { mode: 0o600 })
  if (isRoot) chownSync(secret, owner.uid, owner.gid)
  // A password over TCP, as a server elsewhere asks for it; on the socket, too.
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'agency', '-A', 'scram-sha-256', `--pwfile=${secret}`, '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...owner, cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] },
  )
  rmSync(secret)
  const port = await freePort()
  const path = join(folder, 'server.log')
  const log = openSync(path, 'a')
  const child = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', folder, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    { ...owner, cwd: '/', stdio: ['ignore', log, log] },
  )
  for (let waited = 0; !isReady(data); waited += 50) {
    if (child.exitCode !== null || waited > PATIENCE_MS)
      fail(`the server does not start:\n${readFileSync(path, 'utf8')}`)
    await sleep(50)
  }
  return { child, url: `postgres://agency:${password}@127.0.0.1:${port}/postgres` }
}

/** The last line of postmaster.pid says what the server is doing. */
function isReady(data) {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) && /^ready/m.test(readFileSync(file, 'utf8'))
}

/** SIGINT is its fast shutdown; by the number of the process that was started here, and no other. */
async function stopServer(child) {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.on('exit', resolve))
  child.kill('SIGINT')
  const late = setTimeout(() => child.kill('SIGQUIT'), PATIENCE_MS)
  await ended
  clearTimeout(late)
}

/** The newest of the distribution; the server that npm brings is not looked for: the point is that it is another. */
function findBinaries() {
  if (!existsSync(DEBIAN)) return undefined
  return readdirSync(DEBIAN)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')))
}

function installPostgres() {
  if (!isRoot || spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0)
    fail(
      'there is no PostgreSQL here: install the package postgresql, or set COMITY_TEST_DATABASE_URL and run the tests',
    )
  console.error('▸ installing the package postgresql (once)')
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // No cluster of its own, and nothing that starts by itself.
  for (const step of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'],
  ]) {
    const { status: ended } = spawnSync('apt-get', step, { stdio: ['ignore', 'ignore', 'inherit'], env: environment })
    if (ended !== 0) fail(`apt-get ${step[0]} ended with ${ended}`)
  }
}

function userPostgres() {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'))
  if (!line) fail('there is no user postgres')
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

function fail(what) {
  console.error(`scripts/with-postgres.mjs: ${what}`)
  process.exit(3)
}
