/** The times that a roster begins with, as fields have them: wall clocks without a zone. Pure. */

type Span = { readonly from: string; readonly until: string }

const HOUR = 3_600_000

/** A week from the next full hour. */
export function firstSpan(now: string): Span {
  const from = plus(`${now.slice(0, 13)}:00`, 1)
  return { from, until: plus(from, 7 * 24) }
}

/** Twelve hours from where the last shift ends; the first begins with the roster. */
export function afterLast(rows: readonly Span[], begins: string): Span {
  const from = rows.at(-1)?.until || begins
  return from === '' ? { from: '', until: '' } : { from, until: plus(from, 12) }
}

export function languagesIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((tag) => tag !== ''))]
}

function plus(local: string, hours: number): string {
  return new Date(Date.parse(`${local}:00Z`) + hours * HOUR).toISOString().slice(0, 16)
}
