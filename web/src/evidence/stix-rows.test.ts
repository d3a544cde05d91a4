/** Objects that were handed out, as a person reads them. */
import { expect, it } from 'vitest'
import { stixRows } from './stix-rows.ts'

const object = (more: object) => JSON.stringify({ type: 'indicator', id: 'indicator--1', ...more })

it('an object that was handed out twice is one row, as it was handed out last', () => {
  const rows = stixRows([
    { addedAt: '2026-11-25T10:00:00Z', object: object({ pattern: 'old' }) },
    { addedAt: '2026-11-26T10:00:00Z', object: object({ pattern: 'new', valid_from: '2026-11-01T00:00:00Z' }) },
    { addedAt: '2026-11-24T10:00:00Z', object: object({ pattern: 'oldest' }) },
  ])
  expect(rows).toMatchObject([{ says: 'new', validFrom: '2026-11-01T00:00:00Z', addedAt: '2026-11-26T10:00:00Z' }])
})

it('what a person reads first is the pattern, then the value, then the name', () => {
  const says = (more: object) => stixRows([{ addedAt: '', object: object(more) }])[0]?.says
  expect(says({ name: 'Wallet', value: 'bc1', pattern: "[x = 'y']" })).toBe("[x = 'y']")
  expect(says({ name: 'Wallet', value: 'bc1' })).toBe('bc1')
  expect(says({ name: 'Wallet' })).toBe('Wallet')
  expect(says({})).toBe(null)
})

it.each(['no json', '[]', 'null', '{"type":"indicator"}'])('%s is left out', (text) => {
  expect(stixRows([{ addedAt: '', object: text }])).toEqual([])
})
