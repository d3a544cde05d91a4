/** Verifies a record of a trace on account chains: what it says of itself, then, where the data is there, all of it again. */
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { digestOf } from '../record.ts'
import type { Check } from '../verify-record.ts'
import { ACCOUNT_RECORD_FORMAT, type AccountRecordPosition, type AccountTraceRecord } from './account-record.ts'
import { findAccountRule } from './account-rules.ts'
import { type AccountBench, openAccountTrace } from './account-run.ts'
import type { AccountTraceRequest } from './request.ts'

/** Reads a record from text. Only its shape is judged here. */
export function parseAccountRecord(text: string, place: string): Result<AccountTraceRecord> {
  const fix = 'Give the file that `comity trace run --out` wrote.'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('RECORD_MALFORMED', 'The file is not JSON.', { place, fix })
  }
  const record = value as AccountTraceRecord
  const isShaped =
    typeof value === 'object' &&
    value !== null &&
    record.format === ACCOUNT_RECORD_FORMAT &&
    typeof record.digest === 'string' &&
    typeof record.chain === 'string' &&
    typeof record.rule?.id === 'string' &&
    typeof record.parameters === 'object' &&
    record.parameters !== null &&
    Array.isArray(record.seeds) &&
    typeof record.asOf?.height === 'number' &&
    Array.isArray(record.data?.sources) &&
    Array.isArray(record.data?.blocks) &&
    Array.isArray(record.result?.positions) &&
    Array.isArray(record.result?.ledgers) &&
    Array.isArray(record.result?.flow)
  return isShaped
    ? ok(record)
    : refuse('RECORD_MALFORMED', `The file is not a trace record of the format ${ACCOUNT_RECORD_FORMAT}.`, {
        place,
        fix,
      })
}

export function isAccountRecord(text: string): boolean {
  try {
    return (JSON.parse(text) as { format?: unknown } | null)?.format === ACCOUNT_RECORD_FORMAT
  } catch {
    return false
  }
}

/** What can be checked with nothing but the file. */
export function checkAccountAlone(record: AccountTraceRecord): Check[] {
  const { digest, ...body } = record
  const rule = findAccountRule(record.rule.id)
  return [
    attempt('digest', () => compare(digest, digestOf(body))),
    attempt('result digest', () => compare(record.resultDigest, digestOf(record.result))),
    attempt('the ledgers add up', () => ledgersCheck(record)),
    attempt('each source adds up', () => sourcesCheck(record)),
    attempt('nothing holds more than it is worth', () => {
      const wrong = record.result.positions.find(
        ({ traced, amount }) => BigInt(traced) < 0n || BigInt(traced) > BigInt(amount),
      )
      return wrong
        ? fails(`${wrong.address} holds ${wrong.traced} of ${wrong.amount} of ${wrong.asset}`)
        : holds(`${record.result.positions.length} positions`)
    }),
    {
      name: 'the rule is known',
      ...(rule === undefined
        ? fails(`this version does not know the rule ${record.rule.id}`)
        : rule.version === record.rule.version
          ? holds(`${rule.id}, version ${rule.version}`)
          : {
              verdict: 'not checked' as const,
              detail: `the record uses version ${record.rule.version} of ${rule.id}, this program has version ${rule.version}`,
            }),
    },
  ]
}

/** Runs the trace again on the data that is here and compares. */
export async function checkAccountAgainstData(record: AccountTraceRecord, bench: AccountBench): Promise<Check[]> {
  const chains = [...new Set([record.chain, ...record.data.sources.map(({ chain }) => chain)])]
  const statuses = await Promise.all(chains.map((chain) => bench.store.status(chain)))
  const here = new Set(statuses.flatMap(({ sources }) => sources.map(({ sha256 }) => sha256)))
  const missing = record.data.sources.filter(({ sha256 }) => !here.has(sha256))
  if (missing.length > 0) {
    const names = missing.map(({ name, sha256 }) => `${name} (${sha256.slice(0, 12)}…)`).join(', ')
    return [
      { name: 'the sources are here', verdict: 'not checked', detail: `not imported here: ${names}` },
      { name: SAME_RESULT, verdict: 'not checked', detail: 'the data of the record is not all here' },
    ]
  }
  const checks: Check[] = [
    { name: 'the sources are here', ...holds(`${record.data.sources.length} sources, each with the same SHA-256`) },
    await blocksCheck(record, bench),
  ]
  const again = await runAgain(record, bench).catch((thrown: unknown) =>
    refuse('RECORD_MALFORMED', thrown instanceof Error ? thrown.message : String(thrown)),
  )
  if (!again.ok)
    return [...checks, { name: 'the trace runs again', ...fails(`${again.refusal.code}: ${again.refusal.message}`) }]
  return [...checks, ...differences(record, again.value)]
}

