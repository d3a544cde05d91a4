/**
 * The files of a key of the directory: a public one, which its holder gives to the others, and a secret one, which never leaves
 * the holder's machine. The public file is signed by its own key, so that nobody brings a key that they do not have.
 */
import {
  bytesToHex,
  canonicalJson,
  catchRefusal,
  concatBytes,
  hexToBytes,
  isHex,
  type Json,
  orStop,
  type Result,
  stop,
  strictJson,
  textToBytes,
} from '../../../kernel/index.ts'
import { keyIdOf } from '../format/keys.ts'
import { fieldsOf, textOf } from '../format/read-fields.ts'
import type { SignatureCheck } from '../format/signatures.ts'

export type PublicKeyFile = {
  readonly keyid: string
  readonly publicKey: Uint8Array
  /** Whose it is: an office or an agency, shown beside the key for ever. */
  readonly holder: string
}

const CONTEXT = textToBytes('comity-directory-key-v1\n')

/** What the key signs in its own public file. */
export function keyProofMessage(publicKey: Uint8Array, holder: string): Uint8Array {
  return concatBytes(CONTEXT, textToBytes(canonicalJson({ holder, publicKey: bytesToHex(publicKey) })))
}

export function formatPublicKeyFile(publicKey: Uint8Array, holder: string, proof: Uint8Array): Uint8Array {
  const file = {
    v: 1,
    type: 'comity-directory-key',
    keyid: keyIdOf(publicKey),
    publicKey: bytesToHex(publicKey),
    holder,
    proof: bytesToHex(proof),
  }
  return textToBytes(`${canonicalJson(file)}\n`)
}

export function parsePublicKeyFile(bytes: Uint8Array, check: SignatureCheck): Result<PublicKeyFile> {
  return catchRefusal(() => {
    const no = (what: string): never =>
      stop('DIRECTORY_KEY_FILE', `This is no public key file of the directory: ${what}.`, {
        fix: 'Give the .pub file that `comity directory key new` wrote.',
      })
    const fields = fieldsOf(orStop(strictJson(bytes, { maxBytes: 16 * 1024 })), '$')
    if (fields.type === 'comity-directory-secret') no('it holds the secret key, which nobody else may see')
    if (fields.v !== 1 || fields.type !== 'comity-directory-key') no('it is a file of another kind')
    const text = textOf(fields.publicKey, '$.publicKey')
    const proof = textOf(fields.proof, '$.proof')
    const holder = readHolder(fields.holder)
    if (!isHex(text, 32) || !isHex(proof, 64)) no('its key or its signature is not hexadecimal')
    const publicKey = hexToBytes(text)
    if (fields.keyid !== keyIdOf(publicKey)) no('its id does not belong to its key')
    if (!check(publicKey, keyProofMessage(publicKey, holder), hexToBytes(proof))) no('it is not signed by its own key')
    return { keyid: keyIdOf(publicKey), publicKey, holder }
  })
}

export function readHolder(value: Json | undefined): string {
  const holder = textOf(value, '$.holder', 100)
  if (holder.trim() === '' || /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(holder))
    stop('DIRECTORY_KEY_FILE', 'The holder of a key is a name that can be shown on one line.', {
      place: '$.holder',
      fix: 'Name the office or the agency, as "Openbaar Ministerie, key 1".',
    })
  return holder
}
