/** Old raw blocks, which do not say their height, imported before their ancestors. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runComity, sample, temporaryFolder } from './run-comity.ts'

type Status = {
  readonly chains: readonly {
    readonly blocks: number
    readonly contentDigest: string
    readonly defects: number
    readonly waitingBlocks: readonly string[]
  }[]
}

const records = readFileSync(sample('btc-blocks/first-100k-blocks.dat'))
const starts: number[] = []
for (let at = 0; at + 8 <= records.length; at += 8 + records.readUInt32LE(at + 4)) starts.push(at)
const third = Math.floor(starts.length / 3)
const bytesOf = (from: number, to: number) => records.subarray(starts[from], starts[to] ?? records.length)
/** What begins at the genesis block, what comes before the middle of the chain, what follows it. */
const [first, second, last] = [bytesOf(0, third), bytesOf(third, 2 * third), bytesOf(2 * third, starts.length)]

const take = (home: string, ...files: string[]) =>
  runComity(['chain', 'import', '--chain', 'bitcoin', '--format', 'raw-block', ...files, '--home', home, '--json'])

async function statusOf(home: string) {
  const { stdout } = await runComity(['chain', 'status', '--home', home, '--json'])
  const [chain] = (JSON.parse(stdout) as Status).chains
  const { blocks, contentDigest, defects, waitingBlocks } = chain as Status['chains'][number]
  return { blocks, contentDigest, defects, waitingBlocks: waitingBlocks.length }
}

test('old blocks wait for those before them, and the ledger is the same in whatever order they came', async () => {
  const folder = temporaryFolder()
  const file = (name: string, ...parts: Uint8Array[]) => {
    writeFileSync(join(folder, name), Buffer.concat(parts))
    return join(folder, name)
  }
  const older = file('older.dat', first)
  const middle = file('middle.dat', second)
  const younger = file('younger.dat', last)
  // A source of which one part has its place at once, and the other waits.
  const mixed = file('mixed.dat', last, first)

  const straight = join(folder, 'straight')
  await take(straight, older, middle, younger)
  const wanted = await statusOf(straight)
  expect(wanted).toMatchObject({ blocks: starts.length, waitingBlocks: 0, defects: 0 })

  const backwards = join(folder, 'backwards')
  const none = await take(backwards, younger)
  expect(none.stdout).toContain('BLOCK_HEIGHT_UNKNOWN')
  expect(await statusOf(backwards)).toMatchObject({ blocks: 0, waitingBlocks: starts.length - 2 * third })
  await take(backwards, middle)
  expect(await statusOf(backwards)).toMatchObject({ blocks: 0, waitingBlocks: starts.length - third })
  await take(backwards, older)
  expect(await statusOf(backwards)).toEqual(wanted)

  const partly = join(folder, 'partly')
  await take(partly, mixed)
  expect(await statusOf(partly)).toMatchObject({ blocks: third, waitingBlocks: starts.length - 2 * third })
  await take(partly, middle)
  expect(await statusOf(partly)).toEqual(wanted)
})
