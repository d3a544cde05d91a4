import { describe, expect, it } from 'vitest'
import { messageTypes, misfit } from '../../../platform/src/exchange/wire/index.ts'
import { emptyOf, finished, lacksOf, type Schema, withValue } from './form-value.ts'

const schemaOf = (type: string) => {
  const majors = messageTypes.get(type)?.majors ?? {}
  return majors[Math.max(...Object.keys(majors).map(Number))] as Schema
}

describe('the form of a message', () => {
  it.each([...messageTypes.keys()])('of the type %s says by itself what it lacks, before the node does', (type) => {
    const schema = schemaOf(type)
    const empty = emptyOf(schema)
    const fits = misfit(schema as never, finished(schema, empty)) === null
    expect(lacksOf(schema, empty).length === 0, JSON.stringify(lacksOf(schema, empty))).toBe(fits)
  })

  it('fits when everything that it asks for is said', () => {
    const schema = schemaOf('preserve.release')
    const said = withValue(emptyOf(schema), ['reason'], 'The data came.')
    expect(lacksOf(schema, said)).toEqual([])
    expect(misfit(schema as never, finished(schema, said))).toBeNull()
  })

  it('names a value that is not written as it must be by its path', () => {
    const schema = schemaOf('freeze.request')
    const said = withValue(emptyOf(schema), ['authority', 'country'], 'Netherlands')
    expect(lacksOf(schema, said)).toContainEqual({ path: 'authority.country', why: 'form' })
  })
})
