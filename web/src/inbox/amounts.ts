/** Amounts of the assets that messages name, between base units and what people write. */

/** Digits and at most one point; no grouping, since it differs between countries. */
const WRITTEN = /^(\d{1,30})(?:\.(\d{1,30}))?$/

/** In base units; null where it is no amount, or finer than the asset can be divided. */
export function baseUnits(written: string, decimals: number): string | null {
  const parts = WRITTEN.exec(written.trim().replace(/[\u202f\u00a0 ]/g, ''))
  if (!parts) return null
  const [, whole = '', part = ''] = parts
  if (part.length > decimals) return null
  return (whole + part.padEnd(decimals, '0')).replace(/^0+(?=\d)/, '')
}

/** As it is put into a field, so that it comes back as the same. */
export function writtenAmount(base: string, decimals: number): string {
  const digits = base.padStart(decimals + 1, '0')
  const part = digits.slice(digits.length - decimals).replace(/0+$/, '')
  const whole = digits.slice(0, digits.length - decimals)
  return decimals === 0 || part === '' ? whole : `${whole}.${part}`
}
