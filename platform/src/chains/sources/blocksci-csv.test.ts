import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Stop } from '../../kernel/index.ts'
import { type Delivered, folderOf, packOf, readAll, sample, tally } from './reading-samples.ts'

const bitcoin = packOf('bitcoin')
const table = (name: string) => {
  const bytes = readFileSync(sample(`bitcoin-2009/${name}`))
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
}
/** The tables cut to the first transactions, small enough to alter one by one. */
const small: Record<string, string> = Object.fromEntries(
  ['tx_hash.csv.gz', 'tx_height.csv.gz', 'tx_input.csv', 'tx_output.csv.gz', 'adr_hash.csv.gz'].map((name) => {
    const [head = '', ...rows] = table(name).split('\n')
    const tx = (row: string) =>
      Number(row.split(',')[name.startsWith('tx_output') || name.startsWith('tx_input') ? 1 : 0])
    return [
      name.replace('.gz', ''),
      [head, ...rows.filter((row) => row !== '' && (name.startsWith('adr') ? tx(row) < 4000 : tx(row) < 250))].join(
        '\n',
      ),
    ]
  }),
)

describe('the BlockSci export of 2009', () => {
  const year = readAll('blocksci-csv', sample('bitcoin-2009'), bitcoin)

  test('holds every transaction of the year and reports its known flaws, repaired', async () => {
    const { blocks, transactions, defects } = await year
    expect(blocks.length).toBe(32_490)
    expect(new Set(blocks.map(({ completeness }) => completeness))).toEqual(new Set(['declared']))
    expect(transactions.length).toBe(32_709)
    expect(tally(defects)).toEqual({ TXID_REPAIRED: 2052, OUTPUT_LISTED_TWICE: 2 })
    expect(transactions.every(({ proof, txid }) => proof === 'stated' && /^[0-9a-f]{64}$/.test(txid))).toBe(true)
  })

  test('resolves all 2,887 inputs to outputs of the same value', async () => {
    const { transactions } = await year
    const outputs = new Map<string, { readonly value: bigint }>(
      transactions.flatMap(({ txid, outputs }) => outputs.map((output, vout) => [`${txid}:${vout}`, output] as const)),
    )
    const spends = transactions.flatMap(({ inputs }) => inputs).filter(({ prev }) => prev !== null)
    expect(spends.length).toBe(2887)
    expect(
      spends.filter(({ prev, prevout }) => outputs.get(`${prev?.txid}:${prev?.vout}`)?.value !== prevout?.value),
    ).toEqual([])
  })

  test('agrees with the raw blocks 0 to 438 on ids, places, values, addresses and what is spent', async () => {
    const raw = await readAll('raw-block', sample('btc-blocks/first-100k-blocks.dat'), bitcoin)
    const plain = ({ transactions }: Delivered) =>
      transactions
        .filter(({ block }) => block.height <= 438)
        .map(({ txid, index, coinbase, block, inputs, outputs }) => ({
          txid,
          index,
          coinbase,
          height: block.height,
          spends: inputs.map(({ prev }) => prev),
          pays: outputs.map(({ value, address }) => [value, address]),
        }))
    expect(plain(await year)).toEqual(plain(raw))
  })
})

describe('a BlockSci export', () => {
  test('is read whole in its small form', async () => {
    const { transactions, defects } = await readAll('blocksci-csv', folderOf(small), bitcoin)
    expect([transactions.length, tally(defects).TX_MISSING]).toEqual([250, undefined])
  })

  test.each<[string, string, (text: string) => string, string]>([
    [
      'a changed value of a spent output',
      'tx_output.csv',
      (text) => text.replace('\n90,9,101,5000000000', '\n90,9,101,5000000001'),
      'AMOUNTS_DISAGREE',
    ],
    [
      'a changed value of an input',
      'tx_input.csv',
      (text) => text.replace('4000000000', '4000000001'),
      'AMOUNTS_DISAGREE',
    ],
    [
      'a negative value',
      'tx_output.csv',
      (text) => text.replace('\n90,9,101,5000000000', '\n90,9,101,-5000000000'),
      'AMOUNT_OUT_OF_RANGE',
    ],
    ['a missing output', 'tx_output.csv', (text) => text.replace(/\n1710,.*/, ''), 'OUTPUT_MISSING'],
    ['a missing input', 'tx_input.csv', (text) => text.replace(/\n90,.*/, ''), 'SPEND_DISAGREES'],
    ['an input of another output', 'tx_input.csv', (text) => text.replace('\n90,', '\n80,'), 'INPUT_UNRESOLVED'],
    ['a missing transaction', 'tx_height.csv', (text) => text.replace('\n100,100', ''), 'TX_MISSING'],
    ['a broken transaction id', 'tx_hash.csv', (text) => text.replace('0e3e2357', '0e3e23'), 'SOURCE_MALFORMED'],
    [
      'a broken address',
      'adr_hash.csv',
      (text) => text.replace('12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX', '12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJY'),
      'ADDRESS_NOT_READ',
    ],
  ])('with %s is reported', async (_, name, alter, code) => {
    const altered = alter(small[name] ?? '')
    expect(altered).not.toBe(small[name])
    const { defects } = await readAll('blocksci-csv', folderOf({ ...small, [name]: altered }), bitcoin)
    expect(defects.map((defect) => defect.code)).toContain(code)
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'without a table',
      Object.fromEntries(Object.entries(small).filter(([name]) => name !== 'tx_input.csv')),
      'SOURCE_NOT_FOUND',
    ],
    ['with other columns', { ...small, 'tx_input.csv': 'a,b\n' }, 'SOURCE_MALFORMED'],
    ['with a row of nobody', { ...small, 'tx_input.csv': `${small['tx_input.csv']}\n90,x,1` }, 'SOURCE_MALFORMED'],
    [
      'of another chain',
      { ...small, 'tx_hash.csv': (small['tx_hash.csv'] ?? '').replace('4a5e1e4b', '97ddfbba') },
      'WRONG_CHAIN',
    ],
  ])('%s is refused', async (_, files, code) => {
    const thrown = await readAll('blocksci-csv', folderOf(files), bitcoin).catch((error: unknown) => error)
    expect(thrown instanceof Stop && thrown.refusal.code).toBe(code)
  })
})
