/**
 * A cell of CSV that no spreadsheet runs.
 *
 * RFC 4180 sections 2.6 and 2.7 for quotes; ASVS 5.0 requirement 1.2.10 for formulas: a cell that starts with = + - @, a
 * tab, CR, LF or NUL gets a single quote in front, and so do the full-width forms that some spreadsheets take for them.
 * Every cell is quoted, so that a program that splits at semicolons finds no formula inside a text either.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n\0＝＋－＠]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

export function csvTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}
