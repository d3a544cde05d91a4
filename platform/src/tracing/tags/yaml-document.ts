/**
 * YAML of tag files, read so that nothing changes its meaning on the way.
 *
 * Every scalar stays the text of the file: in YAML 1.1 `NO` would be false (and Norway is a jurisdiction), `0x12…` a
 * number (and Ethereum has addresses), `12:30` a sexagesimal. Flags and dates are read by their own gates later.
 *
 * Files come from strangers: length, nesting and aliases are bounded before anything is built from them.
 */
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml'
import { ok, type Result, refuse } from '../../kernel/index.ts'
import type { TagDefect, TagFile } from './tag.ts'

export type YamlValue = string | null | readonly YamlValue[] | { readonly [key: string]: YamlValue }
export type YamlFields = { readonly [key: string]: YamlValue }

/** `fields` is `null` for an entry that cannot be read; `why` says the reason. */
export type YamlEntry = {
  readonly fields: YamlFields | null
  readonly why: string
  readonly index: number
  readonly line: number
}

export type YamlPack = {
  readonly header: YamlFields
  readonly entries: readonly YamlEntry[]
  readonly defects: readonly TagDefect[]
}

/** Characters of one file; the largest public pack has 1.5 million. */
export const longestTagFile = 64 * 1024 * 1024
const mostAliases = 100
const mostRepeatedFields = 1000

/** Reads a file whose top level is a map with a list under `listKey`; the rest of the map is its header. */
export function readYamlPack(file: TagFile, listKey: string): Result<YamlPack> {
  if (file.text.length > longestTagFile)
    return bomb(file, `has ${file.text.length} characters; the limit is ${longestTagFile}`)
  const lines = new LineCounter()
  // The library compares every field of a map with every other; `checkShape` finds repetitions in one pass instead.
  const document = parseDocument(file.text, {
    schema: 'failsafe',
    customTags: ['null'],
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
  })
  const lineAt = (offset: number): number => lines.linePos(offset).line
  for (const error of document.errors) {
    if (error.code === 'RESOURCE_EXHAUSTION') return bomb(file, 'is nested too deeply')
    return notYaml(file, `${error.code}: ${firstLine(error.message)}`, lineAt(error.pos[0]))
  }
  const shape = checkShape(document)
  if (shape === 'aliases') return bomb(file, `has more than ${mostAliases} aliases`)
  if (shape.flaw !== null) return notYaml(file, shape.flaw.why, lineAt(shape.flaw.offset))
  const duplicateKeys = shape.repeated
  const root = document.contents
  const list = isMap(root) ? listOf(root, listKey) : null
  if (!isMap(root) || list === null) return notYaml(file, `has no list "${listKey}" at its top level`, 1)
  const within = (node: ParsedNode, offset: number): boolean => node.range[0] <= offset && offset < node.range[2]
  const outside = duplicateKeys.find((offset) => !list.items.some((item) => within(item, offset)))
  if (outside !== undefined) return notYaml(file, 'states a field of its header twice', lineAt(outside))

  const plain = plainValues(document)
  if (plain === null) return bomb(file, `multiplies its content by aliases beyond ${mostAliases}`)
  const { [listKey]: listed, ...header } = plain
  const items: readonly unknown[] = Array.isArray(listed) ? listed : []
  const entries = list.items.map((item, index): YamlEntry => {
    const line = lineAt(item.range[0])
    const twice = duplicateKeys.find((offset) => within(item, offset))
    if (twice !== undefined) return { fields: null, why: `states a field twice (line ${lineAt(twice)})`, index, line }
    const fields = items[index]
    return isFields(fields)
      ? { fields, why: '', index, line }
      : { fields: null, why: 'is not a map of fields', index, line }
  })
  return ok({ header, entries, defects: warningsOf(document.warnings, file, lineAt) })
}

/** The text of a field; `undefined` where it is absent, empty or null; `null` where it is not text. */
export function textField(fields: YamlFields, name: string): string | undefined | null {
  const value = fields[name]
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : null
}

