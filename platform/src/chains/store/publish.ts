/**
 * Merging a staged source into the ledger.
 *
 * New transactions are copied by the engine, set by set. Those that the ledger knows already are compared by the
 * engine too; only where a source says something different are the statements folded here, one by one.
 */
import type { Counts } from '../chain-store.ts'
import { asInt, type Writing } from './engine.ts'
import { type MergedBlocks, mergeBlocks } from './publish-blocks.ts'
import { foldDiffering, insertFresh, moveRowSets } from './publish-row-sets.ts'
import { columnsOf, staged } from './sql-text.ts'
import type { SourceRow } from './staging.ts'

export type SavedReport = { readonly counts: Counts; readonly added: Counts; readonly staleBlocks: readonly string[] }

export async function mergeSource(w: Writing, source: SourceRow): Promise<SavedReport> {
  const { chainId: chain, sourceId } = source
  const blocks = await mergeBlocks(w, source)

  const seen = await w.work(`SELECT txid, count(*) AS times FROM ${staged('stage_tx', sourceId)} s GROUP BY txid`)
  const known = await w.work(
    `SELECT txid FROM ${w.ledger('tx')} t WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${seen})`,
  )
  await keepInclusions(w, source, known)
  const place = await placeTransactions(w, chain, seen, blocks)
  const fresh = await w.work(
    `SELECT txid, height FROM ${place} p WHERE txid IN (SELECT txid FROM ${seen} WHERE times = 1) AND txid NOT IN (SELECT txid FROM ${known})`,
  )
  await insertFresh(w, source, fresh)
  const differing = await differingTransactions(w, source, seen, known)
  await foldDiffering(w, source, differing, place)
  await moveRowSets(w, chain, place)
  await w.insertFrom('tx_source', ['chain', 'txid', 'source'], `SELECT ${chain}, txid, ${sourceId} FROM ${seen}`)

  const counts = await countStaged(w, sourceId, '')
  const added = await countStaged(w, sourceId, `WHERE txid NOT IN (SELECT txid FROM ${known})`)
  return {
    counts: { ...counts, blocks: blocks.count },
    added: { ...added, blocks: blocks.added },
    staleBlocks: blocks.becameStale,
  }
}

/** In which blocks this source saw its transactions, as far as the ledger did not know it in the same words. */
async function keepInclusions(w: Writing, source: SourceRow, known: string): Promise<void> {
  // A missing hash is written as the txid here, because NOT IN answers nothing where one side is null.
  const words = (alias: string) =>
    `${alias}.txid, ${alias}.height, coalesce(${alias}.hash, ${alias}.txid), coalesce(${alias}.time, -1), coalesce(${alias}.idx, -1)`
  await w.insertFrom(
    'inclusion',
    ['chain', 'txid', 'height', 'hash', 'time', 'idx'],
    `SELECT DISTINCT ${source.chainId}, s.txid, s.height, s.hash, s.time, s.idx FROM ${staged('stage_tx', source.sourceId)} s
     WHERE (${words('s')}) NOT IN (SELECT ${words('i')} FROM ${w.ledger('inclusion')} i
       WHERE i.chain = ${source.chainId} AND i.txid IN (SELECT txid FROM ${known}))`,
  )
}

/**
 * The height that counts for each transaction of this source, and for those of blocks whose standing changed: the
 * greatest height of an active block that includes it (a coinbase that repeats an older one overwrites it, BIP 30),
 * or -1. An inclusion without a block hash stands for the active block of its height, unless the same transaction is
 * also known with a hash there.
 */
async function placeTransactions(
  w: Writing,
  chain: number,
  seen: string,
  changed: Pick<MergedBlocks, 'changedHeights' | 'changedHashes'>,
): Promise<string> {
  const heights = await w.list({ height: 'int' }, { height: changed.changedHeights })
  const hashes = await w.list({ hash: 'hash' }, { hash: changed.changedHashes })
  const touched = await w.work(
    `SELECT DISTINCT txid FROM (SELECT txid FROM ${seen} UNION ALL
       SELECT txid FROM ${w.ledger('inclusion')} i WHERE chain = ${chain} AND
         (height IN (SELECT height FROM ${heights}) OR hash IN (SELECT hash FROM ${hashes}))) u`,
  )
  const inclusions = await w.work(
    `SELECT txid, height, hash FROM ${w.ledger('inclusion')} i WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${touched})`,
  )
  return w.work(
    `SELECT txid, max(height) AS height FROM (SELECT txid, -1 AS height FROM ${touched} UNION ALL ${activeInclusions(w, chain, inclusions)}) u GROUP BY txid`,
  )
}

