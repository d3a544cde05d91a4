/** Amounts are integers of the asset's smallest unit, as `bigint`; text forms are decimal strings. */
import { ok, type Result, refuse } from './refusal.ts'

/** `"123"` → 123n. Only plain decimal digits: no sign, no point, no exponent, at most 78 digits (uint256). */
export function parseBaseUnits(text: string): Result<bigint> {
  if (!/^(0|[1-9][0-9]{0,77})$/.test(text)) {
    return refuse('AMOUNT_NOT_BASE_UNITS', `"${text.slice(0, 90)}" is not a whole number of base units.`, {
      fix: 'Write the amount in base units (satoshi), digits only, for example 6369996546.',
    })
  }
  return ok(BigInt(text))
}

/**
 * `"63.69996546"` with 8 decimals → 6369996546n. Takes the text of a JSON number too (`6.369996546e1`), exactly and
 * without passing through a float. Refuses a value that is not a whole number of base units.
 */
export function parseDecimal(text: string, decimals: number): Result<bigint> {
  const match = /^(-?)([0-9]{1,60})(?:\.([0-9]{1,60}))?(?:[eE]([+-]?[0-9]{1,3}))?$/.exec(text)
  const wrong = (why: string) =>
    refuse('AMOUNT_NOT_DECIMAL', `"${text.slice(0, 90)}" ${why}.`, {
      fix: `Write the amount with at most ${decimals} decimals, for example 63.69996546.`,
    })
  if (!match) return wrong('is not a decimal number')
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (sign) return wrong('is negative')
  const digits = whole + fraction
  const shift = decimals - fraction.length + Number(exponent)
  if (shift >= 0) {
    if (shift > 120) return wrong('is too large')
    return ok(BigInt(digits) * 10n ** BigInt(shift))
  }
  const cut = -shift
  const padded = digits.padStart(cut + 1, '0')
  if (!/^0*$/.test(padded.slice(padded.length - cut))) return wrong(`has more than ${decimals} decimals`)
  return ok(BigInt(padded.slice(0, padded.length - cut)))
}

/** 6369996546n with 8 decimals → `"63.69996546"`, all decimals always shown. */
export function formatDecimal(amount: bigint, decimals: number): string {
  const negative = amount < 0n
  const digits = (negative ? -amount : amount).toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return negative ? `-${text}` : text
}
