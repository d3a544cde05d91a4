import { expect, test } from 'vitest'
import { wayOf } from './ways.ts'

test.each([
  ['/approve/1', '/requests'],
  ['/app/approve/1', '/requests'],
  ['/messages/1', '/cases'],
  ['/app/indicators', '/cases'],
  ['/app/cases/1', null],
  ['/', null],
] as const)('the screen at %s is marked under %s', (path, way) => {
  expect(wayOf(path)).toBe(way)
})
