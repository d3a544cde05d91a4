/** Questions about transactions and outputs. Everything asked for goes into a list that the engine joins with. */
import type { KnownOutput, Spend } from '../chain-store.ts'
import type { BlockRef, LedgerInput, LedgerOutput, LedgerTx, OutPoint, Proof, TxId } from '../ledger.ts'
import { asAmount, asFlag, asInt, asIntOrNull, asText, asTextOrNull, type Reading, type Row } from './engine.ts'
import { prevoutOrder } from './prevout-order.ts'
import { activeInclusions, inclusionsAt } from './publish.ts'
import { pushTo, rowToInput, rowToOutput } from './publish-row-sets.ts'
import { contentColumns } from './tables.ts'

/** In the order in which the ids were first asked for; unknown ids and those of stale blocks are left out. */
export async function transactions(r: Reading, chain: number, txids: readonly TxId[]): Promise<readonly LedgerTx[]> {
  const wanted = [...new Set(txids)]
  if (wanted.length === 0) return []
  const bodies = await readBodies(r, chain, await r.list({ txid: 'hash' }, { txid: wanted }))
  const places = await readPlaces(
    r,
    chain,
    [...bodies.values()].map(({ txid, height }) => ({ txid, height })),
  )
  return wanted.flatMap((txid) => {
    const body = bodies.get(txid)
    return body ? [placed(body, body.height, places)] : []
  })
}

/** Transactions without a known position come after those that have one. */
const MAX_INDEX = Number.MAX_SAFE_INTEGER

/** A transaction that two active blocks include (BIP 30) appears in both. */
export async function transactionsAt(
  r: Reading,
  chain: number,
  heights: readonly number[],
): Promise<readonly LedgerTx[]> {
  if (heights.length === 0) return []
  const list = await r.list({ height: 'int' }, { height: heights })
  const here = inclusionsAt(r, chain, list)
  const rows = await r.rows(
    `SELECT DISTINCT txid, height FROM (${activeInclusions(r, chain, here)}) a WHERE height IN (SELECT height FROM ${list})`,
  )
  const pairs = rows.map((row) => ({ txid: asText(row[0]), height: asInt(row[1]) }))
  if (pairs.length === 0) return []
  const bodies = await readBodies(
    r,
    chain,
    await r.list({ txid: 'hash' }, { txid: [...new Set(pairs.map(({ txid }) => txid))] }),
  )
  const places = await readPlaces(r, chain, pairs)
  return pairs
    .flatMap(({ txid, height }) => {
      const body = bodies.get(txid)
      return body ? [placed(body, height, places)] : []
    })
    .sort(
      (a, b) =>
        a.block.height - b.block.height ||
        (a.index ?? MAX_INDEX) - (b.index ?? MAX_INDEX) ||
        (a.txid < b.txid ? -1 : 1),
    )
}

/** Outputs in the order asked for. */
export async function outputs(
  r: Reading,
  chain: number,
  outpoints: readonly OutPoint[],
): Promise<readonly KnownOutput[]> {
  const wanted = distinctOutpoints(outpoints)
  if (wanted.length === 0) return []
  const list = await outpointList(r, wanted)
  const found = await knownOutputs(
    r,
    chain,
    `(txid, vout) IN (SELECT txid, vout FROM ${list})`,
    `(prev, prev_vout) IN (SELECT txid, vout FROM ${list})`,
  )
  return wanted.flatMap((outpoint) => {
    const output = found.get(outpointKey(outpoint))
    return output ? [output] : []
  })
}

/** By txid as first asked for, then by output number. */
export async function outputsOf(r: Reading, chain: number, txids: readonly TxId[]): Promise<readonly KnownOutput[]> {
  const wanted = [...new Set(txids)]
  if (wanted.length === 0) return []
  const list = await r.list({ txid: 'hash' }, { txid: wanted })
  const found = await knownOutputs(r, chain, `txid IN (SELECT txid FROM ${list})`, `prev IN (SELECT txid FROM ${list})`)
  const byTxid = new Map<string, KnownOutput[]>()
  for (const output of found.values()) pushTo(byTxid, output.outpoint.txid, output)
  return wanted.flatMap((txid) => (byTxid.get(txid) ?? []).sort((a, b) => a.outpoint.vout - b.outpoint.vout))
}

