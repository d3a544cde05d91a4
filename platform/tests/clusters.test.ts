/** `comity cluster`: why two addresses are one cluster, what a rejection changes, and that no order of import matters. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { describeScript, type LedgerTx, shippedChainPacks } from '../src/chains/index.ts'
import { type Coin, ledgerTx, scriptOf } from '../src/tracing/detectors/ledger-cases.ts'
import { matching } from '../src/tracing/detectors/matching-cases.ts'
import { measuredFigures } from '../src/tracing/index.ts'
import { esplora } from './esplora-json.ts'
import { askComity, type Refused, runComity, sample, temporaryFolder } from './run-comity.ts'

const bitcoin = shippedChainPacks.find(({ name }) => name === 'Bitcoin')
const addressOf = (label: string) => (bitcoin && describeScript(scriptOf(label), bitcoin).address) || ''
const on = ['--chain', 'bitcoin']
const files = temporaryFolder()

/** Spends coins of one owner each: A and B, B and C, then (by another way) C and D twice; E and F by themselves. */
const spend = (height: number, owners: readonly string[], outputs: readonly Coin[]): LedgerTx =>
  ledgerTx({ height, inputs: owners.map((owner, at) => [1_000_000 + 7_919 * height + at, owner]), outputs })
const ab = spend(100, ['A', 'B'], [[1_500_001, 'shop 1']])
const bc = spend(101, ['B', 'C'], [[1_500_002, 'shop 2']])
const cd = spend(102, ['C', 'D'], [[1_500_003, 'shop 3']])
const cdAgain = spend(103, ['D', 'C'], [[1_500_004, 'shop 4']])
const ef = spend(104, ['E', 'F'], [[1_500_005, 'shop 5']])
const mix = matching['gs-whirlpool'].tx
const all = [ab, bc, cd, cdAgain, ef, mix]

type Merge = {
  readonly a: string
  readonly b: string
  readonly txid: string
  readonly rule: string
  readonly version: string
}
type Answer = {
  readonly id: string
  readonly size: number
  readonly joined?: boolean
  readonly addresses: readonly string[]
  readonly path: readonly Merge[]
  readonly bridges: readonly { readonly txid: string }[]
  readonly leftOut: readonly { readonly txid: string; readonly why: string }[]
  readonly caveats: readonly string[]
  readonly measured: { readonly digest: string; readonly heuristics: readonly object[] }
}

async function importInto(home: string, groups: readonly (readonly LedgerTx[])[]): Promise<void> {
  for (const [at, group] of groups.entries()) {
    const path = join(files, `${home}-${at}.json`)
    // The null outpoints of different transactions must differ: each spends coins of its own.
    writeFileSync(path, JSON.stringify(group.map((tx) => own(esplora(tx), tx.txid))))
    await askComity(join(files, home), ['chain', 'import', ...on, '--format', 'esplora', path])
  }
}

function own(tx: object, txid: string): object {
  const { vin } = tx as { vin: readonly object[] }
  return { ...tx, vin: vin.map((input, at) => ({ ...input, txid: txid.replace(/^../, String(10 + at)) })) }
}

const home = join(files, 'one')
const why = (a: string, b: string, exit = 0, folder = home) =>
  askComity<Answer>(folder, ['cluster', 'why', addressOf(a), addressOf(b), ...on], exit)

beforeAll(() => importInto('one', [all]))

