/**
 * Three nodes that have joined a directory, each a process of its own as `comity exchange demo` makes them, and a browser in which
 * every person has a profile and a key of their own, by the link with which an administrator invited them. Actions are there for what
 * is read.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { agencies } from '../../src/cli/commands/story.ts'
import { openDesk } from '../../src/cli/desk.ts'
import {
  admit,
  foundDirectory,
  type Made,
  makeNode,
  type StoryNode,
  startStoryNode,
  stopStoryNode,
} from '../../src/cli/story/network.ts'
import type { Action } from '../../src/kernel/index.ts'
import { allActions, routeOf } from '../../src/node/index.ts'
import { findChromium, openChromium } from '../chromium.ts'
import { enrolByLink, type Person, personWithKey, seenIn } from '../pages/node-with-browser.ts'
import type { Answer } from './world.ts'

export type Actor = Person & {
  readonly name: string
  readonly id: string
  readonly token: string
  readonly at: StoryNode
  does(action: string, input: Readonly<Record<string, unknown>>): Promise<Answer>
  /** Opens a screen of the app at their node. */
  goes(path: string): Promise<Page>
}

export type ThreeNodes = {
  readonly folder: string
  readonly directory: string
  readonly nodes: readonly StoryNode[]
  readonly desk: ReturnType<typeof openDesk>
  person(node: StoryNode, name: string, role: string): Promise<Actor>
  /** Somebody without an account, before the page on which evidence is verified. */
  outsider(node: StoryNode): Promise<Person>
  close(): Promise<void>
}

const actions = new Map<string, Action>(allActions().map((one) => [one.name, one]))

/** All three, or those of them that a test needs. */
export async function openThreeNodes(folder: string, of = agencies): Promise<ThreeNodes> {
  const chromium = findChromium()
  if (chromium === null) throw new Error('there is no Chromium')
  mkdirSync(folder, { recursive: true })
  const progress = { report: () => {}, done: () => {} } as never
  const desk = openDesk(join(folder, 'desk'), 30_000, progress, {})
  const { dir, invitation } = await foundDirectory(desk, folder)
  const made: Made[] = await Promise.all(of.map((facts) => makeNode(desk, folder, facts, invitation)))
  await admit(
    desk,
    folder,
    made.map(({ facts, card }) => ({ ...facts, card })),
  )
  const browser = await openChromium(chromium)
  const nodes = await Promise.all(made.map(startStoryNode))
  const administrators = new Map(
    await Promise.all(
      nodes.map(
        async (node, at) => [node, await enrolled(browser, node, 'Administrator', made[at]?.invitation ?? '')] as const,
      ),
    ),
  )
  return {
    ...{ folder, directory: dir, nodes, desk },
    person: async (node, name, role) => {
      const administrator = administrators.get(node) as Actor
      return enrolled(browser, node, name, await invited(administrator, name, role))
    },
    outsider: async ({ hand }) => {
      const person = await personWithKey(browser, hand.origin)
      await person.page.goto(`${hand.origin}/app/verify`)
      return person
    },
    close: async () => {
      await browser.close()
      await Promise.all(nodes.map(stopStoryNode))
    },
  }
}

/** On the screen of people; answers the token of the link that is shown there once. */
async function invited(administrator: Actor, name: string, role: string): Promise<string> {
  const page = await administrator.goes('/people')
  const sheet = page.getByRole('region', { name: 'Invite somebody' })
  await sheet.getByLabel('Name', { exact: true }).fill(name)
  await sheet.getByLabel('Role', { exact: true }).selectOption(role)
  await sheet.getByRole('button', { name: 'Invite', exact: true }).click()
  const link = await seenIn(page.locator('#invitation-link'))
  return link.trim().split('#').at(-1) as string
}

async function enrolled(browser: Browser, at: StoryNode, name: string, invitation: string): Promise<Actor> {
  const { origin, url } = at.hand
  const person = await personWithKey(browser, origin)
  await enrolByLink(person, origin, invitation, `key of ${name}`)
  await person.page.getByRole('button', { name: 'Show the session' }).click()
  const token = await seenIn(person.page.locator('#session-token'))
  const does = (action: string, input: Readonly<Record<string, unknown>>) => asked(url, token, action, input)
  // Of signing in, and so no action: asked for by its address.
  const { session } = (await (
    await fetch(`${url}/v1/session`, { headers: { authorization: `Bearer ${token}` } })
  ).json()) as Answer
  return {
    ...person,
    ...{ name, token, at, id: session.personId, does },
    goes: async (path) => {
      await person.page.goto(`${origin}/app${path}`)
      await person.page.locator('main h1').waitFor()
      return person.page
    },
  }
}

async function asked(url: string, token: string, name: string, input: Readonly<Record<string, unknown>>) {
  const action = actions.get(name)
  if (!action) throw new Error(`there is no ${name}`)
  const { method, path } = routeOf(action)
  const { seen, ...rest } = input
  const query = Object.entries(rest).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  const answer = await fetch(`${url}${path}${method === 'GET' ? `?${new URLSearchParams(query)}` : ''}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(rest) }),
  })
  const body = (await answer.json()) as Answer
  if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`)
  return body
}
