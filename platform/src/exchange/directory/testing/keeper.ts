/**
 * A directory that tests keep: real keys, real signatures, files in memory, and a way to publish what nobody should.
 *
 * `publish('targets', 'snapshot', 'timestamp')` gives each its next version, signs it with the keys that `signers` holds and puts
 * it where the source shows it; snapshot and timestamp name what was published last.
 */

import { checkEd25519, type SigningKey, signEd25519, signingKeyFromSeed } from '../../../kernel/crypto/index.ts'
import { bytesToHex, canonicalJson, type Json, sha256, textToBytes } from '../../../kernel/index.ts'
import {
  type DirectorySource,
  formatMetadata,
  keyIdOf,
  keyToJson,
  LONGEST_TIMESTAMP,
  loadTrusted,
  memberFile,
  memberPath,
  metadataFile,
  type TrustedFiles,
  trustRoot,
  updateDirectory,
} from '../index.ts'
import { memberBytes, type TestMember } from './cards.ts'

// biome-ignore lint/suspicious/noExplicitAny: tests write what no type allows
export type Loose = any

export const NOW = Date.parse('2026-11-26T12:00:00Z')
export const DAY = 86_400_000
export const instant = (at: number) => `${new Date(at).toISOString().slice(0, 19)}Z`

export function idOf({ publicKey }: SigningKey): string {
  return keyIdOf(publicKey.bytes)
}

export function signWith(keys: readonly SigningKey[], signed: Json): Uint8Array {
  const message = textToBytes(canonicalJson(signed))
  return formatMetadata(
    signed,
    keys.map((key) => ({ keyid: idOf(key), sig: bytesToHex(signEd25519(key, message)) })),
  )
}

/** The same keys in the same order in every run, so that vectors can be made again; made once. */
const pool: SigningKey[] = []
let drawn = 0
export function drawKey(): SigningKey {
  const key = pool[drawn] ?? signingKeyFromSeed(sha256(textToBytes(`comity directory key ${drawn}`)))
  if (drawn >= pool.length) pool.push(key)
  drawn += 1
  return key
}

export type Keeper = ReturnType<typeof newKeeper>

export function newKeeper() {
  drawn = 0
  const common = (type: string): Loose => ({
    _type: type,
    spec_version: '1.0.34',
    version: 0,
    expires: instant(NOW + 30 * DAY),
  })
  /** What will be published next, by role: as JSON that tests may change as they like. */
  const drafts: Record<string, Loose> = {
    root: { ...common('root'), consistent_snapshot: true, keys: {}, roles: {} },
    targets: { ...common('targets'), targets: {} },
    snapshot: { ...common('snapshot'), meta: {} },
    timestamp: { ...common('timestamp'), expires: instant(NOW + 7 * DAY), meta: {} },
  }
  const signers: Record<string, SigningKey[]> = { root: [], targets: [], snapshot: [], timestamp: [] }
  /** What the source shows, by file. */
  const files = new Map<string, Uint8Array>()
  /** Names that were asked for, in order. */
  const requests: string[] = []

  const claimOf = (bytes: Uint8Array, version: number): Loose => ({
    version,
    length: bytes.length,
    hashes: { sha256: bytesToHex(sha256(bytes)) },
  })

  const keeper = {
    drafts,
    signers,
    files,
    requests,
    source: {
      fetch: async (name: string, maxBytes: number) => {
        requests.push(name)
        return files.get(name)?.subarray(0, maxBytes + 1) ?? null
      },
    } satisfies DirectorySource,

    /** Adds a key to a role, and to those who sign for it. */
    addKey(role: string, key = drawKey()): SigningKey {
      const list = keeper.keysPlace(role)
      list.keys[idOf(key)] = keyToJson(key.publicKey.bytes)
      list.role.keyids.push(idOf(key))
      signers[role] = [...(signers[role] ?? []), key]
      return key
    },

    /** Where the keys of a role are named: the root, or the delegation to it. */
    keysPlace(role: string): { keys: Loose; role: Loose } {
      if (role in drafts.root.roles) return { keys: drafts.root.keys, role: drafts.root.roles[role] }
      for (const draft of Object.values(drafts))
        for (const delegation of draft.delegations?.roles ?? [])
          if (delegation.name === role) return { keys: draft.delegations.keys, role: delegation }
      throw new Error(`nobody names ${role}`)
    },

    rotateKeys(role: string): void {
      const { keys, role: of } = keeper.keysPlace(role)
      for (const keyid of of.keyids.splice(0)) delete keys[keyid]
      signers[role] = []
      keeper.addKey(role)
    },

    delegate(
      from: string,
      name: string,
      more: { paths?: string[]; terminating?: boolean; threshold?: number } = {},
    ): void {
      drafts[name] ??= { ...common('targets'), targets: {} }
      drafts[from].delegations ??= { keys: {}, roles: [] }
      drafts[from].delegations.roles.push({
        name,
        keyids: [],
        threshold: more.threshold ?? 1,
        terminating: more.terminating ?? false,
        paths: more.paths ?? ['members/*.json'],
      })
      const known = signers[name]?.[0]
      if (known) {
        // A role delegated to twice keeps its key.
        const delegation = drafts[from].delegations.roles.at(-1)
        delegation.keyids.push(idOf(known))
        drafts[from].delegations.keys[idOf(known)] = keyToJson(known.publicKey.bytes)
      } else {
        signers[name] = []
        const key = drawKey()
        const delegation = drafts[from].delegations.roles.at(-1)
        delegation.keyids.push(idOf(key))
        drafts[from].delegations.keys[idOf(key)] = keyToJson(key.publicKey.bytes)
        signers[name] = [key]
      }
    },

    /** Lists a member in a role; returns its bytes. */
    list(role: string, member: TestMember): Uint8Array {
      const bytes = memberBytes(member)
      const hash = bytesToHex(sha256(bytes))
      drafts[role].targets[memberPath(member.id)] = { length: bytes.length, hashes: { sha256: hash } }
      files.set(memberFile(member.id, hash), bytes)
      return bytes
    },

    publish(...roles: readonly string[]): void {
      for (const role of roles) keeper.publishAs(role, drafts[role].version + 1)
    },

    /** Publishes the draft of a role under this version. */
    publishAs(role: string, version: number): Uint8Array {
      drafts[role].version = version
      const bytes = signWith(signers[role] ?? [], JSON.parse(JSON.stringify(drafts[role])))
      keeper.put(role, version, bytes)
      return bytes
    },

    /** Puts a file where the source shows it, and names it in the draft of what claims it. */
    put(role: string, version: number, bytes: Uint8Array): void {
      files.set(metadataFile(role, version), bytes)
      if (role === 'snapshot') drafts.timestamp.meta['snapshot.json'] = claimOf(bytes, version)
      else if (role !== 'root' && role !== 'timestamp') drafts.snapshot.meta[`${role}.json`] = claimOf(bytes, version)
    },

    expire(role: string, at: number): void {
      drafts[role].expires = instant(at)
    },
  }
  for (const role of ['root', 'targets', 'snapshot', 'timestamp']) {
    drafts.root.roles[role] = { keyids: [], threshold: 1 }
    keeper.addKey(role)
  }
  keeper.publish('root', 'targets', 'snapshot', 'timestamp')
  return keeper
}

