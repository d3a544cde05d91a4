/**
 * Acts that follow from what others bring: watches and their alarms, records with who else is after them, statements, links and tags
 * that are taken back, keys with a second person, periods that were extended, the roster, and the law at hand; one node for all.
 *
 * Past four hundred lines on purpose: its claims follow one another at one node, which takes longer to start than each of them.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { tellAlarms } from '../../src/casework/index.ts'
import type { Crossing } from '../../src/tracing/crossing.ts'
import { toMoves } from '../../src/tracing/testing/memory-accounts.ts'
import { tryAccountTrace } from '../../src/tracing/testing/try-account-trace.ts'
import { findChromium } from '../chromium.ts'
import { handOn, sayIn } from './hands.ts'
import { everyLook, lookNow, looks, visit } from './screen-checks.ts'
import { type Answer, caseOf, open, openWorld, type User, type World } from './world.ts'

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93'
const ADDRESS = 'bc1q20yetypzeukflzlg3qkgfjl8awtklq85t5vct3'
const OTHER = 'bc1qq2euq8pw950klpjcawuy4uj39ym43hs6cfsegq'
const BLOCK = 'ab'.repeat(32)
const marking = { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false }
const en = sayIn('en')

describe.skipIf(findChromium() === null)('acts', () => {
  let world: World
  let ines: User
  let paul: User
  let caseId = ''
  let watchId = ''
  let alarmId = ''
  let orderId = ''
  beforeAll(async () => {
    world = (await openWorld()) as World
    ines = await world.person('Ines', 'investigator')
    paul = await world.person('Paul', 'prosecutor')
    for (const { page } of [ines, paul]) page.setDefaultTimeout(10_000)
    caseId = await caseOf(world, ines, 'The ransom of May', [paul])
  })
  afterAll(() => world?.close())
  afterEach(() => {
    for (const { wrongs } of [ines, paul]) expect(wrongs.splice(0)).toEqual([])
  })

  it('a watch is set, changed and ended with its reason; its alarm says in which block, and that the block was replaced', async () => {
    const page = await open(ines, world.at, `/cases/${caseId}/watches`)
    await page.getByText(en('cases.watch-none')).waitFor()
    await page.getByRole('button', { name: en('cases.watch-add') }).click()
    const add = page.locator('form').getByRole('button', { name: en('cases.watch-add') })
    await add.click()
    await page
      .getByRole('alert')
      .getByRole('link', { name: en('cases.watch.nothing') })
      .waitFor()
    await page.getByLabel(en('cases.field.wallet.chain')).selectOption(BITCOIN)
    await page.getByLabel(en('cases.watch.addresses')).fill(`${ADDRESS}\n${OTHER}`)
    await add.click()
    await page.getByText('2 addresses · 0 alarms').waitFor()
    const [watch] = (await world.does(ines, 'watch.list', { caseId })).items
    watchId = watch.id
    await page.locator('.tasks a').first().click()
    await page.getByText(en('cases.alarms-none')).waitFor()
    await page.getByRole('button', { name: en('cases.watch.change') }).click()
    await page.getByLabel(en('cases.watch.addresses')).fill(ADDRESS)
    await page.getByLabel(en('cases.optional', { label: en('cases.watch.note') })).fill('The ransom was paid here.')
    await page.getByRole('button', { name: en('cases.save') }).click()
    await page.getByText(en('cases.version', { version: '2' })).waitFor()
    expect((await world.does(ines, 'watch.read', { id: watchId })).content).toMatchObject({
      ...{ addresses: [ADDRESS], note: 'The ransom was paid here.', ended: null },
    })

    alarmId = await moves('raised')
    await moves('withdrawn')
    await page.getByText(en('cases.alarm.withdrawn')).waitFor()
    await page.getByRole('link', { name: /Came in 0\.5 BTC/ }).click()
    await page.getByText(en('cases.alarm.history')).waitFor()
    await expect.poll(() => page.getByText(en('cases.alarm.standing'), { exact: true }).count()).toBe(1)

    await open(ines, world.at, `/cases/${caseId}/watches/${watchId}`)
    await page.getByRole('button', { name: en('cases.watch.end') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(en('cases.watch.end-stays')).waitFor()
    await dialog.getByLabel(en('cases.reason')).fill('The coins were frozen.')
    await dialog.getByRole('button', { name: en('cases.watch.end') }).click()
    await page.getByText(en('cases.watch.ended'), { exact: true }).first().waitFor()
    expect((await world.does(ines, 'watch.read', { id: watchId })).content.ended).not.toBeNull()
  })

  /** As the node notices it on the chain. */
  async function moves(kind: 'raised' | 'withdrawn'): Promise<string> {
    const id = '00000000-0000-7000-8000-0000000a1a70'
    const movement = {
      ...{ watch: watchId, chain: BITCOIN, txid: 'cd'.repeat(32), place: 'out:0', direction: 'in' as const },
      ...{ address: ADDRESS, asset: `${BITCOIN}/slip44:0`, amount: '50000000', height: 900_000, block: BLOCK },
      time: '2026-11-25T10:00:00Z',
    }
    const task = '00000000-0000-7000-8000-0000000a1a71'
    const told = await world.at.node.door.asNode(({ records, now }) =>
      tellAlarms({ records, now: new Date(now).toISOString() }, [
        { ...movement, alarm: id, task, kind, seq: kind === 'raised' ? 1 : 2 },
      ]),
    )
    expect(told).toMatchObject({ ok: true })
    return id
  }

  it('an order has a page with its versions, and says who else here is after its assets', async () => {
    const orderIn = (of: string, authority: string): Promise<Answer> =>
      world.does(ines, 'order.add', {
        ...{ caseId: of, basis: 'fact' },
        content: {
          ...{ measure: 'FREEZE_SPECIFIC', authority, on: '2026-11-25', until: null, liftedAt: null },
          assets: [{ chain: BITCOIN, address: ADDRESS, asset: null, amount: null, value: null, note: 'cold wallet' }],
        },
      })
    orderId = (await orderIn(caseId, 'Court of Rotterdam')).id
    const page = await open(ines, world.at, `/cases/${caseId}/records/order/${orderId}`)
    await page.getByText(en('compare.who-else-nobody')).waitFor()
    await page.getByText('cold wallet').first().waitFor()
    const beside = await caseOf(world, ines, 'Another ransom', [])
    const theirs = (await orderIn(beside, 'Court of Utrecht')).id
    await page.reload()
    await page
      .getByRole('link', { name: /^Order: / })
      .first()
      .click()
    await page.waitForURL(`**/cases/${beside}/records/order/${theirs}`)
    await page.getByText('Court of Utrecht').first().waitFor()
  })

  it('whose an address is, is stated on an exhibit by keyboard, and retracted with its reason', async () => {
    const exhibitId = await keysOnRecord()
    const page = await open(ines, world.at, `/address?q=${ADDRESS}`)
    const hand = handOn(page, 'keyboard')
    const say = page.getByRole('button', { name: en('address.say') })
    await hand.press(say)
    const label = (id: string) => page.getByLabel(en(id), { exact: true })
    await hand.write(label('address.say.claim'), 'controlled by Exchange X')
    await hand.choose(label('address.say.exhibit'), exhibitId)
    await hand.write(label('address.say.basis'), 'Answer to request 4')
    await hand.press(page.locator('form').getByRole('button', { name: en('address.say') }))
    await page.getByRole('alert').getByRole('link', { name: '“Method” is missing' }).waitFor()
    await hand.write(label('address.say.method'), 'Asked the provider')
    await hand.choose(label('address.say.confidence'), 'high')
    await hand.press(page.locator('form').getByRole('button', { name: en('address.say') }))
    await page.getByRole('button', { name: en('address.retract') }).waitFor()
    await page.getByText('controlled by Exchange X', { exact: true }).waitFor()
    const [made] = (await world.does(ines, 'statement.list', { caseId })).items
    expect(made).toMatchObject({
      ...{ subject: { type: 'address', network: BITCOIN, value: ADDRESS }, confidence: 'high' },
      ...{ statedBy: 'Prosecutor of the tests', sourceExhibit: exhibitId, retracted: null },
    })
    await hand.press(page.getByRole('button', { name: en('address.retract') }))
    const dialog = page.getByRole('dialog')
    await hand.write(dialog.getByLabel(en('cases.reason')), 'The provider corrected itself.')
    await hand.press(dialog.getByRole('button', { name: en('address.retract') }))
    await page.getByText(en('address.retracted'), { exact: true }).waitFor()
    const [after] = (await world.does(ines, 'statement.list', { caseId })).items
    expect(after.retracted).toMatchObject({ by: ines.id, reason: 'The provider corrected itself.' })
  })

  let keys = ''
  async function keysOnRecord(): Promise<string> {
    if (keys !== '') return keys
    const added = await world.does(ines, 'exhibit.add', {
      ...{ caseId, kind: 'key-control', title: 'Seed of the suspect', marking, acquirer: { personId: ines.id } },
      ...{ authority: 'Order 7', place: 'Rotterdam', acquiredAt: new Date().toISOString(), witness: paul.id },
      keyControl: { form: 'shares', threshold: 2, shares: 3, scheme: 'SLIP-39', held: 'Shares 1 and 2, in two safes' },
    })
    keys = added.exhibitId
    return keys
  }

  it('that keys are controlled and coins moved counts once the witness has read and confirmed it', async () => {
    const exhibitId = await keysOnRecord()
    const page = await open(ines, world.at, `/cases/${caseId}/evidence/${exhibitId}`)
    await page.getByText(en('exhibit.controlled-no')).waitFor()
    const dialog = page.getByRole('dialog')
    const fill = async (method: string) => {
      await dialog.getByLabel(en('custody.authority')).fill('Order 7')
      await dialog.getByLabel(en('custody.place')).fill('Room 5')
      await dialog.getByLabel(en('custody.method')).fill(method)
      await dialog.getByLabel(en('custody.witness')).selectOption({ label: 'Paul' })
    }
    await page.getByRole('button', { name: en('custody.do.control-key') }).click()
    await fill('Signed a message')
    await dialog.getByRole('button', { name: en('key-act.propose') }).click()
    await page.getByText(en('key-act.waits-for')).waitFor()
    expect((await world.does(ines, 'exhibit.read', { exhibitId })).custody.controlled).toBe(false)
    const theirs = await open(paul, world.at, `/cases/${caseId}/evidence`)
    const confirms = async () => {
      await theirs.getByRole('button', { name: en('key-act.confirm') }).click()
      await theirs.getByRole('dialog').getByText('Room 5').waitFor()
      await theirs
        .getByRole('dialog')
        .getByRole('button', { name: en('key-act.confirm') })
        .click()
      await theirs.getByText(en('key-act.waiting')).waitFor({ state: 'detached' })
    }
    await theirs.getByText('Signed a message').waitFor()
    await confirms()
    await page.reload()
    await page.getByText(en('exhibit.controlled-yes')).waitFor()
    await page.getByRole('button', { name: en('custody.do.move-coins') }).click()
    await fill('Sent by two, checked by two')
    await dialog.getByLabel(en('key-act.chain')).selectOption(BITCOIN)
    await dialog.getByLabel(en('key-act.txid')).fill('ef'.repeat(32))
    await dialog.getByLabel(en('key-act.from')).fill(ADDRESS)
    await dialog.getByLabel(en('key-act.to')).fill(OTHER)
    await dialog.getByLabel(en('key-act.amount')).fill('36,5')
    await dialog.getByLabel(en('key-act.confirmations')).fill('0')
    await dialog.getByRole('button', { name: en('key-act.propose') }).click()
    await dialog
      .getByRole('alert')
      .getByRole('link', { name: en('key-act.amount-wrong') })
      .click()
    await dialog.getByLabel(en('key-act.amount')).fill('36.5')
    await dialog.getByRole('button', { name: en('key-act.propose') }).click()
    await page.getByText('36.5 BTC').waitFor()
    expect(await lookNow(page, 'exhibit-keys-en-light')).toEqual([])
    await open(paul, world.at, `/cases/${caseId}/evidence`)
    await theirs.getByText('36.5 BTC').waitFor()
    await confirms()
    const { events, flaws } = await world.does(ines, 'custody.history', { exhibitId })
    expect(flaws).toEqual([])
    expect(events).toMatchObject([
      { act: 'acquire' },
      { act: 'control-key', actor: ines.id, witness: paul.id },
      { act: 'move-coins', witness: paul.id, chainTx: { amountBaseUnits: '3650000000', blockHeight: null } },
    ])
  })

  it('a link between chains is rejected where a trace goes over it, says so, and is let in again', async () => {
    const link = 'cd'.repeat(32)
    const { id } = await world.does(ines, 'trace.keep', { caseId, record: await overABridge(link) })
    const page = await open(ines, world.at, `/cases/${caseId}/traces/${id}?view=table`)
    await page.getByLabel('Show', { exact: true }).selectOption('')
    const panel = page.locator('.trace-panel')
    const rows = page.locator('tbody tr button')
    await rows.first().waitFor()
    for (let at = 0; (await panel.getByText(en('trace.links')).count()) === 0 && at < (await rows.count()); at++) {
      await rows.nth(at).click()
      await panel.waitFor()
    }
    await panel.getByText('hop', { exact: true }).first().waitFor()
    const dialog = page.getByRole('dialog')
    const acts = async (act: string, reason: string) => {
      await panel.getByRole('button', { name: en(act) }).click()
      await dialog.getByLabel(en('trace.doubt.reason')).fill(reason)
      await dialog.getByRole('button', { name: en(act) }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    await acts('trace.link.reject', 'another customer')
    await panel.getByText(en('trace.link.rejected')).waitFor()
    await page.getByText('1 link rejected').waitFor()
    const rejections = async () => (await world.does(ines, 'trace.read', { id })).rejectedLinks
    expect(await rejections()).toMatchObject([{ link, reason: 'another customer', by: ines.id }])
    await acts('trace.link.readmit', 'it was the same one')
    await page.getByText('1 link rejected').waitFor({ state: 'detached' })
    expect(await rejections()).toEqual([])
  })

  /** A trace whose value leaves over a bridge. */
  async function overABridge(link: string): Promise<string> {
    const side = { chain: 'test', txid: 'tx0', logIndex: 1, place: 'm0', height: 1, time: null, asset: 'test/eth' }
    const source = { ...side, amount: 100n, sender: 'thief', recipient: null }
    const crossing: Crossing = {
      ...{ id: link, bridge: 'hop', transferId: null, tier: 'fields', evidence: {}, candidates: [] },
      ...{ source, destination: { ...source, chain: 'elsewhere', txid: 'out', place: null } },
    }
    const none = async () => []
    const record = await tryAccountTrace(toMoves([{ from: 'thief', to: 'bridge', amount: 100 }]), {
      ...{ rule: 'fifo', from: ['thief'] },
      crossing: { conversionsIn: none, crossingsFrom: async () => [crossing], bridgeStops: none, mixerStops: none },
    })
    return JSON.stringify(record)
  }

  it('a tag is taken back where it stopped a trace', async () => {
    const record = readFileSync(join(import.meta.dirname, '../../../samples/traces/colonial-service-fifo.json'), 'utf8')
    const { id } = await world.does(ines, 'trace.keep', { caseId, record })
    const page = await open(ines, world.at, `/cases/${caseId}/traces/${id}?view=table`)
    await page.locator('tr', { hasText: 'Example Exchange' }).getByRole('button').click()
    await page
      .locator('.trace-panel')
      .getByRole('button', { name: en('trace.tag.retract') })
      .click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(en('trace.doubt.reason')).fill('Belongs to another service')
    // The panel knows which tag it is: nobody is asked for its id.
    await dialog.getByText('Example Exchange', { exact: true }).waitFor()
    await dialog.getByRole('button', { name: en('trace.tag.retract') }).click()
    await page.getByText('1 tag taken back').waitFor()
    const { retractedTags } = await world.does(ines, 'trace.read', { id })
    expect(retractedTags).toMatchObject([{ id: null, label: 'Example Exchange', reason: 'Belongs to another service' }])
  })

  it('that a period was extended is recorded at its clock, by which provision and with which date said before; nothing else is offered', async () => {
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z')
    const { id } = await world.does(ines, 'request.receive', {
      ...{ caseId, reference: 'RG 7/2026', arrival: 'secure-channel', receivedByNodeAt: hours(-3) },
      sender: { authority: 'Tribunal judiciaire de Paris', country: 'FR', role: 'court', address: null },
      content: {
        ...{ instrument: 'EU-2023-1543', requestType: 'PRESERVE.REQUEST', measure: 'PRESERVE', data: {} },
        languages: { original: 'fr', theirs: ['en'] },
        recipients: [{ authority: 'Public prosecutor', country: 'NL', role: 'to' }],
        clock: { country: 'NL', zone: 'Europe/Amsterdam' },
        ...{ urgency: null, facts: 'Ce qui est arrivé.', trace: null, useConditions: [] },
        assets: [{ chain: BITCOIN, address: ADDRESS, asset: null, amount: '1000', value: null }],
      },
    })
    const { version } = await world.does(ines, 'request.read', { id })
    await world.does(ines, 'request.acknowledge', { id, receivedByCompetentAt: hours(-2) }, version)
    const dueOf = async () => {
      const { deadlines } = (await world.does(ines, 'request.read', { id })).request
      return deadlines.find(({ ruleId }: { ruleId: string }) => ruleId === 'EEV-11-1a').due
    }
    const before = await dueOf()
    const page = await open(ines, world.at, `/requests/${id}`)
    const dialog = page.getByRole('dialog')
    await page.getByRole('button', { name: en('tracker.period-of', { rule: 'EEV-11-1a' }) }).click()
    await dialog.getByLabel(en('tracker.reason')).fill('Extended by the form of Annex VI.')
    await dialog.getByRole('button', { name: en('tracker.period-do') }).click()
    await dialog
      .getByRole('alert')
      .getByRole('link', { name: en('tracker.period-nothing') })
      .waitFor()
    // In the time of the agency, to the minute.
    const local = (ms: number) =>
      new Date(ms).toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' }).slice(0, 16).replace(' ', 'T')
    await dialog.getByText(en('tracker.period-may-extend')).filter({ hasText: '(11(1))' }).waitFor()
    await dialog.getByText(en('tracker.period-no-standstill')).waitFor()
    expect(await dialog.getByRole('button', { name: en('tracker.period-add') }).count()).toBe(0)
    // An extension before the period began is told to be none, while it is written.
    await dialog.getByLabel(en('tracker.period-extended')).fill(local(Date.now() - 30 * 86_400_000))
    await dialog.getByText('does not lie within the period').waitFor()
    await dialog.getByLabel(en('tracker.period-extended')).fill(local(Date.now()))
    await dialog.getByText(/ by 30 .*, to 90 .* in all/).waitFor()
    const told = await dialog
      .getByText(en('tracker.period-with'), { exact: true })
      .locator('+ dd time')
      .getAttribute('datetime')
    expect(await lookNow(page, 'period')).toEqual([])
    expect(await dueOf()).toBe(before)
    await dialog.getByRole('button', { name: en('tracker.period-do') }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.locator('main ul.small').getByText(en('tracker.period-extended')).waitFor()
    expect(Date.parse(await dueOf())).toBe(Date.parse(told ?? ''))
    const days = (Date.parse(await dueOf()) - Date.parse(before)) / 86_400_000
    expect(days).toBeGreaterThanOrEqual(29)
    expect(days).toBeLessThanOrEqual(33)
    expect(ines.wrongs.splice(0).filter((one) => !/status of (409|422)/.test(one))).toEqual([])
  })

  it('the roster tells of gaps and of people twice while it is written, and is kept as it was written', async () => {
    const lisa = await world.person('Lisa', 'liaison-officer')
    lisa.page.setDefaultTimeout(10_000)
    const page = await open(lisa, world.at, '/duty')
    await page.getByText(en('inbox.duty.point-first')).waitFor()
    const point = { name: 'Duty desk', channel: '+31 10 888 8888', languages: ['en'], zone: 'Europe/Amsterdam' }
    await world.does(lisa, 'contact-point.set', {
      ...{ version: 0, point: { ...point, minutes: 15, lead: lisa.id, partners: [] } },
    })
    await page.reload()
    await page.getByRole('button', { name: en('inbox.duty.change') }).click()
    await page.getByLabel(en('inbox.duty.from')).fill('2026-12-01T08:00')
    await page.getByLabel(en('inbox.duty.until')).fill('2026-12-02T08:00')
    const add = page.getByRole('button', { name: en('inbox.duty.add') })
    const keep = page.getByRole('button', { name: en('inbox.duty.set') })
    await add.click()
    await page.getByText(en('inbox.duty.finding.gap')).waitFor()
    const first = page.getByRole('group', { name: en('inbox.duty.shift', { number: '1' }) })
    const second = page.getByRole('group', { name: en('inbox.duty.shift', { number: '2' }) })
    await keep.click()
    await page.getByRole('alert').getByRole('link', { name: '“Who, shift 1” is missing' }).click()
    await first.getByLabel(en('inbox.duty.person'), { exact: true }).selectOption({ label: 'Lisa' })
    await add.click()
    await page.getByText(en('inbox.duty.finding.gap')).waitFor({ state: 'detached' })
    await second.getByLabel(en('inbox.duty.person'), { exact: true }).selectOption({ label: 'Lisa' })
    await second.getByLabel(en('inbox.duty.begins')).fill('2026-12-01T18:00')
    await page.getByText(en('inbox.duty.finding.twice')).waitFor()
    await second.getByLabel(en('inbox.duty.person'), { exact: true }).selectOption({ label: 'Paul' })
    await second.getByLabel(en('inbox.duty.begins')).fill('2026-12-01T21:00')
    await page.getByLabel(en('inbox.duty.accept')).check()
    await second.getByLabel(en('cases.optional', { label: en('inbox.duty.hand-over') })).fill('The call from Paris.')
    await keep.click()
    await page.getByText('The call from Paris.').waitFor()
    const { roster, version } = await world.does(lisa, 'duty.now', {})
    expect(version).toBe(2)
    expect(roster).toMatchObject({
      from: '2026-12-01T07:00:00.000Z',
      shifts: [
        { personId: lisa.id, from: '2026-12-01T07:00:00.000Z', until: '2026-12-01T19:00:00.000Z' },
        { personId: paul.id, from: '2026-12-01T20:00:00.000Z', handOver: 'The call from Paris.' },
      ],
    })
    expect(await everyLook(page, 'duty')).toEqual([])
    expect(lisa.wrongs.filter((one) => !/status of 409/.test(one))).toEqual([])
  })

  it('the law answers by keyboard: what stops a request, whether both punish it, and when a period runs out', async () => {
    const page = await open(ines, world.at, '/law')
    const hand = handOn(page, 'keyboard')
    const choose = (id: string, value: string) => hand.choose(page.getByLabel(en(id), { exact: true }), value)
    await page.getByText(en('law.open-text')).waitFor()
    await choose('request.instrument', 'EU-2018-1805')
    await choose('law.request-type', 'FREEZE.REQUEST')
    await choose('request.country', 'DE')
    await choose('request.offence', 'ransomware')
    await page.getByText(en('law.issuer-first')).waitFor()
    await choose('law.issuer', 'prosecutor')
    await page.getByText(en('law.nothing-stops')).waitFor()
    await choose('law.issuer', 'service-provider')
    await page.getByText(en('law.stopped')).waitFor()
    await page.getByText(en('law.weight.stops'), { exact: true }).first().waitFor()
    const about = {
      instrument: 'EU-2018-1805',
      requestType: 'FREEZE.REQUEST',
      from: 'NL',
      to: 'DE',
      offence: 'ransomware',
    }
    const dual = await world.does(ines, 'legal.dual-criminality', about)
    await page.getByText(en(`law.dual.${dual.answer}`), { exact: true }).waitFor()
    await page.getByText(dual.reasons[0].text).first().waitFor()
    await page.goto(`${world.at.origin}/app/law/periods?instrument=EU-2018-1805&rule=R1805-20-1`)
    await hand.write(page.getByLabel(en('law.event.receivedByCompetentAt')), '')
    await page.getByLabel(en('law.event.receivedByCompetentAt')).fill('2026-11-25T10:00')
    const answer = await world.does(ines, 'legal.deadline', {
      ...{ rule: 'R1805-20-1', trigger: '2026-11-25T09:00:00Z', country: 'NL', side: 'ours' },
    })
    await page.getByText(answer.steps[0].text).first().waitFor()
    const due = await page.locator('main time').first().getAttribute('datetime')
    expect(Date.parse(due ?? '')).toBe(Date.parse(answer.due))
    await page.getByText(en('law.no-provision')).first().waitFor()
    expect(await page.getByLabel(en('tracker.period-extended')).count()).toBe(0)
    await page.goto(`${world.at.origin}/app/law/periods?instrument=EU-2023-1543&rule=EEV-11-1a&at=2026-11-25T10:00`)
    await page.getByLabel(en('tracker.period-extended')).fill('2026-12-10T10:00')
    await page.getByText(/ by 30 .*, to 90 .* in all/).waitFor()
    await page.goto(`${world.at.origin}/app/law/indicators`)
    const packs = await world.does(ines, 'legal.indicators', {})
    const [one] = packs[0].indicators
    await page.getByLabel(en('law.indicators-find')).fill(one.id)
    await page.getByText(one.text).waitFor()
  })

  it.each(looks)('every screen is right in %s, %s', async (language, theme) => {
    const law = 'instrument=EU-2018-1805&type=FREEZE.REQUEST&to=DE&offence=ransomware&issuer=prosecutor'
    const period = 'instrument=EU-2023-1543&rule=EEV-11-1a&at=2026-11-25T10:00&extended=2026-12-10T10:00'
    const screens = [
      ['case-watches', `/cases/${caseId}/watches`],
      ['case-watch', `/cases/${caseId}/watches/${watchId}`],
      ['case-alarm', `/cases/${caseId}/alarms/${alarmId}`],
      ['case-record', `/cases/${caseId}/records/order/${orderId}`],
      ['law', `/law?${law}`],
      ['law-periods', `/law/periods?${period}`],
      ['law-indicators', '/law/indicators'],
    ] as const
    await open(ines, world.at, '/')
    expect(await visit(ines.page, `${world.at.origin}/app`, screens, [language, theme])).toEqual([])
  })
})
