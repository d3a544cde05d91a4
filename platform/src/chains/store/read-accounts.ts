/** Questions about account chains. Only rows that count (`height` at least 0) are seen. */
import { sha256Stream } from '../../kernel/index.ts'
import type { AccountTx, AssetId, LogEntry, Move } from '../account-ledger.ts'
import type { AccountCounts, AccountProofs, MovesAsked } from '../account-store.ts'
import type { Proof } from '../ledger.ts'
import {
  type BlockShown,
  isBlockKey,
  LOG_NAMES,
  logOf,
  MOVE_NAMES,
  moveOf,
  rowToLogRow,
  rowToMoveRow,
  rowToTxRow,
  TX_NAMES,
  type TxRow,
  txOf,
} from './account-rows.ts'
import { asFlag, asInt, asIntOrNull, asText, asTextOrNull, type Reading, type Row } from './engine.ts'
import { foldFields } from './fold-accounts.ts'
import { PROOF_ORDER } from './fold-claims.ts'
import { quoted } from './sql-text.ts'
import { contentColumns } from './tables.ts'

const IN_ORDER = 'height, CASE WHEN pos IS NULL THEN -1 ELSE pos END, txid, ord, place'

export async function accountTransactions(
  r: Reading,
  chain: number,
  txids: readonly string[],
): Promise<readonly AccountTx[]> {
  if (txids.length === 0) return []
  const list = await r.list({ txid: 'hash' }, { txid: [...new Set(txids)] })
  const rows = await r.rows(
    `SELECT ${TX_NAMES.join(', ')}, height FROM ${r.ledger('acc_tx')} t WHERE chain = ${chain} AND height >= 0 AND txid IN (SELECT txid FROM ${list})`,
  )
  const groups = new Map<string, { height: number; rows: TxRow[] }>()
  for (const row of rows) {
    const tx = rowToTxRow(row)
    const known = groups.get(tx.txid)
    if (known) known.rows.push(tx)
    else groups.set(tx.txid, { height: asInt(row[TX_NAMES.length]), rows: [tx] })
  }
  const blocks = await blocksAt(
    r,
    chain,
    [...groups.values()].map(({ height }) => height),
  )
  return [...groups.values()]
    .map(({ height, rows: live }) => txOf(foldFields(live), height, blocks.get(height)))
    .sort((a, b) => a.block.height - b.block.height || (a.index ?? -1) - (b.index ?? -1) || (a.txid < b.txid ? -1 : 1))
}

export async function movesOfTransactions(
  r: Reading,
  chain: number,
  txids: readonly string[],
): Promise<readonly Move[]> {
  if (txids.length === 0) return []
  const list = await r.list({ txid: 'hash' }, { txid: [...new Set(txids)] })
  return readMoves(r, chain, `txid IN (SELECT txid FROM ${list})`, null)
}

export async function movesAsked(
  r: Reading,
  chain: number,
  asked: MovesAsked,
): Promise<{ readonly moves: readonly Move[]; readonly more: boolean }> {
  if (asked.addresses.length === 0) return { moves: [], more: false }
  const list = await r.list({ address: 'text' }, { address: [...new Set(asked.addresses)] })
  const isIn = (column: string) => `${column} IN (SELECT address FROM ${list})`
  const sides = [
    ...(asked.direction === 'in' ? [] : [isIn('sender')]),
    ...(asked.direction === 'out' ? [] : [isIn('recipient')]),
  ]
  let where = `(${sides.join(' OR ')}) AND height >= ${asInt(Math.max(0, asked.fromHeight))} AND height <= ${asInt(asked.toHeight)}`
  if (asked.assets !== undefined) {
    if (asked.assets.length === 0) return { moves: [], more: false }
    const assets = await r.list({ asset: 'text' }, { asset: [...new Set(asked.assets)] })
    where += ` AND asset IN (SELECT asset FROM ${assets})`
  }
  const moves = await readMoves(r, chain, where, asked.limit === undefined ? null : asInt(asked.limit) + 1)
  const more = asked.limit !== undefined && moves.length > asked.limit
  return { moves: more ? moves.slice(0, asked.limit) : moves, more }
}

async function readMoves(r: Reading, chain: number, where: string, limit: number | null): Promise<readonly Move[]> {
  const rows = await r.rows(
    `SELECT ${MOVE_NAMES.join(', ')}, height, pos FROM ${r.ledger('acc_move')} m WHERE chain = ${chain} AND height >= 0 AND ${where}
     ORDER BY ${IN_ORDER}${limit === null ? '' : ` LIMIT ${limit}`}`,
  )
  const heightOf = (row: Row) => asInt(row[MOVE_NAMES.length])
  const blocks = await blocksAt(r, chain, rows.map(heightOf))
  return rows.map((row) =>
    moveOf(rowToMoveRow(row), heightOf(row), asIntOrNull(row[MOVE_NAMES.length + 1]), blocks.get(heightOf(row))),
  )
}

