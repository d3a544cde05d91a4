import { expect, test } from 'vitest'
import { inGroups } from './groups.ts'

function recorded(fails: (items: readonly string[]) => boolean = () => false, atOnce = 1) {
  const groups: string[][] = []
  const open: (() => void)[] = []
  const take = inGroups<string, string>(
    async (items) => {
      groups.push([...items])
      await new Promise<void>((resolve) => open.push(resolve))
      if (fails(items)) throw new Error(`not ${items.join()}`)
      return items.map((item) => item.toUpperCase())
    },
    { most: 3, atOnce, keyOf: (item) => item[0] as string, weight: { of: (item) => item.length, most: 8 } },
  )
  const finish = async () => {
    while (open.length > 0) {
      open.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { groups, take, finish }
}

test('who comes alone is done at once; what comes meanwhile is done together, each with its own answer', async () => {
  const { groups, take, finish } = recorded()
  const all = Promise.all(['a', 'b', 'c', 'd', 'e'].map(take))
  await finish()
  expect(await all).toEqual(['A', 'B', 'C', 'D', 'E'])
  expect(groups).toEqual([['a'], ['b', 'c', 'd'], ['e']])
})

test('two of one key are never in one group, and keep their order', async () => {
  const { groups, take, finish } = recorded()
  const all = Promise.all(['x', 'a1', 'a2', 'b'].map(take))
  await finish()
  await all
  expect(groups).toEqual([['x'], ['a1', 'b'], ['a2']])
})

test('where several groups are under way, two of one key still come one after the other', async () => {
  const { groups, take, finish } = recorded(() => false, 2)
  const all = Promise.all(['a1', 'a2', 'b', 'a3', 'c'].map(take))
  expect(groups).toEqual([['a1'], ['b']])
  await finish()
  await all
  expect(groups).toEqual([['a1'], ['b'], ['a2', 'c'], ['a3']])
})

test('a group weighs no more than it may, and what weighs more by itself goes alone', async () => {
  const { groups, take, finish } = recorded()
  const all = Promise.all(['x', 'a', 'bbbbbbb', 'cc', 'dddddddddddd', 'e'].map(take))
  await finish()
  await all
  expect(groups).toEqual([['x'], ['a', 'bbbbbbb'], ['cc', 'e'], ['dddddddddddd']])
})

test('one that fails takes none with it', async () => {
  const { groups, take, finish } = recorded((items) => items.includes('bad'))
  const all = Promise.allSettled(['x', 'a', 'bad', 'c'].map(take))
  await finish()
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(groups).toEqual([['x'], ['a', 'bad', 'c'], ['a'], ['bad'], ['c']])
})