/** The request that a record answers. */
export function accountRequestOf(record: AccountTraceRecord): AccountTraceRequest {
  const { parameters } = record
  return {
    rule: (findAccountRule(record.rule.id)?.id ?? record.rule.id) as AccountTraceRequest['rule'],
    seeds: record.seeds.map(({ address, move, amount, label }) => ({
      address,
      move,
      amount: amount === null ? null : BigInt(amount),
      label,
    })),
    assets: parameters.assets,
    sameTime: parameters.sameTime,
    sinceHeight: parameters.sinceHeight,
    untilHeight: parameters.untilHeight,
    budget: {
      maxHops: parameters.maxHops,
      minValue: parameters.minValue === null ? null : BigInt(parameters.minValue),
      maxTransactions: parameters.maxTransactions,
    },
    stopAtTags: parameters.stopAtTags,
  }
}

const SAME_RESULT = 'the result is the same'

async function blocksCheck(record: AccountTraceRecord, bench: AccountBench): Promise<Check> {
  const stale: string[] = []
  for (const [chain, blocks] of Map.groupBy(record.data.blocks, (block) => block.chain)) {
    const hashes = blocks.flatMap(({ hash }) => hash ?? [])
    for (const { active, hash, height } of await bench.store.blocksByHash(chain, hashes))
      if (!active) stale.push(`${hash} (height ${height})`)
  }
  return {
    name: 'its blocks are on the active chain',
    ...(stale.length === 0
      ? holds(`${record.data.blocks.length} blocks`)
      : fails(`a reorganisation replaced ${stale.join(', ')}`)),
  }
}

async function runAgain(record: AccountTraceRecord, bench: AccountBench): Promise<Result<AccountTraceRecord>> {
  const { hash, height } = record.asOf
  const opened = await openAccountTrace(bench, hash === null ? { height } : { hash })
  return opened.ok ? opened.value.run(accountRequestOf(record)) : opened
}

function differences(record: AccountTraceRecord, again: AccountTraceRecord): Check[] {
  const checks: Check[] = []
  if (record.tagSet?.digest !== again.tagSet?.digest) {
    checks.push({
      name: 'the tag set is the same',
      verdict: 'not checked',
      detail: `the record used ${record.tagSet?.digest ?? 'none'}, here is ${again.tagSet?.digest ?? 'none'}`,
    })
  }
  // What the file holds is compared, not what it says of itself: a changed result may keep its old digest.
  if (digestOf(record.result) === again.resultDigest) {
    checks.push({ name: SAME_RESULT, ...holds(again.resultDigest) })
    checks.push({
      name: 'the whole record is the same',
      ...(record.digest === again.digest
        ? holds(again.digest)
        : {
            verdict: 'not checked' as const,
            detail:
              'the result is the same, but the data here is described differently (more sources, other coverage or another version)',
          }),
    })
    return checks
  }
  const keyOf = ({ asset, address, status, code, reference }: AccountRecordPosition) =>
    [asset, address ?? 'nobody', status, code, reference ?? ''].join(' ').trimEnd()
  const theirs = new Map(record.result.positions.map((position) => [keyOf(position), position.traced]))
  const ours = new Map(again.result.positions.map((position) => [keyOf(position), position.traced]))
  const lines = [...new Set([...theirs.keys(), ...ours.keys()])]
    .filter((key) => theirs.get(key) !== ours.get(key))
    .map((key) => `${key}: the record has ${theirs.get(key) ?? 'nothing'}, recomputed: ${ours.get(key) ?? 'nothing'}`)
  if (lines.length === 0) lines.push('the positions agree; the flow, the ledgers or the reasons differ')
  const more = lines.length > 20 ? `; and ${lines.length - 20} more` : ''
  return [...checks, { name: SAME_RESULT, ...fails(`${lines.slice(0, 20).join('; ')}${more}`) }]
}

