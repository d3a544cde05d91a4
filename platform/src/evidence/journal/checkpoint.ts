/**
 * Checkpoints (C2SP tlog-checkpoint v1) and the cosignatures of witnesses on them (C2SP tlog-cosignature, Ed25519).
 *
 * A checkpoint says: the journal `origin` has `size` leaves and this root. A witness that cosigns says: as of this time,
 * this is the largest tree of that journal that I have seen, and it continues all that I saw before.
 */
import { base64ToBytes, bytesToBase64, concatBytes, ok, type Result, refuse, textToBytes } from '../../kernel/index.ts'
import { HASH_BYTES } from './merkle-tree.ts'
import {
  formatNote,
  isSignedBy,
  type Note,
  type NoteKey,
  parseNote,
  type SignatureCheck,
  signatureLine,
  signaturesBy,
  signatureWrong,
} from './note.ts'
import { MAX_SIZE } from './proofs.ts'

export type TreeHead = { readonly origin: string; readonly size: bigint; readonly root: Uint8Array }

export type Checkpoint = TreeHead & {
  /** Lines after the third; nothing here writes any, and they are covered by the signatures. */
  readonly extensions: readonly string[]
  readonly note: Note
}

/** The text that is signed: three lines. */
export function checkpointText({ origin, size, root }: TreeHead): string {
  if (origin === '' || /[\n\s+]/u.test(origin)) throw new RangeError('an origin holds no spaces and no plus sign')
  return `${origin}\n${size}\n${bytesToBase64(root)}\n`
}

/** A checkpoint signed by the journal's key; `sign` gives the 64 bytes of Ed25519 over the text. */
export function signCheckpoint(head: TreeHead, key: NoteKey, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const text = checkpointText(head)
  return formatNote({ text, signatures: [{ line: signatureLine(key, sign(textToBytes(text))) }] })
}

export function parseCheckpoint(bytes: Uint8Array): Result<Checkpoint> {
  const note = parseNote(bytes)
  if (!note.ok) return note
  const [origin = '', size = '', root = '', ...extensions] = note.value.text.slice(0, -1).split('\n')
  const no = (what: string) =>
    refuse('CHECKPOINT_MALFORMED', `This is not a checkpoint: ${what}.`, { fix: 'Fetch it again.' })
  if (origin === '') return no('the first line, the origin, is empty')
  if (!/^(0|[1-9][0-9]{0,19})$/.test(size) || BigInt(size) > MAX_SIZE) return no('the second line is no tree size')
  const hash = base64ToBytes(root)
  if (hash?.length !== HASH_BYTES) return no('the third line is no root hash')
  if (extensions.some((line) => line === '')) return no('an extension line is empty')
  return ok({ origin, size: BigInt(size), root: hash, extensions, note: note.value })
}

/** Refused unless the key of the journal has signed it. The key's name is the origin (C2SP tlog-policy, Defining a log). */
export function openCheckpoint(bytes: Uint8Array, key: NoteKey, check: SignatureCheck): Result<Checkpoint> {
  const checkpoint = parseCheckpoint(bytes)
  if (!checkpoint.ok) return checkpoint
  const signed = isSignedBy(checkpoint.value.note, key, check)
  if (!signed.ok) return signed
  if (signed.value && checkpoint.value.origin === key.name) return checkpoint
  return refuse('CHECKPOINT_UNSIGNED', `The checkpoint is not signed by ${key.name} for its own journal.`, {
    fix: 'Fetch the checkpoint of the journal that the key belongs to.',
  })
}

/** What a cosignature signs: header, time, text of the checkpoint. */
function cosignedMessage(text: string, seconds: bigint): Uint8Array {
  return textToBytes(`cosignature/v1\ntime ${seconds}\n${text}`)
}

/** The signature line of a witness; `seconds` since 1970. */
export function cosign(
  note: Note,
  key: NoteKey,
  seconds: number,
  sign: (message: Uint8Array) => Uint8Array,
): { readonly line: string } {
  if (key.type !== 4) throw new RangeError('a witness signs with a key of type 4')
  const time = BigInt(seconds)
  return { line: signatureLine(key, concatBytes(uint64(time), sign(cosignedMessage(note.text, time)))) }
}

/** A checkpoint with more signature lines; a line that stands already is not added again. */
export function withSignatures(note: Note, lines: readonly { readonly line: string }[]): Uint8Array {
  const all = new Map([...note.signatures, ...lines].map(({ line }) => [line, { line }]))
  return formatNote({ text: note.text, signatures: [...all.values()] })
}

/** The time of the latest cosignature by this witness, in seconds; null where there is none. A wrong one is refused. */
export function cosignedAt(note: Note, key: NoteKey, check: SignatureCheck): Result<bigint | null> {
  let latest: bigint | null = null
  for (const { signature } of signaturesBy(note, key)) {
    if (key.type !== 4 || signature.length !== 8 + 64) return signatureWrong(key.name)
    const seconds = signature.subarray(0, 8).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    // tlog-cosignature, Format: the time does not exceed 2^63 − 1.
    const right =
      seconds < 2n ** 63n && check(key.publicKey, cosignedMessage(note.text, seconds), signature.subarray(8))
    if (!right) return signatureWrong(key.name)
    if (latest === null || seconds > latest) latest = seconds
  }
  return ok(latest)
}

function uint64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8)
  for (let at = 7, rest = value; at >= 0; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn)
  return bytes
}
