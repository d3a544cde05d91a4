import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

test('a cell with a comma, a quotation mark or a new line is quoted, and a formula is none', () => {
  expect(csvOf([['a', 'b,c', 'say "no"', 'x\ny', '=1+1', '@SUM(A1)', '']])).toBe(
    `a,"b,c","say ""no""","x\ny",'=1+1,'@SUM(A1),\r\n`,
  )
})
