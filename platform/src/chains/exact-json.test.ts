import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catchRefusal } from '../kernel/index.ts'
import { isArray, isNumber, isObject, type JsonValue, MAX_DEPTH, parseExactJson } from './exact-json.ts'

describe('exact JSON', () => {
  test('keeps the text of numbers that no float can hold', () => {
    const value = parseExactJson('{"value": 149620.00010000, "big": 18446744073709551615}')
    expect(isObject(value) && value.get('value')).toEqual({ number: '149620.00010000' })
    expect(isObject(value) && value.get('big')).toEqual({ number: '18446744073709551615' })
  })

  test('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        expect(toPlain(parseExactJson(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  test.each([
    ['a repeated key', '{"value":1,"value":2}'],
    ['a repeated key in disguise', '{"value":1,"\\u0076alue":2}'],
    ['a trailing comma', '[1,]'],
    ['a missing comma', '{"a":1 "b":2}'],
    ['a leading zero', '[01]'],
    ['a plus sign', '[+1]'],
    ['a bare point', '[1.]'],
    ['an unknown word', '[nul]'],
    ['a control character', '["\u0001"]'],
    ['a bad escape', '["\\x"]'],
    ['half a surrogate', '["\\ud800"]'],
    ['text after the value', '{} {}'],
    ['an open string', '["a'],
    ['nothing', ''],
    ['nesting without end', '['.repeat(200_000)],
  ])('refuses %s', (_, text) => {
    const read = catchRefusal(() => parseExactJson(text))
    expect(read.ok ? 'read' : read.refusal.code).toBe('SOURCE_MALFORMED')
  })

  test('reads the deepest nesting that it allows', () => {
    expect(isArray(parseExactJson(`${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}`))).toBe(true)
  })
})

function toPlain(value: JsonValue): unknown {
  if (isObject(value)) return Object.fromEntries([...value].map(([key, member]) => [key, toPlain(member)]))
  if (isArray(value)) return value.map(toPlain)
  return isNumber(value) ? JSON.parse(value.number) : value
}
