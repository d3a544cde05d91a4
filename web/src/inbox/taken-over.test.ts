/** A request of ours that rests on one of theirs says the same of offence, facts and assets, and nothing in their name. */
import { describe, expect, it } from 'vitest'
import { messageTypes } from '../../../platform/src/exchange/wire/index.ts'
import type { Schema } from './form-value.ts'
import { takenOver } from './taken-over.ts'

const schemaOf = (type: string) => {
  const majors = Object.values(messageTypes.get(type)?.majors ?? {})
  const whole = majors.at(-1) as Schema
  if (!whole.properties) throw new Error(`no schema of ${type}`)
  return whole
}
const body = {
  authority: { name: 'Theirs' },
  ...{ order: 'a'.repeat(64), grounds: 'Their grounds.', remedies: 'Their court.' },
  ...{ offence: { conduct: 'Extortion' }, facts: { summary: 'What happened.' }, persons: [] },
  assets: [{ property: { address: 'bc1q' }, maximum: { amount: '5' } }],
}

describe('a request that rests on another', () => {
  it('takes over what is the same in both, and what their sender says for themselves stays theirs', () => {
    const freeze = schemaOf('freeze.request')
    const { offence, facts, persons, assets } = body
    expect(takenOver(freeze, freeze, body)).toEqual({ offence, facts, persons, assets })
  })

  it('takes over only what has the same form there', () => {
    const taken = takenOver(schemaOf('preserve.request'), schemaOf('freeze.request'), body)
    expect(taken).toEqual({ offence: body.offence, facts: body.facts })
    expect(takenOver(schemaOf('contact.call'), schemaOf('freeze.request'), body)).toEqual({})
  })
})
