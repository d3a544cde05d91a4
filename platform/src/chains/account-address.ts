/**
 * Addresses of account chains. Where letters of both cases stand in an address of the EVM they are its checksum (EIP-55)
 * and must be right; in one case only there is none, which is said. Tron writes the same 20 bytes as base58check.
 */
import { bytesToHex, hexToBytes, keccak256, ok, type Result, refuse, utf8 } from '../kernel/index.ts'
import type { AccountPack } from './account-pack.ts'
import { encodeBase58check, readBase58 } from './address-base58.ts'

export type ParsedAccountAddress = {
  /** As the ledger writes it: lower case with 0x on chains of the EVM, base58 on Tron. */
  readonly text: string
  /** As people write it, with its checksum. */
  readonly shown: string
  readonly type: 'account'
  readonly chain: string
  readonly notice: string | null
}

export function parseAccountAddress(text: string, pack: AccountPack): Result<ParsedAccountAddress> {
  const read = readAccountAddress(text, pack.address)
  if (read !== null)
    return ok({
      text: read,
      shown: shownAccountAddress(read),
      type: 'account',
      chain: pack.caip2,
      notice: noticeOf(text, pack),
    })
  if (/^0x[0-9a-f]{40}$/i.test(text))
    return pack.address.form === 'tron'
      ? refuse('ADDRESS_OTHER_CHAIN', `This is an address in the form of Ethereum, not in that of ${pack.name}.`, {
          fix: `Write the address as ${pack.name} shows it, beginning with T.`,
        })
      : refuse('ADDRESS_CHECKSUM', 'The upper and lower case letters of the address are not its checksum (EIP-55).', {
          fix: 'Compare the address with its source, character by character. It is never corrected by guess.',
        })
  if (/^(0x)?[0-9a-f]{64}$/i.test(text))
    return refuse(
      'ADDRESS_LENGTH',
      'This has the length of a transaction id or of a private key, not of an address. It is not repeated here.',
      { fix: 'Write the 40 hexadecimal digits of the address, with 0x before them.' },
    )
  const base58 = readBase58(text)
  if (base58 && !base58.checksumHolds && pack.address.form === 'tron')
    return refuse('ADDRESS_CHECKSUM', 'The checksum of this base58 address is wrong.', {
      fix: 'Compare the address with its source, character by character. It is never corrected by guess.',
    })
  if (base58?.checksumHolds)
    return refuse('ADDRESS_OTHER_CHAIN', `This is a well-formed base58 address, but none of ${pack.name}.`, {
      fix: `Name the chain that it is of, or write an address of ${pack.name}.`,
    })
  return refuse('ADDRESS_NOT_RECOGNISED', `The text has the form of no address of ${pack.name}.`, {
    fix:
      pack.address.form === 'tron'
        ? 'Write the 34 characters of the address, beginning with T.'
        : 'Write 0x and 40 hexadecimal digits.',
  })
}

/** The address as the ledger writes it; `null` where the text is none, or its checksum is wrong. */
export function readAccountAddress(text: string, form: AccountPack['address']): string | null {
  if (form.form === 'tron') {
    if (text.length > 40) return null
    const reading = readBase58(text)
    return reading?.checksumHolds && reading.bytes.length === 21 && reading.bytes[0] === form.version ? text : null
  }
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) return null
  const digits = text.slice(2)
  const lower = digits.toLowerCase()
  if (digits === lower || digits === digits.toUpperCase()) return `0x${lower}`
  return eip55(`0x${lower}`) === text ? `0x${lower}` : null
}

/** With the checksum of EIP-55 where it is an address of the EVM; as it is otherwise. */
export function shownAccountAddress(address: string): string {
  return /^0x[0-9a-f]{40}$/.test(address) ? eip55(address) : address
}

/** The 20 bytes of an address, in the form in which a chain writes them. */
export function accountAddressOf(bytes: Uint8Array, form: AccountPack['address']): string {
  return form.form === 'tron' ? encodeBase58check(form.version, bytes) : `0x${bytesToHex(bytes)}`
}

/** The 20 bytes of an address as the ledger writes it. */
export function accountBytes(address: string, form: AccountPack['address']): Uint8Array {
  if (form.form !== 'tron') return hexToBytes(address.slice(2))
  return readBase58(address)?.bytes.slice(1) ?? new Uint8Array()
}

/** The address that a contract gets which `sender` creates as its transaction `nonce` (Yellow Paper, section 7). */
export function createdAddress(sender: string, nonce: number): string {
  const digits = nonce === 0 ? '' : nonce.toString(16)
  const number = digits.length % 2 === 0 ? digits : `0${digits}`
  const size = number.length / 2
  const rlpNonce = nonce === 0 ? '80' : nonce < 0x80 ? number : `${(0x80 + size).toString(16)}${number}`
  const body = `94${sender.slice(2)}${rlpNonce}`
  const rlp = `${(0xc0 + body.length / 2).toString(16)}${body}`
  return `0x${bytesToHex(keccak256(hexToBytes(rlp))).slice(24)}`
}

function eip55(lower: string): string {
  const hash = bytesToHex(keccak256(utf8(lower.slice(2))))
  let shown = '0x'
  for (let at = 0; at < 40; at++) {
    const digit = lower[at + 2] ?? ''
    shown += Number.parseInt(hash[at] ?? '0', 16) >= 8 ? digit.toUpperCase() : digit
  }
  return shown
}

function noticeOf(text: string, pack: AccountPack): string | null {
  if (pack.address.form === 'tron') return null
  const digits = text.slice(2)
  const oneCase = digits === digits.toLowerCase() || digits === digits.toUpperCase()
  return oneCase && /[a-f]/i.test(digits)
    ? 'Written in one case, without the checksum of EIP-55: a typing error would not show.'
    : null
}
