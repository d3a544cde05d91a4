import { describe, expect, it } from 'vitest'
import { catchRefusal } from '../../kernel/index.ts'
import { firstStrong, machineText, printableParts } from './printable-text.ts'

const printed = (text: string) =>
  printableParts(text, 'here')
    .map((part) => part.text)
    .join('')

const refusalOf = (body: () => unknown) => {
  const result = catchRefusal(body)
  return result.ok ? null : result.refusal
}

describe('characters a letter refuses', () => {
  it.each([
    ['NUL', '\u0000', 'U+0000'],
    ['a line feed inside a line', '\n', 'U+000A'],
    ['escape', '\u001b', 'U+001B'],
    ['delete', '\u007f', 'U+007F'],
    ['a C1 control', '\u0085', 'U+0085'],
    ['left-to-right embedding', '\u202a', 'U+202A'],
    ['right-to-left embedding', '\u202b', 'U+202B'],
    ['pop directional formatting', '\u202c', 'U+202C'],
    ['left-to-right override', '\u202d', 'U+202D'],
    ['right-to-left override', '\u202e', 'U+202E'],
    ['left-to-right isolate', '\u2066', 'U+2066'],
    ['right-to-left isolate', '\u2067', 'U+2067'],
    ['first strong isolate', '\u2068', 'U+2068'],
    ['pop directional isolate', '\u2069', 'U+2069'],
    ['a lone high surrogate', '\ud800', 'U+D800'],
    ['a lone low surrogate', '\udc00', 'U+DC00'],
    ['a noncharacter', '\ufdd0', 'U+FDD0'],
    ['the last noncharacter', '\u{10ffff}', 'U+10FFFF'],
  ])('%s', (_, character, name) => {
    expect(refusalOf(() => printableParts(`a${character}b`, 'facts'))).toMatchObject({
      code: 'LETTER_TEXT_CONTROL',
      place: 'facts',
      message: `facts holds ${name}.`,
    })
  })
})

describe('characters that show nothing', () => {
  it.each([
    ['zero width space', 'a\u200bb', 'a[U+200B]b'],
    ['word joiner', 'a\u2060b', 'a[U+2060]b'],
    ['byte order mark', '\ufeffab', '[U+FEFF]ab'],
    ['soft hyphen', 'a\u00adb', 'a[U+00AD]b'],
    ['tag character', 'a\u{e0061}b', 'a[U+E0061]b'],
    ['variation selector', 'a\ufe0fb', 'a[U+FE0F]b'],
    ['Hangul filler', 'a\u3164b', 'a[U+3164]b'],
    ['line separator', 'a\u2028b', 'a[U+2028]b'],
    ['private use', 'a\ue000b', 'a[U+E000]b'],
    ['a joiner between Latin letters', 'a\u200db', 'a[U+200D]b'],
    [
      'a joiner between Arabic letters',
      '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
      '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    ],
    ['marks of direction', 'a\u200e\u200f\u061cb', 'ab'],
    ['a tab', 'a\tb', 'a b'],
  ])('%s', (_, text, expected) => {
    expect(printed(text)).toBe(expected)
  })

  it('are told from text that only looks like them', () => {
    expect(printableParts('a\u200b[U+200B]', 'here')).toEqual([
      { text: 'a', visible: true },
      { text: '[U+200B]', visible: false },
      { text: '[U+200B]', visible: true },
    ])
  })
})

describe('a machine value', () => {
  it.each(['', ' ', ' a', 'a ', 'а1', 'a\u200bb', 'a\u202eb', 'a\nb', 'a\u0000', 'é', '１'])(
    'is refused: %j',
    (value) => {
      expect(refusalOf(() => machineText(value, 'D[0]'))).toMatchObject({
        code: 'LETTER_MACHINE_VALUE_UNPRINTABLE',
        place: 'D[0]',
      })
    },
  )

  it('may hold any printable ASCII, which stays text', () => {
    const all = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join('')
    expect(machineText(all, 'D[0]')).toBe(all)
  })
})

it('the direction of a name is that of its first letter', () => {
  expect(firstStrong('Jean')).toBe('ltr')
  expect(firstStrong('48 ساعة BTC')).toBe('rtl')
  expect(firstStrong('+31 10 000 00 00')).toBe('ltr')
})
