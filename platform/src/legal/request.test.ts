/** Forms, their checks, and whether a request is admissible before it is sent. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orStop } from '../kernel/index.ts'
import { checkAdmissible, type DraftRequest } from './admissible-request.ts'
import { checkRequest } from './check-request.ts'
import { requestForm } from './form.ts'
import { languages } from './pack.ts'
import { packFolder, readPacks } from './sources/index.ts'

/** A freezing certificate that fills Annex I of Reg. 2018/1805; an example of our own. */
const certificate = JSON.parse(
  readFileSync(new URL('../../../vectors/packs/freezing-certificate.json', import.meta.url), 'utf8'),
) as { readonly order: object }
const packs = orStop(readPacks(orStop(packFolder())))
const form = orStop(requestForm(packs, 'EU-2018-1805', 'FREEZE.REQUEST'))
const found = (data: unknown) => checkRequest(form, data).map(({ code, path }) => `${code} ${path}`)
const without = (path: string) => change(path, undefined)

/** The certificate with one value changed. */
function change(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(certificate)
  const steps = path.split(/[.[\]]+/).filter((step) => step !== '')
  const last = steps.pop() ?? ''
  let at = copy as Record<string, unknown>
  for (const step of steps) {
    at[step] ??= {}
    at = at[step] as Record<string, unknown>
  }
  if (value === undefined) delete at[last]
  else at[last] = value
  return copy
}

describe('forms', () => {
  const all = packs.instruments.flatMap(({ id, requestTypes }) =>
    requestTypes.filter(({ form: name }) => name !== null).map((type) => [`${id} ${type.id}`, id, type.id] as const),
  )

  it.for(all)('%s has sections and fields named in every language', ([, id, type]) => {
    const one = orStop(requestForm(packs, id, type))
    expect(one.sections.length).toBeGreaterThan(0)
    for (const { label, fields } of one.sections) {
      for (const language of languages) expect(label[language]).toMatch(/\S/)
      for (const field of fields) {
        for (const language of languages) expect(field.label[language]).toMatch(/\S/)
        expect(field.article).toMatch(/\S/)
        if (field.kind === 'code') expect(field.codes?.length).toBeGreaterThan(0)
      }
    }
    // An empty request is never complete.
    expect(checkRequest(one, {}).length).toBeGreaterThan(0)
  })

  it('Annex I has the sections A to P, Annex II A to N', () => {
    const letters = (one: typeof form) => one.sections.map(({ id }) => id).join('')
    expect(letters(form)).toBe('ABCDEFGHIJKLMNOP')
    expect(letters(orStop(requestForm(packs, 'EU-2018-1805', 'CONFISCATE.REQUEST')))).toBe('ABCDEFGHIJKLMN')
  })

  it('Budapest asks for article 29(2)(a) to (f)', () => {
    const one = orStop(requestForm(packs, 'COE-ETS-185', 'PRESERVE.REQUEST'))
    expect(one.sections.map(({ id }) => id).join('')).toBe('abcdef')
  })

  it('a request without a form says so', () => {
    expect(requestForm(packs, 'COE-ETS-185', 'MLA.REQUEST')).toMatchObject({
      ok: false,
      refusal: { code: 'FORM_UNKNOWN' },
    })
    expect(requestForm(packs, 'COE-ETS-185', 'NO.REQUEST')).toMatchObject({
      ok: false,
      refusal: { code: 'REQUEST_TYPE_UNKNOWN' },
    })
  })
})

