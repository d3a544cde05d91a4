/**
 * The vault: from bytes that arrive to a sealed file with its hashes, and back.
 *
 * The order of steps is what makes it safe: pieces lie on disk before the sender is told so; the sealed file lies whole in the
 * blob store before its hashes are written down; the pieces go only after that. Whatever step the process dies at, doing it
 * again gives the same object, and nothing that was acknowledged is lost.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileHashes, seal, unseal } from '../../kernel/crypto/index.ts'
import { orStop, stop } from '../../kernel/index.ts'
import { type Arriving, openArrivals } from './arrivals.ts'
import type { BlobStore, Failpoint } from './blob-store.ts'
import { makeFolder, writeDurably } from './durable-files.ts'
import { openFile, sealedSize, sealFile } from './sealed-file.ts'

export type StoredFile = {
  readonly id: string
  readonly caseId: string
  readonly size: number
  readonly sha256: string
  readonly sha512: string
}

export type Vault = {
  /** Bytes that have arrived for good. */
  offset(upload: Arriving): Promise<number>
  /** Bytes that continue at `at`. One at a time for an upload; refused with UPLOAD_BUSY meanwhile. */
  receive(
    upload: Arriving,
    at: number,
    source: AsyncIterable<Uint8Array>,
    proven?: { update(bytes: Uint8Array): void; holds(): boolean },
  ): Promise<number>
  /** Seals what has arrived whole; may be asked again at any time. `null` while bytes are missing. */
  complete(upload: Arriving): Promise<StoredFile | null>
  /** The port `vault-content` of evidence/vault. */
  sealedObject(uploadId: string, caseId: string): Promise<StoredFile | null>
  /** Whether bytes of the upload are arriving or being sealed. */
  isBusy(uploadId: string): boolean
  /** Ids of the uploads of which something lies here. */
  arriving(): Promise<readonly string[]>
  /** After the finish has committed: the sealed file is all that is left. Or after an upload was given up. */
  clear(uploadId: string): Promise<void>
  /** Removes the sealed file of an upload that was given up; never of an exhibit. */
  removeObject(file: Pick<StoredFile, 'id' | 'caseId'>): Promise<void>
  /** Plain bytes, all or a part (inclusive). Stops where the file is not what was sealed. */
  read(file: StoredFile, range?: { readonly first: number; readonly last: number }): AsyncIterable<Uint8Array>
  /** Reads all of it and compares the hashes: what is wrong, or `null`. For the scheduled check of the vault. */
  flaw(file: StoredFile): Promise<string | null>
}

export type VaultSetting = {
  /** For arriving pieces; of the node, apart from its database. */
  readonly folder: string
  readonly blobs: BlobStore
  /** A key for the vault of this case; `null` once the case is erased. */
  caseKey(caseId: string): Uint8Array | null
  /** For tests: called at each step, may end the process. */
  readonly failpoint?: Failpoint
}

