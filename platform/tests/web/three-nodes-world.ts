/**
 * Three nodes that have joined a directory, each a process of its own as `comity exchange demo` makes them, and a browser in which
 * every person has a profile and a key of their own. What the tests are about is done on the screens; the rest by actions, as the same
 * people.
 */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { agencies } from '../../src/cli/commands/story.ts'
import { openDesk } from '../../src/cli/desk.ts'
import type { Hand } from '../../src/cli/story/hand.ts'
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
  close(): Promise<void>
}

const actions = new Map<string, Action>(allActions().map((one) => [one.name, one]))

/** `of`: fewer of them, where a test needs no more. */
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
      await proves(administrator)
      const { token } = await administrator.does('person.invite', { name, role })
      return enrolled(browser, node, name, token)
    },
    close: async () => {
      await browser.close()
      await Promise.all(nodes.map(stopStoryNode))
    },
  }
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

/** People with keys of a browser, for the steps that the story of the command line has for people with keys in software. */
export function handOf(people: readonly Actor[]): Hand {
  const named = (name: string) => people.find((one) => one.name === name) as Actor
  const { url, origin } = (people[0] as Actor).at.hand
  const no = () => {
    throw new Error('this is done on the screens')
  }
  return {
    ...{ url, origin, enrol: no, sign: no },
    does: (name, action, input) => named(name).does(action, input),
    idOf: (name) => named(name).id,
    proves: (name) => proves(named(name)),
    upload: async (name, caseId, bytes) => upload(named(name), caseId, bytes),
    fetchBytes: async (name, method, path, body) => {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${named(name).token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`)
      return new Uint8Array(await answer.arrayBuffer())
    },
  }
}

/** With the key of the browser, on whatever screen its owner is. */
async function proves({ page }: Actor): Promise<void> {
  await page.evaluate(`(async () => {
    const sent = async (path, body) => (await fetch(path, { method: 'POST', credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() }, body: JSON.stringify(body) })).json()
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await sent('/v1/prove/options', {}))
    await sent('/v1/prove/finish', { response: (await navigator.credentials.get({ publicKey })).toJSON() })
  })()`)
}

async function upload(actor: Actor, caseId: string, bytes: Uint8Array): Promise<string> {
  const { uploadId } = await actor.does('exhibit.upload.begin', { caseId, size: bytes.length })
  const sent = await fetch(`${actor.at.hand.url}/v1/uploads/${uploadId}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${actor.token}`,
      'content-type': 'application/offset+octet-stream',
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
    },
    body: Buffer.from(bytes),
  })
  if (sent.status !== 204) throw new Error(`an upload ended with ${sent.status}`)
  // Sealing goes on after the last byte has arrived.
  for (let tries = 0; ; tries++) {
    const done = await actor.does('exhibit.upload.finish', { caseId, uploadId }).catch(() => null)
    if (done !== null) return uploadId
    if (tries === 200) throw new Error('an upload was not sealed')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
