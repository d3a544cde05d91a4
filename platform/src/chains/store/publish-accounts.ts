/**
 * Merging a staged source of an account chain into the ledger. What nobody else has spoken of is copied by the engine; the
 * rest is read, folded and written anew, transaction by transaction.
 */
import type { AccountCounts, AccountProofs } from '../account-store.ts'
import {
  columnsFrom,
  LOG_NAMES,
  type LogRow,
  MOVE_NAMES,
  type MoveRow,
  rowToLogRow,
  rowToMoveRow,
  rowToTxRow,
  TX_NAMES,
  type TxRow,
} from './account-rows.ts'
import { countedWork } from './active-chain.ts'
import { asInt, asText, type Reading, type Row, type Writing } from './engine.ts'
import { type ActiveHeight, foldGroup } from './fold-accounts.ts'
import { mergeBlocks } from './publish-blocks.ts'
import { proofsOf } from './read-accounts.ts'
import { columnsOf, staged } from './sql-text.ts'
import type { SourceRow } from './staging.ts'
import { accountColumns, ledgerTables } from './tables.ts'

export type SavedAccountReport = {
  readonly counts: AccountCounts
  readonly proofs?: AccountProofs
  readonly added: AccountCounts
  readonly staleBlocks: readonly string[]
}

/** How many transactions are folded at once. */
const PORTION = 10_000

const TABLES = [
  ['stage_acc_tx', 'acc_tx'],
  ['stage_acc_move', 'acc_move'],
  ['stage_acc_log', 'acc_log'],
] as const

export async function mergeAccountSource(w: Writing, source: SourceRow): Promise<SavedAccountReport> {
  const { chainId: chain, sourceId } = source
  const blocks = await mergeBlocks(w, source, countedWork)
  const seen = await w.work(`SELECT txid, count(*) AS times FROM ${staged('stage_acc_tx', sourceId)} s GROUP BY txid`)
  const known = await w.work(
    `SELECT DISTINCT txid FROM ${w.ledger('acc_tx')} t WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${seen})`,
  )
  const before = await visibleCounts(w, chain, seen)
  const fresh = await freshTransactions(w, source, seen, known)
  for (const [stage, table] of TABLES) {
    const columns = accountColumns(table)
    const more = table === 'acc_move' ? ['pos', 'height'] : ['height']
    const values = table === 'acc_move' ? 'f.idx AS pos, f.height AS height' : 'f.height AS height'
    await w.insertFrom(
      table,
      ['chain', 'source', ...columns, ...more],
      `SELECT ${chain} AS chain, ${sourceId} AS source, ${columnsOf('s', columns)}, ${values}
       FROM ${staged(stage, sourceId)} s JOIN ${fresh} f ON s.txid = f.txid`,
    )
  }
  const heights = await w.list({ height: 'int' }, { height: blocks.changedHeights })
  const hashes = await w.list({ hash: 'hash' }, { hash: blocks.changedHashes })
  const folded = await w.work(
    `SELECT DISTINCT txid FROM (SELECT txid FROM ${seen} s WHERE txid NOT IN (SELECT txid FROM ${fresh})
       UNION ALL SELECT txid FROM ${w.ledger('acc_tx')} t WHERE chain = ${chain} AND txid NOT IN (SELECT txid FROM ${fresh})
         AND (stated IN (SELECT height FROM ${heights}) OR hash IN (SELECT hash FROM ${hashes}))) u`,
  )
  await foldAnew(w, source, folded)
  const after = await visibleCounts(w, chain, seen)
  const counts = await stagedCounts(w, sourceId)
  const [added] = await w.rows(
    `SELECT count(*) FROM ${seen} s WHERE txid NOT IN (SELECT txid FROM ${known}) AND txid NOT IN (${BLOCK_ROWS(sourceId)})`,
  )
  return {
    counts: { ...counts, blocks: blocks.count },
    proofs: await stagedProofs(w, sourceId),
    added: {
      blocks: blocks.added,
      transactions: asInt(added?.[0]),
      moves: Math.max(0, after.moves - before.moves),
      logs: Math.max(0, after.logs - before.logs),
    },
    staleBlocks: blocks.becameStale,
  }
}

