/**
 * Verifies a trace record: first what it says of itself, then, where the data is there, the whole trace again.
 *
 * Each check has a verdict: `holds`, `fails`, or `not checked` with the reason. A record is found false when one check
 * fails; what was not checked is always said.
 */
import type { ChainPack } from '../chains/index.ts'
import { ok, type Result, refuse } from '../kernel/index.ts'
import { digestOf, RECORD_FORMAT, recordToSeed, type TraceRecord, withoutContinuation } from './record.ts'
import type { TraceRequest } from './request.ts'
import { findRule } from './rules/index.ts'
import { openTrace, type TraceBench } from './run.ts'

export type Check = {
  readonly name: string
  readonly verdict: 'holds' | 'fails' | 'not checked'
  readonly detail: string
}

export type Verification = { readonly verdict: 'confirmed' | 'consistent' | 'false'; readonly checks: readonly Check[] }

/** Reads a record from text. Only its shape is judged here. */
export function parseRecord(text: string, place: string): Result<TraceRecord> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('RECORD_MALFORMED', 'The file is not JSON.', {
      place,
      fix: 'Give the file that `comity trace run --out` wrote.',
    })
  }
  const record = value as TraceRecord
  const isShaped =
    typeof value === 'object' &&
    value !== null &&
    record.format === RECORD_FORMAT &&
    Array.isArray(record.seeds) &&
    typeof record.digest === 'string' &&
    typeof record.chain === 'string' &&
    typeof record.rule?.id === 'string' &&
    Array.isArray(record.result?.positions) &&
    Array.isArray(record.result?.flow) &&
    Array.isArray(record.result?.annotations) &&
    typeof record.result?.ledger?.root === 'string' &&
    typeof record.parameters === 'object' &&
    typeof record.asOf?.height === 'number' &&
    Array.isArray(record.data?.sources) &&
    Array.isArray(record.data?.blocks)
  if (!isShaped) {
    return refuse('RECORD_MALFORMED', `The file is not a trace record of the format ${RECORD_FORMAT}.`, {
      place,
      fix: 'Give the file that `comity trace run --out` wrote.',
    })
  }
  return ok(record)
}

/** What can be checked with nothing but the file. */
export function checkAlone(record: TraceRecord): Check[] {
  const checks: Check[] = []
  const { digest, ...body } = record
  checks.push(
    attempt('digest', () => {
      const found = digestOf(body)
      return found === digest
        ? holds(`the file's content gives ${digest}`)
        : fails(`the file says ${digest}, its content gives ${found}: it was changed after it was made`)
    }),
  )
  checks.push(
    attempt('result digest', () => {
      const found = digestOf(record.result)
      return found === record.resultDigest
        ? holds(found)
        : fails(`the file says ${record.resultDigest}, the result gives ${found}`)
    }),
  )
  checks.push(attempt('the ledger adds up', () => ledgerCheck(record)))
  checks.push(attempt('each source adds up', () => sourceCheck(record)))
  checks.push(
    attempt('no output holds more than it is worth', () => {
      const wrong = record.result.positions.find(
        ({ traced, amount }) => BigInt(traced) < 0n || BigInt(traced) > BigInt(amount),
      )
      return wrong
        ? fails(`${wrong.txid}:${wrong.vout} holds ${wrong.traced} of ${wrong.amount}`)
        : holds(`${record.result.positions.length} positions`)
    }),
  )
  const rule = findRule(record.rule.id)
  checks.push({
    name: 'the rule is known',
    ...(rule === undefined
      ? fails(`this version does not know the rule ${record.rule.id}`)
      : rule.version === record.rule.version
        ? holds(`${rule.id}, version ${rule.version}`)
        : {
            verdict: 'not checked' as const,
            detail: `the record uses version ${record.rule.version} of ${rule.id}, this program has version ${rule.version}`,
          }),
  })
  return checks
}

