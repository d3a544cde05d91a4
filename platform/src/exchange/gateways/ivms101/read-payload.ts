/**
 * Identity payloads, read in the two spellings that are in use: that of the standard, and that of Protocol Buffers
 * (`name_identifiers`, `NATURAL_PERSON_NAME_TYPE_CODE_LEGL`, empty texts for what is not there). No other is guessed at.
 */
import { Kind, type TArray, type TObject, type TSchema } from '@sinclair/typebox'
import { catchRefusal, type Json, type Refusal, type Result, stop, strictJson } from '../../../kernel/index.ts'
import { misfit } from '../../wire/index.ts'
import { defectsOf } from './constraints.ts'
import { IdentityPayload, personsOf } from './payload.ts'

export type ReadPayload = {
  readonly payload: IdentityPayload
  /** Constraints of the standard that it does not keep. */
  readonly defects: readonly Refusal[]
  /** Members that the standard does not know, as JSON pointers into the file. */
  readonly notRead: readonly string[]
}

const MAX_BYTES = 1 << 20

/** `asOf`: the day on which it is read, as 2026-11-25. */
export function readIdentityPayload(bytes: Uint8Array, asOf: string): Result<ReadPayload> {
  const json = strictJson(bytes, { maxBytes: MAX_BYTES, maxDepth: 16 })
  if (!json.ok) return json
  return catchRefusal(() => {
    const notRead: string[] = []
    const payload = known(json.value, IdentityPayload, '', notRead) as IdentityPayload
    const wrong = misfit(IdentityPayload, payload)
    if (wrong)
      stop('GATEWAY_IVMS_FORM', `The identity payload is malformed: it ${wrong.what}.`, {
        place: wrong.place,
        fix: 'Compare it with IVMS101, issue 1; ask who wrote it.',
      })
    checkPersons(payload)
    return { payload, defects: defectsOf(payload, asOf), notRead }
  })
}

/** Exactly one of natural and legal: with both, nobody knows whose name it is. */
export function checkPersons(payload: IdentityPayload): void {
  for (const { place, person } of personsOf(payload))
    if ((person.naturalPerson === undefined) === (person.legalPerson === undefined))
      stop('GATEWAY_IVMS_FORM', 'A person is natural or legal, and exactly one of the two.', {
        place,
        fix: 'Ask who wrote it which is meant.',
      })
}

/** Plurals and abbreviations that the two spellings write differently; other names differ by underscores only. */
const RENAMED: Readonly<Record<string, string>> = {
  name_identifiers: 'nameIdentifier',
  local_name_identifiers: 'localNameIdentifier',
  phonetic_name_identifiers: 'phoneticNameIdentifier',
  geographic_addresses: 'geographicAddress',
  account_numbers: 'accountNumber',
  originating_vasp: 'originatingVASP',
  beneficiary_vasp: 'beneficiaryVASP',
  intermediary_vasp: 'intermediaryVASP',
}
const ENUM_PREFIX = /^[A-Z_]+_CODE_(?=[A-Z]{4}$)/

function known(json: Json, schema: TSchema, path: string, notRead: string[]): Json | undefined {
  if (json === null) return undefined
  if (schema[Kind] === 'Array' && Array.isArray(json))
    return json.length === 0
      ? undefined
      : json.map((one, at) => known(one, (schema as TArray).items, `${path}/${at}`, notRead) ?? null)
  if (schema[Kind] === 'Object' && typeof json === 'object' && !Array.isArray(json)) {
    const { properties } = schema as TObject
    const found: Record<string, Json> = {}
    for (const [key, value] of Object.entries(json)) {
      const name = nameOf(key)
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (!field) {
        notRead.push(`${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
        continue
      }
      if (Object.hasOwn(found, name))
        stop('GATEWAY_IVMS_FORM', `${name} stands twice, in two spellings.`, {
          place: `${path}/${key}`,
          fix: 'Ask who wrote it which is meant.',
        })
      const read = known(value, field, `${path}/${key}`, notRead)
      if (read !== undefined) found[name] = read
    }
    return path !== '' && Object.keys(found).length === 0 && Object.keys(json).length === 0 ? undefined : found
  }
  if (json === '') return undefined
  if (typeof json !== 'string') return json
  if (schema.type === 'integer' && /^(0|[1-9][0-9]{0,14})$/.test(json)) return Number(json)
  return schema.enum ? json.replace(ENUM_PREFIX, '') : json
}

function nameOf(key: string): string {
  if (Object.hasOwn(RENAMED, key)) return RENAMED[key] as string
  return /^[a-z]+(_[a-z]+)+$/.test(key) ? key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : key
}
