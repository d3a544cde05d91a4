/** What every importer offers, and how its pieces become batches that can be resumed. */
import { type Refusal, stop } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { Defect, LedgerBatch, LedgerBlock, LedgerTx, SourceDescription, SourceFormat } from '../ledger.ts'

export interface Importer {
  readonly format: SourceFormat
  /** Name, checksum and size of the source as it lies there. For a server: after its answers were fetched and kept. */
  describe(): Promise<SourceDescription>
  /** The content, from the beginning or from a cursor of an earlier step. Refusals are thrown as `Stop`. */
  read(context: ReadContext): AsyncGenerator<ImportStep>
}

export type ReadContext = {
  /** The cursor of the last step that was kept; `null` to begin. */
  readonly cursor: string | null
  /** The height of a block that the ledger already holds: lets raw blocks without a height be placed after it. */
  readonly heightOf?: (hash: string) => Promise<number | null>
}

export type ImportStep = {
  readonly batch: LedgerBatch
  readonly cursor: string
  /** Bytes of the source consumed so far. */
  readonly done: number
  readonly total?: number
}

export type ImportOptions = {
  /** Chains by which a wrong source is recognised and named. */
  readonly knownPacks: readonly ChainPack[]
  /** Where the answers of a server are kept before they are imported. Required for URLs. */
  readonly keepIn?: string
  /** What several files are called together. Absent: by their names. */
  readonly name?: string
  /** Where raw blocks wait whose height is not known yet. Without it they are left out. */
  readonly waitIn?: string
  /** core-rpc server: heights to fetch, both included. */
  readonly from?: number
  readonly to?: number
  /** core-rpc server: file with `user:password` (the node's `.cookie`). */
  readonly cookieFile?: string
  /** core-rpc server: `user:password`, from the environment. Never logged. */
  readonly credentials?: string
  /** Milliseconds before a request is given up; tries in all; first pause between tries in milliseconds. */
  readonly patience?: { readonly timeout: number; readonly tries: number; readonly pause: number }
  /** Transactions in one batch, about. */
  readonly batchSize?: number
}

/** The smallest thing an importer delivers: a whole block or a whole transaction, or defects alone. */
export type Piece = {
  readonly blocks: readonly LedgerBlock[]
  readonly transactions: readonly LedgerTx[]
  readonly defects: readonly Defect[]
  readonly done: number
}

export const EMPTY_PIECE: Piece = { blocks: [], transactions: [], defects: [], done: 0 }

const BATCH_TRANSACTIONS = 5_000
const BATCH_PLACES = 60_000
const DEFECTS_LISTED = 200

/**
 * Pieces in batches. The cursor counts the pieces delivered, `skipped` of which the importer already left out; on
 * resuming the rest is passed over here, so that what an importer remembers between pieces is the same either way.
 * More than 200 defects of one kind are listed one by one, the rest counted.
 */
export async function* inSteps(
  pieces: AsyncIterable<Piece>,
  source: { readonly name: string; readonly total: number },
  context: ReadContext,
  options: ImportOptions,
): AsyncGenerator<ImportStep> {
  const passOver = piecesOf(context.cursor)
  const tally = defectTally(source.name)
  let seen = 0
  let batch = emptyBatch()
  let places = 0
  let done = 0
  const step = (): ImportStep => ({
    batch,
    cursor: `after ${seen} pieces`,
    done: Math.min(done, source.total),
    total: source.total,
  })
  for await (const piece of pieces) {
    const defects = tally.listed(piece.defects)
    seen++
    done = Math.max(done, piece.done)
    if (seen <= passOver) continue
    batch.blocks.push(...piece.blocks)
    for (const transaction of piece.transactions) {
      batch.transactions.push(transaction)
      places += transaction.inputs.length + transaction.outputs.length
    }
    batch.defects.push(...defects)
    if (
      batch.transactions.length >= (options.batchSize ?? BATCH_TRANSACTIONS) ||
      places >= BATCH_PLACES ||
      batch.blocks.length >= BATCH_TRANSACTIONS
    ) {
      yield step()
      batch = emptyBatch()
      places = 0
    }
  }
  seen++
  if (seen <= passOver) return
  batch.defects.push(...tally.rest())
  done = source.total
  yield step()
}

/** How many pieces a cursor says were delivered. */
export function piecesOf(cursor: string | null): number {
  if (cursor === null) return 0
  const match = /^after ([0-9]{1,15}) pieces$/.exec(cursor)
  return match
    ? Number(match[1])
    : stop('CURSOR_UNKNOWN', 'The position at which the import was interrupted cannot be read.', {
        place: cursor.slice(0, 60),
        fix: 'Abandon the source and import it again.',
      })
}

export function defectOf(refusal: Refusal, place: string, txid?: string): Defect {
  const where = refusal.place === undefined ? place : `${place}, ${refusal.place}`
  return {
    code: refusal.code,
    message: refusal.message,
    place: where,
    count: 1,
    ...(txid === undefined ? {} : { txid }),
  }
}

type GrowingBatch = { blocks: LedgerBlock[]; transactions: LedgerTx[]; defects: Defect[] }

function emptyBatch(): GrowingBatch {
  return { blocks: [], transactions: [], defects: [] }
}

export function defectTally(name: string): { listed: (defects: readonly Defect[]) => Defect[]; rest: () => Defect[] } {
  const counts = new Map<string, number>()
  return {
    listed: (defects) =>
      defects.filter(({ code }) => {
        const count = (counts.get(code) ?? 0) + 1
        counts.set(code, count)
        return count <= DEFECTS_LISTED
      }),
    rest: () =>
      [...counts]
        .filter(([, count]) => count > DEFECTS_LISTED)
        .map(([code, count]) => ({
          code,
          message: `The same flaw occurs ${count - DEFECTS_LISTED} more times.`,
          place: name,
          count: count - DEFECTS_LISTED,
        })),
  }
}
