/**
 * Signed notes (C2SP signed-note v1): a text, an empty line, signature lines. Keys are known beforehand and are named by
 * name and key ID together; a signature by an unknown key says nothing and is passed over.
 */
import {
  base64ToBytes,
  bytesToBase64,
  bytesToHex,
  bytesToText,
  concatBytes,
  ok,
  type Result,
  refuse,
  sha256,
  textToBytes,
} from '../../kernel/index.ts'
import { sameBytes } from './merkle-tree.ts'

/** Whether 64 bytes are the Ed25519 signature of a message; kernel/crypto's `checkEd25519`, passed in by plumbing. */
export type SignatureCheck = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** 0x01: Ed25519 over the text. 0x04: Ed25519 cosignature with time (C2SP tlog-cosignature). */
export type KeyType = 1 | 4

export type NoteKey = {
  readonly name: string
  readonly type: KeyType
  readonly publicKey: Uint8Array
  readonly id: Uint8Array
}

export type NoteSignature = {
  readonly name: string
  readonly keyId: Uint8Array
  readonly signature: Uint8Array
  /** The line as it stands in the note, without its newline. */
  readonly line: string
}

export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

/** A note needs room for 16 signatures at least; nobody needs more than this. */
const MAX_SIGNATURES = 64
const MAX_NOTE_BYTES = 1 << 20

export function noteKey(name: string, type: KeyType, publicKey: Uint8Array): NoteKey {
  if (!isKeyName(name)) throw new RangeError(`${JSON.stringify(name)} is no name of a key`)
  const id = sha256(concatBytes(textToBytes(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4)
  return { name, type, publicKey, id }
}

/** The text form of a key (C2SP signed-note, Verifier keys): name, key ID, type and key. */
export function formatVkey({ name, id, type, publicKey }: NoteKey): string {
  return `${name}+${bytesToHex(id)}+${bytesToBase64(concatBytes(Uint8Array.of(type), publicKey))}`
}

export function parseVkey(text: string): Result<NoteKey> {
  const no = (what: string) =>
    refuse('VKEY_MALFORMED', `This is no key that Comity can use: ${what}.`, {
      place: text.slice(0, 100),
      fix: 'Ask for the key in the form name+id+key, of type 1 (log) or 4 (witness).',
    })
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/s.exec(text) ?? []
  if (name === undefined || id === undefined || encoded === undefined) return no('it is not name+id+key')
  if (!isKeyName(name)) return no('its name holds a space or a plus sign')
  const bytes = base64ToBytes(encoded)
  if (bytes === null) return no('the key is not base64')
  const type = bytes[0]
  if (type !== 1 && type !== 4) return no(`its type is ${type}`)
  if (bytes.length !== 33) return no('an Ed25519 key has 32 bytes')
  const key = noteKey(name, type, bytes.slice(1))
  return bytesToHex(key.id) === id ? ok(key) : no('its id does not belong to its key')
}

export function parseNote(bytes: Uint8Array): Result<Note> {
  const no = (what: string, place = 0) =>
    refuse('NOTE_MALFORMED', `This is not a signed note: ${what}.`, {
      place: `byte ${place}`,
      fix: 'Fetch it again.',
    })
  if (bytes.length > MAX_NOTE_BYTES) return no('it is larger than a mebibyte', MAX_NOTE_BYTES)
  const read = bytesToText(bytes)
  if (!read.ok) return read
  const whole = read.value
  const control = bytes.findIndex((byte) => byte < 0x20 && byte !== 0x0a)
  if (control >= 0) return no('it holds a control character', control)
  const split = whole.lastIndexOf('\n\n')
  if (split < 0) return no('no empty line comes before the signatures')
  const text = whole.slice(0, split + 1)
  const below = whole.slice(split + 2)
  let place = textToBytes(text).length + 1
  if (!below.endsWith('\n')) return no('the last line does not end', bytes.length)
  const signatures: NoteSignature[] = []
  for (const line of below.slice(0, -1).split('\n')) {
    const signature = parseSignatureLine(line)
    if (signature === null) return no('a signature line is malformed', place)
    signatures.push(signature)
    if (signatures.length > MAX_SIGNATURES) return no(`it has more than ${MAX_SIGNATURES} signatures`, place)
    place += textToBytes(line).length + 1
  }
  return ok({ text, signatures })
}

/** The bytes of a note; the inverse of `parseNote`. */
export function formatNote({
  text,
  signatures,
}: {
  text: string
  signatures: readonly { line: string }[]
}): Uint8Array {
  return textToBytes(`${text}\n${signatures.map(({ line }) => `${line}\n`).join('')}`)
}

export function signatureLine({ name, id }: NoteKey, signature: Uint8Array): string {
  return `— ${name} ${bytesToBase64(concatBytes(id, signature))}`
}

/** The signatures that claim to be by this key: name and key ID both. */
export function signaturesBy(note: Note, key: NoteKey): readonly NoteSignature[] {
  return note.signatures.filter(({ name, keyId }) => name === key.name && sameBytes(keyId, key.id))
}

/**
 * Whether a note carries a signature by the key (type 1). False where it carries none; a refusal where one claims to be by
 * the key and is wrong, for then the whole note is to be rejected (C2SP signed-note, Signatures).
 */
export function isSignedBy(note: Note, key: NoteKey, check: SignatureCheck): Result<boolean> {
  const claimed = signaturesBy(note, key)
  for (const { signature } of claimed)
    if (key.type !== 1 || !check(key.publicKey, textToBytes(note.text), signature)) return signatureWrong(key.name)
  return ok(claimed.length > 0)
}

export function signatureWrong(name: string) {
  return refuse('SIGNATURE_WRONG', `A signature that claims to be by ${name} is not.`, {
    place: name,
    fix: 'Do not rely on the document; ask its sender where it comes from.',
  })
}

function parseSignatureLine(line: string): NoteSignature | null {
  const [, name, encoded] = /^— ([^ ]+) ([^ ]+)$/.exec(line) ?? []
  if (name === undefined || encoded === undefined || !isKeyName(name)) return null
  const bytes = base64ToBytes(encoded)
  if (bytes === null || bytes.length < 5) return null
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4), line }
}

function isKeyName(name: string): boolean {
  return name.length > 0 && name.isWellFormed() && !/[\s+\p{Cc}]/u.test(name)
}
