import { mkdirSync, writeFileSync } from 'node:fs'
import { type Json, orStop, stop } from '../../kernel/index.ts'
import {
  type AccountTraceRecord,
  accountRecordToText,
  accountRuleIds,
  compareAccountRules,
  compareRules,
  findRule,
  openTrace,
  type RuleId,
  recordToText,
  ruleIds,
  type TraceRecord,
} from '../../tracing/index.ts'
import type { CommandDefinition, Flags } from '../command.ts'
import { goOn, keepOutputTrace } from '../continue-trace.ts'
import type { Desk } from '../desk.ts'
import { readAsOf, readMinConfidence, readRequests, traceOptions } from './shared-options.ts'
import { namesOf, readAccountRule, runAccountRules, withNames } from './trace-accounts.ts'
import { accountDivergenceToText, accountTraceToText } from './trace-accounts-text.ts'
import { continuationToText, divergenceBeyondToText } from './trace-continuation-text.ts'
import { divergenceToText, traceToText } from './trace-text.ts'

const outOption = { flags: '--out <file>', help: 'write the trace record to this file' }

export const traceRun: CommandDefinition = {
  path: ['trace', 'run'],
  summary: 'Trace value under one rule',
  about:
    'Every trace ends in a ledger that adds up: what went in is unspent, at a service, paid as fees, written off, not followed, or the data ends; each line says why.',
  arguments: [],
  options: [
    ...traceOptions,
    {
      flags: '--rule <rule>',
      help: `the rule: ${ruleIds.join(', ')}; on chains of accounts: ${accountRuleIds.join(', ')}`,
      required: true,
    },
    outOption,
  ],
  examples: [
    'comity trace run --chain bitcoin --from TXID:0 --rule fifo',
    'comity trace run --chain bitcoin --from TXID:0=5000000000@victim-1 TXID:1@victim-2 --rule haircut --stop-at-tags --out trace.json',
    'comity trace run --chain eip155:1 --from ADDRESS@victim-1 --asset usd-flow --rule fifo',
  ],
  async run(desk, _args, flags) {
    const pack = desk.pack(String(flags.chain))
    if (pack.family === 'account') {
      const [record] = await runAccountRules(desk, flags, [readAccountRule(String(flags.rule))], pack)
      if (!record) throw new Error('a trace gave no record')
      if (flags.out !== undefined) writeRecord(String(flags.out), record)
      const named = withNames(record, await namesOf(desk, [record]))
      return { exit: 0, json: traceToJson(named), text: accountTraceToText(named, pack) }
    }
    const [record] = await runRules(desk, flags, [readRule(String(flags.rule))], goOn)
    if (!record) throw new Error('a trace gave no record')
    if (flags.out !== undefined) writeRecord(String(flags.out), record)
    const named = await withNamesBeyond(desk, record)
    const beyond = named.continuation ? `\n\n${continuationToText(named, (chain) => desk.pack(chain))}` : ''
    return { exit: 0, json: traceToJson(named), text: `${traceToText(record, pack)}${beyond}` }
  },
}

export const traceCompare: CommandDefinition = {
  path: ['trace', 'compare'],
  summary: 'Trace value under several rules and show where they differ',
  arguments: [],
  options: [
    ...traceOptions,
    { flags: '--rules <rules>', help: 'all, or rule ids separated by commas (default all)' },
    { flags: '--out <folder>', help: 'write one trace record for each rule into this folder' },
  ],
  examples: [
    'comity trace compare --chain bitcoin --from TXID:0 --rules all',
    'comity trace compare --chain bitcoin --from TXID:0 --rules fifo,lifo,haircut --json',
  ],
  async run(desk, _args, flags) {
    const pack = desk.pack(String(flags.chain))
    const text = flags.rules === undefined ? 'all' : String(flags.rules)
    if (pack.family === 'account') {
      const records = await runAccountRules(desk, flags, chooseRules(text, accountRuleIds, readAccountRule), pack)
      writeRecords(flags, records)
      const names = await namesOf(desk, records)
      const named = records.map((record) => withNames(record, names))
      const divergence = compareAccountRules(named)
      return {
        exit: 0,
        json: { ...divergence, traces: named.map(traceToJson) } as unknown as Json,
        text: accountDivergenceToText(divergence, pack),
      }
    }
    const records = await runRules(desk, flags, chooseRules(text, ruleIds, readRule), goOn)
    writeRecords(flags, records)
    const named: TraceRecord[] = []
    for (const record of records) named.push(await withNamesBeyond(desk, record))
    const divergence = compareRules(named)
    const beyond = divergence.beyond ? `\n\n${divergenceBeyondToText(divergence.beyond, pack)}` : ''
    return {
      exit: 0,
      json: { ...divergence, traces: named.map(traceToJson) } as unknown as Json,
      text: `${divergenceToText(divergence, pack)}${beyond}`,
    }
  },
}

