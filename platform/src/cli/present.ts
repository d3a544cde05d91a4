/** Words and numbers for people: amounts with all decimals, dates in UTC, plain tables. */
import type { ChainPack } from '../chains/index.ts'
import { formatDecimal } from '../kernel/index.ts'

export function coins(amount: bigint | string, pack: Pick<ChainPack, 'asset'>): string {
  return `${formatDecimal(BigInt(amount), pack.asset.decimals)} ${pack.asset.symbol}`
}

export function utc(seconds: number | null): string {
  return seconds === null
    ? 'time unknown'
    : `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`
}

/** Columns padded to the widest cell; the columns named in `right` are right-aligned. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
    })
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Control and bidirectional characters of foreign text, made visible: a label must not be able to rewrite the screen. */
export function plain(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  )
}
