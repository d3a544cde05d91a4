/** What is dropped together is told apart. */
import { expect, it } from 'vitest'
import { sortDropped } from './sort-dropped.ts'

function at(path: string): File {
  const file = new File(['{}'], path.split('/').at(-1) ?? '')
  Object.defineProperty(file, 'webkitRelativePath', { value: path.includes('/') ? path : '' })
  return file
}
const names = (files: readonly File[]) => files.map(({ name }) => name)

it('a directory beside a dossier', () => {
  const dropped = ['nl.dossier.json', 'directory/1.root.json', 'directory/members/nl.json', 'directory/timestamp.json']
  const { directory, rest } = sortDropped(dropped.map(at))
  expect([...(directory?.keys() ?? [])]).toEqual(['1.root.json', 'members/nl.json', 'timestamp.json'])
  expect(names(rest)).toEqual(['nl.dossier.json'])
})

it('a directory inside a folder that was dropped', () => {
  const { directory, rest } = sortDropped(['all/d/1.root.json', 'all/d/2.root.json', 'all/a.json'].map(at))
  expect([...(directory?.keys() ?? [])]).toEqual(['1.root.json', '2.root.json'])
  expect(names(rest)).toEqual(['a.json'])
})

it('no directory where there is no first root', () => {
  const { directory, rest } = sortDropped(['B-1/seal.note', 'B-1/21.root.json'].map(at))
  expect([directory, names(rest)]).toEqual([null, ['seal.note', '21.root.json']])
})
