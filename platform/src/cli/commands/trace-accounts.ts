/** `trace run` and `trace compare` on chains of accounts: flags, runs, records. */
import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import { type AccountPack, parseAccountAddress } from '../../chains/index.ts'
import { ok, orStop, parseBaseUnits, stop } from '../../kernel/index.ts'
import { crossingsOfPayments, openCrossings } from '../../tracing/crossing/index.ts'
import {
  type AccountBench,
  type AccountRuleId,
  type AccountSeed,
  type AccountTraceRecord,
  type AccountTraceRequest,
  accountRuleIds,
  arrangeSeeds,
  type ContinuationSetting,
  DEFAULT_MAX_TRANSACTIONS,
  findAccountRule,
  openAccountTrace,
  parseAccountSeed,
  type SameTime,
  sameTimes,
} from '../../tracing/index.ts'
import { byRank, isOutOfForce } from '../../tracing/tags/index.ts'
import type { Flags } from '../command.ts'
import type { Desk } from '../desk.ts'
import { keepRecord } from '../kept-traces.ts'
import { readAsOf, readCount, readMinConfidence } from './shared-options.ts'

export async function runAccountRules(
  desk: Desk,
  flags: Flags,
  chosen: readonly AccountRuleId[],
  pack: AccountPack,
  keep: (desk: Desk, bench: AccountBench, record: AccountTraceRecord) => Promise<void> = keepInFolder,
): Promise<AccountTraceRecord[]> {
  refuseFlags(flags, pack)
  const base = readRequest(flags, pack)
  const bench = await accountBench(desk, pack.caip2, readMinConfidence(flags.minConfidence))
  const opened = orStop(await openAccountTrace(bench, readAsOf(flags.asOf)))
  const records: AccountTraceRecord[] = []
  for (const rule of chosen) {
    const record = orStop(await opened.run({ ...base, rule }))
    await keep(desk, bench, record)
    records.push(record)
  }
  desk.progress.done()
  return records
}

async function keepInFolder(desk: Desk, bench: AccountBench, record: AccountTraceRecord): Promise<void> {
  await keepAccountTrace(desk, bench, record)
  keepRecord(desk.home, record)
}

/** Remembers on which blocks and bridge links a trace stands, so that whatever becomes of them can mark it. */
export async function keepAccountTrace(desk: Desk, bench: AccountBench, record: AccountTraceRecord): Promise<void> {
  for (const [chain, blocks] of Map.groupBy(record.data.blocks, (block) => block.chain)) {
    const hashes = blocks.flatMap(({ hash }) => hash ?? [])
    await bench.store.recordTrace(chain, record.digest, chain === record.chain ? record.asOf.hash : null, hashes)
  }
  const links = record.result.positions.flatMap(({ status, reference }) =>
    status === 'crossed' && reference !== null ? [reference] : [],
  )
  if (links.length > 0) (await desk.linkBook()).recordUse(record.digest, links)
}

/** Swaps, wraps, bridges and mixers by the decoders that are here, less the links that somebody rejected. */
export async function accountBench(desk: Desk, chain: string, minConfidence: number): Promise<AccountBench> {
  const store = await desk.accounts()
  const book = await desk.linkBook()
  return {
    chain,
    store,
    tags: await desk.tags(minConfidence),
    crossing: openCrossings(store, book.rejectedIds()),
    progress: desk.progress,
  }
}

/** What a trace on a chain of outputs needs to go on where bridges paid out. */
export async function continuationSetting(desk: Desk, minConfidence: number): Promise<ContinuationSetting> {
  const store = await desk.accounts()
  const rejected = (await desk.linkBook()).rejectedIds()
  return {
    crossingsOf: (payments) => crossingsOfPayments(store, payments, rejected),
    benchOf: (chain) => accountBench(desk, chain, minConfidence),
  }
}

/** The names that tags give to the addresses of positions, whatever the trace stopped at: for people, not for the record. */
export async function namesOf(
  desk: Desk,
  records: readonly AccountTraceRecord[],
): Promise<ReadonlyMap<string, string>> {
  const byChain = Map.groupBy(
    records.flatMap(({ result }) => result.positions),
    ({ chain }) => chain,
  )
  const tags = await desk.tagStore()
  const names = new Map<string, string>()
  for (const [chain, positions] of byChain) {
    const addresses = [...new Set(positions.flatMap(({ address }) => address ?? []))]
    for (const [address, found] of await tags.tagsOf(chain, addresses, { asOf: Number.MAX_SAFE_INTEGER })) {
      const [best] = found.filter((tag) => !isOutOfForce(tag)).sort(byRank)
      if (best) names.set(`${chain} ${address}`, best.label)
    }
  }
  return names
}

export function withNames<Record extends AccountTraceRecord>(
  record: Record,
  names: ReadonlyMap<string, string>,
): Record {
  const positions = record.result.positions.map((position) => ({
    ...position,
    label: names.get(`${position.chain} ${position.address}`) ?? position.label,
  }))
  return { ...record, result: { ...record.result, positions } }
}

export function readAccountRule(text: string): AccountRuleId {
  const rule = findAccountRule(text)
  if (!rule) {
    stop('RULE_UNKNOWN', `There is no rule called "${text}" on chains of accounts.`, {
      place: '--rule',
      fix: `Use one of ${accountRuleIds.join(', ')}.`,
    })
  }
  return rule.id
}

