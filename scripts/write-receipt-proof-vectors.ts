/**
 * Writes vectors/receipt-proofs/vectors.json: `node scripts/write-receipt-proof-vectors.ts`.
 * platform/src/node/exchange/receipt-proofs.test.ts runs what lies there, and fails where it is not what this writes.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { receiptProofVectors } from '../platform/src/node/testing/receipt-proof-vectors.ts'

export const receiptProofFile = fileURLToPath(new URL('../vectors/receipt-proofs/vectors.json', import.meta.url))

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(fileURLToPath(new URL('../vectors/receipt-proofs/', import.meta.url)), { recursive: true })
  writeFileSync(receiptProofFile, `${JSON.stringify(await receiptProofVectors(), null, 1)}\n`)
}
