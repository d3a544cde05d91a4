/** What importers of account chains offer, and how their pieces become batches that can be resumed. */

import type { AccountStep } from '../account-import.ts'
import type { AccountTx, LogEntry, Move } from '../account-ledger.ts'
import type { Defect, LedgerBlock, SourceDescription, SourceFormat } from '../ledger.ts'
import { defectTally, type ImportOptions, piecesOf } from './importer.ts'

export interface AccountImporter {
  readonly format: SourceFormat
  describe(): Promise<SourceDescription>
  /** Refusals are thrown as `Stop`. */
  read(context: { readonly cursor: string | null }): AsyncGenerator<AccountStep>
  /** Names that the source gives to addresses; asked after reading. */
  labels?(): readonly AddressLabel[]
}

export type AddressLabel = { readonly address: string; readonly label: string }

export type AccountPiece = {
  readonly blocks: readonly LedgerBlock[]
  readonly transactions: readonly AccountTx[]
  readonly moves: readonly Move[]
  readonly logs: readonly LogEntry[]
  readonly defects: readonly Defect[]
  readonly done: number
}

export const EMPTY_ACCOUNT_PIECE: AccountPiece = {
  blocks: [],
  transactions: [],
  moves: [],
  logs: [],
  defects: [],
  done: 0,
}

/** A place names one move: of two that claim it within a block or a transaction the first is kept. */
function withoutRepeats(piece: AccountPiece): AccountPiece {
  const kept = new Map<string, Move>()
  const defects: Defect[] = []
  for (const move of piece.moves) {
    const name = `${move.txid} ${move.place}`
    if (!kept.has(name)) kept.set(name, move)
    else
      defects.push({
        code: 'MOVE_LISTED_TWICE',
        message: `Two moves claim the place ${move.place}; the first was kept.`,
        place: `block ${move.height}`,
        count: 1,
        ...(move.txid.startsWith('block:') ? {} : { txid: move.txid }),
      })
  }
  return defects.length === 0 ? piece : { ...piece, moves: [...kept.values()], defects: [...piece.defects, ...defects] }
}

const BATCH_ROWS = 20_000

type Growing = { -readonly [Field in keyof Omit<AccountPiece, 'done'>]: AccountPiece[Field][number][] }

const empty = (): Growing => ({ blocks: [], transactions: [], moves: [], logs: [], defects: [] })

/** As `inSteps` does for chains of outputs: the cursor counts pieces, and many defects of one kind are counted. */
export async function* accountSteps(
  pieces: AsyncIterable<AccountPiece>,
  source: { readonly name: string; readonly total: number },
  cursor: string | null,
  options: ImportOptions,
): AsyncGenerator<AccountStep> {
  const passOver = piecesOf(cursor)
  const tally = defectTally(source.name)
  let seen = 0
  let done = 0
  let batch = empty()
  const step = (): AccountStep => ({
    batch,
    cursor: `after ${seen} pieces`,
    done: Math.min(done, source.total),
    total: source.total,
  })
  for await (const whole of pieces) {
    const piece = withoutRepeats(whole)
    const defects = tally.listed(piece.defects)
    seen++
    done = Math.max(done, piece.done)
    if (seen <= passOver) continue
    for (const block of piece.blocks) batch.blocks.push(block)
    for (const transaction of piece.transactions) batch.transactions.push(transaction)
    for (const move of piece.moves) batch.moves.push(move)
    for (const log of piece.logs) batch.logs.push(log)
    batch.defects.push(...defects)
    if (batch.transactions.length + batch.moves.length + batch.logs.length >= (options.batchSize ?? BATCH_ROWS)) {
      yield step()
      batch = empty()
    }
  }
  seen++
  if (seen <= passOver) return
  batch.defects.push(...tally.rest())
  done = source.total
  yield step()
}
