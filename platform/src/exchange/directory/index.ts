/** The door of the directory of members: formats, the update, members, the view, and the rules of the ceremony. */

export { changesBetween } from './ceremony/compare.ts'
export {
  draftChangedMember,
  draftNewMember,
  draftRemovedMember,
  memberFileOf,
  roleListing,
} from './ceremony/draft-members.ts'
export { draftDelegation, draftFounding, draftRotation, type Founding } from './ceremony/draft-roles.ts'
export {
  type Draft,
  draftOf,
  draftsOf,
  type Files,
  formatSignatureFile,
  newestOf,
  parseSignatureFile,
  publishedOf,
  publishedRoles,
} from './ceremony/folder.ts'
export { signedHash, type Write } from './ceremony/json-forms.ts'
export {
  formatPublicKeyFile,
  keyProofMessage,
  type PublicKeyFile,
  parsePublicKeyFile,
  readHolder,
} from './ceremony/key-files.ts'
export {
  nextTimestamp,
  type Publication,
  planPublication,
  readAsNode,
  type Signer,
  signedBefore,
} from './ceremony/publish.ts'
export { countsFor, type DraftStatus, draftStatus, holdersIn, keepersOfDraft, type Need } from './ceremony/status.ts'
export { directoryCodes } from './codes.ts'
export { DIRECTORY_UPDATED, eventsOfUpdate } from './events.ts'
export { type DirectoryKeys, keyIdOf, keyToJson } from './format/keys.ts'
export type {
  Delegation,
  Document,
  FileClaim,
  FileSignature,
  MemberClaim,
  Metadata,
  MetadataType,
  RoleKeys,
  Root,
  Snapshot,
  Targets,
  Timestamp,
} from './format/metadata.ts'
export {
  AGENCY_ID,
  countryOfRole,
  isAgencyId,
  isDelegatedRole,
  memberFile,
  memberPath,
  metadataFile,
  type TopRole,
  topRoles,
} from './format/names.ts'
export { formatMetadata, parseMetadata } from './format/parse-metadata.ts'
export { checkThreshold, type SignatureCheck, signedMessage, signersOf } from './format/signatures.ts'
export {
  cardMessage,
  formatMember,
  type Member,
  parseCard,
  parseMember,
  provenKeyIdsOf,
} from './member/parse-member.ts'
export {
  Card,
  Grant,
  Limits,
  MemberFile,
  type MemberKind,
  memberKinds,
  memberRoles,
  Scope,
  SignedCard,
} from './member/schema.ts'
export { type Edition, editionDigest, type ListedMember } from './update/edition.ts'
export { loadTrusted, type Trusted } from './update/load-trusted.ts'
export { type DirectorySource, heads, LONGEST_TIMESTAMP, type TrustedFiles, type UpdatePorts } from './update/ports.ts'
export { type Accepted, trustRoot, type UpdateReport, updateDirectory } from './update/update-directory.ts'
export { type Delegations, findMember, type Search } from './update/walk-delegations.ts'
export { type DirectoryState, type DirectoryView, type SigningKey, type Standing, view } from './view.ts'
