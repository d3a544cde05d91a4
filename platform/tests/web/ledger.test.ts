/** Tracing in the ledger beside the node: from an address to its trace in the case, by mouse and by keyboard, in English and in Arabic. */
import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeLedger } from '../../src/cli/node-ledger.ts'
import { findChromium } from '../chromium.ts'
import { askComity, sample, temporaryFolder } from '../run-comity.ts'
import { handOn, sayIn, ways } from './hands.ts'
import { lookNow, looks, settled } from './screen-checks.ts'
import { type Answer, caseOf, open, openWorld, type User, type World } from './world.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
/** The wallet that the seizure papers name: samples/colonial2021/MANIFEST.md. */
const WALLET = 'bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq'
/** Of the samples of ethereum-etl: it sends on what it has. */
const PAYER = '0xae2fc483527b8ef99eb5d9b44875f005ba1fae13'
const COINS = 'daf38c7b38eb0a587cf843f47000d5c294affb4f56017370ad48c5147f5e69d9:0'

describe.skipIf(findChromium() === null)('the ledger beside the node', () => {
  let world: World
  let ines: User
  let folder = ''
  let byCommand = ''
  let ofAccount = ''
  beforeAll(async () => {
    folder = temporaryFolder()
    await askComity(folder, ['chain', 'import', '--chain', 'bitcoin', '--format', 'esplora', sample('colonial2021')])
    const stream = ['blocks.json', 'transactions.json.gz'].map((name) => sample(`etl-eth/stream/expected_${name}`))
    await askComity(folder, ['chain', 'import', '--chain', 'ethereum', '--format', 'ethereum-etl', ...stream])
    const run = ['trace', 'run', '--chain', 'bitcoin', '--from', COINS, '--rule', 'haircut', '--stop-at-tags']
    const copy = temporaryCopy(folder)
    byCommand = (await askComity<{ digest: string }>(copy, run)).digest
    const accounts = ['trace', 'run', '--chain', 'ethereum', '--from', PAYER, '--rule', 'fifo', '--stop-at-tags']
    ofAccount = (await askComity<{ digest: string }>(copy, accounts)).digest
    const quiet = { progress: { report: () => {}, done: () => {} }, environment: process.env }
    world = (await openWorld(
      { ledger: folder },
      { openLedger: (at, country) => nodeLedger(at, country, quiet) },
    )) as World
    ines = await world.person('Ines', 'investigator')
  })
  afterAll(() => world?.close())

  it.each(ways)(
    'looks an address up, traces what it received, and has the record in the case, by %s, in %s',
    async (by, language) => {
      const say = sayIn(language)
      const caseId = await caseOf(world, ines, `Followed ${by} ${language}`, [])
      await ines.page.evaluate(`localStorage.setItem('comity.language', '${language}')`)
      const page = await open(ines, world.at, `/cases/${caseId}/traces`)
      const hand = handOn(page, by)
      const button = (id: string) => page.getByRole('main').getByRole('button', { name: say(id), exact: true })
      await hand.write(page.getByLabel(say('trace.here.address'), { exact: true }), WALLET)
      await hand.press(button('trace.here.look-up'))
      const start = page.getByRole('checkbox', { name: say('trace.here.take', { place: `\u2066${COINS}\u2069` }) })
      await hand.press(start)
      await expect.poll(() => page.getByLabel(say('trace.here.from'), { exact: true }).inputValue()).toBe(COINS)
      await hand.choose(page.getByLabel(say('trace.here.rule'), { exact: true }), 'haircut')
      await hand.press(button('trace.here.do'))
      await page.getByRole('listbox').waitFor()
      const { items } = await world.does(ines, 'trace.list', { caseId })
      // The same record as the command line writes, and nothing of the case beside the ledger.
      expect(items.map(({ digest }: Answer) => digest)).toEqual([byCommand])
      expect(existsSync(join(folder, 'traces'))).toBe(false)
      expect(ines.wrongs).toEqual([])
    },
  )

  it('traces what an address of a chain of accounts sends on', async () => {
    const say = sayIn('en')
    const caseId = await caseOf(world, ines, 'Accounts', [])
    await ines.page.evaluate("localStorage.setItem('comity.language', 'en')")
    const page = await open(ines, world.at, `/cases/${caseId}/traces`)
    await page.getByLabel(say('trace.here.chain'), { exact: true }).selectOption('eip155:1')
    await page.getByLabel(say('trace.here.address'), { exact: true }).fill(PAYER)
    await page.getByRole('button', { name: say('trace.here.look-up') }).click()
    await page.getByRole('button', { name: say('trace.here.from-this') }).click()
    await page.getByRole('button', { name: say('trace.here.do') }).click()
    await page.getByRole('listbox').waitFor()
    const { items } = await world.does(ines, 'trace.list', { caseId })
    expect(items.map(({ digest }: Answer) => digest)).toEqual([ofAccount])
    expect(ines.wrongs).toEqual([])
  })

  it('says what is wrong in its place, and what the movements show', async () => {
    const say = sayIn('en')
    const caseId = await caseOf(world, ines, 'Wrong', [])
    await ines.page.evaluate("localStorage.setItem('comity.language', 'en')")
    const page = await open(ines, world.at, `/cases/${caseId}/traces`)
    await page.getByRole('button', { name: say('trace.here.do') }).click()
    await page.getByText(say('trace.here.from-missing'), { exact: true }).waitFor()
    await page.getByLabel(say('trace.here.from'), { exact: true }).fill('nothing:0')
    await page.getByRole('button', { name: say('trace.here.do') }).click()
    await page.getByRole('alert').first().waitFor()
    await page.getByLabel(say('trace.here.address'), { exact: true }).fill(WALLET)
    await page.getByRole('button', { name: say('trace.here.look-up') }).click()
    await page.getByText(/red flag indicators? fires?/).click()
    await page.getByText(say('trace.here.indicators-text'), { exact: true }).waitFor()
    expect((await world.does(ines, 'trace.list', { caseId })).items).toEqual([])
    // A name of several words stays one.
    await page.getByLabel(say('trace.here.from'), { exact: true }).fill(`${COINS}@first victim\n`)
    await page.getByRole('button', { name: say('trace.here.do') }).click()
    await page.getByRole('listbox').waitFor()
    const [kept] = (await world.does(ines, 'trace.list', { caseId })).items
    expect((await world.does(ines, 'trace.read', { id: kept.id })).record).toContain('first victim')
    expect(ines.wrongs.filter((one) => !/status of 4\d\d/.test(one))).toEqual([])
  })

  it.each(looks)('is right in %s, %s', async (language, theme) => {
    const say = sayIn(language)
    const caseId = await caseOf(world, ines, 'Looked at', [])
    await ines.page.evaluate(
      `localStorage.setItem('comity.language', '${language}'); localStorage.setItem('comity.theme', '${theme}')`,
    )
    const page = await open(ines, world.at, `/cases/${caseId}/traces`)
    await page.getByLabel(say('trace.here.address'), { exact: true }).fill(WALLET)
    await page.getByRole('button', { name: say('trace.here.look-up') }).click()
    await page.getByRole('checkbox', { name: say('trace.here.take', { place: `\u2066${COINS}\u2069` }) }).check()
    await settled(page)
    expect(await lookNow(page, `trace-ledger-${language}-${theme}`)).toEqual([])
    await page.evaluate('localStorage.clear()')
  })

  it('answers nobody who may not record a trace in the case', async () => {
    const caseId = await caseOf(world, ines, 'Not theirs', [])
    const otto = await world.person('Otto', 'auditor')
    const asked = { caseId, chain: BITCOIN, address: WALLET }
    await expect(world.does(otto, 'ledger.address', asked)).rejects.toThrow('NOT_PERMITTED')
    const facts = await world.does(ines, 'ledger.address', asked)
    expect(facts.movements.some(({ txid, place }: Answer) => `${txid}:${place}` === COINS)).toBe(true)
    await expect(
      world.does(ines, 'ledger.trace', { caseId, chain: BITCOIN, rule: 'no-such-rule', from: [COINS] }),
    ).rejects.toThrow('RULE_UNKNOWN')
  })
})

/** What was imported, apart: a command line and a node do not share a folder for one at a time. */
function temporaryCopy(folder: string): string {
  const copy = temporaryFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}
