/** Vectors of proofs of receipts: what this writes today, and what it says of each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseVkey } from '../../evidence/index.ts'
import { orStop, textToBytes } from '../../kernel/index.ts'
import { type ReceiptProofVector, receiptProofVectors } from '../testing/receipt-proof-vectors.ts'
import { witnessPolicyOf } from './cosigning.ts'
import { checkReceiptProof } from './receipt-proofs.ts'

const FILE = join(import.meta.dirname, '../../../../vectors/receipt-proofs/vectors.json')
const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as readonly ReceiptProofVector[]

test('are what is written today', async () => {
  expect(await receiptProofVectors()).toEqual(vectors)
})

test.each(vectors.map((vector) => [vector.claim, vector] as const))('%s', (_, vector) => {
  const { from, id, digest, receipt, journalKey, witnesses, needed, proof, refused } = vector
  const keys = witnesses.map((text) => ({ id: text, key: orStop(parseVkey(text)) }))
  const policy = witnessPolicyOf(orStop(parseVkey(journalKey)), keys, needed)
  const checked = checkReceiptProof(textToBytes(proof), { from, id, digest, receipt: textToBytes(receipt) }, policy)
  expect(checked.ok ? null : checked.refusal.code).toBe(refused)
})
