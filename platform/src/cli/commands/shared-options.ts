/** Options that several commands share, and their reading. */
import { readFileSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import type { ChainPack, ChainStore } from '../../chains/index.ts'
import { orStop, parseBaseUnits, stop } from '../../kernel/index.ts'
import {
  coinJoinStopRules,
  DEFAULT_MAX_PER_ADDRESS,
  DEFAULT_MAX_TRANSACTIONS,
  parseSeed,
  parseSeedRow,
  type ResolvedSeed,
  type RuleId,
  resolveSeeds,
  type SeedText,
  type TraceRequest,
} from '../../tracing/index.ts'
import { confidenceLevels } from '../../tracing/tags/index.ts'
import type { Flags, OptionDefinition } from '../command.ts'

export const chainOption: OptionDefinition = {
  flags: '--chain <caip2>',
  help: 'the chain, by CAIP-2 id or name (bitcoin, litecoin, dogecoin, bitcoin-cash, ethereum, bnb, polygon, tron and others)',
  required: true,
}

export const traceOptions: readonly OptionDefinition[] = [
  chainOption,
  {
    flags: '--from <seed...>',
    help: 'where traced value starts: TXID:VOUT[=AMOUNT][@LABEL]; on chains of accounts ADDRESS[=AMOUNT][@LABEL] (what it sends on) or TXID#PLACE[=AMOUNT][@LABEL]; may be given many times',
  },
  {
    flags: '--from-file <file>',
    help: 'seeds from a file: one a line, or a CSV with txid, vout, address, amount, claimed, label',
  },
  { flags: '--backward', help: 'trace to where the value came from' },
  { flags: '--follow-fees', help: 'follow fees into the coinbase of their block' },
  { flags: '--stop-at-tags', help: 'stop at addresses that carry a service tag' },
  {
    flags: '--min-confidence <n>',
    help: 'service tags below this confidence (0 to 100, or an id such as ownership) do not stop a trace (default 0)',
  },
  {
    flags: '--stop-at-coinjoin [rules]',
    help: 'stop before CoinJoins, as found by the default rules or those named (comma-separated ids)',
  },
  {
    flags: '--past-bridges',
    help: 'chains of outputs: follow value past payments whose memo asks a bridge to pay elsewhere, instead of stopping there',
  },
  { flags: '--max-hops <n>', help: 'follow at most this many transactions in a row' },
  { flags: '--min-value <n>', help: 'do not follow traced value below this many base units' },
  {
    flags: '--max-transactions <n>',
    help: `walk at most this many transactions (default ${DEFAULT_MAX_TRANSACTIONS})`,
  },
  {
    flags: '--max-per-address <n>',
    help: `of one address read at most this many transactions (default ${DEFAULT_MAX_PER_ADDRESS}); for rules that follow addresses`,
  },
  {
    flags: '--until <time-or-height>',
    help: 'do not follow beyond this block height, or this time (2021-06-07 or 2021-06-07T12:00:00Z)',
  },
  {
    flags: '--asset <asset>',
    help: 'chains of accounts: in which asset seeds start: a CAIP-19 id, usd-flow (figures of an analyst), or all (default)',
  },
  {
    flags: '--same-time <order>',
    help: 'chains of accounts: moves of one block count in the order of the ledger (default), or worst-case (payments first), or best-case',
  },
  {
    flags: '--since <height>',
    help: 'chains of accounts: what addresses send on counts from this block on (default 0)',
  },
  { flags: '--as-of <block>', help: 'answer as of this block (hash or height) instead of the tip' },
]

export async function readRequests(
  flags: Flags,
  ruleIds: readonly RuleId[],
  pack: ChainPack,
  store: ChainStore,
): Promise<{ requests: TraceRequest[]; seeds: readonly ResolvedSeed[] }> {
  const seeds = orStop(await resolveSeeds(readSeedTexts(flags, pack), store, pack))
  const direction = flags.backward === true ? 'backward' : 'forward'
  const atCoinJoin = readCoinJoinRules(flags.stopAtCoinjoin)
  const maxPerAddress = readCount(flags.maxPerAddress, '--max-per-address')
  const base = {
    direction,
    seeds,
    budget: {
      maxHops: readCount(flags.maxHops, '--max-hops'),
      minValue: flags.minValue === undefined ? null : orStop(parseBaseUnits(String(flags.minValue))),
      maxTransactions: readCount(flags.maxTransactions, '--max-transactions') ?? DEFAULT_MAX_TRANSACTIONS,
      ...(maxPerAddress === null ? {} : { maxPerAddress }),
      untilHeight: await readUntil(flags.until, pack, store),
    },
    stops: { atTags: flags.stopAtTags === true, atCoinJoin, atBridges: flags.pastBridges !== true },
    followFees: flags.followFees === true,
  } as const
  return { seeds, requests: ruleIds.map((rule) => ({ ...base, rule })) }
}

export function readMinConfidence(value: Flags[string]): number {
  if (value === undefined) return 0
  const text = String(value)
  const level = confidenceLevels.find(({ id }) => id === text)?.level
  if (level !== undefined && level !== null) return level
  const number = readCount(text, '--min-confidence') ?? 0
  if (number > 100)
    stop('FLAG_VALUE', `${text} is no confidence.`, {
      place: '--min-confidence',
      fix: 'Give 0 to 100, or a confidence id such as ownership.',
    })
  return number
}

export function readAsOf(value: Flags[string]): { height: number } | { hash: string } | null {
  if (value === undefined) return null
  const text = String(value).toLowerCase()
  const hash = /^(?:0x)?([0-9a-f]{64})$/.exec(text)?.[1]
  if (hash !== undefined) return { hash }
  return { height: readCount(text, '--as-of') ?? 0 }
}

export function readCount(value: Flags[string], flag: string): number | null {
  if (value === undefined) return null
  const text = String(value)
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text))
    stop('FLAG_VALUE', `"${text}" is not a whole number.`, { place: flag, fix: 'Write digits only.' })
  return Number(text)
}

