/**
 * What comes into a case and goes out of it by file: seen before it is done, by mouse and by keyboard, against a node.
 *
 * Past four hundred lines on purpose: its claims follow one another at one node, which takes longer to start than each of them.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approvedContent } from '../../src/casework/index.ts'
import { directoryOfTwo, dossierOfTwo } from '../../src/exchange/testing/dossier-of-two.ts'
import { amber, sha256Text } from '../../src/kernel/index.ts'
import { findChromium } from '../chromium.ts'
import { seenIn } from '../pages/node-with-browser.ts'
import { pressOn, reach, writeIn } from './by-keyboard.ts'
import { sayIn } from './hands.ts'
import { everyLook, lookNow } from './screen-checks.ts'
import { type Answer, caseOf, open, openWorld, type User, type World } from './world.ts'

const say = sayIn('en')
const CHAIN = 'bip122:000000000019d6689c085ae165831e93'
const OPEN = '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'
const HIDDEN = '12c6DSiU4Rq3P4ZxziKxzrL5LmMBrzjrJX'
const OF_OTHERS = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
const marking = (tlp = 'amber') => ({ ...amber, tlp })

const entity = (id: string, schema: string, properties: object) => JSON.stringify({ id, schema, properties })
/** As FollowTheMoney writes it: an address, one that is none, and a company. */
const MONEY = [
  entity('w1', 'CryptoWallet', { publicKey: [OF_OTHERS], currency: ['BTC'] }),
  entity('w2', 'CryptoWallet', { publicKey: ['bc1qnone'], currency: ['BTC'] }),
  entity('c1', 'Company', { name: ['Exchange X'] }),
].join('\n')

