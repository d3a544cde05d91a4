/** Keeping one batch of an account chain: its blocks, statements, moves and events, checked for what columns can hold. */
import { isHex, stop } from '../../kernel/index.ts'
import { type AccountBatch, type AccountTx, AFTER_TRANSACTIONS, type Move } from '../account-ledger.ts'
import type { LedgerBlock } from '../ledger.ts'
import {
  blockKey,
  columnsFrom,
  LOG_NAMES,
  type LogRow,
  MOVE_NAMES,
  type MoveRow,
  TX_NAMES,
  type TxRow,
  txRowOf,
} from './account-rows.ts'
import { asInt, type Writing } from './engine.ts'
import { blockColumns, defectColumns, refusePublished, sourceRow } from './staging.ts'

const U256_MAX = (1n << 256n) - 1n

export async function stageAccountBatch(
  w: Writing,
  sourceId: number,
  batch: AccountBatch,
  cursor: string,
): Promise<void> {
  const source = await sourceRow(w, sourceId)
  await refusePublished(w, source)
  const [last] = await w.rows(
    `SELECT max(s) FROM (SELECT seq AS s FROM batch WHERE source = ${sourceId} UNION ALL SELECT 0 AS s) x`,
  )
  const id = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)
  const { txs, moves, logs } = rowsOf(batch, sourceId, source.name)
  const blocks = [...batch.blocks, ...impliedBlocks(batch, txs)]
  const stage = (count: number) => ({ batch: Array.from({ length: count }, () => id) })
  await w.appendStaged('stage_block', sourceId, blockColumns(blocks, id))
  await w.appendStaged('stage_acc_tx', sourceId, { ...stage(txs.length), ...columnsFrom(txs, TX_NAMES) })
  await w.appendStaged('stage_acc_move', sourceId, { ...stage(moves.length), ...columnsFrom(moves, MOVE_NAMES) })
  await w.appendStaged('stage_acc_log', sourceId, { ...stage(logs.length), ...columnsFrom(logs, LOG_NAMES) })
  await w.append('defect', defectColumns(batch.defects, sourceId, id))
  await w.append('batch', { source: [sourceId], batch: [id], seq: [asInt(last?.[0]) + 1], cursor: [cursor] })
}

function rowsOf(
  batch: AccountBatch,
  source: number,
  place: string,
): { txs: readonly TxRow[]; moves: readonly MoveRow[]; logs: readonly LogRow[] } {
  for (const block of batch.blocks)
    for (const hash of [block.hash, block.prevHash, block.merkleRoot]) checkHash(hash, `Block ${block.height}`, place)
  const txs = new Map<string, TxRow[]>()
  const add = (row: TxRow) => {
    const known = txs.get(row.txid)
    if (known) known.push(row)
    else txs.set(row.txid, [row])
    return row
  }
  for (const tx of batch.transactions) {
    checkHash(tx.txid, 'A transaction', place)
    checkHash(tx.block.hash, tx.txid, place)
    add(txRowOf(tx, source))
  }
  /** A block whose header gives its hash proves what it pays itself; other statements of that give way to it. */
  const proven = new Set(batch.blocks.flatMap(({ hash, headerVerified }) => (headerVerified && hash ? [hash] : [])))
  /** The statement to which a move or an event belongs; a bare one is made where the batch has none. */
  const statementOf = (txid: string, height: number, time: number | null): TxRow =>
    txs.get(txid)?.find((row) => row.stated === height) ??
    txs.get(txid)?.[0] ??
    add(txRowOf(bareTx(txid, height, time), source))
  const moves = batch.moves.map((move): MoveRow => {
    if (move.amount < 0n || move.amount > U256_MAX)
      stop(
        'CHAIN_STORE_AMOUNT_RANGE',
        `${move.txid} moves the amount ${move.amount}, which is no unsigned 256-bit number.`,
        {
          place,
          fix: 'Check the source: no chain of accounts knows such an amount.',
        },
      )
    const ofBlock = isOfBlock(move)
    const txid = ofBlock ? blockKey(move.height) : move.txid
    checkHash(txid, `A move at height ${move.height}`, place)
    const hash = ofBlock && isHex(move.txid, 32) ? move.txid : null
    const statement = ofBlock
      ? (txs.get(txid)?.find((row) => row.hash === hash) ??
        add(
          txRowOf(
            {
              ...bareTx(txid, move.height, move.time),
              block: { height: move.height, hash, time: move.time },
              index: AFTER_TRANSACTIONS,
              proof: hash !== null && proven.has(hash) ? 'txid' : 'stated',
            },
            source,
          ),
        ))
      : statementOf(txid, move.height, move.time)
    return {
      source,
      txid,
      stated: statement.stated,
      hash: statement.hash,
      time: move.time,
      ord: move.order,
      place: move.place,
      kind: move.kind,
      asset: move.asset,
      sender: move.from,
      recipient: move.to,
      amount: move.amount.toString(16).padStart(64, '0'),
    }
  })
  const logs = batch.logs.map((log): LogRow => {
    checkHash(log.txid, 'An event', place)
    const statement = statementOf(log.txid, log.height, null)
    return {
      source,
      txid: log.txid,
      stated: statement.stated,
      hash: statement.hash,
      log_index: log.logIndex,
      address: log.address,
      topic0: log.topics[0] ?? null,
      topics: log.topics.join(' '),
      content: log.data,
    }
  })
  return { txs: [...txs.values()].flat(), moves, logs }
}

function isOfBlock(move: Move): boolean {
  return move.txIndex === AFTER_TRANSACTIONS || move.txid.startsWith('block:')
}

function bareTx(txid: string, height: number, time: number | null): AccountTx {
  return {
    txid,
    block: { height, hash: null, time },
    index: null,
    from: null,
    to: null,
    created: null,
    nonce: null,
    status: null,
    selector: null,
    parts: [],
    proof: 'stated',
  }
}

/** Blocks that statements name and the batch does not describe. */
function impliedBlocks(batch: AccountBatch, txs: readonly TxRow[]): readonly LedgerBlock[] {
  const known = new Set(batch.blocks.map(({ hash, height }) => hash ?? String(height)))
  const implied = new Map<string, LedgerBlock>()
  for (const { hash, stated, time } of txs) {
    const id = hash ?? String(stated)
    const before = implied.get(id)
    if (known.has(id) || (before && (before.time ?? Number.MAX_SAFE_INTEGER) <= (time ?? Number.MAX_SAFE_INTEGER)))
      continue
    implied.set(id, {
      height: stated,
      hash,
      prevHash: null,
      time,
      merkleRoot: null,
      bits: null,
      headerVerified: false,
      completeness: 'partial',
    })
  }
  return [...implied.values()]
}

function checkHash(value: string | null, where: string, place: string): void {
  if (value === null || isHex(value, 32)) return
  stop(
    'CHAIN_STORE_HASH_FORM',
    `${where} has the hash "${value.slice(0, 80)}", which is not 64 lower-case hexadecimal digits.`,
    { place, fix: 'Check the source; write hashes without 0x.' },
  )
}
