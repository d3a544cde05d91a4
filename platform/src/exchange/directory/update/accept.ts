/** The checks that one file must pass to be accepted, in the order of TUF section 5: form, signatures, version, age, time. */
import { bytesToHex, ok, type Refusal, type Result, refuse, sha256 } from '../../../kernel/index.ts'
import type { Document, FileClaim, MetadataOf, MetadataType, Root, Snapshot } from '../format/metadata.ts'
import { parseMetadata } from '../format/parse-metadata.ts'
import { instantText } from '../format/read-fields.ts'
import { checkThreshold, type SignatureCheck } from '../format/signatures.ts'

/** A file signed by the keys that the root names for its role. */
export function acceptSigned<T extends 'root' | 'timestamp' | 'snapshot' | 'targets'>(
  type: T,
  bytes: Uint8Array,
  root: Root,
  check: SignatureCheck,
): Result<Document<MetadataOf<T>>> {
  const file = parseMetadata(type, bytes)
  return file.ok ? checkThreshold(file.value, root.keys, root.roles[type], type, check) : file
}

/** The next root: the one after, signed by enough keys of the root before it and by enough of its own (TUF section 5.3). */
export function acceptNextRoot(bytes: Uint8Array, before: Root, check: SignatureCheck): Result<Document<Root>> {
  const byOld = acceptSigned('root', bytes, before, check)
  if (!byOld.ok) return byOld
  const byNew = acceptSigned('root', bytes, byOld.value.content, check)
  if (!byNew.ok) return byNew
  return hasVersion(byNew.value, before.version + 1, 'root')
}

export function hasVersion<T extends MetadataType>(
  file: Document<MetadataOf<T>>,
  version: number,
  name: string,
): Result<Document<MetadataOf<T>>> {
  if (file.content.version === version) return ok(file)
  return refuse('DIRECTORY_VERSION', `Version ${version} of ${name} was asked for; this is ${file.content.version}.`, {
    place: name,
    fix: 'Fetch it from another place.',
  })
}

/** The very bytes that another file announced. */
export function matchesClaim(
  bytes: Uint8Array,
  { length, sha256: hash }: Omit<FileClaim, 'version'>,
  name: string,
): Refusal | null {
  const what = bytes.length !== length ? 'length' : bytesToHex(sha256(bytes)) !== hash ? 'SHA-256' : null
  if (what === null) return null
  return {
    code: 'DIRECTORY_HASH',
    message: `${name} does not have the ${what} that was announced.`,
    place: name,
    fix: 'Fetch it from another place.',
  }
}

export function expiredAt({ expires }: { readonly expires: number }, now: number, name: string): Refusal | null {
  if (now < expires) return null
  return {
    code: 'DIRECTORY_EXPIRED',
    message: `${name} expired at ${instantText(expires)}.`,
    place: name,
    fix: 'Fetch a newer one; if there is none, tell the keepers of the directory.',
  }
}

/** Nothing that the snapshot before named is missing or older now (TUF section 5.5.5). */
export function snapshotGoesBack(before: Snapshot, after: Snapshot): Refusal | null {
  for (const [role, claim] of before.meta) {
    const now = after.meta.get(role)
    if (now === undefined) return wentBack(role, `The new snapshot no longer names ${role}`)
    if (now.version < claim.version)
      return wentBack(role, `The new snapshot names version ${now.version} of ${role}, after ${claim.version}`)
  }
  return null
}

export function wentBack(place: string, what: string): Refusal {
  return {
    code: 'DIRECTORY_ROLLBACK',
    message: `${what}.`,
    place,
    fix: 'Fetch from another place, and tell the keepers of the directory.',
  }
}
