/** One SHA-256 over everything that can be read from a chain, independent of when and how it was imported. */
import { sha256Stream } from '../../kernel/index.ts'
import type { Reading, Row } from './engine.ts'
import { activeInclusions } from './publish.ts'
import { contentColumns } from './tables.ts'

/**
 * Each part is its name on a line, then one line per row: columns separated by tabs, hexadecimal in lower case, null
 * as `-`, in the order of the columns that are sorted by.
 */
export async function contentDigest(r: Reading, chain: number): Promise<string> {
  const hash = sha256Stream()
  const encoder = new TextEncoder()
  const part = async (name: string, sql: string) => {
    hash.update(encoder.encode(`${name}\n`))
    await r.each(sql, (rows) => {
      hash.update(encoder.encode(rows.map(rowText).join('')))
    })
  }
  const visible = `chain = ${chain} AND height >= 0`
  await part(
    'blocks',
    `SELECT ${contentColumns('block').join(', ')}, active FROM ${r.ledger('block')} b WHERE chain = ${chain} ORDER BY height, id`,
  )
  await part(
    'transactions',
    `SELECT txid, ${contentColumns('tx').join(', ')} FROM ${r.ledger('tx')} t WHERE ${visible} ORDER BY txid`,
  )
  const inclusions = `(SELECT txid, height, hash FROM ${r.ledger('inclusion')} i WHERE chain = ${chain})`
  await part(
    'inclusions',
    `SELECT DISTINCT txid, height FROM (${activeInclusions(r, chain, inclusions)}) a ORDER BY txid, height`,
  )
  await part(
    'positions',
    `SELECT txid, height, min(idx) FROM ${r.ledger('inclusion')} i WHERE chain = ${chain} AND idx IS NOT NULL AND
       (hash IS NULL OR hash IN (SELECT hash FROM ${r.ledger('block')} b WHERE chain = ${chain} AND active AND hash IS NOT NULL))
     GROUP BY txid, height ORDER BY txid, height`,
  )
  await part(
    'inputs',
    `SELECT txid, ${contentColumns('tx_in').join(', ')} FROM ${r.ledger('tx_in')} i WHERE ${visible} ORDER BY txid, vin`,
  )
  await part(
    'outputs',
    `SELECT txid, ${contentColumns('tx_out').join(', ')} FROM ${r.ledger('tx_out')} o WHERE ${visible} ORDER BY txid, vout`,
  )
  return hash.hex()
}

/** One line for a row, the same from both engines. */
export function rowText(row: Row): string {
  return `${row.map((value) => (value === null ? '-' : typeof value === 'boolean' ? Number(value) : escaped(String(value)))).join('\t')}\n`
}

/** Addresses are foreign text: a tab or a line end in one must not imitate the end of a column or a row. */
function escaped(text: string): string {
  return text === '-' ? '\\-' : text.replace(/[\\\t\n]/g, (character) => `\\${character.charCodeAt(0)};`)
}
