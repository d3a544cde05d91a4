/**
 * PostgreSQL in a folder of ours, on a Unix socket, under our own supervision.
 *
 * The server runs under a keeper (`keeper.mjs`) that ends it when this process is gone, even by SIGKILL. Should the keeper
 * be killed too, the next start finds the server by its postmaster.pid, stops it, and starts its own. As root, PostgreSQL
 * refuses to run: then it runs as the unprivileged user `postgres` or `nobody`, who owns the folder of its data.
 */
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { stop } from '../../kernel/index.ts'
import { findServerBinaries } from './server-binaries.ts'

export type EmbeddedServer = {
  /** For `pg`: the folder of the socket as host. */
  readonly connection: {
    readonly host: string
    readonly port: number
    readonly user: string
    readonly database: string
  }
  stop(): Promise<void>
}

/** Only names the socket file; nothing listens on TCP. */
const PORT = 5432
const USER = 'comity'
const DATABASE = 'comity'
/** sockaddr_un.sun_path holds 108 bytes on Linux, 104 on macOS, the closing zero included. */
const SOCKET_PATH_LIMIT = 103
const START_PATIENCE_MS = 120_000

export async function startEmbeddedServer(folder: string): Promise<EmbeddedServer> {
  const binaries = findServerBinaries()
  const owner = serverOwner()
  makePlace(folder, owner)
  const data = join(realpathSync(folder), 'data')
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(binaries.initdb, data, owner)
  checkVersion(data, binaries.major)
  await stopLeftover(data)

  const sockets = socketFolder(folder)
  makeFolder(sockets, owner)
  const log = openSync(join(folder, 'server.log'), 'a', 0o600)
  const keeper = spawn(
    process.execPath,
    [keeperPath(), binaries.postgres, '-D', data, '-k', sockets, '-p', String(PORT), '-c', 'listen_addresses='],
    { stdio: ['pipe', log, log], detached: true, ...owner },
  )
  let ended: string | null = null
  const exit = new Promise<void>((resolve) =>
    keeper.on('exit', (code, signal) => {
      ended = signal ?? `exit code ${code}`
      resolve()
    }),
  )
  const connection = { host: sockets, port: PORT, user: USER, database: DATABASE }
  await untilReady(connection, () => ended, join(folder, 'server.log'))
  return {
    connection,
    stop: async () => {
      keeper.stdin?.end()
      await exit
    },
  }
}

/** How to reach the server that another process runs in this folder; `null` where none runs. */
export function runningServer(folder: string): EmbeddedServer['connection'] | null {
  if (!existsSync(folder)) return null
  const data = join(realpathSync(folder), 'data')
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!Number.isSafeInteger(pid) || !isServerOf(pid, data)) return null
  return { host: socketFolder(folder), port: PORT, user: USER, database: DATABASE }
}

type Owner = { readonly uid?: number; readonly gid?: number }

/** Whom the server runs as: us, or, where we are root, an unprivileged user of this machine. */
function serverOwner(): Owner {
  if (process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find(([name, , id]) => name === wanted && Number(id) > 0) ?? []
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) }
  }
  return stop('DATABASE_OWNER', 'PostgreSQL does not run as root, and this machine has no user postgres or nobody.', {
    fix: 'Start the node as an ordinary user, or name a server of your own in DATABASE_URL.',
  })
}

function makeFolder(path: string, { uid, gid }: Owner): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (uid !== undefined && gid !== undefined) {
    chownSync(path, uid, gid)
    chmodSync(path, 0o700)
  }
}

/**
 * The folder of the server, in the data folder. Where an unprivileged owner cannot walk there (the home of root lets nobody
 * through), it is a link to a folder of his below /var/lib; nothing above the data folder is ever changed.
 */
