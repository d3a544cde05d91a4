/**
 * What an identity payload says, as parts of messages: persons and identifiers (of a request for data, or of an answer about
 * an account) and the file itself as an item of `data.result`. The file stays what is evidence; the parts are read from it.
 */
import { bytesToHex, ok, type Result, sha256 } from '../../../kernel/index.ts'
import type { BodyOf } from '../../wire/index.ts'
import type { Identifier, Person } from '../people.ts'
import { type Taken, takenFrom } from '../taken.ts'
import type { IdentityPayload, IvmsPerson } from './payload.ts'
import { type ReadPayload, readIdentityPayload } from './read-payload.ts'

export type PayloadParts = {
  readonly originators: readonly Person[]
  readonly beneficiaries: readonly Person[]
  /** Services on the way: the first, those between in their order, the last. */
  readonly services: readonly Person[]
  readonly accounts: { readonly originator: readonly Identifier[]; readonly beneficiary: readonly Identifier[] }
  /** What no part holds, as JSON pointers into the payload in the spelling of the standard. */
  readonly notMapped: readonly string[]
}

/** `isAddress`: whether an account number is an address on a chain, by the gate for addresses; the standard does not say. */
export function payloadToParts(payload: IdentityPayload, isAddress: (text: string) => boolean): PayloadParts {
  const taken = takenFrom(payload)
  const persons = (path: string) => indices(taken, path).map((at) => toPerson(taken, `${path}/${at}`))
  const accounts = (path: string): Identifier[] =>
    indices(taken, path).map((at) => {
      const value = taken.text(`${path}/${at}`) ?? ''
      return identifier(isAddress(value) ? 'address' : 'account', value)
    })
  const service = (path: string, there: unknown) => (there ? [toPerson(taken, path)] : [])
  const between = indices(taken, '/transferPath/transferPath')
    .map((at) => ({ at, sequence: Number(taken.text(`/transferPath/transferPath/${at}/sequence`)) }))
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ at }) => toPerson(taken, `/transferPath/transferPath/${at}/intermediaryVASP`))
  const parts = {
    originators: persons('/originator/originatorPersons'),
    beneficiaries: persons('/beneficiary/beneficiaryPersons'),
    services: [
      ...service('/originatingVASP/originatingVASP', payload.originatingVASP?.originatingVASP),
      ...between,
      ...service('/beneficiaryVASP/beneficiaryVASP', payload.beneficiaryVASP?.beneficiaryVASP),
    ],
    accounts: {
      originator: accounts('/originator/accountNumber'),
      beneficiary: accounts('/beneficiary/accountNumber'),
    },
  }
  return { ...parts, notMapped: taken.left() }
}

/** The file as an item of an answer, with what was found in it. Refused where it is no identity payload at all. */
export function identityDataItem(
  bytes: Uint8Array,
  file: {
    readonly name: string
    readonly period: BodyOf<'data.result', 1>['items'][number]['period']
    readonly asOf: string
  },
): Result<{ readonly item: BodyOf<'data.result', 1>['items'][number]; readonly read: ReadPayload }> {
  const read = readIdentityPayload(bytes, file.asOf)
  if (!read.ok) return read
  const { originator, beneficiary } = read.value.payload
  const count = (persons: readonly unknown[] | undefined) => persons?.length ?? 0
  return ok({
    item: {
      name: file.name,
      sha256: bytesToHex(sha256(bytes)),
      what: `Identity payload (IVMS101): ${count(originator?.originatorPersons)} originators, ${count(beneficiary?.beneficiaryPersons)} beneficiaries.`,
      period: file.period,
    },
    read: read.value,
  })
}

/**
 * A person of a message as one of a payload. A name is one text here and stays one: the standard wants the whole name as the
 * primary identifier where the sender cannot divide it. What has no place is named in `notMapped`.
 */
export function personToIvms(person: Person): { readonly person: IvmsPerson; readonly notMapped: readonly string[] } {
  const taken = takenFrom(person)
  const list = (name: string) => indices(taken, `/${name}`).map((at) => taken.text(`/${name}/${at}`) ?? '')
  const isNatural = taken.text('/kind') === 'natural'
  // Without a name there is none to be written: the payload is then refused as lacking one.
  const name = taken.text('/name')
  const aliases = list('aliases')
  const customer = indices(taken, '/identifiers').find((at) => taken.peek(`/identifiers/${at}/kind`) === 'user-id')
  let number: string | null = null
  if (customer !== undefined) {
    taken.text(`/identifiers/${customer}/kind`)
    number = taken.text(`/identifiers/${customer}/value`)
  }
  const made: IvmsPerson = isNatural
    ? {
        naturalPerson: {
          name: {
            nameIdentifier: [
              ...(name === null ? [] : [{ primaryIdentifier: name, nameIdentifierType: 'LEGL' as const }]),
              ...aliases.map((one) => ({ primaryIdentifier: one, nameIdentifierType: 'ALIA' as const })),
            ],
          },
          ...(number === null ? {} : { customerIdentification: number }),
        },
      }
    : {
        legalPerson: {
          name: {
            nameIdentifier: [
              ...(name === null ? [] : [{ legalPersonName: name, legalPersonNameIdentifierType: 'LEGL' as const }]),
              ...aliases.map((one) => ({ legalPersonName: one, legalPersonNameIdentifierType: 'TRAD' as const })),
            ],
          },
          ...(number === null ? {} : { customerNumber: number }),
          ...registration(taken),
        },
      }
  return { person: made, notMapped: taken.left() }
}

