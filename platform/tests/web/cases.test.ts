/** Cases in the browser: opened, filled from what comes in, read, changed, handed over and closed; the sample case; by mouse and by keyboard. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { pressOn, tabTo, writeIn } from './by-keyboard.ts'
import { lookAt, settled } from './screen-checks.ts'
import { wordsIn } from './words.ts'
import { type Answer, open, openWorld, type User, type World } from './world.ts'

const BTC = 'bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq'
const TRON = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const TXID = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9'
const REPORT = `They asked for payment to bitcoin:${BTC}?amount=1 and ${TRON}.\nPaid in ${TXID}. Not ${BTC.slice(0, -1)}p.`
const TABLE = `address;chain;note\n${BTC};bitcoin;again\nqqqq;bitcoin;nonsense\nbc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3;bitcoin;"the ""end"""`

describe.skipIf(findChromium() === null)('cases', () => {
  let world: World
  let ines: User
  let paul: User
  let caseId = ''
  const en = wordsIn('en')
  const ar = wordsIn('ar')
  const idIn = (url: string) => /cases\/([0-9a-f-]{36})/.exec(url)?.[1] ?? ''
  /** A browser writes every refusal to its console: these are what the claim is about. */
  const told = (user: User, refusal: RegExp) => {
    expect(user.wrongs.filter((one) => !refusal.test(one))).toEqual([])
    user.wrongs.length = 0
  }
  const items = async (user: User, action: string, id = caseId): Promise<Answer[]> =>
    (await world.does(user, action, { caseId: id })).items
  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
    paul = await world.person('Paul', 'prosecutor')
  })
  afterAll(() => world?.close())

  it('from an empty node, a report becomes a case with its wallets, by mouse', async () => {
    const page = await open(ines, world.at, '/cases')
    await page.getByText(en('cases.none-yet'), { exact: true }).waitFor()
    await page
      .getByRole('link', { name: en('cases.open-new') })
      .first()
      .click()
    await page.getByRole('button', { name: en('intake.open') }).click()
    await page.getByRole('alert').getByRole('link').click()
    expect(await page.evaluate('document.activeElement.id')).toBe('case-title')
    await page.getByLabel(en('cases.field.title'), { exact: true }).fill('The ransom of May')
    await page.getByRole('button', { name: en('intake.open') }).click()
    await page.getByLabel(en('intake.paste-label')).fill(REPORT)
    await page.getByText('2 addresses and 1 transaction found').waitFor()
    await page.getByText('1 text looks like an address').waitFor()
    await page.getByRole('button', { name: 'Keep 4 records' }).click()
    await page.getByText('4 records are kept').waitFor()
    caseId = idIn(page.url())
    const wallets = await items(ines, 'wallet.list')
    expect(wallets.map(({ content }) => content.address)).toEqual([BTC, TRON])
    const notes = await items(ines, 'note.list')
    expect(notes.map(({ content }) => content.text)).toEqual([`Transaction ${TXID}`, REPORT])
  })

  it('a table is shown row by row before it is kept: wrong rows with their reason, and what is there already', async () => {
    const page = ines.page
    await page.getByLabel(en('intake.table-pick')).setInputFiles({
      ...{ name: 'wallets.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(TABLE),
    })
    await page.getByText('1 row is right, 1 is wrong, 1 is in the case already').waitFor()
    await page.getByRole('button', { name: 'Keep 1 record' }).click()
    await page.getByText('1 record is kept').waitFor()
    expect((await items(ines, 'wallet.list')).at(-1).content).toMatchObject({ note: 'the "end"' })
  })

  it('a file is hashed in the browser and at the node, and becomes an exhibit only where both agree', async () => {
    const page = ines.page
    const bytes = Buffer.alloc(5_000_000, 'evidence ')
    await page.getByLabel(en('intake.files-pick')).setInputFiles({
      ...{ name: 'report.txt', mimeType: 'text/plain', buffer: bytes },
    })
    await page.getByText(en('intake.same'), { exact: true }).waitFor()
    await page.getByLabel(en('intake.authority'), { exact: true }).fill('Order of 26 November, 13 Gs 7/26')
    await page.getByLabel(en('intake.place'), { exact: true }).fill('Rotterdam')
    await page.getByRole('button', { name: en('intake.exhibit-add') }).click()
    await page.getByText('On record as exhibit 1').waitFor()
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(JSON.stringify(await items(ines, 'exhibit.list'))).toContain(sha256)
    told(ines, /status of 409/)
  })

  it('the overview leads to a record; what somebody changed meanwhile is told, and nothing is lost', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}`)
    await page.getByRole('link', { name: en('cases.add.task') }).click()
    await page.getByRole('textbox', { name: en('cases.field.task.what'), exact: true }).fill('Call the exchange')
    await page.getByRole('button', { name: en('cases.add.task') }).click()
    await page.getByRole('button', { name: 'Edit “Call the exchange”' }).click()
    const [task] = await items(ines, 'task.list')
    const content = { ...task.content, what: 'Write to the exchange' }
    await world.does(ines, 'task.update', { id: task.id, content, basis: 'fact' }, task.version)
    await page.getByLabel(en('cases.field.task.what'), { exact: true }).fill('Visit the exchange')
    await page.getByRole('button', { name: en('cases.save') }).click()
    await page.getByText(en('cases.conflict')).waitFor()
    await page.getByText('Write to the exchange').first().waitFor()
    await page.getByRole('button', { name: en('cases.conflict-mine') }).click()
    await page.getByRole('button', { name: en('cases.save') }).click()
    await page.getByRole('button', { name: 'Mark “Visit the exchange” as done' }).click()
    await page.getByText(en('cases.field.task.done'), { exact: true }).waitFor()
    const [after] = await items(ines, 'task.list')
    expect(after).toMatchObject({ version: 4, content: { what: 'Visit the exchange', done: expect.any(String) } })
    await page.getByText('4 versions').click()
    await page.getByText('Version 2').waitFor()
    told(ines, /status of (409|412)/)
  })

  it('a member is added and leads; the seal says whom it shuts out, and is lifted with its order', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/people`)
    await page.getByLabel(en('cases.add-member')).selectOption({ label: 'Paul (Prosecutor)' })
    await page.getByRole('button', { name: en('cases.add-to-case') }).click()
    await page.getByRole('button', { name: 'Make Paul a lead' }).click()
    await page.getByRole('button', { name: 'Make Paul a lead' }).waitFor({ state: 'detached' })
    await open(ines, world.at, `/cases/${caseId}/settings`)
    await page.getByRole('button', { name: en('cases.seal-act') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Paul').uncheck()
    await dialog.getByText('These members no longer see it: Paul.').waitFor()
    await dialog.getByRole('button', { name: en('cases.seal-act') }).click()
    await dialog.getByText('“Order of the court” is missing').waitFor()
    await dialog.getByLabel(en('cases.court-order')).fill('Rechtbank Rotterdam, 26 November, 10/1')
    await dialog.getByRole('button', { name: en('cases.seal-act') }).click()
    await page.getByText('Seen only by: Ines').waitFor()
    await expect(world.does(paul, 'case.read', { caseId })).rejects.toThrow('NOT_PERMITTED')
    await page.getByRole('button', { name: en('cases.unseal-act') }).click()
    await dialog.getByLabel(en('cases.court-order')).fill('Rechtbank Rotterdam, 27 November, 10/2')
    await dialog.getByRole('button', { name: en('cases.unseal-act') }).click()
    await page.getByRole('button', { name: en('cases.seal-act') }).waitFor()
    const { case: one } = await world.does(paul, 'case.read', { caseId })
    expect(one.access).toMatchObject({ sealed: false, members: [ines.id, paul.id], leads: [ines.id, paul.id] })
  })

  it('a case is opened, filled and closed by keyboard alone, in Arabic', async () => {
    await paul.page.evaluate("localStorage.setItem('comity.language', 'ar')")
    const page = await open(paul, world.at, '/cases/new')
    await writeIn(page, ar('cases.field.title'), 'فدية مايو')
    await pressOn(page, ar('intake.open'))
    await page.getByLabel(ar('intake.paste-label')).waitFor()
    await writeIn(page, ar('intake.paste-label'), REPORT)
    await tabTo(page, ar('intake.keep-text'))
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.note[data-kind="good"]').waitFor()
    const id = idIn(page.url())
    expect((await items(paul, 'wallet.list', id)).map(({ content }) => content.address)).toEqual([BTC, TRON])
    expect(await items(paul, 'note.list', id)).toHaveLength(1)
    await page.goto(`${world.at.origin}/app/cases/${id}/settings`)
    await page.getByRole('button', { name: ar('cases.close-act') }).waitFor()
    await pressOn(page, ar('cases.close-act'))
    await page.getByRole('dialog').waitFor()
    await writeIn(page, ar('cases.reason'), 'انتهت')
    await pressOn(page, ar('cases.close-act'))
    await page.getByRole('button', { name: ar('cases.reopen-act') }).waitFor()
    const { case: one } = await world.does(paul, 'case.read', { caseId: id })
    expect(one).toMatchObject({ reason: 'انتهت', access: { closed: true } })
    await writeIn(page, ar('cases.erasure-order'), 'محكمة لاهاي، 2026/17')
    await pressOn(page, ar('cases.erasure-propose'))
    const link = await page.getByRole('link', { name: ar('cases.erasure-see') }).getAttribute('href')
    expect(link).toMatch(/^\/app\/approve-erasure\/[0-9a-f-]{36}$/)
    // Found again by whoever leads the case, and withdrawn.
    await page.reload()
    await page.getByRole('link', { name: ar('cases.erasure-see') }).waitFor()
    await pressOn(page, ar('cases.erasure-withdraw'))
    await page.getByRole('dialog').waitFor()
    await writeIn(page, ar('cases.reason'), 'طعن معلّق')
    await pressOn(page, ar('cases.erasure-withdraw'))
    await page.getByRole('button', { name: ar('cases.erasure-propose') }).waitFor()
    expect((await world.does(paul, 'retention.preview', { caseId: id })).proposal).toBeNull()
  })

  it('a legal hold stops the periods of a case until it is lifted, each with its reason', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/settings`)
    await page.getByText(en('cases.holds-none'), { exact: true }).waitFor()
    await page.getByText('5 years').waitFor()
    await page.getByRole('button', { name: en('cases.hold-place') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(en('cases.hold-authority')).fill('District court of The Hague')
    await dialog.getByLabel(en('cases.reason')).fill('A claim of the company is pending.')
    await dialog.getByRole('button', { name: en('cases.hold-place') }).click()
    await page.getByText(en('cases.keeping-held'), { exact: true }).waitFor()
    const [held] = await items(ines, 'hold.list')
    expect(held?.hold).toMatchObject({ authority: 'District court of The Hague', liftedAt: null })
    await page.getByRole('button', { name: en('cases.hold-lift') }).click()
    await dialog.getByLabel(en('cases.reason')).fill('The claim was settled.')
    await dialog.getByRole('button', { name: en('cases.hold-lift') }).click()
    await page.getByText(en('cases.hold-lifted'), { exact: true }).waitFor()
    expect((await items(ines, 'hold.list'))[0]?.hold).toMatchObject({ liftReason: 'The claim was settled.' })
    expect((await world.does(ines, 'retention.preview', { caseId })).plan.held).toBe(false)
  })

  it('the sample case is an exercise of its own, with a trace whose sums are exact', async () => {
    const page = await open(ines, world.at, '/cases')
    await page.getByRole('button', { name: en('cases.sample-try') }).click()
    await page.getByText('69.60422177 BTC').waitFor()
    await page.getByText(en('shell.exercise')).waitFor()
    const sampleId = idIn(page.url())
    // The token of the test serves criminal proceedings: it may not even know of the exercise.
    await expect(world.does(ines, 'case.read', { caseId: sampleId })).rejects.toThrow('NOT_PERMITTED')
    const wrong = []
    for (const [language, theme] of [
      ['en', 'light'],
      ['en', 'dark'],
      ['ar', 'light'],
    ] as const)
      wrong.push(...(await lookAt(page, 'case-overview', { language, theme })))
    expect(wrong).toEqual([])
    await page.evaluate("localStorage.setItem('comity.language', 'en')")
    await page.reload()
    await page.getByRole('button', { name: en('cases.exercise-leave') }).click()
    await page.getByText(en('shell.exercise')).waitFor({ state: 'detached' })
  })

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['ar', 'light'],
  ] as const)('every screen is right in %s, %s', async (language, theme) => {
    const wrong: string[] = []
    for (const [name, path] of [
      ['case-list', '/cases'],
      ['case-new', '/cases/new'],
      ['case', `/cases/${caseId}`],
      ['case-intake', `/cases/${caseId}/intake`],
      ['case-records', `/cases/${caseId}/records?kind=victim&add=true`],
      ['case-people', `/cases/${caseId}/people`],
      ['case-activity', `/cases/${caseId}/activity`],
      ['case-settings', `/cases/${caseId}/settings`],
    ] as const) {
      const page = await open(ines, world.at, path)
      wrong.push(...(await lookAt(page, name, { language, theme })))
      await settled(page)
    }
    expect(wrong).toEqual([])
    expect(ines.wrongs).toEqual([])
    expect(paul.wrongs).toEqual([])
  })
})
