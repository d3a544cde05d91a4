/**
 * Text from outside: without control characters and without characters that turn or hide other characters.
 *
 * A label with U+202E reads backwards on a screen and forwards in a search (CVE-2021-42574, "Trojan Source"); a NUL ends
 * a string in half of the programs that the export will meet. Line breaks and tabs become spaces, the rest is removed.
 */
export const TEXT_MAX = 20_000

export type CleanText = { readonly text: string; readonly changed: boolean }

export function cleanText(text: string): CleanText {
  let clean = ''
  for (const character of text.isWellFormed() ? text : text.toWellFormed()) {
    const code = character.codePointAt(0) ?? 0
    if (code === 0x09 || code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) clean += ' '
    else if (!isHidden(code)) clean += character
  }
  clean = clean.trim()
  if (clean.length > TEXT_MAX) clean = clean.slice(0, TEXT_MAX).toWellFormed()
  return { text: clean, changed: clean !== text }
}

/** C0 and C1 controls, zero-width and bidi characters (UAX 9 section 2), the byte order mark and tag characters. */
function isHidden(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0xad ||
    code === 0x61c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0xfeff ||
    code === 0xfffe ||
    code === 0xffff ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xe0000 && code <= 0xe007f)
  )
}