describe('comity cluster', () => {
  it('says which transactions and rules join two addresses, and which of them alone', async () => {
    const answer = await why('A', 'D')
    expect(answer.path.map(({ txid, rule, version }) => [txid, rule, version])).toEqual([
      [ab.txid, 'multi-input', '1'],
      [bc.txid, 'multi-input', '1'],
      [cd.txid, 'multi-input', '1'],
    ])
    expect([answer.path[0]?.a, answer.path[2]?.b]).toEqual([addressOf('A'), addressOf('D')])
    expect(answer.bridges.map(({ txid }) => txid)).toEqual([ab.txid, bc.txid])
    expect(answer.id).toBe(['A', 'B', 'C', 'D'].map(addressOf).sort()[0])
    expect(answer.caveats.join(' ')).toMatch(/PayJoin/)
    expect(answer.measured.digest).toBe(measuredFigures.digest)
    expect(answer.measured.heuristics).toMatchObject([{ id: 'multi-input', right: { of: expect.any(Number) } }])
  })

  it('does not join what is apart, and does not join by a CoinJoin', async () => {
    expect(await why('A', 'E', 1)).toMatchObject({ joined: false, path: [], bridges: [] })
    const [first, second] = mix.inputs.flatMap(({ prevout }) => prevout?.script ?? [])
    const labels = [`script:${first}`, `script:${second}`] as const
    const answer = await why(...labels, 1)
    expect(answer.leftOut).toEqual([expect.objectContaining({ txid: mix.txid, why: 'coinjoin' })])
  })

  it('lists clusters, the largest first, the same whatever was imported first', async () => {
    const list = (folder: string) => askComity<object>(folder, ['cluster', 'list', ...on])
    await importInto('two', [
      [mix, cdAgain],
      [ef, cd],
      [bc, ab],
    ])
    const answer = await list(home)
    expect(answer).toMatchObject({
      clusters: [
        { size: 4, transactions: 4 },
        { size: 2, transactions: 1 },
      ],
      read: { transactions: 6, coinJoinsLeftOut: 1 },
    })
    expect(await list(join(files, 'two'))).toEqual(answer)
    const show = (folder: string) => askComity<Answer>(folder, ['cluster', 'show', addressOf('D'), ...on])
    expect(await show(join(files, 'two'))).toEqual(await show(home))
  })

  it('a rejection splits the cluster, is kept with who and why, touches only that cluster, and can be taken back', async () => {
    const reject = [...['cluster', 'unmerge', bc.txid, ...on], '--reason', 'a PayJoin', '--by', 'Analyst 7']
    await askComity(home, ['watch', 'add', ...on, '--cluster', addressOf('A')])
    expect(await askComity(home, reject)).toMatchObject({
      statements: [{ kind: 'rejected', by: 'Analyst 7', reason: 'a PayJoin' }],
      before: [{ size: 4 }],
      after: [{ size: 2 }, { size: 2 }],
      recomputedAddresses: 4,
      watches: [{ joined: [], left: [expect.any(String), expect.any(String)] }],
    })
    expect(await why('A', 'D', 1)).toMatchObject({ joined: false, size: 2, leftOut: [] })
    expect((await why('A', 'B')).leftOut).toEqual([])
    const shown = await askComity<Answer>(home, ['cluster', 'show', addressOf('A'), ...on])
    expect(shown.leftOut).toEqual([expect.objectContaining({ txid: bc.txid, why: 'rejected' })])
    expect((await askComity<Refused>(home, reject, 1)).error.code).toBe('CLUSTER_LINK_REJECTED')
    expect(await askComity(home, [...reject, '--withdraw'])).toMatchObject({
      before: [{ size: 2 }, { size: 2 }],
      after: [{ size: 4 }],
      watches: [{ joined: [expect.any(String), expect.any(String)], left: [] }],
    })
    expect((await askComity<Refused>(home, [...reject, '--withdraw'], 1)).error.code).toBe('CLUSTER_LINK_NOT_REJECTED')
    expect(await why('A', 'D')).toMatchObject({ joined: true, size: 4 })
  })

  it('risk says what fired with its facts, what did not, and what a ledger cannot check; never a score', async () => {
    type Risk = Readonly<Record<'fired' | 'notFired' | 'notChecked', readonly { id: string; page: number }[]>>
    const script = mix.outputs[0]?.script ?? ''
    const mixed = (bitcoin && describeScript(script, bitcoin).address) || ''
    const answer = await askComity<Risk>(home, ['risk', mixed, ...on])
    expect(answer.fired.map(({ id, page }) => [id, page])).toEqual([
      ['D5', 9],
      ['F7', 15],
    ])
    expect(answer.fired.length + answer.notFired.length + answer.notChecked.length).toBe(54)
    expect(JSON.stringify(answer)).not.toMatch(/"score"/)
    const text = await runComity(['risk', mixed, ...on, '--cluster', '--home', home])
    expect(text.stdout).toMatch(/measured: fatf-2020\/D5: not measured\n[\s\S]*measured: multi-input is right in /)
    expect(text.stdout).toMatch(/^A single indicator is not proof\.\n[\s\S]*\nA single indicator is not proof\.\n$/)
  })

  it('related: the same key on other chains, and a deposit address only where a service is tagged', async () => {
    type Related = {
      readonly sameKey: readonly { chain: string; address: string; seen: boolean }[]
      readonly deposit: readonly object[]
      readonly tags: boolean
    }
    const a = addressOf('A')
    const answer = await askComity<Related>(home, ['cluster', 'related', a, ...on])
    expect(answer).toMatchObject({ deposit: [], tags: false })
    expect(answer.sameKey.some(({ address }) => address === a)).toBe(false)
    expect(new Set(answer.sameKey.map(({ chain }) => chain)).size).toBeGreaterThan(3)
    const accounts = join(files, 'accounts')
    const ethereum = ['--chain', 'eip155:1']
    const path = sample('eth-crime-flows/54m.csv')
    await askComity(accounts, ['chain', 'import', ...ethereum, '--format', 'flow-csv', path])
    const payer = '0x23aaf393ae14aa9d7605f9c512720dceba4fb179'
    const tags = join(files, 'tags.csv')
    const head = 'chain,address,label,category,source,confidence,validFrom,validTo'
    writeFileSync(
      tags,
      `${head}\neip155:1,0x45300136662dd4e58fc0df61e6290dffd992b785,KuCoin,exchange,https://example.org,forensic,,\n`,
    )
    await askComity(accounts, ['tags', 'import', tags])
    const related = await askComity<Related>(accounts, ['cluster', 'related', payer, ...ethereum])
    expect(related.sameKey.map(({ chain }) => chain)).toEqual(expect.arrayContaining(['eip155:137', 'tron:0x2b6653dc']))
    expect(related.deposit).toMatchObject([{ service: 'KuCoin', payers: 1 }])
    expect(related).toMatchObject({ measured: { heuristics: [{ id: 'deposit-by-consolidation' }] } })
    const assessed = await askComity<{
      fired: readonly object[]
      notFired: readonly object[]
      notChecked: readonly object[]
    }>(accounts, ['risk', payer])
    expect(assessed.fired.length + assessed.notFired.length + assessed.notChecked.length).toBe(54)
  })

  it('on chains of accounts payers of one deposit address are a cluster, asked for, rejected and assessed in the same words', async () => {
    const folder = join(files, 'paid')
    const ethereum = ['--chain', 'eip155:1']
    const [a, b, c, deposit, hot] = ['a', 'b', 'c', 'd', 'e'].map((letter) => `0x${letter.repeat(40)}`)
    const ether = 10n ** 18n
    const payments = [
      [a, deposit, ether],
      [b, deposit, 2n * ether],
      [c, deposit, ether / 2n],
      [deposit, hot, (7n * ether) / 2n - 21_000n * 10n ** 9n],
    ] as const
    const txid = (n: number) => String(n + 1).repeat(64)
    const rows = payments.map(
      ([from, to, value], n) =>
        `{"hash":"0x${txid(n)}","nonce":0,"transaction_index":0,"from_address":"${from}","to_address":"${to}","value":${value},"gas":21000,"gas_price":1000000000,"input":"0x","block_timestamp":${1_700_000_000 + 12 * n},"block_number":${18_000_000 + n},"receipt_gas_used":21000,"receipt_effective_gas_price":1000000000,"receipt_status":1}`,
    )
    const [ledger, tags] = [join(files, 'paid.json'), join(files, 'hot.csv')]
    writeFileSync(ledger, rows.join('\n'))
    const head = 'chain,address,label,category,source,confidence,validFrom,validTo'
    writeFileSync(tags, `${head}\neip155:1,${hot},X,exchange,https://example.org,forensic,,\n`)
    await askComity(folder, ['chain', 'import', ...ethereum, '--format', 'ethereum-etl', ledger])
    const whyAb = ['cluster', 'why', a ?? '', b ?? '', ...ethereum]
    expect(await askComity(folder, whyAb, 1)).toMatchObject({ joined: false })
    await askComity(folder, ['tags', 'import', tags])
    expect(await askComity(folder, whyAb)).toMatchObject({
      joined: true,
      path: [
        { a, b: deposit, txid: txid(0), forwardedBy: txid(3), rule: 'deposit-address-reuse' },
        { a: deposit, b, txid: txid(1), forwardedBy: txid(3) },
      ],
      bridges: [{ txid: txid(0) }, { txid: txid(3) }, { txid: txid(1) }].sort((x, y) => (x.txid < y.txid ? -1 : 1)),
    })
    expect(await askComity(folder, ['cluster', 'show', b ?? '', ...ethereum])).toMatchObject({
      addresses: [a, b, c, deposit],
      roles: [{ address: deposit, role: 'deposit', service: 'X', payers: 3 }],
    })
    expect(await askComity(folder, ['cluster', 'list', ...ethereum])).toMatchObject({
      clusters: [{ id: a, size: 4, transactions: 3 }],
      read: { spendingAddresses: 3, deposits: { exchangeAddresses: 1, candidates: 1, found: 1, leftOut: {} } },
    })
    const reject = ['cluster', 'unmerge', `0x${txid(1)}`, ...ethereum, '--reason', 'another customer', '--by', 'X']
    expect(await askComity(folder, reject)).toMatchObject({ before: [{ size: 4 }], after: [{ size: 3 }, { size: 1 }] })
    expect(await askComity(folder, ['risk', a ?? '', ...ethereum, '--cluster'])).toMatchObject({
      cluster: { id: a, size: 3 },
    })
    for (const wrong of [
      [...whyAb, '--with', 'one-time-change'],
      [...whyAb, '--without', 'sense'],
      ['cluster', 'list', ...on, '--without', 'payer-contract'],
    ])
      expect((await askComity<Refused>(folder, wrong, 2)).error.code).toBe('FLAG_VALUE')
  })

  it('bad input is refused with its place', async () => {
    const cases: readonly (readonly [readonly string[], string, number])[] = [
      [['cluster', 'show', 'nobody', ...on], 'ADDRESS_LENGTH', 1],
      [['cluster', 'list', ...on, '--with', 'magic'], 'FLAG_VALUE', 2],
      [['risk', addressOf('A'), ...on, '--reporting-threshold', '0.5'], 'FLAG_VALUE', 2],
      [['cluster', 'related', addressOf('A'), ...on, '--key', '02ff'], 'PUBLIC_KEY_MALFORMED', 1],
      [['risk', 'nobody'], 'ADDRESS_LENGTH', 1],
      [['cluster', 'unmerge', 'abc', ...on, '--reason', 'x'], 'TXID_MALFORMED', 1],
      [['cluster', 'unmerge', '00'.repeat(32), ...on, '--reason', 'x'], 'TX_UNKNOWN', 1],
      [['cluster', 'unmerge', mix.txid, ...on, '--reason', 'x'], 'CLUSTER_LINK_NONE', 1],
      [['cluster', 'unmerge', ab.txid, ...on, '--reason', ' '], 'FLAG_VALUE', 2],
    ]
    for (const [args, code, exit] of cases)
      expect([args[1], (await askComity<Refused>(home, args, exit)).error.code]).toEqual([args[1], code])
  })
})
