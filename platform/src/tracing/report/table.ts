/** Tables for reading and for paper: a caption, heads that repeat on every page, rows that no page break divides. */
import type { TraceRecord } from '../record.ts'
import { type Markup, markup, NOTHING } from './markup.ts'
import { count } from './measures.ts'

/** Above this many rows a table is not printed whole; its file beside the report is. */
export const PRINTED_ROWS = 1_000
const PRINTED_OF_LONG = 40

/** The table that holds each source, end or transaction of a record: that of the page, or its file where it is too long. */
export function whereListed(record: TraceRecord, what: 'sources' | 'ends' | 'transactions', file: string): string {
  if (what === 'sources') return record.seeds.length <= PRINTED_ROWS ? 'table 5.1' : file
  if (what === 'ends') return record.result.positions.length <= PRINTED_ROWS ? 'table 5.2' : file
  return record.result.flow.length <= PRINTED_ROWS ? 'table 5.3' : file
}

export type Column = { readonly title: string; readonly kind?: 'number' | 'text' | 'id'; readonly width?: string }

export type TableText = {
  readonly caption: string
  readonly columns: readonly Column[]
  /** Whole rows, `<tr>…</tr>`, or groups of rows, `<tbody>…</tbody>`. */
  readonly bodies: readonly Markup[]
  readonly foot?: Markup
}

export function table({ caption, columns, bodies, foot }: TableText): Markup {
  const grouped = bodies[0]?.source.startsWith('<tbody') ?? false
  return markup`<table>
<caption>${caption}</caption>
<colgroup>${columns.map(({ width }) => (width === undefined ? markup`<col>` : markup`<col style="width:${width}">`))}</colgroup>
<thead><tr>${columns.map(({ title, kind }) => markup`<th scope="col"${kind === 'number' ? markup` class="number"` : NOTHING}>${title}</th>`)}</tr></thead>
${grouped ? bodies : markup`<tbody>${bodies}</tbody>`}${foot ? markup`<tfoot>${foot}</tfoot>` : NOTHING}
</table>`
}

/** A table that holds all rows, or, where there are too many for paper, the largest and where all of them are. */
export function longTable<Row>(text: {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** What makes a row come first where not all are printed. */
  readonly weight: (row: Row) => bigint
  readonly file: { readonly name: string; readonly sha256: string }
  readonly draw: (row: Row, number: number) => Markup
}): Markup {
  const { caption, columns, rows, weight, draw } = text
  const { name: file, sha256 } = text.file
  if (rows.length <= PRINTED_ROWS)
    return table({
      caption: `${caption}: all ${count(rows.length)} rows`,
      columns,
      bodies: rows.map((row, index) => draw(row, index + 1)),
    })
  const largest = rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) => compare(weight(b.row), weight(a.row)) || a.index - b.index)
    .slice(0, PRINTED_OF_LONG)
  return markup`<p class="elsewhere"><strong>This table has ${count(rows.length)} rows.</strong> The ${count(largest.length)} largest are shown here, each under its number in the whole table. All ${count(rows.length)} are in the file <a href="${file}">${file}</a> beside this report, SHA-256 <span class="id">${sha256}</span>.</p>
${table({ caption: `${caption}: the ${count(largest.length)} largest of ${count(rows.length)} rows`, columns, bodies: largest.map(({ row, index }) => draw(row, index + 1)) })}`
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
