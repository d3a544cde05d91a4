/** Reads a file of the directory: strictly, whole, and before any signature is looked at. */
import {
  bytesToHex,
  canonicalJson,
  catchRefusal,
  isHex,
  type Json,
  orStop,
  type Result,
  sha256,
  stop,
  strictJson,
  textToBytes,
} from '../../../kernel/index.ts'
import { readKeys, twice } from './keys.ts'
import {
  type Delegation,
  type Document,
  type FileClaim,
  type FileSignature,
  MAX_LISTED,
  MAX_SIGNATURES,
  type MemberClaim,
  type Metadata,
  type MetadataOf,
  type MetadataType,
  maxBytes,
  type RoleKeys,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from './metadata.ts'
import { agencyOfPath, isDelegatedRole, isPathPattern, topRoles } from './names.ts'
import { countOf, fieldsOf, instantOf, listOf, malformed, onlyFields, textOf } from './read-fields.ts'

/** Two files with one meaning must be one file, so that whoever hashes or shows it sees the same. */
export function readCanonical(bytes: Uint8Array, most: number): Json {
  if (bytes.length > most)
    stop('DIRECTORY_TOO_LARGE', `A file of the directory has ${bytes.length} bytes; at most ${most} are read.`, {
      fix: 'Fetch it from another place.',
    })
  const json = orStop(strictJson(bytes, { maxBytes: most, maxDepth: 32 }))
  const again = textToBytes(canonicalJson(json))
  if (again.length !== bytes.length || again.some((byte, at) => byte !== bytes[at]))
    stop('DIRECTORY_NOT_CANONICAL', 'A file of the directory is not written as canonical JSON (RFC 8785).', {
      fix: 'Fetch it again from a place that does not rewrite files.',
    })
  return json
}

export function parseMetadata<T extends MetadataType>(type: T, bytes: Uint8Array): Result<Document<MetadataOf<T>>> {
  return catchRefusal(() => {
    const envelope = fieldsOf(readCanonical(bytes, maxBytes[type]), '$')
    onlyFields(envelope, ['signatures', 'signed'], '$')
    const signatures = readSignatures(envelope.signatures)
    const signed = envelope.signed ?? null
    const said = textOf(fieldsOf(signed, '$.signed')._type, '$.signed._type')
    if (said !== type)
      stop('DIRECTORY_TYPE', `A file of the role ${type} was expected; this one says ${JSON.stringify(said)}.`, {
        place: '$.signed._type',
        fix: 'Fetch it from another place.',
      })
    const content = readers[type](signed) as MetadataOf<T>
    return { content, signed, signatures, bytes, sha256: bytesToHex(sha256(bytes)) }
  })
}

/** The file that holds this content and these signatures; the inverse of `parseMetadata`. */
export function formatMetadata(signed: Json, signatures: readonly FileSignature[]): Uint8Array {
  const byKey = [...signatures].sort((a, b) => (a.keyid < b.keyid ? -1 : 1))
  return textToBytes(canonicalJson({ signed, signatures: byKey.map(({ keyid, sig }) => ({ keyid, sig })) }))
}

const readers: { readonly [T in MetadataType]: (signed: Json) => Metadata } = {
  root: readRoot,
  timestamp: readTimestamp,
  snapshot: readSnapshot,
  targets: readTargets,
}

function readSignatures(value: Json | undefined): FileSignature[] {
  const seen = new Set<string>()
  return listOf(value, '$.signatures', MAX_SIGNATURES).map((item, index) => {
    const place = `$.signatures[${index}]`
    const fields = fieldsOf(item, place)
    onlyFields(fields, ['keyid', 'sig'], place)
    const keyid = textOf(fields.keyid, `${place}.keyid`)
    const sig = textOf(fields.sig, `${place}.sig`, 16_384)
    if (!isHex(keyid, 32)) malformed(`${place}.keyid`, 'a key id is not 64 hexadecimal digits')
    // A signature of another length counts nothing, and spoils nothing: it may be of a key type that comes later.
    if (!isHex(sig)) malformed(`${place}.sig`, 'a signature is not hexadecimal')
    if (seen.has(keyid))
      stop('DIRECTORY_SIGNED_TWICE', 'Two signatures stand under one key id.', {
        place: `${place}.keyid`,
        fix: 'Keep one signature of each key.',
      })
    seen.add(keyid)
    return { keyid, sig }
  })
}

function readCommon(signed: Json): { version: number; expires: number } {
  const { spec_version, version, expires } = fieldsOf(signed, '$.signed')
  const spec = textOf(spec_version, '$.signed.spec_version', 16)
  if (!/^1\.\d{1,3}(\.\d{1,3})?$/.test(spec)) malformed('$.signed.spec_version', 'it is of no version 1 of TUF')
  return { version: countOf(version, '$.signed.version'), expires: instantOf(expires, '$.signed.expires') }
}

function readRoot(signed: Json): Root {
  const fields = fieldsOf(signed, '$.signed')
  if (fields.consistent_snapshot !== true)
    malformed('$.signed.consistent_snapshot', 'the directory is kept in consistent snapshots only')
  const keys = readKeys(fields.keys, '$.signed.keys')
  const roles = fieldsOf(fields.roles, '$.signed.roles')
  const read = topRoles.map((role) => [role, readRoleKeys(roles[role], `$.signed.roles.${role}`)] as const)
  return { type: 'root', ...readCommon(signed), keys, roles: Object.fromEntries(read) as Root['roles'] }
}

/**
 * A threshold above the number of keys is read as it stands: nothing can meet it, and the next root can put it right. To refuse
 * the root would leave the chain of roots stuck at the one before.
 */
function readRoleKeys(value: Json | undefined, place: string): RoleKeys {
  const fields = fieldsOf(value, place)
  const keyids = listOf(fields.keyids, `${place}.keyids`, 256).map((keyid, index) => {
    const text = textOf(keyid, `${place}.keyids[${index}]`)
    return isHex(text, 32) ? text : malformed(`${place}.keyids[${index}]`, 'a key id is not 64 hexadecimal digits')
  })
  if (new Set(keyids).size !== keyids.length) twice(`${place}.keyids`)
  return { keyids, threshold: countOf(fields.threshold, `${place}.threshold`) }
}

function readClaim(value: Json | undefined, place: string): FileClaim {
  const fields = fieldsOf(value, place)
  return { version: countOf(fields.version, `${place}.version`), ...readLengthAndHash(value, place) }
}

function readLengthAndHash(value: Json | undefined, place: string): { length: number; sha256: string } {
  const fields = fieldsOf(value, place)
  const hash = textOf(fieldsOf(fields.hashes, `${place}.hashes`).sha256, `${place}.hashes.sha256`)
  if (!isHex(hash, 32)) malformed(`${place}.hashes.sha256`, 'a SHA-256 is not 64 hexadecimal digits')
  return { length: countOf(fields.length, `${place}.length`), sha256: hash }
}

function readTimestamp(signed: Json): Timestamp {
  const meta = fieldsOf(fieldsOf(signed, '$.signed').meta, '$.signed.meta')
  const snapshot = readClaim(meta['snapshot.json'], '$.signed.meta.snapshot.json')
  return { type: 'timestamp', ...readCommon(signed), snapshot }
}

function readSnapshot(signed: Json): Snapshot {
  const entries = Object.entries(fieldsOf(fieldsOf(signed, '$.signed').meta, '$.signed.meta'))
  if (entries.length > 2048) malformed('$.signed.meta', 'it names more than 2048 files')
  const meta = new Map(
    entries.map(([file, claim]) => {
      const place = `$.signed.meta.${file.slice(0, 80)}`
      const role = file.endsWith('.json') ? file.slice(0, -'.json'.length) : ''
      if (role !== 'targets' && !isDelegatedRole(role)) malformed(place, 'it is the name of no role')
      return [role, readClaim(claim, place)] as const
    }),
  )
  if (!meta.has('targets')) malformed('$.signed.meta', 'targets.json is missing')
  return { type: 'snapshot', ...readCommon(signed), meta }
}

function readTargets(signed: Json): Targets {
  const fields = fieldsOf(signed, '$.signed')
  const entries = Object.entries(fieldsOf(fields.targets, '$.signed.targets'))
  if (entries.length > MAX_LISTED) malformed('$.signed.targets', `it lists more than ${MAX_LISTED} members`)
  const members = new Map<string, MemberClaim>(
    entries.map(([path, claim]) => {
      const place = `$.signed.targets.${path.slice(0, 80)}`
      const agency = agencyOfPath(path) ?? malformed(place, 'it is no path of a member, such as members/nl-om.json')
      return [path, { agency, ...readLengthAndHash(claim, place) }]
    }),
  )
  const given = fields.delegations
  if (given === undefined) return { type: 'targets', ...readCommon(signed), members, keys: new Map(), delegations: [] }
  const delegated = fieldsOf(given, '$.signed.delegations')
  const keys = readKeys(delegated.keys, '$.signed.delegations.keys')
  const delegations = listOf(delegated.roles, '$.signed.delegations.roles', 512).map(readDelegation)
  const names = delegations.map(({ name }) => name)
  if (new Set(names).size !== names.length) malformed('$.signed.delegations.roles', 'a role stands there twice')
  return { type: 'targets', ...readCommon(signed), members, keys, delegations }
}

function readDelegation(value: Json, index: number): Delegation {
  const place = `$.signed.delegations.roles[${index}]`
  const fields = fieldsOf(value, place)
  const name = textOf(fields.name, `${place}.name`)
  if (!isDelegatedRole(name)) malformed(`${place}.name`, 'it is no name of a role, such as countries/nl')
  if (typeof fields.terminating !== 'boolean') malformed(`${place}.terminating`, 'neither true nor false is here')
  const paths = listOf(fields.paths, `${place}.paths`, 64).map((item, at) => {
    const text = textOf(item, `${place}.paths[${at}]`)
    return isPathPattern(text)
      ? text
      : malformed(`${place}.paths[${at}]`, 'no pattern such as members/nl-*.json is here')
  })
  return { name, ...readRoleKeys(value, place), terminating: fields.terminating === true, paths }
}
