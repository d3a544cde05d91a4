/** A file becomes a cipher for one key of the receiver, and the part of the header that binds it to the message. */
import { bytesToBase64, bytesToHex, hmacSha256, orStop, stop } from '../../kernel/index.ts'
import { type Attachment, AttachmentFacts, misfit } from '../wire/index.ts'
import { type FileFacts, headOf } from './head.ts'
import { type Chunk, chunkAt, chunksOf, layoutOf } from './layout.ts'
import { piecesOf } from './pieces.ts'
import { CONTEXT, type FilePlace, placeBytes } from './place.ts'
import type { SealingPorts } from './ports.ts'

/**
 * Yields the chunks of the cipher in order and returns the part of the header; holds one chunk of plain text at a time.
 * A `Stop` on the way (the file is not as long as was stated) means that nothing of it may be sent.
 *
 * Each call makes a new key: after a break the cipher that was stored is sent on, the file is not sealed again.
 */
export async function* sealAttachment(
  facts: FileFacts,
  place: FilePlace,
  plain: AsyncIterable<Uint8Array>,
  ports: SealingPorts,
): AsyncGenerator<Uint8Array, Attachment, void> {
  const { name, mime, size, class: kind } = facts
  const layout = orStop(layoutOf(size))
  const flaw = misfit(AttachmentFacts, { name, mime, size, class: kind })
  if (flaw)
    stop('EXCHANGE_ATTACHMENT_FACTS', `A file cannot be attached so: ${flaw.what}.`, {
      place: flaw.place,
      fix: 'Give it a name without a path, and a media type.',
    })
  const salt = ports.newSalt()
  const sender = ports.openSender(CONTEXT)
  const ofPlain = ports.newHash()
  const ofCipher = ports.newHash()
  const seal = (bytes: Uint8Array, chunk: Chunk): Uint8Array => {
    const sealed = sender.seal(bytes, placeBytes(place, chunk))
    ofCipher.update(sealed)
    return sealed
  }
  yield seal(headOf(salt, facts), chunkAt(size, 0))
  for await (const { bytes, of } of piecesOf(plain, bodyOf(size), 'The file')) {
    ofPlain.update(bytes)
    yield seal(bytes, of.chunk)
  }
  return {
    name,
    mime,
    size,
    commitment: bytesToHex(hmacSha256(salt, ofPlain.digest())),
    cipherDigest: bytesToHex(ofCipher.digest()),
    cipherSize: layout.cipherSize,
    chunks: layout.chunks,
    encapsulatedKey: bytesToBase64(sender.encapsulated),
    recipientKeyId: ports.recipientKeyId,
    class: kind,
  }
}

function* bodyOf(size: number): Generator<{ readonly chunk: Chunk; readonly length: number }> {
  for (const chunk of chunksOf(size)) if (chunk.index > 0) yield { chunk, length: chunk.plain }
}
