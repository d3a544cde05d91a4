/**
 * Everything that moves value on a real node is in the ledger: after an import over JSON-RPC the balance of every address,
 * of the native coin and of tokens, is the one that the node itself states.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type AccountImport,
  type AccountPack,
  type AccountStore,
  importAccountSource,
  shippedAccountPacks,
} from '../../src/chains/index.ts'
import { openAccountImporter } from '../../src/chains/sources/index.ts'
import { openDuckDbStores } from '../../src/chains/store/index.ts'
import { bytesToHex, keccak256, orStop, utf8 } from '../../src/kernel/index.ts'
import { temporaryFolder } from '../run-comity.ts'
import { type Anvil, callData, compile, startAnvil } from './anvil.ts'
import { everyType } from './signed-by-hand.ts'

const SOURCE = `
// SPDX-License-Identifier: CC0-1.0
pragma solidity ^0.8.20;
contract Token {
  mapping(address => uint256) public balanceOf;
  event Transfer(address indexed from, address indexed to, uint256 value);
  constructor() { balanceOf[msg.sender] = 1000 ether; emit Transfer(address(0), msg.sender, 1000 ether); }
  function transfer(address to, uint256 value) external { balanceOf[msg.sender] -= value; balanceOf[to] += value; emit Transfer(msg.sender, to, value); }
}
contract Wrapped {
  mapping(address => uint256) public balanceOf;
  event Deposit(address indexed dst, uint256 wad);
  event Withdrawal(address indexed src, uint256 wad);
  function deposit() external payable { balanceOf[msg.sender] += msg.value; emit Deposit(msg.sender, msg.value); }
  function withdraw(uint256 wad) external { balanceOf[msg.sender] -= wad; payable(msg.sender).transfer(wad); emit Withdrawal(msg.sender, wad); }
}
contract Child { constructor() payable {} function end(address payable to) external { selfdestruct(to); } receive() external payable {} }
contract Splitter {
  Child public child;
  function split(address payable a, address payable b) external payable {
    (bool one,) = a.call{value: msg.value / 3}(""); require(one);
    (bool two,) = b.call{value: msg.value / 3}(""); require(two);
    try this.refuse{value: 1000}() {} catch {}
  }
  function refuse() external payable { (bool ok,) = address(0xdead).call{value: msg.value}(""); require(ok); revert("no"); }
  function make() external payable { child = new Child{value: msg.value}(); }
  function end(address payable to) external { child.end(to); }
  receive() external payable {}
}
contract Punk {
  event Transfer(address indexed from, address indexed to, uint256 indexed id);
  event TransferSingle(address indexed operator, address indexed from, address indexed to, uint256 id, uint256 value);
  function give(address to, uint256 id) external { emit Transfer(address(0), to, id); emit TransferSingle(msg.sender, address(0), to, id, 7); }
}
`
/** Whom the node names as the producer of its blocks. */
const PRODUCER = '0x00000000000000000000000000000000c0ffee00'
const selector = (signature: string) => `0x${bytesToHex(keccak256(utf8(signature))).slice(0, 8)}`
const ether = (n: bigint) => `0x${(n * 10n ** 18n).toString(16)}`

let anvil: Anvil
let store: AccountStore
let pack: AccountPack
let done: AccountImport
let closeStore: () => Promise<void>
const contracts: Record<string, string> = {}
let failed = ''
let punk = ''

beforeAll(async () => {
  anvil = await startAnvil('--hardfork', 'prague')
  await anvil.call('anvil_setCoinbase', [PRODUCER])
  const [alice = '', bob = '', carol = ''] = await anvil.call<string[]>('eth_accounts')
  const code = compile(SOURCE)
  for (const name of ['Token', 'Wrapped', 'Splitter', 'Punk']) {
    const { contractAddress } = await anvil.send({ from: alice, data: code.get(name) ?? '' })
    contracts[name] = contractAddress ?? ''
  }
  const { Token = '', Wrapped = '', Splitter = '', Punk = '' } = contracts
  await anvil.send({ from: alice, to: bob, value: ether(5n) })
  await anvil.send({ from: alice, to: Token, data: callData(selector('transfer(address,uint256)'), bob, 12345n) })
  await anvil.send({ from: bob, to: Wrapped, value: ether(2n), data: selector('deposit()') })
  await anvil.send({ from: bob, to: Wrapped, data: callData(selector('withdraw(uint256)'), 10n ** 18n) })
  await anvil.send({
    from: alice,
    to: Splitter,
    value: ether(3n),
    data: callData(selector('split(address,address)'), bob, carol),
  })
  await anvil.send({ from: alice, to: Splitter, value: ether(1n), data: selector('make()') })
  await anvil.send({ from: bob, to: Splitter, data: callData(selector('end(address)'), carol) })
  const refused = await anvil.send({ from: carol, to: Splitter, value: '0x10', data: selector('refuse()') })
  failed = refused.transactionHash.slice(2)
  punk = (
    await anvil.send({ from: alice, to: Punk, data: callData(selector('give(address,uint256)'), bob, 77n) })
  ).transactionHash.slice(2)
  for (const [n, raw] of everyType(await nonceOf(bob)).entries()) {
    const receipt = await anvil.sendRaw(raw)
    expect([n, receipt.status, receipt.type]).toEqual([n, '0x1', `0x${n}`])
  }
  const shipped = shippedAccountPacks.find(({ caip2 }) => caip2 === 'eip155:31337')
  if (!shipped) throw new Error('the pack is missing')
  pack = { ...shipped, wrapped: [{ address: Wrapped, symbol: 'W' }] }
  const folder = temporaryFolder()
  const stores = await openDuckDbStores(`${folder}/chain.duckdb`)
  store = stores.accounts
  closeStore = () => stores.accounts.close()
  const height = Number(await anvil.call('eth_blockNumber'))
  const importer = orStop(
    await openAccountImporter('evm-rpc', [anvil.url], pack, {
      knownPacks: [],
      keepIn: `${folder}/fetched`,
      from: 0,
      to: height,
    }),
  )
  done = await importAccountSource(store, importer, { report: () => undefined })
}, 60_000)

