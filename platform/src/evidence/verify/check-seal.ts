/** The seal: note, manifest, the journal's entry about the manifest, and the checkpoint under which it is proven. */
import {
  base64ToBytes,
  bytesToHex,
  canonicalJson,
  catchRefusal,
  hexToBytes,
  isHex,
  type Json,
  orStop,
  type Result,
  refuse,
  sha256,
  strictJson,
  textToBytes,
} from '../../kernel/index.ts'
import { type Checkpoint, cosignedAt, openCheckpoint } from '../journal/checkpoint.ts'
import { checkDisclosure, type JournalEntry, type Leaf, parseEntry, parseLeaf } from '../journal/entry.ts'
import { plainHashes, sameBytes } from '../journal/merkle-tree.ts'
import type { NoteKey, SignatureCheck } from '../journal/note.ts'
import { openWitnessed, type WitnessPolicy } from '../journal/policy.ts'
import { verifyConsistency, verifyInclusion } from '../journal/proofs.ts'
import { parseTlogProof } from '../journal/tlog-proof.ts'
import type { BundleFolder } from './bundle-folder.ts'
import { indexAt, malformed, openList, openObject, versionAt } from './fields.ts'
import {
  MANIFEST,
  type Manifest,
  parseManifest,
  SEAL_CONSISTENCY,
  SEAL_ENTRY,
  SEAL_NOTE,
  SEAL_PROOF,
  SEALED,
  type Sealed,
} from './manifest.ts'
import { openSeal, type Seal } from './seal.ts'
import { checked, notChecked, refusedAs, type Statement, wrong } from './statement.ts'

const MAX_MANIFEST = 64 << 20

export type SealVerdict = {
  readonly statements: readonly Statement[]
  readonly key: NoteKey | null
  /** Null where the manifest cannot be relied on. */
  readonly manifest: Manifest | null
  /** The checkpoint under which the seal is proven, the latest of the bundle; null where it is not. */
  readonly checkpoint: Checkpoint | null
  /** The proof from the checkpoint of the entries to it. */
  readonly consistency: Consistency | null
}

export type Consistency = { readonly from: bigint; readonly to: bigint; readonly proof: readonly Uint8Array[] }

const SIGNED = 'The seal is signed by the key of the journal that it names, and not a byte of it was changed.'

export async function checkSeal(
  folder: BundleFolder,
  check: SignatureCheck,
  policy: WitnessPolicy | null,
): Promise<SealVerdict> {
  const statements: Statement[] = []
  const broken = { statements, key: null, manifest: null, checkpoint: null, consistency: null }
  const note = await folder.read(SEAL_NOTE, 1 << 16)
  const seal = note === null ? absent(SEAL_NOTE) : openSeal(note, check)
  if (!seal.ok) {
    statements.push(refusedAs('seal', SIGNED, SEAL_NOTE, seal.refusal))
    return broken
  }
  statements.push(checked('seal', SIGNED), trustIn(seal.value, policy))
  const parts: Partial<Record<Sealed, Uint8Array>> = {}
  for (const path of SEALED) {
    const says = `${path} is the one that was sealed.`
    const bytes = await folder.read(path, MAX_MANIFEST)
    const hash = bytes === null ? null : bytesToHex(sha256(bytes))
    if (bytes !== null && hash === seal.value.sha256[path]) {
      parts[path] = bytes
      statements.push(checked('seal', says))
    } else if (bytes === null) statements.push(wrong('seal', says, 'The file is missing or far too large.', path))
    else
      statements.push(
        wrong(
          'seal',
          says,
          `Its SHA-256 is ${hash}; ${seal.value.sha256[path]} was sealed.`,
          path,
          `bytes 0–${bytes.length - 1}`,
        ),
      )
  }
  const manifest = readManifest(parts[MANIFEST], seal.value, statements)
  const checkpoint = checkEntry(parts, seal.value, check, policy, statements)
  const consistency = readConsistency(parts[SEAL_CONSISTENCY], statements)
  return { statements, key: seal.value.key, manifest, checkpoint, consistency }
}

