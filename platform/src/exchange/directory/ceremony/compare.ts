/**
 * What changes, line by line, for people who are about to sign. Made from the JSON that is signed, all of it, so that nothing can
 * change without a line.
 */
import { canonicalJson, type Json } from '../../../kernel/index.ts'

/** `+ path: value`, `- path: value`, `~ path: before → after`, in the order of the paths. */
export function changesBetween(before: Json | null, after: Json): readonly string[] {
  const was = before === null ? new Map<string, Line>() : flat(before)
  const is = flat(after)
  const places = [...new Set([...was.keys(), ...is.keys()])].sort()
  return places.flatMap((place) => {
    const old = was.get(place)
    const now = is.get(place)
    if (old?.value === now?.value) return []
    if (now === undefined) return [`- ${old?.path}: ${old?.value}`]
    return [old === undefined ? `+ ${now.path}: ${now.value}` : `~ ${now.path}: ${old.value} → ${now.value}`]
  })
}

type Line = { readonly path: string; readonly value: string }

function flat(value: Json, path = '', lines = new Map<string, Line>()): Map<string, Line> {
  if (Array.isArray(value) && value.length > 0)
    value.forEach((item: Json, index) => {
      // A list of names is a set: an item is its own place. A list of roles goes by their names.
      if (typeof item !== 'object' || item === null) lines.set(`${path}\n${item}`, { path, value: String(item) })
      else flat(item, `${path}[${nameIn(item) ?? index}]`, lines)
    })
  else if (isObject(value) && Object.keys(value).length > 0 && !isShownWhole(value))
    for (const [key, member] of Object.entries(value)) flat(member, path === '' ? key : `${path}.${key}`, lines)
  else lines.set(path, { path, value: typeof value === 'string' ? value : canonicalJson(value) })
  return lines
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A key, or what is said of a file: one line each, with everything in it. */
function isShownWhole(value: { readonly [key: string]: Json }): boolean {
  return 'keytype' in value || 'hashes' in value
}

function nameIn(item: Json): string | null {
  if (!isObject(item)) return null
  const found = [item.name, item.keyid, item.messages].find((one) => typeof one === 'string')
  return typeof found === 'string' ? found : null
}
