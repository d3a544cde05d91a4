/**
 * Messages between two agencies, on the screens of both: written, approved, sent; found in the inbox, taken in, answered; and a call to
 * the duty desk of the other. By mouse and by keyboard, in English and in Arabic; every screen of them looked at.
 */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agencies } from '../../src/cli/commands/story.ts'
import { findChromium } from '../chromium.ts'
import { fillForm } from '../fill-form.ts'
import { temporaryFolder } from '../run-comity.ts'
import { handOn, sayIn, ways } from './hands.ts'
import { looks, visit } from './screen-checks.ts'
import { type Actor, openThreeNodes, type ThreeNodes } from './three-nodes-world.ts'
import type { Answer } from './world.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
const [home, abroad] = agencies as readonly [(typeof agencies)[number], (typeof agencies)[number]]

/** What a request to preserve says, by the field of the form. */
const body = {
  'facts-summary': 'Computers of a company were encrypted, and coins were paid for the key.',
  'offence-conduct': 'Encrypting computers and asking for money.',
  'offence-provision': 'Extortion',
  'offence-dualCriminality': 'met',
  'identifiers-0-kind': 'address',
  'identifiers-0-value': `${BITCOIN}:${ADDRESS}`,
  necessity: 'The only way to its holder.',
  intent: 'A request for the data will follow.',
}

