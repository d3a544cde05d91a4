import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { orStop, Stop } from '../../kernel/index.ts'
import { decodeBlock } from '../block-codec.ts'
import { readerOf } from '../byte-reader.ts'
import type { ChainPack } from '../chain-pack.ts'
import { u32 } from '../transaction-codec.ts'
import { openImporter } from './open-importer.ts'
import { placeableBlocks } from './placeable-blocks.ts'
import { folderOf, packOf, readAll, sample, tally } from './reading-samples.ts'
import { waitingBlocks } from './waiting-blocks.ts'

const bitcoin = packOf('bitcoin')
const first439 = readFileSync(sample('btc-blocks/first-100k-blocks.dat'))
const block = (name: string) => {
  const bytes = readFileSync(sample(`btc-blocks/${name}`))
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
const record = (bytes: Uint8Array, magic = bitcoin.magic) =>
  Buffer.concat([Buffer.from(magic, 'hex'), u32(bytes.length), bytes])
const refusalOf = async (reading: Promise<unknown>) => {
  const thrown = await reading.then(
    () => null,
    (error: unknown) => error,
  )
  return thrown instanceof Stop ? thrown.refusal : { code: 'none', message: String(thrown) }
}

describe('raw blocks', () => {
  test('reads the first 439 blocks of Bitcoin from a block file, chained from the genesis block', async () => {
    const { blocks, transactions, defects } = await readAll(
      'raw-block',
      sample('btc-blocks/first-100k-blocks.dat'),
      bitcoin,
    )
    expect(blocks.map(({ height }) => height)).toEqual(Array.from({ length: 439 }, (_, height) => height))
    expect(
      blocks.every((block, n) => block.prevHash === (blocks[n - 1]?.hash ?? null) && block.completeness === 'merkle'),
    ).toBe(true)
    expect(new Set(transactions.map(({ proof }) => proof))).toEqual(new Set(['txid']))
    expect(transactions[0]?.outputs).toEqual([expect.objectContaining({ value: 5_000_000_000n, type: 'p2pk' })])
    expect(defects).toEqual([])
  })

  test.each([
    ['block300025.raw.gz', 300_025, 461],
    ['block363703.dat.gz', 363_703, 587],
    ['block370661.dat.gz', 370_661, 708],
    ['block383616.dat.gz', 383_616, 1731],
    ['block426884.raw.gz', 426_884, 409],
    ['block481829.dat.gz', 481_829, 2020],
    ['block482683.raw', 482_683, 12],
    ['block574200.raw.gz', 574_200, 3315],
    ['block702861.raw.gz', 702_861, 2500],
  ])('reads %s at height %i with %i transactions', async (name, height, count) => {
    const { blocks, transactions, defects } = await readAll('raw-block', sample(`btc-blocks/${name}`), bitcoin)
    expect(defects).toEqual([])
    expect(blocks).toEqual([expect.objectContaining({ height, completeness: 'merkle', headerVerified: true })])
    expect(transactions.length).toBe(count)
  })

  test('finds every kind of output that block 702861 has', async () => {
    const { transactions } = await readAll('raw-block', sample('btc-blocks/block702861.raw.gz'), bitcoin)
    const types = new Set(transactions.flatMap(({ outputs }) => outputs.map(({ type }) => type)))
    expect([...types]).toEqual(expect.arrayContaining(['v0_p2wpkh', 'v0_p2wsh', 'p2sh', 'p2pkh', 'op_return']))
  })

  test('adds up the fees of block 300025 from its file of spent outputs: coinbase less 25 BTC', async () => {
    const { transactions } = await readAll('raw-block', sample('btc-blocks/block300025.raw.gz'), bitcoin)
    const sum = (values: readonly bigint[]) => values.reduce((total, value) => total + value, 0n)
    const fees = transactions
      .filter(({ coinbase }) => !coinbase)
      .map(
        ({ inputs, outputs }) =>
          sum(inputs.map(({ prevout }) => prevout?.value ?? -(10n ** 18n))) - sum(outputs.map(({ value }) => value)),
      )
    expect(sum(fees)).toBe(7_773_345n)
    expect(sum(transactions[0]?.outputs.map(({ value }) => value) ?? [])).toBe(2_500_000_000n + 7_773_345n)
  })

  test('leaves out blocks of unknown height, and places them once the ledger knows the parent', async () => {
    const folder = folderOf({ 'a.dat': block('block227836.dat'), 'b.dat': block('block227835.dat') })
    const alone = await readAll('raw-block', folder, bitcoin)
    expect([alone.blocks, tally(alone.defects)]).toEqual([[], { BLOCK_HEIGHT_UNKNOWN: 2 }])
    const parent = decodeBlock(readerOf(block('block227835.dat')), bitcoin).header.prevHash
    const placed = await readAll('raw-block', folder, bitcoin, {
      heightOf: async (hash) => (hash === parent ? 227_834 : null),
    })
    expect(placed.blocks.map(({ height }) => height)).toEqual([227_836, 227_835])
    expect(placed.defects).toEqual([])
  })

  test('keeps blocks of unknown height aside, with the outputs that they spend, until they have a place', async () => {
    // Without the rule that makes its miner state the height, block 300025 is like those before BIP 34.
    const silent: ChainPack = {
      ...bitcoin,
      ...(bitcoin.recognition && { recognition: { ...bitcoin.recognition, coinbaseHeightFrom: null } }),
    }
    const folder = folderOf({ 'one.raw': block('block300025.raw.gz'), 'one-undo.raw': block('block300025-undo.raw') })
    const options = { knownPacks: [], waitIn: folderOf({}) }
    const importer = orStop(await openImporter('raw-block', join(folder, 'one.raw'), silent, options))
    for await (const { batch } of importer.read({ cursor: null })) expect(batch.transactions).toEqual([])
    const [hash = ''] = await waitingBlocks(options.waitIn, silent)
    expect(hash).toMatch(/^0{8}/)
    expect(await placeableBlocks(silent, options, async () => null)).toBeNull()

    const heightOf = async (asked: string) => (asked === hash ? 300_025 : null)
    const waited = await placeableBlocks(silent, options, heightOf)
    const inputs: (bigint | undefined)[] = []
    for await (const { batch } of waited?.importer.read({ cursor: null, heightOf }) ?? []) {
      expect(batch.blocks.map(({ height }) => height)).toEqual(batch.blocks.length > 0 ? [300_025] : [])
      inputs.push(
        ...batch.transactions
          .filter(({ coinbase }) => !coinbase)
          .flatMap((tx) => tx.inputs.map(({ prevout }) => prevout?.value)),
      )
    }
    expect(inputs.length).toBeGreaterThan(100)
    expect(inputs).not.toContain(undefined)
    await waited?.forget()
    expect(await waitingBlocks(options.waitIn, silent)).toEqual([])
  })

  test.each([
    ['block1087400.raw', 1_087_400, 97],
    ['block898352.raw', 898_352, 10],
  ])('refuses %s of testnet3 as mainnet, and reads it as what it is', async (name, height, count) => {
    const refusal = await refusalOf(readAll('raw-block', sample(`btc-blocks/${name}`), bitcoin))
    expect(refusal).toMatchObject({ code: 'WRONG_CHAIN' })
    expect(refusal.message).toContain('Bitcoin testnet3')
    const { blocks, transactions, defects } = await readAll(
      'raw-block',
      sample(`btc-blocks/${name}`),
      packOf('bitcoin-testnet3'),
    )
    expect([blocks.map((each) => each.height), transactions.length, defects]).toEqual([[height], count, []])
  })

  test('refuses block files of another network by their magic, and Bitcoin as Bitcoin Cash by the fork', async () => {
    const testnet = folderOf({ 'blk00000.dat': record(block('block898352.raw'), '0b110907') })
    expect(await refusalOf(readAll('raw-block', testnet, bitcoin))).toMatchObject({ code: 'WRONG_CHAIN' })
    expect(
      await refusalOf(readAll('raw-block', sample('btc-blocks/first-100k-blocks.dat'), packOf('litecoin'))),
    ).toMatchObject({ code: 'WRONG_CHAIN' })
  })

  test.each<[string, () => Record<string, string | Uint8Array>]>([
    ['zeros after the last record', () => ({ 'blk00000.dat': Buffer.concat([first439, Buffer.alloc(5003)]) })],
    [
      'blocks in any order over several files',
      () => ({ 'blk00001.dat': first439.subarray(0, at(200)), 'blk00000.dat': first439.subarray(at(200)) }),
    ],
    ['obfuscated block files', () => obfuscated()],
    ['hexadecimal text', () => ({ 'a.hex': first439.toString('hex').replace(/.{80}/g, '$&\n') })],
    ['blocks without records', () => ({ 'a.raw': Buffer.concat(records()) })],
    ['Zstandard', () => ({ 'blk00000.dat.zst': zstdCompressSync(first439) })],
  ])('reads the same blocks from %s', async (_, files) => {
    const whole = await readAll('raw-block', sample('btc-blocks/first-100k-blocks.dat'), bitcoin)
    const other = await readAll('raw-block', folderOf(files()), bitcoin)
    expect(other.defects).toEqual([])
    expect(other.blocks.toSorted((a, b) => a.height - b.height)).toEqual(whole.blocks)
    expect(other.transactions.toSorted((a, b) => a.block.height - b.block.height)).toEqual(whole.transactions)
  })

  test('reads bzip2: blocks 1 to 255 are those of the longer file', async () => {
    const first = await readAll('raw-block', sample('btc-blocks/first-100k-blocks.dat'), bitcoin)
    const genesis = bitcoin.genesis.hash
    const bzip2 = await readAll('raw-block', sample('btc-blocks/blocks1-256.bz2'), bitcoin, {
      heightOf: async (hash) => (hash === genesis ? 0 : null),
    })
    expect(bzip2.blocks).toEqual(first.blocks.slice(1, 256))
    expect(bzip2.defects).toEqual([])
  })

  test.each<[string, () => Uint8Array, string, number]>([
    ['an altered amount', () => altered(first439, at(100) + 8 + 200), 'BLOCK_MERKLE_MISMATCH', 438],
    ['an altered header', () => altered(first439, at(100) + 8 + 40), 'BLOCK_WORK_MISSING', 100],
    [
      'rubbish between records',
      () => Buffer.concat([first439.subarray(0, at(100)), Buffer.from('rubbish!'), first439.subarray(at(100))]),
      'SOURCE_MALFORMED',
      439,
    ],
    ['a block twice', () => Buffer.concat([first439, first439.subarray(0, at(1))]), 'BLOCK_LISTED_TWICE', 439],
    ['a cut file', () => first439.subarray(0, at(100) + 50), 'SOURCE_TRUNCATED', 100],
    ['a length that is too long', () => altered(first439, at(100) + 4, 0x40), 'SOURCE_MALFORMED', 100],
  ])('reports %s and keeps the rest', async (_, make, code, kept) => {
    const { blocks, defects } = await readAll('raw-block', folderOf({ 'blk00000.dat': make() }), bitcoin)
    expect(defects.map((defect) => defect.code)).toContain(code)
    expect(blocks.length).toBe(kept)
  })

  test('reports witnesses that the coinbase does not commit to', async () => {
    const bytes = Buffer.from(block('block482683.raw'))
    const raw = decodeBlock(readerOf(bytes), bitcoin)
    const witness = raw.transactions
      .flatMap(({ inputs }) => inputs)
      .find(({ prev, witness: items }) => prev && items.some(({ length }) => length > 60))
      ?.witness.find(({ length }) => length > 60)
    if (!witness) throw new Error('the sample has no witness')
    bytes[witness.byteOffset - bytes.byteOffset + 10] = (witness[10] ?? 0) ^ 1
    const { blocks, defects } = await readAll('raw-block', folderOf({ 'a.raw': bytes }), bitcoin)
    expect([blocks.length, tally(defects)]).toEqual([1, { BLOCK_WITNESS_MISMATCH: 1 }])
  })

  test('goes on where it was interrupted', async () => {
    const path = sample('btc-blocks/first-100k-blocks.dat')
    const whole = await readAll('raw-block', path, bitcoin, { batchSize: 50 })
    const rest = await readAll('raw-block', path, bitcoin, { batchSize: 50, cursor: whole.cursors[3] ?? null })
    expect(rest.cursors).toEqual(whole.cursors.slice(4))
    expect(rest.blocks).toEqual(whole.blocks.slice(-rest.blocks.length))
    expect(rest.blocks.length).toBeLessThan(250)
  })
})

/** Where the record of the n-th block begins. */
function at(n: number): number {
  let offset = 0
  for (let left = n; left > 0; left--) offset += 8 + first439.readUInt32LE(offset + 4)
  return offset
}

function records(): Buffer[] {
  return Array.from({ length: 439 }, (_, n) => first439.subarray(at(n) + 8, n < 438 ? at(n + 1) : undefined))
}

function altered(bytes: Uint8Array, place: number, mask = 0x01): Uint8Array {
  return bytes.map((byte, n) => (n === place ? byte ^ mask : byte))
}

function obfuscated(): Record<string, Uint8Array> {
  const key = Buffer.from('a1b2c3d4e5f60718', 'hex')
  return { 'blk00000.dat': first439.map((byte, n) => byte ^ (key[n % 8] ?? 0)), 'xor.dat': key }
}
