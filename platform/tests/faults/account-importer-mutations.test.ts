/**
 * Damaged inputs for the importers of account chains. Whatever happens to a file, an importer throws nothing but a refusal,
 * never hangs, and delivers only what the ledger can hold: hashes, addresses, amounts of 256 bits, places once a
 * transaction. What is not promised: nothing in these formats binds an amount to the id of its transaction.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type AccountBatch, type AccountPack, shippedAccountPacks } from '../../src/chains/index.ts'
import { openAccountImporter } from '../../src/chains/sources/index.ts'
import { folderOf, sample } from '../../src/chains/sources/reading-samples.ts'
import { orStop, Stop } from '../../src/kernel/index.ts'
import { byteMutations, randomFrom, textMutations } from './mutations.ts'

const INPUTS = 2_000
const LONGEST = 60_000
const ethereum = shippedAccountPacks.find(({ caip2 }) => caip2 === 'eip155:1') as AccountPack

type Files = Readonly<Record<string, Buffer>>

const lines = (path: string, count: number) => {
  const bytes = readFileSync(sample(path))
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  return Buffer.from(text.split('\n').slice(0, count).join('\n'))
}

const SOURCES: Readonly<Record<string, readonly Files[]>> = {
  'ethereum-etl': [
    {
      'blocks.json': lines('etl-eth/stream/expected_blocks.json', 1),
      'transactions.json': lines('etl-eth/stream/expected_transactions.json.gz', 4),
      'logs.json': lines('etl-eth/stream/expected_logs.json.gz', 4),
      'transfers.json': lines('etl-eth/stream/expected_token_transfers.json', 4),
    },
    {
      'traces.csv': lines('etl-eth/traces/suicide.csv', 3),
      'receipts.csv': lines('etl-eth/receipts/expected_receipts.csv', 5),
    },
  ],
  'evm-rpc': [{ 'answers.json': readFileSync(sample('etl-eth/parity/genesis.json')) }, { 'answers.jsonl': bundle() }],
  'flow-csv': [{ 'flows.csv': lines('eth-crime-flows/lifi.csv', 12) }],
  'etherscan-csv': [
    {
      'normal.csv': Buffer.from(
        `"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress","Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $1/Eth","TxnFee(ETH)","TxnFee(USD)","Historical $Price/Eth","Status","ErrCode","Method"\n${[1, 2, 3].map((n) => `"0x${String(n).repeat(64)}","2000000${n}","1721124000","2024-07-16 10:00:00","0x${'a'.repeat(40)}","0x${'b'.repeat(40)}","","0","1.5","0","0.0021","3.75","1785.9","","","Transfer"`).join('\n')}\n`,
      ),
    },
  ],
}

/** One block with a transaction, its receipt and its calls, as a node answers. */
function bundle(): Buffer {
  const [a, b] = [`0x${'a'.repeat(40)}`, `0x${'b'.repeat(40)}`]
  const [block, tx] = [`0x${'1'.repeat(64)}`, `0x${'2'.repeat(64)}`]
  const transfer = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef'
  const topic = (address: string) => `0x${'0'.repeat(24)}${address.slice(2)}`
  return Buffer.from(
    JSON.stringify({
      block: {
        number: '0x10', hash: block, parentHash: `0x${'0'.repeat(64)}`, timestamp: '0x65', miner: a, baseFeePerGas: '0x7', uncles: [],
        transactions: [{ hash: tx, transactionIndex: '0x0', from: a, to: b, value: '0x5', nonce: '0x1', gasPrice: '0x9', input: '0x' }],
      },
      receipts: [
        {
          transactionHash: tx, blockHash: block, status: '0x1', gasUsed: '0x5208', effectiveGasPrice: '0x9', contractAddress: null,
          logs: [{ logIndex: '0x0', address: b, topics: [transfer, topic(a), topic(b)], data: `0x${'0'.repeat(63)}3` }],
        },
      ],
      traces: [{ txHash: tx, result: { type: 'CALL', from: a, to: b, value: '0x5', calls: [{ type: 'CALL', from: b, to: a, value: '0x1' }] } }],
      uncles: [],
      genesis: { [a]: '0x64' },
    }),
  ) // biome-ignore format: one field after the other would fill a page
}

