import { join } from 'node:path'
import { type AccountPack, type ChainPack, type SourceFormat, shippedChainPacks } from '../../chains/index.ts'
import { ensureFolder } from '../../io/data-folder.ts'
import { lockFolder } from '../../io/folder-lock.ts'
import { orStop, stop } from '../../kernel/index.ts'
import type { FollowState } from '../../tracing/watch/sources/index.ts'
import type { StoredNotice, WatchStore } from '../../tracing/watch/store/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import type { Desk } from '../desk.ts'
import { extendClusters, type GrownCluster } from '../extend-clusters.ts'
import { extendTraces, type WatchedTrace } from '../extend-traces.ts'
import { count, plain } from '../present.ts'
import { importOptions } from './chain-import.ts'
import { chainOption, readCount } from './shared-options.ts'
import { memberToText, noticeToJson, noticeToText } from './watch-text.ts'

const formats: readonly SourceFormat[] = ['core-rpc', 'esplora', 'evm-rpc']
type AnyPack = ChainPack | AccountPack

const NOTICES_ANSWERED = 1_000
const JOINED_SHOWN = 20

export const chainFollow: CommandDefinition = {
  path: ['chain', 'follow'],
  summary: 'Follow the tip of a chain on a server, block by block, and raise alarms for what is watched',
  about:
    'Each block is checked, matched against all watches and kept in one step, so that a process that is killed goes on without missing or repeating anything. When the server leaves a branch, alarms of its blocks are withdrawn, or moved to the block that holds the transaction now. The ledger follows behind, whenever no other command has the data folder. Runs until it is stopped (Ctrl-C), or with --once until the tip is reached. The server is asked for its tip at an interval; a node that publishes by ZeroMQ (--zmq) is asked as soon as it says that there is a block.',
  arguments: [{ name: '<url>', help: 'the JSON-RPC of a node, or the root of the API of an Esplora server' }],
  options: [
    chainOption,
    { flags: '--format <format>', help: 'what the server speaks', choices: formats, required: true },
    {
      flags: '--from-height <n>',
      help: 'the first block, where the chain was not followed before (else after the ledger, or after the present tip)',
    },
    { flags: '--anew', help: 'forget how far the chain was followed; alarms and watches stay' },
    { flags: '--once', help: 'end when the tip is reached and all is in the ledger' },
    {
      flags: '--interval <ms>',
      help: 'milliseconds between two looks at the tip (default 100, of an Esplora server 500)',
    },
    {
      flags: '--zmq <endpoint>',
      help: 'core-rpc: where the node publishes new blocks (its -zmqpubhashblock or -zmqpubrawblock), as tcp://127.0.0.1:28332',
    },
    { flags: '--no-ledger', help: 'raise alarms only; what was fetched is kept for the ledger' },
    {
      flags: '--cookie-file <file>',
      help: "core-rpc server: the node's .cookie (else COMITY_RPC_CREDENTIALS=user:password)",
    },
  ],
  examples: [
    'comity chain follow --chain bitcoin --format core-rpc http://127.0.0.1:8332',
    'comity chain follow --chain bitcoin --format core-rpc http://127.0.0.1:8332 --zmq tcp://127.0.0.1:28332',
    'comity chain follow --chain ethereum --format evm-rpc http://127.0.0.1:8545',
    'comity chain follow --chain bitcoin --format esplora https://esplora.example/api --from-height 800000',
  ],
  async run(desk, [url = ''], flags) {
    const pack = desk.pack(String(flags.chain))
    const release = await followAlone(desk, pack)
    const ending = new AbortController()
    const end = () => ending.abort()
    process.once('SIGINT', end).once('SIGTERM', end)
    try {
      return await run(desk, pack, url, flags, ending.signal)
    } finally {
      process.off('SIGINT', end).off('SIGTERM', end)
      desk.progress.done()
      release()
    }
  },
}

