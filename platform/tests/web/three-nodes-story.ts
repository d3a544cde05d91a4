/**
 * The story of three nodes, act by act, on the screens of the people who do it: what the CLI plays with `comity exchange demo`, in
 * browsers. Actions are asked only for what is asserted.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExpectStatic } from 'vitest'
import { sameOnBothSides, verifyBundle, verifyDossier } from '../../src/cli/story/audit.ts'
import type { StoryNode } from '../../src/cli/story/network.ts'
import { bytesToHex, sha256, sha256Text } from '../../src/kernel/index.ts'
import { pressOn, writeIn } from './by-keyboard.ts'
import { lookAt } from './screen-checks.ts'
import { field, fills, idIn, judgedOnScreen, press, screensOf, speaks } from './three-nodes-screens.ts'
import type { Actor, ThreeNodes } from './three-nodes-world.ts'
import { wordsIn } from './words.ts'
import type { Answer } from './world.ts'

const FACTS = 'Computers of a company were encrypted, and coins were paid for the key.'
const ORDER = { name: 'order.pdf', mimeType: 'application/pdf', buffer: Buffer.from('the order of the story') }
const EXHIBIT = 'Trace of the ransom, first in first out'
const BTC = '63.699849'

export type Told = {
  readonly world: ThreeNodes
  readonly who: Readonly<Record<string, Actor>>
  /** The trace of the ransom, as a record. */
  readonly record: string
  /** Of each node its case of the freeze, and the request that moves by what the others do. */
  readonly cases: Record<string, string>
}

/** Who is where, and as what. */
export const cast = [
  [0, 'Ines', 'investigator'],
  [0, 'Paul', 'prosecutor'],
  [0, 'Sofie', 'senior-official'],
  [1, 'Lars', 'liaison-officer'],
  [1, 'Petra', 'prosecutor'],
  [1, 'Sven', 'senior-official'],
  [2, 'Carla', 'compliance-officer'],
  [2, 'Vera', 'evidence-custodian'],
] as const

