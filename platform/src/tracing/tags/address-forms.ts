/**
 * Address forms of chains that have no pack here: enough to tell a typing error from an address.
 * Which currency uses which form is data (packs/tags/currencies.json).
 */
import { base58, base58xmr, base58xrp, bech32 } from '@scure/base'
import { bytesToHex, doubleSha256 } from '../../kernel/index.ts'
import type { AddressCheck } from './tag.ts'

export type AddressForm = {
  readonly form: 'hex20' | 'base58check' | 'base58check-xrp' | 'base58' | 'base58-xmr' | 'bech32' | 'chain-pack'
  /** Version bytes in hex, for base58check. */
  readonly versions?: readonly string[]
  /** Payload length (base58check: without version and checksum). */
  readonly bytes?: number
  /** Human-readable part of bech32. */
  readonly prefix?: string
  /** Where this form tells the chain although the currency does not; or the pack to ask for `chain-pack`. */
  readonly chain?: string
}

export type FormMatch = { readonly text: string; readonly check: AddressCheck }

/** The address in the spelling of its chain, or `null` if the text does not have this form. `chain-pack` is asked elsewhere. */
export function matchForm(text: string, form: AddressForm): FormMatch | null {
  switch (form.form) {
    case 'hex20':
      // Lower case is the one spelling here: EIP-55 capitals carry a checksum, not another address.
      return /^0[xX][0-9a-fA-F]{40}$/.test(text) ? { text: text.toLowerCase(), check: 'form' } : null
    case 'base58check':
      return hasBase58Checksum(
        decodeOrNull(() => base58.decode(text)),
        form,
      )
        ? { text, check: 'verified' }
        : null
    case 'base58check-xrp':
      return hasBase58Checksum(
        decodeOrNull(() => base58xrp.decode(text)),
        form,
      )
        ? { text, check: 'verified' }
        : null
    case 'base58':
      return decodeOrNull(() => base58.decode(text))?.length === form.bytes ? { text, check: 'form' } : null
    case 'base58-xmr':
      return decodeOrNull(() => base58xmr.decode(text))?.length === form.bytes ? { text, check: 'form' } : null
    case 'bech32':
      return decodeBech32(text)?.prefix === form.prefix ? { text: text.toLowerCase(), check: 'verified' } : null
    case 'chain-pack':
      return null
  }
}

/** `0x000…0`: tokens are minted from it and burnt to it; nobody holds its key, and a tag on it says nothing of a holder. */
export function isZeroAddress(text: string): boolean {
  return /^0x0{40}$/i.test(text)
}

function hasBase58Checksum(decoded: Uint8Array | null, form: AddressForm): boolean {
  if (decoded === null || decoded.length < 5) return false
  const body = decoded.subarray(0, -4)
  if (bytesToHex(doubleSha256(body).subarray(0, 4)) !== bytesToHex(decoded.subarray(-4))) return false
  const hex = bytesToHex(body)
  return (form.versions ?? []).some(
    (version) => hex.startsWith(version) && body.length === version.length / 2 + (form.bytes ?? 0),
  )
}

// The decoders of @scure/base throw on foreign text; here that is an answer, not a fault. The gate (subject.ts) bounds the
// length before: base58 takes quadratic time.
function decodeOrNull(decode: () => Uint8Array): Uint8Array | null {
  try {
    return decode()
  } catch {
    return null
  }
}

function decodeBech32(text: string): { readonly prefix: string } | null {
  return bech32.decodeUnsafe(text, 120) ?? null
}
