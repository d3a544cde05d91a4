import { readFileSync } from 'node:fs'
import { type AccountPack, ADDRESS_MAX, type ChainPack, parseAccountAddress, parseAddress } from '../../chains/index.ts'
import { canonicalJson, orStop, stop } from '../../kernel/index.ts'
import { checkAccountAlone, checkAlone, checkContinuationAlone } from '../../tracing/index.ts'
import { idOf, traceWatches, type Until, type Watch } from '../../tracing/watch/index.ts'
import type { StoredWatch } from '../../tracing/watch/store/index.ts'
import { openClusterLedger } from '../cluster-ledger.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import type { Desk } from '../desk.ts'
import { membersOf, rulesToText } from '../extend-clusters.ts'
import { isOfAccounts, parseAnyRecord } from '../kept-traces.ts'
import { count } from '../present.ts'
import { readCount } from './shared-options.ts'
import { alarmToJson, movementToText, noticeToJson, noticeToText, watchToJson, watchToText } from './watch-text.ts'

const chainOption = { flags: '--chain <caip2>', help: 'the chain of the addresses, by CAIP-2 id or name' }
const LISTED = 100

export const watchAdd: CommandDefinition = {
  path: ['watch', 'add'],
  summary: 'Watch addresses, a cluster, or the whole front of a trace: what moves raises an alarm',
  about:
    'A watch counts from the next block that `comity chain follow` takes. The same address again changes the end and the note of its watch. Every output that comes to a watched address is watched from then on, so that its spending is seen even where a server does not say whose output an input spends. A cluster grows: when something of it moves (on chains of accounts whenever the ledger has grown), it is computed again from the ledger, and who has joined it is watched, with the transaction and the rule that joined it. Of a trace on chains of accounts every address is watched where traced value rests; of one that goes on over a bridge also those there, and whom a payment that has not come out yet is to pay.',
  arguments: [{ name: '[address...]', help: 'addresses on the chain' }],
  options: [
    chainOption,
    { flags: '--from-file <file>', help: 'addresses from a file, one a line' },
    { flags: '--cluster <address>', help: 'the cluster of this address, with whoever joins it' },
    { flags: '--with <rules>', help: 'with --cluster: link by these change rules, too (see `comity cluster show`)' },
    {
      flags: '--without <guards>',
      help: 'with --cluster, on chains of accounts: take these guards away (see `comity cluster show`)',
    },
    { flags: '--trace <record>', help: 'a trace record: all that it found unspent, or at rest, is watched' },
    {
      flags: '--until <time-or-height>',
      help: 'the last block height, or time (2027-06-07 or 2027-06-07T12:00:00Z), of the watch',
    },
    { flags: '--note <text>', help: 'why it is watched' },
  ],
  examples: [
    'comity watch add --chain bitcoin 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa --note "genesis"',
    'comity watch add --chain bitcoin --cluster 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
    'comity watch add --trace trace.json --until 2027-01-31',
  ],
  async run(desk, args, flags) {
    const added = Math.floor(Date.now() / 1000)
    const common = { until: readWatchUntil(flags.until), note: readNote(flags.note), added }
    const watches: Watch[] = []
    const addresses = [...args, ...readAddressFile(flags.fromFile)]
    if (addresses.length > 0) {
      const pack = desk.pack(chainOf(flags))
      for (const text of addresses) watches.push({ ...common, ...addressWatch(text, pack) })
    }
    if (flags.trace !== undefined)
      for (const front of readTrace(String(flags.trace))) watches.push({ ...common, ...front })
    const cluster = flags.cluster === undefined ? null : await clusterWatch(desk, flags)
    if (cluster !== null) watches.push({ ...common, ...cluster.watch })
    if (watches.length === 0)
      stop('WATCH_EMPTY', 'Nothing is named that could be watched.', { fix: 'Name an address, or --trace RECORD.' })
    const store = await desk.watchStore()
    store.add(watches)
    if (cluster !== null) store.setAddresses(cluster.watch.id, cluster.members)
    const ids = new Set(watches.map(({ id }) => id))
    const stored = store.watches().filter(({ id }) => ids.has(id))
    return {
      exit: 0,
      json: { watches: stored.map((watch) => watchToJson(watch)) },
      text:
        stored.length > LISTED
          ? `${count(stored.length, 'watch', 'watches')} kept.`
          : stored.map((watch) => watchToText(watch)).join('\n'),
    }
  },
}

