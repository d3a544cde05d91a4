/**
 * Uploads that are arriving: pieces of 1 MiB in `arriving/UPLOAD`, each sealed under the key of the case with a random nonce,
 * and at most one `tail`, the beginning of the next piece. What a client was told has arrived lies on disk for good.
 *
 * A running hash cannot be carried over an interruption (node:crypto gives its state to nobody), so none is kept: every piece
 * is authenticated by its seal, and the hashes are taken at the end, in one go, over what is stored. They then speak of the
 * bytes that lie in the vault, not of bytes that once passed through memory.
 */
import { readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { deriveKey, seal, unseal } from '../../kernel/crypto/index.ts'
import { orStop, stop } from '../../kernel/index.ts'
import type { Failpoint } from './blob-store.ts'
import { makeFolder, syncFolder, writeDurably } from './durable-files.ts'
import { CHUNK } from './sealed-file.ts'

/** Version, nonce and tag of a sealed value. */
const SEAL_BYTES = 29

export type Arriving = { readonly id: string; readonly caseId: string; readonly size: number }

export type Arrivals = ReturnType<typeof openArrivals>

export type ArrivalsSetting = {
  readonly folder: string
  caseKey(caseId: string): Uint8Array | null
  readonly failpoint?: Failpoint
}

export function openArrivals({ folder, caseKey, failpoint = () => {} }: ArrivalsSetting) {
  return { offset, receive, pieces, present, folderOf, remove, keyOf }

  function folderOf(id: string): string {
    if (!/^[0-9a-f-]{36}$/.test(id)) throw new RangeError(`no id of an upload: ${id}`)
    return join(folder, id)
  }

  async function present(): Promise<readonly string[]> {
    return (await readdir(folder).catch(noFolder)).sort()
  }

  function keyOf({ id, caseId }: Pick<Arriving, 'id' | 'caseId'>): Uint8Array {
    const key = caseKey(caseId)
    if (key === null) return stop('CASE_ERASED', 'The case was erased; nothing can be added to it.', { place: caseId })
    return deriveKey(key, `vault arriving ${id}`)
  }

  async function remove(id: string): Promise<void> {
    await rm(folderOf(id), { recursive: true, force: true })
  }

  /** How many whole pieces there are, and how many bytes of the next. */
  async function standing(id: string): Promise<{ pieces: number; tail: number }> {
    const names = new Set(await readdir(folderOf(id)).catch(noFolder))
    let count = 0
    while (names.has(pieceName(count))) count++
    if (!names.has(tailName(count))) return { pieces: count, tail: 0 }
    return { pieces: count, tail: (await stat(join(folderOf(id), tailName(count)))).size - SEAL_BYTES }
  }

  async function offset(id: string): Promise<number> {
    const { pieces: count, tail } = await standing(id)
    return count * CHUNK + tail
  }

  /**
   * Takes bytes that continue at the present offset; gives the new one. Where the source breaks off, what came is kept, unless
   * `proven` is given: then nothing is kept before it has said, at the end, that all of it is as the sender meant it.
   */
  async function receive(
    upload: Arriving,
    source: AsyncIterable<Uint8Array>,
    proven?: { update(bytes: Uint8Array): void; holds(): boolean },
  ): Promise<number> {
    const key = keyOf(upload)
    const home = folderOf(upload.id)
    const drafts = join(home, 'drafts')
    await rm(drafts, { recursive: true, force: true })
    await makeFolder(drafts)
    const before = await standing(upload.id)
    let count = before.pieces
    const buffer = Buffer.alloc(CHUNK)
    let filled = before.tail
    if (before.tail > 0) buffer.set(await openPiece(key, home, upload.id, tailName(count)))
    const suffix = proven ? '.unproven' : ''

    const keep = (name: string, bytes: Uint8Array) =>
      writeDurably(
        drafts,
        join(home, name),
        async (file) => {
          await file.writeFile(seal(key, bytes, purposeOf(upload.id, name.replace('.unproven', ''))))
        },
        failpoint,
        name.startsWith('tail') ? 'tail' : 'piece',
      )
    const keepTail = async () => {
      // Only what is new: a tail that did not grow lies there already.
      if (filled > 0 && (count > before.pieces || filled > before.tail))
        await keep(tailName(count) + suffix, buffer.subarray(0, filled))
    }

    await clearUnproven(home)
    try {
      for await (const bytes of source) {
        if (count * CHUNK + filled + bytes.length > upload.size)
          stop('UPLOAD_TOO_LONG', `More bytes arrive than the ${upload.size} that were declared.`, {
            place: `upload/${upload.id}`,
            fix: 'Begin another upload, with the right size.',
          })
        proven?.update(bytes)
        for (let at = 0; at < bytes.length; ) {
          const part = bytes.subarray(at, at + CHUNK - filled)
          buffer.set(part, filled)
          filled += part.length
          at += part.length
          if (filled < CHUNK) continue
          await keep(pieceName(count) + suffix, buffer)
          filled = 0
          count++
        }
      }
    } catch (thrown) {
      if (!proven) await keepTail()
      throw thrown
    }
    await keepTail()
    if (proven) {
      if (!proven.holds())
        stop('UPLOAD_CHECKSUM', 'The bytes that arrived are not those of the checksum; they were not kept.', {
          place: `upload/${upload.id}`,
          fix: 'Send them again.',
        })
      await takeProven(home, before.pieces, count, filled > 0)
    }
    for (let old = before.pieces; old < count; old++) await rm(join(home, tailName(old)), { force: true })
    return count * CHUNK + filled
  }

  /** From the first on, so that a crash in between leaves a beginning, all of which was proven. */
  async function takeProven(home: string, from: number, to: number, tail: boolean): Promise<void> {
    const names = Array.from({ length: to - from }, (_, at) => pieceName(from + at))
    if (tail) names.push(tailName(to))
    for (const name of names) {
      await rename(join(home, `${name}.unproven`), join(home, name)).catch((thrown: NodeJS.ErrnoException) => {
        // A tail that did not grow was not written again.
        if (thrown.code !== 'ENOENT' || !name.startsWith('tail')) throw thrown
      })
      failpoint('proven-renamed')
    }
    await syncFolder(home)
  }

  async function clearUnproven(home: string): Promise<void> {
    for (const name of await readdir(home)) if (name.endsWith('.unproven')) await rm(join(home, name), { force: true })
  }

  /** All that arrived, opened, in order. */
  async function* pieces(upload: Arriving): AsyncGenerator<Uint8Array> {
    const key = keyOf(upload)
    const home = folderOf(upload.id)
    const { pieces: count, tail } = await standing(upload.id)
    for (let at = 0; at < count; at++) yield await openPiece(key, home, upload.id, pieceName(at))
    if (tail > 0) yield await openPiece(key, home, upload.id, tailName(count))
  }
}

async function openPiece(key: Uint8Array, home: string, id: string, name: string): Promise<Uint8Array> {
  return orStop(unseal(key, await readFile(join(home, name)), purposeOf(id, name)))
}

function pieceName(index: number): string {
  return `piece-${String(index).padStart(8, '0')}`
}

function tailName(index: number): string {
  return `tail-${String(index).padStart(8, '0')}`
}

function purposeOf(id: string, name: string): string {
  return `upload ${id} ${name}`
}

function noFolder(thrown: NodeJS.ErrnoException): string[] {
  if (thrown.code === 'ENOENT') return []
  throw thrown
}
