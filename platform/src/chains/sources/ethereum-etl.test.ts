import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bytesToHex, hexToBytes, orStop } from '../../kernel/index.ts'
import { accountAddressOf, accountBytes } from '../account-address.ts'
import type { AccountBatch } from '../account-ledger.ts'
import type { AccountPack } from '../account-pack.ts'
import { shippedAccountPacks } from '../shipped-chain-packs.ts'
import { openAccountImporter } from './open-account-importer.ts'
import { folderOf, sample } from './reading-samples.ts'

const ethereum = shippedAccountPacks.find(({ caip2 }) => caip2 === 'eip155:1') as AccountPack

type All = { [Key in keyof AccountBatch]: AccountBatch[Key][number][] }

async function read(format: string, paths: readonly string[], pack = ethereum): Promise<All> {
  const importer = orStop(await openAccountImporter(format, paths, pack, { knownPacks: [] }))
  const all: All = { blocks: [], transactions: [], moves: [], logs: [], defects: [] }
  for await (const { batch } of importer.read({ cursor: null }))
    for (const key of ['blocks', 'transactions', 'moves', 'logs', 'defects'] as const)
      (all[key] as unknown[]).push(...batch[key])
  return all
}

const stream = (name: string) => sample(`etl-eth/stream/expected_${name}`)

