/**
 * Defects: those that importers reported, and those that only the whole ledger shows.
 *
 * The latter are derived when asked for, never frozen: a source that brings the missing transactions makes
 * PREVOUT_UNKNOWN go away, and a reorganisation may undo a double spend.
 */
import type { Defect } from '../ledger.ts'
import { asAmount, asInt, asIntOrNull, asText, asTextOrNull, type Reading } from './engine.ts'
import { foldBlocks } from './fold-blocks.ts'
import { prevoutDifference } from './fold-claims.ts'
import { activeInclusions } from './publish.ts'
import { rowToBlock } from './publish-blocks.ts'
import { keptClaims, pushTo } from './publish-row-sets.ts'
import { contentColumns } from './tables.ts'

export type SourceDefect = Defect & { readonly source: string }

/** `about` names every source the defect concerns; `defect.source` is the first of them by name. */
export type FoundDefect = { readonly about: readonly number[]; readonly defect: SourceDefect }

type Sources = ReadonlyMap<number, { readonly name: string; readonly sha256: string }>

/** All defects of a chain, ordered by code, source, transaction and place. */
export async function findDefects(r: Reading, chain: number): Promise<readonly FoundDefect[]> {
  const sources = await publishedSources(r, chain)
  const found = [
    ...(await reportedDefects(r, chain, sources)),
    ...(await conflictDefects(r, chain, sources)),
    ...(await blockDefects(r, chain, sources)),
    ...(await disagreeingPrevouts(r, chain, sources)),
    ...(await disagreeingStatements(r, chain, sources)),
    ...(await doubleSpends(r, chain, sources)),
    ...(await duplicateTransactions(r, chain, sources)),
    ...(await unbalancedTransactions(r, chain, sources)),
    ...(await unknownPrevouts(r, chain, sources)),
  ]
  const key = ({ defect }: FoundDefect) =>
    [defect.code, defect.source, defect.txid ?? '', defect.place, defect.message].join('\u0000')
  const keyed = found.map((entry) => ({ entry, key: key(entry) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry)
}

async function publishedSources(r: Reading, chain: number): Promise<Sources> {
  const rows = await r.rows(
    `SELECT source, name, sha256 FROM source s WHERE chain = ${chain} AND source IN (SELECT source FROM publication)`,
  )
  return new Map(rows.map((row) => [asInt(row[0]), { name: asText(row[1]), sha256: asText(row[2]) }]))
}

function about(sources: Sources, ids: readonly number[], defect: Defect): FoundDefect {
  const key = (id: number) => `${sources.get(id)?.name ?? ''}\u0000${sources.get(id)?.sha256 ?? ''}`
  const ordered = [...new Set(ids)].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  return { about: ordered, defect: { ...defect, source: sources.get(ordered[0] ?? -1)?.name ?? '' } }
}

/** Said by importers; equal ones are added up, so that the size of batches does not show. */
async function reportedDefects(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const rows = await r.rows(
    `SELECT source, code, message, place, txid, sum(count) FROM defect d
     WHERE source IN (SELECT source FROM publication WHERE chain = ${chain}) AND batch IN (SELECT batch FROM batch)
     GROUP BY source, code, message, place, txid`,
  )
  return rows.map((row) => {
    const txid = asTextOrNull(row[4])
    const defect = { code: asText(row[1]), message: asText(row[2]), place: asText(row[3]), count: asInt(row[5]) }
    return about(sources, [asInt(row[0])], txid === null ? defect : { ...defect, txid })
  })
}

async function conflictDefects(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const rows = await r.rows(`SELECT txid, source, code, message FROM ${r.ledger('conflict')} c WHERE chain = ${chain}`)
  return rows.map((row) => {
    const source = asInt(row[1])
    const message =
      asText(row[2]) === 'TX_CONFLICT' ? `Sources differ on this transaction: ${asText(row[3])}.` : asText(row[3])
    return about(sources, [source], {
      code: asText(row[2]),
      message,
      place: sources.get(source)?.name ?? '',
      txid: asText(row[0]),
      count: 1,
    })
  })
}

async function blockDefects(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const fields = ['height', 'prev_hash', 'time', 'merkle_root', 'bits']
  const rows = await r.rows(
    `SELECT source, ${contentColumns('block').join(', ')} FROM ${r.ledger('block_claim')} c WHERE chain = ${chain} AND hash IN
       (SELECT hash FROM ${r.ledger('block_claim')} d WHERE chain = ${chain} AND hash IS NOT NULL GROUP BY hash
        HAVING ${fields.map((field) => `min(${field}) <> max(${field})`).join(' OR ')})`,
  )
  const claims = new Map<string, { source: number; block: ReturnType<typeof rowToBlock> }[]>()
  for (const row of rows) {
    const claim = { source: asInt(row[0]), block: rowToBlock(row.slice(1)) }
    pushTo(claims, claim.block.hash ?? '', claim)
  }
  return [...claims].flatMap(([hash, group]) =>
    foldBlocks(group).conflicts.map(({ source, message }) =>
      about(sources, [source], {
        code: 'BLOCK_CONFLICT',
        message: `Sources differ on block ${hash}: ${message}.`,
        place: sources.get(source)?.name ?? '',
        count: 1,
      }),
    ),
  )
}

/** A source says of a spent output something else than the transaction that created it. The ledger's output stands. */
async function disagreeingPrevouts(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const rows = await r.rows(
    `SELECT i.txid, i.vin, i.prev, i.prev_vout, o.value, o.script, o.address
     FROM (SELECT * FROM ${r.ledger('tx_in')} x WHERE chain = ${chain} AND height >= 0 AND pv_value IS NOT NULL) i
     JOIN (SELECT * FROM ${r.ledger('tx_out')} y WHERE chain = ${chain} AND height >= 0) o ON i.prev = o.txid AND i.prev_vout = o.vout
     WHERE i.pv_value <> o.value OR coalesce(i.pv_script <> o.script, 1 = 0) OR coalesce(i.pv_address <> o.address, 1 = 0)`,
  )
  const txids = [...new Set(rows.map((row) => asText(row[0])))]
  const stated = await statedBySource(r, chain, txids)
  return rows.flatMap((row) => {
    const [txid, vin] = [asText(row[0]), asInt(row[1])]
    const output = { value: asAmount(row[4]), script: asTextOrNull(row[5]), address: asTextOrNull(row[6]) }
    const wrong = (stated.get(txid) ?? []).flatMap(({ source, prevouts }) => {
      const prevout = prevouts(vin)
      const difference = prevout && prevoutDifference(output, prevout)
      return difference ? [{ source, difference }] : []
    })
    return wrong.map(({ source, difference }) =>
      about(sources, [source], {
        code: 'PREVOUT_DISAGREES',
        message: `Input ${vin} spends ${asText(row[2])}:${asInt(row[3])}, whose ${difference} in the ledger, which is used.`,
        place: sources.get(source)?.name ?? '',
        txid,
        count: 1,
      }),
    )
  })
}

type Stated = {
  readonly source: number
  readonly prevouts: (vin: number) => { value: bigint; script: string | null; address: string | null } | null
}

/** What each source states of the outputs that these transactions spend. */
async function statedBySource(
  r: Reading,
  chain: number,
  txids: readonly string[],
): Promise<ReadonlyMap<string, readonly Stated[]>> {
  const stated = new Map<string, Stated[]>()
  if (txids.length === 0) return stated
  const list = await r.list({ txid: 'hash' }, { txid: txids })
  const kept = await keptClaims(r, chain, list)
  for (const [txid, claims] of kept) {
    for (const { source, claim } of claims)
      pushTo(stated, txid, { source, prevouts: (vin) => claim.inputs[vin]?.prevout ?? null })
  }
  const where = `chain = ${chain} AND txid IN (SELECT txid FROM ${list})`
  const shared = new Map<string, { value: bigint; script: string | null; address: string | null }>()
  for (const row of await r.rows(
    `SELECT txid, vin, pv_value, pv_script, pv_address FROM ${r.ledger('tx_in')} i WHERE ${where} AND pv_value IS NOT NULL`,
  )) {
    shared.set(`${asText(row[0])} ${asInt(row[1])}`, {
      value: asAmount(row[2]),
      script: asTextOrNull(row[3]),
      address: asTextOrNull(row[4]),
    })
  }
  for (const row of await r.rows(`SELECT txid, source FROM ${r.ledger('tx_source')} s WHERE ${where}`)) {
    const txid = asText(row[0])
    if (!kept.has(txid))
      pushTo(stated, txid, { source: asInt(row[1]), prevouts: (vin) => shared.get(`${txid} ${vin}`) ?? null })
  }
  return stated
}

/** Two spenders state different things of one output that the ledger itself does not hold. */
async function disagreeingStatements(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const stated = `(SELECT txid, prev, prev_vout, pv_value, pv_script, pv_address FROM ${r.ledger('tx_in')} i
    WHERE chain = ${chain} AND height >= 0 AND prev IS NOT NULL AND pv_value IS NOT NULL)`
  const rows = await r.rows(
    `SELECT prev, prev_vout, min(txid), max(txid) FROM ${stated} s
     WHERE (prev, prev_vout) NOT IN (SELECT txid, vout FROM ${r.ledger('tx_out')} o WHERE chain = ${chain} AND height >= 0)
     GROUP BY prev, prev_vout
     HAVING min(pv_value) <> max(pv_value) OR coalesce(min(pv_script) <> max(pv_script), 1 = 0) OR coalesce(min(pv_address) <> max(pv_address), 1 = 0)`,
  )
  const carriers = await carriersOf(
    r,
    chain,
    rows.flatMap((row) => [asText(row[2]), asText(row[3])]),
  )
  return rows.map((row) => {
    const [first, last] = [asText(row[2]), asText(row[3])]
    const outpoint = `${asText(row[0])}:${asInt(row[1])}`
    return about(sources, [...(carriers.get(first) ?? []), ...(carriers.get(last) ?? [])], {
      code: 'PREVOUT_DISAGREES',
      message: `Transactions ${first} and ${last} state different things of the output ${outpoint}, which the ledger does not hold.`,
      place: outpoint,
      txid: first,
      count: 1,
    })
  })
}

async function doubleSpends(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const inputs = `(SELECT txid, vin, prev, prev_vout FROM ${r.ledger('tx_in')} i WHERE chain = ${chain} AND height >= 0 AND prev IS NOT NULL)`
  const rows = await r.rows(
    `SELECT prev, prev_vout, txid FROM ${inputs} a WHERE (prev, prev_vout) IN
       (SELECT prev, prev_vout FROM ${inputs} b GROUP BY prev, prev_vout HAVING count(*) > 1) ORDER BY txid`,
  )
  const spenders = new Map<string, string[]>()
  for (const row of rows) pushTo(spenders, `${asText(row[0])}:${asInt(row[1])}`, asText(row[2]))
  const carriers = await carriersOf(r, chain, [...spenders.values()].flat())
  return [...spenders].map(([outpoint, txids]) =>
    about(
      sources,
      txids.flatMap((txid) => carriers.get(txid) ?? []),
      {
        code: 'OUTPUT_SPENT_TWICE',
        message: `The output ${outpoint} is spent by ${txids.join(' and by ')}.`,
        place: outpoint,
        txid: txids[0] ?? '',
        count: 1,
      },
    ),
  )
}

async function duplicateTransactions(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const all = `(SELECT txid, height, hash FROM ${r.ledger('inclusion')} i WHERE chain = ${chain})`
  const several = `(SELECT * FROM ${all} m WHERE txid IN (SELECT txid FROM ${all} s GROUP BY txid HAVING min(height) <> max(height)))`
  const rows = await r.rows(
    `SELECT DISTINCT txid, height FROM (${activeInclusions(r, chain, several)}) a ORDER BY txid, height`,
  )
  const heights = new Map<string, number[]>()
  for (const row of rows) pushTo(heights, asText(row[0]), asInt(row[1]))
  const repeated = [...heights].filter(([, list]) => list.length > 1)
  const carriers = await carriersOf(
    r,
    chain,
    repeated.map(([txid]) => txid),
  )
  return repeated.map(([txid, list]) =>
    about(sources, carriers.get(txid) ?? [], {
      code: 'TX_DUPLICATE_TXID',
      message: `Blocks ${list.join(' and ')} include this transaction; its outputs count once, from block ${list.at(-1)} (BIP 30).`,
      place: `block ${list[0]}`,
      txid,
      count: 1,
    }),
  )
}

async function unbalancedTransactions(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const visible = `chain = ${chain} AND height >= 0`
  const rows = await r.rows(
    `SELECT i.txid, i.paid, o.paid FROM
       (SELECT a.txid AS txid, ${r.exactSum('coalesce(p.value, a.pv_value)')} AS paid
        FROM (SELECT * FROM ${r.ledger('tx_in')} x WHERE ${visible}) a
        LEFT JOIN (SELECT txid, vout, value FROM ${r.ledger('tx_out')} y WHERE ${visible}) p ON a.prev = p.txid AND a.prev_vout = p.vout
        GROUP BY a.txid HAVING count(*) = count(coalesce(p.value, a.pv_value))) i
     JOIN (SELECT txid, ${r.exactSum('value')} AS paid FROM ${r.ledger('tx_out')} z WHERE ${visible} GROUP BY txid) o ON i.txid = o.txid
     WHERE i.paid < o.paid`,
  )
  const carriers = await carriersOf(
    r,
    chain,
    rows.map((row) => asText(row[0])),
  )
  return rows.map((row) => {
    const txid = asText(row[0])
    return about(sources, carriers.get(txid) ?? [], {
      code: 'TX_VALUES_DO_NOT_ADD_UP',
      message: `The inputs are worth ${asAmount(row[1])} and the outputs ${asAmount(row[2])} base units.`,
      place: txid,
      txid,
      count: 1,
    })
  })
}

/** One per source: how many of its inputs spend an output that nobody describes, and the first of them. */
async function unknownPrevouts(r: Reading, chain: number, sources: Sources): Promise<readonly FoundDefect[]> {
  const visible = `chain = ${chain} AND height >= 0`
  const rows = await r.rows(
    `SELECT source, n, txid, vin, height FROM (
       SELECT source, txid, vin, height, count(*) OVER (PARTITION BY source) AS n,
         row_number() OVER (PARTITION BY source ORDER BY height, txid, vin) AS place
       FROM (SELECT u.txid AS txid, u.vin AS vin, u.height AS height, s.source AS source
         FROM (SELECT txid, vin, height FROM ${r.ledger('tx_in')} i
               WHERE ${visible} AND prev IS NOT NULL AND pv_value IS NULL
                 AND (prev, prev_vout) NOT IN (SELECT txid, vout FROM ${r.ledger('tx_out')} o WHERE ${visible})
                 AND (prev, prev_vout) NOT IN (SELECT prev, prev_vout FROM ${r.ledger('tx_in')} j
                                              WHERE ${visible} AND prev IS NOT NULL AND pv_value IS NOT NULL)) u
         JOIN (SELECT txid, source FROM ${r.ledger('tx_source')} t WHERE chain = ${chain}) s ON u.txid = s.txid) v) w
     WHERE place = 1`,
  )
  return rows.map((row) =>
    about(sources, [asInt(row[0])], {
      code: 'PREVOUT_UNKNOWN',
      message: `${asInt(row[1])} inputs spend outputs of transactions that no source describes; the first is input ${asInt(row[3])} of ${asText(row[2])} in block ${asIntOrNull(row[4])}.`,
      place: `${asText(row[2])} input ${asInt(row[3])}`,
      txid: asText(row[2]),
      count: asInt(row[1]),
    }),
  )
}

async function carriersOf(
  r: Reading,
  chain: number,
  txids: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const carriers = new Map<string, number[]>()
  if (txids.length === 0) return carriers
  const list = await r.list({ txid: 'hash' }, { txid: [...new Set(txids)] })
  for (const row of await r.rows(
    `SELECT txid, source FROM ${r.ledger('tx_source')} s WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${list})`,
  )) {
    pushTo(carriers, asText(row[0]), asInt(row[1]))
  }
  return carriers
}
