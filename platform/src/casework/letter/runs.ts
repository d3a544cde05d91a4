/** Text and machine values as runs and paragraphs. */
import { stop } from '../../kernel/index.ts'
import { type Direction, directionOf } from './languages.ts'
import type { Paragraph, PrintedValue, Run } from './model.ts'
import { firstStrong, machineText, printableParts } from './printable-text.ts'

/** Long values may be broken after each of so many characters; short ones stay whole. */
const pieceLength = 4
const wholeUpTo = 12

/**
 * What looks like a machine value inside prose: identifiers of 20 characters and more, hexadecimal numbers, CAIP
 * identifiers, dates and times, amounts with a unit, file numbers. In Arabic prose the bidirectional algorithm would
 * show `2026-11-24 10:00 UTC` as `UTC 10:00 24-11-2026`, so each is isolated. Repetitions are bounded, so that no text can
 * make the search slow.
 */
const machineLike = new RegExp(
  [
    '\\b[-a-z0-9]{3,8}:(?=[-_a-zA-Z0-9]{0,63}[0-9])[-_a-zA-Z0-9]{1,64}(?:[/:][-.a-zA-Z0-9]{1,128}){0,4}\\b',
    '\\b0x[0-9a-fA-F]{6,}\\b',
    '\\b(?=[A-Za-z0-9]*[0-9])[A-Za-z0-9]{20,}\\b',
    '\\b\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?(?: ?(?:UTC|Z)\\b)?)?',
    '\\b\\d{1,2}:\\d{2}(?::\\d{2})?(?: UTC\\b)?',
    // Telephone numbers, and thousands set apart by spaces: both would have their groups in reverse order.
    '\\+\\d{1,3}(?:[ -]\\d{1,5}){2,6}\\b',
    '\\b\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3}){1,20}(?:[.,]\\d{1,78})?(?: [A-Z]{3,5})?\\b',
    '\\b\\d{1,78}(?:[.,]\\d{1,78}){0,26} [A-Z]{3,5}\\b',
    '\\b[A-Z]{3,5} \\d{1,78}(?:[.,]\\d{1,78}){0,26}\\b',
    '\\b(?=[A-Z0-9./-]{0,80}[0-9])[A-Z0-9]{1,40}(?:[-/.][A-Z0-9]{1,40}){1,10}\\b',
  ].join('|'),
  'g',
)

export function machineRun(value: string, place: string): Run {
  return { as: 'machine', pieces: piecesOf(machineText(value, place)) }
}

/** A code after its words: `[INVESTIGATIVE_NEED]`, which every language shares. */
export function codeRun(code: string, place: string): Run {
  return { as: 'machine', pieces: piecesOf(`[${machineText(code, place)}]`) }
}

/**
 * Where a value may be broken: at its spaces, in long words after their separators, and in long parts after every fourth
 * character. `abcdefgh…` → `abcd`, `efgh`, …; `10:00 UTC` → `10:00`, ` `, `UTC`; `America/Toronto` → `America/`, `Toronto`.
 * Joined, the pieces are the value.
 */
export function piecesOf(value: string): string[] {
  return value.split(/( )/).flatMap((word) => {
    if (word.length <= wholeUpTo) return word === '' ? [] : [word]
    return word.split(/(?<=[-_/:.@])/).flatMap((part) => (part.length <= wholeUpTo ? [part] : fours(part)))
  })
}

function fours(part: string): string[] {
  return Array.from({ length: Math.ceil(part.length / pieceLength) }, (_, index) =>
    part.slice(index * pieceLength, (index + 1) * pieceLength),
  )
}

/** One line of prose as runs: words, machine values found in it, code points of what cannot be seen. */
export function proseRuns(text: string, direction: Direction, place: string): Run[] {
  const runs: Run[] = []
  for (const part of printableParts(text, place)) {
    if (!part.visible) {
      runs.push({ as: 'mark', text: part.text, direction: 'ltr' })
      continue
    }
    let from = 0
    for (const match of part.text.matchAll(machineLike)) {
      if (match.index > from) runs.push({ as: 'words', text: part.text.slice(from, match.index), direction })
      runs.push({ as: 'machine', pieces: piecesOf(match[0]) })
      from = match.index + match[0].length
    }
    if (from < part.text.length) runs.push({ as: 'words', text: part.text.slice(from), direction })
  }
  return runs
}

/** Long identifiers in prose, as addresses and hashes: what no language changes. */
export function identifiersIn(text: string): string[] {
  return [...text.matchAll(machineLike)]
    .map(([found]) => found)
    .filter((found) => /^[^ \u00a0\u202f]{20,}$/.test(found))
}

/** Text of one language, a paragraph a line. */
export function proseParagraphs(text: string, language: string, place: string): Paragraph[] {
  if (!/^[a-z]{2,3}(?:-[a-z0-9]{1,8})*$/i.test(language))
    stop('LETTER_LANGUAGE_UNREADABLE', `${place}: "${language.slice(0, 40)}" names no language.`, { place })
  const direction = directionOf(language)
  return text
    .replaceAll('\r\n', '\n')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ language, direction, runs: proseRuns(line, direction, place) }))
}

/** A paragraph of the letter's own words. */
export function wordsParagraph(text: string, language: string, as: 'words' | 'mark' = 'words'): Paragraph {
  const direction = directionOf(language)
  return { language, direction, runs: [{ as, text, direction }] }
}

/** A name or the like: in the direction of its own letters, whatever the paragraph has around it. */
export function plainRuns(text: string, place: string): Run[] {
  if (firstStrong(text) === 'rtl') return proseRuns(text, 'rtl', place)
  return printableParts(text, place).map((part) => ({
    as: part.visible ? 'words' : 'mark',
    text: part.text,
    direction: 'ltr',
  }))
}

/** Words with one placeholder, `{name}`, in whose place runs stand. */
export function filledParagraph(
  words: string,
  inside: readonly Run[],
  language: string,
  as: 'words' | 'mark',
): Paragraph {
  const direction = directionOf(language)
  const [before = '', after = ''] = words.split(/\{\w+\}/)
  const around = (text: string): Run[] => (text === '' ? [] : [{ as, text, direction }])
  return paragraphOf([...around(before), ...inside, ...around(after)], language)
}

export function paragraphOf(runs: readonly Run[], language: string): Paragraph {
  return { language, direction: directionOf(language), runs }
}

export function paragraphsOf(...paragraphs: readonly Paragraph[]): PrintedValue {
  return { kind: 'paragraphs', paragraphs }
}

/** What a reader hears: the text of all runs. */
export function textOf({ runs }: Paragraph): string {
  return runs.map((run) => (run.as === 'machine' ? run.pieces.join('') : run.text)).join('')
}
