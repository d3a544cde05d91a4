/** Items and manifests of a reading, as a person reads them. */
import { expect, it } from 'vitest'
import { fatesIn, titleOfPlanned } from './planned.ts'

it.each([
  ['wallet', { chain: 'c', address: 'bc1' }, 'bc1'],
  ['person-of-interest', { name: 'Doe' }, 'Doe'],
  ['event', { what: 'A transfer' }, 'A transfer'],
  ['statement', { subject: { value: 'bc1' }, claim: 'of X' }, 'bc1: of X'],
  ['something else', { name: 'Doe' }, ''],
  ['wallet', null, ''],
])('%s', (kind, content, title) => {
  expect(titleOfPlanned(kind, content)).toBe(title)
})

it('fields of both manifests stand in one list, and a file without one adds nothing', () => {
  const file = { changed: [{ path: 'a', to: 'b', how: 'c' }], dropped: [{ path: 'd', why: 'e' }] }
  const own = { changed: [], dropped: [{ path: 'f', why: 'g' }] }
  expect(fatesIn(file, own)).toEqual({
    changed: [{ path: 'a', to: 'b', how: 'c' }],
    dropped: [
      { path: 'd', why: 'e' },
      { path: 'f', why: 'g' },
    ],
  })
  expect(fatesIn(null)).toEqual({ changed: [], dropped: [] })
})
