/** Evidence on the screen: what is kept of a case and of each exhibit, and the verdict on a bundle, in a browser that asks nobody. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { phrasesIn } from '../../../scripts/phrases.ts'
import { findChromium } from '../chromium.ts'
import { seenIn } from '../pages/node-with-browser.ts'
import { looks, visit } from './screen-checks.ts'
import { caseOf, open, openWorld, type User, type World } from './world.ts'

const words = (language: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../web/src/evidence/messages/${language}.json`, import.meta.url), 'utf8'),
  ) as Record<string, string>

describe.skipIf(findChromium() === null)('evidence', () => {
  let world: World
  let ines: User
  let paul: User
  let caseId = ''
  let exhibitId = ''
  let bundle = ''
  let policy = ''
  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
    paul = await world.person('Paul', 'prosecutor')
    caseId = await caseOf(world, ines, 'The ransom of May', [paul])
    exhibitId = await exhibitOf(caseId)
    const folder = mkdtempSync(join(tmpdir(), 'comity-web-bundle-'))
    const answer = await fetch(`${world.at.node.url}/v1/case/bundle.zip`, {
      method: 'POST',
      headers: { authorization: `Bearer ${paul.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ caseId }),
    })
    if (answer.status !== 200) throw new Error(await answer.text())
    bundle = join(folder, 'bundle.zip')
    writeFileSync(bundle, Buffer.from(await answer.arrayBuffer()))
    policy = `log ${(await (await fetch(`${world.at.node.url}/log/key`)).text()).trim()}\nquorum none\n`
  })
  afterAll(() => world?.close())

  /** A file on record, as a person puts it there: uploaded in one piece, then described. */
  async function exhibitOf(ofCase: string): Promise<string> {
    const bytes = Buffer.from('what the attacker wrote')
    const { uploadId } = await world.does(ines, 'exhibit.upload.begin', { caseId: ofCase, size: bytes.length })
    const sent = await fetch(`${world.at.node.url}/v1/uploads/${uploadId}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${ines.token}`,
        'content-type': 'application/offset+octet-stream',
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
      },
      body: bytes,
    })
    expect(sent.status).toBe(204)
    // Sealing goes on after the last byte has arrived.
    for (let tries = 0; ; tries++) {
      const isSealed = await world
        .does(ines, 'exhibit.upload.finish', { caseId: ofCase, uploadId })
        .then(() => true)
        .catch(() => false)
      if (isSealed) break
      if (tries === 200) throw new Error('the upload was not sealed')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const added = await world.does(ines, 'exhibit.add', {
      ...{ caseId: ofCase, kind: 'file', title: 'The note of the attacker', uploadId, fileName: 'note.txt' },
      marking: { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false },
      ...{ acquirer: { personId: ines.id }, competence: 'Certified in tracing', authority: 'Order 7' },
      ...{ place: 'Rotterdam', acquiredAt: new Date().toISOString(), tool: { name: 'dd', version: '9.7' } },
    })
    return added.exhibitId
  }

  it('of a case is listed, and an exhibit is sealed by mouse and unsealed by keyboard', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/evidence`)
    await page.getByRole('link', { name: 'The note of the attacker' }).click()
    await page.getByRole('button', { name: words('en')['custody.do.seal'] as string, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(words('en')['custody.authority'] as string).fill('Order 7')
    await dialog.getByLabel(words('en')['custody.place'] as string).fill('Rotterdam')
    await dialog.getByLabel(words('en')['custody.seal-number'] as string).fill('NL-0042')
    await dialog.getByRole('button', { name: words('en')['custody.do.seal'] as string }).click()
    await page.getByText('NL-0042').waitFor()
    expect((await world.does(ines, 'exhibit.read', { exhibitId })).custody).toMatchObject({
      ...{ state: 'sealed', seal: 'NL-0042' },
    })
    await page.getByRole('button', { name: words('en')['custody.do.unseal'] as string }).focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor()
    await page.getByLabel(words('en')['custody.authority'] as string).focus()
    await page.keyboard.type('Order 8')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Rotterdam')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect((await world.does(ines, 'exhibit.read', { exhibitId })).custody.state).toBe('held')
    const { events, flaws } = await world.does(ines, 'custody.history', { exhibitId })
    expect([events.length, flaws]).toEqual([3, []])
  })

  it('of an address is found in the cases of its reader, told with who disagrees, and watched by keyboard', async () => {
    const chain = 'bip122:000000000019d6689c085ae165831e93'
    const address = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
    const say = JSON.parse(
      readFileSync(new URL('../../../web/src/address/messages/en.json', import.meta.url), 'utf8'),
    ) as Record<string, string>
    await world.does(ines, 'wallet.add', {
      ...{ caseId, basis: 'fact', content: { chain, address, custody: 'service', holder: 'Exchange X' } },
    })
    for (const claim of ['controlled by Exchange X', 'controlled by Exchange Y'])
      await world.does(ines, 'statement.make', {
        ...{ caseId, subject: { type: 'address', network: chain, value: address }, claim, basis: 'A purchase' },
        ...{ method: 'Test purchase', confidence: 'moderate', sourceExhibit: exhibitId, statedBy: 'The agency' },
        ...{ validFrom: null, validTo: null },
        marking: { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false },
      })
    const page = await open(ines, world.at, '/address')
    await page.getByLabel(say['address.seek'] as string).focus()
    await page.keyboard.type(address)
    await page.keyboard.press('Enter')
    await page.getByText(say['address.differ'] as string).waitFor()
    const seen = await seenIn(page.locator('main'))
    for (const words of ['controlled by Exchange X', 'controlled by Exchange Y', 'moderate confidence', 'Bitcoin'])
      expect(seen).toContain(words)
    await page.getByRole('button', { name: say['address.watch-do'] as string }).focus()
    await page.keyboard.press('Enter')
    await page.getByText(say['address.watched-in'] as string).waitFor()
    const { items } = await world.does(ines, 'watch.list', { caseId })
    expect(items.map(({ content }: { content: { addresses: unknown } }) => content.addresses)).toEqual([[address]])
    // Whoever is in no case learns that it stands in none of theirs, and no more.
    const stranger = await world.person('Nora', 'investigator')
    const other = await open(stranger, world.at, `/address?q=${address}`)
    await other.getByText(say['address.unknown'] as string).waitFor()
    expect(await seenIn(other.locator('main'))).not.toContain('Exchange')
  })

  const judged = async (user: User, file: string | readonly string[], trust: string, language = 'en') => {
    const page = await open(user, world.at, '/verify')
    await page.getByLabel(words(language)['verify.policy'] as string).fill(trust)
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: words(language)['verify.choose-zip'] as string, exact: true }).click(),
    ])
    await chooser.setFiles(file as string)
    await page.locator('.verdict, [role=alert]').first().waitFor()
    return seenIn(page.locator('main'))
  }

  it('is judged as the program comity-verify judges it, whoever asks', async () => {
    const seen = await judged(ines, bundle, policy)
    expect(seen).toContain('Everything that this bundle states was checked and is right.')
    const verdict = verdictOfProgram()
    expect(verdict.result).toBe('all checked')
    expect(seen).toContain(`${verdict.statements.length} statements are right, 0 not checked, 0 wrong.`)
    const page = ines.page
    for (const closed of await page.locator('main details:not([open]) > summary').all()) await closed.click()
    const all = await seenIn(page.locator('main'))
    for (const { says } of verdict.statements) expect(all).toContain(says)
  })

  it.each(['fr', 'es', 'de', 'ar', 'zh'])('is said in %s, every sentence of it', async (language) => {
    const { page } = ines
    const speaks = (id: string) => page.evaluate(`localStorage.setItem('comity.language', '${id}')`)
    await speaks(language)
    await judged(ines, bundle, policy, language).finally(() => speaks('en'))
    const sentence = phrasesIn('verdict', language)['The checkpoint of the entries is signed by the key of the seal.']
    await page.getByText(sentence ?? '').waitFor()
    for (const closed of await page.locator('main details:not([open]) > summary').all()) await closed.click()
    expect(await page.locator('main section [lang="en"]').allTextContents()).toEqual([])
  })

  /** What comity-verify says of the same file. */
  function verdictOfProgram(): { readonly result: string; readonly statements: readonly { readonly says: string }[] } {
    const trust = join(mkdtempSync(join(tmpdir(), 'comity-web-bundle-')), 'policy.txt')
    writeFileSync(trust, policy)
    const program = fileURLToPath(new URL('../../bin/comity-verify.mjs', import.meta.url))
    return JSON.parse(
      execFileSync(process.execPath, [program, bundle, '--policy', trust, '--json'], { encoding: 'utf8' }),
    )
  }

  it('is not all checked where nobody says whom they trust', async () => {
    expect(await judged(ines, bundle, '')).toContain('Nothing is wrong, but not everything was checked.')
  })

  it('is named wrong, with the file, when a byte of it was changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'comity-web-bundle-'))
    execFileSync('python3', ['-m', 'zipfile', '-e', bundle, folder])
    const [top = ''] = readdirSync(folder)
    const entries = join(folder, top, 'journal', 'entries')
    const found = readdirSync(join(folder, top), { recursive: true, encoding: 'utf8' }).filter((one) =>
      /entries.*\.json$/.test(one),
    )
    mkdirSync(entries, { recursive: true })
    const victim = join(folder, top, found[0] as string)
    writeFileSync(
      victim,
      readFileSync(victim, 'utf8').replace(/\d/, (one) => String((Number(one) + 1) % 10)),
    )
    const changed = join(folder, 'changed.zip')
    execFileSync('python3', ['-m', 'zipfile', '-c', changed, join(folder, top)])
    const seen = await judged(ines, changed, policy)
    expect(seen).toContain('Something is wrong.')
    expect(seen).toContain(found[0])
  })

  it('is no verdict when it is no bundle', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'comity-web-bundle-')), 'letter.zip')
    writeFileSync(path, 'PK and nothing else')
    expect(await judged(ines, path, policy)).toContain('There is no verdict')
  })

  it.each(looks)('is right on each screen in %s, %s', async (...look) => {
    const wrong = await visit(
      ines.page,
      `${world.at.origin}/app`,
      [
        ['verify', '/verify'],
        ['evidence', `/cases/${caseId}/evidence`],
        ['exhibit', `/cases/${caseId}/evidence/${exhibitId}`],
        ['address', '/address?q=bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'],
      ],
      look,
    )
    expect(wrong).toEqual([])
    expect(ines.wrongs).toEqual([])
  })

  it.each([
    ['at a press', false],
    ['after the page was closed', true],
  ] as const)('whose sending breaks off goes on from what has arrived, %s', async (_, isClosed) => {
    const bytes = Buffer.alloc(9_000_000, `evidence ${isClosed} `)
    const file = { name: 'disk.img', mimeType: 'application/octet-stream', buffer: bytes }
    const page = await open(ines, world.at, `/cases/${caseId}/intake`)
    const sent: number[] = []
    let begun = 0
    const watched = (request: Request) => {
      if (request.method() === 'PATCH') sent.push(Number(request.headers()['upload-offset']))
      if (request.url().endsWith('/exhibit/upload/begin')) begun += 1
    }
    page.on('request', watched)
    // The line breaks in the middle of the second piece: a megabyte of it arrives, and the browser is told of none.
    await page.route('**/v1/uploads/*', async (route) => {
      const from = Number(route.request().headers()['upload-offset'])
      if (route.request().method() !== 'PATCH' || from === 0) return route.continue()
      await fetch(route.request().url().replace(world.at.origin, world.at.node.url), {
        method: 'PATCH',
        headers: {
          ...{ authorization: `Bearer ${ines.token}`, 'content-type': 'application/offset+octet-stream' },
          ...{ 'tus-resumable': '1.0.0', 'upload-offset': String(from) },
        },
        body: bytes.subarray(from, from + 1_000_000),
      })
      return route.abort('connectionreset')
    })
    const say = JSON.parse(
      readFileSync(new URL('../../../web/src/intake/messages/en.json', import.meta.url), 'utf8'),
    ) as Record<string, string>
    const pick = () => page.getByLabel(say['intake.files-pick'] as string).setInputFiles(file)
    await pick()
    const again = page.getByRole('main').getByRole('button', { name: 'Try again' })
    await again.waitFor()
    expect(sent).toEqual([0, 4_194_304])
    await page.unroute('**/v1/uploads/*')
    if (isClosed) {
      await page.reload()
      await pick()
    } else await again.click()
    await page.getByText(say['intake.same'] as string, { exact: true }).waitFor()
    // Nothing that has arrived is sent again, and it is one upload.
    expect([sent, begun]).toEqual([[0, 4_194_304, 5_194_304], 1])
    await page.getByLabel(say['intake.authority'] as string, { exact: true }).fill('Order 9')
    await page.getByLabel(say['intake.place'] as string, { exact: true }).fill('Rotterdam')
    await page.getByRole('button', { name: say['intake.exhibit-add'] as string }).click()
    await page.getByText(/On record as exhibit \d/).waitFor()
    const digest = createHash('sha256').update(bytes).digest('hex')
    expect(JSON.stringify(await world.does(ines, 'exhibit.list', { caseId }))).toContain(digest)
    // A browser tells of the break, and of a file that is not sealed yet.
    expect(ines.wrongs.splice(0).filter((one) => !/ERR_CONNECTION_RESET|status of 409/.test(one))).toEqual([])
    page.off('request', watched)
  })
})
