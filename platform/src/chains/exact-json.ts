/**
 * JSON (RFC 8259), strictly: numbers keep their text, so that no amount ever passes through a float; a repeated key, a
 * lone surrogate or a nesting deeper than `MAX_DEPTH` is refused, because two readers would understand it differently.
 */
import { stop } from '../kernel/index.ts'

export type JsonValue = null | boolean | string | NumberText | readonly JsonValue[] | JsonObject
export type NumberText = { readonly number: string }
export type JsonObject = ReadonlyMap<string, JsonValue>

export const MAX_DEPTH = 32

export function parseExactJson(text: string, maxDepth = MAX_DEPTH): JsonValue {
  const reading: Reading = { text, at: 0, maxDepth }
  const value = readValue(reading, 0)
  skipSpace(reading)
  if (reading.at !== text.length) wrong(reading, 'nothing after the value')
  return value
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value)
}

export function isNumber(value: JsonValue | undefined): value is NumberText {
  return typeof value === 'object' && value !== null && 'number' in value
}

/** JSON text of a value; numbers in the text in which they came. */
export function exactJsonText(value: JsonValue): string {
  if (isArray(value)) return `[${value.map(exactJsonText).join(',')}]`
  if (isObject(value))
    return `{${[...value].map(([key, one]) => `${JSON.stringify(key)}:${exactJsonText(one)}`).join(',')}}`
  return isNumber(value) ? value.number : JSON.stringify(value)
}

type Reading = { readonly text: string; at: number; readonly maxDepth: number }

function readValue(reading: Reading, depth: number): JsonValue {
  skipSpace(reading)
  const code = reading.text.charCodeAt(reading.at)
  if (code === 0x7b) return readObject(reading, depth + 1)
  if (code === 0x5b) return readArray(reading, depth + 1)
  if (code === 0x22) return readString(reading)
  if (code === 0x2d || isDigit(code)) return readNumber(reading)
  for (const [word, value] of WORDS) {
    if (reading.text.startsWith(word, reading.at)) {
      reading.at += word.length
      return value
    }
  }
  return wrong(reading, 'a JSON value')
}

const WORDS: readonly (readonly [string, null | boolean])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
]

function readObject(reading: Reading, depth: number): JsonObject {
  if (depth > reading.maxDepth) wrong(reading, `at most ${reading.maxDepth} levels of nesting`)
  const object = new Map<string, JsonValue>()
  reading.at++
  skipSpace(reading)
  if (reading.text.charCodeAt(reading.at) === 0x7d) {
    reading.at++
    return object
  }
  for (;;) {
    skipSpace(reading)
    if (reading.text.charCodeAt(reading.at) !== 0x22) wrong(reading, 'a key in quotes')
    const keyAt = reading.at
    const key = readString(reading)
    if (object.has(key)) {
      reading.at = keyAt
      wrong(reading, `every key once (found a second ${JSON.stringify(key.slice(0, 40))})`)
    }
    skipSpace(reading)
    if (reading.text.charCodeAt(reading.at) !== 0x3a) wrong(reading, 'a colon after the key')
    reading.at++
    object.set(key, readValue(reading, depth))
    skipSpace(reading)
    const code = reading.text.charCodeAt(reading.at)
    if (code === 0x7d) {
      reading.at++
      return object
    }
    if (code !== 0x2c) wrong(reading, 'a comma or }')
    reading.at++
  }
}

function readArray(reading: Reading, depth: number): readonly JsonValue[] {
  if (depth > reading.maxDepth) wrong(reading, `at most ${reading.maxDepth} levels of nesting`)
  const items: JsonValue[] = []
  reading.at++
  skipSpace(reading)
  if (reading.text.charCodeAt(reading.at) === 0x5d) {
    reading.at++
    return items
  }
  for (;;) {
    items.push(readValue(reading, depth))
    skipSpace(reading)
    const code = reading.text.charCodeAt(reading.at)
    if (code === 0x5d) {
      reading.at++
      return items
    }
    if (code !== 0x2c) wrong(reading, 'a comma or ]')
    reading.at++
  }
}

function readString(reading: Reading): string {
  const { text } = reading
  const start = reading.at
  let plain = true
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      reading.at = at + 1
      const value = plain ? text.slice(start + 1, at) : unescaped(reading, text.slice(start, at + 1))
      if (!value.isWellFormed()) wrong(reading, 'well-formed Unicode')
      return value
    }
    if (code < 0x20) {
      reading.at = at
      wrong(reading, 'no control character in a string')
    }
    if (code === 0x5c) {
      plain = false
      at++
    }
  }
  return wrong(reading, 'the end of the string')
}

function unescaped(reading: Reading, quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return wrong(reading, 'valid escapes in a string')
  }
}

function readNumber(reading: Reading): NumberText {
  const { text } = reading
  const start = reading.at
  if (text.charCodeAt(reading.at) === 0x2d) reading.at++
  if (text.charCodeAt(reading.at) === 0x30) reading.at++
  else digits(reading)
  if (text.charCodeAt(reading.at) === 0x2e) {
    reading.at++
    digits(reading)
  }
  const exponent = text.charCodeAt(reading.at)
  if (exponent === 0x65 || exponent === 0x45) {
    reading.at++
    const sign = text.charCodeAt(reading.at)
    if (sign === 0x2b || sign === 0x2d) reading.at++
    digits(reading)
  }
  return { number: text.slice(start, reading.at) }
}

function digits(reading: Reading): void {
  const start = reading.at
  while (isDigit(reading.text.charCodeAt(reading.at))) reading.at++
  if (reading.at === start) wrong(reading, 'a digit')
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function skipSpace(reading: Reading): void {
  for (;;) {
    const code = reading.text.charCodeAt(reading.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    reading.at++
  }
}

function wrong(reading: Reading, expected: string): never {
  return stop('SOURCE_MALFORMED', `This is not JSON as it should be: expected ${expected}.`, {
    place: `character ${reading.at}`,
    fix: 'Export or fetch the file again.',
  })
}