async function withNamesBeyond(desk: Desk, record: TraceRecord): Promise<TraceRecord> {
  const { continuation } = record
  if (continuation === undefined) return record
  const names = await namesOf(desk, continuation.records)
  return {
    ...record,
    continuation: { ...continuation, records: continuation.records.map((one) => withNames(one, names)) },
  }
}

export async function runRules(
  desk: Desk,
  flags: Flags,
  chosen: readonly RuleId[],
  further: (desk: Desk, record: TraceRecord) => Promise<TraceRecord> = async (_, record) => record,
  keep: (desk: Desk, record: TraceRecord) => Promise<void> = keepOutputTrace,
): Promise<TraceRecord[]> {
  const pack = desk.chain(String(flags.chain))
  const store = await desk.store()
  const tags = await desk.tags(readMinConfidence(flags.minConfidence))
  const opened = orStop(await openTrace({ store, pack, tags, progress: desk.progress }, readAsOf(flags.asOf)))
  const { requests } = await readRequests(flags, chosen, pack, store)
  const records: TraceRecord[] = []
  for (const request of requests) {
    const record = await further(desk, orStop(await opened.run(request)))
    await keep(desk, record)
    records.push(record)
  }
  desk.progress.done()
  return records
}

function chooseRules<Id extends string>(text: string, all: readonly Id[], read: (text: string) => Id): readonly Id[] {
  return text === 'all' ? all : [...new Set(text.split(',').map((one) => read(one.trim())))]
}

export function readRule(text: string): RuleId {
  const rule = findRule(text)
  if (!rule) {
    stop('RULE_UNKNOWN', `There is no rule called "${text}".`, {
      place: '--rule',
      fix: `Use one of ${ruleIds.join(', ')}.`,
    })
  }
  return rule.id
}

function writeRecords(flags: Flags, records: readonly (TraceRecord | AccountTraceRecord)[]): void {
  if (flags.out === undefined) return
  createFolder(String(flags.out))
  for (const record of records) writeRecord(`${String(flags.out)}/trace-${record.rule.id}.json`, record)
}

/** Data that passed through floating point, and an analyst's figures, are no evidence: their record is not written. */
export function refuseWithoutEvidence({ evidence }: TraceRecord | AccountTraceRecord, place: string): void {
  if (evidence.grade === 'refused' || evidence.grade === 'secondary') {
    stop('EVIDENCE_REFUSED', `The record is not written: ${evidence.reasons.join('; ')}.`, {
      place,
      fix:
        evidence.grade === 'secondary'
          ? 'Import the same transactions from a node or an export of the ledger, and trace them in their own assets.'
          : 'Import the same transactions from a node, block files or Esplora; then the amounts are verified and the record is written.',
    })
  }
}

function writeRecord(path: string, record: TraceRecord | AccountTraceRecord): void {
  refuseWithoutEvidence(record, path)
  try {
    writeFileSync(path, record.format === 'comity-trace/1' ? recordToText(record) : accountRecordToText(record))
  } catch (thrown) {
    stop(
      'FILE_NOT_WRITTEN',
      `The file cannot be written: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      { place: path, fix: 'Check the folder and its permissions.' },
    )
  }
}

function createFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (thrown) {
    stop(
      'FILE_NOT_WRITTEN',
      `The folder cannot be made: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
      { place: path, fix: 'Check the folder and its permissions.' },
    )
  }
}

/** The stable shape of `trace run --json`: docs/spec/json/trace.schema.json. */
export function traceToJson(record: TraceRecord | AccountTraceRecord): Json {
  const { result, ...rest } = record
  const continuation = 'continuation' in rest ? rest.continuation : undefined
  return {
    ...rest,
    ...(continuation
      ? { continuation: { ...continuation, records: continuation.records.map((one) => traceToJson(one)) } }
      : {}),
    rule: record.rule.id,
    ruleVersion: record.rule.version,
    legalName: record.rule.legalName,
    ...result,
  } as unknown as Json
}
