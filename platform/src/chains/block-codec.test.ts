import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { bytesToHex, catchRefusal, concatBytes, doubleSha256, hexToBytes, reversed } from '../kernel/index.ts'
import { checkMerkleRoot, checkWitnessCommitment, coinbaseHeight, decodeBlock, headerHash } from './block-codec.ts'
import { readerOf, remaining } from './byte-reader.ts'
import { merkleRoot } from './merkle.ts'
import { packOf, readAll, sample } from './sources/reading-samples.ts'
import { compactSize, encodeForId, txidOf } from './transaction-codec.ts'

const bitcoin = packOf('bitcoin')
const file = (name: string) => {
  const bytes = readFileSync(sample(`btc-blocks/${name}`))
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
}

describe('blocks', () => {
  test.each([
    ['block169482.dat', null, 'absent'],
    ['block227835.dat', null, 'absent'],
    ['block227836.dat', 227_836, 'absent'],
    ['block300025.raw.gz', 300_025, 'absent'],
    ['block426884.raw.gz', 426_884, 'absent'],
    ['block481829.dat.gz', 481_829, 'right'],
    ['block482683.raw', 482_683, 'right'],
    ['block574200.raw.gz', 574_200, 'right'],
    ['block702861.raw.gz', 702_861, 'right'],
  ] as const)(
    '%s has the right root, states height %s, and its commitment to witnesses is %s',
    (name, height, witness) => {
      const reader = readerOf(file(name))
      const block = decodeBlock(reader, bitcoin)
      expect([remaining(reader), checkMerkleRoot(block), checkWitnessCommitment(block)]).toEqual([0, 'right', witness])
      if (height !== null)
        expect(coinbaseHeight(block.transactions[0]?.inputs[0]?.script ?? new Uint8Array())).toBe(height)
      expect(headerHash(block.header)).toBe(block.header.hash)
    },
  )

  test('of merged mining are read behind their proof: Dogecoin 371337', async () => {
    const bytes = hexToBytes(readFileSync(sample('merged-mining/dogecoin-371337.hex'), 'utf8').trim())
    const reader = readerOf(bytes)
    const block = decodeBlock(reader, packOf('dogecoin'))
    expect(block.header.hash).toBe('60323982f9c5ff1b5a954eac9dc1269352835f47c2c5222691d80f0d50dcf053')
    expect([block.transactions.length, checkMerkleRoot(block), remaining(reader)]).toEqual([6, 'right', 0])
    const heightOf = async (hash: string) => (hash === block.header.prevHash ? 371_336 : null)
    const { blocks, transactions, defects } = await readAll(
      'raw-block',
      sample('merged-mining/dogecoin-371337.hex'),
      packOf('dogecoin'),
      { heightOf },
    )
    expect([blocks.map(({ height }) => height), transactions.length, defects]).toEqual([[371_337], 6, []])
  })

  test('of Litecoin are read with the extension block that follows them', () => {
    const coinbase = encodeForId({
      version: 1,
      inputs: [{ prev: null, script: '03819322', sequence: 0 }],
      outputs: [{ value: 5n, script: '51' }],
      locktime: 0,
    })
    const integrating = hexToBytes(
      '02000000000801bba0a561a904465fe2215f77822e04045ca01491c358bb1689200d71ada3836b0000000000ffffffff01ec069e659a320000225820399cda163b49fdac1f669f69e63b56756d3bc6f2523eb10615710154959cc1360000000000',
    )
    const header = new Uint8Array(80)
    const tree = merkleRoot([
      doubleSha256(coinbase),
      reversed(hexToBytes('3cd43df64e9382040eff0bf54ba1c2389d5111eb5ab0968ab7af67e3c30cac04')),
    ])
    header.set(tree?.root ?? [], 36)
    const withExtension = (extension: string) =>
      concatBytes(header, compactSize(2), coinbase, integrating, hexToBytes(extension))
    for (const extension of ['00', '01a1b2c3d4e5']) {
      const reader = readerOf(withExtension(extension))
      const block = decodeBlock(reader, packOf('litecoin'))
      expect([block.transactions.length, checkMerkleRoot(block), remaining(reader)]).toEqual([2, 'right', 0])
    }
    expect(catchRefusal(() => decodeBlock(readerOf(withExtension('')), packOf('litecoin')))).toMatchObject({
      ok: false,
    })
  })

  test('whose list of transactions repeats its end are told from the real one (CVE-2012-2459)', () => {
    const block = decodeBlock(readerOf(file('block482683.raw')), bitcoin)
    const odd = { ...block, transactions: block.transactions.slice(0, 3) }
    const tree = merkleRoot(odd.transactions.map(({ hash }) => hash))
    const header = { ...block.header, merkleRoot: bytesToHex(reversed(tree?.root ?? new Uint8Array())) }
    expect(checkMerkleRoot({ ...odd, header })).toBe('right')
    expect(checkMerkleRoot({ header, transactions: [...odd.transactions, ...odd.transactions.slice(2)] })).toBe(
      'ambiguous',
    )
  })

  test.each([
    ['03cca201', 107_212],
    ['0101', 1],
    ['51', 1],
    ['60', 16],
    ['028000', 128],
    ['0180', null],
    ['020100', null],
    ['04ffff001d', 486_604_799],
    ['05ffffffff01', null],
    ['03cca2', null],
    ['', null],
    ['00', null],
  ])('a coinbase script %s states the height %s', (script, height) => {
    expect(coinbaseHeight(hexToBytes(script))).toBe(height)
  })

  test('refuse a coinbase elsewhere than in the first place', () => {
    const coinbase = encodeForId({
      version: 1,
      inputs: [{ prev: null, script: '51', sequence: 0 }],
      outputs: [{ value: 5n, script: '51' }],
      locktime: 0,
    })
    const twice = concatBytes(new Uint8Array(80), compactSize(2), coinbase, coinbase)
    expect(catchRefusal(() => decodeBlock(readerOf(twice), bitcoin))).toMatchObject({
      ok: false,
      refusal: { code: 'SOURCE_MALFORMED' },
    })
  })

  test('know the coinbase of Bitcoin Cash that was mined twice by its id', () => {
    const script =
      '4104124b212f5416598a92ccec88819105179dcb2550d571842601492718273fe0f2179a9695096bff94cd99dcccdea7cd9bd943bfca8fea649cac963411979a33e9ac'
    const content = {
      version: 1,
      inputs: [{ prev: null, script: '0456720e1b00', sequence: 0xffff_ffff }],
      outputs: [{ value: 5_000_000_000n, script }],
      locktime: 0,
    }
    expect(txidOf(content)).toBe('e3bf3d07d4b0375638d5f1db5255fe07ba2c4cb067cd81b84ee974b6585fb468')
  })
})
