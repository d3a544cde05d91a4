/**
 * What changes, line by line, for people who are about to sign. Made from the JSON that is signed, all of it, so that nothing can
 * change without a line.
 */
import { canonicalJson, type Json } from '../../../kernel/index.ts'

/** `+ path: value`, `- path: value`, `~ path: before → after`, in the order of the paths. */
export function changesBetween(before: Json | null, after: Json): readonly string[] {
  const was = before === null ? new Map<string, string>() : flat(before)
  const is = flat(after)
  const paths = [...new Set([...was.keys(), ...is.keys()])].sort()
  return paths.flatMap((path) => {
    const old = was.get(path)
    const now = is.get(path)
    if (old === now) return []
    if (old === undefined) return [`+ ${path}: ${now}`]
    if (now === undefined) return [`- ${path}: ${old}`]
    return [`~ ${path}: ${old} → ${now}`]
  })
}

function flat(value: Json, path = '', lines = new Map<string, string>()): Map<string, string> {
  const at = (key: string) => (path === '' ? key : `${path}.${key}`)
  if (Array.isArray(value) && value.length > 0)
    value.forEach((item: Json, index) => {
      // A list of names is a set: an item is its own place. A list of roles goes by their names.
      if (typeof item !== 'object' || item === null) lines.set(`${path} ∋ ${item}`, 'yes')
      else flat(item, `${path}[${nameIn(item) ?? index}]`, lines)
    })
  else if (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
    for (const [key, member] of Object.entries(value)) flat(member, at(key), lines)
  else lines.set(path, typeof value === 'string' ? value : canonicalJson(value))
  return lines
}

function nameIn(item: Json): string | null {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return null
  const { name, keyid, messages } = item as { readonly [key: string]: Json }
  const found = [name, keyid, messages].find((one) => typeof one === 'string')
  return typeof found === 'string' ? found : null
}
