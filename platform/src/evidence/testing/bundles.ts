/** A small bundle for tests, made as docs/spec/bundle.md says, in memory. */
import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult, sign } from 'node:crypto'
import { bytesToBase64, bytesToHex, canonicalJson, type Json, sha256, textToBytes } from '../../kernel/index.ts'
import { approvalChallenge } from '../approval/challenge.ts'
import { cosign, parseCheckpoint, signCheckpoint, withSignatures } from '../journal/checkpoint.ts'
import { entrySalt, type JournalEntry, leafOfEntry } from '../journal/entry.ts'
import { consistencyProof, inclusionProof, rootAtSize } from '../journal/make-proofs.ts'
import { nodeReader } from '../journal/read-tiles.ts'
import { formatTlogProof } from '../journal/tlog-proof.ts'
import type { BundleFolder, BundleItem } from '../verify/bundle-folder.ts'
import { formatManifest, SEAL_CONSISTENCY, SEAL_ENTRY, SEAL_NOTE, SEAL_PROOF, SEALED } from '../verify/manifest.ts'
import { type Seal, signSeal } from '../verify/seal.ts'
import { memoryLog, type TestKey, testKey, testLeaves } from './journals.ts'

export const journalKey = testKey('agency.example/journal', 1, 1)
export const bundleWitnesses = [11, 12, 13].map((seed) => testKey(`witness.example/w${seed}`, 4, seed))

const caseSalt = new Uint8Array(32).fill(42)
const json = (value: unknown) => textToBytes(canonicalJson(value as Json))
const hex = (bytes: Uint8Array) => bytesToHex(sha256(bytes))

function entryOf(
  number: number,
  event: string,
  recordId: string,
  actor: JournalEntry['actor'],
  body: Json,
): JournalEntry {
  return {
    id: `entry-${number}`,
    at: `2026-11-25T09:${String(10 + number)}:00.000Z`,
    event,
    of: event.split('.')[0] ?? '',
    recordId,
    caseId: 'C-1',
    actor,
    decision: true,
    body,
    rows: [],
  }
}

const officer = { kind: 'person', id: 'p-1', role: 'evidence-custodian' } as const
const REQUEST = '00000000-0000-7000-8000-0000000000b1'
const judge = { kind: 'person', id: '00000000-0000-7000-8000-000000000002', role: 'judge' } as const
const senior = { kind: 'person', id: '00000000-0000-7000-8000-000000000003', role: 'senior-official' } as const

const EXPIRES = '2026-11-26T09:00:00.000Z'
const approverKeys = new Map<string, KeyPairKeyObjectResult>(
  [judge, senior].map(({ id }) => [id, generateKeyPairSync('ec', { namedCurve: 'P-256' })]),
)

/** What the journal keeps of an approval: its digest, and the assertion of an authenticator, of the approver, over it. */
export function approvalBody(digest: string, approver: string, holder = approver): Json {
  const keys = approverKeys.get(holder)
  if (!keys) throw new Error(`no key of ${approver}`)
  const [rpId, origin] = ['agency.example', 'https://comity.agency.example']
  const challenge = approvalChallenge(digest, REQUEST, approver, EXPIRES)
  const client = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }))
  const authenticator = Buffer.concat([sha256(textToBytes(rpId)), Buffer.from([0x05, 0, 0, 0, 1])])
  const signature = sign('sha256', Buffer.concat([authenticator, sha256(client)]), keys.privateKey)
  const { x = '', y = '' } = keys.publicKey.export({ format: 'jwk' })
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  const proof = {
    publicKey: { kty: 'EC', crv: 'P-256', x, y },
    ...{
      rpId,
      origin,
      authenticatorData: text(authenticator),
      clientDataJSON: text(client),
      signature: text(signature),
    },
  }
  return { digest, expiresAt: EXPIRES, proof }
}

export type BundleOptions = {
  /** Files more, before the manifest is made. */
  readonly more?: ReadonlyMap<string, Uint8Array>
  /** Changes a file before it is put in: a bundle that is well sealed and says something false. */
  readonly change?: (path: string, bytes: Uint8Array) => Uint8Array
  readonly disclose?: boolean
  readonly signer?: TestKey
  /** Changes an entry before it is journalled. */
  readonly entry?: (entry: JournalEntry) => JournalEntry
  readonly manifest?: (text: string) => string
}

