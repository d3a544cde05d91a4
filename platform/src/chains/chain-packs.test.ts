import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bytesToHex, concatBytes, doubleSha256, hexToBytes, reversed } from '../kernel/index.ts'
import { packFamily } from './account-packs.ts'
import { chainPacks, findChain } from './chain-packs.ts'
import { chainsCodes } from './codes.ts'
import { shippedChainPacks } from './shipped-chain-packs.ts'

const folder = new URL('../../../packs/chains/', import.meta.url)
const files: readonly unknown[] = readdirSync(folder)
  .map((name): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
  .filter((value) => packFamily(value) === 'utxo')

/**
 * The parts of each genesis header as the reference nodes state them, apart from the packs: Merkle root in the order in
 * which it is shown, time, target and nonce. All have version 1 and no block before them.
 */
const bitcoinRoot = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'
const testnet4Root = '7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e'
const litecoinRoot = '97ddfbbae6be97fd6cdf3e7ca13232a3afff2353e29badfab7f73011edd4ced9'
const dogecoinRoot = '5b2a3f53f605d62c53e62932dac6925e3d74afa5a4b459745c36d42d0ed26a69'
const genesisParts: readonly (readonly [alias: string, root: string, time: number, bits: number, nonce: number])[] = [
  ['bitcoin', bitcoinRoot, 1231006505, 0x1d00ffff, 2083236893],
  ['bitcoin-testnet3', bitcoinRoot, 1296688602, 0x1d00ffff, 414098458],
  ['bitcoin-testnet4', testnet4Root, 1714777860, 0x1d00ffff, 393743547],
  ['bitcoin-signet', bitcoinRoot, 1598918400, 0x1e0377ae, 52613770],
  ['bitcoin-regtest', bitcoinRoot, 1296688602, 0x207fffff, 2],
  ['litecoin', litecoinRoot, 1317972665, 0x1e0ffff0, 2084524493],
  ['litecoin-testnet', litecoinRoot, 1486949366, 0x1e0ffff0, 293345],
  ['litecoin-regtest', litecoinRoot, 1296688602, 0x207fffff, 0],
  ['dogecoin', dogecoinRoot, 1386325540, 0x1e0ffff0, 99943],
  ['dogecoin-testnet', dogecoinRoot, 1391503289, 0x1e0ffff0, 997879],
  ['dogecoin-regtest', dogecoinRoot, 1296688602, 0x207fffff, 2],
  ['bitcoin-cash', bitcoinRoot, 1231006505, 0x1d00ffff, 2083236893],
  ['bitcoin-cash-testnet3', bitcoinRoot, 1296688602, 0x1d00ffff, 414098458],
  ['bitcoin-cash-testnet4', bitcoinRoot, 1597811185, 0x1d00ffff, 114152193],
  ['bitcoin-cash-regtest', bitcoinRoot, 1296688602, 0x207fffff, 2],
]

test('the genesis header of every pack is built from its parts and hashes to the pack', () => {
  expect(genesisParts.map(([alias]) => alias).sort()).toEqual(shippedChainPacks.map(({ aliases }) => aliases[0]).sort())
  for (const [alias, root, time, bits, nonce] of genesisParts) {
    const header = concatBytes(
      uint32(1),
      new Uint8Array(32),
      reversed(hexToBytes(root)),
      uint32(time),
      uint32(bits),
      uint32(nonce),
    )
    const pack = packOf(alias)
    expect([alias, bytesToHex(header)]).toEqual([alias, pack.genesis.header])
    expect([alias, bytesToHex(reversed(doubleSha256(header)))]).toEqual([alias, pack.genesis.hash])
  }
})

test('every pack on disk is shipped, and read from disk it is the same', () => {
  const read = chainPacks(files)
  if (!read.ok) throw new Error(read.refusal.message)
  const byId = (packs: typeof read.value) => [...packs].sort((a, b) => (a.caip2 < b.caip2 ? -1 : 1))
  expect(byId(read.value)).toEqual(byId(shippedChainPacks))
})

test('the ids of the main networks are those of the CAIP-2 namespace bip122', () => {
  const ids = ['bitcoin', 'litecoin', 'dogecoin', 'bitcoin-cash'].map((alias) => packOf(alias).caip2)
  expect(ids).toEqual([
    'bip122:000000000019d6689c085ae165831e93',
    'bip122:12a765e31ffd4059bada1e25190f6e98',
    'bip122:1a91e3dace36e2be3bf030a65679fe82',
    'bip122:000000000000000000651ef99cb9fcbe',
  ])
})

test('networks that share a genesis block have different ids, and the fork says what is not verified', () => {
  expect(packOf('bch-testnet3').genesis.hash).toBe(packOf('btc-testnet3').genesis.hash)
  expect(packOf('bch-testnet3').caip2).toBe('bch:testnet3')
  expect(packOf('bch-regtest').caip2).toBe('bch:regtest')
  expect(packOf('bch').forkedFrom?.caip2).toBe(packOf('btc').caip2)
  expect(packOf('bch').forkedFrom?.verified).toContain('not verified here')
})

test('the magic of signet is the start of the hash of its challenge, as BIP-325 defines it', () => {
  const first = '03ad5e0edad18cb1f0fc0d28a3d4f1f3e445640337489abb10404f2d1e086be430'
  const second = '0359ef5021964fe22d6f8e05b2463c9540ce96883fe3b278760f048f5189f2e6c4'
  const challenge = hexToBytes(`5121${first}21${second}52ae`)
  const hash = doubleSha256(concatBytes(Uint8Array.of(challenge.length), challenge))
  expect(bytesToHex(hash).slice(0, 8)).toBe(packOf('bitcoin-signet').magic)
})

test('halving subsidies sum up to the most money there is', () => {
  for (const alias of ['bitcoin', 'litecoin', 'bitcoin-cash']) {
    const { subsidy, maxMoney } = packOf(alias)
    if (subsidy.kind !== 'halving') throw new Error(alias)
    let sum = 0n
    for (let halving = 0n; halving < 64n; halving += 1n)
      sum += (BigInt(subsidy.initial) >> halving) * BigInt(subsidy.interval)
    const most = BigInt(maxMoney)
    expect(sum <= most && most - sum < most / 1_000_000n).toBe(true)
  }
})

test('early rewards of Dogecoin were random and are unknown; later ones halve to 10,000 for ever', () => {
  const { subsidy } = packOf('dogecoin')
  expect(subsidy).toEqual({
    kind: 'table',
    steps: [
      { until: 145000, amount: null },
      { until: 200000, amount: '25000000000000' },
      { until: 300000, amount: '12500000000000' },
      { until: 400000, amount: '6250000000000' },
      { until: 500000, amount: '3125000000000' },
      { until: 600000, amount: '1562500000000' },
      { until: null, amount: '1000000000000' },
    ],
  })
})

/** Sets one field of the Bitcoin pack, named by its path, and expects a code at a place. */
const flaws: readonly (readonly [path: string, value: unknown, code: string, place: string])[] = [
  ['caip2', 'bitcoin', 'CHAIN_PACK_FIELD', 'chain pack 1.caip2'],
  ['caip2', 'bip122:000000000019d6689c085ae165831e94', 'CHAIN_PACK_FIELD', 'asset.caip19'],
  ['aliases', [], 'CHAIN_PACK_FIELD', 'aliases'],
  ['aliases.1', 'BTC', 'CHAIN_PACK_FIELD', 'aliases[1]'],
  ['name', ' ', 'CHAIN_PACK_FIELD', 'name'],
  ['network', 'livenet', 'CHAIN_PACK_FIELD', 'network'],
  ['asset.decimals', 8.5, 'CHAIN_PACK_FIELD', 'asset.decimals'],
  ['asset.colour', 'gold', 'CHAIN_PACK_FIELD', 'asset.colour'],
  ['genesis.hash', '00', 'CHAIN_PACK_FIELD', 'genesis.hash'],
  ['genesis.header', '0'.repeat(160), 'CHAIN_PACK_GENESIS', 'genesis'],
  ['magic', 'F9BEB4D9', 'CHAIN_PACK_FIELD', 'magic'],
  ['address.p2pkh', 256, 'CHAIN_PACK_FIELD', 'address.p2pkh'],
  ['address.p2sh', [], 'CHAIN_PACK_FIELD', 'address.p2sh'],
  ['address.bech32', 'BC', 'CHAIN_PACK_FIELD', 'address.bech32'],
  ['segwit', 'yes', 'CHAIN_PACK_FIELD', 'segwit'],
  ['subsidy.interval', 0, 'CHAIN_PACK_FIELD', 'subsidy.interval'],
  ['subsidy', { kind: 'table', steps: [{ until: 9, amount: '1' }] }, 'CHAIN_PACK_FIELD', 'subsidy.steps[0].until'],
  [
    'subsidy',
    {
      kind: 'table',
      steps: [
        { until: 9, amount: '1' },
        { until: 9, amount: '1' },
        { until: null, amount: '1' },
      ],
    },
    'CHAIN_PACK_FIELD',
    'subsidy.steps[1].until',
  ],
  ['subsidy', { kind: 'gift' }, 'CHAIN_PACK_FIELD', 'subsidy.kind'],
  ['maxMoney', 2100000000000000, 'CHAIN_PACK_FIELD', 'maxMoney'],
  ['forkedFrom', {}, 'CHAIN_PACK_FIELD', 'forkedFrom.caip2'],
  ['source', undefined, 'CHAIN_PACK_FIELD', 'source'],
  ['recognition.proofOfWork', 'scrypt', 'CHAIN_PACK_FIELD', 'recognition.proofOfWork'],
]

test('a pack with a flaw is refused with the place of the field', () => {
  for (const [path, value, code, place] of flaws) {
    const refused = chainPacks([withField(path, value)])
    expect([path, refused.ok ? 'accepted' : refused.refusal.code]).toEqual([path, code])
    if (!refused.ok) expect(refused.refusal.place).toMatch(new RegExp(`${place.replaceAll(/[[\].]/g, '\\$&')}$`))
  }
  for (const value of [null, 7, 'pack', []]) expect(chainPacks([value]).ok).toBe(false)
})

test('two packs cannot have the same name', () => {
  const refused = chainPacks([files[0], files[0]])
  expect(refused.ok ? null : refused.refusal.code).toBe('CHAIN_PACK_CONFLICT')
})

test('a chain is found by id or alias in any case, and a wrong name is never taken for a near one', () => {
  expect(packOf('BTC').name).toBe('Bitcoin')
  expect(packOf('BIP122:000000000019D6689C085AE165831E93').name).toBe('Bitcoin')
  const fixes: readonly (readonly [string, string | null])[] = [
    ['bitcion', 'bitcoin'],
    ['lite-coin', 'litecoin'],
    ['dogcoin', 'dogecoin'],
    ['btcc', 'btc'],
    ['monero', null],
    ['', null],
    ['\u202ebtc', 'btc'],
  ]
  for (const [text, near] of fixes) {
    const refused = findChain(shippedChainPacks, text)
    if (refused.ok) throw new Error(`${text} was found`)
    expect(refused.refusal.code).toBe('CHAIN_UNKNOWN')
    expect([text, /Did you mean "(.*?)"/.exec(refused.refusal.fix ?? '')?.[1] ?? null]).toEqual([text, near])
    expect(refused.refusal.message).toMatch(/^[ -~…]*$/)
  }
})

test('every code that addresses, scripts and packs refuse with is listed once, and none is listed in vain', () => {
  const codes = chainsCodes.map(({ code }) => code)
  expect(codes.filter((code, place) => codes.indexOf(code) !== place)).toEqual([])
  const room = new URL('.', import.meta.url)
  const sources = readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('codes.ts'))
    .map((name) => ({ name, text: readFileSync(new URL(name, room), 'utf8') }))
  const used = sources
    .filter(({ name }) => /^(address|chain-pack|script|shipped)/.test(name))
    .flatMap(({ text }) => [...text.matchAll(/'((?:ADDRESS|CHAIN)_[A-Z0-9_]+)'/g)].map(([, code]) => code ?? ''))
  expect(used.filter((code) => !codes.includes(code))).toEqual([])
  const own = codes.filter((code) => /^(ADDRESS|CHAIN)_/.test(code))
  expect(own.filter((code) => !sources.some(({ text }) => text.includes(`'${code}'`)))).toEqual([])
})

function packOf(name: string) {
  const found = findChain(shippedChainPacks, name)
  if (!found.ok) throw new Error(found.refusal.message)
  return found.value
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}

function withField(path: string, value: unknown): unknown {
  const bitcoin: Record<string, unknown> = JSON.parse(readFileSync(new URL('bitcoin.json', folder), 'utf8'))
  const steps = path.split('.')
  let owner: Record<string, unknown> = bitcoin
  for (const step of steps.slice(0, -1)) owner = owner[step] as Record<string, unknown>
  owner[steps.at(-1) ?? ''] = value
  return bitcoin
}
