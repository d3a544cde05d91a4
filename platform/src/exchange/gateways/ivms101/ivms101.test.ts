import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bytesToHex, type Result, sha256, textToBytes } from '../../../kernel/index.ts'
import { formsOf, messageTypes } from '../../wire/index.ts'
import { misfit } from '../../wire/schema-check.ts'
import { identityDataItem, payloadToParts, personToIvms } from './message-parts.ts'
import type { IdentityPayload } from './payload.ts'
import { readIdentityPayload } from './read-payload.ts'
import { writeIdentityPayload } from './write-payload.ts'

const asOf = '2026-11-25'
const file = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../../../../vectors/ivms101/${name}`, import.meta.url)))
const read = (value: unknown) => readIdentityPayload(textToBytes(JSON.stringify(value)), asOf)
function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
const standard = value(readIdentityPayload(file('good/identity_payload.json'), asOf))

/** The published payload with something changed in it. */
// biome-ignore lint/suspicious/noExplicitAny: payloads that no type would allow
type Any = any
function changed(change: (payload: Any) => void): unknown {
  const payload = JSON.parse(new TextDecoder().decode(file('good/identity_payload.json')))
  change(payload)
  return payload
}
const natural = (payload: Any) => payload.originator.originatorPersons[0].naturalPerson
const legal = (payload: Any) => payload.originatingVASP.originatingVASP.legalPerson

describe('an identity payload', () => {
  test('is read whole in the spelling of the standard, and written as it was', () => {
    expect(standard).toMatchObject({ defects: [], notRead: [] })
    const written = value(writeIdentityPayload(standard.payload, asOf))
    expect(JSON.parse(written)).toEqual(JSON.parse(new TextDecoder().decode(file('good/identity_payload.json'))))
    expect(value(readIdentityPayload(textToBytes(written), asOf))).toEqual(standard)
    expect(value(writeIdentityPayload(standard.payload, asOf))).toBe(written)
  })

  test('in the spelling of Protocol Buffers says the same, and its defects are named', () => {
    const other = JSON.parse(new TextDecoder().decode(file('good/identity_payload.pb.json')))
    const { payload, defects, notRead } = value(read(other))
    expect(notRead).toEqual([])
    expect(payload.originator?.originatorPersons[0]?.naturalPerson?.name).toEqual(
      standard.payload.originator?.originatorPersons[0]?.naturalPerson?.name,
    )
    expect(defects.map(({ place, message }) => [place, /\((.*)\)/.exec(message)?.[1]])).toEqual([
      ['/beneficiary/beneficiaryPersons/0/naturalPerson/geographicAddress/0/country', 'CountryCode'],
      [
        '/originatingVASP/originatingVASP/legalPerson/nationalIdentification/countryOfIssue',
        'CompleteNationalIdentifierLegalPerson',
      ],
      [
        '/beneficiaryVASP/beneficiaryVASP/legalPerson/nationalIdentification/countryOfIssue',
        'CompleteNationalIdentifierLegalPerson',
      ],
    ])
  })

  test('in a spelling of one program is refused, not guessed at', () => {
    expect(readIdentityPayload(file('bad/identity_payload_alt.json'), asOf)).toMatchObject({
      refusal: { code: 'GATEWAY_IVMS_FORM', place: '/originator/originatorPersons/0/naturalPerson/name' },
    })
  })

  test('with a person who is natural and legal is refused', () => {
    const both = JSON.parse(new TextDecoder().decode(file('bad/person_both_persons.json')))
    expect(read({ originator: { originatorPersons: [both] } })).toMatchObject({
      refusal: { code: 'GATEWAY_IVMS_FORM', place: '/originator/originatorPersons/0' },
    })
    expect(read({ originator: { originatorPersons: [{}] } })).toMatchObject({ refusal: { code: 'GATEWAY_IVMS_FORM' } })
  })

  test.each<[string, (payload: Any) => void, string]>([
    [
      'a name that is too long',
      (one) => {
        natural(one).name.nameIdentifier[0].primaryIdentifier = 'x'.repeat(101)
      },
      'primaryIdentifier',
    ],
    [
      'a code of no list',
      (one) => {
        natural(one).name.nameIdentifier[0].nameIdentifierType = 'NICK'
      },
      'nameIdentifierType',
    ],
    [
      'a number for a text',
      (one) => {
        natural(one).customerIdentification = 7
      },
      'customerIdentification',
    ],
    [
      'a list for a person',
      (one) => {
        one.originatingVASP.originatingVASP = []
      },
      '',
    ],
    [
      'a member in both spellings',
      (one) => {
        natural(one).name.name_identifiers = natural(one).name.nameIdentifier
      },
      'name_identifiers',
    ],
  ])('with %s is refused with its place', (_, change, place) => {
    expect(read(changed(change))).toMatchObject({
      refusal: { code: 'GATEWAY_IVMS_FORM', place: expect.stringContaining(place), fix: expect.any(String) },
    })
  })

  test.each<[string, string, (payload: Any) => void]>([
    [
      'LegalNamePresentNaturalPerson',
      'no legal name',
      (one) => {
        natural(one).name.nameIdentifier[0].nameIdentifierType = 'ALIA'
      },
    ],
    [
      'LegalNamePresentLegalPerson',
      'no legal name of a body',
      (one) => {
        legal(one).name.nameIdentifier.splice(0, 1)
      },
    ],
    [
      'ValidAddress',
      'an address without a street',
      (one) => {
        delete natural(one).geographicAddress[0].streetName
      },
    ],
    [
      'CountryCode',
      'a country in words',
      (one) => {
        natural(one).countryOfResidence = 'Estonia'
      },
    ],
    [
      'RegistrationAuthority',
      'an authority in words',
      (one) => {
        legal(one).nationalIdentification.registrationAuthority = 'Companies House'
      },
    ],
    [
      'DateInPast',
      'a birth in the future',
      (one) => {
        natural(one).dateAndPlaceOfBirth.dateOfBirth = asOf
      },
    ],
    [
      'DateInPast',
      'a day that is none',
      (one) => {
        natural(one).dateAndPlaceOfBirth.dateOfBirth = '2001-02-30'
      },
    ],
    [
      'ValidLEI',
      'an LEI that is none',
      (one) => {
        legal(one).nationalIdentification.nationalIdentifier = '506700T7'
      },
    ],
    [
      'ValidNationalIdentifierLegalPerson',
      'a passport of a body',
      (one) => {
        Object.assign(legal(one).nationalIdentification, {
          nationalIdentifierType: 'CCPT',
          registrationAuthority: 'RA000001',
        })
      },
    ],
    [
      'CompleteNationalIdentifierLegalPerson',
      'no authority',
      (one) => {
        legal(one).nationalIdentification.nationalIdentifierType = 'TXID'
      },
    ],
    [
      'OriginatorInformationLegalPerson',
      'an originator that cannot be found',
      (one) => {
        one.originator.originatorPersons = [{ legalPerson: { name: legal(one).name } }]
      },
    ],
  ])('that breaks %s (%s) is kept with its defect, and is never written', (constraint, _, change) => {
    const { payload, defects } = value(read(changed(change)))
    expect(defects).toMatchObject([
      { code: 'GATEWAY_IVMS_CONSTRAINT', message: expect.stringContaining(`(${constraint})`) },
    ])
    expect(writeIdentityPayload(payload, asOf)).toMatchObject({ refusal: { code: 'GATEWAY_IVMS_CONSTRAINT' } })
  })

  test('members that the standard does not know are named', () => {
    expect(
      value(
        read(
          changed((one) => {
            natural(one)['e/mail'] = 'x'
          }),
        ),
      ).notRead,
    ).toEqual(['/originator/originatorPersons/0/naturalPerson/e~1mail'])
  })

  test('is strict JSON', () => {
    expect(readIdentityPayload(textToBytes('{"originator":null,"originator":null}'), asOf)).toMatchObject({ ok: false })
  })
})

describe('an identity payload in messages', () => {
  const parts = payloadToParts(standard.payload, (text) => text.startsWith('14'))

  test('gives persons, services and addresses; what has no field is named', () => {
    expect(parts.originators).toMatchObject([
      { kind: 'natural', name: 'Jane Howard', aliases: ['Jane Price'], born: '1992-10-04', nationalities: [] },
    ])
    expect(parts.services.map(({ kind, name }) => [kind, name])).toEqual([
      ['legal', 'AliceCoin, Inc.'],
      ['legal', "Bob's Discount VASP, PLC"],
    ])
    expect(parts.accounts.beneficiary).toMatchObject([{ kind: 'address', value: '14WU745djqecaJ1gmtWQGeMCFim1W5MNp3' }])
    expect(parts.notMapped).toContain('/originator/originatorPersons/0/naturalPerson/dateAndPlaceOfBirth/placeOfBirth')
    expect(parts.notMapped).toContain('/originator/originatorPersons/0/naturalPerson/countryOfResidence')
  })

  test('its persons and accounts fit a request for data, and its file an answer', () => {
    const form = (type: string) => formsOf(messageTypes).formOf(type, 1)?.body as Any
    for (const person of [...parts.originators, ...parts.beneficiaries, ...parts.services])
      expect(misfit(form('fiu.answer').properties.persons.items, person)).toBeNull()
    const found = [...parts.accounts.originator, ...parts.originators.flatMap(({ identifiers }) => identifiers)]
    expect(misfit(form('data.produce').properties.identifiers, found)).toBeNull()
    const bytes = file('good/identity_payload.json')
    const period = { from: null, to: null }
    const made = value(identityDataItem(bytes, { name: 'identity.json', period, asOf }))
    expect(made.item).toMatchObject({
      sha256: bytesToHex(sha256(bytes)),
      what: expect.stringContaining('1 originators, 1 beneficiaries'),
    })
    expect(misfit(form('data.result').properties.items, [made.item])).toBeNull()
    expect(identityDataItem(textToBytes('{"x":1'), { name: 'x', period, asOf })).toMatchObject({ ok: false })
  })

  test('services between stand in their sequence', () => {
    const service = (name: string) => ({
      legalPerson: {
        name: { nameIdentifier: [{ legalPersonName: name, legalPersonNameIdentifierType: 'LEGL' as const }] },
      },
    })
    const payload: IdentityPayload = {
      ...standard.payload,
      transferPath: {
        transferPath: [
          { intermediaryVASP: service('second'), sequence: 2 },
          { intermediaryVASP: service('first'), sequence: 1 },
        ],
      },
    }
    expect(payloadToParts(payload, () => false).services.map(({ name }) => name)).toEqual([
      'AliceCoin, Inc.',
      'first',
      'second',
      "Bob's Discount VASP, PLC",
    ])
  })

  test('a person of a message becomes one of a payload, the name whole', () => {
    const [person] = parts.originators
    if (!person) throw new Error('no person')
    const { person: made, notMapped } = personToIvms({ ...person, identifiers: [...person.identifiers].reverse() })
    expect(made).toEqual({
      naturalPerson: {
        name: {
          nameIdentifier: [
            { primaryIdentifier: 'Jane Howard', nameIdentifierType: 'LEGL' },
            { primaryIdentifier: 'Jane Price', nameIdentifierType: 'ALIA' },
          ],
        },
        customerIdentification: '2642',
      },
    })
    expect(notMapped).toContain('/born')
    expect(writeIdentityPayload({ beneficiary: { beneficiaryPersons: [made] } }, asOf)).toMatchObject({ ok: true })
    const nameless = personToIvms({ ...person, name: null, aliases: [] }).person
    expect(writeIdentityPayload({ beneficiary: { beneficiaryPersons: [nameless] } }, asOf)).toMatchObject({
      refusal: { code: 'GATEWAY_IVMS_FORM' },
    })
    const [service] = parts.services
    expect(service && personToIvms(service).person.legalPerson?.countryOfRegistration).toBe('US')
  })
})
