/** Looks for words where there must be none: in every byte of folders, in the shapes that bytes take on their way to a disk. */
import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export type Sighting = { readonly place: string; readonly as: string }

/** How a word may stand in bytes. Base64 depends on where in its three bytes the word begins; what is around it is cut off. */
export function shapesOf(word: string): ReadonlyMap<string, Buffer> {
  const utf8 = Buffer.from(word)
  const utf16 = Buffer.from(word, 'utf16le')
  const shapes = new Map([
    ['UTF-8', utf8],
    ['UTF-16, little end first', utf16],
    ['UTF-16, big end first', Buffer.from(utf16).swap16()],
    ['hexadecimal', Buffer.from(utf8.toString('hex'))],
    ['hexadecimal, capitals', Buffer.from(utf8.toString('hex').toUpperCase())],
  ])
  for (const shift of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .replaceAll('=', '')
    shapes.set(`base64, shifted by ${shift}`, Buffer.from(text.slice(shift === 0 ? 0 : shift + 1, -1)))
  }
  return shapes
}

/** In every file of the folder, also as what a gzip file holds. */
export function searchFolder(folder: string, word: string): readonly Sighting[] {
  const shapes = shapesOf(word)
  // The folder of the database may be a link.
  const found: Sighting[] = []
  for (const path of filesOf(realpathSync(folder))) {
    const bytes = readFileSync(path)
    found.push(...searchBytes(bytes, path, shapes))
    if (bytes[0] === 0x1f && bytes[1] === 0x8b)
      found.push(...searchBytes(gunzipSync(bytes), `${path}, decompressed`, shapes))
    // Names are bytes on the disk too.
    found.push(...searchBytes(Buffer.from(path), `the name ${path}`, shapes))
  }
  return found
}

export function searchBytes(bytes: Buffer, place: string, shapes: ReadonlyMap<string, Buffer>): readonly Sighting[] {
  return [...shapes].flatMap(([as, shape]) => (bytes.includes(shape) ? [{ place, as }] : []))
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