export function openVault({ folder, blobs, caseKey, failpoint = () => {} }: VaultSetting): Vault {
  const arrivals = openArrivals({ folder: join(folder, 'arriving'), caseKey, failpoint })
  const busy = new Set<string>()
  const completing = new Map<string, Promise<StoredFile | null>>()
  return {
    offset,
    receive,
    complete,
    sealedObject,
    isBusy,
    arriving: arrivals.present,
    clear,
    removeObject,
    read,
    flaw,
  }

  async function offset(upload: Arriving): Promise<number> {
    return (await sealedObject(upload.id, upload.caseId))?.size ?? arrivals.offset(upload.id)
  }

  async function receive(
    upload: Arriving,
    at: number,
    source: AsyncIterable<Uint8Array>,
    proven?: { update(bytes: Uint8Array): void; holds(): boolean },
  ): Promise<number> {
    const place = `upload/${upload.id}`
    if (isBusy(upload.id))
      return stop('UPLOAD_BUSY', 'Bytes of this upload are arriving over another connection.', {
        place,
        fix: 'Try again in a moment.',
      })
    busy.add(upload.id)
    try {
      const present = await offset(upload)
      if (at !== present)
        return stop('UPLOAD_OFFSET', `The upload continues at byte ${present}, not at ${at}.`, {
          place,
          fix: 'Ask for the offset, and continue there.',
        })
      return present === upload.size ? present : await arrivals.receive(upload, source, proven)
    } finally {
      busy.delete(upload.id)
    }
  }

  /** Two who ask at the same time wait for the same work. */
  function complete(upload: Arriving): Promise<StoredFile | null> {
    const running = completing.get(upload.id)
    if (running) return running
    const work = completeOnce(upload).finally(() => completing.delete(upload.id))
    completing.set(upload.id, work)
    return work
  }

  async function completeOnce(upload: Arriving): Promise<StoredFile | null> {
    const { id, caseId, size } = upload
    const before = await sealedObject(id, caseId)
    if (before) return before
    if (busy.has(id) || (await arrivals.offset(id)) !== size) return null
    const hashes = fileHashes()
    async function* hashed(): AsyncGenerator<Uint8Array> {
      for await (const piece of arrivals.pieces(upload)) {
        hashes.update(piece)
        yield piece
      }
    }
    // An empty file comes without a single piece.
    await makeFolder(arrivals.folderOf(id))
    failpoint('seal-begun')
    await blobs.write(nameOf(upload), sealFile({ caseKey: keyOf(caseId), objectId: id }, hashed()))
    failpoint('seal-done')
    const file: StoredFile = { id, caseId, size, ...hashes.digests() }
    const home = arrivals.folderOf(id)
    const text = new TextEncoder().encode(JSON.stringify(file))
    await writeDurably(
      home,
      join(home, 'sealed'),
      async (handle) => {
        await handle.writeFile(seal(arrivals.keyOf(upload), text, `upload ${id} sealed`))
      },
      failpoint,
      'hashes',
    )
    return file
  }

  async function sealedObject(id: string, caseId: string): Promise<StoredFile | null> {
    let sealed: Uint8Array
    try {
      sealed = await readFile(join(arrivals.folderOf(id), 'sealed'))
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw thrown
    }
    const text = orStop(unseal(arrivals.keyOf({ id, caseId }), sealed, `upload ${id} sealed`))
    return JSON.parse(new TextDecoder().decode(text)) as StoredFile
  }

  function isBusy(uploadId: string): boolean {
    return busy.has(uploadId) || completing.has(uploadId)
  }

  async function clear(uploadId: string): Promise<void> {
    await arrivals.remove(uploadId)
  }

  async function removeObject(file: Pick<StoredFile, 'id' | 'caseId'>): Promise<void> {
    await blobs.remove(nameOf(file))
  }

  async function* read(
    file: StoredFile,
    range?: { readonly first: number; readonly last: number },
  ): AsyncGenerator<Uint8Array> {
    const name = nameOf(file)
    const stored = await blobs.size(name)
    if (stored !== sealedSize(file.size))
      stop('VAULT_DAMAGED', `The file in the vault has ${stored ?? 'no'} bytes, not ${sealedSize(file.size)}.`, {
        place: name,
        fix: 'Restore it from a backup, and find out who changed it.',
      })
    const open = (first: number, last: number) => blobs.read(name, first, last)
    yield* openFile({ caseKey: keyOf(file.caseId), objectId: file.id }, file.size, open, range)
  }

  async function flaw(file: StoredFile): Promise<string | null> {
    const hashes = fileHashes()
    try {
      for await (const part of read(file)) hashes.update(part)
    } catch (thrown) {
      return (thrown as Error).message
    }
    const { sha256, sha512 } = hashes.digests()
    return sha256 === file.sha256 && sha512 === file.sha512 ? null : `It opens, and has the SHA-256 ${sha256}.`
  }

  function keyOf(caseId: string): Uint8Array {
    const key = caseKey(caseId)
    return key ?? stop('CASE_ERASED', 'The case was erased; its files cannot be opened any more.', { place: caseId })
  }
}

function nameOf({ id, caseId }: Pick<StoredFile, 'id' | 'caseId'>): string {
  return `${caseId}/${id}`
}
