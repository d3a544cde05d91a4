import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { decodeHeader } from './block-codec.ts'
import { targetOf } from './merkle.ts'
import { foreignBlock, meetsTarget } from './recognise-block.ts'
import { shippedChainPacks } from './shipped-chain-packs.ts'
import { packOf, sample } from './sources/reading-samples.ts'

const bitcoin = packOf('bitcoin')
const cash = packOf('bitcoin-cash')
const header = (name: string) => {
  const bytes = readFileSync(sample(`btc-blocks/${name}`))
  return decodeHeader(name.endsWith('.gz') ? gunzipSync(bytes) : bytes)
}
const REAL = [
  ['block169482.dat', 169_482],
  ['block227836.dat', 227_836],
  ['block300025.raw.gz', 300_025],
  ['block363703.dat.gz', 363_703],
  ['block383616.dat.gz', 383_616],
  ['block426884.raw.gz', 426_884],
  ['block481829.dat.gz', 481_829],
  ['block574200.raw.gz', 574_200],
  ['block702861.raw.gz', 702_861],
] as const

describe('a block', () => {
  test.each(REAL)('of mainnet, %s at height %i, is taken for what it is', (name, height) => {
    expect(foreignBlock(header(name), height, bitcoin, shippedChainPacks)).toBeNull()
    expect(meetsTarget(header(name), bitcoin)).toBe(true)
  })

  test.each([
    ['block1087400.raw', 1_087_400],
    ['block898352.raw', 898_352],
  ])('of testnet3, %s at height %i, is not taken for mainnet', (name, height) => {
    const foreign = foreignBlock(header(name), height, bitcoin, shippedChainPacks)
    expect(foreign?.candidates.map(({ name: chain }) => chain)).toContain('Bitcoin testnet3')
    expect(foreignBlock(header(name), height, packOf('bitcoin-testnet3'), shippedChainPacks)).toBeNull()
  })

  test('after the fork of August 2017 is told from the other side of it', () => {
    const fork = cash.forkedFrom
    if (!fork) throw new Error('the pack has no fork')
    const block = (hash: string, prevHash = 'aa'.repeat(32)) => ({ hash, prevHash, bits: null })
    expect(foreignBlock(block(fork.hash), fork.height, cash, shippedChainPacks)).toBeNull()
    expect(foreignBlock(block(fork.otherHash), fork.height, bitcoin, shippedChainPacks)).toBeNull()
    expect(foreignBlock(block(fork.otherHash), fork.height, cash, shippedChainPacks)).not.toBeNull()
    expect(foreignBlock(block(fork.hash), fork.height, bitcoin, shippedChainPacks)?.candidates).toEqual([cash])
    expect(foreignBlock(block('bb'.repeat(32), fork.hash), null, bitcoin, shippedChainPacks)?.candidates).toEqual([
      cash,
    ])
  })

  test('that begins another chain is named', () => {
    const dogecoin = packOf('dogecoin')
    const foreign = foreignBlock(
      decodeHeader(Buffer.from(dogecoin.genesis.header, 'hex')),
      null,
      bitcoin,
      shippedChainPacks,
    )
    expect(foreign?.candidates).toEqual([dogecoin])
  })

  test('whose hash misses its target was never mined', () => {
    expect(meetsTarget({ hash: 'ff'.repeat(32), bits: 0x1d00ffff }, bitcoin)).toBe(false)
    expect(meetsTarget({ hash: '00'.repeat(32), bits: 0x1d80ffff }, bitcoin)).toBe(false)
    expect(meetsTarget({ hash: 'ff'.repeat(32), bits: 0x1e0fffff }, packOf('dogecoin'))).toBe(true)
  })

  test.each([
    [0x1d00ffff, 0xffffn << 208n],
    [0x03123456, 0x123456n],
    [0x02008000, 0x80n],
    [0x01003456, null],
    [0x04923456, null],
    [0xff123456, null],
  ])('with nBits %i has the target %s', (bits, target) => {
    expect(targetOf(bits)).toBe(target)
  })
})
