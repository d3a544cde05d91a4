import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadEvmCrypto } from '../kernel/crypto/index.ts'
import { bytesToHex } from '../kernel/index.ts'
import type { AccountBatch } from './account-ledger.ts'
import type { AccountPack } from './account-pack.ts'
import { proveTransaction } from './evm-proof.ts'
import { isArray, type JsonObject, parseExactJson } from './exact-json.ts'
import { encodeRlp } from './rlp.ts'
import { shippedAccountPacks } from './shipped-chain-packs.ts'
import { headerFields, statedTx } from './sources/evm-facts.ts'
import { openAccountImporter } from './sources/open-account-importer.ts'
import { folderOf, sample } from './sources/reading-samples.ts'

const ethereum = shippedAccountPacks.find(({ caip2 }) => caip2 === 'eip155:1') as AccountPack
const vectors = parseExactJson(
  readFileSync(fileURLToPath(new URL('../../../vectors/evm/hashes.json', import.meta.url)), 'utf8'),
) as JsonObject
const listed = (key: string) =>
  (vectors.get(key) as readonly JsonObject[]).map((one) => [one.get('chain'), one] as const)

test.each(listed('blocks'))('the header of a real block gives its hash: %s', async (_chain, one) => {
  const { keccak256, recoverKey } = await loadEvmCrypto()
  const block = one.get('block') as JsonObject
  const fields = headerFields(block)
  expect(`0x${bytesToHex(keccak256(encodeRlp(fields ?? [])))}`).toBe(block.get('hash'))
  const txs = block.get('transactions')
  for (const tx of isArray(txs) ? txs : [])
    expect(proveTransaction(statedTx(tx as JsonObject), { keccak256, recoverKey }).proof).toBe('txid')
})

test.each(listed('transactions'))('a real transaction gives its id and its sender: %s', async (_chain, one) => {
  const { proof, flaw } = proveTransaction(statedTx(one.get('transaction') as JsonObject), await loadEvmCrypto())
  expect([proof, flaw]).toEqual(['txid', null])
})

test('the genesis hash of Ethereum in its pack is what the header of block 0 gives', async () => {
  const { keccak256 } = await loadEvmCrypto()
  const genesis = parseExactJson(readFileSync(sample('etl-eth/parity/genesis.json'), 'utf8')) as JsonObject
  const fields = headerFields(genesis.get('result') as JsonObject)
  expect(bytesToHex(keccak256(encodeRlp(fields ?? [])))).toBe(ethereum.genesis.hash)
})

const folder = sample('etl-eth/node')
const answer = (part: string) => {
  const name = readdirSync(folder).find((one) => one.includes(part)) ?? ''
  return (JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as { result: Record<string, unknown> }).result
}
const bundle = () => ({
  block: answer('0x1ac9f3'),
  receipts: [answer('Receipt_0x2e3d'), answer('Receipt_0x9a54')],
  traces: null,
  uncles: [],
})

async function read(lines: readonly unknown[], pack = ethereum): Promise<AccountBatch> {
  const path = folderOf({ 'blocks.json': lines.map((line) => JSON.stringify(line)).join('\n') })
  const importer = await openAccountImporter('evm-rpc', [path], pack, { knownPacks: [] })
  if (!importer.ok) throw new Error(importer.refusal.message)
  const all: Record<string, unknown[]> = { blocks: [], transactions: [], moves: [], logs: [], defects: [] }
  for await (const { batch } of importer.value.read({ cursor: null }))
    for (const [key, list] of Object.entries(batch)) all[key]?.push(...list)
  return all as unknown as AccountBatch
}

describe('a block of 2016 with its receipts', () => {
  test('is proven from its bytes: hash, transactions, senders, receipts and events', async () => {
    const { blocks, transactions, logs } = await read([bundle()])
    expect(blocks).toMatchObject([{ height: 1755635, headerVerified: true, completeness: 'merkle' }])
    expect(transactions.map(({ proof, parts }) => [proof, parts.at(-2), parts.at(-1)])).toEqual([
      ['txid', 'place-proven', 'receipt-proven'],
      ['txid', 'place-proven', 'receipt-proven'],
    ])
    expect(logs).toHaveLength(2)
  })

  type Bundle = ReturnType<typeof bundle>
  const first = (given: Bundle) => (given.block.transactions as Record<string, unknown>[])[0] ?? {}
  const log = (given: Bundle) => ((given.receipts[0]?.logs ?? []) as Record<string, unknown>[])[0] ?? {}
  const alterations: readonly (readonly [string, (given: Bundle) => void, string, RegExp])[] = [
    [
      'the time',
      ({ block }) => Object.assign(block, { timestamp: '0x576b99fb' }),
      'BLOCK_HASH_MISMATCH',
      /hash is stated/,
    ],
    [
      'an amount',
      (given) => Object.assign(first(given), { value: '0x1' }),
      'TXID_MISMATCH',
      /hash is stated as 2e3dcd/,
    ],
    ['an id', (given) => Object.assign(first(given), { hash: `0x${'1'.repeat(64)}` }), 'TXID_MISMATCH', /as 1111/],
    [
      'a sender',
      (given) => Object.assign(first(given), { from: `0x${'2'.repeat(40)}` }),
      'SENDER_MISMATCH',
      /0xed059bc5/,
    ],
    [
      'the order',
      ({ block }) => (block.transactions as unknown[]).reverse(),
      'BLOCK_MERKLE_MISMATCH',
      /transactionsRoot/,
    ],
    ['an event', (given) => Object.assign(log(given), { data: '0x01' }), 'RECEIPTS_MISMATCH', /receiptsRoot/],
    [
      'who wrote it',
      (given) => Object.assign(log(given), { address: `0x${'3'.repeat(40)}` }),
      'RECEIPTS_MISMATCH',
      /logsBloom/,
    ],
    [
      'gas',
      ({ receipts }) => Object.assign(receipts[0] ?? {}, { gasUsed: '0x1' }),
      'RECEIPTS_MISMATCH',
      /gasUsed is stated as 1,/,
    ],
    [
      'a root',
      ({ block }) => Object.assign(block, { transactionsRoot: `0x${'4'.repeat(64)}` }),
      'BLOCK_HASH_MISMATCH',
      /hash/,
    ],
  ]

  test.each(alterations)('is left out where %s was altered', async (_what, alter, code, message) => {
    const given = bundle()
    alter(given)
    const { blocks, transactions, moves, defects } = await read([given])
    expect([blocks, transactions, moves]).toEqual([[], [], []])
    const found = defects.filter((one) => one.code === code)
    expect(found.map((one) => one.message).join(' ')).toMatch(message)
    expect(found[0]?.message).toMatch(/In block 1755635/)
  })

  test('counts as stated where the chain has hashes of its own, and is kept', async () => {
    const given = bundle()
    Object.assign(first(given), { value: '0x1' })
    const { blocks, transactions } = await read([given], { ...ethereum, hashes: 'like-ethereum' })
    expect(blocks).toMatchObject([{ headerVerified: true, completeness: 'declared' }])
    expect(transactions.map(({ proof, parts }) => [proof, parts.some((part) => part.endsWith('proven'))])).toEqual([
      ['stated', false],
      ['txid', false],
    ])
    const [untouched] = (await read([bundle()], { ...ethereum, hashes: null })).transactions
    expect(untouched?.proof).toBe('stated')
  })
})