/** Ordered by outpoint as asked for, then by height, txid and input: an output spent twice shows both. */
export async function spenders(
  r: Reading,
  chain: number,
  outpoints: readonly OutPoint[],
  maxHeight: number,
): Promise<readonly Spend[]> {
  const wanted = distinctOutpoints(outpoints)
  if (wanted.length === 0) return []
  const list = await outpointList(r, wanted)
  const rows = await r.rows(
    `SELECT prev, prev_vout, txid, vin, height FROM ${r.ledger('tx_in')} i
     WHERE chain = ${chain} AND height >= 0 AND height <= ${asInt(maxHeight)} AND (prev, prev_vout) IN (SELECT txid, vout FROM ${list})
     ORDER BY height, txid, vin`,
  )
  const byOutpoint = new Map<string, Spend[]>()
  for (const row of rows) {
    const outpoint = { txid: asText(row[0]), vout: asInt(row[1]) }
    pushTo(byOutpoint, outpointKey(outpoint), {
      outpoint,
      txid: asText(row[2]),
      vin: asInt(row[3]),
      height: asInt(row[4]),
    })
  }
  return wanted.flatMap((outpoint) => byOutpoint.get(outpointKey(outpoint)) ?? [])
}

type Body = Omit<LedgerTx, 'block' | 'index'> & { readonly height: number }

async function readBodies(r: Reading, chain: number, list: string): Promise<ReadonlyMap<string, Body>> {
  const where = `chain = ${chain} AND height >= 0 AND txid IN (SELECT txid FROM ${list})`
  const prevouts = await prevoutsOf(r, chain, where)
  const inputs = new Map<string, LedgerInput[]>()
  for (const row of await r.rows(
    `SELECT txid, ${contentColumns('tx_in').join(', ')} FROM ${r.ledger('tx_in')} i WHERE ${where} ORDER BY vin`,
  )) {
    const input = rowToInput(row.slice(2))
    const known = input.prev && prevouts.get(outpointKey(input.prev))
    const prevout = known ? { value: known.value, script: known.script, address: known.address } : input.prevout
    pushTo(inputs, asText(row[0]), { ...input, prevout })
  }
  const outs = new Map<string, LedgerOutput[]>()
  for (const row of await r.rows(
    `SELECT txid, ${contentColumns('tx_out').join(', ')} FROM ${r.ledger('tx_out')} o WHERE ${where} ORDER BY vout`,
  )) {
    pushTo(outs, asText(row[0]), rowToOutput(row.slice(2)))
  }
  const bodies = new Map<string, Body>()
  for (const row of await r.rows(
    `SELECT txid, height, coinbase, version, locktime, proof FROM ${r.ledger('tx')} t WHERE ${where}`,
  )) {
    const txid = asText(row[0])
    bodies.set(txid, {
      txid,
      height: asInt(row[1]),
      coinbase: asFlag(row[2]),
      version: asIntOrNull(row[3]),
      locktime: asIntOrNull(row[4]),
      proof: asText(row[5]) as Proof,
      inputs: inputs.get(txid) ?? [],
      outputs: outs.get(txid) ?? [],
    })
  }
  return bodies
}

/** What the ledger knows of the outputs that the inputs of these transactions spend. */
async function prevoutsOf(r: Reading, chain: number, where: string): Promise<ReadonlyMap<string, KnownOutput>> {
  const spent = `(SELECT prev, prev_vout FROM ${r.ledger('tx_in')} s WHERE ${where} AND prev IS NOT NULL)`
  return knownOutputs(r, chain, `(txid, vout) IN ${spent}`, `(prev, prev_vout) IN ${spent}`)
}

