/**
 * Names of the evidences of a registered electronic delivery, as e-CODEX connectors write them: ETSI TS 102 640-2 V2.1.1.
 *
 * How well they were read: the standard itself was not. Names, order and codes are those of public code that implements it:
 * the classes that eu-LISA generated from the schema for the e-CODEX connector, and its list of evidences and event codes
 * ('secondary' in the sense of the packs). EN 319 522-4-1, which follows the TS, has a schema of its own under other names:
 * that was not read at all, and nothing here claims to be it. docs/spec/gateways.md says the same to others.
 */
import type { ReceiptKind } from '../../wire/index.ts'

export const REM_NS = 'http://uri.etsi.org/02640/v2#'
export const DS_NS = 'http://www.w3.org/2000/09/xmldsig#'
/** Ours, for what is carried in the extension; a name only, nothing lies behind it. */
export const COMITY_NS = 'urn:comity:gateways:1'
export const REM_VERSION = '2.1.1'
/** The scheme of an electronic address that is an id in Comity's directory. Ours. */
export const AGENCY_SCHEME = 'comity-agency'

/** Without "//" after "http:"; so the schema's makers wrote it, and connectors compare texts. */
const event = (name: string) => `http:uri.etsi.org/02640/Event#${name}`
/** Annex D: the list of reasons has no word for ours, so that each is "Other" with our code as its details. */
export const OTHER_REASON = 'http:uri.etsi.org/REM/EventReason#Other'

export type RemEvidence = { readonly element: string; readonly event: string }

/**
 * Every evidence that is read: its name in e-CODEX, its element, its event. Submission and failure of the relay are said by
 * a connector about itself; no receipt of ours says that, so none becomes one of them.
 */
export const remEvidences = {
  SUBMISSION_ACCEPTANCE: { element: 'SubmissionAcceptanceRejection', event: event('Acceptance') },
  SUBMISSION_REJECTION: { element: 'SubmissionAcceptanceRejection', event: event('Rejection') },
  RELAY_REMMD_ACCEPTANCE: { element: 'RelayREMMDAcceptanceRejection', event: event('Acceptance') },
  RELAY_REMMD_REJECTION: { element: 'RelayREMMDAcceptanceRejection', event: event('Rejection') },
  RELAY_REMMD_FAILURE: { element: 'RelayREMMDFailure', event: event('DeliveryExpiration') },
  DELIVERY: { element: 'DeliveryNonDeliveryToRecipient', event: event('Delivery') },
  NON_DELIVERY: { element: 'DeliveryNonDeliveryToRecipient', event: event('NonDelivery') },
  RETRIEVAL: { element: 'RetrievalNonRetrievalByRecipient', event: event('Retrieval') },
  NON_RETRIEVAL: { element: 'RetrievalNonRetrievalByRecipient', event: event('RetrievalExpiration') },
} as const satisfies Readonly<Record<string, RemEvidence>>
export type RemEvidenceName = keyof typeof remEvidences

/**
 * Another event under which an evidence may arrive: the connector's own documentation says DeliveryExpiration where its
 * list of codes says NonDelivery. Read as the same, never written.
 */
export const alsoKnownAs: readonly (RemEvidence & { readonly name: RemEvidenceName })[] = [
  { name: 'NON_DELIVERY', element: 'DeliveryNonDeliveryToRecipient', event: event('DeliveryExpiration') },
]

/** One to one, as `receiptKinds` has it; a test holds the two to each other. */
export const remNameOf = {
  ACCEPTED: 'RELAY_REMMD_ACCEPTANCE',
  REJECTED: 'RELAY_REMMD_REJECTION',
  DELIVERED: 'DELIVERY',
  NON_DELIVERED: 'NON_DELIVERY',
  RETRIEVED: 'RETRIEVAL',
} as const satisfies Readonly<Record<ReceiptKind, RemEvidenceName>>
