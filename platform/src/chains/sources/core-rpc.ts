/**
 * Answers of a node from files: `getblock` with transactions (verbosity 2, 3), or `getblock` with ids (verbosity 1) together
 * with `getrawtransaction`, bare or as JSON-RPC `result`s, in any order.
 *
 * The files are read twice where transactions stand apart from their blocks, because these do not say their height.
 */
import { bytesToHex, hexToBytes, reversed, Stop } from '../../kernel/index.ts'
import type { ChainPack } from '../chain-pack.ts'
import {
  type CoreBlock,
  isCoreBlock,
  isCoreTransaction,
  readCoreBlock,
  readCoreTransaction,
} from '../core-transaction.ts'
import type { JsonObject } from '../exact-json.ts'
import type { BlockRef, Defect, LedgerBlock, LedgerTx } from '../ledger.ts'
import { merkleRoot } from '../merkle.ts'
import { meetsTarget } from '../recognise-block.ts'
import { concludeTransaction } from '../transaction-statement.ts'
import { stopOnForeignAddress, stopOnForeignBlock } from './foreign-source.ts'
import {
  defectOf,
  EMPTY_PIECE,
  type Importer,
  type ImportOptions,
  inSteps,
  type Piece,
  type ReadContext,
} from './importer.ts'
import { type JsonEntry, jsonEntries, objectsIn } from './json-items.ts'
import { repetitions } from './repetitions.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function coreRpcImporter(
  name: string,
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
): Importer {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    format: 'core-rpc',
    describe: () => describeFiles(pack.caip2, 'core-rpc', name, files),
    read: (context) => inSteps(pieces(files, pack, options, context), { name, total }, context, options),
  }
}

/** What transactions that stand alone need to know of their blocks. */
type Listing = {
  readonly refs: ReadonlyMap<string, BlockRef>
  /** Blocks that list their transactions by id only, by hash. */
  readonly listed: ReadonlyMap<string, CoreBlock>
  readonly placesByTxid: ReadonlyMap<string, readonly { readonly block: string; readonly index: number }[]>
}

async function* pieces(
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
  context: ReadContext,
): AsyncGenerator<Piece> {
  const listing = await listBlocks(files)
  const repeated = repetitions()
  const blocksRead = new Set<string>()
  const found = new Map<string, Set<string>>()
  for await (const entry of entriesOf(files)) {
    if (entry.kind === 'defect') {
      yield { ...EMPTY_PIECE, defects: [entry.defect], done: entry.done }
      continue
    }
    const { place, done } = entry
    let used = false
    for (const object of objectsIn(entry.value)) {
      used ||= isCoreBlock(object) || isCoreTransaction(object)
      if (isCoreBlock(object)) yield { ...blockPiece(object, place, pack, options, blocksRead, listing), done }
      else if (isCoreTransaction(object)) {
        const piece = await transactionPiece(object, place, pack, options, context, listing)
        for (const { txid, block } of piece.transactions)
          if (block.hash && listing.listed.has(block.hash))
            found.set(block.hash, (found.get(block.hash) ?? new Set()).add(txid))
        yield { ...repeated.without(piece, place), done }
      }
    }
    if (!used)
      yield {
        ...EMPTY_PIECE,
        defects: [
          {
            code: 'ITEM_NOT_USED',
            message: 'This value is no block and no transaction of a node; it was not used.',
            place,
            count: 1,
          },
        ],
        done,
      }
  }
  for (const block of listing.listed.values()) {
    if (blocksRead.has(idsOf(block)) && !blocksRead.has(block.hash))
      yield listedBlock(block, found.get(block.hash) ?? new Set())
  }
}