/** Of a body, the first country is that of its registration (docs/spec/exchange.md, Person). */
function registration(taken: Taken): { countryOfRegistration?: string } {
  const country = taken.text('/nationalities/0')
  return country === null ? {} : { countryOfRegistration: country }
}

const indices = (taken: Taken, path: string): readonly number[] => [...Array(taken.count(path)).keys()]

const identifier = (kind: Identifier['kind'], value: string): Identifier => ({
  kind,
  value,
  from: null,
  to: null,
  zone: null,
})

/** Where somebody lives is no nationality, and a place of birth has no field: both stay untaken. */
function toPerson(taken: Taken, path: string): Person {
  const isNatural = taken.peek(`${path}/naturalPerson/name/nameIdentifier/0/primaryIdentifier`) !== null
  const here = `${path}/${isNatural ? 'naturalPerson' : 'legalPerson'}`
  const names = ['nameIdentifier', 'localNameIdentifier', 'phoneticNameIdentifier'].flatMap((list) =>
    indices(taken, `${here}/name/${list}`).map((at) => nameAt(taken, `${here}/name/${list}/${at}`, isNatural)),
  )
  const legal = names.find(({ type }) => type === 'LEGL') ?? names[0]
  const customer = taken.text(`${here}/${isNatural ? 'customerIdentification' : 'customerNumber'}`)
  const document = taken.text(`${here}/nationalIdentification/nationalIdentifier`)
  const isCode = /^[A-Z]{2}$/.test(taken.peek(`${here}/countryOfRegistration`) ?? '')
  const country = isCode ? taken.text(`${here}/countryOfRegistration`) : null
  return {
    kind: isNatural ? 'natural' : 'legal',
    name: legal?.name ?? null,
    aliases: names.filter((one) => one !== legal).map(({ name }) => name),
    born: isNatural ? dayOf(taken, `${here}/dateAndPlaceOfBirth/dateOfBirth`) : null,
    nationalities: country === null || country === 'XX' ? [] : [country],
    identifiers: [
      ...(document === null ? [] : [identifier('document', document)]),
      ...(customer === null ? [] : [identifier('user-id', customer)]),
      ...indices(taken, `${here}/geographicAddress`).map((at) =>
        identifier('other', addressText(taken, `${here}/geographicAddress/${at}`)),
      ),
    ],
    ledCategory: null,
    position: null,
  }
}

/** A day that the calendar does not have stays where it is. */
function dayOf(taken: Taken, path: string): string | null {
  const day = taken.peek(path) ?? ''
  const at = Date.parse(day)
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day) ? taken.text(path) : null
}

function nameAt(taken: Taken, path: string, isNatural: boolean): { readonly type: string; readonly name: string } {
  if (!isNatural)
    return {
      type: taken.text(`${path}/legalPersonNameIdentifierType`) ?? '',
      name: taken.text(`${path}/legalPersonName`) ?? '',
    }
  const [second, first] = [taken.text(`${path}/secondaryIdentifier`), taken.text(`${path}/primaryIdentifier`) ?? '']
  return {
    type: taken.text(`${path}/nameIdentifierType`) ?? '',
    name: second === null ? first : `${second} ${first}`,
  }
}

/** Written out with the names of its members: an order that is usual in one country is wrong in the next. */
function addressText(taken: Taken, path: string): string {
  const members = [
    'addressType', 'department', 'subDepartment', 'streetName', 'buildingNumber', 'buildingName', 'floor', 'postBox', 'room',
    'postCode', 'townName', 'townLocationName', 'districtName', 'countrySubDivision', 'country',
  ] // biome-ignore format: a list
  const lines = indices(taken, `${path}/addressLine`).map((at) => taken.text(`${path}/addressLine/${at}`) ?? '')
  return [
    ...members.flatMap((one) => {
      const value = taken.text(`${path}/${one}`)
      return value === null ? [] : [`${one}: ${value}`]
    }),
    ...lines.map((one) => `addressLine: ${one}`),
  ].join('; ')
}
