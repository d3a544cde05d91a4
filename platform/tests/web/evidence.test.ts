/** Evidence on the screen: what is kept of a case and of each exhibit, and the verdict on a bundle, in a browser that asks nobody. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../chromium.ts'
import { lookAt } from './screen-checks.ts'
import { caseOf, open, openWorld, type User, type World } from './world.ts'

const words = (language: string) =>
  JSON.parse(
    readFileSync(new URL(`../../../web/src/evidence/messages/${language}.json`, import.meta.url), 'utf8'),
  ) as Record<string, string>

describe.skipIf(findChromium() === null)('evidence', () => {
  let world: World
  let ines: User
  let paul: User
  let bundle = ''
  let policy = ''
  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
    paul = await world.person('Paul', 'prosecutor')
    const caseId = await caseOf(world, ines, 'The ransom of May', [paul])
    await world.does(ines, 'note.add', {
      caseId,
      item: { text: 'Paid on 8 May.' },
    })
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

  const judged = async (user: User, file: string | readonly string[], trust: string) => {
    const page = await open(user, world.at, '/verify')
    await page.getByLabel(words('en')['verify.policy'] as string).fill(trust)
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: words('en')['verify.choose-zip'] as string }).click(),
    ])
    await chooser.setFiles(file as string)
    await page.locator('.verdict, [role=alert]').first().waitFor()
    return page.locator('main').innerText()
  }

  it('is judged as the program comity-verify judges it, whoever asks', async () => {
    const seen = await judged(ines, bundle, policy)
    expect(seen).toContain('Everything that this bundle states was checked and is right.')
    expect(seen).toContain('The key of')
  })

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
    writeFileSync(victim, readFileSync(victim, 'utf8').replace(/\d/, (one) => String((Number(one) + 1) % 10)))
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

  it.each([
    ['en', 'light'],
    ['en', 'dark'],
    ['ar', 'light'],
  ] as const)('is right in %s, %s', async (language, theme) => {
    const page = await open(ines, world.at, '/verify')
    expect(await lookAt(page, 'verify', { language, theme })).toEqual([])
    expect(ines.wrongs).toEqual([])
  })
})
