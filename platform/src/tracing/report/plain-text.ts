/**
 * Text from strangers, made harmless before it enters a page, a picture, a style sheet or a table.
 *
 * Characters that nobody sees, or that turn the reading direction (Unicode Standard Annex 9), are written as visible
 * code points: a label cannot show one thing and hold another.
 */

/** First and last of each stretch of characters that nobody sees or that turn the reading direction. */
const UNSEEN: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad], // soft hyphen
  [0x34f, 0x34f], // combining grapheme joiner
  [0x61c, 0x61c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f], // zero width; left-to-right and right-to-left marks
  [0x2028, 0x202e], // separators, embeddings and overrides
  [0x2060, 0x206f], // joiners and isolates
  [0x3164, 0x3164],
  [0xd800, 0xdfff], // lone surrogates
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xffff],
  [0xe0000, 0xe0fff], // tags
]

/** A right-to-left override between a and b → `"a⟨U+202E⟩b"`. */
export function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text
  return Array.from(text, (char) => {
    const point = char.codePointAt(0) ?? 0
    const isUnseen = UNSEEN.some(([first, last]) => first <= point && point <= last)
    return isUnseen ? `⟨U+${point.toString(16).toUpperCase().padStart(4, '0')}⟩` : char
  }).join('')
}

/** Text for HTML and XML, between tags and within quoted attributes. */
export function escapeMarkup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (char) => MARKUP_ESCAPES[char] ?? char)
}

const MARKUP_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A quoted CSS string in which everything but letters, digits and spaces is an escape (CSS Syntax Module Level 3, 4.1). */
export function cssString(text: string): string {
  const escaped = [...visible(text)].map((char) =>
    /[A-Za-z0-9 ]/.test(char) ? char : `\\${(char.codePointAt(0) ?? 0).toString(16)} `,
  )
  return `"${escaped.join('')}"`
}

/**
 * One cell of a CSV file (RFC 4180), always quoted. A spreadsheet takes text that begins with = + - @ for a formula
 * (CWE-1236), also after a semicolon or tab where these part its columns: an apostrophe before the sign keeps it text.
 */
export function csvText(text: string): string {
  const kept = visible(text)
    .replace(/^(\s*["']?\s*)([=+\-@＝＋－＠])/u, "$1'$2")
    .replace(/([;|,]\s*["']?\s*)([=+\-@＝＋－＠])/gu, "$1'$2")
  return `"${kept.replaceAll('"', '""')}"`
}

/** A name that is safe in a file system and in a link: lower-case letters, digits and hyphens. */
export function fileStem(text: string): string {
  const stem = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return stem.slice(0, 60) || 'rule'
}
