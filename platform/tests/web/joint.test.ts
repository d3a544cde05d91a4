/**
 * A joint case of two agencies, each a node of its own, on the screens of the people who do it: proposed, approved by two, sent; answered
 * with a case there; something released by a person's decision, a meeting; and a task given and answered, by mouse and by keyboard, in English and in Arabic.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agencies } from '../../src/cli/commands/story.ts'
import { findChromium } from '../chromium.ts'
import { temporaryFolder } from '../run-comity.ts'
import { arrives, button, field, spontaneous } from './after-sending-parts.ts'
import { pressOn, tabTo, writeIn } from './by-keyboard.ts'
import { handOn, sayIn, ways } from './hands.ts'
import { everyLook, settled } from './screen-checks.ts'
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
    for (const { wrongs } of [ines, paul, sofie, lars]) expect(wrongs).toEqual([])
  })
})