describe('checking a request', () => {
  it('a full certificate has no findings', () => {
    expect(found(certificate)).toEqual([])
  })

  it.each([
    ['facts', 'FIELD_MISSING facts'],
    ['order.locationGrounds', 'FIELD_MISSING order.locationGrounds'],
    ['urgency.reasons', 'FIELD_MISSING urgency.reasons'],
    ['persons[0].natural.surname', 'FIELD_MISSING persons[0].natural.surname'],
    ['persons[1].legal.name', 'FIELD_MISSING persons[1].legal.name'],
    ['assets[0].address', 'FIELD_MISSING assets[0].address'],
    ['followUp.estimatedDate', 'FIELD_MISSING followUp.estimatedDate'],
    ['issuer.signature', 'FIELD_MISSING issuer.signature'],
  ])('without %s', (path, finding) => {
    expect(found(without(path))).toEqual([finding])
  })

  it.each([
    ['executingState', 'Germany', 'FIELD_MALFORMED executingState'],
    ['order.amountHere', '40.000 EUR!', 'FIELD_MALFORMED order.amountHere'],
    ['assets[0].amount', '1.5', 'FIELD_MALFORMED assets[0].amount'],
    ['persons[0].natural.birthDate', '1990-02-30', 'FIELD_MALFORMED persons[0].natural.birthDate'],
    ['persons[0].position', 'SUSPECT', 'FIELD_MALFORMED persons[0].position'],
    ['issuer.email', 'office', 'FIELD_MALFORMED issuer.email'],
    ['issuer.phone', '020 5550100', 'FIELD_MALFORMED issuer.phone'],
    ['offence.threeYears', 'yes', 'FIELD_MALFORMED offence.threeYears'],
    ['facts', 7, 'FIELD_MALFORMED facts'],
    ['asset', 'BTC', 'FIELD_UNKNOWN asset'],
    ['persons[0].shoeSize', '38', 'FIELD_UNKNOWN persons[0].shoeSize'],
    ['persons', {}, 'FIELD_UNKNOWN persons'],
  ])('%s as %j', (path, value, finding) => {
    expect(found(change(path, value))).toContain(finding)
  })

  it('no person at all is a missing entry; no earlier order is none', () => {
    expect(found(change('persons', []))).toEqual(['FIELD_MISSING persons[0].kind', 'FIELD_MISSING persons[0].position'])
    expect(found(change('earlierOrders', []))).toEqual([])
    expect(found(change('earlierOrders', [{ type: 'freezing' }]))).toEqual([
      'FIELD_MISSING earlierOrders[0].date',
      'FIELD_MISSING earlierOrders[0].authority',
      'FIELD_MISSING earlierOrders[0].reference',
    ])
  })

  it('the conditions of one entry of a list do not reach another', () => {
    // The second person is a legal one: her name as a natural person is not asked.
    expect(found(change('persons[1].kind', 'NATURAL_PERSON'))).toEqual([
      'FIELD_MISSING persons[1].natural.surname',
      'FIELD_MISSING persons[1].natural.givenNames',
    ])
  })

  it('another authority needs a validating one (art. 2(8)(a))', () => {
    expect(found(change('issuer.type', 'AUTHORITY_OTHER'))).toEqual([
      'FIELD_MISSING validator.type',
      'FIELD_MISSING validator.name',
      'FIELD_MISSING validator.signature',
    ])
  })

  it('whatever is handed in, the check answers and does not throw', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(checkRequest(form, data).length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })
})

