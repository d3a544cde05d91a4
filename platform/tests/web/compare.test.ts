/**
 * Two agencies that are after the same, each a node of its own: what partners may find, asking and a hit by mouse and by keyboard, in
 * English and in Arabic; consent of people of both sides; and orders that collide, step by step, or are put there by hand. The clock of the jobs is not waited for: they are rung.
 */
import { join } from 'node:path'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agencies } from '../../src/cli/commands/story.ts'
import { runningServer } from '../../src/io/postgres/index.ts'
import { findChromium } from '../chromium.ts'
import { temporaryFolder } from '../run-comity.ts'
import { pressOn, tabTo, writeIn } from './by-keyboard.ts'
import { handOn, sayIn, type Way, ways } from './hands.ts'
import { everyLook, lookNow } from './screen-checks.ts'
import { type Actor, openThreeNodes, type ThreeNodes } from './three-nodes-world.ts'
import { wordsIn } from './words.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
/** What both are after: one for each way of working. */
const BOTH = [
  'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3',
  'bc1qpx7vyv5tp7dm0g475ev527krg764t73dh77gls',
  'bc1qvjh9cq6qlj4f4q5vxnkgt25mc6qld04vv20fhe',
  'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
] as const
const OWN = 'bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq'
const [ROTTERDAM, FRANKFURT] = [agencies[0]?.name ?? '', agencies[1]?.name ?? '']
const en = wordsIn('en')
const ar = wordsIn('ar')

