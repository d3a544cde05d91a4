/** An import that is killed shows nothing, and goes on where it stopped; two at once do not harm each other. */
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { askComity, type Refused, runComity, sample, startComity, temporaryFolder } from './run-comity.ts'

type Counts = {
  readonly blocks: number
  readonly transactions: number
  readonly inputs: number
  readonly outputs: number
}
type ChainState = Counts & {
  readonly contentDigest: string
  readonly tip: object | null
  readonly defects: number
  readonly sources: readonly {
    readonly name: string
    readonly sha256: string
    readonly counts: Counts
    readonly defects: number
  }[]
}
type Imported = Counts & {
  readonly defects: readonly object[]
  readonly sources: readonly { readonly name: string; readonly state: string }[]
}

const importing = (format: string, ...paths: string[]) => [
  'chain',
  'import',
  '--chain',
  'bitcoin',
  '--format',
  format,
  ...paths.map(sample),
]
const block = (name: string) => `btc-blocks/${name}`
const year2009 = importing('blocksci-csv', 'bitcoin-2009')
const rawBlocks = importing(
  'raw-block',
  ...['block574200.raw.gz', 'block300025.raw.gz', 'first-100k-blocks.dat', 'block702861.raw.gz'].map(block),
)

async function stateOf(home: string): Promise<ChainState | null> {
  const { chains } = await askComity<{ chains: readonly ChainState[] }>(home, ['chain', 'status'])
  expect(chains.length).toBeLessThan(2)
  return chains[0] ?? null
}