/** The files of a bundle: one exhibit with two steps of custody, one request with two approvals, one trace record. */
export async function makeBundle(options: BundleOptions = {}): Promise<Map<string, Uint8Array>> {
  const { change = (_, bytes) => bytes, disclose = true, signer = journalKey } = options
  const files = new Map<string, Uint8Array>()
  const put = (path: string, bytes: Uint8Array) => files.set(path, change(path, bytes))

  const original = textToBytes('hello')
  const request = json({ ask: 'freeze', amount: '100000' })
  const letter = textToBytes('%PDF-1.7 letter')
  const approved = { request: hex(request), letter: hex(letter) }
  const entries = [
    entryOf(0, 'exhibit.receive', 'X-1', officer, { sha256: hex(original) }),
    entryOf(1, 'exhibit.hand-over', 'X-1', officer, { to: 'lab' }),
    entryOf(2, 'approval.give', REQUEST, judge, approvalBody(approved.request, judge.id)),
    entryOf(3, 'approval.give', REQUEST, senior, approvalBody(approved.request, senior.id)),
  ].map(options.entry ?? ((same) => same))
  const leaves = entries.map((entry) => leafOfEntry(entry, entrySalt(caseSalt, entry.id)))
  // Other cases write to the journal too: before, between and after.
  const before = [...testLeaves(3, 'other'), ...leaves, ...testLeaves(2, 'more')]
  const first = 3

  put('exhibits/X-1/original.bin', original)
  const custody = entries
    .slice(0, 2)
    .map(({ event, at, actor }, step) => ({ event, at, by: actor.id, entry: String(first + step) }))
  const sha512 = createHash('sha512').update(original).digest('hex')
  const described = { v: 1, id: 'X-1', title: 'A note', file: 'exhibits/X-1/original.bin', size: original.length }
  put('exhibits/X-1/exhibit.json', json({ ...described, sha256: hex(original), sha512, custody }))
  put('requests/R-1/request.json', request)
  put('requests/R-1/letter.pdf', letter)
  const approvals = entries
    .slice(2)
    .map(({ at, actor }, step) => ({ by: actor.id, role: actor.role, at, entry: String(first + 2 + step) }))
  put('requests/R-1/approvals.json', json({ v: 1, id: REQUEST, ...approved, needed: 2, approvals }))
  const result = { positions: [] }
  const record = { kind: 'trace', result, resultDigest: hex(json(result)) }
  put('traces/T-1.json', json({ ...record, digest: hex(json(record)) }))
  for (const [path, bytes] of options.more ?? []) put(path, bytes)

  const early = memoryLog(before)
  const earlyNode = nodeReader(early.reader, before.length)
  const signTree = (size: number, root: Uint8Array) =>
    signCheckpoint({ origin: signer.key.name, size: BigInt(size), root }, signer.key, signer.sign)
  put('journal/checkpoint', signTree(before.length, early.end.root))
  for (const [at, entry] of entries.entries()) {
    const index = first + at
    const proof = (await inclusionProof(earlyNode, index, before.length)).map(bytesToBase64)
    const leaf = JSON.parse(new TextDecoder().decode(leaves[at]))
    const contents = disclose ? { entry, salt: bytesToHex(entrySalt(caseSalt, entry.id)) } : { entry: null, salt: null }
    put(`journal/entries/${index}.json`, json({ v: 1, index: String(index), proof, leaf, ...contents }))
  }

  const listed = [...files].map(([path, bytes]) => ({ path, size: bytes.length, sha256: hex(bytes) }))
  const about = { v: 1, kind: 'comity-bundle', id: 'B-1', at: '2026-11-25T10:00:00.000Z', from: 'An agency' } as const
  const text = new TextDecoder().decode(formatManifest({ ...about, files: listed }))
  const manifest = textToBytes((options.manifest ?? ((same) => same))(text))
  files.set('manifest.json', manifest)

  const sealing = entryOf(9, 'bundle.seal', 'B-1', officer, { bundle: 'B-1', manifest: hex(manifest) })
  const salt = entrySalt(caseSalt, sealing.id)
  const leaf = leafOfEntry(sealing, salt)
  const late = memoryLog([...before, leaf, ...testLeaves(1, 'later')])
  const size = before.length + 2
  const node = nodeReader(late.reader, size)
  const signed = signTree(size, await rootAtSize(node, size))
  const parsed = parseCheckpoint(signed)
  if (!parsed.ok) throw new Error(parsed.refusal.message)
  const { note } = parsed.value
  const cosignatures = bundleWitnesses.slice(0, 2).map(({ key, sign: s }) => cosign(note, key, 1_795_000_000, s))
  const checkpoint = withSignatures(note, cosignatures)
  const proof = await inclusionProof(node, before.length, size)
  files.set(
    SEAL_ENTRY,
    json({ v: 1, leaf: JSON.parse(new TextDecoder().decode(leaf)), entry: sealing, salt: bytesToHex(salt) }),
  )
  files.set(SEAL_PROOF, formatTlogProof({ index: BigInt(before.length), proof, checkpoint, extra: null }))
  const grown = (await consistencyProof(node, before.length, size)).map(bytesToBase64)
  files.set(SEAL_CONSISTENCY, json({ v: 1, from: String(before.length), to: String(size), proof: grown }))
  const hashes = Object.fromEntries(SEALED.map((path) => [path, hex(files.get(path) ?? new Uint8Array())]))
  files.set(SEAL_NOTE, signSeal({ id: 'B-1', key: signer.key, sha256: hashes as Seal['sha256'] }, signer.sign))
  return files
}

/** A bundle in memory; `items` may name what no map can hold, as links. */
export function bundleInMemory(
  files: ReadonlyMap<string, Uint8Array>,
  items: readonly BundleItem[] = [],
): BundleFolder {
  return {
    list: async () => [
      ...[...files].map(([path, bytes]) => ({ path, kind: 'file' as const, size: bytes.length })),
      ...items,
    ],
    async read(path, maxBytes) {
      const bytes = files.get(path)
      return bytes === undefined || bytes.length > maxBytes ? null : bytes
    },
    async digest(path) {
      const bytes = files.get(path) ?? new Uint8Array()
      const of = (name: string) => createHash(name).update(bytes).digest('hex')
      return { size: bytes.length, sha256: of('sha256'), sha512: of('sha512') }
    },
  }
}
