/**
 * A joint case of two agencies, each a node of its own, on the screens of the people who do it: proposed, approved by two, sent; answered
 * with a case there; something released by a person's decision, a meeting; a task given and answered, by mouse and by keyboard, in English
 * and in Arabic; and every way in which it ends: declined, left, taken out, ended.
 *
 * Past four hundred lines on purpose: its claims follow one another at two nodes, which take longer to start than each of them.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agencies } from '../../src/cli/commands/story.ts'
import { findChromium } from '../chromium.ts'
import { temporaryFolder } from '../run-comity.ts'
import { arrives, button, field, spontaneous } from './after-sending-parts.ts'
import { pressOn, tabTo, writeIn } from './by-keyboard.ts'
import { handOn, sayIn, type Way, ways } from './hands.ts'
import { everyLook, lookNow, settled } from './screen-checks.ts'
import { type Actor, openThreeNodes, type ThreeNodes } from './three-nodes-world.ts'
import { wordsIn } from './words.ts'
import type { Answer } from './world.ts'

const [ROTTERDAM, FRANKFURT] = [agencies[0]?.name ?? '', agencies[1]?.name ?? '']
const en = wordsIn('en')

describe.skipIf(findChromium() === null)('a joint case of two agencies', () => {
  let world: ThreeNodes
  let ines: Actor
  let paul: Actor
  let sofie: Actor
  let lars: Actor
  let caseId = ''
  let jointId = ''
  const objects = async (who: Actor): Promise<Answer[]> =>
    (await who.does('joint.objects', { id: jointId })) as Answer as Answer[]

  beforeAll(async () => {
    world = await openThreeNodes(join(temporaryFolder(), 'joint'), agencies.slice(0, 2))
    const [nl, de] = world.nodes as [(typeof world.nodes)[number], (typeof world.nodes)[number]]
    await Promise.all([
      (async () => {
        ines = await world.person(nl, 'Ines', 'investigator')
        paul = await world.person(nl, 'Paul', 'prosecutor')
        sofie = await world.person(nl, 'Sofie', 'senior-official')
      })(),
      (async () => {
        lars = await world.person(de, 'Lars', 'liaison-officer')
      })(),
    ])
    for (const { page } of [ines, paul, sofie, lars]) page.setDefaultTimeout(20_000)
    const opening = { kind: 'joint', purposes: ['criminal-proceedings'] }
    const opened = await ines.does('case.open', { ...opening, title: 'The ransom of May', partners: ['DE'] })
    caseId = opened.id
    let seen = opened.version
    for (const { id: personId } of [paul, sofie])
      seen = (await ines.does('case.member.add', { caseId, personId, seen })).version
    await lars.does('case.open', { ...opening, title: 'Ransom, the German part', partners: ['NL'] })
  }, 300_000)
  afterAll(() => world?.close())

  it('is proposed from a case that teaches what it is, and stays a draft until two others have approved it', async () => {
    const page = await ines.goes(`/cases/${caseId}/joint`)
    await page.getByText(en('joint.none'), { exact: true }).waitFor()
    expect(await everyLook(page, 'joint-none')).toEqual([])
    await page.getByRole('link', { name: en('joint.new') }).click()
    await page.getByRole('button', { name: en('joint.draft') }).click()
    await page.getByRole('alert').getByRole('link', { name: 'Title' }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe('joint-title')
    for (const [label, text] of [
      ['joint.field.title', 'Lockers of May'],
      ['joint.field.purpose', 'To find and freeze what was paid for the keys.'],
      ['joint.field.until', '2027-05-31'],
      ['joint.field.dataRules', 'By the law of each; deleted when the proceedings end.'],
      ['joint.field.evidenceUse', 'With consent of its owner.'],
      ['joint.field.legalBasis', 'The law of the story, section 1'],
      ['joint.own-role', 'Leads'],
      ['joint.own-purpose', 'Victims in Rotterdam'],
      ['joint.party-field.role', 'Investigates at the exchange'],
    ] as const)
      await page.getByLabel(en(label), { exact: true }).fill(text)
    await page.getByLabel(en('joint.party-field.agency'), { exact: true }).selectOption({ label: FRANKFURT })
    await page.getByLabel(en('joint.party-field.purpose'), { exact: true }).fill('Victims in Frankfurt')
    expect(await everyLook(page, 'joint-new')).toEqual([])
    await page.getByRole('button', { name: en('joint.draft') }).click()
    await page.waitForURL(/\/joint\/[0-9a-f-]{36}$/)
    jointId = page.url().split('/').at(-1) ?? ''
    await page.getByText(en('joint.you-drafted')).waitFor()
    expect(await page.getByRole('button', { name: en('access.approve.button') }).count()).toBe(0)
    for (const [at, who] of [paul, sofie].entries()) {
      const theirs = await who.goes(`/joint/${jointId}`)
      if (who === paul) expect(await everyLook(theirs, 'joint-approve')).toEqual([])
      await theirs.getByRole('button', { name: en('access.approve.button') }).click()
      await theirs.getByText(`${at + 1} of 2`, { exact: true }).waitFor()
    }
    const { state, approval } = await ines.does('joint.read', { id: jointId })
    expect({ state, approval }).toMatchObject({ state: 'proposed', approval: { counted: 2, enough: true } })
    expect(await lars.does('joint.invitations', {})).toEqual([])
  })

  it('is sent to exactly whom it names, and answered there with a case that serves the same', async () => {
    const page = await paul.goes(`/joint/${jointId}`)
    await page.getByRole('button', { name: 'Send the invitation' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(FRANKFURT).waitFor()
    await dialog.getByRole('button', { name: 'Send the invitation' }).click()
    await page.getByText(en('joint.state.active'), { exact: true }).waitFor()
    const theirs = await lars.goes('/joint')
    await theirs.getByRole('heading', { name: 'Lockers of May' }).waitFor({ timeout: 60_000 })
    expect(await everyLook(theirs, 'joint-invitation')).toEqual([])
    await theirs.getByRole('button', { name: en('joint.accept') }).click()
    await theirs.getByLabel(en('joint.accept-case')).selectOption({ label: 'Ransom, the German part' })
    await theirs.getByLabel(en('joint.field.legalBasis')).fill('The law of the story, section 2')
    await theirs.getByLabel(en('joint.accept-contact')).fill('Lars, by the duty line')
    await theirs.getByRole('button', { name: en('joint.accept') }).click()
    await theirs.waitForURL(new RegExp(`/joint/${jointId}$`))
    const party = page.getByRole('listitem').filter({ hasText: FRANKFURT })
    await party.getByText(en('joint.party.accepted'), { exact: true }).waitFor({ timeout: 60_000 })
  })

  it('is released to by a person, by keyboard: what goes, to whom, under which conditions; the other side sees whose it is', async () => {
    const page = await ines.goes(`/joint/${jointId}/shared`)
    await page.getByText(en('joint.shared-none'), { exact: true }).waitFor()
    await pressOn(page, en('joint.release'))
    await tabTo(page, en('joint.release-kind'))
    await page.keyboard.type(en('joint.release-kind.holding'))
    await tabTo(page, en('joint.asset'))
    await page.keyboard.type('BTC (Bitcoin)')
    await writeIn(page, 'Amount in BTC', '63.699849')
    await writeIn(page, en('joint.where'), 'Example Exchange')
    await page.getByText(`It goes to: \u2068${FRANKFURT}\u2069.`).waitFor()
    await pressOn(page, 'Release it to 1 agency')
    await page.getByText('63.699849 BTC').waitFor()
    await page.getByText(en('joint.onward.forbidden')).waitFor()
    expect(await everyLook(page, 'joint-shared')).toEqual([])
    const theirs = await lars.goes(`/joint/${jointId}/shared`)
    await theirs.getByText('63.699849 BTC').waitFor({ timeout: 60_000 })
    await theirs.getByText(ROTTERDAM).first().waitFor()
    // Who does not own it proposes, and the owner decides.
    await theirs.getByRole('button', { name: en('joint.propose-change') }).click()
    await theirs.getByLabel('Amount in BTC').fill('63.5')
    await theirs.getByLabel(en('joint.change-reason')).fill('The fee was taken off.')
    await theirs.getByRole('button', { name: en('joint.propose-change-do') }).click()
    await page.getByText('The fee was taken off.').waitFor({ timeout: 60_000 })
    await page.getByRole('button', { name: en('joint.change.accepted') }).click()
    await page.getByText('version 2').waitFor()
    await theirs.getByText('version 2').waitFor({ timeout: 60_000 })
    expect((await objects(lars)).map(({ said }) => said.content)).toMatchObject([{ amount: '6350000000' }])
  })

  it('holds a meeting: called with its agenda, as a file for calendars, with what was decided as tasks', async () => {
    const page = await ines.goes(`/joint/${jointId}/meetings`)
    await page.getByRole('button', { name: en('joint.meeting-call') }).click()
    await page.getByLabel(en('joint.meeting.title'), { exact: true }).fill('Who asks the exchange')
    await page.getByLabel(en('joint.meeting.start'), { exact: true }).fill('2027-01-12T10:00')
    await page.getByLabel(en('joint.meeting.end'), { exact: true }).fill('2027-01-12T09:00')
    await page.getByLabel(/^Agenda/).fill('What is frozen\nWho asks whom')
    await page.getByRole('button', { name: en('joint.meeting-call-do') }).click()
    await page.getByRole('alert').getByText(en('joint.meeting.end-before')).waitFor()
    await page.getByLabel(en('joint.meeting.end'), { exact: true }).fill('2027-01-12T11:00')
    await page.getByRole('button', { name: en('joint.meeting-call-do') }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: en('joint.meeting-calendar') }).click(),
    ])
    const file = readFileSync(await download.path(), 'utf8')
    // Ten o'clock in Amsterdam, in winter.
    expect(file).toContain('DTSTART:20270112T090000Z')
    await page.getByRole('button', { name: en('joint.meeting-decide') }).click()
    await page.getByRole('textbox', { name: en('joint.meeting.decisions') }).fill('Frankfurt asks the exchange.')
    await page.getByRole('button', { name: en('joint.meeting.task-add') }).click()
    await page.getByLabel(en('joint.task.what')).fill('Ask the exchange for its log')
    await page.getByLabel(en('joint.task.assignee')).selectOption({ label: FRANKFURT })
    await page.getByLabel(en('joint.task.personRole')).fill('liaison officer')
    await page.getByRole('button', { name: en('joint.meeting-decide-do') }).click()
    await page.getByText('Ask the exchange for its log').waitFor()
    expect(await everyLook(page, 'joint-meetings')).toEqual([])
    const theirs = await lars.goes(`/joint/${jointId}/tasks`)
    await theirs.getByText('Ask the exchange for its log').waitFor({ timeout: 60_000 })
    await theirs.getByRole('button', { name: en('joint.answer-do.accepted') }).click()
    await theirs.getByText(en('joint.answer.accepted'), { exact: true }).waitFor()
    await expect.poll(async () => (await objects(ines)).find(({ answered }) => answered)?.answered).toBe('accepted')
  })

  it.each(ways)('gives the other side a task and answers one, by %s, in %s', async (by, language) => {
    const say = sayIn(language)
    const speaks = async ({ page }: Actor) => {
      await page.evaluate(`localStorage.setItem('comity.language', '${language}')`)
      await page.reload()
    }
    const what = `${say('joint.task.what')} (${by})`
    const page = await lars.goes(`/joint/${jointId}/tasks`)
    await speaks(lars)
    const hand = handOn(page, by)
    const button = (at: Page, id: string) => at.getByRole('button', { name: say(id), exact: true })
    const field = (id: string) => page.getByLabel(say(id), { exact: true })
    await hand.press(button(page, 'joint.task-give'))
    await hand.write(field('joint.task.what'), what)
    const rotterdam = page.locator('option', { hasText: ROTTERDAM })
    await hand.choose(field('joint.task.assignee'), (await rotterdam.first().getAttribute('value')) ?? '')
    await hand.write(field('joint.task.personRole'), say('role.investigator'))
    await hand.press(button(page, 'joint.task-give-do'))
    await page.getByText(what).waitFor()
    const theirs = await ines.goes(`/joint/${jointId}/tasks`)
    await speaks(ines)
    const task = theirs.getByRole('article').filter({ hasText: what })
    await task.waitFor({ timeout: 60_000 })
    await handOn(theirs, by).press(task.getByRole('button', { name: say('joint.answer-do.accepted'), exact: true }))
    await task.getByText(say('joint.answer.accepted'), { exact: true }).waitFor()
    const answered = async () => (await objects(lars)).find(({ said }) => said.content?.what === what)?.answered
    await expect.poll(answered, { timeout: 60_000 }).toBe('accepted')
  })

  it('a joint object in dispute is cautioned for everybody who reads it, until both agree', async () => {
    for (const { page } of [ines, lars]) await page.evaluate("localStorage.removeItem('comity.language')")
    const home = (await lars.does('joint.read', { id: jointId })).caseId
    const drafted = await ines.does('message.draft', {
      ...{ caseId, to: agencies[1]?.id, type: 'info.spontaneous', purpose: 'criminal-proceedings', header: {} },
      body: spontaneous('The amount stands in the log of the exchange.'),
    })
    await paul.does('message.send', { id: drafted.id, seen: drafted.version })
    const inbox = async (): Promise<Answer[]> => (await lars.does('inbox.list', {})).items
    const told = async () => (await inbox()).find(({ message }) => message.type === 'info.spontaneous')
    await expect.poll(told, { timeout: 60_000 }).toBeDefined()
    const message = (await lars.does('inbox.file', { id: (await told())?.id, caseId: home })).id
    const page = await lars.goes(`/messages/${message}`)
    await button(page, 'supervision.dispute.do').click()
    await field(page, 'supervision.dispute.kind').selectOption('amount')
    await field(page, 'supervision.dispute.text').fill('The log says less.')
    await field(page, 'supervision.dispute.wanted').fill('Count again.')
    await page.getByText(/^Name what of the case it touches/).click()
    await page.getByLabel(/^Shared in a joint case: Example Exchange, /).check()
    await button(page, 'supervision.dispute.send').click()
    await page.getByText(en('supervision.dispute-state.open'), { exact: true }).waitFor()
    await lars.goes(`/joint/${jointId}/shared`)
    const shared = page.getByRole('article').filter({ hasText: '63.5 BTC' })
    await shared.getByText(en('supervision.caution.disputed'), { exact: true }).waitFor()
    await shared.getByText('The log says less.').waitFor()
    expect(await everyLook(page, 'joint-shared-disputed')).toEqual([])
    // What it touches there is theirs alone; here the message of the dispute is cautioned, and the object is not.
    await arrives(ines, 'dispute', caseId)
    const theirs = await ines.goes(`/joint/${jointId}/shared`)
    await theirs.getByRole('article').filter({ hasText: '63.5 BTC' }).waitFor()
    await settled(theirs)
    expect(await theirs.getByText(en('supervision.caution.disputed'), { exact: true }).count()).toBe(0)
    await ines.goes(`/cases/${caseId}/messages/after`)
    await button(theirs, 'supervision.dispute.answer').click()
    await field(theirs, 'supervision.dispute.outcome').selectOption('agreed')
    await field(theirs, 'supervision.dispute.answer-text').fill('We have counted again.')
    await button(theirs, 'supervision.dispute.answer-send').click()
    await shared
      .getByText(en('supervision.caution.disputed'), { exact: true })
      .waitFor({ state: 'detached', timeout: 60_000 })
    await shared.waitFor()
  })

  it('is right to look at, with all that came of it', async () => {
    const page = await lars.goes(`/joint/${jointId}/tasks`)
    expect(await everyLook(page, 'joint-tasks')).toEqual([])
    await lars.goes(`/joint/${jointId}`)
    expect(await everyLook(page, 'joint')).toEqual([])
    await ines.page.evaluate("localStorage.removeItem('comity.language')")
  })

  it('calls a meeting from the invitation of a calendar, and says what no calendar has written', async () => {
    const page = await ines.goes(`/joint/${jointId}/meetings`)
    const hand = handOn(page, 'keyboard')
    await hand.press(page.getByRole('button', { name: en('joint.meeting-call'), exact: true }))
    const form = page.getByRole('form', { name: en('joint.meeting-call') })
    const file = form.getByLabel(en('joint.meeting-from-file'))
    const ics = (text: string) => ({ name: 'invitation.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) })
    await hand.give(file, ics('Dear all, we meet on Tuesday.'))
    await form.getByRole('alert').waitFor()
    expect(ines.wrongs.splice(0)).toEqual([expect.stringMatching(/status of 409/)])
    await hand.give(file, ics(INVITATION))
    await expect.poll(() => form.locator('#meeting-title').inputValue()).toBe('Where the coins went')
    await form.getByRole('alert').waitFor({ state: 'detached' })
    expect(await form.locator('#meeting-start').inputValue()).toBe('2027-02-02T14:00')
    expect(await form.locator('#somebody-0-name').inputValue()).toBe('Petra Beispiel')
    const calls = form.getByRole('button', { name: en('joint.meeting-call-do'), exact: true })
    // Whose agency somebody is of, and as what, a calendar does not know.
    await hand.press(calls)
    await form.getByRole('alert').getByRole('link').first().waitFor()
    const agency = form.locator('#somebody-0-agency')
    await hand.choose(agency, (await agency.locator('option', { hasText: FRANKFURT }).getAttribute('value')) ?? '')
    await hand.write(form.locator('#somebody-0-role'), 'Prosecutor')
    expect(await lookNow(page, 'joint-from-calendar')).toEqual([])
    await hand.press(calls)
    await form.waitFor({ state: 'detached' })
    const theirs = await lars.goes(`/joint/${jointId}/meetings`)
    const meeting = theirs.getByRole('article').filter({ hasText: 'Where the coins went' })
    await meeting.waitFor({ timeout: 60_000 })
    await meeting.getByText('Petra Beispiel').waitFor()
    expect(await meeting.locator('time').first().getAttribute('datetime')).toBe('2027-02-02T13:00:00.000Z')
  })

  it('counts money of a State beside coins, the same for both; what is shared no more is counted no more', async () => {
    const page = await ines.goes(`/joint/${jointId}/shared`)
    const hand = handOn(page, 'mouse')
    await hand.press(page.getByRole('button', { name: en('joint.release'), exact: true }))
    const form = page.getByRole('form', { name: en('joint.release') })
    await hand.choose(form.getByLabel(en('joint.release-kind'), { exact: true }), 'holding')
    await form.locator('#held-asset option[value="money"]').waitFor({ state: 'attached' })
    await hand.choose(form.locator('#held-asset'), 'money')
    await hand.write(form.locator('#held-currency'), 'XYZ')
    await hand.write(form.locator('#held-amount'), '1234.56')
    await hand.choose(form.getByLabel(en('joint.became'), { exact: true }), 'seized')
    await hand.write(form.locator('#held-where'), 'Example Bank')
    const releases = form.getByRole('button', { name: 'Release it to 1 agency' })
    await hand.press(releases)
    await form.getByRole('alert').getByText(en('joint.currency-wrong')).waitFor()
    await hand.write(form.locator('#held-currency'), 'EUR')
    await hand.press(releases)
    await form.waitFor({ state: 'detached' })
    const figures = (at: Page) => at.getByRole('table', { name: en('joint.figures.holdings') })
    const rows = async (who: Actor) => {
      const at = await who.goes(`/joint/${jointId}`)
      await figures(at).waitFor()
      return (await figures(at).getByRole('row').allInnerTexts())
        .map((row) => row.replaceAll(/\s+/g, ' ').trim())
        .sort()
    }
    const both = [/^Frozen 63\.5\d* BTC/, /^Seized 1 234\.56 EUR/].map((one) => expect.stringMatching(one))
    const overview = await lars.goes(`/joint/${jointId}`)
    await figures(overview)
      .getByText(/1.234\.56 EUR/)
      .waitFor({ timeout: 60_000 })
    expect(await rows(lars)).toEqual(both)
    expect(await rows(ines)).toEqual(both)
    expect(await lookNow(page, 'joint-money')).toEqual([])

    await ines.goes(`/joint/${jointId}/shared`)
    const row = page.getByRole('article').filter({ hasText: 'Example Bank' })
    await acts(page, 'mouse', row.getByRole('button', { name: en('joint.withdraw'), exact: true }), 'The bank erred.')
    await page.getByText('The bank erred.').waitFor()
    const theirs = await lars.goes(`/joint/${jointId}/shared`)
    await theirs.getByRole('article').filter({ hasText: 'The bank erred.' }).waitFor({ timeout: 60_000 })
    expect(await theirs.getByText('Example Bank').count()).toBe(0)
    for (const who of [lars, ines]) expect(await rows(who)).toEqual([both[0]])
  })

  it('is declined with a reason, by keyboard in Arabic, and the agency that leads reads it', async () => {
    const [id] = await sent('Lockers of June')
    const say = sayIn('ar')
    const page = await lars.goes('/joint')
    await page.evaluate("localStorage.setItem('comity.language', 'ar')")
    await page.reload()
    const invitation = page.getByRole('region', { name: 'Lockers of June' })
    await invitation.waitFor({ timeout: 60_000 })
    const declines = invitation.getByRole('button', { name: say('joint.decline'), exact: true })
    await acts(page, 'keyboard', declines, 'لا اختصاص لنا')
    await page.getByText(say('joint.party.declined'), { exact: true }).waitFor()
    await page.evaluate("localStorage.removeItem('comity.language')")
    const party = await partyOf(ines, id)
    await party.getByText(en('joint.party.declined'), { exact: true }).waitFor({ timeout: 60_000 })
    await party.getByText('لا اختصاص لنا').waitFor()
    expect(await lookNow(ines.page, 'joint-declined')).toEqual([])
  })

  it('what was released before an agency took part is released to it, too; and it leaves by its own act', async () => {
    const [id, title] = await sent('Lockers of July')
    const content = { kind: 'holding', asset: 'iso4217:EUR', amount: '700', state: 'frozen', where: 'Early Bank' }
    await ines.does('joint.release', { id, item: content, conditions: [], onward: 'forbidden' })
    await accepted(title)
    const page = await ines.goes(`/joint/${id}/shared`)
    const resends = page.getByRole('button', { name: en('joint.resend'), exact: true })
    await resends.waitFor({ timeout: 60_000 })
    const theirs = await lars.goes(`/joint/${id}/shared`)
    await theirs.getByText(en('joint.shared-none'), { exact: true }).waitFor()
    expect(await lookNow(page, 'joint-lacking')).toEqual([])
    await handOn(page, 'keyboard').press(resends)
    await resends.waitFor({ state: 'detached' })
    await theirs.getByText('Early Bank').waitFor({ timeout: 60_000 })

    await lars.goes(`/joint/${id}`)
    await acts(
      theirs,
      'keyboard',
      theirs.getByRole('button', { name: en('joint.leave'), exact: true }),
      'Our part is done.',
    )
    await theirs.getByText(en('joint.over.left')).waitFor()
    // What it has it keeps.
    await lars.goes(`/joint/${id}/shared`)
    await theirs.getByText('Early Bank').waitFor()
    const party = await partyOf(ines, id)
    await party.getByText(en('joint.party.left'), { exact: true }).waitFor({ timeout: 60_000 })
    await party.getByText('Our part is done.').waitFor()
  })

  it('an agency is taken out by the one that leads, and is sent nothing further', async () => {
    const [id, title] = await sent('Lockers of August')
    await accepted(title)
    const party = await partyOf(paul, id)
    await party.getByText(en('joint.party.accepted'), { exact: true }).waitFor({ timeout: 60_000 })
    const removes = party.getByRole('button', { name: sayIn('en')('joint.remove', { who: FRANKFURT }), exact: true })
    await acts(paul.page, 'mouse', removes, 'Another office has taken over.')
    await party.getByText(en('joint.party.removed'), { exact: true }).waitFor()
    expect(await removes.count()).toBe(0)
    const theirs = await lars.goes(`/joint/${id}`)
    await theirs.getByText(en('joint.over.left')).waitFor({ timeout: 60_000 })
    // Why stays with whoever decided it.
    expect(await theirs.getByText('Another office has taken over.').count()).toBe(0)
    expect(await theirs.getByRole('button', { name: en('joint.leave'), exact: true }).count()).toBe(0)
    expect(await lookNow(theirs, 'joint-taken-out')).toEqual([])
  })

  it('is ended for all by the one that leads: both keep what they have, and nothing more goes out', async () => {
    const page = await paul.goes(`/joint/${jointId}`)
    await acts(page, 'keyboard', page.getByRole('button', { name: en('joint.end'), exact: true }), 'All is returned.')
    const over = async (at: Page) => {
      await at.getByText(en('joint.over.ended')).waitFor({ timeout: 60_000 })
      await at.getByText('All is returned.').first().waitFor()
    }
    await over(page)
    const theirs = await lars.goes(`/joint/${jointId}`)
    await over(theirs)
    expect(await lookNow(theirs, 'joint-ended')).toEqual([])
    await lars.goes(`/joint/${jointId}/shared`)
    await theirs.getByText('63.5').first().waitFor()
    expect(await theirs.getByRole('button', { name: en('joint.release'), exact: true }).count()).toBe(0)
  })

  it('in all this no error, and no request to elsewhere', () => {
    for (const { wrongs } of [ines, paul, sofie, lars]) expect(wrongs).toEqual([])
  })

  /** Proposed to Frankfurt, approved by two and sent, as the first was; its id here and its title. */
  async function sent(title: string): Promise<readonly [id: string, title: string]> {
    const { terms, list } = await ines.does('joint.read', { id: jointId })
    const [own, other] = ['Leads', 'Investigates'].map((role) => ({ role, purpose: 'Victims' }))
    const { agency } = list.parties.find(({ agency: one }: Answer) => one !== list.parties[0].agency)
    const { id } = await ines.does('joint.propose', {
      ...{ caseId, terms: { ...terms, title }, own, parties: [{ ...other, agency }] },
    })
    for (const who of [paul, sofie]) {
      const page = await who.goes(`/joint/${id}`)
      await page.getByRole('button', { name: en('access.approve.button') }).click()
      await page.getByText(who === paul ? '1 of 2' : '2 of 2', { exact: true }).waitFor()
    }
    const { version: seen, digest } = await ines.does('joint.read', { id })
    await paul.does('joint.send', { id, seen, digest })
    return [id, title]
  }

  /** By whoever is asked in Frankfurt, with the case there. */
  async function accepted(title: string): Promise<void> {
    const invitation = async () =>
      ((await lars.does('joint.invitations', {})) as Answer as Answer[]).find(({ terms }) => terms.title === title)
    await expect.poll(invitation, { timeout: 60_000 }).toBeDefined()
    const { items } = await lars.does('case.list', {})
    await lars.does('joint.accept', {
      ...{ caseId: items[0].id, invitation: (await invitation())?.id },
      ...{ legalBasis: 'The law of the story, section 2', contact: 'Lars' },
    })
  }

  async function partyOf(who: Actor, id: string) {
    const page = await who.goes(`/joint/${id}`)
    return page.getByRole('listitem').filter({ hasText: FRANKFURT })
  }
})

/** Presses an act, gives its reason in its dialog, and does it. */
async function acts(page: Page, by: Way[0], act: Locator, reason: string): Promise<void> {
  const hand = handOn(page, by)
  const name = (await act.textContent()) ?? ''
  await hand.press(act)
  const dialog = page.getByRole('dialog')
  await hand.write(dialog.getByRole('textbox'), reason)
  await hand.press(dialog.getByRole('button', { name, exact: true }))
  await dialog.waitFor({ state: 'detached' })
}

/** As a calendar of others writes it. */
const INVITATION = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//Calendar//EN
METHOD:REQUEST
BEGIN:VEVENT
UID:20270202-where@example.org
DTSTAMP:20270101T090000Z
DTSTART;TZID=Europe/Berlin:20270202T140000
DTEND;TZID=Europe/Berlin:20270202T150000
SUMMARY:Where the coins went
LOCATION:Room 5
ATTENDEE;CN=Petra Beispiel:mailto:petra@example.org
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n')
