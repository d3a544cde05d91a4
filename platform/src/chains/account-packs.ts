/** Packs of account chains, read from JSON values with every field checked. */
import { catchRefusal, type Result } from '../kernel/index.ts'
import { readAccountAddress } from './account-address.ts'
import type { AccountPack } from './account-pack.ts'
import {
  type Fields,
  readChoice,
  readFields,
  readNumber,
  readText,
  readTextOrNull,
  wrong,
} from './chain-pack-fields.ts'

export function accountPacks(files: readonly unknown[]): Result<readonly AccountPack[]> {
  return catchRefusal(() => files.map(readAccountPack))
}

/** The family that a pack says it is of; packs that say nothing are of chains of outputs. */
export function packFamily(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'family' in value ? value.family : 'utxo'
}

/** Whether a chain, by its CAIP-2 id, is one of accounts. */
export function isAccountChain(caip2: string): boolean {
  return CAIP2.test(caip2)
}

const CAIP2 = /^(eip155:[1-9][0-9]{0,30}|tron:0x[0-9a-f]{8})$/
const AMOUNT = /^(0|[1-9][0-9]{0,24})$/
const SENTENCE = /\S/
// biome-ignore format: a list of names
const required = [
  'family', 'caip2', 'aliases', 'name', 'network', 'asset', 'genesis', 'address', 'fees', 'hashes', 'rewards', 'withdrawals',
  'nativeContracts', 'wrapped', 'rebasing', 'tokens', 'source', 'verified',
]

function readAccountPack(value: unknown, place: number): AccountPack {
  const id = typeof value === 'object' && value !== null && 'caip2' in value ? value.caip2 : null
  const top = readFields(
    value,
    typeof id === 'string' && CAIP2.test(id) ? `chain pack ${id}` : `chain pack ${place + 1}`,
    required,
  )
  const caip2 = readText(top, 'caip2', CAIP2, 'a CAIP-2 id of an account chain')
  const address = readAddressForm(top)
  const contract = (fields: Fields, name = 'address') => readContract(fields, name, address)
  const fees = readFields(top.of.fees, `${top.at}.fees`, ['baseFee', 'rest', 'l1Fee'])
  const genesis = readFields(top.of.genesis, `${top.at}.genesis`, ['hash', 'allocation'])
  const asset = readFields(top.of.asset, `${top.at}.asset`, ['symbol', 'decimals', 'caip19', 'baseUnit'])
  const caip19 = readText(asset, 'caip19', /^[^/]+\/slip44:[0-9]+$/, 'a CAIP-19 id with slip44')
  if (!caip19.startsWith(`${caip2}/`)) wrong(`${asset.at}.caip19`, 'does not begin with the CAIP-2 id of the pack')
  return {
    family: readChoice(top, 'family', ['account']),
    caip2,
    aliases: listOf(top, 'aliases', (one, at) => {
      if (typeof one !== 'string' || !/^[a-z0-9][a-z0-9-]{0,40}$/.test(one)) wrong(at, 'is not a lower-case alias')
      return one
    }),
    name: readText(top, 'name', SENTENCE, 'a name'),
    network: readChoice(top, 'network', ['mainnet', 'testnet', 'regtest']),
    asset: {
      symbol: readText(asset, 'symbol', /^[A-Za-z0-9]{1,12}$/, 'a symbol'),
      decimals: readNumber(asset, 'decimals', 0, 30),
      caip19,
      baseUnit: readText(asset, 'baseUnit', /^[a-z]+$/, 'the name of a unit'),
    },
    genesis: {
      hash: readTextOrNull(genesis, 'hash', /^[0-9a-f]{64}$/, '32 bytes in hex'),
      allocation: readChoice(genesis, 'allocation', ['ask', 'unknown']),
    },
    address,
    fees: {
      baseFee: rising(
        listOf(fees, 'baseFee', (one, at) => {
          const part = readFields(one, at, ['from', 'to'])
          return { from: readNumber(part, 'from', 0, 2 ** 40), to: part.of.to === null ? null : contract(part, 'to') }
        }),
        `${fees.at}.baseFee`,
      ),
      rest: readChoice(fees, 'rest', ['producer', 'unknown']),
      l1Fee: fees.of.l1Fee === null ? null : contract(fees, 'l1Fee'),
    },
    hashes:
      top.of.hashes === null
        ? null
        : readChoice<'ethereum' | 'like-ethereum'>(top, 'hashes', ['ethereum', 'like-ethereum']),
    rewards: rising(
      listOf(top, 'rewards', (one, at) => {
        const step = readFields(one, at, ['from', 'amount'])
        return {
          from: readNumber(step, 'from', 0, 2 ** 40),
          amount: readText(step, 'amount', AMOUNT, 'an amount in base units'),
        }
      }),
      `${top.at}.rewards`,
    ),
    withdrawals: top.of.withdrawals === null ? null : readNumber(top, 'withdrawals', 0, 2 ** 40),
    nativeContracts: listOf(top, 'nativeContracts', (one, at) => readContract({ at, of: { one } }, 'one', address)),
    wrapped: listOf(top, 'wrapped', (one, at) => {
      const token = readFields(one, at, ['address', 'symbol'])
      return { address: contract(token), symbol: symbolOf(token) }
    }),
    rebasing: listOf(top, 'rebasing', (one, at) => {
      const token = readFields(one, at, ['address', 'symbol', 'source'])
      return {
        address: contract(token),
        symbol: symbolOf(token),
        source: readText(token, 'source', SENTENCE, 'a source'),
      }
    }),
    tokens: listOf(top, 'tokens', (one, at) => {
      const token = readFields(one, at, ['address', 'symbol', 'decimals'])
      return { address: contract(token), symbol: symbolOf(token), decimals: readNumber(token, 'decimals', 0, 77) }
    }),
    source: readText(top, 'source', SENTENCE, 'a source'),
    verified: readText(top, 'verified', SENTENCE, 'a statement of what was verified'),
  }
}

function readAddressForm(top: Fields): AccountPack['address'] {
  const at = `${top.at}.address`
  const form = readChoice(readFields(top.of.address, at, ['form'], ['version']), 'form', ['eip55', 'tron'])
  if (form === 'eip55') {
    readFields(top.of.address, at, ['form'])
    return { form }
  }
  return { form, version: readNumber(readFields(top.of.address, at, ['form', 'version']), 'version', 0, 255) }
}

/** A contract in its form for people, so that a typing error shows; kept as the ledger writes it. */
function readContract({ at, of }: Fields, name: string, form: AccountPack['address']): string {
  const value = of[name]
  const read = typeof value === 'string' ? readAccountAddress(value, form) : null
  if (read === null) wrong(`${at}.${name}`, 'is not an address of the chain with its checksum')
  return read
}

function symbolOf(fields: Fields): string {
  return readText(fields, 'symbol', /^[A-Za-z0-9.]{1,12}$/, 'a symbol')
}

function listOf<Item>({ at, of }: Fields, name: string, item: (value: unknown, at: string) => Item): readonly Item[] {
  const value = of[name]
  if (!Array.isArray(value)) wrong(`${at}.${name}`, 'is not a list')
  return value.map((entry: unknown, place) => item(entry, `${at}.${name}[${place}]`))
}

function rising<Item extends { readonly from: number }>(items: readonly Item[], at: string): readonly Item[] {
  items.forEach(({ from }, place) => {
    if (place > 0 && from <= (items[place - 1]?.from ?? 0)) wrong(`${at}[${place}].from`, 'does not rise')
  })
  return items
}
