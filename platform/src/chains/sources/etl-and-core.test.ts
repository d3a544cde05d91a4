import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { orStop, Stop } from '../../kernel/index.ts'
import type { LedgerTx } from '../ledger.ts'
import { openImporter } from './open-importer.ts'
import { folderOf, knownPacks, packOf, readAll, sample, tally } from './reading-samples.ts'

/** A case of the samples as two sources: the answers of the node, and the export made from them. */
function sourcesOf(path: string): { node: string; etl: string } {
  const folder = sample(`etl-btc/${path}`)
  const pick = (start: string) =>
    Object.fromEntries(
      readdirSync(folder)
        .filter((name) => name.startsWith(start))
        .map((name) => [name, readFileSync(`${folder}/${name}`)]),
    )
  return { node: folderOf(pick('rpc_response')), etl: folderOf(pick('expected')) }
}

/** What both formats can say of a transaction: all but the block's parent and what is said of spent outputs. */
function content({ inputs, ...transaction }: LedgerTx) {
  return { ...transaction, spends: inputs.map(({ prev }) => prev) }
}

const cases = [
  ['bitcoin', 'bitcoin/block_0', 1],
  ['bitcoin', 'bitcoin/block_1', 1],
  ['bitcoin', 'bitcoin/block_without_transactions', 1],
  ['bitcoin', 'bitcoin/block_with_transactions', 4],
  ['dogecoin', 'dogecoin/block_without_transactions', 1],
  ['bitcoin-cash', 'bitcoin_cash/block_with_duplicate_txid', 1],
] as const

describe('a bitcoin-etl export and the answers of the node it was made from', () => {
  test.each(cases)('give the same ledger: %s, %s', async (chain, path, count) => {
    const { node, etl } = sourcesOf(path)
    const fromNode = await readAll('core-rpc', node, packOf(chain))
    const fromEtl = await readAll('bitcoin-etl', etl, packOf(chain))
    expect(fromEtl.transactions.map(content)).toEqual(fromNode.transactions.map(content))
    expect(fromEtl.transactions.length).toBe(count)
    expect(new Set(fromEtl.transactions.map(({ proof }) => proof))).toEqual(new Set(['txid']))
    const plain = (blocks: typeof fromNode.blocks) =>
      blocks.map(({ hash, height, time, merkleRoot, bits, completeness }) => ({
        hash,
        height,
        time,
        merkleRoot,
        bits,
        completeness,
      }))
    expect(plain(fromEtl.blocks)).toEqual(plain(fromNode.blocks))
    expect(
      fromNode.blocks.every(({ completeness, headerVerified }) => completeness === 'merkle' && headerVerified),
    ).toBe(true)
    expect([fromEtl.defects, Object.keys(tally(fromNode.defects))]).toEqual([[], ['ITEM_NOT_USED']])
  })

  test('places the coinbase of Bitcoin Cash that was mined twice in the block that lists it', async () => {
    const { transactions } = await readAll(
      'core-rpc',
      sourcesOf('bitcoin_cash/block_with_duplicate_txid').node,
      packOf('bitcoin-cash'),
    )
    expect(transactions).toEqual([
      expect.objectContaining({
        txid: expect.stringMatching(/^e3bf3d07/),
        block: expect.objectContaining({ height: 91_722 }),
        index: 0,
      }),
    ])
  })

  test('reads a stream of blocks and transactions together with its outputs spent', async () => {
    const { transactions, blocks } = await readAll(
      'bitcoin-etl',
      sourcesOf('bitcoin/stream_50001_50002').etl,
      packOf('bitcoin'),
    )
    expect([blocks.length, transactions.length]).toEqual([2, 4])
    expect(blocks[1]).toMatchObject({ height: 50_002, prevHash: blocks[0]?.hash, headerVerified: true })
    const spending = transactions.filter(({ coinbase }) => !coinbase)
    expect(spending.every(({ inputs }) => inputs.every(({ prevout }) => prevout !== null && prevout.value > 0n))).toBe(
      true,
    )
  })
})