/** Keys of what blocks themselves move, as this source stages it. */
const BLOCK_ROWS = (sourceId: number) =>
  `SELECT txid FROM ${staged('stage_acc_move', sourceId)} m WHERE kind IN ('reward', 'uncle', 'withdrawal', 'genesis')`

/**
 * (txid, idx, height) of transactions of which there is this one statement, and no place twice in it. One that states no
 * hash counts at its height; one with a hash where its block is active.
 */
async function freshTransactions(w: Writing, source: SourceRow, seen: string, known: string): Promise<string> {
  const once = await w.work(
    `SELECT txid, stated, hash, idx FROM ${staged('stage_acc_tx', source.sourceId)} s WHERE
       txid IN (SELECT txid FROM ${seen} WHERE times = 1) AND txid NOT IN (SELECT txid FROM ${known}) AND
       txid NOT IN (SELECT txid FROM ${staged('stage_acc_move', source.sourceId)} m GROUP BY txid, place HAVING count(*) > 1) AND
       txid NOT IN (SELECT txid FROM ${staged('stage_acc_log', source.sourceId)} l GROUP BY txid, log_index HAVING count(*) > 1)`,
  )
  return w.work(
    `SELECT txid, idx, max(height) AS height FROM (
       SELECT txid, idx, -1 AS height FROM ${once} a
       UNION ALL SELECT txid, idx, stated AS height FROM ${once} b WHERE hash IS NULL
       UNION ALL SELECT c.txid AS txid, c.idx AS idx, k.height AS height FROM ${once} c JOIN
         (SELECT hash, height FROM ${w.ledger('block')} x WHERE chain = ${source.chainId} AND active AND hash IS NOT NULL) k ON c.hash = k.hash
     ) u GROUP BY txid, idx`,
  )
}

async function foldAnew(w: Writing, source: SourceRow, folded: string): Promise<void> {
  const all: string[] = []
  await w.each(`SELECT txid FROM ${folded} f ORDER BY txid`, (rows) => {
    for (const [txid] of rows) all.push(asText(txid))
  })
  for (let from = 0; from < all.length; from += PORTION) await foldPortion(w, source, all.slice(from, from + PORTION))
}

async function foldPortion(w: Writing, source: SourceRow, txids: readonly string[]): Promise<void> {
  const chain = source.chainId
  const list = await w.list({ txid: 'hash' }, { txid: txids })
  const groups = await readGroups(txids, async (table, names) => [
    ...(await w.rows(
      `SELECT ${names.join(', ')} FROM ${w.ledger(table)} t WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${list})`,
    )),
    ...(await w.rows(
      `SELECT ${source.sourceId} AS source, ${names.slice(1).join(', ')} FROM ${staged(`stage_${table}`, source.sourceId)} s WHERE txid IN (SELECT txid FROM ${list})`,
    )),
  ])
  const activeHeight = await activeHeights(
    w,
    chain,
    [...groups.values()].flatMap(({ txs }) => txs),
  )
  const txs: (TxRow & { height: number })[] = []
  const moves: (MoveRow & { height: number; pos: number | null })[] = []
  const logs: (LogRow & { height: number })[] = []
  const conflicts: Row[] = []
  for (const [txid, group] of groups) {
    const result = foldGroup(group, activeHeight)
    const at = (shown: boolean) => (shown ? result.height : -1)
    for (const row of group.txs) txs.push({ ...row, height: at(result.liveTxs.has(row)) })
    for (const row of group.moves)
      moves.push({ ...row, height: at(result.moves.has(row)), pos: result.tx?.idx ?? null })
    for (const row of group.logs) logs.push({ ...row, height: at(result.logs.has(row)) })
    for (const { source: by, message } of result.conflicts)
      conflicts.push([chain, txid, by, 'TX_CONFLICT', message, result.height, w.generation])
  }
  await w.replaceAccounts(chain, `SELECT txid FROM ${list}`)
  const common = (count: number) => ({
    chain: Array.from({ length: count }, () => chain),
    generation: Array.from({ length: count }, () => w.generation),
  })
  await w.append('acc_tx', { ...columnsFrom(txs, [...TX_NAMES, 'height']), ...common(txs.length) })
  await w.append('acc_move', { ...columnsFrom(moves, [...MOVE_NAMES, 'pos', 'height']), ...common(moves.length) })
  await w.append('acc_log', { ...columnsFrom(logs, [...LOG_NAMES, 'height']), ...common(logs.length) })
  const names = Object.keys(ledgerTables.conflict)
  await w.append('conflict', Object.fromEntries(names.map((name, n) => [name, conflicts.map((row) => row[n])])))
}

