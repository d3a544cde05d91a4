/**
 * A real node and a real browser that opens its pages: each person has a browser profile of their own with a security key of the
 * browser's own making (a virtual authenticator). Whatever a page does that it must not is kept: errors, requests to elsewhere,
 * violations of its policy.
 */
import { createServer } from 'node:net'
import type { Browser, BrowserContext, CDPSession, Locator, Page } from 'playwright-core'
import type { NodeConfig } from '../../src/node/config.ts'
import { initNode } from '../../src/node/init.ts'
import { openLogger } from '../../src/node/logger.ts'
import { type RunningNode, type StartOptions, startNode } from '../../src/node/start.ts'
import { nodeConfig, nodeEnvironment, nodeHome } from '../node-config.ts'

export type PagesNode = {
  readonly node: RunningNode
  readonly origin: string
  /** Of the first administrator, as `node init` prints it. */
  readonly invitation: string
  /** What went to the log, line by line. */
  readonly logged: readonly string[]
  /** Lets the clock of the node go on; that of the browser stays. */
  readonly skip: (seconds: number) => void
}

export async function nodeForPages(
  more: Partial<NodeConfig> = {},
  around: Pick<StartOptions, 'openLedger'> = {},
): Promise<PagesNode> {
  const environment = await nodeEnvironment()
  const home = nodeHome()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const config = nodeConfig({ publicUrl: origin, listen: { host: '127.0.0.1', port }, ...more })
  const { token } = await initNode(home, config, 'Ada', environment)
  const logged: string[] = []
  const log = openLogger('info', { write: (line: string) => void logged.push(line) })
  let skipped = 0
  const node = await startNode(home, environment, { log, clock: () => Date.now() + skipped, ...around })
  const skip = (seconds: number) => {
    skipped += seconds * 1000
  }
  return { node, origin, invitation: token, logged, skip }
}

/** The URL that browsers use must be known before the node starts, so that its port is chosen here. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

export type Person = {
  readonly page: Page
  readonly context: BrowserContext
  /** What no page may do, as it happened. */
  readonly wrongs: string[]
  /** Addresses of everything that was asked for. */
  readonly asked: string[]
  readonly key: { readonly session: CDPSession; id: string }
}

export type KeyKind = { readonly synced?: boolean }

/** Somebody with a browser profile of their own, and a key. */
export async function personWithKey(browser: Browser, origin: string, kind: KeyKind = {}): Promise<Person> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  // A machine that tests many things at once is slow; what never comes still fails.
  context.setDefaultTimeout(90_000)
  const page = await context.newPage()
  const wrongs: string[] = []
  const asked: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') wrongs.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`))
  page.on('request', (request) => {
    asked.push(request.url())
    if (new URL(request.url()).origin !== origin) wrongs.push(`request: ${request.url()}`)
  })
  // As a text: this project is compiled without the types of a browser.
  await page.exposeFunction('told', (what: string) => void wrongs.push(`policy: ${what}`))
  await page.addInitScript(
    "addEventListener('securitypolicyviolation', (event) => told(event.violatedDirective + ' ' + event.blockedURI))",
  )
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const key = { session, id: await addKey(session, kind) }
  return { page, context, wrongs, asked, key }
}

export async function addKey(session: CDPSession, { synced = false }: KeyKind = {}): Promise<string> {
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: synced ? 'internal' : 'usb',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: synced,
      defaultBackupState: synced,
    },
  })
  return authenticatorId
}

/** Enrols by the link, as a person does, up to what the page says in the end. */
export async function enrolByLink(
  { page }: Person,
  origin: string,
  invitation: string,
  label: string,
): Promise<string> {
  await page.goto(`${origin}/enrol#${invitation}`)
  await page.getByLabel('A name for this key').fill(label)
  await page.getByRole('button', { name: 'Enrol the key' }).click()
  await page.locator('#outcome .note').waitFor()
  return seenIn(page.locator('#outcome'))
}

/** The text that people see there: what is hidden is no part of it. */
export function seenIn(place: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: whether it is on the screen is the question
  return place.innerText()
}
