/**
 * YAML of packs, bounded before anything is built from it.
 *
 * YAML 1.2 (core): `NO` stays the text NO, which is a country, and dates stay text. Aliases are refused outright, because
 * no honest pack needs one; depth and length are limited; a field that stands twice is refused, because a reader would
 * believe the one and the program the other.
 */
import { isAlias, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { type Json, ok, type Result, refuse } from '../kernel/index.ts'

/** A pack as read: its value, and the line on which a path stands. */
export type PackText = { readonly value: Json; lineOf(path: readonly (string | number)[]): number }

export const longestPack = 2 * 1024 * 1024
export const deepestPack = 24

export function readPackYaml(name: string, text: string): Result<PackText> {
  if (text.length > longestPack) return bomb(name, `has ${text.length} characters; the limit is ${longestPack}`)
  const lines = new LineCounter()
  // The library compares every key of a map with every other; `flawOf` finds repetitions in one pass.
  const document = parseDocument(text, {
    schema: 'core',
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  })
  const lineAt = (offset: number): number => lines.linePos(offset).line
  const [flaw] = [...document.errors, ...document.warnings]
  if (flaw !== undefined) {
    if (flaw.code === 'RESOURCE_EXHAUSTION') return bomb(name, 'is nested too deeply')
    const [said = ''] = flaw.message.split('\n')
    return unreadable(name, `${flaw.code}: ${said.slice(0, 200)}`, lineAt(flaw.pos[0]))
  }
  const shape = flawOf(document)
  if (shape?.bomb) return bomb(name, shape.why)
  if (shape) return unreadable(name, shape.why, lineAt(shape.offset))
  const value: unknown = document.toJS({ maxAliasCount: 0 })
  return ok({
    value: value as Json,
    lineOf: (path) => {
      // A path may name what is missing: the nearest node above it is the place to look.
      for (let length = path.length; length >= 0; length -= 1) {
        const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
        const offset = (node as { readonly range?: readonly number[] } | null | undefined)?.range?.[0]
        if (offset !== undefined) return lineAt(offset)
      }
      return 1
    },
  })
}

type Flaw = { readonly why: string; readonly offset: number; readonly bomb: boolean }

function flawOf(document: Parameters<typeof visit>[0]): Flaw | null {
  let flaw: Flaw | null = null
  visit(document, (_, node, path) => {
    const offset = (node as { readonly range?: readonly number[] | null } | null)?.range?.[0] ?? 0
    const found = (why: string, isBomb = false) => {
      flaw = { why, offset, bomb: isBomb }
      return visit.BREAK
    }
    if (path.length > 2 * deepestPack) return found(`is nested deeper than ${deepestPack} levels`, true)
    if (isAlias(node)) return found('uses an alias; write the value out', true)
    if (isScalar(node) && typeof node.value === 'number' && !Number.isSafeInteger(node.value))
      return found('holds a number that is no whole number')
    if (!isMap(node)) return undefined
    const seen = new Set<string>()
    for (const { key } of node.items) {
      if (!isScalar(key) || typeof key.value === 'object') return found('names a field by something that is no text')
      const text = String(key.value)
      if (seen.has(text)) return found(`states the field "${text.slice(0, 60)}" twice`)
      seen.add(text)
    }
    return undefined
  })
  return flaw
}

function unreadable(name: string, why: string, line: number): Result<never> {
  return refuse('PACK_UNREADABLE', `${name} is not a readable pack: ${why}.`, {
    place: `${name}: line ${line}`,
    fix: 'Correct the YAML at this line.',
  })
}

function bomb(name: string, why: string): Result<never> {
  return refuse('PACK_BOMB', `${name} ${why}; it is not opened.`, {
    place: name,
    fix: 'Write the pack out flat, without aliases; split it where it is too long.',
  })
}