function makePlace(folder: string, owner: Owner): void {
  const { uid, gid } = owner
  if (uid === undefined || gid === undefined) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return
  }
  const home = dirname(folder)
  mkdirSync(home, { recursive: true, mode: 0o700 })
  if (existsSync(folder) && canReach(realpathSync(folder), owner)) return
  // The data folder is ours alone: the group of the server's user may pass through it, and see nothing in it.
  if (statSync(home).uid === 0) {
    chownSync(home, 0, gid)
    chmodSync(home, 0o710)
  }
  if (canReach(home, owner)) {
    makeFolder(folder, owner)
    return
  }
  const away = join('/var/lib/comity', createHash('sha256').update(folder).digest('hex').slice(0, 20))
  mkdirSync(dirname(away), { recursive: true, mode: 0o711 })
  makeFolder(away, owner)
  if (!canReach(away, owner))
    stop(
      'DATABASE_OWNER',
      'The database runs as an unprivileged user, who can reach neither its folder nor /var/lib.',
      {
        place: folder,
        fix: 'Choose another --home, or start the node as an ordinary user.',
      },
    )
  rmSync(folder, { recursive: true, force: true })
  symlinkSync(away, folder)
}

function canReach(folder: string, owner: Owner): boolean {
  try {
    execFileSync('/bin/sh', ['-c', 'cd -P -- "$0"', folder], {
      ...owner,
      cwd: '/',
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}

function initialise(initdb: string, data: string, owner: Owner): void {
  // A folder that a killed initdb left half made is not a database yet.
  rmSync(data, { recursive: true, force: true })
  execFileSync(initdb, ['-D', data, '-U', USER, '-A', 'peer', '--auth-local=trust', '-E', 'UTF8', '--locale=C', '-k'], {
    ...owner,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  appendFileSync(
    join(data, 'postgresql.conf'),
    // The socket folder is open to its owner only; whoever can enter it may connect.
    'unix_socket_permissions = 0700\nmax_connections = 60\nshared_buffers = 64MB\nlog_statement = none\nlog_min_error_statement = panic\nlog_parameter_max_length_on_error = 0\nlog_error_verbosity = terse\n',
  )
}

/** A data folder belongs to one major version. */
function checkVersion(data: string, major: string): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (found === major) return
  stop('DATABASE_VERSION', `The data are of PostgreSQL ${found}; this release brings PostgreSQL ${major}.`, {
    place: data,
    fix: 'With the release that wrote them: comity node backup FILE. Then with this one: comity node restore FILE into a new --home.',
  })
}

/** A server that outlived its keeper still holds the data: it is stopped (fast), and its end awaited. */
async function stopLeftover(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid')
  for (let waited = 0; existsSync(file); waited += 50) {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    if (!Number.isSafeInteger(pid) || pid <= 1 || !isServerOf(pid, data)) return
    if (waited === 0) process.kill(pid, 'SIGINT')
    if (waited > START_PATIENCE_MS)
      stop('DATABASE_BUSY', `The database server ${pid} of this folder does not stop.`, {
        place: data,
        fix: 'End that process.',
      })
    await sleep(50)
  }
}

/** Process numbers are reused after a reboot: only a process that was started on this very folder is ours to stop. */
function isServerOf(pid: number, data: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (!existsSync('/proc')) return true
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
  } catch {
    return false
  }
}

/** In the folder of the server; where that path is too long for a socket, in a folder of the system's temporary one. */
function socketFolder(folder: string): string {
  const inside = join(realpathSync(folder), 'socket')
  if (Buffer.byteLength(join(inside, `.s.PGSQL.${PORT}`)) <= SOCKET_PATH_LIMIT) return inside
  return join(tmpdir(), `comity-${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`)
}

function keeperPath(): string {
  return fileURLToPath(new URL('./keeper.mjs', import.meta.url))
}

/** Ready when it answers; after a crash it first replays its log, and refuses connections meanwhile. */
async function untilReady(
  connection: EmbeddedServer['connection'],
  ended: () => string | null,
  log: string,
): Promise<void> {
  const giveUp = Date.now() + START_PATIENCE_MS
  for (;;) {
    const end = ended()
    if (end !== null || Date.now() > giveUp) {
      stop('DATABASE_START', end === null ? 'The database does not answer.' : `The database server ended: ${end}.`, {
        place: log,
        fix: 'Read the end of that log.',
      })
    }
    const client = new pg.Client({ ...connection, database: 'postgres', connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
      if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
      return
    } catch (thrown) {
      const code = (thrown as { code?: string }).code ?? ''
      // 57P03: starting up or recovering. No socket yet: ENOENT, or ECONNREFUSED from one that a crash left.
      if (!['57P03', 'ENOENT', 'ECONNREFUSED'].includes(code)) throw thrown
      await sleep(40)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
