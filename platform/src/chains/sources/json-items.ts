/** The JSON values of a file, one after the other, each with its place; flaws come as defects between them. */
import { Stop } from '../../kernel/index.ts'
import { isArray, isObject, type JsonObject, type JsonValue, parseExactJson } from '../exact-json.ts'
import { jsonSplitter } from '../json-splitter.ts'
import type { Defect } from '../ledger.ts'
import { defectOf } from './importer.ts'
import { openFileBytes } from './source-bytes.ts'
import type { SourceFile } from './source-files.ts'

export type JsonEntry =
  | { readonly kind: 'value'; readonly value: JsonValue; readonly place: string; readonly done: number }
  | { readonly kind: 'defect'; readonly defect: Defect; readonly done: number }

/** The values of one file. `before` is the size of the files read before it. */
export async function* jsonEntries(file: SourceFile, before: number, maxDepth?: number): AsyncGenerator<JsonEntry> {
  if (file.values) {
    const done = before + file.bytes
    let n = 0
    for (const value of file.values) yield { kind: 'value', value, place: `${file.name}, value ${n++}`, done }
    return
  }
  const splitter = jsonSplitter()
  const { chunks, consumed } = await openFileBytes(file)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const entry = (item: ReturnType<typeof splitter.push>[number]): JsonEntry => {
    const done = before + Math.min(consumed(), file.bytes)
    const place = `${file.name}, byte ${item.offset}`
    if (item.kind === 'damage')
      return { kind: 'defect', done, defect: { code: item.code, message: item.message, place, count: 1 } }
    try {
      return { kind: 'value', value: parseExactJson(decodeUtf8(decoder, item.bytes), maxDepth), place, done }
    } catch (thrown) {
      if (thrown instanceof Stop) return { kind: 'defect', defect: defectOf(thrown.refusal, place), done }
      throw thrown
    }
  }
  let broken: Defect | null = null
  try {
    for await (const chunk of chunks) for (const item of splitter.push(chunk)) yield entry(item)
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown
    broken = defectOf(thrown.refusal, file.name)
  }
  for (const item of splitter.finish()) yield entry(item)
  if (broken) yield { kind: 'defect', defect: broken, done: before + file.bytes }
}

/** The objects within a value: itself, or the elements of arrays and of a `result` around them (JSON-RPC). */
export function* objectsIn(value: JsonValue): Generator<JsonObject> {
  if (isArray(value)) {
    for (const item of value) yield* objectsIn(item)
  } else if (isObject(value)) {
    const result = value.get('result')
    if (result !== undefined && (value.has('id') || value.has('error') || value.size === 1)) yield* objectsIn(result)
    else yield value
  }
}

function decodeUtf8(decoder: { decode(bytes: Uint8Array): string }, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new Stop({ code: 'SOURCE_MALFORMED', message: 'The text is not UTF-8.' })
  }
}
