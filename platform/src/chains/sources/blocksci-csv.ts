/**
 * A BlockSci export as CSV: transactions, heights, inputs, outputs and addresses in five tables joined by indices.
 *
 * The export has no scripts and no block hashes, so that nothing in it can be proved by a hash; what can be checked is
 * that it agrees with itself. A row that was left out takes its transaction with it: a transaction with an output or an
 * input missing would move another amount.
 */

import { hexToBytes, stop } from '../../kernel/index.ts'
import { decodeHeader } from '../block-codec.ts'
import type { ChainPack } from '../chain-pack.ts'
import type { Defect, LedgerTx } from '../ledger.ts'
import { concludeTransaction, type StatedInput, type StatedOutput } from '../transaction-statement.ts'
import { BLOCKSCI_TABLES, type BlockSciTables, readTables } from './blocksci-rows.ts'
import { EMPTY_PIECE, type Importer, type ImportOptions, inSteps, type Piece } from './importer.ts'
import { describeFiles, type SourceFile } from './source-files.ts'

export function isBlockSciFile(name: string): boolean {
  return BLOCKSCI_TABLES.some((table) => [`${table}.csv`, `${table}.csv.gz`, `${table}.csv.zst`].includes(name))
}

export function blockSciImporter(
  name: string,
  files: readonly SourceFile[],
  pack: ChainPack,
  options: ImportOptions,
): Importer {
  const total = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    format: 'blocksci-csv',
    describe: () => describeFiles(pack.caip2, 'blocksci-csv', name, files),
    read: (context) => inSteps(pieces(files, pack, total), { name, total }, context, options),
  }
}

async function* pieces(files: readonly SourceFile[], pack: ChainPack, total: number): AsyncGenerator<Piece> {
  const tables = await readTables(files)
  yield { ...EMPTY_PIECE, defects: [...tables.defects, ...strayRows(tables)] }
  const blocks = blocksOf(tables)
  stopOnForeignGenesis(blocks, tables, pack)
  let nth = 0
  for (const [n, block] of blocks.entries()) {
    const gap = n > 0 && block.first !== (blocks[n - 1]?.last ?? 0) + 1
    yield { ...readBlock(block, tables, pack, gap || block.gaps), done: Math.floor((total * ++nth) / blocks.length) }
  }
}

type IndexedBlock = {
  readonly height: number
  readonly txs: readonly number[]
  readonly first: number
  readonly last: number
  readonly gaps: boolean
}

/** Blocks by height. BlockSci numbers transactions in chain order, so a missing number is a missing transaction. */
function blocksOf(tables: BlockSciTables): readonly IndexedBlock[] {
  const byHeight = new Map<number, number[]>()
  for (const [tx, height] of tables.heights) {
    const txs = byHeight.get(height)
    if (txs) txs.push(tx)
    else byHeight.set(height, [tx])
  }
  return [...byHeight]
    .sort(([a], [b]) => a - b)
    .map(([height, unordered]) => {
      const txs = unordered.sort((a, b) => a - b)
      const [first, last] = [txs[0] ?? 0, txs.at(-1) ?? 0]
      return { height, txs, first, last, gaps: last - first + 1 !== txs.length }
    })
}

function readBlock(block: IndexedBlock, tables: BlockSciTables, pack: ChainPack, gaps: boolean): Piece {
  const transactions: LedgerTx[] = []
  const defects: Defect[] = []
  for (const [index, tx] of block.txs.entries()) {
    const concluded = readTransaction(tx, index, block, tables, pack)
    defects.push(...concluded.defects)
    if (concluded.transaction) transactions.push(concluded.transaction)
  }
  if (gaps)
    defects.push({
      code: 'TX_MISSING',
      message: `Transactions before or in height ${block.height} are missing from the numbering of the export.`,
      place: `height ${block.height}`,
      count: 1,
    })
  const completeness = !gaps && transactions.length === block.txs.length ? 'declared' : 'partial'
  const { height } = block
  return {
    ...EMPTY_PIECE,
    blocks: [
      {
        height,
        hash: null,
        prevHash: null,
        time: null,
        merkleRoot: null,
        bits: null,
        headerVerified: false,
        completeness,
      },
    ],
    transactions,
    defects,
  }
}

