/** Reads a table of payments in US dollars, as an analyst keeps it, for tests of this room: cents, rows in any order. */
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Move } from '../../chains/index.ts'

const sample = (name: string) => new URL(`../../../../samples/eth-crime-flows/${name}`, import.meta.url)

export function readFlowTable(name: string): Move[] {
  const rows = parse(readFileSync(sample(`${name}.csv`)), { columns: true, bom: true }) as Record<string, string>[]
  return rows.map((row, at) => ({
    txid: row.Tx_hash as string,
    height: Number(row.Block),
    time: Date.parse(`${row.Timestamp?.replace(' ', 'T')}Z`) / 1000,
    txIndex: null,
    order: at,
    place: `row:${at + 1}`,
    kind: 'flow',
    asset: 'eip155:1/usd:flow',
    from: row.From as string,
    to: row.To as string,
    amount: cents(row.Value_in_USD as string),
  }))
}

export function readEnds(name: string): { sources: string[]; terminals: string[] } {
  const rows = parse(readFileSync(sample(`${name}-ends.csv`)), { columns: true }) as { address: string; end: string }[]
  const of = (which: string) => rows.filter(({ end }) => end === which).map(({ address }) => address)
  return { sources: of('source'), terminals: of('terminal') }
}

/** Rounded half up; some rows are written with an exponent. */
function cents(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  const shift = Number(exponent) + 3
  const digits = `${whole}${fraction}`
  const places = fraction.length - shift
  const thousandths = places <= 0 ? BigInt(digits) * 10n ** BigInt(-places) : BigInt(digits) / 10n ** BigInt(places)
  return (thousandths + 5n) / 10n
}
