/** `comity tx classify`: every detector answers, from the ledger or from a file; bad input is named with its place. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { rules } from '../src/tracing/detectors/index.ts'
import { ledgerTx, withoutPrevouts } from '../src/tracing/detectors/ledger-cases.ts'
import { matching } from '../src/tracing/detectors/matching-cases.ts'
import { esplora } from './esplora-json.ts'
import { askComity, type Refused, sample, temporaryFolder } from './run-comity.ts'

type Why = { readonly id: string; readonly version: string; readonly why: string }
type Answer = {
  readonly transactions: readonly {
    readonly txid: string
    readonly coinbase: boolean
    readonly fired: readonly { readonly id: string; readonly facts: Readonly<Record<string, string>> }[]
    readonly notFired: readonly Why[]
    readonly notChecked: readonly Why[]
  }[]
  readonly defects: readonly { readonly code: string; readonly place: string }[]
}

const files = temporaryFolder()
const home = join(files, 'home')
const onFile = (path: string) => ['tx', 'classify', '--chain', 'bitcoin', '--format', 'esplora', path]

function fileOf(name: string, content: unknown): string {
  const path = join(files, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const whirlpool = matching['gs-whirlpool'].tx

beforeAll(() =>
  askComity(home, ['chain', 'import', '--chain', 'bitcoin', '--format', 'esplora', sample('colonial2021')]),
)

it('every detector answers once, in the three lists together', async () => {
  const { transactions } = await askComity<Answer>(home, onFile(fileOf('mix.json', esplora(whirlpool))))
  const [{ fired, notFired, notChecked }] = transactions as [Answer['transactions'][number]]
  expect(fired.map(({ id }) => id)).toEqual(expect.arrayContaining(['gs-whirlpool', 'dumplings-samourai']))
  expect([...fired, ...notFired, ...notChecked].map(({ id }) => id).sort()).toEqual(rules.map(({ id }) => id).sort())
})

it('a transaction in no block is classified, but for the rules that ask for its height', async () => {
  for (const status of [null, { confirmed: false }]) {
    const { transactions } = await askComity<Answer>(home, onFile(fileOf('new.json', esplora(whirlpool, status))))
    expect(transactions[0]?.fired.map(({ id }) => id)).toContain('gs-whirlpool')
    expect(transactions[0]?.notChecked.find(({ id }) => id === 'dumplings-samourai')?.why).toMatch(/height/)
  }
})

it('without prevouts, what needs them is not checked, and says so; nothing is guessed', async () => {
  const path = fileOf('bare.json', [esplora(withoutPrevouts(whirlpool))])
  const [tx] = (await askComity<Answer>(home, onFile(path))).transactions
  expect(tx?.fired.map(({ id }) => id)).not.toContain('gs-whirlpool')
  expect(tx?.notChecked.find(({ id }) => id === 'gs-whirlpool')?.why).toMatch(/^prevouts unknown \(5 of 5\)\./)
})

it('nothing fires on a coinbase', async () => {
  const coinbase = ledgerTx({ inputs: [[0, 'nobody']], outputs: [[625_000_000, 'miner']], coinbase: true })
  const [tx] = (await askComity<Answer>(home, onFile(fileOf('coinbase.json', esplora(coinbase))))).transactions
  expect(tx).toMatchObject({ coinbase: true, fired: [] })
})

it('the ledger and a file of the same transactions agree on what each alone can tell', async () => {
  const ofFile = await askComity<Answer>(home, onFile(sample('colonial2021/colonial_ransom_txs.json')))
  const ids = ofFile.transactions.map(({ txid }) => txid)
  const ofLedger = await askComity<Answer>(home, ['tx', 'classify', '--chain', 'bitcoin', ...ids])
  expect(ofLedger.transactions.map(({ txid }) => txid)).toEqual(ids)
  for (const [at, tx] of ofLedger.transactions.entries()) {
    const fired = tx.fired.map(({ id }) => id)
    expect(fired).toEqual(expect.arrayContaining(ofFile.transactions[at]?.fired.map(({ id }) => id) ?? []))
  }
})

it('a flawed entry beside a good one is a defect with its place; a file without a good one is refused', async () => {
  const good = esplora(whirlpool)
  const both = await askComity<Answer>(home, onFile(fileOf('both.json', [good, { ...good, vout: 'none' }, good])))
  expect(both.transactions).toHaveLength(1)
  expect(both.defects.map(({ code }) => code)).toEqual(['SOURCE_MALFORMED', 'TX_LISTED_TWICE'])
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['empty.json', '', 'SOURCE_EMPTY'],
    ['text.json', 'no json', 'SOURCE_MALFORMED'],
    ['number.json', '7', 'ITEM_NOT_USED'],
    ['id.json', { ...good, txid: 'abc' }, 'SOURCE_MALFORMED'],
    ['cut.json', JSON.stringify(good).slice(0, -9), 'SOURCE_TRUNCATED'],
    ['float.json', JSON.stringify(good).replace(/"value":(\d+)/, '"value":0.5'), 'AMOUNT_OUT_OF_RANGE'],
  ]
  for (const [name, content, code] of cases) {
    const { error } = await askComity<Refused>(home, onFile(fileOf(name, content)), 1)
    expect([name, error.code, error.place]).toEqual([name, code, expect.stringContaining(name)])
  }
  const none = await askComity<Refused>(home, ['tx', 'classify', '--chain', 'bitcoin', '00'.repeat(32)], 1)
  expect(none.error.code).toBe('TX_UNKNOWN')
  const other = [...onFile(sample('colonial2021/colonial_ransom_txs.json'))].with(3, 'litecoin')
  expect((await askComity<Refused>(home, other, 1)).error.code).toBe('WRONG_CHAIN')
})
