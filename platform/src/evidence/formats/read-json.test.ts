import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from './clean-text.ts'
import { decodeUtf8 } from './decode-utf8.ts'
import { readInstant } from './instant.ts'
import { plain } from './marking-line.ts'
import { BYTES_MAX, readJson } from './read-json.ts'

const code = (bytes: Uint8Array | string) => {
  const read = readJson(typeof bytes === 'string' ? Buffer.from(bytes) : bytes)
  return read.ok ? 'read' : read.refusal.code
}

describe('JSON from outside', () => {
  it.each([
    ['{"a":1,"a":2}', 'FORMATS_NOT_JSON'],
    ['{"a":1,"\\u0061":2}', 'FORMATS_NOT_JSON'],
    ['"\\ud800"', 'FORMATS_NOT_JSON'],
    ['[1,]', 'FORMATS_NOT_JSON'],
    ['{"a":01}', 'FORMATS_NOT_JSON'],
    ['[NaN]', 'FORMATS_NOT_JSON'],
    ['1 2', 'FORMATS_NOT_JSON'],
    ['', 'FORMATS_NOT_JSON'],
    ['"\t"', 'FORMATS_NOT_JSON'],
    ['['.repeat(32) + ']'.repeat(32), 'read'],
    ['['.repeat(33) + ']'.repeat(33), 'FORMATS_NOT_JSON'],
    ['{"a":'.repeat(100_000), 'FORMATS_NOT_JSON'],
    ['\ufeff{}', 'read'],
    ['{"__proto__":{"x":1}}', 'read'],
  ])('%.40s: %s', (text, expected) => {
    expect(code(text)).toBe(expected)
  })

  it('is refused where it is not UTF-8 or too large', () => {
    expect(code(Uint8Array.from([0x22, 0xff, 0x22]))).toBe('FORMATS_NOT_UTF8')
    expect(code(new Uint8Array(BYTES_MAX + 1))).toBe('FORMATS_TOO_LARGE')
  })

  it('is read as JSON.parse reads it, but for numbers, which keep their text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false } as object), (value) => {
        const read = readJson(Buffer.from(JSON.stringify(value)))
        if (typeof value === 'string' && read.ok) expect(plain(read.value)).toBe(value)
        if (Array.isArray(value) && read.ok) expect((plain(read.value) as unknown[]).length).toBe(value.length)
        expect(read.ok || !JSON.stringify(value).isWellFormed() || /\\ud[89ab]/i.test(JSON.stringify(value))).toBe(true)
      }),
    )
    const read = readJson(Buffer.from('123456789012345678901234567890.10'))
    expect(read.ok && read.value).toEqual({ number: '123456789012345678901234567890.10' })
  })
})

it('decodes UTF-8 exactly as the fatal TextDecoder does', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc
      .array(
        fc.constantFrom(0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0x41),
        { maxLength: 6 },
      )
      .map((one) => Uint8Array.from(one)),
    fc.string({ unit: 'binary' }).map((text) => new Uint8Array(Buffer.from(text))),
  )
  fc.assert(
    fc.property(bytes, (one) => {
      const expected = (() => {
        try {
          return new TextDecoder('utf-8', { fatal: true }).decode(one)
        } catch {
          return null
        }
      })()
      expect(decodeUtf8(one)).toBe(expected)
    }),
    { numRuns: 20_000 },
  )
})

it.each([
  ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00Z', false],
  ['2026-03-01T09:00:00.000000+00:00', '2026-03-01T09:00:00Z', false],
  ['2026-03-01T00:30:00+02:00', '2026-02-28T22:30:00Z', false],
  ['2026-03-01T09:00:00', '2026-03-01T09:00:00Z', false],
  ['2026-03-01 09:00', '2026-03-01T09:00:00Z', false],
  ['2026-03-01T09:00:00.25Z', '2026-03-01T09:00:00Z', true],
  ['2026-03-01', '2026-03-01T00:00:00Z', true],
])('the time %s is %s', (text, expected, cut) => {
  expect(readInstant(text)).toEqual({ text: expected, cut })
})

it.each([
  '2026-02-29',
  '2026-13-01',
  '2026-03-01T24:00:00Z',
  '2026-03-01T09:00:60Z',
  'yesterday',
  '',
  '2026',
  '0000-01-01',
  '2026-03-01T09:00:00+25:00',
])('%s is no time', (text) => {
  expect(readInstant(text)).toBe(null)
})

it.each([
  ['plain', 'plain', false],
  ['a\u202eb', 'ab', true],
  ['zero\u200bwidth\u0000', 'zerowidth', true],
  ['two\r\nlines', 'two  lines', true],
  [' padded ', 'padded', true],
  ['\u{e0041}tag', 'tag', true],
  ['Ünïcødé 漢字 🂡', 'Ünïcødé 漢字 🂡', false],
])('the text %j becomes %j', (text, expected, changed) => {
  expect(cleanText(text)).toEqual({ text: expected, changed })
})
