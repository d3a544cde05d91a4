import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesToHex, catchRefusal, hexToBytes } from '../kernel/index.ts'
import { readerOf, remaining } from './byte-reader.ts'
import { decodeTransaction, encodeForId, type IdContent, type TransactionRules, txidOf } from './transaction-codec.ts'

const bitcoin: TransactionRules = { segwit: true, mweb: false }
const litecoin: TransactionRules = { segwit: true, mweb: true }
const decode = (hex: string, rules: TransactionRules) => {
  const reader = readerOf(hexToBytes(hex))
  const transaction = decodeTransaction(reader, rules)
  return { transaction, left: remaining(reader) }
}

/** Litecoin integrating transactions as they stand in blocks; recorded in open test suites (bitcoinjs and btcd families). */
const INTEGRATING = [
  [
    'efe11e0d8d562e73b7795c2a3b7e44c6b6390f2c42c3ae90bb1005009c27a3f3',
    '02000000000801f190b67fc759641b8376f5ca550cac80ca3b2509c6a144e1425a437b18c161590000000000ffffffff020675a5b66a00000022582066723521c495f90a5fbe3686c617c294d69ac71ed9e57b65032f83e45871fd83b28c980000000000160014f4de962f4bb82d0057974201202acd78d56db7f20000000000',
  ],
  [
    '3cd43df64e9382040eff0bf54ba1c2389d5111eb5ab0968ab7af67e3c30cac04',
    '02000000000801bba0a561a904465fe2215f77822e04045ca01491c358bb1689200d71ada3836b0000000000ffffffff01ec069e659a320000225820399cda163b49fdac1f669f69e63b56756d3bc6f2523eb10615710154959cc1360000000000',
  ],
] as const

/** The coinbase of the genesis block of Bitcoin. */
const GENESIS =
  '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000'

describe('transactions', () => {
  test('the genesis coinbase has the id that everybody knows', () => {
    const { transaction, left } = decode(GENESIS, bitcoin)
    expect(transaction.txid).toBe('4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b')
    expect([transaction.inputs[0]?.prev, transaction.outputs[0]?.value, left]).toEqual([null, 5_000_000_000n, 0])
  })

  test.each(INTEGRATING)('the integrating transaction %s of Litecoin has its id without the flag', (txid, hex) => {
    const { transaction, left } = decode(hex, litecoin)
    expect([transaction.txid, transaction.integrating, left]).toEqual([txid, true, 0])
    expect(catchRefusal(() => decode(hex, bitcoin))).toMatchObject({ ok: false, refusal: { code: 'SOURCE_MALFORMED' } })
  })

  test('decode to what they were encoded from, and the id follows from the content', () => {
    fc.assert(
      fc.property(content, (parts) => {
        const bytes = encodeForId(parts)
        const transaction = decodeTransaction(readerOf(bytes), bitcoin)
        expect(transaction.txid).toBe(txidOf(parts))
        expect(encodeForId(partsOf(transaction))).toEqual(bytes)
        expect(partsOf(transaction)).toEqual(parts)
      }),
    )
  })

  test.each<[string, string, string]>([
    ['an end too early', GENESIS.slice(0, -2), 'SOURCE_TRUNCATED'],
    ['a count that the bytes cannot hold', `01000000feffffff7f${GENESIS.slice(10)}`, 'SOURCE_TRUNCATED'],
    ['a count in eight bytes', `01000000ff0100000000000000${GENESIS.slice(10)}`, 'SOURCE_MALFORMED'],
    ['a length longer than needed', `01000000fd0100${GENESIS.slice(10)}`, 'SOURCE_MALFORMED'],
    ['no inputs', '0100000000000000000000', 'SOURCE_MALFORMED'],
    ['a witness flag without witnesses', `010000000001${GENESIS.slice(8, -8)}0000000000`, 'SOURCE_MALFORMED'],
    ['an unknown flag', `010000000002${GENESIS.slice(8)}`, 'SOURCE_MALFORMED'],
    ['extension data in a block', (INTEGRATING[0]?.[1] ?? '').replace(/0000000000$/, '0100000000'), 'SOURCE_MALFORMED'],
  ])('with %s are refused', (_, hex, code) => {
    expect(catchRefusal(() => decode(hex, litecoin))).toMatchObject({ ok: false, refusal: { code } })
  })
})

const hex = (maxLength: number) => fc.uint8Array({ maxLength }).map(bytesToHex)
const outpoint = fc.record({
  txid: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytesToHex),
  vout: fc.nat(0xffff_fffe),
})
const content: fc.Arbitrary<IdContent> = fc.record({
  version: fc.nat(0xffff_ffff),
  inputs: fc.array(fc.record({ prev: outpoint, script: hex(300), sequence: fc.nat(0xffff_ffff) }), {
    minLength: 1,
    maxLength: 5,
  }),
  outputs: fc.array(fc.record({ value: fc.bigInt(0n, 2n ** 64n - 1n), script: hex(300) }), {
    minLength: 1,
    maxLength: 5,
  }),
  locktime: fc.nat(0xffff_ffff),
})

function partsOf({ version, inputs, outputs, locktime }: ReturnType<typeof decodeTransaction>): IdContent {
  return {
    version,
    inputs: inputs.map(({ prev, script, sequence }) => ({ prev, script: bytesToHex(script), sequence })),
    outputs: outputs.map(({ value, script }) => ({ value, script: bytesToHex(script) })),
    locktime,
  }
}
