/** The law over HTTP: real packs, a whole node, every instrument, form and deadline of the packs. */
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { orStop } from '../kernel/index.ts'
import { legalActions, legalPorts } from '../legal/index.ts'
import { holidayCalendars, packFolder, readPacks } from '../legal/sources/index.ts'
import { type SignedIn, type TestNode, testNode } from './testing/test-node.ts'

const packs = orStop(readPacks(orStop(packFolder())))
const ports = new Map<string, unknown>([
  [legalPorts.packs, packs],
  [legalPorts.calendars, holidayCalendars(packs.jurisdictions)],
])

let node: TestNode
let anna: SignedIn
beforeAll(async () => {
  node = await testNode({ ports })
  anna = await node.newcomer('analyst')
})

async function ask(name: string, input: Readonly<Record<string, unknown>> = {}) {
  const query = new URLSearchParams(
    Object.entries(input).map(([key, value]): [string, string] => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
  return node.read(anna.token, `/v1/legal/${name}?${query}`)
}
const check = (input: object) => node.change(anna.token, '/v1/legal/check', input)

/** Every object in it. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>
  for (const inner of Object.values(value)) yield* objectsIn(inner)
}

const draft = {
  instrument: 'EU-2018-1805',
  requestType: 'FREEZE.REQUEST',
  from: 'NL',
  to: 'DE',
  offence: 'ransomware',
  issuer: 'prosecutor',
  maxPenaltyMonths: 72,
  use: { otherProceedings: false, passOn: false, asEvidence: false, consent: false },
  data: {},
}

describe('instruments and forms', () => {
  test('every instrument of the packs is there, with its source, its mark, and an article for each request', async () => {
    const { status, body } = await ask('instruments')
    expect(status).toBe(200)
    expect(body.map((one: { id: string }) => one.id)).toEqual(packs.instruments.map(({ id }) => id))
    for (const { source, status: state, requestTypes, deadlines } of body) {
      expect(source.length).toBeGreaterThan(0)
      for (const cited of [state, ...requestTypes, ...deadlines]) {
        expect(cited.article).toMatch(/\S/)
        expect(['verified', 'secondary', 'unverified']).toContain(cited.verified)
      }
      for (const { binding, verified } of deadlines) expect(binding && verified !== 'verified').toBe(false)
    }
  })

  test('every form can be read in every language, and each field names its article', async () => {
    const withForm = packs.instruments.flatMap(({ id, requestTypes }) =>
      requestTypes.filter(({ form }) => form !== null).map((type) => ({ instrument: id, requestType: type.id })),
    )
    expect(withForm.length).toBeGreaterThan(3)
    for (const one of withForm) {
      for (const language of ['en', 'ar']) {
        const { status, body } = await ask('form', { ...one, language })
        expect(status, `${one.instrument} ${one.requestType}`).toBe(200)
        const fields = body.sections.flatMap((section: { fields: unknown[] }) => section.fields)
        expect(fields.length).toBeGreaterThan(0)
        for (const { article, label } of fields) expect(`${article} ${label}`).toMatch(/\S+ \S/)
      }
    }
  })

  test('what no pack holds is refused with its code and what there is', async () => {
    expect((await ask('form', { instrument: 'X', requestType: 'A.B' })).body).toMatchObject({
      code: 'INSTRUMENT_UNKNOWN',
      fix: expect.stringContaining('EU-2018-1805'),
    })
    expect((await ask('form', { instrument: 'EU-2018-1805', requestType: 'A.B' })).body.code).toBe(
      'REQUEST_TYPE_UNKNOWN',
    )
  })
})

describe('deadlines', () => {
  const rules = packs.instruments.flatMap(({ deadlines, effective }) =>
    deadlines.map((rule) => ({ rule, on: effective.from })),
  )

  test('no rule that was not verified gives a date, and each verified one with a number does', async () => {
    expect(rules.length).toBeGreaterThan(30)
    let dates = 0
    for (const { rule, on } of rules) {
      const urgency = rule.urgency?.[0]
      const { status, body } = await ask('deadline', {
        rule: rule.id,
        trigger: '2026-11-27T15:20:00Z',
        country: 'NL',
        on: on > '2026-11-27' ? on : '2026-11-27',
        ...(urgency === undefined ? {} : { urgency }),
      })
      expect(status, rule.id).toBe(200)
      expect(body.article, rule.id).toBe(rule.article)
      if (rule.verified !== 'verified') expect(body, rule.id).toMatchObject({ binding: false, due: null })
      expect(body.binding, rule.id).toBe(body.due !== null)
      if (body.binding) dates++
    }
    expect(dates).toBeGreaterThan(5)
  })

  test('48 hours from the competent authority, urgent, never rolled over a week-end (Reg. 2018/1805 art. 9(3))', async () => {
    const { body } = await ask('deadline', {
      rule: 'R1805-9-3a',
      trigger: '2026-11-27T15:20:00Z',
      country: 'NL',
      urgency: 'IMMINENT_DISSIPATION',
    })
    expect(body).toMatchObject({ binding: true, nature: 'date', instrument: { id: 'EU-2018-1805' } })
    expect(body.steps.length).toBeGreaterThan(1)
    expect(
      (await ask('deadline', { rule: 'R1805-9-3a', trigger: '2026-11-27T15:20:00Z', country: 'NL' })).body.code,
    ).toBe('DEADLINE_URGENCY')
  })

  test('a suspension that the rule does not know is refused', async () => {
    const { body } = await ask('deadline', {
      rule: 'R1805-9-3a',
      trigger: '2026-11-27T15:20:00Z',
      country: 'NL',
      urgency: 'IMMINENT_DISSIPATION',
      suspended: [{ from: '2026-11-27T16:00:00Z', to: '2026-11-27T17:00:00Z' }],
    })
    expect(body.code).toBe('DEADLINE_SUSPENSION')
  })
})

describe('routes and admissibility', () => {
  test('routes come with reasons, and every reason with its article and mark', async () => {
    const { body } = await ask('routes', { from: 'NL', to: 'DE', need: 'freeze', offence: 'ransomware' })
    expect(body.routes[0].instrument.id).toBe('EU-2018-1805')
    for (const one of objectsIn(body))
      if ('text' in one && !('binding' in one))
        expect(one).toMatchObject({
          article: expect.stringMatching(/\S/),
          verified: expect.stringMatching(/^(verified|secondary|unverified)$/),
        })
  })

  test('dual criminality is not asked for a listed offence of three years, and is to be tested or met below', async () => {
    const { instrument, requestType, from, to, offence } = draft
    const about = { instrument, requestType, from, to, offence }
    expect((await ask('dual-criminality', { ...about, maxPenaltyMonths: 72 })).body).toMatchObject({
      answer: 'not-asked',
      mayRefuse: false,
    })
    expect((await ask('dual-criminality', { ...about, maxPenaltyMonths: 12 })).body).toMatchObject({ mayRefuse: true })
  })

  test('a form that is not filled in stops the request, field by field', async () => {
    const { status, body } = await check(draft)
    expect(status).toBe(200)
    expect(body.admissible).toBe(false)
    const missing = body.flaws.filter(({ code }: { code: string }) => code === 'FIELD_MISSING')
    expect(missing.map(({ path }: { path: string }) => path)).toContain('data.issuingState')
    const filled = await check({ ...draft, data: { issuingState: 'NL', executingState: 'DE' } })
    expect(filled.body.flaws.map(({ path }: { path: string }) => path)).not.toContain('data.issuingState')
  })

  test('data longer than an address may be travel in the body, and contradictions name their place', async () => {
    const facts = 'x'.repeat(19_000)
    const long = { ...draft, data: { issuingState: 'NL', 'order.summary': facts, 'order.grounds': facts } }
    expect((await check(long)).status).toBe(200)
    const clash = await check({ ...draft, data: { 'a.b': 'x', a: 'y' } })
    expect(clash.body).toMatchObject({ code: 'FORM_PATH_CLASH', place: '/data/a' })
  })
})

describe('catalogues', () => {
  test('offences, indicators with their pages, and countries with the calendar that counts', async () => {
    const offences = (await ask('offences', { language: 'fr' })).body
    expect(offences.flatMap((pack: { offences: unknown[] }) => pack.offences).length).toBeGreaterThan(5)
    const [fatf] = (await ask('indicators')).body
    expect(fatf.warning).toMatch(/assessment/)
    expect(fatf.indicators.find(({ id }: { id: string }) => id === 'A1')).toMatchObject({
      page: 5,
      verified: 'unverified',
    })
    const countries = (await ask('jurisdictions')).body
    expect(countries.map(({ code }: { code: string }) => code).sort()).toEqual(
      packs.jurisdictions.map(({ code }) => code).sort(),
    )
    for (const { calendar, code } of countries) expect(calendar, code).not.toBeNull()
  })

  test('every code of the packs has a name in a language, its article, and how well that was read', async () => {
    const groups: { group: string; codes: { code: string; label: string; article: string; need: string | null }[] }[] =
      (await ask('codes', { language: 'fr' })).body
    expect(groups.map(({ group }) => group)).toEqual(packs.codes.flatMap(({ groups: of }) => of.map(({ id }) => id)))
    for (const { codes } of groups)
      for (const { label, article } of codes) expect(`${label}|${article}`).toMatch(/\S\|\S/)
    const measures = groups.find(({ group }) => group === 'measure')?.codes
    expect(measures?.find(({ code }) => code === 'FREEZE_SPECIFIC')).toMatchObject({
      label: 'geler un bien déterminé',
      need: 'freeze',
    })
  })

  test('each act reads, and is open to every role that works here and to nobody else', async () => {
    expect(legalActions.map(({ name }) => name)).toEqual([
      'legal.instruments',
      'legal.form',
      'legal.codes',
      'legal.routes',
      'legal.dual-criminality',
      'legal.check',
      'legal.deadline',
      'legal.offences',
      'legal.indicators',
      'legal.jurisdictions',
    ])
    expect(legalActions.every(({ kind }) => kind === 'read')).toBe(true)
    const stranger = await node.newcomer('none')
    expect((await node.read(stranger.token, '/v1/legal/indicators')).status).toBe(403)
    const headers = { 'idempotency-key': randomUUID() }
    expect((await node.send('POST', '/v1/legal/check', { body: draft, headers })).status).toBe(401)
  })
})
