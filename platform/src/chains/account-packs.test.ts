import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createdAddress, shownAccountAddress } from './account-address.ts'
import { accountPacks, packFamily } from './account-packs.ts'
import { parseAddress } from './address.ts'
import { findChain } from './chain-packs.ts'
import { shippedAccountPacks } from './shipped-chain-packs.ts'

const folder = new URL('../../../packs/chains/', import.meta.url)
const files: readonly unknown[] = readdirSync(folder)
  .map((name): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8')))
  .filter((value) => packFamily(value) === 'account')

const packOf = (name: string) => {
  const found = findChain(shippedAccountPacks, name)
  if (!found.ok) throw new Error(found.refusal.message)
  return found.value
}

test('every pack of an account chain on disk is shipped, and read from disk it is the same', () => {
  const read = accountPacks(files)
  if (!read.ok) throw new Error(read.refusal.message)
  const byId = (packs: typeof read.value) => [...packs].sort((a, b) => (a.caip2 < b.caip2 ? -1 : 1))
  expect(byId(read.value)).toEqual(byId(shippedAccountPacks))
})

test.each([
  [{ caip2: 'eip155:0x1' }, 'chain pack 1.caip2'],
  [{ family: 'utxo' }, 'chain pack eip155:1.family'],
  [{ colour: 'red' }, 'chain pack eip155:1'],
  [{ wrapped: [{ address: '0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc3', symbol: 'WETH' }] }, 'wrapped[0].address'],
  [
    {
      rewards: [
        { from: 5, amount: '1' },
        { from: 5, amount: '2' },
      ],
    },
    'rewards[1].from',
  ],
  [{ rewards: [{ from: 5, amount: 1 }] }, 'rewards[0].amount'],
  [{ asset: { symbol: 'ETH', decimals: 18, caip19: 'eip155:2/slip44:60', baseUnit: 'wei' } }, 'asset.caip19'],
])('a flaw in a pack is refused with its place: %o', (change, place) => {
  const ethereum = files.find((file) => (file as { caip2: string }).caip2 === 'eip155:1') as object
  const read = accountPacks([{ ...ethereum, ...change }])
  expect(read.ok).toBe(false)
  if (!read.ok) expect(`${read.refusal.place} ${read.refusal.message}`).toContain(place)
})

test('the published checksums of EIP-55 hold, any other case of a letter does not, one case alone carries none', () => {
  const ethereum = packOf('ethereum')
  const published = JSON.parse(
    readFileSync(new URL('../../../vectors/addresses/eip55/accounts.json', import.meta.url), 'utf8'),
  ) as string[]
  for (const address of published) {
    const read = parseAddress(address, ethereum)
    expect(read.ok && [read.value.text, read.value.shown]).toEqual([address.toLowerCase(), address])
    const letter = address.search(/[a-f]/)
    if (letter < 0 || !/[A-F]/.test(address)) continue
    const changed = `${address.slice(0, letter)}${address[letter]?.toUpperCase()}${address.slice(letter + 1)}`
    if (changed.slice(2) === changed.slice(2).toUpperCase()) continue
    const refused = parseAddress(changed, ethereum)
    expect(refused.ok ? 'accepted' : refused.refusal.code).toBe('ADDRESS_CHECKSUM')
  }
  const lower = parseAddress('0xdac17f958d2ee523a2206206994597c13d831ec7', ethereum)
  expect(lower.ok && lower.value.shown).toBe('0xdAC17F958D2ee523a2206206994597C13D831ec7')
  expect(lower.ok && lower.value.notice).toContain('without the checksum')
})

test('addresses of Tron are base58check with 0x41; those of other chains are named as such', () => {
  const tron = packOf('trx')
  const good = parseAddress('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', tron)
  expect(good.ok && good.value.text).toBe('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')
  const code = (text: string, name: string) => {
    const read = parseAddress(text, packOf(name))
    return read.ok ? 'accepted' : read.refusal.code
  }
  expect(code('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u', 'tron')).toBe('ADDRESS_CHECKSUM')
  expect(code('1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'tron')).toBe('ADDRESS_OTHER_CHAIN')
  expect(code('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t', 'ethereum')).toBe('ADDRESS_OTHER_CHAIN')
  expect(code('0xdac17f958d2ee523a2206206994597c13d831ec7', 'tron')).toBe('ADDRESS_OTHER_CHAIN')
  expect(code('0xdac17f958d2ee523a2206206994597c13d831e', 'ethereum')).toBe('ADDRESS_NOT_RECOGNISED')
  expect(code(`0x${'ab'.repeat(32)}`, 'ethereum')).toBe('ADDRESS_LENGTH')
})

test('a created contract has the address that follows from its creator and nonce', () => {
  // The example of nonces 0 and 1 of one sender that is published in many places.
  expect(createdAddress('0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0', 0)).toBe(
    '0xcd234a471b72ba2f1ccf0a70fcaba648a5eecd8d',
  )
  expect(createdAddress('0x6ac7ea33f8831ea9dcc53393aaa88b25a785dbf0', 1)).toBe(
    '0x343c43a37d37dff08ae8c4a11544c718abb4fcf8',
  )
  expect(shownAccountAddress('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')).toBe('TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t')
})
