/**
 * A thousand watched addresses, a chain that grows by 200 blocks in a second and loses six of them again and again, and a
 * process that is killed at moments that chance chooses: no alarm is missed and none is doubled.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type MadeNode, startMadeNode } from '../src/tracing/watch/testing/made-node.ts'
import {
  addressOf,
  chance,
  extend,
  type MadeBlock,
  type MadeOutput,
  type MadeTx,
  ROOT,
} from '../src/tracing/watch/testing/synthetic-chain.ts'
import { askComity, startComity, temporaryFolder } from './run-comity.ts'

const SEED = 20_261_126
const WATCHED = 1_000
const OWNERS = 3_000
const PER_SECOND = 200
/** Tips that come while nothing is killed: with them the time to an alarm is measured. */
const UNDISTURBED = 500
const TIPS = 1_200
const KILLS = 3
const RESTS_MS = 400
const DEPTH = 6

type Alarm = {
  readonly id: string
  readonly watch: string
  readonly txid: string
  readonly place: string
  readonly address: string
  readonly amount: string
  readonly block: { readonly height: number; readonly hash: string }
}
type Notice = Alarm & { readonly seq: number; readonly kind: 'raised' | 'withdrawn' | 'moved'; readonly at: number }
type Followed = { readonly height: number; readonly hash: string; readonly waitingBlocks: number }
type MadeChain = {
  /** The tips of the chain, one after the other; now and then one is of another branch. */
  readonly tips: readonly MadeBlock[]
  readonly blocks: readonly MadeBlock[]
  readonly reorganisations: number
}

function madeChain(): MadeChain {
  const random = chance(SEED)
  const purses = new Map<string, readonly MadeOutput[]>([[ROOT.hash, []]])
  const blocks: MadeBlock[] = []
  const grow = (parent: MadeBlock, carried: readonly MadeTx[] = []): MadeBlock => {
    const growth = { owners: OWNERS, payments: 4, random, carried }
    const { block, purse } = extend(parent, purses.get(parent.hash) ?? [], growth)
    purses.set(block.hash, purse)
    blocks.push(block)
    return block
  }
  const tips: MadeBlock[] = []
  let chain: readonly MadeBlock[] = [ROOT]
  let reorganisations = 0
  while (tips.length < TIPS) {
    if (chain.length > 2 * DEPTH && random(40) === 0) {
      const branch = chain.slice(0, -DEPTH)
      // Half of what the branch held is mined again, in other blocks; the rest never happened.
      const carried = chain
        .slice(-DEPTH)
        .flatMap(({ transactions }) => transactions.slice(1))
        .filter(() => random(2) === 0)
      while (branch.length <= chain.length) branch.push(grow(branch.at(-1) ?? ROOT, carried.splice(0, 3)))
      chain = branch
      reorganisations++
    } else chain = [...chain, grow(chain.at(-1) ?? ROOT)]
    tips.push(chain.at(-1) ?? ROOT)
  }
  return { tips, blocks, reorganisations }
}

function chainTo(tip: MadeBlock, blocks: readonly MadeBlock[]): readonly MadeBlock[] {
  const byHash = new Map(blocks.map((block) => [block.hash, block]))
  const chain: MadeBlock[] = []
  for (let block: MadeBlock | undefined = tip; block; block = byHash.get(block.prevHash)) chain.push(block)
  return chain.reverse()
}

/** What must be told: computed from who pays whom, without any code of the matcher. */
function truthOf(chain: readonly MadeBlock[]): readonly string[] {
  const lines: string[] = []
  for (const { height, hash, transactions } of chain)
    for (const { txid, spent, made } of transactions) {
      const put = (place: string, { owner, value }: MadeOutput) => {
        if (owner < WATCHED) lines.push(`${addressOf(owner)} ${value} ${txid} ${place} ${height} ${hash}`)
      }
      for (const [n, coin] of spent.entries()) put(`in:${n}`, coin)
      for (const [n, coin] of made.entries()) put(`out:${n}`, coin)
    }
  return lines.sort()
}

/** Each alarm is raised, then perhaps moved, then perhaps withdrawn, then perhaps raised again: what stands at the end. */
function replayed(notices: readonly Notice[]): ReadonlyMap<string, Notice> {
  const standing = new Map<string, Notice>()
  for (const notice of notices) {
    const stands = standing.has(notice.id)
    const fits = notice.kind === 'raised' ? !stands : stands
    if (!fits)
      throw new Error(
        `notice ${notice.seq} says ${notice.kind} of an alarm that ${stands ? 'stands' : 'does not stand'}`,
      )
    if (notice.kind === 'withdrawn') standing.delete(notice.id)
    else standing.set(notice.id, notice)
  }
  return standing
}

/**
 * The rate at which tips came. Before some reorganisations the chain rests for a moment, so that the branch which is about to
 * be left has been seen.
 */
async function play(node: MadeNode, tips: readonly MadeBlock[], before: MadeBlock): Promise<number> {
  let begun = performance.now()
  let rested = 0
  let reorganisations = 0
  for (const [n, tip] of tips.entries()) {
    const ahead = (n * 1000) / PER_SECOND - (performance.now() - begun)
    if (ahead > 4) await sleep(ahead)
    const left = tips[n - 1] ?? before
    if (tip.prevHash !== left.hash && ++reorganisations % 4 === 0) {
      const rests = performance.now()
      while (!node.given(left.hash) && performance.now() - rests < 60_000) await sleep(20)
      await sleep(RESTS_MS)
      begun += performance.now() - rests
      rested++
    }
    node.become(tip)
  }
  expect(rested).toBeGreaterThan(0)
  return tips.length / ((performance.now() - begun) / 1000)
}

