/**
 * The gate through which the text of a tag file becomes a subject: a place on a ledger.
 *
 * An address that is none on the stated chain is never re-filed to where it would fit. The tag is kept with its
 * subject `refused`, so that it matches nothing, and the defect says where the address would fit.
 */
import { parseAddress, shippedChainPacks } from '../../chains/index.ts'
import { type AddressForm, isZeroAddress, matchForm } from './address-forms.ts'
import { type Currency, currenciesWithChain, findCurrency, findPack } from './currency.ts'
import type { AddressCheck, TagSubject } from './tag.ts'

/** Longest text that is looked at as an address: Cardano's Byron addresses have 104 characters, MobileCoin's about 150. */
const longestAddress = 200

export type SubjectFlaw = { readonly code: string; readonly message: string }
export type SubjectReading = { readonly subject: TagSubject; readonly flaws: readonly SubjectFlaw[] }

export function readAddressSubject(written: string, currency: string | null, network: string | null): SubjectReading {
  const stated = written
  const text = written.trim()
  const trimmed: readonly SubjectFlaw[] =
    text === written
      ? []
      : [{ code: 'TAG_TEXT_TRIMMED', message: `The address ${show(text)} has spaces around it; they were removed.` }]
  const named = findCurrency(network ?? currency ?? '')
  const make = (chain: string | null, address: string, check: AddressCheck): TagSubject => ({
    kind: 'address',
    chain,
    text: address,
    stated,
    currency,
    network,
    check,
  })

  if (isZeroAddress(text)) {
    const message = `Nobody can hold ${text}: tokens are minted from it and burnt to it. The tag is kept and never matches.`
    return {
      subject: make(named?.chain ?? null, text.toLowerCase(), 'refused'),
      flaws: [...trimmed, { code: 'TAG_ADDRESS_NO_HOLDER', message }],
    }
  }
  if (named === null && text.length <= longestAddress) return { subject: make(null, text, 'unchecked'), flaws: trimmed }
  const found = named && text.length <= longestAddress ? matchCurrency(text, named) : null
  if (found) return { subject: make(found.chain, found.text, found.check), flaws: trimmed }
  if (named && !named.closed && text.length <= longestAddress)
    return { subject: make(named.chain, text, 'unchecked'), flaws: trimmed }
  return {
    subject: make(named?.chain ?? null, text, 'refused'),
    flaws: [...trimmed, refusedAddress(text, currency, network, named)],
  }
}

/** A transaction hash: 64 hexadecimal digits, with `0x` on EVM chains. */
export function readTransactionSubject(
  written: string,
  currency: string | null,
  network: string | null,
): SubjectReading {
  const text = written.trim().toLowerCase()
  const chain = findCurrency(network ?? currency ?? '')?.chain ?? null
  const evm = chain?.startsWith('eip155:') ?? false
  const right = /^(0x)?[0-9a-f]{64}$/.test(text)
  const digits = right ? text.replace(/^0x/, '') : text
  const subject: TagSubject = {
    kind: 'transaction',
    chain,
    text: right && evm ? `0x${digits}` : digits,
    stated: written,
    currency,
    network,
    check: right ? 'form' : 'refused',
  }
  if (right) return { subject, flaws: [] }
  return {
    subject,
    flaws: [
      {
        code: 'TAG_TX_HASH_INVALID',
        message: `${show(text)} is not a transaction hash (64 hexadecimal digits). The tag is kept and never matches.`,
      },
    ],
  }
}

type Found = { readonly chain: string | null; readonly text: string; readonly check: AddressCheck }

function matchCurrency(text: string, currency: Currency): Found | null {
  if (currency.pack) return matchPack(text, currency.pack.caip2)
  for (const form of currency.addresses) {
    const match = form.form === 'chain-pack' ? matchPack(text, form.chain ?? '') : matchForm(text, form)
    if (match) return { chain: form.chain ?? currency.chain, text: match.text, check: match.check }
  }
  return null
}

function matchPack(text: string, caip2: string): Found | null {
  const pack = findPack(caip2)
  if (pack === null) return null
  const parsed = parseAddress(text, pack)
  return parsed.ok ? { chain: pack.caip2, text: parsed.value.text, check: 'verified' } : null
}

function refusedAddress(
  text: string,
  currency: string | null,
  network: string | null,
  named: Currency | null,
): SubjectFlaw {
  const stated = network ?? currency ?? 'its currency'
  const elsewhere = text.length <= longestAddress ? chainsWhereItFits(text, named?.chain ?? null) : []
  if (elsewhere.length > 0) {
    const message = `${show(text)} is filed as ${stated} and is no address there; it is a valid address of ${elsewhere.join(', ')}. The tag is kept as filed and never matches.`
    return { code: 'TAG_ADDRESS_OF_OTHER_CHAIN', message }
  }
  const why = named?.pack ? whyRefused(text, named.pack.caip2) : ''
  return {
    code: 'TAG_ADDRESS_INVALID',
    message: `${show(text)} is no address of ${stated}.${why} The tag is kept and never matches.`,
  }
}

function whyRefused(text: string, caip2: string): string {
  const pack = findPack(caip2)
  if (pack === null || text.length > longestAddress) return ''
  const parsed = parseAddress(text, pack)
  return parsed.ok ? '' : ` ${parsed.refusal.message}`
}

/** Chains on which the checksum of the text holds; a form without a checksum proves nothing and is not named. */
function chainsWhereItFits(text: string, except: string | null): readonly string[] {
  const fits = new Set<string>()
  for (const pack of shippedChainPacks) {
    if (pack.network === 'mainnet' && pack.caip2 !== except && parseAddress(text, pack).ok) fits.add(pack.caip2)
  }
  for (const { chain, addresses } of currenciesWithChain()) {
    if (chain !== except && addresses.some((form: AddressForm) => matchForm(text, form)?.check === 'verified'))
      fits.add(chain)
  }
  return [...fits].sort()
}

function show(text: string): string {
  return `"${text.length > 110 ? `${text.slice(0, 110)}…` : text}"`
}
