/**
 * The gate for addresses: text from outside becomes an address of one chain here, or is refused with the reason.
 *
 * `readAddress` is the only way in, and it is strict; everything about errors is in `address-refusal.ts`, which never
 * accepts anything. No corrected address is ever suggested: BIP-173 ("Error detection") and the CashAddr specification
 * warn that a correction by guess sends the money to somebody else.
 */
import { ok, type Result, refuse } from '../kernel/index.ts'
import { type ParsedAccountAddress, parseAccountAddress } from './account-address.ts'
import type { AccountPack } from './account-pack.ts'
import { readBase58 } from './address-base58.ts'
import { isProgramLength, programOf, readBech32 } from './address-bech32.ts'
import {
  CASH_P2PKH,
  CASH_P2SH,
  CASH_TOKEN_P2PKH,
  CASH_TOKEN_P2SH,
  cashAddressOf,
  readCashaddr,
} from './address-cashaddr.ts'
import { type ForeignCharacter, foreignCharacters, isPlain } from './address-characters.ts'
import { refuseAddress } from './address-refusal.ts'
import type { ChainPack } from './chain-pack.ts'
import type { ScriptType } from './ledger.ts'
import {
  isMweb,
  keyHashAddress,
  keyHashScript,
  scriptHashAddress,
  scriptHashScript,
  witnessScript,
  witnessType,
} from './script.ts'
import { shippedChainPacks } from './shipped-chain-packs.ts'

export type ParsedAddress = {
  /** The canonical form: the one under which the ledger knows the address. */
  readonly text: string
  readonly type: ScriptType
  /** The output script that pays this address, in hex. */
  readonly script: string
  /** CAIP-2 id of the chain. */
  readonly chain: string
  /** What to know of the way it was written, where that is not the canonical form; else `null`. */
  readonly notice: string | null
}

/** Longer than every form of address that is read here (cashaddr with 64 bytes has 124); checked before decoding. */
export const ADDRESS_MAX = 128

/**
 * Reads an address of the chain of `pack`.
 *
 * Codes: ADDRESS_EMPTY, _TOO_LONG, _WHITE_SPACE, _CHARACTER, _MIXED_CASE, _CHECKSUM, _LENGTH, _PADDING,
 * _BECH32_VARIANT, _UNKNOWN_TYPE, _OTHER_CHAIN, _MWEB, _SECRET_KEY, _EXTENDED_KEY, _NOT_RECOGNISED.
 *
 * @example parseAddress('BC1SW50QGDZ25J', bitcoin) // text bc1sw50qgdz25j, script 6002751e
 */
export function parseAddress(text: string, pack: ChainPack, known?: readonly ChainPack[]): Result<ParsedAddress>
export function parseAddress(text: string, pack: AccountPack): Result<ParsedAccountAddress>
export function parseAddress(
  text: string,
  pack: ChainPack | AccountPack,
  known?: readonly ChainPack[],
): Result<ParsedAddress | ParsedAccountAddress>
export function parseAddress(
  text: string,
  pack: ChainPack | AccountPack,
  known: readonly ChainPack[] = shippedChainPacks,
): Result<ParsedAddress | ParsedAccountAddress> {
  const flaw = refuseText(text)
  if (flaw) return flaw
  if (pack.family === 'account') return parseAccountAddress(text, pack)
  const address = readAddress(text, pack)
  if (address) return ok(address)
  const chains = known.filter((other) => other.caip2 !== pack.caip2 && readAddress(text, other) !== null)
  return refuseAddress(text, pack, chains, known)
}

/** The output script, in hex, that pays an address. */
export function addressToScript(address: string, pack: ChainPack): Result<string> {
  const parsed = parseAddress(address, pack)
  return parsed.ok ? ok(parsed.value.script) : parsed
}

/** The address in `text`, if it is one of this chain and right in every part. */
export function readAddress(text: string, pack: ChainPack): ParsedAddress | null {
  return readBase58Address(text, pack) ?? readSegwitAddress(text, pack) ?? readCashAddress(text, pack)
}

function readBase58Address(text: string, pack: ChainPack): ParsedAddress | null {
  if (text.length > 40) return null
  const reading = readBase58(text)
  if (!reading?.checksumHolds || reading.bytes.length !== 21) return null
  const version = reading.bytes[0] ?? -1
  const hash = reading.bytes.slice(1)
  if (version === pack.address.p2pkh) return keyHash(hash, pack, noticeOf(text, keyHashAddress(hash, pack), pack))
  if (!pack.address.p2sh.includes(version)) return null
  return scriptHash(hash, pack, noticeOf(text, scriptHashAddress(hash, pack), pack))
}