export async function logsWhere(r: Reading, chain: number, where: string): Promise<readonly LogEntry[]> {
  const rows = await r.rows(
    `SELECT ${LOG_NAMES.join(', ')}, height FROM ${r.ledger('acc_log')} l WHERE chain = ${chain} AND height >= 0 AND ${where}
     ORDER BY height, log_index, txid`,
  )
  return rows.map((row) => logOf(rowToLogRow(row), asInt(row[LOG_NAMES.length])))
}

export async function logsOfTransactions(
  r: Reading,
  chain: number,
  txids: readonly string[],
): Promise<readonly LogEntry[]> {
  if (txids.length === 0) return []
  const list = await r.list({ txid: 'hash' }, { txid: [...new Set(txids)] })
  return logsWhere(r, chain, `txid IN (SELECT txid FROM ${list})`)
}

export async function logsByTopic(
  r: Reading,
  chain: number,
  topics: readonly string[],
  from: number,
  to: number,
): Promise<readonly LogEntry[]> {
  if (topics.length === 0) return []
  const list = await r.list({ topic: 'text' }, { topic: [...new Set(topics)] })
  return logsWhere(
    r,
    chain,
    `topic0 IN (SELECT topic FROM ${list}) AND height >= ${asInt(from)} AND height <= ${asInt(to)}`,
  )
}

export async function balancesOf(
  r: Reading,
  chain: number,
  address: string,
  height: number,
): Promise<ReadonlyMap<AssetId, bigint>> {
  const sums = new Map<AssetId, bigint>()
  const who = quoted(address)
  await r.each(
    `SELECT asset, sender, recipient, amount FROM ${r.ledger('acc_move')} m WHERE chain = ${chain} AND height >= 0
       AND height <= ${asInt(height)} AND (sender = ${who} OR recipient = ${who}) ORDER BY asset`,
    (rows) => {
      for (const row of rows) {
        const amount = BigInt(`0x${asText(row[3])}`)
        const change = (row[2] === address ? amount : 0n) - (row[1] === address ? amount : 0n)
        sums.set(asText(row[0]), (sums.get(asText(row[0])) ?? 0n) + change)
      }
    },
  )
  return sums
}

export async function accountCounts(r: Reading, chain: number): Promise<AccountCounts> {
  const count = async (sql: string) => asInt((await r.rows(`SELECT count(*) FROM (${sql}) c`))[0]?.[0])
  return {
    blocks: await count(`SELECT id FROM ${r.ledger('block')} b WHERE chain = ${chain} AND active`),
    transactions: (await transactionParts(r, chain)).total,
    moves: await count(`SELECT txid FROM ${r.ledger('acc_move')} m WHERE chain = ${chain} AND height >= 0`),
    logs: await count(`SELECT txid FROM ${r.ledger('acc_log')} l WHERE chain = ${chain} AND height >= 0`),
  }
}

/** How many transactions there are, and of how many it is known what contracts passed on. */
export async function transactionParts(r: Reading, chain: number): Promise<{ total: number; traced: number }> {
  const count = async (where: string) => {
    const [row] = await r.rows(
      `SELECT count(DISTINCT txid) FROM ${r.ledger('acc_tx')} t WHERE chain = ${chain} AND height >= 0 AND parts <> '' ${where}`,
    )
    return asInt(row?.[0])
  }
  return { total: await count(''), traced: await count("AND parts LIKE '%traces%'") }
}

type RowsAsked = { readonly table: string; readonly where: string }

export function visibleProofs(r: Reading, chain: number): Promise<AccountProofs> {
  return proofsOf(
    r,
    { table: r.ledger('block'), where: `chain = ${chain} AND active` },
    { table: r.ledger('acc_tx'), where: `chain = ${chain} AND height >= 0` },
  )
}

