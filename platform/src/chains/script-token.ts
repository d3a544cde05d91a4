/**
 * The token prefix of Bitcoin Cash outputs (CHIP-2022-02 CashTokens): `ef`, 32 bytes of category, a bitfield, and as the
 * bitfield says a commitment and an amount. The output script follows. Where the prefix is not well formed, as before
 * the upgrade of May 2023, the whole is an ordinary script.
 */

const HAS_COMMITMENT = 0x40
const HAS_NFT = 0x20
const HAS_AMOUNT = 0x10

/** The script after the token prefix, in hex; the very text where there is none. */
export function withoutTokenPrefix(scriptHex: string): string {
  if (!scriptHex.startsWith('ef')) return scriptHex
  const bitfield = byteAt(scriptHex, 33)
  if (!isBitfield(bitfield)) return scriptHex
  let at = 34
  if (bitfield & HAS_COMMITMENT) {
    const length = compactAt(scriptHex, at)
    if (!length || length.value < 1n || length.value > BigInt(scriptHex.length)) return scriptHex
    at = length.next + Number(length.value)
  }
  if (bitfield & HAS_AMOUNT) {
    const amount = compactAt(scriptHex, at)
    if (!amount || amount.value < 1n || amount.value > 0x7fff_ffff_ffff_ffffn) return scriptHex
    at = amount.next
  }
  return at * 2 <= scriptHex.length ? scriptHex.slice(at * 2) : scriptHex
}

function isBitfield(bitfield: number): boolean {
  if (Number.isNaN(bitfield) || bitfield & 0x80) return false
  const capability = bitfield & 0x0f
  if (capability > 2) return false
  if (bitfield & HAS_NFT) return true
  return (bitfield & HAS_AMOUNT) !== 0 && capability === 0 && !(bitfield & HAS_COMMITMENT)
}

function byteAt(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
}

/** A compact size in its shortest form, as the specification demands; `null` where it is cut off or longer than needed. */
function compactAt(hex: string, at: number): { readonly value: bigint; readonly next: number } | null {
  const first = byteAt(hex, at)
  if (Number.isNaN(first)) return null
  if (first < 0xfd) return { value: BigInt(first), next: at + 1 }
  const width = first === 0xfd ? 2 : first === 0xfe ? 4 : 8
  const bytes = hex.slice(at * 2 + 2, at * 2 + 2 + width * 2)
  if (bytes.length < width * 2) return null
  const value = BigInt(`0x${(bytes.match(/../g) ?? []).reverse().join('')}`)
  const least = width === 2 ? 0xfdn : width === 4 ? 0x1_0000n : 0x1_0000_0000n
  return value < least ? null : { value, next: at + 1 + width }
}
