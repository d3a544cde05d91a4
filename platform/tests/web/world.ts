/**
 * A node with the app, a browser, and people in it: each has enrolled a key of the browser's own making. What they have done before a
 * test is done by the actions of the node, as them; what the test is about is done on the screen.
 */
import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import type { NodeConfig } from '../../src/node/config.ts'
import { routeOf } from '../../src/node/http/route-of.ts'
import { findChromium, openChromium } from '../chromium.ts'
import {
  enrolByLink,
  nodeForPages,
  type PagesNode,
  type Person,
  personWithKey,
  seenIn,
} from '../pages/node-with-browser.ts'

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests are about
export type Answer = any
export type User = Person & { readonly id: string; readonly token: string; readonly name: string }

export type World = {
  readonly browser: Browser
  readonly at: PagesNode
  /** Somebody new at the node, with a browser profile and a key of their own. */
  person(name: string, role: string): Promise<User>
  /** Runs an action as somebody; a refusal fails the test. */
  does(user: User, action: string, input: Readonly<Record<string, unknown>>, seen?: number): Promise<Answer>
  close(): Promise<void>
}

/** `null` where there is no Chromium and none can be installed. */
export async function openWorld(
  more: Partial<NodeConfig> = {},
  around: Parameters<typeof nodeForPages>[1] = {},
): Promise<World | null> {
  const chromium = findChromium()
  if (chromium === null) return null
  const [at, browser] = await Promise.all([
    nodeForPages(
      {
        agency: { name: 'Prosecutor of the tests', country: 'NL', kind: 'prosecutor', timeZone: 'Europe/Amsterdam' },
        ...more,
      },
      around,
    ),
    openChromium(chromium),
  ])
  const administrator = await enrolled('Ada', at.invitation)
  return {
    browser,
    at,
    person: async (name, role) => {
      if (role === 'administrator') return administrator
      const { token } = await does(administrator, 'person.invite', { name, role })
      return enrolled(name, token)
    },
    does,
    close: async () => {
      await browser.close()
      await at.node.stop()
    },
  }

  async function enrolled(name: string, invitation: string): Promise<User> {
    const person = await personWithKey(browser, at.origin)
    await enrolByLink(person, at.origin, invitation, `key of ${name}`)
    await person.page.getByRole('button', { name: 'Show the session' }).click()
    const token = await seenIn(person.page.locator('#session-token'))
    const answer = await fetch(`${at.node.url}/v1/session`, { headers: { authorization: `Bearer ${token}` } })
    const { session } = (await answer.json()) as { session: { personId: string } }
    return { ...person, name, token, id: session.personId }
  }

  async function does(user: User, name: string, input: Readonly<Record<string, unknown>>, seen?: number) {
    const action = at.node.door.actions.get(name)
    if (!action) throw new Error(`there is no ${name}`)
    const { method, path } = routeOf(action)
    const query = new URLSearchParams(
      Object.entries(input).map(([key, value]): [string, string] => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    )
    const answer = await fetch(`${at.node.url}${path}${method === 'GET' ? `?${query}` : ''}`, {
      method,
      headers: {
        authorization: `Bearer ${user.token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(input) }),
    })
    const body = (await answer.json()) as Answer
    if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`)
    return body
  }
}

/** Opens a screen of the app and waits until its heading is there. */
export async function open(user: User, at: PagesNode, path: string): Promise<Page> {
  await user.page.goto(`${at.origin}/app${path}`)
  await user.page.locator('main h1').waitFor()
  return user.page
}

/** A case with its team: who opens it, and who works in it. */
export async function caseOf(
  world: World,
  owner: User,
  title: string,
  members: readonly User[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const opened = await world.does(owner, 'case.open', {
    ...{ title, kind: 'local', purposes: ['criminal-proceedings'] },
    ...more,
  })
  let seen = opened.version
  for (const { id } of members)
    seen = (await world.does(owner, 'case.member.add', { caseId: opened.id, personId: id }, seen)).version
  return opened.id
}
