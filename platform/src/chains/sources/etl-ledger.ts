/**
 * Blocks and transactions in bitcoin-etl's columns, in whatever order they come, made into a ledger. Shared by the
 * importers of exports as text and as Parquet; a `reading` is one pass over the source.
 */
import { Stop } from '../../kernel/index.ts'
import { headerHash } from '../block-codec.ts'
import type { ChainPack } from '../chain-pack.ts'
import {
  type EtlBlock,
  isEtlBlock,
  isEtlTransaction,
  readEtlBlock,
  readEtlTransaction,
  withCoinbaseScript,
} from '../etl-records.ts'
import type { JsonObject } from '../exact-json.ts'
import type { Defect, LedgerBlock } from '../ledger.ts'
import { meetsTarget } from '../recognise-block.ts'
import { concludeTransaction, type StatedTransaction } from '../transaction-statement.ts'
import { rootHolds } from './core-rpc.ts'
import { stopOnForeignAddress, stopOnForeignBlock } from './foreign-source.ts'
import { defectOf, EMPTY_PIECE, type ImportOptions, type Piece } from './importer.ts'
import { repetitions } from './repetitions.ts'

export type EtlEntry =
  | { readonly kind: 'row'; readonly row: JsonObject; readonly place: string; readonly done: number }
  | { readonly kind: 'defect'; readonly defect: Defect; readonly done: number }

export type EtlSource = {
  /** The rows that may be blocks; rows of transactions among them are passed over. */
  readonly blockRows: () => AsyncIterable<EtlEntry>
  readonly allRows: () => AsyncIterable<EtlEntry>
  readonly doubles: boolean
}

/** A block of the source while its transactions come in. */
type OpenBlock = {
  readonly block: EtlBlock
  readonly verified: VerifiedHeader
  readonly place: string
  /** Ids by position; in the order of the source where it gives no positions. */
  readonly ids: (string | undefined)[]
  received: number
  kept: number
}

type VerifiedHeader = { readonly prevHash: string | null; readonly headerVerified: boolean }

export async function* etlPieces(source: EtlSource, pack: ChainPack, options: ImportOptions): AsyncGenerator<Piece> {
  const { blocks, open, defects } = await openBlocks(source, pack, options)
  yield { ...EMPTY_PIECE, defects }
  const repeated = repetitions()
  for await (const entry of source.allRows()) {
    const { done } = entry
    if (entry.kind === 'defect') yield { ...EMPTY_PIECE, defects: [entry.defect], done }
    else if (isEtlTransaction(entry.row)) {
      const piece = repeated.without(
        readTransaction(entry.row, entry.place, source.doubles, blocks, pack, options),
        entry.place,
      )
      const block = blockOf(piece, open)
      if (!block) yield { ...withoutLate(piece, blocks, entry.place), done }
      else {
        for (const { txid, index } of piece.transactions) receive(block, txid, index)
        const finished = block.kept === block.block.transactionCount ? [closeBlock(block, open)] : []
        yield {
          ...piece,
          blocks: finished.flatMap((each) => each.blocks),
          defects: [...piece.defects, ...finished.flatMap((each) => each.defects)],
          done,
        }
      }
    } else if (!isEtlBlock(entry.row)) {
      yield {
        ...EMPTY_PIECE,
        defects: [
          {
            code: 'ITEM_NOT_USED',
            message: 'This row is no block and no transaction; it was not used.',
            place: entry.place,
            count: 1,
          },
        ],
        done,
      }
    }
  }
  for (const block of [...open.values()]) yield closeBlock(block, open)
}

async function openBlocks(
  source: EtlSource,
  pack: ChainPack,
  options: ImportOptions,
): Promise<{ blocks: ReadonlyMap<string, EtlBlock>; open: Map<string, OpenBlock>; defects: readonly Defect[] }> {
  const rows = new Map<string, { block: EtlBlock; place: string }>()
  const hashAt = new Map<number, string>()
  const defects: Defect[] = []
  const note = (code: string, message: string, place: string) => defects.push({ code, message, place, count: 1 })
  for await (const entry of source.blockRows()) {
    if (entry.kind === 'defect' || !isEtlBlock(entry.row)) continue
    try {
      const block = readEtlBlock(entry.row)
      stopOnForeignBlock(block, block.height, pack, options.knownPacks, entry.place)
      if (rows.has(block.hash))
        note('BLOCK_LISTED_TWICE', `Block ${block.hash} stood in this source before.`, entry.place)
      else rows.set(block.hash, { block, place: entry.place })
      hashAt.set(block.height, block.hash)
    } catch (thrown) {
      if (!(thrown instanceof Stop) || thrown.refusal.code === 'WRONG_CHAIN') throw thrown
      defects.push(defectOf(thrown.refusal, entry.place))
    }
  }
  const open = new Map<string, OpenBlock>()
  for (const { block, place } of rows.values()) {
    const verified = verifyHeader(block, hashAt)
    if (!verified)
      note(
        'BLOCK_HASH_MISMATCH',
        `The header fields of block ${block.hash} do not give its hash. The block was left out.`,
        place,
      )
    else if (block.bits !== null && !meetsTarget({ hash: block.hash, bits: block.bits }, pack))
      note(
        'BLOCK_WORK_MISSING',
        `The hash of block ${block.hash} does not meet its target. The block was left out.`,
        place,
      )
    else open.set(block.hash, { block, verified, place, ids: [], received: 0, kept: 0 })
  }
  const blocks = new Map([...open].map(([hash, { block }]) => [hash, block] as const))
  return { blocks, open, defects }
}

