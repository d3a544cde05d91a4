/** A request from the question to the release, and what becomes of it: drafted, filled in, checked, approved by two, followed, on the map. */
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { reach } from './by-keyboard.ts'
import { handOn, sayIn, type Way } from './hands.ts'
import { lookNow, looks, printed, settled, toldByColourAlone, visit } from './screen-checks.ts'
import { wordsIn } from './words.ts'
import { caseOf, open, openWorld, type User, type World } from './world.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
const ar = sayIn('ar')
const inArabic = (language: string) => new Intl.DisplayNames('ar', { type: 'language' }).of(language) ?? language

/** What is written into a field of a kind. */
const WRITTEN: Readonly<Record<string, string>> = {
  ...{ date: '2026-12-24', email: 'name@authority.example', phone: '+31 10 888 8888', money: '10000.00 EUR' },
  ...{ amount: '1000', language: 'nl', time: '2026-11-25T10:00:00Z' },
}

/** The field of a path of the form, as the screen names it. */
const field = (path: string) => `#f-${path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`

describe.skipIf(findChromium() === null)('requests', () => {
  let world: World
  let ines: User
  let paul: User
  let sofie: User
  let caseId = ''
  let requestId = ''
  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
    paul = await world.person('Paul', 'prosecutor')
    sofie = await world.person('Sofie', 'senior-official')
    for (const { page } of [ines, paul, sofie]) page.setDefaultTimeout(20_000)
    caseId = await caseOf(world, ines, 'The ransom of May', [paul, sofie], { reference: 'NL-2026-17' })
  })
  afterAll(() => world?.close())

  /** As somebody does: whatever the check names, in the order of the form, until it names nothing. */
  async function fillOnScreen(page: Page, id: string, [by, language]: Way): Promise<void> {
    const hand = handOn(page, by)
    const [saved = ''] = wordsIn(language)('request.saved-at').split('{time}')
    const { sections } = await world.does(ines, 'legal.form', {
      ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST' },
    })
    const kinds = new Map<string, string>(
      sections.flatMap(({ fields }: { fields: { path: string; kind: string }[] }) =>
        fields.map(({ path, kind }): [string, string] => [path, kind]),
      ),
    )
    for (let round = 0; round < 5; round++) {
      const { problems } = await world.does(ines, 'request.check', { id })
      if (problems.length === 0) return
      const kindBySelector = new Map(
        (problems as { path: string }[]).map(({ path }): [string, string] => [
          field(path.replaceAll('[]', '[0]')),
          kinds.get(path.replaceAll(/\[\d*\]/g, '[]')) ?? '',
        ]),
      )
      for (const selector of await inOrder(page, [...kindBySelector.keys()])) {
        const kind = kindBySelector.get(selector) ?? ''
        const input = page.locator(selector)
        if (['code', 'flag', 'country'].includes(kind))
          await hand.choose(input, (await input.locator('option').nth(1).getAttribute('value')) ?? '')
        else if (by === 'mouse') await input.fill(WRITTEN[kind] ?? 'As stated in the annex')
        else await hand.write(input, WRITTEN[kind] ?? 'As stated in the annex')
      }
      await page
        .locator('.page-head [role=status]')
        .filter({ hasText: new RegExp(`^${saved}\\d`) })
        .waitFor()
    }
  }
  const request = async () => (await world.does(ines, 'request.read', { id: requestId })).request

  it('leads from what is needed to a draft under the instrument that reaches there, with what is known in it', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/requests/new`)
    await page.getByLabel('Country', { exact: true }).selectOption({ label: 'Germany' })
    await page.getByLabel('Offence').selectOption('ransomware')
    await page.getByLabel('Urgency', { exact: true }).selectOption('IMMINENT_DISSIPATION')
    await page.getByLabel('Why it cannot wait').fill('The coins move every hour.')
    const best = page.locator('ol article').first()
    await best.getByText('4, 6, Annex I', { exact: true }).waitFor()
    await best.getByText('read in the text').first().waitFor()
    await best.getByRole('button', { name: 'Draft it under Reg. 2018/1805' }).click()
    await page.waitForURL(/\/requests\/[0-9a-f-]{36}\/edit$/)
    requestId = /requests\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
    const { content, state } = await request()
    expect(state).toBe('draft')
    expect(content).toMatchObject({
      ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC' },
      clock: { country: 'DE', zone: 'Europe/Berlin' },
      languages: { original: 'en', theirs: ['de'] },
      urgency: { code: 'IMMINENT_DISSIPATION', ground: 'The coins move every hour.' },
    })
    expect(content.data).toMatchObject({
      ...{ issuingState: 'NL', executingState: 'DE', 'issuer.type': 'AUTHORITY_PROSECUTOR' },
      ...{ 'issuer.name': 'Prosecutor of the tests', 'issuer.contact': 'Ines', 'issuer.fileNumber': 'NL-2026-17' },
      'order.covers': 'SPECIFIC_ITEM',
    })
  })

  it('saves the form as it is written, draws the letter beside it, and names what is missing with links to the fields', async () => {
    const { page } = ines
    await page.getByRole('button', { name: 'Add an asset' }).click()
    await page.getByLabel('Chain', { exact: true }).selectOption({ label: 'Bitcoin' })
    await page.getByLabel('Address on the chain').fill(ADDRESS)
    await page.getByLabel('Amount in BTC').fill('63.69984900')
    await page.getByText(/^Saved \d/).waitFor()
    const { content } = await request()
    expect(content.assets).toMatchObject([{ chain: BITCOIN, address: ADDRESS, amount: '6369984900' }])
    expect(content.data['items[0].description']).toBe(`63.699849 BTC, Bitcoin, ${ADDRESS}`)
    await page.getByRole('img', { name: /^The letter in English, \d+ pages/ }).waitFor()
    await page.getByRole('button', { name: 'German' }).click()
    await page.getByRole('img', { name: /^The letter in German/ }).waitFor()
    await page.getByRole('button', { name: 'Check', exact: true }).first().click()
    const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' })
    await summary.waitFor()
    expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert')
    expect(await page.title()).toMatch(/^Error: /)
    await summary.getByRole('link', { name: 'E-mail: fill this in.' }).first().click()
    expect(await page.evaluate('document.activeElement.id')).toBe('f-issuer-email')
  })

  it('takes the whole form of the instrument, shows the answers with who gets them, and fixes them', async () => {
    const { page } = ines
    await fillOnScreen(page, requestId, ['mouse', 'en'])
    await page.getByRole('button', { name: 'Check', exact: true }).first().click()
    await page.getByRole('heading', { name: 'Check before you submit' }).waitFor()
    await page.getByText('Exactly these will get it').waitFor()
    await page.getByRole('link', { name: 'Change: Surname' }).click()
    await page.locator('#f-persons-0-natural-surname:focus').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Submit for approval: request to Germany' }).click()
    await page.getByText('You have written this, at least in part.').waitFor()
    expect((await request()).state).toBe('submitted')
  })

  it('is approved by two people with their keys, over the digest of what is shown, and released', async () => {
    for (const one of [paul, sofie]) {
      const page = await open(one, world.at, `/approve/${requestId}`)
      await page.getByText('computed in your browser over exactly what is shown here').waitFor()
      await reach(page, page.getByRole('button', { name: 'Approve with your key' }))
      await page.keyboard.press('Enter')
      await page.getByText('You have approved this already').waitFor()
    }
    await sofie.page.getByText('2 of 2 approvals count now.').waitFor()
    await sofie.page.getByRole('button', { name: 'Release the letter' }).click()
    await sofie.page.getByText('The request is released').waitFor()
    const { state, approvals } = await request()
    expect(state).toBe('released')
    expect(approvals.map(({ approverId }: { approverId: string }) => approverId)).toEqual([paul.id, sofie.id])
  })

  it('is followed: who has it, by when, on the board and on the map', async () => {
    const page = await open(ines, world.at, '/requests')
    await page.getByRole('link', { name: 'Freeze specific property' }).click()
    await page.getByRole('button', { name: 'They have it' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'They have it' }).click()
    await dialog.getByRole('alert').getByText('Give at least one time.').waitFor()
    await dialog.getByLabel('When the competent authority had it').fill(localNow())
    await dialog.getByText('no longer “sent” but “acknowledged”').waitFor()
    await dialog.getByRole('button', { name: 'They have it' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page
      .getByText(/Reg\. 2018\/1805\u2069, article \u20669\(3\)/)
      .first()
      .waitFor()
    // Its rules name no provision on extension: nothing is offered that would be refused, and why is said.
    await page
      .getByText(/^Neither extension nor standstill/)
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: /^Record an extension/ }).count()).toBe(0)
    const { state, deadlines } = await request()
    expect(state).toBe('acknowledged')
    expect(deadlines.length).toBeGreaterThan(0)
    await page.goto(`${world.at.origin}/app/requests?view=board`)
    await page.getByRole('link', { name: 'Freeze specific property' }).waitFor()
    await page.goto(`${world.at.origin}/app/requests?country=FR`)
    await page.getByText('Widen the filters above.').or(page.getByText('No request is so')).first().waitFor()
    await page.goto(`${world.at.origin}/app/map`)
    await reach(page, page.getByRole('listbox'))
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Requests: Germany' }).waitFor()
    expect(page.url()).toContain('country=DE')
    expect(
      await page.getByRole('option', { name: 'Germany: 1 request, none late' }).getAttribute('aria-selected'),
    ).toBe('true')
  })

  it('does the same in Arabic by keyboard alone: draft, error, the whole form with the letter beside it, submit, withdraw', async () => {
    const { page } = ines
    await page.evaluate("localStorage.setItem('comity.theme', 'light'); localStorage.setItem('comity.language', 'ar')")
    await open(ines, world.at, `/cases/${caseId}/requests/new?to=DE&offence=ransomware`)
    await page.locator('ol article').first().waitFor()
    await choose(page, page.getByLabel(ar('request.measure')), 'ArrowDown')
    await choose(page, page.getByLabel(ar('request.measure')), 'ArrowUp')
    await page.locator('ol article').first().waitFor()
    await reach(page, page.getByRole('button', { name: ar('request.use', { instrument: 'Reg. 2018/1805' }) }).first())
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/requests\/[0-9a-f-]{36}\/edit$/)
    const id = /requests\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
    await reach(page, page.getByRole('button', { name: ar('request.check'), exact: true }).first())
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await page.evaluate('document.activeElement.id')).toMatch(/^f-/)
    // The letter stands beside the form, and is drawn anew of what is written.
    const letter = page.locator('.letter-pages img')
    const empty = await letter.getAttribute('src')
    await fillOnScreen(page, id, ['keyboard', 'ar'])
    await expect.poll(() => letter.getAttribute('src'), { timeout: 20_000 }).not.toBe(empty)
    await reach(page, page.getByRole('button', { name: inArabic('de'), exact: true }))
    await page.keyboard.press('Enter')
    await page.getByRole('img', { name: new RegExp(inArabic('de')) }).waitFor()
    const width = () => page.evaluate("document.querySelector('.letter-pages img').naturalWidth")
    await expect.poll(width, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(await lookNow(page, 'edit-filled')).toEqual([])
    await reach(page, page.getByRole('button', { name: ar('request.check'), exact: true }).first())
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/requests\/[0-9a-f-]{36}\/check$/)
    await reach(
      page,
      page.locator('button:not([data-disabled])', { hasText: ar('request.submit', { country: 'ألمانيا' }) }),
    )
    await page.keyboard.press('Enter')
    await page.getByText(ar('access.approving.you-are-author')).waitFor()
    await open(ines, world.at, `/requests/${id}`)
    await reach(page, page.getByRole('button', { name: ar('tracker.act.withdraw') }))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await reach(page, page.getByRole('dialog').getByLabel(ar('tracker.reason')))
    await page.keyboard.type('تم استرداد الأموال')
    await reach(page, page.getByRole('dialog').getByRole('button', { name: ar('tracker.act.withdraw') }))
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const { request: drafted } = await world.does(ines, 'request.read', { id })
    expect(drafted).toMatchObject({ state: 'withdrawn', reason: { text: 'تم استرداد الأموال' } })
    await page.evaluate('localStorage.clear()')
  })

  it.each(looks)('every screen of it is right in %s, %s', async (...look) => {
    const draft = await world.does(ines, 'request.draft', { caseId, content: (await request()).content })
    const wrong = await visit(
      ines.page,
      `${world.at.origin}/app`,
      [
        ['new', `/cases/${caseId}/requests/new?to=DE&offence=ransomware`],
        ['edit', `/requests/${draft.id}/edit`],
        ['check', `/requests/${draft.id}/check`],
        ['approve', `/approve/${requestId}`],
        ['one', `/requests/${requestId}`],
        ['requests', '/requests'],
        ['requests-none', '/requests?late=1'],
        ['board', '/requests?view=board'],
        ['map', '/map?country=DE'],
      ],
      look,
    )
    expect(wrong).toEqual([])
  })

  it('is printed dark on white whatever the screen is, and tells states apart without colours', async () => {
    const { page } = ines
    await page.evaluate("localStorage.setItem('comity.theme', 'dark')")
    for (const [path, name] of [
      [`/requests/${requestId}`, 'one-printed'],
      ['/requests?view=board', 'board-printed'],
      ['/map', 'map-printed'],
    ] as const) {
      await open(ines, world.at, path)
      await settled(page)
      expect(await printed(page, name)).toEqual([])
      expect(await toldByColourAlone(page, '.status, .progress > li, .board > section, .due')).toEqual([])
    }
    await page.evaluate('localStorage.clear()')
  })

  it('in all this no error, and no request to elsewhere', () => {
    for (const { wrongs } of [ines, paul, sofie]) expect(wrongs).toEqual([])
  })
})

/** Of the form, from its beginning to its end, as somebody goes through it. */
function inOrder(page: Page, selectors: readonly string[]): Promise<string[]> {
  return page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selectors.join(', '))})].map(({ id }) => '#' + id)`,
  )
}

async function choose(page: Page, select: Locator, key: string): Promise<void> {
  await reach(page, select)
  await page.keyboard.press(key)
}

/** A minute ago, as a field for local time takes it; the browser is in the zone of this process. */
function localNow(): string {
  const now = new Date(Date.now() - 1000)
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}
