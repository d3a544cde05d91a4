/** What the rules of the ceremony write: the JSON of roles, typed, and files to be written. */
import { canonicalJson, type Json, sha256Text } from '../../../kernel/index.ts'
import { keyToJson } from '../format/keys.ts'
import type { TopRole } from '../format/names.ts'
import { instantText } from '../format/read-fields.ts'
import type { PublicKeyFile } from './key-files.ts'

export type Write = {
  readonly path: string
  readonly bytes: Uint8Array
  /** Whether it may take the place of a file that is there. */
  readonly replaces: boolean
}

export type KeysJson = { [keyid: string]: Json }
export type RoleJson = { keyids: string[]; threshold: number }
export type DelegationJson = RoleJson & { name: string; terminating: boolean; paths: string[] }
export type ClaimJson = { length: number; hashes: { sha256: string } }
type CommonJson = { _type: string; spec_version: string; version: number; expires: string }
export type RootJson = CommonJson & { consistent_snapshot: true; keys: KeysJson; roles: Record<TopRole, RoleJson> }
export type TargetsJson = CommonJson & {
  targets: { [path: string]: ClaimJson }
  delegations?: { keys: KeysJson; roles: DelegationJson[] }
}
export type SnapshotJson = CommonJson & { meta: { [file: string]: ClaimJson & { version: number } } }

/** The version of the specification of TUF whose form the files have. */
const SPEC = '1.0.34'

export function commonJson(type: string, version: number, expires: number): CommonJson {
  return { _type: type, spec_version: SPEC, version, expires: instantText(expires) }
}

/** A copy that may be changed; the caller has parsed what it is of. */
export function copyOf<T>(signed: Json): T {
  return JSON.parse(canonicalJson(signed)) as T
}

export function addKeyTo(keys: KeysJson, role: RoleJson, key: PublicKeyFile): void {
  keys[key.keyid] = { ...(keyToJson(key.publicKey) as { [name: string]: Json }), holder: key.holder }
  if (!role.keyids.includes(key.keyid)) role.keyids.push(key.keyid)
}

/** Keys that no role names any more are left out: whoever reads the file sees who may sign, and nobody else. */
export function dropUnnamedKeys(keys: KeysJson, roles: readonly RoleJson[]): void {
  const named = new Set(roles.flatMap(({ keyids }) => keyids))
  for (const keyid of Object.keys(keys)) if (!named.has(keyid)) delete keys[keyid]
}

export function signedHash(signed: Json): string {
  return sha256Text(canonicalJson(signed))
}
