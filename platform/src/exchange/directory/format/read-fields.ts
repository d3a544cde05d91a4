/** Reading of parsed JSON, member by member; what does not fit leaves as a `Stop` that names the place. */
import { type Json, stop } from '../../../kernel/index.ts'

type Fields = { readonly [key: string]: Json }

export function malformed(place: string, what: string): never {
  return stop('DIRECTORY_MALFORMED', `A file of the directory is malformed: ${what}.`, {
    place,
    fix: 'Fetch it again; if it stays so, tell the keepers of the directory.',
  })
}

export function fieldsOf(value: Json | undefined, place: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed(place, 'no object is here')
  return value as Fields
}

export function listOf(value: Json | undefined, place: string, most: number): readonly Json[] {
  if (!Array.isArray(value)) return malformed(place, 'no list is here')
  if (value.length > most) malformed(place, `the list is longer than ${most}`)
  return value
}

export function textOf(value: Json | undefined, place: string, most = 256): string {
  if (typeof value !== 'string') return malformed(place, 'no text is here')
  if (value.length > most) malformed(place, `the text is longer than ${most} characters`)
  return value
}

export function countOf(value: Json | undefined, place: string, least = 1): number {
  if (typeof value !== 'number' || value < least) return malformed(place, `no whole number from ${least} on is here`)
  return value
}

/** An instant as TUF writes it: `2027-01-31T12:00:00Z`; in milliseconds since 1970. */
export function instantOf(value: Json | undefined, place: string): number {
  const text = textOf(value, place, 32)
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at) || instantText(at) !== text) malformed(place, 'no instant such as 2027-01-31T12:00:00Z is here')
  return at
}

/** The second in which an instant lies, as TUF writes it. */
export function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}

export function onlyFields(fields: Fields, known: readonly string[], place: string): void {
  const other = Object.keys(fields).find((key) => !known.includes(key))
  if (other !== undefined) malformed(`${place}.${other.slice(0, 64)}`, 'a member that nobody has signed stands here')
}
