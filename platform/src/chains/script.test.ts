import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesToHex } from '../kernel/index.ts'
import { addressToScript } from './address.ts'
import { findChain } from './chain-packs.ts'
import { describeScript } from './script.ts'
import { multisigKeys } from './script-multisig.ts'
import { withoutTokenPrefix } from './script-token.ts'
import { shippedChainPacks } from './shipped-chain-packs.ts'

const samples = new URL('../../../samples/', import.meta.url)
const H20 = '751e76e8199196d454941c45d1b3a323f1433bd6'
const H32 = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798'
const KEY = `02${H32}`
const SATOSHI =
  '04678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f'

const described: readonly (readonly [chain: string, script: string, type: string, address: string | null])[] = [
  ['bitcoin', `41${SATOSHI}ac`, 'p2pk', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
  ['bitcoin', `21${KEY}ac`, 'p2pk', '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH'],
  ['bitcoin', `2105${H32}ac`, 'nonstandard', null],
  ['bitcoin', `76a914${H20}88ac`, 'p2pkh', '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH'],
  ['dogecoin', `76a914${H20}88ac`, 'p2pkh', 'DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLE'],
  ['bitcoin-cash', `76a914${H20}88ac`, 'p2pkh', 'bitcoincash:qp63uahgrxged4z5jswyt5dn5v3lzsem6cy4spdc2h'],
  ['litecoin', 'a914cd7b44d0b03f2d026d1e586d7ae18903b0d385f687', 'p2sh', 'MSdeRd4AsX3rRtX2Xvxp2JfaGmFHUYVk9A'],
  ['bitcoin', `aa20${H32}87`, 'nonstandard', null],
  [
    'bitcoin-cash',
    `aa20${'00'.repeat(14)}1234567890${'00'.repeat(13)}87`,
    'p2sh',
    'bitcoincash:pvqqqqqqqqqqqqqqqqqqqqqqzg69v7ysqqqqqqqqqqqqqqqqqqqqqpkp7fqn0',
  ],
  ['bitcoin', `0014${H20}`, 'v0_p2wpkh', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
  ['dogecoin', `0014${H20}`, 'nonstandard', null],
  ['bitcoin-cash', `5120${H32}`, 'nonstandard', null],
  [
    'bitcoin-testnet3',
    '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
    'v0_p2wsh',
    'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
  ],
  ['bitcoin', '0002751e', 'nonstandard', null],
  ['bitcoin', `5120${H32}`, 'v1_p2tr', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0'],
  ['bitcoin', '6002751e', 'witness_unknown', 'bc1sw50qgdz25j'],
  ['bitcoin', '51024e73', 'witness_unknown', 'bc1pfeessrawgf'],
  ['bitcoin', '510175', 'nonstandard', null],
  ['bitcoin', `5129${'00'.repeat(41)}`, 'nonstandard', null],
  ['bitcoin', `5121${H32}`, 'nonstandard', null],
  ['litecoin', `5820${H32}`, 'witness_unknown', null],
  ['litecoin', `5920${H32}`, 'witness_unknown', null],
  ['litecoin', '520293bf', 'witness_unknown', 'ltc1zjwls6j8c4u'],
  ['bitcoin', '6a', 'op_return', null],
  ['bitcoin', '6a0568656c6c6f', 'op_return', null],
  ['bitcoin', '6aff', 'op_return', null],
  ['bitcoin', '', 'nonstandard', null],
  ['bitcoin', '51', 'nonstandard', null],
  ['bitcoin', `5121${KEY}51ae`, 'multisig', null],
  ['bitcoin', `5221${KEY}51ae`, 'nonstandard', null],
  ['bitcoin', `5121${KEY}52ae`, 'nonstandard', null],
  ['bitcoin', `51${`21${KEY}`.repeat(20)}0114ae`, 'multisig', null],
  ['bitcoin', `51${`21${KEY}`.repeat(16)}0110ae`, 'nonstandard', null],
  ['bitcoin', `5121${KEY}51ae51`, 'nonstandard', null],
]

test('each kind of output script has its type and its address', () => {
  for (const [chain, script, type, address] of described) {
    expect([chain, script, describeScript(script, packOf(chain))]).toEqual([chain, script, { type, address }])
  }
})

test('a bare multisig names its keys and how many must sign, and has no address of its own', () => {
  expect(multisigKeys(`51${`41${SATOSHI}`}21${KEY}52ae`, packOf('bitcoin'))).toEqual({
    required: 1,
    total: 2,
    keys: [
      { key: SATOSHI, address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa' },
      { key: KEY, address: '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH' },
    ],
  })
  expect(multisigKeys(`76a914${H20}88ac`, packOf('bitcoin'))).toBe(null)
})

test('an output with tokens on Bitcoin Cash has the address of the script after the token prefix', () => {
  const script = `76a914${H20}88ac`
  const category = 'ab'.repeat(32)
  const good = ['10fd0102', '1001', '20', '22', '6003010203', '7201ccfeffffffff'].map((rest) => `ef${category}${rest}`)
  for (const prefix of good) {
    expect([prefix, withoutTokenPrefix(prefix + script)]).toEqual([prefix, script])
    expect(describeScript(prefix + script, packOf('bch')).address).toBe(
      'bitcoincash:qp63uahgrxged4z5jswyt5dn5v3lzsem6cy4spdc2h',
    )
    expect(describeScript(prefix + script, packOf('btc')).type).toBe('nonstandard')
  }
  // No token at all, a reserved bit, an unknown capability, a commitment without a token, an amount of nought, a long form.
  for (const rest of ['00', '90', '2300', '50010101', '1000', '10fd0100']) {
    expect(withoutTokenPrefix(`ef${category}${rest}${script}`)).toBe(`ef${category}${rest}${script}`)
  }
  expect(withoutTokenPrefix('ef')).toBe('ef')
})

test('text that is not hexadecimal is a fault of the caller, never a script', () => {
  for (const text of ['xyz', '6', 'ZZ', `76A914${H20}88AC`])
    expect(() => describeScript(text, packOf('bitcoin'))).toThrow(TypeError)
})

test('any bytes at all are described on every chain', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom(...shippedChainPacks), (bytes, pack) => {
      const { type, address } = describeScript(bytesToHex(bytes), pack)
      multisigKeys(bytesToHex(bytes), pack)
      return type !== 'unknown' && (address === null || address.length > 10)
    }),
    { numRuns: 2000 },
  )
})

test('script to address to script is the identity, but for bare keys, which come back as the hash of the key', () => {
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(bytesToHex)
  const script = fc.oneof(
    bytes(20).map((hash) => `76a914${hash}88ac`),
    bytes(20).map((hash) => `a914${hash}87`),
    bytes(32).map((hash) => `aa20${hash}87`),
    bytes(20).map((hash) => `0014${hash}`),
    bytes(32).map((hash) => `0020${hash}`),
    fc
      .tuple(fc.integer({ min: 0x51, max: 0x60 }), fc.uint8Array({ minLength: 2, maxLength: 40 }))
      .map(([opcode, program]) => bytesToHex(Uint8Array.of(opcode, program.length, ...program))),
  )
  fc.assert(
    fc.property(script, fc.constantFrom(...shippedChainPacks), (hex, pack) => {
      const { address } = describeScript(hex, pack)
      if (address === null) return
      expect(addressToScript(address, pack)).toEqual({ ok: true, value: hex })
    }),
    { numRuns: 2000 },
  )
})

test('the addresses that bitcoin-etl exported for three chains are the ones given here', () => {
  let compared = 0
  for (const chain of ['bitcoin', 'bitcoin_cash', 'dogecoin']) {
    const pack = packOf(chain.replace('_', '-'))
    const folder = new URL(`etl-btc/${chain}/`, samples)
    for (const name of readdirSync(folder)) {
      const file = new URL(`${name}/expected_transactions.json`, folder)
      if (!existsSync(file)) continue
      for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
        for (const output of JSON.parse(line).outputs) {
          if (
            output.addresses?.length !== 1 ||
            output.type === 'multisig' ||
            output.addresses[0].startsWith('nonstandard')
          )
            continue
          const { address } = describeScript(output.script_hex, pack)
          expect([output.script_hex, address]).toEqual([output.script_hex, output.addresses[0]])
          compared += 1
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(10)
})

test('the addresses that Esplora states for 562 spent outputs are the ones given here', () => {
  const file = new URL('bitfinex2016/ledger/c49ff6bd.seizure-2022.esplora.json', samples)
  const { vin, vout } = JSON.parse(readFileSync(file, 'utf8'))
  const outputs = [...vin.map(({ prevout }: { prevout: unknown }) => prevout), ...vout]
  for (const output of outputs) {
    const expected = { type: output.scriptpubkey_type, address: output.scriptpubkey_address }
    expect(describeScript(output.scriptpubkey, packOf('bitcoin'))).toEqual(expected)
  }
  expect(outputs.length).toBeGreaterThan(562)
})

function packOf(name: string) {
  const found = findChain(shippedChainPacks, name)
  if (!found.ok) throw new Error(found.refusal.message)
  return found.value
}
