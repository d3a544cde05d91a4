/** Merging the blocks of a source, and deciding again which blocks are active where several claim one height. */
import type { Completeness, LedgerBlock } from '../ledger.ts'
import { activeHashes, type WorkOfBlock } from './active-chain.ts'
import { asFlag, asInt, asIntOrNull, asText, asTextOrNull, type Row, type Writing } from './engine.ts'
import { type BlockClaim, contradiction, filledBlock, foldBlocks } from './fold-blocks.ts'
import { pushTo } from './publish-row-sets.ts'
import { staged } from './sql-text.ts'
import { blockColumns, type SourceRow } from './staging.ts'
import { contentColumns } from './tables.ts'

export type MergedBlocks = {
  readonly count: number
  readonly added: number
  /** Heights at which another block is active than before, and the blocks: their transactions must be placed anew. */
  readonly changedHeights: readonly number[]
  readonly changedHashes: readonly string[]
  readonly becameStale: readonly string[]
}

type Standing = { readonly block: LedgerBlock; readonly active: boolean }

export async function mergeBlocks(w: Writing, source: SourceRow, work?: WorkOfBlock): Promise<MergedBlocks> {
  const own = await statedBlocks(w, source)
  await w.append('block_claim', {
    ...blockColumns(own, 0),
    chain: own.map(() => source.chainId),
    source: own.map(() => source.sourceId),
    generation: own.map(() => w.generation),
  })
  const contested = await lowestContestedHeight(w, source.chainId)
  const heights = new Set(own.map((block) => block.height))
  const hashes = new Set(own.flatMap((block) => (block.hash === null ? [] : [block.hash])))
  const claims = await claimsToJudge(w, source.chainId, heights, hashes, contested)
  const now = standings(claims, contested, work)
  const before = await standingsBefore(w, source.chainId, new Set([...now.values()].map(({ block }) => block.height)), [
    ...now.keys(),
  ])
  await replaceChanged(w, source.chainId, before, now)
  const heightsBefore = new Set([...before.values()].map(({ block }) => block.height))

  // Counted as this source tells them apart, so that the count is the same whatever the ledger held before.
  const hashedHeights = new Set(own.flatMap((block) => (block.hash === null ? [] : [block.height])))
  const ownHashes = [...hashes]
  const ownBare = [...heights].filter((height) => !hashedHeights.has(height))
  return {
    count: ownHashes.length + ownBare.length,
    added:
      ownHashes.filter((hash) => !before.has(hash)).length +
      ownBare.filter((height) => !heightsBefore.has(height)).length,
    ...changedStandings(before, now),
    becameStale: [...before.values()]
      .flatMap(({ block, active }) =>
        active && block.hash !== null && now.get(block.hash)?.active === false ? [block.hash] : [],
      )
      .sort(),
  }
}

/** What a source says of blocks: its block rows, and the blocks that its transactions name, as partial ones. */
async function statedBlocks(w: Writing, source: SourceRow): Promise<readonly LedgerBlock[]> {
  const columns = contentColumns('block').join(', ')
  const stated = (await w.rows(`SELECT DISTINCT ${columns} FROM ${staged('stage_block', source.sourceId)} b`)).map(
    rowToBlock,
  )
  const named = new Set(stated.map((block) => block.hash ?? block.height))
  const refs = await w.rows(
    `SELECT height, hash, min(time) FROM ${staged('stage_tx', source.sourceId)} s GROUP BY height, hash`,
  )
  const implied = refs.flatMap((row): LedgerBlock[] => {
    const height = asInt(row[0])
    const hash = asTextOrNull(row[1])
    if (named.has(hash ?? height)) return []
    return [
      {
        height,
        hash,
        prevHash: null,
        time: asIntOrNull(row[2]),
        merkleRoot: null,
        bits: null,
        headerVerified: false,
        completeness: 'partial',
      },
    ]
  })
  return [...stated, ...implied]
}

async function lowestContestedHeight(w: Writing, chain: number): Promise<number | null> {
  const [row] = await w.rows(
    `SELECT count(*), coalesce(min(height), 0) FROM (SELECT height FROM ${w.ledger('block_claim')} c
     WHERE chain = ${chain} AND hash IS NOT NULL GROUP BY height HAVING min(hash) <> max(hash)) h`,
  )
  return asInt(row?.[0]) === 0 ? null : asInt(row?.[1])
}

/**
 * Statements of the touched blocks; where heights are contested, of everything from there on. Grows until no statement
 * outside shares a height or a hash with one inside: sources may claim one hash for two heights.
 */
async function claimsToJudge(
  w: Writing,
  chain: number,
  ownHeights: ReadonlySet<number>,
  ownHashes: ReadonlySet<string>,
  contested: number | null,
): Promise<readonly BlockClaim[]> {
  const heights = new Set(ownHeights)
  const hashes = new Set(ownHashes)
  for (;;) {
    const heightList = await w.list({ height: 'int' }, { height: [...heights] })
    const hashList = await w.list({ hash: 'hash' }, { hash: [...hashes] })
    const rows = await w.rows(
      `SELECT source, ${contentColumns('block').join(', ')} FROM ${w.ledger('block_claim')} c WHERE chain = ${chain} AND
        (height IN (SELECT height FROM ${heightList}) OR hash IN (SELECT hash FROM ${hashList})
         ${contested === null ? '' : `OR height >= ${contested - 1}`})`,
    )
    const claims = rows.map((row) => ({ source: asInt(row[0]), block: rowToBlock(row.slice(1)) }))
    const size = heights.size + hashes.size
    for (const { block } of claims) {
      heights.add(block.height)
      if (block.hash !== null) hashes.add(block.hash)
    }
    if (heights.size + hashes.size === size) return claims
  }
}

