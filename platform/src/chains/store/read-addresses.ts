/**
 * Questions about addresses. The address of an input is that of the output it spends: the ledger's own output where it
 * is here, else what the input states.
 */
import type { AddressEvent, HeightCount } from '../chain-store.ts'
import type { TxId } from '../ledger.ts'
import { asAmount, asInt, asText, type Reading } from './engine.ts'
import { readPlaces } from './read-transactions.ts'
import { quoted } from './sql-text.ts'

export async function transactionsOf(
  r: Reading,
  chain: number,
  addresses: readonly string[],
  direction: 'in' | 'out',
  fromHeight: number,
  toHeight: number,
  limit?: number,
): Promise<readonly TxId[]> {
  if (addresses.length === 0) return []
  const events = await eventsBetween(r, chain, addresses, direction, fromHeight, toHeight)
  const rows = await r.rows(
    `SELECT txid, height FROM (${events}) g GROUP BY txid, height ORDER BY height, txid
     ${limit === undefined ? '' : `LIMIT ${asInt(limit)}`}`,
  )
  return rows.map((row) => asText(row[0]))
}

export async function countTransactionsOf(
  r: Reading,
  chain: number,
  addresses: readonly string[],
  direction: 'in' | 'out',
  fromHeight: number,
  toHeight: number,
): Promise<ReadonlyMap<string, number>> {
  if (addresses.length === 0) return new Map()
  const events = await eventsBetween(r, chain, addresses, direction, fromHeight, toHeight)
  const rows = await r.rows(`SELECT address, count(DISTINCT txid) FROM (${events}) g GROUP BY address ORDER BY address`)
  return new Map(rows.map((row) => [asText(row[0]), asInt(row[1])]))
}

export async function countByHeight(
  r: Reading,
  chain: number,
  address: string,
  direction: 'in' | 'out',
  fromHeight: number,
  toHeight: number,
): Promise<readonly HeightCount[]> {
  const events = await eventsBetween(r, chain, [address], direction, fromHeight, toHeight)
  const rows = await r.rows(`SELECT height, count(DISTINCT txid) FROM (${events}) g GROUP BY height ORDER BY height`)
  return rows.map((row) => ({ height: asInt(row[0]), transactions: asInt(row[1]) }))
}

async function eventsBetween(
  r: Reading,
  chain: number,
  addresses: readonly string[],
  direction: 'in' | 'out',
  fromHeight: number,
  toHeight: number,
): Promise<string> {
  const list = await r.list({ address: 'text' }, { address: [...new Set(addresses)] })
  const which = `IN (SELECT address FROM ${list})`
  const events = direction === 'in' ? receipts(r, chain, which) : spends(r, chain, which)
  return `SELECT txid, height, address FROM (${events}) e WHERE height >= ${asInt(fromHeight)} AND height <= ${asInt(toHeight)}`
}

/** In chain order: by height, position in the block, and within a transaction what is spent before what is received. */
export async function addressEvents(
  r: Reading,
  chain: number,
  address: string,
  offset: number,
  limit: number,
): Promise<readonly AddressEvent[]> {
  const which = `= ${quoted(address)}`
  const rows = await r.rows(
    `SELECT txid, height, direction, place, value FROM (
       SELECT txid, height, 'in' AS direction, place, value FROM (${receipts(r, chain, which)}) a
       UNION ALL SELECT txid, height, 'out' AS direction, place, value FROM (${spends(r, chain, which)}) b) e`,
  )
  if (rows.length === 0) return []
  const places = await readPlaces(
    r,
    chain,
    rows.map((row) => ({ txid: asText(row[0]), height: asInt(row[1]) })),
  )
  return rows
    .map((row) => {
      const [txid, height] = [asText(row[0]), asInt(row[1])]
      const place = places.get(`${txid} ${height}`)
      const event: AddressEvent = {
        txid,
        height,
        time: place?.block.time ?? null,
        direction: asText(row[2]) as AddressEvent['direction'],
        place: asInt(row[3]),
        value: asAmount(row[4]),
      }
      return { event, position: place?.index ?? Number.MAX_SAFE_INTEGER }
    })
    .sort(
      ({ event: a, position: i }, { event: b, position: j }) =>
        a.height - b.height || i - j || order(a.txid, b.txid) || order(b.direction, a.direction) || a.place - b.place,
    )
    .slice(offset, offset + limit)
    .map(({ event }) => event)
}

export async function addressTotals(r: Reading, chain: number, address: string) {
  const which = `= ${quoted(address)}`
  const total = async (events: string) => {
    const [row] = await r.rows(`SELECT count(*), ${r.exactSum('value')} FROM (${events}) e`)
    return { events: asInt(row?.[0]), sum: asAmount(row?.[1]) }
  }
  const received = await total(receipts(r, chain, which))
  const spent = await total(spends(r, chain, which))
  return { received: received.sum, spent: spent.sum, events: received.events + spent.events }
}

/** (txid, height, place, value, address) of every output that pays to the addresses. */
function receipts(r: Reading, chain: number, which: string): string {
  return `SELECT txid, height, vout AS place, value, address FROM ${r.ledger('tx_out')} o WHERE chain = ${chain} AND height >= 0 AND address ${which}`
}

/** (txid, height, place, value, address) of every input that spends from the addresses. */
function spends(r: Reading, chain: number, which: string): string {
  const paid = `SELECT txid, vout, value, address FROM ${r.ledger('tx_out')} o WHERE chain = ${chain} AND height >= 0 AND address ${which}`
  const stated = `SELECT txid, height, vin, prev, prev_vout, pv_value, pv_address FROM ${r.ledger('tx_in')} i
    WHERE chain = ${chain} AND height >= 0 AND prev IS NOT NULL AND pv_value IS NOT NULL AND pv_address ${which}`
  return `SELECT i.txid AS txid, i.height AS height, i.vin AS place, p.value AS value, p.address AS address
      FROM (SELECT txid, height, vin, prev, prev_vout FROM ${r.ledger('tx_in')} x
            WHERE chain = ${chain} AND height >= 0 AND (prev, prev_vout) IN (SELECT txid, vout FROM (${paid}) q)) i
      JOIN (${paid}) p ON i.prev = p.txid AND i.prev_vout = p.vout
    UNION ALL SELECT txid, height, vin AS place, pv_value AS value, pv_address AS address FROM (${stated}) s
      WHERE (prev, prev_vout) NOT IN (SELECT txid, vout FROM ${r.ledger('tx_out')} k
        WHERE chain = ${chain} AND height >= 0 AND txid IN (SELECT prev FROM (${stated}) t))`
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
