/**
 * Python's way of printing nested values (`[{'index': 0, 'addresses': None}]`), which CSV exports carry in their cells,
 * as JSON text. Only what such exports print: lists, dicts, strings, numbers, None, True, False.
 */
import { stop } from '../kernel/index.ts'

export function pythonToJson(text: string): string {
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at)
    if (char === "'" || char === '"') {
      const end = endOfString(text, at)
      parts.push(JSON.stringify(unescaped(text.slice(at + 1, end))))
      at = end + 1
      continue
    }
    const word = WORDS.find(([python]) => text.startsWith(python, at))
    parts.push(word ? word[1] : char)
    at += word ? word[0].length : 1
  }
  return parts.join('')
}

const WORDS: readonly (readonly [string, string])[] = [
  ['None', 'null'],
  ['True', 'true'],
  ['False', 'false'],
]

function endOfString(text: string, start: number): number {
  const quote = text.charAt(start)
  for (let at = start + 1; at < text.length; at++) {
    if (text.charAt(at) === '\\') at++
    else if (text.charAt(at) === quote) return at
  }
  return stop('SOURCE_MALFORMED', 'A text within a cell is not closed.', { place: `character ${start}` })
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  const simple: Record<string, string> = { '\\': '\\', "'": "'", '"': '"', n: '\n', r: '\r', t: '\t' }
  let result = ''
  for (let at = 0; at < text.length; at++) {
    if (text.charAt(at) !== '\\') {
      result += text.charAt(at)
      continue
    }
    const char = simple[text.charAt(++at)]
    if (char === undefined)
      stop('SOURCE_MALFORMED', 'A text within a cell has an escape that is not known.', { place: `character ${at}` })
    result += char
  }
  return result
}
