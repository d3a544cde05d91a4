/**
 * The identity payload of IVMS101 (interVASP data model standard, issue 1, 2020), which services for crypto-assets exchange
 * under the travel rule (Regulation (EU) 2023/1113; FATF recommendation 16).
 *
 * How well it was read: names, lengths, codes and constraints as the Protocol Buffers definitions of trisacrypto/trisa quote
 * them from the standard (vectors/ivms101); the standard itself was not read. The outermost object is in none of its clauses,
 * only in its examples.
 */
import { type Static, type TProperties, Type } from '@sinclair/typebox'

const object = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
const maybe = Type.Optional
const max = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: '\\S' })
const oneOf = <const W extends readonly string[]>(words: W) =>
  Type.Unsafe<W[number]>({ type: 'string', enum: [...words] })
/** ISO 3166-1, or XX for none: a constraint, since published payloads hold "United Kingdom" there. */
const CountryCode = max(70)

const naturalNameTypes = ['ALIA', 'BIRT', 'MAID', 'LEGL', 'MISC'] as const
/** MISC for legal persons and for addresses is no part of the standard; the definitions above know it. */
const legalNameTypes = ['LEGL', 'SHRT', 'TRAD', 'MISC'] as const
const addressTypes = ['HOME', 'BIZZ', 'GEOG', 'MISC'] as const
const identifierTypes = ['ARNU', 'CCPT', 'RAID', 'DRLC', 'FIIN', 'TXID', 'SOCS', 'IDCD', 'LEIX', 'MISC'] as const
const transliterations = [
  'OTHR', 'arab', 'aran', 'armn', 'cyrl', 'deva', 'geor', 'grek', 'hani', 'hebr', 'kana', 'kore', 'thai',
  'ARAB', 'ARAN', 'ARMN', 'CYRL', 'DEVA', 'GEOR', 'GREK', 'HANI', 'HEBR', 'KANA', 'KORE', 'THAI',
] as const // biome-ignore format: a list

const NaturalNameId = object({
  primaryIdentifier: max(100),
  secondaryIdentifier: maybe(max(100)),
  nameIdentifierType: oneOf(naturalNameTypes),
})
const LegalNameId = object({ legalPersonName: max(100), legalPersonNameIdentifierType: oneOf(legalNameTypes) })

const Address = object({
  addressType: oneOf(addressTypes),
  department: maybe(max(50)),
  subDepartment: maybe(max(70)),
  streetName: maybe(max(70)),
  buildingNumber: maybe(max(16)),
  buildingName: maybe(max(35)),
  floor: maybe(max(70)),
  postBox: maybe(max(16)),
  room: maybe(max(70)),
  postCode: maybe(max(16)),
  townName: maybe(max(35)),
  townLocationName: maybe(max(35)),
  districtName: maybe(max(35)),
  countrySubDivision: maybe(max(35)),
  addressLine: maybe(Type.Array(max(70), { maxItems: 7 })),
  country: CountryCode,
})
const NationalIdentification = object({
  nationalIdentifier: max(35),
  nationalIdentifierType: oneOf(identifierTypes),
  countryOfIssue: maybe(CountryCode),
  registrationAuthority: maybe(max(70)),
})

const NaturalPerson = object({
  name: object({
    nameIdentifier: Type.Array(NaturalNameId, { minItems: 1 }),
    localNameIdentifier: maybe(Type.Array(NaturalNameId)),
    phoneticNameIdentifier: maybe(Type.Array(NaturalNameId)),
  }),
  geographicAddress: maybe(Type.Array(Address)),
  nationalIdentification: maybe(NationalIdentification),
  customerIdentification: maybe(max(50)),
  dateAndPlaceOfBirth: maybe(
    object({ dateOfBirth: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }), placeOfBirth: max(70) }),
  ),
  countryOfResidence: maybe(CountryCode),
})
const LegalPerson = object({
  name: object({
    nameIdentifier: Type.Array(LegalNameId, { minItems: 1 }),
    localNameIdentifier: maybe(Type.Array(LegalNameId)),
    phoneticNameIdentifier: maybe(Type.Array(LegalNameId)),
  }),
  geographicAddress: maybe(Type.Array(Address)),
  /** The table of the standard calls it customerIdentification, its clause customerNumber. */
  customerNumber: maybe(max(50)),
  nationalIdentification: maybe(NationalIdentification),
  countryOfRegistration: maybe(CountryCode),
})
const Person = object({ naturalPerson: maybe(NaturalPerson), legalPerson: maybe(LegalPerson) })
export type IvmsPerson = Static<typeof Person>
export type IvmsAddress = Static<typeof Address>
export type IvmsNationalIdentification = Static<typeof NationalIdentification>

export const IdentityPayload = object({
  originator: maybe(
    object({ originatorPersons: Type.Array(Person, { minItems: 1 }), accountNumber: maybe(Type.Array(max(100))) }),
  ),
  beneficiary: maybe(
    object({ beneficiaryPersons: Type.Array(Person, { minItems: 1 }), accountNumber: maybe(Type.Array(max(100))) }),
  ),
  originatingVASP: maybe(object({ originatingVASP: maybe(Person) })),
  beneficiaryVASP: maybe(object({ beneficiaryVASP: maybe(Person) })),
  transferPath: maybe(
    object({
      transferPath: maybe(Type.Array(object({ intermediaryVASP: Person, sequence: Type.Integer({ minimum: 0 }) }))),
    }),
  ),
  payloadMetadata: maybe(object({ transliterationMethod: maybe(Type.Array(oneOf(transliterations))) })),
})
export type IdentityPayload = Static<typeof IdentityPayload>

/** All persons of a payload with the place of each. */
export function personsOf(
  payload: IdentityPayload,
): readonly { readonly place: string; readonly person: IvmsPerson }[] {
  const one = (place: string, person: IvmsPerson | undefined) => (person ? [{ place, person }] : [])
  return [
    ...(payload.originator?.originatorPersons ?? []).map((person, at) => ({
      place: `/originator/originatorPersons/${at}`,
      person,
    })),
    ...(payload.beneficiary?.beneficiaryPersons ?? []).map((person, at) => ({
      place: `/beneficiary/beneficiaryPersons/${at}`,
      person,
    })),
    ...one('/originatingVASP/originatingVASP', payload.originatingVASP?.originatingVASP),
    ...one('/beneficiaryVASP/beneficiaryVASP', payload.beneficiaryVASP?.beneficiaryVASP),
    ...(payload.transferPath?.transferPath ?? []).map(({ intermediaryVASP }, at) => ({
      place: `/transferPath/transferPath/${at}/intermediaryVASP`,
      person: intermediaryVASP,
    })),
  ]
}
