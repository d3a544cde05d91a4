import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { baseUnitsOf } from './parquet-rows.ts'
import { parquetSample } from './parquet-sample.ts'
import { packOf, readAll, sample, tally } from './reading-samples.ts'

const bitcoin = packOf('bitcoin')

describe('the AWS data set', () => {
  test.each(['snappy', 'gzip', 'zstd', 'uncompressed'])(
    'gives the ledger of the export it resembles: %s',
    async (compression) => {
      const read = await readAll('aws-parquet', await parquetSample(compression), bitcoin)
      const etl = await readAll('bitcoin-etl', sample('etl-btc/bitcoin/stream_50001_50002'), bitcoin)
      expect(read.defects).toEqual([])
      expect(read.transactions).toEqual(etl.transactions)
      expect(read.transactions.map(({ proof }) => proof)).toEqual(['txid', 'txid', 'txid', 'txid'])
      expect(read.blocks).toEqual(
        etl.blocks.map((block) => ({ ...block, prevHash: expect.stringMatching(/^00000000/), headerVerified: true })),
      )
    },
  )

  test.each<[string, (select: string) => string, string[], string[]]>([
    [
      'scripts that are missing',
      (select) => select.replaceAll('script_hex: o.script_hex', 'script_hex: NULL::VARCHAR'),
      ['doubles', 'doubles', 'doubles', 'doubles'],
      [],
    ],
    [
      'amounts off by one base unit',
      (select) => select.replace('o."value" / 1e8', '(o."value" + 1) / 1e8'),
      ['doubles', 'doubles', 'doubles', 'doubles'],
      ['AMOUNTS_DISAGREE'],
    ],
    [
      'amounts off by half a base unit',
      (select) => select.replace('o."value" / 1e8', '(o."value" + 0.5) / 1e8'),
      [],
      ['AMOUNT_OUT_OF_RANGE'],
    ],
    [
      'another parent',
      (select) => select.replace('0000001aeae', '0000001aeaf'),
      ['doubles', 'txid', 'txid', 'txid'],
      ['BLOCK_HASH_MISMATCH'],
    ],
    ['whole numbers as amounts', (select) => select.replace('o."value" / 1e8', 'o."value"'), [], ['SOURCE_MALFORMED']],
  ])('with %s is marked or reported', async (_, change, proofs, codes) => {
    const { transactions, defects } = await readAll('aws-parquet', await parquetSample('snappy', change), bitcoin)
    expect(transactions.map(({ proof }) => proof)).toEqual(proofs)
    expect(Object.keys(tally(defects))).toEqual(expect.arrayContaining(codes))
  })

  test('that is cut or altered is refused, and nothing is made up', async () => {
    const cut = await parquetSample()
    truncateSync(`${cut}/transactions.parquet`, 2000)
    expect(tally((await readAll('aws-parquet', cut, bitcoin)).defects)).toMatchObject({ SOURCE_MALFORMED: 1 })
    const altered = await parquetSample('uncompressed')
    const bytes = readFileSync(`${altered}/transactions.parquet`)
    const script = bytes.indexOf('4104c1b5671c8975')
    bytes.writeUInt8(0x35, script + 5)
    writeFileSync(`${altered}/transactions.parquet`, bytes)
    const { transactions } = await readAll('aws-parquet', altered, bitcoin)
    expect(transactions[0]?.proof).toBe('doubles')
  })
})

describe('a floating point amount', () => {
  test('gives back the base units that it was made from, whatever they are', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2_100_000_000_000_000n), (units) => {
        expect(baseUnitsOf(Number(units) / 1e8, 8)).toBe(units)
      }),
    )
  })

  test('that means no whole number of base units, or could mean several, is none', () => {
    expect(baseUnitsOf(0.000000015, 8)).toBeNull()
    expect(baseUnitsOf(123_456_789.123_456_78 * 8, 8)).toBeNull()
    expect(baseUnitsOf(Number.NaN, 8)).toBeNull()
    expect(baseUnitsOf(Number.POSITIVE_INFINITY, 8)).toBeNull()
  })
})