/** The merged blocks by id. Statements without a hash join the active block of their height, where there is one. */
export function standings(
  claims: readonly BlockClaim[],
  contested: number | null,
  work?: WorkOfBlock,
): ReadonlyMap<string, Standing> {
  const byHash = new Map<string, BlockClaim[]>()
  const byHeight = new Map<number, BlockClaim[]>()
  for (const claim of claims) {
    if (claim.block.hash !== null) pushTo(byHash, claim.block.hash, claim)
    else pushTo(byHeight, claim.block.height, claim)
  }
  const hashed = [...byHash.values()].map((group) => foldBlocks(group).block)
  const active =
    contested === null
      ? null
      : activeHashes(
          hashed.filter((block) => block.height >= contested - 1),
          work,
        )
  const merged = new Map<string, Standing>()
  const activeAt = new Map<number, string>()
  for (const block of hashed) {
    const hash = block.hash ?? ''
    const isActive = active === null || contested === null || block.height < contested - 1 || active.has(hash)
    merged.set(hash, { block, active: isActive })
    if (isActive) activeAt.set(block.height, hash)
  }
  for (const [height, group] of byHeight) {
    const bare = foldBlocks(group).block
    const hash = activeAt.get(height)
    const standing = hash === undefined ? undefined : merged.get(hash)
    if (hash === undefined || !standing) merged.set(String(height), { block: bare, active: true })
    else if (contradiction(standing.block, bare) === null)
      merged.set(hash, { block: filledBlock(standing.block, bare), active: true })
  }
  return merged
}

async function standingsBefore(
  w: Writing,
  chain: number,
  heights: ReadonlySet<number>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const heightList = await w.list({ height: 'int' }, { height: [...heights] })
  const idList = await w.list({ id: 'text' }, { id: ids })
  const rows = await w.rows(
    `SELECT id, active, ${contentColumns('block').join(', ')} FROM ${w.ledger('block')} b WHERE chain = ${chain} AND
      (height IN (SELECT height FROM ${heightList}) OR id IN (SELECT id FROM ${idList}))`,
  )
  return new Map(rows.map((row) => [asText(row[0]), { block: rowToBlock(row.slice(2)), active: asFlag(row[1]) }]))
}

async function replaceChanged(
  w: Writing,
  chain: number,
  before: ReadonlyMap<string, Standing>,
  now: ReadonlyMap<string, Standing>,
): Promise<void> {
  const changed = [...now].filter(([id, standing]) => !sameStanding(before.get(id), standing))
  // A block known by its height alone disappears into the hashed block that has come to its place.
  const gone = [...before.keys()].filter((id) => !now.has(id))
  const ids = await w.list({ id: 'text' }, { id: [...changed.map(([id]) => id), ...gone] })
  await w.replaceBlocks(chain, `SELECT id FROM ${ids}`)
  const blocks = changed.map(([, standing]) => standing.block)
  await w.append('block', {
    ...blockColumns(blocks, 0),
    chain: blocks.map(() => chain),
    id: changed.map(([id]) => id),
    active: changed.map(([, standing]) => standing.active),
    generation: blocks.map(() => w.generation),
  })
}

/**
 * Where transactions of other sources must be placed anew. A block that is new and joins the active chain without
 * displacing another changes nothing for them: its own transactions come with this source, and a height without any
 * block had none.
 */
function changedStandings(
  before: ReadonlyMap<string, Standing>,
  now: ReadonlyMap<string, Standing>,
): Pick<MergedBlocks, 'changedHeights' | 'changedHashes'> {
  const heights = new Set<number>()
  const hashes = new Set<string>()
  for (const id of new Set([...before.keys(), ...now.keys()])) {
    const was = before.get(id)
    const is = now.get(id)
    if (was?.active === is?.active && was?.block.height === is?.block.height) continue
    if (was === undefined && is?.active) continue
    for (const standing of [was, is]) {
      if (standing) heights.add(standing.block.height)
      if (standing?.block.hash) hashes.add(standing.block.hash)
    }
  }
  return { changedHeights: [...heights], changedHashes: [...hashes] }
}

function sameStanding(a: Standing | undefined, b: Standing): boolean {
  return a !== undefined && a.active === b.active && JSON.stringify(a.block) === JSON.stringify(b.block)
}

/** Columns height, hash, prev_hash, time, merkle_root, bits, header_verified, completeness. */
export function rowToBlock(row: Row): LedgerBlock {
  return {
    height: asInt(row[0]),
    hash: asTextOrNull(row[1]),
    prevHash: asTextOrNull(row[2]),
    time: asIntOrNull(row[3]),
    merkleRoot: asTextOrNull(row[4]),
    bits: asIntOrNull(row[5]),
    headerVerified: asFlag(row[6]),
    completeness: asText(row[7]) as Completeness,
  }
}
