import { beforeAll, describe, expect, test } from 'vitest'
import type { Criterion } from '../../evidence/custody/admissibility.ts'
import { amber, type Json } from '../../kernel/index.ts'
import { ANNA, BERT, CASE, CLEO, type EvidenceDoor, evidenceDoor, fileInput } from '../testing/evidence-door.ts'

const criteria: readonly Criterion[] = [
  { id: 'hash', question: 'Is the hash recorded?', source: 'ISO/IEC 27037, 7.1', check: 'hash-present' },
  { id: 'custody', question: 'Is custody without gaps?', source: 'ACPO principle 3', check: 'custody-gapless' },
  {
    id: 'competence',
    question: 'Was the acquirer competent?',
    source: 'ACPO principle 2',
    check: 'acquirer-competent',
  },
  { id: 'authority', question: 'By what right?', source: 'example', check: 'authority-stated' },
  { id: 'tool', question: 'Tool and version?', source: 'NIST SP 800-86', check: 'tool-version-known' },
  { id: 'times', question: 'Recorded when it happened?', source: 'SWGDE', check: 'recorded-at-once' },
  { id: 'original', question: 'Was the original left alone?', source: 'ACPO principle 1', check: 'original-untouched' },
  { id: 'weight', question: 'Is it relevant?', source: 'example', check: null },
]

let door: EvidenceDoor
let sourceExhibit = ''
beforeAll(async () => {
  door = await evidenceDoor({ 'example-court': criteria })
  sourceExhibit = await addFile()
}, 60_000)

async function addFile(more: Record<string, Json> = {}, at = door.now()): Promise<string> {
  const uploadId = await door.upload(ANNA, `source ${Math.random()}`)
  return ((await door.run(ANNA, 'exhibit.add', fileInput(ANNA, uploadId, at, more))) as { exhibitId: string }).exhibitId
}

let count = 0
const newSubject = () => ({ type: 'address', network: 'bitcoin', value: `1Example${count++}` })
const make = async (subject: Json, claim: string, more: Record<string, Json> = {}) => {
  const made = await door.run(ANNA, 'statement.make', {
    caseId: CASE,
    subject,
    claim,
    basis: 'Answer to request 4',
    method: 'Asked the provider',
    confidence: 'high',
    sourceExhibit,
    statedBy: 'Exchange X',
    validFrom: null,
    validTo: null,
    marking: amber as unknown as Json,
    ...more,
  })
  return typeof made === 'string' ? made : (made as { statementId: string }).statementId
}
const list = async (subject: Json, by = ANNA) =>
  (
    (await door.run(by, 'statement.list', { caseId: CASE, subject })) as {
      items: { id: string; claim: string; conflictsWith: string[]; retracted: object | null }[]
    }
  ).items

describe('attribution statements', () => {
  test('that differ on one subject stand side by side, marked, and are never merged', async () => {
    const subject = newSubject()
    const one = await make(subject, 'Exchange X')
    const two = await make(subject, 'Mixer Y')
    const same = await make(subject, 'Exchange X', { statedBy: 'Vendor Z 3.1' })
    const byId = new Map((await list(subject)).map((item) => [item.id, item.conflictsWith]))
    expect(byId).toEqual(
      new Map([
        [one, [two]],
        [two, [one, same].sort()],
        [same, [two]],
      ]),
    )
    expect((await list(newSubject())).length).toBe(0)
  })

  test('of different times do not conflict; those that share a day do', async () => {
    const subject = newSubject()
    await make(subject, 'A', { validTo: '2025-06-30' })
    const later = await make(subject, 'B', { validFrom: '2025-07-01' })
    expect((await list(subject)).flatMap(({ conflictsWith }) => conflictsWith)).toEqual([])
    const sharing = await make(subject, 'C', { validFrom: '2025-06-30', validTo: '2025-07-01' })
    expect((await list(subject)).find(({ id }) => id === sharing)?.conflictsWith).toHaveLength(2)
    expect((await list(subject)).find(({ id }) => id === later)?.conflictsWith).toEqual([sharing])
  })

  test('that are retracted stay, with the reason, and conflict with nothing', async () => {
    const subject = newSubject()
    const one = await make(subject, 'A')
    await make(subject, 'B')
    const retract = { statementId: one, seen: 1, reason: 'The provider corrected its answer' }
    expect(await door.run(ANNA, 'statement.retract', retract)).toMatchObject({ version: 2 })
    expect(await door.run(ANNA, 'statement.retract', { ...retract, seen: 2 })).toBe('STATEMENT_RETRACTED')
    const items = await list(subject)
    expect(items.map(({ conflictsWith }) => conflictsWith)).toEqual([[], []])
    expect(items.find(({ id }) => id === one)?.retracted).toMatchObject({ by: ANNA })
  })

  test('that are hidden show neither themselves nor as a conflict', async () => {
    const subject = newSubject()
    const marking = { ...amber, needToKnow: true, audience: [ANNA] } as unknown as Json
    const hidden = await make(subject, 'A', { marking })
    const open = await make(subject, 'B')
    expect((await list(subject, CLEO)).map(({ id, conflictsWith }) => [id, conflictsWith])).toEqual([[open, []]])
    expect((await list(subject)).find(({ id }) => id === open)?.conflictsWith).toEqual([hidden])
  })

  test('need a source that is an exhibit of the case, and an end after the begin', async () => {
    expect(await make(newSubject(), 'A', { sourceExhibit: '00000000-0000-7000-8000-000000000000' })).toBe(
      'EXHIBIT_UNKNOWN',
    )
    expect(await make(newSubject(), 'A', { validFrom: '2025-02-01', validTo: '2025-01-31' })).toBe('STATEMENT_VALIDITY')
    expect(await make({ type: 'address', value: ' 1x' }, 'A')).toBe('INPUT_INVALID')
    expect(await make({ type: 'address', value: '1x\u202e2' }, 'A')).toBe('INPUT_INVALID')
  })
})

