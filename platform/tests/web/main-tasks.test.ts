/**
 * The main task of each screen, from a node that holds nothing: by mouse and by keyboard alone, in English and in Arabic. What else a
 * screen does is claimed in the file of its room; here every way of working leads to the same end.
 */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeOf } from '../../src/node/http/route-of.ts'
import { findChromium } from '../chromium.ts'
import { fillForm } from '../fill-form.ts'
import { type Person, personWithKey } from '../pages/node-with-browser.ts'
import { handOn, sayIn, ways } from './hands.ts'
import { looks, visit } from './screen-checks.ts'
import { type Answer, caseOf, openWorld, type User, type World } from './world.ts'

const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
/** What comes of an act is there a moment later; machines of tests are slow. */
const soon = { timeout: 20_000, interval: 50 }
const TRACE = join(import.meta.dirname, '../../../samples/traces/colonial-service-fifo.json')

describe.skipIf(findChromium() === null)('from an empty node', () => {
  let world: World
  let paul: User
  let administrator: User
  let auditor: User
  let bundle = ''
  const invitations: string[] = []
  beforeAll(async () => {
    world = (await openWorld()) as World
    administrator = await world.person('Ada', 'administrator')
    paul = await world.person('Paul', 'prosecutor')
    auditor = await world.person('Otto', 'auditor')
    for (const { page } of [paul, administrator, auditor]) page.setDefaultTimeout(20_000)
    for (const way of ways)
      invitations.push(
        (await world.does(administrator, 'person.invite', { name: way.join(' '), role: 'investigator' })).token,
      )
  })
  afterAll(() => world?.close())

  it.each(looks)('every screen that holds nothing yet teaches what goes there, in %s, %s', async (...look) => {
    const { items } = await world.does(paul, 'case.list', {})
    const app = `${world.at.origin}/app`
    const nothing = ['', 'cases', 'requests', 'map', 'inbox', 'partners', 'address'] as const
    const wrong =
      items.length > 0
        ? []
        : await visit(
            paul.page,
            app,
            nothing.map((path) => [`empty-${path || 'today'}`, `/${path}`] as const),
            look,
          )
    expect(wrong).toEqual([])
  })

  it.each(looks)('and so does every part of a new case, in %s, %s', async (...look) => {
    const { items } = await world.does(paul, 'case.list', {})
    const caseId = items[0]?.id ?? (await caseOf(world, paul, 'Nothing yet', []))
    const parts = ['', 'records', 'evidence', 'traces', 'messages', 'activity'] as const
    const wrong = await visit(
      paul.page,
      `${world.at.origin}/app/cases/${caseId}`,
      parts.map((part) => [`empty-case-${part || 'overview'}`, part === '' ? '' : `/${part}`] as const),
      look,
    )
    expect(wrong).toEqual([])
    if (bundle === '') bundle = await bundleOf(caseId)
  })

  async function bundleOf(caseId: string): Promise<string> {
    const answer = await fetch(`${world.at.node.url}/v1/case/bundle.zip`, {
      method: 'POST',
      headers: { authorization: `Bearer ${paul.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ caseId }),
    })
    if (answer.status !== 200) throw new Error(await answer.text())
    const file = join(tmpdir(), `comity-main-tasks-${caseId}.zip`)
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()))
    return file
  }

  describe.each(ways)('by %s, in %s', (by, language) => {
    let me: Person
    let page: Page
    let hand: ReturnType<typeof handOn>
    let caseId = ''
    let requestId = ''
    const say = sayIn(language)
    const button = (id: string, values: Readonly<Record<string, string>> = {}, at = page) =>
      at.getByRole('main').getByRole('button', { name: say(id, values), exact: true })
    const inDialog = (id: string) => page.getByRole('dialog').getByRole('button', { name: say(id), exact: true })
    const field = (id: string, at = page) => at.getByLabel(say(id), { exact: true })
    const says = (id: string, at = page) => at.getByText(say(id), { exact: true }).first().waitFor()
    const goes = async (path: string, at = page) => {
      await at.goto(`${world.at.origin}/app${path}`)
      await at.locator('main h1').waitFor()
    }
    const speaks = (at: Page) => at.evaluate(`localStorage.setItem('comity.language', '${language}')`)
    const germany = new Intl.DisplayNames(language, { type: 'region' }).of('DE') as string

    /** An action as whoever is signed in in this browser. */
    async function does(name: string, input: object, seen?: number): Promise<Answer> {
      const action = world.at.node.door.actions.get(name)
      if (!action) throw new Error(`there is no ${name}`)
      const { method, path } = routeOf(action)
      const asked = { path, method, input, seen }
      const { status, body } = (await page.evaluate(
        `(async ({ path, method, input, seen }) => {
          const query = new URLSearchParams(Object.entries(input).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]))
          const answer = await fetch(method === 'GET' ? path + '?' + query : path, { method, credentials: 'same-origin',
            headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...(seen === undefined ? {} : { 'if-match': '"' + seen + '"' }) },
            ...(method === 'GET' ? {} : { body: JSON.stringify(input) }) })
          return { status: answer.status, body: await answer.json() }
        })(${JSON.stringify(asked)})`,
      )) as { status: number; body: Answer }
      if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`)
      return body
    }

    it('somebody enrols, proves to be there, signs out, and in again', async () => {
      me = await personWithKey(world.browser, world.at.origin)
      page = me.page
      page.setDefaultTimeout(20_000)
      hand = handOn(page, by)
      await page.goto(`${world.at.origin}/app/verify`)
      await speaks(page)
      const invitation = invitations[ways.findIndex(([one, other]) => one === by && other === language)]
      await page.goto(`${world.at.origin}/enrol#${invitation}`)
      await hand.write(field('access.enrol.label'), 'blue key')
      await hand.press(button('access.enrol.button'))
      await says('access.enrol.done')
      await goes('/prove')
      await hand.press(button('access.prove.button'))
      await says('access.prove.done')
      await goes('/you')
      await hand.press(button('access.you.sign-out'))
      await page.waitForURL(`${world.at.origin}/`)
      expect(await me.context.cookies()).toEqual([])
      await goes('/sign-in')
      await hand.press(button('access.sign-in.button'))
      await page.waitForURL(`${world.at.origin}/app/`)
      await says('today.no-cases')
    })

    it('opens a case, and what was reported becomes its records', async () => {
      await hand.press(page.getByRole('link', { name: say('way.cases'), exact: true }))
      await hand.press(
        page
          .getByRole('main')
          .getByRole('link', { name: say('cases.open-new') })
          .first(),
      )
      await hand.write(field('cases.field.title'), 'The ransom of May')
      await hand.press(button('intake.open'))
      const pasted = field('intake.paste-label')
      await hand.write(pasted, `They asked for payment to ${ADDRESS}.`)
      await page.locator('.found').waitFor()
      await hand.press(page.locator('.sheet', { has: pasted }).locator('button.button').last())
      await page.locator('.note[data-kind="good"]').waitFor()
      caseId = /cases\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
      const { items } = await does('wallet.list', { caseId })
      expect(items.map(({ content }: Answer) => content.address)).toEqual([ADDRESS])
    })

    it('puts a file on record, finds it among the evidence, and seals it', async () => {
      await hand.give(field('intake.files-pick'), {
        ...{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from(`what they wrote: ${by} ${language}`) },
      })
      await says('intake.same')
      await hand.write(field('intake.authority'), 'Order 7')
      await hand.write(field('intake.place'), 'Rotterdam')
      await hand.press(button('intake.exhibit-add'))
      await hand.press(page.getByRole('link', { name: say('intake.to-evidence'), exact: true }).last())
      await hand.press(page.getByRole('link', { name: 'note.txt' }))
      await hand.press(button('custody.do.seal'))
      await hand.write(field('custody.authority'), 'Order 7')
      await hand.write(field('custody.place'), 'Rotterdam')
      await hand.write(field('custody.seal-number'), 'NL-0042')
      await hand.press(inDialog('custody.do.seal'))
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      const exhibitId = page.url().split('/').at(-1)
      expect((await does('exhibit.read', { exhibitId })).custody).toMatchObject({ state: 'sealed', seal: 'NL-0042' })
    })

    it('adds a member and a task, and does the task', async () => {
      await goes(`/cases/${caseId}/people`)
      await page.locator(`option[value="${paul.id}"]`).first().waitFor({ state: 'attached' })
      await hand.choose(field('cases.add-member'), paul.id)
      await hand.press(button('cases.add-to-case'))
      await button('cases.make-lead-of', { name: 'Paul' }).waitFor()
      await goes(`/cases/${caseId}/records?kind=task`)
      await hand.press(button('cases.add.task'))
      await hand.write(field('cases.field.task.what'), 'Call')
      await hand.press(button('cases.add.task'))
      await hand.press(button('cases.mark-done-what', { what: 'Call' }))
      await says('cases.field.task.done')
      const { items } = await does('task.list', { caseId })
      expect(items.map(({ content }: Answer) => content.done !== null)).toEqual([true])
    })

    it('looks an address up and watches it', async () => {
      await goes('/address')
      await hand.write(field('address.seek'), ADDRESS)
      await hand.press(button('address.find'))
      await hand.press(button('address.watch-do'))
      await page.getByText(say('address.watched-in')).waitFor()
      const { items } = await does('watch.list', { caseId })
      expect(items.map(({ content }: Answer) => content.addresses)).toEqual([[ADDRESS]])
    })

    it('keeps a trace and opens it', async () => {
      await goes(`/cases/${caseId}/traces`)
      await hand.give(field('trace.keep.file'), TRACE)
      await hand.press(button('trace.keep.do'))
      await page.getByRole('listbox').waitFor()
      expect((await does('trace.list', { caseId })).items).toHaveLength(1)
    })

    it('verifies a bundle against the key of the node', async () => {
      await goes('/verify')
      await hand.press(button('verify.policy-this-node'))
      await expect.poll(() => field('verify.policy').inputValue(), soon).toMatch(/^log /)
      await hand.give(button('verify.choose-zip'), bundle)
      await says('verify.all-checked')
    })

    it('drafts a request under the instrument that reaches there, mends what the check names, and submits it', async () => {
      await goes(`/cases/${caseId}/requests/new`)
      await page.locator('option[value="ransomware"]').waitFor({ state: 'attached' })
      await page.locator('option[value="DE"]').waitFor({ state: 'attached' })
      await hand.choose(field('request.country'), 'DE')
      await hand.choose(field('request.offence'), 'ransomware')
      await hand.press(button('request.use', { instrument: 'Reg. 2018/1805' }).first())
      await page.waitForURL(/\/requests\/[0-9a-f-]{36}\/edit$/)
      requestId = /requests\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
      await hand.press(button('request.check').first())
      await hand.press(page.getByRole('alert').locator('a[href$="f-issuer-email"]').first())
      await expect.poll(() => page.evaluate('document.activeElement.id'), soon).toBe('f-issuer-email')
      await hand.write(page.locator('#f-issuer-email'), 'name@authority.example')
      const email = async () => (await does('request.read', { id: requestId })).request.content.data['issuer.email']
      await expect.poll(email, soon).toBe('name@authority.example')
      let { version, request } = await does('request.read', { id: requestId })
      await fillForm(
        () => does('request.check', { id: requestId }),
        async (data) => {
          const content = { ...request.content, data: { ...request.content.data, ...data } }
          version = (await does('request.update', { id: requestId, content }, version)).version
        },
      )
      await goes(`/requests/${requestId}/check`)
      const submit = button('request.submit', { country: germany })
      await expect.poll(() => submit.getAttribute('data-disabled'), soon).toBe(null)
      await hand.press(submit)
      await page.getByText(say('access.approving.you-are-author')).waitFor()
      ;({ request } = await does('request.read', { id: requestId }))
      expect(request.state).toBe('submitted')
    })

    it('finds the request in the list, on the board and on the map, and withdraws it', async () => {
      await goes('/requests')
      await hand.choose(field('tracker.view'), 'board')
      await page.locator('#board-none, #board-late').first().waitFor()
      await goes('/map')
      await hand.press(by === 'mouse' ? page.locator('.world-count').first() : page.getByRole('listbox'))
      await page.getByRole('heading', { name: say('tracker.requests-of', { country: germany }) }).waitFor()
      await goes('/requests')
      await hand.press(page.locator('main table a').first())
      await hand.press(button('tracker.act.withdraw'))
      await hand.write(page.getByRole('dialog').getByLabel(say('tracker.reason')), 'The coins came back.')
      await hand.press(inDialog('tracker.act.withdraw'))
      await page.getByRole('dialog').waitFor({ state: 'detached' })
      expect((await does('request.read', { id: requestId })).request).toMatchObject({
        ...{ state: 'withdrawn', reason: { text: 'The coins came back.' } },
      })
    })

    it('closes the case, with a reason', async () => {
      await goes(`/cases/${caseId}/settings`)
      await hand.press(button('cases.close-act'))
      await hand.write(page.getByRole('dialog').getByLabel(say('cases.reason'), { exact: true }), 'Ended.')
      await hand.press(inDialog('cases.close-act'))
      await button('cases.reopen-act').waitFor()
      expect((await does('case.read', { caseId })).case).toMatchObject({ reason: 'Ended.', access: { closed: true } })
    })

    it('an administrator invites, and an auditor proves who opened the case and saves who may what', async () => {
      const ada = handOn(administrator.page, by)
      await speaks(administrator.page)
      await goes('/people', administrator.page)
      const gate = button('audit.people.use-key', {}, administrator.page)
      const name = administrator.page.locator('#invite-name')
      await gate.or(name).first().waitFor()
      if (await gate.isVisible()) await ada.press(gate)
      await ada.write(name, `Nora ${by} ${language}`)
      await ada.press(button('audit.people.invite-button', {}, administrator.page))
      await administrator.page.locator('#invitation-link').waitFor()
      const otto = handOn(auditor.page, by)
      await speaks(auditor.page)
      await goes('/audit', auditor.page)
      await otto.choose(field('audit.what', auditor.page), 'case.open')
      await otto.write(field('audit.case', auditor.page), caseId)
      await otto.press(button('audit.show', {}, auditor.page))
      await expect.poll(() => new URL(auditor.page.url()).searchParams.get('caseId'), soon).toContain(caseId)
      const row = auditor.page.getByRole('row').filter({ hasText: 'case.open' })
      await otto.press(row.locator('td:last-child button'))
      await row.getByText(say('audit.proven'), { exact: true }).waitFor()
      await goes('/audit/access', auditor.page)
      const [download] = await Promise.all([
        auditor.page.waitForEvent('download'),
        otto.press(button('audit.review.csv', {}, auditor.page)),
      ])
      expect(download.suggestedFilename()).toMatch(/\.csv$/)
    })

    it('without an error, and without a request to elsewhere', async () => {
      // A browser tells of refusals too: of a file that is not sealed yet, of a key that must be shown.
      for (const { wrongs } of [me, administrator, auditor, paul])
        expect(wrongs.filter((one) => !/status of 40[139]/.test(one))).toEqual([])
      await me.context.close()
    })
  })
})
