/**
 * Every Bitcoin transaction of 2009, and raw blocks beside them: what was exported, what is proven, what is traced. The
 * expected figures are read here from the export itself, and from samples/bitcoin-2009 and samples/btc-blocks.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ChainStore, Defect, LedgerTx } from '../src/chains/index.ts'
import { openDuckDbChainStore } from '../src/chains/store/index.ts'
import { askComity, type Refused, sample, temporaryFolder } from './run-comity.ts'
import { allRules, auditBooks, type CompareAnswer, sum, type TraceAnswer } from './trace-answers.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const TESTNET3 = 'bip122:000000000933ea01ad0ee984209779ba'
const COIN = 100_000_000n
/** The coinbase of block 9, and the first payment: Satoshi Nakamoto sends Hal Finney 10 BTC (block 170, 12 January 2009). */
const COINBASE_9 = '0437cd7f8525ceed2324359c2d0ba26006d92d856a9c20fa0241106ee5a597c9'
const FIRST_PAYMENT = 'f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16'

type Imported = {
  readonly transactions: number
  readonly inputs: number
  readonly defects: readonly Defect[]
  readonly added: { readonly blocks: number; readonly transactions: number }
}
type Status = {
  readonly chains: readonly {
    readonly chain: string
    readonly complete: readonly object[]
    readonly proofs: object
    readonly defects: number
    readonly contentDigest: string
  }[]
}

const importing = (home: string, format: string, path: string, chain = 'bitcoin') =>
  askComity<Imported>(home, ['chain', 'import', '--chain', chain, '--format', format, sample(path)])
const compare = (home: string, ...more: string[]) =>
  askComity<CompareAnswer>(home, ['trace', 'compare', '--chain', 'bitcoin', ...more])

/** A home with the export alone, and one with raw blocks beside it. */
const declared = temporaryFolder()
const proven = temporaryFolder()
let imported: Imported
let overlap: Imported
beforeAll(async () => {
  imported = await importing(declared, 'blocksci-csv', 'bitcoin-2009')
  await importing(proven, 'raw-block', 'btc-blocks/blocks1-256.bz2')
  await importing(proven, 'blocksci-csv', 'bitcoin-2009')
  overlap = await importing(proven, 'raw-block', 'btc-blocks/first-100k-blocks.dat')
  await importing(proven, 'raw-block', 'btc-blocks/block300025.raw.gz')
})

async function inStore<T>(home: string, read: (store: ChainStore) => Promise<T>): Promise<T> {
  const store = await openDuckDbChainStore(join(home, 'chain.duckdb'))
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}

const outputSum = (outputs: readonly { readonly value: bigint }[]) => sum(outputs.map(({ value }) => value))
const feeOf = (tx: LedgerTx) =>
  sum(tx.inputs.map(({ prevout }) => prevout?.value ?? -21_000_000n * COIN)) - outputSum(tx.outputs)
const heights = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

