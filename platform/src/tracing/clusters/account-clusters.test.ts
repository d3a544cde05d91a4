/** Clusters of accounts on a small ledger in the real store; every example is our own. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountStore, AccountTx, Move } from '../../chains/index.ts'
import { openDuckDbStores } from '../../chains/store/index.ts'
import type { Tag } from '../tags/index.ts'
import { tagOf } from '../tags/test-tags.ts'
import type { AccountLedger } from './account-deposits.ts'
import { type DepositGuard, depositGuards, depositLimits } from './deposit-guards.ts'
import { bridgesOfPayments, pathInForest } from './forest.ts'
import { type AccountQuestion, growAccountCluster, linkedByTransaction } from './grow-accounts.ts'
import { allAccountClusters } from './whole-accounts.ts'

const CHAIN = 'eip155:1'
const COIN = `${CHAIN}/slip44:60`
const USDT = `${CHAIN}/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7`
const ETHER = 10n ** 18n
const at = (name: string) => `0x${Buffer.from(name).toString('hex').padEnd(40, '0')}`
const named = (address: string) => Buffer.from(address.slice(2), 'hex').toString().replace(/\0+$/, '')
const idOf = (name: string) => Buffer.from(name).toString('hex').padEnd(64, '0')

type Ledger = { readonly txs: AccountTx[]; readonly moves: Move[] }
const ledger: Ledger = { txs: [], moves: [] }

type Pay = {
  readonly asset?: string
  readonly signer?: string
  readonly kind?: Move['kind']
  readonly height: number
  readonly time?: number
}

/** A transaction `name`: `from` pays `to`; its signer pays a fee of 0.001 of the coin. */
function pay(name: string, from: string, to: string, amount: bigint, { asset = COIN, signer = from, ...more }: Pay) {
  const { height, time = height * 12 } = more
  const kind = more.kind ?? (asset === COIN ? 'value' : 'token')
  const base = { txid: idOf(name), height, time, txIndex: 0 }
  const direct = kind === 'value'
  ledger.txs.push({
    txid: base.txid,
    block: { height, hash: null, time },
    index: 0,
    from: at(signer),
    to: at(direct ? to : 'code'),
    created: null,
    nonce: 0,
    status: 'ok',
    selector: direct ? null : '0xa9059cbb',
    parts: ['transaction', 'receipt', 'traces'],
    proof: 'stated',
  })
  const fee = {
    ...base,
    order: 0,
    place: 'fee',
    kind: 'fee' as const,
    asset: COIN,
    from: at(signer),
    to: at('producer'),
  }
  const place = kind === 'token' ? 'log:1' : kind === 'call' ? 'trace:0' : 'value'
  ledger.moves.push(
    { ...fee, amount: ETHER / 1000n },
    { ...base, order: 5, place, kind, asset, from: at(from), to: at(to), amount },
  )
}

/** `payers` pay `deposit` in the coin, and it passes all but its fee on. */
function deposits(deposit: string, payers: readonly string[], height: number, exchange = 'hot') {
  for (const [n, payer] of payers.entries()) pay(`${payer}>${deposit}`, payer, deposit, ETHER, { height: height + n })
  const all = BigInt(payers.length) * ETHER - ETHER / 1000n
  pay(`${deposit}>`, deposit, exchange, all, { height: height + payers.length })
}

const tag = (name: string, actor: string, category = 'exchange'): Tag => {
  const one = tagOf({ category, actor, label: actor })
  return { ...one, id: `tag of ${name}`, subject: { ...one.subject, text: at(name), check: 'form' as const } }
}
const tags = [
  tag('hot', 'X'),
  tag('hot of Y', 'Y'),
  tag('mixer', 'M', 'mixing_service'),
  tag('casino', 'C', 'gambling'),
]

let store: AccountStore
let accounts: AccountLedger

async function publish(into: AccountStore, name: string, { txs, moves }: Ledger): Promise<void> {
  const source = { chain: CHAIN, format: 'ethereum-etl' as const, name, sha256: idOf(name), bytes: 1 }
  const { sourceId } = await into.beginSource(source)
  await into.stage(sourceId, { blocks: [], transactions: txs, moves, logs: [], defects: [] }, 'after 1')
  await into.publish(sourceId)
}

const over = (one: AccountStore): AccountLedger => ({
  store: one,
  chain: CHAIN,
  coin: { asset: COIN, decimals: 18 },
  tagsOf: async (addresses) =>
    new Map(addresses.map((address) => [address, tags.filter(({ subject }) => subject.text === address)])),
})

