/** The law as casework asks for it, over the packs that are shipped. */
import { expect, test } from 'vitest'
import type { DeadlineQuestion } from '../casework/index.ts'
import { orStop } from '../kernel/index.ts'
import { holidayCalendars, packFolder, readPacks } from '../legal/sources/index.ts'
import { legalPort, reminderSetting } from './ports.ts'

const packs = orStop(readPacks(orStop(packFolder())))
const law = legalPort(packs, holidayCalendars(packs.jurisdictions), 'NL')
const freeze = { instrument: 'EU-2018-1805', requestType: 'FREEZE.REQUEST' }

const question = (more: Partial<DeadlineQuestion> = {}): DeadlineQuestion => ({
  ...freeze,
  times: { receivedByCompetentAt: '2026-11-27T15:20:00Z' },
  zone: 'Europe/Amsterdam',
  jurisdiction: 'NL',
  urgency: 'IMMINENT_DISSIPATION',
  side: 'ours',
  changes: [],
  ...more,
})

test('a ground stands on the article of the instrument; what it excludes is none; what it does not list says so', () => {
  expect(law.ground(freeze, 'refusal', 'NE_BIS')).toMatchObject({
    ok: true,
    value: { article: expect.stringMatching(/2018\/1805 art\. 8/), verified: 'verified' },
  })
  const excluded = packs.instruments.flatMap(({ id, grounds, requestTypes }) =>
    grounds
      .filter(({ strength }) => strength === 'excluded')
      .map((ground) => ({ instrument: id, requestType: ground.requestTypes[0] ?? requestTypes[0]?.id ?? '', ground })),
  )
  expect(excluded.length).toBeGreaterThan(0)
  for (const { ground, ...about } of excluded)
    expect(law.ground(about, ground.kind, ground.code), `${about.instrument} ${ground.code}`).toMatchObject({
      ok: false,
      refusal: { code: 'GROUND_EXCLUDED' },
    })
  expect(law.ground(freeze, 'refusal', 'DE_MINIMIS')).toMatchObject({
    value: { article: expect.stringContaining('not listed by') },
  })
  expect(law.ground(freeze, 'refusal', 'NOTHING')).toMatchObject({ refusal: { code: 'GROUND_UNKNOWN' } })
})

test('a request without a form is known, and one that the instrument does not have is not', () => {
  expect(law.knows('EU-2018-1805', 'SALE.CONSULT').ok).toBe(true)
  expect(law.form('EU-2018-1805', 'SALE.CONSULT').ok).toBe(false)
  expect(law.knows('EU-2018-1805', 'X.Y')).toMatchObject({ refusal: { code: 'REQUEST_TYPE_UNKNOWN' } })
})

test('our own duty never ends later than theirs would, and only a verified rule gives a date', () => {
  const ours = law.deadlines(question())
  const theirs = new Map(law.deadlines(question({ side: 'theirs' })).map((one) => [one.ruleId, one]))
  expect(ours.map(({ ruleId }) => ruleId)).toContain('R1805-9-3a')
  for (const { ruleId, due, binding } of ours) {
    expect(binding).toBe(due !== null)
    const other = theirs.get(ruleId)?.due ?? null
    if (due !== null && other !== null) expect(Date.parse(due)).toBeLessThanOrEqual(Date.parse(other))
  }
})

test('forwarding and receipt by the node set off no clock of the competent authority (art. 9(3))', () => {
  const times = { receivedByNodeAt: '2026-11-27T15:20:00Z', forwardedAt: '2026-11-27T15:30:00Z' }
  expect(law.deadlines(question({ times })).map(({ ruleId }) => ruleId)).not.toContain('R1805-9-3a')
})