describe.skipIf(findChromium() === null)('messages', () => {
  let world: ThreeNodes
  let ines: Actor
  let paul: Actor
  let sofie: Actor
  let petra: Actor
  let caseId = ''
  const sent: string[] = []
  beforeAll(async () => {
    world = await openThreeNodes(join(temporaryFolder(), 'two'), [home, abroad])
    const [here, there] = world.nodes as [ThreeNodes['nodes'][number], ThreeNodes['nodes'][number]]
    ines = await world.person(here, 'Ines', 'investigator')
    paul = await world.person(here, 'Paul', 'prosecutor')
    sofie = await world.person(here, 'Sofie', 'senior-official')
    petra = await world.person(there, 'Petra', 'prosecutor')
    for (const { page } of [ines, paul, sofie, petra]) page.setDefaultTimeout(30_000)
    const opened = await ines.does('case.open', {
      ...{ title: 'The ransom of May', kind: 'local', purposes: ['criminal-proceedings'] },
    })
    caseId = opened.id
    let seen = opened.version
    for (const { id } of [paul, sofie])
      seen = (await ines.does('case.member.add', { caseId, personId: id, seen })).version
  })
  afterAll(() => world?.close())

  const appOf = ({ at }: Actor) => `${at.hand.origin}/app`
  const idIn = (page: Page) => page.url().split('/').at(-1) as string

  describe.each(ways)('by %s, in %s', (by, language) => {
    const say = sayIn(language)
    const button = (page: Page, id: string, values: Readonly<Record<string, string>> = {}) =>
      page.getByRole('button', { name: say(id, values), exact: true })
    const field = (page: Page, id: string) => page.getByLabel(say(id), { exact: true })
    async function goes(actor: Actor, path: string) {
      await actor.page.evaluate(`localStorage.setItem('comity.language', '${language}')`)
      const page = await actor.goes(path)
      return { page, hand: handOn(page, by) }
    }

    it('one is written in a case, and told what is still missing', async () => {
      const { page, hand } = await goes(ines, `/cases/${caseId}/messages`)
      await hand.press(page.getByRole('link', { name: say('inbox.list.new'), exact: true }))
      await page.locator(`option[value="${abroad.id}"]`).waitFor({ state: 'attached' })
      await hand.choose(field(page, 'inbox.new.to'), abroad.id)
      await hand.choose(field(page, 'inbox.new.type'), 'preserve.request')
      await page.locator('option[value="EU-2023-1543"]').waitFor({ state: 'attached' })
      await hand.choose(field(page, 'inbox.law.instrument'), 'EU-2023-1543')
      await hand.write(field(page, 'inbox.law.article'), '4, 11')
      await hand.choose(field(page, 'inbox.law.urgency'), 'DATA_LOSS')
      await hand.write(field(page, 'inbox.law.ground'), 'Reg. 2023/1543 art. 11')
      await hand.write(field(page, 'inbox.law.text'), 'Logs of the account may be deleted.')
      await hand.press(button(page, 'inbox.new.keep'))
      await page.getByRole('alert').getByRole('link').first().waitFor()
      for (const [name, text] of Object.entries(body)) {
        const input = page.locator(`#f-${name}`)
        const isList = (await page.locator(`select#f-${name}`).count()) === 1
        await (isList ? hand.choose(input, text) : hand.write(input, text))
      }
      await hand.press(button(page, 'inbox.new.keep'))
      await page.waitForURL(/\/app\/messages\//)
      sent.push(idIn(page))
      expect((await ines.does('message.show', { id: sent.at(-1) })).message).toMatchObject({ state: 'draft' })
    })

    it('is approved by two with their keys, and sent', async () => {
      const path = `/messages/${sent.at(-1)}`
      for (const [at, one] of [paul, sofie].entries()) {
        const { page, hand } = await goes(one, path)
        await hand.press(button(page, 'inbox.approve.do'))
        await page.getByText(say('inbox.approve.count', { counted: String(at + 1), needed: '2' })).waitFor()
      }
      const { page, hand } = await goes(paul, path)
      await hand.press(button(page, 'inbox.out.send', { who: abroad.name }))
      await hand.press(page.getByRole('dialog').getByRole('button', { name: say('inbox.out.send-now'), exact: true }))
      await page.getByText(say('inbox.state.received-there'), { exact: true }).waitFor()
    })

    it('is in the inbox there, found genuine, taken in, acknowledged and accepted', async () => {
      const { page, hand } = await goes(petra, '/inbox')
      await hand.press(page.getByRole('link', { name: say('inbox.type.preserve.request') }))
      await page.getByText(say('inbox.genuine.yes'), { exact: true }).waitFor()
      await hand.press(button(page, 'inbox.take.do'))
      await hand.press(button(page, 'inbox.act.acknowledge'))
      const form = page.locator('form', { has: page.locator('button[type=submit]') })
      const submits = (act: string) => form.getByRole('button', { name: say(`inbox.act.do.${act}`), exact: true })
      await hand.press(submits('acknowledge'))
      await submits('acknowledge').waitFor({ state: 'detached' })
      await hand.press(button(page, 'inbox.act.accept'))
      await hand.write(page.locator('#answer-reason'), 'The order is complete.')
      await hand.press(submits('accept'))
      await submits('accept').waitFor({ state: 'detached' })
      await expect
        .poll(async () => (await answersTo(sent.at(-1) as string)).toSorted(), { timeout: 60_000, interval: 200 })
        .toEqual(['ack', 'decision.accept'])
    })

    it('and the duty desk there is called, and takes the call', async () => {
      const here = await goes(paul, '/partners')
      await here.hand.press(button(here.page, 'inbox.calls.place'))
      await here.page.locator(`option[value="${abroad.id}"]`).waitFor({ state: 'attached' })
      await here.hand.choose(field(here.page, 'inbox.new.to'), abroad.id)
      await here.hand.write(field(here.page, 'inbox.calls.matter'), `Test by ${by}, ${language}`)
      await here.hand.press(button(here.page, 'inbox.calls.do'))
      await button(here.page, 'inbox.calls.place').waitFor()
      const there = await goes(petra, '/partners')
      const call = there.page.getByRole('listitem').filter({ hasText: `Test by ${by}, ${language}` })
      await there.hand.press(call.getByRole('button', { name: say('inbox.calls.take'), exact: true }))
      await call.waitFor({ state: 'detached' })
    })
  })

  /** The kinds of what came back on a message of ours. */
  async function answersTo(id: string): Promise<string[]> {
    const { message } = await ines.does('message.show', { id })
    const { items } = await ines.does('message.list', { caseId, limit: 200 })
    return items
      .filter(({ message: one }: Answer) => one.direction === 'in' && one.exchange === message.exchange)
      .map(({ message: one }: Answer) => one.type)
  }

  /** Requests that nobody has taken in; calls lie there, too. */
  async function waitingThere(): Promise<Answer[]> {
    const { items } = await petra.does('inbox.list', { state: 'new' })
    return items.filter(({ message }: Answer) => message.type === 'preserve.request')
  }

  it.each([
    ['mouse', 'en'],
    ['keyboard', 'ar'],
  ] as const)(
    'name other messages, agencies and countries by choosing them from what the node lists, by %s, in %s',
    async (by, language) => {
      const say = sayIn(language)
      await ines.page.evaluate(`localStorage.setItem('comity.language', '${language}')`)
      const page = await ines.goes(`/cases/${caseId}/messages/new`)
      const hand = handOn(page, by)
      const field = (path: string) => page.locator(`#f-${path}`)
      const keep = () => page.getByRole('button', { name: say('inbox.new.keep'), exact: true })
      await page.locator(`option[value="${abroad.id}"]`).waitFor({ state: 'attached' })
      await hand.choose(page.getByLabel(say('inbox.new.to'), { exact: true }), abroad.id)
      // What is known stands there by its name, and its code is nobody's to type.
      await hand.choose(page.getByLabel(say('inbox.new.type'), { exact: true }), 'preserve.request')
      const shown = (path: string) => field(path).locator('option:checked').textContent()
      await expect.poll(() => shown('authority-agency')).toBe(home.name)
      expect(await shown('authority-country')).toBe(
        new Intl.DisplayNames(language, { type: 'region' }).of(home.country),
      )
      await hand.choose(page.getByLabel(say('inbox.new.type'), { exact: true }), 'traffic.disclose')
      const [first] = sent
      const { message } = await ines.does('message.show', { id: first })
      const option = field('preservation').locator(`option[value="${message.digest}"]`)
      await option.waitFor({ state: 'attached' })
      expect(await option.textContent()).toMatch(
        new RegExp(`^${say('inbox.type.preserve.request')} · ${abroad.name} · `),
      )
      // Nothing else of the case is a request to preserve that was sent.
      expect(await field('preservation').locator('option').count()).toBe(sent.length + 2)
      await hand.choose(field('preservation'), message.digest)
      await hand.press(keep())
      await page.waitForURL(/\/app\/messages\//)
      const saysNow = async () => (await ines.does('message.show', { id: idIn(page) })).message.body.preservation
      const id = idIn(page)
      expect(await saysNow()).toBe(message.digest)
      // What another agency has and this node does not list is typed, as before.
      await ines.goes(`/messages/${id}/change`)
      await option.waitFor({ state: 'attached' })
      await hand.choose(field('preservation'), '*')
      await hand.write(field('preservation-typed'), 'ab'.repeat(32))
      await hand.press(page.getByRole('button', { name: say('inbox.change.keep'), exact: true }))
      await page.waitForURL(/\/app\/messages\/[^/]+$/)
      expect(await saysNow()).toBe('ab'.repeat(32))
    },
  )

  it('leave one that waits, one that is a draft, and a request that is to be sent', async () => {
    const content = {
      ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC', data: {} },
      languages: { original: 'en', theirs: ['de'] },
      recipients: [{ authority: abroad.name, country: 'DE', role: 'to' }],
      clock: { country: 'DE', zone: 'Europe/Berlin' },
      urgency: { code: 'IMMINENT_DISSIPATION', ground: 'The coins move every hour.' },
      facts: 'Coins paid as ransom were traced to an exchange.',
      assets: [{ chain: BITCOIN, address: ADDRESS, asset: null, amount: '6369984900', value: null }],
      ...{ trace: null, useConditions: [] },
    }
    let { id, version } = await ines.does('request.draft', { caseId, content })
    await fillForm(
      () => ines.does('request.check', { id }),
      async (data) => {
        version = (await ines.does('request.update', { id, content: { ...content, data }, seen: version })).version
      },
    )
    await ines.does('request.submit', { id, seen: version })
    const [first] = sent
    const { message } = await ines.does('message.show', { id: first })
    const again = { caseId, to: abroad.id, type: message.type, purpose: 'criminal-proceedings' }
    const { instrument, urgency } = message.header
    const drafted = () => ines.does('message.draft', { ...again, header: { instrument, urgency }, body: message.body })
    const waiting = await drafted()
    sent.push(waiting.id, (await drafted()).id, id)
    const page = await paul.goes(`/messages/${waiting.id}`)
    await page.evaluate("localStorage.setItem('comity.language', 'en')")
    for (const one of [paul, sofie]) {
      await one.page.evaluate("localStorage.setItem('comity.language', 'en')")
      await (await one.goes(`/messages/${waiting.id}`)).getByRole('button', { name: 'Approve with your key' }).click()
      await one.page.getByText(one === paul ? '1 of 2' : '2 of 2', { exact: true }).waitFor()
    }
    await sofie.page.getByRole('button', { name: /^Send to / }).click()
    await sofie.page.getByRole('button', { name: 'Send it now' }).click()
    await sofie.page.getByText('Received there', { exact: true }).waitFor()
    await expect.poll(async () => (await waitingThere()).length, { timeout: 30_000 }).toBe(1)
  })

  it.each(looks)('every screen of them is right in %s, %s', async (...look) => {
    const [answered] = sent
    const [waiting, draft, request] = sent.slice(-3)
    const [arrival] = await waitingThere()
    const filed = (await petra.does('inbox.list', { state: 'filed' })).items[0]
    const { message: taken } = await petra.does('inbox.show', { id: filed.id })
    const theirs = await petra.does('message.show', { id: taken.filed.message })
    const wrong = [
      ...(await visit(
        ines.page,
        appOf(ines),
        [
          ['messages', `/cases/${caseId}/messages`],
          ['message-new', `/cases/${caseId}/messages/new`],
          ['message-draft', `/messages/${draft}`],
          ['message-sent', `/messages/${waiting}`],
          ['message-answered', `/messages/${answered}`],
          ['request-send', `/requests/${request}/send`],
        ],
        look,
      )),
      ...(await visit(
        petra.page,
        appOf(petra),
        [
          ['inbox', '/inbox'],
          ['arrival', `/inbox/${arrival.id}`],
          ['message-taken', `/messages/${taken.filed.message}`],
          ['request-answer', `/requests/${theirs.message.request}/answer`],
          ['partners', '/partners'],
        ],
        look,
      )),
    ]
    expect(wrong).toEqual([])
  })

  it('in all this no error, and no request to elsewhere', () => {
    // What the node refuses until a key is shown is told by the browser too, and is no fault.
    for (const { wrongs } of [ines, paul, sofie, petra])
      expect(wrongs.filter((one) => !/status of 40[139]/.test(one))).toEqual([])
  })
})
