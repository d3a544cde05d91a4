/** Opening a source, keeping its batches, forgetting it. */
import { isHex, stop } from '../../kernel/index.ts'
import type { SourceState } from '../chain-store.ts'
import type { Defect, LedgerBatch, LedgerBlock, LedgerTx, SourceDescription } from '../ledger.ts'
import { asInt, asText, type Reading, type Writing } from './engine.ts'
import { quoted } from './sql-text.ts'
import { type StageTable, UTXO_STAGES } from './tables.ts'

export type SourceRow = SourceDescription & { readonly sourceId: number; readonly chainId: number }

export async function beginSource(
  w: Writing,
  source: SourceDescription,
  tables: readonly StageTable[] = UTXO_STAGES,
): Promise<SourceState> {
  const chainId = await chainNumber(w, source.chain)
  const [known] = await w.rows(
    `SELECT source FROM source WHERE chain = ${chainId} AND format = ${quoted(source.format)} AND sha256 = ${quoted(source.sha256)}`,
  )
  if (known) return sourceState(w, asInt(known[0]))
  const [highest] = await w.rows(
    'SELECT max(s) FROM (SELECT source AS s FROM source UNION ALL SELECT source AS s FROM batch UNION ALL SELECT 0 AS s) x',
  )
  const sourceId = asInt(highest?.[0]) + 1
  await w.createStage(sourceId, tables)
  await w.append('source', {
    source: [sourceId],
    chain: [chainId],
    format: [source.format],
    name: [source.name],
    sha256: [source.sha256],
    bytes: [source.bytes],
  })
  return { sourceId, state: 'new', cursor: null }
}

/** The number under which rows of a chain are kept; given out when the chain is first heard of. */
export async function chainNumber(w: Writing, chain: string): Promise<number> {
  const known = await findChain(w, chain)
  if (known !== null) return known
  const [highest] = await w.rows('SELECT max(c) FROM (SELECT chain AS c FROM chain_name UNION ALL SELECT 0 AS c) x')
  const chainId = asInt(highest?.[0]) + 1
  await w.append('chain_name', { chain: [chainId], name: [chain] })
  return chainId
}

export async function findChain(r: Reading, chain: string): Promise<number | null> {
  const [row] = await r.rows(`SELECT chain FROM chain_name WHERE name = ${quoted(chain)}`)
  return row ? asInt(row[0]) : null
}

export async function sourceRow(r: Reading, sourceId: number): Promise<SourceRow> {
  const [row] = await r.rows(
    `SELECT s.source, s.chain, c.name, s.format, s.name, s.sha256, s.bytes
     FROM source s JOIN chain_name c ON c.chain = s.chain WHERE s.source = ${asInt(sourceId)}`,
  )
  if (!row) {
    return stop('CHAIN_STORE_NO_SOURCE', `There is no source ${sourceId} in this store.`, {
      fix: 'Begin the source first, or list the sources with `comity chain status`.',
    })
  }
  return {
    sourceId: asInt(row[0]),
    chainId: asInt(row[1]),
    chain: asText(row[2]),
    format: asText(row[3]) as SourceRow['format'],
    name: asText(row[4]),
    sha256: asText(row[5]),
    bytes: asInt(row[6]),
  }
}

export async function sourceState(r: Reading, sourceId: number): Promise<SourceState> {
  const published = await r.rows(`SELECT generation FROM publication WHERE source = ${sourceId}`)
  const [last] = await r.rows(`SELECT cursor FROM batch WHERE source = ${sourceId} ORDER BY seq DESC LIMIT 1`)
  const state = published.length > 0 ? 'published' : last ? 'staged' : 'new'
  return { sourceId, state, cursor: last ? asText(last[0]) : null }
}

export async function stageBatch(w: Writing, sourceId: number, batch: LedgerBatch, cursor: string): Promise<void> {
  const source = await sourceRow(w, sourceId)
  await refusePublished(w, source)
  const [last] = await w.rows(
    `SELECT max(s) FROM (SELECT seq AS s FROM batch WHERE source = ${sourceId} UNION ALL SELECT 0 AS s) x`,
  )
  // A number never used before: rows of a batch that a crash cut short must not join a later batch.
  const id = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER)
  checkRanges(batch, source.name)
  await w.appendStaged('stage_block', sourceId, blockColumns(batch.blocks, id))
  await w.appendStaged('stage_tx', sourceId, txColumns(batch.transactions, id))
  await w.appendStaged('stage_in', sourceId, inputColumns(batch.transactions, id))
  await w.appendStaged('stage_out', sourceId, outputColumns(batch.transactions, id))
  await w.append('defect', defectColumns(batch.defects, sourceId, id))
  await w.append('batch', { source: [sourceId], batch: [id], seq: [asInt(last?.[0]) + 1], cursor: [cursor] })
}

export async function abandonSource(w: Writing, sourceId: number): Promise<void> {
  const source = await sourceRow(w, sourceId)
  await refusePublished(w, source)
  await w.deleteBook('batch', `source = ${sourceId}`)
  await w.deleteBook('defect', `source = ${sourceId}`)
  await w.deleteBook('source', `source = ${sourceId}`)
  await w.dropStage(sourceId)
}

export async function refusePublished(r: Reading, source: SourceRow): Promise<void> {
  const state = await sourceState(r, source.sourceId)
  if (state.state !== 'published') return
  stop('CHAIN_STORE_PUBLISHED', `"${source.name}" is already part of the ledger.`, {
    place: source.name,
    fix: 'A published source stays as it is; import the corrected data as a new source.',
  })
}

const U64_MAX = (1n << 64n) - 1n