/** Over visible rows, or over those of one source that are staged. What a block itself pays is no transaction. */
export async function proofsOf(r: Reading, blocks: RowsAsked, txs: RowsAsked): Promise<AccountProofs> {
  const proven = async (part: string) => {
    const [row] = await r.rows(
      `SELECT count(DISTINCT txid) FROM ${txs.table} t WHERE ${txs.where} AND parts LIKE '%${part}-proven%'`,
    )
    return asInt(row?.[0])
  }
  const transactions: Record<Proof, number> = { txid: 0, stated: 0, mismatch: 0, doubles: 0 }
  // A transaction counts once, by the best that is known of it.
  const best = PROOF_ORDER.map((proof, n) => `WHEN proof = '${proof}' THEN ${n}`).join(' ')
  for (const row of await r.rows(
    `SELECT best, count(*) FROM (SELECT txid, min(CASE ${best} ELSE ${PROOF_ORDER.length} END) AS best FROM ${txs.table} t
       WHERE ${txs.where} AND parts <> '' GROUP BY txid) b GROUP BY best`,
  )) {
    const proof = PROOF_ORDER[asInt(row[0])]
    if (!proof) throw new TypeError('a transaction has an unknown level of proof')
    transactions[proof] = asInt(row[1])
  }
  const [row] = await r.rows(
    `SELECT count(DISTINCT hash) FROM ${blocks.table} b WHERE ${blocks.where} AND header_verified`,
  )
  return { blocks: asInt(row?.[0]), transactions, places: await proven('place'), receipts: await proven('receipt') }
}

export async function assetsMoved(
  r: Reading,
  chain: number,
): Promise<readonly { readonly asset: AssetId; readonly moves: number }[]> {
  const rows = await r.rows(
    `SELECT asset, count(*) AS moves FROM ${r.ledger('acc_move')} m WHERE chain = ${chain} AND height >= 0 GROUP BY asset ORDER BY asset`,
  )
  return rows.map((row) => ({ asset: asText(row[0]), moves: asInt(row[1]) }))
}

/** Hash and time of the active blocks at these heights. */
async function blocksAt(
  r: Reading,
  chain: number,
  heights: readonly number[],
): Promise<ReadonlyMap<number, BlockShown>> {
  if (heights.length === 0) return new Map()
  const list = await r.list({ height: 'int' }, { height: [...new Set(heights)] })
  const rows = await r.rows(
    `SELECT height, hash, time, active FROM ${r.ledger('block')} b WHERE chain = ${chain} AND active AND height IN (SELECT height FROM ${list})`,
  )
  return new Map(
    rows
      .filter((row) => asFlag(row[3]))
      .map((row) => [asInt(row[0]), { hash: asTextOrNull(row[1]), time: asIntOrNull(row[2]) }]),
  )
}

/** Everything that can be read, in a fixed order; see content-digest.ts for the form of a line. */
export async function accountDigest(r: Reading, chain: number): Promise<string> {
  const hash = sha256Stream()
  const encoder = new TextEncoder()
  const put = (text: string) => hash.update(encoder.encode(text))
  const part = async (name: string, sql: string) => {
    put(`${name}\n`)
    await r.each(sql, (rows) => put(rows.map(toLine).join('')))
  }
  await part(
    'blocks',
    `SELECT ${contentColumns('block').join(', ')}, active FROM ${r.ledger('block')} b WHERE chain = ${chain} ORDER BY height, id`,
  )
  put('transactions\n')
  let group: TxRow[] = []
  let groupHeight = -1
  const flush = () => {
    if (group.length === 0 || isBlockKey(group[0]?.txid ?? '')) return
    const { source: _, time: __, stated: ___, ...tx } = foldFields(group)
    put(toLine([groupHeight, ...Object.values(tx)]))
  }
  await r.each(
    `SELECT ${TX_NAMES.join(', ')}, height FROM ${r.ledger('acc_tx')} t WHERE chain = ${chain} AND height >= 0 ORDER BY txid`,
    (rows) => {
      for (const row of rows) {
        const tx = rowToTxRow(row)
        if (group[0] && group[0].txid !== tx.txid) {
          flush()
          group = []
        }
        group.push(tx)
        groupHeight = asInt(row[TX_NAMES.length])
      }
    },
  )
  flush()
  await part(
    'moves',
    `SELECT height, pos, txid, ord, place, kind, asset, sender, recipient, amount FROM ${r.ledger('acc_move')} m
     WHERE chain = ${chain} AND height >= 0 ORDER BY ${IN_ORDER}`,
  )
  await part(
    'logs',
    `SELECT height, log_index, txid, address, topics, content FROM ${r.ledger('acc_log')} l
     WHERE chain = ${chain} AND height >= 0 ORDER BY height, log_index, txid`,
  )
  return hash.hex()
}

function toLine(row: Row): string {
  return `${row.map((value) => (value === null ? '-' : typeof value === 'boolean' ? Number(value) : escaped(String(value)))).join('\t')}\n`
}

function escaped(text: string): string {
  return text === '-' ? '\\-' : text.replace(/[\\\t\n]/g, (character) => `\\${character.charCodeAt(0)};`)
}