export const watchList: CommandDefinition = {
  path: ['watch', 'list'],
  summary: 'List what is watched, and how many alarms stand',
  arguments: [],
  options: [
    { ...chainOption, help: 'only this chain' },
    { flags: '--members', help: 'with every address, and what joined it to a cluster' },
  ],
  examples: ['comity watch list', 'comity watch list --chain bitcoin --members --json'],
  async run(desk, _args, flags) {
    const chain = flags.chain === undefined ? undefined : desk.pack(String(flags.chain)).caip2
    const store = await desk.watchStore()
    const watches = store.watches(chain)
    const shown = ({ id }: StoredWatch) => (flags.members === true ? store.addressesOf(id) : null)
    return {
      exit: 0,
      json: { watches: watches.map((watch) => watchToJson(watch, shown(watch))) },
      text:
        watches.length === 0
          ? 'Nothing is watched.'
          : watches.map((watch) => watchToText(watch, shown(watch))).join('\n'),
    }
  },
}

export const watchRemove: CommandDefinition = {
  path: ['watch', 'rm'],
  summary: 'End watches; their alarms stay',
  arguments: [{ name: '<id...>', help: 'ids of watches, as `comity watch list` shows them' }],
  options: [],
  examples: ['comity watch rm 5c1f0a52-3f1e-8a77-8b20-0d4f5e6a7b8c'],
  async run(desk, args) {
    const store = await desk.watchStore()
    const known = new Set(store.watches().map(({ id }) => id))
    const unknown = args.find((id) => !known.has(id))
    if (unknown !== undefined)
      stop('WATCH_UNKNOWN', 'There is no such watch; none was ended.', {
        place: unknown.slice(0, 80),
        fix: 'Take its id from `comity watch list`.',
      })
    for (const id of args) store.remove(id)
    return { exit: 0, json: { removed: [...args] }, text: `${count(args.length, 'watch', 'watches')} ended.` }
  },
}

export const watchAlarms: CommandDefinition = {
  path: ['watch', 'alarms'],
  summary: 'Show alarms: those of a watch, or every notice after a number, for programs that read on',
  about:
    'A notice says that an alarm was raised, moved to another block by a reorganisation, or withdrawn. Notices are numbered in the order in which they were written; who has read to a number asks for what came after it. An alarm keeps its id whatever happens to it.',
  arguments: [],
  options: [
    { flags: '--watch <id>', help: 'only alarms of this watch' },
    { ...chainOption, help: 'only alarms on this chain' },
    { flags: '--after <seq>', help: 'notices after this number, the oldest first' },
    { flags: '--limit <n>', help: 'at most so many (default 1000)' },
  ],
  examples: ['comity watch alarms', 'comity watch alarms --after 0 --json'],
  async run(desk, _args, flags) {
    const store = await desk.watchStore()
    const limit = readCount(flags.limit, '--limit') ?? 1_000
    const packOfChain = (chain: string) => desk.pack(chain)
    if (flags.after !== undefined) {
      const notices = store.notices(readCount(flags.after, '--after') ?? 0, limit)
      return {
        exit: 0,
        json: { alarms: [], notices: notices.map(noticeToJson) },
        text:
          notices.length === 0
            ? 'No notice since.'
            : notices.map((notice) => noticeToText(notice, packOfChain(notice.alarm.chain))).join('\n'),
      }
    }
    const chain = flags.chain === undefined ? {} : { chain: desk.pack(String(flags.chain)).caip2 }
    const watch = flags.watch === undefined ? {} : { watch: String(flags.watch) }
    const alarms = store.alarms({ ...chain, ...watch, limit })
    const lines = alarms.map(
      (alarm) =>
        `block ${alarm.block.height}: ${movementToText(alarm, packOfChain(alarm.chain))}${alarm.stands ? '' : ' – withdrawn'}`,
    )
    return {
      exit: 0,
      json: { alarms: alarms.map(alarmToJson), notices: [] },
      text: lines.length === 0 ? 'No alarm.' : lines.join('\n'),
    }
  },
}

