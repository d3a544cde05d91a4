/**
 * What two agencies owe each other after something was sent, on the screens of both: use asked for and granted, a dispute with its
 * cautions, a recall and its answer, a request to erase, a breach with its clock and the suspension that follows. By mouse and by
 * keyboard; every screen of it looked at.
 */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agencies } from '../../src/cli/commands/story.ts'
import { findChromium } from '../chromium.ts'
import { temporaryFolder } from '../run-comity.ts'
import { arrives, button, field, matters, opensCase, spontaneous } from './after-sending-parts.ts'
import { pressOn, writeIn } from './by-keyboard.ts'
import { handOn } from './hands.ts'
import { everyLook, lookNow } from './screen-checks.ts'
import { type Actor, openThreeNodes, type ThreeNodes } from './three-nodes-world.ts'
import { wordsIn } from './words.ts'
import type { Answer } from './world.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
const FRANKFURT = agencies[1] as (typeof agencies)[number]
const en = wordsIn('en')
const ar = wordsIn('ar')

describe.skipIf(findChromium() === null)('after something was sent', () => {
  let world: ThreeNodes
  let ines: Actor
  let paul: Actor
  let petra: Actor
  let emil: Actor
  const cases = { nl: '', de: '' }
  /** The message that was sent, by its record on each side. */
  const message = { nl: '', de: '' }
  let requestId = ''

  beforeAll(async () => {
    world = await openThreeNodes(join(temporaryFolder(), 'after'), agencies.slice(0, 2))
    const [nl, de] = world.nodes as [(typeof world.nodes)[number], (typeof world.nodes)[number]]
    await Promise.all([
      (async () => {
        ines = await world.person(nl, 'Ines', 'investigator')
        paul = await world.person(nl, 'Paul', 'prosecutor')
      })(),
      (async () => {
        petra = await world.person(de, 'Petra', 'prosecutor')
        emil = await world.person(de, 'Emil', 'senior-official')
      })(),
    ])
    for (const { page } of [ines, paul, petra, emil]) page.setDefaultTimeout(20_000)
    cases.nl = await opensCase(ines, 'The ransom of May', [paul])
    cases.de = await opensCase(petra, 'Ransom, the German part', [])
    requestId = await asksToFreeze()
  }, 300_000)
  afterAll(() => world?.close())

  async function asksToFreeze(): Promise<string> {
    const content = {
      ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC', data: {} },
      ...{ languages: { original: 'de', theirs: ['fr'] }, urgency: null, trace: null, useConditions: [] },
      recipients: [{ authority: 'Court of Paris', country: 'FR', role: 'to' }],
      clock: { country: 'FR', zone: 'Europe/Paris' },
      facts: 'Coins that were paid as ransom.',
      assets: [{ chain: BITCOIN, address: ADDRESS, asset: null, amount: '6369984900', value: null }],
    }
    return (await petra.does('request.draft', { caseId: cases.de, content })).id
  }

  it('something is sent, and put into a case there', async () => {
    const drafted = await ines.does('message.draft', {
      ...{ caseId: cases.nl, to: FRANKFURT.id, type: 'info.spontaneous', purpose: 'criminal-proceedings', header: {} },
      body: spontaneous('The coins of the ransom went to an exchange in Frankfurt.'),
    })
    message.nl = drafted.id
    await paul.does('message.send', { id: drafted.id, seen: drafted.version })
    await expect.poll(async () => (await petra.does('inbox.list', {})).items.length, { timeout: 60_000 }).toBe(1)
    const [{ id }] = (await petra.does('inbox.list', {})).items
    message.de = (await petra.does('inbox.file', { id, caseId: cases.de })).id
  })

  it('a case teaches what may follow, and an empty form tells what is missing', async () => {
    const page = await ines.goes(`/cases/${cases.nl}/messages/after`)
    await page.getByText(en('supervision.none'), { exact: true }).waitFor()
    expect(await lookNow(page, 'after-none-en-light')).toEqual([])
    await ines.goes(`/messages/${message.nl}`)
    await button(page, 'supervision.recall.do').click()
    await button(page, 'dialog.cancel').click()
    await button(page, 'supervision.erase.do').click()
    await button(page, 'supervision.erase.send').click()
    await page.getByRole('alert').getByRole('link').first().click()
    expect(await page.evaluate('document.activeElement.id')).toBe('erase-basis')
    expect(await matters(ines, 'erase-request').catch(() => [])).toEqual([])
  })

  it('whoever got it asks to use it otherwise, and whoever sent it consents under a condition', async () => {
    const page = await petra.goes(`/messages/${message.de}`)
    await button(page, 'supervision.use.ask').click()
    await field(page, 'supervision.use.purpose').fill('Proceedings for money laundering')
    await page.getByLabel(/^In which proceedings/).fill('7 Js 26/26')
    await page.getByLabel(/^To whom it would go/).fill('Court of Frankfurt\n\nDefence')
    await page.evaluate('scrollTo(0, 0)')
    expect(await lookNow(page, 'after-use-ask-en-light')).toEqual([])
    await button(page, 'supervision.use.ask-send').click()
    await page.getByText(en('supervision.use-state.asked'), { exact: true }).waitFor()
    await arrives(paul, 'use-consent', cases.nl)
    // Who decides on no request is told who does.
    await ines.goes(`/cases/${cases.nl}/messages/after`)
    await ines.page.getByText(en('supervision.use.who-decides')).waitFor()
    const theirs = await paul.goes('/')
    await theirs.getByRole('link', { name: en('supervision.kind.use-consent') }).click()
    await theirs.getByText('Proceedings for money laundering').waitFor()
    await button(theirs, 'supervision.use.grant').click()
    await field(theirs, 'supervision.use.extent').fill('For those proceedings only')
    await theirs.getByLabel(/^Conditions/).fill('Tell us the judgment')
    await button(theirs, 'supervision.use.grant-send').click()
    await theirs.getByText(/^Show 1 that has ended/).click()
    await theirs.getByText(en('supervision.use-state.granted'), { exact: true }).waitFor()
    await page.getByText(/^Show 1 that has ended/).click({ timeout: 60_000 })
    await page.getByText('Tell us the judgment').waitFor()
    expect((await matters(petra, 'use-consent', cases.de))[0].says).toMatchObject({
      state: 'granted',
      wish: { newProceeding: '7 Js 26/26', recipients: ['Court of Frankfurt', 'Defence'] },
      answer: { conditions: ['Tell us the judgment'] },
    })
  })

  it('what it was used for is told by keyboard', async () => {
    const page = await petra.goes(`/messages/${message.de}`)
    await pressOn(page, en('supervision.use.report'))
    await writeIn(page, en('supervision.use.report-text'), 'A house was searched.')
    await pressOn(page, en('supervision.use.report-send'))
    await page.getByText(/^Show 2 that have ended/).waitFor()
    await arrives(ines, 'use-report', cases.nl)
    expect((await matters(ines, 'use-report', cases.nl))[0].says).toMatchObject({ use: 'A house was searched.' })
  })

  it('a dispute cautions what it touches on both sides, and ends with what both agree on', async () => {
    const page = await petra.goes(`/messages/${message.de}`)
    await button(page, 'supervision.dispute.do').click()
    await field(page, 'supervision.dispute.kind').selectOption('attribution')
    await field(page, 'supervision.dispute.text').fill('The address is of another service.')
    await field(page, 'supervision.dispute.wanted').fill('Look again.')
    await page.getByText(/^Name what of the case it touches/).click()
    await page.getByLabel(/^Request: /).check()
    await button(page, 'supervision.dispute.send').click()
    await page.getByText(en('supervision.dispute-state.open'), { exact: true }).waitFor()
    await petra.goes(`/requests/${requestId}`)
    await page.getByText(en('supervision.caution.disputed'), { exact: true }).waitFor()
    await arrives(ines, 'dispute', cases.nl)
    const theirs = await ines.goes(`/messages/${message.nl}`)
    await theirs.getByText(en('supervision.caution.disputed'), { exact: true }).waitFor()
    await theirs.getByRole('link', { name: en('supervision.caution.see') }).click()
    await theirs.getByRole('heading', { name: en('supervision.cautions') }).waitFor()
    expect(await everyLook(theirs, 'after-dispute')).toEqual([])
    for (const [outcome, text, does] of [
      ['not-agreed', 'We are sure.', 'supervision.dispute.answer'],
      ['agreed', 'You are right.', 'supervision.dispute.answer-again'],
    ] as const) {
      await button(theirs, does).click()
      await field(theirs, 'supervision.dispute.outcome').selectOption(outcome)
      await field(theirs, 'supervision.dispute.answer-text').fill(text)
      await button(theirs, 'supervision.dispute.answer-send').click()
      await theirs.getByRole('form', { name: en('supervision.dispute.answer') }).waitFor({ state: 'detached' })
    }
    await theirs.getByRole('heading', { name: en('supervision.cautions') }).waitFor({ state: 'detached' })
    await page
      .getByText(en('supervision.caution.disputed'), { exact: true })
      .waitFor({ state: 'detached', timeout: 60_000 })
    const [{ says }] = await matters(petra, 'dispute', cases.de)
    expect({ state: says.state, by: says.words.map(({ by }: Answer) => by) }).toEqual({
      state: 'agreed',
      by: ['us', 'them', 'them'],
    })
  })

  it('it is recalled in Arabic by keyboard; there it is cautioned until somebody says what became of it', async () => {
    const page = await ines.goes(`/messages/${message.nl}`)
    await page.evaluate("localStorage.setItem('comity.language', 'ar')")
    await page.reload()
    await pressOn(page, ar('supervision.recall.do'))
    const reason = page.getByLabel(ar('supervision.recall.reason'), { exact: true })
    await handOn(page, 'keyboard').choose(reason, 'WRONG_CONTENT')
    await writeIn(page, ar('supervision.recall.text'), 'المبلغ خطأ')
    expect(await lookNow(page, 'after-recall-ar-light')).toEqual([])
    await pressOn(page, 'سحب الرسالة')
    await page.getByText('رد واحد ناقص').waitFor()
    await page.evaluate("localStorage.removeItem('comity.language')")
    await arrives(petra, 'recall-notice', cases.de)
    const theirs = await petra.goes(`/messages/${message.de}`)
    await theirs.getByText(en('supervision.caution.recalled'), { exact: true }).waitFor()
    await button(theirs, 'supervision.recall.confirm').click()
    // It was found: something of the case stands on it.
    expect(await theirs.locator('option[value="not-found"]').count()).toBe(0)
    await field(theirs, 'supervision.recall.outcome').selectOption('restricted')
    await field(theirs, 'supervision.recall.outcome-text').fill('Sealed off.')
    await theirs.getByLabel(/^To whom it was passed on/).fill('Police of Frankfurt')
    await theirs.evaluate('scrollTo(0, 0)')
    expect(await lookNow(theirs, 'after-notice-en-light')).toEqual([])
    await button(theirs, 'supervision.recall.confirm-send').click()
    await theirs.getByText(en('supervision.caution.recalled'), { exact: true }).waitFor({ state: 'detached' })
    const status = await ines.goes(`/cases/${cases.nl}/messages/after`)
    await status.getByText(/^Show \d+ that have ended/).click({ timeout: 60_000 })
    const recall = status.getByRole('article').filter({ hasText: en('supervision.recall.all-answered') })
    await recall.getByText('Police of Frankfurt').waitFor()
    // What was taken back once is not offered again.
    await ines.goes(`/messages/${message.nl}`)
    await button(status, 'supervision.erase.do').waitFor()
    expect(await button(status, 'supervision.recall.do').count()).toBe(0)
  })

  it('its erasure is asked for, and answered as it is: kept, and why', async () => {
    const page = await ines.goes(`/messages/${message.nl}`)
    await button(page, 'supervision.erase.do').click()
    await field(page, 'supervision.erase.basis').selectOption('RETENTION_ENDED')
    await field(page, 'supervision.erase.text').fill('The period has ended.')
    await page.getByLabel(/^Erased by/).fill('2027-01-31')
    await button(page, 'supervision.erase.send').click()
    await page.getByRole('form').waitFor({ state: 'detached' })
    await arrives(petra, 'erase-request')
    const theirs = await petra.goes('/')
    await theirs.getByRole('link', { name: en('supervision.kind.erase-request') }).waitFor()
    expect(await lookNow(theirs, 'after-today-en-light')).toEqual([])
    // What was not looked at lies in a case: the way leads to the message, not to the inbox.
    const unseen = theirs.getByRole('link', { name: en('today.matter.message-unseen') }).first()
    expect(await unseen.getAttribute('href')).toMatch(/\/app\/messages\/[0-9a-f-]{36}$/)
    await theirs.getByRole('link', { name: en('supervision.kind.erase-request') }).click()
    await theirs.getByText('The period has ended.').waitFor()
    await button(theirs, 'supervision.erase.answer').click()
    await field(theirs, 'supervision.erase.outcome').selectOption('erased')
    await button(theirs, 'supervision.erase.answer-send').click()
    await theirs.getByText('ERASE_NOT_DONE').waitFor()
    await field(theirs, 'supervision.erase.outcome').selectOption('partly')
    await field(theirs, 'supervision.erase.kept').fill('The request that stands on it')
    await button(theirs, 'supervision.erase.answer-send').click()
    await theirs.getByText(/^Show 1 that has ended/).waitFor()
    await expect
      .poll(async () => (await matters(paul, 'erase-request'))[0].says, { timeout: 60_000 })
      // The end of that day where the agency is, in winter.
      .toMatchObject({
        by: '2027-01-31T22:59:00.000Z',
        answer: { outcome: 'partly', kept: ['The request that stands on it'] },
      })
  })

  it('a breach is told with its clock; the partner suspends, and a senior official there lifts that', async () => {
    const page = await ines.goes(`/cases/${cases.nl}/messages/breach`)
    for (const [name, text] of [
      ['what', 'A laptop was stolen.'],
      ['dataSent', 'None yet known.'],
      ['harm', 'Unknown.'],
      ['measures', 'Keys were revoked.'],
    ])
      await field(page, `supervision.incident.${name}`).fill(text as string)
    await field(page, 'supervision.incident.severity').selectOption('high')
    await page.getByRole('checkbox', { name: FRANKFURT.name, exact: true, checked: true }).waitFor()
    expect(await everyLook(page, 'after-breach')).toEqual([])
    await page.getByRole('button', { name: 'Tell 1 agency' }).click()
    await page.waitForURL(/\/messages\/after$/)
    await page.getByText('Directive (EU) 2016/680 art. 30(1)').waitFor()
    const today = await ines.goes('/')
    await today.getByRole('link', { name: en('today.matter.incident-notice') }).click()
    await today.waitForURL(/\/messages\/after$/)

    await arrives(petra, 'suspension')
    const theirs = await petra.goes('/partners')
    await theirs.getByRole('link', { name: en('supervision.suspension.see') }).click()
    await theirs.getByText(en('supervision.suspension.who-lifts')).waitFor()
    expect(await button(theirs, 'supervision.suspension.lift').count()).toBe(0)
    const lifting = await emil.goes('/after-sending')
    await lifting.getByText('A laptop was stolen.').waitFor()
    expect(await everyLook(lifting, 'after-suspension')).toEqual([])
    await button(lifting, 'supervision.suspension.lift').click()
    await field(lifting, 'supervision.suspension.reason').fill('The key is gone.')
    await field(lifting, 'supervision.suspension.measures').fill('None needed.')
    const form = lifting.getByRole('form', { name: en('supervision.suspension.lift') })
    await button(form, 'supervision.suspension.lift-do').click()
    await form.waitFor({ state: 'detached' })
    expect((await matters(emil, 'suspension'))[0].says.lifted).toMatchObject({ reason: 'The key is gone.' })

    await page.getByText(en('supervision.incident.not-concerned'), { exact: true }).waitFor({ timeout: 60_000 })
    expect(await lookNow(page, 'after-clock-en-light')).toEqual([])
    await button(page, 'supervision.incident.note').click()
    await field(page, 'supervision.incident.reference').fill('Authority, 5/26')
    await button(page, 'supervision.incident.note-do').click()
    await page.getByRole('form').waitFor({ state: 'detached' })
    const due = (await ines.does('reminder.list', {})).items
    expect(due.filter(({ kind }: Answer) => kind === 'incident')).toEqual([])
  })

  it('in all this no error of a screen', () => {
    // What is refused until a key is shown, and what is not so, the browser tells of, too.
    for (const { wrongs } of [ines, paul, petra, emil])
      expect(wrongs.filter((one) => !/status of 4(0[139]|22)/.test(one))).toEqual([])
  })
})
