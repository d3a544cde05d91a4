/**
 * The tables of tags.duckdb. Rows are only ever appended: a file once, an act once. Amounts do not occur here; times are
 * seconds since 1970-01-01 UTC; hashes and ids are bytes.
 */
import type { DuckDbColumn } from '../../../io/duckdb.ts'

export type Table = {
  readonly name: string
  readonly columns: readonly (readonly [name: string, kind: DuckDbColumn])[]
}

export const fileTable: Table = {
  name: 'tag_file',
  columns: [
    ['file_id', 'unsigned'],
    ['sha256', 'bytes'],
    ['reading', 'text'],
    ['name', 'text'],
    ['bytes', 'unsigned'],
    ['kind', 'text'],
    ['title', 'text'],
    ['creator', 'text'],
    ['entries', 'unsigned'],
    ['refused', 'unsigned'],
    ['imported_at', 'integer'],
  ],
}

export const tagTable: Table = {
  name: 'tag',
  columns: [
    ['tag_id', 'bytes'],
    ['file_id', 'unsigned'],
    ['place', 'unsigned'],
    ['line', 'unsigned'],
    ['subject_kind', 'text'],
    ['chain', 'text'],
    ['subject', 'text'],
    ['stated', 'text'],
    ['currency', 'text'],
    ['network', 'text'],
    ['address_check', 'text'],
    ['label', 'text'],
    ['source', 'text'],
    ['lastmod', 'text'],
    ['confidence', 'text'],
    ['confidence_level', 'unsigned'],
    ['category', 'text'],
    ['concepts', 'text'],
    ['abuse', 'text'],
    ['actor', 'text'],
    ['tag_type', 'text'],
    ['cluster_definer', 'boolean'],
    ['context', 'text'],
    ['creator', 'text'],
    ['valid_from', 'integer'],
    ['valid_to', 'integer'],
  ],
}

export const actorTable: Table = {
  name: 'actor',
  columns: [
    ['actor_id', 'text'],
    ['file_id', 'unsigned'],
    ['place', 'unsigned'],
    ['line', 'unsigned'],
    ['label', 'text'],
    ['uri', 'text'],
    ['lastmod', 'text'],
    ['categories', 'text'],
    ['jurisdictions', 'text'],
    ['aliases', 'text'],
    ['context', 'text'],
  ],
}

export const eventTable: Table = {
  name: 'tag_event',
  columns: [
    ['tag_id', 'bytes'],
    ['kind', 'text'],
    ['acted_at', 'integer'],
    ['acted_by', 'text'],
    ['reason', 'text'],
    ['replaced_by', 'bytes'],
    ['valid_to', 'integer'],
  ],
}

export const defectTable: Table = {
  name: 'tag_defect',
  columns: [
    ['file_id', 'unsigned'],
    ['place_in_file', 'unsigned'],
    ['code', 'text'],
    ['message', 'text'],
    ['place', 'text'],
    ['occurrences', 'unsigned'],
  ],
}

const tables: readonly Table[] = [fileTable, tagTable, actorTable, eventTable, defectTable]

const sqlType: Readonly<Record<DuckDbColumn, string>> = {
  bytes: 'BLOB',
  text: 'VARCHAR',
  unsigned: 'UBIGINT',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
}

export const createTables: string = tables
  .map(
    ({ name, columns }) =>
      `CREATE TABLE IF NOT EXISTS ${name} (${columns.map(([column, kind]) => `${column} ${sqlType[kind]}`).join(', ')});`,
  )
  .join('\n')

/** The columns for a SELECT, in the order in which rows are read back. */
export function columnsOf(table: Table, alias: string): string {
  return table.columns.map(([column]) => `${alias}.${column}`).join(', ')
}