type Subject = Pick<Watch, 'id' | 'chain' | 'kind' | 'subject' | 'addresses' | 'outputs' | 'record'>

function addressWatch(text: string, pack: ChainPack | AccountPack): Subject {
  const address =
    pack.family === 'account' ? orStop(parseAccountAddress(text, pack)).text : orStop(parseAddress(text, pack)).text
  return { ...named(pack.caip2, 'address', address), addresses: [address], outputs: [], record: null }
}

function chainOf(flags: Flags): string {
  return flags.chain === undefined
    ? stop('FLAG_VALUE', 'It is not said on which chain the addresses are.', {
        place: '--chain',
        fix: 'Name the chain.',
      })
    : String(flags.chain)
}

async function clusterWatch(desk: Desk, flags: Flags) {
  const pack = desk.pack(chainOf(flags))
  const ledger = await openClusterLedger(desk, pack, flags)
  const address = ledger.readAddress(String(flags.cluster))
  const members = await membersOf(ledger, address)
  const watch: Subject = {
    ...named(pack.caip2, 'cluster', address),
    addresses: [address],
    outputs: [],
    record: rulesToText(flags),
  }
  return { watch, members }
}

function named(chain: string, kind: Watch['kind'], subject: string) {
  return { id: idOf(canonicalJson(['watch', chain, kind, subject])), chain, kind, subject }
}

function readTrace(path: string): readonly Subject[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file.', { place: path, fix: 'Check the path after --trace.' })
  }
  const record = parseAnyRecord(text, path)
  mustHold(
    isOfAccounts(record) ? checkAccountAlone(record) : [...checkAlone(record), ...checkContinuationAlone(record)],
    path,
  )
  return orStop(traceWatches(record))
}

function mustHold(checks: ReturnType<typeof checkAlone>, path: string): void {
  const failed = checks.find(({ verdict }) => verdict === 'fails')
  if (failed)
    stop('RECORD_MALFORMED', `The trace record is false: ${failed.name}: ${failed.detail}`, {
      place: path,
      fix: 'Check it with `comity trace verify`.',
    })
}

function readAddressFile(path: Flags[string]): readonly string[] {
  if (path === undefined) return []
  try {
    return readFileSync(String(path), 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'))
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file.', {
      place: String(path),
      fix: 'Check the path after --from-file.',
    })
  }
}

function readNote(value: Flags[string]): string | null {
  return value === undefined ? null : String(value).slice(0, 500)
}

/** Numbers from 500,000,000 on are Unix times, as in nLockTime. */
function readWatchUntil(value: Flags[string]): Until {
  if (value === undefined) return null
  const text = String(value)
  if (/^[0-9]{1,15}$/.test(text)) return Number(text) < 500_000_000 ? { height: Number(text) } : { time: Number(text) }
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(text)
  const seconds = isTime ? Math.floor(Date.parse(text.length === 10 ? `${text}T23:59:59Z` : text) / 1000) : Number.NaN
  if (!Number.isSafeInteger(seconds))
    stop('FLAG_VALUE', `"${text.slice(0, ADDRESS_MAX)}" is neither a height nor a time.`, {
      place: '--until',
      fix: 'Write a block height, a date (its end, UTC) such as 2027-06-07, or a time such as 2027-06-07T12:00:00Z.',
    })
  return { time: seconds }
}
