import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  actsFrom,
  isAlive,
  isOpenState,
  isOut,
  nextState,
  reasonCodes,
  requestActs,
  requestStates,
  transitions,
} from './request-states.ts'

/** Written out by hand, apart from the table: every step that the life of a request knows. */
const steps = `
draft submit submitted | draft change draft | draft withdraw withdrawn
submitted change draft | submitted release released | submitted withdraw withdrawn
released acknowledge acknowledged | released refer referred | released ask-back asked-back | released postpone postponed
released find-impossible impossible | released execute-partially partially-executed | released execute executed
released refuse refused | released withdraw withdrawn
acknowledged refer referred | acknowledged ask-back asked-back | acknowledged postpone postponed
acknowledged find-impossible impossible | acknowledged execute-partially partially-executed
acknowledged execute executed | acknowledged refuse refused | acknowledged withdraw withdrawn
referred take-over acknowledged | referred withdraw withdrawn
asked-back refer referred | asked-back ask-back asked-back | asked-back supplement acknowledged
asked-back postpone postponed | asked-back find-impossible impossible | asked-back refuse refused
asked-back withdraw withdrawn
postponed refer referred | postponed ask-back asked-back | postponed postpone postponed
postponed find-impossible impossible | postponed execute-partially partially-executed | postponed execute executed
postponed refuse refused | postponed withdraw withdrawn
impossible refer referred | impossible ask-back asked-back | impossible postpone postponed
impossible find-impossible impossible | impossible revive acknowledged | impossible execute-partially partially-executed
impossible execute executed | impossible refuse refused | impossible withdraw withdrawn
partially-executed refer referred | partially-executed ask-back asked-back | partially-executed postpone postponed
partially-executed find-impossible impossible | partially-executed execute executed
partially-executed extend extended | partially-executed lift lifted
executed extend extended | executed lift lifted
extended extend extended | extended lift lifted
`
const possible = new Map(
  steps
    .split(/[|\n]/)
    .map((step) => step.trim().split(' '))
    .filter((step) => step.length === 3)
    .map(([from, act, to]) => [`${from} ${act}`, to]),
)

describe('the life of a request', () => {
  test('knows the steps that are written here, and nothing else is possible', () => {
    for (const state of requestStates) {
      for (const act of requestActs) {
        expect(nextState(state, act), `${state} ${act}`).toBe(possible.get(`${state} ${act}`) ?? null)
      }
    }
    expect(possible.size).toBe(requestActs.reduce((sum, act) => sum + transitions[act].from.length, 0))
  })

  test('nothing leaves the house but by a release', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...requestActs), { maxLength: 30 }), (acts) => {
        let state: (typeof requestStates)[number] = 'draft'
        let released = false
        for (const act of acts) {
          const next = nextState(state, act)
          if (next === null) continue
          released ||= act === 'release'
          state = next
          expect(isOut(state) && state !== 'withdrawn').toBe(released && state !== 'withdrawn')
        }
      }),
    )
  })

  test('every state is reached, and from every state that is open somebody can go on', () => {
    const reached = new Set<string>(['draft'])
    for (let before = 0; before !== reached.size; ) {
      before = reached.size
      for (const act of requestActs)
        if (transitions[act].from.some((state) => reached.has(state))) reached.add(transitions[act].to)
    }
    expect([...reached].sort()).toEqual([...requestStates].sort())
    for (const state of requestStates) if (isOpenState(state)) expect(actsFrom(state).length).toBeGreaterThan(0)
    expect(requestStates.filter((state) => actsFrom(state).length === 0)).toEqual(['refused', 'withdrawn', 'lifted'])
    expect(requestStates.filter((state) => !isAlive(state))).toEqual(['refused', 'withdrawn', 'lifted'])
  })

  test('codes of reasons stand in one list each', () => {
    const all = Object.values(reasonCodes).flat()
    expect(new Set(all).size).toBe(all.length)
  })
})