async function listBlocks(files: readonly SourceFile[]): Promise<Listing> {
  const refs = new Map<string, BlockRef>()
  const listed = new Map<string, CoreBlock>()
  const placesByTxid = new Map<string, { block: string; index: number }[]>()
  for await (const entry of entriesOf(files)) {
    if (entry.kind === 'defect') continue
    for (const object of objectsIn(entry.value)) {
      const block = isCoreBlock(object) ? blockOrNull(object) : null
      if (!block?.headerVerified) continue
      refs.set(block.hash, refOf(block))
      const ids = block.transactions.flatMap((transaction) => (typeof transaction === 'string' ? [transaction] : []))
      // The list of ids places a transaction in the block only if it gives the root that the header holds.
      if (ids.length !== block.transactions.length || listed.has(block.hash) || !rootHolds(ids, block)) continue
      listed.set(block.hash, block)
      for (const [index, txid] of ids.entries()) {
        const places = placesByTxid.get(txid)
        if (places) places.push({ block: block.hash, index })
        else placesByTxid.set(txid, [{ block: block.hash, index }])
      }
    }
  }
  return { refs, listed, placesByTxid }
}

function blockPiece(
  object: JsonObject,
  place: string,
  pack: ChainPack,
  options: ImportOptions,
  blocksRead: Set<string>,
  listing: Listing,
): Piece {
  const defects: Defect[] = []
  const leftOut = (code: string, message: string): Piece => ({
    ...EMPTY_PIECE,
    defects: [{ code, message, place, count: 1 }],
  })
  let block: CoreBlock
  try {
    block = readCoreBlock(object)
  } catch (thrown) {
    if (thrown instanceof Stop) return { ...EMPTY_PIECE, defects: [defectOf(thrown.refusal, place)] }
    throw thrown
  }
  if (!block.headerVerified)
    return leftOut(
      'BLOCK_HASH_MISMATCH',
      `The header fields of block ${block.hash} do not give its hash. The block was left out.`,
    )
  if (!meetsTarget(block, pack))
    return leftOut(
      'BLOCK_WORK_MISSING',
      `The hash of block ${block.hash} does not meet its target. The block was left out.`,
    )
  const parent = block.prevHash === null ? null : listing.refs.get(block.prevHash)
  const counted = block.prevHash === null ? 0 : parent ? parent.height + 1 : block.height
  if (counted !== block.height) {
    const message = `Block ${block.hash} states height ${block.height}, but its parent gives it ${counted}. It was left out.`
    return leftOut('BLOCK_HEIGHT_MISMATCH', message)
  }
  stopOnForeignBlock(block, block.height, pack, options.knownPacks, place)
  const listedOnly = block.transactions.some((item) => typeof item === 'string')
  const key = listedOnly ? idsOf(block) : block.hash
  if (blocksRead.has(key)) return leftOut('BLOCK_LISTED_TWICE', `Block ${block.hash} stood in this source before.`)
  const transactions: LedgerTx[] = []
  const ids: string[] = []
  for (const [index, item] of block.transactions.entries()) {
    if (typeof item === 'string') {
      ids.push(item)
      continue
    }
    const concluded = transactionOf(item, refOf(block), index, `${place}, transaction ${index}`, pack, options)
    defects.push(...concluded.defects)
    if (concluded.txid) ids.push(concluded.txid)
    if (concluded.transaction) transactions.push(concluded.transaction)
  }
  if (ids.length !== block.transactions.length || !rootHolds(ids, block)) {
    const message = `The transaction ids of block ${block.hash} do not give the Merkle root of its header. The block was left out.`
    return { ...EMPTY_PIECE, defects: [...defects, { code: 'BLOCK_MERKLE_MISMATCH', message, place, count: 1 }] }
  }
  blocksRead.add(key)
  if (listedOnly) return { ...EMPTY_PIECE, defects }
  const whole = transactions.length === block.transactions.length
  return { ...EMPTY_PIECE, blocks: [ledgerBlock(block, whole)], transactions, defects }
}

