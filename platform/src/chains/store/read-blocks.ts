/** Questions about blocks. */
import type { CompleteRange, StoredBlock } from '../chain-store.ts'
import type { LedgerBlock } from '../ledger.ts'
import { asFlag, asInt, asTextOrNull, type Reading, type Row } from './engine.ts'
import { inclusionsAt } from './publish.ts'
import { rowToBlock } from './publish-blocks.ts'
import { contentColumns } from './tables.ts'

const COLUMNS = contentColumns('block').join(', ')

/** Active and stale blocks at these heights, ordered by height, the active one first, then by hash. */
export async function blocksByHeight(
  r: Reading,
  chain: number,
  heights: readonly number[],
): Promise<readonly StoredBlock[]> {
  if (heights.length === 0) return []
  const list = await r.list({ height: 'int' }, { height: heights })
  return storedBlocks(r, chain, `height IN (SELECT height FROM ${list})`)
}

export async function blocksByHash(
  r: Reading,
  chain: number,
  hashes: readonly string[],
): Promise<readonly StoredBlock[]> {
  if (hashes.length === 0) return []
  const list = await r.list({ hash: 'hash' }, { hash: hashes })
  return storedBlocks(r, chain, `hash IN (SELECT hash FROM ${list})`)
}

export async function lastBlockBefore(r: Reading, chain: number, time: number): Promise<StoredBlock | null> {
  return oneBlock(r, chain, `active AND time IS NOT NULL AND time <= ${asInt(time)}`)
}

export async function tipBlock(r: Reading, chain: number): Promise<StoredBlock | null> {
  return oneBlock(r, chain, 'active')
}

async function oneBlock(r: Reading, chain: number, where: string): Promise<StoredBlock | null> {
  const [row] = await r.rows(
    `SELECT height FROM ${r.ledger('block')} b WHERE chain = ${chain} AND ${where} ORDER BY height DESC LIMIT 1`,
  )
  if (!row) return null
  const blocks = await storedBlocks(r, chain, `active AND height = ${asInt(row[0])}`)
  return blocks[0] ?? null
}

async function storedBlocks(r: Reading, chain: number, where: string): Promise<readonly StoredBlock[]> {
  const rows = await r.rows(`SELECT active, ${COLUMNS} FROM ${r.ledger('block')} b WHERE chain = ${chain} AND ${where}`)
  const blocks = rows.map((row) => ({ ...rowToBlock(row.slice(1)), active: asFlag(row[0]) }))
  const counts = await transactionCounts(r, chain, blocks)
  return blocks
    .map((block) => ({
      ...block,
      transactions:
        (counts.get(block.hash ?? block.height) ?? 0) +
        // Transactions of sources that know no hashes belong to the active block of the height.
        (block.active && block.hash !== null ? (counts.get(block.height) ?? 0) : 0),
    }))
    .sort(
      (a, b) =>
        a.height - b.height || Number(b.active) - Number(a.active) || ((a.hash ?? '') < (b.hash ?? '') ? -1 : 1),
    )
}

/** Transactions by block, those without a hash only where the same transaction is not known with one at that height. */
async function transactionCounts(
  r: Reading,
  chain: number,
  blocks: readonly LedgerBlock[],
): Promise<ReadonlyMap<string | number, number>> {
  if (blocks.length === 0) return new Map()
  const list = await r.list({ height: 'int' }, { height: [...new Set(blocks.map((block) => block.height))] })
  const here = inclusionsAt(r, chain, list)
  const rows = await r.rows(
    `SELECT min(height), hash, count(DISTINCT txid) FROM ${here} a
     WHERE hash IS NOT NULL OR (txid, height) NOT IN (SELECT txid, height FROM ${here} h WHERE hash IS NOT NULL)
     GROUP BY hash, CASE WHEN hash IS NULL THEN height ELSE -1 END`,
  )
  return new Map(rows.map((row) => [asTextOrNull(row[1]) ?? asInt(row[0]), asInt(row[2])]))
}

/**
 * Maximal stretches of complete active blocks, each `declared` where one block of it is no more than that; and within
 * those every maximal stretch that is proven, so that a source which only declares takes nothing from what was proven.
 * Ordered by their first height, the longer one first.
 */
export async function completeRanges(r: Reading, chain: number): Promise<readonly CompleteRange[]> {
  const proven: Stretch[] = []
  const complete: Stretch[] = []
  const take = (rows: readonly Row[]) => {
    for (const row of rows) {
      const block = rowToBlock(row)
      prolong(complete, block)
      if (block.completeness === 'merkle') prolong(proven, block)
    }
  }
  await r.each(
    `SELECT ${COLUMNS} FROM ${r.ledger('block')} b WHERE chain = ${chain} AND active AND completeness <> 'partial' ORDER BY height`,
    take,
  )
  const isProven = (stretch: Stretch) =>
    proven.some((one) => one.from === stretch.from && one.last.height === stretch.last.height)
  const declared = complete.filter((stretch) => !isProven(stretch))
  return [
    ...proven.map(({ from, last }) => ({ from, to: last.height, completeness: 'merkle' as const })),
    ...declared.map(({ from, last }) => ({ from, to: last.height, completeness: 'declared' as const })),
  ].sort((a, b) => a.from - b.from || b.to - a.to)
}

type Stretch = { readonly from: number; last: LedgerBlock }

function prolong(stretches: Stretch[], block: LedgerBlock): void {
  const stretch = stretches.at(-1)
  if (stretch && follows(stretch.last, block)) stretch.last = block
  else stretches.push({ from: block.height, last: block })
}

function follows(last: LedgerBlock, next: LedgerBlock): boolean {
  if (next.height !== last.height + 1) return false
  return last.hash === null || next.prevHash === null || next.prevHash === last.hash
}
