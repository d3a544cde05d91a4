import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formToData } from './form-data.ts'

describe('the fields of a form as one value', () => {
  test.each([
    [{}, {}],
    [
      { a: 'x', b: 1 },
      { a: 'x', b: 1 },
    ],
    [{ 'a.b.c': true }, { a: { b: { c: true } } }],
    [{ 'a[1].b': 1 }, { a: [null, { b: 1 }] }],
    [
      { 'a[10]': 'k', 'a[2]': 'c', 'a[0]': 'a' },
      { a: ['a', null, 'c', null, null, null, null, null, null, null, 'k'] },
    ],
    [{ 'constructor.toString': 'x' }, { constructor: { toString: 'x' } }],
  ])('%j', (fields, value) => expect(formToData(fields)).toEqual({ ok: true, value }))

  test.each([
    { a: 'x', 'a.b': 1 },
    { 'a.b': 1, a: 'x' },
    { 'a[0]': 1, 'a.b': 2 },
    { 'a.b': 2, 'a[0]': 1 },
  ])('refuses %j, in any order, and loses nothing', (fields) =>
    expect(formToData(fields)).toMatchObject({ ok: false, refusal: { code: 'FORM_PATH_CLASH' } }),
  )

  test('the order of the fields does not matter', () => {
    const path = fc.constantFrom('a', 'b.c', 'b.d', 'e[0].f', 'e[2].f', 'e[1]', 'g.h.i', 'b')
    fc.assert(
      fc.property(fc.dictionary(path, fc.integer()), (fields) => {
        const turned = Object.fromEntries(Object.entries(fields).reverse())
        const [one, other] = [formToData(fields), formToData(turned)]
        expect(one.ok).toBe(other.ok)
        if (one.ok && other.ok) expect(other.value).toEqual(one.value)
      }),
    )
  })
})