describe.skipIf(findChromium() === null)('by file', () => {
  let world: World
  let ines: User
  let paul: User
  let caseId = ''
  let exhibitId = ''
  const folder = mkdtempSync(join(tmpdir(), 'comity-web-files-'))
  const wrong: string[] = []
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
  const field = (page: Page, id: string) => page.getByLabel(say(id), { exact: true })
  const optional = (page: Page, id: string) =>
    page.getByLabel(say('cases.optional', { label: say(id) }), { exact: true })
  const file = (name: string, text: string | Buffer, mimeType = 'application/json') => ({
    ...{ name, mimeType, buffer: Buffer.from(text) },
  })

  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
    paul = await world.person('Paul', 'prosecutor')
    for (const { page } of [ines, paul]) page.setDefaultTimeout(20_000)
    caseId = await caseOf(world, ines, 'The ransom of May', [paul])
    const add = (kind: string, content: object, tlp?: string) =>
      world.does(ines, `${kind}.add`, { caseId, content, basis: 'fact', ...(tlp ? { marking: marking(tlp) } : {}) })
    await add('wallet', { chain: CHAIN, address: OPEN, custody: 'service', holder: 'Exchange X' })
    await add('wallet', { chain: CHAIN, address: HIDDEN, custody: 'unknown' }, 'amber+strict')
    await add('note', { text: 'Call the bank' })
  }, 120_000)
  afterAll(() => world?.close())

  async function putOnRecord(page: Page): Promise<void> {
    await page.getByText(say('intake.same'), { exact: true }).waitFor()
    await field(page, 'intake.authority').fill('Order 9')
    await field(page, 'intake.place').fill('Rotterdam')
    await button(page, say('intake.exhibit-add')).click()
  }
  const saved = async (download: Download): Promise<string> => {
    const path = join(folder, download.suggestedFilename())
    await download.saveAs(path)
    return path
  }

  it('a file of others becomes an exhibit, shows what it would add and what it would not, and is taken in', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/intake`)
    await page.getByText(say('takein.none'), { exact: true }).waitFor()
    await field(page, 'takein.pick').setInputFiles(file('money.ftm.json', MONEY))
    await page.getByText(say('takein.found', { format: say('handout.format.followthemoney') })).waitFor()
    await putOnRecord(page)
    await page.getByText(/^2 items are added, none is in the case already, 2 things could not be read$/).waitFor()
    await page.getByRole('cell', { name: OF_OTHERS }).waitFor()
    expect((await world.does(ines, 'wallet.list', { caseId })).items).toHaveLength(2)
    wrong.push(...(await lookNow(page, 'take-in-en-light')))
    await button(page, 'Take 2 items into the case').click()
    await page.getByText('2 items were taken into the case.').waitFor()
    const { items } = await world.does(ines, 'wallet.list', { caseId })
    expect(items.map(({ content }: Answer) => content.address)).toContain(OF_OTHERS)
    expect(items.find(({ content }: Answer) => content.address === OF_OTHERS).basis).toBe('assessment')
    const [taken] = (await world.does(ines, 'intake.list', { caseId })).items
    exhibitId = taken.exhibit
    expect(taken).toMatchObject({
      format: 'followthemoney',
      made: [{ kind: 'person-of-interest' }, { kind: 'wallet' }],
    })
    await page.getByText('Person of interest: 1 and Wallet: 1').waitFor()
  })

  it('which is named again, it adds nothing, and a file in another format than was said is refused in words', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/intake`)
    await field(page, 'takein.exhibit').selectOption(exhibitId)
    // Its name says the format.
    await page.getByText(/^Nothing is added, 2 are in the case already/).waitFor()
    await field(page, 'takein.format').selectOption('stix')
    await page
      .getByRole('alert')
      .getByText(/^FORMATS_/)
      .waitFor()
    await field(page, 'takein.pick').setInputFiles(file('x.json', Buffer.alloc(8 * 1024 * 1024 + 1, ' ')))
    await page.getByText(say('takein.too-large')).waitFor()
    expect((await world.does(ines, 'intake.list', { caseId })).items).toHaveLength(1)
  })

  it('what would go and what would stay is seen by an investigator, who does not hand out and is told who does', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/hand-outs`)
    await page.getByText(say('handout.none'), { exact: true }).waitFor()
    expect(await everyLook(page, 'hand-outs')).toEqual([])
    await button(page, say('handout.look')).click()
    await page
      .getByRole('alert')
      .getByRole('link', { name: say('handout.members') })
      .click()
    await field(page, 'handout.members').fill('Cyber Unit South')
    await button(page, say('handout.look')).click()
    await page.getByRole('heading', { name: say('handout.ahead') }).waitFor()
    const stays = page.getByRole('table', { name: say('handout.stays') })
    for (const [title, why] of [
      [HIDDEN, 'handout.why.marking'],
      ['Call the bank', 'handout.why.no-place'],
      [OF_OTHERS, 'handout.why.received'],
    ] as const)
      await stays.getByRole('row').filter({ hasText: title }).getByText(say(why)).waitFor()
    await page
      .getByRole('table', { name: say('handout.goes') })
      .getByText(OPEN)
      .waitFor()
    await page.getByText(say('evidence.who-exports')).waitFor()
    expect(await button(page, say('handout.do')).count()).toBe(0)
    wrong.push(...(await lookNow(page, 'hand-out-ahead-en-light')))
    // What was seen holds for what was asked only.
    await field(page, 'handout.reach').selectOption('public')
    await page.getByRole('heading', { name: say('handout.ahead') }).waitFor({ state: 'detached' })
    expect((await world.does(ines, 'hand-out.list', { caseId })).items).toEqual([])
  })

  it('by keyboard, a prosecutor hands it out: saved under its name, on record with every digest, nothing hidden in it', async () => {
    const page = await open(paul, world.at, `/cases/${caseId}/hand-outs`)
    await writeIn(page, say('handout.members'), 'Cyber Unit South')
    await reach(page, page.getByRole('checkbox', { name: /^Paul/ }))
    await page.keyboard.press('Space')
    await pressOn(page, say('handout.look'))
    await page.getByRole('heading', { name: say('handout.ahead') }).waitFor()
    await reach(page, button(page, say('handout.do')))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(say('handout.effect-final')).waitFor()
    wrong.push(...(await lookNow(page, 'hand-out-asked-en-light')))
    await reach(page, dialog.getByRole('button', { name: say('handout.do') }))
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    const bag = await saved(download)
    await page.getByText(say('handout.done')).waitFor()
    const [handed] = (await world.does(paul, 'hand-out.list', { caseId })).items
    expect(bag).toMatch(new RegExp(`bag-${handed.id}\\.zip$`))
    expect(handed.audience).toMatchObject({ members: ['Cyber Unit South', paul.id], reach: 'named' })
    execFileSync('python3', ['-m', 'zipfile', '-e', bag, join(folder, 'bag')])
    for (const { path, sha256 } of handed.files) {
      const bytes = readFileSync(join(folder, 'bag', `bag-${handed.id}`, 'data', path))
      expect(createHash('sha256').update(bytes).digest('hex'), path).toBe(sha256)
      expect(bytes.includes(HIDDEN), path).toBe(false)
    }
    await page.getByRole('heading', { name: 'Cyber Unit South and Paul' }).waitFor()
    // A hand-out bears no seal: the page that verifies says so, and judges nothing.
    const verify = await open(paul, world.at, '/verify')
    await verify.locator('input[type=file]:not([webkitdirectory])').setInputFiles(bag)
    await verify.getByRole('alert').getByText(say('verify.is-bag')).waitFor()
  })

  it('whose download was lost, it is fetched once more from its list, which an investigator is not offered', async () => {
    const none = await open(ines, world.at, `/cases/${caseId}/hand-outs`)
    await none.getByRole('heading', { name: 'Cyber Unit South and Paul' }).waitFor()
    expect(await button(none, say('handout.again')).count()).toBe(0)
    const page = await open(paul, world.at, `/cases/${caseId}/hand-outs`)
    await reach(page, button(page, say('handout.again')))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText(say('handout.again-journal')).waitFor()
    wrong.push(...(await lookNow(page, 'hand-out-again-en-light')))
    // As where the line breaks on the way: it is said in words, and can be tried again.
    await page.route('**/v1/hand-out/bag.zip', (route) => route.abort('connectionreset'))
    const fetches = dialog.getByRole('button', { name: say('handout.again') })
    await fetches.click()
    await dialog.getByRole('alert').getByText(say('trouble.not-reached')).waitFor()
    await page.unroute('**/v1/hand-out/bag.zip')
    await reach(page, fetches)
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')])
    await page.getByText(say('handout.again-done')).waitFor()
    wrong.push(...(await lookNow(page, 'hand-out-fetched-en-light')))
    const [handed, ...more] = (await world.does(paul, 'hand-out.list', { caseId })).items
    expect([download.suggestedFilename(), more]).toEqual([`bag-${handed.id}.zip`, []])
    const bag = await saved(download)
    execFileSync('python3', ['-m', 'zipfile', '-e', bag, join(folder, 'again')])
    for (const { path, sha256 } of handed.files) {
      const bytes = readFileSync(join(folder, 'again', `bag-${handed.id}`, 'data', path))
      expect(createHash('sha256').update(bytes).digest('hex'), path).toBe(sha256)
    }
  })

  it('the indicators in it wait for whoever was named to fetch them, and are saved as STIX', async () => {
    const none = await open(ines, world.at, '/indicators')
    await none.getByText(say('indicators.none'), { exact: true }).waitFor()
    await open(paul, world.at, '/cases')
    const page = paul.page
    await page.getByRole('link', { name: say('indicators.title') }).click()
    await page.getByText(say('indicators.machines'), { exact: true }).waitFor()
    expect(await everyLook(page, 'indicators')).toEqual([])
    await button(page, say('indicators.read-of', { title: 'The ransom of May' })).click()
    await page.getByRole('cell', { name: OPEN }).first().waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, say('indicators.save')).click()])
    const bundle = JSON.parse(readFileSync(await saved(download), 'utf8'))
    const { objects } = await world.does(paul, 'indicator.collection.read', { caseId })
    expect(bundle).toMatchObject({ type: 'bundle', objects: objects.map(({ object }: Answer) => JSON.parse(object)) })
  })

  it('a bundle says what is in it once it is made', async () => {
    const page = await open(paul, world.at, `/cases/${caseId}/evidence`)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, say('evidence.bundle-fetch')).click(),
    ])
    const name = download.suggestedFilename()
    await page
      .getByText(/^1 exhibit, no request, no trace record; \d+ files with the journal and the proofs$/)
      .waitFor()
    await page.getByText(`comity-verify ${name}`).waitFor()
    wrong.push(...(await lookNow(page, 'evidence-bundle-en-light')))
  })

  it('a copy of an exhibit is an exhibit of its own, and each names the other', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/evidence/${exhibitId}`)
    await button(page, say('custody.do.copy')).click()
    const dialog = page.getByRole('dialog')
    const image = Buffer.from('The image of it')
    await dialog.getByLabel(say('custody.copy-pick')).setInputFiles(file('image.dd', image, 'application/octet-stream'))
    await dialog.getByText(say('intake.same'), { exact: true }).waitFor()
    await dialog.getByRole('button', { name: say('custody.do.copy') }).click()
    await dialog
      .getByRole('alert')
      .getByRole('link', { name: say('custody.copy-method') })
      .click()
    await page.keyboard.type('Imaged through a write blocker; hashes compared.')
    await dialog.getByLabel(say('custody.tool'), { exact: true }).fill('dd')
    await dialog.getByLabel(say('custody.tool-version'), { exact: true }).fill('9.7')
    await dialog.getByLabel(say('custody.place'), { exact: true }).fill('Laboratory 2')
    wrong.push(...(await lookNow(page, 'exhibit-copy-en-light')))
    await dialog.getByRole('button', { name: say('custody.do.copy') }).click()
    await page.getByRole('link', { name: say('exhibit.to-source') }).waitFor()
    const copied = page.url().split('/').at(-1) ?? ''
    expect(await world.does(ines, 'exhibit.read', { exhibitId: copied })).toMatchObject({
      ...{ sourceExhibit: exhibitId, sha256: createHash('sha256').update(image).digest('hex'), fileName: 'image.dd' },
    })
    const { events, flaws } = await world.does(ines, 'custody.history', { exhibitId })
    expect([events.at(-1).act, events.at(-1).derived, flaws]).toEqual(['copy', copied, []])
  })

  it('what nobody may do with an exhibit is not offered: a release is received by its recipient alone', async () => {
    const bert = await world.person('Bert', 'evidence-custodian')
    bert.page.setDefaultTimeout(20_000)
    const { version } = await world.does(ines, 'case.read', { caseId })
    await world.does(ines, 'case.member.add', { caseId, personId: bert.id }, version)
    const path = `/cases/${caseId}/evidence/${exhibitId}`
    const other = await open(bert, world.at, path)
    await other.getByText(say('custody.only-holder')).waitFor()
    const page = await open(ines, world.at, path)
    await button(page, say('custody.do.release')).click()
    await field(page, 'custody.authority').fill('Order 9')
    await field(page, 'custody.place').fill('Rotterdam')
    await field(page, 'custody.to').selectOption(bert.id)
    await page
      .getByRole('dialog')
      .getByRole('button', { name: say('custody.do.release') })
      .click()
    await button(page, say('custody.do.withdraw')).waitFor()
    expect(await button(page, say('custody.do.receive')).count()).toBe(0)
    await button(other, say('custody.do.receive')).click()
    await field(other, 'custody.authority').fill('Order 9')
    await field(other, 'custody.place').fill('Store 3')
    await other
      .getByRole('dialog')
      .getByRole('button', { name: say('custody.do.receive') })
      .click()
    await button(other, say('custody.do.seal')).waitFor()
    expect(await button(other, say('custody.do.receive')).count()).toBe(0)
    // Whoever answers for the case and keeps no custody is told who does.
    await (await open(paul, world.at, path)).getByText(say('custody.not-your-role')).waitFor()
  })

  it('an upload that broke off is named when its page is opened again, and given up for good', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/intake`)
    await page.route('**/v1/uploads/*', (route) =>
      route.request().method() === 'PATCH' ? route.abort('connectionreset') : route.continue(),
    )
    await field(page, 'intake.files-pick').setInputFiles(file('disk.img', Buffer.alloc(100_000, 'd')))
    await page
      .getByRole('main')
      .getByRole('button', { name: say('trouble.again') })
      .waitFor()
    await page.unroute('**/v1/uploads/*')
    await page.reload()
    await page.getByText(/^The sending of a file broke off/).waitFor()
    wrong.push(...(await lookNow(page, 'intake-broken-en-light')))
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/exhibit/upload/abandon')),
      button(page, say('intake.give-up-what', { name: 'disk.img' })).click(),
    ])
    expect(answer.status()).toBe(200)
    await page.getByText(/^The sending of a file broke off/).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByText(say('intake.files'), { exact: true }).waitFor()
    expect(await page.getByText(/^The sending of a file broke off/).count()).toBe(0)
  })

  it('a request on paper is typed into a case, by keyboard, and waits for its answer', async () => {
    await open(paul, world.at, '/requests')
    const { page } = paul
    await page.getByRole('link', { name: say('request.receive.open') }).click()
    await page.getByRole('heading', { name: say('request.receive') }).waitFor()
    expect(await everyLook(page, 'request-receive')).toEqual([])
    await pressOn(page, say('request.receive.do'))
    await page
      .getByRole('alert')
      .getByRole('link', { name: say('request.receive.reference') })
      .waitFor()
    await field(page, 'request.receive.case').selectOption(caseId)
    await writeIn(page, say('request.receive.authority'), 'Tribunal judiciaire de Paris')
    await field(page, 'request.receive.country').selectOption('FR')
    await field(page, 'request.receive.role').selectOption('court')
    await writeIn(page, say('request.receive.reference'), 'RG 7/2026')
    await field(page, 'request.receive.instrument').selectOption('EU-2018-1805')
    await field(page, 'request.receive.type').selectOption('FREEZE.REQUEST')
    await field(page, 'request.measure').selectOption('FREEZE_SPECIFIC')
    await field(page, 'request.receive.language').selectOption('fr')
    await writeIn(page, say('request.facts-label'), 'Ce qui est arrivé.')
    await optional(page, 'request.receive.exhibit').selectOption(exhibitId)
    await pressOn(page, say('request.asset-add'))
    await writeIn(page, say('request.chain-address'), OPEN)
    wrong.push(...(await lookNow(page, 'request-receive-typed-en-light')))
    await pressOn(page, say('request.receive.do'))
    await page.getByRole('heading', { name: say('request.receive.done') }).waitFor()
    const answers = page.getByRole('link', { name: say('request.receive.answer') })
    const id = (await answers.getAttribute('href'))?.split('/').at(-2) ?? ''
    const { request } = await world.does(paul, 'request.read', { id })
    expect(request).toMatchObject({
      state: 'received',
      incoming: {
        ...{ reference: 'RG 7/2026', arrival: 'post', exhibit: exhibitId, letter: null },
        sender: { authority: 'Tribunal judiciaire de Paris', country: 'FR', role: 'court', address: null },
      },
      content: {
        ...{ measure: 'FREEZE_SPECIFIC', facts: 'Ce qui est arrivé.', languages: { original: 'fr', theirs: [] } },
        clock: { country: 'NL', zone: 'Europe/Amsterdam' },
        assets: [{ chain: CHAIN, address: OPEN }],
      },
    })
    expect(Date.parse(request.received.receivedByNodeAt)).toBeLessThanOrEqual(Date.now())
    await answers.click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(page.url()).toContain(`/requests/${id}/answer`)
  })

  it('a letter is read from its file into a new case, and once only', async () => {
    const content = {
      ...{ instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST', measure: 'FREEZE_SPECIFIC' },
      data: { issuingState: 'FR', 'issuer.name': 'Tribunal judiciaire de Lyon' },
      languages: { original: 'fr', theirs: ['en'] },
      recipients: [{ authority: 'Public prosecutor', country: 'NL', role: 'to' }],
      clock: { country: 'NL', zone: 'Europe/Amsterdam' },
      ...{ urgency: null, facts: 'Lettre de Lyon', trace: null, useConditions: [] },
      assets: [{ chain: CHAIN, address: OPEN, asset: null, amount: '1000', value: null }],
    }
    const letter = approvedContent({
      requestId: '00000000-0000-7000-8000-0000000000aa',
      caseId: '00000000-0000-7000-8000-0000000000ab',
      content: content as never,
      marking: marking('amber+strict') as never,
      ...{ policies: sha256Text('their policies'), needed: 2 },
    })
    const page = await open(paul, world.at, '/requests/receive')
    const pick = optional(page, 'request.receive.letter')
    await pick.setInputFiles(file('other.json', '{}'))
    await page.getByText(say('request.receive.no-letter')).waitFor()
    await pick.setInputFiles(file('request.json', JSON.stringify(letter)))
    await page.getByText('Lettre de Lyon').waitFor()
    // What the letter says is not asked for.
    expect(await field(page, 'request.receive.authority').inputValue()).toBe('Tribunal judiciaire de Lyon')
    expect(await field(page, 'request.receive.country').inputValue()).toBe('FR')
    expect(await field(page, 'cases.tlp').inputValue()).toBe('amber+strict')
    await field(page, 'cases.field.title').fill('For Lyon')
    await field(page, 'request.receive.role').selectOption('court')
    await field(page, 'request.receive.reference').fill('L 1/2026')
    await optional(page, 'request.receive.digest').fill('ab'.repeat(32))
    await button(page, say('request.receive.do')).click()
    await page.getByRole('alert').getByText('LETTER_DIGEST').waitFor()
    await optional(page, 'request.receive.digest').fill('')
    await button(page, say('request.receive.do')).click()
    await page.getByRole('heading', { name: say('request.receive.done') }).waitFor()
    const { items } = await world.does(paul, 'case.list', {})
    expect(items.find((one: Answer) => one.case.title === 'For Lyon').case).toMatchObject({ partners: ['FR'] })
  })

  describe('a dossier on the page that verifies', () => {
    const directory = join(folder, 'directory')
    const dossier = dossierOfTwo()
    const root = createHash('sha256')
      .update(directoryOfTwo().get('1.root.json') ?? '')
      .digest('hex')
    beforeAll(() => {
      for (const [path, bytes] of directoryOfTwo()) {
        mkdirSync(dirname(join(directory, path)), { recursive: true })
        writeFileSync(join(directory, path), bytes)
      }
    })
    const drop = (page: Page, name: string, text: string) =>
      page.locator('input[type=file]:not([webkitdirectory])').setInputFiles(file(name, text))
    const giveDirectory = (page: Page) => page.locator('input[webkitdirectory]').last().setInputFiles(directory)

    it('waits for the directory, is judged with it, and is right only where its root was compared', async () => {
      const page = await open(ines, world.at, '/verify')
      await drop(page, 'vienna.dossier.json', JSON.stringify(dossier))
      await page.getByRole('alert').getByText(say('verify.needs-directory')).waitFor()
      await page.locator('input[webkitdirectory]').last().setInputFiles(join(directory, 'members'))
      await page.getByRole('alert').getByText(say('verify.no-directory')).waitFor()
      await giveDirectory(page)
      await page.getByRole('heading', { name: say('verify.dossier-not-compared') }).waitFor()
      await field(page, 'verify.root-sha256').fill(root)
      await drop(page, 'vienna.dossier.json', JSON.stringify(dossier))
      await page.getByRole('heading', { name: say('verify.dossier-right') }).waitFor()
      const seen = await seenIn(page.locator('main'))
      for (const words of ['3 messages are right, nothing is wrong.', say('inbox.type.freeze.request'), root])
        expect(seen).toContain(words)
      expect(seen).toContain('approved by 2 people of the sender')
      wrong.push(...(await lookNow(page, 'verify-dossier-en-light')))
    })

    it('names what is left out, another root, and a file that is none of these', async () => {
      const { page } = ines
      const [first, , third] = dossier.items
      await drop(page, 'gap.dossier.json', JSON.stringify({ ...dossier, items: [first, third] }))
      await page.getByRole('heading', { name: say('verify.wrong') }).waitFor()
      expect(await seenIn(page.locator('main'))).toContain('does not follow on the one before it')
      await field(page, 'verify.root-sha256').fill('ab'.repeat(32))
      await drop(page, 'vienna.dossier.json', JSON.stringify(dossier))
      await page.getByRole('alert').getByText(say('verify.root-differs')).waitFor()
      await drop(page, 'trace.json', '{"format":"comity-trace/1"}')
      await page.getByRole('alert').getByText(say('verify.is-trace')).waitFor()
      await drop(page, 'note.json', '{"a":1}')
      await page.getByRole('alert').getByText(say('verify.is-unknown')).waitFor()
    })
  })

  it('every screen was right as it stood', () => {
    expect(wrong).toEqual([])
    // What the node refuses, and the line that was broken on purpose, the browser tells of too.
    const meant = /Failed to load resource: (net::ERR_CONNECTION_RESET|the server responded with a status of 4\d\d )/
    expect([...ines.wrongs, ...paul.wrongs].filter((one) => !meant.test(one))).toEqual([])
  })
})
