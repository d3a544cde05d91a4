import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LOCK_FILE, type LockHolder, lockFolder } from './folder-lock.ts'

let folder: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comity-lock-'))
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** A process that takes the lock as often as told and reports each time whether somebody else was inside. */
const CONTENDER = `
  import { lockFolder } from ${JSON.stringify(new URL('./folder-lock.ts', import.meta.url).href)}
  import { closeSync, openSync, unlinkSync } from 'node:fs'
  const [folder, rounds, hold] = process.argv.slice(2)
  let overlaps = 0, entered = 0
  for (let round = 0; round < Number(rounds); round++) {
    const lock = await lockFolder(folder, { waitMs: 15000, command: 'contender' })
    if (!lock.ok) { process.send({ refused: lock.refusal.message }); continue }
    entered++
    try { closeSync(openSync(folder + '/inside', 'wx')) } catch { overlaps++ }
    if (hold === 'forever') { process.send({ holding: true }); await new Promise((done) => setTimeout(done, 60000)) }
    await new Promise((done) => setTimeout(done, 2))
    unlinkSync(folder + '/inside')
    lock.value.release()
  }
  process.send({ entered, overlaps })
  process.disconnect()
`

function contend(rounds: number, hold = 'shortly'): ChildProcess {
  const script = join(folder, 'contender.mts')
  if (!existsSync(script)) writeFileSync(script, CONTENDER)
  const child = fork(script, [folder, String(rounds), hold])
  children.push(child)
  return child
}

async function message(child: ChildProcess): Promise<Record<string, unknown>> {
  const [said] = (await once(child, 'message')) as [Record<string, unknown>]
  return said
}

function plantLock(changes: Partial<LockHolder>): void {
  const holder: LockHolder = {
    pid: process.pid,
    host: hostname(),
    command: 'comity chain import blocks.dat',
    since: '2026-01-02T03:04:05.000Z',
    started: null,
    token: '00000000-0000-4000-8000-000000000001',
    ...changes,
  }
  writeFileSync(join(folder, LOCK_FILE), JSON.stringify(holder))
}

const UNUSED_PID = 2 ** 22 - 3

describe('lockFolder', () => {
  it('refuses a second holder and names process, command and since when', async () => {
    plantLock({})
    const lock = await lockFolder(folder)
    expect(lock).toMatchObject({ ok: false, refusal: { code: 'HOME_LOCKED', place: folder } })
    const said = lock.ok ? '' : lock.refusal.message
    for (const part of [
      String(process.pid),
      hostname(),
      'comity chain import blocks.dat',
      '2026-01-02T03:04:05.000Z',
    ]) {
      expect(said).toContain(part)
    }
  })

  it('lets the next one in after the release, and leaves no file behind', async () => {
    const first = await lockFolder(folder)
    expect(first.ok).toBe(true)
    if (first.ok) first.value.release()
    const second = await lockFolder(folder)
    expect(second.ok).toBe(true)
    if (second.ok) second.value.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('takes over what a dead process, a reused process number or a power failure left', async () => {
    const cases: [string, () => void][] = [
      ['dead process', () => plantLock({ pid: UNUSED_PID })],
      ['reused number', () => plantLock({ started: 'another boot 1' })],
      ['torn file', () => writeFileSync(join(folder, LOCK_FILE), '{"pid": 1')],
      ['empty file', () => writeFileSync(join(folder, LOCK_FILE), '')],
      [
        'dead while taking over',
        () => {
          plantLock({ pid: UNUSED_PID })
          const permission = join(folder, `${LOCK_FILE}.00000000-0000-4000-8000-000000000001`)
          writeFileSync(
            permission,
            readFileSync(join(folder, LOCK_FILE), 'utf8').replace('000000000001"', '000000000002"'),
          )
        },
      ],
    ]
    for (const [name, plant] of cases) {
      plant()
      const lock = await lockFolder(folder)
      expect(lock.ok, name).toBe(true)
      if (lock.ok) lock.value.release()
      expect(readdirSync(folder), name).toEqual([])
    }
  })

  it('does not take over the lock of another machine, whose processes it cannot see', async () => {
    plantLock({ pid: UNUSED_PID, host: 'another-machine' })
    expect(await lockFolder(folder)).toMatchObject({ ok: false, refusal: { code: 'HOME_LOCKED' } })
  })

  it('takes over from a holder that was killed, and not before', async () => {
    const holder = contend(1, 'forever')
    expect(await message(holder)).toEqual({ holding: true })
    expect((await lockFolder(folder)).ok).toBe(false)
    let told = 0
    const waiting = lockFolder(folder, { waitMs: 15_000, onWait: () => told++ })
    holder.kill('SIGKILL')
    const lock = await waiting
    expect(lock.ok).toBe(true)
    expect(told).toBe(1)
    if (lock.ok) lock.value.release()
  })

  it('lets one in at a time when several start at once over a dead lock', async () => {
    plantLock({ pid: UNUSED_PID })
    const contenders = [contend(20), contend(20), contend(20), contend(20)]
    const results = await Promise.all(contenders.map(message))
    expect(results).toEqual(contenders.map(() => ({ entered: 20, overlaps: 0 })))
    expect(readdirSync(folder)).toEqual(['contender.mts'])
  })
})
