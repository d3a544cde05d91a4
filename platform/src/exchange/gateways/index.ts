/** The door of the gateways: rules that map messages of the exchange to the formats of others, and back. No transport. */

export {
  type CheckedParts,
  checkUserMessage,
  type ReadUserMessage,
  readUserMessage,
} from './as4/read-user-message.ts'
export {
  type As4Part,
  as4MessageId,
  conversationIdOf,
  type UserMessage,
  writeUserMessage,
} from './as4/user-message.ts'
export type { Agreement, Party } from './as4/vocabulary.ts'
export { gatewayCodes } from './codes.ts'
export {
  answerToReport,
  type LocalValue,
  type MadeReport,
  type ReportHead,
  requestToReport,
  suspendToReport,
} from './goaml/from-message.ts'
export type { GoamlProfile } from './goaml/profile.ts'
export type { GoamlReport } from './goaml/report.ts'
export { type ReadReport, readGoamlReport, writeGoamlReport } from './goaml/report-xml.ts'
export {
  type MadeDraft,
  type ReportedPayment,
  reportToAnswer,
  reportToPayments,
  reportToRequest,
} from './goaml/to-message.ts'
export { identityDataItem, type PayloadParts, payloadToParts, personToIvms } from './ivms101/message-parts.ts'
export type { IdentityPayload } from './ivms101/payload.ts'
export { type ReadPayload, readIdentityPayload } from './ivms101/read-payload.ts'
export { writeIdentityPayload } from './ivms101/write-payload.ts'
export { checkRemEvidence, type ReadRemEvidence, readRemEvidence } from './rem/read-evidence.ts'
export { type RemEvidenceName, remEvidences, remNameOf } from './rem/vocabulary.ts'
export { writeRemEvidence } from './rem/write-evidence.ts'
export { answerTaxii, DISCOVERY_PATH, type TaxiiRequest } from './taxii/answer.ts'
export type { TaxiiAnswer } from './taxii/error.ts'
export type { AddedObject, StixObject, TaxiiCollection, TaxiiSettings, TaxiiSource } from './taxii/port.ts'
