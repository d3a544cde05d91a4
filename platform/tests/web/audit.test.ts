/** The audit, the people and the node itself, on the screen: by mouse and by the keyboard alone, in English and in Arabic. */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { enrolByLink, personWithKey, seenIn } from '../pages/node-with-browser.ts'
import { lookAt } from './screen-checks.ts'
import { caseOf, open, openWorld, type User, type World } from './world.ts'

const said = (room: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../../web/src/${room}/messages/${language}.json`, import.meta.url), 'utf8'))
const arabic = { ...said('app', 'ar'), ...said('audit', 'ar'), ...said('access', 'ar') }

describe.skipIf(findChromium() === null)('audit and administration', () => {
  let world: World
  let ada: User
  let otto: User
  let ines: User
  let caseId = ''
  beforeAll(async () => {
    world = (await openWorld()) as World
    ada = await world.person('Ada', 'administrator')
    otto = await world.person('Otto', 'auditor')
    ines = await world.person('Ines', 'investigator')
    caseId = await caseOf(world, ines, 'The ransom of May', [])
  })
  afterAll(() => world?.close())

  const person = async (name: string) => {
    const { items } = await world.does(otto, 'access.review', { limit: 200 })
    return items.find((one: { name: string }) => one.name === name)
  }

  /** The proof of a key counts for five minutes: on a slow machine it is given once more. */
  async function openPeople(): Promise<Page> {
    const page = await open(ada, world.at, '/people')
    const gate = page.getByRole('button', { name: said('audit', 'en')['audit.people.use-key'] ?? '' })
    const field = page.locator('#invite-name')
    await gate.or(field).first().waitFor()
    if (await gate.isVisible()) await gate.click()
    await field.waitFor()
    return page
  }

  it('an administrator invites somebody, whose link is shown once and enrols a key', async () => {
    const page = await openPeople()
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.getByRole('alert').getByText('Write the name of the person.').waitFor()
    await page.getByLabel('Name', { exact: true }).fill('Paul')
    await page.getByLabel('Role').first().selectOption('prosecutor')
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    const link = await seenIn(page.locator('#invitation-link'))
    expect(link).toMatch(new RegExp(`^${world.at.origin}/enrol#ce_`))
    expect(await person('Paul')).toMatchObject({ role: 'prosecutor', suspended: false })
    await page.reload()
    await page.getByText('Paul').first().waitFor()
    expect(await page.locator('#invitation-link').count()).toBe(0)
    const paul = await personWithKey(world.browser, world.at.origin)
    expect(await enrolByLink(paul, world.at.origin, link.split('#')[1] ?? '', 'key')).toContain('Paul')
    await paul.context.close()
  })

  it('suspends after the effects were shown and a reason was given, which the journal keeps', async () => {
    const page = await openPeople()
    await page.getByRole('button', { name: 'Suspend Paul' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Nothing is let through any more').waitFor()
    await dialog.getByRole('button', { name: 'Suspend' }).click()
    await dialog.getByRole('alert').getByText('Write why you do this.').waitFor()
    expect((await person('Paul')).suspended).toBe(false)
    await dialog.getByLabel('Reason').fill('On leave until June.')
    await dialog.getByRole('button', { name: 'Suspend' }).click()
    await page.getByRole('button', { name: 'End the suspension of Paul' }).waitFor()
    expect((await person('Paul')).suspended).toBe(true)
  })

  it('by the keyboard alone, in Arabic: ends the suspension, with a reason', async () => {
    const page = await openPeople()
    await page.evaluate("localStorage.setItem('comity.language', 'ar')")
    await page.reload()
    await page.getByRole('button', { name: told('audit.people.resume-of', { name: 'Paul' }) }).waitFor()
    await tabTo(page, told('audit.people.resume-of', { name: 'Paul' }))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await tabTo(page, told('audit.grave.reason'))
    await page.keyboard.type('Back.')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: told('audit.people.suspend-of', { name: 'Paul' }), exact: true }).waitFor()
    expect((await person('Paul')).suspended).toBe(false)
    await page.evaluate('localStorage.clear()')
  })

  it('revokes the lost key of somebody, who cannot sign in with it any more', async () => {
    const page = await openPeople()
    await page.getByRole('button', { name: 'Keys of Paul' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('It is the last key of Paul').waitFor()
    await dialog.getByLabel('Reason').fill('Lost on a train.')
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Keys of Paul' }).click()
    await dialog.getByText('There is no key that could be revoked.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    const { items } = await world.does(ada, 'person.list', { limit: 200 })
    const { id: personId } = items.find(({ name }: { name: string }) => name === 'Paul')
    const keys = await world.does(ada, 'credential.list', { personId })
    expect(keys.map(({ revoked }: { revoked: boolean }) => revoked)).toEqual([true])
  })

  it('makes a key for a machine, shows it once, and revokes it', async () => {
    const page = await openPeople()
    await page.locator('summary', { hasText: 'Make a key' }).click()
    await page.getByLabel('What it is for').first().fill('Statistics')
    await page.getByLabel('Actions', { exact: true }).fill('case.list\nnode.read')
    await page.getByRole('button', { name: 'Make a key' }).click()
    const key = await seenIn(page.locator('#api-key'))
    const asked = () => fetch(`${world.at.node.url}/v1/node/read`, { headers: { authorization: `Bearer ${key}` } })
    expect((await asked()).status).toBe(200)
    await page.getByRole('button', { name: 'Revoke Statistics' }).click()
    await page.getByRole('dialog').getByLabel('Reason').fill('No longer used.')
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('revoked', { exact: true }).waitFor()
    expect((await asked()).status).toBe(401)
  })

  it('says that the session has ended, keeps what was typed, and goes on once signed in again', async () => {
    const page = await openPeople()
    await page.getByLabel('Name', { exact: true }).fill('Half a name')
    const cookies = await ada.context.cookies()
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    await fetch(`${world.at.node.url}/v1/sign-out`, { method: 'POST', headers: { cookie } })
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.getByText('Your session has ended', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await page.getByText('Your session has ended', { exact: true }).waitFor({ state: 'detached' })
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a name')
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    await page.locator('#invitation-link').waitFor()
  })

  it('an auditor finds who did what in a case, by words, and proves that an entry is in the published log', async () => {
    const page = await open(otto, world.at, '/audit')
    // An auditor lists no cases: the case is chosen at one of its entries.
    const opening = page.getByRole('row').filter({ hasText: 'case.open' })
    await opening.getByRole('link', { name: 'Only this case', exact: true }).click()
    await expect.poll(() => page.getByLabel('Case', { exact: true }).inputValue()).toBe(caseId)
    await opening.getByRole('link', { name: 'Only this case', exact: true }).waitFor({ state: 'detached' })
    await page.getByLabel('Who').selectOption({ label: 'Ines' })
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect.poll(() => new URL(page.url()).searchParams.get('caseId')).toContain(caseId)
    const row = page.getByRole('row').filter({ hasText: 'case.open' })
    await row.getByText('Open a case').waitFor()
    expect(await seenIn(row)).toMatch(/Open a case[\s\S]*Ines[\s\S]*Investigator/)
    // Nothing of what the entry says.
    expect(await page.locator('main').textContent()).not.toContain('ransom')
    await row.getByRole('button', { name: /Check that entry \d+ is in the published log/ }).click()
    await row.getByText('proven', { exact: true }).waitFor()
    expect(await seenIn(row)).toMatch(/entry \d+ of \d+, computed here/)
    // The search is its address; nobody else acted there.
    await page.reload()
    await row.waitFor()
    await page.getByLabel('Who').selectOption({ label: 'Ada' })
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await page.getByText('No entry is as you ask.').waitFor()
  })

  it('tells of an entry that is not what was published that it is not proven', async () => {
    const { page } = otto
    await page.route('**/v1/journal/read?*', async (route) => {
      const answer = await route.fetch()
      const body = (await answer.json()) as { items: { event: string }[] }
      for (const item of body.items) item.event = 'case.close'
      await route.fulfill({ response: answer, json: body })
    })
    await page.goto(`${world.at.origin}/app/audit?caseId=${caseId}`)
    await page
      .getByRole('button', { name: /Check that entry/ })
      .first()
      .click()
    await page.getByText('not proven').waitFor()
    await page.unroute('**/v1/journal/read?*')
  })

  it('reviews who may what, from there to what they did, and saves it', async () => {
    const page = await open(otto, world.at, '/audit/access')
    const row = page.getByRole('row').filter({ hasText: 'Ines' })
    expect(await seenIn(row)).toMatch(/Investigator\s+active\s+1 key, 1 bound to a device\s+1\s/)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).click(),
    ])
    const csv = readFileSync(await download.path(), 'utf8')
    expect(csv).toMatch(new RegExp(`^${ines.id},Ines,person,investigator,no,1,1,[^,]+,${caseId}\r$`, 'm'))
    expect(csv).toMatch(/,Statistics,machine,/)
    await page.getByRole('link', { name: 'What they did: Ines' }).click()
    await page.getByText('Open a case').first().waitFor()
  })

  it('shows what the node is, how it is doing and what comes', async () => {
    const page = await open(ines, world.at, '/node')
    for (const told of ['Europe/Amsterdam', 'Netherlands', 'Prosecutor of the tests', 'Erasures coming up'])
      await page.getByText(told).first().waitFor()
    await page.getByText('well', { exact: true }).first().waitFor()
  })

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['ar', 'light'],
  ] as const)('these screens are right in %s, %s', async (language, theme) => {
    const wrong: string[] = []
    for (const [user, path] of [
      [ada, 'people'],
      [otto, 'audit'],
      [otto, 'audit/access'],
      [otto, 'node'],
    ] as const) {
      const page = await open(user, world.at, `/${path}`)
      wrong.push(...(await lookAt(page, `admin-${path.replace('/', '-')}`, { language, theme })))
      await page.evaluate('localStorage.clear()')
    }
    expect(wrong).toEqual([])
  })

  it('in all this no error but the refusals that were meant', () => {
    for (const { wrongs } of [ada, otto, ines])
      expect(wrongs.filter((one) => !/status of 40[13]/.test(one))).toEqual([])
  })
})

/** A message in Arabic, with its values put in. */
function told(id: string, values: Record<string, string> = {}): string {
  return (arabic[id] ?? id).replace(/\{([a-z]+)\}/g, (_, name: string) => values[name] ?? '')
}

/** Presses Tab until what has the focus bears this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < 80; tabs++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(
      `(() => { const one = document.activeElement; return (one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent ?? '').trim() })()`,
    )
    if (found === name) return
  }
  throw new Error(`nothing is reached by Tab that is called ${name}`)
}
