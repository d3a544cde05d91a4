/**
 * How what follows after a message ends where the other side does not simply agree: a use that is refused, a take-in that breaks off,
 * a dispute that goes to higher authorities while its cautions stand, several messages taken back at once, and an exchange of which
 * nothing is left. On the screens of both agencies.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agencies } from '../../src/cli/commands/story.ts'
import { findChromium } from '../chromium.ts'
import { repository, temporaryFolder } from '../run-comity.ts'
import { arrives, button, field, matters, opensCase, spontaneous } from './after-sending-parts.ts'
import { handOn } from './hands.ts'
import { lookNow } from './screen-checks.ts'
import { type Actor, openThreeNodes, type ThreeNodes } from './three-nodes-world.ts'
import { wordsIn } from './words.ts'
import type { Answer } from './world.ts'

const [ROTTERDAM, FRANKFURT] = agencies as unknown as readonly [(typeof agencies)[0], (typeof agencies)[0]]
const HIGHER = 'Court of Appeal of The Hague'
const en = wordsIn('en')

describe.skipIf(findChromium() === null)('after something was sent, where the other side does not agree', () => {
  let world: ThreeNodes
  let ines: Actor
  let paul: Actor
  let dora: Actor
  let petra: Actor
  let emil: Actor
  let anna: Actor
  const cases = { nl: '', de: '' }
  /** Messages by their records on each side; the first has a file. */
  const first = { nl: '', de: '' }
  const second = { nl: '', de: '' }
  let exhibitId = ''
  let traceId = ''

  beforeAll(async () => {
    world = await openThreeNodes(join(temporaryFolder(), 'after-ends'), agencies.slice(0, 2))
    const [nl, de] = world.nodes as [(typeof world.nodes)[number], (typeof world.nodes)[number]]
    await Promise.all([
      (async () => {
        ines = await world.person(nl, 'Ines', 'investigator')
        paul = await world.person(nl, 'Paul', 'prosecutor')
      })(),
      (async () => {
        dora = await world.person(de, 'Dora', 'investigator')
        petra = await world.person(de, 'Petra', 'prosecutor')
        emil = await world.person(de, 'Emil', 'senior-official')
        anna = await world.person(de, 'Anna', 'analyst')
      })(),
    ])
    for (const { page } of [ines, paul, dora, petra, emil, anna]) page.setDefaultTimeout(20_000)
    cases.nl = await opensCase(ines, 'The ransom of May', [paul])
    cases.de = await opensCase(dora, 'Ransom, the German part', [petra, emil, anna])
  }, 300_000)
  afterAll(() => world?.close())

  /** The file that goes with the first message. */
  async function noteOnRecord(): Promise<string> {
    const bytes = Buffer.from('what the attacker wrote')
    const { uploadId } = await ines.does('exhibit.upload.begin', { caseId: cases.nl, size: bytes.length })
    await fetch(`${ines.at.hand.url}/v1/uploads/${uploadId}`, {
      method: 'PATCH',
      headers: {
        ...{ authorization: `Bearer ${ines.token}`, 'content-type': 'application/offset+octet-stream' },
        ...{ 'tus-resumable': '1.0.0', 'upload-offset': '0' },
      },
      body: bytes,
    })
    // Sealing goes on after the last byte has arrived.
    await expect
      .poll(() => ines.does('exhibit.upload.finish', { caseId: cases.nl, uploadId }).catch(() => null))
      .not.toBeNull()
    const added = await ines.does('exhibit.add', {
      ...{ caseId: cases.nl, kind: 'file', title: 'The note of the attacker', uploadId, fileName: 'note.txt' },
      marking: { tlp: 'amber', audience: [], needToKnow: false, protectedPerson: false, onwardUse: false },
      ...{ acquirer: { personId: ines.id }, competence: 'Certified in tracing', authority: 'Order 7' },
      ...{ place: 'Rotterdam', acquiredAt: new Date().toISOString(), tool: { name: 'dd', version: '9.7' } },
    })
    return added.exhibitId
  }

  /** Sent there, and put into the case there. */
  async function sends(summary: string, attached: string | null = null): Promise<typeof first> {
    const { id, ...drafted } = await ines.does('message.draft', {
      ...{ caseId: cases.nl, to: FRANKFURT.id, type: 'info.spontaneous', purpose: 'criminal-proceedings', header: {} },
      body: spontaneous(summary),
    })
    const file = { exhibitId: attached, name: 'note.txt', mime: 'text/plain', class: 'evidence' }
    const { version } =
      attached === null ? drafted : await ines.does('message.attach', { id, seen: drafted.version, ...file })
    await paul.does('message.send', { id, seen: version })
    const inbox = async (): Promise<Answer[]> => (await petra.does('inbox.list', {})).items
    await expect.poll(async () => (await inbox()).length, { timeout: 60_000 }).toBe(1)
    const filed = await petra.does('inbox.file', { id: (await inbox())[0].id, caseId: cases.de })
    return { nl: id, de: filed.id }
  }

  it('two things are sent, one with a file, and put into a case there that has a trace', async () => {
    Object.assign(first, await sends('The coins went to an exchange in Frankfurt.', await noteOnRecord()))
    Object.assign(second, await sends('More coins went there a day later.'))
    const record = readFileSync(join(repository, 'samples/traces/colonial-service-fifo.json'), 'utf8')
    traceId = (await dora.does('trace.keep', { caseId: cases.de, record })).id
  })

  const press = (who: Actor, id: string) => handOn(who.page, 'keyboard').press(button(who.page, id))

  it('another use is asked for and refused by keyboard; whoever asked reads that, and why', async () => {
    const page = await petra.goes(`/messages/${first.de}`)
    await button(page, 'supervision.use.ask').click()
    await field(page, 'supervision.use.purpose').fill('Proceedings for tax offences')
    await button(page, 'supervision.use.ask-send').click()
    await page.getByText(en('supervision.use-state.asked'), { exact: true }).waitFor()
    await arrives(paul, 'use-consent', cases.nl)
    const theirs = await paul.goes(`/cases/${cases.nl}/messages/after`)
    await theirs.getByText('Proceedings for tax offences').waitFor()
    await press(paul, 'supervision.use.refuse')
    await press(paul, 'supervision.use.refuse-send')
    await theirs
      .getByRole('alert')
      .getByRole('link', { name: en('supervision.use.refused-because') })
      .waitFor()
    expect((await matters(paul, 'use-consent', cases.nl))[0].says.state).toBe('asked')
    await handOn(theirs, 'keyboard').write(
      field(theirs, 'supervision.use.refused-because'),
      'It was given for the ransom alone (art. 26).',
    )
    expect(await lookNow(theirs, 'after-use-refuse-en-light')).toEqual([])
    await press(paul, 'supervision.use.refuse-send')
    await theirs.getByText(/^Show 1 that has ended/).click()
    await theirs.getByText(en('supervision.use-state.refused'), { exact: true }).waitFor()
    await page.getByText(/^Show 1 that has ended/).click({ timeout: 60_000 })
    const answered = page.getByRole('article').filter({ hasText: 'Proceedings for tax offences' })
    await answered.getByText(en('supervision.use-state.refused'), { exact: true }).waitFor()
    await answered.getByText('It was given for the ransom alone (art. 26).').waitFor()
    expect(await lookNow(page, 'after-use-refused-en-light')).toEqual([])
    // What was refused may be asked for otherwise.
    await button(page, 'supervision.use.ask').waitFor()
  })

  it('a file whose taking in breaks off is not on record twice by itself, says what is, and can be taken again', async () => {
    const page = await dora.goes(`/messages/${first.de}`)
    const take = page.getByRole('button', { name: en('inbox.files.take'), exact: true })
    const again = page.getByRole('button', { name: en('inbox.files.take-again'), exact: true })
    const onRecord = (number: number) =>
      page.getByRole('link', { name: `A file of this name is exhibit ${number} of the case` })
    const exhibits = async (): Promise<Answer[]> => (await dora.does('exhibit.list', { caseId: cases.de })).items
    await take.click({ timeout: 60_000 })
    await field(page, 'inbox.files.where').fill('Frankfurt')
    // Nothing of it arrives.
    await page.route('**/v1/exhibit/add', (route) => route.abort('connectionreset'))
    await button(page, 'inbox.files.do').click()
    await page.getByRole('alert').waitFor()
    expect(await lookNow(page, 'take-file-failed-en-light')).toEqual([])
    expect(await exhibits()).toEqual([])
    await page.unroute('**/v1/exhibit/add')
    // It arrives, and the answer is lost: what is on record is said beside what went wrong, and sending it again makes no second one.
    await page.route('**/v1/exhibit/add', async (route) => {
      await route.fetch()
      await route.abort('connectionreset')
    })
    await button(page, 'inbox.files.do').click()
    await onRecord(1).waitFor()
    await page.getByRole('alert').getByText(en('trouble.not-reached')).waitFor()
    expect(await lookNow(page, 'take-file-broken-en-light')).toEqual([])
    await page.unroute('**/v1/exhibit/add')
    await button(page, 'inbox.files.do').click()
    await page.getByText(en('inbox.files.taken')).waitFor()
    expect(await exhibits()).toHaveLength(1)
    await page.reload()
    await onRecord(1).waitFor()
    expect(await take.count()).toBe(0)
    await handOn(page, 'keyboard').press(again)
    await handOn(page, 'keyboard').write(field(page, 'inbox.files.where'), 'Frankfurt, room 3')
    await press(dora, 'inbox.files.do')
    await page.getByText(en('inbox.files.taken')).waitFor()
    await onRecord(2).waitFor()
    expect(await lookNow(page, 'take-file-again-en-light')).toEqual([])
    const kept = await exhibits()
    expect(kept.map(({ sha256 }) => sha256)).toEqual([kept[0].sha256, kept[0].sha256])
    exhibitId = kept[0].id
  })

  it('a dispute cautions an exhibit and a trace for everybody who reads them', async () => {
    const page = await petra.goes(`/messages/${first.de}`)
    await button(page, 'supervision.dispute.do').click()
    await field(page, 'supervision.dispute.kind').selectOption('attribution')
    await field(page, 'supervision.dispute.text').fill('The address is of another service.')
    await field(page, 'supervision.dispute.wanted').fill('Look again.')
    await page.getByText(/^Name what of the case it touches/).click()
    await page.getByLabel(/^Exhibit: 1, /).check()
    await page.getByLabel(/^Trace: FIFO, /).check()
    await page.getByText('It touches 2 records of the case').waitFor()
    await button(page, 'supervision.dispute.send').click()
    await page.getByText(en('supervision.dispute-state.open'), { exact: true }).waitFor()
    for (const [name, path] of [
      ['exhibit', `/cases/${cases.de}/evidence/${exhibitId}`],
      ['trace', `/cases/${cases.de}/traces/${traceId}`],
    ] as const) {
      // Whoever writes to other agencies reads the words, and goes to where it is answered.
      const theirs = await dora.goes(path)
      await theirs.getByText(en('supervision.caution.disputed'), { exact: true }).waitFor()
      await theirs.getByText('The address is of another service.').waitFor()
      expect(await lookNow(theirs, `caution-${name}-en-light`)).toEqual([])
      await theirs.getByRole('link', { name: en('supervision.caution.see') }).click()
      await theirs.getByRole('heading', { name: en('supervision.cautions') }).waitFor()
      await theirs.getByRole('link', { name: 'Exhibit: 1, note.txt', exact: true }).first().waitFor()
      await theirs
        .getByRole('link', { name: /^Trace: FIFO, / })
        .first()
        .waitFor()
      // Whoever only works with it is warned, and reads with whom.
      const reads = await anna.goes(path)
      const caution = reads.getByRole('paragraph').filter({ hasText: en('supervision.caution.disputed') })
      await caution.getByText(ROTTERDAM.name).waitFor()
      expect(await reads.getByText('The address is of another service.').count()).toBe(0)
      expect(await reads.getByRole('link', { name: en('supervision.caution.see') }).count()).toBe(0)
      expect(await lookNow(reads, `caution-${name}-reader-en-light`)).toEqual([])
    }
  })

  it('it goes to higher authorities: both read who decides; its cautions stand until both agree, and go from the open screen', async () => {
    await arrives(ines, 'dispute', cases.nl)
    const page = await ines.goes(`/cases/${cases.nl}/messages/after`)
    const hand = handOn(page, 'keyboard')
    await hand.press(button(page, 'supervision.dispute.answer'))
    await hand.choose(field(page, 'supervision.dispute.outcome'), 'escalated')
    await hand.write(field(page, 'supervision.dispute.answer-text'), 'We do not agree. They decide by 31 January 2027.')
    await press(ines, 'supervision.dispute.answer-send')
    await page
      .getByRole('alert')
      .getByRole('link', { name: en('supervision.dispute.who-decides') })
      .waitFor()
    await hand.write(field(page, 'supervision.dispute.who-decides'), HIGHER)
    await hand.choose(field(page, 'supervision.dispute.country'), 'NL')
    expect(await lookNow(page, 'dispute-escalate-en-light')).toEqual([])
    await press(ines, 'supervision.dispute.answer-send')
    const theirs = await petra.goes(`/cases/${cases.de}/messages/after`)
    for (const at of [page, theirs]) {
      const dispute = at.getByRole('article').filter({ hasText: 'The address is of another service.' })
      await dispute.getByText(en('supervision.dispute-state.escalated'), { exact: true }).waitFor({ timeout: 60_000 })
      await dispute.getByText(`${HIGHER}, Netherlands`).waitFor()
      await dispute.getByText('They decide by 31 January 2027.').waitFor()
    }
    expect(await lookNow(theirs, 'dispute-escalated-en-light')).toEqual([])
    const reads = await anna.goes(`/cases/${cases.de}/evidence/${exhibitId}`)
    const caution = reads.getByText(en('supervision.caution.disputed'), { exact: true })
    await caution.waitFor()
    await button(page, 'supervision.dispute.answer-again').click()
    await field(page, 'supervision.dispute.outcome').selectOption('agreed')
    await field(page, 'supervision.dispute.answer-text').fill('The court has decided: it is of another service.')
    await button(page, 'supervision.dispute.answer-send').click()
    await caution.waitFor({ state: 'detached', timeout: 60_000 })
    await theirs.getByText(/^Show \d+ that have ended/).click()
    await theirs.getByText('The court has decided: it is of another service.').waitFor()
    expect((await matters(dora, 'caution', cases.de)).map(({ says }) => says.state)).toEqual(['settled', 'settled'])
  })

  it('several messages are taken back at once; each exchange there says for itself what became of its part', async () => {
    const page = await ines.goes(`/messages/${second.nl}`)
    await button(page, 'supervision.recall.do').click()
    await field(page, 'supervision.recall.reason').selectOption('WRONG_CONTENT')
    await field(page, 'supervision.recall.text').fill('Both name the wrong exchange.')
    await page.getByText(en('supervision.recall.more'), { exact: true }).click()
    const others = page.getByRole('group', { name: en('supervision.recall.more-legend') }).getByRole('checkbox')
    await others.first().check()
    expect(await others.count()).toBe(1)
    expect(await lookNow(page, 'recall-several-en-light')).toEqual([])
    await page.getByRole('button', { name: 'Take 2 messages back' }).click()
    await page.getByText('2 answers are missing').waitFor()
    await expect.poll(async () => (await matters(petra, 'recall-notice', cases.de)).length, { timeout: 60_000 }).toBe(2)
    for (const { de } of [first, second]) {
      const theirs = await petra.goes(`/messages/${de}`)
      await theirs.getByText(en('supervision.caution.recalled'), { exact: true }).waitFor()
    }
    const theirs = await petra.goes(`/cases/${cases.de}/messages/after`)
    const notices = theirs.getByRole('article').filter({ hasText: 'Both name the wrong exchange.' })
    await notices.nth(1).waitFor()
    expect(await lookNow(theirs, 'recall-several-there-en-light')).toEqual([])
    const answers = async (outcome: string, text: string) => {
      await button(theirs, 'supervision.recall.confirm').first().click()
      await field(theirs, 'supervision.recall.outcome').selectOption(outcome)
      await field(theirs, 'supervision.recall.outcome-text').fill(text)
      await button(theirs, 'supervision.recall.confirm-send').click()
      await theirs.getByRole('form').waitFor({ state: 'detached' })
    }
    await answers('restricted', 'Sealed off.')
    await page.getByText('1 answer is missing').waitFor({ timeout: 60_000 })
    await answers('used-already', 'A house was searched.')
    const status = await ines.goes(`/cases/${cases.nl}/messages/after`)
    await status.getByText(/^Show \d+ that have ended/).click({ timeout: 60_000 })
    const recall = status.getByRole('article').filter({ hasText: en('supervision.recall.all-answered') })
    for (const said of ['Sealed off.', 'A house was searched.']) await recall.getByText(said).waitFor()
    expect(await lookNow(status, 'recall-several-answered-en-light')).toEqual([])
    // What was used already cannot be sealed off any more: its caution stays.
    const cautions = (await matters(petra, 'caution', cases.de)).filter(({ says }) => says.why === 'recalled')
    expect(cautions.map(({ says }) => says.state).sort()).toEqual(['open', 'settled'])
  })

  it('a whole exchange is to be erased: there the case is erased with its key, and the proof of it comes back', async () => {
    const page = await paul.goes(`/messages/${first.nl}`)
    await button(page, 'supervision.erase.do').click()
    await field(page, 'supervision.erase.extent').selectOption('exchange')
    await field(page, 'supervision.erase.basis').selectOption('COURT_ORDER')
    await field(page, 'supervision.erase.text').fill('By order of the court of Rotterdam, 7/26.')
    expect(await lookNow(page, 'erase-exchange-en-light')).toEqual([])
    await button(page, 'supervision.erase.send').click()
    await page.getByText(en('supervision.erase.asked'), { exact: true }).waitFor()
    await arrives(petra, 'erase-request')
    // It stands on each message of the exchange there, and on no other.
    const theirs = await petra.goes(`/messages/${first.de}`)
    await theirs.getByText('By order of the court of Rotterdam, 7/26.').waitFor()
    await theirs.getByText(en('supervision.extent.exchange'), { exact: true }).waitFor()
    await petra.goes(`/messages/${second.de}`)
    await theirs.getByText(en('supervision.of-message'), { exact: true }).waitFor()
    expect(await theirs.getByText('By order of the court of Rotterdam, 7/26.').count()).toBe(0)
    await petra.goes('/after-sending')
    await theirs.getByText('By order of the court of Rotterdam, 7/26.').waitFor()
    // Which exchange, and in which case it lies: there it is closed and proposed for erasure.
    await theirs.getByRole('link', { name: /^Information, unasked · / }).waitFor()
    const home = theirs.getByRole('link', { name: 'Ransom, the German part', exact: true })
    expect(await home.getAttribute('href')).toBe(`/app/cases/${cases.de}/settings`)
    expect(await lookNow(theirs, 'erase-exchange-there-en-light')).toEqual([])

    const answers = async (outcome: string) => {
      await button(theirs, 'supervision.erase.answer').click()
      await field(theirs, 'supervision.erase.outcome').selectOption(outcome)
      await button(theirs, 'supervision.erase.answer-send').click()
    }
    await answers('erased')
    await theirs.getByRole('alert').getByText('ERASE_NOT_DONE').waitFor()
    await erasesCase()
    await petra.goes('/after-sending')
    await theirs.getByText('By order of the court of Rotterdam, 7/26.').waitFor()
    expect(await home.count()).toBe(0)
    expect(await lookNow(theirs, 'erase-exchange-gone-en-light')).toEqual([])
    await answers('erased')
    await theirs.getByText(/^Show 1 that has ended/).click()
    await theirs.getByText(en('supervision.erase-outcome.erased'), { exact: true }).waitFor()
    // Whoever asked sees that it is erased, with the digest of the proof.
    await page.getByText(/^Show \d+ that ha(s|ve) ended/).click({ timeout: 60_000 })
    const asked = page.getByRole('article').filter({ hasText: 'By order of the court of Rotterdam, 7/26.' })
    await asked.getByText(en('supervision.erase-outcome.erased'), { exact: true }).waitFor({ timeout: 60_000 })
    await asked.getByText(en('supervision.erase.proof'), { exact: true }).waitFor()
    expect(await lookNow(page, 'erase-exchange-done-en-light')).toEqual([])
    const [ours] = await matters(paul, 'erase-request')
    const [there] = await matters(petra, 'erase-request')
    expect(ours.says.answer).toMatchObject({ outcome: 'erased', proof: there.says.answer.proof })
  })

  /** Closed and proposed by its lead, approved by two others with their keys, ordered by one of them, and carried out. */
  async function erasesCase(): Promise<void> {
    const { version } = await dora.does('case.read', { caseId: cases.de })
    await dora.does('case.close', { caseId: cases.de, reason: 'The court has ordered its erasure.', seen: version })
    const { id } = await dora.does('erasure.propose', { caseId: cases.de, order: 'Court of Rotterdam, 7/26' })
    for (const [at, who] of [petra, emil].entries()) {
      const page = await who.goes(`/approve-erasure/${id}`)
      const approve = page.getByRole('button', { name: en('access.approve-erasure.button') })
      const prove = page.getByRole('button', { name: 'Use your key' })
      await approve.or(prove).first().waitFor()
      if ((await prove.count()) > 0) await prove.click()
      await approve.click()
      await page
        .getByText(`${at + 1} of 2 approvals count now.`)
        .first()
        .waitFor()
    }
    const { page } = emil
    await page.getByRole('button', { name: en('access.approve-erasure.order') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: en('access.approve-erasure.order-do') })
      .click()
    await page.getByText('The erasure is ordered.').waitFor()
    await page.getByRole('link', { name: 'See the proof' }).click()
    await page.getByRole('button', { name: en('access.erased.carry-out') }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: en('access.erased.carry-out') })
      .click()
    await page.getByText('The proof is whole').waitFor()
  }

  it('in all this no error of a screen', () => {
    // What is refused, and the lines that were broken on purpose, the browser tells of, too.
    const meant = /status of 4(0[139]|22)|ERR_CONNECTION_RESET/
    for (const { wrongs } of [ines, paul, dora, petra, emil, anna])
      expect(wrongs.filter((one) => !meant.test(one))).toEqual([])
  })
})