export type MemoryFiles = TrustedFiles & { readonly kept: Map<string, Uint8Array> }

export function memoryFiles(kept = new Map<string, Uint8Array>()): MemoryFiles {
  return {
    kept,
    read: async (name) => kept.get(name) ?? null,
    write: async (name, bytes) => {
      kept.set(name, Uint8Array.from(bytes))
    },
    list: async (folder) => [...kept.keys()].filter((name) => name.startsWith(`${folder}/`)).sort(),
  }
}

/** A node that follows the directory of a keeper. */
export function newFollower(
  keeper: Pick<Keeper, 'source' | 'files'>,
  files: TrustedFiles = memoryFiles(),
  longestTimestamp: number = LONGEST_TIMESTAMP,
) {
  const follower = {
    files,
    start: (root = keeper.files.get('1.root.json') ?? new Uint8Array()) => trustRoot(files, root, checkEd25519),
    update: (now = NOW) =>
      updateDirectory({ source: keeper.source, files, check: checkEd25519, now, longestTimestamp }),
    trusted: () => loadTrusted(files, checkEd25519),
    /** Updates; the code of the refusal, or `ok`. */
    async refresh(now = NOW): Promise<string> {
      return (await follower.update(now)).refusal?.code ?? 'ok'
    },
    /** Versions that are trusted: heads, and targets with its delegated roles of the edition in force. */
    async versions(): Promise<Record<string, number>> {
      const versions: Record<string, number> = {}
      for (const role of ['root', 'timestamp', 'snapshot']) {
        const bytes = await files.read(`${role}.json`)
        if (bytes) versions[role] = JSON.parse(new TextDecoder().decode(bytes)).signed.version
      }
      const { editions } = await follower.trusted()
      const edition = editions.at(-1)
      if (edition) versions.targets = edition.targets.content.version
      for (const [name, role] of edition?.roles ?? []) if (role.ok) versions[name] = role.value.content.version
      return versions
    },
    /** Agencies that are members in the edition in force. */
    async members(): Promise<readonly string[]> {
      return [...((await follower.trusted()).editions.at(-1)?.members.keys() ?? [])]
    },
  }
  return follower
}