describe('the year 2009', () => {
  it('is imported whole: 32,709 transactions, 2,887 spends, every known flaw reported and no other', async () => {
    expect(imported).toMatchObject({ transactions: 32_709, inputs: 32_490 + 2_887, blocks: 32_490, outputs: 32_781 })
    const counts = new Map<string, number>()
    for (const { code, count } of imported.defects) counts.set(code, (counts.get(code) ?? 0) + count)
    expect(Object.fromEntries(counts)).toEqual({ TXID_REPAIRED: 2_052, OUTPUT_LISTED_TWICE: 2 })
    for (const { place, message } of imported.defects) expect(`${place}${message}`).not.toBe('')
  })

  it('is what the export says, transaction by transaction', async () => {
    const exported = readExport()
    await inStore(declared, async (store) => {
      const transactions = await store.transactionsAt(BITCOIN, heights(0, 32_489))
      expect(transactions).toHaveLength(32_709)
      let spends = 0
      for (const tx of transactions) {
        const expected = exported.get(tx.txid)
        expect(expected, tx.txid).toBeDefined()
        expect(tx.block.height).toBe(expected?.height)
        expect(tx.outputs.map(({ value, address }) => `${value} ${address}`)).toEqual(expected?.outputs)
        const spent = tx.inputs.flatMap(({ prev, prevout }) => (prev ? [`${prevout?.value}`] : []))
        expect(spent.toSorted()).toEqual(expected?.spent.toSorted() ?? [])
        spends += spent.length
      }
      expect(spends).toBe(2_887)
      const spentOutputs = new Set(
        transactions.flatMap(({ inputs }) => inputs.flatMap(({ prev }) => (prev ? `${prev.txid}:${prev.vout}` : []))),
      )
      expect(spentOutputs.size, 'no output is spent twice').toBe(2_887)
    })
  })

  it('mints 50 BTC and the fees in every block, no more and no less', async () => {
    await inStore(declared, async (store) => {
      const byHeight = Map.groupBy(await store.transactionsAt(BITCOIN, heights(0, 32_489)), ({ block }) => block.height)
      expect(byHeight.size).toBe(32_490)
      for (const [height, transactions] of byHeight) {
        const coinbases = transactions.filter(({ coinbase }) => coinbase)
        const fees = sum(transactions.filter(({ coinbase }) => !coinbase).map(feeOf))
        expect(outputSum(coinbases.flatMap(({ outputs }) => outputs)), `block ${height}`).toBe(50n * COIN + fees)
      }
    })
  })

  it('agrees with the raw blocks 0 to 438, which prove what it only states', async () => {
    expect(overlap.transactions).toBe(446)
    expect(overlap.added.transactions).toBe(0)
    const [status] = (await askComity<Status>(proven, ['chain', 'status'])).chains
    expect(status).toMatchObject({
      blocks: 32_490 + 1,
      complete: [
        { from: 0, to: 32_489, completeness: 'declared' },
        { from: 0, to: 438, completeness: 'merkle' },
        { from: 300_025, to: 300_025, completeness: 'merkle' },
      ],
      proofs: { txid: 446 + 461, stated: 32_709 - 446, mismatch: 0, doubles: 0 },
      defects: imported.defects.length,
    })
    const [alone] = (await askComity<Status>(declared, ['chain', 'status'])).chains
    expect(alone).toMatchObject({
      complete: [{ from: 0, to: 32_489, completeness: 'declared' }],
      proofs: { txid: 0, stated: 32_709 },
    })
    const { defects } = await askComity<{ defects: readonly Defect[] }>(proven, [
      'chain',
      'defects',
      '--chain',
      'bitcoin',
    ])
    expect(new Set(defects.map(({ code }) => code))).toEqual(new Set(['TXID_REPAIRED', 'OUTPUT_LISTED_TWICE']))
    await inStore(proven, async (store) => {
      const blocks = await store.blocksByHeight(BITCOIN, heights(0, 438))
      expect(blocks).toHaveLength(439)
      for (const block of blocks)
        expect(block, `block ${block.height}`).toMatchObject({
          active: true,
          completeness: 'merkle',
          headerVerified: true,
        })
    })
  })
})

