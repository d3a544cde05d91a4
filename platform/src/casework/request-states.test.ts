import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  actsFrom,
  directions,
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
/** The same for what others ask of us. */
const incomingSteps = `
received acknowledge acknowledged | received ask-back asked-back | received refuse refused | received postpone -
received withdraw withdrawn | received hand-back handed-back
acknowledged ask-back asked-back | acknowledged accept accepted | acknowledged postpone postponed
acknowledged refuse refused | acknowledged withdraw withdrawn | acknowledged hand-back handed-back
asked-back ask-back asked-back | asked-back supplement acknowledged | asked-back accept accepted
asked-back postpone postponed | asked-back refuse refused | asked-back withdraw withdrawn
asked-back hand-back handed-back
postponed ask-back asked-back | postponed accept accepted | postponed postpone postponed
postponed find-impossible impossible | postponed refuse refused | postponed withdraw withdrawn
accepted postpone postponed | accepted find-impossible impossible | accepted execute-partially partially-executed
accepted execute executed | accepted withdraw withdrawn
impossible find-impossible impossible | impossible revive accepted | impossible refuse refused
impossible withdraw withdrawn | impossible hand-back handed-back
partially-executed execute-partially partially-executed | partially-executed execute executed
partially-executed report reported | partially-executed extend extended | partially-executed lift lifted
executed report reported | executed extend extended | executed lift lifted
reported execute-partially partially-executed | reported execute executed | reported report reported
reported extend extended | reported lift lifted
extended report reported | extended extend extended | extended lift lifted
refused hand-back handed-back | withdrawn hand-back handed-back | lifted hand-back handed-back
`
const possibleBy = { out: readSteps(steps), in: readSteps(incomingSteps) }

function readSteps(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .split(/[|\n]/)
      .map((step) => step.trim().split(' '))
      .filter((step) => step.length === 3 && step[2] !== '-')
      .map(([from, act, to]) => [`${from} ${act}`, to as string]),
  )
}
const ends = {
  out: ['refused', 'withdrawn', 'lifted'],
  in: ['handed-back'],
}

describe.each(directions)('the life of a request, %s', (direction) => {
  test('knows the steps that are written here, and nothing else is possible', () => {
    const possible = possibleBy[direction]
    for (const state of requestStates) {
      for (const act of requestActs) {
        expect(nextState(state, act, direction), `${state} ${act}`).toBe(possible.get(`${state} ${act}`) ?? null)
      }
    }
    expect(possible.size).toBe(
      requestActs.reduce((sum, act) => sum + (transitions[direction][act]?.from.length ?? 0), 0),
    )
  })

  test('every state that is reached can be left, but for its ends; and what is open can go on', () => {
    const reached = new Set<string>([direction === 'out' ? 'draft' : 'received'])
    for (let before = 0; before !== reached.size; ) {
      before = reached.size
      for (const { from, to } of Object.values(transitions[direction]))
        if (from.some((state) => reached.has(state))) reached.add(to)
    }
    const states = requestStates.filter((state) => reached.has(state))
    expect(states.filter((state) => actsFrom(state, direction).length === 0)).toEqual(ends[direction])
    for (const state of states) if (isOpenState(state, direction)) expect(isAlive(state)).toBe(true)
    // What the other column alone knows is not reached here.
    const foreign =
      direction === 'out'
        ? ['received', 'accepted', 'reported', 'handed-back']
        : ['draft', 'submitted', 'released', 'referred']
    expect(states.filter((state) => foreign.includes(state))).toEqual([])
    expect(reached.size).toBe(requestStates.length - foreign.length)
  })
})

describe('the life of a request', () => {
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

  test('nothing is carried out for others that was not accepted', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...requestActs), { maxLength: 30 }), (acts) => {
        let state: (typeof requestStates)[number] = 'received'
        let accepted = false
        for (const act of acts) {
          const next = nextState(state, act, 'in')
          if (next === null) continue
          accepted ||= act === 'accept'
          state = next
          if (['partially-executed', 'executed', 'reported', 'extended', 'lifted'].includes(state))
            expect(accepted).toBe(true)
        }
      }),
    )
  })

  test('what is over wants nothing done about its assets', () => {
    expect(requestStates.filter((state) => !isAlive(state))).toEqual(['refused', 'withdrawn', 'lifted', 'handed-back'])
  })

  test('codes of reasons stand in one list each', () => {
    const all = Object.values(reasonCodes).flat()
    expect(new Set(all).size).toBe(all.length)
  })
})
