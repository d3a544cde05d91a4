/**
 * Writes vectors/exchange/{good,bad}/*.json and directory.json: `node scripts/write-exchange-vectors.ts`.
 * platform/src/exchange/wire/vectors.test.ts runs what lies there, and fails where a file is not what this writes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { badApprovalVectors, goodApprovalVectors } from '../platform/src/exchange/testing/approval-vectors.ts'
import { badVectors } from '../platform/src/exchange/wire/testing/bad-vectors.ts'
import { goodVectors } from '../platform/src/exchange/wire/testing/good-vectors.ts'
import { receiver, vectorKeys } from '../platform/src/exchange/wire/testing/vector.ts'

export const exchangeVectorFolder = fileURLToPath(new URL('../vectors/exchange/', import.meta.url))

/** Path below the folder → text. */
export function exchangeVectorFiles(): ReadonlyMap<string, string> {
  const text = (value: unknown) => `${JSON.stringify(value, null, 1)}\n`
  return new Map<string, string>([
    ['directory.json', text({ receiver, keys: vectorKeys })],
    ['good/approvals.json', text(goodApprovalVectors())],
    ['bad/approvals.json', text(badApprovalVectors())],
    ...[...goodVectors()].map(([name, vectors]) => [`good/${name}`, text(vectors)] as const),
    ...[...badVectors()].map(([name, vectors]) => [`bad/${name}`, text(vectors)] as const),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const folder of ['good', 'bad']) {
    rmSync(`${exchangeVectorFolder}${folder}`, { recursive: true, force: true })
    mkdirSync(`${exchangeVectorFolder}${folder}`, { recursive: true })
  }
  for (const [path, text] of exchangeVectorFiles()) writeFileSync(`${exchangeVectorFolder}${path}`, text)
}
