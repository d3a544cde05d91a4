import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type JsonItem, jsonSplitter } from './json-splitter.ts'

const text = new TextDecoder()
const bytes = (content: string) => new TextEncoder().encode(content)

function split(content: string, cuts: readonly number[] = [], maxItemBytes?: number): readonly string[] {
  const all = bytes(content)
  const splitter = jsonSplitter(maxItemBytes)
  const items: JsonItem[] = []
  let from = 0
  for (const cut of [...cuts.map((n) => n % (all.length + 1)).sort((a, b) => a - b), all.length]) {
    items.push(...splitter.push(all.slice(from, cut)))
    from = cut
  }
  items.push(...splitter.finish())
  return items.map((item) =>
    item.kind === 'value' ? `${item.offset}:${text.decode(item.bytes)}` : `${item.offset}!${item.code}`,
  )
}

describe('the JSON splitter', () => {
  test.each<[string, string, string[]]>([
    ['one object', '{"a":1}', ['0:{"a":1}']],
    ['objects one after the other', '{"a":1}{"b":"}"}', ['0:{"a":1}', '7:{"b":"}"}']],
    ['lines', '{"a":1}\n{"b":2}\n', ['0:{"a":1}', '8:{"b":2}']],
    ['the elements of an array', '[ {"a":[1,2]}, {"b":2} ]', ['2:{"a":[1,2]}', '15:{"b":2}']],
    ['an array of arrays', '[[{"a":1}],[]]', ['1:[{"a":1}]', '11:[]']],
    ['brackets and quotes in strings', '{"a":"]}\\"{["}', ['0:{"a":"]}\\"{["}']],
    ['bare values', '"ab" 12 null', ['0:"ab"', '5:12', '8:null']],
    ['a byte order mark', '\ufeff{"a":1}', ['3:{"a":1}']],
    ['nothing', ' \n', []],
    ['a cut object', '{"a":1}\n{"b":', ['0:{"a":1}', '8!SOURCE_TRUNCATED']],
    ['a cut array', '[{"a":1},', ['1:{"a":1}', '9!SOURCE_TRUNCATED']],
    ['an escape at the very end', '["a\\', ['1!SOURCE_TRUNCATED']],
    ['rubbish, then a line', '{"a":1}\n%%%{"x":1}\n{"b":2}', ['0:{"a":1}', '8!SOURCE_MALFORMED', '19:{"b":2}']],
    ['an open string, then a line', '{"a":"1}\n{"b":2}\n', ['8!SOURCE_MALFORMED', '9:{"b":2}']],
    ['a closing bracket too many', '{"a":1}}\n{"b":2}', ['0:{"a":1}', '7!SOURCE_MALFORMED', '9:{"b":2}']],
  ])('finds %s', (_, content, expected) => {
    expect(split(content)).toEqual(expected)
  })

  test('finds the same values wherever the chunks end', () => {
    const contents = [
      '{"a":1}\n{"b":"\\"}{"}\n[',
      '[{"a":[1,{"b":2}]},"x",12,null]',
      '{"a":"1}\n{"b":2}\n%\n{"c":3}',
      '"ab" 12 {"ü":"é"}',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...contents), fc.array(fc.nat()), (content, cuts) => {
        expect(split(content, cuts)).toEqual(split(content))
      }),
    )
  })

  test('does not collect a value without end', () => {
    expect(
      split(`{"a":"${'x'.repeat(5_000)}"}\n{"b":2}`, [500, 1000, 1500, 2000, 2500, 3000, 4000, 5009], 1000),
    ).toEqual(['1500!SOURCE_ITEM_TOO_LARGE', '5009:{"b":2}'])
  })
})