function readTransaction(
  tx: number,
  index: number,
  block: IndexedBlock,
  tables: BlockSciTables,
  pack: ChainPack,
): { transaction: LedgerTx | null; defects: readonly Defect[] } {
  const place = `transaction index ${tx}`
  const defects: Defect[] = []
  const txid = tables.txids.get(tx)
  const leftOut = (code: string, message: string) => {
    defects.push({
      code,
      message: `${message} The transaction was left out.`,
      place,
      count: 1,
      ...(txid ? { txid } : {}),
    })
    return { transaction: null, defects }
  }
  if (txid === undefined) return leftOut('SOURCE_MALFORMED', 'A transaction has a height, but no id.')
  const inputRows = tables.inputs.get(tx) ?? []
  if (tables.damaged.has(tx)) return leftOut('SOURCE_MALFORMED', 'A row of its inputs or outputs cannot be read.')
  const outputRows = tables.outputs.get(tx) ?? []
  // The id of an output is the index of its transaction and its place, written one after the other.
  if (outputRows.some(({ id }, place) => id !== Number(`${tx}${place}`)))
    return leftOut('OUTPUT_MISSING', 'Its outputs are not numbered without a gap.')
  if ((index === 0) !== (inputRows.length === 0))
    return leftOut('SOURCE_MALFORMED', 'The first transaction of a block, and only that, has no inputs.')
  const inputs: StatedInput[] = index === 0 ? [{ prev: null, script: null, sequence: null, prevout: null }] : []
  for (const { spentOutput, value, createdBy } of inputRows) {
    const output = tables.outputById.get(spentOutput)
    const prevTxid = output && tables.txids.get(output.tx)
    if (!output || !prevTxid || output.tx !== createdBy)
      return leftOut('INPUT_UNRESOLVED', `It spends output ${spentOutput}, which the export does not hold.`)
    const vout = tables.outputs.get(output.tx)?.indexOf(output) ?? -1
    if (output.value !== value)
      return leftOut(
        'AMOUNTS_DISAGREE',
        `Output ${spentOutput} is worth ${output.value} where it is created and ${value} where it is spent.`,
      )
    if (output.spentBy !== tx)
      return leftOut(
        'SPEND_DISAGREES',
        `Output ${spentOutput} states another spender than the transaction that spends it.`,
      )
    inputs.push({
      prev: { txid: prevTxid, vout },
      script: null,
      sequence: null,
      prevout: stated(output.value, output.address),
    })
  }
  const outputs = outputRows.map(({ value, address }) => stated(value, address))
  const concluded = concludeTransaction(
    {
      txid,
      version: null,
      locktime: null,
      inputs,
      outputs,
      index,
      doubles: false,
      block: { height: block.height, hash: null, time: null },
      sums: { inputs: null, outputs: null, fee: null },
    },
    pack,
    place,
  )
  return concluded
}

/** Rows of transactions that have no height, and outputs whose spender holds no such input. */
function strayRows({ txids, heights, outputs, inputs }: BlockSciTables): readonly Defect[] {
  const defects: Defect[] = []
  const note = (code: string, message: string, txid: string | undefined) =>
    defects.push({ code, message, place: 'tables', count: 1, ...(txid ? { txid } : {}) })
  for (const [tx, txid] of txids)
    if (!heights.has(tx))
      note('SOURCE_MALFORMED', `Transaction index ${tx} has an id, but no height; it was left out.`, txid)
  for (const tx of new Set([...outputs.keys(), ...inputs.keys()]))
    if (!heights.has(tx))
      note(
        'SOURCE_MALFORMED',
        `Transaction index ${tx} has inputs or outputs, but no height; it was left out.`,
        txids.get(tx),
      )
  for (const rows of outputs.values()) {
    for (const { id, spentBy, tx } of rows) {
      if (
        spentBy === null ||
        !heights.has(spentBy) ||
        inputs.get(spentBy)?.some(({ spentOutput }) => spentOutput === id)
      )
        continue
      note(
        'SPEND_DISAGREES',
        `Output ${id} states that transaction index ${spentBy} spends it, which has no such input.`,
        txids.get(tx),
      )
    }
  }
  return defects
}

function stopOnForeignGenesis(blocks: readonly IndexedBlock[], tables: BlockSciTables, pack: ChainPack): void {
  const [genesis] = blocks
  if (genesis?.height !== 0) return
  const txid = tables.txids.get(genesis.first)
  // A block with one transaction has its id as Merkle root.
  const expected = decodeHeader(hexToBytes(pack.genesis.header)).merkleRoot
  if (txid === undefined || txid === expected) return
  stop('WRONG_CHAIN', `The export is not of ${pack.name}: its first transaction is ${txid}, not ${expected}.`, {
    fix: 'Find out which chain the export is of.',
  })
}

function stated(value: bigint, address: string | null): StatedOutput {
  return { value, script: null, address, type: 'unknown' }
}
