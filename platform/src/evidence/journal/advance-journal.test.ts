import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { nodeSha256 } from '../store/node-sha256.ts'
import { tileFolder } from '../store/tile-folder.ts'
import { checkpointOf, memoryLog, memoryPublished, memoryStore, testLeaves, testSigner } from '../testing/journals.ts'
import { advanceJournal } from './advance-journal.ts'
import { openCheckpoint, signCheckpoint } from './checkpoint.ts'
import { checkJournal } from './fsck.ts'
import type { PublishedLog } from './journal-store.ts'

/** Milliseconds for what tries every case; a loaded machine takes its time. */
const LONG = 600_000

const signer = testSigner()
const folders: string[] = []
const newFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'comity-journal-'))
  folders.push(folder)
  return folder
}
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true })
})

async function headOf(log: PublishedLog) {
  const opened = openCheckpoint((await log.checkpoint()) ?? new Uint8Array(), signer.key, signer.check)
  if (!opened.ok) throw new Error(opened.refusal.message)
  return { size: Number(opened.value.size), root: opened.value.root }
}

test(
  'a crash before any write loses nothing and rolls nothing back',
  async () => {
    const crashes = fc.array(fc.record({ add: fc.nat(400), limit: fc.integer({ min: 1, max: 300 }), die: fc.nat(8) }), {
      minLength: 1,
      maxLength: 8,
    })
    await fc.assert(
      fc.asyncProperty(crashes, async (steps) => {
        const [store, log] = [memoryStore(), memoryPublished()]
        let published = 0
        let added = 0
        for (const { add, limit, die } of steps) {
          store.add(testLeaves(add, 'leaf', added))
          added += add
          log.dieBefore = die
          await advanceJournal(store, log, signer, { limit, hash: nodeSha256 }).catch(() => null)
          if (!log.files.has('checkpoint')) continue
          const head = await headOf(log)
          expect(head.size).toBeGreaterThanOrEqual(published)
          published = head.size
          expect(await checkJournal(log, head, nodeSha256)).toEqual({ findings: [], reachesRoot: true })
        }
        log.dieBefore = Number.POSITIVE_INFINITY
        for (let more = 0; more < 400; more++) {
          const step = await advanceJournal(store, log, signer, { limit: 300, hash: nodeSha256 })
          if (step.ok && step.value.added === 0) break
        }
        expect((await headOf(log)).root).toEqual(memoryLog(testLeaves(added)).end.root)
      }),
      { numRuns: 60 },
    )
  },
  LONG,
)

describe('the sequencer refuses', () => {
  const grown = async (count: number) => {
    const [store, log] = [memoryStore(), memoryPublished()]
    store.add(testLeaves(count))
    await advanceJournal(store, log, signer)
    return { store, log }
  }

  test('a database that knows less than is published', async () => {
    const { log } = await grown(10)
    expect(await advanceJournal(memoryStore(), log, signer)).toMatchObject({ refusal: { code: 'JOURNAL_ROLLBACK' } })
  })

  test('tiles that do not lead to the published root', async () => {
    const { store, log } = await grown(10)
    const tile = log.files.get('tile/0/000.p/10') ?? new Uint8Array()
    tile[5] = (tile[5] ?? 0) ^ 1
    expect(await advanceJournal(store, log, signer)).toMatchObject({ refusal: { code: 'JOURNAL_DAMAGED' } })
    log.files.delete('tile/0/000.p/10')
    expect(await advanceJournal(store, log, signer)).toMatchObject({ refusal: { code: 'JOURNAL_DAMAGED' } })
  })

  test('a checkpoint of another key', async () => {
    const { store, log } = await grown(10)
    expect((await advanceJournal(store, log, testSigner(signer.key.name, 8))).ok).toBe(false)
  })

  test('a state handed in that is not that of the published tree', async () => {
    const { store, log } = await grown(10)
    const { state } = memoryLog(testLeaves(10, 'other')).end
    expect(await advanceJournal(store, log, signer, { state })).toMatchObject({ refusal: { code: 'JOURNAL_DAMAGED' } })
  })
})

describe('a folder of tiles', () => {
  test('holds exactly the files of the journal, and no temporary one', async () => {
    const [store, folder] = [memoryStore(), await newFolder()]
    const log = tileFolder(folder)
    store.add(testLeaves(1000))
    for (;;) {
      const step = await advanceJournal(store, log, signer, { limit: 400, hash: nodeSha256 })
      if (!step.ok) throw new Error(step.refusal.message)
      if (step.value.added === 0) break
    }
    const head = await headOf(log)
    expect(head).toEqual({ size: 1000, root: memoryLog(testLeaves(1000)).end.root })
    expect(await checkJournal(log, head, nodeSha256)).toEqual({ findings: [], reachesRoot: true })
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const names = entries.filter((one) => one.isFile()).map((one) => one.name)
    expect(names.filter((name) => !/^(\d{1,3}|checkpoint)$/.test(name))).toEqual([])
  })

  test('is never rolled back, forked, or changed in a full tile', async () => {
    const folder = await newFolder()
    const log = tileFolder(folder)
    const whole = memoryLog(testLeaves(300))
    const files = whole.end.files
    expect(await log.publish(files, checkpointOf(whole, signer))).toEqual({ ok: true, value: null })
    const smaller = checkpointOf(memoryLog(testLeaves(299)), signer)
    expect(await log.publish([], smaller)).toMatchObject({ refusal: { code: 'JOURNAL_ROLLBACK' } })
    const fork = checkpointOf(memoryLog(testLeaves(300, 'other')), signer)
    expect(await log.publish([], fork)).toMatchObject({ refusal: { code: 'JOURNAL_FORK' } })
    const other = memoryLog(testLeaves(600, 'other'))
    expect(await log.publish(other.end.files, checkpointOf(other, signer))).toMatchObject({
      refusal: { code: 'JOURNAL_FORK' },
    })
    const stranger = testSigner('stranger.example/journal', 5)
    const head = { origin: stranger.key.name, size: 400n, root: whole.end.root }
    const foreign = signCheckpoint(head, stranger.key, stranger.sign)
    expect(await log.publish([], foreign)).toMatchObject({ refusal: { code: 'JOURNAL_FORK' } })
    expect(await log.checkpoint()).toEqual(Buffer.from(checkpointOf(whole, signer)))
    expect((await checkJournal(log, { size: 300, root: whole.end.root }, nodeSha256)).findings).toEqual([])
  })

  test('with leftovers of a crash is written over by the same bytes', async () => {
    const [store, folder] = [memoryStore(), await newFolder()]
    const log = tileFolder(folder)
    store.add(testLeaves(300))
    await advanceJournal(store, log, signer)
    await rm(join(folder, 'checkpoint'))
    await writeFile(join(folder, 'tile/0/001.p/44'), 'cut')
    expect(await advanceJournal(store, log, signer)).toMatchObject({ ok: true, value: { added: 300 } })
    expect((await readFile(join(folder, 'tile/0/001.p/44'))).length).toBe(44 * 32)
  })
})
