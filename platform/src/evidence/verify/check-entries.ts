/** The entries of the journal that a bundle shows: each is proven to be in the tree, and to be what is disclosed of it. */
import { canonicalJson, catchRefusal, type Json, orStop, textToBytes } from '../../kernel/index.ts'
import { type Checkpoint, openCheckpoint } from '../journal/checkpoint.ts'
import { plainHashes } from '../journal/merkle-tree.ts'
import type { NoteKey, SignatureCheck } from '../journal/note.ts'
import { verifyInclusion } from '../journal/proofs.ts'
import { type Consistency, checkContinuation, type DisclosedEntry, hashesAt, readDisclosed } from './check-seal.ts'
import { indexAt, malformed, openObject } from './fields.ts'
import { type OpenedBundle, type ProvenEntries, pathsUnder, readIntact, readJson } from './opened-bundle.ts'
import { checked, notChecked, refusedAs, type Statement } from './statement.ts'

export const CHECKPOINT = 'journal/checkpoint'
const ENTRIES = 'journal/entries'

export type Anchors = {
  readonly key: NoteKey
  readonly check: SignatureCheck
  readonly sealed: Checkpoint | null
  readonly consistency: Consistency | null
}

export async function checkEntries(
  bundle: OpenedBundle,
  anchors: Anchors,
): Promise<{ readonly statements: readonly Statement[]; readonly proven: ProvenEntries }> {
  const statements: Statement[] = []
  const proven = new Map<string, DisclosedEntry>()
  const paths = pathsUnder(bundle, ENTRIES)
  const says = `The checkpoint of the entries is signed by the key of the seal.`
  const bytes = await readIntact(bundle, CHECKPOINT, 1 << 20)
  if (!bytes.ok) {
    const listed = bundle.manifest.files.some(({ path }) => path === CHECKPOINT)
    if (listed || paths.length > 0) statements.push(notChecked('journal', says, bytes.refusal.message))
    return { statements, proven }
  }
  const checkpoint = openCheckpoint(bytes.value, anchors.key, anchors.check)
  if (!checkpoint.ok) {
    statements.push(refusedAs('journal', says, CHECKPOINT, checkpoint.refusal))
    return { statements, proven }
  }
  statements.push(checked('journal', says), continues(checkpoint.value, anchors))
  for (const path of paths) {
    const one = await checkOne(bundle, path, checkpoint.value)
    statements.push(...one.statements)
    if (one.found !== null) proven.set(one.found.index, one.found)
  }
  return { statements, proven }
}

type Found = DisclosedEntry & { readonly index: string }

function continues(checkpoint: Checkpoint, { sealed, consistency }: Anchors): Statement {
  if (sealed === null || consistency === null)
    return notChecked('journal', 'The journal only grew between the entries and the seal.', 'The seal is not proven.')
  return checkContinuation(checkpoint, sealed, consistency)
}

/** `{v, index, proof, leaf, entry, salt}` in journal/entries/INDEX.json. */
async function checkOne(
  bundle: OpenedBundle,
  path: string,
  { size, root }: Checkpoint,
): Promise<{ readonly statements: readonly Statement[]; readonly found: Found | null }> {
  const name = path.slice(ENTRIES.length + 1)
  const says = `Entry ${name.replace(/\.json$/, '')} is in the journal as shown here.`
  const json = await readJson(bundle, path)
  if (!json.ok) {
    const refused = bundle.intact.has(path) ? refusedAs('journal', says, path, json.refusal) : null
    return { statements: [refused ?? notChecked('journal', says, json.refusal.message)], found: null }
  }
  const read = catchRefusal((): Found => {
    const {
      index: _,
      proof: __,
      ...rest
    } = openObject(json.value, '$', ['v', 'index', 'proof', 'leaf', 'entry', 'salt'])
    const members = json.value as { readonly [key: string]: Json }
    const index = indexAt(members, 'index', '$')
    if (name !== `${index}.json`) malformed('$.index', 'is not the index in the name of the file')
    const disclosed = orStop(readDisclosed(rest))
    const leafHash = plainHashes.leaf(textToBytes(canonicalJson(disclosed.leaf as unknown as Json)))
    const proof = hashesAt(members.proof, '$.proof')
    orStop(verifyInclusion({ index: BigInt(index), size, leafHash, proof, root }))
    return { index, ...disclosed }
  })
  if (!read.ok) return { statements: [refusedAs('journal', says, path, read.refusal)], found: null }
  const { entry, leaf } = read.value
  const seen = checked('journal', `${says} (${leaf.event}, ${leaf.at}.)`)
  if (entry !== null) return { statements: [seen], found: read.value }
  const closed = `What entry ${read.value.index} says is known.`
  return { statements: [seen, notChecked('journal', closed, 'Its contents are not disclosed.')], found: read.value }
}
