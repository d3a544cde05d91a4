/** How much of a chain of accounts follows from hashes, as commands say it. */
import type { AccountProofs } from '../../chains/index.ts'
import type { Json } from '../../kernel/index.ts'
import { count } from '../present.ts'

export function proofsJson({ transactions, ...proofs }: AccountProofs): Json {
  return { ...proofs, transactions: { ...transactions } }
}

/** What follows from hashes and signatures, and that the rest is stated. */
export function proofsText(
  { blocks, transactions, places, receipts }: AccountProofs,
  counts: { readonly blocks: number; readonly transactions: number },
): string {
  const { txid, mismatch, doubles } = transactions
  const flawed = [
    ...(mismatch > 0 ? [`${mismatch} do not hash to their ids`] : []),
    ...(doubles > 0 ? [`${doubles} through floating point`] : []),
  ]
  return [
    `headers of ${blocks} of ${count(counts.blocks, 'block')} hashed to their hashes; of ${count(counts.transactions, 'transaction')}`,
    `${txid} hashed to their ids and senders, ${places} to their places, ${receipts} with their receipts; the rest is stated`,
    ...flawed,
  ].join(', ')
}
