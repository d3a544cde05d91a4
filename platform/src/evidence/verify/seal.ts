/**
 * The seal of a bundle: a signed note (C2SP signed-note) by the key of the journal, with the SHA-256 of the manifest and of
 * the files that show the journal's entry about it. Every byte of the note is either signed or the signature.
 *
 * The note names its key itself, so that a change is found without knowing whom to trust; whether the key is one to trust
 * is for the policy of the reader.
 */
import { ok, type Result, refuse, textToBytes } from '../../kernel/index.ts'
import {
  formatNote,
  formatVkey,
  isSignedBy,
  type NoteKey,
  parseNote,
  parseVkey,
  type SignatureCheck,
  signatureLine,
} from '../journal/note.ts'
import { SEALED, type Sealed } from './manifest.ts'

export type Seal = {
  readonly id: string
  readonly key: NoteKey
  readonly sha256: { readonly [path in Sealed]: string }
}

const HEAD = 'comity/bundle-seal/v1'

export function signSeal(seal: Seal, sign: (message: Uint8Array) => Uint8Array): Uint8Array {
  const lines = [
    HEAD,
    `bundle ${seal.id}`,
    `key ${formatVkey(seal.key)}`,
    ...SEALED.map((path) => `${seal.sha256[path]}  ${path}`),
  ]
  const text = lines.map((line) => `${line}\n`).join('')
  return formatNote({ text, signatures: [{ line: signatureLine(seal.key, sign(textToBytes(text))) }] })
}

export function openSeal(bytes: Uint8Array, check: SignatureCheck): Result<Seal> {
  const no = (what: string) =>
    refuse('SEAL_NOTE_MALFORMED', `This is not the seal of a bundle: ${what}.`, { fix: 'Ask for the bundle again.' })
  const note = parseNote(bytes)
  if (!note.ok) return note
  const [head, bundle = '', keyLine = '', ...hashes] = note.value.text.slice(0, -1).split('\n')
  if (head !== HEAD) return no(`its first line is not ${HEAD}`)
  const [, id] = /^bundle (\S+)$/.exec(bundle) ?? []
  if (id === undefined || !keyLine.startsWith('key ')) return no('the lines bundle and key are missing')
  const key = parseVkey(keyLine.slice(4))
  if (!key.ok) return key
  const sha256: Partial<Record<Sealed, string>> = {}
  for (const [at, path] of SEALED.entries()) {
    const [, hash] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(hashes[at] ?? '') ?? []
    if (hash === undefined || hashes[at] !== `${hash}  ${path}`) return no(`the line of ${path} is missing`)
    sha256[path] = hash
  }
  if (hashes.length !== SEALED.length) return no('it has a line too many')
  // A line by an unknown key could be changed without anyone finding out; a seal has one signature.
  if (note.value.signatures.length !== 1) return no('it has more than one signature')
  const signed = isSignedBy(note.value, key.value, check)
  if (!signed.ok) return signed
  if (!signed.value) return no('its signature is not by the key that it names')
  return ok({ id, key: key.value, sha256: sha256 as Seal['sha256'] })
}