/** Runs the trace again on the data that is here and compares. */
export async function checkAgainstData(record: TraceRecord, bench: TraceBench): Promise<Check[]> {
  const checks: Check[] = []
  const status = await bench.store.status(record.chain)
  const here = new Set(status.sources.map(({ sha256 }) => sha256))
  const missing = record.data.sources.filter(({ sha256 }) => !here.has(sha256))
  checks.push({
    name: 'the sources are here',
    ...(missing.length === 0
      ? holds(`${record.data.sources.length} sources, each with the same SHA-256`)
      : {
          verdict: 'not checked' as const,
          detail: `not imported here: ${missing.map(({ name, sha256 }) => `${name} (${sha256.slice(0, 12)}…)`).join(', ')}`,
        }),
  })
  if (missing.length > 0) return [...checks, notRun('the data of the record is not all here')]
  const stale = (
    await bench.store.blocksByHash(
      record.chain,
      record.data.blocks.flatMap(({ hash }) => hash ?? []),
    )
  ).filter(({ active }) => !active)
  checks.push({
    name: 'its blocks are on the active chain',
    ...(stale.length === 0
      ? holds(`${record.data.blocks.length} blocks`)
      : fails(`a reorganisation replaced ${stale.map(({ height, hash }) => `${hash} (height ${height})`).join(', ')}`)),
  })
  const found = await runAgain(record, bench).catch((thrown: unknown) =>
    refuse('RECORD_MALFORMED', thrown instanceof Error ? thrown.message : String(thrown)),
  )
  if (!found.ok)
    return [...checks, { name: 'the trace runs again', ...fails(`${found.refusal.code}: ${found.refusal.message}`) }]
  return [...checks, ...differences(record, found.value)]
}

export function verdictOf(checks: readonly Check[]): Verification {
  if (checks.some(({ verdict }) => verdict === 'fails')) return { verdict: 'false', checks }
  const ran = checks.some(({ name, verdict }) => name === 'the result is the same' && verdict === 'holds')
  return { verdict: ran ? 'confirmed' : 'consistent', checks }
}

async function runAgain(record: TraceRecord, bench: TraceBench): Promise<Result<TraceRecord>> {
  const opened = await openTrace(
    bench,
    record.asOf.hash === null ? { height: record.asOf.height } : { hash: record.asOf.hash },
  )
  if (!opened.ok) return opened
  return opened.value.run(requestOf(record))
}

/** The request that a record answers. */
export function requestOf(record: TraceRecord): TraceRequest {
  const { parameters } = record
  return {
    rule: (findRule(record.rule.id)?.id ?? record.rule.id) as TraceRequest['rule'],
    direction: parameters.direction,
    seeds: record.seeds.map(recordToSeed),
    budget: {
      maxHops: parameters.maxHops,
      minValue: parameters.minValue === null ? null : BigInt(parameters.minValue),
      maxTransactions: parameters.maxTransactions,
      untilHeight: parameters.untilHeight,
      ...(parameters.maxPerAddress === undefined ? {} : { maxPerAddress: parameters.maxPerAddress }),
    },
    stops: {
      atTags: parameters.stopAtTags,
      atCoinJoin: parameters.stopAtCoinJoin,
      ...(parameters.stopAtBridges ? { atBridges: true } : parameters.pastBridges ? { atBridges: false } : {}),
    },
    followFees: parameters.followFees,
  }
}