/** A text, or a list of texts; `null` where it is neither. */
export function textListField(fields: YamlFields, name: string): readonly string[] | null {
  const value = fields[name]
  if (value === undefined || value === null || value === '') return []
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : null
}

/** YAML 1.1 booleans (https://yaml.org/type/bool.html); `null` for another text. */
export function parseYamlFlag(text: string): boolean | null {
  if (/^(y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true
  if (/^(n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text)) return false
  return null
}

type Flaw = { readonly why: string; readonly offset: number }

/**
 * What the plain values of a document must not meet: names of fields that are no text (they would be written out as
 * text, aliases and all), aliases to nothing, and more aliases than any honest pack has. Fields stated twice are listed
 * by their offset: each spoils its entry only.
 */
function checkShape(
  document: Document,
): 'aliases' | { readonly flaw: Flaw | null; readonly repeated: readonly number[] } {
  const flaws: Flaw[] = []
  const repeated: number[] = []
  let aliases = 0
  visit(document, {
    Map: (_, map) => {
      const names = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) flaws.push({ why: 'has a field whose name is not text', offset: offsetOf(key) })
        else if (names.has(key.value)) repeated.push(offsetOf(key))
        else names.add(key.value)
      }
      if (repeated.length > mostRepeatedFields) {
        flaws.push({ why: `states a field twice in more than ${mostRepeatedFields} places`, offset: repeated[0] ?? 0 })
      }
      return flaws.length > 0 ? visit.BREAK : undefined
    },
    Alias: (_, alias) => {
      aliases += 1
      if (aliases > mostAliases) return visit.BREAK
      if (alias.resolve(document) !== undefined) return undefined
      flaws.push({
        why: `refers to "*${alias.source.slice(0, 40)}", which is not defined before`,
        offset: offsetOf(alias),
      })
      return visit.BREAK
    },
  })
  return aliases > mostAliases ? 'aliases' : { flaw: flaws[0] ?? null, repeated }
}

function offsetOf(node: unknown): number {
  const range = (node as { readonly range?: readonly number[] | null } | null)?.range
  return range?.[0] ?? 0
}

function listOf(root: YAMLMap.Parsed, listKey: string): { readonly items: readonly ParsedNode[] } | null {
  for (const { key, value } of root.items) {
    if (isScalar(key) && key.value === listKey && isSeq(value))
      return value as { readonly items: readonly ParsedNode[] }
  }
  return null
}

function plainValues(document: { toJS(options: { maxAliasCount: number }): unknown }): YamlFields | null {
  try {
    const plain = document.toJS({ maxAliasCount: mostAliases })
    return isFields(plain) ? plain : null
  } catch (thrown) {
    // The library reports an excess of aliases as a ReferenceError; there is no other way for this document to throw one.
    if (thrown instanceof ReferenceError) return null
    throw thrown
  }
}

function isFields(value: unknown): value is YamlFields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

type Warning = { readonly code: string; readonly message: string; readonly pos: readonly [number, number] }

function warningsOf(
  warnings: readonly Warning[],
  file: TagFile,
  lineAt: (offset: number) => number,
): readonly TagDefect[] {
  return warnings.map((warning) => ({
    code: 'TAG_YAML_DOUBTFUL',
    message: `The YAML reader warns: ${firstLine(warning.message)}`,
    place: `${file.name}: line ${lineAt(warning.pos[0])}`,
    count: 1,
  }))
}

function notYaml(file: TagFile, why: string, line: number): Result<never> {
  return refuse('TAG_FILE_UNREADABLE', `${file.name} is not a readable pack: ${why}.`, {
    place: `${file.name}: line ${line}`,
    fix: 'Correct the YAML; a TagPack is one document with a header and a list "tags", an ActorPack with a list "actors".',
  })
}

function bomb(file: TagFile, why: string): Result<never> {
  return refuse('TAG_FILE_BOMB', `${file.name} ${why}; it is not opened.`, {
    place: file.name,
    fix: 'Split the pack into smaller files, and write repeated values out instead of by alias.',
  })
}

function firstLine(message: string): string {
  return (message.split('\n')[0] ?? '').slice(0, 200)
}
