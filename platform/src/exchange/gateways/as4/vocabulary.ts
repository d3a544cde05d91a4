/**
 * The header of an ebMS 3.0 message (OASIS ebXML Messaging Services 3.0, part 1, section 5) as far as a message of this
 * protocol fills it. Namespace, names and order were compared with headers that public access points (Domibus, phase4)
 * send; the standard itself and the PModes of e-CODEX were not read here. What two access points agree on (parties, roles,
 * service) is therefore no constant but an `Agreement`.
 */

export const EBMS_NS = 'http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/'

/** Names of the four-corner model: who wrote, and for whom, behind the two access points. */
export const ORIGINAL_SENDER = 'originalSender'
export const FINAL_RECIPIENT = 'finalRecipient'
/** The type of both: an agency by its id in Comity's directory. Ours. */
export const AGENCY_TYPE = 'urn:comity:agency'

export const MIME_TYPE = 'MimeType'
export const ENVELOPE_MIME = 'application/vnd.dsse.envelope.v1+json'
export const CIPHER_MIME = 'application/octet-stream'
export const ENVELOPE_CONTENT_ID = 'envelope@comity'

export type Party = { readonly id: string; readonly type: string; readonly role: string }

/** What two access points have agreed on, out of band. */
export type Agreement = {
  readonly from: Party
  readonly to: Party
  readonly ref: string | null
  readonly service: { readonly value: string; readonly type: string | null }
}
