import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { shippedAccountPacks, shippedChainPacks } from '../../chains/index.ts'
import { orStop, stop } from '../../kernel/index.ts'
import {
  ACCOUNT_RECORD_FORMAT,
  type AccountTraceRecord,
  type Check,
  checkAccountAgainstData,
  checkAccountAlone,
  checkAgainstData,
  checkAlone,
  checkContinuationAgainstData,
  checkContinuationAlone,
  compareRules,
  isAccountRecord,
  packOf,
  parseAccountRecord,
  parseRecord,
  renderAccountReport,
  renderReport,
  type TraceRecord,
  verdictOf,
} from '../../tracing/index.ts'
import type { CommandDefinition } from '../command.ts'
import type { Desk } from '../desk.ts'
import { plain, utc } from '../present.ts'
import { accountBench, continuationSetting } from './trace-accounts.ts'

export const traceVerify: CommandDefinition = {
  path: ['trace', 'verify'],
  summary: 'Check a trace record, and compute it again where its data is imported',
  about:
    'Exit code 0: confirmed (computed again with the same result) or consistent (in itself; the data is not here). Exit code 1: found false.',
  arguments: [{ name: '<file>', help: 'a trace record, as trace run --out writes it' }],
  options: [{ flags: '--offline', help: 'check the file alone, without the imported data' }],
  examples: ['comity trace verify trace.json'],
  async run(desk, [path = ''], flags) {
    const text = readText(path)
    const accounts = isAccountRecord(text)
    const record = accounts ? orStop(parseAccountRecord(text, path)) : orStop(parseRecord(text, path))
    const checks = accounts
      ? await checkAccounts(desk, record as AccountTraceRecord, flags.offline === true)
      : await checkOutputs(desk, record as TraceRecord, flags.offline === true)
    const { verdict } = verdictOf(checks)
    const words = {
      confirmed: 'CONFIRMED: the same data gives the same result, to the last unit.',
      consistent: 'CONSISTENT in itself; it was not computed again.',
      false: 'FALSE: at least one check fails.',
    }
    const marks = { holds: '✓', fails: '✗', 'not checked': '–' }
    return {
      exit: verdict === 'false' ? 1 : 0,
      json: { verdict, digest: record.digest, checks: checks.map((check) => ({ ...check })) },
      text: [
        ...checks.map(
          ({ name, verdict: one, detail }) =>
            `${marks[one]} ${name}: ${one === 'not checked' ? 'not checked: ' : ''}${plain(detail)}`,
        ),
        words[verdict],
      ].join('\n'),
    }
  },
}

async function checkOutputs(desk: Desk, record: TraceRecord, offline: boolean): Promise<Check[]> {
  const checks: Check[] = [...checkAlone(record), ...checkContinuationAlone(record)]
  const pack = packOf(record, shippedChainPacks)
  if (offline) return [...checks, notRun('--offline was given')]
  if (!pack) return [...checks, notRun(`the chain ${record.chain} is not known here`)]
  const bench = {
    store: await desk.store(),
    pack,
    tags: await desk.tags(record.parameters.minConfidence),
    progress: desk.progress,
  }
  checks.push(...(await checkAgainstData(record, bench)))
  if (record.continuation)
    checks.push(
      ...(await checkContinuationAgainstData(record, await continuationSetting(desk, record.parameters.minConfidence))),
    )
  checks.push(...(await supersededCheck(desk, record.digest)))
  desk.progress.done()
  return checks
}

/** Only where something took its place, or where it could not be run again. */
async function supersededCheck(desk: Desk, digest: string): Promise<Check[]> {
  const found = (await desk.linkBook()).supersessionOf(digest)
  if (found === null) return []
  const { by, who, reason, at, cause, link } = found
  const what = by === null ? 'could not be run again' : `superseded by ${by}`
  const detail = `${what}: ${cause} ${link}, by ${who} on ${utc(at)}: ${reason}`
  return [{ name: 'nothing took its place', verdict: 'fails', detail }]
}