/** Options that mean something on chains of outputs only. */
const OUTPUTS_ONLY = [
  ['backward', '--backward'],
  ['followFees', '--follow-fees'],
  ['stopAtCoinjoin', '--stop-at-coinjoin'],
  ['pastBridges', '--past-bridges'],
] as const

function refuseFlags(flags: Flags, pack: AccountPack): void {
  for (const [name, flag] of OUTPUTS_ONLY) {
    if (flags[name] !== undefined && flags[name] !== false) {
      stop('FLAG_VALUE', `${flag} is for chains of outputs; ${pack.name} is a chain of accounts.`, {
        place: flag,
        fix: 'Leave it out.',
      })
    }
  }
}

function readRequest(flags: Flags, pack: AccountPack): Omit<AccountTraceRequest, 'rule'> {
  return {
    seeds: orStop(arrangeSeeds(readSeeds(flags, pack))),
    assets: readAssets(flags.asset, pack),
    sameTime: readSameTime(flags.sameTime),
    sinceHeight: readCount(flags.since, '--since') ?? 0,
    untilHeight: readHeight(flags.until),
    budget: {
      maxHops: readCount(flags.maxHops, '--max-hops'),
      minValue: flags.minValue === undefined ? null : orStop(parseBaseUnits(String(flags.minValue))),
      maxTransactions: readCount(flags.maxTransactions, '--max-transactions') ?? DEFAULT_MAX_TRANSACTIONS,
    },
    stopAtTags: flags.stopAtTags === true,
  }
}

function readSeeds(flags: Flags, pack: AccountPack): AccountSeed[] {
  const readAddress = (text: string) => {
    const read = parseAccountAddress(text, pack)
    return read.ok ? ok(read.value.text) : read
  }
  const fromFlags = (flags.from as readonly string[] | undefined) ?? []
  const seeds = fromFlags.map((text) => orStop(parseAccountSeed(text, '--from', readAddress)))
  if (flags.fromFile !== undefined) {
    for (const { text, place } of seedLines(String(flags.fromFile)))
      seeds.push(orStop(parseAccountSeed(text, place, readAddress)))
  }
  if (seeds.length === 0)
    stop('SEEDS_MISSING', 'No seed is named.', { fix: 'Give --from ADDRESS, or --from-file FILE.' })
  return seeds
}

/** One seed a line; or a table with the columns address (or txid and place), amount, label. */
function seedLines(path: string): { text: string; place: string }[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file.', { place: path, fix: 'Check the path after --from-file.' })
  }
  const [head = ''] = text.split(/\r?\n/, 1)
  if (!/(^|,)\s*(address|txid)\s*(,|$)/i.test(head)) {
    return text
      .split(/\r?\n/)
      .flatMap((line, index) =>
        line.trim() === '' || line.startsWith('#') ? [] : [{ text: line, place: `${path}:${index + 1}` }],
      )
  }
  try {
    const rows: Record<string, string>[] = parseCsv(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      skip_empty_lines: true,
      trim: true,
    })
    return rows.map(({ address, txid, place, amount, label }, index) => ({
      text: `${txid ? `${txid}#${place ?? ''}` : (address ?? '')}${amount ? `=${amount}` : ''}${label ? `@${label}` : ''}`,
      place: `${path}, row ${index + 2}`,
    }))
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return stop('SEED_MALFORMED', `The table cannot be read: ${why}.`, {
      place: path,
      fix: 'Give a CSV file with a header line.',
    })
  }
}

function readAssets(value: Flags[string], pack: AccountPack): AccountTraceRequest['assets'] {
  if (value === undefined || value === 'all') return 'all'
  const text = String(value)
  if (text === 'usd-flow') return [`${pack.caip2}/usd:flow`]
  // Contracts are written in lower case in the ledger of chains of the EVM, whatever form a person has at hand.
  const asset = pack.address.form === 'eip55' ? text.replace(/0x[0-9a-fA-F]{40}/, (one) => one.toLowerCase()) : text
  if (
    !asset.startsWith(`${pack.caip2}/`) ||
    !/^[^/]+\/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}(\/[-.%a-zA-Z0-9]{1,78})?$/.test(asset)
  ) {
    stop('FLAG_VALUE', `"${text}" is not an asset of ${pack.name}.`, {
      place: '--asset',
      fix: `Give a CAIP-19 id such as ${pack.asset.caip19}, or usd-flow, or all.`,
    })
  }
  return [asset]
}

function readSameTime(value: Flags[string]): SameTime {
  const found = sameTimes.find((one) => one === (value ?? 'ledger'))
  if (!found) {
    stop('FLAG_VALUE', `"${String(value)}" is no order of moves.`, {
      place: '--same-time',
      fix: `Use one of ${sameTimes.join(', ')}.`,
    })
  }
  return found
}

function readHeight(value: Flags[string]): number | null {
  if (value !== undefined && !/^[0-9]+$/.test(String(value))) {
    stop('FLAG_VALUE', 'On chains of accounts a trace ends at a height, not at a time.', {
      place: '--until',
      fix: 'Write the height of a block.',
    })
  }
  return readCount(value, '--until')
}
