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
  const lines = places.flatMap((place) => {
    const old = was.get(place)
    const now = is.get(place)
    if (old?.exact === now?.exact) return []
    if (now === undefined) return [`- ${old?.path}: ${old?.shown}`]
    return [old === undefined ? `+ ${now.path}: ${now.shown}` : `~ ${now.path}: ${old.shown} → ${now.shown}`]
  })
  if (lines.length > 0 || before === null || canonicalJson(before) === canonicalJson(after)) return lines
  return ['~ the order of a list, or how often something stands in it']
}

type Line = { readonly path: string; readonly shown: string; readonly exact: string }

/** By the steps to each value, so that no name of a member can be taken for another place. */
function flat(value: Json, steps: readonly string[] = [], lines = new Map<string, Line>()): Map<string, Line> {
  const put = (at: Json, more: readonly string[] = []) =>
    lines.set(JSON.stringify([...steps, ...more]), {
      path: pathOf(steps),
      shown: shownAs(at),
      exact: canonicalJson(at),
    })
  if (Array.isArray(value) && value.length > 0) {
    const names = value.map(nameIn)
    value.forEach((item: Json, index) => {
      // A list of names is a set: an item is its own place. A list of roles goes by their names, where each has one of its own.
      const name = names[index] ?? null
      if (typeof item !== 'object' || item === null) put(item, [canonicalJson(item)])
      else
        flat(
          item,
          [...steps, `[${name !== null && names.indexOf(name) === names.lastIndexOf(name) ? name : index}]`],
          lines,
        )
    })
  } else if (isObject(value) && Object.keys(value).length > 0 && !isShownWhole(value))
    for (const [key, member] of Object.entries(value)) flat(member, [...steps, key], lines)
  else put(value)
  return lines
}

/** Steps joined by dots; one that could be taken for several is quoted. */
function pathOf(steps: readonly string[]): string {
  return steps
    .map((step, at) => {
      if (step.startsWith('[')) return step
      return `${at === 0 ? '' : '.'}${/^[\w*/-]+(\.json)?$/.test(step) ? step : JSON.stringify(step)}`
    })
    .join('')
}

/** A text as it is, unless it looks like something else. */
function shownAs(value: Json): string {
  if (typeof value !== 'string') return canonicalJson(value)
  return /^([-\d.]+|true|false|null|["[{].*|)$/.test(value) ? canonicalJson(value) : value
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
