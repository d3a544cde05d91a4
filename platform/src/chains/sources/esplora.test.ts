import { readFileSync } from 'node:fs'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Stop } from '../../kernel/index.ts'
import { folderOf, packOf, readAll, sample, tally } from './reading-samples.ts'

const bitcoin = packOf('bitcoin')
const ransom = readFileSync(sample('colonial2021/colonial_ransom_txs.json'), 'utf8')
const transactions = JSON.parse(ransom) as unknown[]

describe('Esplora transactions', () => {
  test.each([
    ['colonial2021/colonial_ransom_txs.json', 3],
    ['bitfinex2016/ledger/5c7134d4.theft-2016.esplora.json', 1],
    ['bitfinex2016/ledger/c49ff6bd.seizure-2022.esplora.json', 1],
  ])('proves every transaction of %s by its id', async (path, count) => {
    const { transactions, defects } = await readAll('esplora', sample(path), bitcoin)
    expect(defects).toEqual([])
    expect(transactions.length).toBe(count)
    expect(new Set(transactions.map(({ proof }) => proof))).toEqual(new Set(['txid']))
  })

  test('reads the Colonial ransom with its exact amounts, and reports what the three files repeat', async () => {
    const { transactions, defects } = await readAll('esplora', sample('colonial2021'), bitcoin)
    const seizure = transactions.find(({ txid }) => txid.startsWith('943f2d57'))
    expect(seizure?.inputs.map(({ prevout }) => prevout?.value)).toContain(6_960_422_177n)
    expect(seizure?.outputs.map(({ value }) => value).toSorted()).toEqual([590_422_177n, 6_369_996_546n])
    expect(Object.keys(tally(defects))).toEqual(['TX_LISTED_TWICE'])
    expect(new Set(transactions.map(({ txid }) => txid)).size).toBe(transactions.length)
  })

  test('adds up the seizure of 2022: 562 inputs, 15,005.885945 BTC out', async () => {
    const { transactions } = await readAll(
      'esplora',
      sample('bitfinex2016/ledger/c49ff6bd.seizure-2022.esplora.json'),
      bitcoin,
    )
    const [seizure] = transactions
    expect(seizure?.inputs.length).toBe(562)
    expect(seizure?.outputs.reduce((sum, { value }) => sum + value, 0n)).toBe(1_500_588_594_500n)
  })

  test.each<[string, Record<string, string | Uint8Array>]>([
    ['lines', { 'a.jsonl': transactions.map((tx) => `${JSON.stringify(tx)}\n`).join('') }],
    ['objects one after the other', { 'a.json': transactions.map((tx) => JSON.stringify(tx, null, 2)).join('') }],
    ['one file each', Object.fromEntries(transactions.map((tx, n) => [`${n}.json`, JSON.stringify(tx)]))],
    ['gzip', { 'a.json.gz': gzipSync(ransom) }],
    ['Zstandard', { 'a.json.zst': zstdCompressSync(ransom) }],
  ])('reads the same from %s', async (_, files) => {
    const whole = await readAll('esplora', sample('colonial2021/colonial_ransom_txs.json'), bitcoin)
    const other = await readAll('esplora', folderOf(files), bitcoin)
    expect(other.transactions).toEqual(whole.transactions)
    expect(other.defects).toEqual([])
  })

  test('goes on where it was interrupted, with the same batches', async () => {
    const whole = await readAll('esplora', sample('colonial2021'), bitcoin, { batchSize: 2 })
    expect(whole.cursors.length).toBeGreaterThan(3)
    const cursor = whole.cursors[2] ?? null
    const rest = await readAll('esplora', sample('colonial2021'), bitcoin, { batchSize: 2, cursor })
    expect(rest.transactions).toEqual(whole.transactions.slice(6))
    expect(rest.cursors).toEqual(whole.cursors.slice(3))
  })

  test.each<[string, (tx: string) => string, string]>([
    ['an altered amount', (tx) => tx.replace('"value":1693', '"value":1694'), 'TXID_MISMATCH'],
    ['an altered prevout amount', (tx) => tx.replace('"value":20000', '"value":20001'), 'AMOUNTS_DISAGREE'],
    [
      'an altered address',
      (tx) => tx.replaceAll('15JFh88FcE4WL6qeMLgX5VEAFCbRXjc9fr', '15JFh88FcE4WL6qeMLgX5VEAFCbRXjc9fx'),
      'ADDRESS_MISMATCH',
    ],
    ['a negative amount', (tx) => tx.replace('"value":1693', '"value":-1693'), 'AMOUNT_OUT_OF_RANGE'],
    ['half a satoshi', (tx) => tx.replace('"value":1693', '"value":1693.5'), 'AMOUNT_OUT_OF_RANGE'],
    ['more than all money', (tx) => tx.replace('"value":1693', '"value":2100000000000001'), 'AMOUNT_OUT_OF_RANGE'],
    ['an amount twice', (tx) => tx.replace('"value":1693', '"value":1693,"value":1693'), 'SOURCE_MALFORMED'],
    ['an unconfirmed transaction', (tx) => tx.replace('"confirmed":true', '"confirmed":false'), 'TX_UNCONFIRMED'],
    ['a missing field', (tx) => tx.replace('"locktime"', '"lock"'), 'TXID_NOT_CHECKED'],
    ['missing outputs', (tx) => tx.replace(/"vout":\[/, '"outs":['), 'SOURCE_MALFORMED'],
    ['a cut file', (tx) => tx.slice(0, -30), 'SOURCE_TRUNCATED'],
  ])('reports %s', async (_, alter, code) => {
    const [first, ...others] = transactions.map((tx) => JSON.stringify(tx))
    const altered = alter(first ?? '')
    expect(altered).not.toBe(first)
    const { transactions: read, defects } = await readAll(
      'esplora',
      folderOf({ 'a.jsonl': [...others, altered].join('\n') }),
      bitcoin,
    )
    expect(defects.map((defect) => defect.code)).toContain(code)
    expect(read.filter(({ proof }) => proof === 'txid').length).toBeGreaterThanOrEqual(others.length)
  })

  test('marks a transaction whose content does not give its id', async () => {
    const altered = JSON.stringify(transactions[0]).replace('"value":1693', '"value":1694')
    const {
      transactions: [read],
    } = await readAll('esplora', folderOf({ 'a.json': altered }), bitcoin)
    expect(read?.proof).toBe('mismatch')
  })

  test('refuses the transactions of another chain and names it', async () => {
    const thrown = await readAll(
      'esplora',
      sample('colonial2021/colonial_ransom_txs.json'),
      packOf('bitcoin-testnet3'),
    ).catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(Stop)
    expect((thrown as Stop).refusal).toMatchObject({ code: 'WRONG_CHAIN' })
    expect((thrown as Stop).refusal.message).toContain('is of Bitcoin,')
  })

  test('keeps what came before a cut in compressed data', async () => {
    const lines = Buffer.from(
      transactions
        .map((tx) => `${JSON.stringify(tx)}\n`)
        .join('')
        .repeat(40),
    )
    const cut = gzipSync(lines, { level: 0 }).subarray(0, 300_000)
    const { transactions: read, defects } = await readAll('esplora', folderOf({ 'a.jsonl.gz': cut }), bitcoin)
    expect(read.length).toBe(3)
    expect(defects.map(({ code }) => code)).toContain('SOURCE_TRUNCATED')
  })
})
