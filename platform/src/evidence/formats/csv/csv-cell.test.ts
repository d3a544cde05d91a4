import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvCell, csvTable } from './csv-cell.ts'

const dangerous = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']
const cell = fc
  .tuple(fc.constantFrom('', ...dangerous), fc.string({ unit: 'binary', maxLength: 20 }))
  .map((one) => one.join(''))

it.each([
  ['=1+1', `"'=1+1"`],
  ['+49', `"'+49"`],
  ['-5', `"'-5"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['a "b", c', '"a ""b"", c"'],
  ['plain', '"plain"'],
])('%j is written as %s', (text, written) => {
  expect(csvCell(text)).toBe(written)
})

it('of 10,000 tables no cell starts a formula, and every text can be had back', () => {
  let prefixed = 0
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 3 }), (rows) => {
      const read = parse(csvTable(['a', 'b', 'c'], rows), {
        relax_column_count: false,
        record_delimiter: '\r\n',
      }).slice(1)
      expect(read.length).toBe(rows.length)
      read.forEach((row: string[], at: number) => {
        row.forEach((text, column) => {
          expect(dangerous.some((one) => text.startsWith(one))).toBe(false)
          const original = rows[at]?.[column] ?? ''
          if (text !== original) prefixed++
          expect(text === original || text === `'${original}`).toBe(true)
        })
      })
    }),
    { numRuns: 10_000 },
  )
  expect(prefixed).toBeGreaterThan(1000)
})