function ledgersCheck({ result, seeds, rule }: AccountTraceRecord): Omit<Check, 'name'> {
  for (const ledger of result.ledgers) {
    const { asset } = ledger
    const cameIn = [ledger.root, ledger.drawnIn, ledger.convertedIn, ledger.crossedIn]
    const went = [
      ledger.unspent,
      ledger.dataEnds,
      ledger.service,
      ledger.fee,
      ledger.burnt,
      ledger.convertedOut,
      ledger.crossedOut,
      ledger.mixer,
      ledger.writtenOff,
      ledger.notFollowed,
    ]
    const located = result.positions.filter((position) => position.asset === asset).map(({ traced }) => traced)
    const sums = {
      'came in': sumOf(cameIn),
      went: sumOf(went),
      lines: sumOf(ledger.lines.map(({ amount }) => amount)),
      located: sumOf(located),
      sum: BigInt(ledger.sum),
    }
    const text = Object.entries(sums)
      .map(([name, amount]) => `${name} ${amount}`)
      .join(', ')
    if (!ledger.balanced || Object.values(sums).some((amount) => amount !== sums.sum)) return fails(`${asset}: ${text}`)
    if (rule.id === 'poison') continue
    const seeded = sumOf(
      seeds.flatMap(({ sent, rests }) =>
        [...sent, ...rests].filter((one) => one.asset === asset).map(({ amount }) => amount),
      ),
    )
    if (seeded !== BigInt(ledger.root))
      return fails(`${asset}: the seeds give ${seeded}, the ledger begins with ${ledger.root}`)
    if (ledger.drawnIn !== '0') return fails(`${asset}: the rule ${rule.id} cannot draw clean value in`)
  }
  return holds(`${result.ledgers.length} assets`)
}

/** Without conversions and crossings, each source has in every asset what it set out with. */
function sourcesCheck({ result, seeds, rule }: AccountTraceRecord): Omit<Check, 'name'> {
  if (rule.id === 'poison') return { verdict: 'not checked', detail: 'poison does not apportion between sources' }
  const torn = result.positions.find(({ bySeed, traced }) => sumOf(Object.values(bySeed)) !== BigInt(traced))
  if (torn) return fails(`${torn.address}: its sources do not make up ${torn.traced} of ${torn.asset}`)
  const went = new Map<string, bigint>()
  const joined = new Set(
    result.ledgers
      .filter(({ convertedIn, crossedIn }) => convertedIn !== '0' || crossedIn !== '0')
      .map(({ asset }) => asset),
  )
  const add = (asset: string, label: string, amount: bigint) => {
    if (joined.has(asset)) return
    const key = `${asset} ${label}`
    went.set(key, (went.get(key) ?? 0n) + amount)
  }
  for (const { label, sent, rests } of seeds)
    for (const { asset, amount } of [...sent, ...rests]) add(asset, label, BigInt(amount))
  for (const { asset, bySeed } of result.positions)
    for (const [label, amount] of Object.entries(bySeed)) add(asset, label, -BigInt(amount))
  const wrong = [...went].find(([, left]) => left !== 0n)
  if (wrong) return fails(`${wrong[0]}: ${wrong[1]} base units are not accounted for`)
  const apart =
    joined.size > 0 ? `; ${joined.size} assets that value was converted or crossed into are not looked at here` : ''
  return holds(`${went.size} sources by asset${apart}`)
}

function sumOf(amounts: readonly string[]): bigint {
  let sum = 0n
  for (const amount of amounts) sum += BigInt(amount)
  return sum
}

function compare(said: string, found: string): Omit<Check, 'name'> {
  return said === found
    ? holds(found)
    : fails(`the file says ${said}, its content gives ${found}: it was changed after it was made`)
}

function attempt(name: string, body: () => Omit<Check, 'name'>): Check {
  try {
    return { name, ...body() }
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    return { name, ...fails(`cannot be computed from what the file holds: ${why}`) }
  }
}

function holds(detail: string): Omit<Check, 'name'> {
  return { verdict: 'holds', detail }
}

function fails(detail: string): Omit<Check, 'name'> {
  return { verdict: 'fails', detail }
}