beforeAll(async () => {
  deposits('d1', ['alice', 'bob'], 100)
  // In a token: the exchange sends the coin for the fee, which stays; a forged event and a stranger's pull say nothing.
  pay('bob>d2', 'bob', 'd2', 500n, { asset: USDT, height: 200 })
  pay('carol>d2', 'carol', 'd2', 300n, { asset: USDT, height: 201 })
  pay('gas', 'hot of Y', 'd2', ETHER / 100n, { height: 202 })
  pay('d2>', 'd2', 'hot of Y', 800n, { asset: USDT, height: 203 })
  pay('forged', 'd2', 'forger', 9n, { asset: `${CHAIN}/erc20:${at('fake')}`, signer: 'forger', height: 204 })
  // Who is left out.
  pay('router>d1', 'router', 'd1', ETHER, { kind: 'call', signer: 'somebody', height: 300 })
  pay('mixer>d1', 'mixer', 'd1', ETHER, { height: 301 })
  pay('d1 again>', 'd1', 'hot', 2n * ETHER - ETHER / 1000n, { height: 302 })
  for (let n = 0; n <= depositLimits.depositsOfPayer; n++) deposits(`of dealer ${n}`, ['dealer', `buyer ${n}`], 400 + n)
  const crowd = Array.from({ length: depositLimits.payersOfDeposit + 1 }, (_, n) => `crowd ${n}`)
  deposits('shared', crowd, 500)
  pay('erin>box', 'erin', 'box', ETHER, { height: 600 })
  pay('frank>box', 'frank', 'box', ETHER, { height: 601 })
  pay('box>', 'box', 'hot', 2n * ETHER, { kind: 'call', signer: 'hot', height: 602 })
  // No deposit addresses: half stays, half goes elsewhere, it went too late, two exchanges, a casino, an analyst's table.
  pay('gina>half', 'gina', 'half', ETHER, { height: 700 })
  pay('half>', 'half', 'hot', ETHER / 2n, { height: 701 })
  pay('gina>wallet', 'gina', 'wallet', 2n * ETHER, { height: 702 })
  pay('wallet>', 'wallet', 'hot', ETHER, { height: 703 })
  pay('wallet>shop', 'wallet', 'shop', ETHER - ETHER / 500n, { height: 704 })
  pay('gina>late', 'gina', 'late', ETHER, { height: 710 })
  pay('henry>late', 'henry', 'late', ETHER, { height: 20_000 })
  pay('ivan>late', 'ivan', 'late', ETHER, { height: 20_001 })
  pay('late>', 'late', 'hot', 3n * ETHER - ETHER / 1000n, { height: 20_002 })
  deposits('two', ['gina'], 720)
  deposits('two', ['gina again'], 730, 'hot of Y')
  deposits('chips', ['gina'], 740, 'casino')
  pay('gina>told', 'gina', 'told', 100n, { asset: `${CHAIN}/usd:flow`, kind: 'flow', height: 750 })
  pay('told>', 'told', 'hot', 100n, { asset: `${CHAIN}/usd:flow`, kind: 'flow', height: 751 })
  store = (await openDuckDbStores(':memory:')).accounts
  await publish(store, 'all', ledger)
  accounts = over(store)
})
afterAll(() => store.close())

const asked = (more: Partial<AccountQuestion> = {}): AccountQuestion => ({
  rejected: new Set(),
  without: new Set(),
  ...more,
})
const without = (guard: DepositGuard) => asked({ without: new Set([guard]) })
const grow = (name: string, question = asked()) => growAccountCluster(accounts, at(name), question)
const names = async (name: string, question = asked()) => (await grow(name, question)).addresses.map(named).sort()

test('payers of one deposit address are joined by their payments and what passed them on, over several exchanges and assets', async () => {
  const cluster = await grow('alice')
  expect(cluster.addresses.map(named).sort()).toEqual(['alice', 'bob', 'carol', 'd1', 'd2'])
  const path = pathInForest(cluster.merges, at('alice'), at('carol')) ?? []
  expect(path.map(({ a, b, txid, forwardedBy, rule }) => [named(a), named(b), txid, forwardedBy, rule])).toEqual([
    ['alice', 'd1', idOf('alice>d1'), idOf('d1>'), 'deposit-address-reuse'],
    ['d1', 'bob', idOf('bob>d1'), idOf('d1>'), 'deposit-address-reuse'],
    ['bob', 'd2', idOf('bob>d2'), idOf('d2>'), 'deposit-address-reuse'],
    ['d2', 'carol', idOf('carol>d2'), idOf('d2>'), 'deposit-address-reuse'],
  ])
  expect(cluster.deposits).toMatchObject([
    { address: at('d1'), role: 'deposit', service: 'X', to: [at('hot')], assets: [COIN], payers: 2, payments: 2 },
    { address: at('d2'), role: 'deposit', service: 'Y', to: [at('hot of Y')], assets: [USDT], payers: 2, payments: 2 },
  ])
  const answers = new Map(cluster.deposits[0]?.questions.map(({ question, answer }) => [question, answer]))
  expect(answers.get('Is it a contract, which may pass on for several customers?')).toBe('no')
  expect([...answers.values()].filter((answer) => answer === 'not checked').length).toBeGreaterThan(4)
  const bridges = bridgesOfPayments(cluster.evidence, [at('alice'), at('carol')])
  expect(new Set(bridges.map(({ txid }) => txid))).toEqual(
    new Set(['alice>d1', 'bob>d1', 'd1>', 'bob>d2', 'carol>d2', 'd2>'].map(idOf)),
  )
})