function trustIn({ key }: Seal, policy: WitnessPolicy | null): Statement {
  const says = `The key of ${key.name} is one that you trust.`
  if (policy === null) return notChecked('seal', says, 'No policy was given: you have not said whose keys you trust.')
  const known = policy.logs.some((log) => log.name === key.name && sameBytes(log.publicKey, key.publicKey))
  return known ? checked('seal', says) : wrong('seal', says, 'Your policy does not list this key.', SEAL_NOTE, 'line 3')
}

function readManifest(bytes: Uint8Array | undefined, seal: Seal, statements: Statement[]): Manifest | null {
  if (bytes === undefined) return null
  const says = 'The manifest is of the form that this program reads.'
  const json = strictJson(bytes, { maxBytes: MAX_MANIFEST })
  const manifest = json.ok ? parseManifest(json.value) : json
  if (!manifest.ok) statements.push(refusedAs('seal', says, MANIFEST, manifest.refusal))
  else if (manifest.value.id !== seal.id)
    statements.push(
      wrong('seal', says, `It is the manifest of ${manifest.value.id}, not of ${seal.id}.`, MANIFEST, '$.id'),
    )
  else {
    statements.push(checked('seal', says))
    return manifest.value
  }
  return null
}

/** The seal's own entry: its body names the bundle and the SHA-256 of the manifest. */
function checkEntry(
  parts: Partial<Record<Sealed, Uint8Array>>,
  seal: Seal,
  check: SignatureCheck,
  policy: WitnessPolicy | null,
  statements: Statement[],
): Checkpoint | null {
  const says = 'The journal holds an entry that says when this manifest was made and by whom.'
  const [entryBytes, proofBytes] = [parts[SEAL_ENTRY], parts[SEAL_PROOF]]
  if (entryBytes === undefined || proofBytes === undefined) {
    statements.push(notChecked('seal', says, 'A file that shows it is missing or was changed.'))
    return null
  }
  const opened = strictJson(entryBytes)
  const disclosed = opened.ok ? readDisclosed(opened.value) : opened
  if (!disclosed.ok) {
    statements.push(refusedAs('seal', says, SEAL_ENTRY, disclosed.refusal))
    return null
  }
  const { entry, leaf } = disclosed.value
  const body = entry?.body as { readonly bundle?: Json; readonly manifest?: Json } | null | undefined
  if (entry?.event !== 'bundle.seal' || body?.bundle !== seal.id || body?.manifest !== seal.sha256[MANIFEST]) {
    statements.push(wrong('seal', says, 'The entry is about something else.', SEAL_ENTRY, '$.entry.body'))
    return null
  }
  const proof = parseTlogProof(proofBytes)
  if (!proof.ok) {
    statements.push(refusedAs('seal', says, SEAL_PROOF, proof.refusal))
    return null
  }
  const checkpoint = openCheckpoint(proof.value.checkpoint, seal.key, check)
  if (!checkpoint.ok) {
    statements.push(refusedAs('seal', says, SEAL_PROOF, checkpoint.refusal))
    return null
  }
  const { size, root } = checkpoint.value
  const leafHash = plainHashes.leaf(textToBytes(canonicalJson(leaf as unknown as Json)))
  const included = verifyInclusion({ index: proof.value.index, size, leafHash, proof: proof.value.proof, root })
  if (!included.ok) {
    statements.push(refusedAs('seal', says, SEAL_PROOF, included.refusal))
    return null
  }
  statements.push(checked('seal', `${says} (Entry ${proof.value.index}, ${entry.at}, ${entry.actor.id}.)`))
  statements.push(checkWitnesses(proof.value.checkpoint, checkpoint.value, check, policy))
  return checkpoint.value
}