describe('the first payment', () => {
  const ends = ({ positions }: TraceAnswer) =>
    Object.fromEntries(
      positions.map(({ txid, vout, traced, status, code }) => [
        `${txid.slice(0, 8)}:${vout}`,
        `${traced} ${status} ${code}`,
      ]),
    )

  it('brings 10 BTC to Hal Finney under every rule, unspent as of every proven block after it', async () => {
    for (const asOf of ['170', '180']) {
      const { traces } = await compare(proven, '--from', `${COINBASE_9}:0@satoshi`, '--as-of', asOf, '--until', '170')
      expect(traces.map(({ rule }) => rule)).toEqual(allRules)
      for (const trace of traces) {
        auditBooks(trace)
        expect(ends(trace)['f4184fc5:0'], trace.rule).toBe('1000000000 unspent unspent')
        expect(trace.evidence.grade).toBe('verified')
      }
    }
    const { traces } = await compare(proven, '--from', `${FIRST_PAYMENT}:0@hal`, '--as-of', '438')
    for (const trace of traces) expect(ends(trace), trace.rule).toEqual({ 'f4184fc5:0': '1000000000 unspent unspent' })
  })

  it('is not called unspent where completeness is declared only, nor beyond what is proven', async () => {
    for (const [home, asOf] of [
      [declared, '438'],
      [declared, '32489'],
      [proven, '32489'],
      [proven, '439'],
    ] as const) {
      const { traces } = await compare(home, '--from', `${FIRST_PAYMENT}:0@hal`, '--as-of', asOf)
      for (const trace of traces)
        expect(ends(trace), `${trace.rule} as of ${asOf}`).toEqual({
          'f4184fc5:0': '1000000000 data-ends completeness-declared',
        })
    }
    const { traces } = await compare(proven, '--from', `${FIRST_PAYMENT}:0@hal`)
    for (const trace of traces)
      expect(ends(trace), trace.rule).toEqual({ 'f4184fc5:0': '1000000000 data-ends no-later-data' })
  })

  it('of which 10 in 50 BTC were stolen, is shared as each rule says', async () => {
    // 50 BTC in (the first 10 traced); out: 10 BTC to Hal Finney, 40 BTC back to the address that paid.
    const expected: Readonly<Record<string, readonly [bigint, bigint]>> = {
      poison: [10n, 40n],
      haircut: [2n, 8n],
      'pro-rata': [2n, 8n],
      fifo: [10n, 0n],
      lifo: [0n, 10n],
      tiho: [0n, 10n],
      'seniority-traced-first': [10n, 0n],
      'seniority-clean-first': [0n, 10n],
      pifo: [10n, 0n],
      comb: [2n, 8n],
    }
    const { traces } = await compare(proven, '--from', `${COINBASE_9}:0=1000000000@theft`, '--as-of', '170')
    for (const trace of traces) {
      auditBooks(trace)
      const held = (vout: number) =>
        BigInt(
          trace.positions.find((position) => position.txid === FIRST_PAYMENT && position.vout === vout)?.traced ?? 0,
        )
      expect([held(0) / COIN, held(1) / COIN], trace.rule).toEqual(expected[trace.rule])
    }
  })

  it('is followed through the year: the books balance under every rule, in both homes alike', async () => {
    const flags = ['--from', `${COINBASE_9}:0=1700000000@one`, `${COINBASE_9}:0=2300000000@two`, '--as-of', '32489']
    const [first, second] = [await compare(declared, ...flags), await compare(proven, ...flags)]
    const where = ({ traces }: CompareAnswer) =>
      traces.map(({ rule, positions }) => [
        rule,
        positions.map(({ txid, vout, traced, bySeed }) => ({ txid, vout, traced, bySeed })),
      ])
    for (const trace of [...first.traces, ...second.traces]) auditBooks(trace)
    expect(where(second)).toEqual(where(first))
    expect(new Set(first.traces.map(({ evidence }) => evidence.grade))).toEqual(new Set(['stated']))
  })
})

describe('blocks whose inputs are known', () => {
  it('block 300025 pays its miner 25 BTC and the fees, 7,773,345 satoshi', async () => {
    const [coinbase, ...others] = await inStore(proven, (store) => store.transactionsAt(BITCOIN, [300_025]))
    expect(coinbase?.coinbase).toBe(true)
    expect(others).toHaveLength(460)
    expect(others.flatMap(({ inputs }) => inputs)).toHaveLength(1_427)
    const fees = sum(others.map(feeOf))
    expect(fees).toBe(7_773_345n)
    expect(outputSum(coinbase?.outputs ?? [])).toBe(25n * COIN + fees)
    // The same by the command line, where a person would look.
    const shown = await askComity<{ fee: string | null; outputs: readonly { value: string }[] }>(proven, [
      'tx',
      'show',
      coinbase?.txid ?? '',
    ])
    expect(shown.fee).toBeNull()
    expect(sum(shown.outputs.map(({ value }) => value))).toBe(25n * COIN + fees)
    const costly = others.reduce((most, tx) => (feeOf(tx) > feeOf(most) ? tx : most))
    expect(await askComity(proven, ['tx', 'show', costly.txid])).toMatchObject({ fee: feeOf(costly).toString() })
  })

  it('everything spent in block 300025, traced with its fees, reaches the miner with those fees', async () => {
    const [coinbase, ...others] = await inStore(proven, (store) => store.transactionsAt(BITCOIN, [300_025]))
    const created = new Set(others.map(({ txid }) => txid))
    const inputs = others.flatMap((tx) => tx.inputs.filter(({ prev }) => prev && !created.has(prev.txid)))
    const seeds = join(temporaryFolder(), 'seeds.txt')
    writeFileSync(seeds, inputs.map(({ prev }) => `${prev?.txid}:${prev?.vout}@all\n`).join(''))
    const { traces, root } = await compare(proven, '--from-file', seeds, '--follow-fees')
    expect(BigInt(root)).toBe(sum(inputs.map(({ prevout }) => prevout?.value ?? 0n)))
    for (const trace of traces) {
      auditBooks(trace)
      const { rule, ledger, positions, flow } = trace
      expect(ledger.fee, rule).toBe('0')
      const paid = sum(positions.filter(({ txid }) => txid === coinbase?.txid).map(({ traced }) => traced))
      expect(paid, rule).toBe(rule === 'poison' ? 25n * COIN + 7_773_345n : 7_773_345n)
      if (rule === 'poison') expect(ledger.drawnIn).toBe((25n * COIN).toString())
      expect(
        flow.some(({ txid }) => txid === coinbase?.txid),
        rule,
      ).toBe(true)
      // Created in the block, and the block is proven complete: unspent as of it, unless it can never be spent.
      expect(
        positions.filter(({ status }) => status !== 'unspent' && status !== 'written-off'),
        rule,
      ).toEqual([])
    }
  })

  it('block 1087400 of testnet3 pays its miner the subsidy of the fifth halving and the fees', async () => {
    const home = temporaryFolder()
    await importing(home, 'raw-block', 'btc-blocks/block1087400.raw', 'bitcoin-testnet3')
    const [coinbase, ...others] = await inStore(home, (store) => store.transactionsAt(TESTNET3, [1_087_400]))
    expect(others).toHaveLength(96)
    expect(outputSum(coinbase?.outputs ?? [])).toBe((50n * COIN) / 32n + sum(others.map(feeOf)))
  })
})

