/** Readers of single fields of a chain pack. Each stops with the place of the field and what it should be. */
import { stop } from '../kernel/index.ts'

export type Fields = { readonly at: string; readonly of: Readonly<Record<string, unknown>> }

/** An object with exactly these fields; those in `optional` may be absent. A misspelt field is an unknown field. */
export function readFields(
  value: unknown,
  at: string,
  required: readonly string[],
  optional: readonly string[] = [],
): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) wrong(at, 'is not an object')
  const of = value as Readonly<Record<string, unknown>>
  for (const name of required) if (!Object.hasOwn(of, name)) wrong(`${at}.${name}`, 'is missing')
  for (const name of Object.keys(of)) {
    if (!required.includes(name) && !optional.includes(name)) wrong(`${at}.${name}`, 'is not a field of a chain pack')
  }
  return { at, of }
}

export function readText({ at, of }: Fields, name: string, form: RegExp, what: string): string {
  const value = of[name]
  if (typeof value !== 'string' || !form.test(value)) wrong(`${at}.${name}`, `is not ${what}`)
  return value
}

export function readTextOrNull(fields: Fields, name: string, form: RegExp, what: string): string | null {
  return fields.of[name] === null ? null : readText(fields, name, form, `${what}, or null`)
}

export function readNumber({ at, of }: Fields, name: string, least: number, most: number): number {
  return checkNumber(of[name], `${at}.${name}`, least, most)
}

export function checkNumber(value: unknown, at: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
    wrong(at, `is not a whole number from ${least} to ${most}`)
  }
  return value
}

export function readFlag({ at, of }: Fields, name: string): boolean {
  const value = of[name]
  if (typeof value !== 'boolean') wrong(`${at}.${name}`, 'is not true or false')
  return value
}

export function readChoice<Choice extends string>(
  { at, of }: Fields,
  name: string,
  choices: readonly Choice[],
): Choice {
  const value = choices.find((choice) => choice === of[name])
  if (value === undefined) wrong(`${at}.${name}`, `is not one of ${choices.join(', ')}`)
  return value
}

export function readList<Item>(
  { at, of }: Fields,
  name: string,
  item: (value: unknown, at: string) => Item,
): readonly Item[] {
  const value = of[name]
  if (!Array.isArray(value) || value.length === 0) wrong(`${at}.${name}`, 'is not a list with at least one entry')
  return value.map((entry: unknown, place) => item(entry, `${at}.${name}[${place}]`))
}

export function wrong(at: string, why: string): never {
  stop('CHAIN_PACK_FIELD', `${at} ${why}.`, { place: at, fix: 'Correct this field of the chain pack.' })
}
