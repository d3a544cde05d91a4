/** Today, in a real browser at a real node: what is due by when, for each role. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { pressOn } from './by-keyboard.ts'
import { lookAt } from './screen-checks.ts'
import { type Answer, caseOf, open, openWorld, type User, type World } from './world.ts'
import { wordsIn } from './words.ts'

const HOUR = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString().replace(/\.\d+Z$/, 'Z')

describe.skipIf(findChromium() === null)('today', () => {
  let world: World
  let ines: User
  let caseId = ''
  const en = wordsIn('en')
  const ar = wordsIn('ar')
  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
  })
  afterAll(() => world?.close())

  it('teaches whoever has no case yet, and shows what is due in the case that is opened meanwhile', async () => {
    const page = await open(ines, world.at, '/')
    await page.getByText(en('today.no-cases'), { exact: true }).waitFor()
    caseId = await caseOf(world, ines, 'The ransom of May', [])
    await page.getByText(en('today.due-none')).waitFor()
    const task = (what: string, due: string): Promise<Answer> =>
      world.does(ines, 'task.add', {
        ...{ caseId, basis: 'fact' },
        content: { what, assignee: ines.id, due, done: null },
      })
    await task('Call the exchange', inHours(3))
    await task('Ask for the order', inHours(-2))
    await page.getByText('overdue').waitFor()
    await page.getByText('due within a day').waitFor()
    // The zone of the agency decides, and is said.
    expect(await page.locator('main time').first().innerText()).toMatch(/CET|CEST|GMT\+[12]/)
  })

  it('leads from what is due to where it is done, and back to where one was, by mouse', async () => {
    const page = await open(ines, world.at, '/')
    await page.getByRole('link', { name: en('today.matter.task-due') }).first().click()
    await page.getByRole('button', { name: 'Mark “Ask for the order” as done' }).click()
    await page.getByText(en('cases.field.task.done'), { exact: true }).waitFor()
    await page.getByRole('link', { name: en('way.today'), exact: true }).click()
    await page.getByText('overdue').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: en('today.continue-act'), exact: true }).click()
    await page.waitForURL(/\/records\?kind=task/)
    const { items } = await world.does(ines, 'task.list', { caseId })
    expect(items.map(({ content }: Answer) => content.done !== null)).toEqual([false, true])
  })

  it('leads there by keyboard alone, in Arabic', async () => {
    await ines.page.evaluate("localStorage.setItem('comity.language', 'ar')")
    const page = await open(ines, world.at, '/')
    await page.getByRole('link', { name: ar('today.matter.task-due') }).waitFor()
    await pressOn(page, ar('today.matter.task-due'))
    await page.getByText('Call the exchange').first().waitFor()
    await pressOn(page, /Call the exchange.*/)
    await page.getByText(ar('cases.field.task.done'), { exact: true }).nth(1).waitFor()
    const { items } = await world.does(ines, 'task.list', { caseId })
    expect(items.every(({ content }: Answer) => content.done !== null)).toBe(true)
  })

  it.each([
    ['prosecutor', 'today.approvals-none'],
    ['liaison-officer', 'today.calls-none'],
    ['compliance-officer', 'today.inbox-none'],
    ['auditor', 'today.oversight-none'],
    ['administrator', 'today.people'],
  ])('starts a %s with what is theirs', async (role, first) => {
    const user = await world.person(role, role)
    const page = await open(user, world.at, '/')
    await page.getByText(en(first), { exact: true }).waitFor()
    expect(await lookAt(page, `today-${role}`)).toEqual([])
    expect(user.wrongs).toEqual([])
  })

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['en', 'contrast'],
    ['ar', 'light'],
  ] as const)('is right in %s, %s', async (language, theme) => {
    await world.does(ines, 'task.add', {
      ...{ caseId, basis: 'fact' },
      content: { what: 'Read the answer', assignee: ines.id, due: inHours(30), done: null },
    })
    const page = await open(ines, world.at, '/')
    expect(await lookAt(page, 'today', { language, theme })).toEqual([])
    expect(ines.wrongs).toEqual([])
  })
})