describe('amounts', () => {
  test('of Dogecoin that no float of coins can carry are exact', async () => {
    const { transactions, blocks, defects } = await readAll(
      'bitcoin-etl',
      sourcesOf('dogecoin/block_with_float_precision_loss').etl,
      packOf('dogecoin'),
    )
    expect(transactions.find(({ coinbase }) => coinbase)?.outputs.map(({ value }) => value)).toEqual([
      14_962_000_010_000n,
    ])
    expect([blocks.map(({ completeness }) => completeness), defects]).toEqual([['merkle'], []])
    expect(new Set(transactions.map(({ proof }) => proof))).toEqual(new Set(['txid']))
  })

  test.each([
    ['149620.00010000', 14_962_000_010_000n],
    ['1.4962000010000e5', 14_962_000_010_000n],
    ['9999999999.99999999', 999_999_999_999_999_999n],
  ])('of nodes are read from their text: %s', async (text, expected) => {
    const { node } = sourcesOf('dogecoin/block_without_transactions')
    const altered = changed(node, (json) => json.replace('729752.00000000', text))
    const { transactions } = await readAll('core-rpc', altered, packOf('dogecoin'))
    expect(transactions.map(({ outputs, proof }) => [outputs[0]?.value, proof])).toEqual([[expected, 'mismatch']])
  })
})

function changed(folder: string, change: (json: string) => string): string {
  return folderOf(
    Object.fromEntries(readdirSync(folder).map((name) => [name, change(readFileSync(`${folder}/${name}`, 'utf8'))])),
  )
}

