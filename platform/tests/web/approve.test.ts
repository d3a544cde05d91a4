/**
 * A request and an erasure are approved on the screen, by people with keys of their own, at a real node.
 *
 * Past four hundred lines on purpose: its claims follow one another at one node, which takes longer to start than each of them.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routeOf } from '../../src/node/http/route-of.ts'
import { findChromium, openChromium } from '../chromium.ts'
import { fillForm } from '../fill-form.ts'
import {
  enrolByLink,
  freePort,
  nodeForPages,
  type PagesNode,
  type Person,
  personWithKey,
  seenIn,
} from '../pages/node-with-browser.ts'
import { hardToUse } from '../pages/page-checks.ts'
import { runComity } from '../run-comity.ts'
import { everyLook, lookAt } from './screen-checks.ts'

const chromium = findChromium()
const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
/** Texts with which a page that turned text into markup would do something; each sets the same mark. */
const hostile = [
  '<img src=x onerror="window.marked=1">',
  '<script>window.marked=1</script>',
  '"><svg onload="window.marked=1">',
  "javascript:window.marked=1//'",
  '{{@agency}} \u202e detfarc yllufitrevnI',
]
const FACTS = `Coins paid as ransom were traced to an exchange.\n${hostile.join('\n')}`

type User = Person & { readonly id: string; readonly token: string }
// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are about
type Answer = any

