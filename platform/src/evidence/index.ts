/** The evidence room: the journal and its proofs. Rules only; folders of tiles are behind the door of `store/`. */
export {
  type AssertionProof,
  checkAssertion,
  type JwkCheck,
  keyName,
  type PublicJwk,
  readProof,
} from './approval/assertion.ts'
export { approvalChallenge, base64url } from './approval/challenge.ts'
export { evidenceCodes } from './codes.ts'
export {
  type Advanced,
  type AdvanceOptions,
  advanceJournal,
  type JournalSigner,
  openFormer,
} from './journal/advance-journal.ts'
export {
  type Checkpoint,
  checkpointText,
  cosign,
  cosignedAt,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
  type TreeHead,
  withSignatures,
} from './journal/checkpoint.ts'
export {
  checkDisclosure,
  commitment,
  entrySalt,
  type JournalEntry,
  type Leaf,
  leafOfEntry,
  parseEntry,
  parseLeaf,
  type RowDigest,
  type RowNotes,
  rowDigest,
  type StateRow,
} from './journal/entry.ts'
export { type Equivocation, showEquivocation, verifyEquivocation } from './journal/equivocation.ts'
export { checkJournal, type JournalCheck, type JournalFinding } from './journal/fsck.ts'
export {
  emptyJournal,
  type Integrated,
  integrate,
  type JournalState,
  rootOfState,
  type TileFile,
} from './journal/integrate.ts'
export type { JournalStore, PublishedLog } from './journal/journal-store.ts'
export { consistencyProof, inclusionProof, rootAtSize } from './journal/make-proofs.ts'
export {
  appendToRange,
  type CompactRange,
  emptyRange,
  rangeRoot,
  type TreeHashes,
  treeHashes,
} from './journal/merkle-tree.ts'
export {
  formatNote,
  formatVkey,
  isSignedBy,
  type KeyType,
  type Note,
  type NoteKey,
  type NoteSignature,
  noteKey,
  parseNote,
  parseVkey,
  type SignatureCheck,
} from './journal/note.ts'
export { type Member, openWitnessed, parsePolicy, type Witnessed, type WitnessPolicy } from './journal/policy.ts'
export { type Consistency, type Inclusion, verifyConsistency, verifyInclusion } from './journal/proofs.ts'
export { type NodeReader, nodeReader, readEntry, readState, type TileReader } from './journal/read-tiles.ts'
export {
  decodeEntryBundle,
  encodeEntryBundle,
  entriesPath,
  TILE_WIDTH,
  tilePath,
  tilesOfTree,
} from './journal/tiles.ts'
export {
  formatTlogProof,
  type ProvenEntry,
  parseTlogProof,
  type TlogProof,
  verifyTlogProof,
} from './journal/tlog-proof.ts'
export {
  type AddCheckpoint,
  considerCheckpoint,
  formatAddCheckpoint,
  type KnownTree,
  parseAddCheckpoint,
} from './journal/witness.ts'
export { type BundleFolder, type BundleItem, type FileDigest, isSafePath } from './verify/bundle-folder.ts'
export { formatManifest, type Manifest, type ManifestFile, parseManifest, SEALED } from './verify/manifest.ts'
export { openSeal, type Seal, signSeal } from './verify/seal.ts'
export type { Part, Statement, Where } from './verify/statement.ts'
export {
  type Expected,
  parseRoots,
  type StampedDigests,
  type Timestamp,
  type TrustedRoots,
  timestampRequest,
  verifyTimestamp,
} from './verify/timestamp.ts'
export { type Trust, type Verdict, verifyBundle } from './verify/verify-bundle.ts'
