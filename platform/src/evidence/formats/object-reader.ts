/** Reading a JSON object and remembering what was read, so that the manifest can say what was not. */

import type { Row } from './fields.ts'
import { dropped, type LossBook, mapped } from './manifest.ts'
import { rowOf, wholeNumber } from './marking-line.ts'
import { isList, isNumber, isObject, type JsonObject, type JsonValue } from './read-json.ts'

export type ObjectReader = {
  readonly type: string
  text(key: string, to: string): string | null
  /** Texts of a list, or the one text. */
  texts(key: string, to: string): readonly string[]
  /** A whole number, or the text of another number, which the gate will refuse. */
  number(key: string, to: string): unknown
  flag(key: string, to: string): boolean
  list(key: string, to: string): readonly JsonValue[] | null
  object(key: string, to: string): ObjectReader | null
  /** All members as plain values; all count as read. */
  row(): Row
  /** `structure`: keys that say what the object is and hold nothing of the case. */
  noteRest(why: string, structure?: readonly string[]): void
}

export function objectReader(object: JsonObject, path: string, book: LossBook | null): ObjectReader {
  const read = new Map<string, string>()
  const inner = new Map<string, ObjectReader>()
  const take = (key: string, to: string): JsonValue | undefined => {
    if (object.has(key)) read.set(key, to)
    return object.get(key)
  }
  return {
    type: path,
    text: (key, to) => {
      const value = take(key, to)
      return typeof value === 'string' ? value : isNumber(value) ? value.number : null
    },
    texts: (key, to) => {
      const value = take(key, to)
      return (isList(value) ? value : [value]).flatMap((one) =>
        typeof one === 'string' ? [one] : isNumber(one) ? [one.number] : [],
      )
    },
    number: (key, to) => {
      const value = take(key, to)
      if (isNumber(value)) return wholeNumber(value.number) ?? value.number
      return typeof value === 'string' ? (wholeNumber(value) ?? value) : null
    },
    flag: (key, to) => take(key, to) === true,
    list: (key, to) => {
      const value = take(key, to)
      return isList(value) ? value : null
    },
    object: (key, to) => {
      const known = inner.get(key)
      if (known) return known
      const value = take(key, to)
      if (!isObject(value)) return null
      const reader = objectReader(value, `${path}.${key}`, book)
      inner.set(key, reader)
      return reader
    },
    row: () => {
      for (const key of object.keys()) read.set(key, '(field of the same name)')
      return rowOf(object)
    },
    noteRest: (why, structure = []) => {
      for (const key of object.keys()) {
        const to = read.get(key)
        const name = `${path}.${key.slice(0, 80)}`
        const reader = inner.get(key)
        if (structure.includes(key)) continue
        if (reader) reader.noteRest(why, structure)
        else if (to === undefined) book?.note(name, dropped(why))
        else book?.note(name, mapped(to))
      }
    },
  }
}