describe('blocks of another network', () => {
  it.for(['block1087400.raw', 'block898352.raw'])(
    '%s is refused as Bitcoin, named as testnet3, and imported as that',
    async (name) => {
      const home = temporaryFolder()
      const args = ['--format', 'raw-block', sample(`btc-blocks/${name}`)]
      const { error } = await askComity<Refused>(home, ['chain', 'import', '--chain', 'bitcoin', ...args], 1)
      expect(error.code).toBe('WRONG_CHAIN')
      expect(error.message).toContain('Bitcoin testnet3')
      expect(error.place).toContain(name)
      expect(error.fix).toContain(TESTNET3)
      expect((await askComity<Status>(home, ['chain', 'status'])).chains).toEqual([])
      const { transactions } = await askComity<Imported>(home, [
        'chain',
        'import',
        '--chain',
        'bitcoin-testnet3',
        ...args,
      ])
      expect(transactions).toBe(name === 'block898352.raw' ? 10 : 97)
      expect((await askComity<Status>(home, ['chain', 'status'])).chains.map(({ chain }) => chain)).toEqual([TESTNET3])
    },
  )
})

type Exported = { readonly height: number; readonly outputs: string[]; readonly spent: string[] }

/** The export, read with nothing of ours. Ids of 63 digits lost a "b"; outputs that are listed twice count once. */
function readExport(): Map<string, Exported> {
  const rows = (name: string) => {
    const bytes = readFileSync(sample(`bitcoin-2009/${name}`))
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    return text
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','))
  }
  const addresses = new Map(rows('adr_hash.csv.gz').map(([index = '', address = '']) => [index, address]))
  const byIndex = new Map<string, Exported & { readonly txid: string }>()
  const heightByIndex = new Map(rows('tx_height.csv.gz').map(([index = '', height = '']) => [index, Number(height)]))
  for (const [index = '', txid = ''] of rows('tx_hash.csv.gz')) {
    byIndex.set(index, { txid: txid.padEnd(64, 'b'), height: heightByIndex.get(index) ?? -1, outputs: [], spent: [] })
  }
  const listed = new Set<string>()
  for (const [output = '', index = '', address = '', value = ''] of rows('tx_output.csv.gz')) {
    if (listed.has(output)) continue
    listed.add(output)
    byIndex.get(index)?.outputs.push(`${BigInt(value)} ${addresses.get(address) ?? null}`)
  }
  for (const [, index = '', , value = ''] of rows('tx_input.csv')) byIndex.get(index)?.spent.push(`${BigInt(value)}`)
  return new Map([...byIndex.values()].map(({ txid, ...exported }) => [txid, exported]))
}
