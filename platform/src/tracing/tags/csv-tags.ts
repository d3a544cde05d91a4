/**
 * Tags as a simple table, for people with a spreadsheet:
 *
 *     chain,address,label,category,source,confidence,validFrom,validTo
 *     bip122:000000000019d6689c085ae165831e93,1NDyJtNTjmwk5xPNhjgAMu4HDHigtobu1s,Binance,exchange,https://…,service_data,2019-07-03,
 *
 * RFC 4180 quoting, one header line with these names in any order. `chain` is a CAIP-2 id, an alias of a chain pack or
 * a currency code. `category`, `confidence`, `validFrom` and `validTo` may be empty.
 */
import { CsvError, parse } from 'csv-parse/sync'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import { type DefectList, defectList, type EntryPlace } from './defect-list.ts'
import { parseStatedInstant } from './instant.ts'
import { readAddressSubject } from './subject.ts'
import { newTag, type Tag, type TagFile, type TagFileContent } from './tag.ts'
import { readConfidence, reportDuplicates } from './tagpack.ts'
import { longestTagFile } from './yaml-document.ts'

export const csvTagColumns = [
  'chain',
  'address',
  'label',
  'category',
  'source',
  'confidence',
  'validFrom',
  'validTo',
] as const

const longestRow = 100_000

type Column = (typeof csvTagColumns)[number]
type CsvRow = { readonly cells: readonly string[]; readonly line: number }

export function parseCsvTags(file: TagFile): Result<TagFileContent> {
  const rows = readRows(file)
  if (!rows.ok) return rows
  const [head, ...body] = rows.value
  const names = head?.cells.map((cell) => cell.trim()) ?? []
  if (names.length !== csvTagColumns.length || csvTagColumns.some((column) => !names.includes(column))) {
    return unreadable(file, `its first line is not ${csvTagColumns.join(',')}`, 1)
  }
  const defects = defectList(file)
  const tags: Tag[] = []
  for (const [index, row] of body.entries()) {
    const place = { list: 'rows', index, line: row.line }
    if (row.cells.length !== names.length) {
      defects.add(
        'TAG_ENTRY_UNREADABLE',
        `The row has ${row.cells.length} cells instead of ${names.length}; it is not kept.`,
        place,
      )
      continue
    }
    const cell = (column: Column): string | null => row.cells[names.indexOf(column)]?.trim() || null
    const tag = readRow(cell, file, place, defects)
    if (tag) tags.push(tag)
  }
  reportDuplicates(tags, defects)
  return ok({
    kind: 'csv',
    title: file.name,
    creator: null,
    tags,
    actors: [],
    read: body.length,
    refused: body.length - tags.length,
    defects: defects.list(),
  })
}

function readRow(
  cell: (column: Column) => string | null,
  file: TagFile,
  place: EntryPlace,
  defects: DefectList,
): Tag | null {
  const [chain, address, label, source] = [cell('chain'), cell('address'), cell('label'), cell('source')]
  const validity = readValidity(cell, place, defects)
  if (chain === null || address === null || label === null || source === null) {
    const missing = (['chain', 'address', 'label', 'source'] as const).filter((column) => cell(column) === null)
    defects.add('TAG_FIELD_MISSING', `The row lacks ${missing.join(', ')}; it is not kept.`, place)
    return null
  }
  if (validity === null) return null
  const { subject, flaws } = readAddressSubject(address, null, chain)
  for (const flaw of flaws) defects.add(flaw.code, flaw.message, place)
  return newTag({
    subject,
    label,
    source,
    date: null,
    confidence: readConfidence(cell('confidence'), place, defects),
    category: cell('category'),
    concepts: [],
    abuse: null,
    actor: null,
    tagType: null,
    isClusterDefiner: null,
    context: null,
    creator: null,
    ...validity,
    provenance: { file: file.name, sha256: file.sha256, index: place.index, line: place.line },
  })
}

/** A tag whose validity cannot be read is not kept: without it, the tag would say more than its author did. */
function readValidity(
  cell: (column: Column) => string | null,
  place: EntryPlace,
  defects: DefectList,
): { validFrom: number | null; validTo: number | null } | null {
  const ends: (number | null)[] = []
  for (const column of ['validFrom', 'validTo'] as const) {
    const text = cell(column)
    const instant = text === null ? ok(null) : parseStatedInstant(text)
    if (!instant.ok) {
      defects.add('TAG_VALIDITY_UNREADABLE', `${column}: ${instant.refusal.message} The row is not kept.`, place)
      return null
    }
    ends.push(instant.value?.seconds ?? null)
  }
  const [validFrom = null, validTo = null] = ends
  if (validFrom !== null && validTo !== null && validTo <= validFrom) {
    defects.add('TAG_VALIDITY_UNREADABLE', 'validTo is not after validFrom. The row is not kept.', place)
    return null
  }
  return { validFrom, validTo }
}

function readRows(file: TagFile): Result<readonly CsvRow[]> {
  if (file.text.length > longestTagFile) {
    return refuse('TAG_FILE_BOMB', `${file.name} has ${file.text.length} characters; the limit is ${longestTagFile}.`, {
      place: file.name,
      fix: 'Split the file.',
    })
  }
  try {
    const records = parse(file.text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
    }) as unknown as readonly { readonly info: { readonly lines: number }; readonly record: readonly string[] }[]
    return ok(records.map(({ info, record }) => ({ cells: record, line: info.lines })))
  } catch (thrown) {
    if (thrown instanceof CsvError)
      return unreadable(file, thrown.message.slice(0, 200), typeof thrown.lines === 'number' ? thrown.lines : 1)
    throw thrown
  }
}

function unreadable(file: TagFile, why: string, line: number): Result<never> {
  return refuse('TAG_FILE_UNREADABLE', `${file.name} is not a readable table of tags: ${why}.`, {
    place: `${file.name}: line ${line}`,
    fix: `Give a CSV file whose first line is ${csvTagColumns.join(',')}.`,
  })
}
