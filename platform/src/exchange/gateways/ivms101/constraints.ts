/**
 * The constraints of IVMS101 that a schema cannot say, under the names that the standard gives them. In what others wrote they
 * are defects: the payload is evidence all the same. In what is written here they are refusals.
 */
import type { Refusal } from '../../../kernel/index.ts'
import {
  type IdentityPayload,
  type IvmsAddress,
  type IvmsNationalIdentification,
  type IvmsPerson,
  personsOf,
} from './payload.ts'

/** `asOf`: the day on which it is read, by which a date of birth must be past. */
export function defectsOf(payload: IdentityPayload, asOf: string): readonly Refusal[] {
  return [
    ...codeDefects(payload, ''),
    ...personsOf(payload).flatMap(({ place, person }) => personDefects(person, place, asOf)),
    ...(payload.originator?.originatorPersons ?? []).flatMap(({ legalPerson }, at) =>
      legalPerson &&
      !legalPerson.nationalIdentification &&
      legalPerson.customerNumber === undefined &&
      !legalPerson.geographicAddress?.some(({ addressType }) => addressType === 'GEOG')
        ? [
            defect(
              'OriginatorInformationLegalPerson',
              'has neither an address of the type GEOG nor a national identification nor a customer number',
              `/originator/originatorPersons/${at}/legalPerson`,
            ),
          ]
        : [],
    ),
  ]
}

function defect(constraint: string, what: string, place: string): Refusal {
  return {
    code: 'GATEWAY_IVMS_CONSTRAINT',
    message: `It ${what} (${constraint}).`,
    place,
    fix: 'Ask who wrote it; what it says is kept as it is.',
  }
}

const COUNTRIES = ['country', 'countryOfIssue', 'countryOfResidence', 'countryOfRegistration']

/** Whether a code is assigned is not checked: neither list is here. */
function codeDefects(value: unknown, place: string): readonly Refusal[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => {
    const here = `${place}/${key}`
    if (COUNTRIES.includes(key) && !/^[A-Z]{2}$/.test(String(one)))
      return [defect('CountryCode', 'names a country by something else than its code', here)]
    if (key === 'registrationAuthority' && !/^RA[0-9]{6}$/.test(String(one)))
      return [defect('RegistrationAuthority', 'names a registration authority by something else than its code', here)]
    return codeDefects(one, here)
  })
}

function personDefects({ naturalPerson, legalPerson }: IvmsPerson, place: string, asOf: string): readonly Refusal[] {
  if (naturalPerson) {
    const { name, geographicAddress = [], dateAndPlaceOfBirth } = naturalPerson
    const here = `${place}/naturalPerson`
    return [
      ...(name.nameIdentifier.some(({ nameIdentifierType }) => nameIdentifierType === 'LEGL')
        ? []
        : [defect('LegalNamePresentNaturalPerson', 'has no legal name', `${here}/name/nameIdentifier`)]),
      ...addressDefects(geographicAddress, here),
      ...(dateAndPlaceOfBirth && !isPast(dateAndPlaceOfBirth.dateOfBirth, asOf)
        ? [
            defect(
              'DateInPast',
              'has a date of birth that is no day of the past',
              `${here}/dateAndPlaceOfBirth/dateOfBirth`,
            ),
          ]
        : []),
    ]
  }
  if (!legalPerson) return []
  const { name, geographicAddress = [], nationalIdentification } = legalPerson
  const here = `${place}/legalPerson`
  return [
    ...(name.nameIdentifier.some(({ legalPersonNameIdentifierType }) => legalPersonNameIdentifierType === 'LEGL')
      ? []
      : [defect('LegalNamePresentLegalPerson', 'has no legal name', `${here}/name/nameIdentifier`)]),
    ...addressDefects(geographicAddress, here),
    ...(nationalIdentification ? legalIdentifierDefects(nationalIdentification, `${here}/nationalIdentification`) : []),
  ]
}

function addressDefects(addresses: readonly IvmsAddress[], place: string): readonly Refusal[] {
  return addresses.flatMap(({ addressLine, streetName, buildingName, buildingNumber }, at) =>
    (addressLine?.length ?? 0) > 0 || (streetName !== undefined && (buildingName ?? buildingNumber) !== undefined)
      ? []
      : [
          defect(
            'ValidAddress',
            'has neither address lines nor a street with a building',
            `${place}/geographicAddress/${at}`,
          ),
        ],
  )
}

const LEGAL_TYPES = ['RAID', 'MISC', 'LEIX', 'TXID']

function legalIdentifierDefects(one: IvmsNationalIdentification, place: string): readonly Refusal[] {
  const { nationalIdentifier, nationalIdentifierType: type, countryOfIssue, registrationAuthority } = one
  return [
    ...(LEGAL_TYPES.includes(type)
      ? []
      : [
          defect(
            'ValidNationalIdentifierLegalPerson',
            `identifies a body by ${type}`,
            `${place}/nationalIdentifierType`,
          ),
        ]),
    ...(countryOfIssue === undefined
      ? []
      : [
          defect(
            'CompleteNationalIdentifierLegalPerson',
            'names a country of issue for a body',
            `${place}/countryOfIssue`,
          ),
        ]),
    ...(type === 'LEIX' || registrationAuthority !== undefined
      ? []
      : [defect('CompleteNationalIdentifierLegalPerson', 'names no registration authority', place)]),
    // The form only (ISO 17442: 18 characters and 2 check digits); the digits are not computed.
    ...(type === 'LEIX' && !/^[A-Z0-9]{18}[0-9]{2}$/.test(nationalIdentifier)
      ? [defect('ValidLEI', 'has an LEI that is none', `${place}/nationalIdentifier`)]
      : []),
  ]
}

function isPast(day: string, asOf: string): boolean {
  const at = Date.parse(day)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day) && day < asOf
}
