/**
 * Which characters a letter prints. What a reader sees must be what was hashed, in the order in which it was written
 * (Unicode UTR 36 and UTS 55 describe the attacks):
 *
 * - control characters, lone surrogates and the controls of direction U+202A–E and U+2066–9 are refused;
 * - the marks LRM, RLM and ALM are left out: they show nothing, and every run states its own direction;
 * - joiners U+200C and U+200D are kept between letters of scripts that join, where they are spelling;
 * - every other character without a shape is printed as its code point, `[U+200B]`.
 */
import { stop } from '../../kernel/index.ts'
import type { Direction } from './languages.ts'

export type TextPart = { readonly text: string; readonly visible: boolean }

/** Text without line feeds → parts; `visible: false` are code points that stand for a character without a shape. */
export function printableParts(text: string, place: string): TextPart[] {
  const parts: TextPart[] = []
  const characters = [...text]
  for (const [index, character] of characters.entries()) {
    refuseControl(character, place)
    if (character === '\u200e' || character === '\u200f' || character === '\u061c') continue
    const shapeless = isShapeless(character) && !joins(characters, index)
    const printed = shapeless ? `[${codePointName(character)}]` : character === '\t' ? ' ' : character
    const last = parts.at(-1)
    if (last && last.visible === !shapeless)
      parts[parts.length - 1] = { text: last.text + printed, visible: !shapeless }
    else parts.push({ text: printed, visible: !shapeless })
  }
  return parts
}

/** A machine value: printable ASCII without spaces at its ends, nothing else, so that it can be typed again exactly. */
export function machineText(value: string, place: string): string {
  if (/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) return value
  return stop('LETTER_MACHINE_VALUE_UNPRINTABLE', `${place} holds a value that is not printable ASCII.`, { place })
}

/**
 * The direction of the first letter, as the Unicode bidirectional algorithm finds it (UAX 9, P2 and P3). Without a letter
 * it is left to right: a telephone number in an Arabic paragraph would have its groups of digits in reverse order.
 */
export function firstStrong(text: string): Direction {
  const strong = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]|\p{L}/u.exec(
    text,
  )
  if (!strong) return 'ltr'
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(strong[0])
    ? 'rtl'
    : 'ltr'
}

function refuseControl(character: string, place: string): void {
  const code = character.codePointAt(0) ?? 0
  const control = (code < 0x20 && character !== '\t') || (code >= 0x7f && code <= 0x9f)
  const surrogate = code >= 0xd800 && code <= 0xdfff
  const direction = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
  const noncharacter = (code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef)
  if (control || surrogate || direction || noncharacter)
    stop('LETTER_TEXT_CONTROL', `${place} holds ${codePointName(character)}.`, {
      place,
      fix: 'Remove the character; writing direction is set by the letter itself.',
    })
}

/** Beside the categories Cf, Co, Zl and Zp: the grapheme joiner, fillers of Hangul, inherent vowels of Khmer, selectors. */
const shapelessRanges = [
  [0x034f, 0x034f],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xffa0, 0xffa0],
  [0xfffc, 0xfffc],
  [0xe0100, 0xe01ef],
] as const

/** Nothing to see, or, in private use, something else on each machine. */
function isShapeless(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return (
    /^(?:\p{Cf}|\p{Co}|\p{Zl}|\p{Zp})$/u.test(character) ||
    shapelessRanges.some(([from, to]) => code >= from && code <= to)
  )
}

function joins(characters: readonly string[], index: number): boolean {
  const joiner = characters[index] === '\u200c' || characters[index] === '\u200d'
  const joining = /[\p{Script=Arabic}\p{Script=Devanagari}]/u
  return joiner && joining.test(characters[index - 1] ?? '') && joining.test(characters[index + 1] ?? '')
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
