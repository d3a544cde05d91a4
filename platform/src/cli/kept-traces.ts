/**
 * The records of traces that met a bridge, kept in the data folder so that they can be run again when a person rejects a link: one
 * file each, named by its digest, and never changed. What took the place of one stands in the book of links.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { orStop } from '../kernel/index.ts'
import {
  ACCOUNT_RECORD_FORMAT,
  type AccountTraceRecord,
  accountRecordToText,
  bridgesMet,
  isAccountRecord,
  parseAccountRecord,
  parseRecord,
  recordToText,
  type TraceRecord,
} from '../tracing/index.ts'

export type AnyRecord = TraceRecord | AccountTraceRecord

export function keptTraceFile(home: string, digest: string): string {
  return join(home, 'traces', `${digest}.json`)
}

/** Only where it rests on links between chains, or would if there were one. */
export function keepRecord(home: string, record: AnyRecord): void {
  const { links, sources, payments } = bridgesMet(record)
  if (links.length + sources.length + payments.length === 0) return
  const path = keptTraceFile(home, record.digest)
  mkdirSync(join(home, 'traces'), { recursive: true, mode: 0o700 })
  // Written beside and put in its place: whoever reads sees all of it or nothing.
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, anyRecordToText(record))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}

/** In the order of their digests. */
export function keptRecords(home: string): readonly AnyRecord[] {
  return keptNames(home).map((name) => {
    const path = join(home, 'traces', name)
    return parseAnyRecord(readFileSync(path, 'utf8'), path)
  })
}

export function parseAnyRecord(text: string, place: string): AnyRecord {
  return isAccountRecord(text) ? orStop(parseAccountRecord(text, place)) : orStop(parseRecord(text, place))
}

export function anyRecordToText(record: AnyRecord): string {
  return isOfAccounts(record) ? accountRecordToText(record) : recordToText(record)
}

export function isOfAccounts(record: AnyRecord): record is AccountTraceRecord {
  return record.format === ACCOUNT_RECORD_FORMAT
}

function keptNames(home: string): readonly string[] {
  try {
    return readdirSync(join(home, 'traces'))
      .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
      .sort()
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
}
