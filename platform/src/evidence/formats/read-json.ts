/**
 * JSON from outside (RFC 8259), strictly: fatal UTF-8, at most 64 MiB, at most 32 levels, every key once, every number as
 * its text. A repeated key or a lone surrogate is refused because two readers would understand the file differently.
 */
import { catchRefusal, type Result, stop } from '../../kernel/index.ts'
import { decodeUtf8 } from './decode-utf8.ts'

export const BYTES_MAX = 64 * 1024 * 1024
export const DEPTH_MAX = 32

export type NumberText = { readonly number: string }
export type JsonObject = ReadonlyMap<string, JsonValue>
export type JsonValue = null | boolean | string | NumberText | readonly JsonValue[] | JsonObject

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

export function isNumber(value: JsonValue | undefined): value is NumberText {
  return typeof value === 'object' && value !== null && 'number' in value
}

/** One JSON document. Codes: FORMATS_TOO_LARGE, FORMATS_NOT_UTF8, FORMATS_NOT_JSON. */
export function readJson(bytes: Uint8Array): Result<JsonValue> {
  return catchRefusal(() => {
    const text = textOf(bytes)
    const reading: Reading = { text, at: 0 }
    const value = readValue(reading, 0)
    skipSpace(reading)
    if (reading.at !== text.length) wrong(reading, 'nothing after the value')
    return value
  })
}

/** One JSON document in every line that is not empty; `line` counts from 1. */
export function readJsonLines(bytes: Uint8Array): Result<readonly { line: number; value: JsonValue }[]> {
  return catchRefusal(() =>
    textOf(bytes)
      .split('\n')
      .map((text, index) => ({ text, line: index + 1 }))
      .filter(({ text }) => text.trim() !== '')
      .map(({ text, line }) => {
        const reading: Reading = { text, at: 0 }
        const value = readValue(reading, 0)
        skipSpace(reading)
        if (reading.at !== text.length) wrong(reading, `nothing after the value of line ${line}`)
        return { line, value }
      }),
  )
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > BYTES_MAX) {
    stop('FORMATS_TOO_LARGE', `The file has ${bytes.length} bytes; at most ${BYTES_MAX} are read.`, {
      fix: 'Split the export at its source into several files.',
    })
  }
  const text = decodeUtf8(bytes)
  if (text === null) {
    stop('FORMATS_NOT_UTF8', 'The file is not valid UTF-8.', { fix: 'Ask for the file again, encoded as UTF-8.' })
  }
  return text
}

type Reading = { readonly text: string; at: number }

function readValue(reading: Reading, depth: number): JsonValue {
  skipSpace(reading)
  const code = reading.text.charCodeAt(reading.at)
  if (code === 0x7b) return readObject(reading, depth + 1)
  if (code === 0x5b) return readList(reading, depth + 1)
  if (code === 0x22) return readString(reading)
  if (code === 0x2d || (code >= 0x30 && code <= 0x39)) return readNumber(reading)
  for (const [word, value] of [
    ['null', null],
    ['true', true],
    ['false', false],
  ] as const) {
    if (reading.text.startsWith(word, reading.at)) {
      reading.at += word.length
      return value
    }
  }
  return wrong(reading, 'a JSON value')
}

function readObject(reading: Reading, depth: number): JsonObject {
  if (depth > DEPTH_MAX) wrong(reading, `at most ${DEPTH_MAX} levels of nesting`)
  // A Map, because a key may be __proto__.
  const object = new Map<string, JsonValue>()
  reading.at++
  if (closes(reading, 0x7d)) return object
  for (;;) {
    skipSpace(reading)
    if (reading.text.charCodeAt(reading.at) !== 0x22) wrong(reading, 'a key in quotes')
    const key = readString(reading)
    if (object.has(key)) wrong(reading, 'every key once')
    skipSpace(reading)
    if (reading.text.charCodeAt(reading.at) !== 0x3a) wrong(reading, 'a colon after the key')
    reading.at++
    object.set(key, readValue(reading, depth))
    if (closes(reading, 0x7d)) return object
    if (reading.text.charCodeAt(reading.at) !== 0x2c) wrong(reading, 'a comma or }')
    reading.at++
  }
}

function readList(reading: Reading, depth: number): readonly JsonValue[] {
  if (depth > DEPTH_MAX) wrong(reading, `at most ${DEPTH_MAX} levels of nesting`)
  const items: JsonValue[] = []
  reading.at++
  if (closes(reading, 0x5d)) return items
  for (;;) {
    items.push(readValue(reading, depth))
    if (closes(reading, 0x5d)) return items
    if (reading.text.charCodeAt(reading.at) !== 0x2c) wrong(reading, 'a comma or ]')
    reading.at++
  }
}

/** Whether the next character closes; if so it is read. */
function closes(reading: Reading, code: number): boolean {
  skipSpace(reading)
  if (reading.text.charCodeAt(reading.at) !== code) return false
  reading.at++
  return true
}

function readString(reading: Reading): string {
  const { text } = reading
  const start = reading.at
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x20) wrong(reading, 'no control character in a string')
    if (code === 0x5c) at++
    else if (code === 0x22) {
      reading.at = at + 1
      const value = unescaped(reading, text.slice(start, at + 1))
      if (!value.isWellFormed()) wrong(reading, 'well-formed Unicode')
      return value
    }
  }
  return wrong(reading, 'the end of the string')
}

function unescaped(reading: Reading, quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    return wrong(reading, 'valid escapes in a string')
  }
}

function readNumber(reading: Reading): NumberText {
  const found = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y
  found.lastIndex = reading.at
  const number = found.exec(reading.text)?.[0]
  if (number === undefined) return wrong(reading, 'a number')
  if (number.length > 400) wrong(reading, 'a number of at most 400 characters')
  reading.at += number.length
  return { number }
}

function skipSpace(reading: Reading): void {
  for (;;) {
    const code = reading.text.charCodeAt(reading.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    reading.at++
  }
}

function wrong(reading: Reading, expected: string): never {
  return stop('FORMATS_NOT_JSON', `At character ${reading.at} there should be ${expected}.`, {
    place: `character ${reading.at}`,
    fix: 'Ask the sender to export the file again; it is not JSON that every program reads alike.',
  })
}
