/**
 * What the currency or network code of a tag file names: a chain of packs/chains, by alias or ticker, or an entry of
 * packs/tags/currencies.json. Codes are compared without regard to case, as the packs in circulation demand.
 */
import currencyPack from '../../../../packs/tags/currencies.json' with { type: 'json' }
import { type ChainPack, shippedAccountPacks, shippedChainPacks } from '../../chains/index.ts'
import type { AddressForm } from './address-forms.ts'

export type Currency = {
  /** CAIP-2 id; `null` where the code does not fix the chain. */
  readonly chain: string | null
  /** The pack of the chain, where Comity reads its ledger. */
  readonly pack: ChainPack | null
  readonly addresses: readonly AddressForm[]
  /** Whether an address in none of the listed forms is no address of this currency. */
  readonly closed: boolean
}

type CurrencyEntry = {
  readonly code: string
  readonly sameAs?: string
  readonly chain?: string | null
  readonly addresses: readonly AddressForm[]
  readonly closed: boolean
}

const entries = currencyPack.currencies as readonly CurrencyEntry[]
const entryByCode = new Map(entries.map((entry) => [entry.code.toUpperCase(), entry]))
const packByCode = new Map<string, ChainPack>()
const packByCaip2 = new Map(shippedChainPacks.map((pack) => [pack.caip2, pack]))
for (const pack of shippedChainPacks) {
  packByCode.set(pack.caip2.toUpperCase(), pack)
  for (const alias of pack.aliases) packByCode.set(alias.toUpperCase(), pack)
  if (pack.network === 'mainnet') packByCode.set(pack.asset.symbol.toUpperCase(), pack)
}

/** `null` for a code that neither the chain packs nor the currency pack know: its tags are kept with the chain open. */
export function findCurrency(code: string): Currency | null {
  const known = entryByCode.get(code.toUpperCase())
  const entry = known?.sameAs === undefined ? known : (entryByCode.get(known.sameAs.toUpperCase()) ?? known)
  const pack = packByCode.get((known?.sameAs ?? code).toUpperCase())
  if (pack) return ofPack(pack)
  if (!entry) return ofAccountChain(code)
  const ownPack = entry.chain ? packByCaip2.get(entry.chain) : undefined
  if (ownPack) return ofPack(ownPack)
  return { chain: entry.chain ?? null, pack: null, addresses: entry.addresses, closed: entry.closed }
}

export function findPack(caip2: string): ChainPack | null {
  return packByCaip2.get(caip2) ?? null
}

/** Codes of the currency pack that fix a chain: where a refused address may really belong. */
export function currenciesWithChain(): readonly {
  readonly code: string
  readonly chain: string
  readonly addresses: readonly AddressForm[]
}[] {
  return entries.flatMap((entry) =>
    entry.chain ? [{ code: entry.code, chain: entry.chain, addresses: entry.addresses }] : [],
  )
}

/** A chain of accounts, by its CAIP-2 id or an alias; codes of currencies stand in the currency pack. */
function ofAccountChain(code: string): Currency | null {
  const pack = shippedAccountPacks.find(
    ({ caip2, aliases }) => caip2 === code.toLowerCase() || aliases.includes(code.toLowerCase()),
  )
  // An address of the EVM has the same form on whichever chain its CAIP-2 id names.
  if (!pack && /^eip155:[0-9]{1,20}$/i.test(code))
    return { chain: code.toLowerCase(), pack: null, addresses: [{ form: 'hex20' }], closed: true }
  if (!pack) return null
  const form: AddressForm =
    pack.address.form === 'tron'
      ? { form: 'base58check', versions: [pack.address.version.toString(16)], bytes: 20 }
      : { form: 'hex20' }
  return { chain: pack.caip2, pack: null, addresses: [form], closed: true }
}

function ofPack(pack: ChainPack): Currency {
  return { chain: pack.caip2, pack, addresses: [], closed: true }
}
