/** What can be done with a request. */
import { expect, test } from 'vitest'
import { requestStates, transitions } from '../../../platform/src/casework/request-states.ts'
import { actsIn, type Given, inputOf, missingIn, stateAfter } from './act-list.ts'

const given: Given = {
  ...{ node: '', competent: '', forwarded: '', authority: '', country: 'DE', reason: '', ground: '', until: '' },
  secured: [],
}

test('every step that the table knows after release can be recorded, in exactly the states that it allows', () => {
  const elsewhere = ['submit', 'change', 'release']
  for (const state of requestStates) {
    const possible = Object.entries(transitions.out).filter(([, step]) => step.from.includes(state))
    const wanted = possible.map(([act]) => act).filter((act) => !elsewhere.includes(act))
    expect(
      actsIn(state)
        .map(({ act }) => act)
        .sort(),
      state,
    ).toEqual(wanted.sort())
  }
})

test('an act sends what it asks for and nothing else, times as instants', () => {
  const [acknowledge] = actsIn('released')
  if (!acknowledge) throw new Error('nothing can be done')
  expect(missingIn(acknowledge, given)).toEqual(['times'])
  const at = { ...given, competent: '2026-11-26T10:00', reason: 'unasked' }
  expect(inputOf(acknowledge, 'x', 3, at)).toEqual({
    ...{ id: 'x', seen: 3, receivedByCompetentAt: new Date('2026-11-26T10:00').toISOString() },
  })
  expect(stateAfter('released', acknowledge, at)).toBe('acknowledged')
  expect(stateAfter('released', acknowledge, { ...given, node: '2026-11-26T10:00' })).toBe('released')
})
