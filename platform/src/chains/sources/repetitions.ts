/**
 * Things listed twice in one source. The first is kept; a second with the same content is dropped, one with other content
 * too unless only the second is proved by its id. Remembers the last quarter of a million or more transactions: what
 * repeats further apart is for the ledger's merge to find.
 */
import { sha256Text } from '../../kernel/index.ts'
import type { Defect, LedgerTx } from '../ledger.ts'
import type { Piece } from './importer.ts'

const WINDOW = 250_000

type Seen = { readonly digest: string; readonly proved: boolean }

export function repetitions(): { without: (piece: Piece, place: string) => Piece } {
  let recent = new Map<string, Seen>()
  let older = new Map<string, Seen>()
  return {
    without: (piece, place) => {
      if (piece.transactions.length === 0) return piece
      const defects: Defect[] = []
      const transactions = piece.transactions.filter((transaction) => {
        const key = `${transaction.txid}@${transaction.block.hash ?? transaction.block.height}`
        const seen = { digest: contentDigest(transaction), proved: transaction.proof === 'txid' }
        const earlier = recent.get(key) ?? older.get(key)
        if (recent.size >= WINDOW) {
          older = recent
          recent = new Map()
        }
        if (!earlier || (seen.proved && !earlier.proved)) recent.set(key, seen)
        if (!earlier) return true
        const same = earlier.digest === seen.digest
        const kept = seen.proved && !earlier.proved && !same
        defects.push({
          code: same ? 'TX_LISTED_TWICE' : 'TX_LISTED_DIFFERENTLY',
          message: same
            ? 'The transaction stood in this source before, with the same content.'
            : `The transaction stood in this source before, with other content; ${kept ? 'this one is proved by its id and was delivered too' : 'the first was kept'}.`,
          place,
          txid: transaction.txid,
          count: 1,
        })
        return kept
      })
      return { ...piece, transactions, defects: [...piece.defects, ...defects] }
    },
  }
}

function contentDigest({ index: _, ...content }: LedgerTx): string {
  return sha256Text(
    JSON.stringify(content, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
  ).slice(0, 32)
}
