/** Reading fields out of exact JSON: each function says which field it wanted and what it found instead. */
import { isHex, parseDecimal, stop } from '../kernel/index.ts'
import { isArray, isNumber, isObject, type JsonObject, type JsonValue } from './exact-json.ts'

export function objectField(object: JsonObject, key: string): JsonObject {
  const value = object.get(key)
  return isObject(value) ? value : wrongField(key, 'an object', value)
}

export function listField(object: JsonObject, key: string): readonly JsonValue[] {
  const value = object.get(key)
  return isArray(value) ? value : wrongField(key, 'an array', value)
}

export function asObject(value: JsonValue | undefined, what: string): JsonObject {
  return isObject(value) ? value : wrongField(what, 'an object', value)
}

export function textField(object: JsonObject, key: string): string {
  const value = object.get(key)
  return typeof value === 'string' ? value : wrongField(key, 'a text', value)
}

/** The text, or `null` where the field is absent or null. */
export function optionalText(object: JsonObject, key: string): string | null {
  const value = object.get(key)
  return value === undefined || value === null ? null : textField(object, key)
}

/** Hexadecimal digits of either case; lower case from here on. */
export function hexField(object: JsonObject, key: string, byteLength?: number): string {
  const text = textField(object, key).toLowerCase()
  return isHex(text, byteLength)
    ? text
    : wrongField(key, byteLength === undefined ? 'hexadecimal digits' : `${byteLength * 2} hexadecimal digits`, text)
}

export function optionalHex(object: JsonObject, key: string, byteLength?: number): string | null {
  const value = object.get(key)
  return value === undefined || value === null ? null : hexField(object, key, byteLength)
}

/** A whole number in 0 … max; also one printed as text. */
export function wholeField(object: JsonObject, key: string, max: number = 0xffff_ffff): number {
  return whole(object.get(key), key, max)
}

export function optionalWhole(object: JsonObject, key: string, max: number = 0xffff_ffff): number | null {
  const value = object.get(key)
  return value === undefined || value === null ? null : whole(value, key, max)
}

/** nVersion: signed in older programs, unsigned in newer ones; here always unsigned. */
export function versionField(object: JsonObject, key: string): number {
  const value = object.get(key)
  const text = isNumber(value) ? value.number : ''
  if (/^-?[0-9]{1,10}$/.test(text)) {
    const version = Number(text)
    if (version >= -0x8000_0000 && version <= 0xffff_ffff) return version >>> 0
  }
  return wrongField(key, 'a 32-bit version', value)
}

/** An amount of `decimals` decimals, exactly, as base units. Negative and fractional amounts are refused by name. */
export function amountField(object: JsonObject, key: string, decimals: number): bigint {
  const value = object.get(key)
  if (!isNumber(value)) return wrongField(key, 'an amount', value)
  const amount = parseDecimal(value.number, decimals)
  if (amount.ok) return amount.value
  return stop(
    'AMOUNT_OUT_OF_RANGE',
    `The amount ${value.number.slice(0, 60)} in "${key}" is not a whole, positive number of base units.`,
    {
      fix: 'Obtain the transaction from another source.',
    },
  )
}

export function optionalAmount(object: JsonObject, key: string, decimals: number): bigint | null {
  const value = object.get(key)
  return value === undefined || value === null ? null : amountField(object, key, decimals)
}

export function flagField(object: JsonObject, key: string): boolean {
  const value = object.get(key)
  return typeof value === 'boolean' ? value : wrongField(key, 'true or false', value)
}

export function wrongField(key: string, expected: string, found: JsonValue | undefined): never {
  const shown =
    found === undefined
      ? 'nothing'
      : typeof found === 'string'
        ? `"${found.slice(0, 60)}"`
        : isNumber(found)
          ? found.number.slice(0, 60)
          : isArray(found)
            ? 'an array'
            : isObject(found)
              ? 'an object'
              : String(found)
  return stop('SOURCE_MALFORMED', `"${key}" should hold ${expected}, but holds ${shown}.`, {
    fix: 'Check that the format named is the one of the file.',
  })
}

function whole(value: JsonValue | undefined, key: string, max: number): number {
  const text = isNumber(value) ? value.number : typeof value === 'string' ? value : ''
  if (/^(0|[1-9][0-9]{0,15})$/.test(text)) {
    const number = Number(text)
    if (number <= max && Number.isSafeInteger(number)) return number
  }
  return wrongField(key, `a whole number up to ${max}`, value)
}
