/** The lines of a text file, with their numbers. Lines longer than any real row end the reading. */
import { stop } from '../../kernel/index.ts'
import { openFileBytes } from './source-bytes.ts'
import type { SourceFile } from './source-files.ts'

export type Line = { readonly text: string; readonly number: number }

const MAX_LINE = 10_000

/** Lines end with \n or \r\n; a last one without an end counts too. Empty lines are passed over. */
export async function* textLines(file: SourceFile): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  let number = 0
  const line = (text: string): Line => {
    number++
    if (text.length > MAX_LINE)
      stop('SOURCE_MALFORMED', `A line is longer than ${MAX_LINE} characters.`, {
        place: `${file.name}, line ${number}`,
      })
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, number }
  }
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      return stop('SOURCE_MALFORMED', 'The text is not UTF-8.', { place: `${file.name}, after line ${number}` })
    }
  }
  const { chunks } = await openFileBytes(file)
  for await (const chunk of chunks) {
    const lines = (rest + decode(chunk)).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) line(rest)
    for (const text of lines) {
      const each = line(text)
      if (each.text !== '') yield each
    }
  }
  rest += decode()
  if (rest !== '') yield line(rest)
}
