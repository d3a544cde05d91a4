import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson, type Json } from './canonical.ts'
import { strictJson } from './strict-json.ts'
import { bytesToText, textToBytes } from './utf8.ts'

/** Cases of our own, named in the manner of JSONTestSuite; bytes where text could not hold them. */
const refused: readonly (readonly [string, string | readonly number[], string])[] = [
  ['n_empty', '', 'JSON_MALFORMED'],
  ['n_space_only', ' \n', 'JSON_MALFORMED'],
  ['n_trailing_comma_in_array', '[1,]', 'JSON_MALFORMED'],
  ['n_trailing_comma_in_object', '{"a":1,}', 'JSON_MALFORMED'],
  ['n_leading_comma', '[,1]', 'JSON_MALFORMED'],
  ['n_two_commas', '[1,,2]', 'JSON_MALFORMED'],
  ['n_two_values', '1 2', 'JSON_MALFORMED'],
  ['n_value_after_object', '{}{}', 'JSON_MALFORMED'],
  ['n_array_not_closed', '[1', 'JSON_MALFORMED'],
  ['n_array_closed_as_object', '[1}', 'JSON_MALFORMED'],
  ['n_object_not_closed', '{"a":1', 'JSON_MALFORMED'],
  ['n_object_without_colon', '{"a" 1}', 'JSON_MALFORMED'],
  ['n_object_key_not_string', '{1:1}', 'JSON_MALFORMED'],
  ['n_object_key_unquoted', '{a:1}', 'JSON_MALFORMED'],
  ['n_object_value_missing', '{"a":}', 'JSON_MALFORMED'],
  ['n_single_quotes', "['a']", 'JSON_MALFORMED'],
  ['n_comment', '[1/*x*/]', 'JSON_MALFORMED'],
  ['n_capital_True', 'True', 'JSON_MALFORMED'],
  ['n_word_cut', 'tru', 'JSON_MALFORMED'],
  ['n_word_longer', 'nulll', 'JSON_MALFORMED'],
  ['n_NaN', 'NaN', 'JSON_MALFORMED'],
  ['n_Infinity', '-Infinity', 'JSON_MALFORMED'],
  ['n_number_leading_zero', '012', 'JSON_MALFORMED'],
  ['n_number_minus_zero_one', '-01', 'JSON_MALFORMED'],
  ['n_number_plus', '+1', 'JSON_MALFORMED'],
  ['n_number_minus_only', '-', 'JSON_MALFORMED'],
  ['n_number_point_first', '.5', 'JSON_MALFORMED'],
  ['n_number_point_last', '1.', 'JSON_MALFORMED'],
  ['n_number_exponent_cut', '1e', 'JSON_MALFORMED'],
  ['n_number_hex', '0x1', 'JSON_MALFORMED'],
  ['n_string_not_closed', '"a', 'JSON_MALFORMED'],
  ['n_string_newline', '"a\nb"', 'JSON_MALFORMED'],
  ['n_string_nul', '"a\u0000b"', 'JSON_MALFORMED'],
  ['n_string_escape_x', '"\\x41"', 'JSON_MALFORMED'],
  ['n_string_escape_cut', '"\\u12"', 'JSON_MALFORMED'],
  ['n_string_escape_at_end', '"\\', 'JSON_MALFORMED'],
  ['n_form_feed_as_space', '\u000c[]', 'JSON_MALFORMED'],
  ['n_no_break_space', '\u00a0[]', 'JSON_MALFORMED'],
  ['n_byte_order_mark', [0xef, 0xbb, 0xbf, 0x5b, 0x5d], 'JSON_MALFORMED'],
  ['n_utf16', [0x5b, 0x00, 0x5d, 0x00], 'JSON_MALFORMED'],
  ['i_lone_high_surrogate', '"\\ud800"', 'JSON_MALFORMED'],
  ['i_lone_low_surrogate', '"\\udc00a"', 'JSON_MALFORMED'],
  ['i_surrogates_in_wrong_order', '"\\udc00\\ud800"', 'JSON_MALFORMED'],
  ['i_invalid_byte_ff', [0x22, 0xff, 0x22], 'TEXT_NOT_UTF8'],
  ['i_overlong_slash', [0x22, 0xc0, 0xaf, 0x22], 'TEXT_NOT_UTF8'],
  ['i_overlong_three', [0x22, 0xe0, 0x80, 0xaf, 0x22], 'TEXT_NOT_UTF8'],
  ['i_encoded_surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22], 'TEXT_NOT_UTF8'],
  ['i_above_10ffff', [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 'TEXT_NOT_UTF8'],
  ['i_sequence_cut', [0x22, 0xe2, 0x82, 0x22], 'TEXT_NOT_UTF8'],
  ['i_number_beyond_2_53', '9007199254740992', 'JSON_NUMBER_UNSAFE'],
  ['i_number_beyond_minus_2_53', '-9007199254740992', 'JSON_NUMBER_UNSAFE'],
  ['i_number_fraction', '1.5', 'JSON_NUMBER_UNSAFE'],
  ['i_number_whole_fraction', '1.0', 'JSON_NUMBER_UNSAFE'],
  ['i_number_exponent', '1e3', 'JSON_NUMBER_UNSAFE'],
  ['i_number_minus_zero', '-0', 'JSON_NUMBER_UNSAFE'],
  ['i_key_twice', '{"a":1,"b":2,"a":3}', 'JSON_DUPLICATE_KEY'],
  ['i_key_twice_escaped', '{"a":1,"\\u0061":1}', 'JSON_DUPLICATE_KEY'],
  ['i_key_twice_deep', '[{"x":{"":0,"":0}}]', 'JSON_DUPLICATE_KEY'],
  ['i_depth_33', `${'['.repeat(33)}${']'.repeat(33)}`, 'JSON_TOO_DEEP'],
  ['i_depth_200000', '['.repeat(200_000), 'JSON_TOO_DEEP'],
  ['i_depth_of_objects', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'JSON_TOO_DEEP'],
  ['i_too_large', `"${'a'.repeat(1 << 20)}"`, 'JSON_TOO_LARGE'],
]

describe('the strict reader refuses', () => {
  test.each(refused)('%s', (_, given, code) => {
    const bytes = typeof given === 'string' ? textToBytes(given) : Uint8Array.from(given)
    const read = strictJson(bytes)
    expect(read).toMatchObject({ ok: false, refusal: { code } })
    expect(read.ok ? '' : read.refusal.place).toMatch(/^byte \d+/)
  })

  test('saying where', () => {
    const read = strictJson(textToBytes('{"a":[0,{"b":1.5}]}'))
    expect(read).toMatchObject({ ok: false, refusal: { place: 'byte 13, $.a[1].b' } })
  })
})

describe('the strict reader accepts', () => {
  test.each<[string, string, Json]>([
    ['y_depth_32', `${'['.repeat(32)}${']'.repeat(32)}`, JSON.parse(`${'['.repeat(32)}${']'.repeat(32)}`)],
    ['y_spaces', ' \t\r\n{ "a" : [ 1 , -2 , 0 ] } ', { a: [1, -2, 0] }],
    ['y_escapes', '"\\"\\\\\\/\\b\\f\\n\\r\\t\\u20ac\\ud83d\\ude00"', '"\\/\b\f\n\r\t€😀'],
    ['y_largest', '9007199254740991', 9007199254740991],
    ['y_utf8', '"€😀é"', '€😀é'],
    ['y_del', '"\u007f"', '\u007f'],
    ['y_same_key_in_two_objects', '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
  ])('%s', (_, text, value) => {
    expect(strictJson(textToBytes(text))).toEqual({ ok: true, value })
  })

  test('a key named __proto__ as a key, touching no prototype', () => {
    const read = strictJson(textToBytes('{"__proto__":{"x":1}}'))
    expect(read.ok && Object.keys(read.value as object)).toEqual(['__proto__'])
    expect((read.ok ? (read.value as { x?: number }) : {}).x).toBeUndefined()
  })

  test('whatever canonical JSON writes, and reads the same value', () => {
    const value = fc.letrec<{ any: Json }>((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, false),
        fc.maxSafeInteger(),
        fc.string({ unit: 'grapheme' }),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
      ),
    })).any
    fc.assert(
      fc.property(value, (given) => {
        const text = canonicalJson(given)
        const read = strictJson(textToBytes(text))
        expect(read.ok && canonicalJson(read.value)).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})

test('UTF-8 is read as TextDecoder reads it when it is fatal', () => {
  const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const some = fc.array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xff), {
    maxLength: 6,
  })
  fc.assert(
    fc.property(some, (values) => {
      const bytes = Uint8Array.from(values)
      let expected: string | null = null
      try {
        expected = fatal.decode(bytes)
      } catch {}
      const read = bytesToText(bytes)
      expect(read.ok ? read.value : null).toBe(expected)
    }),
    { numRuns: 5000 },
  )
})