function differences(record: TraceRecord, again: TraceRecord): Check[] {
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
    checks.push({ name: 'the result is the same', ...holds(again.resultDigest) })
    // What lies on other chains is checked by itself.
    const same = withoutContinuation(record).digest === again.digest
    checks.push({
      name: 'the whole record is the same',
      ...(same
        ? holds(again.digest)
        : {
            verdict: 'not checked' as const,
            detail:
              'the result is the same, but the data here is described differently (more sources, other coverage or another version)',
          }),
    })
    return checks
  }
  const theirs = new Map(
    record.result.positions.map((position) => [`${position.txid}:${position.vout ?? 'fee'}`, position]),
  )
  const ours = new Map(
    again.result.positions.map((position) => [`${position.txid}:${position.vout ?? 'fee'}`, position]),
  )
  const lines: string[] = []
  for (const [key, position] of theirs) {
    const other = ours.get(key)
    if (!other) lines.push(`${key}: the record has ${position.traced} (${position.status}), recomputed: nothing`)
    else if (other.traced !== position.traced || other.status !== position.status) {
      lines.push(
        `${key}: the record has ${position.traced} (${position.status}), recomputed: ${other.traced} (${other.status})`,
      )
    }
  }
  for (const [key, position] of ours)
    if (!theirs.has(key))
      lines.push(`${key}: the record has nothing, recomputed: ${position.traced} (${position.status})`)
  if (lines.length === 0) lines.push('the positions agree; the flow, the reasons or the annotations differ')
  const shown = lines.slice(0, 20)
  checks.push({
    name: 'the result is the same',
    ...fails(`${shown.join('; ')}${lines.length > shown.length ? `; and ${lines.length - shown.length} more` : ''}`),
  })
  return checks
}

function ledgerCheck(record: TraceRecord): Omit<Check, 'name'> {
  const { ledger, positions } = record.result
  const root = record.seeds.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  const located = positions.reduce((sum, { traced }) => sum + BigInt(traced), 0n)
  const lines = ledger.lines.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  const named = [
    ledger.unspent,
    ledger.dataEnds,
    ledger.service,
    ledger.fee,
    ledger.writtenOff,
    ledger.notFollowed,
    ledger.overlap,
  ].reduce((sum, amount) => sum + BigInt(amount), 0n)
  const sums = {
    root: BigInt(ledger.root),
    seeds: root,
    drawnIn: BigInt(ledger.drawnIn),
    sum: BigInt(ledger.sum),
    lines,
    named,
    located: located + BigInt(ledger.overlap),
  }
  const addsUp =
    sums.root === sums.seeds &&
    sums.root + sums.drawnIn === sums.sum &&
    [sums.lines, sums.named, sums.located].every((sum) => sum === sums.sum) &&
    ledger.balanced
  const text = Object.entries(sums)
    .map(([name, amount]) => `${name} ${amount}`)
    .join(', ')
  if (!addsUp) return fails(text)
  if (record.rule.id !== 'poison' && sums.drawnIn !== 0n)
    return fails(`the rule ${record.rule.id} cannot draw clean value in: ${text}`)
  return holds(text)
}

function sourceCheck(record: TraceRecord): Omit<Check, 'name'> {
  if (record.rule.id === 'poison')
    return { verdict: 'not checked', detail: 'poison does not apportion between sources' }
  if (record.result.ledger.overlap !== '0') return { verdict: 'not checked', detail: 'some seeds overlap' }
  const went = new Map<string, bigint>()
  for (const { label, amount } of record.seeds) went.set(label, (went.get(label) ?? 0n) + BigInt(amount))
  for (const { bySeed } of record.result.positions) {
    for (const [label, amount] of Object.entries(bySeed)) went.set(label, (went.get(label) ?? 0n) - BigInt(amount))
  }
  const wrong = [...went].find(([, left]) => left !== 0n)
  return wrong ? fails(`${wrong[0]}: ${wrong[1]} base units are not accounted for`) : holds(`${went.size} sources`)
}

function attempt(name: string, body: () => Omit<Check, 'name'>): Check {
  try {
    return { name, ...body() }
  } catch (thrown) {
    return {
      name,
      ...fails(
        `cannot be computed from what the file holds: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      ),
    }
  }
}

function notRun(why: string): Check {
  return { name: 'the result is the same', verdict: 'not checked', detail: why }
}

function holds(detail: string): Omit<Check, 'name'> {
  return { verdict: 'holds', detail }
}

function fails(detail: string): Omit<Check, 'name'> {
  return { verdict: 'fails', detail }
}

/** The pack of the record's chain among those given. */
export function packOf(record: TraceRecord, packs: readonly ChainPack[]): ChainPack | undefined {
  return packs.find(({ caip2 }) => caip2 === record.chain)
}