describe.skipIf(findChromium() === null)('comparing with a partner', () => {
  let world: ThreeNodes
  let ines: Actor
  let paul: Actor
  let gina: Actor
  let petra: Actor
  const cases: Record<'nl' | 'de', string> = { nl: '', de: '' }

  beforeAll(async () => {
    world = await openThreeNodes(join(temporaryFolder(), 'compare'), agencies.slice(0, 2))
    const [nl, de] = world.nodes as [(typeof world.nodes)[number], (typeof world.nodes)[number]]
    await Promise.all([
      (async () => {
        ines = await world.person(nl, 'Ines', 'investigator')
        paul = await world.person(nl, 'Paul', 'prosecutor')
        gina = await world.person(nl, 'Gina', 'auditor')
      })(),
      (async () => {
        petra = await world.person(de, 'Petra', 'prosecutor')
      })(),
    ])
    for (const { page } of [ines, paul, petra, gina]) page.setDefaultTimeout(20_000)
    const opening = { kind: 'local', purposes: ['criminal-proceedings'] }
    const opened = await ines.does('case.open', { ...opening, title: 'The ransom of May' })
    cases.nl = opened.id
    await ines.does('case.member.add', { caseId: cases.nl, personId: paul.id, seen: opened.version })
    cases.de = (await petra.does('case.open', { ...opening, title: 'Ransom, the German part' })).id
  }, 300_000)
  afterAll(() => world?.close())

  const adds = (who: Actor, caseId: string, address: string) =>
    who.does('wallet.add', { caseId, content: { chain: BITCOIN, address, custody: 'unknown' }, basis: 'fact' })

  const speaks = async (who: Actor, caseId: string, language: string) => {
    await who.page.evaluate(`localStorage.setItem('comity.language', '${language}')`)
    return who.goes(`/cases/${caseId}/compare`)
  }
  const wayOf = (by: Way[0], language: Way[1]) => ways.findIndex((way) => way[0] === by && way[1] === language)

  it('teaches what is told to whom', async () => {
    const page = await petra.goes(`/cases/${cases.de}/compare`)
    await page.getByText(en('compare.watched-none'), { exact: true }).waitFor()
    expect(await everyLook(page, 'compare-none')).toEqual([])
    await Promise.all([
      ...BOTH.flatMap((address) => [adds(petra, cases.de, address), adds(ines, cases.nl, address)]),
      adds(ines, cases.nl, OWN),
    ])
  })

  it.each(ways)('an address is released by a person of the case, by %s, in %s', async (by, language) => {
    const [say, both] = [sayIn(language), BOTH[wayOf(by, language)] ?? '']
    const page = await speaks(petra, cases.de, language)
    const hand = handOn(page, by)
    await hand.press(page.locator('#watch-items').getByLabel(both))
    await hand.press(page.getByRole('button', { name: say('compare.watch'), exact: true }))
    await page.getByRole('button', { name: say('compare.unwatch-of', { address: both }) }).waitFor()
  })

  it('what was released is there to be found', () => rings(petra, 'deconfliction-epochs', 'deconfliction-tags'))

  it.each(ways)(
    'a partner is asked, by %s, in %s; both being after one is known to the asking side alone',
    async (by, language) => {
      const [say, both] = [sayIn(language), BOTH[wayOf(by, language)] ?? '']
      const budget = async () => (await ines.does('deconfliction.partners', { caseId: cases.nl })).partners[0].left
      const before = await budget()
      const page = await speaks(ines, cases.nl, language)
      const hand = handOn(page, by)
      const asks = page.getByRole('button', { name: say('compare.ask-do'), exact: true })
      await hand.press(asks)
      await hand.press(page.getByRole('alert').getByRole('link').first())
      await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('ask-items')
      for (const address of [both, OWN]) await hand.press(page.locator('#ask-items').getByLabel(address))
      await hand.press(page.locator('#ask-peers').getByLabel(FRANKFURT))
      // At what cost, before it is asked: two are filled up to a batch.
      await page
        .locator('form .note')
        .filter({ hasText: /2.*128/ })
        .waitFor()
      await hand.press(asks)
      // The newest stands first.
      const asked = page.locator('article').first()
      await asked.getByText(say('compare.answer.asking'), { exact: true }).waitFor()
      await rings(ines, 'deconfliction-ask')
      await asked.getByText(say('compare.answer.hit'), { exact: true }).waitFor({ timeout: 60_000 })
      await asked.getByText(both).waitFor()
      expect(await budget()).toBe(before - 128)
      expect((await petra.does('deconfliction.contacts', { caseId: cases.de })).items).toEqual([])
    },
  )

  it('is right to look at, with what was asked and found', async () => {
    for (const who of [ines, petra]) await who.page.evaluate("localStorage.removeItem('comity.language')")
    expect(await everyLook(await ines.goes(`/cases/${cases.nl}/compare`), 'compare')).toEqual([])
  })

  it('is opened to the oversight: which case each address had, computed to be what was committed to', async () => {
    const [{ caseCommit }] = (await ines.does('deconfliction.list', { caseId: cases.nl })).items
    const page = await gina.goes('/audit/samples')
    await page.getByRole('button', { name: en('compare.samples-open') }).click()
    await page.getByRole('alert').getByRole('link').first().click()
    expect(await page.evaluate('document.activeElement.id')).toBe('samples-commit')
    await page.getByLabel(en('compare.samples-commit')).fill(caseCommit)
    await page.getByRole('button', { name: /^Take 16 of 128/ }).click()
    await page.getByLabel(en('compare.samples-places')).fill(Array.from({ length: 128 }, (_, at) => at).join(' '))
    await page.getByRole('button', { name: en('compare.samples-open') }).click()
    await page.getByText(en('compare.samples-whole')).waitFor()
    await page.getByText(BOTH[0]).first().waitFor()
    await page.getByText(OWN).first().waitFor()
    expect(await page.getByText(en('compare.samples-in'), { exact: true }).count()).toBe(128)
    expect(await page.getByText(cases.nl).count()).toBe(2)
    await page.reload()
    expect(await everyLook(page, 'samples')).toEqual([])
  })

  it('leads to a meeting by the consent of somebody on each side, and not of whoever asked', async () => {
    const told = { nl: ['NL-2026-17', 'Paul, +31 10 888 8888'], de: ['DE 7 Js 26', 'Petra, +49 69 8888 8888'] } as const
    const fills = async (who: Actor, [file, contact]: readonly [string, string]) => {
      await who.page.getByLabel(en('compare.caseRef'), { exact: true }).fill(file)
      await who.page.getByLabel(en('compare.whom-to-talk'), { exact: true }).fill(contact)
    }
    const page = await paul.goes(`/cases/${cases.nl}/compare`)
    await page
      .getByRole('button', { name: en('compare.contact'), exact: true })
      .first()
      .click()
    await fills(paul, told.nl)
    await page.getByRole('button', { name: en('compare.contact-do') }).click()
    await page.getByText(en('compare.contact.waiting'), { exact: true }).waitFor()
    const theirs = await petra.goes(`/cases/${cases.de}/compare`)
    await theirs.getByText(en('compare.side.addressee')).waitFor({ timeout: 60_000 })
    // Not under which file number, nor whom to talk to, before they have consented.
    expect(await theirs.getByText(told.nl[0]).count()).toBe(0)
    expect(await everyLook(theirs, 'compare-consent')).toEqual([])
    await fills(petra, told.de)
    await theirs.getByRole('button', { name: en('compare.consent') }).click()
    await theirs.getByText(told.nl[0]).waitFor({ timeout: 60_000 })
    await page.getByText(told.de[1]).waitFor({ timeout: 60_000 })
    await theirs.getByText(ROTTERDAM).first().waitFor()
  })

  it('shows orders that collide with their provision and clock, and goes about them step by step, in Arabic by keyboard', async () => {
    for (const [measure, authority] of [
      ['FREEZE_SPECIFIC', 'Court of Rotterdam'],
      ['RETURN', 'Court of Utrecht'],
    ])
      await ines.does('order.add', {
        ...{ caseId: cases.nl, basis: 'fact' },
        content: {
          ...{ measure, authority, on: '2026-11-25', until: null, liftedAt: null },
          assets: [{ chain: BITCOIN, address: OWN, asset: null, amount: null, value: null }],
        },
      })
    const page = await paul.goes(`/cases/${cases.nl}/compare`)
    await page.getByText(en('compare.kind.freeze-and-return'), { exact: true }).waitFor()
    await page.getByText('Reg. 2018/1805 art. 26').waitFor()
    expect(await everyLook(page, 'compare-conflict')).toEqual([])
    await page.evaluate("localStorage.setItem('comity.language', 'ar')")
    await page.reload()
    await writeIn(page, ar('compare.words'), 'اتصلنا بالمحكمتين')
    await pressOn(page, ar('compare.do.consult'))
    await page.getByText(ar('compare.step.decide'), { exact: true }).waitFor()
    await tabTo(page, ar('compare.which-first'))
    await page.keyboard.type('1')
    await writeIn(page, ar('compare.words'), 'الضحايا أولًا')
    await writeIn(page, ar('compare.told'), 'يبقى مجمدًا حتى الحكم')
    await pressOn(page, ar('compare.do.decide'))
    await page.getByText(ar('compare.step.tell'), { exact: true }).waitFor()
    await writeIn(page, ar('compare.words'), 'أُبلغ الجميع')
    await pressOn(page, ar('compare.do.tell'))
    await page.getByText(ar('compare.step.closed'), { exact: true }).waitFor()
    const { items } = await ines.does('conflict.list', { caseId: cases.nl })
    expect(items.map(({ conflict }: { conflict: { decision: unknown } }) => conflict.decision)).toMatchObject([
      { prevails: 0, text: 'الضحايا أولًا' },
    ])
  })

  it('a conflict that nothing here shows by itself is opened by hand, and closed with its reason; partners are told of neither', async () => {
    const { page } = paul
    await page.evaluate("localStorage.removeItem('comity.language')")
    await paul.goes(`/cases/${cases.nl}/compare`)
    const hand = handOn(page, 'keyboard')
    const theirs = await petra.goes(`/cases/${cases.de}/compare`)
    await hand.press(page.getByRole('button', { name: en('compare.conflict-open'), exact: true }))
    const form = page.getByRole('form', { name: en('compare.conflict-open') })
    const opens = form.getByRole('button', { name: en('compare.conflict-open-do'), exact: true })
    await hand.press(opens)
    await form.getByRole('alert').getByRole('link').nth(1).waitFor()
    await hand.choose(form.getByLabel(en('compare.kind'), { exact: true }), 'third-country-law')
    await hand.write(form.getByLabel(en('compare.about'), { exact: true }), 'Blocking statute of a third country')
    const order = form.locator('option', { hasText: 'Court of Rotterdam' })
    await order.waitFor({ state: 'attached' })
    await hand.choose(
      form.getByLabel(en('compare.order-of'), { exact: true }),
      (await order.getAttribute('value')) ?? '',
    )
    await hand.press(opens)
    await form.waitFor({ state: 'detached' })
    const row = page.locator('article').filter({ hasText: 'Blocking statute of a third country' })
    await row.getByRole('heading', { name: en('compare.kind.third-country-law') }).waitFor()
    expect(await lookNow(page, 'compare-by-hand')).toEqual([])
    await row.getByLabel(en('compare.words'), { exact: true }).fill('The statute does not apply.')
    await row.getByRole('button', { name: en('compare.do.tell'), exact: true }).click()
    await row.getByText(en('compare.step.closed'), { exact: true }).waitFor()
    const { items } = await ines.does('conflict.list', { caseId: cases.nl })
    expect(items.at(-1).conflict).toMatchObject({
      ...{ kind: 'third-country-law', state: 'closed', about: 'Blocking statute of a third country' },
      taken: [{ by: paul.id, text: 'The statute does not apply.' }],
    })
    await theirs.getByText(en('compare.conflicts-none'), { exact: true }).waitFor()
    for (const { wrongs } of [ines, paul, petra]) expect(wrongs).toEqual([])
  })
})

/** Has the node of somebody do its jobs now, one after the other, as its clock would. */
async function rings({ at }: Actor, ...jobs: readonly string[]): Promise<void> {
  const server = runningServer(join(at.home, 'postgres'))
  if (server === null) throw new Error('the database of the node does not run')
  const boss = new PgBoss({ ...server, schema: 'jobs', migrate: false, supervise: false, schedule: false })
  await boss.start()
  try {
    for (const name of jobs) {
      // Where the clock of the node has rung at this moment, what began before may not know what was done since: it is rung after it.
      let id: string | null = null
      await expect.poll(async () => (id ??= await boss.send(name)), { timeout: 60_000 }).not.toBeNull()
      await expect
        .poll(async () => (await boss.findJobs(name, { id: id ?? '' }))[0]?.state, { timeout: 60_000 })
        .toBe('completed')
    }
  } finally {
    await boss.stop({ graceful: false, close: true })
  }
}
