/** PostgreSQL's own benchmark (pgbench) against a server, and what the disk allows: how many small writes are kept for good a second. */
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, fdatasyncSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type ServerPlace = {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

/** The program, if it is here or may be installed (Debian: postgresql-contrib brings it with the server's package). */
export function findPgbench(install: boolean): { readonly path: string } | { readonly absent: string } {
  const isThere = () => spawnSync('pgbench', ['--version'], { stdio: 'ignore' }).status === 0
  if (isThere()) return { path: 'pgbench' }
  if (install && process.getuid?.() === 0) {
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'postgresql-contrib'], { stdio: 'ignore' })
    if (isThere()) return { path: 'pgbench' }
  }
  return { absent: 'pgbench is not installed (Debian: postgresql-contrib)' }
}

/** Transactions per second of a script, as pgbench itself states them. */
export async function runPgbench(
  path: string,
  { host, port, user, database }: ServerPlace,
  script: string,
  clients: number,
  seconds: number,
): Promise<{ readonly perSecond: number; readonly ms: number }> {
  const child = spawn(
    path,
    [
      ...['--no-vacuum', '--protocol=prepared', `--file=${script}`, `--time=${seconds}`],
      ...[`--client=${clients}`, `--jobs=${Math.min(clients, 2)}`],
      ...[`--host=${host}`, `--port=${port}`, `--username=${user}`, database],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text))
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const perSecond = Number(/^tps = ([\d.]+)/m.exec(said)?.[1])
  const ms = Number(/^latency average = ([\d.]+) ms/m.exec(said)?.[1])
  if (code !== 0 || !(perSecond > 0) || / failed: [1-9]/.test(said)) throw new Error(`pgbench failed: ${said}`)
  return { perSecond, ms }
}

/** One writer; each write of 512 bytes is forced to the disk before the next, in a file that has its size already. */
export function diskWritesPerSecond(folder: string, seconds: number): number {
  const path = join(folder, 'writes')
  const size = 16 * 2 ** 20
  writeFileSync(path, new Uint8Array(size), { flush: true })
  const file = openSync(path, 'r+')
  const block = new Uint8Array(512).fill(7)
  const started = performance.now()
  let count = 0
  while (performance.now() - started < seconds * 1000) {
    writeSync(file, block, 0, block.length, (count * block.length) % size)
    fdatasyncSync(file)
    count++
  }
  const passed = performance.now() - started
  closeSync(file)
  return (count / passed) * 1000
}
