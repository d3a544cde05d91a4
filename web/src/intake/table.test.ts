import { expect, test } from 'vitest'
import { assetNamed, chainNamed, readAnyAddress, toBaseUnits } from '../shared/chains/known-chains.ts'
import { kindOfTable, readRows, readTable } from './table.ts'

const gate = { address: readAnyAddress, chain: chainNamed, asset: assetNamed, amount: toBaseUnits }
const BTC = 'bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq'
const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'

test('wallets are read from a table with semicolons and quotes, each wrong row with its line and its reason', () => {
  const { head, rows } = readTable(
    `\uFEFFAddress;Chain;Note\r\n${BTC};bitcoin;"paid; twice"\r\n0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045;;\r\n${BTC.slice(0, -1)}p;bitcoin;\r\n\r\n;bitcoin;`,
  )
  expect(kindOfTable(head)).toBe('wallet')
  const read = readRows('wallet', head, rows, gate)
  expect(read[0]).toEqual({
    ...{ line: 2, wrong: [] },
    content: { chain: BITCOIN, address: BTC, custody: 'unknown', note: 'paid; twice' },
  })
  expect(read.slice(1).map(({ line, wrong }) => [line, wrong[0]?.code])).toEqual([
    [3, 'many-chains'],
    [4, 'address'],
    [5, 'missing'],
  ])
})

test('losses of victims become base units, exactly, and a token that could be a name is refused', () => {
  const { head, rows } = readTable(
    'token,loss,asset,date,country\nV-001,0.12345678,BTC,2026-05-01,nl\nJo Doe,1,BTC,,\nV-002,0.123456789,BTC,,',
  )
  expect(kindOfTable(head)).toBe('victim')
  const read = readRows('victim', head, rows, gate)
  expect(read[0]?.content).toEqual({
    ...{ token: 'V-001', loss: '12345678', asset: `${BITCOIN}/slip44:0`, country: 'NL' },
    lostAt: '2026-05-01T00:00:00Z',
  })
  expect(read.slice(1).map(({ wrong }) => wrong[0]?.code)).toEqual(['token', 'amount'])
})

test('events keep the zone in which they were written, and a day that is none is told', () => {
  const { head, rows } = readTable('when\twhat\n2026-05-01 10:00 +02:00\tfirst call\n01/05/2026\tsecond')
  const read = readRows('event', head, rows, gate)
  expect(read[0]?.content).toMatchObject({ at: '2026-05-01T08:00:00Z', what: 'first call' })
  expect(read[1]?.wrong).toEqual([{ code: 'time', field: 'at' }])
})