afterAll(async () => {
  await closeStore?.()
  await anvil?.stop()
})

test('the balance of every address is the one that the node states, to the last unit', async () => {
  expect(done.report.defects).toEqual([])
  expect((await store.status(pack.caip2)).traced).toBe(true)
  const { moves } = await store.moves(pack.caip2, {
    addresses: await everybody(),
    direction: 'both',
    fromHeight: 0,
    toHeight: 1_000,
  })
  expect(new Set(moves.map(({ kind }) => kind))).toEqual(
    new Set(['genesis', 'fee', 'burn', 'value', 'call', 'create', 'selfdestruct', 'token', 'wrap', 'unwrap']),
  )
  for (const address of await everybody()) {
    const balances = await store.balances(pack.caip2, address, 1_000)
    const native = BigInt(await anvil.call('eth_getBalance', [address, 'latest']))
    expect([address, balances.get(pack.asset.caip19) ?? 0n]).toEqual([address, native])
    for (const token of [contracts.Token ?? '', contracts.Wrapped ?? '']) {
      const data = callData(selector('balanceOf(address)'), address)
      const stated = BigInt(await anvil.call('eth_call', [{ to: token, data }, 'latest']))
      expect([address, token, balances.get(`${pack.caip2}/erc20:${token}`) ?? 0n]).toEqual([address, token, stated])
    }
  }
})

test('every hash of a real node is recomputed, for transactions of every type, and the producer has what was paid above what was burnt', async () => {
  const { proofs, counts } = await store.status(pack.caip2)
  expect(proofs).toEqual({
    blocks: counts.blocks,
    transactions: { txid: counts.transactions, stated: 0, mismatch: 0, doubles: 0 },
    // Of a block with a blob transaction anvil gives another root than that of the bytes which EIP-4844 puts there.
    places: counts.transactions - 1,
    receipts: counts.transactions - 1,
  })
  expect(done.report.proofs).toEqual(proofs)
  const balance = BigInt(await anvil.call('eth_getBalance', [PRODUCER, 'latest']))
  expect(balance).toBeGreaterThan(0n)
  expect((await store.balances(pack.caip2, PRODUCER, 1_000)).get(pack.asset.caip19)).toBe(balance)
})

test('a failed transaction pays its fee and moves nothing else', async () => {
  const [tx] = await store.transactions(pack.caip2, [failed])
  expect(tx?.status).toBe('failed')
  const moves = await store.movesOfTransactions(pack.caip2, [failed])
  expect(moves.map(({ place }) => place)).toEqual(['fee', 'burn'])
})

test('four topics are a token with a number, not an amount', async () => {
  const moves = await store.movesOfTransactions(pack.caip2, [punk])
  const { Punk = '' } = contracts
  expect(moves.filter(({ kind }) => kind === 'token').map(({ asset, amount }) => [asset, amount])).toEqual([
    [`${pack.caip2}/erc721:${Punk}/77`, 1n],
    [`${pack.caip2}/erc1155:${Punk}/77`, 7n],
  ])
})

async function nonceOf(address: string): Promise<bigint> {
  return BigInt(await anvil.call('eth_getTransactionCount', [address, 'latest']))
}

async function everybody(): Promise<readonly string[]> {
  const seen = new Set<string>(await anvil.call<string[]>('eth_accounts'))
  for (const address of Object.values(contracts)) seen.add(address)
  for (;;) {
    const before = seen.size
    const { moves } = await store.moves(pack.caip2, {
      addresses: [...seen],
      direction: 'both',
      fromHeight: 0,
      toHeight: 1_000,
    })
    for (const { from, to } of moves) for (const address of [from, to]) if (address !== null) seen.add(address)
    if (seen.size === before) return [...seen]
  }
}