it('a killed process misses no alarm and raises none twice, whatever becomes of the chain', async () => {
  const { tips, blocks, reorganisations } = madeChain()
  expect(reorganisations).toBeGreaterThan(10)
  const node = await startMadeNode(blocks)
  let process_: ReturnType<typeof startComity> | undefined
  const home = temporaryFolder()
  const follow = [
    ...['chain', 'follow', '--chain', 'bitcoin-regtest', '--format', 'core-rpc', node.url, '--home', home],
    ...['--from-height', '100', '--interval', '20'],
  ]
  try {
    const list = join(home, 'addresses.txt')
    writeFileSync(list, Array.from({ length: WATCHED }, (_, owner) => addressOf(owner)).join('\n'))
    const added = await askComity<{ watches: object[] }>(home, [
      ...['watch', 'add', '--chain', 'bitcoin-regtest', '--from-file', list],
    ])
    expect(added.watches).toHaveLength(WATCHED)

    const first = tips[0] as MadeBlock
    node.become(first)
    process_ = startComity(follow)
    // It has taken the first block, and asks for the next one.
    while (node.asked() < 20) await sleep(20)
    const rate = await play(node, tips.slice(1, UNDISTURBED), first)
    // It may lag behind where the machine is slow.
    const { hash } = tips[UNDISTURBED - 1] as MadeBlock
    for (const begun = performance.now(); !node.given(hash) && performance.now() - begun < 300_000; ) await sleep(20)
    await sleep(1_000)
    const quiet = (
      await askComity<{ notices: Notice[] }>(home, ['watch', 'alarms', '--after', '0', '--limit', '100000'])
    ).notices
    const delays = quiet
      .filter(({ kind, block }) => kind === 'raised' && block.hash !== first.hash)
      .map(({ at, block }) => at - (node.arrivals.get(block.hash) ?? Number.NaN))
      .sort((a, b) => a - b)
    const share = (part: number) => delays[Math.min(delays.length - 1, Math.floor(delays.length * part))] ?? Number.NaN
    expect(delays.length).toBeGreaterThan(UNDISTURBED)

    const random = chance(SEED + 1)
    const playing = play(node, tips.slice(UNDISTURBED), tips[UNDISTURBED - 1] as MadeBlock)
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(600 + random(1_000))
      process_.kill()
      await process_.ended
      process_ = startComity(follow)
    }
    await playing
    await sleep(random(500))
    process_.kill()
    await process_.ended

    const tip = tips.at(-1) ?? ROOT
    const end = await askComity<Followed>(home, [...follow.slice(0, -6), '--once'])
    expect(end).toMatchObject({ height: tip.height, hash: tip.hash, waitingBlocks: 0 })
    const { notices } = await askComity<{ notices: Notice[] }>(home, [
      ...['watch', 'alarms', '--after', '0', '--limit', '1000000'],
    ])
    const chain = chainTo(tip, blocks)
    const truth = truthOf(chain)
    const line = ({ address, amount, txid, place, block }: Alarm) =>
      `${address} ${amount} ${txid} ${place} ${block.height} ${block.hash}`
    expect([...replayed(notices).values()].map(line).sort()).toEqual(truth)
    expect(notices.map(({ seq }) => seq)).toEqual(notices.map((_, n) => n + 1))
    const { alarms } = await askComity<{ alarms: (Alarm & { stands: boolean })[] }>(home, [
      ...['watch', 'alarms', '--limit', '1000000'],
    ])
    expect(
      alarms
        .filter(({ stands }) => stands)
        .map(line)
        .sort(),
    ).toEqual(truth)

    // The ledger is the chain too: every block of it, proven, and nothing of the branches that were left.
    const { chains } = await askComity<{
      chains: { tip: object; blocks: number; transactions: number; complete: object[] }[]
    }>(home, ['chain', 'status'])
    expect(chains).toMatchObject([
      {
        tip: { height: tip.height, hash: tip.hash },
        blocks: chain.length,
        transactions: chain.reduce((sum, { transactions }) => sum + transactions.length, 0),
        complete: [{ from: 100, to: tip.height, completeness: 'merkle' }],
      },
    ])
    const count = (kind: Notice['kind']) => notices.filter((notice) => notice.kind === kind).length
    process.stdout.write(
      `watch: ${tips.length} tips at ${rate.toFixed(0)} a second, ${reorganisations} reorganisations of depth ${DEPTH}, ${KILLS + 1} kills; ` +
        `${truth.length} alarms stand, ${count('raised')} raised, ${count('moved')} moved, ${count('withdrawn')} withdrawn; ` +
        `to the alarm ${share(0.5)} ms (median), ${share(0.99)} ms (99 %), ${delays.at(-1)} ms (longest)\n`,
    )
    expect(count('moved')).toBeGreaterThan(0)
    expect(count('withdrawn')).toBeGreaterThan(0)
  } finally {
    process_?.kill()
    await node.close()
  }
}, 600_000)
