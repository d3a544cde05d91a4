/** A table, and which of its rows may be kept on one page. */
import type { Paragraph, PrintedValue } from './model.ts'
import { textOf } from './runs.ts'

/** Up to so many lines, and characters divided by columns, a cell fits on half a page beside another edition. */
const shortLines = 12
const shortText = 1200

export function printedTable(
  head: readonly Paragraph[],
  widths: readonly number[],
  rows: readonly (readonly PrintedValue[])[],
): PrintedValue {
  return {
    kind: 'table',
    head,
    widths,
    rows,
    unbroken: rows.map((row) => row.every((cell) => isShort(cell, head.length))),
  }
}

function isShort(value: PrintedValue, columns: number): boolean {
  const lines = linesOf(value)
  return lines.length <= shortLines && lines.reduce((sum, line) => sum + textOf(line).length, 0) <= shortText / columns
}

function linesOf(value: PrintedValue): readonly Paragraph[] {
  switch (value.kind) {
    case 'paragraphs':
      return value.paragraphs
    case 'list':
      return value.items.flatMap(linesOf)
    case 'fields':
      return value.fields.flatMap(({ label, value: inner }) => [label, ...linesOf(inner)])
    case 'table':
      return [...value.head, ...value.rows.flat().flatMap(linesOf)]
  }
}