test.each<[DepositGuard, string, string]>([
  ['payer-contract', 'alice', 'router'],
  ['payer-service', 'alice', 'mixer'],
  ['payer-many-deposits', 'buyer 0', 'buyer 20'],
  ['deposit-many-payers', 'crowd 0', 'crowd 20'],
  ['deposit-contract', 'erin', 'frank'],
])('%s keeps %s and %s apart, says so, and does not when it is taken away', async (guard, a, b) => {
  const cluster = await grow(a)
  expect(cluster.addresses).not.toContain(at(b))
  expect(cluster.leftOut.map(({ why }) => why)).toContain(guard)
  expect(await names(a, without(guard))).toContain(b)
})

test('what keeps something, pays others too, passes on late or to no one exchange is no deposit address', async () => {
  expect(await names('gina')).toEqual(['gina'])
  expect(await names('henry')).toEqual(['henry', 'ivan', 'late'])
})

test('a rejected payment, or what passed it on, splits; only what hung on it changes', async () => {
  const bob = asked({ rejected: new Set([idOf('bob>d1')]) })
  expect([await names('alice', bob), await names('bob', bob)]).toEqual([
    ['alice', 'd1'],
    ['bob', 'carol', 'd2'],
  ])
  expect((await grow('alice', bob)).leftOut.map(({ why, txid }) => [why, txid])).toContainEqual([
    'rejected',
    idOf('bob>d1'),
  ])
  const sweep = asked({ rejected: new Set([idOf('d1>')]) })
  expect([await names('alice', sweep), await names('carol', sweep)]).toEqual([['alice'], ['bob', 'carol', 'd2']])
  const linked = async (name: string) => (await linkedByTransaction(accounts, idOf(name), asked())).map(named).sort()
  expect([await linked('d1>'), await linked('bob>d2'), await linked('wallet>')]).toEqual([
    ['alice', 'bob', 'd1'],
    ['bob', 'd2'],
    [],
  ])
})

test('all clusters at once are those that grow from each of their addresses, and the order of import does not matter', async () => {
  const rejected = new Set([idOf('carol>d2')])
  const other = (await openDuckDbStores(':memory:')).accounts
  const txs = new Set(ledger.txs.filter((_, n) => n % 2 === 0).map(({ txid }) => txid))
  for (const part of [false, true]) {
    const isOf = ({ txid }: { readonly txid: string }) => txs.has(txid) === part
    await publish(other, String(part), { txs: ledger.txs.filter(isOf), moves: ledger.moves.filter(isOf).reverse() })
  }
  for (const question of [asked(), asked({ rejected }), asked({ without: new Set(depositGuards) })]) {
    const all = await allAccountClusters(accounts, tags, question)
    expect(await allAccountClusters(over(other), tags, question)).toEqual(all)
    expect(all.clusters.length).toBeGreaterThan(1)
    const [largest, second] = all.clusters
    for (const { id, addresses, transactions, size } of [largest, second, all.clusters.at(-1)].filter((one) => !!one)) {
      const cluster = await growAccountCluster(accounts, addresses.at(-1) ?? '', question)
      expect([cluster.id, cluster.addresses, cluster.evidence.length]).toEqual([id, addresses, transactions])
      expect(size).toBe(addresses.length)
    }
  }
  await other.close()
  const { deposits, rejected: left } = await allAccountClusters(accounts, tags, asked({ rejected }))
  expect([deposits.exchangeAddresses, left]).toEqual([2, 1])
  expect(deposits.leftOut).toMatchObject({
    'payer-service': 1,
    'payer-contract': 1,
    'payer-many-deposits': 21,
    'deposit-many-payers': 21,
    'deposit-contract': 2,
  })
  expect((await allAccountClusters(accounts, [], asked())).clusters).toEqual([])
})
