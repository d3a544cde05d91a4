/** Small pieces of SQL text that both engines read alike. */
import { type StageTable, stageTable } from './tables.ts'

/** A string literal. Control characters and backslashes, which engines read differently, have no place in a name here. */
export function quoted(text: string): string {
  let literal = ''
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20 || character === '\\') throw new TypeError(`a name may not contain ${JSON.stringify(character)}`)
    literal += character === "'" ? "''" : character
  }
  return `'${literal}'`
}

/** The staged rows of a source whose batch was kept whole. */
export function staged(table: StageTable, source: number): string {
  return `(SELECT * FROM ${stageTable(table, source)} WHERE batch IN (SELECT batch FROM batch WHERE source = ${source}))`
}

/** Column names with a prefix, for a SELECT list. */
export function columnsOf(alias: string, names: readonly string[]): string {
  return names.map((name) => `${alias}.${name} AS ${name}`).join(', ')
}