export function storyOf(told: Told, expect: ExpectStatic) {
  const { world, who, record, cases } = told
  const of = (name: string) => who[name] as Actor
  // Three nodes and eleven pages of browsers: a busy machine takes its time.
  for (const { page } of Object.values(who)) page.setDefaultTimeout(60_000)

  const wrong: string[] = []
  const screens = screensOf(of, wrong)
  const { addsMembers, approves, sends, takesIn, answers } = screens
  const offence = {
    'offence.conduct': 'Encrypting computers and asking for money.',
    'offence.provision': 'Extortion, under the law of the story',
    'offence.dualCriminality': 'met',
  }

  async function preserve(): Promise<void> {
    cases.nl = await screens.opensCase('Ines', 'The ransom of May 2021', ['Paul', 'Sofie'])
    const tracePath = await screens.keepsTrace('Ines', cases.nl, EXHIBIT, record)
    const { items } = await of('Ines').does('exhibit.list', { caseId: cases.nl })
    expect(items).toMatchObject([{ kind: 'trace-record', title: EXHIBIT, sha256: sha256Text(record) }])
    expect(await of('Ines').does('exhibit.read', { exhibitId: items[0].id })).toMatchObject({
      ...{ competence: 'Certified in tracing', tool: JSON.parse(record).engine, fileName: 'ransom.json' },
    })
    cases.request = await screens.draftsFreeze('Ines', tracePath, 'Example Exchange', of('Petra').at.facts.name)
    const { request } = await of('Ines').does('request.read', { id: cases.request })
    expect(request.content.trace.recordDigest).toBe(JSON.parse(record).digest)
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
    // What is written survives whatever happens to the page.
    await page.reload()
    await press(page, 'Keep as a draft')
    await page.waitForURL(/\/app\/messages\//)
    const path = `/messages/${idIn(page)}`
    await page.getByRole('link', { name: 'Change what it says' }).click()
    await fills(page, { intent: 'A request for the data will follow within sixty days.' })
    await press(page, 'Keep the change')
    await page.getByText('will follow within sixty days').waitFor()
    await approves(['Paul', 'Sofie'], path)
    await sends('Paul', path)

    const desk = await of('Carla').goes('/inbox')
    await desk.getByRole('link', { name: 'Request to preserve data' }).waitFor({ timeout: 60_000 })
    await takesIn('Carla', 'Request to preserve data', of('Ines').at.facts.name)
    await answers(desk, 'Acknowledge', 'Send the acknowledgement', null)
    await answers(desk, 'Accept', 'Accept the request', 'The order is complete.')
    const until = new Date(Date.now() + 60 * 86_400_000).toISOString()
    await answers(
      desk,
      'Record that it was carried out',
      'Record what was secured',
      'Snapshot of account and logs.',
      () => desk.getByLabel('Until when it holds').fill(until.slice(0, 16)),
    )
    await answers(desk, 'Report to the sender', 'Send the report', 'Account and log-ins are kept as they were.')
    await desk.getByText('Reported', { exact: true }).waitFor()

    const seen = await of('Ines').goes(`/cases/${cases.nl}/messages`)
    await seen.getByRole('link', { name: 'Data preserved' }).waitFor({ timeout: 60_000 })
    for (const type of ['ack', 'decision.accept', 'preserved']) await holds('Ines', cases.nl as string, type, 'in')
  }

  async function freeze(): Promise<void> {
    const page = await screens.submits('Ines', cases.request as string)
    await fills(page, { ...offence, 'offence.penaltyMonths': '108' })
    await page.locator('#f-order-file').setInputFiles(ORDER)
    await field(page, 'orderedAt').fill(new Date(Date.now() - 60_000).toISOString().slice(0, 16))
    await press(page, 'Write the message')
    await page.waitForURL(/\/app\/messages\//)
    const path = `/messages/${idIn(page)}`
    await press(page, 'Attach an exhibit')
    await page.getByLabel('Exhibit', { exact: true }).selectOption({ label: `1: ${EXHIBIT}` })
    await press(page, 'Attach it')
    await page.getByText('ransom.json').waitFor()
    await approves(['Paul', 'Sofie'], path)
    await sends('Paul', path)
    const { message } = await of('Ines').does('message.show', { id: idIn(page) })
    expect(message.body.order).toBe(bytesToHex(sha256(ORDER.buffer)))
    expect(message.header.approvals).toHaveLength(2)

    const berlin = await takesIn('Petra', 'Request to freeze', of('Ines').at.facts.name)
    await answers(berlin, 'Acknowledge', 'Send the acknowledgement', null)
    await berlin.getByRole('button', { name: 'Take into custody…' }).click({ timeout: 60_000 })
    await berlin.getByLabel('Place').fill('Frankfurt')
    await berlin.getByLabel('What makes you competent').fill('Prosecutor')
    await press(berlin, 'Take it into custody')
    await berlin.getByText(sha256Text(record)).waitFor()
    await answers(berlin, 'Accept', 'Accept the request', 'Recognised; listed offence, no ground of refusal.')
    cases.de = await caseOf('Petra')
    await addsMembers('Petra', cases.de, ['Lars', 'Sven'])
    const exhibits = await of('Petra').does('exhibit.list', { caseId: cases.de })
    expect(exhibits.items).toMatchObject([{ kind: 'trace-record', sha256: sha256Text(record) }])
    const taken = await of('Petra').does('exhibit.read', { exhibitId: exhibits.items[0].id })
    expect(taken).toMatchObject({ fileName: 'ransom.json', mediaType: 'application/json' })
    await holds('Ines', cases.nl as string, 'decision.accept', 'in', 2)
    await isAcknowledged()
  }
  /** The answer is on record before the request has moved by it. */
  async function isAcknowledged(): Promise<void> {
    await expect
      .poll(async () => (await of('Paul').does('request.read', { id: cases.request })).request.state, {
        timeout: 30_000,
      })
      .toBe('acknowledged')
  }

  async function order(): Promise<void> {
    const { request } = await of('Ines').does('request.read', { id: cases.request })
    const [asset] = request.content.assets
    const page = await of('Lars').goes(`/cases/${cases.de}/messages/new`)
    await page.getByLabel('Agency', { exact: true }).selectOption({ label: 'Example Exchange' })
    await page.getByLabel('Kind of message').selectOption('freeze.request')
    await page.getByLabel('Law', { exact: true }).selectOption('EU-2018-1805')
    await page.getByLabel('Article').fill('7')
    await page.getByLabel('Urgency').selectOption('IMMINENT_DISSIPATION')
    await page.getByLabel('Provision that allows').fill('Reg. 2018/1805 art. 9(3)')
    await page.getByLabel('What makes it urgent').fill('The coins can be moved within minutes.')
    // Offence, facts and assets are those of the certificate; the order, its grounds and its remedies are of this country.
    await page.getByLabel('Take over from a request that came').selectOption({ index: 1 })
    await fills(page, {
      orderedAt: new Date(Date.now() - 60_000).toISOString().slice(0, 16),
      grounds: 'They are proceeds of the offence.',
      remedies: 'Complaint to the court of the story.',
    })
    await page.locator('#f-order-file').setInputFiles(ORDER)
    expect(await field(page, 'assets.0.property.address').inputValue()).toBe(asset.address)
    await screens.looks(page, 'order')
    await press(page, 'Keep as a draft')
    await page.waitForURL(/\/app\/messages\//)
    const path = `/messages/${idIn(page)}`
    const { message } = await of('Lars').does('message.show', { id: idIn(page) })
    expect(message.body).toMatchObject({
      authority: { agency: of('Lars').at.facts.id },
      offence: { conduct: offence['offence.conduct'] },
      grounds: 'They are proceeds of the offence.',
      assets: [{ property: { address: asset.address, asset: asset.asset }, maximum: { amount: asset.amount } }],
    })
    await approves(['Petra', 'Sven'], path)
    await sends('Petra', path)

    const desk = await takesIn('Carla', 'Request to freeze', of('Petra').at.facts.name)
    const left: string[] = []
    desk.on('request', (request) => left.push(`${request.url()} ${request.postData() ?? ''}`))
    await desk
      .getByLabel('Paste a list of accounts')
      .fill(`account,address,holder\nA-17,${asset.address},Doe\nA-18,1BoatSLRHtKNngkdXEeobR76b53LETtpyT,Roe`)
    await desk.getByText('1 account matches, of 2 read.').waitFor()
    await desk.getByRole('cell', { name: 'A-17' }).waitFor()
    expect(await desk.getByRole('cell', { name: 'Roe' }).count()).toBe(0)
    await answers(desk, 'Acknowledge', 'Send the acknowledgement', null)
    await answers(desk, 'Accept', 'Accept the request', 'The order is complete.')
    await answers(desk, 'Record that it was carried out', 'Record what was secured', 'Withdrawals are blocked.', () =>
      press(desk, 'As asked'),
    )
    await answers(desk, 'Report to the sender', 'Send the report', 'Until the order is lifted.')
    // Nothing of the list has left the browser, neither then nor with what was answered.
    expect(left.filter((one) => /A-1[78]|Roe|Doe/.test(one))).toEqual([])
    expect(left.some((one) => one.includes('request/execute'))).toBe(true)
    cases.vasp = await caseOf('Carla')
    for (const caseId of await allCases('Carla')) await addsMembers('Carla', caseId, ['Vera'])

    await inArabicByKeyboard(of('Petra'))
    await holds('Ines', cases.nl as string, 'freeze.executed', 'in')
    await expect
      .poll(async () => (await of('Paul').does('request.read', { id: cases.request })).request, { timeout: 30_000 })
      .toMatchObject({ state: 'executed', secured: [{ amount: asset.amount, address: asset.address }] })
    const tracker = await of('Ines').goes(`/requests/${cases.request}`)
    await tracker.locator('.page-head').getByText('executed', { exact: true }).waitFor()
    await tracker.getByRole('region', { name: 'Secured' }).getByText(asset.address).waitFor()
  }

  /** The answer that is left, in Arabic and without a mouse. */
  async function inArabicByKeyboard(petra: Actor): Promise<void> {
    const ar = wordsIn('ar')
    const { page } = petra
    await petra.goes('/inbox')
    await speaks(page, 'en', 'ar')
    await pressOn(page, ar('inbox.tab.filed'))
    await page.getByRole('link', { name: ar('inbox.type.freeze.request') }).waitFor()
    await pressOn(page, ar('inbox.type.freeze.request'))
    await page.getByRole('heading', { name: ar('inbox.answer.title'), exact: true }).waitFor()
    await pressOn(page, ar('inbox.act.execute'))
    await writeIn(page, ar('inbox.answer.amount').replace('{symbol}', 'BTC'), BTC)
    await writeIn(page, ar('inbox.answer.reason'), 'جُمّدت لدى الخدمة.')
    await pressOn(page, ar('inbox.act.do.execute'))
    await page.getByText(ar('inbox.state.executed'), { exact: true }).waitFor()
    await pressOn(page, ar('inbox.act.report'))
    await writeIn(page, ar('inbox.answer.reason'), 'حتى سحب الشهادة.')
    await pressOn(page, ar('inbox.act.do.report'))
    await page.getByText(ar('inbox.state.reported'), { exact: true }).waitFor()
    await speaks(page, 'ar', 'en')
  }

  async function partners(): Promise<void> {
    const partners = await of('Lars').goes('/partners')
    await partners.getByRole('heading', { name: 'Example Exchange' }).waitFor()
    const empty = await of('Carla').goes('/inbox')
    await empty.getByText('Nothing waits here.').waitFor()
    for (const [name, by, path] of [
      ['partners', 'Lars', '/partners'],
      ['inbox', 'Carla', '/inbox'],
      ['messages', 'Ines', `/cases/${cases.nl}/messages`],
      ['followed', 'Ines', `/requests/${cases.request}`],
      ['certificate', 'Petra', await arrivalOf('Petra', cases.de as string)],
    ] as const) {
      const page = await of(by).goes(path)
      for (const [language, theme] of [
        ['ar', 'light'],
        ['en', 'dark'],
        ['en', 'light'],
      ] as const)
        wrong.push(...(await lookAt(page, `story-${name}`, { language, theme })))
    }
    expect(wrong).toEqual([])
    // What the node refuses until a key is shown is told by the browser too, and is no fault.
    for (const { wrongs, name } of Object.values(who))
      expect(
        wrongs.filter((wrong) => !/status of 40[1349]/.test(wrong)),
        name,
      ).toEqual([])
  }

  /** What each has exported, on the screens, is judged by somebody without an account: in a browser, and by the program offline. */
  async function verify(): Promise<void> {
    const root = bytesToHex(sha256(readFileSync(join(world.directory, '1.root.json'))))
    const dossiers: { items: { envelope: string }[] }[] = []
    const outsider = await world.outsider(world.nodes[0] as StoryNode)
    for (const [at, { facts, hand }] of world.nodes.entries()) {
      const by = ['Paul', 'Petra', 'Vera'][at] as string
      const items: { envelope: string }[] = []
      for (const id of await allCases(by)) {
        const file = join(world.folder, `${facts.id}-${id.slice(-6)}.json`)
        await screens.exportsDossier(by, id, file)
        items.push(...JSON.parse(readFileSync(file, 'utf8')).items)
        expect(await verifyDossier(facts.id, file, world.directory, root)).toMatchObject({ right: true })
      }
      dossiers.push({ items })
      const bundle = join(world.folder, `${facts.id}.zip`)
      await screens.exportsBundle(by, cases[['nl', 'de', 'vasp'][at] as string] as string, bundle)
      const key = await fetch(`${hand.url}/log/key`).then((answer) => answer.text())
      const trust = `log ${key.trim()}\nquorum none\n`
      const policy = join(world.folder, `${facts.id}.policy`)
      writeFileSync(policy, trust)
      expect(await verifyBundle(facts.id, bundle, policy)).toMatchObject({ right: true })
      const verdict = await judgedOnScreen(outsider.page, bundle, trust, wrong)
      expect(verdict, facts.id).toContain('Everything that this bundle states was checked and is right.')
      expect(verdict).toMatch(/ 0 not checked, 0 wrong\./)
      expect(verdict).toContain(facts.name)
    }
    expect([...outsider.wrongs, ...wrong]).toEqual([])
    expect(dossiers[0]?.items.length).toBeGreaterThanOrEqual(8)
    expect(sameOnBothSides(dossiers)).toMatchObject({ right: true })
  }

  async function arrivalOf(by: string, caseId: string): Promise<string> {
    const { items } = await of(by).does('message.list', { caseId, limit: 200 })
    const found = items.find(({ message }: Answer) => message.type === 'freeze.request' && message.direction === 'in')
    return `/messages/${found.id}`
  }
  async function allCases(by: string): Promise<string[]> {
    const { items } = await of(by).does('case.list', { limit: 200 })
    return items.map(({ id }: Answer) => id)
  }
  async function caseOf(by: string): Promise<string> {
    return (await allCases(by)).at(-1) as string
  }
  /** Waits until the case holds so many messages of this type. */
  async function holds(by: string, caseId: string, type: string, direction: string, least = 1): Promise<void> {
    await expect
      .poll(
        async () => {
          const { items } = await of(by).does('message.list', { caseId, limit: 200 })
          return items.filter(({ message }: Answer) => message.type === type && message.direction === direction).length
        },
        { timeout: 60_000, interval: 200 },
      )
      .toBeGreaterThanOrEqual(least)
  }
  return { preserve, freeze, order, partners, verify }
}
