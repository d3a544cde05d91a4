import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { type Outcome, runExchangeWorld } from './exchange-world.ts'
import { plantedBugs } from './planted.ts'

const SEEDS = 2000
const THREADS = 2

describe('delivery in a world that loses, delays, repeats and garbles messages, kills processes and sets clocks wrong', () => {
  test(`nothing is lost, done twice or out of order, and everything is told, in ${SEEDS} worlds`, async () => {
    const outcomes = (await Promise.all(Array.from({ length: THREADS }, (_, at) => runThread(at + 1)))).flat()
    expect(outcomes).toHaveLength(SEEDS)
    const failed = outcomes.filter(({ wrong }) => wrong.length > 0)
    expect(failed.map(({ seed, wrong }) => `node platform/tests/simulation/replay.ts ${seed}: ${wrong[0]}`)).toEqual([])
    const sum = (name: 'messages' | 'drops' | 'repeats' | 'crashes' | 'partitions' | 'pouched') =>
      outcomes.reduce((total, one) => total + one[name], 0)
    const [messages, drops, repeats, crashes, partitions, pouched] = [
      sum('messages'),
      sum('drops'),
      sum('repeats'),
      sum('crashes'),
      sum('partitions'),
      sum('pouched'),
    ]
    console.log(
      `${messages} messages, ${drops} lost on the way, ${repeats} repeated, ${crashes} kills, ${partitions} partitions, ${pouched} sent with others`,
    )
    // A quiet world would prove nothing.
    for (const [count, least] of [
      [messages, 80_000],
      [drops, 100_000],
      [repeats, 10_000],
      [crashes, 30_000],
      [partitions, 5_000],
      [pouched, 20_000],
    ])
      expect(count).toBeGreaterThan(least as number)
  })

  test('one number decides everything', async () => {
    for (let seed = 1; seed <= 20; seed++) expect(await runExchangeWorld(seed)).toEqual(await runExchangeWorld(seed))
    expect((await runExchangeWorld(1)).digest).not.toBe((await runExchangeWorld(2)).digest)
  })

  test.each(plantedBugs)('is found: $name', async (bug) => {
    for (let seed = 1; seed <= 300; seed++) {
      if ((await runExchangeWorld(seed, bug)).wrong.length > 0) return
    }
    throw new Error('300 worlds with this defect, and nothing was wrong in any')
  })
})

/** Every second seed, on a thread of its own. */
function runThread(first: number): Promise<(Outcome & { readonly seed: number })[]> {
  return new Promise((resolve, reject) => {
    const outcomes: (Outcome & { seed: number })[] = []
    const worker = new Worker(new URL('./seeds-thread.ts', import.meta.url), {
      workerData: { first, count: SEEDS - first + 1, step: THREADS },
    })
    worker.on('message', (outcome) => outcomes.push(outcome))
    worker.on('error', reject)
    worker.on('exit', () => resolve(outcomes))
  })
}
