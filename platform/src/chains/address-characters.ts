/**
 * Characters that do not belong in an address: named by code point and position, and by what they look like.
 *
 * A position is counted in characters from 1, as a person counts. Foreign characters are never printed as they are:
 * bidirectional and invisible ones would falsify the very message that reports them (Unicode TR #36).
 */

/** Characters of other scripts by the Latin letter or digit they look like; what NFKC folds (full-width, styled) is not listed. */
// biome-ignore format: a table is read by row
const twinsByLetter: readonly (readonly [letter: string, twins: string])[] = [
  ['A', 'АΑᎪ'], ['B', 'ВвΒ'], ['C', 'СᏟ'], ['E', 'ЕΕᎬ'], ['G', 'Ԍ'], ['H', 'НΗᎻ'], ['I', 'ІӀΙ'], ['J', 'Ј'], ['K', 'КΚ'],
  ['L', 'ʟ'], ['M', 'МΜᎷ'], ['N', 'Ν'], ['O', 'ОΟ'], ['P', 'РΡᏢ'], ['Q', 'Ԛ'], ['S', 'Ѕ'], ['T', 'ТтΤ'], ['V', 'Ѵ'],
  ['W', 'Ԝ'], ['X', 'ХΧ'], ['Y', 'УҮΥ'], ['Z', 'Ζ'],
  ['a', 'аαɑ'], ['c', 'сϲ'], ['d', 'ԁ'], ['e', 'е'], ['g', 'ɡց'], ['h', 'һհ'], ['i', 'іιı'], ['j', 'јϳ'], ['k', 'кκ'],
  ['l', 'ӏǀ'], ['n', 'п'], ['o', 'оοօø'], ['p', 'рρ'], ['q', 'ԛ'], ['r', 'г'], ['s', 'ѕ'], ['t', 'τ'], ['u', 'υս'],
  ['v', 'ѵν'], ['w', 'ԝω'], ['x', 'хχ'], ['y', 'уүγ'],
  ['0', 'Ø'], ['3', 'Зз'], ['6', 'Бб'],
]

const letterByTwin = new Map(twinsByLetter.flatMap(([letter, twins]) => Array.from(twins, (twin) => [twin, letter])))

/** ASCII characters that people and optical reading confuse with one of an address alphabet. */
// biome-ignore format: a table is read by row
const confusedWith: ReadonlyMap<string, string> = new Map([
  ['0', 'the letter O'], ['O', 'the digit 0'], ['I', 'the letter l or the digit 1'], ['l', 'the letter I or the digit 1'],
  ['1', 'the letter l'], ['i', 'the letter j or the digit 1'], ['o', 'the digit 0'], ['b', 'the digit 6'], ['B', 'the digit 8'],
])

const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

export type ForeignCharacter = {
  /** Counted in characters from 1. */
  readonly position: number
  /** What it is and what it looks like, ready for a sentence: `U+0430 (looks like "a")`. */
  readonly named: string
  readonly whiteSpace: boolean
}

/** The characters of `text` for which `belongs` is false, at most five of them. */
export function foreignCharacters(text: string, belongs: (character: string) => boolean): readonly ForeignCharacter[] {
  const found: ForeignCharacter[] = []
  let position = 0
  for (const character of text) {
    position += 1
    if (belongs(character)) continue
    found.push({ position, named: nameCharacter(character), whiteSpace: /\p{White_Space}/u.test(character) })
    if (found.length === 5) break
  }
  return found
}

/** Whether a character is one of the printable ASCII characters, the space not included. */
export function isPlain(character: string): boolean {
  return character.length === 1 && character > ' ' && character <= '~'
}

/** Foreign text made safe to show within a message: quoted, cut, and in printable ASCII. */
export function shownText(text: string): string {
  let shown = ''
  let count = 0
  for (const character of text) {
    count += 1
    if (count > 40) return `"${shown}…"`
    shown += isPlain(character) || character === ' ' ? character : `<${codePoint(character)}>`
  }
  return `"${shown}"`
}

function nameCharacter(character: string): string {
  if (isPlain(character)) {
    const other = confusedWith.get(character)
    return `"${character}"${other ? ` (looks like ${other})` : ''}`
  }
  return `${codePoint(character)} (${describeForeign(character)})`
}

function describeForeign(character: string): string {
  if (/\p{White_Space}/u.test(character)) return 'white space'
  if (directions.test(character)) return 'an invisible mark of writing direction'
  if (/\p{Cf}/u.test(character)) return 'an invisible character'
  if (/\p{Cc}/u.test(character)) return 'a control character'
  if (/\p{Cs}/u.test(character)) return 'half of a character, broken text'
  if (/\p{M}/u.test(character)) return 'a mark upon the character before it'
  const twin = letterByTwin.get(character) ?? character.normalize('NFKC')
  return isPlain(twin) ? `looks like "${twin}"` : 'not a Latin letter or digit'
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
