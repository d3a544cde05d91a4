/**
 * One process at a time in a folder.
 *
 * The lock is a file that appears whole: it is written under another name and then linked, which fails when the name
 * is taken. A process that is killed leaves its lock behind; the next one takes it over. Taking over is the dangerous
 * moment, because two processes may find the same dead lock: whoever wants to remove the lock with the token T must
 * first hold a lock named after T, and then look again. Tokens are never reused, so nobody can remove a living lock;
 * and a process killed while taking over leaves only another dead lock of the same kind.
 *
 * Needs hard links, which every file system for servers and desktops has (not FAT).
 */
import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ok, type Result, refuse } from '../kernel/index.ts'

export type LockHolder = {
  readonly pid: number
  readonly host: string
  readonly command: string
  /** ISO 8601, UTC. */
  readonly since: string
  /** When the process started, as its machine counts it; `null` where the system does not say. */
  readonly started: string | null
  readonly token: string
}

export type FolderLock = { readonly holder: LockHolder; release(): void }

export type LockOptions = {
  /** How long to wait for another process to finish; 0 refuses at once. */
  readonly waitMs?: number
  /** Told once, when waiting begins, for whom. */
  readonly onWait?: (holder: string) => void
  /** What this process is doing, for the message that others will read. */
  readonly command?: string
}

export const LOCK_FILE = '.lock'

/** Takes the lock of a folder that exists, or refuses with `HOME_LOCKED`. Released by `release()` and on exit. */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<Result<FolderLock>> {
  const path = join(folder, LOCK_FILE)
  const deadline = Date.now() + (options.waitMs ?? 0)
  const command = options.command ?? ['comity', ...process.argv.slice(2)].join(' ')
  for (let waiting = false; ; waiting = true) {
    const attempt = tryLock(path, command)
    if ('release' in attempt) return ok(attempt)
    if (Date.now() >= deadline) {
      return refuse('HOME_LOCKED', `The folder is in use by ${inWords(attempt)}.`, {
        place: folder,
        fix: 'Wait until that process has finished, or stop it, and try again.',
      })
    }
    if (!waiting) options.onWait?.(inWords(attempt))
    await sleep(Math.min(100, Math.max(1, deadline - Date.now())))
  }
}

function inWords(holder: LockHolder): string {
  return `process ${holder.pid} on ${holder.host} since ${holder.since} (${holder.command})`
}

/** The lock, or the living process that has it. */
function tryLock(path: string, command: string): FolderLock | LockHolder {
  const holder = describeThisProcess(command)
  for (;;) {
    if (placeLock(path, holder)) return heldLock(path, holder)
    const found = readLock(path)
    if (found === null) continue
    if (found.holder && isAlive(found.holder)) return found.holder
    const rival = removeDeadLock(path, found.token, command)
    if (rival) return rival
  }
}

/** Removes a dead lock, unless somebody else is doing so, who is then returned. */
function removeDeadLock(path: string, token: string, command: string): LockHolder | null {
  const permission = tryLock(`${path}.${token}`, command)
  if (!('release' in permission)) return permission
  try {
    // Somebody may have removed it, and locked the folder anew, before the permission was ours.
    if (readLock(path)?.token === token) unlinkSync(path)
  } finally {
    permission.release()
  }
  return null
}

function placeLock(path: string, holder: LockHolder): boolean {
  const draft = `${path}.${holder.token}.draft`
  writeFileSync(draft, `${JSON.stringify(holder)}\n`, { flag: 'wx', flush: true })
  try {
    linkSync(draft, path)
    return true
  } catch (thrown) {
    if (isCode(thrown, 'EEXIST')) return false
    throw thrown
  } finally {
    unlinkSync(draft)
  }
}

function heldLock(path: string, holder: LockHolder): FolderLock {
  let held = true
  const release = () => {
    if (!held) return
    held = false
    process.off('exit', release)
    try {
      if (readLock(path)?.token === holder.token) unlinkSync(path)
    } catch (thrown) {
      if (!isCode(thrown, 'ENOENT')) throw thrown
    }
  }
  process.on('exit', release)
  return { holder, release }
}

/** `holder` is null for a file that no living process can have written: locks appear whole or not at all. */
function readLock(path: string): { readonly token: string; readonly holder: LockHolder | null } | null {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    if (isCode(thrown, 'ENOENT')) return null
    throw thrown
  }
  try {
    const holder = JSON.parse(text) as LockHolder
    if (/^[0-9a-f-]{36}$/.test(holder.token) && Number.isSafeInteger(holder.pid)) return { token: holder.token, holder }
  } catch {
    // Not JSON: what a power failure leaves of a file.
  }
  return { token: 'unreadable', holder: null }
}

function describeThisProcess(command: string): LockHolder {
  return {
    pid: process.pid,
    host: hostname(),
    command,
    since: new Date().toISOString(),
    started: processStart(process.pid),
    token: randomUUID(),
  }
}

/** A process on another machine cannot be asked: it counts as alive, and the message names the machine. */
function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (thrown) {
    // EPERM: there is such a process, and it belongs to another user.
    if (!isCode(thrown, 'EPERM')) return false
  }
  const started = processStart(holder.pid)
  // Process numbers are reused; the moment of the start tells a new process from the one that held the lock.
  return started === null || holder.started === null || started === holder.started
}

/** Boot and clock ticks since then at which a process started (proc(5), field 22 of stat); `null` without /proc. */
function processStart(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The second field is the name in parentheses, which may itself contain spaces and parentheses.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended, although its number is still taken.
    if (fields[0] === 'Z') return 'ended'
    return `${boot} ${fields[19]}`
  } catch {
    return null
  }
}

function isCode(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === code
}
