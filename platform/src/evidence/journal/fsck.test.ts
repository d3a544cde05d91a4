import { describe, expect, test } from 'vitest'
import { nodeSha256 } from '../store/node-sha256.ts'
import { memoryLog, readerOf, testLeaves } from '../testing/journals.ts'
import { checkJournal } from './fsck.ts'
import { TILE_WIDTH } from './tiles.ts'

/** Milliseconds for what tries every case; a loaded machine takes its time. */
const LONG = 600_000

/** A generator with a seed, so that a failure can be run again. */
function random(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const sizes = [1, 2, 255, 256, 257, 700, 1000]
const logs = sizes.map((size) => ({ size, log: memoryLog(testLeaves(size)) }))
const large = { size: 66_000, log: memoryLog(testLeaves(66_000)) }

test.each([...logs, large])(
  'a journal of $size leaves as it was written has nothing to find',
  async ({ size, log }) => {
    const { root } = log.end
    expect(await checkJournal(log.reader, { size, root }, nodeSha256)).toEqual({ findings: [], reachesRoot: true })
  },
)

test('another root is not reached, though the files agree with each other', async () => {
  const { size, log } = logs[5] ?? large
  const root = Uint8Array.from(log.end.root)
  root[0] = (root[0] ?? 0) ^ 1
  const { reachesRoot } = await checkJournal(log.reader, { size, root }, nodeSha256)
  expect(reachesRoot).toBe(false)
})

test(
  'each of 10,000 single-bit changes is located: the file, and an extent of bytes that holds it',
  async () => {
    const pick = random(20261125)
    for (let change = 0; change < 10_000; change++) {
      // The smaller ones more often: a check reads the whole journal.
      const { size, log } = logs[pick(pick(12) === 0 ? logs.length : 5)] ?? large
      const paths = [...log.files.keys()].filter((path) => path !== 'checkpoint')
      const path = paths[pick(paths.length)] ?? ''
      const bytes = Uint8Array.from(log.files.get(path) ?? [])
      const at = pick(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << pick(8))
      const changed = readerOf(new Map([...log.files, [path, bytes]]))
      const check = await checkJournal(changed, { size, root: log.end.root }, nodeSha256)
      const [first] = check.findings
      const inside = first !== undefined && first.offset <= at && at < first.offset + first.length
      if (first?.path !== path || !inside) expect.fail(`byte ${at} of ${path} of ${size}: ${JSON.stringify(check)}`)
      if (check.findings.some((one) => one.path !== path)) expect.fail(`too much: ${JSON.stringify(check)}`)
    }
  },
  LONG,
)

test('a change in a journal of three levels is located at every level', async () => {
  const { size, log } = large
  for (const path of [
    'tile/0/000',
    'tile/0/256',
    'tile/1/000',
    'tile/1/001.p/1',
    'tile/2/000.p/1',
    'tile/entries/255',
  ]) {
    const bytes = Uint8Array.from(log.files.get(path) ?? [])
    bytes[20] = (bytes[20] ?? 0) ^ 4
    const changed = readerOf(new Map([...log.files, [path, bytes]]))
    const check = await checkJournal(changed, { size, root: log.end.root }, nodeSha256)
    expect(check.findings).toMatchObject([{ path, problem: 'changed' }])
  }
})

describe('two damages at once', () => {
  const { size, log } = logs[6] ?? large
  const check = async (damage: (files: Map<string, Uint8Array>) => void) => {
    const files = new Map([...log.files].map(([path, bytes]) => [path, Uint8Array.from(bytes)]))
    damage(files)
    return checkJournal(readerOf(files), { size, root: log.end.root }, nodeSha256)
  }
  const flip = (files: Map<string, Uint8Array>, path: string, at: number) => {
    const bytes = files.get(path) ?? new Uint8Array()
    bytes[at] = (bytes[at] ?? 0) ^ 1
  }

  test('an entry and a tile elsewhere are told apart', async () => {
    const { findings } = await check((files) => {
      flip(files, 'tile/entries/001', 5)
      flip(files, 'tile/0/002', 64)
    })
    expect(findings).toMatchObject([
      { path: 'tile/0/002', offset: 64, length: 32, problem: 'changed' },
      { path: 'tile/entries/001', offset: 0, entry: 256, problem: 'changed' },
    ])
  })

  test('an entry and the hash of its own leaf are both named', async () => {
    const { findings } = await check((files) => {
      flip(files, 'tile/entries/001', 5)
      flip(files, 'tile/0/001', 3)
    })
    expect(findings.map(({ path }) => path)).toEqual(['tile/0/001', 'tile/entries/001'])
  })

  test('missing and cut files are named', async () => {
    const { findings } = await check((files) => {
      files.delete('tile/0/000')
      files.delete('tile/entries/002')
      files.set('tile/1/000.p/3', (files.get('tile/1/000.p/3') ?? new Uint8Array()).subarray(0, 95))
    })
    expect(findings.map(({ path, problem }) => [path, problem])).toEqual([
      ['tile/0/000', 'missing'],
      ['tile/1/000.p/3', 'wrong length'],
      ['tile/entries/002', 'missing'],
    ])
  })

  test('bytes after the last entry of a bundle are found', async () => {
    const { findings } = await check((files) => {
      const bundle = files.get('tile/entries/000') ?? new Uint8Array()
      files.set('tile/entries/000', Uint8Array.from([...bundle, 0, 0]))
    })
    expect(findings).toMatchObject([{ path: 'tile/entries/000', entry: TILE_WIDTH - 1 }])
  })
})
