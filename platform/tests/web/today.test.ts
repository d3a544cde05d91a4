/** The first screen, in a real browser at a real node. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { lookAt } from './screen-checks.ts'
import { caseOf, open, openWorld, type User, type World } from './world.ts'

describe.skipIf(findChromium() === null)('today', () => {
  let world: World
  let ines: User
  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
  })
  afterAll(() => world?.close())

  it('teaches whoever has no case yet, and shows the case that is opened meanwhile', async () => {
    const page = await open(ines, world.at, '/')
    await page.getByText('No case is yours yet.').waitFor()
    await caseOf(world, ines, 'The ransom of May', [])
    await page.getByText('The ransom of May').waitFor()
  })

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['en', 'contrast'],
    ['ar', 'light'],
  ] as const)('is right in %s, %s', async (language, theme) => {
    const page = await open(ines, world.at, '/')
    expect(await lookAt(page, 'today', { language, theme })).toEqual([])
    expect(ines.wrongs).toEqual([])
  })
})