describe('admissibility of a request', () => {
  const noUse = { otherProceedings: false, passOn: false, asEvidence: false, consent: false }
  const draft: DraftRequest = {
    instrument: 'EU-2018-1805',
    requestType: 'FREEZE.REQUEST',
    from: 'NL',
    to: 'DE',
    offence: 'ransomware',
    urgency: 'IMMINENT_DISSIPATION',
    issuer: 'prosecutor',
    validator: null,
    maxPenaltyMonths: 72,
    use: noUse,
    data: certificate,
  }
  const codes = (more: Partial<DraftRequest>) =>
    orStop(checkAdmissible(packs, { ...draft, ...more })).map(({ code, path }) => `${code} ${path}`)

  it('a sound request has no flaw', () => {
    expect(codes({})).toEqual([])
  })

  it('asset dissipation is no emergency under CETS 224 articles 9 and 10, which is not in force either', () => {
    for (const requestType of ['DATA.EMERGENCY', 'MLA.EMERGENCY']) {
      const given = codes({ instrument: 'COE-CETS-224', requestType, from: 'RS', to: 'JP', issuer: 'prosecutor' })
      expect(given).toContain('REQUEST_URGENCY_FORBIDDEN urgency')
      expect(given).toContain('REQUEST_NOT_IN_FORCE instrument')
      expect(codes({ instrument: 'COE-CETS-224', requestType, urgency: 'LIFE_SAFETY' })).not.toContain(
        'REQUEST_URGENCY_FORBIDDEN urgency',
      )
    }
  })

  it('Reg. 2018/1805 does not bind Ireland (art. 41)', () => {
    expect(codes({ to: 'IE' })).toContain('REQUEST_NOT_IN_FORCE instrument')
  })

  it('a police officer needs validation, and not by another officer', () => {
    expect(codes({ issuer: 'police' })).toEqual(['REQUEST_ISSUER validator'])
    expect(codes({ issuer: 'police', validator: 'police' })).toEqual(['REQUEST_ISSUER validator'])
    expect(codes({ issuer: 'police', validator: 'judge' })).toEqual([])
    expect(codes({ instrument: 'EU-2024-1640', requestType: 'FIU.SUSPEND', issuer: 'police' })).toContain(
      'REQUEST_ISSUER issuer',
    )
  })

  it('below three years the conduct may be tested', () => {
    expect(codes({ maxPenaltyMonths: 24, to: 'LU', offence: 'sextortion' })).toEqual([
      'REQUEST_DUAL_CRIMINALITY offence',
    ])
    expect(codes({ maxPenaltyMonths: null, to: 'LU', offence: 'sextortion' })).toEqual([
      'REQUEST_DUAL_CRIMINALITY offence',
    ])
    expect(codes({ maxPenaltyMonths: 36, to: 'LU', offence: 'sextortion' })).toEqual([])
  })

  it('the amount for one State never exceeds the total (art. 16(2))', () => {
    const order = { ...certificate.order, amountHere: '100000.01 EUR' }
    expect(codes({ data: { ...certificate, order } })).toEqual(['REQUEST_OVER_TOTAL order.amountHere'])
  })

  it('speciality: UNCAC 46(19) forbids other proceedings without consent', () => {
    const mla = {
      instrument: 'UNCAC',
      requestType: 'INFO.SPONTANEOUS',
      offence: 'corruption-proceeds',
      issuer: 'prosecutor' as const,
      urgency: null,
    }
    expect(codes({ ...mla, use: { ...noUse, otherProceedings: true } })).toEqual([
      'REQUEST_SPECIALITY use.otherProceedings',
    ])
    expect(codes({ ...mla, use: { ...noUse, otherProceedings: true, consent: true } })).toEqual([])
  })

  it('what a network tells never becomes evidence by consent', () => {
    const carin = { instrument: 'CARIN', requestType: 'TRACE.REQUEST', urgency: null }
    for (const consent of [false, true])
      expect(codes({ ...carin, use: { ...noUse, asEvidence: true, consent } })).toContain(
        'REQUEST_SPECIALITY use.asEvidence',
      )
  })

  it('a threshold below is refused: traffic data under e-Evidence 5(4)', () => {
    const traffic = {
      instrument: 'EU-2023-1543',
      requestType: 'DATA.PRODUCE_TRAFFIC',
      issuer: 'judge' as const,
      urgency: null,
    }
    expect(codes({ ...traffic, offence: 'investment-fraud', maxPenaltyMonths: 24 })).toContain(
      'REQUEST_THRESHOLD offence',
    )
    expect(codes({ ...traffic, offence: 'ransomware', maxPenaltyMonths: 24 })).not.toContain(
      'REQUEST_THRESHOLD offence',
    )
    expect(codes({ ...traffic, offence: 'investment-fraud', maxPenaltyMonths: 36 })).not.toContain(
      'REQUEST_THRESHOLD offence',
    )
  })

  it('every missing field is told by its path', () => {
    expect(codes({ data: {} }).filter((code) => code.startsWith('FIELD_MISSING data.')).length).toBeGreaterThan(15)
  })

  it('an offence, country or instrument that nobody knows is refused', () => {
    for (const more of [{ offence: 'theft-of-time' }, { to: 'XX' }, { instrument: 'NONE' }])
      expect(checkAdmissible(packs, { ...draft, ...more })).toMatchObject({ ok: false })
  })
})
