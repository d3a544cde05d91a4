import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { ColumnMetaData, SchemaTree } from 'hyparquet'
import { expect, test } from 'vitest'
import { catchRefusal } from '../../kernel/index.ts'
import { checkPages } from './parquet-pages.ts'
import { parquetSample } from './parquet-sample.ts'
import { packOf, readAll } from './reading-samples.ts'

const PLAIN = 0
const RLE_DICTIONARY = 8
const HUGE = 2 ** 30
/** A run of so many times the level 1, in as few bytes as the format allows. */
const run = (count: number) => [...varint(count << 1), 1]

function varint(value: number): number[] {
  const low = value & 0x7f
  const high = value >>> 7
  return high === 0 ? [low] : [low | 0x80, ...varint(high)]
}

/** A field of 32 bits after the one before it, in Thrift's compact protocol. */
const i32 = (value: number) => [0x15, ...varint((value << 1) ^ (value >> 31))]

function pageV1(values: number, encoding: number, levels: readonly number[], content: readonly number[]): number[] {
  const page = [levels.length, 0, 0, 0, ...levels, ...content]
  const about = [...i32(values), ...i32(encoding), ...i32(3), ...i32(3), 0]
  return [...i32(0), ...i32(page.length), ...i32(page.length), 0x2c, ...about, 0, ...page]
}

function pageV2(values: number, empty: number, levels: readonly number[], content: readonly number[]): number[] {
  const size = levels.length + content.length
  const counts = [...i32(values), ...i32(empty), ...i32(values), ...i32(RLE_DICTIONARY)]
  const about = [...counts, ...i32(levels.length), ...i32(0), 0x12, 0]
  return [...i32(3), ...i32(size), ...i32(size), 0x5c, ...about, 0, ...levels, ...content]
}

/** What is refused of a column of optional numbers with these pages, in a group of three rows. */
function refused(pages: readonly number[], rows = 3): string | null {
  const element = { name: 'fee', repetition_type: 'OPTIONAL' }
  const path = [{ element: { name: 'root' } }, { element }] as unknown as readonly SchemaTree[]
  const column = { codec: 'UNCOMPRESSED', type: 'INT32', num_values: BigInt(rows) } as ColumnMetaData
  const bytes = new Uint8Array(pages).buffer
  const done = catchRefusal(() => checkPages({ bytes, column, path, groupRows: rows, compressors: {} }))
  return done.ok ? null : `${done.refusal.code}: ${done.refusal.message}`
}

const three = new Array<number>(12).fill(7)

test.each([
  ['numbers', pageV1(3, PLAIN, run(3), three)],
  ['numbers of a dictionary', pageV1(3, RLE_DICTIONARY, run(3), [1, ...run(3)])],
  ['bits filled up to 256 values', pageV1(3, RLE_DICTIONARY, [65, ...new Array<number>(32).fill(7)], [1, ...run(3)])],
  ['the second form', pageV2(3, 0, run(3), [1, ...run(3)])],
  ['two pages', [...pageV1(2, PLAIN, run(2), three.slice(4)), ...pageV1(1, PLAIN, run(1), three.slice(8))]],
])('pages that hold what they announce pass: %s', (_, pages) => {
  expect(refused(pages)).toBeNull()
})

test.each<[string, readonly number[], string]>([
  ['levels', pageV1(3, PLAIN, run(HUGE), three), 'A run of 1073741824 values lies in a page that has room for 3.'],
  ['a level too many', pageV1(3, PLAIN, [...run(1), ...run(3)], three), 'A run of 3 values lies in a page'],
  ['values', pageV1(3, RLE_DICTIONARY, run(3), [1, ...run(HUGE)]), 'A run of 1073741824 values'],
  ['levels of the second form', pageV2(3, 0, run(HUGE), [1, ...run(3)]), 'A run of 1073741824 values'],
  ['values of the second form', pageV2(3, 0, run(3), [1, ...run(HUGE)]), 'A run of 1073741824 values'],
  ['packed values of no bits', pageV2(3, 0, run(3), [0, ...varint(0x7fffffff)]), 'A run of '],
  ['empty values', pageV2(3, HUGE, run(3), [1, ...run(3)]), 'A page of 3 values states more empty ones.'],
  ['values announced', pageV1(HUGE, PLAIN, run(HUGE), three), 'A page announces 1073741824 values, more than its'],
  [
    'values below zero',
    pageV1(-1, PLAIN, run(3), three),
    'The header of a page lacks a number or states one below zero.',
  ],
])('a page that states more than it can hold is refused before anything is made of it: %s', (_, pages, message) => {
  expect(refused(pages)).toContain(`SOURCE_MALFORMED: ${message}`)
})

test('a file that is read in pieces gives what one read at once gives', async () => {
  const small = await parquetSample('snappy')
  const large = await parquetSample('snappy', undefined, `, KV_METADATA {padding: '${'0'.repeat(1 << 20)}'}`)
  for (const [folder, least, most] of [
    [small, 0, 1 << 20],
    [large, 1 << 20, Number.POSITIVE_INFINITY],
  ] as const) {
    const { size } = statSync(join(folder, 'transactions.parquet'))
    expect(size).toBeGreaterThan(least)
    expect(size).toBeLessThan(most)
  }
  const read = await readAll('aws-parquet', large, packOf('bitcoin'))
  const { transactions, defects } = await readAll('aws-parquet', small, packOf('bitcoin'))
  expect(transactions).toHaveLength(4)
  expect(read.transactions).toEqual(transactions)
  expect(read.defects).toEqual(defects)
})

test('pages of the second form are read', async () => {
  const second = await parquetSample('zstd', undefined, ', PARQUET_VERSION V2')
  const { transactions, defects } = await readAll('aws-parquet', second, packOf('bitcoin'))
  expect(defects).toEqual([])
  expect(transactions).toEqual((await readAll('aws-parquet', await parquetSample(), packOf('bitcoin'))).transactions)
})