test('of 291 token transfers 282 are amounts and 9 are single tokens, as their events show', async () => {
  const all = await read('ethereum-etl', [
    stream('blocks.json'),
    stream('transactions.json.gz'),
    stream('logs.json.gz'),
    stream('token_transfers.json'),
  ])
  expect(all.defects).toEqual([])
  expect([all.blocks.length, all.transactions.length, all.logs.length]).toEqual([2, 298, 681])
  expect(all.blocks.map(({ completeness }) => completeness)).toEqual(['declared', 'declared'])
  const transfers = readFileSync(stream('token_transfers.json'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => /"value": ([0-9]+).*"transaction_hash": "0x([0-9a-f]+)".*"log_index": ([0-9]+)/.exec(line) ?? [])
  expect(transfers).toHaveLength(291)
  const moves = new Map(all.moves.map((move) => [`${move.txid} ${move.place}`, move]))
  const kinds = { erc20: 0, erc721: 0 }
  for (const [, value = '', txid, log] of transfers) {
    const move = moves.get(`${txid} log:${log}`)
    const single = move?.asset.includes('erc721')
    kinds[single ? 'erc721' : 'erc20']++
    expect(single ? [move?.amount, move?.asset.split('/').at(-1)] : [move?.amount]).toEqual(
      single ? [1n, value] : [BigInt(value)],
    )
  }
  expect(kinds).toEqual({ erc20: 282, erc721: 9 })
  expect(all.moves.filter(({ kind }) => kind === 'withdrawal')).toHaveLength(32)
})

test('withdrawals give the root that is stated beside them; altered ones are left out', async () => {
  const text = readFileSync(stream('blocks.json'), 'utf8')
  const { blocks, moves, defects } = await read('ethereum-etl', [
    folderOf({ 'blocks.json': text.replace('45762059', '45762060') }),
  ])
  expect([blocks.length, moves.filter(({ kind }) => kind === 'withdrawal').length]).toEqual([2, 16])
  expect(defects.map(({ code }) => code)).toEqual(['BLOCK_MERKLE_MISMATCH'])
})

test('an id and a sender are recomputed where an export has the signature', async () => {
  const tx = signedEtlRow()
  const prove = async (row: object) => {
    const { transactions, defects } = await read('ethereum-etl', [folderOf({ 'tx.json': JSON.stringify(row) })])
    return [transactions.map(({ proof }) => proof), defects.map(({ code }) => code)]
  }
  expect(await prove(tx)).toEqual([['txid'], []])
  expect(await prove({ ...tx, value: '1' })).toEqual([['mismatch'], ['TXID_MISMATCH']])
  expect(await prove({ ...tx, from_address: `0x${'1'.repeat(40)}` })).toEqual([['mismatch'], ['SENDER_MISMATCH']])
  const { v: _v, r: _r, s: _s, ...unsigned } = tx
  expect(await prove(unsigned)).toEqual([['stated'], []])
})

test('answers of the JSON-RPC of Tron are read with its addresses; nothing of them is proven', async () => {
  // The transfer is one of block 50,688,986; the fields of the block are in the form of Tron's documentation.
  const [sender, token] = ['04524e46fa766a1dd3a2c7d88b123d102f905588', 'TFczxzPhnThNSqr5by8tvxsdCFRRz6cPNq']
  const tron = shippedAccountPacks.find(({ aliases }) => aliases.includes('tron')) as AccountPack
  const contract = `0x${bytesToHex(accountBytes(token, tron.address))}`
  const at = {
    blockHash: `0x00000000030573da9eb9d46a70e3475ceb1be96f2afa52fcc51cdfb76dcbd8e2`,
    blockNumber: '0x30573da',
  }
  const [txid, zeros] = [`0x5e28141b3a2f94551ea3fecd363aadd85db3515b2a35388f0aefac7518bf3898`, `0x${'0'.repeat(64)}`]
  const transaction = {
    ...{
      ...at,
      hash: txid,
      from: `0x${sender}`,
      to: contract,
      value: '0x0',
      gas: '0x37e5',
      gasPrice: '0x1a4',
      input: '0x',
    },
    ...{ nonce: '0x0000000000000000', transactionIndex: '0x0', type: '0x0', v: '0x1b', r: zeros, s: zeros },
  }
  const log = {
    ...{ ...at, address: contract, logIndex: '0x39', transactionHash: txid, transactionIndex: '0x0', removed: false },
    data: '0x00000000000000000000000000000000000000000000000000d639f91e7a5ee8',
    topics: [
      '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
      `0x${sender.padStart(64, '0')}`,
      '0x0000000000000000000000008a4a39b0e62a091608e9631ffd19427d2d338dbd',
    ],
  }
  const block = {
    ...{ hash: at.blockHash, number: at.blockNumber, parentHash: zeros, stateRoot: '0x', timestamp: '0x644e5e00' },
    ...{ miner: contract, baseFeePerGas: '0x0', gasUsed: '0x37e5', uncles: [], transactions: [transaction] },
  }
  const receipt = {
    ...{ ...at, transactionHash: txid, status: '0x1', gasUsed: '0x37e5', cumulativeGasUsed: '0x1ea97c' },
    ...{ effectiveGasPrice: '0x1a4', contractAddress: null, logs: [log] },
  }
  const lines = JSON.stringify({ block, receipts: [receipt], traces: null, uncles: [] })
  const { blocks, transactions, moves } = await read('evm-rpc', [folderOf({ 'tron.json': lines })], tron)
  expect([blocks[0]?.headerVerified, transactions[0]?.proof]).toEqual([false, 'stated'])
  expect(moves.find(({ kind }) => kind === 'token')).toMatchObject({
    asset: `${tron.caip2}/erc20:${token}`,
    from: 'TAN4JXnGSYwZwmShVy5yaVAedn8YTeARVd',
    amount: 0xd639f91e7a5ee8n,
  })
  // What the documentation of Tron gives as one contract in both forms.
  const usdt = accountAddressOf(hexToBytes('a614f803b6fd780986a42c78ec9c7f77e6ded13c'), tron.address)
  expect(usdt).toBe(tron.tokens[0]?.address)
})

/** The first transaction of a block that a node answered, as a row of ethereum-etl with its signature. */
function signedEtlRow() {
  const file = sample('etl-eth/node/web3_response.eth_getBlockByNumber_0x1ac9f3_true.json')
  const [tx] = (JSON.parse(readFileSync(file, 'utf8')) as { result: { transactions: Record<string, string>[] } }).result
    .transactions
  if (!tx) throw new Error('the sample has no transaction')
  const { hash, nonce, blockHash, from, to, gas, gasPrice, value, input, v, r, s } = tx
  return {
    ...{ hash, nonce, gas, value, input, v, r, s, block_hash: blockHash, block_number: 1755635, transaction_index: 0 },
    ...{ from_address: from, to_address: to, gas_price: gasPrice, block_timestamp: 1466669562 },
  }
}

test('fees are what was paid: the burnt part by the base fee of the block, the rest to its producer', async () => {
  const { moves, transactions } = await read('ethereum-etl', [stream('blocks.json'), stream('transactions.json.gz')])
  const rows = gunzipSync(readFileSync(stream('transactions.json.gz')))
    .toString()
    .trim()
    .split('\n')
  for (const row of rows.slice(0, 50)) {
    const {
      hash,
      receipt_gas_used: used,
      receipt_effective_gas_price: price,
    } = JSON.parse(row) as Record<string, string>
    const own = moves.filter(({ txid, kind }) => `0x${txid}` === hash && (kind === 'fee' || kind === 'burn'))
    expect(own.reduce((sum, { amount }) => sum + amount, 0n)).toBe(BigInt(used ?? 0) * BigInt(price ?? 0))
  }
  const failed = transactions.filter(({ status }) => status === 'failed').map(({ txid }) => txid)
  expect(failed.length).toBeGreaterThan(0)
  expect(moves.filter(({ txid, kind }) => failed.includes(txid) && kind !== 'fee' && kind !== 'burn')).toEqual([])
})

test('a token transfer without its event is left out, unless the token is known to count amounts', async () => {
  const { moves, defects } = await read('ethereum-etl', [stream('token_transfers.json')])
  expect(defects.every(({ code }) => code === 'TOKEN_STANDARD_UNKNOWN')).toBe(true)
  expect(moves.length + defects.reduce((sum, { count }) => sum + count, 0)).toBe(291)
  expect(moves.some(({ asset }) => asset.endsWith('0xdac17f958d2ee523a2206206994597c13d831ec7'))).toBe(true)
})

test('CSV traces: calls move, what failed or ran on borrowed code does not', async () => {
  const places = async (name: string) =>
    (await read('ethereum-etl', [sample(`etl-eth/traces/${name}.csv`)])).moves.map(
      ({ kind, place, amount }) => `${kind} ${place} ${amount}`,
    )
  expect(await places('suicide')).toContain('selfdestruct trace:0 50000000000000000')
  // The transaction that ran out of gas moves nothing.
  expect(await places('error')).not.toContain('value value 1000000000000000000')
  expect(await places('error')).toContain('value value 1100000000000000000')
  // The call with the code of another contract (callcode) stays within the contract itself.
  expect((await places('subtraces')).filter((text) => text.includes('trace:'))).toEqual([])
})

test('an empty trace address is the transaction itself; a missing one is nowhere, and the calls are left out', async () => {
  const line = (address: string) =>
    `{"type":"trace","transaction_index":0,"from_address":"0x${'1'.repeat(40)}","to_address":"0x${'2'.repeat(40)}","value":5,"trace_type":"call","call_type":"call","subtraces":0,"trace_address":${address},"error":null,"status":1,"transaction_hash":"0x${'3'.repeat(64)}","block_number":7}`
  const root = await read('ethereum-etl', [folderOf({ 'traces.json': line('[]') })])
  expect(root.moves.map(({ place }) => place)).toEqual(['value'])
  const missing = await read('ethereum-etl', [folderOf({ 'traces.json': line('null') })])
  expect([missing.moves, missing.defects.map(({ code }) => code)]).toEqual([[], ['TRACE_ADDRESS_UNKNOWN']])
  const child = await read('ethereum-etl', [folderOf({ 'traces.json': line('[0]') })])
  expect(child.defects.map(({ code }) => code)).toEqual(['TRACES_MISSING'])
})

test('the export and the answer of the node it was made from give the same reward of the block', async () => {
  const name = (move: AccountBatch['moves'][number]) =>
    `${move.txid} ${move.place} ${move.kind} ${move.from} ${move.to} ${move.amount}`
  const exported = await read('ethereum-etl', [sample('etl-eth/parity/expected_traces.json')])
  const [block = '', traces = ''] = ['eth_getBlockByNumber_0x7c0ce_false', 'trace_block_0x7c0ce'].map((file) =>
    readFileSync(sample(`etl-eth/parity/web3_response.${file}.json`), 'utf8'),
  )
  const parts = [block, traces].map((text) => JSON.parse(text) as { result: unknown })
  const bundle = JSON.stringify({ block: parts[0]?.result, receipts: null, traces: parts[1]?.result, uncles: null })
  const asked = await read('evm-rpc', [folderOf({ 'answers.jsonl': bundle })])
  const rewards = (all: All) => all.moves.filter(({ kind }) => kind === 'reward').map(({ amount }) => amount)
  expect(rewards(exported)).toEqual([5156250000000000000n])
  expect(rewards(asked)).toEqual(rewards(exported))
  expect(exported.moves.map(name)).toContain(
    '435f5f71090a14a7eca2d7c14103f9dbaa962777bc959794e5c6d17ed771406e value value 0xfecab546498f74591d4f6d448a4a63552850f122 0x32be343b94f860124dc4fee278fdcbd38c102d88 4949989500000000000',
  )
})

test('receipts and logs as CSV, withdrawals as CSV, and the first block with the hash of the pack', async () => {
  const receipts = await read('ethereum-etl', [sample('etl-eth/receipts')])
  expect([receipts.transactions.length, receipts.logs.length, receipts.moves.length, receipts.defects]).toEqual([
    4,
    2,
    2,
    [],
  ])
  const { moves, defects } = await read('ethereum-etl', [sample('etl-eth/withdrawals')])
  expect([moves.filter(({ kind }) => kind === 'withdrawal').length, defects]).toEqual([32, []])
  const first = await read('evm-rpc', [sample('etl-eth/parity/genesis.json')])
  expect(first.blocks.map(({ hash }) => hash)).toEqual([ethereum.genesis.hash])
})

test('a value that passed through floating point is refused with its line', async () => {
  const head = 'hash,nonce,block_hash,block_number,transaction_index,from_address,to_address,value,gas,gas_price,input'
  const row = (value: string) =>
    `0x${'1'.repeat(64)},1,0x${'2'.repeat(64)},5,0,0x${'3'.repeat(40)},0x${'4'.repeat(40)},${value},21000,1,0x`
  const { defects, transactions } = await read('ethereum-etl', [
    folderOf({ 'transactions.csv': `${head}\n${row('9.63e20')}\n` }),
  ])
  expect([defects.map(({ code, place }) => `${code} ${place}`), transactions]).toEqual([
    ['SOURCE_MALFORMED transactions.csv, line 2'],
    [],
  ])
  const exact = await read('ethereum-etl', [
    folderOf({
      'transactions.csv': `${head}\n${row('115792089237316195423570985008687907853269984665640564039457584007913129639935')}\n`,
    }),
  ])
  expect(exact.moves[0]?.amount).toBe((1n << 256n) - 1n)
})

const ETHERSCAN = {
  'normal.csv': `"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $1785.9/Eth","TxnFee(ETH)","TxnFee(USD)","Historical $Price/Eth","Status","ErrCode","Method"
"0x${'1'.repeat(64)}","20000000","1721124000","2024-07-16 10:00:00","0x${'a'.repeat(40)}","0x${'b'.repeat(40)}","","0","1,234.000000000000000001","0","0.0021","3.75","1785.9","","","Transfer"
"0x${'2'.repeat(64)}","20000001","1721124600","2024-07-16 10:10:00","0x${'a'.repeat(40)}","0x${'b'.repeat(40)}","","0","7","0","0.00035","0.62","1785.9","Error(0)","Reverted","Transfer"
`,
  'internal.csv': `"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","ParentTxFrom","ParentTxTo","ParentTxETH_Value","From","TxTo","ContractAddress","Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $1/ETH","Historical $Price/ETH","Status","ErrCode","Type"
"0x${'1'.repeat(64)}","20000000","1721124000","2024-07-16 10:00:00","0x${'a'.repeat(40)}","0x${'b'.repeat(40)}","0","0x${'b'.repeat(40)}","0x${'a'.repeat(40)}","","0.5","0","0","0","0","","call"
`,
  'erc20.csv': `"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","TokenValue","USDValueDayOfTx","ContractAddress","TokenName","TokenSymbol"
"0x${'1'.repeat(64)}","20000000","1721124000","2024-07-16 10:00:00","0x${'a'.repeat(40)}","0x${'c'.repeat(40)}","1,000.5","$1,000.50","0xdac17f958d2ee523a2206206994597c13d831ec7","Tether USD","USDT"
"0x${'1'.repeat(64)}","20000000","1721124000","2024-07-16 10:00:00","0x${'a'.repeat(40)}","0x${'c'.repeat(40)}","3","","0x${'e'.repeat(40)}","Nobody knows","NK"
"0x${'1'.repeat(64)}","20000000","1721124000","2024-07-16 10:00:00","0x${'a'.repeat(40)}","0x${'c'.repeat(40)}","0.0000001","","0xdac17f958d2ee523a2206206994597c13d831ec7","Tether USD","USDT"
`,
}

test('tables of Etherscan: decimals become base units exactly, or the row is a defect with its place', async () => {
  const { moves, transactions, defects } = await read('etherscan-csv', [folderOf(ETHERSCAN)])
  expect(
    moves.map(({ kind, asset, amount, to }) => [kind, asset.split('/')[1]?.slice(0, 9), amount, to?.slice(-1) ?? null]),
  ).toEqual([
    ['token', 'erc20:0xd', 1000500000n, 'c'],
    ['call', 'slip44:60', 5n * 10n ** 17n, 'a'],
    ['fee', 'slip44:60', 2100000000000000n, null],
    ['value', 'slip44:60', 1234000000000000000001n, 'b'],
    ['fee', 'slip44:60', 350000000000000n, null],
  ])
  expect(transactions.find(({ txid }) => txid.startsWith('2'))?.status).toBe('failed')
  expect(defects.map(({ code, place }) => `${code} ${place}`)).toEqual([
    'TOKEN_DECIMALS_UNKNOWN erc20.csv, line 3',
    'SOURCE_MALFORMED erc20.csv, line 4',
  ])
})