/** Outputs of visible transactions; where there is none, what visible inputs state of the output they spend. */
async function knownOutputs(
  r: Reading,
  chain: number,
  ofOutput: string,
  ofInput: string,
): Promise<ReadonlyMap<string, KnownOutput>> {
  const found = new Map<string, KnownOutput>()
  const take = (knownFrom: 'ledger' | 'prevout') => (row: Row) => {
    const outpoint = { txid: asText(row[0]), vout: asInt(row[1]) }
    const output: KnownOutput = {
      outpoint,
      value: asAmount(row[2]),
      script: asTextOrNull(row[3]),
      address: asTextOrNull(row[4]),
      knownFrom,
    }
    const other = found.get(outpointKey(outpoint))
    // The ledger's own output wins; of several statements always the same one, whatever came first.
    if (!other || (other.knownFrom === 'prevout' && prevoutOrder(output, other) < 0))
      found.set(outpointKey(outpoint), output)
  }
  const ledger = await r.rows(
    `SELECT txid, vout, value, script, address FROM ${r.ledger('tx_out')} o WHERE chain = ${chain} AND height >= 0 AND ${ofOutput}`,
  )
  ledger.forEach(take('ledger'))
  const stated = await r.rows(
    `SELECT prev, prev_vout, pv_value, pv_script, pv_address FROM ${r.ledger('tx_in')} i
     WHERE chain = ${chain} AND height >= 0 AND pv_value IS NOT NULL AND ${ofInput}`,
  )
  stated.forEach(take('prevout'))
  return found
}

type Places = ReadonlyMap<string, { readonly block: BlockRef; readonly index: number | null }>

/** Block and position of each inclusion asked for. Of differing positions the smallest is shown. */
export async function readPlaces(
  r: Reading,
  chain: number,
  pairs: readonly { txid: string; height: number }[],
): Promise<Places> {
  const list = await r.list({ txid: 'hash' }, { txid: [...new Set(pairs.map(({ txid }) => txid))] })
  const heights = await r.list({ height: 'int' }, { height: [...new Set(pairs.map(({ height }) => height))] })
  const blocks = new Map<number, BlockRef>()
  for (const row of await r.rows(
    `SELECT height, hash, time FROM ${r.ledger('block')} b WHERE chain = ${chain} AND active AND height IN (SELECT height FROM ${heights})`,
  )) {
    blocks.set(asInt(row[0]), { height: asInt(row[0]), hash: asTextOrNull(row[1]), time: asIntOrNull(row[2]) })
  }
  const heightByHash = new Map([...blocks.values()].map(({ hash, height }) => [hash, height]))
  const positions = new Map<string, number>()
  for (const row of await r.rows(
    `SELECT txid, height, hash, min(idx) FROM ${r.ledger('inclusion')} i
     WHERE chain = ${chain} AND idx IS NOT NULL AND txid IN (SELECT txid FROM ${list}) GROUP BY txid, height, hash`,
  )) {
    const [txid, height, hash, index] = [asText(row[0]), asInt(row[1]), asTextOrNull(row[2]), asInt(row[3])]
    const at = hash === null ? height : heightByHash.get(hash)
    if (at === undefined) continue
    const key = `${txid} ${at}`
    positions.set(key, Math.min(index, positions.get(key) ?? index))
  }
  return new Map(
    pairs.map(({ txid, height }) => {
      const key = `${txid} ${height}`
      return [
        key,
        { block: blocks.get(height) ?? { height, hash: null, time: null }, index: positions.get(key) ?? null },
      ]
    }),
  )
}

function placed(body: Body, height: number, places: Places): LedgerTx {
  const { height: _, ...tx } = body
  const place = places.get(`${body.txid} ${height}`)
  return { ...tx, block: place?.block ?? { height, hash: null, time: null }, index: place?.index ?? null }
}

export function outpointKey(outpoint: OutPoint): string {
  return `${outpoint.txid}:${outpoint.vout}`
}

function distinctOutpoints(outpoints: readonly OutPoint[]): readonly OutPoint[] {
  return [...new Map(outpoints.map((outpoint) => [outpointKey(outpoint), outpoint])).values()]
}

function outpointList(r: Reading, outpoints: readonly OutPoint[]): Promise<string> {
  return r.list(
    { txid: 'hash', vout: 'int' },
    { txid: outpoints.map(({ txid }) => txid), vout: outpoints.map(({ vout }) => vout) },
  )
}
