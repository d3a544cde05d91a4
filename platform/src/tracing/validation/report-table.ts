/** How figures stand in the report. */
import { type Rate, sumOfRates } from './rate.ts'

export function pooled<K extends string>(figures: readonly { readonly [key in K]: Rate }[], field: K): string {
  return shown(sumOfRates(figures.map((figure) => figure[field])))
}

export function shown({ share, low, high, of }: Rate): string {
  return share === null ? '–' : `${share} [${low}–${high}] of ${of}`
}

export function short({ share, of }: Rate): string {
  return share === null ? '–' : `${share} of ${of}`
}

export function part(shares: readonly { readonly right: number; readonly of: number }[]): string {
  return percent({
    right: shares.reduce((sum, { right }) => sum + right, 0),
    of: shares.reduce((sum, { of }) => sum + of, 0),
  })
}

export function percent({ right, of }: { readonly right: number; readonly of: number }): string {
  return of === 0 ? '–' : (right / of).toFixed(4)
}

/** Per cent with two decimals, rounded down. */
export function hundredths(part: bigint, whole: bigint): string {
  const value = whole === 0n ? 0n : (part * 10_000n) / whole
  return `${value / 100n}.${String(value % 100n).padStart(2, '0')}`
}

export function code(name: string): string {
  return `\`${name}\``
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
}
