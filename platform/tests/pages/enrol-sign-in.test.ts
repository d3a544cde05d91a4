/** The pages with which people enrol, sign in and prove to be there, in a real browser against a real node. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, openChromium } from '../chromium.ts'
import { runComity } from '../run-comity.ts'
import {
  addKey,
  enrolByLink,
  nodeForPages,
  type PagesNode,
  type Person,
  personWithKey,
  seenIn,
} from './node-with-browser.ts'

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

  it('the start page says the name of the node and its agency to strangers, and nothing more', async () => {
    const { page } = ada
    await page.goto(at.origin)
    const seen = await seenIn(page.locator('body'))
    expect(seen).toContain('Test agency')
    expect(seen).toContain('test.example/comity')
    // What node.read tells to people of the node.
    for (const inside of ['prosecutor', 'Europe/Amsterdam', 'Policies in force']) expect(seen).not.toContain(inside)
    await page.getByRole('link', { name: 'Sign in', exact: true }).click()
    expect(page.url()).toBe(`${at.origin}/sign-in`)
  })

  it('enrols from the printed link, and the invitation leaves the address at once', async () => {
    const { page, asked } = ada
    await page.goto(`${at.origin}/enrol#${at.invitation}`)
    await page.getByLabel('A name for this key').waitFor()
    expect(page.url()).toBe(`${at.origin}/enrol`)
    expect(await seenIn(page.locator('#enrol-facts'))).toMatch(/Ada[\s\S]*Test agency/)
    // Without a name: the problem is told, takes the focus, and leads to the field.
    await page.getByRole('button', { name: 'Enrol the key' }).click()
    await page.getByRole('alert').getByText('The key has no name yet.').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('problem')
    expect(await page.title()).toMatch(/^Error: /)
    await page.getByRole('link', { name: 'Write a name for it.' }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe('label')
    await page.keyboard.type('blue key')
    await page.keyboard.press('Enter')
    await page.getByText('Your key is enrolled, and you are signed in').waitFor()
    expect(await seenIn(page.locator('#outcome'))).toContain('Ada, this key stays on its device')
    expect(await seenIn(page.locator('#who'))).toContain('Ada')
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
    await page.getByText('Copied.').waitFor()
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
    await page.getByRole('alert').getByText('The invitation is not known, was used, or has lapsed.').waitFor()
    await page.getByRole('alert').getByText('Ask the administrator of the node for a new one.').waitFor()
    expect(await page.getByLabel('A name for this key').isVisible()).toBe(false)
    // The browser itself reports the refusal in the console; nothing else is wrong.
    expect(wrongs.filter((wrong) => !wrong.includes('401'))).toEqual([])
    await page.goto(`${at.origin}/sign-in`)
    await page.goto(`${at.origin}/enrol`)
    await page.getByRole('alert').getByText('Open the whole link').waitFor()
    await page.context().close()
  })

  it('shows people of the node what it is, and their keys', async () => {
    const { page } = ada
    await page.goto(at.origin)
    await page.getByText('Europe/Amsterdam').waitFor()
    await page.getByText('blue key').waitFor()
    expect(await seenIn(page.locator('#keys'))).toContain('Stays on its device')
  })

  it('signs out, and in again for a purpose', async () => {
    const { page } = ada
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in', exact: true }).waitFor()
    expect(await ada.context.cookies()).toEqual([])
    // The session of the command line was the same one.
    const { exit, stderr } = await runComity(['--node', at.origin, 'person', 'list'], { env: { COMITY_KEY: session } })
    expect(exit).toBe(1)
    expect(stderr).toContain('NOT_SIGNED_IN')
    await page.getByRole('link', { name: 'Sign in', exact: true }).click()
    await page.getByLabel('What you will work for').selectOption('asset-recovery')
    await page.getByRole('button', { name: 'Sign in with your key' }).click()
    await page.getByText('You are signed in').waitFor()
    expect(await page.locator('#show-session').count()).toBe(0)
    await page.getByRole('link', { name: 'Go to the start page' }).click()
    await page.getByText('Asset recovery').waitFor()
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
    await page.getByRole('alert').getByText('No key was used').waitFor()
    expect(await button.isEnabled()).toBe(true)
  })

  it('leads whoever opens it under another name of the machine to its own address', async () => {
    const { page } = await personWithKey(browser, at.origin)
    await page.goto(`${at.origin.replace('localhost', '127.0.0.1')}/sign-in`)
    await page.getByRole('alert').getByText('Keys work at this node only under its own address.').waitFor()
    expect(await page.getByRole('alert').getByRole('link').getAttribute('href')).toBe(`${at.origin}/sign-in`)
    await page.context().close()
  })

  it('in all this no error, no violation of the policy, no request to elsewhere', () => {
    expect(ada.asked.length).toBeGreaterThan(50)
    expect(ada.wrongs).toEqual([])
  })
})