describe('the check of admissibility', () => {
  const check = async (exhibitId: string) => {
    const { items } = (await door.run(ANNA, 'admissibility.check', { exhibitId, forum: 'example-court' })) as {
      items: { id: string; answer: string }[]
    }
    return Object.fromEntries(items.map(({ id, answer }) => [id, answer]))
  }

  test('answers what the record answers and leaves the rest to a person', async () => {
    const tool = { name: 'Example Imager', version: '4.7' }
    expect(await check(await addFile({ tool, competence: 'Certified examiner' }))).toEqual({
      hash: 'yes',
      custody: 'yes',
      competence: 'person',
      authority: 'person',
      tool: 'yes',
      times: 'yes',
      original: 'yes',
      weight: 'person',
    })
    expect(await check(await addFile({}, '2026-01-01T00:00:00.000Z'))).toMatchObject({
      competence: 'no',
      tool: 'no',
      times: 'person',
    })
  })

  test('says so where the original was examined, and where a device has no image', async () => {
    const exhibitId = await addFile()
    door.wait(1000)
    const tool = { name: 'Example Viewer', version: '1' }
    await door.run(ANNA, 'custody.examine', {
      caseId: CASE,
      exhibitId,
      authority: 'a',
      place: 'b',
      method: 'Read it',
      tool,
    })
    expect(await check(exhibitId)).toMatchObject({ original: 'person', tool: 'yes' })
    const device = (await door.run(ANNA, 'exhibit.add', {
      ...(fileInput(ANNA, '', door.now()) as object),
      uploadId: undefined as unknown as Json,
      kind: 'device',
      device: { make: 'Example', model: 'One', serial: null, sealNumber: 'S1' },
    })) as { exhibitId: string }
    expect(await check(device.exhibitId)).toMatchObject({ hash: 'no' })
  })

  test('knows only forums of the legal packs', async () => {
    expect(await door.run(ANNA, 'admissibility.check', { exhibitId: sourceExhibit, forum: 'nowhere' })).toBe(
      'CRITERIA_UNKNOWN',
    )
  })
})

describe('uploads and downloads', () => {
  const begin = (size: number, by = ANNA) => door.run(by, 'exhibit.upload.begin', { caseId: CASE, size })

  test('are held to the limits of the node, and what is announced counts', async () => {
    expect(await begin(1_000_001)).toBe('VAULT_FILE_TOO_LARGE')
    const first = (await begin(1_000_000)) as { uploadId: string }
    expect(await begin(1_000_000)).toBe('VAULT_CASE_FULL')
    await door.run(ANNA, 'exhibit.upload.abandon', { caseId: CASE, uploadId: first.uploadId })
    const again = (await begin(1_000_000)) as { uploadId: string }
    expect(again.uploadId).not.toBe(first.uploadId)
    await door.run(ANNA, 'exhibit.upload.abandon', { caseId: CASE, uploadId: again.uploadId })
  })

  test('two that would fill the case together are not both begun', async () => {
    const both = await Promise.all([begin(1_000_000), begin(1_000_000)])
    expect(both.filter((one) => one === 'VAULT_CASE_FULL')).toHaveLength(1)
  })

  test('are finished by who began them, whole, once', async () => {
    door.limits.largestCase = 10_000_000
    const { uploadId } = (await begin(10)) as { uploadId: string }
    expect(await door.run(ANNA, 'exhibit.upload.finish', { caseId: CASE, uploadId })).toBe('UPLOAD_NOT_READY')
    expect(await door.run(CLEO, 'exhibit.upload.finish', { caseId: CASE, uploadId })).toBe('UPLOAD_UNKNOWN')
    const finished = await door.upload(ANNA, 'done')
    expect(await door.run(ANNA, 'exhibit.upload.finish', { caseId: CASE, uploadId: finished })).toBe('UPLOAD_FINISHED')
  })

  test('a ticket is for one person, one time, one minute', async () => {
    const { redeemTicket } = await import('../../evidence/store/custody.ts')
    const ticket = async () =>
      Buffer.from(
        ((await door.run(ANNA, 'exhibit.download', { exhibitId: sourceExhibit })) as { ticket: string }).ticket,
        'hex',
      )
    const redeem = (one: Uint8Array, by: string) =>
      door.database.transaction((sql) => redeemTicket(sql, one, by, door.now()))
    const one = await ticket()
    expect(await redeem(one, BERT)).toBeNull()
    expect(await redeem(one, ANNA)).toMatchObject({ exhibit: sourceExhibit })
    expect(await redeem(one, ANNA)).toBeNull()
    const late = await ticket()
    door.wait(60_001)
    expect(await redeem(late, ANNA)).toBeNull()
    const journalled = await door.database.query("SELECT 1 FROM journal_entry WHERE event = 'exhibit.download'")
    expect(journalled).toHaveLength(2)
  })
})