describe.skipIf(chromium === null)('with a browser and keys', () => {
  let browser: Browser
  let at: PagesNode
  let stranger: Server
  const people: Record<string, User> = {}
  let caseId = ''
  let requestId = ''
  let version = 0
  let digest = ''
  let erasureId = ''
  let oldCase = ''

  async function asks(who: string, name: string, input: Record<string, unknown>, seen?: number): Promise<Answer> {
    const action = at.node.door.actions.get(name)
    if (!action) throw new Error(`there is no ${name}`)
    const { method, path } = routeOf(action)
    const query = method === 'GET' ? `?${new URLSearchParams(input as Record<string, string>)}` : ''
    const answer = await fetch(`${at.node.url}${path}${query}`, {
      method,
      headers: {
        authorization: `Bearer ${people[who]?.token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(input) }),
    })
    return { status: answer.status, ...((await answer.json()) as object) }
  }
  async function did(who: string, name: string, input: Record<string, unknown>, seen?: number): Promise<Answer> {
    const answer = await asks(who, name, input, seen)
    expect(answer.status === 200 ? '' : JSON.stringify(answer), name).toBe('')
    return answer
  }

  async function enrolled(invitation: string, label: string): Promise<User> {
    const person = await personWithKey(browser, at.origin)
    await enrolByLink(person, at.origin, invitation, label)
    await person.page.getByRole('button', { name: 'Show the session' }).click()
    const token = await seenIn(person.page.locator('#session-token'))
    const answer = await fetch(`${at.node.url}/v1/session`, { headers: { authorization: `Bearer ${token}` } })
    const { session } = (await answer.json()) as { session: { personId: string } }
    return { ...person, token, id: session.personId }
  }

  beforeAll(async () => {
    at = await nodeForPages({
      agency: { name: 'Parket "Noord" & <b>Zuid</b>', country: 'NL', kind: 'prosecutor', timeZone: 'Europe/Amsterdam' },
    })
    browser = await openChromium(chromium as string)
    people.ada = await enrolled(at.invitation, 'a key')
    for (const [name, role] of [
      ['ines', 'investigator'],
      ['paul', 'prosecutor'],
      ['sofie', 'senior-official'],
    ] as const) {
      const { token } = await did('ada', 'person.invite', { name: `${name} <i>I</i>`, role })
      people[name] = await enrolled(token, `${name} ${hostile[0]}`)
    }
    const opened = await did('ines', 'case.open', {
      title: hostile[0],
      kind: 'local',
      purposes: ['criminal-proceedings'],
    })
    caseId = opened.id
    let seen = opened.version
    for (const name of ['paul', 'sofie'])
      seen = (await did('ines', 'case.member.add', { caseId, personId: people[name]?.id }, seen)).version
    const content = {
      instrument: 'EU-2018-1805',
      requestType: 'FREEZE.REQUEST',
      measure: 'FREEZE_SPECIFIC',
      data: {},
      languages: { original: 'en', theirs: ['de'] },
      recipients: [{ authority: `Staatsanwaltschaft ${hostile[2]}`, country: 'DE', role: 'to' }],
      clock: { country: 'DE', zone: 'Europe/Berlin' },
      urgency: { code: 'IMMINENT_DISSIPATION', ground: `They moved. ${hostile[1]}` },
      facts: FACTS,
      assets: [{ chain: BITCOIN, address: ADDRESS, asset: null, amount: '6369984900', value: null, note: hostile[3] }],
      trace: null,
      useConditions: [{ code: 'CONFIDENTIAL', text: hostile[4] }],
    }
    const drafted = await did('ines', 'request.draft', { caseId, content })
    requestId = drafted.id
    version = drafted.version
    await fillForm(
      () => did('ines', 'request.check', { id: requestId }),
      async (data) => {
        version = (await did('ines', 'request.update', { id: requestId, content: { ...content, data } }, version))
          .version
      },
    )
    const submitted = await did('ines', 'request.submit', { id: requestId }, version)
    version = submitted.version
    digest = submitted.digest
  })
  afterAll(async () => {
    await browser?.close()
    stranger?.close()
    await at?.node.stop()
  })

  const pageOf = (who: string) => (people[who] as User).page

  it('shows exactly what is approved, and the digest that it computes over it', async () => {
    const page = pageOf('paul')
    await page.goto(`${at.origin}/approve#${requestId}`)
    await page.getByRole('button', { name: 'Approve with your key' }).waitFor()
    // How amounts of the chain are written comes with the packs of chains, a moment later.
    await page.getByText('63.699849 BTC').first().waitFor()
    const seen = await seenIn(page.locator('main'))
    for (const shown of [digest, 'FREEZE_SPECIFIC', 'EU-2018-1805', ADDRESS, '63.699849 BTC', '6369984900 base units'])
      expect(seen).toContain(shown)
    for (const shown of ['Nobody yet.', 'IMMINENT_DISSIPATION', 'CONFIDENTIAL', 'As stated in the annex', BITCOIN])
      expect(seen).toContain(shown)
    // Every value of the request is on the page, whatever it is called: what is signed is what was read.
    const { request } = await did('paul', 'request.read', { id: requestId })
    const all = (await page.locator('main').textContent()) ?? ''
    for (const value of leavesOf([request.content, request.marking])) expect(all).toContain(String(value))
  })

  it('shows texts of others as texts, whatever they hold', async () => {
    const page = pageOf('paul')
    const all = (await page.locator('main').textContent()) ?? ''
    for (const words of hostile) expect(all).toContain(words)
    expect(await page.evaluate('window.marked')).toBeUndefined()
    expect(await page.evaluate("document.querySelectorAll('main img, main script, main b, main i').length")).toBe(0)
    // Nor does a text turn the direction of what stands beside it.
    expect(
      await page.evaluate(
        "[...document.querySelectorAll('main *')].filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.includes('\\u202e')) && one.tagName !== 'BDI').length",
      ),
    ).toBe(0)
    await page.locator('header').getByText('Parket "Noord" & <b>Zuid</b>').waitFor()
    await page.goto(`${at.origin}/app/you`)
    await page.getByText(`paul ${hostile[0]}`).waitFor()
    expect(await page.evaluate('window.marked')).toBeUndefined()
  })

  it('hands out the letter, and tells on the page why there is none', async () => {
    const page = pageOf('paul')
    await page.goto(`${at.origin}/approve#${requestId}`)
    const german = page.getByRole('button', { name: 'Letter in German (PDF)' })
    await german.click()
    // A character that turns the direction of text is never printed.
    await page
      .getByRole('alert')
      .getByText(/ holds /)
      .waitFor()
    expect(page.url()).toBe(`${at.origin}/app/approve/${requestId}`)
    const { request } = await did('ines', 'request.read', { id: requestId })
    const content = { ...request.content, facts: 'Coins paid as ransom.', useConditions: [] }
    const plain = await did('ines', 'request.draft', { caseId, content })
    await page.goto(`${at.origin}/approve#${plain.id}`)
    await page.getByText('This request is not waiting for approvals: it is draft.').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), german.click()])
    expect(download.suggestedFilename()).toBe(`request-${plain.id}-de.pdf`)
    expect(
      readFileSync(await download.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
    await page.goto(`${at.origin}/approve#${requestId}`)
  })

  it('lets nobody approve what they have written', async () => {
    const page = pageOf('ines')
    await page.goto(`${at.origin}/approve#${requestId}`)
    await page.getByText('You have written this, at least in part.').waitFor()
    expect(await page.getByRole('button', { name: 'Approve with your key' }).count()).toBe(0)
  })

  it('is approved by one, who is told what is still missing', async () => {
    const page = pageOf('paul')
    await page.reload()
    await page.getByRole('button', { name: 'Approve with your key' }).click()
    await page.getByText('1 of 2 approvals count now.').waitFor()
    expect(await page.getByRole('button', { name: 'Approve with your key' }).count()).toBe(0)
    expect(await seenIn(page.locator('#content'))).toMatch(/you \(Prosecutor\)/)
    // Taken back, it counts no more, and may be given again.
    await page.getByRole('button', { name: 'Take my approval back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take my approval back' }).click()
    await page.getByRole('button', { name: 'Approve with your key' }).click()
    await page.getByText('1 of 2 approvals count now.').waitFor()
    version += 2
    const { request } = await did('sofie', 'request.read', { id: requestId })
    expect(request.approvals).toMatchObject([
      { approverId: people.paul?.id, digest, withdrawnAt: expect.any(String) },
      { approverId: people.paul?.id, digest, withdrawnAt: null },
    ])
    // Too early for the command line, which says where the other approval is given.
    const early = ['request', 'release', '--id', requestId, '--digest', digest, '--if-match', String(version + 1)]
    const { exit, stderr } = await runComity(['--node', at.origin, ...early], {
      env: { COMITY_KEY: people.paul?.token ?? '' },
    })
    expect(exit).toBe(1)
    expect(stderr).toContain(`with your security key: ${at.origin}/approve#${requestId}`)
  })

  it('by another after more than five minutes with two touches of one key, and then released', async () => {
    at.skip(400)
    const page = pageOf('sofie')
    expect((await asks('sofie', 'approval.challenge', { id: requestId })).code).toBe('NOT_PERMITTED')
    await page.goto(`${at.origin}/approve#${requestId}`)
    await page.getByText('Your browser asks for your key twice').waitFor()
    await page.getByRole('button', { name: 'Approve with your key' }).click()
    await page.getByText('2 of 2 approvals count now.').waitFor()
    // The page gives the command that comes next, and it is right.
    const line = await seenIn(page.locator('main pre'))
    const [program, ...args] = line.split(' ')
    expect(program).toBe('comity')
    const released = await runComity(args, { env: { COMITY_KEY: people.sofie?.token ?? '' } })
    expect(released).toMatchObject({ exit: 0, stderr: '' })
    expect((await did('ines', 'request.read', { id: requestId })).request.state).toBe('released')
    await page.reload()
    await page.getByText('This request is not waiting for approvals: it is released.').waitFor()
  })

  it('says why a key that can be copied approves nothing', async () => {
    const { token } = await didThere('ada', 'person.invite', { name: 'Sam', role: 'prosecutor' })
    const sam = await personWithKey(browser, at.origin, { synced: true })
    await enrolByLink(sam, at.origin, token, 'telephone')
    await sam.page.goto(`${at.origin}/approve-erasure#${requestId}`)
    await sam.page.getByRole('button', { name: 'Use your key' }).click()
    await sam.page.getByRole('alert').getByText('can be copied to other devices. It approves nothing.').waitFor()
    await sam.page.goto(`${at.origin}/approve#${requestId}`)
    // Not of the case: refused in the words in which one that is not there is refused.
    await sam.page.getByRole('alert').waitFor()
    // But for the identifier, which was asked with.
    const said = async () => (await seenIn(sam.page.getByRole('alert'))).replace(/[0-9a-f-]{36}/, 'ID')
    const refused = await said()
    await sam.page.goto(`${at.origin}/approve#${randomUUID()}`)
    await sam.page.getByRole('alert').waitFor()
    expect(await said()).toBe(refused)
    await sam.context.close()
  })

  /** As an administrator who has just used their key. */
  async function didThere(who: string, name: string, input: Record<string, unknown>): Promise<Answer> {
    const page = pageOf(who)
    await page.goto(`${at.origin}/prove`)
    await page.getByRole('button', { name: 'Use your key' }).click()
    await page.getByText('You have proved that you are there').waitFor()
    return did(who, name, input)
  }

  it('refuses to approve what does not have the digest that the node states', async () => {
    const opened = await personWithKey(browser, at.origin)
    // A node, or somebody between, that shows one thing and has another signed.
    await opened.context.addCookies(await (people.paul as User).context.cookies())
    await opened.page.route('**/v1/request/read?*', async (route) => {
      const answer = await route.fetch()
      const body = (await answer.json()) as Answer
      body.request.content.facts = 'Something else.'
      await route.fulfill({ response: answer, json: body })
    })
    await opened.page.goto(`${at.origin}/approve#${requestId}`)
    await opened.page.getByRole('alert').getByText('What this page shows does not have the digest').waitFor()
    expect(await opened.page.getByRole('button', { name: 'Approve with your key' }).count()).toBe(0)
    await opened.context.close()
  })

  it('asks who is not signed in to sign in, and comes back', async () => {
    const { page, context } = people.sofie as User
    await context.clearCookies()
    await page.reload()
    await page.getByRole('link', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: 'Sign in with your key' }).click()
    await page.getByText('This request is not waiting for approvals').waitFor()
    expect(page.url()).toBe(`${at.origin}/app/approve/${requestId}`)
  })

  it('approves an erasure, shown only to who may approve it and is there', async () => {
    const opened = await did('ines', 'case.open', { title: 'Old', kind: 'local', purposes: ['criminal-proceedings'] })
    let seen = opened.version
    for (const name of ['paul', 'sofie'])
      seen = (await did('ines', 'case.member.add', { caseId: opened.id, personId: people[name]?.id }, seen)).version
    await did('ines', 'case.close', { caseId: opened.id, reason: 'Ended.' }, seen)
    const order = `Court of Rotterdam ${hostile[0]}`
    const proposed = await did('ines', 'erasure.propose', { caseId: opened.id, order })
    erasureId = proposed.id
    oldCase = opened.id
    at.skip(400)
    const page = pageOf('paul')
    await page.goto(`${at.origin}/approve-erasure#${proposed.id}`)
    await page.getByRole('button', { name: 'Use your key' }).click()
    await page.getByText(proposed.digest).waitFor()
    expect(await seenIn(page.locator('#content'))).toContain(order)
    expect(await seenIn(page.locator('#content'))).toContain('0 of 2 approvals count now.')
    await page.getByRole('button', { name: 'Approve the erasure with your key' }).click()
    await page.getByText('You have approved it').waitFor()
    await page.locator('#content').getByText('1 of 2 approvals count now.').waitFor()
    await page.getByRole('button', { name: 'Take my approval back' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Take my approval back' }).click()
    await page.locator('#content').getByText('0 of 2 approvals count now.').waitFor()
    await page.getByRole('button', { name: 'Approve the erasure with your key' }).click()
    await page.locator('#content').getByText('1 of 2 approvals count now.').waitFor()
    expect(await page.evaluate('window.marked')).toBeUndefined()
  })

  it('lets no page of another site frame it or act through it', async () => {
    const port = await freePort()
    stranger = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(`<iframe src="${at.origin}/app/approve/${requestId}"></iframe>`)
    }).listen(port, '127.0.0.1')
    const context = (people.paul as User).context
    const page = await context.newPage()
    // Another port of the same host: as near as a stranger can come, and cookies go along.
    await page.goto(`http://localhost:${port}/`)
    await expect.poll(() => page.frames().length).toBe(2)
    await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/')
    const refusals = () => at.logged.filter((line) => /NOT_PERMITTED.*sign-out/.test(line)).length
    expect(refusals()).toBe(0)
    await page.evaluate(
      `fetch('${at.origin}/v1/sign-out', { method: 'POST', mode: 'no-cors', credentials: 'include' }).catch(() => {})`,
    )
    await expect.poll(refusals).toBe(1)
    await page.close()
    const own = pageOf('paul')
    await own.goto(`${at.origin}/app/you`)
    await own.getByText('You are', { exact: true }).waitFor()
  })

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['ar', 'light'],
  ] as const)('is right on a screen of 320 pixels too, in %s, %s', async (language, theme) => {
    const page = pageOf('paul')
    const wrong: string[] = []
    for (const width of [1280, 320])
      for (const path of ['approve', 'approve-erasure']) {
        await page.setViewportSize({ width, height: 900 })
        await page.goto(`${at.origin}/app/${path}/${path === 'approve' ? requestId : erasureId}`)
        wrong.push(...(await lookAt(page, `access-${path}-${width}`, { language, theme })), ...(await hardToUse(page)))
      }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.evaluate('localStorage.clear()')
    expect(wrong).toEqual([])
  })

  it('is used with the keyboard alone', async () => {
    const page = pageOf('paul')
    await page.goto(`${at.origin}/prove`)
    await page.getByRole('button', { name: 'Use your key' }).waitFor()
    for (let tabs = 0; tabs < 20; tabs++) {
      await page.keyboard.press('Tab')
      if ((await page.evaluate('document.activeElement.textContent')) === 'Use your key') break
    }
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    await page.keyboard.press('Space')
    await page.getByText('You have proved that you are there').waitFor()
  })

  it('is ordered by an official once enough have approved; afterwards nothing of the case is there', async () => {
    const page = pageOf('sofie')
    await page.goto(`${at.origin}/app/approve-erasure/${erasureId}`)
    await page.getByRole('button', { name: 'Use your key' }).click()
    await page.getByText('1 of 2 approvals count now.').waitFor()
    expect(await page.getByRole('button', { name: 'Order the erasure' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Approve the erasure with your key' }).click()
    await page.getByText('2 of 2 approvals count now.').waitFor()
    await page.getByRole('button', { name: 'Order the erasure' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Erase the case' }).click()
    await page.getByText('The erasure is ordered.').waitFor()
    // What the clock of a node does, done by somebody, since this node has no such clock.
    await page.getByRole('link', { name: 'See the proof' }).click()
    await page.getByRole('button', { name: 'Carry out the erasure' }).click()
    // That the erasure was ordered is told to this screen, too, and takes the question away from nobody.
    await page.waitForTimeout(1000)
    await page.getByRole('dialog').getByRole('button', { name: 'Carry out the erasure' }).click()
    await page.getByText('The proof is whole').waitFor()
    expect(await everyLook(page, 'erased')).toEqual([])
    expect((await asks('ines', 'case.read', { caseId: oldCase })).code).toBe('NOT_PERMITTED')
    expect(await did('ines', 'erasure.proof', { id: erasureId })).toMatchObject({
      caseId: oldCase,
      orderedBy: people.sofie?.id,
      destroyedAt: expect.any(String),
    })
  })

  it('in all this no error but refusals, no violation of the policy, no request to elsewhere', () => {
    for (const { wrongs, asked } of Object.values(people)) {
      expect(asked.length).toBeGreaterThan(20)
      expect(wrongs.filter((wrong) => !/status of 40[139]/.test(wrong))).toEqual([])
    }
    // What others wrote, and identifiers of requests, are in no line of the log.
    for (const secret of [requestId, 'Staatsanwaltschaft', ADDRESS]) expect(at.logged.join('')).not.toContain(secret)
  })
})

function leavesOf(value: unknown): readonly unknown[] {
  if (value === null || typeof value !== 'object') return value === null ? [] : [value]
  return Object.values(value).flatMap(leavesOf)
}