describe('damaged inputs of account chains', () => {
  test.each(Object.keys(SOURCES))('never make %s deliver what no ledger can hold', async (format) => {
    const tally = { refused: 0, defects: 0, unharmed: 0 }
    const folder = folderOf({})
    const lying = new Map<string, Files>()
    const sources = SOURCES[format] ?? []
    const mutations = [...byteMutations, ...textMutations]
    for (let input = 0; input < INPUTS; input++) {
      const random = randomFrom(input)
      const files = { ...sources[input % sources.length] }
      const names = Object.keys(files)
      const name = names[Math.floor(random() * names.length)] ?? ''
      const mutation = mutations[Math.floor(random() * mutations.length)]
      if (!mutation) throw new Error('there is no mutation')
      files[name] = mutation.apply(files[name] ?? Buffer.alloc(0), random)
      const place = join(folder, String(input % sources.length))
      lay(place, files, input < sources.length ? {} : (lying.get(place) ?? {}))
      lying.set(place, files)
      const start = performance.now()
      const what = `${format}, input ${input}: ${mutation.name} in ${name}`
      const outcome = await readAll(format, place).catch((thrown: unknown) => thrown)
      expect(performance.now() - start, `${what} takes too long`).toBeLessThan(LONGEST)
      if (outcome instanceof Stop) tally.refused++
      else if (outcome instanceof Error) throw new Error(`${what} throws`, { cause: outcome })
      else {
        const read = outcome as AccountBatch
        const wrong = wrongIn(read)
        if (wrong) throw new Error(`${what}: ${wrong}`)
        if (read.defects.some(({ code }) => code !== 'FLOW_ROUNDED')) tally.defects++
        else tally.unharmed++
      }
    }
    // A changed digit of an amount is an amount: no format here can show it. A third of the damage is more than that.
    expect(tally.refused + tally.defects, JSON.stringify(tally)).toBeGreaterThan(INPUTS / 3)
  })
})

/** Writes what does not lie there already. */
function lay(place: string, files: Files, before: Files): void {
  mkdirSync(place, { recursive: true })
  for (const [file, content] of Object.entries(files)) {
    if (before[file] === content) continue
    rmSync(join(place, file), { force: true })
    writeFileSync(join(place, file), content)
  }
}

async function readAll(format: string, place: string): Promise<AccountBatch> {
  const importer = orStop(await openAccountImporter(format, [place], ethereum, { knownPacks: [] }))
  const parts: AccountBatch[] = []
  for await (const { batch } of importer.read({ cursor: null })) parts.push(batch)
  return {
    blocks: parts.flatMap(({ blocks }) => blocks),
    transactions: parts.flatMap(({ transactions }) => transactions),
    moves: parts.flatMap(({ moves }) => moves),
    logs: parts.flatMap(({ logs }) => logs),
    defects: parts.flatMap(({ defects }) => defects),
  }
}

const HASH = /^[0-9a-f]{64}$/
const ADDRESS = /^0x[0-9a-f]{40}$/

function wrongIn({ blocks, transactions, moves, logs }: AccountBatch): string | null {
  const isAddress = (address: string | null) => address === null || ADDRESS.test(address)
  for (const { hash, prevHash, height } of blocks)
    if (!HASH.test(hash ?? '') || !HASH.test(prevHash ?? '') || !Number.isSafeInteger(height)) return `block ${height}`
  for (const { txid, from, to, created } of transactions)
    if (!HASH.test(txid) || ![from, to, created].every(isAddress)) return `transaction ${txid}`
  const places = new Set<string>()
  for (const { txid, place, amount, from, to, asset, order, height } of moves) {
    const name = `${txid} ${place}`
    if (places.has(name)) return `two moves at ${name}`
    places.add(name)
    if (!HASH.test(txid) && txid !== `block:${height}`) return `a move of ${txid}`
    if (typeof amount !== 'bigint' || amount < 0n || amount >= 1n << 256n) return `the amount ${amount}`
    if (!isAddress(from) || !isAddress(to) || !asset.startsWith('eip155:1/')) return `a party of ${name}`
    if (!Number.isSafeInteger(order) || !Number.isSafeInteger(height)) return `the order of ${name}`
  }
  for (const { txid, topics, data, address } of logs)
    if (
      !HASH.test(txid) ||
      !ADDRESS.test(address) ||
      !/^0x([0-9a-f]{2})*$/.test(data) ||
      !topics.every((topic) => HASH.test(topic.slice(2)))
    )
      return `an event of ${txid}`
  return null
}
