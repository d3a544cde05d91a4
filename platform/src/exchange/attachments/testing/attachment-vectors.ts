/** Vectors of sealed files, for other implementers: with the secrets that sealing draws, so that both directions can be compared. */
import { senderWith } from '../../../kernel/crypto/hpke.ts'
import { hpkeKeyFromSecret } from '../../../kernel/crypto/index.ts'
import { bytesToBase64, sha256, utf8 } from '../../../kernel/index.ts'
import type { Attachment } from '../../wire/index.ts'
import { sealingFor } from '../crypto/index.ts'
import { CHUNK_BYTES, type FileFacts, type FilePlace, layoutOf, sealAttachment, written } from '../index.ts'
import { inPieces } from './sealed.ts'

export type AttachmentVector = {
  readonly claim: string
  /** The secret key of the receiver, the ephemeral one of the sender and the salt: 32 bytes each, in base64. */
  readonly receiver: string
  readonly ephemeral: string
  readonly salt: string
  readonly place: FilePlace
  readonly attachment: Attachment
  /** In base64; null where the file is `zeros` bytes of zero, and only the digests are compared. */
  readonly cipher: string | null
  readonly plain: string | null
  readonly zeros: number | null
  readonly refused: string | null
}

const place: FilePlace = { messageId: '019a1b2c-3d4e-7f60-8123-456789abcdef', fileIndex: 2 }
const secret = (name: string) => sha256(utf8(`comity attachment vectors: ${name}`))
const receiver = hpkeKeyFromSecret(secret('receiver'))

async function vectorOf(claim: string, plain: Uint8Array, facts: Omit<FileFacts, 'size'>, big = false) {
  const [ephemeral, salt] = [secret(`ephemeral, ${claim}`), secret(`salt, ${claim}`)]
  const ports = {
    ...sealingFor(receiver.publicKey),
    newSalt: () => salt,
    openSender: (info: Uint8Array) => senderWith(hpkeKeyFromSecret(ephemeral), receiver.publicKey, info),
  }
  const parts: Uint8Array[] = []
  const sealing = sealAttachment({ ...facts, size: plain.length }, place, inPieces(plain), ports)
  const attachment = await written(sealing, (bytes) => void parts.push(bytes))
  if (!attachment.ok) throw new Error(attachment.refusal.message)
  return {
    claim,
    receiver: bytesToBase64(secret('receiver')),
    ephemeral: bytesToBase64(ephemeral),
    salt: bytesToBase64(salt),
    place,
    attachment: attachment.value,
    cipher: big ? null : bytesToBase64(Buffer.concat(parts)),
    plain: big ? null : bytesToBase64(plain),
    zeros: big ? plain.length : null,
    refused: null,
  } satisfies AttachmentVector
}

export async function attachmentVectors(): Promise<readonly AttachmentVector[]> {
  const text = { name: 'notes.txt', mime: 'text/plain', class: 'evidence' } as const
  const words = await vectorOf('a short file', utf8('Where the money went.'), text)
  return [
    words,
    await vectorOf('an empty file is a head alone', new Uint8Array(), { ...text, class: 'other' }),
    await vectorOf('a name in another script', utf8('x'), { ...text, name: 'حكم المحكمة.txt' }),
    await vectorOf('exactly one chunk', new Uint8Array(CHUNK_BYTES), text, true),
    await vectorOf('one byte more than a chunk', new Uint8Array(CHUNK_BYTES + 1), text, true),
    ...refused(words),
  ]
}

function refused(good: AttachmentVector): AttachmentVector[] {
  const cipher = Buffer.from(good.cipher ?? '', 'base64')
  const broken = 'EXCHANGE_ATTACHMENT_BROKEN'
  const differs = 'EXCHANGE_ATTACHMENT_DIFFERS'
  const ofSize = 'EXCHANGE_ATTACHMENT_SIZE'
  const bad = (claim: string, code: string, change: Partial<AttachmentVector>): AttachmentVector => ({
    ...good,
    claim,
    ...change,
    plain: null,
    refused: code,
  })
  const header = (change: Partial<Attachment>) => ({ attachment: { ...good.attachment, ...change } })
  const bytes = (...parts: readonly Uint8Array[]) => ({ cipher: bytesToBase64(Buffer.concat(parts)) })
  const flipped = Uint8Array.from(cipher, (byte, at) => (at === cipher.length - 1 ? byte ^ 1 : byte))
  const empty = layoutOf(0)
  if (!empty.ok) throw new Error(empty.refusal.message)
  const alone = empty.value.cipherSize
  return [
    bad('a bit of the last tag is changed', broken, bytes(flipped)),
    bad('the last byte is missing', ofSize, bytes(cipher.subarray(0, -1))),
    bad('a byte follows', ofSize, bytes(cipher, Uint8Array.of(0))),
    bad('truncated to its head, and the header says so', broken, {
      ...bytes(cipher.subarray(0, alone)),
      ...header({ ...empty.value, size: 0 }),
    }),
    bad('of another message', broken, { place: { ...place, messageId: '019a1b2c-3d4e-7f60-8123-456789abcdee' } }),
    bad('at another place of its message', broken, { place: { ...place, fileIndex: 1 } }),
    bad('the header has another name', differs, header({ name: 'note.txt' })),
    bad('the header has another class', differs, header({ class: 'order' })),
    bad('the header has another commitment', differs, header({ commitment: good.attachment.cipherDigest })),
    bad('the header has another digest', differs, header({ cipherDigest: good.attachment.commitment })),
    bad('the header has more chunks than its size', ofSize, header({ chunks: 3 })),
    bad('the header names another key', 'EXCHANGE_ATTACHMENT_KEY', header({ recipientKeyId: '0'.repeat(64) })),
    bad('the encapsulated key is zero', 'KEY_INVALID', header({ encapsulatedKey: bytesToBase64(new Uint8Array(32)) })),
    bad(
      'the encapsulated key is of another context',
      broken,
      header({ encapsulatedKey: bytesToBase64(receiver.publicKey.bytes) }),
    ),
  ]
}
