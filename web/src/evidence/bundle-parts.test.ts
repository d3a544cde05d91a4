/** A bundle by the names of its files. */
import { expect, it } from 'vitest'
import { countParts } from './bundle-parts.ts'

it('an exhibit is one, however many files it has', () => {
  const names = ['seal.note', 'manifest.json', 'journal/entries/3.json', 'exhibits/X-1/exhibit.json']
  const more = ['exhibits/X-1/original.bin', 'exhibits/X-2/exhibit.json', 'requests/R-1/letter.pdf', 'traces/T-1.json']
  expect(countParts([...names, ...more].map((name) => `B-1/${name}`))).toEqual({
    ...{ files: 8, exhibits: 2, requests: 1, traces: 1 },
  })
})

it('an empty bundle has nothing', () => {
  expect(countParts([])).toEqual({ files: 0, exhibits: 0, requests: 0, traces: 0 })
})