/**
 * Whether the header fields give the hash. bitcoin-etl leaves the hash of the parent out; where the source holds the block
 * before, that one's hash is tried, and the genesis block has none. `null`: the parent is stated, and the hash is another.
 */
function verifyHeader(block: EtlBlock, hashAt: ReadonlyMap<number, string>): VerifiedHeader | null {
  const { version, merkleRoot, time, bits, nonce, prevHash } = block
  const none = { prevHash, headerVerified: false }
  if (bits === null || nonce === null) return none
  const gives = (parent: string) =>
    headerHash({ version, prevHash: parent, merkleRoot, time, bits, nonce }) === block.hash
  if (prevHash !== null) return gives(prevHash) ? { prevHash, headerVerified: true } : null
  if (block.height === 0) return { prevHash: null, headerVerified: gives('0'.repeat(64)) }
  const parent = hashAt.get(block.height - 1)
  return parent !== undefined && gives(parent) ? { prevHash: parent, headerVerified: true } : none
}

function readTransaction(
  row: JsonObject,
  place: string,
  doubles: boolean,
  blocks: ReadonlyMap<string, EtlBlock>,
  pack: ChainPack,
  options: ImportOptions,
): Piece {
  let stated: StatedTransaction
  try {
    stated = readEtlTransaction(row, doubles)
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    const txid = row.get('hash')
    return {
      ...EMPTY_PIECE,
      defects: [defectOf(thrown.refusal, place, typeof txid === 'string' ? txid.slice(0, 64) : undefined)],
    }
  }
  stopOnForeignAddress(stated, pack, options.knownPacks, place)
  const block = stated.block.hash === null ? undefined : blocks.get(stated.block.hash)
  if (
    block &&
    (block.height !== stated.block.height || (stated.block.time !== null && block.time !== stated.block.time))
  ) {
    const message = `The transaction states height ${stated.block.height} and time ${stated.block.time}, its block ${block.height} and ${block.time}. The transaction was left out.`
    return { ...EMPTY_PIECE, defects: [{ code: 'BLOCK_HEIGHT_MISMATCH', message, place, txid: stated.txid, count: 1 }] }
  }
  const index = block?.transactionCount === 1 && stated.index === null ? 0 : stated.index
  const coinbase = stated.inputs[0]?.prev === null
  const { transaction, defects } = concludeTransaction(
    { ...(block && coinbase ? withCoinbaseScript(stated, block) : stated), index },
    pack,
    place,
  )
  return { ...EMPTY_PIECE, transactions: transaction ? [transaction] : [], defects }
}

function blockOf(piece: Piece, open: ReadonlyMap<string, OpenBlock>): OpenBlock | null {
  const [transaction] = piece.transactions
  return (transaction?.block.hash && open.get(transaction.block.hash)) || null
}

/** A transaction of a block of which all transactions came before cannot be one of them. */
function withoutLate(piece: Piece, blocks: ReadonlyMap<string, EtlBlock>, place: string): Piece {
  const late = piece.transactions.filter(({ block }) => block.hash !== null && blocks.has(block.hash))
  const defects = late.map(({ txid, block }) => ({
    code: 'TX_NOT_IN_BLOCK',
    message: `All transactions of block ${block.hash} came before this one. It was left out.`,
    place,
    txid,
    count: 1,
  }))
  const transactions = piece.transactions.filter((transaction) => !late.includes(transaction))
  return { ...piece, transactions, defects: [...piece.defects, ...defects] }
}

function receive(block: OpenBlock, txid: string, index: number | null): void {
  const limit = block.block.transactionCount ?? 0
  const place = index ?? block.received
  block.received++
  if (place < limit && block.ids[place] === undefined) {
    block.ids[place] = txid
    block.kept++
  }
}

function closeBlock(open: OpenBlock, all: Map<string, OpenBlock>): Piece {
  all.delete(open.block.hash)
  const { hash, height, time, merkleRoot, bits, transactionCount } = open.block
  const defects: Defect[] = []
  const ids = open.ids.flatMap((id) => id ?? [])
  const whole = transactionCount !== null && ids.length === transactionCount
  const proved = whole && rootHolds(ids, { merkleRoot })
  if (whole && !proved)
    defects.push({
      code: 'BLOCK_MERKLE_MISMATCH',
      message: `The transaction ids of block ${hash} do not give its Merkle root; the block counts as partial.`,
      place: open.place,
      count: 1,
    })
  if (!whole && ids.length > 0) {
    const missing = (transactionCount ?? 0) - ids.length
    const message =
      transactionCount === null
        ? `Block ${hash} does not state how many transactions it has.`
        : `${missing} of the ${transactionCount} transactions of block ${hash} are not in the source.`
    defects.push({ code: 'TX_MISSING', message, place: open.place, count: Math.max(1, missing) })
  }
  const block: LedgerBlock = {
    height,
    hash,
    time,
    merkleRoot,
    bits,
    ...open.verified,
    completeness: proved ? 'merkle' : 'partial',
  }
  return { ...EMPTY_PIECE, blocks: [block], defects }
}