test('an extension moves what its rule lets be extended, and is refused for another', () => {
  const extended = packs.instruments.flatMap(({ id, deadlines }) =>
    deadlines
      .filter((rule) => rule.extension?.verified === 'verified' && rule.enforceable && rule.requestTypes.length > 0)
      .filter(({ extension, amount }) => extension?.amount !== null && amount !== null)
      .map((rule) => ({ instrument: id, rule })),
  )
  expect(extended.length).toBeGreaterThan(0)
  for (const { instrument, rule } of extended) {
    const begun = '2026-11-27T15:20:00Z'
    const of = question({ instrument, requestType: rule.requestTypes[0] as string, times: { [rule.trigger]: begun } })
    const change = { ruleId: rule.id, extendedAt: '2026-11-28T10:00:00Z', suspended: [] }
    const before = orStop(law.deadline(of, rule.id))
    const after = orStop(law.deadline({ ...of, changes: [change] }, rule.id))
    expect(Date.parse(after.due as string), rule.id).toBeGreaterThan(Date.parse(before.due as string))
  }
  const change = { ruleId: 'R1805-9-3a', extendedAt: '2026-11-28T10:00:00Z', suspended: [] }
  expect(law.deadline(question({ changes: [change] }), 'R1805-9-3a')).toMatchObject({
    refusal: { code: 'DEADLINE_EXTENSION' },
  })
})

test('no clock vanishes because what was recorded of it no longer fits: it runs as if that had not been, and says so', () => {
  const preserve = { instrument: 'EU-2023-1543', requestType: 'PRESERVE.REQUEST' }
  const change = { ruleId: 'EEV-11-1a', extendedAt: '2026-11-28T10:00:00Z', suspended: [] }
  const dueOf = (more: Partial<DeadlineQuestion>) =>
    law.deadlines(question({ ...preserve, ...more })).find(({ ruleId }) => ruleId === 'EEV-11-1a')
  const later = { times: { receivedByCompetentAt: '2026-12-01T15:20:00Z' } }
  const plain = dueOf(later)
  const found = dueOf({ ...later, changes: [change] })
  expect(found).toMatchObject({ due: plain?.due, extension: { article: '11(1)', moves: true } })
  expect(found?.steps.at(-1)).toMatch(/does not lie within the period/)
})

test('the day of a decision begins where the agency is, and a day that does not exist is the last one that does', () => {
  const setting = reminderSetting('Europe/Amsterdam', { ordinary: ['2d'], urgent: ['30m'] })
  expect(setting.dayBegins('2026-12-01')).toBe('2026-11-30T23:00:00Z')
  expect(setting.dayBegins('2026-02-30')).toBe('2026-02-27T23:00:00Z')
  expect(setting.ordinary).toEqual([{ name: '2d', left: 2880 }])
})

test('who is competent comes from the pack of the country and the routes to it, each with its article and mark', () => {
  const about = { country: 'DE', role: 'executing-authority', authority: 'Staatsanwaltschaft', question: null }
  const plain = orStop(law.competence(about))
  expect(plain.names.length).toBeGreaterThan(0)
  const asked = orStop(law.competence({ ...about, question: { need: 'freeze', offence: 'ransomware' } }))
  expect(asked.reasons.length).toBeGreaterThan(plain.reasons.length)
  expect(asked.reasons.some(({ text }) => text.startsWith('Reg. 2018/1805: FREEZE.REQUEST'))).toBe(true)
  for (const { article, verified } of asked.reasons) {
    expect(article).toMatch(/\S/)
    expect(['verified', 'secondary', 'unverified']).toContain(verified)
  }
  expect(law.competence({ ...about, country: 'XX' })).toMatchObject({
    refusal: { code: 'JURISDICTION_UNKNOWN', place: '/country' },
  })
  expect(law.competence({ ...about, role: 'obliged-entity' })).toMatchObject({
    refusal: { code: 'REFERRAL_COMPETENCE', place: '/role', fix: expect.stringContaining('fiu') },
  })
  const wrongRole = { ...about, role: 'interpol-ncb', question: { need: 'freeze', offence: 'ransomware' } }
  expect(law.competence(wrongRole)).toMatchObject({ refusal: { code: 'REFERRAL_COMPETENCE' } })
})
