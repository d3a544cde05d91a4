/**
 * Characters that do not belong in an address: named by code point and position, and by what they look like.
 *
 * A position is counted in characters from 1, as a person counts. Foreign characters are never printed as they are:
 * bidirectional and invisible ones would falsify the very message that reports them (Unicode TR #36).
 */

/** Letters of other scripts that look like a Latin letter or a digit; what NFKC folds (full-width, styled) is not listed. */
const lookAlikes: Readonly<Record<string, string>> = {
  // Cyrillic
  А: 'A', В: 'B', Е: 'E', К: 'K', М: 'M', Н: 'H', О: 'O', Р: 'P', С: 'C', Т: 'T', Х: 'X', У: 'Y', І: 'I', Ј: 'J', Ѕ: 'S', З: '3', Б: '6',
  Ԍ: 'G', Ԛ: 'Q', Ԝ: 'W', Ѵ: 'V', Ү: 'Y', Ӏ: 'I',
  а: 'a', в: 'B', е: 'e', к: 'k', о: 'o', р: 'p', с: 'c', т: 'T', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', з: '3', б: '6',
  ԁ: 'd', һ: 'h', ԛ: 'q', ԝ: 'w', ӏ: 'l', ѵ: 'v', г: 'r', п: 'n', ү: 'y',
  // Greek
  Α: 'A', Β: 'B', Ε: 'E', Ζ: 'Z', Η: 'H', Ι: 'I', Κ: 'K', Μ: 'M', Ν: 'N', Ο: 'O', Ρ: 'P', Τ: 'T', Υ: 'Y', Χ: 'X',
  α: 'a', γ: 'y', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x', ω: 'w', ϲ: 'c', ϳ: 'j',
  // Armenian, Cherokee, Latin beyond ASCII
  օ: 'o', ս: 'u', հ: 'h', ց: 'g', Ꭺ: 'A', Ꮯ: 'C', Ꭼ: 'E', Ꮋ: 'H', Ꮇ: 'M', Ꮲ: 'P', ı: 'i', ɑ: 'a', ɡ: 'g', ʟ: 'L', ǀ: 'l', ø: 'o', Ø: '0',
} // biome-ignore format: a table is read by script, not by line

/** ASCII characters that people and OCR confuse with one of an address alphabet. */
const confusedWith: Readonly<Record<string, string>> = {
  '0': 'the letter O', O: 'the digit 0', I: 'the letter l or the digit 1', l: 'the letter I or the digit 1',
  '1': 'the letter l', i: 'the letter j or the digit 1', o: 'the digit 0', b: 'the digit 6 or 8', '|': 'the letter l',
} // biome-ignore format: a table

const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

export type ForeignCharacter = {
  /** Counted in characters from 1. */
  readonly position: number
  /** What it is and what it looks like, ready for a sentence: `U+0430 (looks like "a")`. */
  readonly named: string
}

/** The characters of `text` for which `belongs` is false, at most five of them. */
export function foreignCharacters(text: string, belongs: (character: string) => boolean): readonly ForeignCharacter[] {
  const found: ForeignCharacter[] = []
  let position = 0
  for (const character of text) {
    position += 1
    if (belongs(character)) continue
    found.push({ position, named: nameCharacter(character) })
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
    const other = confusedWith[character]
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
  const twin = lookAlikes[character] ?? character.normalize('NFKC')
  return isPlain(twin) ? `looks like "${twin}"` : 'not a Latin letter or digit'
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