async function checkAccounts(desk: Desk, record: AccountTraceRecord, offline: boolean): Promise<Check[]> {
  const checks: Check[] = checkAccountAlone(record)
  if (offline) return [...checks, notRun('--offline was given')]
  const bench = await accountBench(desk, record.chain, record.parameters.minConfidence)
  checks.push(...(await checkAccountAgainstData(record, bench)), ...(await supersededCheck(desk, record.digest)))
  desk.progress.done()
  return checks
}

export const traceReport: CommandDefinition = {
  path: ['trace', 'report'],
  summary: 'Write a trace as a report: HTML, pictures and tables, for screen and print',
  about:
    'Several records of the same seeds, one for each rule, make one report with the differences between the rules. The report holds no script and asks nothing of any server.',
  arguments: [{ name: '<file...>', help: 'trace records' }],
  options: [
    { flags: '--out <folder>', help: 'where to write it', required: true },
    { flags: '--title <text>', help: 'the title on the first page' },
  ],
  examples: [
    'comity trace report trace.json --out report',
    'comity trace report traces/*.json --out report --title "Case 12"',
  ],
  async run(_desk, paths, flags) {
    const records = readRecords(paths)
    for (const record of records) {
      const checks = isOfAccounts(record)
        ? checkAccountAlone(record)
        : [...checkAlone(record), ...checkContinuationAlone(record)]
      const wrong = checks.find(({ verdict }) => verdict === 'fails')
      if (wrong)
        stop('RECORD_FALSE', `The record contradicts itself (${wrong.name}): ${wrong.detail}.`, {
          place: record.digest,
          fix: 'Run the trace again; see comity trace verify.',
        })
    }
    const files = writeReport(String(flags.out), records, flags.title === undefined ? undefined : String(flags.title))
    return {
      exit: 0,
      json: { out: String(flags.out), files },
      text: `Report written: ${join(String(flags.out), 'index.html')}\n${files.map((name) => `  ${name}`).join('\n')}`,
    }
  },
}

export function writeReport(
  out: string,
  records: readonly TraceRecord[] | readonly AccountTraceRecord[],
  asked: string | undefined,
): string[] {
  const packs = [...shippedChainPacks, ...shippedAccountPacks]
  const pack = packs.find(({ caip2 }) => caip2 === records[0]?.chain)
  const title = asked ?? `Trace on ${pack?.name ?? records[0]?.chain ?? ''}`
  const files = areOfAccounts(records)
    ? renderAccountReport({ records, title })
    : renderReport({ records, ...(records.length > 1 ? { divergence: compareRules(records) } : {}), title })
  try {
    mkdirSync(out, { recursive: true })
    for (const [name, text] of files) writeFileSync(join(out, name), text)
  } catch (thrown) {
    stop(
      'FILE_NOT_WRITTEN',
      `The report cannot be written: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      { place: out, fix: 'Check the folder and its permissions.' },
    )
  }
  return [...files.keys()]
}

function readRecords(paths: readonly string[]): readonly TraceRecord[] | readonly AccountTraceRecord[] {
  const texts = paths.map((path) => ({ path, text: readText(path) }))
  const ofAccounts = texts.filter(({ text }) => isAccountRecord(text))
  if (ofAccounts.length === 0) return texts.map(({ path, text }) => orStop(parseRecord(text, path)))
  const other = texts.find(({ text }) => !isAccountRecord(text))
  if (other)
    stop('REPORT_RECORDS_DIFFER', 'Some records are of chains of accounts and some of chains of outputs.', {
      place: other.path,
      fix: 'Make one report for each of them.',
    })
  return texts.map(({ path, text }) => orStop(parseAccountRecord(text, path)))
}

function isOfAccounts(record: TraceRecord | AccountTraceRecord): record is AccountTraceRecord {
  return record.format === ACCOUNT_RECORD_FORMAT
}

function areOfAccounts(
  records: readonly TraceRecord[] | readonly AccountTraceRecord[],
): records is readonly AccountTraceRecord[] {
  return records[0] !== undefined && isOfAccounts(records[0])
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return stop('SOURCE_NOT_FOUND', 'There is no such file.', { place: path, fix: 'Check the path.' })
  }
}

function notRun(why: string): Check {
  return { name: 'the result is the same', verdict: 'not checked', detail: why }
}
