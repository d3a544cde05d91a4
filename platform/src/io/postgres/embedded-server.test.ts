import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { migrate, openDatabase, startEmbeddedServer } from './index.ts'

const folders: string[] = []
const newFolder = () => {
  const home = mkdtempSync('/tmp/comity-pg-')
  chmodSync(home, 0o711)
  folders.push(home)
  return join(home, 'postgres')
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe('the embedded server', () => {
  test.skipIf(process.getuid?.() !== 0)(
    'as root, in a folder that lets nobody through, keeps its data below /var/lib',
    async () => {
      const shut = mkdtempSync('/tmp/comity-shut-')
      folders.push(shut)
      const folder = join(shut, 'home', 'postgres')
      const server = await startEmbeddedServer(folder)
      const away = realpathSync(folder)
      folders.push(away)
      expect(away).toMatch(/^\/var\/lib\/comity\/[0-9a-f]{20}$/)
      const database = openDatabase(server.connection)
      expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
      await database.close()
      await server.stop()
    },
  )

  test('keeps its data, listens on no TCP port, and is gone when stopped', async () => {
    const folder = newFolder()
    const first = await startEmbeddedServer(folder)
    const database = openDatabase(first.connection)
    await migrate(database, [{ id: '0001', sql: 'CREATE TABLE t (n int)' }])
    await database.query('INSERT INTO t VALUES (7)')
    expect(await database.query('SHOW listen_addresses')).toEqual([{ listen_addresses: '' }])
    await database.close()
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    await first.stop()
    expect(isRunning(pid)).toBe(false)

    const second = await startEmbeddedServer(folder)
    const again = openDatabase(second.connection)
    expect(await again.query('SELECT n FROM t')).toEqual([{ n: 7 }])
    await expect(migrate(again, [{ id: '0001', sql: 'CREATE TABLE t (n bigint)' }])).rejects.toThrow(
      'MIGRATION_CHANGED',
    )
    await expect(migrate(again, [])).rejects.toThrow('DATABASE_NEWER')
    await again.close()
    await second.stop()
  })

  test('ends with the process that started it, even by SIGKILL, and what was committed is there again', async () => {
    const folder = newFolder()
    const script = `
      import { openDatabase, startEmbeddedServer } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const server = await startEmbeddedServer(${JSON.stringify(folder)})
      const database = openDatabase(server.connection)
      await database.query('CREATE TABLE IF NOT EXISTS t (n int)')
      for (let n = 0; ; n++) { await database.query('INSERT INTO t VALUES ($1)', [n]); process.stdout.write(n + '\\n') }`
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let acknowledged = -1
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (chunk: Buffer) => {
        acknowledged = Number(chunk.toString().trim().split('\n').at(-1))
        if (acknowledged >= 30) resolve()
      }),
    )
    const pid = Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    child.kill('SIGKILL')
    for (let waited = 0; isRunning(pid) && waited < 10_000; waited += 50) await sleep(50)
    expect(isRunning(pid)).toBe(false)
    const server = await startEmbeddedServer(folder)
    const database = openDatabase(server.connection)
    const [row] = await database.query<{ n: number }>('SELECT max(n) AS n FROM t')
    expect(row?.n).toBeGreaterThanOrEqual(30)
    await database.close()

    // The keeper dies as well: the server is left over, and the next start stops it.
    const keeper = Number(
      readFileSync(`/proc/${serverPid(folder)}/stat`, 'utf8')
        .split(') ')[1]
        ?.split(' ')[1],
    )
    process.kill(keeper, 'SIGKILL')
    const left = serverPid(folder)
    expect(isRunning(left)).toBe(true)
    const next = await startEmbeddedServer(folder)
    expect(isRunning(left)).toBe(false)
    await next.stop()
  })
})

function serverPid(folder: string): number {
  return Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
}