/** The same numbers on every run: a linear congruential generator (Numerical Recipes), as a share from 0 to 1. */
function shares(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe.each([
  { what: 'the year 2009', args: year2009, batch: '500', kills: 3 },
  { what: 'four sources of raw blocks', args: rawBlocks, batch: '100', kills: 3 },
])('an import of $what, killed', ({ what, args, batch, kills }) => {
  let undisturbed: ChainState
  let defects: readonly object[]
  let duration = 0
  beforeAll(async () => {
    const home = temporaryFolder()
    const begun = performance.now()
    defects = (await askComity<Imported>(home, args)).defects
    duration = performance.now() - begun
    undisturbed = (await stateOf(home)) as ChainState
    expect(undisturbed.transactions).toBeGreaterThan(6_000)
  })

  const share = shares(what.length)
  const moments: readonly (readonly [string, (stderr: () => string) => Promise<void>])[] = [
    ...Array.from({ length: kills }, (_, at) => {
      // One moment in each part of the time that an undisturbed import takes.
      const part = (at + share()) / kills
      return [`after ${Math.round(part * 100)} % of the time`, () => sleep(part * duration)] as const
    }),
    ...Array.from({ length: kills }, (_, at) => {
      const pause = Math.round(share() * 300 * (at + 0.2))
      return [
        `${pause} ms into publishing`,
        async (stderr: () => string) => {
          while (!/: publishing$/m.test(stderr())) await sleep(5)
          await sleep(pause)
        },
      ] as const
    }),
  ]

  it.for(moments)('%s, shows whole sources or nothing, and ends like an undisturbed one', async ([, moment]) => {
    const home = temporaryFolder()
    const surroundings = { env: { COMITY_IMPORT_BATCH: batch } }
    const doomed = startComity([...args, '--home', home], surroundings)
    await Promise.race([moment(doomed.stderr), doomed.ended])
    doomed.kill()
    const { exit } = await doomed.ended
    const seen = await stateOf(home)
    expectWhole(seen)
    if (exit === 0) expect(seen?.contentDigest).toBe(undisturbed.contentDigest)
    // Killed a second time, soon after it went on.
    const again = startComity([...args, '--home', home], surroundings)
    await Promise.race([sleep(duration * 0.35), again.ended])
    again.kill()
    await again.ended
    expectWhole(await stateOf(home))

    const answer = await askComity<Imported>(home, args, 0, surroundings)
    expect(answer.defects).toEqual(defects)
    expect(await stateOf(home)).toEqual(undisturbed)
    const known = await askComity<Imported>(home, args)
    expect(known.sources.map(({ state }) => state)).toEqual(known.sources.map(() => 'known'))
  })

  /** Sources that are shown are shown with all they hold; without any, nothing is shown at all. */
  function expectWhole(seen: ChainState | null): void {
    const sources = seen?.sources ?? []
    for (const source of sources)
      expect(undisturbed.sources.map(({ sha256, counts }) => ({ sha256, counts }))).toContainEqual({
        sha256: source.sha256,
        counts: source.counts,
      })
    const total = (of: keyof Counts) => sources.reduce((sum, { counts }) => sum + counts[of], 0)
    // These sources have no transaction in common, so that the ledger holds the sum of them.
    for (const of of ['blocks', 'transactions', 'inputs', 'outputs'] as const)
      expect(seen?.[of] ?? 0, of).toBe(total(of))
    if (sources.length === 0) expect(seen?.tip ?? null).toBeNull()
  }
})

describe('two imports at once into one folder', () => {
  it('the second waits for the first, and finds its work done', async () => {
    const home = temporaryFolder()
    const both = await Promise.all([
      startComity([...year2009, '--home', home, '--json']).ended,
      startComity([...year2009, '--home', home, '--json']).ended,
    ])
    expect(both.map(({ exit }) => exit)).toEqual([0, 0])
    const states = both.map(({ stdout }) => (JSON.parse(stdout) as Imported).sources[0]?.state)
    expect(states.sort()).toEqual(['imported', 'known'])
    expect(both.map(({ stderr }) => stderr).join('')).toMatch(
      /waiting for process \d+ on .+ since \d{4}-.+Z \(comity chain import /,
    )
    const alone = temporaryFolder()
    await askComity(alone, year2009)
    expect((await stateOf(home))?.contentDigest).toBe((await stateOf(alone))?.contentDigest)
  })

  it('the second says who holds the folder where it may not wait, and a killed holder holds it no longer', async () => {
    const home = temporaryFolder()
    const first = startComity([...year2009, '--home', home], { env: { COMITY_IMPORT_BATCH: '500' } })
    while (!first.stderr().includes('transactions')) await sleep(5)
    const { error } = await askComity<Refused>(home, [...rawBlocks, '--wait', '0'], 1)
    expect(error).toMatchObject({ code: 'HOME_LOCKED', place: home })
    expect(error.message).toMatch(/^The folder is in use by process \d+ on /)
    expect(error.message).toContain('(comity chain import --chain bitcoin --format blocksci-csv ')
    first.kill()
    await first.ended
    const state = await runComity(['chain', 'status', '--home', home, '--wait', '0'])
    expect(state).toMatchObject({ exit: 0, stderr: '' })
    expect(state.stdout).toContain('Nothing is imported yet')
  })
})

describe('order and batch size', () => {
  const sources = [
    importing('esplora', 'colonial2021'),
    importing('esplora', 'bitfinex2016/ledger'),
    importing('raw-block', block('first-100k-blocks.dat')),
    importing('raw-block', block('blocks1-256.bz2')),
    importing('raw-block', block('block300025.raw.gz')),
    importing('raw-block', block('block482683.raw')),
  ]
  const orders: readonly { readonly order: readonly number[]; readonly batch: string }[] = [
    { order: [0, 1, 2, 3, 4, 5], batch: '5000' },
    { order: [5, 4, 3, 2, 1, 0], batch: '7' },
    { order: [3, 0, 5, 2, 4, 1], batch: '1' },
  ]

  it('change nothing of what the ledger holds', async () => {
    const states: ChainState[] = []
    for (const { order, batch } of orders) {
      const home = temporaryFolder()
      for (const at of order) await askComity(home, sources[at] ?? [], 0, { env: { COMITY_IMPORT_BATCH: batch } })
      states.push((await stateOf(home)) as ChainState)
    }
    const [first, ...others] = states
    expect(first?.sources).toHaveLength(6)
    for (const other of others) expect(other).toEqual(first)
  })
})
