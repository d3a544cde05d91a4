/** Forms as they are drawn. */
import { expect, test } from 'vitest'
import { blocksOf, entryCount, type FormField, isShown, plainPath, progressOf, withoutEntry } from './form-paths.ts'

const field = (path: string, more: Partial<FormField> = {}): FormField => ({
  ...{ path, label: path, kind: 'text', required: true, article: '1', codes: null, when: null, entryNeeded: true },
  ...more,
})
const natural = { path: 'persons[].kind', is: ['NATURAL_PERSON'] }
const legal = { path: 'persons[].kind', is: ['LEGAL_PERSON'] }
const fields = [
  field('state'),
  field('persons[].kind'),
  field('persons[].natural.surname', { when: natural }),
  field('persons[].natural.sex', { required: false }),
  field('persons[].legal.name', { when: legal }),
  field('persons[].legal.seat', { required: false }),
  field('accounts[].holder', { entryNeeded: false }),
]

test('fields of a list stand together, once for each entry; a list that needs one has one', () => {
  const shape = blocksOf(fields, { 'persons[1].kind': 'LEGAL_PERSON' }).map((block) =>
    block.kind === 'field' ? block.field.at : [block.list, block.entries.map((entry) => entry.map(({ at }) => at))],
  )
  expect(shape[0]).toBe('state')
  expect(shape[1]).toEqual([
    'persons',
    [expect.arrayContaining(['persons[0].kind']), expect.arrayContaining(['persons[1].legal.seat'])],
  ])
  expect(shape[2]).toEqual(['accounts', []])
})

test('a group is asked for where its condition holds, optional fields with it, and what has a value never vanishes', () => {
  const shown = (data: Record<string, string>) => {
    const [, block] = blocksOf(fields, data)
    const [entry = []] = block?.kind === 'entries' ? block.entries : []
    return entry.filter((one) => isShown(one, entry, data)).map(({ at }) => at)
  }
  expect(shown({})).toEqual(['persons[0].kind'])
  expect(shown({ 'persons[0].kind': 'NATURAL_PERSON' })).toEqual([
    'persons[0].kind',
    'persons[0].natural.surname',
    'persons[0].natural.sex',
  ])
  expect(shown({ 'persons[0].kind': 'LEGAL_PERSON', 'persons[0].natural.sex': 'f' })).toEqual([
    'persons[0].kind',
    'persons[0].natural.sex',
    'persons[0].legal.name',
    'persons[0].legal.seat',
  ])
})

test('an entry that goes takes its values along, and those after it move up', () => {
  const data = { 'persons[0].kind': 'a', 'persons[1].kind': 'b', 'persons[2].kind': 'c', state: 'NL' }
  expect(withoutEntry('persons', 1, data)).toEqual({ 'persons[0].kind': 'a', 'persons[1].kind': 'c', state: 'NL' })
  expect(entryCount('persons', data)).toBe(3)
})

test('progress counts what must be filled and is on the screen', () => {
  expect(progressOf(fields, { state: 'NL', 'persons[0].kind': 'LEGAL_PERSON' })).toEqual({ filled: 2, needed: 3 })
})

test('the paths of problems lead to fields however they are written', () => {
  expect(plainPath('/content/data/persons[].kind')).toBe('persons[0].kind')
  expect(plainPath('persons[1].kind')).toBe('persons[1].kind')
  expect(plainPath('/recipients')).toBe('recipients')
})
