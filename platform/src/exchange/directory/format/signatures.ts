/** Who has signed a file, and whether that is enough. */
import {
  canonicalJson,
  hexToBytes,
  isHex,
  type Json,
  ok,
  type Result,
  refuse,
  textToBytes,
} from '../../../kernel/index.ts'
import type { DirectoryKeys } from './keys.ts'
import type { Document, FileSignature, Metadata, RoleKeys } from './metadata.ts'

/** Whether 64 bytes are the Ed25519 signature of a message; kernel/crypto's `checkEd25519`, passed in by plumbing. */
export type SignatureCheck = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean

/** The bytes that are signed. */
export function signedMessage(signed: Json): Uint8Array {
  return textToBytes(canonicalJson(signed))
}

/** Ids of the keys of the role whose signature on the file is right, each once. */
export function signersOf(
  file: { readonly signed: Json; readonly signatures: readonly FileSignature[] },
  keys: DirectoryKeys,
  { keyids }: RoleKeys,
  check: SignatureCheck,
): readonly string[] {
  const message = signedMessage(file.signed)
  const wanted = new Set(keyids)
  return file.signatures.flatMap(({ keyid, sig }) => {
    const key = wanted.has(keyid) ? keys.get(keyid) : undefined
    // What nobody of the role has signed says nothing, whatever it is: signatures of former keys may stand beside.
    if (!key || !isHex(sig, 64)) return []
    wanted.delete(keyid)
    return check(key, message, hexToBytes(sig)) ? [keyid] : []
  })
}

/** Refused unless as many different keys of the role have signed as it asks for. */
export function checkThreshold<M extends Metadata>(
  file: Document<M>,
  keys: DirectoryKeys,
  role: RoleKeys,
  name: string,
  check: SignatureCheck,
): Result<Document<M>> {
  const signers = signersOf(file, keys, role, check)
  if (signers.length >= role.threshold) return ok(file)
  return refuse(
    'DIRECTORY_UNSIGNED',
    `The file of ${name}, version ${file.content.version}, carries ${signers.length} of ${role.threshold} signatures that it needs.`,
    { place: name, fix: 'Do not use it. If it is a draft: have more of the keepers sign it.' },
  )
}