async function transactionPiece(
  object: JsonObject,
  place: string,
  pack: ChainPack,
  options: ImportOptions,
  context: ReadContext,
  listing: Listing,
): Promise<Piece> {
  const txid = object.get('txid')
  const known = typeof txid === 'string' ? txid.toLowerCase() : ''
  const named = object.get('blockhash')
  const hash = typeof named === 'string' ? named.toLowerCase() : null
  const places: { ref: BlockRef; index: number | null }[] = (listing.placesByTxid.get(known) ?? []).flatMap(
    ({ block, index }) => {
      const ref = listing.refs.get(block)
      return ref ? [{ ref, index }] : []
    },
  )
  if (hash !== null && !places.some(({ ref }) => ref.hash === hash)) {
    const ref = listing.refs.get(hash)
    const height = ref ? ref.height : ((await context.heightOf?.(hash)) ?? null)
    if (height !== null) places.push({ ref: ref ?? { height, hash, time: null }, index: null })
  }
  if (places.length === 0) {
    const [code, message] =
      hash === null
        ? ['TX_UNCONFIRMED', 'The transaction is in no block yet; it was not imported.']
        : ['TX_BLOCK_UNKNOWN', `The height of block ${hash.slice(0, 64)}, which the transaction names, is not known.`]
    return {
      ...EMPTY_PIECE,
      defects: [{ code, message, place, count: 1, ...(known ? { txid: known.slice(0, 64) } : {}) }],
    }
  }
  const transactions: LedgerTx[] = []
  const defects: Defect[] = []
  for (const { ref, index } of places) {
    const concluded = transactionOf(object, ref, index, place, pack, options)
    if (concluded.transaction) transactions.push(concluded.transaction)
    if (defects.length === 0) defects.push(...concluded.defects)
  }
  return { ...EMPTY_PIECE, transactions, defects }
}

type Concluded = {
  readonly txid: string | null
  readonly transaction: LedgerTx | null
  readonly defects: readonly Defect[]
}

function transactionOf(
  object: JsonObject,
  block: BlockRef,
  index: number | null,
  place: string,
  pack: ChainPack,
  options: ImportOptions,
): Concluded {
  try {
    const stated = readCoreTransaction(object, block, index, pack.asset.decimals)
    stopOnForeignAddress(stated, pack, options.knownPacks, place)
    return { txid: stated.txid, ...concludeTransaction(stated, pack, place) }
  } catch (thrown) {
    if (!(thrown instanceof Stop) || thrown.refusal.code === 'WRONG_CHAIN') throw thrown
    const txid = object.get('txid')
    const known = typeof txid === 'string' && /^[0-9a-f]{64}$/.test(txid) ? txid : null
    return { txid: known, transaction: null, defects: [defectOf(thrown.refusal, place, known ?? undefined)] }
  }
}

function listedBlock(block: CoreBlock, found: ReadonlySet<string>): Piece {
  const missing = block.transactions.filter((txid) => typeof txid === 'string' && !found.has(txid)).length
  const message = `${missing} of the ${block.transactions.length} transactions of block ${block.hash} are not in the source.`
  const defects: Defect[] =
    missing > 0 && found.size > 0 ? [{ code: 'TX_MISSING', message, place: `block ${block.hash}`, count: missing }] : []
  return { ...EMPTY_PIECE, blocks: [ledgerBlock(block, missing === 0)], defects }
}

/** Under this key a block counts as read that came with the ids of its transactions only. */
function idsOf(block: CoreBlock): string {
  return `ids of ${block.hash}`
}

function ledgerBlock(block: CoreBlock, whole: boolean): LedgerBlock {
  const { height, hash, prevHash, time, merkleRoot: root, bits, headerVerified } = block
  return {
    height,
    hash,
    prevHash,
    time,
    merkleRoot: root,
    bits,
    headerVerified,
    completeness: whole ? 'merkle' : 'partial',
  }
}

function refOf({ height, hash, time }: CoreBlock): BlockRef {
  return { height, hash, time }
}

export function rootHolds(ids: readonly string[], block: { readonly merkleRoot: string }): boolean {
  const tree = merkleRoot(ids.map((id) => reversed(hexToBytes(id))))
  return tree !== null && !tree.ambiguous && bytesToHex(reversed(tree.root)) === block.merkleRoot
}

function blockOrNull(object: JsonObject): CoreBlock | null {
  try {
    return readCoreBlock(object)
  } catch (thrown) {
    if (thrown instanceof Stop) return null
    throw thrown
  }
}

async function* entriesOf(files: readonly SourceFile[]): AsyncGenerator<JsonEntry> {
  let before = 0
  for (const file of files) {
    yield* jsonEntries(file, before)
    before += file.bytes
  }
}
