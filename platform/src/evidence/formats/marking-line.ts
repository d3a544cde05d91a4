/** A marking as one line of text, for formats and rows that know no markings; it can be read back. */
import { canonicalJson, type Json, utf8 } from '../../kernel/index.ts'
import { fieldsOf, type Row } from './fields.ts'
import type { Marking } from './model.ts'
import { isList, isNumber, isObject, type JsonValue, readJson } from './read-json.ts'

const START = 'Comity marking '

/** `TLP:AMBER · Comity marking {…}`: the first word for people, the rest for programs. */
export function markingLine(marking: Marking): string {
  return `TLP:${marking.tlp.toUpperCase()} · ${START}${canonicalJson(marking as unknown as Json)}`
}

/** The row of the marking, for the gate to read; `null` where the text is no such line. */
export function readMarkingLine(text: string): Row | null {
  const at = text.indexOf(START)
  if (at < 0 || !text.startsWith('TLP:')) return null
  const bag = readBag(text.slice(at + START.length))
  return bag && typeof bag.id === 'string'
    ? only(
        bag,
        fieldsOf('markings').map(([name]) => name),
      )
    : null
}

/** Fields that a format has no place for, as text of canonical JSON after the word Comity. */
export function bagText(row: Row, names: readonly string[]): string {
  return `Comity ${canonicalJson(filled(row, names) as unknown as Json)}`
}

export function readBagText(text: string): Row | null {
  return text.startsWith('Comity {') ? readBag(text.slice('Comity '.length)) : null
}

/** The named fields of a row that hold something. */
export function filled(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(
    names
      .map((name) => [name, row[name]] as const)
      .filter(([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)),
  )
}

export function only(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(row, name)).map((name) => [name, row[name]]))
}

function readBag(text: string): Row | null {
  const read = readJson(utf8(text))
  return read.ok && isObject(read.value) ? rowOf(read.value) : null
}

/** An object as a row of plain values. Numbers become numbers where they are safe integers, else text. */
export function rowOf(object: ReadonlyMap<string, JsonValue>): Row {
  const row: Record<string, unknown> = Object.create(null)
  for (const [name, value] of object) row[name] = plain(value)
  return row
}

export function plain(value: JsonValue): unknown {
  if (isNumber(value)) return wholeNumber(value.number) ?? value.number
  if (isList(value)) return value.map(plain)
  return isObject(value) ? null : value
}

export function wholeNumber(text: string): number | null {
  return /^-?(0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null
}