/** Refuses what the columns could not hold: cut numbers and half hashes must not enter a ledger. */
function checkRanges(batch: LedgerBatch, place: string): void {
  const amount = (value: bigint, where: string) => {
    if (value < 0n || value > U64_MAX) {
      stop('CHAIN_STORE_AMOUNT_RANGE', `${where} has the amount ${value}, which is no unsigned 64-bit number.`, {
        place,
        fix: 'Check the source: no output of a supported chain can be worth that much.',
      })
    }
  }
  const hash = (value: string | null, where: string) => {
    if (value !== null && !isHex(value, 32)) {
      stop(
        'CHAIN_STORE_HASH_FORM',
        `${where} has the hash "${value.slice(0, 80)}", which is not 64 lower-case hexadecimal digits.`,
        {
          place,
          fix: 'Check the source; write hashes as explorers show them.',
        },
      )
    }
  }
  const script = (value: string | null, where: string) => {
    if (value !== null && !isHex(value))
      stop('CHAIN_STORE_HASH_FORM', `${where} has a script that is not hexadecimal.`, {
        place,
        fix: 'Check the source.',
      })
  }
  for (const block of batch.blocks) {
    for (const value of [block.hash, block.prevHash, block.merkleRoot]) hash(value, `Block ${block.height}`)
  }
  for (const tx of batch.transactions) {
    hash(tx.txid, 'A transaction')
    hash(tx.block.hash, tx.txid)
    for (const input of tx.inputs) {
      if (input.prev) hash(input.prev.txid, tx.txid)
      if (!input.prevout) continue
      amount(input.prevout.value, tx.txid)
      script(input.prevout.script, tx.txid)
    }
    for (const output of tx.outputs) {
      amount(output.value, tx.txid)
      script(output.script, tx.txid)
    }
  }
}

export function blockColumns(blocks: readonly LedgerBlock[], id: number) {
  return {
    batch: blocks.map(() => id),
    height: blocks.map((block) => block.height),
    hash: blocks.map((block) => block.hash),
    prev_hash: blocks.map((block) => block.prevHash),
    time: blocks.map((block) => block.time),
    merkle_root: blocks.map((block) => block.merkleRoot),
    bits: blocks.map((block) => block.bits),
    header_verified: blocks.map((block) => block.headerVerified),
    completeness: blocks.map((block) => block.completeness),
  }
}

function txColumns(transactions: readonly LedgerTx[], id: number) {
  return {
    batch: transactions.map(() => id),
    ord: transactions.map((_, ord) => ord),
    height: transactions.map((tx) => tx.block.height),
    hash: transactions.map((tx) => tx.block.hash),
    time: transactions.map((tx) => tx.block.time),
    idx: transactions.map((tx) => tx.index),
    ...txBodyColumns(transactions),
  }
}

type TxBody = Pick<LedgerTx, 'txid' | 'coinbase' | 'version' | 'locktime' | 'proof' | 'inputs' | 'outputs'>

export function txBodyColumns(transactions: readonly TxBody[]) {
  return {
    txid: transactions.map((tx) => tx.txid),
    coinbase: transactions.map((tx) => tx.coinbase),
    version: transactions.map((tx) => tx.version),
    locktime: transactions.map((tx) => tx.locktime),
    proof: transactions.map((tx) => tx.proof),
    n_in: transactions.map((tx) => tx.inputs.length),
    n_out: transactions.map((tx) => tx.outputs.length),
  }
}

function inputColumns(transactions: readonly LedgerTx[], id: number) {
  const body = inputBodyColumns(transactions)
  return { ...body, batch: body.txid.map(() => id), ord: transactions.flatMap((tx, ord) => tx.inputs.map(() => ord)) }
}

export function inputBodyColumns(transactions: readonly TxBody[]) {
  const inputs = transactions.flatMap((tx) => tx.inputs)
  return {
    txid: transactions.flatMap((tx) => tx.inputs.map(() => tx.txid)),
    vin: transactions.flatMap((tx) => tx.inputs.map((_, vin) => vin)),
    prev: inputs.map((input) => input.prev?.txid ?? null),
    prev_vout: inputs.map((input) => input.prev?.vout ?? null),
    sequence: inputs.map((input) => input.sequence),
    pv_value: inputs.map((input) => input.prevout?.value ?? null),
    pv_script: inputs.map((input) => input.prevout?.script ?? null),
    pv_address: inputs.map((input) => input.prevout?.address ?? null),
  }
}

function outputColumns(transactions: readonly LedgerTx[], id: number) {
  const body = outputBodyColumns(transactions)
  return { ...body, batch: body.txid.map(() => id), ord: transactions.flatMap((tx, ord) => tx.outputs.map(() => ord)) }
}

export function outputBodyColumns(transactions: readonly TxBody[]) {
  const outputs = transactions.flatMap((tx) => tx.outputs)
  return {
    txid: transactions.flatMap((tx) => tx.outputs.map(() => tx.txid)),
    vout: transactions.flatMap((tx) => tx.outputs.map((_, vout) => vout)),
    value: outputs.map((output) => output.value),
    script: outputs.map((output) => output.script),
    type: outputs.map((output) => output.type),
    address: outputs.map((output) => output.address),
  }
}

export function defectColumns(defects: readonly Defect[], source: number, id: number) {
  return {
    source: defects.map(() => source),
    batch: defects.map(() => id),
    code: defects.map((defect) => defect.code),
    message: defects.map((defect) => defect.message),
    place: defects.map((defect) => defect.place),
    txid: defects.map((defect) => defect.txid ?? null),
    count: defects.map((defect) => defect.count),
  }
}
