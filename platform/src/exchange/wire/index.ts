/** The wire of the exchange: formats only, over the kernel alone. */

export { AttachmentReceipt, attachmentReceiptForm } from './attachment-receipt.ts'
export { messageOfRequestType } from './catalogue-names.ts'
export { Conflict, checkConflict, type ShownConflict, writeConflict } from './conflict.ts'
export {
  type Envelope,
  EnvelopeForm,
  type EnvelopeSignature,
  MAX_DEPTH,
  MAX_ENVELOPE_BYTES,
  MAX_SIGNATURES,
  messageDigest,
  preAuthEncoding,
  readEnvelope,
  writeEnvelope,
} from './envelope.ts'
export { AgencyId, closedThroughout, formats, KeyId, MessageId } from './fields.ts'
export { checkFollows, type Exchange } from './follows.ts'
export { type Attachment, checkHeader, HEADER_VERSION, Header, type MessageApproval } from './header.ts'
export { AttachmentFacts, AttachmentPart } from './header-parts.ts'
export { keyIdOf } from './key-id.ts'
export { ListChanged, listChangedForm } from './list-changed.ts'
export {
  checkDraft,
  type Draft,
  type Forms,
  type Message,
  type MessageForm,
  openMessage,
  openReceived,
  openSigned,
  type Place,
  packMessage,
  readKept,
} from './message.ts'
export {
  type BodyOf,
  commonReplies,
  deliveryLimit,
  families,
  followsOn,
  formsOf,
  type MessageType,
  messageTypes,
  ownForms,
  repliesTo,
  scopeToSend,
} from './message-types.ts'
export { sharedObjects } from './objects.ts'
export { type PayloadType, parsePayloadType, payloadTypeOf } from './payload-type.ts'
export { checkReceiptFor, Receipt, receiptForm, remEvidenceOf } from './receipt.ts'
export { type Misfit, misfit } from './schema-check.ts'
export { checkScope, usualDeadline } from './sending.ts'
export { type LastPlace, type Turn, turnOf } from './sequence.ts'
export { checkSignatures, type Keys, type KnownKey, type Signer, signEnvelope } from './signing.ts'
export { Skip, skipForm } from './skip.ts'
export { openStatement, packStatement, type Statement, type StatementForm } from './statement.ts'
export type { Citation, ReadingMark } from './types/citation.ts'
export { type DeliveryLimit, type Family, type Scope, scopes, type TypeDefinition } from './types/definition.ts'
export {
  holdingStates,
  JointParty,
  jointKinds,
  partyStates,
  SharedContent,
  sharedKinds,
  taskAnswers,
} from './types/joint.ts'
export { type Majors, majorsOf, majorToSend, negotiate, newestBody, ownMajors } from './versions.ts'
export { type ReceiptKind, receiptKinds } from './vocabulary.ts'
