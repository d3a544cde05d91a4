/** The glossary: one word for each thing, each word once, in the order in which people look. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { repository } from './run-comity.ts'

const rows = readFileSync(join(repository, 'docs/glossary.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| word'))
  .map((line) => line.split('|').map((cell) => cell.trim()))

test('every word stands once, with its meaning, in the order of the alphabet', () => {
  expect(rows.length).toBeGreaterThan(150)
  expect(rows.filter(([, word, meaning]) => word === '' || meaning === '')).toEqual([])
  const words = rows.map(([, word = '']) => word.toLowerCase())
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
  expect(words).toEqual([...words].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
})
