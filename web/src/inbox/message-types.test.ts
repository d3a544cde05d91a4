import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { messageTypes } from '../../../platform/src/exchange/index.ts'

it('every kind of message of the exchange has a name that people read', () => {
  const words = JSON.parse(readFileSync(new URL('./messages/en.json', import.meta.url), 'utf8')) as object
  const nameless = [...messageTypes.keys()].filter((type) => !(`inbox.type.${type}` in words))
  expect(nameless).toEqual([])
})