/** Base58 that is not canonical: Bitcoin Cash before cashaddr, and script addresses of Litecoin before `M…`. */
function noticeOf(text: string, canonical: string, pack: ChainPack): string | null {
  if (text === canonical) return null
  return `Written in the older form, which other chains use too; on ${pack.name} it is ${canonical}. Make sure that the address was meant for ${pack.name}.`
}

function readSegwitAddress(text: string, pack: ChainPack): ParsedAddress | null {
  const prefix = pack.address.bech32
  if (!pack.segwit || prefix === null || !text.toLowerCase().startsWith(`${prefix}1`)) return null
  const reading = readBech32(text)
  const version = reading?.words[0]
  if (!reading || reading.prefix !== prefix || version === undefined || version > 16) return null
  if (reading.variant !== (version === 0 ? 'bech32' : 'bech32m')) return null
  const program = programOf(reading.words)
  if (!program || !isProgramLength(version, program.length) || isMweb(version, program.length, pack)) return null
  const canonical = text.toLowerCase()
  return {
    text: canonical,
    type: witnessType(version, program.length),
    script: witnessScript(version, program),
    chain: pack.caip2,
    notice: text === canonical ? null : 'Written in upper case, as in QR codes.',
  }
}

function readCashAddress(text: string, pack: ChainPack): ParsedAddress | null {
  const prefix = pack.address.cashaddr
  if (prefix === null) return null
  const lower = text.toLowerCase()
  // The prefix takes part in the checksum, so that text without it still belongs to one network only.
  const payload = lower.startsWith(`${prefix}:`) ? lower.slice(prefix.length + 1) : lower
  if (text !== lower && text !== text.toUpperCase()) return null
  const words = readCashaddr(prefix, payload)
  const address = words && cashAddressOf(words)
  if (!address || typeof address === 'string') return null
  const { kind, hash } = address
  const tokens =
    kind === CASH_TOKEN_P2PKH || kind === CASH_TOKEN_P2SH
      ? 'Written in the form for wallets that understand tokens; it pays the same script.'
      : null
  const written =
    tokens ??
    (text === `${prefix}:${payload}`
      ? null
      : text === lower
        ? 'Written without its prefix.'
        : 'Written in upper case, as in QR codes.')
  if ((kind === CASH_P2PKH || kind === CASH_TOKEN_P2PKH) && hash.length === 20) return keyHash(hash, pack, written)
  const fits = hash.length === 20 || (hash.length === 32 && pack.p2sh32)
  return (kind === CASH_P2SH || kind === CASH_TOKEN_P2SH) && fits ? scriptHash(hash, pack, written) : null
}

function keyHash(hash: Uint8Array, pack: ChainPack, notice: string | null): ParsedAddress {
  return { text: keyHashAddress(hash, pack), type: 'p2pkh', script: keyHashScript(hash), chain: pack.caip2, notice }
}

function scriptHash(hash: Uint8Array, pack: ChainPack, notice: string | null): ParsedAddress {
  return {
    text: scriptHashAddress(hash, pack),
    type: 'p2sh',
    script: scriptHashScript(hash),
    chain: pack.caip2,
    notice,
  }
}

/** What is wrong with the text before any decoding: nothing there, too much, or a character of no address. */
function refuseText(text: string): ReturnType<typeof refuse> | null {
  if (text === '') return refuse('ADDRESS_EMPTY', 'The address is empty.', { fix: 'Write the address.' })
  if (text.length > ADDRESS_MAX) {
    return refuse(
      'ADDRESS_TOO_LONG',
      `The text has ${text.length} characters; no address has more than ${ADDRESS_MAX}.`,
      {
        fix: 'Write one address only.',
      },
    )
  }
  const foreign = foreignCharacters(text, isPlain)
  const [first] = foreign
  if (!first) return null
  const blank = foreign.every(isBlank)
  const list = foreign.map(({ position, named }) => `${named} at character ${position}`).join(', ')
  return refuse(
    blank ? 'ADDRESS_WHITE_SPACE' : 'ADDRESS_CHARACTER',
    blank
      ? `There is white space in the address: ${list}.`
      : `The address contains characters that no address has: ${list}.`,
    {
      place: `character ${first.position}`,
      fix: blank
        ? 'Remove the white space.'
        : 'Copy the address again from its source, or type it anew in Latin letters and digits.',
    },
  )
}

function isBlank({ whiteSpace }: ForeignCharacter): boolean {
  return whiteSpace
}