/**
 * The inclusions that can belong to these heights. Sources may name one hash for different heights: a block's hash
 * decides, and the height only where there is none.
 */
export function inclusionsAt(r: Pick<Writing, 'ledger'>, chain: number, heights: string): string {
  return `(SELECT txid, height, hash FROM ${r.ledger('inclusion')} i WHERE chain = ${chain} AND (height IN (SELECT height FROM ${heights})
    OR hash IN (SELECT hash FROM ${r.ledger('block')} k WHERE chain = ${chain} AND hash IS NOT NULL AND height IN (SELECT height FROM ${heights}))))`
}

/** A query of (txid, height): every inclusion in an active block, of the given table of inclusions of one chain. */
export function activeInclusions(w: Pick<Writing, 'ledger'>, chain: number, inclusions: string): string {
  return `SELECT i.txid AS txid, b.height AS height FROM ${inclusions} i
      JOIN (SELECT hash, height FROM ${w.ledger('block')} k WHERE chain = ${chain} AND active AND hash IS NOT NULL) b ON i.hash = b.hash
    UNION ALL SELECT txid, height FROM ${inclusions} n WHERE hash IS NULL
      AND (txid, height) NOT IN (SELECT txid, height FROM ${inclusions} h WHERE hash IS NOT NULL)`
}

/** Transactions of this source whose statement is not, word for word, what the ledger holds. */
async function differingTransactions(w: Writing, source: SourceRow, seen: string, known: string): Promise<string> {
  const { chainId: chain, sourceId } = source
  const [some] = await w.rows(`SELECT count(*) FROM ${known}`)
  const repeated = `SELECT txid FROM ${seen} r WHERE times > 1 AND txid NOT IN (SELECT txid FROM ${known})`
  if (asInt(some?.[0]) === 0) return w.work(repeated)
  const compare = (
    stage: 'stage_tx' | 'stage_in' | 'stage_out',
    table: 'tx' | 'tx_in' | 'tx_out',
    on: string,
    columns: readonly string[],
  ) =>
    `SELECT s.txid AS txid FROM ${staged(stage, sourceId)} s
     JOIN (SELECT ${columnsOf('x', ['txid', ...(on ? [on] : []), ...columns])} FROM ${w.ledger(table)} x
           WHERE x.chain = ${chain} AND x.txid IN (SELECT txid FROM ${known})) t
       ON s.txid = t.txid${on ? ` AND s.${on} = t.${on}` : ''}
     WHERE NOT (${columns.map((column) => w.same(`s.${column}`, `t.${column}`)).join(' AND ')})`
  return w.work(
    `SELECT DISTINCT txid FROM (${repeated}
     UNION ALL ${compare('stage_tx', 'tx', '', ['coinbase', 'version', 'locktime', 'proof', 'n_in', 'n_out'])}
     UNION ALL ${compare('stage_in', 'tx_in', 'vin', ['prev', 'prev_vout', 'sequence', 'pv_value', 'pv_script', 'pv_address'])}
     UNION ALL ${compare('stage_out', 'tx_out', 'vout', ['value', 'script', 'type', 'address'])}
     UNION ALL SELECT txid FROM ${w.ledger('claim')} c WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${known})) u`,
  )
}

async function countStaged(w: Writing, sourceId: number, where: string): Promise<Counts> {
  const [row] = await w.rows(
    `SELECT count(*), coalesce(sum(inputs), 0), coalesce(sum(outputs), 0) FROM
       (SELECT txid, max(n_in) AS inputs, max(n_out) AS outputs FROM ${staged('stage_tx', sourceId)} s ${where} GROUP BY txid) g`,
  )
  return { blocks: 0, transactions: asInt(row?.[0]), inputs: asInt(row?.[1]), outputs: asInt(row?.[2]) }
}
