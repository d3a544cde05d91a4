/**
 * Watching: from the moment at which a block is of the chain to the alarm. On the command line that is the notice on the disk;
 * on a node what a member hears by her live stream, and what a machine is told by its webhook. A thousand addresses are watched
 * and 200 blocks come in a second. Whoever makes the chain and listens runs on the same machine, for a node in its process, too.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type LiveWatch, openLiveWatch } from '../../platform/src/node/testing/live-watch.ts'
import { keyedId } from '../../platform/src/node/watch-sealer.ts'
import { alarmId } from '../../platform/src/tracing/watch/index.ts'
import { type MadeNode, startMadeNode } from '../../platform/src/tracing/watch/testing/made-node.ts'
import {
  addressOf,
  chance,
  extend,
  type MadeBlock,
  type MadeOutput,
  ROOT,
  regtest,
} from '../../platform/src/tracing/watch/testing/synthetic-chain.ts'
import { floors } from '../floors.ts'
import type { Context, Finding, Measure } from '../measure.ts'
import { percentiles } from '../node-stand.ts'

const WATCHED = 1_000
const OWNERS = 30_000
const PER_SECOND = 200
const INTERVAL_MS = 20
const launcher = fileURLToPath(new URL('../../platform/bin/comity.mjs', import.meta.url))
const addresses = Array.from({ length: WATCHED }, (_, owner) => addressOf(owner))

export const watch: Measure = {
  name: 'watch',
  title: `Watching ${WATCHED.toLocaleString('en')} addresses, ${PER_SECOND} blocks a second: from the block to the alarm`,
  run: async (context) => {
    const blocks = madeBlocks(Math.max(2, Math.round(context.seconds)) * PER_SECOND)
    return [...(await onCommandLine(context, blocks)), ...(await onNode(context, blocks))]
  },
}

function madeBlocks(count: number): readonly MadeBlock[] {
  const random = chance(41)
  const blocks: MadeBlock[] = []
  let purse: readonly MadeOutput[] = []
  for (let tip = ROOT; blocks.length < count; blocks.push(tip)) {
    const grown = extend(tip, purse, { owners: OWNERS, payments: 4, random })
    tip = grown.block
    purse = grown.purse
  }
  return blocks
}

/** Every alarm that must come, by transaction and place, with its block. */
function movementsOf(blocks: readonly MadeBlock[]) {
  return blocks.flatMap(({ hash, transactions }) =>
    transactions.flatMap(({ txid, spent, made }) => [
      ...spent.flatMap(({ owner }, n) => (owner < WATCHED ? [{ hash, txid, place: `in:${n}` }] : [])),
      ...made.flatMap(({ owner }, n) => (owner < WATCHED ? [{ hash, txid, place: `out:${n}` }] : [])),
    ]),
  )
}

/** The rate at which they came. The first is there before. */
async function play(server: MadeNode, blocks: readonly MadeBlock[]): Promise<number> {
  const begun = performance.now()
  for (const [n, block] of blocks.entries()) {
    const ahead = (n * 1000) / PER_SECOND - (performance.now() - begun)
    if (ahead > 2) await sleep(ahead)
    server.become(block)
  }
  return blocks.length / ((performance.now() - begun) / 1000)
}

async function onCommandLine(context: Context, blocks: readonly MadeBlock[]): Promise<readonly Finding[]> {
  context.say('a chain is followed on the command line')
  const home = join(context.folder, 'watch')
  mkdirSync(home)
  const [first, ...others] = blocks as [MadeBlock, ...MadeBlock[]]
  const server = await startMadeNode(blocks)
  const list = join(home, 'addresses.txt')
  writeFileSync(list, addresses.join('\n'))
  const comity = (...args: readonly string[]) =>
    spawn(process.execPath, [launcher, ...args, '--home', home], { stdio: ['ignore', 'pipe', 'ignore'] })
  const answer = async (...args: readonly string[]): Promise<string> => {
    const child = comity(...args, '--json')
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    await once(child, 'close')
    return text
  }
  try {
    await answer('watch', 'add', '--chain', 'bitcoin-regtest', '--from-file', list)
    server.become(first)
    const following = comity(
      ...['chain', 'follow', '--chain', 'bitcoin-regtest', '--format', 'core-rpc', server.url],
      ...['--from-height', String(first.height), '--interval', String(INTERVAL_MS)],
    )
    following.stdout.resume()
    while (!server.given(first.hash)) await sleep(20)
    await sleep(500)
    const rate = await play(server, others)
    const last = others.at(-1) ?? first
    for (const end = Date.now() + 30_000; !server.given(last.hash) && Date.now() < end; ) await sleep(50)
    await sleep(2_000)
    following.kill('SIGTERM')
    await once(following, 'close')
    const { notices } = JSON.parse(await answer('watch', 'alarms', '--after', '0', '--limit', '1000000')) as {
      notices: { at: number; block: { hash: string } }[]
    }
    const must = movementsOf(blocks).length
    const delays = notices
      .filter(({ block }) => block.hash !== first.hash)
      .map(({ at, block }) => at - (server.arrivals.get(block.hash) ?? Number.NaN))
    return [found('a notice on the disk', 'the command line', delays, rate, `${notices.length} of ${must}`)]
  } finally {
    await server.close()
  }
}

async function onNode(context: Context, blocks: readonly MadeBlock[]): Promise<readonly Finding[]> {
  context.say('a chain is followed on a node')
  const [first, ...others] = blocks as [MadeBlock, ...MadeBlock[]]
  const server = await startMadeNode(blocks)
  server.become(first)
  // As root the database runs as another user, who must be able to walk there.
  chmodSync(context.folder, 0o711)
  const follow = { chain: regtest.caip2, format: 'core-rpc', url: server.url, interval: INTERVAL_MS } as const
  const live = await openLiveWatch(join(context.folder, 'watching'), follow, addresses)
  try {
    // Where it begins is where the chain is when it is first asked; then the watch must have come there.
    await sleep(2_000)
    const must = movementsOf(others).map(({ hash, txid, place }) => ({ hash, id: idOf(live, txid, place) }))
    const rate = await play(server, others)
    const heardAll = () => must.every(({ id }) => live.streamed.has(id) && live.posted.has(id))
    for (const end = Date.now() + 30_000; !heardAll() && Date.now() < end; ) await sleep(100)
    const delaysOf = (times: LiveWatch['streamed']) =>
      must.flatMap(({ hash, id }) => {
        const at = times.get(id)
        return at === undefined ? [] : [at - (server.arrivals.get(hash) ?? Number.NaN)]
      })
    return (['streamed', 'posted'] as const).map((way) => {
      const delays = delaysOf(live[way])
      const task = way === 'streamed' ? 'an alarm in a live stream' : 'an alarm at a webhook'
      return found(task, 'the node', delays, rate, `${delays.length} of ${must.length}`)
    })
  } finally {
    await live.stop()
    await server.close()
  }
}

function idOf({ node, watch: id }: LiveWatch, txid: string, place: string): string {
  return `alarm.raised ${keyedId(node.stores.keys, 'alarm', alarmId(regtest.caip2, txid, place, id))}`
}

/** `came`: how many of the alarms that must come did. */
function found(task: string, contender: string, delays: readonly number[], rate: number, came: string): Finding {
  const { p50, p99 } = percentiles(delays)
  return {
    task,
    contender,
    perSecond: rate,
    unit: 'blocks',
    ms: p50,
    p99,
    ratio: floors.watch.p99Ms / p99,
    floor: 1,
    note: `${came} alarms came; floor: 99 of 100 within ${floors.watch.p99Ms} ms`,
  }
}
