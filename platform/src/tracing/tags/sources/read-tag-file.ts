/** Tag files from disk: hashed as they lie there, decompressed under a limit. */
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { bytesToHex, ok, type Result, refuse, sha256 } from '../../../kernel/index.ts'
import type { TagFile } from '../tag.ts'

/** Bytes of one tag file after decompression; the largest public pack has 1.5 million. */
export const largestTagFile = 64 * 1024 * 1024

export async function readTagFile(path: string, limit: number = largestTagFile): Promise<Result<TagFile>> {
  const name = basename(path)
  const size = await stat(path).then(
    (found) => found.size,
    () => null,
  )
  if (size === null)
    return refuse('TAG_FILE_UNREADABLE', `${name} cannot be opened.`, {
      place: path,
      fix: 'Check the path and the permissions.',
    })
  if (size > limit) return tooLarge(name, `has ${size} bytes`, limit)
  return openTagFile(name, await readFile(path), limit)
}

/** The same for bytes that are in memory already. Gzip is recognised by its first two bytes (RFC 1952 section 2.3.1). */
export function openTagFile(name: string, bytes: Uint8Array, limit: number = largestTagFile): Result<TagFile> {
  const opened = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipWithin(name, bytes, limit) : ok(bytes)
  if (!opened.ok) return opened
  if (opened.value.length > limit) return tooLarge(name, `has ${opened.value.length} bytes`, limit)
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(opened.value)
    return ok({ name, sha256: bytesToHex(sha256(bytes)), bytes: bytes.length, text })
  } catch (thrown) {
    // A fatal decoder throws TypeError on bytes that are not UTF-8, and for nothing else here.
    if (thrown instanceof TypeError)
      return refuse('TAG_FILE_UNREADABLE', `${name} is not UTF-8 text.`, {
        place: name,
        fix: 'Save the file as UTF-8.',
      })
    throw thrown
  }
}

function gunzipWithin(name: string, bytes: Uint8Array, limit: number): Result<Uint8Array> {
  try {
    return ok(gunzipSync(bytes, { maxOutputLength: limit }))
  } catch (thrown) {
    if (thrown instanceof RangeError) return tooLarge(name, 'grows', limit)
    const why = thrown instanceof Error ? thrown.message : 'unknown reason'
    return refuse('TAG_FILE_UNREADABLE', `${name} is not a whole gzip file: ${why}.`, {
      place: name,
      fix: 'Copy the file again; its SHA-256 should be the one its source gives.',
    })
  }
}

function tooLarge(name: string, how: string, limit: number): Result<never> {
  return refuse('TAG_FILE_BOMB', `${name} ${how} beyond the limit of ${limit} bytes; it is not opened.`, {
    place: name,
    fix: 'Split the pack into smaller files.',
  })
}
