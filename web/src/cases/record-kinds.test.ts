import { expect, test } from 'vitest'
import { contentOf, filledFrom, kindOf, kinds, missingIn } from './record-kinds.ts'

test('what a record says survives its form, for every kind, with what the form does not show', () => {
  const task = { what: 'Call the exchange', assignee: null, due: '2026-11-27T09:30:00Z', done: null }
  expect(contentOf(kindOf('task'), filledFrom(kindOf('task'), task), task)).toEqual(task)
  const order = {
    ...{ measure: 'FREEZE_SPECIFIC', authority: 'Court', on: '2026-11-26', until: null, liftedAt: null },
    assets: [{ chain: 'c:1', address: 'a', asset: null, amount: '5', value: '9' }],
  }
  expect(contentOf(kindOf('order'), filledFrom(kindOf('order'), order), order)).toEqual(order)
  const person = { kind: 'legal', name: 'Acme', ledCategory: 'OTHER', position: null, otherNames: ['A'] }
  expect(contentOf(kindOf('person'), filledFrom(kindOf('person'), person), person)).toEqual(person)
})

test('an empty form names every required field, and only those', () => {
  for (const kind of kinds) {
    const required = kind.fields.filter((one) => one.required && !one.options).map(({ name }) => name)
    expect(missingIn(kind, filledFrom(kind, {}))).toEqual(required)
  }
})

test('a text that is cleared leaves the content, or is null where the node wants to hear so', () => {
  const before = { what: 'x', assignee: null, due: '2026-11-27T09:30:00Z', done: null, about: 'why' }
  const filled = { ...filledFrom(kindOf('task'), before), about: ' ', due: '' }
  expect(contentOf(kindOf('task'), filled, before)).toEqual({ what: 'x', assignee: null, due: null, done: null })
})
