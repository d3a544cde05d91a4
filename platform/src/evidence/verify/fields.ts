/** Reading the members of JSON objects in a bundle: exactly those that the form has, each of its type, or a `Stop` that says where. */
import { type Json, stop } from '../../kernel/index.ts'

export type Members = { readonly [key: string]: Json }

/** The object at `path` with exactly these members. */
export function openObject(json: Json | undefined, path: string, members: readonly string[]): Members {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return malformed(path, 'is not an object')
  const object = json as Members
  for (const key of Object.keys(object)) if (!members.includes(key)) malformed(`${path}.${key}`, 'does not belong here')
  for (const key of members) if (!(key in object)) malformed(`${path}.${key}`, 'is missing')
  return object
}

export function openList(json: Json | undefined, path: string): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : malformed(path, 'is not a list')
}

export function textAt(object: Members, key: string, path: string): string {
  const value = object[key]
  return typeof value === 'string' && value !== '' ? value : malformed(`${path}.${key}`, 'is not a text')
}

export function matchAt(object: Members, key: string, path: string, form: RegExp, what: string): string {
  const value = object[key]
  return typeof value === 'string' && form.test(value) ? value : malformed(`${path}.${key}`, `is not ${what}`)
}

export function hashAt(object: Members, key: string, path: string): string {
  return matchAt(object, key, path, /^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal')
}

export function indexAt(object: Members, key: string, path: string): string {
  return matchAt(object, key, path, /^(0|[1-9][0-9]{0,19})$/, 'an index in digits')
}

export function timeAt(object: Members, key: string, path: string): string {
  return matchAt(object, key, path, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'a time in UTC with milliseconds')
}

export function countAt(object: Members, key: string, path: string): number {
  const value = object[key]
  return typeof value === 'number' && value >= 0 ? value : malformed(`${path}.${key}`, 'is not a count')
}

export function versionAt(object: Members, path: string): void {
  if (object.v !== 1) malformed(`${path}.v`, 'is not 1, the only version that this program reads')
}

export function malformed(path: string, what: string): never {
  return stop('BUNDLE_FILE_MALFORMED', `${path} ${what}.`, { place: path, fix: 'Ask for the bundle again.' })
}