type ReadTable = (table: 'acc_tx' | 'acc_move' | 'acc_log', names: readonly string[]) => Promise<readonly Row[]>

/** Equal rows of one source are one: a source may repeat itself. */
async function readGroups(txids: readonly string[], read: ReadTable) {
  const groups = new Map(
    txids.map((txid) => [txid, { txs: [] as TxRow[], moves: [] as MoveRow[], logs: [] as LogRow[] }]),
  )
  const taken = new Set<string>()
  const isNew = (kind: string, row: Row) => {
    const text = `${kind} ${row.map(String).join('\u0000')}`
    return !taken.has(text) && taken.add(text) !== undefined
  }
  for (const row of await read('acc_tx', TX_NAMES)) {
    const tx = rowToTxRow(row)
    if (isNew('t', row)) groups.get(tx.txid)?.txs.push(tx)
  }
  for (const row of await read('acc_move', MOVE_NAMES)) {
    const move = rowToMoveRow(row)
    if (isNew('m', row)) groups.get(move.txid)?.moves.push(move)
  }
  for (const row of await read('acc_log', LOG_NAMES)) {
    const log = rowToLogRow(row)
    if (isNew('l', row)) groups.get(log.txid)?.logs.push(log)
  }
  return groups
}

async function activeHeights(r: Reading, chain: number, txs: readonly TxRow[]): Promise<ActiveHeight> {
  const hashes = [...new Set(txs.flatMap(({ hash }) => hash ?? []))]
  if (hashes.length === 0) return () => null
  const list = await r.list({ hash: 'hash' }, { hash: hashes })
  const rows = await r.rows(
    `SELECT hash, height FROM ${r.ledger('block')} b WHERE chain = ${chain} AND active AND hash IN (SELECT hash FROM ${list})`,
  )
  const heights = new Map(rows.map((row) => [asText(row[0]), asInt(row[1])]))
  return (hash) => heights.get(hash) ?? null
}

async function visibleCounts(w: Writing, chain: number, seen: string): Promise<{ moves: number; logs: number }> {
  const count = async (table: 'acc_move' | 'acc_log') => {
    const [row] = await w.rows(
      `SELECT count(*) FROM ${w.ledger(table)} t WHERE chain = ${chain} AND height >= 0 AND txid IN (SELECT txid FROM ${seen})`,
    )
    return asInt(row?.[0])
  }
  return { moves: await count('acc_move'), logs: await count('acc_log') }
}

function stagedProofs(w: Writing, sourceId: number): Promise<AccountProofs> {
  return proofsOf(
    w,
    { table: staged('stage_block', sourceId), where: '1 = 1' },
    { table: staged('stage_acc_tx', sourceId), where: '1 = 1' },
  )
}

async function stagedCounts(w: Writing, sourceId: number): Promise<AccountCounts> {
  const count = async (sql: string) => asInt((await w.rows(`SELECT count(*) FROM (${sql}) c`))[0]?.[0])
  return {
    blocks: 0,
    transactions: await count(
      `SELECT DISTINCT txid FROM ${staged('stage_acc_tx', sourceId)} s WHERE txid NOT IN (${BLOCK_ROWS(sourceId)})`,
    ),
    moves: await count(`SELECT DISTINCT txid, place FROM ${staged('stage_acc_move', sourceId)} s`),
    logs: await count(`SELECT DISTINCT txid, log_index FROM ${staged('stage_acc_log', sourceId)} s`),
  }
}
