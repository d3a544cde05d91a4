/** Writing row sets: new ones, merged ones, and ones whose block changed its standing. */
import type { LedgerInput, LedgerOutput, Proof, ScriptType } from '../ledger.ts'
import {
  asAmount,
  asFlag,
  asInt,
  asIntOrNull,
  asText,
  asTextOrNull,
  type Reading,
  type Row,
  type Writing,
} from './engine.ts'
import { type Claim, claimText, foldClaims, type SourcedClaim, textToClaim } from './fold-claims.ts'
import { columnsOf, staged } from './sql-text.ts'
import { inputBodyColumns, outputBodyColumns, type SourceRow, txBodyColumns } from './staging.ts'
import { contentColumns, ledgerTables, ROW_SET } from './tables.ts'

/** Copies transactions that the ledger has not seen; `fresh` is a table of (txid, height). */
export async function insertFresh(w: Writing, source: SourceRow, fresh: string): Promise<void> {
  for (const [stage, table] of [
    ['stage_tx', 'tx'],
    ['stage_in', 'tx_in'],
    ['stage_out', 'tx_out'],
  ] as const) {
    const columns = ['txid', ...contentColumns(table)]
    await w.insertFrom(
      table,
      ['chain', ...columns, 'height'],
      `SELECT ${source.chainId} AS chain, ${columnsOf('s', columns)}, f.height AS height
       FROM ${staged(stage, source.sourceId)} s JOIN ${fresh} f ON s.txid = f.txid`,
    )
  }
}

/** How many transactions are folded at once: bounds memory, and each portion scans the staged tables once. */
const PORTION = 20_000

/** Folds transactions on which this source and the ledger differ; `differing` is a table of txids. */
export async function foldDiffering(w: Writing, source: SourceRow, differing: string, place: string): Promise<void> {
  const all: string[] = []
  await w.each(`SELECT txid FROM ${differing} d ORDER BY txid`, (rows) => {
    for (const [txid] of rows) all.push(asText(txid))
  })
  for (let from = 0; from < all.length; from += PORTION) {
    const txids = all.slice(from, from + PORTION)
    await foldPortion(w, source, txids, await w.list({ txid: 'hash' }, { txid: txids }), place)
  }
}

async function foldPortion(
  w: Writing,
  source: SourceRow,
  txids: readonly string[],
  list: string,
  place: string,
): Promise<void> {
  const chain = source.chainId
  const heights = new Map(
    (await w.rows(`SELECT txid, height FROM ${place} p WHERE txid IN (SELECT txid FROM ${list})`)).map((row) => [
      asText(row[0]),
      asInt(row[1]),
    ]),
  )
  const kept = await keptClaims(w, chain, list)
  const unsplit = await unsplitClaims(w, chain, list, kept)
  const stated = await stagedClaims(w, source, list)

  const merged: (Claim & { txid: string })[] = []
  const conflicts: Row[] = []
  const claims: Row[] = []
  for (const txid of txids) {
    const before = kept.get(txid) ?? []
    const sole = unsplit.get(txid) ?? []
    const now = stated.get(txid) ?? []
    const folded = foldClaims([...before, ...sole, ...now])
    const height = heights.get(txid) ?? -1
    merged.push({ txid, ...folded.claim })
    for (const conflict of folded.conflicts)
      conflicts.push([chain, txid, conflict.source, conflict.code, conflict.message, height])
    // Where all statements are equal none needs keeping: the row set is that statement.
    if (new Set([...before, ...sole, ...now].map(({ text }) => text)).size < 2) continue
    const known = new Set(before.map(({ source: by, text }) => `${by} ${text}`))
    for (const { source: by, text } of [...sole, ...now]) {
      if (known.has(`${by} ${text}`)) continue
      known.add(`${by} ${text}`)
      claims.push([chain, txid, by, text])
    }
  }
  await w.replaceTransactions(chain, `SELECT txid FROM ${list}`)
  await appendRowSets(w, chain, merged, heights)
  await appendRows(w, 'conflict', conflicts)
  await appendRows(w, 'claim', claims)
}

async function appendRowSets(
  w: Writing,
  chain: number,
  merged: readonly (Claim & { readonly txid: string })[],
  heights: ReadonlyMap<string, number>,
): Promise<void> {
  const common = (txids: readonly string[]) => ({
    chain: txids.map(() => chain),
    height: txids.map((txid) => heights.get(txid) ?? -1),
    generation: txids.map(() => w.generation),
  })
  const tx = txBodyColumns(merged)
  const inputs = inputBodyColumns(merged)
  const outputs = outputBodyColumns(merged)
  await w.append('tx', { ...tx, ...common(tx.txid) })
  await w.append('tx_in', { ...inputs, ...common(inputs.txid) })
  await w.append('tx_out', { ...outputs, ...common(outputs.txid) })
}

async function appendRows(w: Writing, table: 'conflict' | 'claim', rows: readonly Row[]): Promise<void> {
  const names = Object.keys(ledgerTables[table])
  await w.append(
    table,
    Object.fromEntries(
      names.map((name, at) => [name, rows.map((row) => (name === 'generation' ? w.generation : row[at]))]),
    ),
  )
}

