import { expect, test } from 'vitest'
import { orStop, Stop } from '../../kernel/index.ts'
import type { AccountBatch } from '../account-ledger.ts'
import { shippedAccountPacks } from '../shipped-chain-packs.ts'
import { centsOf } from './flow-csv.ts'
import { openAccountImporter } from './open-account-importer.ts'
import { folderOf, sample } from './reading-samples.ts'

const ethereum = shippedAccountPacks.find(({ caip2 }) => caip2 === 'eip155:1') as (typeof shippedAccountPacks)[number]

async function readFlows(path: string) {
  const importer = orStop(await openAccountImporter('flow-csv', [path], ethereum, { knownPacks: [] }))
  const all = { transactions: [], moves: [], defects: [] } as {
    [Key in 'transactions' | 'moves' | 'defects']: AccountBatch[Key][number][]
  }
  for await (const { batch } of importer.read({ cursor: null })) {
    all.transactions.push(...batch.transactions)
    all.moves.push(...batch.moves)
    all.defects.push(...batch.defects)
  }
  return { ...all, labels: importer.labels?.() ?? [] }
}

test.each([
  ['LIFI', 135, 133],
  ['54m', 292, 273],
])('every row of the table of %s is a move in US cents of an asset that no ledger has', async (name, rows, txids) => {
  const { moves, transactions, defects, labels } = await readFlows(sample(`eth-crime-flows/${name.toLowerCase()}.csv`))
  expect([moves.length, transactions.length]).toEqual([rows, txids])
  expect(new Set(moves.map(({ asset, kind }) => `${asset} ${kind}`))).toEqual(new Set(['eip155:1/usd:flow flow']))
  expect(defects.map(({ code }) => code)).toEqual(['FLOW_ROUNDED'])
  expect(labels.length).toBeGreaterThan(0)
})

test('rows in another order give the same moves, and who passes on has received before', async () => {
  const head = 'Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD'
  const address = (digit: string) => `0x${digit.repeat(40)}`
  const row = (from: string, to: string, usd: string) =>
    `2024-01-01 00:00:00,5,0x${'1'.repeat(64)},${address(from)},,${address(to)},"a, b",${usd}`
  const rows = [row('2', '3', '1.005'), row('1', '2', '1.005'), row('1', '2', '1.005'), row('3', '4', '2')]
  const read = async (order: readonly string[]) =>
    (await readFlows(folderOf({ 'flows.csv': [head, ...order].join('\n') }))).moves
  const moves = await read(rows)
  expect(moves.map(({ from, amount }) => [from, amount])).toEqual([
    [address('1'), 101n],
    [address('1'), 101n],
    [address('2'), 101n],
    [address('3'), 200n],
  ])
  expect(await read([...rows].reverse())).toEqual(moves)
  expect(new Set(moves.map(({ place }) => place)).size).toBe(4)
})

test.each([
  ['347.55300000000005', 34755n, true],
  ['0.004999', 0n, true],
  ['0.005', 1n, true],
  ['13483975.158898184', 1348397516n, true],
  ['12', 1200n, false],
  ['1.5e-3', 0n, true],
  ['9.99e2', 99900n, false],
])('%s dollars are %s cents', (text, cents, rounded) => {
  expect(centsOf(text)).toEqual({ cents, rounded })
})

test('bad rows are left out with file, line, column and code; a table without its columns is refused', async () => {
  const head = 'Timestamp,Block,Tx_hash,From,From_label,To,To_label,Value_in_USD'
  const good = [
    `2024-01-01 00:00:00`,
    '5',
    `0x${'1'.repeat(64)}`,
    `0x${'2'.repeat(40)}`,
    '',
    `0x${'3'.repeat(40)}`,
    '',
    '1',
  ]
  const bad = (column: number, text: string) => good.map((cell, n) => (n === column ? text : cell)).join(',')
  const rows = [
    bad(0, '2024-02-30 00:00:00'),
    bad(1, '-1'),
    bad(2, '0x12'),
    bad(3, 'bc1q'),
    bad(7, '-3'),
    `${good.join(',')},9`,
  ]
  const { moves, defects } = await readFlows(folderOf({ 'flows.csv': [head, ...rows, good.join(',')].join('\n') }))
  expect(moves).toHaveLength(1)
  expect(defects.map(({ code, place }) => `${code} ${place}`)).toEqual([
    'SOURCE_MALFORMED flows.csv, line 2, column Timestamp',
    'SOURCE_MALFORMED flows.csv, line 3, column Block',
    'SOURCE_MALFORMED flows.csv, line 4, column Tx_hash',
    'ADDRESS_NOT_READ flows.csv, line 5, column From',
    'AMOUNT_OUT_OF_RANGE flows.csv, line 6, column Value_in_USD',
    'SOURCE_MALFORMED flows.csv, line 7',
  ])
  await expect(readFlows(folderOf({ 'other.csv': 'a,b\n1,2\n' }))).rejects.toBeInstanceOf(Stop)
})