function checkWitnesses(
  bytes: Uint8Array,
  { note, size }: Checkpoint,
  check: SignatureCheck,
  policy: WitnessPolicy | null,
): Statement {
  const says = `As many independent witnesses as you ask for have seen the journal with its ${size} entries.`
  if (policy === null)
    return notChecked('seal', says, 'No policy was given: you have not said whom you trust as witness.')
  if (policy.quorum === null) return checked('seal', `${says} (Your policy asks for none.)`)
  const witnessed = openWitnessed(bytes, policy, check)
  if (!witnessed.ok) return refusedAs('seal', says, SEAL_PROOF, witnessed.refusal)
  const times = policy.witnesses.flatMap((key) => {
    const seconds = cosignedAt(note, key, check)
    return seconds.ok && seconds.value !== null ? [`${key.name} at ${seconds.value} s`] : []
  })
  return checked('seal', `${says} (${times.join(', ')} since 1970.)`)
}

function readConsistency(bytes: Uint8Array | undefined, statements: Statement[]): Consistency | null {
  if (bytes === undefined) return null
  const says = 'The proof that the journal only grew can be read.'
  const json = strictJson(bytes)
  const read = json.ok
    ? catchRefusal(() => {
        const members = openObject(json.value, '$', ['v', 'from', 'to', 'proof'])
        versionAt(members, '$')
        const [from, to] = [BigInt(indexAt(members, 'from', '$')), BigInt(indexAt(members, 'to', '$'))]
        return { from, to, proof: hashesAt(members.proof, '$.proof') }
      })
    : json
  if (read.ok) return read.value
  statements.push(refusedAs('seal', says, SEAL_CONSISTENCY, read.refusal))
  return null
}

/** Whether the checkpoint of the entries is an earlier state of the journal than that of the seal. */
export function checkContinuation(first: Checkpoint, later: Checkpoint, given: Consistency): Statement {
  const says = `The journal only grew from ${first.size} entries, under which the entries are proven, to the ${later.size} of the seal.`
  if (given.from !== first.size || given.to !== later.size)
    return wrong('journal', says, 'The proof is about other sizes.', SEAL_CONSISTENCY, '$.from')
  const proven = verifyConsistency({
    size1: first.size,
    size2: later.size,
    root1: first.root,
    root2: later.root,
    proof: given.proof,
  })
  return proven.ok ? checked('journal', says) : refusedAs('journal', says, SEAL_CONSISTENCY, proven.refusal)
}

export type DisclosedEntry = { readonly leaf: Leaf; readonly entry: JournalEntry | null }

/** `{v, leaf, entry, salt}`: entry and salt both or neither; where they are given they match the leaf. */
export function readDisclosed(json: Json): Result<DisclosedEntry> {
  return catchRefusal(() => {
    const members = openObject(json, '$', ['v', 'leaf', 'entry', 'salt'])
    versionAt(members, '$')
    const leaf = orStop(parseLeaf(textToBytes(canonicalJson(members.leaf ?? null))))
    if (members.entry === null && members.salt === null) return { leaf, entry: null }
    if (typeof members.salt !== 'string' || !isHex(members.salt, 32)) return malformed('$.salt', 'is not 32 bytes')
    const entry = orStop(parseEntry(members.entry ?? null))
    const matches = checkDisclosure(leaf, entry, hexToBytes(members.salt))
    if (!matches.ok) orStop(refuse(matches.refusal.code, matches.refusal.message, { place: '$.entry' }))
    return { leaf, entry }
  })
}

export function hashesAt(json: Json | undefined, path: string): readonly Uint8Array[] {
  return openList(json, path).map((one, at) => {
    const hash = typeof one === 'string' ? base64ToBytes(one) : null
    return hash?.length === 32 ? hash : malformed(`${path}[${at}]`, 'is not a hash in base64')
  })
}

function absent(path: string): Result<never> {
  return refuse('BUNDLE_FILE_ABSENT', `${path} is missing or far too large.`, { fix: 'Ask for the bundle again.' })
}
