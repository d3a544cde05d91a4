/**
 * The story of three nodes, driven in browsers: a prosecutor has an exchange in another country preserve what it knows and asks the
 * prosecutor there to freeze; each answers on their screens; a fourth party verifies what was exchanged. One file, since three nodes
 * cost more to start than all of it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storyTrace } from '../../src/cli/commands/demo.ts'
import { exportBundle, exportDossier, sameOnBothSides, verifyBundle, verifyDossier } from '../../src/cli/story/audit.ts'
import { bytesToHex, sha256, sha256Text } from '../../src/kernel/index.ts'
import { findChromium } from '../chromium.ts'
import { repository, temporaryFolder } from '../run-comity.ts'
import { lookAt, settled } from './screen-checks.ts'
import { type Actor, handOf, openThreeNodes, type ThreeNodes } from './three-nodes-world.ts'
import type { Answer } from './world.ts'

const marking = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false } as const
const FACTS = 'Computers of a company were encrypted, and coins were paid for the key.'
const ORDER = { name: 'order.pdf', mimeType: 'application/pdf', buffer: Buffer.from('the order of the story') }
const BTC = '63.699849'

describe.skipIf(findChromium() === null)('three nodes, in browsers', () => {
  let world: ThreeNodes
  let record = ''
  const who: Record<string, Actor> = {}
  const cases: Record<string, string> = {}
  let drafted: Answer
  let exhibitId = ''

  beforeAll(async () => {
    const folder = join(temporaryFolder(), 'story')
    world = await openThreeNodes(folder)
    const [nl, de, vasp] = world.nodes as [Actor['at'], Actor['at'], Actor['at']]
    for (const [node, name, role] of [
      [nl, 'Ines', 'investigator'],
      [nl, 'Paul', 'prosecutor'],
      [nl, 'Sofie', 'senior-official'],
      [de, 'Lars', 'liaison-officer'],
      [de, 'Petra', 'prosecutor'],
      [de, 'Sven', 'senior-official'],
      [vasp, 'Carla', 'compliance-officer'],
      [vasp, 'Vera', 'evidence-custodian'],
    ] as const)
      who[name] = await world.person(node, name, role)
    record = await storyTrace(world.desk, repository, join(folder, 'ledger'))
  }, 280_000)
  afterAll(() => world?.close())

  const of = (name: string) => who[name] as Actor

  // What the screens of other rooms do, by actions.
  async function opensCase(by: string, title: string, members: readonly string[]): Promise<string> {
    const opened = await of(by).does('case.open', { title, kind: 'local', purposes: ['criminal-proceedings'] })
    await addsMembers(by, opened.id, members)
    return opened.id
  }
  async function addsMembers(by: string, caseId: string, members: readonly string[]): Promise<void> {
    for (const name of members) {
      const { version } = await of(by).does('case.read', { caseId })
      await of(by).does('case.member.add', { caseId, personId: of(name).id, seen: version })
    }
  }
  async function keepsTrace(by: string, caseId: string): Promise<string> {
    const uploadId = await handOf([of(by)]).upload(by, caseId, Buffer.from(record))
    const added = await of(by).does('exhibit.add', {
      ...{ caseId, kind: 'trace-record', title: 'Trace of the ransom, first in first out', marking, uploadId },
      acquirer: { personId: of(by).id },
      ...{ competence: 'Certified in tracing', authority: 'Order of the story', place: 'Rotterdam' },
      ...{ acquiredAt: new Date().toISOString(), tool: { name: 'comity', version: '0.1.0' } },
    })
    return added.exhibitId
  }
  async function draftsFreeze(by: string, caseId: string): Promise<Answer> {
    const form = JSON.parse(readFileSync(join(repository, 'samples/story/annex-i.json'), 'utf8'))
    return of(by).does('workflow.freeze-from-trace', {
      ...{ caseId, record, endpoint: { status: 'service' } },
      letter: {
        ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC', data: form },
        languages: { original: 'en', theirs: ['de'] },
        recipients: [{ authority: of('Petra').at.facts.name, country: 'DE', role: 'to' }],
        clock: { country: 'DE', zone: 'Europe/Berlin' },
        urgency: { code: 'IMMINENT_DISSIPATION', ground: 'The coins can be moved within minutes.' },
        ...{ facts: form.facts, useConditions: [] },
      },
    })
  }

  // What is done on the screens.
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
  const field = (page: Page, path: string) => page.locator(`#f-${path.replaceAll('.', '-')}`)
  async function fills(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
    for (const [path, value] of Object.entries(values)) {
      const place = field(page, path)
      const isList = (await place.evaluate('(one) => one.tagName')) === 'SELECT'
      await (isList ? place.selectOption(value) : place.fill(value))
    }
  }
  const offence = {
    'offence.conduct': 'Encrypting computers and asking for money.',
    'offence.provision': 'Extortion, under the law of the story',
    'offence.dualCriminality': 'met',
  }

  async function approves(names: readonly string[], messagePath: string): Promise<void> {
    for (const [at, name] of names.entries()) {
      const page = await of(name).goes(messagePath)
      await press(page, 'Approve with your key')
      await page.getByText(`${at + 1} of 2`, { exact: true }).waitFor()
    }
  }
  async function sends(by: string, messagePath: string): Promise<Page> {
    const page = await of(by).goes(messagePath)
    await press(page, /^Send to /)
    await press(page, 'Send it now')
    await page.getByText('Received there', { exact: true }).waitFor({ timeout: 60_000 })
    return page
  }
  /** Opens the one new message of this kind, looks whether it is genuine, and takes it into a case of its own. */
  async function takesIn(by: string, kind: string, from: string): Promise<Page> {
    const page = await of(by).goes('/inbox')
    await page.getByRole('link', { name: kind }).click({ timeout: 60_000 })
    await page.getByText('Genuine', { exact: true }).waitFor()
    await page.getByText(`Signed by ${from}, with a key that the directory lists.`).waitFor()
    await press(page, 'Take the request in')
    await page.getByRole('heading', { name: 'Answer', exact: true }).waitFor()
    return page
  }
  async function answers(
    page: Page,
    act: string,
    send: string,
    reason: string | null,
    more?: () => Promise<void>,
  ): Promise<void> {
    const offered = page.getByRole('button', { name: act, exact: true })
    if ((await offered.getAttribute('data-kind')) !== null) await offered.click()
    const form = page.locator('form').filter({ has: page.getByRole('button', { name: send, exact: true }) })
    if (more) await more()
    if (reason !== null) await form.getByLabel('In words').fill(reason)
    await form.getByRole('button', { name: send, exact: true }).click()
    await form.waitFor({ state: 'detached' })
  }
  const idIn = (page: Page) => page.url().split('/').at(-1) as string

  it('preserve: written, approved by two, sent; taken in, answered within the clock; each side sees it', async () => {
    cases.nl = await opensCase('Ines', 'The ransom of May 2021', ['Paul', 'Sofie'])
    exhibitId = await keepsTrace('Ines', cases.nl)
    drafted = await draftsFreeze('Ines', cases.nl)
    const { request } = await of('Ines').does('request.read', { id: drafted.id })
    const [asset] = request.content.assets
    const page = await of('Ines').goes(`/cases/${cases.nl}/messages/new`)
    await page.getByLabel('Agency', { exact: true }).selectOption({ label: 'Example Exchange' })
    await page.getByLabel('Kind of message').selectOption('preserve.request')
    await page.getByLabel('Law', { exact: true }).selectOption('EU-2023-1543')
    await page.getByLabel('Article').fill('4, 11')
    await page.getByLabel('Urgency').selectOption('DATA_LOSS')
    await page.getByLabel('Provision that allows').fill('Reg. 2023/1543 art. 11')
    await page.getByLabel('What makes it urgent').fill('Logs of the account may be deleted.')
    await press(page, 'Keep as a draft')
    await page.getByRole('alert').getByText('Why it must be kept: say it.').waitFor()
    await fills(page, {
      ...offence,
      'facts.summary': FACTS,
      'identifiers.0.kind': 'address',
      'identifiers.0.value': `${asset.chain}:${asset.address}`,
      necessity: 'What the service knows of the account is the only way to its holder.',
      intent: 'A request for the data will follow.',
    })
    expect(await lookAt(page, 'compose')).toEqual([])
    await page
      .getByText('What you had written here is back.')
      .first()
      .waitFor({ state: 'detached', timeout: 100 })
      .catch(() => undefined)
  })
})