async function run(desk: Desk, pack: AnyPack, url: string, flags: Flags, ending: AbortSignal) {
  const { openTip, openZmqNews } = await import('../../chains/sources/index.ts')
  const { follow, usualPause } = await import('../../tracing/watch/sources/index.ts')
  const options = { ...importOptions(desk.home, flags, desk.environment), patience: PATIENCE }
  const format = String(flags.format) as SourceFormat
  const source = orStop(openTip(format, url, pack, options))
  if (flags.zmq !== undefined && format !== 'core-rpc')
    stop('FLAG_VALUE', 'Only nodes of the Bitcoin family publish blocks by ZeroMQ.', {
      place: '--zmq',
      fix: 'Leave it out, or follow with --format core-rpc.',
    })
  const zmq = flags.zmq === undefined ? null : orStop(await openZmqNews(String(flags.zmq)))
  const watches = await desk.watchStore()
  const before = watches.cursor(pack.caip2)
  if (flags.anew === true) forget(watches, pack)
  const notices: StoredNotice[] = []
  const extended = (traces: readonly WatchedTrace[]) => {
    for (const { watch, record } of traces.filter((trace) => trace.extended)) {
      desk.progress.done()
      process.stderr.write(
        `the trace ${watch.subject} has moved and was run again to block ${record.asOf.height}; what can be done: comity watch next\n`,
      )
    }
  }
  const grown = (clusters: readonly GrownCluster[]) => {
    for (const { watch, joined, left } of clusters) {
      desk.progress.done()
      const lost = left.length === 0 ? '' : `; ${count(left.length, 'address', 'addresses')} of it no more`
      process.stderr.write(
        `${[`the cluster of ${plain(watch.subject)} gained ${count(joined.length, 'address', 'addresses')}${lost}`, ...joined.slice(0, JOINED_SHOWN).map(memberToText)].join('\n')}\n`,
      )
    }
  }
  const begun = performance.now()
  const state = await follow({
    pack,
    knownPacks: shippedChainPacks,
    source: zmq === null ? source : { ...source, news: zmq.news },
    watches,
    folder: join(desk.home, 'followed', folderOf(pack)),
    keep: true,
    from: readCount(flags.fromHeight, '--from-height'),
    pause: readCount(flags.interval, '--interval') ?? usualPause(format),
    untilTip: flags.once === true,
    ending,
    withLedger:
      flags.ledger === false
        ? null
        : (body) =>
            desk.withLedger(async (own) => {
              const answer = await body({ chain: await own.store(), accounts: await own.accounts() })
              // Here the ledger is at hand, and has just grown.
              grown(await extendClusters(own, watches, pack))
              extended(await extendTraces(own, watches, pack))
              return answer
            }),
    noticed: (found) => {
      notices.push(...found.slice(0, Math.max(0, NOTICES_ANSWERED - notices.length)))
      if (flags.json === true) return
      desk.progress.done()
      for (const notice of found) process.stdout.write(`${noticeToText(notice, pack)}\n`)
    },
    told: (now) => desk.progress.report(now.height, undefined, stateToText(now, performance.now() - begun)),
  }).finally(() => zmq?.close())
  const { height, hash, tip, blocks, stale, notices: raised, waiting } = state
  return {
    exit: 0 as const,
    json: {
      chain: pack.caip2,
      server: source.origin,
      from: before === null || before.height < 0 ? null : { ...before },
      height,
      hash,
      tip,
      blocks,
      staleBlocks: stale,
      waitingBlocks: waiting,
      notices: raised,
      first: notices.map(noticeToJson),
    },
    text: `${pack.caip2} was followed to block ${height} ${hash}: ${count(blocks, 'block')}, ${count(stale, 'block')} of branches that were left, ${count(raised, 'notice')}${waiting === 0 ? '' : `; ${count(waiting, 'block')} not yet in the ledger`}`,
  }
}

/** Following asks again and again by itself; a single question is not tried for minutes. */
const PATIENCE = { timeout: 30_000, tries: 2, pause: 250 }

function forget(watches: WatchStore, pack: AnyPack): void {
  if (watches.cursor(pack.caip2) !== null) watches.forget(pack.caip2)
}

function stateToText({ height, tip, blocks, notices, waiting, trouble }: FollowState, milliseconds: number): string {
  const rate = blocks / Math.max(0.001, milliseconds / 1000)
  const lag = tip < 0 ? '' : `, ${Math.max(0, tip - height)} behind the tip`
  const behind = waiting === 0 ? '' : `, ledger ${waiting} behind`
  return `block ${height}${lag}, ${rate.toFixed(1)} blocks/s, ${notices} notices${behind}${trouble === null ? '' : ` – ${plain(trouble)}`}`
}

/** A lock of its own for each chain, so that others may use the data folder meanwhile. */
async function followAlone(desk: Desk, pack: AnyPack): Promise<() => void> {
  const folder = join(desk.home, 'followed', folderOf(pack))
  try {
    ensureFolder(folder)
  } catch (thrown) {
    stop(
      'FILE_NOT_WRITTEN',
      `The folder cannot be made: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      {
        place: folder,
        fix: 'Name another data folder with --home, or check the permissions of this one.',
      },
    )
  }
  const lock = orStop(await lockFolder(folder, { waitMs: 0 }))
  return () => lock.release()
}

function folderOf(pack: AnyPack): string {
  return pack.caip2.replace(/[^a-zA-Z0-9-]/g, '-')
}
