/** Custody and transfers as tables for people with a spreadsheet. An export only: CSV is never read back as evidence. */
import { fieldsOf, type ListName, listNames, type Row } from '../fields.ts'
import { changed, dropped, type FormatManifest, lossBook, mapped, noteHead, noteList } from '../manifest.ts'
import type { Release } from '../release.ts'
import { csvTable } from './csv-cell.ts'

export type ExportedFile = { readonly path: string; readonly text: string }

const tables = ['custody', 'transfers'] as const
/** The marking stands in every row, because rows are copied out of tables. */
const markingColumns = ['tlp', 'handlingCode', 'onwardUse', 'purposes'] as const

export function exportCsv(released: Release): {
  readonly files: readonly ExportedFile[]
  readonly manifest: FormatManifest
} {
  const pack = released.package
  const book = lossBook()
  const markings = new Map((pack.markings as readonly Row[]).map((one) => [one.id, one]))
  const files = tables.map((list) => {
    const names = fieldsOf(list).map(([name]) => name)
    const rows = (pack[list] as readonly Row[]).map((row) => {
      const marking = markings.get(row.marking)
      return [...names.map((name) => cellText(row[name])), ...markingColumns.map((name) => cellText(marking?.[name]))]
    })
    return { path: `${list}.csv`, text: csvTable([...names, ...markingColumns], rows) }
  })
  for (const list of listNames)
    noteList(book, pack, list, isTable(list) ? fates(list) : list === 'markings' ? markingFate : notInTables)
  noteHead(book, pack, notInTables)
  return { files, manifest: book.manifest('export', 'csv', released.audience) }
}

const notInTables = dropped('the tables hold custody and transfers only')
const markingFate = changed(
  'columns tlp, handlingCode, onwardUse, purposes',
  'in every row that it marks; recipients are left out',
)
const isTable = (list: ListName): list is (typeof tables)[number] => (tables as readonly string[]).includes(list)

function fates(list: (typeof tables)[number]) {
  return Object.fromEntries(
    fieldsOf(list).map(([name, field]) => {
      const column = `${list}.csv column ${name}`
      return [
        name,
        field.form === 'text'
          ? changed(column, 'with a single quote in front where it would start a formula')
          : mapped(column),
      ]
    }),
  )
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join('; ') : String(value)
}
