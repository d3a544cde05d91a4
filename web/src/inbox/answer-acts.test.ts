import { describe, expect, it } from 'vitest'
import { transitions } from '../../../platform/src/casework/index.ts'
import { answerActs, expectsAnswer, possibleActs } from './answer-acts.ts'

const first = (state: Parameters<typeof possibleActs>[0]) => possibleActs(state, transitions.in)[0]?.act

describe('answers to a request of others', () => {
  it('are offered in the order of its life', () => {
    expect(first('received')).toBe('acknowledge')
    expect(first('acknowledged')).toBe('accept')
    expect(first('accepted')).toBe('execute')
    expect(first('executed')).toBe('report')
    expect(first('partially-executed')).toBe('report')
    expect(first('refused')).toBe('hand-back')
  })

  it('are expected until it was reported what was done', () => {
    expect((['received', 'accepted', 'executed'] as const).map(expectsAnswer)).toEqual([true, true, true])
    expect((['reported', 'extended'] as const).map(expectsAnswer)).toEqual([false, false])
    expect(first('reported')).toBe('execute')
  })

  it('are all that the table knows', () => {
    expect(answerActs.map(({ act }) => act).sort()).toEqual(Object.keys(transitions.in).sort())
  })
})