function readSeedTexts(flags: Flags, pack: ChainPack): SeedText[] {
  const fromFlags = (flags.from as readonly string[] | undefined) ?? []
  const texts = fromFlags.map((text) => orStop(parseSeed(text, '--from')))
  if (flags.fromFile !== undefined) texts.push(...readSeedFile(String(flags.fromFile), pack))
  if (texts.length === 0)
    stop('SEEDS_MISSING', 'No seed is named.', { fix: 'Give --from TXID:VOUT, or --from-file FILE.' })
  return texts
}

function readSeedFile(path: string, pack: ChainPack): SeedText[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file.', { place: path, fix: 'Check the path after --from-file.' })
  }
  const [head = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1)
  if (!/(^|,)\s*txid\s*(,|$)/i.test(head)) {
    return text
      .split(/\r?\n/)
      .flatMap((line, index) =>
        line.trim() === '' || line.startsWith('#') ? [] : [orStop(parseSeed(line, `${path}:${index + 1}`))],
      )
  }
  let rows: Record<string, string>[]
  try {
    rows = parseCsv(text, {
      columns: (names: string[]) => names.map((name) => name.trim().toLowerCase()),
      bom: true,
      skip_empty_lines: true,
      trim: true,
    })
  } catch (thrown) {
    return stop(
      'SEED_MALFORMED',
      `The table cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      { place: path, fix: 'Give a CSV file with a header line.' },
    )
  }
  return rows.map((row, index) => orStop(parseSeedRow(row, pack, `${path}, row ${index + 2}`)))
}

function readCoinJoinRules(value: Flags[string]): readonly string[] {
  if (value === undefined || value === false) return []
  const known = coinJoinStopRules.map(({ rule }): string => rule)
  if (value === true) return known
  return String(value)
    .split(',')
    .map((id) => {
      if (!known.includes(id))
        stop('FLAG_VALUE', `"${id}" is not a CoinJoin rule that can stop a trace.`, {
          place: '--stop-at-coinjoin',
          fix: `Use ${known.join(', ')}.`,
        })
      return id
    })
}

/** A height, or a time: then the last block at or before it. Numbers from 500,000,000 on are Unix times (as in nLockTime). */
async function readUntil(value: Flags[string], pack: ChainPack, store: ChainStore): Promise<number | null> {
  if (value === undefined) return null
  const text = String(value)
  if (/^[0-9]+$/.test(text) && Number(text) < 500_000_000) return readCount(text, '--until')
  const isTime = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(text)
  const seconds = /^[0-9]+$/.test(text)
    ? Number(text)
    : isTime
      ? Math.floor(Date.parse(text.length === 10 ? `${text}T23:59:59Z` : text) / 1000)
      : Number.NaN
  if (!Number.isSafeInteger(seconds)) {
    stop('FLAG_VALUE', `"${text}" is neither a height nor a time.`, {
      place: '--until',
      fix: 'Write a block height, a date (its end, UTC) such as 2021-06-07, or a time such as 2021-06-07T12:00:00Z.',
    })
  }
  const block = await store.lastBlockBefore(pack.caip2, seconds)
  if (!block)
    stop('BLOCK_UNKNOWN', `No imported block is as old as ${text}.`, {
      place: '--until',
      fix: 'See `comity chain status`.',
    })
  return block?.height ?? null
}
