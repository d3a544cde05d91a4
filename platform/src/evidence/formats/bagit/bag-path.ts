/**
 * Paths in a bag (RFC 8493): which are safe to write anywhere, and how a manifest writes them.
 *
 * Section 2.1.3: CR, LF and % are percent-encoded in a manifest, and nothing else. Section 5.1.1 and 6: no path leaves the
 * bag; two names that one file system takes for one (Unicode normal forms, case) overwrite each other.
 */
import { ok, type Result, refuse } from '../../../kernel/index.ts'

/** Names that Windows keeps for devices, with or without an ending (RFC 8493 section 6.1.2 points to them). */
const DEVICES = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i

export function checkBagPath(path: string): Result<string> {
  const wrong = (why: string) =>
    refuse('FORMATS_BAG_PATH', `The path ${JSON.stringify(path.slice(0, 120))} ${why}.`, {
      place: path.slice(0, 120),
      fix: 'Rename the file before it is packed.',
    })
  if (path === '' || path.length > 1000) return wrong('is empty or too long')
  if (!path.isWellFormed()) return wrong('is not well-formed Unicode')
  if (path.startsWith('/') || path.startsWith('~') || /^[A-Za-z]:/.test(path)) return wrong('is absolute')
  // A manifest line is a sum, blanks, perhaps an asterisk and the path (section 2.1.3).
  if (/^[\s*]/.test(path)) return wrong('starts with a blank or an asterisk')
  if (/[\\\0]/.test(path)) return wrong('holds a backslash or NUL')
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..') return wrong('has an empty, . or .. part')
    if (DEVICES.test(part)) return wrong('has a part that Windows keeps for a device')
    if (/[. ]$/.test(part)) return wrong('has a part that ends in a point or space, which Windows drops')
  }
  return ok(path)
}

/** Paths under which two files would be one on some file system; `null` where there are none. */
export function clashOf(paths: readonly string[]): readonly [string, string] | null {
  const seen = new Map<string, string>()
  for (const path of paths) {
    const key = path.normalize('NFC').toLowerCase().normalize('NFC')
    const other = seen.get(key)
    if (other !== undefined) return [other, path]
    seen.set(key, path)
  }
  return null
}

export function encodeBagPath(path: string): string {
  return path.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** Only what `encodeBagPath` writes is decoded; any other % stays, as older writers left it. */
export function decodeBagPath(path: string): string {
  return path.replace(/%(0d|0a|25)/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)))
}
