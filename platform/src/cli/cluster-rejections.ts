/** Where the data folder keeps what people rejected as evidence for clusters: one statement a line. */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { orStop } from '../kernel/index.ts'
import { parseStatements, type RejectionStatement, statementsToText } from '../tracing/index.ts'

export function rejectionsFile(home: string): string {
  return join(home, 'clusters', 'rejections.jsonl')
}

export function readRejections(home: string): readonly RejectionStatement[] {
  const path = rejectionsFile(home)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw thrown
  }
  return orStop(parseStatements(text, path))
}

/** Written beside and put in its place: whoever reads sees all of the old file or all of the new one. */
export function writeRejections(home: string, statements: readonly RejectionStatement[]): void {
  const path = rejectionsFile(home)
  mkdirSync(join(home, 'clusters'), { recursive: true, mode: 0o700 })
  const file = openSync(`${path}.new`, 'w', 0o600)
  try {
    writeSync(file, statementsToText(statements))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(`${path}.new`, path)
}
