/** A cipher becomes the file again, if it is exactly what the header of its message says. */
import { base64ToBytes, bytesToHex, hmacSha256, orStop, stop } from '../../kernel/index.ts'
import type { Attachment } from '../wire/index.ts'
import { headOf, saltOf } from './head.ts'
import { type Chunk, chunksOf, layoutOf } from './layout.ts'
import { piecesOf } from './pieces.ts'
import { CONTEXT, type FilePlace, placeBytes } from './place.ts'
import type { OpeningPorts } from './ports.ts'

/**
 * Yields the file in order, two chunks in memory at most; each was found true, at its place, before it is given out, and the
 * last only when the whole was: whoever has the whole file has a file that was checked. A `Stop` on the way means that what
 * was given out is thrown away.
 *
 * `part` comes from a header whose signature was checked: HPKE in base mode has no sender of its own.
 */
export async function* openAttachment(
  part: Attachment,
  place: FilePlace,
  cipher: AsyncIterable<Uint8Array>,
  ports: OpeningPorts,
): AsyncGenerator<Uint8Array, void, void> {
  if (part.recipientKeyId !== ports.keyId)
    stop('EXCHANGE_ATTACHMENT_KEY', 'A file is sealed for another key than this one.', {
      place: 'recipientKeyId',
      fix: 'Open it with the key that is named, or ask for it under a key of the directory.',
    })
  const layout = orStop(layoutOf(part.size))
  if (layout.chunks !== part.chunks || layout.cipherSize !== part.cipherSize)
    stop('EXCHANGE_ATTACHMENT_SIZE', `A file of ${part.size} bytes has another cipher than the header says.`, {
      place: layout.chunks === part.chunks ? 'cipherSize' : 'chunks',
      fix: 'Ask for the message again.',
    })
  const receiver = orStop(ports.openReceiver(base64ToBytes(part.encapsulatedKey) ?? new Uint8Array(), CONTEXT))
  const ofPlain = ports.newHash()
  const ofCipher = ports.newHash()
  let salt: Uint8Array = new Uint8Array()
  let held: Uint8Array | null = null
  for await (const { bytes, of: chunk } of piecesOf(cipher, chunksOf(part.size), 'The cipher')) {
    ofCipher.update(bytes)
    const opened = receiver.open(bytes, placeBytes(place, chunk))
    if (!opened.ok) return broken(chunk)
    if (chunk.index === 0) {
      salt = saltOf(opened.value)
      if (!same(opened.value, headOf(salt, part))) differs('name, mime, size or class')
      continue
    }
    ofPlain.update(opened.value)
    if (held) yield held
    held = opened.value
  }
  if (bytesToHex(ofCipher.digest()) !== part.cipherDigest) differs('cipherDigest')
  if (bytesToHex(hmacSha256(salt, ofPlain.digest())) !== part.commitment) differs('commitment')
  if (held) yield held
}

function broken({ index }: Chunk): never {
  return stop('EXCHANGE_ATTACHMENT_BROKEN', `Chunk ${index} of a sealed file does not open.`, {
    place: `chunk ${index}`,
    fix: 'Fetch it again; if it stays so, it was changed, or belongs to another message or key: tell the sender.',
  })
}

function differs(place: string): never {
  return stop('EXCHANGE_ATTACHMENT_DIFFERS', 'A sealed file is not the one that its message names.', {
    place,
    fix: 'Do not use it; ask the sender for the message again.',
  })
}

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
