/** Enrolling, signing in, proving to be there, one's own keys, and the public page: in a real browser at a real node. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, openChromium } from '../chromium.ts'
import {
  addKey,
  enrolByLink,
  nodeForPages,
  type PagesNode,
  type Person,
  personWithKey,
  seenIn,
} from '../pages/node-with-browser.ts'
import { offScreen } from '../pages/page-checks.ts'
import { runComity } from '../run-comity.ts'
import { differsFromReference } from './reference-pictures.ts'
import { axeFinds, keepPicture, lookAt } from './screen-checks.ts'

const chromium = findChromium()

describe.skipIf(chromium === null)('with a browser and a key', () => {
  let browser: Browser
  let at: PagesNode
  let ada: Person
  let session = ''

  beforeAll(async () => {
    at = await nodeForPages()
    browser = await openChromium(chromium as string)
    ada = await personWithKey(browser, at.origin)
  })
  afterAll(async () => {
    await browser?.close()
    await at?.node.stop()
  })

  it('the public page tells strangers whose node it is and nothing more, without a script, in their language', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'ar', colorScheme: 'dark' })
    const page = await context.newPage()
    await page.goto(at.origin)
    expect(await page.getAttribute('html', 'dir')).toBe('rtl')
    await page.getByRole('link', { name: 'English' }).click()
    expect(await page.getAttribute('html', 'lang')).toBe('en-GB')
    const seen = await seenIn(page.locator('body'))
    for (const told of ['Test agency', 'Netherlands', 'test.example/comity', 'How to verify', 'comity-verify BUNDLE'])
      expect(seen).toContain(told)
    // What node.read tells to people of the node.
    for (const inside of ['prosecutor', 'Europe/Amsterdam', 'Policies in force']) expect(seen).not.toContain(inside)
    const [note] = await Promise.all([fetch(`${at.node.url}/log/checkpoint`).then((answer) => answer.text())])
    expect(note).toContain((await seenIn(page.locator('pre').nth(1))).split('\n')[0])
    await context.close()
  })

  it.each(['light', 'dark'] as const)('the public page is right in every language, %s', async (colorScheme) => {
    const { page, wrongs } = ada
    await page.emulateMedia({ colorScheme })
    for (const language of ['en', 'ar'])
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 })
        await page.goto(`${at.origin}/?lang=${language}`)
        expect([...(await axeFinds(page)), ...(await offScreen(page))], `${language} ${width}`).toEqual([])
        await keepPicture(page, `public-${language}-${colorScheme}-${width}`)
        if (width === 1280) expect(await differsFromReference(page, `public-${language}-${colorScheme}`)).toBeNull()
      }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(`${at.origin}/?lang=en`)
    await page.getByRole('link', { name: 'Sign in', exact: true }).click()
    await page.getByRole('button', { name: 'Sign in with your key' }).waitFor()
    expect(wrongs).toEqual([])
  })

  it('enrols from the printed link, and the invitation leaves the address at once', async () => {
    const { page, asked } = ada
    await page.goto(`${at.origin}/enrol#${at.invitation}`)
    await page.getByLabel('A name for this key').waitFor()
    expect(page.url()).toBe(`${at.origin}/app/enrol`)
    expect(await seenIn(page.locator('#enrol-facts'))).toMatch(/Ada[\s\S]*Test agency/)
    // Without a name: the problem is told, takes the focus, and leads to the field.
    await page.getByRole('button', { name: 'Enrol the key' }).click()
    await page.getByRole('alert').getByText('The key has no name yet.').waitFor()
    await expect.poll(() => page.evaluate("document.activeElement.getAttribute('role')")).toBe('alert')
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByRole('link', { name: 'Write a name for it.' }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe('label')
    await page.keyboard.type('blue key')
    await page.keyboard.press('Enter')
    await page.getByText('Your key is enrolled, and you are signed in').waitFor()
    expect(await seenIn(page.locator('#outcome'))).toContain('Ada, this key stays on its device')
    await page.getByRole('button', { name: 'Ada' }).waitFor()
    // Behind the # it went nowhere but in the body of the two calls.
    expect(asked.filter((url) => url.includes(at.invitation))).toEqual([])
    expect(at.logged.join('')).not.toContain(at.invitation)
  })

  it('shows the session for the command line once, and the command works', async () => {
    const { page } = ada
    expect(await page.locator('#session-token').count()).toBe(0)
    await page.getByRole('button', { name: 'Show the session' }).click()
    session = await seenIn(page.locator('#session-token'))
    expect(session).toMatch(/^cs_[A-Za-z0-9_-]{43}$/)
    await ada.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: at.origin })
    await page.getByRole('button', { name: 'Copy the session' }).click()
    await page.getByText('Copied').waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(session)
    const shown = await seenIn(page.locator('ol.steps'))
    const command = /comity (--node http:\/\/localhost:\d+ person list)/.exec(shown)?.[1] ?? ''
    const ran = await runComity(command.split(' '), { env: { COMITY_KEY: session } })
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    expect(ran.stdout).toContain('Ada')
    await page.getByRole('button', { name: 'Hide it' }).click()
    expect(await page.locator('#session-token').count()).toBe(0)
    expect(await page.content()).not.toContain(session)
  })

  it('says of a used invitation that it was used, and of a link without one what to do', async () => {
    const { page, wrongs } = await personWithKey(browser, at.origin)
    await page.goto(`${at.origin}/enrol#${at.invitation}`)
    const alert = page.getByRole('alert')
    await alert.getByText('The invitation is not known, was used, or has lapsed.').first().waitFor()
    await alert.getByText('Ask the administrator of the node for a new one.').first().waitFor()
    expect(await page.getByLabel('A name for this key').isVisible()).toBe(false)
    // The browser itself reports the refusal in the console; nothing else is wrong.
    expect(wrongs.filter((wrong) => !wrong.includes('401'))).toEqual([])
    await page.goto(`${at.origin}/sign-in`)
    await page.goto(`${at.origin}/enrol`)
    await page.getByRole('alert').getByText('Open the whole link').waitFor()
    await page.context().close()
  })

  it('shows people their session and their keys', async () => {
    const { page } = ada
    await page.goto(`${at.origin}/app/you`)
    await page.getByText('blue key').waitFor()
    expect(await seenIn(page.locator('#keys'))).toContain('Stays on its device')
  })

  it('signs out, and in again for a purpose', async () => {
    const { page } = ada
    await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor()
    expect(await ada.context.cookies()).toEqual([])
    // The session of the command line was the same one.
    const { exit, stderr } = await runComity(['--node', at.origin, 'person', 'list'], { env: { COMITY_KEY: session } })
    expect(exit).toBe(1)
    expect(stderr).toContain('NOT_SIGNED_IN')
    // Whoever is not signed in is led to the door, once, and back to the screen.
    await page.goto(`${at.origin}/app/you?from=here`)
    await page.getByRole('link', { name: 'Sign in', exact: true }).click()
    await page.getByLabel('What you will work for').selectOption('asset-recovery')
    await page.getByRole('button', { name: 'Sign in with your key' }).click()
    await page.getByText('Asset recovery').waitFor()
    expect(page.url()).toBe(`${at.origin}/app/you?from=here`)
    // An address that others made leads nowhere else.
    await page.goto(`${at.origin}/sign-in#app=//example.org/`)
    await page.getByRole('button', { name: 'Sign in with your key' }).click()
    await expect.poll(() => page.url()).toBe(`${at.origin}/app/`)
    const [cookie] = await ada.context.cookies()
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  })

  it('gives the session for the command line at sign-in where it is asked for', async () => {
    const { page } = ada
    await page.goto(`${at.origin}/sign-in`)
    await page.getByLabel('I also want to use the command line').check()
    await page.getByRole('button', { name: 'Sign in with your key' }).click()
    await page.getByRole('button', { name: 'Show the session' }).click()
    session = await seenIn(page.locator('#session-token'))
    expect(session).toMatch(/^cs_/)
  })

  it('proves to be there, which counts on the command line too', async () => {
    const { page } = ada
    await page.goto(`${at.origin}/prove`)
    await page.getByText('a key that stays on its device').waitFor()
    const before = await standing()
    await page.getByRole('button', { name: 'Use your key' }).click()
    await page.getByText('You have proved that you are there').waitFor()
    expect((await standing()).provenAt).toBeGreaterThan(before.provenAt)
  })

  async function standing(): Promise<{ provenAt: number }> {
    const answer = await fetch(`${at.node.url}/v1/session`, { headers: { authorization: `Bearer ${session}` } })
    return ((await answer.json()) as { session: { provenAt: number } }).session
  }

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['ar', 'light'],
  ] as const)('these screens are right in %s, %s', async (language, theme) => {
    const { page } = ada
    const wrong: string[] = []
    for (const path of ['sign-in', 'prove', 'you', 'approve', 'enrol']) {
      await page.goto(`${at.origin}/app/${path}`)
      wrong.push(...(await lookAt(page, `access-${path}`, { language, theme })))
    }
    expect(wrong).toEqual([])
    await page.evaluate('localStorage.clear()')
  })

  it('says what a key that can be copied is good for', async () => {
    const invited = await runComity(
      ['--node', at.origin, 'person', 'invite', '--name', 'Ben', '--role', 'auditor', '--json'],
      { env: { COMITY_KEY: session } },
    )
    const { token } = JSON.parse(invited.stdout).result as { token: string }
    const ben = await personWithKey(browser, at.origin, { synced: true })
    expect(await enrolByLink(ben, at.origin, token, 'telephone')).toContain(
      'It can be copied to other devices, so it approves',
    )
    expect(ben.wrongs).toEqual([])
    await ben.context.close()
  })

  it('says in its own words that no key was used, and lets people try again', async () => {
    const { page, key } = ada
    await key.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: key.id })
    key.id = await addKey(key.session)
    await page.goto(`${at.origin}/sign-in`)
    const button = page.getByRole('button', { name: 'Sign in with your key' })
    await button.click()
    await page.getByRole('alert').getByText('The security key was not used.').waitFor()
    expect(await button.isEnabled()).toBe(true)
  })

  it('leads whoever opens it under another name of the machine to its own address', async () => {
    const { page } = await personWithKey(browser, at.origin)
    await page.goto(`${at.origin.replace('localhost', '127.0.0.1')}/sign-in`)
    await page.getByRole('alert').getByText('Keys work at this node only under its own address.').waitFor()
    expect(await page.getByRole('alert').getByRole('link').getAttribute('href')).toBe(`${at.origin}/app/sign-in`)
    await page.context().close()
  })

  it('in all this no error, no violation of the policy, no request to elsewhere', () => {
    expect(ada.asked.length).toBeGreaterThan(50)
    expect(ada.wrongs).toEqual([])
  })
})