/** Gives row sets the height that counts now; `place` is a table of (txid, height). */
export async function moveRowSets(w: Writing, chain: number, place: string): Promise<void> {
  const moved = await w.work(
    `SELECT t.txid AS txid, p.height AS height FROM ${place} p
     JOIN (SELECT txid, height FROM ${w.ledger('tx')} x WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${place})) t ON t.txid = p.txid
     WHERE t.height <> p.height`,
  )
  const [some] = await w.rows(`SELECT count(*) FROM ${moved}`)
  if (asInt(some?.[0]) === 0) return
  const copies: { table: (typeof ROW_SET)[number]; columns: readonly string[]; copy: string }[] = []
  for (const table of ROW_SET) {
    const columns = Object.keys(ledgerTables[table]).filter((name) => name !== 'height' && name !== 'generation')
    const copy = await w.work(
      `SELECT ${columnsOf('t', columns)}, m.height AS height FROM ${w.ledger(table)} t JOIN ${moved} m ON t.txid = m.txid WHERE t.chain = ${chain}`,
    )
    copies.push({ table, columns: [...columns, 'height'], copy })
  }
  await w.replaceTransactions(chain, `SELECT txid FROM ${moved}`)
  for (const { table, columns, copy } of copies)
    await w.insertFrom(table, columns, `SELECT ${columns.join(', ')} FROM ${copy}`)
}

/** Statements that were kept because sources differ. */
export async function keptClaims(r: Reading, chain: number, list: string): Promise<Map<string, SourcedClaim[]>> {
  const claims = new Map<string, SourcedClaim[]>()
  const rows = await r.rows(
    `SELECT txid, source, content FROM ${r.ledger('claim')} c WHERE chain = ${chain} AND txid IN (SELECT txid FROM ${list})`,
  )
  for (const row of rows)
    pushTo(claims, asText(row[0]), { source: asInt(row[1]), claim: textToClaim(asText(row[2])), text: asText(row[2]) })
  return claims
}

/** Where sources agreed so far the row set is the statement of each of them. */
async function unsplitClaims(
  w: Writing,
  chain: number,
  list: string,
  kept: ReadonlyMap<string, unknown>,
): Promise<Map<string, SourcedClaim[]>> {
  const where = `WHERE x.chain = ${chain} AND x.txid IN (SELECT txid FROM ${list})`
  const bodies = await readClaims(w, (table) => `${w.ledger(table)} x ${where}`, '0', '0')
  const claims = new Map<string, SourcedClaim[]>()
  for (const row of await w.rows(`SELECT txid, source FROM ${w.ledger('tx_source')} x ${where}`)) {
    const txid = asText(row[0])
    const [body] = kept.has(txid) ? [] : (bodies.get(txid) ?? [])
    if (!body) continue
    const [equal] = claims.get(txid) ?? []
    pushTo(claims, txid, { source: asInt(row[1]), claim: body, text: equal?.text ?? claimText(body) })
  }
  return claims
}

async function stagedClaims(w: Writing, source: SourceRow, list: string): Promise<Map<string, SourcedClaim[]>> {
  const stageOf = { tx: 'stage_tx', tx_in: 'stage_in', tx_out: 'stage_out' } as const
  const bodies = await readClaims(
    w,
    (table) => `${staged(stageOf[table], source.sourceId)} x WHERE x.txid IN (SELECT txid FROM ${list})`,
    'batch',
    'ord',
  )
  return new Map(
    [...bodies].map(([txid, found]) => [
      txid,
      found.map((claim) => ({ source: source.sourceId, claim, text: claimText(claim) })),
    ]),
  )
}

/** Reads whole statements from three tables; (batch, ord) tells statements of one txid apart. */
async function readClaims(
  w: Writing,
  from: (table: 'tx' | 'tx_in' | 'tx_out') => string,
  batch: string,
  ord: string,
): Promise<Map<string, Claim[]>> {
  const inputs = new Map<string, LedgerInput[]>()
  const outputs = new Map<string, LedgerOutput[]>()
  const key = (row: Row) => `${asInt(row[0])} ${asInt(row[1])} ${asText(row[2])}`
  const select = (table: 'tx' | 'tx_in' | 'tx_out', order: string) =>
    w.rows(`SELECT ${batch} AS b, ${ord} AS o, txid, ${contentColumns(table).join(', ')} FROM ${from(table)} ${order}`)
  for (const row of await select('tx_in', 'ORDER BY vin')) pushTo(inputs, key(row), rowToInput(row.slice(4)))
  for (const row of await select('tx_out', 'ORDER BY vout')) pushTo(outputs, key(row), rowToOutput(row.slice(4)))
  const claims = new Map<string, Claim[]>()
  for (const row of await select('tx', '')) {
    pushTo(claims, asText(row[2]), {
      coinbase: asFlag(row[3]),
      version: asIntOrNull(row[4]),
      locktime: asIntOrNull(row[5]),
      proof: asText(row[6]) as Proof,
      inputs: inputs.get(key(row)) ?? [],
      outputs: outputs.get(key(row)) ?? [],
    })
  }
  return claims
}

/** Columns prev, prev_vout, sequence, pv_value, pv_script, pv_address. */
export function rowToInput(row: Row): LedgerInput {
  const [prev, vout, sequence, value, script, address] = row
  return {
    prev: prev === null ? null : { txid: asText(prev), vout: asInt(vout) },
    sequence: asIntOrNull(sequence),
    prevout:
      value === null ? null : { value: asAmount(value), script: asTextOrNull(script), address: asTextOrNull(address) },
  }
}

/** Columns value, script, type, address. */
export function rowToOutput(row: Row): LedgerOutput {
  const [value, script, type, address] = row
  return {
    value: asAmount(value),
    script: asTextOrNull(script),
    type: asText(type) as ScriptType,
    address: asTextOrNull(address),
  }
}

export function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
