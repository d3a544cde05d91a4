/** Old raw blocks, which do not say their height, imported before their ancestors. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runComity, sample, temporaryFolder } from './run-comity.ts'

test('blocks that come before their ancestors are refused, and taken once these are here', async () => {
  const folder = temporaryFolder()
  const records = readFileSync(sample('btc-blocks/first-100k-blocks.dat'))
  const starts: number[] = []
  for (let at = 0; at + 8 <= records.length; at += 8 + records.readUInt32LE(at + 4)) starts.push(at)
  const middle = starts[starts.length >> 1] ?? 0
  const [older, younger] = [join(folder, 'older.dat'), join(folder, 'younger.dat')]
  writeFileSync(older, records.subarray(0, middle))
  writeFileSync(younger, records.subarray(middle))
  const take = (home: string, ...files: string[]) =>
    runComity(['chain', 'import', '--chain', 'bitcoin', '--format', 'raw-block', ...files, '--home', home, '--json'])
  const digest = async (home: string) =>
    JSON.parse((await runComity(['chain', 'status', '--home', home, '--json'])).stdout).chains[0].contentDigest

  const crossed = join(folder, 'crossed')
  const refused = await take(crossed, younger)
  expect(refused.stdout).toContain('BLOCK_HEIGHT_UNKNOWN')
  expect((await take(crossed, older)).stdout).toContain('"blocks":')
  expect((await take(crossed, younger)).stdout).toContain('"state":"imported"')
  const straight = join(folder, 'straight')
  await take(straight, older, younger)
  expect(await digest(crossed)).toBe(await digest(straight))
})
