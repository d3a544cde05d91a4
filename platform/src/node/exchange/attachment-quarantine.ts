/**
 * Where a file of another agency lies until somebody takes it in: its cipher, in the pieces in which it came, each sealed once more
 * under the key of the case, so that it goes with the case. A piece is written again under its name as often as it takes.
 */
import { createHash } from 'node:crypto'
import type { BlobStore } from '../../io/vault/index.ts'
import { deriveKey, seal, unseal } from '../../kernel/crypto/index.ts'
import { canonicalJson, orStop, stop } from '../../kernel/index.ts'
import type { NodeKeys } from '../keys.ts'

/** A piece is as large as any message of the exchange may be: all are this long but the last. */
export const PIECE_BYTES = 1024 * 1024
/** Version, nonce and tag of a sealed value. */
const SEAL_BYTES = 29

export type Quarantined = {
  readonly id: string
  readonly caseId: string | null
  /** Bytes of the cipher. */
  readonly size: number
}

export function quarantine(blobs: BlobStore, keys: Pick<NodeKeys, 'caseKey' | 'nodeKey'>) {
  return { keep, cipher, digest, remove }

  async function keep(file: Quarantined, piece: number, bytes: Uint8Array): Promise<void> {
    const sealed = seal(keyOf(file), bytes, purposeOf(file, piece))
    await blobs.write(nameOf(file, piece), one(sealed))
  }

  /** All of it, in order, a piece at a time. */
  async function* cipher(file: Quarantined): AsyncGenerator<Uint8Array> {
    const key = keyOf(file)
    for (let piece = 0; piece < piecesOf(file); piece++) {
      const length = Math.min(PIECE_BYTES, file.size - piece * PIECE_BYTES)
      const parts: Uint8Array[] = []
      for await (const part of blobs.read(nameOf(file, piece), 0, length + SEAL_BYTES - 1)) parts.push(part)
      yield orStop(unseal(key, Buffer.concat(parts), purposeOf(file, piece)))
    }
  }

  /** SHA-256 over what is kept, not over what once passed through memory. */
  async function digest(file: Quarantined): Promise<string> {
    const running = createHash('sha256')
    for await (const piece of cipher(file)) running.update(piece)
    return running.digest('hex')
  }

  async function remove(file: Quarantined): Promise<void> {
    for (let piece = 0; piece < piecesOf(file); piece++) await blobs.remove(nameOf(file, piece))
  }

  function keyOf({ caseId }: Quarantined): Uint8Array {
    if (caseId === null) return keys.nodeKey('attachments')
    const key = keys.caseKey(caseId)
    if (key === null) return stop('CASE_ERASED', 'The case was erased; its files cannot be opened any more.')
    return deriveKey(key, 'attachments')
  }
}

export type Quarantine = ReturnType<typeof quarantine>

function piecesOf({ size }: Quarantined): number {
  return Math.ceil(size / PIECE_BYTES)
}

function nameOf({ id }: Quarantined, piece: number): string {
  return `${id}/00000000-0000-8000-8000-${piece.toString(16).padStart(12, '0')}`
}

function purposeOf({ id }: Quarantined, piece: number): string {
  return canonicalJson(['attachment', id, piece])
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