describe('answers of a node', () => {
  const block = sourcesOf('bitcoin/block_with_transactions').node

  test.each<[string, (json: string) => string]>([
    ['as JSON-RPC results', (json) => `{"result":${json},"error":null,"id":1}`],
    ['as a batch', (json) => `[{"jsonrpc":"2.0","result":${json},"id":1}]`],
    ['with the newer address field', (json) => json.replace(/"addresses": \[\s*("[^"]*")\s*\]/g, '"address": $1')],
    ['without types', (json) => json.replace(/,\s*"type": "[^"]*"/g, '')],
  ])('are read %s', async (_, change) => {
    const plain = await readAll('core-rpc', block, packOf('bitcoin'))
    const other = await readAll('core-rpc', changed(block, change), packOf('bitcoin'))
    expect(other.transactions).toEqual(plain.transactions)
    expect(other.blocks).toEqual(plain.blocks)
  })

  test.each<[string, (json: string) => string, string, number]>([
    ['an altered id', (json) => json.replaceAll('7940cdde', '7940cddf'), 'BLOCK_MERKLE_MISMATCH', 1],
    ['an altered time', (json) => json.replace('"time": 1270917100', '"time": 1270917101'), 'BLOCK_HASH_MISMATCH', 1],
    ['an altered amount', (json) => json.replace('50.0', '50.00000001'), 'TXID_MISMATCH', 4],
    ['a ninth decimal', (json) => json.replace('50.0', '50.000000001'), 'AMOUNT_OUT_OF_RANGE', 2],
    ['a missing transaction', (json) => json.replace('"nTx": 3', '"nTx": 4'), 'SOURCE_MALFORMED', 1],
  ])('with %s are reported', async (_, change, code, kept) => {
    const { transactions, defects } = await readAll('core-rpc', changed(block, change), packOf('bitcoin'))
    expect(defects.map((defect) => defect.code)).toContain(code)
    expect(transactions.length).toBe(kept)
  })

  test('of Dogecoin are refused as Litecoin', async () => {
    const thrown = await readAll(
      'core-rpc',
      sourcesOf('dogecoin/block_without_transactions').node,
      packOf('litecoin'),
    ).catch((error: unknown) => error)
    expect(thrown instanceof Stop && thrown.refusal).toMatchObject({
      code: 'WRONG_CHAIN',
      message: expect.stringContaining('Dogecoin'),
    })
  })
})

describe('bitcoin-etl exports', () => {
  const { etl } = sourcesOf('bitcoin/block_with_transactions')
  const rows = (name: string) => readFileSync(`${etl}/${name}`, 'utf8').trim().split('\n')
  const blocks = rows('expected_blocks.json')
  const transactions = rows('expected_transactions.json')
  const whole = readAll('bitcoin-etl', etl, packOf('bitcoin'))

  test.each<[string, Record<string, string>]>([
    ['transactions before blocks', { 'a.json': transactions.join('\n'), 'b.json': blocks.join('\n') }],
    [
      'both in one file',
      { 'a.json': [...transactions.map((row) => row.replace('{', '{"type":"transaction",')), ...blocks].join('\n') },
    ],
    ['CSV with nested JSON', { 'b.csv': csv(blocks, JSON.stringify), 't.csv': csv(transactions, JSON.stringify) }],
    ['CSV as Python prints it', { 'b.csv': csv(blocks, python), 't.csv': csv(transactions, python) }],
  ])('are read with %s', async (_, files) => {
    const other = await readAll('bitcoin-etl', folderOf(files), packOf('bitcoin'))
    expect(other.defects).toEqual([])
    expect(other.transactions).toEqual((await whole).transactions)
    expect(other.blocks).toEqual((await whole).blocks)
  })

  test.each<[string, string[], string[], string, string[]]>([
    ['a missing transaction', blocks, transactions.slice(1), 'TX_MISSING', ['merkle', 'partial']],
    [
      'a foreign transaction',
      blocks,
      transactions.map((row) => row.replaceAll('7940cdde', '7940cddf')),
      'BLOCK_MERKLE_MISMATCH',
      ['partial', 'merkle'],
    ],
    [
      'another height',
      blocks,
      transactions.map((row) => row.replace('"block_number": 50002', '"block_number": 50003')),
      'BLOCK_HEIGHT_MISMATCH',
      ['merkle', 'partial'],
    ],
    [
      'a repeated transaction',
      blocks,
      [...transactions, ...transactions.slice(0, 1)],
      'TX_LISTED_TWICE',
      ['merkle', 'merkle'],
    ],
  ])('with %s are reported', async (_, someBlocks, someTransactions, code, completeness) => {
    const { blocks: read, defects } = await readAll(
      'bitcoin-etl',
      folderOf({ 'b.json': someBlocks.join('\n'), 't.json': someTransactions.join('\n') }),
      packOf('bitcoin'),
    )
    expect(defects.map((defect) => defect.code)).toContain(code)
    expect(read.map((each) => each.completeness)).toEqual(completeness)
  })

  test('are read as one source from files named one by one, and from a folder with the same checksum', async () => {
    const files = [`${etl}/expected_transactions.json`, `${etl}/expected_blocks.json`]
    expect((await readAll('bitcoin-etl', files, packOf('bitcoin'))).blocks).toEqual((await whole).blocks)
    const [named, folder] = await Promise.all(
      [files, etl].map(async (source) =>
        orStop(await openImporter('bitcoin-etl', source, packOf('bitcoin'), { knownPacks })).describe(),
      ),
    )
    expect(named).toMatchObject({ name: 'expected_transactions.json + expected_blocks.json', sha256: folder?.sha256 })
  })

  test('with an altered fee lose what they say of spent outputs', async () => {
    const altered = changed(sourcesOf('bitcoin/stream_50001_50002').etl, (rows) =>
      rows.replaceAll('"fee": 0', '"fee": 1'),
    )
    const { transactions: read, defects } = await readAll('bitcoin-etl', altered, packOf('bitcoin'))
    expect(tally(defects)).toEqual({ AMOUNTS_DISAGREE: 2 })
    expect(read.flatMap(({ inputs }) => inputs.flatMap(({ prevout }) => prevout ?? []))).toEqual([])
  })

  test('without blocks are read, each transaction proved by its id but for the coinbases', async () => {
    const { transactions: read, blocks: none } = await readAll(
      'bitcoin-etl',
      folderOf({ 't.json': transactions.join('\n') }),
      packOf('bitcoin'),
    )
    expect(none).toEqual([])
    expect(read.map(({ coinbase, proof }) => [coinbase, proof])).toEqual([
      [true, 'stated'],
      [false, 'txid'],
      [false, 'txid'],
      [true, 'stated'],
    ])
  })
})

function csv(rows: readonly string[], nested: (value: unknown) => string): string {
  const objects = rows.map((row) => JSON.parse(row) as Record<string, unknown>)
  const columns = Object.keys(objects[0] ?? {})
  const cell = (value: unknown) =>
    value === null
      ? ''
      : typeof value === 'object'
        ? `"${nested(value).replaceAll('"', '""')}"`
        : typeof value === 'boolean'
          ? value
            ? 'True'
            : 'False'
          : String(value)
  return [columns.join(','), ...objects.map((object) => columns.map((column) => cell(object[column])).join(','))].join(
    '\r\n',
  )
}

function python(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return `'${value}'`
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value !== 'object') return String(value)
  return `{${Object.entries(value)
    .map(([key, member]) => `'${key}': ${python(member)}`)
    .join(', ')}}`
}
