/** Today, in a real browser at a real node: what is due by when, for each role. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { pressOn } from './by-keyboard.ts'
import { lookAt } from './screen-checks.ts'
import { wordsIn } from './words.ts'
import { type Answer, caseOf, open, openWorld, type User, type World } from './world.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
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
    expect(await page.locator('main time').first().textContent()).toMatch(/CET|CEST|GMT\+[12]/)
  })

  it('leads from what is due to where it is done, and back to where one was, by mouse', async () => {
    const page = await open(ines, world.at, '/')
    await page.getByRole('link', { name: 'Ask for the order' }).click()
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
    await page.getByRole('link', { name: 'Call the exchange' }).waitFor()
    await pressOn(page, 'Call the exchange')
    await page.waitForURL(/\/records\?kind=task/)
    await pressOn(page, /«Call the exchange»/)
    await page.getByText(ar('cases.field.task.done'), { exact: true }).nth(1).waitFor()
    const { items } = await world.does(ines, 'task.list', { caseId })
    expect(items.every(({ content }: Answer) => content.done !== null)).toBe(true)
  })

  it('a deadline of a request stands in the zone that decides, and the law behind it is one step away', async () => {
    await ines.page.evaluate("localStorage.setItem('comity.language', 'en')")
    const { id } = await world.does(ines, 'request.receive', {
      ...{ caseId, reference: 'RG 7/2026', arrival: 'secure-channel', receivedByNodeAt: inHours(-1) },
      sender: { authority: 'Tribunal judiciaire de Paris', country: 'FR', role: 'court', address: null },
      content: {
        ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC', data: {} },
        languages: { original: 'fr', theirs: ['en'] },
        recipients: [{ authority: 'Public prosecutor', country: 'NL', role: 'to' }],
        clock: { country: 'NL', zone: 'Europe/Amsterdam' },
        urgency: { code: 'IMMINENT_DISSIPATION', ground: 'Coins move.' },
        ...{ facts: 'Ce qui est arrivé.', trace: null, useConditions: [] },
        assets: [{ chain: BITCOIN, address: ADDRESS, asset: null, amount: '1000', value: null }],
      },
    })
    const { version } = await world.does(ines, 'request.read', { id })
    await world.does(ines, 'request.acknowledge', { id, receivedByCompetentAt: inHours(0) }, version)
    const page = await open(ines, world.at, '/')
    const row = page.locator('.tasks > li').filter({ hasText: 'Tribunal judiciaire de Paris' }).first()
    await row.getByText(/Reg\. 2018\/1805\u2069, article/).waitFor()
    await row.getByText(en('why.why')).click()
    await row.locator('.why li').getByText('2018/1805').first().waitFor()
    expect(await row.locator('time').first().textContent()).toMatch(/CET|CEST|GMT\+[12]/)
    await row.getByRole('link').click()
    await page.waitForURL(`**/requests/${id}`)
  })

  it('tells the second person at an act on keys to confirm it, leads there, and is silent afterwards and to others', async () => {
    const paul = await world.person('Paul', 'evidence-custodian')
    paul.page.setDefaultTimeout(20_000)
    const { version } = await world.does(ines, 'case.read', { caseId })
    await world.does(ines, 'case.member.add', { caseId, personId: paul.id }, version)
    const marking = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false }
    const { exhibitId } = await world.does(ines, 'exhibit.add', {
      ...{ caseId, kind: 'key-control', title: 'Seed of the suspect', marking, acquirer: { personId: ines.id } },
      ...{ authority: 'Order 7', place: 'Rotterdam', acquiredAt: new Date().toISOString(), witness: paul.id },
      keyControl: { form: 'shares', threshold: 2, shares: 3, scheme: 'SLIP-39', held: 'Two safes' },
    })
    const theirs = await open(paul, world.at, '/')
    await theirs
      .getByText(en('today.due-none'))
      .or(theirs.getByText(en('today.due'), { exact: true }))
      .first()
      .waitFor()
    await world.does(ines, 'key-control.propose', {
      ...{ caseId, exhibitId, act: 'control-key', authority: 'Order 7', place: 'Room 5' },
      ...{ method: 'Signed a message', witness: paul.id },
    })
    // It comes by itself to whoever has the screen open.
    const sheet = theirs.getByRole('region', { name: en('today.key-acts'), exact: true })
    await sheet.getByText('Ines').waitFor()
    expect(await lookAt(theirs, 'today-key-acts')).toEqual([])
    const answered = ines.page.waitForResponse((one) => one.url().includes('key-control'))
    const page = await open(ines, world.at, '/')
    await page
      .locator('.tasks > li')
      .first()
      .or(page.getByText(en('today.due-none')))
      .first()
      .waitFor()
    expect((await (await answered).json()).length).toBe(1)
    expect(await page.getByText(en('today.key-acts'), { exact: true }).count()).toBe(0)
    await sheet.getByRole('link', { name: en('custody.act.control-key'), exact: true }).click()
    await theirs.getByRole('button', { name: en('key-act.confirm'), exact: true }).click()
    const dialog = theirs.getByRole('dialog')
    await dialog.getByRole('button', { name: en('key-act.confirm'), exact: true }).click()
    await theirs.getByText(en('exhibit.controlled-yes')).waitFor()
    await theirs.getByRole('link', { name: en('way.today'), exact: true }).click()
    await theirs
      .getByText(en('today.due-none'))
      .or(theirs.getByText(en('today.due'), { exact: true }))
      .first()
      .waitFor()
    await sheet.waitFor({ state: 'detached' })
    expect(await world.does(ines, 'key-control.list', { caseId })).toEqual([])
  })

  it.each([
    ['prosecutor', 'today.approvals-none'],
    ['liaison-officer', 'today.calls-none'],
    ['compliance-officer', 'today.inbox-none'],
    ['auditor', 'today.oversight-none'],
    ['administrator', 'today.people-manage'],
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
