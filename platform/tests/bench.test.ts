/** Measurements run to their end and agree with their twins; what they measured is for a quiet machine, and is not judged here. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { repository, temporaryFolder } from './run-comity.ts'

test('the measures of decoders, of two nodes and of blind comparing run and agree', async () => {
  const file = join(temporaryFolder(), 'measured.json')
  const topics = ['crossings', 'exchange', 'deconfliction']
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')))
  await promisify(execFile)(
    process.execPath,
    [
      ...['bench/main.ts', '--quick', '--no-install', '--edges', '1_000_000', '--json', file],
      ...topics.flatMap((topic) => ['--only', topic]),
    ],
    { cwd: repository, env, maxBuffer: 64 * 1024 * 1024 },
  )
  const measured = JSON.parse(readFileSync(file, 'utf8'))
  expect(measured).toMatchObject({ differing: [], failed: [] })
  expect(measured.topics.map(({ name }: { name: string }) => name)).toEqual(topics)
  for (const { name, findings } of measured.topics) expect(findings.length, name).toBeGreaterThan(1)
})
